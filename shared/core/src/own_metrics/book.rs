//! Which series an account has, what each was last, and the hours that values may still come of.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::folded::Folded;
use super::pushed::{LATE, Pushed, Tags, label};
use super::stored::{Minutes, block_of};
use crate::clock::Entropy;
use crate::ids::OwnSeriesId;
use crate::metrics::{HOUR, Resolution, day_of, minute_of};
use crate::versioned;

/// Most series of an account.
pub const MAX_SERIES: usize = 100;

/// A name with tags.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Names it in the API.
    pub id: OwnSeriesId,
    /// Names it in what is stored of the account: never another one's, also not after it is gone.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// What it is counted in, if somebody said so.
    pub unit: String,
    /// Its tags.
    pub tags: Tags,
    /// The last value.
    pub last: f64,
    /// When that was so, in seconds.
    last_second: i64,
    /// Hours, by their number since 1970, that late values may still be of.
    hours: BTreeMap<i64, Folded>,
}

impl Series {
    /// When the last value was so.
    pub fn last_at(&self) -> Timestamp {
        Timestamp::from_second(self.last_second).unwrap_or_default()
    }

    /// The series as it was in a minute in which this was its last value.
    #[must_use]
    pub fn as_of(&self, minute: i64, last: f64) -> Self {
        Self { last, last_second: minute * 60, hours: BTreeMap::new(), ..self.clone() }
    }

    /// Its name with its tags.
    pub fn label(&self) -> String {
        label(&self.name, &self.tags)
    }

    /// Takes a value in; `is_new` says that it is the first of its minute.
    fn take_in(&mut self, pushed: &Pushed, minute: i64, is_new: bool) {
        // What comes late is no news.
        if pushed.at.as_second() >= self.last_second {
            (self.last, self.last_second) = (pushed.value, pushed.at.as_second());
        }
        if let Some(unit) = &pushed.unit {
            self.unit.clone_from(unit);
        }
        let value = Folded::of(pushed.value);
        let merge = if is_new { Folded::merge } else { Folded::merge_minute };
        self.hours.entry(minute.div_euclid(HOUR)).and_modify(|sum| merge(sum, &value)).or_insert(value);
    }
}

/// The series of an account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Book {
    series: Vec<Series>,
    /// The number of the next one.
    next: u32,
    /// The last day of which hours are stored. It is in no month yet.
    open: Option<i64>,
    /// Counts writes.
    #[serde(skip)]
    pub version: u64,
}

versioned!(Book);

/// The places of values that would make one series too many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooMany(pub Vec<usize>);

/// Which series values came of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Took {
    /// All of them.
    pub series: BTreeSet<OwnSeriesId>,
    /// Those that there were none of before.
    pub made: BTreeSet<OwnSeriesId>,
}

/// Hours that are over for good, and the days that are over with them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closed {
    /// By their number since 1970, what each series says.
    pub hours: BTreeMap<i64, BTreeMap<u32, Folded>>,
    /// Days that no more hours come of.
    pub days: BTreeSet<i64>,
}

impl Book {
    /// The series.
    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// Takes values in, together with what is stored of the blocks that they belong to. If they are too many, what was
    /// given is good for nothing any more.
    pub fn take_in(
        &mut self,
        mut pushed: Vec<Pushed>,
        blocks: &mut BTreeMap<i64, Minutes>,
        now: Timestamp,
        entropy: &dyn Entropy,
    ) -> Result<Took, TooMany> {
        // Of what was silent for so long nothing is kept.
        let kept = SignedDuration::from_hours(24 * Resolution::Day.days_kept());
        self.series.retain(|series| now.duration_since(series.last_at()) <= kept);
        pushed.sort_by_key(|one| one.at);
        let (mut took, mut too_many) = (Took::default(), Vec::new());
        for one in pushed {
            let known = self.series.iter().position(|series| series.name == one.name && series.tags == one.tags);
            let place = match known {
                Some(place) => place,
                None if self.series.len() >= MAX_SERIES => {
                    too_many.push(one.place);
                    continue;
                }
                None => {
                    let series = self.made(&one, OwnSeriesId::new(now, entropy));
                    took.made.insert(series.id);
                    self.series.push(series);
                    self.series.len() - 1
                }
            };
            let series = &mut self.series[place];
            took.series.insert(series.id);
            let minute = minute_of(one.at);
            let is_new = blocks.entry(block_of(minute)).or_default().add(minute, series.number, one.value);
            series.take_in(&one, minute, is_new);
        }
        if too_many.is_empty() {
            return Ok(took);
        }
        too_many.sort_unstable();
        Err(TooMany(too_many))
    }

    fn made(&mut self, first: &Pushed, id: OwnSeriesId) -> Series {
        let number = self.next;
        self.next += 1;
        Series {
            id,
            number,
            name: first.name.clone(),
            unit: String::new(),
            tags: first.tags.clone(),
            last: first.value,
            last_second: first.at.as_second(),
            hours: BTreeMap::new(),
        }
    }

    /// Takes out the hours that no value may come of any more.
    pub fn close(&mut self, now: Timestamp) -> Closed {
        let over = (minute_of(now) - LATE.as_mins() - 1).div_euclid(HOUR);
        let mut hours: BTreeMap<i64, BTreeMap<u32, Folded>> = BTreeMap::new();
        for series in &mut self.series {
            let open = series.hours.split_off(&over);
            for (hour, folded) in std::mem::replace(&mut series.hours, open) {
                hours.entry(hour).or_default().insert(series.number, folded);
            }
        }
        let mut days: BTreeSet<i64> = hours.keys().map(|hour| day_of(hour * HOUR)).collect();
        if days.is_empty() {
            return Closed::default();
        }
        days.extend(self.open);
        // The last one stays open.
        self.open = days.pop_last();
        Closed { hours, days }
    }

    /// Removes a series. What is stored of it is nobody's, and goes with what it lies among.
    pub fn remove(&mut self, id: OwnSeriesId) -> Option<Series> {
        let place = self.series.iter().position(|series| series.id == id)?;
        Some(self.series.remove(place))
    }

    /// Whether something is kept under this number.
    pub(super) fn knows(&self, number: u32) -> bool {
        self.series.iter().any(|series| series.number == number)
    }

    /// The hours that wait, by the minute that they begin with.
    pub(super) fn waiting(&self) -> impl Iterator<Item = (u32, i64, &Folded)> {
        let of = |series: &'_ Series| series.number;
        self.series
            .iter()
            .flat_map(move |series| series.hours.iter().map(move |(hour, folded)| (of(series), hour * HOUR, folded)))
    }

    /// Days of which hours are stored or wait, and that may be in no month.
    pub fn open_days(&self) -> BTreeSet<i64> {
        self.waiting().map(|(_, minute, _)| day_of(minute)).chain(self.open).collect()
    }
}
