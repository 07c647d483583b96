//! The end of a socket that is the platform's doing.

use platform_core::live::{ConnectionId, LiveRefusal};
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_store::live::Holder;

use crate::message::LiveMessage;

/// Forgets it, says why, and closes it. In this order: what cannot be closed is sent nothing more all the same.
pub(crate) async fn end(
    platform: &Platform,
    id: &ConnectionId,
    holder: Option<Holder>,
    code: LiveRefusal,
    detail: &str,
) -> JobResult {
    let error = LiveMessage::Error { code, detail: detail.to_owned() }.text()?;
    platform.store.forget_connection(id, holder).await?;
    // It may be what does not go through any more.
    if let Err(error) = platform.sockets.send(id, &error).await {
        tracing::info!(%error, "a socket was not told why it is closed");
    }
    platform.sockets.close(id, code).await?;
    tracing::info!(reason = code.name(), "socket closed");
    Ok(())
}
