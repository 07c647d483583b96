//! What networks were made up of, hour by hour and day by day.
//!
//! An hour is an item, written with the minutes that have waited for it, in the transaction that replaces the sync state. The
//! first sync of another day writes the sum of the hours of the day before, which outlives them.

use std::collections::BTreeMap;
use std::ops::Range;

use futures::try_join;
use jiff::Timestamp;
use platform_core::alert::AlertStatus;
use platform_core::ids::{AccountId, AlertId, TenantId};
use platform_core::metrics::{DAY, HOUR, Makeup, Resolution, day_of};
use serde::Deserialize;
use uuid::Uuid;

use crate::keys::AlertList;
use crate::metrics::{SCHEMA, kept};
use crate::operations::Attributes;
use crate::snapshots::pack_kept;
use crate::{Query, Result, Store, Transaction, keys};

/// Most alerts of an hour that are counted.
const MOST_ALERTS: usize = 1_000;

impl Transaction<'_> {
    /// Writes what a network is made up of, for the hour of a minute.
    pub fn put_makeup(&mut self, tenant: TenantId, account: AccountId, minute: i64, makeup: &Makeup) -> Result<()> {
        let hour = Resolution::Hour.begin(minute);
        let item = pack_kept(&keys::makeup_hour(tenant, account, hour), makeup, SCHEMA)?;
        self.put(item.expiring(Resolution::Hour.forgotten(hour + HOUR)));
        Ok(())
    }

    /// Writes what a network was made up of on a day that is over.
    pub fn put_makeup_of_day(&mut self, tenant: TenantId, account: AccountId, day: i64, makeup: &Makeup) -> Result<()> {
        let item = pack_kept(&keys::makeup_day(tenant, account, day), makeup, SCHEMA)?;
        self.put(item.expiring(Resolution::Day.forgotten((day + 1) * DAY)));
        Ok(())
    }
}

impl Store {
    /// What the hours of a day say together; `None` if there are none.
    pub async fn makeup_of_hours(&self, tenant: TenantId, account: AccountId, day: i64) -> Result<Option<Makeup>> {
        let hours = self.makeup_hours(tenant, account, &(day * DAY..(day + 1) * DAY)).await?;
        let sum = hours.into_values().fold(Makeup::default(), |mut sum, hour| {
            sum.merge(hour);
            sum
        });
        Ok(Some(sum).filter(|sum| sum.samples > 0))
    }

    /// What an account's network was made up of in a range of minutes, by the first minute of each point. It has no minutes.
    pub async fn makeups(
        &self,
        tenant: TenantId,
        account: AccountId,
        resolution: Resolution,
        range: Range<i64>,
    ) -> Result<BTreeMap<i64, Makeup>> {
        if resolution != Resolution::Day {
            return self.makeup_hours(tenant, account, &range).await;
        }
        // Days that no sync has closed yet are those of the newest hours.
        let newest = range.end.saturating_sub(2 * DAY).max(range.start)..range.end;
        let (first, last) = keys::makeup_days_between(&range);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last);
        let (days, hours) = try_join!(self.query_raw(query), self.makeup_hours(tenant, account, &newest))?;
        let days: BTreeMap<i64, Makeup> =
            days.items.iter().filter_map(|item| kept(item, keys::makeup_day_under)).collect();
        let mut points: BTreeMap<i64, Makeup> = BTreeMap::new();
        for (minute, hour) in hours.into_iter().filter(|(minute, _)| !days.contains_key(&day_of(*minute))) {
            points.entry(Resolution::Day.begin(minute)).or_default().merge(hour);
        }
        points.extend(days.into_iter().map(|(day, makeup)| (day * DAY, makeup)));
        Ok(points)
    }

    async fn makeup_hours(
        &self,
        tenant: TenantId,
        account: AccountId,
        range: &Range<i64>,
    ) -> Result<BTreeMap<i64, Makeup>> {
        let (first, last) = keys::makeup_hours_between(range);
        let query = Query::of(keys::account_partition(tenant, account), first).until(last);
        let found: Vec<Attributes> = self.query_raw(query).await?.items;
        let hours: BTreeMap<i64, Makeup> =
            found.iter().filter_map(|item| kept(item, keys::makeup_hour_under)).collect();
        Ok(hours.into_iter().filter(|(minute, _)| range.contains(minute)).collect())
    }

    /// How many of an account's alerts are not over, and how many were triggered since a moment, counted to a thousand.
    pub async fn count_alerts_of(&self, tenant: TenantId, account: AccountId, since: Timestamp) -> Result<(u32, u32)> {
        /// Nothing of an entry but that it is there.
        #[derive(Deserialize)]
        struct Any {}
        let list = keys::alert_list(AlertList::Account(account));
        // Ids begin with their time.
        let millis = u64::try_from(since.as_millisecond()).unwrap_or_default();
        let mut first = [0; 16];
        first[..6].copy_from_slice(&millis.to_be_bytes()[2..]);
        let first = format!("{list}{}", AlertId::from_uuid(Uuid::from_bytes(first)));
        let query = Query::of(keys::tenant_partition(tenant), first).until(format!("{list}\u{10FFFF}"));
        let (triggered, open) =
            try_join!(self.query::<Any>(query.limit(MOST_ALERTS)), self.active_tally(tenant, account))?;
        let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Ok((number(open.count(AlertStatus::ACTIVE, &[])), number(triggered.items.len())))
    }
}

#[cfg(test)]
mod tests {
    use platform_core::metrics::{Happenings, Part, Parts};

    use super::*;

    /// What is stored under schema 1. It can only be read by those who know its layout, so that stays.
    #[test]
    fn the_layout_is_the_one_that_was_always_written() {
        let part = |total, online| Part { total, online };
        let happened = Happenings { flaps: 5, departures: 6, alerts_open: 7, alerts_triggered: 8 };
        let parts = Parts { values: vec![("de".to_owned(), part(3, 2))], other: part(1, 0) };
        let made = Makeup::new(1, vec![parts], happened);
        let expected = [1, 1, 1, 2, b'd', b'e', 3, 2, 1, 0, 5, 6, 7, 8];
        assert_eq!(postcard::to_allocvec(&made).unwrap(), expected);
    }
}
