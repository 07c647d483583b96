//! Making one more of what a tenant may have only so many of.

use std::time::Duration;

use platform_core::ids::TenantId;
use platform_http::Problem;
use platform_store::StoreError;
use platform_store::quotas::{Pass, Quota};

use crate::platform::Platform;

/// How often somebody who met others counts again: a script that makes a few dozen at once gets through.
const TRIES: u64 = 12;
const PAUSE: Duration = Duration::from_millis(4);

/// Waits before the next try, after so many, not alike for all.
async fn pause(platform: &Platform, made: u64) {
    tokio::time::sleep(PAUSE.mul_f64(made as f64 * (0.5 + platform.fraction()))).await;
}

/// Writes what may meet another write of the same, until it is carried out. Each try reads anew.
pub async fn until_written<T, F>(platform: &Platform, write: impl Fn() -> F) -> Result<T, Problem>
where
    F: Future<Output = Result<Result<T, StoreError>, Problem>>,
{
    for made in 1.. {
        match write().await? {
            Err(StoreError::Conflict) if made < TRIES => pause(platform, made).await,
            outcome => return Ok(outcome?),
        }
    }
    unreachable!("the loop returns")
}

/// Tries to make one more, until one of them is carried out.
///
/// ```text
/// let mut tries = Tries::new(platform, tenant, Quota::Rules);
/// while let Some(pass) = tries.next().await? {
///     // count, and refuse what is too much
///     let mut transaction = platform.store.transaction();
///     transaction.hand_in(&pass)?;
///     // …
///     tries.wrote(transaction.commit().await).await?;
/// }
/// ```
pub struct Tries<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    quota: Quota,
    made: u64,
    is_done: bool,
}

impl<'a> Tries<'a> {
    /// Nothing was tried yet.
    pub fn new(platform: &'a Platform, tenant: TenantId, quota: Quota) -> Self {
        Self { platform, tenant, quota, made: 0, is_done: false }
    }

    /// The pass of the next try, or `None` if one was carried out.
    pub async fn next(&mut self) -> Result<Option<Pass>, Problem> {
        if self.is_done {
            return Ok(None);
        }
        self.made += 1;
        Ok(Some(self.platform.store.pass(self.tenant, self.quota).await?))
    }

    /// How a try ended. What met another one is tried again, after a pause that grows and is not alike for all.
    pub async fn wrote(&mut self, outcome: Result<(), StoreError>) -> Result<(), Problem> {
        match outcome {
            Err(StoreError::Conflict) if self.made < TRIES => pause(self.platform, self.made).await,
            outcome => {
                outcome?;
                self.is_done = true;
            }
        }
        Ok(())
    }
}
