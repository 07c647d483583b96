//! `POST /api/auth/password`

use axum::extract::State;
use http::StatusCode;
use platform_core::password;
use platform_http::Problem;
use platform_http::extract::Json;
use platform_http::gate::Person;
use platform_identity::account::{self, NewPassword, Proof};
use platform_identity::confirm;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangePasswordRequest {
    current_password: String,
    /// At least 15 characters, or 8 with a second factor.
    new_password: String,
    /// A code of the authenticator app, or a recovery code, if there is a second factor.
    #[schema(example = "123456")]
    code: Option<String>,
}

/// Change one's password
///
/// Ends all other sessions.
#[utoipa::path(post, path = "/api/auth/password", operation_id = "changePassword", tag = "security",
    request_body = ChangePasswordRequest, responses((status = 204, description = "Changed")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    Json(request): Json<ChangePasswordRequest>,
) -> Result<StatusCode, Problem> {
    let caller = &person.caller;
    let (given, code) = (request.current_password, request.code.as_deref());
    let user = confirm::by_password_and_code(&platform, caller, "/currentPassword", given, code).await?;
    let memberships = platform.store.memberships(user.id).await?;
    let mut known = vec![user.email.as_str(), user.name.as_str()];
    known.extend(memberships.iter().map(|membership| membership.tenant_name.as_str()));
    password::check(&request.new_password, user.second_factor.is_some(), &known)
        .map_err(|wrong| Problem::field("/newPassword", wrong))?;
    let new = NewPassword {
        hash: platform_identity::password::hash(request.new_password, platform.entropy.as_ref()).await,
        actor: caller.actor(),
        action: "password.change",
        keep: Some(person.session.id),
        proof: Proof::Code,
    };
    account::change_password(&platform, &user, &new, caller.client()).await?;
    Ok(StatusCode::NO_CONTENT)
}
