//! `relayOutbox`: puts a new item of the outbox on its queue.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::Key;

pub(crate) async fn run(platform: Platform, key: Key) -> JobResult {
    let message = Message::of_outbox(&key).ok_or("not the key of an item of the outbox")?;
    platform.queues.send(vec![message]).await?;
    Ok(())
}
