//! `purgeTenants`: removes what deleted tenants owned, what is known of accounts that were disconnected, and people who
//! lost their last tenant, some of it every minute, until nothing is left.

use platform_http::router::chain;
use platform_runtime::Platform;
use platform_runtime::disconnect::resolve_alerts;
use platform_runtime::files::FileName;
use platform_runtime::job::JobResult;
use platform_store::StoreError;
use platform_store::purge::{DeletedAccount, DeletedTenant};

/// Things removed of one tenant in one run: some ten seconds' work. The rest waits a minute.
const MOST: usize = 20_000;
/// Tenants looked at in one run.
const MOST_TENANTS: usize = 200;
/// Accounts looked at in one run.
const MOST_ACCOUNTS: usize = 200;
/// Alerts of one account that are resolved in one run.
const MOST_ALERTS: usize = 1_000;

pub(crate) async fn run(platform: Platform) -> JobResult {
    let mut failure = None;
    // One tenant's trouble does not keep the others.
    let now = platform.now();
    let deleted = platform.store.deleted_tenants().await?;
    for deleted in deleted.into_iter().filter(|deleted| deleted.is_due(now)).take(MOST_TENANTS) {
        let tenant = deleted.tenant;
        match purge(&platform, deleted).await {
            Ok(()) => {}
            // Another run, or somebody who signs in just now, was faster.
            Err(error) if matches!(error.downcast_ref(), Some(StoreError::Conflict)) => {
                tracing::info!(tenant.id = %tenant, "the purge goes on in a minute");
            }
            Err(error) => {
                tracing::warn!(tenant.id = %tenant, error = chain(error.as_ref()), "purge failed");
                failure = Some(error);
            }
        }
    }
    let accounts = platform.store.deleted_accounts().await?;
    for deleted in accounts.into_iter().filter(|deleted| deleted.is_due(now)).take(MOST_ACCOUNTS) {
        let account = deleted.account;
        match purge_account(&platform, deleted).await {
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => {
                tracing::warn!(account.id = %account, error = chain(&error), "purge failed");
                failure = Some(error.into());
            }
        }
    }
    for leaver in platform.store.leavers().await? {
        let user = leaver.leaving.user;
        match platform.store.purge_leaver(leaver).await {
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => {
                tracing::warn!(user.id = %user, error = chain(&error), "purge failed");
                failure = Some(error.into());
            }
        }
    }
    failure.map_or(Ok(()), Err)
}

async fn purge(platform: &Platform, mut deleted: DeletedTenant) -> JobResult {
    // Before what names them is gone: parts of files that will not be finished.
    for export in platform.store.audit_exports(deleted.tenant).await? {
        if let Some(written) = &export.written {
            platform.files.abandon(&FileName::of_export(&export), &written.upload).await?;
        }
    }
    let has_nothing = platform.store.purge_tenant(&mut deleted, MOST).await?;
    // After what names them: nobody begins another one.
    let is_empty = platform.files.remove_some(deleted.tenant).await? == 0 && has_nothing;
    if is_empty && platform.now().duration_since(deleted.deleted_at) >= DeletedTenant::GRACE {
        platform.store.forget_deleted_tenant(&deleted).await?;
        tracing::info!(tenant.id = %deleted.tenant, "nothing of the deleted tenant is left");
    } else if is_empty {
        platform.store.rest_deleted_tenant(&mut deleted).await?;
    }
    Ok(())
}

/// Alerts first: where the rules stand leads to them.
async fn purge_account(platform: &Platform, deleted: DeletedAccount) -> Result<(), StoreError> {
    resolve_alerts(platform, &deleted, MOST_ALERTS).await?;
    platform.store.purge_account(deleted, MOST).await
}
