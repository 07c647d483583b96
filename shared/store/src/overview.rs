//! What syncs keep for the overview, beside the sync states: the newest events of each account, and how many peers it had by
//! the hour. One query finds all of it, so that nothing of the overview waits for the list of accounts.
//! `docs/adr/0070-the-overview-in-one-round.md` says why.

use std::collections::BTreeMap;

use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{Day, Resolution, Rollup, Stored};
use platform_core::network::Event;
use serde::Serialize;

use crate::events::{day_of, end_of};
use crate::keys::{Kept, Key};
use crate::operations::{Attributes, decode};
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Item, Query, Result, Store, keys, metrics};

/// Events that are kept of each account.
pub const NEWEST_EVENTS: usize = 10;
/// Bytes that they have at most, before they are packed: of larger ones fewer are kept, so that what a hundred accounts keep is
/// one page of a query.
const MOST_BYTES: usize = 8 << 10;
/// Layout of the events. In another one there are none, and they are read from the log the next time that some come.
const SCHEMA: u16 = 1;

/// The newest events of an account, newest first.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(crate) struct NewestEvents(Vec<Event>);

impl NewestEvents {
    /// Takes in an event that was not there.
    pub(crate) fn take_in(&mut self, event: Event) {
        // Ids are numbers in text.
        let place = |event: &Event| (event.timestamp, event.id.parse::<u64>().unwrap_or_default());
        let at = self.0.partition_point(|other| place(other) > place(&event));
        self.0.insert(at, event);
        self.0.truncate(NEWEST_EVENTS);
        while self.0.len() > 1 && postcard::to_allocvec(&self.0).is_ok_and(|bytes| bytes.len() > MOST_BYTES) {
            self.0.pop();
        }
    }

    /// As it is stored.
    pub(crate) fn item(&self, tenant: TenantId, account: AccountId) -> Result<Item> {
        pack_kept(&keys::kept(tenant, account, Kept::Events), self, SCHEMA)
    }

    fn of(item: &Attributes) -> Option<Self> {
        unpack_kept(item, SCHEMA, "the newest events").ok().map(Self)
    }
}

/// How syncing goes, for every account of a tenant, and what is kept beside it.
#[derive(Debug, Default)]
pub struct Synced {
    /// How it goes.
    pub states: Vec<SyncState>,
    hours: BTreeMap<AccountId, BTreeMap<i64, Day>>,
    events: BTreeMap<AccountId, Vec<Event>>,
}

impl Synced {
    /// Peers by the hour: those of the last 24 hours and of a week ago, together with what waits in the sync state.
    pub fn hours(&self, sync: &SyncState) -> BTreeMap<i64, Rollup> {
        let days = self.hours.get(&sync.account).cloned().unwrap_or_default();
        Stored { days, ..Stored::default() }.read(Resolution::Hour, i64::MIN..i64::MAX, &sync.samples)
    }

    /// The newest events of an account, newest first.
    pub fn events(&self, account: AccountId) -> &[Event] {
        self.events.get(&account).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Store {
    /// How syncing goes, for every account of a tenant, with what is kept beside it. States come before the rest: what waits in
    /// one may be among the hours already, and is never in neither.
    pub async fn synced(&self, tenant: TenantId) -> Result<Synced> {
        let query = Query::of(keys::tenant_partition(tenant), keys::SYNCS).consistent();
        let now = self.clock.now();
        let mut synced = Synced::default();
        for item in self.query_raw(query).await?.items {
            let sort = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            match keys::kept_under(&sort) {
                Some((account, Kept::Hours)) => {
                    // A gap, not the end of the overview; it is written anew within the hour.
                    match unpack_kept(&item, metrics::SCHEMA, &sort) {
                        Ok(days) => drop(synced.hours.insert(account, days)),
                        Err(error) => tracing::error!(what = sort, error = %error, "hours cannot be read"),
                    }
                }
                Some((account, Kept::Events)) => {
                    let mut events = NewestEvents::of(&item).unwrap_or_default().0;
                    events.retain(|event| end_of(day_of(event.timestamp)) > now);
                    synced.events.insert(account, events);
                }
                None => synced.states.push(decode(item)?),
            }
        }
        Ok(synced)
    }

    /// The newest events of an account as they are kept, or from the log where they were not kept yet.
    pub(crate) async fn newest_events(&self, tenant: TenantId, account: AccountId) -> Result<NewestEvents> {
        let kept = self.get_raw(&keys::kept(tenant, account, Kept::Events)).await?;
        if let Some(events) = kept.as_ref().and_then(NewestEvents::of) {
            return Ok(events);
        }
        let mut newest = NewestEvents::default();
        for event in self.events(tenant, account, None, NEWEST_EVENTS).await?.items {
            newest.take_in(event);
        }
        Ok(newest)
    }
}
