//! `POST /api/alerts/{id}/resolve`

use axum::Json;
use axum::extract::State;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use uuid::Uuid;

use crate::acknowledge::{AlertMessage, step};
use crate::alert_view::AlertView;

/// Resolve an alert
///
/// By hand, whatever its condition does. The rule fires again only after its condition has ended and begun anew.
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
    step(&platform, &caller, id, request, "alert.resolve", |alert, by, message, now| {
        alert.resolve(Some(by), message, now)
    })
    .await
}
