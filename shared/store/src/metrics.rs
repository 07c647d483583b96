//! History in numbers, as it is stored: minutes, the hours of a day, the days of a month.
//!
//! All of it is written in the transaction that replaces the sync state, in which samples wait before. So what two syncs
//! found is never written over each other, and nothing is counted twice. What a resolution keeps no longer expires.

use std::collections::BTreeMap;
use std::ops::Range;

use futures::try_join;
use jiff::civil::Date;
use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{DAY, Day, Flush, Full, Month, Resolution, Rollup, Sample, Stored, Waiting, month};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::operations::{Attributes, decode};
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Item, Query, Result, Store, Transaction, keys};

/// Layout of [`Day`] and [`Month`]. They cannot be read from NetBird again, so whoever changes it goes on reading the
/// layouts before.
pub(crate) const SCHEMA: u16 = 1;

/// Minutes as they are stored.
#[derive(Serialize, Deserialize)]
struct Minutes {
    samples: Waiting,
}

impl Transaction<'_> {
    /// Writes samples away, and what they make of hours and days.
    pub fn put_metrics(&mut self, tenant: TenantId, account: AccountId, flush: Flush) -> Result<()> {
        if let [first, .., last] | [first @ last] = flush.minutes.samples() {
            let key = keys::metric_minutes(tenant, account, first.minute);
            let expires = Resolution::Minute.forgotten(last.minute + 1);
            self.put(Item::new(&key, &Minutes { samples: flush.minutes })?.expiring(expires));
        }
        for (day, hours) in &flush.days {
            let key = keys::metric_hours(tenant, account, *day);
            self.put(pack_kept(&key, hours, SCHEMA)?.expiring(Resolution::Hour.forgotten((day + 1) * DAY)));
        }
        self.put(pack_kept(&keys::kept(tenant, account, keys::Kept::Hours), &flush.told, SCHEMA)?);
        for (first, days) in &flush.months {
            let key = keys::metric_days(tenant, account, *first);
            self.put(pack_kept(&key, days, SCHEMA)?.expiring(Resolution::Day.forgotten(month(*first).1)));
        }
        Ok(())
    }
}

impl Store {
    /// What writing samples away makes of what is stored. Good for a transaction that replaces the sync state that they
    /// waited in.
    pub async fn flushed(&self, tenant: TenantId, account: AccountId, full: Full) -> Result<Flush> {
        let days = full.days().union(&full.told_days()).copied().collect::<Vec<_>>();
        let days = days.into_iter().map(|day| keys::metric_hours(tenant, account, day));
        let months = full.months().into_iter().map(|first| keys::metric_days(tenant, account, first));
        let keys: Vec<Key> = days.chain(months).collect();
        let found = self.get_many_raw(&keys).await?;
        Ok(full.fold(days_of(&found), months_of(&found)))
    }

    /// What is recorded of an account in a range of minutes, by the first minute of each point, together with what waits in
    /// its sync state, which was read before.
    pub async fn metrics(
        &self,
        tenant: TenantId,
        sync: &SyncState,
        resolution: Resolution,
        range: Range<i64>,
    ) -> Result<BTreeMap<i64, Rollup>> {
        let (account, partition) = (sync.account, keys::account_partition(tenant, sync.account));
        let between = |(first, last): (String, String)| Query::of(partition, first).until(last).consistent();
        let stored = match resolution {
            Resolution::Minute => {
                let found = self.query_raw(between(keys::metric_minutes_between(&range))).await?.items;
                let mut minutes: Vec<Sample> = Vec::new();
                for item in found {
                    minutes.extend(decode::<Minutes>(item)?.samples.samples());
                }
                Stored { minutes, ..Stored::default() }
            }
            Resolution::Hour => {
                let found = self.query_raw(between(keys::metric_hours_between(&range))).await?.items;
                Stored { days: days_of(&found), ..Stored::default() }
            }
            Resolution::Day => {
                let open = Stored::open_days(&sync.samples).into_iter();
                let open: Vec<Key> = open.map(|day| keys::metric_hours(tenant, account, day)).collect();
                let months = self.query_raw(between(keys::metric_days_between(&range)));
                let (months, open) = try_join!(months, self.get_many_raw(&open))?;
                Stored { days: days_of(&open), months: months_of(&months.items), ..Stored::default() }
            }
        };
        Ok(stored.read(resolution, range, &sync.samples))
    }

    /// The hours of some days of accounts, together with what waits in their sync states, which were read before: one read
    /// for all of them.
    pub async fn hours_of(
        &self,
        tenant: TenantId,
        syncs: &[&SyncState],
        days: &[i64],
    ) -> Result<BTreeMap<AccountId, BTreeMap<i64, Rollup>>> {
        let places =
            syncs.iter().flat_map(|sync| days.iter().map(|day| keys::metric_hours(tenant, sync.account, *day)));
        let keys: Vec<Key> = places.collect();
        let mut found: BTreeMap<String, Vec<Attributes>> = BTreeMap::new();
        for item in self.get_many_raw(&keys).await? {
            found.entry(Key::of(&item).map(|key| key.pk).unwrap_or_default()).or_default().push(item);
        }
        let hours = |sync: &&SyncState| {
            let items =
                found.get(&keys::account_partition(tenant, sync.account)).map(Vec::as_slice).unwrap_or_default();
            let stored = Stored { days: days_of(items), ..Stored::default() };
            (sync.account, stored.read(Resolution::Hour, i64::MIN..i64::MAX, &sync.samples))
        };
        Ok(syncs.iter().map(hours).collect())
    }
}

/// The days among items, by their number.
fn days_of(items: &[Attributes]) -> BTreeMap<i64, Day> {
    items.iter().filter_map(|item| kept(item, keys::metric_day)).collect()
}

/// The months among items, by the first.
fn months_of(items: &[Attributes]) -> BTreeMap<Date, Month> {
    items.iter().filter_map(|item| kept(item, keys::metric_month)).collect()
}

/// An item of the kind whose sort keys `read` reads. One that cannot be read is a gap, not the end of all syncs; that is
/// said in the log.
pub(crate) fn kept<K, T: DeserializeOwned>(item: &Attributes, read: impl Fn(&str) -> Option<K>) -> Option<(K, T)> {
    let sort = item.get("sk")?.as_s().ok()?;
    let key = read(sort)?;
    match unpack_kept(item, SCHEMA, sort) {
        Ok(value) => Some((key, value)),
        Err(error) => {
            tracing::error!(item = %sort, error = ?error, "history in numbers is broken");
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use platform_core::metrics::{Peers, date_of};

    use super::*;

    /// What is stored under schema 1. It can only be read by those who know its layout, so that stays.
    #[test]
    fn the_layout_is_the_one_that_was_always_written() {
        let peers = |online| Some(Peers { total: 500, online, unconfirmed: 1 });
        let at = |minute, online| Sample { minute, peers: peers(online), millis: 20, failed: false };
        let mut waiting = Waiting::default();
        let midnight = 20_787 * DAY;
        assert!(waiting.add(at(midnight - 2, 300), 0).is_none() && waiting.add(at(midnight - 1, 304), 0).is_none());
        let full = waiting.add(at(midnight, 1), 0).unwrap();
        let flush = full.fold(BTreeMap::new(), BTreeMap::new());
        // Total, online, offline, unconfirmed: the least, how far above it the most and the last are, the sum.
        let numbers = [
            vec![2],
            vec![0xf4, 3, 0, 0, 0xe8, 7],
            vec![0xac, 2, 4, 4, 0xdc, 4],
            vec![0xc3, 1, 4, 0, 0x8a, 3],
            vec![1, 0, 0, 2],
            vec![2, 20, 0, 0, 40, 0],
        ]
        .concat();
        let through = vec![0xbe, 0xfb, 0xc5, 0x1c];
        let day = flush.days.into_values().next().unwrap();
        assert_eq!(postcard::to_allocvec(&day).unwrap(), [through, vec![1, 23], numbers.clone()].concat());
        let (first, month) = flush.months.into_iter().next().unwrap();
        assert_eq!((first, keys::metric_month("METRIC#1d#2026-11")), (date_of(20_758), Some(first)));
        assert_eq!(postcard::to_allocvec(&month).unwrap(), [vec![1, 29], numbers].concat());
    }

    /// The costliest item of each flush: at the end of a day in which somebody of 500 peers came or went each minute.
    #[test]
    fn a_day_of_hours_takes_less_than_a_kilobyte() {
        let (mut waiting, mut days, mut flushes) = (Waiting::default(), BTreeMap::new(), 0);
        let midnight = 20_787 * DAY;
        for minute in 0..DAY {
            let online = 280 + u32::try_from(minute * 7_919 % 41).unwrap();
            let peers = Some(Peers { total: 500, online, unconfirmed: u32::try_from(minute / 300).unwrap() });
            let millis = 150 + u32::try_from(minute * 104_729 % 900).unwrap();
            if let Some(full) = waiting.add(Sample { minute: midnight + minute, peers, millis, failed: false }, 7) {
                let flush = full.fold(days, BTreeMap::new());
                (days, flushes) = (flush.days, flushes + 1);
            }
        }
        let key =
            keys::metric_hours(TenantId::from_uuid(uuid::Uuid::nil()), AccountId::from_uuid(uuid::Uuid::nil()), 20_787);
        let item = pack_kept(&key, &days[&20_787], SCHEMA).unwrap();
        let body = item.attributes["body"].as_b().unwrap().as_ref().len();
        let around = key.pk.len() + key.sk.len() + "pkskbodyttl".len() + 8;
        println!("{body} bytes of hours, {around} around them; written {flushes} times");
        assert!(body + around <= 1_024, "{body} and {around} bytes");
        // A unit more for the sync state, and two for each of two items.
        assert!(f64::from(flushes) * 5.0 / DAY as f64 <= 0.2, "{flushes} times");
    }
}
