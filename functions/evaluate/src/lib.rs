//! Evaluating alert rules: when an account's sync has finished, and every minute for accounts that are not synced.

mod account;
mod dispatch;

use platform_runtime::Job;
use platform_runtime::queue::Queue;

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::every_minute("evaluateDispatch", dispatch::run),
        Job::on_message("evaluateAccount", Queue::Evaluate, account::run),
    ]
}
