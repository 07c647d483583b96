//! `liveConnect`: somebody opens a socket.

use platform_core::live::AUTH_WITHIN;
use platform_http::client::require_own_page;
use platform_runtime::Platform;
use platform_runtime::job::JobError;
use platform_runtime::queue::Message;
use platform_runtime::sockets::{Arrival, Verdict};
use platform_store::live::Connection;

pub(crate) async fn run(platform: Platform, arrival: Arrival) -> Result<Verdict, JobError> {
    if require_own_page(&arrival.headers, &platform.origin()).is_err() {
        return Ok(Verdict::Refused);
    }
    let id = arrival.connection;
    let connection =
        Connection { id: id.clone(), opened_at: platform.now(), holder: None, minute: 0, said: 0, version: 1 };
    platform.store.open_connection(&connection).await?;
    platform.queues.send_after(vec![Message::ExpectAuth { connection: id }], AUTH_WITHIN).await?;
    Ok(Verdict::Go)
}
