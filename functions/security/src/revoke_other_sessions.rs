//! `DELETE /api/auth/sessions`

use axum::extract::State;
use http::StatusCode;
use platform_http::Problem;
use platform_http::gate::Person;
use platform_identity::account::end_other_sessions;
use platform_runtime::Platform;

/// End all of one's other sessions
///
/// All but the one that asks; for a session that an identity provider began, those of its tenant only.
#[utoipa::path(delete, path = "/api/auth/sessions", operation_id = "revokeOtherSessions", tag = "security",
    responses((status = 204, description = "They have ended")))]
pub(crate) async fn handler(State(platform): State<Platform>, person: Person) -> Result<StatusCode, Problem> {
    end_other_sessions(&platform, &person.session, &person.caller.actor()).await?;
    Ok(StatusCode::NO_CONTENT)
}
