//! Trends of what is kept by the hour: peers by group, system, version and country, and what happened in each hour.

use std::collections::BTreeMap;

use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::ids::TenantId;
use platform_core::metrics::{Breakdown, DAY, HOUR, HourlySeries, Makeup, Part, Resolution, Value, minute_of};
use platform_http::Problem;
use platform_runtime::Platform;

use crate::breakdown::{WantedHours, add_present};
use crate::greatest::Named;
use crate::trend::{Known, long_ago, told};

/// What accounts know of some of their peers.
pub(crate) struct PartTrend {
    pub(crate) by: Breakdown,
    pub(crate) value: String,
    pub(crate) is_other: bool,
    pub(crate) total: Vec<Known>,
    pub(crate) online: Vec<Known>,
}

/// What an account's network was made up of: in hours, and on two days long ago.
struct Past {
    hours: BTreeMap<i64, Makeup>,
    /// The hour that is told from the network as it is: of it nobody knows yet what happened.
    present: Option<i64>,
    days: BTreeMap<i64, Makeup>,
}

impl Past {
    async fn read(
        platform: &Platform,
        tenant: TenantId,
        sync: &SyncState,
        wanted: &WantedHours,
        minute: i64,
    ) -> Result<Self, Problem> {
        let hour = Resolution::Hour.begin(minute);
        let [month, quarter] = long_ago(minute);
        let of = |resolution, range| platform.store.makeups(tenant, sync.account, resolution, range);
        let last_days = hour - 2 * DAY..hour + HOUR;
        let (mut hours, week, days) = tokio::try_join!(
            of(Resolution::Hour, last_days.clone()),
            of(Resolution::Hour, hour - 8 * DAY..hour - 7 * DAY + HOUR),
            of(Resolution::Day, quarter..month + DAY),
        )?;
        hours.extend(week);
        let stored: Vec<i64> = hours.keys().copied().collect();
        add_present(platform, tenant, sync, wanted, (Resolution::Hour, &last_days), &mut hours).await?;
        let present = hours.keys().copied().find(|hour| !stored.contains(hour));
        Ok(Self { hours, present, days })
    }

    /// The network at the times that are told, the present one first.
    fn moments(&self, minute: i64) -> [Option<&Makeup>; 5] {
        let hour = Resolution::Hour.begin(minute);
        let [month, quarter] = long_ago(minute);
        [
            self.hours.get(&hour).or_else(|| self.hours.get(&(hour - HOUR))),
            self.hours.get(&(hour - DAY)),
            self.hours.get(&(hour - 7 * DAY)),
            self.days.get(&month),
            self.days.get(&quarter),
        ]
    }

    /// What is known of a series.
    fn of(&self, series: HourlySeries, minute: i64) -> Known {
        let hour = Resolution::Hour.begin(minute);
        let mut moments = self.moments(minute).map(|makeup| makeup.map(|makeup| told(makeup.value(series))));
        if series == HourlySeries::AlertsOpen {
            let happened = [hour, hour - HOUR].into_iter().filter(|hour| self.present != Some(*hour));
            moments[0] = happened.filter_map(|hour| Some(told(self.hours.get(&hour)?.value(series)))).next();
            return known(moments);
        }
        // What is counted is of 24 hours, as it is of a day.
        let until = |end: i64| {
            let hours = self.hours.range(end - DAY + HOUR..=end).filter(|(hour, _)| self.present != Some(**hour));
            let mut hours = hours.map(|(_, makeup)| makeup.value(series)).peekable();
            hours.peek()?;
            Some(told(hours.sum()))
        };
        known([until(hour), until(hour - DAY), until(hour - 7 * DAY), moments[3], moments[4]])
    }
}

fn known([now, day, week, month, quarter]: [Option<Value>; 5]) -> Known {
    Known { now, ago: [day, week, month, quarter] }
}

/// What accounts know of each series, and of their peers by what is asked for.
pub(crate) async fn read(
    platform: &Platform,
    tenant: TenantId,
    syncs: &[SyncState],
    (series, by): (&[HourlySeries], &[Breakdown]),
    now: Timestamp,
) -> Result<(Vec<Vec<Known>>, Vec<PartTrend>), Problem> {
    let wanted = WantedHours { by: by.to_vec(), series: series.to_vec() };
    if wanted.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    // Of what the network is made up, all its peers may be looked at, account by account.
    let _turn = if by.is_empty() { None } else { Some(platform.list_turn(tenant).await?) };
    let minute = minute_of(now);
    let mut of_series = vec![Vec::new(); series.len()];
    let mut parts: Vec<Parts> = by.iter().map(|by| Parts::of(*by)).collect();
    for (place, sync) in syncs.iter().enumerate() {
        let past = Past::read(platform, tenant, sync, &wanted, minute).await?;
        for (known, series) in of_series.iter_mut().zip(series) {
            known.push(past.of(*series, minute));
        }
        for parts in &mut parts {
            parts.add(place, past.moments(minute));
        }
    }
    let accounts = syncs.len();
    Ok((of_series, parts.into_iter().flat_map(|parts| parts.trends(accounts)).collect()))
}

/// Peers of something, all of them and those online, at the five times.
type Moments = [Option<(f64, f64)>; 5];

/// What accounts say of one breakdown.
struct Parts {
    by: Breakdown,
    /// Of each account by its place: at which times something is known.
    known: BTreeMap<usize, [bool; 5]>,
    named: Named<BTreeMap<usize, Moments>>,
    /// All that are not among the greatest, once those are chosen.
    others: BTreeMap<usize, Moments>,
}

impl Parts {
    fn of(by: Breakdown) -> Self {
        Self { by, known: BTreeMap::new(), named: Named::default(), others: BTreeMap::new() }
    }

    fn add(&mut self, account: usize, moments: [Option<&Makeup>; 5]) {
        self.known.insert(account, moments.map(|makeup| makeup.is_some()));
        for (time, makeup) in moments.into_iter().enumerate() {
            let Some((makeup, parts)) = makeup.and_then(|makeup| Some((makeup, makeup.parts(self.by)?))) else {
                continue;
            };
            let mean = |part: Part| {
                let of = |count: u32| f64::from(count) / f64::from(makeup.samples.max(1));
                (of(part.total), of(part.online))
            };
            for (value, part) in &parts.values {
                add(self.named.place(value).entry(account).or_default(), time, mean(*part));
            }
            if parts.other.total > 0 {
                add(self.named.others.entry(account).or_default(), time, mean(parts.other));
            }
        }
    }

    /// The greatest values, by now or by whenever something is known, and all others as one.
    fn trends(mut self, accounts: usize) -> Vec<PartTrend> {
        let weight = |of: &BTreeMap<usize, Moments>| {
            let at = |time: usize| of.values().filter_map(|moments| moments[time]).map(|(total, _)| total).sum::<f64>();
            [at(0), (1..5).map(at).sum::<f64>()]
        };
        let (values, others) = std::mem::take(&mut self.named).greatest(weight, |others, of| {
            for (account, moments) in of {
                let sum = others.entry(account).or_default();
                for (time, more) in moments.into_iter().enumerate() {
                    if let Some(more) = more {
                        add(sum, time, more);
                    }
                }
            }
        });
        self.others = others;
        let mut trends: Vec<PartTrend> =
            values.into_iter().map(|(value, of)| self.trend(value, false, &of, accounts)).collect();
        if !self.others.is_empty() {
            trends.push(self.trend(String::new(), true, &self.others, accounts));
        }
        trends
    }

    fn trend(&self, value: String, is_other: bool, of: &BTreeMap<usize, Moments>, accounts: usize) -> PartTrend {
        let at = |account: usize, time: usize| {
            let said = of.get(&account).and_then(|moments| moments[time]);
            let is_known = self.known.get(&account).is_some_and(|known| known[time]);
            // Who is not named may be among the others; if there are none, there was nobody.
            let is_none = is_known && (is_other || !self.has_others(account, time));
            said.or(is_none.then_some((0.0, 0.0)))
        };
        let all = |number: fn((f64, f64)) -> f64| {
            let of = |account: usize| {
                known(std::array::from_fn(|time| at(account, time).map(|numbers| told(number(numbers)))))
            };
            (0..accounts).map(of).collect()
        };
        let (total, online) = (all(|(total, _)| total), all(|(_, online)| online));
        PartTrend { by: self.by, value, is_other, total, online }
    }

    fn has_others(&self, account: usize, time: usize) -> bool {
        self.others.get(&account).is_some_and(|moments| moments[time].is_some())
    }
}

fn add(moments: &mut Moments, time: usize, (total, online): (f64, f64)) {
    let (so_far, of_them) = moments[time].unwrap_or_default();
    moments[time] = Some((so_far + total, of_them + online));
}
