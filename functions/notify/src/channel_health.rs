//! How sending by a tenant's channel goes. One whose receiver is gone, or that failed with every try for five days, is switched
//! off, and the owners are told.

use platform_core::audit::Actor;
use platform_core::mail::MailAbout;
use platform_core::tenant_channel::{TenantChannel, Trouble};
use platform_notify::webhook::Outcome;
use platform_runtime::Platform;
use platform_runtime::job::JobError;
use platform_store::StoreError;
use serde_json::json;

/// Notes how a try went.
pub(crate) async fn note(platform: &Platform, channel: &TenantChannel, outcome: &Outcome) -> Result<(), JobError> {
    let (store, tenant, now) = (&platform.store, channel.tenant, platform.now());
    let reason = match outcome {
        Outcome::Delivered => {
            if store.trouble(tenant, channel.id).await?.is_some() {
                store.forget_trouble(tenant, channel.id).await?;
            }
            return Ok(());
        }
        Outcome::Gone => {
            return switch_off(platform, channel, "the receiver answered 410 Gone: it wants no more messages").await;
        }
        Outcome::Retry { reason, .. } | Outcome::Failed { reason } => reason.to_string(),
    };
    let known = store.trouble(tenant, channel.id).await?;
    match channel.in_trouble(known.as_ref()) {
        None => Ok(store.note_trouble(tenant, &Trouble { channel: channel.id, since: now, reason }).await?),
        Some(trouble) if now.duration_since(trouble.since) < Trouble::MOST => Ok(()),
        Some(_) => {
            switch_off(platform, channel, &format!("every try failed for five days; the last one: {reason}")).await
        }
    }
}

/// The channel, its entry in the trail and the mails to the owners are one transaction. If somebody changes it just then, the
/// next try finds out how it goes now.
async fn switch_off(platform: &Platform, channel: &TenantChannel, reason: &str) -> Result<(), JobError> {
    let tenant = channel.tenant;
    let mut off = channel.clone();
    if !off.switch_off(reason.to_owned(), platform.now()) {
        return Ok(());
    }
    let change =
        (Some(json!({ "enabled": true })), Some(json!({ "enabled": false, "reason": reason, "name": off.name })));
    let mut transaction = platform.store.transaction();
    transaction.replace_channel(&mut off)?;
    transaction.audit(&platform.audit_entry(tenant, Actor::platform(), "channel.switch-off", off.id, change))?;
    for owner in platform.store.owners(tenant).await? {
        let (name, reason) = (off.name.clone(), reason.to_owned());
        let about = MailAbout::ChannelOff { tenant, channel: off.id, name, reason };
        transaction.create_mail(&platform.mail_about(owner.email, about))?;
    }
    match transaction.commit().await {
        Err(StoreError::Conflict) => Ok(()),
        written => Ok(written?),
    }
}
