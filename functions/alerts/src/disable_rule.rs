//! `POST /api/alerts/rules/{id}/disable`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::enable_rule::switch;
use crate::rule_view::RuleView;

/// Switch an alert rule off
///
/// What is open of it is resolved, and whoever was told hears of it. One that is off stays as it is.
#[utoipa::path(post, path = "/api/alerts/rules/{id}/disable", operation_id = "disableRule", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "Switched off", body = RuleView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<RuleView>, Problem> {
    switch(&platform, &caller, id, false).await
}
