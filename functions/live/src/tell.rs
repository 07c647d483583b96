//! What happened, as a message at its place among the tenant's.

use functions_alerts::views;
use platform_core::access::Permission;
use platform_core::account::AccountStatus;
use platform_core::ids::TenantId;
use platform_core::live::{LiveReload, peer_changes};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Happened;

use crate::message::LiveMessage;

/// Most bytes of a message: less than API Gateway sends in one frame.
const MOST_BYTES: usize = 30 << 10;

/// Notes what a tenant's sockets are to be told. Nobody watches, or it is gone: then nothing.
pub(crate) async fn tell(platform: &Platform, tenant: TenantId, what: Happened) -> JobResult {
    if platform.store.live(tenant).await?.is_none() {
        return Ok(());
    }
    let Some((needs, message)) = message(platform, tenant, what).await? else { return Ok(()) };
    let mut text = message.text()?;
    if text.len() > MOST_BYTES {
        let what = if needs == Permission::AlertsRead { LiveReload::Alerts } else { LiveReload::Peers };
        text = LiveMessage::Reload { sequence: 0, what, account_id: None }.text()?;
    }
    platform
        .store
        .retry(async || {
            let Some(live) = platform.store.live(tenant).await? else { return Ok(()) };
            platform.store.tell(tenant, &live, needs, text.clone()).await
        })
        .await?;
    Ok(())
}

/// What is told of what happened, and what whoever hears it must be allowed. Its sequence is not known yet.
async fn message(
    platform: &Platform,
    tenant: TenantId,
    what: Happened,
) -> Result<Option<(Permission, LiveMessage)>, JobError> {
    let (store, sequence) = (&platform.store, 0);
    Ok(match what {
        Happened::Alert { id, is_new } => {
            let Some(alert) = store.alert(tenant, id).await? else { return Ok(None) };
            let Some(alert) = views(store, tenant, vec![alert], false).await?.pop().map(Box::new) else {
                return Ok(None);
            };
            let message = match is_new {
                true => LiveMessage::AlertTriggered { sequence, alert },
                false => LiveMessage::AlertUpdated { sequence, alert },
            };
            Some((Permission::AlertsRead, message))
        }
        Happened::Transitions { account, seen_at, part } => {
            let Some(found) = store.transitions_of(tenant, account, seen_at, part).await? else { return Ok(None) };
            let account_id = account.uuid();
            let message = match peer_changes(&found.entries).filter(|_| found.left_out == 0) {
                // It was not read for long, and all is as it was.
                Some(changes) if changes.is_empty() => return Ok(None),
                Some(changes) => LiveMessage::PeerStatusChanged { sequence, account_id, changes },
                None => LiveMessage::Reload { sequence, what: LiveReload::Peers, account_id: Some(account_id) },
            };
            Some((Permission::NetbirdRead, message))
        }
        Happened::Sync { account } => {
            let Some(sync) = store.sync_state(tenant, account).await? else { return Ok(None) };
            let at = sync.last_attempt.max(sync.last_sync).unwrap_or_else(|| platform.now());
            let is_healthy = sync.status() == AccountStatus::Healthy;
            Some((
                Permission::NetbirdRead,
                LiveMessage::SyncCompleted { sequence, account_id: account.uuid(), at, is_healthy },
            ))
        }
        Happened::Missed => {
            Some((Permission::NetbirdRead, LiveMessage::Reload { sequence, what: LiveReload::All, account_id: None }))
        }
        Happened::Minute => None,
    })
}
