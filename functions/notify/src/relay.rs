//! `relayOutbox`: puts a new item of the outbox on its queue, and what open pages are told of, too. One job for both: two
//! event sources at most read the table's stream well.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::feed::Change;

pub(crate) async fn run(platform: Platform, change: Change) -> JobResult {
    let message = match Message::of_change(&change) {
        Some(message) => {
            // Nobody watches most tenants most of the time.
            let Some(tenant) = change.tenant else { return Ok(()) };
            if platform.store.live(tenant).await?.is_none() {
                return Ok(());
            }
            message
        }
        None => Message::of_outbox(change.tenant, change.what).ok_or("not a change of the outbox")?,
    };
    platform.queues.send(vec![message]).await?;
    Ok(())
}
