//! `POST /api/auth/second-factor/enable`

use axum::Json;
use axum::extract::State;
use platform_core::mail::MailAbout;
use platform_http::Problem;
use platform_http::extract;
use platform_http::gate::Person;
use platform_identity::guesses::Guess;
use platform_identity::second_factor;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::write::write;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EnableSecondFactorRequest {
    /// A code of the authenticator app.
    #[schema(example = "123456")]
    code: String,
}

/// Codes for when the phone is lost, shown once. Each is good once.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RecoveryCodes {
    pub(crate) recovery_codes: Vec<String>,
}

/// Enable the second factor
///
/// By a code of the app that the seed was given to. From then on signing in asks for one.
#[utoipa::path(post, path = "/api/auth/second-factor/enable", operation_id = "enableSecondFactor", tag = "security",
    request_body = EnableSecondFactorRequest, responses((status = 200, description = "Enabled", body = RecoveryCodes),
    (status = 409, description = "It was not begun, or is enabled already")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    extract::Json(request): extract::Json<EnableSecondFactorRequest>,
) -> Result<Json<RecoveryCodes>, Problem> {
    let caller = &person.caller;
    let user = platform.store.user(caller.membership.user).await?;
    let user = user.ok_or_else(|| Problem::unauthenticated("the session has ended"))?;
    if user.second_factor.is_some() {
        return Err(Problem::conflict("the second factor is enabled already"));
    }
    let guess = Guess::at_user(&platform, &user, caller).await?;
    let enabled = second_factor::enable(&platform, &user, &request.code)?;
    let (user, recovery_codes) = enabled.map_err(|refused| Problem::field("/code", refused.to_string()))?;
    guess.was_right(&platform.store).await?;
    let about = MailAbout::SecondFactorChanged { enabled: true, from: platform.origin_of(caller.client()) };
    write(&platform, caller, user, "second_factor.enable", about).await?;
    Ok(Json(RecoveryCodes { recovery_codes }))
}
