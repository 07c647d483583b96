//! `POST /api/auth/second-factor/recovery-codes`

use axum::Json;
use axum::extract::State;
use platform_core::mail::MailAbout;
use platform_http::Problem;
use platform_http::extract;
use platform_http::gate::Person;
use platform_identity::{confirm, second_factor};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::enable_second_factor::RecoveryCodes;
use crate::write::{no_second_factor, write};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmedRequest {
    pub(crate) password: String,
    /// A code of the authenticator app, or a recovery code.
    pub(crate) code: String,
}

/// Make new recovery codes
///
/// The old ones stop working.
#[utoipa::path(post, path = "/api/auth/second-factor/recovery-codes", operation_id = "renewRecoveryCodes",
    tag = "security", request_body = ConfirmedRequest,
    responses((status = 200, description = "The new ones, shown once", body = RecoveryCodes),
    (status = 409, description = "There is no second factor")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<ConfirmedRequest>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let caller = &person.caller;
    let code = Some(request.code.as_str());
    let mut user = confirm::by_password_and_code(&platform, caller, "/password", request.password, code).await?;
    let factor = user.second_factor.as_mut().ok_or_else(no_second_factor)?;
    let (recovery_codes, stored) = second_factor::recovery_codes(platform.entropy.as_ref());
    factor.recovery = stored;
    let about = MailAbout::RecoveryCodesRenewed { from: platform.origin_of(caller.client()) };
    write(&platform, caller, user, "second_factor.renew", about).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}
