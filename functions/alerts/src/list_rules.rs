//! `GET /api/alerts/rules`

use axum::extract::State;
use axum::response::Response;
use platform_core::access::{Grant, Permission};
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::rule_view::RuleView;

/// Alert rules
///
/// All of them, oldest first; a tenant has at most 200.
#[utoipa::path(get, path = "/api/alerts/rules", operation_id = "listRules", tag = "alerts",
    responses((status = 200, description = "The rules", body = Vec<RuleView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (rules, membership) = tokio::try_join!(
        platform.store.rules(reader.tenant),
        // As it is now: what the token says of the role may be ten minutes old.
        platform.store.membership(reader.tenant, reader.user),
    )?;
    let grant = membership.map(|membership| Grant { role: membership.role, scopes: reader.scopes });
    let may_write = grant.is_some_and(|grant| grant.may(Permission::RulesWrite));
    rules.iter().map(|rule| RuleView::new(rule, may_write, None)).collect::<Result<Vec<_>, _>>().map(whole)
}
