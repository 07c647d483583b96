//! A number that the platform records, or that the tenant pushes, stands in a relation to a threshold.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fields, Observation, Operator, Watch, minutes, saturate};
use crate::finding::{Affected, Finding, Recovery};
use crate::metrics::{self, Unit, minute_of};
use crate::named;
use crate::names;
use crate::observed::OwnMeasured;
use crate::own_metrics::{self, Folded, Tags, check_name, check_tags, check_value, label};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// The longest window, in minutes.
const MAX_WINDOW: u32 = 60;
/// Series that a message names before it counts them.
const NAMED: usize = 5;

/// A number that the platform records, or that the tenant pushes, stands in a relation to a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CustomMetricConfig)]
pub struct CustomMetric {
    /// Which: a series of the platform's own, such as `sync_duration`, or a name under which numbers are pushed. One of which
    /// nothing was pushed yet waits for it.
    #[schema(min_length = 1, max_length = 100)]
    pub metric: String,
    /// Only series with these tags; each series by itself. None of the platform's own has any.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// What of the values counts.
    #[serde(default)]
    pub aggregate: MetricAggregate,
    /// The values of so many minutes.
    #[serde(default = "usual")]
    #[schema(minimum = 1, maximum = 60)]
    pub window: u32,
    /// The relation.
    pub operator: Operator,
    /// What it is compared with.
    #[schema(value_type = f64)]
    pub value: Threshold,
    /// What it means that there was no value within the window.
    #[serde(default)]
    pub no_data: NoData,
}

const fn usual() -> u32 {
    5
}

named! {
    /// What of the values of some minutes counts.
    #[derive(Default)]
    pub enum MetricAggregate {
        /// The last one.
        #[default]
        Last = "last",
        /// Their mean.
        Avg = "avg",
        /// The least.
        Min = "min",
        /// The greatest.
        Max = "max",
        /// All of them added.
        Sum = "sum",
    }
}

named! {
    /// What it means that no value came.
    #[derive(Default)]
    pub enum NoData {
        /// Nothing: the rule stays as it is.
        #[default]
        Keep = "keep",
        /// As if the condition held.
        Fire = "fire",
        /// As if it did not.
        Resolve = "resolve",
    }
}

/// A number that values are compared with. Numbers that cannot be compared do not get here: JSON has none.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Threshold(pub f64);

impl PartialEq for Threshold {
    fn eq(&self, other: &Self) -> bool {
        self.0.total_cmp(&other.0).is_eq()
    }
}

impl Eq for Threshold {}

/// A number for people: to a thousandth, or to four digits if it is very large or small.
struct Figure<'a>(f64, &'a str);

impl fmt::Display for Figure<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(value, unit) = *self;
        match value.abs() {
            0.0 | 0.001..1e15 => write!(f, "{}", (value * 1_000.0).round() / 1_000.0)?,
            _ => write!(f, "{value:.3e}")?,
        }
        if unit.is_empty() { Ok(()) } else { write!(f, " {unit}") }
    }
}

/// A series that a rule looks at, and what it says of the window.
struct Looked<'a> {
    key: &'a str,
    label: String,
    unit: &'a str,
    known: Option<Folded>,
}

impl MetricAggregate {
    fn of(self, folded: &Folded) -> f64 {
        match self {
            Self::Last => folded.last,
            Self::Avg => folded.mean(),
            Self::Min => folded.least,
            Self::Max => folded.most,
            Self::Sum => folded.sum,
        }
    }
}

impl CustomMetric {
    /// The platform's own series that it names, if that is one.
    pub fn platform(&self) -> Option<metrics::Series> {
        names::parse(&self.metric).ok()
    }

    /// Whether it looks at more than the last value.
    pub fn looks_at_all(&self) -> bool {
        self.aggregate != MetricAggregate::Last
    }

    /// Whether it looks at a series of the tenant's own.
    pub fn is_about(&self, series: &own_metrics::Series) -> bool {
        self.platform().is_none()
            && series.name == self.metric
            && self.tags.iter().all(|(key, value)| series.tags.get(key) == Some(value))
    }

    /// The minute that the window begins with.
    fn since(&self, now: Timestamp) -> i64 {
        minute_of(now) + 1 - i64::from(self.window)
    }

    /// Whether a series had no value within the window.
    pub fn is_silent(&self, series: &own_metrics::Series, now: Timestamp) -> bool {
        minute_of(series.last_at()) < self.since(now)
    }

    fn own(&self, measured: &OwnMeasured, now: Timestamp) -> Option<Folded> {
        if self.is_silent(&measured.series, now) {
            return None;
        }
        match self.aggregate {
            MetricAggregate::Last => Some(Folded::of(measured.series.last)),
            _ => Folded::all(measured.minutes.range(self.since(now)..=minute_of(now)).map(|(_, folded)| folded)),
        }
    }

    /// The series that it looks at. Nothing if none is there yet, or nothing could be read.
    fn look<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<Looked<'a>> {
        let Some(measured) = &seen.lists.measured else { return Vec::new() };
        if let Some(series) = self.platform() {
            let minutes = measured.platform.range(self.since(now)..=minute_of(now));
            let values: Vec<Folded> =
                minutes.filter_map(|(_, rollup)| rollup.value(series)).map(|value| Folded::of(value.value)).collect();
            let unit = if series.unit() == Unit::Milliseconds { series.unit().name() } else { "" };
            return vec![Looked {
                key: series.name(),
                label: words(series).to_owned(),
                unit,
                known: Folded::all(&values),
            }];
        }
        let own = measured.own.iter().filter(|one| self.is_about(&one.series));
        own.map(|one| Looked {
            key: &one.key,
            label: one.series.label(),
            unit: &one.series.unit,
            known: self.own(one, now),
        })
        .collect()
    }

    fn holds(&self, looked: &Looked<'_>) -> bool {
        match &looked.known {
            Some(folded) => self.operator.holds(self.aggregate.of(folded), self.value.0),
            None => self.no_data == NoData::Fire,
        }
    }

    /// `the average of backup.age over 10 min`
    fn what(&self, of: &str) -> String {
        let over = minutes(self.window);
        match self.aggregate {
            MetricAggregate::Last => of.to_owned(),
            MetricAggregate::Avg => format!("the average of {of} over {over}"),
            MetricAggregate::Min => format!("the lowest value of {of} over {over}"),
            MetricAggregate::Max => format!("the highest value of {of} over {over}"),
            MetricAggregate::Sum => format!("the sum of {of} over {over}"),
        }
    }

    /// `is above 24 h`
    fn relation(&self, unit: &str) -> String {
        format!("{} {}", self.operator.words(), Figure(self.value.0, unit))
    }

    /// What it looks at, as the rule names it.
    fn named(&self) -> String {
        self.platform().map_or_else(|| label(&self.metric, &self.tags), |series| words(series).to_owned())
    }

    /// `backup.age is 26.5 h (12 values, from 25 to 28)`
    fn now(&self, looked: &Looked<'_>) -> String {
        let Some(folded) = &looked.known else {
            return format!("{} has had no value for {}", looked.label, minutes(self.window));
        };
        let is = format!("{} is {}", self.what(&looked.label), Figure(self.aggregate.of(folded), looked.unit));
        match folded.count {
            1 => is,
            count => {
                let (least, most) = (Figure(folded.least, ""), Figure(folded.most, ""));
                format!("{is} ({count} values, from {least} to {most})")
            }
        }
    }

    fn all_now(&self, all: &[Looked<'_>]) -> String {
        let each: Vec<String> = all.iter().map(|looked| self.now(looked)).collect();
        text::names(each.iter().map(String::as_str), NAMED)
    }

    /// With a capital first letter, unless it begins with a name that somebody gave.
    fn begun(&self, sentence: String) -> String {
        if sentence.starts_with(&self.metric) { sentence } else { text::capital(&sentence) }
    }

    /// How it is now, in a sentence; nothing if there is no series.
    pub fn present(&self, seen: Observation<'_>, now: Timestamp) -> Option<String> {
        let all = self.look(seen, now);
        (!all.is_empty()).then(|| format!("{}.", self.begun(self.all_now(&all))))
    }
}

/// A series of the platform's own in words.
const fn words(series: metrics::Series) -> &'static str {
    match series {
        metrics::Series::PeersTotal => "the number of peers",
        metrics::Series::PeersOnline => "the number of online peers",
        metrics::Series::PeersOffline => "the number of offline peers",
        metrics::Series::PeersUnconfirmed => "the number of unconfirmed peers",
        metrics::Series::SyncDuration => "the duration of a sync",
        metrics::Series::SyncFailures => "minutes with a failed sync",
        metrics::Series::Uptime => "the percentage of online peers",
    }
}

impl Watch for CustomMetric {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let metric = fields.required("metric");
        let tags = fields.optional("tags", Tags::new());
        let aggregate = fields.optional("aggregate", MetricAggregate::default());
        let window = fields.optional("window", usual());
        let operator = fields.required("operator");
        let value = fields.required("value");
        let no_data = fields.optional("noData", NoData::default());
        Some(Self {
            metric: metric?,
            tags: tags?,
            aggregate: aggregate?,
            window: window?,
            operator: operator?,
            value: value?,
            no_data: no_data?,
        })
    }

    fn needs(&self) -> &'static [Resource] {
        &[]
    }

    fn measures(&self) -> Option<&CustomMetric> {
        Some(self)
    }

    /// Silence means what the rule says, but for one that somebody asked for, and for what never said anything.
    fn knows(&self, seen: Observation<'_>, now: Timestamp) -> bool {
        let all = self.look(seen, now);
        if all.is_empty() || self.platform().is_some() && seen.sync.is_paused_by_user() {
            return false;
        }
        let is_whole = self.no_data != NoData::Keep || all.iter().all(|looked| looked.known.is_some());
        is_whole || all.iter().any(|looked| self.holds(looked))
    }

    fn check(&self, problems: &mut Problems) {
        const AT: &str = "/conditionConfig";
        check_name(&self.metric, &format!("{AT}/metric"), problems);
        check_tags(&self.tags, &format!("{AT}/tags"), problems);
        if self.platform().is_some() {
            problems.require(self.tags.is_empty(), &format!("{AT}/tags"), "no metric of the platform's own has tags");
        }
        let detail = format!("must be 1 to {MAX_WINDOW} minutes");
        problems.require((1..=MAX_WINDOW).contains(&self.window), &format!("{AT}/window"), detail);
        check_value(self.value.0, &format!("{AT}/value"), problems);
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let all = self.look(seen, now);
        let those: Vec<&Looked<'_>> = all.iter().filter(|looked| self.holds(looked)).collect();
        // What the numbers are is in the message: a title that changes with them would be a write each minute.
        let title = match those.as_slice() {
            [] => return None,
            [one] if one.known.is_none() => self.begun(format!("{} has no value", one.label)),
            [one] => self.begun(format!("{} {}", self.what(&one.label), self.relation(one.unit))),
            many => {
                let of = format!("{} of {} series", many.len(), all.len());
                self.begun(format!("{} {} in {of}", self.what(&self.named()), self.relation(many[0].unit)))
            }
        };
        let each: Vec<String> = those.iter().map(|looked| self.now(looked)).collect();
        let message = format!("In {}: {}.", seen.account_name, text::names(each.iter().map(String::as_str), NAMED));
        let affected = Affected { total: saturate(those.len()), of: saturate(all.len()), ..Affected::default() };
        Some(Finding { title, message, affected, began_at: now })
    }

    fn cases<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a str> {
        self.look(seen, now).iter().filter(|looked| self.holds(looked)).map(|looked| looked.key).collect()
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, now: Timestamp) -> Recovery {
        let all = self.look(seen, now);
        let left = all.iter().filter(|looked| self.holds(looked)).count();
        let unit = all.first().map_or("", |looked| looked.unit);
        let title = match all.as_slice() {
            [one] => self.now(one),
            _ => format!("{} {} in {left} of {} series", self.what(&self.named()), self.relation(unit), all.len()),
        };
        let fires = format!(
            "In {}; the rule fires when {} {}.",
            seen.account_name,
            self.what(&self.named()),
            self.relation(unit)
        );
        Recovery { title: self.begun(title), message: fires, total: saturate(left), of: saturate(all.len()) }
    }

    fn sentence(&self) -> String {
        let silence = match self.no_data {
            NoData::Fire => format!(", or has no value for {}", minutes(self.window)),
            NoData::Keep | NoData::Resolve => String::new(),
        };
        format!("When {} {}{silence}", self.what(&self.named()), self.relation(""))
    }
}

#[cfg(test)]
mod tests;
