//! Connected NetBird accounts, how syncing them goes, and the registry that dispatch reads.

use jiff::Timestamp;
use platform_core::account::{Account, SyncState};
use platform_core::ids::{AccountId, TenantId};
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// An account that is to be synced. Written only when an account is added, paused or backs off, never by a tick.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RegistryEntry {
    /// Whose.
    pub tenant: TenantId,
    /// The account.
    pub account: AccountId,
    /// Not synced until somebody acts.
    pub paused: bool,
    /// Not synced before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
}

impl RegistryEntry {
    /// What the registry should say of an account.
    pub fn of(tenant: TenantId, sync: &SyncState) -> Self {
        Self { tenant, account: sync.account, paused: sync.paused, not_before: sync.not_before }
    }

    /// Whether a tick at `now` syncs it.
    pub fn is_due(&self, now: Timestamp) -> bool {
        !self.paused && self.not_before.is_none_or(|not_before| not_before <= now)
    }
}

impl Transaction<'_> {
    /// Connects an account: from the next tick on it is synced.
    pub fn create_account(&mut self, account: &Account, sync: &SyncState) -> Result<()> {
        self.create(Item::new(&keys::account(account.tenant, account.id), account)?);
        self.create(Item::new(&keys::sync(account.tenant, account.id), sync)?);
        self.register(&RegistryEntry::of(account.tenant, sync))
    }

    /// Disconnects an account. Conflicts if it is gone already.
    pub fn delete_account(&mut self, tenant: TenantId, account: AccountId) {
        self.take(&keys::account(tenant, account));
        self.delete(&keys::sync(tenant, account));
        self.delete(&keys::registry(account));
    }

    /// Replaces how syncing goes.
    pub fn replace_sync(&mut self, tenant: TenantId, sync: &mut SyncState) -> Result<()> {
        self.replace(sync, |sync| Item::new(&keys::sync(tenant, sync.account), sync))
    }

    /// Replaces an account's entry in the registry.
    pub fn register(&mut self, entry: &RegistryEntry) -> Result<()> {
        self.put(Item::new(&keys::registry(entry.account), entry)?);
        Ok(())
    }

    /// Requires that the account still exists for the rest to happen.
    pub fn require_account(&mut self, tenant: TenantId, account: AccountId) {
        self.require(&keys::account(tenant, account));
    }
}

impl Store {
    /// A tenant's accounts, oldest first.
    pub async fn accounts(&self, tenant: TenantId) -> Result<Vec<Account>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), "ACCOUNT#").consistent()).await?.items)
    }

    /// An account.
    pub async fn account(&self, tenant: TenantId, account: AccountId) -> Result<Option<Account>> {
        self.get(&keys::account(tenant, account)).await
    }

    /// How syncing goes, for every account of a tenant.
    pub async fn sync_states(&self, tenant: TenantId) -> Result<Vec<SyncState>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), "SYNC#").consistent()).await?.items)
    }

    /// How syncing an account goes.
    pub async fn sync_state(&self, tenant: TenantId, account: AccountId) -> Result<Option<SyncState>> {
        self.get(&keys::sync(tenant, account)).await
    }

    /// Notes a sync that changed nothing else.
    pub async fn replace_sync(&self, tenant: TenantId, sync: &mut SyncState) -> Result<()> {
        self.replace(sync, |sync| Item::new(&keys::sync(tenant, sync.account), sync)).await
    }

    /// One shard of the registry.
    pub async fn registry_shard(&self, shard: u32) -> Result<Vec<RegistryEntry>> {
        Ok(self.query(Query::of(keys::registry_partition(shard), "ACCOUNT#")).await?.items)
    }

    /// Deletes what is known of an account that was disconnected: snapshots, events, logs, rule states.
    pub async fn purge_account(&self, tenant: TenantId, account: AccountId) -> Result<()> {
        #[derive(Deserialize)]
        struct Stored {
            pk: String,
            sk: String,
        }
        let places = [
            (keys::account_partition(tenant, account), String::new()),
            (keys::tenant_partition(tenant), keys::state_prefix(account)),
        ];
        for (partition, prefix) in places {
            let stored: Vec<Stored> = self.query(Query::of(partition, prefix)).await?.items;
            let keys = stored.into_iter().map(|Stored { pk, sk }| Key { pk, sk }).collect();
            self.write_many(Vec::new(), keys).await?;
        }
        Ok(())
    }
}
