//! `syncDispatch`: puts every account that is due on the queue.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let now = platform.now();
    let mut due = platform.store.registry().await?;
    due.retain(|entry| entry.is_due(now));
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
