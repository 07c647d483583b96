//! `PUT /api/alerts/rules/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::condition::{ConditionConfig, ConditionType};
use platform_core::ids::{AccountId, RuleId};
use platform_core::rule::Severity;
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::notification_input::{EMAIL, NotificationChange};
use crate::rule_channels;
use crate::rule_draft::{Desk, Draft, Naming, Told, Whole, changed};
use crate::rule_escalation::EscalationStepInput;
use crate::rule_input::{Entered, audited_change, evaluate_now, recipients_of, strangers};
use crate::rule_view::RuleView;

/// A rule as it is to be. What is absent is as if it had never been set, but for `enabled` and for what is never shown of a
/// webhook: those stay as they are.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct UpdateAlertRule {
    #[schema(example = "Servers down", max_length = 100)]
    name: String,
    #[schema(max_length = 1000)]
    description: Option<String>,
    condition_type: ConditionType,
    #[schema(value_type = ConditionConfig)]
    condition_config: Map<String, Value>,
    severity: Severity,
    /// As it is if absent.
    enabled: Option<bool>,
    /// Only this account; every account if absent.
    account_id: Option<Uuid>,
    /// The condition must hold this long before the rule fires; 0 if absent.
    #[schema(maximum = 1440)]
    for_minutes: Option<u32>,
    /// It must be over this long before the alert resolves, so that a flapping peer is one alert; 0 if absent.
    #[schema(maximum = 1440)]
    keep_firing_minutes: Option<u32>,
    notification_config: NotificationChange,
    /// Channels of the tenant that it tells, too: at most 10.
    #[schema(max_items = 10)]
    channel_ids: Option<Vec<Uuid>>,
    /// Who else is told while nobody acknowledges: at most 5 steps, the earliest first. They name at most 20 different channels.
    #[schema(max_items = 5)]
    escalation: Option<Vec<EscalationStepInput>>,
}

/// Change an alert rule
///
/// Another condition, severity, account or time begins anew: what is open of the rule is resolved, whoever was told hears of
/// it, and the rule is evaluated as it is now. Another name, description or notification leaves open alerts as they are.
#[utoipa::path(put, path = "/api/alerts/rules/{id}", operation_id = "updateRule", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = UpdateAlertRule,
    responses((status = 200, description = "Changed", body = RuleView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<UpdateAlertRule>,
) -> Result<Json<RuleView>, Problem> {
    let (tenant, id) = (caller.tenant, RuleId::from_uuid(id));
    let (rule, accounts) = tokio::try_join!(platform.store.rule(tenant, id), platform.store.accounts(tenant))?;
    let before = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let mut problems = Problems::default();
    let whole = Whole {
        entered: Entered {
            name: request.name,
            description: request.description,
            condition_type: request.condition_type,
            condition_config: request.condition_config,
            severity: request.severity,
            enabled: request.enabled,
            account_id: request.account_id,
            for_minutes: request.for_minutes,
            keep_firing_minutes: request.keep_firing_minutes,
        },
        told: Told {
            notification: request.notification_config,
            channels: request.channel_ids,
            escalation: request.escalation,
        },
    };
    let draft = changed(&Desk::of(&platform, tenant), &before, &accounts, whole, Naming::Shown, &mut problems).await?;
    problems.finish().map_err(Problem::validation)?;
    let Some(Draft { mut rule, known, secret }) = draft else {
        return Err(Problem::internal("input without problems is incomplete"));
    };
    let asks = strangers(&platform, tenant, recipients_of(&rule), EMAIL).await?;
    let change = audited_change(&before, &rule);
    let mut transaction = platform.store.transaction();
    transaction.replace_rule(&mut rule)?;
    rule_channels::require(&mut transaction, &rule);
    if let Some(asks) = &asks {
        asks.write(&platform, tenant, &mut transaction)?;
    }
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "rule.update", id, change))?;
    transaction.commit().await?;
    let covered = |account: &AccountId| before.covers(*account) || rule.covers(*account);
    evaluate_now(&platform, tenant, accounts.iter().map(|account| account.id).filter(covered)).await;
    Ok(Json(RuleView::new(&rule, true, secret, platform.now())?.with_groups(&rule, &known)))
}
