//! `syncDispatch`: puts every account that is due on the queue.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::accounts::RegistryEntry;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let (now, tick) = (platform.now(), platform.sync_interval);
    let mut registry = platform.store.registry().await?;
    registry.retain(|entry| entry.is_free(now));
    let (each_tick, seldom): (Vec<_>, Vec<_>) = registry.into_iter().partition(|entry| entry.every.is_each_tick(tick));
    // Those wait for nothing that is read of others.
    queue(&platform, each_tick).await?;
    if seldom.is_empty() {
        return Ok(());
    }
    // When each was last tried is read, and not worked out from the time: a tick that is left out, or late, loses none.
    let tried = platform.store.last_tries(seldom).await?;
    let due = tried.into_iter().filter(|(entry, tried)| tried.is_due(entry.every, now, tick)).map(|(entry, _)| entry);
    queue(&platform, due.collect()).await
}

async fn queue(platform: &Platform, mut due: Vec<RegistryEntry>) -> JobResult {
    let now = platform.now();
    // Another account comes first each time: should there not be time for all of them, it is never the same that wait.
    let first = (due.len() as f64 * platform.fraction()) as usize;
    due.rotate_left(first);
    let messages: Vec<_> = due
        .into_iter()
        .map(|entry| Message::Sync { tenant: entry.tenant, account: entry.account, asked_at: Some(now) })
        .collect();
    tracing::info!(accounts = messages.len(), "syncs dispatched");
    platform.queues.send(messages).await?;
    Ok(())
}
