//! When accounts are read: what changing, pausing, resuming and syncing now share.

use platform_core::account::{Account, SyncInterval, SyncState};
use platform_core::ids::{AccountId, TenantId};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::queue::Message;
use platform_store::accounts::RegistryEntry;
use serde_json::{Value, json};

/// Reads how often an account is to be read.
pub(crate) fn interval(seconds: u32, problems: &mut Problems) -> Option<SyncInterval> {
    let every = SyncInterval::from_seconds(seconds);
    let (least, most) = (SyncInterval::LEAST_SECONDS, SyncInterval::MOST_SECONDS);
    let detail = format!("must be {least} to {most}, in whole minutes: a multiple of 60");
    problems.require(every.is_some(), "/syncIntervalSeconds", detail);
    every
}

/// An account, and how reading it goes.
pub(crate) async fn find(
    platform: &Platform,
    tenant: TenantId,
    id: AccountId,
) -> Result<(Account, SyncState), Problem> {
    let (account, sync) = tokio::join!(platform.store.account(tenant, id), platform.store.sync_state(tenant, id));
    let missing = || Problem::not_found("account");
    Ok((account?.ok_or_else(missing)?, sync?.ok_or_else(missing)?))
}

/// An account as it is after a step, and whether the step was needed.
pub(crate) struct Held {
    pub(crate) account: Account,
    pub(crate) sync: SyncState,
    pub(crate) is_new: bool,
}

/// Has an account read no more until somebody resumes it.
pub(crate) async fn pause(platform: &Platform, caller: &Caller, id: AccountId) -> Result<Held, Problem> {
    let values = (Some(json!({ "paused": false })), Some(json!({ "paused": true })));
    change(platform, caller, id, ("account.pause", values), |sync| {
        let is_new = !sync.is_paused_by_user();
        if is_new {
            sync.pause(&caller.actor().name, platform.now());
        }
        is_new
    })
    .await
}

/// Has an account read again that is held, if what holds it may end.
pub(crate) async fn resume(
    platform: &Platform,
    caller: &Caller,
    id: AccountId,
    may_end: impl Fn(&SyncState) -> bool,
) -> Result<Held, Problem> {
    let values = (None, Some(json!({ "paused": false })));
    change(platform, caller, id, ("account.resume", values), |sync| {
        let is_new = sync.is_held() && may_end(sync);
        if is_new {
            sync.resume(platform.now());
        }
        is_new
    })
    .await
}

/// Makes a step, which says whether it changed anything, and tells the trail if it did. A sync that ends meanwhile has
/// written how it went.
async fn change(
    platform: &Platform,
    caller: &Caller,
    id: AccountId,
    (action, values): (&str, (Option<Value>, Option<Value>)),
    step: impl Fn(&mut SyncState) -> bool,
) -> Result<Held, Problem> {
    let tenant = caller.tenant;
    let changed = platform.store.retry(async || {
        let (account, mut sync) = find(platform, tenant, id).await?;
        let is_new = step(&mut sync);
        if is_new {
            let mut transaction = platform.store.transaction();
            transaction.replace_sync(tenant, &mut sync)?;
            transaction.register(&RegistryEntry::of(tenant, &sync))?;
            transaction.audit(&platform.audit_entry(tenant, caller.actor(), action, id, values.clone()))?;
            transaction.commit().await?;
        }
        Ok(Held { account, sync, is_new })
    });
    changed.await
}

/// Has an account synced at once. Not worth failing for: the next tick syncs it anyway.
pub(crate) async fn sync_soon(platform: &Platform, tenant: TenantId, account: AccountId) {
    let message = Message::Sync { tenant, account, asked_at: Some(platform.now()) };
    if let Err(error) = platform.queues.send(vec![message]).await {
        tracing::warn!(account.id = %account, error = %error, "the sync waits for the next tick");
    }
}
