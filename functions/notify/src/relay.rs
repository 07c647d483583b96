//! `relayOutbox`: puts a new intent on the queue.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;
use platform_store::keys::{self, Key};

pub(crate) async fn run(platform: Platform, key: Key) -> JobResult {
    let (Some(tenant), Some(intent)) = (keys::tenant_of(&key), key.sk.strip_prefix(keys::INTENT)) else {
        return Err("not the key of an intent".into());
    };
    platform.queues.send(vec![Message::Notify { tenant, intent: intent.to_owned() }]).await?;
    Ok(())
}
