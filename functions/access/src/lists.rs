//! The lists of one account, for the engine.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use platform_core::account::{Account, Lack, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::{Group, Network, NetworkResource, NetworkRouter, Peer, Policy, PostureCheck, Route, User};
use platform_core::reach::{End, Inventory};
use platform_core::resource::Row;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::admission::Turn;
use uuid::Uuid;

/// One account with its lists. What is `None` the server does not give, or nothing that can be read.
pub(crate) struct Lists {
    pub(crate) account: Account,
    /// Names of the lists that are missing, or older than the others since the last answer could not be read.
    pub(crate) unread: Vec<String>,
    pub(crate) peers: Arc<Vec<Peer>>,
    groups: Option<Arc<Vec<Group>>>,
    policies: Option<Arc<Vec<Policy>>>,
    posture_checks: Option<Arc<Vec<PostureCheck>>>,
    networks: Option<Arc<Vec<Network>>>,
    resources: Option<Arc<Vec<NetworkResource>>>,
    routers: Option<Arc<Vec<NetworkRouter>>>,
    routes: Option<Arc<Vec<Route>>>,
    users: Option<Arc<Vec<User>>>,
    sync: SyncState,
    /// The tenant's turn to read large things.
    _turn: Turn,
}

impl Lists {
    /// Reads those of the account that is named, or of the oldest. Unavailable while something is yet to be read that comes by
    /// itself: an answer that goes by half of a network would be wrong.
    pub(crate) async fn read(platform: &Platform, tenant: TenantId, account: Option<Uuid>) -> Result<Self, Problem> {
        let store = &platform.store;
        let (accounts, states) = tokio::join!(store.accounts(tenant), store.sync_states(tenant));
        let mut accounts = accounts?.into_iter();
        let account = accounts
            .find(|one| account.is_none_or(|id| id == one.id.uuid()))
            .ok_or_else(|| Problem::not_found("account"))?;
        let not_yet = || Problem::not_read_yet(platform.sync_interval.as_secs());
        let sync = states?.into_iter().find(|sync| sync.account == account.id).ok_or_else(not_yet)?;
        let turn = platform.list_turn(tenant).await?;
        let mut unread = Vec::new();
        let mut reader = Reader { platform, tenant, sync: &sync, unread: &mut unread };
        let lists = Self {
            peers: reader.list().await?.ok_or_else(not_yet)?,
            groups: reader.list().await?,
            policies: reader.list().await?,
            posture_checks: reader.list().await?,
            networks: reader.list().await?,
            resources: reader.list().await?,
            routers: reader.list().await?,
            routes: reader.list().await?,
            users: None,
            unread,
            account,
            sync,
            _turn: turn,
        };
        if !lists.inventory().is_judgeable() {
            let detail = "the account has too many rules, groups and peers to be judged together";
            return Err(Problem::conflict(detail));
        }
        Ok(lists)
    }

    /// Reads the users as well, where one is named: nothing else depends on them.
    pub(crate) async fn with_users(mut self, platform: &Platform) -> Result<Self, Problem> {
        self.users = self.also(platform).await?;
        Ok(self)
    }

    /// Another of the account's lists. One that is missing is noted as such.
    pub(crate) async fn also<T: Row>(&mut self, platform: &Platform) -> Result<Option<Arc<Vec<T>>>, Problem> {
        Reader { platform, tenant: self.account.tenant, sync: &self.sync, unread: &mut self.unread }.list().await
    }

    /// When the account was read in full.
    pub(crate) fn as_of(&self) -> Option<Timestamp> {
        self.sync.last_sync
    }

    /// Those of some groups and resources that are there.
    pub(crate) fn ends_there(&self, ends: impl Iterator<Item = End>) -> Vec<End> {
        let groups: BTreeSet<&str> = match &self.groups {
            Some(groups) => groups.iter().map(|group| group.id.as_str()).collect(),
            None => BTreeSet::new(),
        };
        let of_peers: BTreeSet<&str> =
            self.peers.iter().flat_map(|peer| &peer.groups).map(|group| group.id.as_str()).collect();
        let resources = self.resources.as_deref();
        let is_there = |end: &End| match end {
            End::Group(id) => groups.contains(id.as_str()) || of_peers.contains(id.as_str()),
            // Whether it is there is not known while the list is not.
            End::Resource(id) => resources.is_none_or(|all| all.iter().any(|one| one.id == *id)),
            _ => false,
        };
        ends.filter(is_there).collect()
    }

    pub(crate) fn inventory(&self) -> Inventory<'_> {
        Inventory {
            peers: &self.peers,
            groups: self.groups.as_deref().map(Vec::as_slice),
            policies: self.policies.as_deref().map(Vec::as_slice),
            posture_checks: self.posture_checks.as_deref().map(Vec::as_slice),
            networks: self.networks.as_deref().map(Vec::as_slice),
            resources: self.resources.as_deref().map(Vec::as_slice),
            routers: self.routers.as_deref().map(Vec::as_slice),
            routes: self.routes.as_deref().map(Vec::as_slice),
            users: self.users.as_deref().map(Vec::as_slice),
        }
    }
}

struct Reader<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    sync: &'a SyncState,
    /// Takes the names of those that are missing.
    unread: &'a mut Vec<String>,
}

impl Reader<'_> {
    async fn list<T: Row>(&mut self) -> Result<Option<Arc<Vec<T>>>, Problem> {
        let rows = match self.sync.lacks(T::RESOURCE) {
            // What is kept of a list whose last answer could not be read is not how it is.
            Some(Lack::NotGiven | Lack::NotReadable) => None,
            Some(Lack::NotYet) | None => self.stored().await?,
        };
        if rows.is_none() {
            self.unread.push(T::RESOURCE.words());
        }
        Ok(rows)
    }

    async fn stored<T: Row>(&self) -> Result<Option<Arc<Vec<T>>>, Problem> {
        let mark = self.sync.snapshot(T::RESOURCE);
        let rows = self.platform.store.snapshot(self.tenant, self.sync.account, mark).await?;
        if rows.is_none() && self.sync.is_awaited(T::RESOURCE) {
            return Err(Problem::not_read_yet(self.platform.sync_interval.as_secs()));
        }
        Ok(rows)
    }
}
