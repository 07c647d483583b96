//! `POST /api/auth/second-factor/disable`

use axum::extract::State;
use http::StatusCode;
use platform_core::mail::MailAbout;
use platform_core::password::MIN;
use platform_http::Problem;
use platform_http::extract::Json;
use platform_http::gate::Person;
use platform_identity::confirm;
use platform_runtime::Platform;

use crate::renew_recovery_codes::ConfirmedRequest;
use crate::write::{no_second_factor, write};

/// Disable the second factor
///
/// Signing in asks for the password only, which must be long enough for that.
#[utoipa::path(post, path = "/api/auth/second-factor/disable", operation_id = "disableSecondFactor", tag = "security",
    request_body = ConfirmedRequest, responses((status = 204, description = "Disabled"),
    (status = 409, description = "There is none, or the password is too short to be alone")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    Json(request): Json<ConfirmedRequest>,
) -> Result<StatusCode, Problem> {
    let caller = &person.caller;
    let length = request.password.chars().count();
    let code = Some(request.code.as_str());
    let mut user = confirm::by_password_and_code(&platform, caller, "/password", request.password, code).await?;
    user.second_factor.take().ok_or_else(no_second_factor)?;
    if length < MIN {
        let detail =
            format!("without a second factor a password has at least {MIN} characters; choose a longer one first");
        return Err(Problem::conflict(detail));
    }
    let about = MailAbout::SecondFactorChanged { enabled: false, from: platform.origin_of(caller.client()) };
    write(&platform, caller, user, "second_factor.disable", about).await?;
    Ok(StatusCode::NO_CONTENT)
}
