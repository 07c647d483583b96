//! Keeping up with NetBird: every minute dispatch puts each account that is due on a queue, and the sync of one
//! account fetches, compares with what is stored, and writes what changed.

mod account;
mod dispatch;
mod fetch;

use platform_runtime::Job;
use platform_runtime::queue::Queue;

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![Job::every_minute("syncDispatch", dispatch::run), Job::on_message("syncAccount", Queue::Sync, account::run)]
}
