//! The lists of one account, for the engine.

use std::sync::Arc;

use jiff::Timestamp;
use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::{Group, Network, NetworkResource, NetworkRouter, Peer, Policy, PostureCheck, Route};
use platform_core::reach::Inventory;
use platform_core::resource::{Resource, Row};
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::admission::Turn;
use uuid::Uuid;

/// What who reaches what follows from.
const NEEDED: [Resource; 8] = [
    Resource::Peers,
    Resource::Groups,
    Resource::Policies,
    Resource::PostureChecks,
    Resource::Networks,
    Resource::NetworkResources,
    Resource::NetworkRouters,
    Resource::Routes,
];

/// One account with its lists. What is `None` the server does not give, or nothing that can be read.
pub(crate) struct Lists {
    pub(crate) account: Account,
    /// When the account was read in full.
    pub(crate) as_of: Option<Timestamp>,
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
        let reader = Reader { platform, tenant, sync: &sync };
        let lists = Self {
            peers: reader.list().await?.ok_or_else(not_yet)?,
            groups: reader.list().await?,
            policies: reader.list().await?,
            posture_checks: reader.list().await?,
            networks: reader.list().await?,
            resources: reader.list().await?,
            routers: reader.list().await?,
            routes: reader.list().await?,
            unread: NEEDED.into_iter().filter(|list| reader.lacks(*list)).map(Resource::words).collect(),
            as_of: sync.last_sync,
            account,
            sync: sync.clone(),
            _turn: turn,
        };
        if !lists.inventory().is_judgeable() {
            let detail = "the account has too many rules, groups and peers to be judged together";
            return Err(Problem::conflict(detail));
        }
        Ok(lists)
    }

    /// Another of the account's lists. One that is missing is noted as such.
    pub(crate) async fn also<T: Row>(&mut self, platform: &Platform) -> Result<Option<Arc<Vec<T>>>, Problem> {
        let reader = Reader { platform, tenant: self.account.tenant, sync: &self.sync };
        let rows = reader.list().await?;
        if rows.is_none() || reader.lacks(T::RESOURCE) {
            self.unread.push(T::RESOURCE.words());
        }
        Ok(rows)
    }

    pub(crate) fn inventory(&self) -> Inventory<'_> {
        fn rows<T>(list: Option<&Arc<Vec<T>>>) -> Option<&[T]> {
            list.map(|rows| rows.as_slice())
        }
        Inventory {
            peers: &self.peers,
            groups: rows(self.groups.as_ref()),
            policies: rows(self.policies.as_ref()),
            posture_checks: rows(self.posture_checks.as_ref()),
            networks: rows(self.networks.as_ref()),
            resources: rows(self.resources.as_ref()),
            routers: rows(self.routers.as_ref()),
            routes: rows(self.routes.as_ref()),
        }
    }
}

struct Reader<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    sync: &'a SyncState,
}

impl Reader<'_> {
    fn lacks(&self, list: Resource) -> bool {
        self.sync.lacks(list).is_some()
    }

    async fn list<T: Row>(&self) -> Result<Option<Arc<Vec<T>>>, Problem> {
        // What is kept of a list whose last answer could not be read is not how it is.
        if self.sync.is_missing(T::RESOURCE) || self.sync.unread.contains(&T::RESOURCE) {
            return Ok(None);
        }
        let mark = self.sync.snapshot(T::RESOURCE);
        let rows = self.platform.store.snapshot(self.tenant, self.sync.account, mark).await?;
        if rows.is_none() && self.sync.is_awaited(T::RESOURCE) {
            return Err(Problem::not_read_yet(self.platform.sync_interval.as_secs()));
        }
        Ok(rows)
    }
}
