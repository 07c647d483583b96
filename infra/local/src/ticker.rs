//! The schedule: what the Scheduler starts every minute on AWS, started here every tick.

use std::time::Duration;

use platform_http::router::chain;
use platform_runtime::job::Trigger;
use platform_runtime::{Job, Platform};
use tokio::time::MissedTickBehavior;

/// Runs the scheduled jobs every `tick`, the first time at once, until the process ends. Each by itself, and never twice at
/// once: one that takes long, such as the purge of what was deleted, keeps no other waiting.
pub async fn run(platform: Platform, jobs: Vec<Job>, tick: Duration, mut after_each: impl FnMut()) {
    for job in jobs {
        let Trigger::Schedule(_) = &job.trigger else { continue };
        tokio::spawn(repeat(platform.clone(), job, tick));
    }
    let mut interval = every(tick);
    loop {
        interval.tick().await;
        after_each();
    }
}

async fn repeat(platform: Platform, job: Job, tick: Duration) {
    let Trigger::Schedule(run) = &job.trigger else { return };
    let mut interval = every(tick);
    loop {
        interval.tick().await;
        let tried = tokio::spawn(run(platform.clone())).await;
        if let Err(error) = tried.unwrap_or_else(|panic| Err(panic.into())) {
            tracing::error!(job = job.name, error = chain(error.as_ref()), "job failed");
        }
    }
}

fn every(tick: Duration) -> tokio::time::Interval {
    let mut interval = tokio::time::interval(tick);
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    interval
}
