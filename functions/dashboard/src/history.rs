//! History in numbers as both `metrics` endpoints answer it: what is asked for, and the points.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::Range;

use futures::{StreamExt, TryStreamExt, stream, try_join};
use jiff::{SignedDuration, Timestamp};
use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{
    Breakdown, Combined, HourlySeries, Resolution, Rollup, Series, Unit, Value, minute_of, start_of,
};
use platform_core::named;
use platform_core::names::{self, Named};
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::breakdown::{self, HourlyMetric, MetricPart, WantedHours};
use crate::own_series::{self, OwnMetricSeries};

/// Most series of one answer.
pub(crate) const MOST_SERIES: usize = 10;
/// Most points of each.
const MOST_POINTS: i64 = 1_500;
/// How long a range is that is asked for without its beginning.
const USUAL: SignedDuration = SignedDuration::from_hours(24);
/// By how much whoever asks for all that is kept may be late.
const LATE: SignedDuration = SignedDuration::from_mins(5);
/// Accounts that are read at once.
const AT_ONCE: usize = 8;

named! {
    /// How far apart points are wanted.
    pub(crate) enum WantedResolution {
        /// The finest that the range allows.
        Auto = "auto",
        /// A minute.
        Minute = "1m",
        /// An hour.
        Hour = "1h",
        /// A day, in UTC.
        Day = "1d",
    }
}

/// Series that are asked for.
pub(crate) struct WantedSeries {
    platform: Vec<Series>,
    /// Of the tenant's own, by name or id.
    own: Vec<String>,
    /// What is kept by the hour.
    hours: WantedHours,
}

impl WantedSeries {
    /// As a query names them, with commas between.
    pub(crate) fn of_text(text: Option<&str>, by: Vec<Breakdown>) -> Result<Self, Problem> {
        let named = text.map(|text| text.split(',').map(|name| name.trim().to_owned()).collect());
        Self::named(named, by, |_| "/series".into())
    }

    /// By name: all of the platform's own if none is, and nothing is asked for part by part.
    pub(crate) fn of(named: Option<Vec<String>>, by: Vec<Breakdown>) -> Result<Self, Problem> {
        Self::named(named, by, |place| format!("/series/{place}"))
    }

    fn named(named: Option<Vec<String>>, by: Vec<Breakdown>, at: impl Fn(usize) -> String) -> Result<Self, Problem> {
        let mut hours = WantedHours { by, ..WantedHours::default() };
        let (mut platform, mut own) = (Vec::new(), Vec::new());
        let Some(named) = named else {
            if hours.is_empty() {
                platform = Series::ALL.to_vec();
            }
            return Ok(Self { platform, own, hours });
        };
        refuse_odd(&named)?;
        for (place, name) in named.iter().enumerate() {
            match (name.strip_prefix(own_series::PREFIX), names::parse::<HourlySeries>(name.trim())) {
                (Some(name), _) => own.push(name.to_owned()),
                (None, Ok(series)) => hours.series.push(series),
                (None, Err(hourly)) => platform.push(series_named::<Series>(name, &at(place), &hourly.0)?),
            }
        }
        Ok(Self { platform, own, hours })
    }
}

/// What is asked for.
pub(crate) struct Asked {
    pub(crate) series: WantedSeries,
    pub(crate) account: Option<AccountId>,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    pub(crate) resolution: WantedResolution,
}

/// Recorded series over a range of time.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DashboardMetrics {
    /// When the first point begins.
    from: Timestamp,
    /// When the last point ends.
    to: Timestamp,
    /// How far apart the points are.
    resolution: Resolution,
    /// How many accounts were looked at.
    accounts: usize,
    /// Those of which nothing at all is known in the range.
    accounts_without_data: Vec<Uuid>,
    series: Vec<MetricSeries>,
    /// Those of the tenant's own that were asked for.
    own: Vec<OwnMetricSeries>,
    /// Peers by what was asked for: of each the 10 values with the most peers, and the others as one.
    parts: Vec<MetricPart>,
    /// What is kept by the hour, of what was asked for.
    hourly: Vec<HourlyMetric>,
    as_of: Timestamp,
}

/// One series.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MetricSeries {
    name: Series,
    unit: Unit,
    /// How the values of several accounts become one.
    combined: Combined,
    /// All points of the range in order, those of which nothing is known too.
    points: Vec<MetricPoint>,
}

/// A minute, an hour or a day of a series.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MetricPoint {
    /// When it begins.
    pub(crate) time: Timestamp,
    /// The mean of its minutes, of failures their number; null where nothing is known: a gap, not a zero.
    pub(crate) value: Option<f64>,
    /// The least of its minutes. Only of one account's hours and days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) min: Option<f64>,
    /// The greatest of its minutes. Only of one account's hours and days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) max: Option<f64>,
    /// The last of its minutes. Only of one account's hours and days.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) last: Option<f64>,
    /// Of how many of its minutes something is known, in all accounts together.
    pub(crate) samples: u32,
    /// Of how many accounts something is known. The others are left out of the value, not counted as zero.
    pub(crate) accounts: u32,
}

/// What accounts say together of a point.
#[derive(Clone, Copy, Default)]
pub(crate) struct Together {
    pub(crate) accounts: u32,
    pub(crate) samples: u32,
    values: f64,
    sum: f64,
    only: Option<Value>,
}

impl Together {
    /// Takes in what one account says.
    pub(crate) fn add(&mut self, value: Value) {
        self.only = (self.accounts == 0).then_some(value);
        self.accounts += 1;
        self.samples = self.samples.saturating_add(value.samples);
        self.values += value.value;
        self.sum += value.sum;
    }

    /// What they say together.
    pub(crate) fn value(&self, combined: Combined) -> Option<f64> {
        let value = match combined {
            Combined::Sum => self.values,
            Combined::Mean => self.sum / f64::from(self.samples.max(1)),
        };
        (self.accounts > 0).then_some(rounded(value))
    }
}

/// To a hundredth.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Refuses none, too many, and what is named twice.
pub(crate) fn refuse_odd<T: PartialEq + Display>(series: &[T]) -> Result<(), Problem> {
    if series.is_empty() || series.len() > MOST_SERIES {
        return Err(Problem::field("/series", format!("must name 1 to {MOST_SERIES} series")));
    }
    match series.iter().enumerate().find(|(place, one)| series[..*place].contains(one)) {
        Some((_, twice)) => Err(Problem::field("/series", format!("names {twice} twice"))),
        None => Ok(()),
    }
}

/// A series by its name; `others` are good there, too.
pub(crate) fn series_named<T: Named>(name: &str, at: &str, others: &[&str]) -> Result<T, Problem> {
    let all = T::ALL.iter().map(|series| series.name()).chain(others.iter().copied());
    let known = all.collect::<Vec<_>>().join(", ");
    names::parse(name.trim()).map_err(|_| Problem::field(at, format!("must be of {known}")))
}

/// The accounts that are looked at: one, or all of the tenant's.
pub(crate) async fn wanted_accounts(
    platform: &Platform,
    tenant: TenantId,
    only: Option<AccountId>,
) -> Result<Vec<SyncState>, Problem> {
    let (accounts, states) = try_join!(platform.store.accounts(tenant), platform.store.sync_states(tenant))?;
    let wanted = |sync: &SyncState| {
        only.is_none_or(|only| only == sync.account) && accounts.iter().any(|account| account.id == sync.account)
    };
    let found: Vec<SyncState> = states.into_iter().filter(wanted).collect();
    if only.is_some() && found.is_empty() {
        return Err(Problem::not_found("account"));
    }
    Ok(found)
}

/// What is recorded, as it is asked for.
pub(crate) async fn answer(platform: &Platform, tenant: TenantId, asked: Asked) -> Result<DashboardMetrics, Problem> {
    let now = platform.now();
    let WantedSeries { platform: series, own, hours } = asked.series;
    let finest = if hours.is_empty() { Resolution::Minute } else { Resolution::Hour };
    let accounts = wanted_accounts(platform, tenant, asked.account).await?;
    let tick = platform.sync_interval;
    let interval = accounts.iter().map(|sync| sync.interval(tick)).max().unwrap_or(tick);
    let (resolution, range) = span(asked.from, asked.to, (asked.resolution, finest), now, interval)?;
    let own = own_series::read(platform, tenant, &accounts, &own, resolution, range.clone()).await?;
    let hours = breakdown::read(platform, tenant, &accounts, &hours, resolution, range.clone()).await?;
    let mut without_data = Vec::new();
    let mut together: BTreeMap<(Series, i64), Together> = BTreeMap::new();
    // One after the other is added up, so that no more than a few are in memory.
    let reads = accounts.iter().filter(|_| !series.is_empty()).map(|sync| {
        let range = range.clone();
        async move { Ok::<_, Problem>((sync, platform.store.metrics(tenant, sync, resolution, range).await?)) }
    });
    let reads: Vec<_> = reads.collect();
    let mut reads = stream::iter(reads).buffered(AT_ONCE);
    while let Some((sync, points)) = reads.try_next().await? {
        if points.is_empty() {
            without_data.push(sync.account.uuid());
        }
        add_up(&mut together, &series, &points);
    }
    let is_one = accounts.len() == 1 && resolution != Resolution::Minute;
    let step = usize::try_from(resolution.minutes()).unwrap_or(1);
    let point = |series: Series, minute: i64| {
        let known = together.get(&(series, minute)).copied().unwrap_or_default();
        let only = |part: fn(&Value) -> Option<f64>| known.only.as_ref().filter(|_| is_one).and_then(part);
        MetricPoint {
            time: start_of(minute),
            value: known.value(series.combined()),
            min: only(|value| value.least),
            max: only(|value| value.most),
            last: only(|value| value.last),
            samples: known.samples,
            accounts: known.accounts,
        }
    };
    let of = |name: Series| MetricSeries {
        name,
        unit: name.unit(),
        combined: name.combined(),
        points: range.clone().step_by(step).map(|minute| point(name, minute)).collect(),
    };
    Ok(DashboardMetrics {
        from: start_of(range.start),
        to: start_of(range.end),
        resolution,
        accounts: accounts.len(),
        accounts_without_data: without_data,
        series: series.iter().copied().map(of).collect(),
        own,
        parts: hours.parts,
        hourly: hours.series,
        as_of: now,
    })
}

fn add_up(together: &mut BTreeMap<(Series, i64), Together>, series: &[Series], points: &BTreeMap<i64, Rollup>) {
    for one in series {
        for (minute, rollup) in points {
            if let Some(value) = rollup.value(*one) {
                together.entry((*one, *minute)).or_default().add(value);
            }
        }
    }
}

/// The resolution and the range in minutes, both ends at points.
fn span(
    from: Option<Timestamp>,
    to: Option<Timestamp>,
    (wanted, finest): (WantedResolution, Resolution),
    now: Timestamp,
    interval: SignedDuration,
) -> Result<(Resolution, Range<i64>), Problem> {
    let to = to.unwrap_or(now).min(now);
    let from = match from {
        Some(from) => from,
        None => to.checked_sub(USUAL).map_err(|_| Problem::field("/to", "is too early"))?,
    };
    if from >= to {
        return Err(Problem::field("/from", "must be before the end of the range, and not in the future"));
    }
    let is_kept = |resolution: Resolution| from >= now - SignedDuration::from_hours(24 * resolution.days_kept()) - LATE;
    let range = |resolution: Resolution| {
        // The present minute is told at once. Another end is itself not part of the range.
        let last = if to == now { now } else { to.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(to) };
        resolution.begin(minute_of(from))..resolution.begin(minute_of(last)) + resolution.minutes()
    };
    let points = |resolution: Resolution| {
        let range = range(resolution);
        (range.end - range.start) / resolution.minutes()
    };
    let fits = |resolution: Resolution| {
        resolution.minutes() >= finest.minutes() && is_kept(resolution) && points(resolution) <= MOST_POINTS
    };
    if !is_kept(Resolution::Day) {
        let days = Resolution::Day.days_kept();
        let named = "must not reach back more than";
        return Err(Problem::field("/from", format!("{named} {days} days: no more is kept")));
    }
    // What is read every few minutes only would be gaps between single minutes.
    let is_usual =
        |resolution: &Resolution| *resolution != Resolution::Minute || interval <= SignedDuration::from_mins(1);
    let coarser = || Resolution::ALL.iter().copied().filter(is_usual).find(|resolution| fits(*resolution));
    let resolution = match wanted {
        WantedResolution::Auto => coarser().unwrap_or(Resolution::Day),
        WantedResolution::Minute => Resolution::Minute,
        WantedResolution::Hour => Resolution::Hour,
        WantedResolution::Day => Resolution::Day,
    };
    if !fits(resolution) {
        let would_do = coarser().unwrap_or(Resolution::Day);
        let why = match is_kept(resolution) && resolution.minutes() >= finest.minutes() {
            true => format!("gives {} points for this range, and at most {MOST_POINTS} are told", points(resolution)),
            false if resolution.minutes() < finest.minutes() => "is finer than what is asked for is kept".to_owned(),
            false => format!("is kept for {} days only", resolution.days_kept()),
        };
        return Err(Problem::field("/resolution", format!("{resolution} {why}; {would_do} would do")));
    }
    Ok((resolution, range(resolution)))
}
