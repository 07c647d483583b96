//! `DELETE /api/auth/sessions/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::SessionId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Person;
use platform_identity::sign_in::end_session;
use platform_runtime::Platform;
use uuid::Uuid;

/// End one of one's sessions
#[utoipa::path(delete, path = "/api/auth/sessions/{id}", operation_id = "revokeSession", tag = "security",
    params(("id" = Uuid, Path, description = "The session")),
    responses((status = 204, description = "It has ended"), (status = 404, description = "There is no such session")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    person: Person,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let user = person.caller.membership.user;
    let session = platform.store.session(user, SessionId::from_uuid(id)).await?;
    let session = session.filter(|session| session.is_live(platform.now()) && person.session.reaches(session));
    end_session(&platform, &person.caller, session.ok_or_else(|| Problem::not_found("session"))?).await?;
    Ok(StatusCode::NO_CONTENT)
}
