//! Now against then: what both `trends` endpoints answer, and what the overview says of it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{
    Combined, DAY, HOUR, Resolution, Rollup, Series, Unit, Value, day_of, minute_of, start_of,
};
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::history::{Together, rounded, wanted_accounts};

const WEEK: i64 = 7 * DAY;

/// How a series changed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrendData {
    name: Series,
    unit: Unit,
    /// How the values of several accounts become one.
    combined: Combined,
    /// How many accounts were looked at.
    accounts: usize,
    /// Null if nothing is known of this hour and the one before.
    now: Option<f64>,
    /// Of how many accounts something is known now. The others are left out, not counted as zero.
    now_accounts: u32,
    day_ago: TrendThen,
    week_ago: TrendThen,
    as_of: Timestamp,
}

/// What was then, and the change since. The change is that of the accounts of which both is known.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TrendThen {
    /// When the hour of it begins.
    time: Timestamp,
    value: Option<f64>,
    /// Of how many accounts something is known of then.
    accounts: u32,
    /// Now less then.
    change: Option<f64>,
    /// The same in percent of then; null if that was zero.
    change_percent: Option<f64>,
}

/// The hours of an account by the minute that they begin with.
type Hours = BTreeMap<i64, Rollup>;

/// The days whose hours trends look at.
fn days(now: i64) -> [i64; 5] {
    // The 24 hours that end a week ago begin the day before that.
    [0, 1, 2, 7, 8].map(|ago| day_of(now) - ago)
}

pub(crate) async fn answer(
    platform: &Platform,
    tenant: TenantId,
    series: Vec<Series>,
    account: Option<AccountId>,
) -> Result<Vec<TrendData>, Problem> {
    let now = platform.now();
    let minute = minute_of(now);
    let accounts = wanted_accounts(platform, tenant, account).await?;
    let accounts: Vec<&SyncState> = accounts.iter().collect();
    let hours = platform.store.hours_of(tenant, &accounts, &days(minute)).await?;
    let of = |name: Series| {
        let combined = name.combined();
        let mut present = Together::default();
        hours.values().filter_map(|hours| value_now(hours, name, minute)).for_each(|value| present.add(value));
        TrendData {
            name,
            unit: name.unit(),
            combined,
            accounts: accounts.len(),
            now: present.value(combined),
            now_accounts: present.accounts,
            day_ago: then(hours.values(), name, minute, DAY),
            week_ago: then(hours.values(), name, minute, WEEK),
            as_of: now,
        }
    };
    Ok(series.into_iter().map(of).collect())
}

/// What was so many minutes ago.
fn then<'a>(accounts: impl Iterator<Item = &'a Hours>, name: Series, now: i64, ago: i64) -> TrendThen {
    let (mut all, mut before, mut since) = (Together::default(), Together::default(), Together::default());
    for hours in accounts {
        let Some(value) = value_at(hours, name, now - ago) else { continue };
        all.add(value);
        if let Some(present) = value_now(hours, name, now) {
            before.add(value);
            since.add(present);
        }
    }
    let combined = name.combined();
    let change = since.value(combined).zip(before.value(combined)).map(|(since, before)| (since - before, before));
    TrendThen {
        time: start_of(Resolution::Hour.begin(now - ago)),
        value: all.value(combined),
        accounts: all.accounts,
        change: change.map(|(change, _)| rounded(change)),
        change_percent: change
            .filter(|(_, before)| *before != 0.0)
            .map(|(change, before)| rounded(100.0 * change / before)),
    }
}

/// Whether a series is a number at each moment. The others are what syncs were like, and are looked at by the day.
fn is_level(name: Series) -> bool {
    name.unit() == Unit::Peers
}

fn value_now(hours: &Hours, name: Series, now: i64) -> Option<Value> {
    if !is_level(name) {
        return value_at(hours, name, now);
    }
    let hour = Resolution::Hour.begin(now);
    let newest = [hour, hour - HOUR].into_iter().find_map(|hour| hours.get(&hour)?.value(name))?;
    let last = newest.last.unwrap_or(newest.value);
    Some(Value { value: last, sum: last, samples: 1, ..newest })
}

fn value_at(hours: &Hours, name: Series, at: i64) -> Option<Value> {
    let hour = Resolution::Hour.begin(at);
    match is_level(name) {
        true => hours.get(&hour)?.value(name),
        false => day_until(hours, hour).value(name),
    }
}

/// The 24 hours that end with this one.
fn day_until(hours: &Hours, hour: i64) -> Rollup {
    hours.range(hour - DAY + HOUR..=hour).fold(Rollup::default(), |mut sum, (_, rollup)| {
        sum.merge(rollup);
        sum
    })
}

/// What the overview says of trends.
pub(crate) struct Summary {
    /// By how many percent the number of peers grew in a week.
    pub(crate) peer_growth: Option<f64>,
    /// The part of the last 24 hours that peers were online, in percent.
    pub(crate) uptime: Option<f64>,
}

impl Summary {
    /// Reads all accounts at once.
    pub(crate) async fn of(
        platform: &Platform,
        tenant: TenantId,
        accounts: &[&SyncState],
        now: Timestamp,
    ) -> Result<Self, platform_store::StoreError> {
        let minute = minute_of(now);
        let days = [minute, minute - DAY, minute - WEEK].map(day_of);
        let hours = platform.store.hours_of(tenant, accounts, &days).await?;
        let sum = |name: Series| {
            let days = hours.values().map(|hours| day_until(hours, Resolution::Hour.begin(minute)));
            days.filter_map(|day| Some(day.value(name)?.sum)).sum::<f64>()
        };
        let (online, total) = (sum(Series::PeersOnline), sum(Series::PeersTotal));
        Ok(Self {
            peer_growth: then(hours.values(), Series::PeersTotal, minute, WEEK).change_percent,
            uptime: (total > 0.0).then(|| rounded(100.0 * online / total)),
        })
    }
}
