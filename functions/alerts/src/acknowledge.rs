//! `POST /api/alerts/{id}/acknowledge`

use axum::Json;
use axum::extract::State;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use uuid::Uuid;

use crate::alert_view::AlertView;
use crate::step::{AlertMessage, Hand, step};

/// Acknowledge an alert
///
/// Tells the others that somebody is on it, and stops repeats. Legal while the alert is open.
#[utoipa::path(post, path = "/api/alerts/{id}/acknowledge", operation_id = "acknowledgeAlert", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = AlertMessage,
    responses((status = 200, description = "Acknowledged", body = AlertView),
    (status = 409, description = "The alert is not open")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<AlertMessage>,
) -> Result<Json<AlertView>, Problem> {
    step(&platform, &caller, id, request.message, Hand::Acknowledge).await
}
