//! `sweepOutbox`: puts intents on the queue that are due and that nobody took.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::keys::DUE_SHARDS;

/// Intents taken from one shard in one sweep; the rest waits a minute.
const MOST: usize = 500;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let now = platform.now();
    for shard in 0..DUE_SHARDS {
        let due = platform.store.due_intents(shard, now, MOST).await?;
        let messages: Vec<_> =
            due.into_iter().map(|intent| Message::Notify { tenant: intent.tenant, intent: intent.key }).collect();
        if !messages.is_empty() {
            tracing::info!(shard, intents = messages.len(), "intents swept");
            platform.queues.send(messages).await?;
        }
    }
    Ok(())
}
