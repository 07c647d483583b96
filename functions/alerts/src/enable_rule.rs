//! `POST /api/alerts/rules/{id}/enable`

use axum::Json;
use axum::extract::State;
use platform_core::ids::{AccountId, RuleId};
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use serde_json::json;
use uuid::Uuid;

use crate::rule_groups::evaluated;
use crate::rule_input::evaluate_now;
use crate::rule_view::RuleView;

/// Switch an alert rule on
///
/// It is evaluated at once. One that is on stays as it is.
#[utoipa::path(post, path = "/api/alerts/rules/{id}/enable", operation_id = "enableRule", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "Switched on", body = RuleView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<RuleView>, Problem> {
    switch(&platform, &caller, id, true).await
}

/// Switches a rule on or off.
pub(crate) async fn switch(
    platform: &Platform,
    caller: &Caller,
    id: Uuid,
    enabled: bool,
) -> Result<Json<RuleView>, Problem> {
    let (tenant, id) = (caller.tenant, RuleId::from_uuid(id));
    let (rule, accounts) = tokio::try_join!(platform.store.rule(tenant, id), platform.store.accounts(tenant))?;
    let mut rule = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let covered: Vec<AccountId> =
        accounts.iter().map(|account| account.id).filter(|account| rule.covers(*account)).collect();
    let states = platform.store.states_of_rule(tenant, id, &covered).await?;
    if rule.enabled != enabled {
        rule.enabled = enabled;
        rule.updated_at = platform.now();
        rule.begin_anew(rule.updated_at);
        let change = (Some(json!({ "enabled": !enabled })), Some(json!({ "enabled": enabled })));
        let action = if enabled { "rule.enable" } else { "rule.disable" };
        let mut transaction = platform.store.transaction();
        transaction.replace_rule(&mut rule)?;
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), action, id, change))?;
        transaction.commit().await?;
        evaluate_now(platform, tenant, covered.into_iter()).await;
    }
    let known = evaluated(&rule, &accounts, &states);
    Ok(Json(RuleView::new(&rule, true, None, platform.now())?.with_groups(&rule, &known)))
}
