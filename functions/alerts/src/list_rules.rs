//! `GET /api/alerts/rules`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use crate::rule_view::RuleView;

/// Alert rules
///
/// All of them, oldest first; a tenant has at most 200.
#[utoipa::path(get, path = "/api/alerts/rules", operation_id = "listRules", tag = "alerts",
    responses((status = 200, description = "The rules", body = Vec<RuleView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Json<Vec<RuleView>>, Problem> {
    let rules = platform.store.rules(reader.tenant).await?;
    rules.iter().map(|rule| RuleView::new(rule, None)).collect::<Result<_, _>>().map(Json)
}
