//! `POST /api/alerts/rules`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::condition::{Condition, ConditionConfig, ConditionType};
use platform_core::ids::{AccountId, RuleId, TenantId};
use platform_core::recipient::MAX_RECIPIENTS_OF_TENANT;
use platform_core::rule::{MAX_DESCRIPTION, MAX_FOR, MAX_NAME, MAX_RULES, Rule, Severity};
use platform_core::tenancy::Email;
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::quota::Tries;
use platform_runtime::{Platform, recipients};
use platform_store::quotas::{Pass, Quota};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::notification_input::{NotificationConfig, check};
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
}

/// Make an alert rule
///
/// It is evaluated from the next tick on. The webhook's signing secret is only in this answer. Recipients who are not members
/// are asked by mail, and get alerts once they said yes.
#[utoipa::path(post, path = "/api/alerts/rules", operation_id = "createRule", tag = "alerts",
    request_body = CreateAlertRule, responses((status = 201, description = "Made", body = RuleView),
    (status = 409, description = "There are as many rules as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<CreateAlertRule>,
) -> Result<(StatusCode, Json<RuleView>), Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let id = RuleId::new(now, platform.entropy.as_ref());
    let description = request.description.unwrap_or_default();
    let (for_minutes, keep_firing) = (request.for_minutes.unwrap_or(0), request.keep_firing_minutes.unwrap_or(0));

    let mut problems = Problems::default();
    problems.text("/name", &request.name, 1, MAX_NAME);
    problems.text("/description", &description, 0, MAX_DESCRIPTION);
    problems.require(for_minutes <= MAX_FOR, "/forMinutes", format!("must be at most {MAX_FOR}"));
    problems.require(keep_firing <= MAX_FOR, "/keepFiringMinutes", format!("must be at most {MAX_FOR}"));
    let condition =
        Condition::read(request.condition_type, request.condition_config, "/conditionConfig", &mut problems);
    let checked = check(&platform, tenant, id, request.notification_config, &mut problems)?;
    let account = request.account_id.map(AccountId::from_uuid);
    if let Some(account) = account
        && platform.store.account(tenant, account).await?.is_none()
    {
        problems.push("/accountId", "is not a connected account");
    }
    problems.finish().map_err(Problem::validation)?;
    let (Some(condition), Some(checked)) = (condition, checked) else {
        return Err(Problem::internal("input without problems is incomplete"));
    };
    let rule = Rule {
        id,
        tenant,
        name: request.name.trim().to_owned(),
        description,
        condition,
        severity: request.severity,
        enabled: request.enabled.unwrap_or(true),
        account,
        for_minutes,
        keep_firing_minutes: keep_firing,
        notification: checked.notification,
        created_at: now,
        updated_at: now,
        created_by: caller.membership.user,
        version: 1,
    };
    let view = RuleView::new(&rule, true, checked.secret)?;
    let shown =
        json!({ "name": rule.name, "sentence": rule.sentence(), "severity": rule.severity, "enabled": rule.enabled });
    let entry = platform.audit_entry(tenant, caller.actor(), "rule.create", id, (None, Some(shown)));
    let mut tries = Tries::new(&platform, tenant, Quota::Rules);
    while let Some(pass) = tries.next().await? {
        if platform.store.rules(tenant).await?.len() >= MAX_RULES {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_RULES} rules")));
        }
        let asks = strangers(&platform, tenant, &rule).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_rule(&rule)?;
        if let Some(asks) = &asks {
            transaction.hand_in(&asks.pass)?;
            for email in &asks.emails {
                recipients::ask(&platform, &mut transaction, tenant, email.clone())?;
            }
        }
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok((StatusCode::CREATED, Json(view)))
}

/// Recipients who are to be asked whether they want alerts.
struct Asks {
    emails: Vec<Email>,
    pass: Pass,
}

/// Those whom the rule names, who are not members and were never asked, if there are any.
async fn strangers(platform: &Platform, tenant: TenantId, rule: &Rule) -> Result<Option<Asks>, Problem> {
    let Some(email) = &rule.notification.email else { return Ok(None) };
    let pass = platform.store.pass(tenant, Quota::Recipients).await?;
    let (members, asked) = tokio::try_join!(
        recipients::proven_members(platform, tenant, &email.recipients),
        platform.store.recipients(tenant),
    )?;
    let is_stranger = |email: &&Email| !members.contains(*email) && asked.iter().all(|known| known.email != **email);
    let emails: Vec<Email> = email.recipients.iter().filter(is_stranger).cloned().collect();
    if asked.len() + emails.len() > MAX_RECIPIENTS_OF_TENANT {
        let detail =
            format!("a tenant may have at most {MAX_RECIPIENTS_OF_TENANT} recipients who are not members of it");
        return Err(Problem::field("/notificationConfig/email/recipients", detail));
    }
    Ok((!emails.is_empty()).then_some(Asks { emails, pass }))
}
