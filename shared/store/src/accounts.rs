//! Connected NetBird accounts, how syncing them goes, and the registry that dispatch reads.

use std::collections::HashMap;

use futures::future::try_join_all;
use futures::stream::{self, StreamExt, TryStreamExt};
use jiff::Timestamp;
use platform_core::account::{Account, SyncInterval, SyncState, Tried};
use platform_core::ids::{AccountId, TenantId};
use platform_core::resource::Resource;
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::{Item, Query, Result, Store, StoreError, Transaction, keys};

/// Keys that one read names: as many as DynamoDB takes.
const KEYS_A_READ: usize = 100;
/// Reads of many accounts that are under way at once: 30,000 accounts take some 40 rounds.
const READS_AT_ONCE: usize = 8;

/// An account that is to be synced. Written only when an account is added, paused or backs off, or its interval changes, never by a tick.
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
    /// How often.
    #[serde(default, skip_serializing_if = "SyncInterval::is_default")]
    pub every: SyncInterval,
}

impl RegistryEntry {
    /// What the registry should say of an account.
    pub fn of(tenant: TenantId, sync: &SyncState) -> Self {
        Self { tenant, account: sync.account, paused: sync.paused, not_before: sync.not_before, every: sync.every }
    }

    /// Whether a tick at `now` syncs it, if its interval is over.
    pub fn is_free(&self, now: Timestamp) -> bool {
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

    /// Replaces an account.
    pub fn replace_account(&mut self, account: &mut Account) -> Result<()> {
        self.replace(account, |account| Item::new(&keys::account(account.tenant, account.id), account))
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

    /// Notes that a snapshot cannot be read, so that the next sync writes it anew. A sync that was faster looks itself.
    pub async fn note_unreadable(&self, tenant: TenantId, sync: &SyncState, resource: Resource) -> Result<()> {
        let mut next = sync.clone();
        next.unreadable.insert(resource);
        match self.replace_sync(tenant, &mut next).await {
            Err(StoreError::Conflict) => Ok(()),
            written => written,
        }
    }

    /// The registry: every account of the platform.
    pub async fn registry(&self) -> Result<Vec<RegistryEntry>> {
        let shards = (0..keys::REGISTRY_SHARDS)
            .map(|shard| self.query::<RegistryEntry>(Query::of(keys::registry_partition(shard), "ACCOUNT#")));
        Ok(try_join_all(shards).await?.into_iter().flat_map(|page| page.items).collect())
    }

    /// What is known of the last syncs of accounts, as of a moment ago. Accounts that are gone are left out.
    pub async fn last_tries(&self, accounts: Vec<RegistryEntry>) -> Result<Vec<(RegistryEntry, Tried)>> {
        #[derive(Deserialize)]
        struct Glance {
            sk: String,
            #[serde(flatten)]
            tried: Tried,
        }
        let keys: Vec<Key> = accounts.iter().map(|entry| keys::sync(entry.tenant, entry.account)).collect();
        let reads =
            keys.chunks(KEYS_A_READ).map(|keys| self.glance::<Glance>(keys, "sk, lastAttempt, resumedAt, errors"));
        let reads: Vec<_> = reads.collect();
        let found: Vec<Vec<Glance>> = stream::iter(reads).buffer_unordered(READS_AT_ONCE).try_collect().await?;
        let found: HashMap<String, Tried> = found.into_iter().flatten().map(|one| (one.sk, one.tried)).collect();
        let tried = |(entry, key): (RegistryEntry, Key)| Some((entry, *found.get(&key.sk)?));
        Ok(accounts.into_iter().zip(keys).filter_map(tried).collect())
    }
}
