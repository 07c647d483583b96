//! `evaluateDispatch`: accounts that are paused or back off are not synced, so nothing else would have them evaluated;
//! time passes for them all the same.

use futures::future::try_join_all;
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::REGISTRY_SHARDS;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let now = platform.now();
    let shards = try_join_all((0..REGISTRY_SHARDS).map(|shard| platform.store.registry_shard(shard))).await?;
    let silent = shards.into_iter().flatten().filter(|entry| !entry.is_due(now));
    let messages: Vec<_> =
        silent.map(|entry| Message::Evaluate { tenant: entry.tenant, account: entry.account }).collect();
    tracing::info!(accounts = messages.len(), "evaluations dispatched");
    platform.queues.send(messages).await?;
    Ok(())
}
