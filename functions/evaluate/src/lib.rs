//! Evaluating alert rules: when an account's sync has finished, and every minute for accounts that are not synced.

mod account;
mod dispatch;
mod episodes;
mod escalation;
mod evaluation;
mod groups;
mod routing;

use platform_http::needs;
use platform_http::needs::{CHECK, DELETE, GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_runtime::Job;
use platform_runtime::queue::Queue;

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::every_minute(
            "evaluateDispatch",
            dispatch::run,
            needs()
                .tenant(GET_MANY)
                .registry(QUERY)
                .queue(Queue::Evaluate)
                .memory(512)
                .timeout(30)
                // Longer than the longest back-off: an account that is due again after one is nobody's alarm.
                .watched("oldest_sync_age_seconds", 20 * 60),
        ),
        Job::on_message(
            "evaluateAccount",
            Queue::Evaluate,
            account::run,
            needs()
                .tenant(GET | GET_MANY | QUERY | PUT | UPDATE | DELETE | CHECK)
                .limited(UPDATE)
                .memory(512)
                .timeout(60)
                .gathering(1),
        ),
    ]
}
