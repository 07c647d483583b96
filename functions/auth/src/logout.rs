//! `POST /api/auth/logout`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{StatusCode, header};
use platform_http::Problem;
use platform_http::gate::Person;
use platform_runtime::Platform;

use platform_identity::sign_in::{cleared_cookie, end_session};

/// Sign out
///
/// Ends the session: its access and refresh tokens stop working at once.
#[utoipa::path(post, path = "/api/auth/logout", operation_id = "logout", tag = "auth",
    responses((status = 204, description = "Signed out")))]
pub(crate) async fn handler(State(platform): State<Platform>, person: Person) -> Result<Response, Problem> {
    end_session(&platform, &person.caller, person.session).await?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cleared_cookie())]).into_response())
}
