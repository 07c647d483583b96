//! `POST /api/alerts/{id}/resolve`

use axum::Json;
use axum::extract::State;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use uuid::Uuid;

use crate::alert_view::AlertView;
use crate::step::{AlertMessage, Hand, step};

/// Resolve an alert
///
/// By hand, whatever its condition does. If the condition still holds at the next look, within a minute, that is a new
/// alert: to be left in peace for a while, suppress it.
#[utoipa::path(post, path = "/api/alerts/{id}/resolve", operation_id = "resolveAlert", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = AlertMessage,
    responses((status = 200, description = "Resolved", body = AlertView),
    (status = 409, description = "The alert is resolved already")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<AlertMessage>,
) -> Result<Json<AlertView>, Problem> {
    step(&platform, &caller, id, request.message, Hand::Resolve).await
}
