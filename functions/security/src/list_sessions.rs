//! `GET /api/auth/sessions`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::device::device;
use platform_core::tenancy::{Session, SignInMethod};
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// One sign-in that still lives.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SessionView {
    id: Uuid,
    /// It is the one that asks.
    current: bool,
    /// Address of the sign-in, then of the latest refresh.
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
    #[schema(example = "Firefox on Linux")]
    device: String,
    created_at: Timestamp,
    /// To within the ten minutes that an access token lives.
    last_used_at: Timestamp,
    /// When it ends whatever happens.
    expires_at: Timestamp,
    /// "Remember me".
    remember: bool,
    /// The tenant that it acts in.
    tenant_name: String,
    /// How it began.
    method: SignInMethod,
}

/// One's sessions
///
/// Every sign-in that still lives, the latest used first. A session that an identity provider began sees those of its
/// tenant only.
#[utoipa::path(get, path = "/api/auth/sessions", operation_id = "listSessions", tag = "security",
    responses((status = 200, description = "The sessions", body = Vec<SessionView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
) -> Result<Json<Vec<SessionView>>, Problem> {
    let (sessions, memberships) =
        tokio::join!(platform.store.sessions(reader.user), platform.store.memberships(reader.user));
    let (memberships, now) = (memberships?, platform.now());
    let admitted = |session: &Session| {
        memberships.iter().any(|membership| membership.tenant == session.tenant && membership.admits(session))
    };
    let live = sessions?.into_iter().filter(|session| session.is_live(now) && admitted(session)).collect::<Vec<_>>();
    let own = live.iter().find(|session| reader.session() == Some(session.id)).cloned();
    let seen = |session: &Session| own.as_ref().is_some_and(|own| own.reaches(session));
    let mut live: Vec<_> = live.into_iter().filter(seen).collect();
    live.sort_by_key(|session| std::cmp::Reverse((session.rotated_at, session.id)));
    let view = |session: Session| SessionView {
        id: session.id.uuid(),
        current: reader.session() == Some(session.id),
        ip: session.ip,
        device: device(session.user_agent.as_deref()),
        user_agent: session.user_agent,
        created_at: session.created_at,
        last_used_at: session.rotated_at,
        expires_at: session.expires_at,
        remember: session.remember,
        tenant_name: memberships
            .iter()
            .find(|membership| membership.tenant == session.tenant)
            .map(|membership| membership.tenant_name.clone())
            .unwrap_or_default(),
        method: session.method,
    };
    Ok(Json(live.into_iter().map(view).collect()))
}
