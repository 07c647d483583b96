//! `sealAudit`: seals what is new in the trails.
//!
//! What was told twice is sealed twice, which says the same of it. What was never told, since whoever tells it was down for a
//! day, stays without a seal and is counted as such.

use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_store::Aggregate;
use platform_store::audit::month_of;
use platform_store::feed::Change;

use crate::chain;

pub(crate) async fn run(platform: Platform, change: Change) -> JobResult {
    let (Some(tenant), Aggregate::Audit(at, id)) = (change.tenant, change.what) else {
        return Err("not an entry of a trail".into());
    };
    // The tenant may have been deleted meanwhile.
    let Some(entry) = platform.store.audit_entry(tenant, at, id).await? else { return Ok(()) };
    let sealed = platform.store.retry(async || {
        let before = platform.store.last_seal(tenant, month_of(entry.at)).await?;
        let seal = chain::seal(entry.clone(), before.as_ref(), platform.now())?;
        platform.store.add_seal(&seal).await?;
        Ok::<_, JobError>(seal)
    });
    let seal = sealed.await?;
    // In the log, the chain's head is out of reach of whoever can write to the table.
    tracing::info!(tenant.id = %tenant, number = seal.number, hash = seal.hash, "entry of the audit trail sealed");
    Ok(())
}
