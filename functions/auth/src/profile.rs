//! `GET /api/auth/profile`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use platform_identity::sign_in::UserProfile;

/// The signed-in user
#[utoipa::path(get, path = "/api/auth/profile", operation_id = "profile", tag = "auth",
    responses((status = 200, description = "The user, in the present tenant", body = UserProfile)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Json<UserProfile>, Problem> {
    let (user, membership, memberships) = tokio::join!(
        platform.store.user(reader.user),
        platform.store.membership(reader.tenant, reader.user),
        platform.store.memberships(reader.user),
    );
    let gone = || Problem::unauthenticated("the session has ended");
    Ok(Json(UserProfile::new(
        &user?.ok_or_else(gone)?,
        &membership?.ok_or_else(gone)?,
        &memberships?,
        reader.method,
        reader.scopes,
    )))
}
