//! What happened in a network: NetBird's activity log, and the log of peer status that the platform derives.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::Event;
use platform_core::versioned;
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::{Item, Page, Query, Result, Store, keys};

/// How many days events and peer status changes are kept, after the day they happened on: whole days, so that they can
/// be counted by day.
pub const RETENTION_DAYS: i64 = 90;
/// Most events kept of an account; the oldest give way.
pub const MAX_EVENTS: u64 = 50_000;
/// Most changes of peer status that are logged of an account in a day. A network whose peers come and go without end
/// has its present status all the same.
pub const MAX_PEER_LOG: u64 = 20_000;
/// Events that a server may date ahead by its clock being off.
const AHEAD: SignedDuration = SignedDuration::from_mins(5);
/// What one transaction writes besides the counts.
const AT_ONCE: usize = 99;
/// Entries of the peer log that are made and written at once.
const LOGGED_AT_ONCE: usize = 500;
/// Most events that give way at once. More than come at once.
const MOST_PRUNED: usize = 2_000;

/// An entry of a peer's status log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeerLog {
    /// NetBird's id of the peer.
    pub peer: String,
    /// What happened, such as `disconnected`.
    pub what: String,
    /// When, as NetBird tells.
    pub at: Timestamp,
    /// When it was seen.
    pub seen_at: Timestamp,
}

/// How many entries of each day are kept: what a list's number is taken from, and what limits are held against.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Counts {
    events: BTreeMap<Date, u64>,
    /// Of the present day alone.
    #[serde(default)]
    peer_log: BTreeMap<Date, u64>,
    version: u64,
}

versioned!(Counts);

impl Counts {
    /// Events that have not expired.
    fn events(&self, now: Timestamp) -> u64 {
        self.events.iter().filter(|(day, _)| end_of(**day) > now).map(|(_, count)| count).sum()
    }
}

fn day_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// When what happened on a day expires.
fn end_of(day: Date) -> Timestamp {
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
                *counts.events.entry(day_of(*at)).or_default() += 1;
            }
            if !seen.is_empty() {
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

    /// How many events of an account are kept. Reads none of them.
    pub async fn count_events(&self, tenant: TenantId, account: AccountId) -> Result<usize> {
        let total = self.counts(tenant, account).await?.events(self.clock.now());
        Ok(usize::try_from(total).unwrap_or(usize::MAX))
    }

    /// Adds to the log of peer status, as far as a day's limit goes. Adding an entry again changes nothing but uses up
    /// some of it. Returns how many entries were left out.
    pub async fn put_peer_log(&self, tenant: TenantId, account: AccountId, entries: &[PeerLog]) -> Result<usize> {
        if entries.is_empty() {
            return Ok(0);
        }
        let today = day_of(self.clock.now());
        let mut counts = self.counts(tenant, account).await?;
        let used = counts.peer_log.get(&today).copied().unwrap_or(0);
        let left = usize::try_from(MAX_PEER_LOG.saturating_sub(used)).unwrap_or(usize::MAX);
        let kept = &entries[..entries.len().min(left)];
        if kept.is_empty() {
            return Ok(entries.len());
        }
        // Counted first: a sync that dies in between must not have written for nothing.
        counts.peer_log = BTreeMap::from([(today, used + kept.len() as u64)]);
        self.put_counts(self.transaction(), tenant, account, &mut counts).await?;
        for part in kept.chunks(LOGGED_AT_ONCE) {
            let items = part.iter().map(|entry| {
                let key = keys::peer_log(tenant, account, &entry.peer, entry.at, &entry.what);
                Ok(Item::new(&key, entry)?.expiring(end_of(day_of(entry.seen_at))))
            });
            self.write_many(items.collect::<Result<_>>()?, Vec::new()).await?;
        }
        Ok(entries.len() - kept.len())
    }
}
