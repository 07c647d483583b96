//! `POST /api/alerts/suppress`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::bulk::{AlertsMessage, BulkView, steps};
use crate::step::Hand;

/// Which alerts, for how long, and why.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SuppressAlerts {
    /// 1 to 200 ids, each once.
    #[schema(min_items = 1, max_items = 200)]
    alert_ids: Vec<Uuid>,
    /// Until when nothing is told of them: in the future, and at most 90 days from now.
    until: Timestamp,
    /// What is said with each of them.
    #[schema(example = "The site moves until Friday", max_length = 2000)]
    message: Option<String>,
}

/// Suppress many alerts until a time
///
/// Each alert for itself: what cannot be changed, or is not there, is named in `failed` and keeps no other from it. What
/// happened is in the history of each alert, and told, as if it had been one after the other.
#[utoipa::path(post, path = "/api/alerts/suppress", operation_id = "suppressAlerts", tag = "alerts",
    request_body = SuppressAlerts, responses((status = 200, description = "What came of it, alert by alert", body = BulkView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<SuppressAlerts>,
) -> Result<Json<BulkView>, Problem> {
    let SuppressAlerts { alert_ids, until, message } = request;
    steps(&platform, &caller, AlertsMessage { alert_ids, message }, Hand::Suppress(until)).await
}
