//! A rule as people enter it, whether they make one or change one.

use platform_core::chat::Messenger;
use platform_core::condition::{Condition, ConditionType};
use platform_core::ids::{AccountId, TenantId};
use platform_core::recipient::MAX_RECIPIENTS_OF_TENANT;
use platform_core::rule::{MAX_DESCRIPTION, MAX_FOR, MAX_NAME, Rule, Severity};
use platform_core::tenancy::Email;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::queue::Message;
use platform_runtime::{Platform, recipients};
use platform_store::Transaction;
use platform_store::quotas::{Pass, Quota};
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What was entered of a rule, beside whom it tells.
#[derive(Clone)]
pub(crate) struct Entered {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) condition_type: ConditionType,
    pub(crate) condition_config: Map<String, Value>,
    pub(crate) severity: Severity,
    pub(crate) enabled: Option<bool>,
    pub(crate) account_id: Option<Uuid>,
    pub(crate) for_minutes: Option<u32>,
    pub(crate) keep_firing_minutes: Option<u32>,
}

impl Entered {
    /// Checks it, and makes it what a rule says. Whether it could be read so far that the rest can be checked.
    pub(crate) fn write(self, rule: &mut Rule, accounts: &[AccountId], problems: &mut Problems) -> bool {
        let description = self.description.unwrap_or_default();
        let (for_minutes, keep_firing) = (self.for_minutes.unwrap_or(0), self.keep_firing_minutes.unwrap_or(0));
        problems.text("/name", &self.name, 1, MAX_NAME);
        problems.text("/description", &description, 0, MAX_DESCRIPTION);
        problems.require(for_minutes <= MAX_FOR, "/forMinutes", format!("must be at most {MAX_FOR}"));
        problems.require(keep_firing <= MAX_FOR, "/keepFiringMinutes", format!("must be at most {MAX_FOR}"));
        let condition = Condition::read(self.condition_type, self.condition_config, "/conditionConfig", problems);
        let account = self.account_id.map(AccountId::from_uuid);
        if let Some(account) = account
            && !accounts.contains(&account)
        {
            problems.push("/accountId", "is not a connected account");
            return false;
        }
        let Some(condition) = condition else { return false };
        condition.check_for(for_minutes, problems);
        condition.check_account(account, problems);
        rule.name = self.name.trim().to_owned();
        rule.description = description;
        rule.condition = condition;
        rule.severity = self.severity;
        rule.enabled = self.enabled.unwrap_or(rule.enabled);
        rule.account = account;
        rule.for_minutes = for_minutes;
        rule.keep_firing_minutes = keep_firing;
        true
    }
}

/// A rule as the audit trail tells of it.
pub(crate) fn audited(rule: &Rule) -> Value {
    json!({
        "name": rule.name, "description": rule.description, "sentence": rule.sentence(), "severity": rule.severity,
        "enabled": rule.enabled, "accountId": rule.account, "keepFiringMinutes": rule.keep_firing_minutes,
        "channelIds": rule.channels, "escalation": rule.escalation,
    })
}

/// A change of a rule as the audit trail tells of it: how it was, and how it is. Of what is secret, that it was changed.
pub(crate) fn audited_change(before: &Rule, rule: &Rule) -> (Option<Value>, Option<Value>) {
    let (old, mut new) = (audited(before), audited(rule));
    if rule.notification.webhook != before.notification.webhook {
        new["webhook"] = json!("changed");
    }
    for messenger in Messenger::ALL {
        if rule.notification.chats.get(messenger) != before.notification.chats.get(messenger) {
            new[messenger.name()] = json!("changed");
        }
    }
    (Some(old), Some(new))
}

/// The addresses that a rule tells by itself.
pub(crate) fn recipients_of(rule: &Rule) -> &[Email] {
    rule.notification.email.as_ref().map_or(&[], |email| &email.recipients)
}

/// Recipients who are to be asked whether they want alerts.
pub(crate) struct Asks {
    emails: Vec<Email>,
    pass: Pass,
}

impl Asks {
    /// Asks them, together with what names them.
    pub(crate) fn write(
        &self,
        platform: &Platform,
        tenant: TenantId,
        transaction: &mut Transaction<'_>,
    ) -> Result<(), Problem> {
        transaction.hand_in(&self.pass)?;
        for email in &self.emails {
            recipients::ask(platform, transaction, tenant, email.clone())?;
        }
        Ok(())
    }
}

/// Those who are named at a place of the input, who are not members and were never asked, if there are any.
pub(crate) async fn strangers(
    platform: &Platform,
    tenant: TenantId,
    named: &[Email],
    at: &str,
) -> Result<Option<Asks>, Problem> {
    strangers_at(platform, tenant, named, &format!("{at}/recipients")).await
}

/// The same of those who are named by a field.
pub(crate) async fn strangers_at(
    platform: &Platform,
    tenant: TenantId,
    named: &[Email],
    field: &str,
) -> Result<Option<Asks>, Problem> {
    if named.is_empty() {
        return Ok(None);
    }
    let pass = platform.store.pass(tenant, Quota::Recipients).await?;
    let (members, asked) =
        tokio::try_join!(recipients::proven_members(platform, tenant, named), platform.store.recipients(tenant),)?;
    let is_stranger = |email: &&Email| !members.contains(*email) && asked.iter().all(|known| known.email != **email);
    let emails: Vec<Email> = named.iter().filter(is_stranger).cloned().collect();
    if asked.len() + emails.len() > MAX_RECIPIENTS_OF_TENANT {
        let detail =
            format!("a tenant may have at most {MAX_RECIPIENTS_OF_TENANT} recipients who are not members of it");
        return Err(Problem::field(field, detail));
    }
    Ok((!emails.is_empty()).then_some(Asks { emails, pass }))
}

/// Has accounts evaluated at once, so that nobody waits for the next tick to see what a change of a rule leads to.
pub(crate) async fn evaluate_now(platform: &Platform, tenant: TenantId, accounts: impl Iterator<Item = AccountId>) {
    let messages: Vec<Message> = accounts.map(|account| Message::Evaluate { tenant, account }).collect();
    if messages.is_empty() {
        return;
    }
    // Not worth failing for: the next tick evaluates them anyway.
    if let Err(error) = platform.queues.send(messages).await {
        tracing::warn!(error = %error, "the evaluation waits for the next tick");
    }
}
