//! Now against then: what both `trends` endpoints answer, and what the overview says of it.

use std::collections::BTreeMap;

use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{
    Breakdown, Combined, DAY, HOUR, HourlySeries, Resolution, Rollup, Series, Unit, Value, day_of, minute_of, start_of,
};
use platform_core::named;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::history::{Together, rounded, wanted_accounts};
use crate::trend_hours;

const WEEK: i64 = 7 * DAY;
/// Days back of those of which whole days are told.
const LONG_AGO: [i64; 2] = [30, 90];
/// Accounts that are read at once.
const AT_ONCE: usize = 8;

named! {
    /// What there are trends of.
    pub enum TrendSeries {
        /// Peers.
        PeersTotal = "peers_total",
        /// Peers that are online.
        PeersOnline = "peers_online",
        /// Peers that are offline.
        PeersOffline = "peers_offline",
        /// Peers that NetBird calls online and that are not.
        PeersUnconfirmed = "peers_unconfirmed",
        /// How long a sync took until its answers were taken in.
        SyncDuration = "sync_duration",
        /// Minutes in which a sync failed.
        SyncFailures = "sync_failures",
        /// The part of the peers that are online.
        Uptime = "uptime",
        /// Times that a peer went offline and came back between two syncs.
        PeerFlaps = "peer_flaps",
        /// Times that a peer went offline, or did not come back after a restart.
        PeerDepartures = "peer_departures",
        /// Alerts that are not over.
        AlertsOpen = "alerts_open",
        /// Alerts that were triggered.
        AlertsTriggered = "alerts_triggered",
    }
}

/// By what it is recorded: every minute, or every hour.
pub(crate) enum Recorded {
    Minutes(Series),
    Hours(HourlySeries),
}

impl TrendSeries {
    /// Those that are told if none is named.
    pub(crate) fn usual() -> Vec<Self> {
        Self::ALL.iter().copied().filter(|series| matches!(series.recorded(), Recorded::Minutes(_))).collect()
    }

    pub(crate) const fn recorded(self) -> Recorded {
        match self {
            Self::PeersTotal => Recorded::Minutes(Series::PeersTotal),
            Self::PeersOnline => Recorded::Minutes(Series::PeersOnline),
            Self::PeersOffline => Recorded::Minutes(Series::PeersOffline),
            Self::PeersUnconfirmed => Recorded::Minutes(Series::PeersUnconfirmed),
            Self::SyncDuration => Recorded::Minutes(Series::SyncDuration),
            Self::SyncFailures => Recorded::Minutes(Series::SyncFailures),
            Self::Uptime => Recorded::Minutes(Series::Uptime),
            Self::PeerFlaps => Recorded::Hours(HourlySeries::PeerFlaps),
            Self::PeerDepartures => Recorded::Hours(HourlySeries::PeerDepartures),
            Self::AlertsOpen => Recorded::Hours(HourlySeries::AlertsOpen),
            Self::AlertsTriggered => Recorded::Hours(HourlySeries::AlertsTriggered),
        }
    }
}

/// What trends are asked for.
pub(crate) struct Wanted {
    pub(crate) series: Vec<TrendSeries>,
    pub(crate) by: Vec<Breakdown>,
    pub(crate) account: Option<AccountId>,
}

impl Wanted {
    /// All that is recorded every minute if nothing is named.
    pub(crate) fn of(
        series: Option<Vec<TrendSeries>>,
        by: Vec<Breakdown>,
        account: Option<AccountId>,
    ) -> Result<Self, Problem> {
        let series = match series {
            Some(series) => {
                crate::history::refuse_odd(&series)?;
                series
            }
            None if by.is_empty() => TrendSeries::usual(),
            None => Vec::new(),
        };
        Ok(Self { series, by, account })
    }
}

/// How a series changed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TrendData {
    name: TrendSeries,
    /// By what these peers were told apart, if it is about some of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<Breakdown>,
    /// What they have in common; empty if they tell none, and of the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// All that have no place among the ten greatest now, together.
    #[serde(skip_serializing_if = "Option::is_none")]
    is_other: Option<bool>,
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
    /// The day, by UTC, 30 days ago.
    month_ago: TrendThen,
    /// The day, by UTC, 90 days ago.
    quarter_ago: TrendThen,
    as_of: Timestamp,
}

/// What was then, and the change since. The change is that of the accounts of which both is known.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TrendThen {
    /// When the hour, or the day, of it begins.
    time: Timestamp,
    value: Option<f64>,
    /// Of how many accounts something is known of then.
    accounts: u32,
    /// Now less then.
    change: Option<f64>,
    /// The same in percent of then; null if that was zero.
    change_percent: Option<f64>,
}

/// What is known of one account: now, a day ago, a week ago, a month ago, a quarter of a year ago.
#[derive(Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) now: Option<Value>,
    pub(crate) ago: [Option<Value>; 4],
}

/// Whose peers a trend is about, if not of all.
pub(crate) struct Whose {
    pub(crate) by: Breakdown,
    pub(crate) value: String,
    pub(crate) is_other: bool,
}

/// The hours of an account by the minute that they begin with.
pub(crate) type Hours = BTreeMap<i64, Rollup>;

/// The days whose hours trends look at.
fn days(now: i64) -> [i64; 5] {
    // The 24 hours that end a week ago begin the day before that.
    [0, 1, 2, 7, 8].map(|ago| day_of(now) - ago)
}

/// When those days begin of which whole days are told.
pub(crate) fn long_ago(now: i64) -> [i64; 2] {
    LONG_AGO.map(|days| Resolution::Day.begin(now) - days * DAY)
}

/// What one account says of a moment or a stretch, as a number.
pub(crate) fn told(value: f64) -> Value {
    Value { value, sum: value, samples: 1, least: None, most: None, last: None }
}

impl TrendData {
    pub(crate) fn new(
        (name, whose): (TrendSeries, Option<Whose>),
        (unit, combined): (Unit, Combined),
        accounts: &[Known],
        as_of: Timestamp,
    ) -> Self {
        let minute = minute_of(as_of);
        let mut present = Together::default();
        accounts.iter().filter_map(|known| known.now).for_each(|value| present.add(value));
        let hour = |ago: i64| Resolution::Hour.begin(minute - ago);
        let [month, quarter] = long_ago(minute);
        let then = |place: usize, time: i64| {
            let both = accounts.iter().map(|known| (known.ago[place], known.now));
            TrendThen::of(both, combined, time)
        };
        let (by, value, is_other) = match whose {
            Some(Whose { by, value, is_other }) => (Some(by), Some(value), Some(is_other)),
            None => (None, None, None),
        };
        Self {
            name,
            by,
            value,
            is_other,
            unit,
            combined,
            accounts: accounts.len(),
            now: present.value(combined),
            now_accounts: present.accounts,
            day_ago: then(0, hour(DAY)),
            week_ago: then(1, hour(WEEK)),
            month_ago: then(2, month),
            quarter_ago: then(3, quarter),
            as_of,
        }
    }
}

impl TrendThen {
    /// Of what accounts say of then and of now.
    fn of(accounts: impl Iterator<Item = (Option<Value>, Option<Value>)>, combined: Combined, time: i64) -> Self {
        let (mut all, mut before, mut since) = (Together::default(), Together::default(), Together::default());
        for (then, now) in accounts {
            let Some(value) = then else { continue };
            all.add(value);
            if let Some(present) = now {
                before.add(value);
                since.add(present);
            }
        }
        let change = since.value(combined).zip(before.value(combined)).map(|(since, before)| (since - before, before));
        Self {
            time: start_of(time),
            value: all.value(combined),
            accounts: all.accounts,
            change: change.map(|(change, _)| rounded(change)),
            change_percent: change
                .filter(|(_, before)| *before != 0.0)
                .map(|(change, before)| rounded(100.0 * change / before)),
        }
    }
}

pub(crate) async fn answer(platform: &Platform, tenant: TenantId, wanted: Wanted) -> Result<Vec<TrendData>, Problem> {
    let now = platform.now();
    let syncs = wanted_accounts(platform, tenant, wanted.account).await?;
    let (mut minutes, mut hours) = (Vec::new(), Vec::new());
    for series in &wanted.series {
        match series.recorded() {
            Recorded::Minutes(one) => minutes.push(one),
            Recorded::Hours(one) => hours.push(one),
        }
    }
    let minutes = of_minutes(platform, tenant, &syncs, &minutes, now).await?;
    let (hours, parts) = trend_hours::read(platform, tenant, &syncs, (&hours, &wanted.by), now).await?;
    let (mut minutes, mut hours) = (minutes.into_iter(), hours.into_iter());
    let mut trends = Vec::new();
    for name in wanted.series {
        let (counted, known) = match name.recorded() {
            Recorded::Minutes(one) => ((one.unit(), one.combined()), minutes.next()),
            Recorded::Hours(one) => ((one.unit(), Combined::Sum), hours.next()),
        };
        trends.push(TrendData::new((name, None), counted, &known.unwrap_or_default(), now));
    }
    for part in parts {
        let counted = (Unit::Peers, Combined::Sum);
        for (name, known) in [(TrendSeries::PeersTotal, part.total), (TrendSeries::PeersOnline, part.online)] {
            let whose = Whose { by: part.by, value: part.value.clone(), is_other: part.is_other };
            trends.push(TrendData::new((name, Some(whose)), counted, &known, now));
        }
    }
    Ok(trends)
}

/// What accounts know of each of these series.
async fn of_minutes(
    platform: &Platform,
    tenant: TenantId,
    syncs: &[SyncState],
    series: &[Series],
    now: Timestamp,
) -> Result<Vec<Vec<Known>>, Problem> {
    if series.is_empty() {
        return Ok(Vec::new());
    }
    let minute = minute_of(now);
    let [month, quarter] = long_ago(minute);
    let all: Vec<&SyncState> = syncs.iter().collect();
    let hours = platform.store.hours_of(tenant, &all, &days(minute)).await?;
    // Whole days: the hours of a quarter of a year ago are about to be forgotten.
    let long_ago = syncs.iter().map(|sync| async move {
        let range = quarter..month + DAY;
        Ok::<_, Problem>((sync.account, platform.store.metrics(tenant, sync, Resolution::Day, range).await?))
    });
    let long_ago: Vec<_> = long_ago.collect();
    let mut long_ago = stream::iter(long_ago).buffered(AT_ONCE);
    let mut known = vec![Vec::new(); series.len()];
    while let Some((account, days)) = long_ago.try_next().await? {
        let none = Hours::new();
        let hours = hours.get(&account).unwrap_or(&none);
        for (known, name) in known.iter_mut().zip(series) {
            let day = |begin: i64| days.get(&begin)?.value(*name);
            known.push(Known {
                now: value_now(hours, *name, minute),
                ago: [
                    value_at(hours, *name, minute - DAY),
                    value_at(hours, *name, minute - WEEK),
                    day(month),
                    day(quarter),
                ],
            });
        }
    }
    Ok(known)
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
    /// Of accounts' peers by the hour.
    pub(crate) fn of(accounts: &[Hours], now: Timestamp) -> Self {
        let minute = minute_of(now);
        let sum = |name: Series| {
            let days = accounts.iter().map(|hours| day_until(hours, Resolution::Hour.begin(minute)));
            days.filter_map(|day| Some(day.value(name)?.sum)).sum::<f64>()
        };
        let (online, total) = (sum(Series::PeersOnline), sum(Series::PeersTotal));
        let of = |hours: &Hours| {
            let total = Series::PeersTotal;
            (value_at(hours, total, minute - WEEK), value_now(hours, total, minute))
        };
        Self {
            peer_growth: TrendThen::of(accounts.iter().map(of), Combined::Sum, minute - WEEK).change_percent,
            uptime: (total > 0.0).then(|| rounded(100.0 * online / total)),
        }
    }
}
