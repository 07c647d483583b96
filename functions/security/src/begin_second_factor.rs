//! `POST /api/auth/second-factor`

use axum::Json;
use axum::extract::State;
use platform_core::tenancy::User;
use platform_http::Problem;
use platform_http::extract;
use platform_http::gate::Person;
use platform_identity::{confirm, second_factor};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeginSecondFactorRequest {
    password: String,
}

/// A seed for the authenticator app, shown once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NewSecondFactor {
    /// Base32, to be typed.
    secret: String,
    /// The same as an address, to be shown as a QR code.
    #[schema(example = "otpauth://totp/NetBird%20platform:ops%40example.com?secret=…&issuer=NetBird%20platform")]
    otpauth_url: String,
}

/// Begin to set up a second factor
///
/// Nothing is asked for until a code of the app has enabled it.
#[utoipa::path(post, path = "/api/auth/second-factor", operation_id = "beginSecondFactor", tag = "security",
    request_body = BeginSecondFactorRequest, responses((status = 200, description = "The seed", body = NewSecondFactor),
    (status = 409, description = "There is a second factor already")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<BeginSecondFactorRequest>,
) -> Result<Json<NewSecondFactor>, Problem> {
    let user = confirm::by_password(&platform, &person.caller, "/password", request.password).await?;
    if user.second_factor.is_some() {
        return Err(Problem::conflict("the second factor is set up already; disable it first"));
    }
    let seed = second_factor::new_seed(&platform, &user)?;
    let mut user = User { pending_second_factor: Some(seed.sealed), ..user };
    let mut transaction = platform.store.transaction();
    transaction.replace_user(&mut user)?;
    let (tenant, actor) = (person.caller.tenant, person.caller.actor());
    transaction.audit(&platform.audit_entry(tenant, actor, "second_factor.begin", user.id, (None, None)))?;
    transaction.commit().await?;
    Ok(Json(NewSecondFactor { secret: seed.secret, otpauth_url: seed.url }))
}
