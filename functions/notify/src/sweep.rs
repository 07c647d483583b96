//! `sweepOutbox`: puts what is due in the outbox, and that nobody took, on its queue.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::keys::DUE_SHARDS;

/// Items taken from one shard in one sweep; the rest waits a minute.
const MOST: usize = 500;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let now = platform.now();
    for shard in 0..DUE_SHARDS {
        let due = platform.store.due(shard, now, MOST).await?;
        let messages: Vec<_> = due.iter().filter_map(Message::of_outbox).collect();
        if !messages.is_empty() {
            tracing::info!(shard, messages = messages.len(), "outbox swept");
            platform.queues.send(messages).await?;
        }
    }
    Ok(())
}
