//! `POST /api/auth/logout`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_store::StoreError;

use crate::answer::cleared_cookie;

/// Sign out
///
/// Ends the session: its access and refresh tokens stop working at once.
#[utoipa::path(post, path = "/api/auth/logout", operation_id = "logout", tag = "auth",
    responses((status = 204, description = "Signed out")))]
pub(crate) async fn handler(State(platform): State<Platform>, caller: Caller) -> Result<Response, Problem> {
    let (now, user) = (platform.now(), caller.membership.user);
    if let Some(mut session) = platform.store.session(user, caller.session).await? {
        let expected = session.version;
        session.revoked_at = Some(now);
        session.version += 1;
        let mut transaction = platform.store.transaction();
        transaction.replace_session(&session, expected)?;
        let entry = platform.audit_entry(caller.tenant, caller.actor(), "session.end", session.id, (None, None));
        transaction.audit(&entry)?;
        match transaction.commit().await {
            // A refresh was faster; the session of that moment must not live on.
            Err(StoreError::Conflict) => {
                return Err(Problem::conflict("the session was refreshed just now; sign out again"));
            }
            result => result?,
        }
    }
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cleared_cookie())]).into_response())
}
