//! What rules look at of an account, beside its peers and groups.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use futures::try_join;
use jiff::SignedDuration;
use platform_core::account::SyncState;
use platform_core::change::LoggedChange;
use platform_core::condition::{CustomMetric, Watch};
use platform_core::ids::TenantId;
use platform_core::metrics::{Resolution, minute_of};
use platform_core::network::{Event, Peer};
use platform_core::observed::{Lists, Measured, OwnMeasured};
use platform_core::peer_history::Logged;
use platform_core::reach::{Inventory, Model};
use platform_core::resource::{Resource, Row};
use platform_core::text;

use crate::changes::ChangeRange;
use crate::events::EventRange;
use crate::{Result, Store, StoreError};

/// Most events that rules look at, the newest ones of the codes that they name.
const MOST_EVENTS: usize = 2_000;
/// Most changes of the configuration that rules look at, the newest ones.
const MOST_CHANGES: usize = 2_000;
/// Most items of the log of peer status that rules look at, the newest ones: a day of syncs that each found something.
const MOST_LOGGED: usize = 1_600;

/// What conditions ask for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    lists: BTreeSet<Resource>,
    back: SignedDuration,
    /// How far back what peers did is, if it is.
    status: Option<SignedDuration>,
    /// Whether changes of the configuration are.
    changes: bool,
    /// Whether who reaches whom is.
    access: bool,
    /// Of events, those of these codes.
    codes: BTreeSet<String>,
    /// The numbers that are.
    measures: Vec<CustomMetric>,
}

/// What there is of it.
#[derive(Debug, Default)]
pub struct Observed {
    /// The lists.
    pub lists: Lists,
    /// Those that are not known as they are now: whoever needs one of them says nothing.
    pub missing: BTreeSet<Resource>,
    /// Those of them that are there and cannot be read.
    pub unreadable: BTreeSet<Resource>,
}

impl<'a> FromIterator<&'a dyn Watch> for Wanted {
    fn from_iter<I: IntoIterator<Item = &'a dyn Watch>>(watches: I) -> Self {
        let mut wanted = Self::default();
        for watch in watches {
            wanted.lists.extend(watch.needs());
            match watch.looks_at_status() {
                true => wanted.status = wanted.status.max(Some(watch.looks_back())),
                false => wanted.back = wanted.back.max(watch.looks_back()),
            }
            wanted.changes |= watch.looks_at_changes();
            wanted.access |= watch.looks_at_access();
            wanted.codes.extend(watch.activity_codes().iter().cloned());
            wanted.measures.extend(watch.measures().cloned());
        }
        wanted
    }
}

impl Wanted {
    /// Whether it is asked for.
    pub fn contains(&self, list: Resource) -> bool {
        self.lists.contains(&list)
    }

    /// For how many minutes back numbers of some kind are asked for; none if they are not.
    fn minutes(&self, is_of_kind: impl Fn(&CustomMetric) -> bool) -> Option<i64> {
        self.measures.iter().filter(|one| is_of_kind(one)).map(|one| i64::from(one.window)).max()
    }
}

impl Observed {
    /// Whether a condition finds all that it asks for.
    pub fn suffices(&self, watch: &dyn Watch) -> bool {
        watch.needs().iter().all(|list| !self.missing.contains(list))
    }

    /// Who reaches whom, if that is asked for: made once, for all rules. `None`, too, if there is too much to be judged.
    pub fn access<'a>(&'a self, peers: &'a [Peer], wanted: &Wanted) -> Option<Model<'a>> {
        if !wanted.access {
            return None;
        }
        let is_known = |list| wanted.contains(list) && !self.missing.contains(&list);
        let lists = Inventory {
            peers,
            groups: known(&self.lists.groups, &is_known),
            policies: known(&self.lists.policies, &is_known),
            posture_checks: known(&self.lists.posture_checks, &is_known),
            networks: known(&self.lists.networks, &is_known),
            resources: known(&self.lists.network_resources, &is_known),
            routers: known(&self.lists.network_routers, &is_known),
            routes: known(&self.lists.routes, &is_known),
            users: known(&self.lists.users, &is_known),
        };
        lists.is_judgeable().then(|| Model::new(lists))
    }
}

/// A list, if it is known.
fn known<'a, T: Row>(rows: &'a Arc<Vec<T>>, is_known: &impl Fn(Resource) -> bool) -> Option<&'a [T]> {
    is_known(T::RESOURCE).then_some(rows.as_slice())
}

impl Store {
    /// Reads what is wanted of an account's lists, beside its peers, which are there.
    pub async fn observe(
        &self,
        tenant: TenantId,
        sync: &SyncState,
        peers: &[Peer],
        wanted: &Wanted,
    ) -> Result<Observed> {
        let mut observed = Observed::default();
        let status = self.recent_status(tenant, sync, peers, wanted).await?;
        let events = self.recent_events(tenant, sync, wanted, &mut observed).await?;
        let changes = self.recent_changes(tenant, sync, wanted, &mut observed).await?;
        let measured = self.measured(tenant, sync, wanted).await?;
        observed.lists = Lists {
            changes,
            status,
            accounts: self.list(tenant, sync, wanted, &mut observed).await?,
            setup_keys: self.list(tenant, sync, wanted, &mut observed).await?,
            users: self.list(tenant, sync, wanted, &mut observed).await?,
            groups: self.list(tenant, sync, wanted, &mut observed).await?,
            policies: self.list(tenant, sync, wanted, &mut observed).await?,
            posture_checks: self.list(tenant, sync, wanted, &mut observed).await?,
            networks: self.list(tenant, sync, wanted, &mut observed).await?,
            network_resources: self.list(tenant, sync, wanted, &mut observed).await?,
            network_routers: self.list(tenant, sync, wanted, &mut observed).await?,
            routes: self.list(tenant, sync, wanted, &mut observed).await?,
            measured,
            events,
        };
        Ok(observed)
    }

    /// The numbers that are asked for, each kind read once: what the platform records, which series there are, and their
    /// minutes where somebody looks at more than the last value.
    async fn measured(&self, tenant: TenantId, sync: &SyncState, wanted: &Wanted) -> Result<Option<Arc<Measured>>> {
        if wanted.measures.is_empty() {
            return Ok(None);
        }
        let end = minute_of(self.clock.now()) + 1;
        let platform = async {
            match wanted.minutes(|one| one.platform().is_some()) {
                Some(minutes) => self.metrics(tenant, sync, Resolution::Minute, end - minutes..end).await,
                None => Ok(Default::default()),
            }
        };
        let own = async {
            if wanted.measures.iter().all(|one| one.platform().is_some()) {
                return Ok(Vec::new());
            }
            let book = self.own_book(tenant, sync.account).await?;
            let mut points = match wanted.minutes(|one| one.platform().is_none() && one.looks_at_all()) {
                Some(minutes) => {
                    self.own_points(tenant, sync.account, &book, Resolution::Minute, end - minutes..end).await?
                }
                None => Default::default(),
            };
            let of = |series: &platform_core::own_metrics::Series| OwnMeasured {
                key: series.id.to_string(),
                series: series.clone(),
                minutes: points.remove(&series.number).unwrap_or_default(),
            };
            Ok(book.series().iter().map(of).collect())
        };
        match try_join!(platform, own) {
            Ok((platform, own)) => Ok(Some(Arc::new(Measured { platform, own }))),
            // Other rules go on without them.
            Err(StoreError::Corrupt { what, source }) => {
                tracing::error!(%what, error = ?source, "numbers cannot be read");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn list<T: Row>(
        &self,
        tenant: TenantId,
        sync: &SyncState,
        wanted: &Wanted,
        observed: &mut Observed,
    ) -> Result<Arc<Vec<T>>> {
        if !wanted.contains(T::RESOURCE) {
            return Ok(Arc::default());
        }
        let present = sync.present(T::RESOURCE);
        match self.snapshot(tenant, sync.account, present).await? {
            Some(rows) => Ok(rows),
            None => {
                observed.missing.insert(T::RESOURCE);
                observed.unreadable.extend(present.map(|_| T::RESOURCE));
                Ok(Arc::default())
            }
        }
    }

    async fn recent_changes(
        &self,
        tenant: TenantId,
        sync: &SyncState,
        wanted: &Wanted,
        observed: &mut Observed,
    ) -> Result<Arc<Vec<LoggedChange>>> {
        if !wanted.changes {
            return Ok(Arc::default());
        }
        let range = ChangeRange { from: Some(self.clock.now() - wanted.back), ..ChangeRange::default() };
        match self.changes(tenant, sync.account, range, None, MOST_CHANGES).await {
            Ok(page) => Ok(Arc::new(page.items)),
            // Other rules go on without them.
            Err(StoreError::Corrupt { .. }) => {
                observed.missing.insert(Resource::Events);
                Ok(Arc::default())
            }
            Err(error) => Err(error),
        }
    }

    /// What peers did, by their ids. Nothing is read while none of them did anything.
    async fn recent_status(
        &self,
        tenant: TenantId,
        sync: &SyncState,
        peers: &[Peer],
        wanted: &Wanted,
    ) -> Result<Arc<HashMap<String, Vec<Logged>>>> {
        let Some(since) = wanted.status.map(|back| self.clock.now() - back) else { return Ok(Arc::default()) };
        if peers.iter().all(|peer| sync.our_time(peer.since) <= since) {
            return Ok(Arc::default());
        }
        match self.status_log(tenant, sync.account, since, MOST_LOGGED).await {
            Ok(log) => Ok(Arc::new(log.by_peer())),
            // Other rules go on without it.
            Err(StoreError::Corrupt { what, source }) => {
                tracing::error!(%what, error = ?source, "what peers did cannot be read");
                Ok(Arc::default())
            }
            Err(error) => Err(error),
        }
    }

    async fn recent_events(
        &self,
        tenant: TenantId,
        sync: &SyncState,
        wanted: &Wanted,
        observed: &mut Observed,
    ) -> Result<Arc<Vec<Event>>> {
        if !wanted.contains(Resource::Events) || wanted.codes.is_empty() {
            return Ok(Arc::default());
        }
        // By the server's clock, as they are dated.
        let from = Some(sync.server_time(self.clock.now()) - wanted.back);
        let is_wanted = |event: &Event| wanted.codes.iter().any(|code| text::is_under(&event.activity_code, code));
        let range = EventRange { from, ..EventRange::default() };
        match self.wanted_events(tenant, sync.account, range, Some(&is_wanted), MOST_EVENTS).await {
            Ok(page) => Ok(Arc::new(page.items)),
            // Other rules go on without them.
            Err(StoreError::Corrupt { .. }) => {
                observed.missing.insert(Resource::Events);
                Ok(Arc::default())
            }
            Err(error) => Err(error),
        }
    }
}
