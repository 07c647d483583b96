//! `evaluateDispatch`: has accounts evaluated that no sync evaluates now: those that are paused or back off, those that are read
//! less often than every tick, and those whose sync does not come, whatever the reason. It looks at when each was last tried, so that what watches over syncing does
//! not hang on it.

use platform_core::account::SyncState;
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_runtime::queue::Message;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let (now, tick) = (platform.now(), platform.sync_interval);
    let patience = SyncState::patience(tick);
    let registry = platform.store.registry().await?;
    let (mut messages, mut oldest, mut overdue) = (Vec::new(), 0, 0_usize);
    for (entry, tried) in platform.store.last_tries(registry).await? {
        let since = tried.last_attempt.unwrap_or_else(|| entry.account.made_at());
        // Of an account that is read seldom, only what it is late by counts.
        let age = now.duration_since(since) - (entry.every.on(tick) - tick);
        let is_free = entry.is_free(now);
        let is_overdue = is_free && age > patience;
        if is_free {
            oldest = oldest.max(age.as_secs());
        }
        if !is_free || is_overdue || !tried.is_due(entry.every, now, tick) {
            overdue += usize::from(is_overdue);
            messages.push(Message::Evaluate { tenant: entry.tenant, account: entry.account });
        }
    }
    metrics::gauge!("netbird_oldest_sync_age_seconds").set(oldest as f64);
    // An alarm reads this line, and misses it when this job does not run.
    tracing::info!(target: "metrics", oldest_sync_age_seconds = oldest, "age of the oldest sync");
    tracing::info!(accounts = messages.len(), overdue, "evaluations dispatched");
    platform.queues.send(messages).await?;
    Ok(())
}
