//! `relayOutbox`: puts a new item of the outbox on its queue.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::feed::Change;

pub(crate) async fn run(platform: Platform, change: Change) -> JobResult {
    let message = Message::of_outbox(change.tenant, change.what).ok_or("not a change of the outbox")?;
    platform.queues.send(vec![message]).await?;
    Ok(())
}
