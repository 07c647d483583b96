//! `POST /api/auth/refresh`

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use platform_core::audit::Actor;
use platform_core::ids::TenantId;
use platform_core::tenancy::{Membership, Session, SignInMethod};
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract::Json;
use platform_identity::issuer::{REPLAY_GRACE, RefreshClaim};
use platform_runtime::Platform;
use platform_store::StoreError;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use platform_identity::sign_in::{AuthResponse, UserProfile, refresh_cookie, signed_in};

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RefreshRequest {
    /// Left out by the web app, whose refresh token is in a cookie.
    refresh_token: Option<String>,
    /// The tenant that the tokens are for, if another than the session was in last: one of the user's.
    tenant_id: Option<Uuid>,
}

/// Refresh
///
/// Exchanges a refresh token for the next pair of tokens. Each refresh token works once; an old one that turns up
/// again ends the session, since somebody else may hold it. A client whose answer got lost may repeat within 10 s.
///
/// A session that began by password goes on in each of the user's tenants beside one another: an access token is of one
/// tenant, and `tenantId` says of which. Without it, it is the one that the session was in last, or another one of the
/// user's if they are no member of that any more.
#[utoipa::path(post, path = "/api/auth/refresh", operation_id = "refresh", tag = "auth",
    request_body = RefreshRequest, responses((status = 200, description = "Refreshed", body = AuthResponse),
    (status = 401, description = "The session has ended"),
    (status = 404, description = "The user is not an active member of such a tenant; the session goes on elsewhere")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    headers: HeaderMap,
    Json(request): Json<RefreshRequest>,
) -> Result<Response, Problem> {
    let ended = || Problem::unauthenticated("the session has ended; sign in again");
    let token = match (&request.refresh_token, refresh_cookie(&headers)) {
        (Some(token), _) => token.as_str(),
        (None, Some(cookie)) => cookie,
        (None, None) => return Err(Problem::unauthenticated("send a refresh token")),
    };
    let (session, membership) =
        rotate(&platform, token, request.tenant_id.map(TenantId::from_uuid), &client).await?.ok_or_else(ended)?;
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
async fn rotate(
    platform: &Platform,
    token: &str,
    wanted: Option<TenantId>,
    client: &Client,
) -> Result<Option<(Session, Membership)>, Problem> {
    let issuer = platform.issuer()?;
    let Some(claim) = RefreshClaim::read(token) else { return Ok(None) };
    // Another round when another request rotated the session between read and write.
    let rotated = platform.store.retry(|| async {
        let now = platform.now();
        let session = platform.store.session(claim.user, claim.session).await?;
        let Some(mut session) = session.filter(|session| session.is_live(now) && issuer.is_genuine(token, session))
        else {
            return Ok(None);
        };
        // Before it is rotated: that would make a session from before its user was switched off a new one.
        let Some(membership) = place(platform, &session, wanted).await? else {
            return match wanted {
                Some(_) => Err(Problem::not_found("tenant of yours")),
                None => Ok(None),
            };
        };
        let left = session.tenant;
        let entered = session.enter(membership.tenant);
        if claim.generation + 1 == session.generation && now.duration_since(session.rotated_at) <= REPLAY_GRACE {
            return Ok(Some((session, membership)));
        }
        let reused = claim.generation != session.generation;
        if reused {
            tracing::warn!(session.id = %session.id, user.id = %session.user, "refresh token reused, session revoked");
            session.tenant = left;
            session.revoked_at = Some(now);
        } else {
            session.generation += 1;
            session.use_in(&membership, now);
            session.ip = client.ip.map(|ip| ip.to_string());
            session.user_agent.clone_from(&client.user_agent);
        }
        match (reused, entered) {
            (true, _) => write_reuse(platform, &mut session, client).await?,
            (false, true) => write_entry(platform, &mut session, &membership, client).await?,
            (false, false) => platform.store.replace_session(&mut session).await?,
        }
        Ok::<_, Problem>((!reused).then_some((session, membership)))
    });
    rotated.await
}

/// The user's place where the session goes on: in the tenant that is wanted, else in the one it was in last, else in any.
async fn place(
    platform: &Platform,
    session: &Session,
    wanted: Option<TenantId>,
) -> Result<Option<Membership>, StoreError> {
    let tenant = wanted.unwrap_or(session.tenant);
    if !session.acts_in(tenant) {
        return Ok(None);
    }
    let membership = platform.store.membership(tenant, session.user).await?;
    if let Some(membership) = membership.filter(|membership| membership.admits(session)) {
        return Ok(Some(membership));
    }
    if wanted.is_some() || session.method == SignInMethod::Sso {
        return Ok(None);
    }
    let memberships = platform.store.memberships(session.user).await?;
    Ok(memberships.into_iter().find(|other| other.tenant != tenant && other.admits(session)))
}

/// Goes on in a tenant for the first time, whose audit trail tells of it. No trail names another tenant: who else a
/// member works for is not their tenants' business.
async fn write_entry(
    platform: &Platform,
    session: &mut Session,
    membership: &Membership,
    client: &Client,
) -> Result<(), StoreError> {
    let actor = Actor { session: Some(session.id), ..client.actor(session.user, membership.name.clone()) };
    let mut transaction = platform.store.transaction();
    transaction.replace_session(session)?;
    transaction.audit(&platform.audit_entry(membership.tenant, actor, "session.enter", session.id, (None, None)))?;
    transaction.commit().await
}

/// Ends the session, and says in the audit trail why: either its user or a thief used a token that was used before.
async fn write_reuse(platform: &Platform, session: &mut Session, client: &Client) -> Result<(), StoreError> {
    let name = platform.store.user(session.user).await?.map_or_else(String::new, |user| user.name);
    let actor = Actor { session: Some(session.id), ..client.actor(session.user, name) };
    let new = json!({ "reason": "a refresh token was used twice" });
    let mut transaction = platform.store.transaction();
    transaction.replace_session(session)?;
    transaction.audit(&platform.audit_entry(session.tenant, actor, "session.revoke", session.id, (None, Some(new))))?;
    transaction.commit().await
}
