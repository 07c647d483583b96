//! Runs jobs for the changes that they wait for, as the table's stream does on AWS.

use platform_http::router::chain;
use platform_runtime::job::Trigger;
use platform_runtime::{Job, Platform};
use platform_store::feed::Changes;

/// Runs until the database is closed. One change after the other, so that those of an item keep their order.
pub async fn run(mut changes: Changes, platform: Platform, jobs: Vec<Job>) {
    while let Some(told) = changes.next().await {
        let change = match told {
            Ok(change) => change,
            Err(missed) => {
                ::metrics::counter!("changes_missed_total").increment(missed.0);
                tracing::warn!(%missed, "jobs that wait for changes are behind; what is due is found by the sweeper");
                if let Err(error) = functions_live::missed(&platform).await {
                    tracing::error!(error = chain(error.as_ref()), "open pages were not told that changes were missed");
                }
                continue;
            }
        };
        for job in &jobs {
            let Trigger::Change(interest, run) = &job.trigger else { continue };
            if !interest.covers(&change) {
                continue;
            }
            // A task of its own: a panic over one change is not the end of the feed.
            let running = tokio::spawn(run(platform.clone(), change.clone()));
            if let Err(error) = running.await.unwrap_or_else(|panic| Err(panic.into())) {
                let (job, sequence) = (job.name, &change.sequence);
                tracing::error!(job, %sequence, error = chain(error.as_ref()), "a change was not handled");
            }
        }
    }
}
