//! `syncDispatch`: puts every account that is due on the queue.

use futures::future::try_join_all;
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::REGISTRY_SHARDS;
use platform_store::accounts::RegistryEntry;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let now = platform.now();
    let shards = try_join_all((0..REGISTRY_SHARDS).map(|shard| platform.store.registry_shard(shard))).await?;
    let due = shards.into_iter().flatten().filter(|entry| entry.is_due(now));
    let sync =
        |entry: RegistryEntry| Message::Sync { tenant: entry.tenant, account: entry.account, asked_at: Some(now) };
    let messages: Vec<_> = due.map(sync).collect();
    tracing::info!(accounts = messages.len(), "syncs dispatched");
    platform.queues.send(messages).await?;
    Ok(())
}
