//! `tendLive`: each minute, has the sockets of every tenant looked at of whom somebody watches.

use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::{Happened, Message};

pub(crate) async fn run(platform: Platform) -> JobResult {
    tell_all(&platform, &Happened::Minute).await
}

/// Has every open page read anew what it shows, since changes were missed. For a host whose change feed can be late.
pub async fn missed(platform: &Platform) -> JobResult {
    tell_all(platform, &Happened::Missed).await
}

async fn tell_all(platform: &Platform, what: &Happened) -> JobResult {
    let watched = platform.store.watched_tenants().await?;
    let messages = watched.into_iter().map(|tenant| Message::Live { tenant, what: what.clone() });
    Ok(platform.queues.send(messages.collect()).await?)
}
