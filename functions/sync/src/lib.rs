//! Keeping up with NetBird: every minute dispatch puts each account that is due on a queue, and the sync of one
//! account fetches, compares with what is stored, and writes what changed.

mod account;
mod changes;
mod dispatch;
mod fetch;
mod log;
mod makeup;

use platform_http::needs;
use platform_http::needs::{GET, GET_MANY, PUT, QUERY, WRITE_MANY};
use platform_runtime::Job;
use platform_runtime::queue::Queue;

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::every_minute(
            "syncDispatch",
            dispatch::run,
            needs().registry(QUERY).tenant(GET_MANY).queue(Queue::Sync).timeout(30),
        ),
        Job::on_message(
            "syncAccount",
            Queue::Sync,
            account::run,
            needs()
                .tenant(GET | GET_MANY | QUERY | PUT | WRITE_MANY)
                .registry(PUT)
                .watched_tenants(QUERY)
                .vault()
                .queue(Queue::Evaluate)
                .queue(Queue::Live)
                .memory(1024)
                .timeout(60)
                // Each waits for its server: ten at once cost hardly more than one. All of a tick are queued together.
                .batch(10)
                .gathering(1),
        ),
    ]
}
