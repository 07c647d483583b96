//! What is kept by the hour, as both `metrics` endpoints answer it: peers by group, system, version and country, and what
//! happened in each hour.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::ids::TenantId;
use platform_core::metrics::{
    Breakdown, Happenings, HourlySeries, Makeup, Part, Resolution, Unit, minute_of, start_of,
};
use platform_core::network::Peer;
use platform_core::resource::Resource;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::greatest::Named;
use crate::history::rounded;

/// What is asked for of it.
#[derive(Default)]
pub(crate) struct WantedHours {
    pub(crate) by: Vec<Breakdown>,
    pub(crate) series: Vec<HourlySeries>,
}

impl WantedHours {
    pub(crate) fn is_empty(&self) -> bool {
        self.by.is_empty() && self.series.is_empty()
    }
}

/// Each of what is asked for, of which none may stand twice.
pub(crate) fn different(by: Option<Vec<Breakdown>>) -> Result<Vec<Breakdown>, Problem> {
    let by = by.unwrap_or_default();
    match by.iter().enumerate().find(|(place, one)| by[..*place].contains(one)) {
        Some((place, _)) => Err(Problem::field(format!("/by/{place}"), "stands there twice")),
        None => Ok(by),
    }
}

/// What is told of it.
#[derive(Default)]
pub(crate) struct ToldHours {
    pub(crate) parts: Vec<MetricPart>,
    pub(crate) series: Vec<HourlyMetric>,
}

/// The peers of one group, system, version or country; or of all that have no place among the greatest.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MetricPart {
    by: Breakdown,
    /// What they have in common; empty if they tell none, and of the others.
    value: String,
    /// All others together.
    is_other: bool,
    points: Vec<PartPoint>,
}

/// How many peers that are, at a moment of an hour, or at those of the hours of a day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct PartPoint {
    /// When the hour or the day begins.
    time: Timestamp,
    /// Null where nothing is known, or where they are among the others.
    total: Option<f64>,
    /// Of those, online.
    online: Option<f64>,
    /// Of how many accounts something is known.
    accounts: u32,
}

/// What happened, hour by hour or day by day.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct HourlyMetric {
    name: HourlySeries,
    unit: Unit,
    points: Vec<HourlyPoint>,
}

/// An hour or a day of it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct HourlyPoint {
    /// When it begins.
    time: Timestamp,
    /// The sum over accounts; null where nothing is known.
    value: Option<f64>,
    /// Of how many accounts something is known.
    accounts: u32,
}

/// Peers of accounts together.
#[derive(Clone, Copy, Default)]
struct Sum {
    total: f64,
    online: f64,
}

impl Sum {
    fn add(&mut self, other: Self) {
        self.total += other.total;
        self.online += other.online;
    }
}

/// The points of a value, by their first minutes.
type Points = BTreeMap<i64, Sum>;

/// What accounts say together.
#[derive(Default)]
struct Together {
    /// Of how many accounts something is known.
    accounts: BTreeMap<i64, u32>,
    named: BTreeMap<Breakdown, Named<Points>>,
    /// Of how many accounts it is known what happened, and what.
    happened: BTreeMap<i64, (u32, Vec<f64>)>,
}

impl Together {
    /// Takes in what one account says of a point.
    fn add(&mut self, wanted: &WantedHours, minute: i64, makeup: &Makeup) {
        *self.accounts.entry(minute).or_default() += 1;
        let mean = |part: Part| {
            let of = |count: u32| f64::from(count) / f64::from(makeup.samples.max(1));
            Sum { total: of(part.total), online: of(part.online) }
        };
        for by in &wanted.by {
            let Some(parts) = makeup.parts(*by) else { continue };
            let named = self.named.entry(*by).or_default();
            for (value, part) in &parts.values {
                named.place(value).entry(minute).or_default().add(mean(*part));
            }
            if parts.other.total > 0 {
                named.others.entry(minute).or_default().add(mean(parts.other));
            }
        }
    }

    fn add_happened(&mut self, wanted: &WantedHours, minute: i64, makeup: &Makeup) {
        let (accounts, values) = self.happened.entry(minute).or_insert_with(|| (0, vec![0.0; wanted.series.len()]));
        *accounts += 1;
        for (value, series) in values.iter_mut().zip(&wanted.series) {
            *value += makeup.value(*series);
        }
    }

    /// The values of a breakdown, the greatest first, and the others as one.
    fn parts(&mut self, by: Breakdown, minutes: &[i64]) -> Vec<MetricPart> {
        let (values, others) = self.named.remove(&by).unwrap_or_default().greatest(
            |points| [points.values().map(|sum| sum.total).sum(), 0.0],
            |others, points| {
                for (minute, sum) in points {
                    others.entry(minute).or_default().add(sum);
                }
            },
        );
        let point = |minute: i64, sum: Option<Sum>| {
            let accounts = self.accounts.get(&minute).copied().unwrap_or_default();
            // Who is not named may be among the others.
            let is_none = accounts > 0 && !others.contains_key(&minute);
            let sum = sum.or(is_none.then(Sum::default));
            let (total, online) = (sum.map(|sum| rounded(sum.total)), sum.map(|sum| rounded(sum.online)));
            PartPoint { time: start_of(minute), total, online, accounts }
        };
        let part = |value: String, is_other: bool, points: &Points| MetricPart {
            by,
            value,
            is_other,
            points: minutes.iter().map(|minute| point(*minute, points.get(minute).copied())).collect(),
        };
        let mut parts: Vec<MetricPart> =
            values.into_iter().map(|(value, points)| part(value, false, &points)).collect();
        if !others.is_empty() {
            parts.push(part(String::new(), true, &others));
        }
        parts
    }
}

/// Reads what is kept by the hour of accounts.
pub(crate) async fn read(
    platform: &Platform,
    tenant: TenantId,
    accounts: &[SyncState],
    wanted: &WantedHours,
    resolution: Resolution,
    range: Range<i64>,
) -> Result<ToldHours, Problem> {
    if wanted.is_empty() {
        return Ok(ToldHours::default());
    }
    // The peers of a whole network may be looked at, account by account.
    let _turn = platform.list_turn(tenant).await?;
    let mut together = Together::default();
    for sync in accounts {
        let mut makeups = platform.store.makeups(tenant, sync.account, resolution, range.clone()).await?;
        for (minute, makeup) in &makeups {
            together.add_happened(wanted, *minute, makeup);
        }
        add_present(platform, tenant, sync, wanted, (resolution, &range), &mut makeups).await?;
        for (minute, makeup) in &makeups {
            together.add(wanted, *minute, makeup);
        }
    }
    let step = usize::try_from(resolution.minutes()).unwrap_or(1);
    let minutes: Vec<i64> = range.step_by(step).collect();
    let point = |place: usize, minute: i64| {
        let known = together.happened.get(&minute);
        let value = known.and_then(|(_, values)| values.get(place)).copied().map(rounded);
        HourlyPoint { time: start_of(minute), value, accounts: known.map_or(0, |(accounts, _)| *accounts) }
    };
    let series = wanted.series.iter().enumerate().map(|(place, name)| HourlyMetric {
        name: *name,
        unit: name.unit(),
        points: minutes.iter().map(|minute| point(place, *minute)).collect(),
    });
    let series = series.collect();
    Ok(ToldHours { parts: wanted.by.iter().flat_map(|by| together.parts(*by, &minutes)).collect(), series })
}

/// Adds the network as it is, for an hour or a day of which nothing is kept yet.
pub(crate) async fn add_present(
    platform: &Platform,
    tenant: TenantId,
    sync: &SyncState,
    wanted: &WantedHours,
    (resolution, range): (Resolution, &Range<i64>),
    makeups: &mut BTreeMap<i64, Makeup>,
) -> Result<(), Problem> {
    let Some(last) = sync.last_sync.filter(|_| !wanted.by.is_empty()) else { return Ok(()) };
    let minute = resolution.begin(minute_of(last));
    if makeups.contains_key(&minute) || !range.contains(&minute) {
        return Ok(());
    }
    let digest = sync.snapshot(Resource::Peers);
    if let Some(peers) = platform.store.snapshot::<Peer>(tenant, sync.account, digest).await? {
        makeups.insert(minute, Makeup::of(&peers, Happenings::default()));
    }
    Ok(())
}
