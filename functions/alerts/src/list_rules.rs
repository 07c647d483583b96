//! `GET /api/alerts/rules`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::rule_view::{RuleView, may_write};

/// Alert rules
///
/// All of them, oldest first; a tenant has at most 200.
#[utoipa::path(get, path = "/api/alerts/rules", operation_id = "listRules", tag = "alerts",
    responses((status = 200, description = "The rules", body = Vec<RuleView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (rules, may_write) = tokio::try_join!(
        async { platform.store.rules(reader.tenant).await.map_err(Problem::from) },
        may_write(&platform, &reader)
    )?;
    let now = platform.now();
    rules.iter().map(|rule| RuleView::new(rule, may_write, None, now)).collect::<Result<Vec<_>, _>>().map(whole)
}
