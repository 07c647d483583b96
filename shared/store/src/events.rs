//! What happened in a network, as NetBird's activity log tells it.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::Event;
use platform_core::versioned;
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::sift::{Filter, Sieve};
use crate::{Item, Page, Query, Result, Store, keys};

/// How many days events and changes of peer status are kept, after the day they happened on: whole days, so that they can
/// be counted by day.
pub const RETENTION_DAYS: i64 = 90;
/// Most events kept of an account; the oldest give way.
pub const MAX_EVENTS: u64 = 50_000;
/// Events that a server may date ahead by its clock being off.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// What one transaction writes besides the counts and the newest events.
const AT_ONCE: usize = 98;
/// Most events that give way at once. More than come at once.
const MOST_PRUNED: usize = 2_000;

/// How many events of each day are kept: what a list's number is taken from, and what limits are held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts {
    events: BTreeMap<Date, u64>,
    version: u64,
}

versioned!(Counts);

/// A stretch of an account's events.
#[derive(Debug, Clone, Default)]
pub struct EventRange {
    /// The first moment, itself included.
    pub from: Option<Timestamp>,
    /// The last moment, itself not included; to the millisecond.
    pub to: Option<Timestamp>,
    /// The place where the last page ended.
    pub after: Option<String>,
}

impl Counts {
    /// Events that have not expired.
    fn events(&self, now: Timestamp) -> u64 {
        self.events.iter().filter(|(day, _)| end_of(**day) > now).map(|(_, count)| count).sum()
    }
}

pub(crate) fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// When what happened on a day expires.
pub(crate) fn end_of(day: Date) -> Timestamp {
    let end = day.checked_add((RETENTION_DAYS + 1).days()).and_then(|day| day.to_zoned(TimeZone::UTC));
    end.map_or(Timestamp::MAX, |end| end.timestamp())
}

impl Store {
    /// Stores events, but for those that are too old to be kept. Storing one again changes nothing. A server may date an
    /// event as it likes; what it dates ahead happened now. The oldest give way to what is too many.
    pub async fn put_events(&self, tenant: TenantId, account: AccountId, events: &[(u64, Event)]) -> Result<()> {
        let now = self.clock.now();
        let dated = events.iter().map(|(id, event)| {
            let at = if event.timestamp > now + AHEAD { now } else { event.timestamp };
            (keys::event(tenant, account, at, *id), at, event)
        });
        let dated: Vec<_> = dated.filter(|(_, at, _)| end_of(day_of(*at)) > now).collect();
        if dated.is_empty() {
            return Ok(());
        }
        let mut counts = self.counts(tenant, account).await?;
        // After the counts, whose version each write of both names: who writes it reads it as it is.
        let mut newest = self.newest_events(tenant, account).await?;
        for part in dated.chunks(AT_ONCE) {
            // Those that are there already, from a sync that did not come to its end, were counted then.
            let keys: Vec<Key> = part.iter().map(|(key, ..)| key.clone()).collect();
            let present = self.get_many_raw(&keys).await?;
            let present: HashSet<&str> =
                present.iter().filter_map(|item| item.get("sk")?.as_s().ok().map(String::as_str)).collect();
            let mut transaction = self.transaction();
            let mut seen = HashSet::new();
            for (key, at, event) in part {
                if present.contains(key.sk.as_str()) || !seen.insert(key.sk.as_str()) {
                    continue;
                }
                let event = Event { timestamp: *at, ..(*event).clone() };
                transaction.put(Item::new(key, &event)?.expiring(end_of(day_of(*at))));
                newest.take_in(event);
                *counts.events.entry(day_of(*at)).or_default() += 1;
            }
            if !seen.is_empty() {
                transaction.put(newest.item(tenant, account)?);
                self.put_counts(transaction, tenant, account, &mut counts).await?;
            }
        }
        if counts.events(now) > MAX_EVENTS {
            self.prune_events(tenant, account, counts).await?;
        }
        Ok(())
    }

    /// Deletes the oldest events of an account that has too many.
    async fn prune_events(&self, tenant: TenantId, account: AccountId, mut counts: Counts) -> Result<()> {
        let now = self.clock.now();
        let excess = usize::try_from(counts.events(now) - MAX_EVENTS).unwrap_or(usize::MAX).min(MOST_PRUNED);
        let oldest = Query::of(keys::account_partition(tenant, account), keys::EVENT).limit(excess);
        let oldest: Page<Event> = self.query(oldest).await?;
        let gone = oldest.items.iter().filter_map(|event| Some((event.id.parse().ok()?, event.timestamp)));
        let keys: Vec<Key> = gone.map(|(id, at)| keys::event(tenant, account, at, id)).collect();
        self.write_many(Vec::new(), keys).await?;
        for event in &oldest.items {
            let day = day_of(event.timestamp);
            // Whatever else the counts say of the days before, nothing is left of them.
            counts.events.retain(|counted, _| *counted >= day);
            if let Some(count) = counts.events.get_mut(&day) {
                *count = count.saturating_sub(1);
            }
        }
        self.put_counts(self.transaction(), tenant, account, &mut counts).await
    }

    async fn counts(&self, tenant: TenantId, account: AccountId) -> Result<Counts> {
        if let Some(counts) = self.get(&keys::event_counts(tenant, account)).await? {
            return Ok(counts);
        }
        // An account from before there were counts.
        let query = Query::of(keys::account_partition(tenant, account), keys::EVENT);
        let mut counts = Counts::default();
        for event in self.query::<Event>(query).await?.items {
            *counts.events.entry(day_of(event.timestamp)).or_default() += 1;
        }
        Ok(counts)
    }

    async fn put_counts(
        &self,
        mut transaction: crate::Transaction<'_>,
        tenant: TenantId,
        account: AccountId,
        counts: &mut Counts,
    ) -> Result<()> {
        let now = self.clock.now();
        counts.events.retain(|day, count| end_of(*day) > now && *count > 0);
        transaction.upsert(counts, |counts| Item::new(&keys::event_counts(tenant, account), counts))?;
        transaction.commit().await
    }

    /// A page of an account's events, newest first, after the event that `after` names.
    pub async fn events(
        &self,
        tenant: TenantId,
        account: AccountId,
        after: Option<String>,
        limit: usize,
    ) -> Result<Page<Event>> {
        let query = Query::of(keys::account_partition(tenant, account), keys::EVENT).descending();
        self.query(query.after(after).limit(limit)).await
    }

    /// A page of what is wanted of a stretch of an account's events, newest first.
    pub async fn wanted_events(
        &self,
        tenant: TenantId,
        account: AccountId,
        range: EventRange,
        filter: Filter<'_, Event>,
        limit: usize,
    ) -> Result<Page<Event>> {
        // Their ids are numbers: others are not kept.
        let place =
            |event: &Event| keys::event(tenant, account, event.timestamp, event.id.parse().unwrap_or_default()).sk;
        let mut sieve = Sieve::new(filter, &place, limit);
        let (first, last) = keys::events_between(range.from, range.to);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last);
        let query = query.descending().after(range.after);
        Ok(sieve.fill(self, &query).await?.unwrap_or_else(|| sieve.end()))
    }

    /// How many events of an account are kept. Reads none of them.
    pub async fn count_events(&self, tenant: TenantId, account: AccountId) -> Result<usize> {
        let total = self.counts(tenant, account).await?.events(self.clock.now());
        Ok(usize::try_from(total).unwrap_or(usize::MAX))
    }
}
