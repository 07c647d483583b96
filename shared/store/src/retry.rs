//! Trying again: a whole step that met another write, and a single call that the database put off.

use std::error::Error;
use std::future::Future;
use std::time::Duration;

use aws_sdk_dynamodb::error::{ProvideErrorMetadata, SdkError};

use crate::{Result, Store, StoreError};

/// How often a step that met another write is made again. With so many at the same item at once, somebody else writes
/// each time.
pub const TRIES: u32 = 6;
/// How often a call is made that the database put off: for two to three seconds, since an outage of many accounts ends
/// in transactions that all want the same few items.
pub(crate) const CALLS: u32 = 9;
/// The first pause after such a call; each further one is twice as long.
const PAUSE: Duration = Duration::from_millis(10);

/// What a step may fail with.
pub trait Contended {
    /// Whether it only met another write, so that it may go well from a fresh reading.
    fn is_conflict(&self) -> bool;
}

impl Contended for StoreError {
    fn is_conflict(&self) -> bool {
        matches!(self, StoreError::Conflict)
    }
}

impl Contended for Box<dyn Error + Send + Sync> {
    fn is_conflict(&self) -> bool {
        self.downcast_ref::<StoreError>().is_some_and(StoreError::is_conflict)
    }
}

impl Store {
    /// Makes a step, and makes it again as long as it meets another write: at most [`TRIES`] times. It must read what it
    /// changes itself, since what was read before is what somebody else changed.
    pub async fn retry<T, E, F>(&self, mut step: impl FnMut() -> F) -> Result<T, E>
    where
        E: Contended,
        F: Future<Output = Result<T, E>>,
    {
        for _ in 1..TRIES {
            match step().await {
                Err(error) if error.is_conflict() => {}
                result => return result,
            }
        }
        step().await
    }

    /// Makes a call, and makes it again after a pause as long as the database puts it off, since a transaction holds the
    /// item just then or too many calls come at once.
    pub(crate) async fn patiently<T, E, R, F>(&self, call: impl Fn() -> F) -> Result<T, SdkError<E, R>>
    where
        E: ProvideErrorMetadata,
        F: Future<Output = Result<T, SdkError<E, R>>>,
    {
        for attempt in 1..CALLS {
            match call().await {
                Err(error) if is_put_off(&error) => self.pause(attempt).await,
                result => return result,
            }
        }
        call().await
    }

    /// Waits before the next call, longer each time and not alike for all.
    pub(crate) async fn pause(&self, attempt: u32) {
        // The part of a second is as good as a random number here: callers differ by what they did before.
        let part = f64::from(self.clock.now().subsec_nanosecond() % 1_000_000) / 1e6;
        tokio::time::sleep((PAUSE * (1 << attempt.min(8) >> 1)).mul_f64(0.5 + part)).await;
    }
}

fn is_put_off<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> bool {
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    matches!(
        code,
        Some(
            "TransactionConflictException"
                | "TransactionInProgressException"
                | "ProvisionedThroughputExceededException"
                | "ThrottlingException"
                | "RequestLimitExceeded"
        )
    )
}

/// Whether a reason why a transaction was given up is one that passes.
pub(crate) fn passes(reason: &str) -> bool {
    matches!(reason, "None" | "TransactionConflict" | "ProvisionedThroughputExceeded" | "ThrottlingError")
}
