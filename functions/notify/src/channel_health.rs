//! How sending by a channel goes, one of the tenant's or of a rule's own. One whose receiver is gone, or that failed with every try for
//! five days, is switched off, and the owners are told.

use jiff::Timestamp;
use platform_core::audit::Actor;
use platform_core::channel::Route;
use platform_core::ids::TenantId;
use platform_core::mail::MailAbout;
use platform_core::rule::Rule;
use platform_core::tenant_channel::{OwnTrouble, TenantChannel, Trouble};
use platform_notify::webhook::Outcome;
use platform_runtime::Platform;
use platform_runtime::job::JobError;
use platform_store::{Result, StoreError, Transaction};
use serde_json::{Value, json};

/// A channel by which something was sent.
pub(crate) enum Way<'a> {
    /// One of the tenant's.
    Shared(&'a TenantChannel),
    /// One of a rule's own.
    Own(&'a Rule, Route),
}

/// Notes how a try went.
pub(crate) async fn note(platform: &Platform, way: Way<'_>, outcome: &Outcome) -> std::result::Result<(), JobError> {
    let now = platform.now();
    let reason = match outcome {
        Outcome::Delivered => {
            if way.trouble(platform).await?.is_some() {
                way.forget_trouble(platform).await?;
            }
            return Ok(());
        }
        Outcome::Gone => {
            return switch_off(platform, &way, "the receiver answered 410 Gone: it wants no more messages").await;
        }
        Outcome::Retry { reason, .. } | Outcome::Failed { reason } => reason.to_string(),
    };
    // What was noted before somebody changed it does not count.
    match way.trouble(platform).await?.filter(|since| *since >= way.changed_at()) {
        None => Ok(way.note_trouble(platform, now, reason).await?),
        Some(since) if now.duration_since(since) < Trouble::MOST => Ok(()),
        Some(_) => switch_off(platform, &way, &format!("every try failed for five days; the last one: {reason}")).await,
    }
}

/// The channel, its entry in the trail and the mails to the owners are one transaction. If somebody changes it just then, the
/// next try finds out how it goes now.
async fn switch_off(platform: &Platform, way: &Way<'_>, reason: &str) -> std::result::Result<(), JobError> {
    let mut transaction = platform.store.transaction();
    if !way.write_off(platform, reason, &mut transaction)? {
        return Ok(());
    }
    for owner in platform.store.owners(way.tenant()).await? {
        transaction.create_mail(&platform.mail_about(owner.email, way.mail(reason)))?;
    }
    match transaction.commit().await {
        Err(StoreError::Conflict) => Ok(()),
        written => Ok(written?),
    }
}

fn change(reason: &str, more: Value) -> (Option<Value>, Option<Value>) {
    let mut new = json!({ "enabled": false, "reason": reason });
    if let (Some(new), Value::Object(more)) = (new.as_object_mut(), more) {
        new.extend(more);
    }
    (Some(json!({ "enabled": true })), Some(new))
}

impl Way<'_> {
    const fn tenant(&self) -> TenantId {
        match self {
            Way::Shared(channel) => channel.tenant,
            Way::Own(rule, _) => rule.tenant,
        }
    }

    const fn changed_at(&self) -> Timestamp {
        match self {
            Way::Shared(channel) => channel.updated_at,
            Way::Own(rule, _) => rule.updated_at,
        }
    }

    /// Since when every try fails, if it is noted.
    async fn trouble(&self, platform: &Platform) -> Result<Option<Timestamp>> {
        let (store, tenant) = (&platform.store, self.tenant());
        Ok(match self {
            Way::Shared(channel) => store.trouble(tenant, channel.id).await?.map(|trouble| trouble.since),
            Way::Own(rule, by) => store.own_trouble(tenant, rule.id, *by).await?.map(|trouble| trouble.since),
        })
    }

    async fn note_trouble(&self, platform: &Platform, since: Timestamp, reason: String) -> Result<()> {
        let (store, tenant) = (&platform.store, self.tenant());
        match self {
            Way::Shared(channel) => store.note_trouble(tenant, &Trouble { channel: channel.id, since, reason }).await,
            Way::Own(rule, by) => {
                store.note_own_trouble(tenant, &OwnTrouble { rule: rule.id, by: *by, since, reason }).await
            }
        }
    }

    async fn forget_trouble(&self, platform: &Platform) -> Result<()> {
        let (store, tenant) = (&platform.store, self.tenant());
        match self {
            Way::Shared(channel) => store.forget_trouble(tenant, channel.id).await,
            Way::Own(rule, by) => store.forget_own_trouble(tenant, rule.id, *by).await,
        }
    }

    /// Writes that it is off, and the entry of the trail. Whether it was on.
    fn write_off(&self, platform: &Platform, reason: &str, transaction: &mut Transaction<'_>) -> Result<bool> {
        let (tenant, now) = (self.tenant(), platform.now());
        match self {
            Way::Shared(channel) => {
                let mut off = (*channel).clone();
                if !off.switch_off(reason.to_owned(), now) {
                    return Ok(false);
                }
                transaction.replace_channel(&mut off)?;
                let change = change(reason, json!({ "name": off.name }));
                let entry = platform.audit_entry(tenant, Actor::platform(), "channel.switch-off", off.id, change);
                transaction.audit(&entry)?;
            }
            Way::Own(rule, by) => {
                let mut off = (*rule).clone();
                if off.deleted_at.is_some() || !off.notification.switch_off(by.channel, reason.to_owned(), now) {
                    return Ok(false);
                }
                transaction.replace_rule(&mut off)?;
                let change = change(reason, json!({ "name": off.name, "channel": by.channel.name() }));
                let entry = platform.audit_entry(tenant, Actor::platform(), "rule.switch-channel-off", off.id, change);
                transaction.audit(&entry)?;
            }
        }
        Ok(true)
    }

    fn mail(&self, reason: &str) -> MailAbout {
        let (tenant, reason) = (self.tenant(), reason.to_owned());
        match self {
            Way::Shared(channel) => {
                MailAbout::ChannelOff { tenant, channel: channel.id, name: channel.name.clone(), reason }
            }
            Way::Own(rule, by) => {
                MailAbout::RuleChannelOff { tenant, rule: rule.id, name: rule.name.clone(), by: *by, reason }
            }
        }
    }
}
