//! `POST /api/alerts/resolve`

use axum::Json;
use axum::extract::State;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;

use crate::bulk::{AlertsMessage, BulkView, steps};
use crate::step::Hand;

/// Resolve many alerts
///
/// Each alert for itself: what cannot be changed, or is not there, is named in `failed` and keeps no other from it. What
/// happened is in the history of each alert, and told, as if it had been one after the other.
#[utoipa::path(post, path = "/api/alerts/resolve", operation_id = "resolveAlerts", tag = "alerts",
    request_body = AlertsMessage, responses((status = 200, description = "What came of it, alert by alert", body = BulkView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<AlertsMessage>,
) -> Result<Json<BulkView>, Problem> {
    steps(&platform, &caller, request, Hand::Resolve).await
}
