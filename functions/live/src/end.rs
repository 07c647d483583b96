//! The end of a socket that is the platform's doing.

use platform_core::live::{ConnectionId, LiveRefusal};
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_store::live::Holder;

use crate::message::LiveMessage;

/// Says why, closes and forgets it.
pub(crate) async fn end(
    platform: &Platform,
    id: &ConnectionId,
    holder: Option<Holder>,
    code: LiveRefusal,
    detail: &str,
) -> JobResult {
    let error = LiveMessage::Error { code, detail: detail.to_owned() }.text()?;
    // It may be what does not go through any more.
    if let Err(error) = platform.sockets.send(id, &error).await {
        tracing::info!(%error, "a socket was not told why it is closed");
    }
    platform.sockets.close(id, code).await?;
    platform.store.forget_connection(id, holder).await?;
    tracing::info!(reason = code.name(), "socket closed");
    Ok(())
}
