//! What a sync notes of itself, for the log of syncs.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use platform_core::account::{EndedSync, LoggedSync, SyncCall, SyncCallOutcome, SyncError, SyncFound};
use platform_core::resource::Resource;
use platform_netbird::Error;
use tokio::time::Instant;

use crate::fetch::{Answer, Fetched};

/// How a sync goes.
pub(crate) struct Log {
    started: Instant,
    started_at: Timestamp,
    /// Its calls so far: those for several lists are under way together.
    calls: Mutex<Vec<SyncCall>>,
    /// What it found so far, in numbers.
    pub(crate) news: SyncFound,
    /// Its entry, if it gets one, which waits for the transaction.
    pub(crate) entry: Option<LoggedSync>,
}

impl Log {
    /// Of a sync that begins now.
    pub(crate) fn begin(now: Timestamp) -> Self {
        let (calls, news) = (Mutex::default(), SyncFound::default());
        Self { started: Instant::now(), started_at: now, calls, news, entry: None }
    }

    /// How long it has taken so far.
    pub(crate) fn took(&self) -> Duration {
        self.started.elapsed()
    }

    /// Notes how a call went that has taken so long.
    pub(crate) fn call(&self, list: Resource, fetched: &Result<Fetched, Error>, took: Duration) {
        let outcome = match fetched.as_ref().map(|fetched| &fetched.answer) {
            Ok(Answer::Given(Some(_))) => SyncCallOutcome::Changed,
            Ok(Answer::Given(None)) => SyncCallOutcome::Same,
            Ok(Answer::Withheld) => SyncCallOutcome::Withheld,
            Ok(Answer::Unread) => SyncCallOutcome::Unread,
            Err(_) => SyncCallOutcome::Failed,
        };
        let call = SyncCall { list, outcome, millis: u32::try_from(took.as_millis()).unwrap_or(u32::MAX) };
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }

    /// The sync as it has just ended.
    pub(crate) fn end(&mut self, error: Option<SyncError>) -> EndedSync {
        let calls = std::mem::take(self.calls.get_mut().unwrap_or_else(PoisonError::into_inner));
        // Of a sync that failed nothing is kept.
        let found = if error.is_some() { SyncFound::default() } else { self.news };
        EndedSync { started_at: self.started_at, took: self.took(), calls, found, error }
    }
}
