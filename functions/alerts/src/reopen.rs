//! `POST /api/alerts/{id}/reopen`

use axum::Json;
use axum::extract::State;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use uuid::Uuid;

use crate::alert_view::AlertView;
use crate::step::{AlertMessage, Hand, step};

/// Reopen a suppressed alert
///
/// Its reminders go on as if nobody had suppressed it. Whoever did not hear of it yet is told now. Legal while it is suppressed.
#[utoipa::path(post, path = "/api/alerts/{id}/reopen", operation_id = "reopenAlert", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = AlertMessage,
    responses((status = 200, description = "Open", body = AlertView),
    (status = 409, description = "The alert is not suppressed")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<AlertMessage>,
) -> Result<Json<AlertView>, Problem> {
    step(&platform, &caller, id, request.message, Hand::Reopen).await
}
