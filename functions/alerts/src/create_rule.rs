//! `POST /api/alerts/rules`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::condition::{ConditionConfig, ConditionType};
use platform_core::rule::{MAX_RULES, Severity};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::notification_input::{EMAIL, NotificationConfig};
use crate::rule_channels;
use crate::rule_draft::{Desk, Draft, Told, Whole, made};
use crate::rule_escalation::EscalationStepInput;
use crate::rule_input::{Entered, audited, evaluate_now, recipients_of, strangers};
use crate::rule_view::RuleView;

#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateAlertRule {
    #[schema(example = "Servers down", max_length = 100)]
    name: String,
    #[schema(max_length = 1000)]
    description: Option<String>,
    condition_type: ConditionType,
    #[schema(value_type = ConditionConfig)]
    condition_config: Map<String, Value>,
    severity: Severity,
    /// True if absent.
    enabled: Option<bool>,
    /// Only this account; every account if absent.
    account_id: Option<Uuid>,
    /// The condition must hold this long before the rule fires; 0 if absent.
    #[schema(maximum = 1440)]
    for_minutes: Option<u32>,
    /// It must be over this long before the alert resolves, so that a flapping peer is one alert; 0 if absent.
    #[schema(maximum = 1440)]
    keep_firing_minutes: Option<u32>,
    notification_config: NotificationConfig,
    /// Channels of the tenant that it tells, too: at most 10.
    #[schema(max_items = 10)]
    channel_ids: Option<Vec<Uuid>>,
    /// Who else is told while nobody acknowledges: at most 5 steps, the earliest first. They name at most 20 different channels.
    #[schema(max_items = 5)]
    escalation: Option<Vec<EscalationStepInput>>,
}

/// Make an alert rule
///
/// It is evaluated at once. Groups are named; each is the one that an account calls so, and stays that one when it is
/// renamed. The webhook's signing secret is only in this answer. Recipients who are not members are asked by mail, and get
/// alerts once they said yes.
#[utoipa::path(post, path = "/api/alerts/rules", operation_id = "createRule", tag = "alerts",
    request_body = CreateAlertRule, responses((status = 201, description = "Made", body = RuleView),
    (status = 409, description = "There are as many rules as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<CreateAlertRule>,
) -> Result<(StatusCode, Json<RuleView>), Problem> {
    let tenant = caller.tenant;
    let accounts = platform.store.accounts(tenant).await?;
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
            notification: request.notification_config.into(),
            channels: request.channel_ids,
            escalation: request.escalation,
        },
    };
    let desk = Desk::of(&platform, tenant);
    let draft = made(&desk, (tenant, caller.membership.user), &accounts, whole, &mut problems).await?;
    problems.finish().map_err(Problem::validation)?;
    let Some(Draft { rule, known, secret }) = draft else {
        return Err(Problem::internal("input without problems is incomplete"));
    };
    let view = RuleView::new(&rule, true, secret, platform.now())?.with_groups(&rule, &known);
    let entry = platform.audit_entry(tenant, caller.actor(), "rule.create", rule.id, (None, Some(audited(&rule))));
    let mut tries = Tries::new(&platform, tenant, Quota::Rules);
    while let Some(pass) = tries.next().await? {
        if platform.store.rules(tenant).await?.len() >= MAX_RULES {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_RULES} rules")));
        }
        let asks = strangers(&platform, tenant, recipients_of(&rule), EMAIL).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_rule(&rule)?;
        rule_channels::require(&mut transaction, &rule);
        if let Some(asks) = &asks {
            asks.write(&platform, tenant, &mut transaction)?;
        }
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    let covered = accounts.iter().map(|account| account.id).filter(|account| rule.covers(*account));
    evaluate_now(&platform, tenant, covered).await;
    Ok((StatusCode::CREATED, Json(view)))
}
