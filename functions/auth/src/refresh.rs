//! `POST /api/auth/refresh`

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use platform_core::audit::Actor;
use platform_core::tenancy::{Membership, Session, SignInMethod};
use platform_http::Problem;
use platform_http::client::{Client, refuse_cross_site};
use platform_http::extract::Json;
use platform_runtime::Platform;
use platform_runtime::issuer::{Issuer, REPLAY_GRACE};
use platform_store::StoreError;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use platform_runtime::sign_in::{AuthResponse, UserProfile, refresh_cookie, signed_in};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    /// Left out by the web app, whose refresh token is in a cookie.
    refresh_token: Option<String>,
}

/// Refresh
///
/// Exchanges a refresh token for the next pair of tokens. Each refresh token works once; an old one that turns up
/// again ends the session, since somebody else may hold it. A client whose answer got lost may repeat within 10 s.
#[utoipa::path(post, path = "/api/auth/refresh", operation_id = "refresh", tag = "auth",
    request_body = RefreshRequest, responses((status = 200, description = "Refreshed", body = AuthResponse),
    (status = 401, description = "The session has ended")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    headers: HeaderMap,
    Json(request): Json<RefreshRequest>,
) -> Result<Response, Problem> {
    let ended = || Problem::unauthenticated("the session has ended; sign in again");
    let token = match (&request.refresh_token, refresh_cookie(&headers)) {
        (Some(token), _) => token.as_str(),
        (None, Some(cookie)) => {
            refuse_cross_site(&headers, &platform.origin())?;
            cookie
        }
        (None, None) => return Err(Problem::unauthenticated("send a refresh token")),
    };
    let (session, membership) = rotate(&platform, token, &client).await?.ok_or_else(ended)?;
    let (user, memberships) = tokio::join!(platform.store.user(session.user), platform.store.memberships(session.user));
    if session.method == SignInMethod::Sso {
        // What the identity provider began ends with it.
        let settings = platform.store.sso_settings(session.tenant).await?;
        settings.filter(|settings| settings.enabled).ok_or_else(ended)?;
    }
    let profile = UserProfile::new(&user?.ok_or_else(ended)?, &membership, &memberships?, Some(session.method), None);
    signed_in(&platform, StatusCode::OK, &client, &session, &membership, profile)
}

/// The session as it goes on after this token, and the user's place in its tenant, or `None` if it does not go on.
async fn rotate(platform: &Platform, token: &str, client: &Client) -> Result<Option<(Session, Membership)>, Problem> {
    let issuer = platform.issuer()?;
    let Some(claim) = Issuer::read_refresh_token(token) else { return Ok(None) };
    // Another round when another request rotated the session between read and write.
    let rotated = platform.store.retry(|| async {
        let now = platform.now();
        let session = platform.store.session(claim.user, claim.session).await?;
        let Some(mut session) =
            session.filter(|session| session.is_live(now) && issuer.is_genuine(token, &claim, session))
        else {
            return Ok(None);
        };
        // Before it is rotated: that would make a session from before its user was switched off a new one.
        let membership = platform.store.membership(session.tenant, session.user).await?;
        let Some(membership) = membership.filter(|membership| membership.admits(&session)) else { return Ok(None) };
        if claim.generation + 1 == session.generation && now.duration_since(session.rotated_at) <= REPLAY_GRACE {
            return Ok(Some((session, membership)));
        }
        let reused = claim.generation != session.generation;
        if reused {
            tracing::warn!(session.id = %session.id, user.id = %session.user, "refresh token reused, session revoked");
            session.revoked_at = Some(now);
        } else {
            session.generation += 1;
            session.use_in(&membership, now);
            session.ip = client.ip.map(|ip| ip.to_string());
            session.user_agent.clone_from(&client.user_agent);
        }
        match reused {
            true => write_reuse(platform, &mut session, client).await?,
            false => platform.store.replace_session(&mut session).await?,
        }
        Ok::<_, Problem>((!reused).then_some((session, membership)))
    });
    rotated.await
}

/// Ends the session, and says in the audit trail why: either its user or a thief used a token that was used before.
async fn write_reuse(platform: &Platform, session: &mut Session, client: &Client) -> Result<(), StoreError> {
    let name = platform.store.user(session.user).await?.map_or_else(String::new, |user| user.name);
    let actor = Actor {
        session: Some(session.id),
        ip: client.ip.map(|ip| ip.to_string()),
        user_agent: client.user_agent.clone(),
        ..Actor::new(session.user, name)
    };
    let new = json!({ "reason": "a refresh token was used twice" });
    let mut transaction = platform.store.transaction();
    transaction.replace_session(session)?;
    transaction.audit(&platform.audit_entry(session.tenant, actor, "session.revoke", session.id, (None, Some(new))))?;
    transaction.commit().await
}
