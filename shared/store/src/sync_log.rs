//! The log of an account's syncs: an item for each that changed something, failed, or took unusually long.

use jiff::Timestamp;
use platform_core::account::LoggedSync;
use platform_core::ids::{AccountId, TenantId};

use crate::{Item, Page, Query, Result, Store, Transaction, keys};

impl Transaction<'_> {
    /// Logs a sync that has just ended, until a moment.
    pub fn log_sync(
        &mut self,
        tenant: TenantId,
        account: AccountId,
        sync: &LoggedSync,
        keep_until: Timestamp,
    ) -> Result<()> {
        let item = Item::new(&keys::logged_sync(tenant, account, sync.started_at), sync)?;
        self.put(item.expiring(keep_until));
        Ok(())
    }
}

impl Store {
    /// A page of the log of an account's syncs, newest first, after the place that an earlier page names.
    pub async fn sync_log(
        &self,
        tenant: TenantId,
        account: AccountId,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<LoggedSync>> {
        let query = Query::of(keys::account_partition(tenant, account), keys::LOGGED_SYNCS).descending();
        self.query(query.after(after).limit(limit)).await
    }
}
