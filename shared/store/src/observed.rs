//! What rules look at of an account, beside its peers and groups.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use platform_core::account::SyncState;
use platform_core::condition::Watch;
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::{Event, Network, NetworkRouter, SetupKey};
use platform_core::observed::Lists;
use platform_core::resource::{Resource, Row};

use crate::{Query, Result, Store, keys};

/// Most events that rules look at, the newest ones.
const MOST_EVENTS: usize = 2_000;

/// What conditions ask for.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    lists: BTreeSet<Resource>,
    back: SignedDuration,
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
            wanted.back = wanted.back.max(watch.looks_back());
        }
        wanted
    }
}

impl Wanted {
    /// Whether it is asked for.
    pub fn contains(&self, list: Resource) -> bool {
        self.lists.contains(&list)
    }
}

impl Observed {
    /// Whether a condition finds all that it asks for.
    pub fn suffices(&self, watch: &dyn Watch) -> bool {
        watch.needs().iter().all(|list| !self.missing.contains(list))
    }
}

impl Store {
    /// Reads what is wanted of an account's lists, beside its peers.
    pub async fn observe(&self, tenant: TenantId, sync: &SyncState, wanted: &Wanted) -> Result<Observed> {
        let mut observed = Observed::default();
        observed.lists = Lists {
            setup_keys: self.list::<SetupKey>(tenant, sync, wanted, &mut observed).await?,
            networks: self.list::<Network>(tenant, sync, wanted, &mut observed).await?,
            network_routers: self.list::<NetworkRouter>(tenant, sync, wanted, &mut observed).await?,
            events: match wanted.contains(Resource::Events) {
                // By the server's clock, as they are dated.
                true => {
                    self.recent_events(tenant, sync.account, sync.server_time(self.clock.now()) - wanted.back).await?
                }
                false => Arc::default(),
            },
        };
        Ok(observed)
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
        // One that is not given or not read any more may have been kept as it was.
        let is_known = !sync.withheld.contains(&T::RESOURCE) && !sync.unread.contains(&T::RESOURCE);
        let present = sync.snapshot(T::RESOURCE).filter(|_| is_known);
        match self.snapshot(tenant, sync.account, present).await? {
            Some(rows) => Ok(rows),
            None => {
                observed.missing.insert(T::RESOURCE);
                observed.unreadable.extend(present.map(|_| T::RESOURCE));
                Ok(Arc::default())
            }
        }
    }

    async fn recent_events(&self, tenant: TenantId, account: AccountId, since: Timestamp) -> Result<Arc<Vec<Event>>> {
        let (first, last) = keys::events_between(Some(since), None);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last).descending();
        Ok(Arc::new(self.query::<Event>(query.limit(MOST_EVENTS)).await?.items))
    }
}
