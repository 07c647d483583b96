//! `POST /api/auth/password/reset`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use platform_core::link::LinkPurpose;
use platform_core::password;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract::Json;
use platform_identity::account::{NewPassword, Proof, change_password};
use platform_identity::{account, guesses, links, sources};
use platform_runtime::Platform;
use platform_store::StoreError;
use serde::Deserialize;
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ResetPasswordRequest {
    /// From the link in the mail.
    token: String,
    /// The new password: at least 15 characters, or 8 with a second factor.
    password: String,
}

/// Set a new password
///
/// By the link in the mail. Ends all sessions and makes every other such link void. The second factor stays.
#[utoipa::path(post, path = "/api/auth/password/reset", operation_id = "resetPassword", tag = "auth",
    request_body = ResetPasswordRequest, responses((status = 204, description = "Sign in with the new one"),
    (status = 410, description = "The link was used, has expired or never was")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    Json(request): Json<ResetPasswordRequest>,
) -> Result<Response, Problem> {
    let (link, purpose) = links::open(&platform, &client, &request.token).await?;
    let LinkPurpose::ResetPassword { user, email, password_changed_at } = purpose else {
        return Err(Problem::link_expired());
    };
    let user = platform.store.user(user).await?;
    let user = user.filter(|user| user.email == email && user.password_changed_at == password_changed_at);
    let user = user.filter(|user| user.password_hash.is_some()).ok_or_else(Problem::link_expired)?;
    let memberships = platform.store.memberships(user.id).await?;
    let mut known = vec![user.email.as_str(), user.name.as_str()];
    known.extend(memberships.iter().map(|membership| membership.tenant_name.as_str()));
    password::check(&request.password, user.second_factor.is_some(), &known)
        .map_err(|wrong| Problem::field("/password", wrong))?;
    let new = NewPassword {
        hash: platform_identity::password::hash(request.password, platform.entropy.as_ref()).await,
        actor: account::actor(&user, &client),
        action: "password.reset",
        keep: None,
        proof: Proof::Link(&link),
    };
    let client = sources::named(&platform, client);
    change_password(&platform, &user, &new, &client).await.map_err(|error| match error {
        StoreError::Conflict => Problem::link_expired(),
        other => other.into(),
    })?;
    // Whoever guessed at the old one keeps the owner out no longer; and from here the new one may be typed in any case.
    guesses::forget(&platform, &user).await?;
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Some(cookie) = sources::cookie(&client) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}
