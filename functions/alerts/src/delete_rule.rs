//! `DELETE /api/alerts/rules/{id}`

use axum::extract::State;
use http::StatusCode;
use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::ids::RuleId;
use platform_core::rule::{MAX_RULES, Rule};
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_store::{StoreError, Transaction};
use uuid::Uuid;

use crate::rule_input::{audited, evaluate_now};

/// Delete an alert rule
///
/// What is open of it is resolved, and whoever was told hears of it. Its alerts stay as long as the tenant keeps them.
#[utoipa::path(delete, path = "/api/alerts/rules/{id}", operation_id = "deleteRule", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, RuleId::from_uuid(id));
    let (rules, rule, accounts) = tokio::try_join!(
        platform.store.rules_with_deleted(tenant),
        platform.store.rule(tenant, id),
        platform.store.accounts(tenant),
    )?;
    let rule = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let old = audited(&rule);
    let buried = rules.iter().filter(|rule| rule.deleted_at.is_some()).count();
    let mut transaction = platform.store.transaction();
    bury(&mut transaction, rule.clone(), buried, platform.now())?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "rule.delete", id, (Some(old), None)))?;
    transaction.commit().await?;
    let covered = |account: &&Account| rule.covers(account.id);
    evaluate_now(&platform, tenant, accounts.iter().filter(covered).map(|account| account.id)).await;
    Ok(StatusCode::NO_CONTENT)
}

/// Deletes a rule, beside so many that were deleted lately.
pub(crate) fn bury(
    transaction: &mut Transaction<'_>,
    mut rule: Rule,
    buried: usize,
    now: Timestamp,
) -> Result<(), StoreError> {
    if buried >= MAX_RULES {
        // Every tick reads all of them: whoever deletes so many goes without a last word to those who were told.
        transaction.remove_rule(&rule);
        return Ok(());
    }
    rule.deleted_at = Some(now);
    transaction.replace_rule(&mut rule)
}
