//! `liveDisconnect`: a socket is closed.

use platform_runtime::Platform;
use platform_runtime::job::JobError;
use platform_runtime::sockets::{Arrival, Verdict};

pub(crate) async fn run(platform: Platform, arrival: Arrival) -> Result<Verdict, JobError> {
    if let Some(connection) = platform.store.connection(&arrival.connection).await? {
        platform.store.forget_connection(&connection.id, connection.holder).await?;
    }
    Ok(Verdict::Go)
}
