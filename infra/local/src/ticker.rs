//! The schedule: what the Scheduler starts every minute on AWS, started here every tick.

use std::time::Duration;

use platform_http::router::chain;
use platform_runtime::job::Trigger;
use platform_runtime::{Job, Platform};
use tokio::time::MissedTickBehavior;

/// Runs the scheduled jobs every `tick`, the first time at once, until the process ends.
pub async fn run(platform: Platform, jobs: Vec<Job>, tick: Duration, mut after_each: impl FnMut()) {
    let mut interval = tokio::time::interval(tick);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        for job in &jobs {
            let Trigger::Schedule(run) = &job.trigger else { continue };
            let tried = tokio::spawn(run(platform.clone())).await;
            if let Err(error) = tried.unwrap_or_else(|panic| Err(panic.into())) {
                tracing::error!(job = job.name, error = chain(error.as_ref()), "job failed");
            }
        }
        after_each();
    }
}
