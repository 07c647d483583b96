//! What is written away, and how it is read together with what waits.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{DAY, HOUR, Resolution, Rollup, Sample, Waiting, date_of, day_of};

/// The hours of a day, in UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Day {
    /// The last minute that is in them. What a reader still finds waiting, and is not later, was read before it was written
    /// away.
    through: i64,
    /// By the hour of the day.
    hours: BTreeMap<u8, Rollup>,
}

/// The days of a month, in UTC, that are over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Month {
    /// By the day of the month.
    days: BTreeMap<u8, Rollup>,
}

impl Default for Day {
    fn default() -> Self {
        Self { through: i64::MIN, hours: BTreeMap::new() }
    }
}

impl Day {
    fn take_in(&mut self, sample: &Sample) {
        // Said twice, counted once.
        if sample.minute > self.through {
            self.through = sample.minute;
            let hour = u8::try_from(sample.minute.rem_euclid(DAY) / HOUR).unwrap_or(0);
            self.hours.entry(hour).or_default().merge(&Rollup::from(sample));
        }
    }

    /// What trends of peers need of it.
    fn of_peers(&self) -> Self {
        let hours = self.hours.iter().map(|(hour, rollup)| (*hour, rollup.of_peers()));
        Self { through: self.through, hours: hours.collect() }
    }

    /// The whole day as one.
    fn rollup(&self) -> Rollup {
        self.hours.values().fold(Rollup::default(), |mut sum, hour| {
            sum.merge(hour);
            sum
        })
    }
}

/// The first of the month of a day.
fn month_of(day: i64) -> Date {
    date_of(day).first_of_month()
}

/// Samples that are to be written away, at least one, and the minute of the one after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Full {
    samples: Vec<Sample>,
    next: i64,
}

/// What writing them away makes of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flush {
    /// The minutes, of a key of their own.
    pub minutes: Waiting,
    /// The days that they belong to, as they are with them.
    pub days: BTreeMap<i64, Day>,
    /// The months of days that are over, as they are with those days; by the first.
    pub months: BTreeMap<Date, Month>,
    /// What the overview needs of [`Full::told_days`].
    pub told: BTreeMap<i64, Day>,
}

impl Full {
    pub(super) fn new(samples: Vec<Sample>, next: i64) -> Option<Self> {
        (!samples.is_empty()).then_some(Self { samples, next })
    }

    /// The samples.
    pub fn samples(&self) -> &[Sample] {
        &self.samples
    }

    /// The days that they belong to.
    pub fn days(&self) -> BTreeSet<i64> {
        self.samples.iter().map(|sample| day_of(sample.minute)).collect()
    }

    /// The days that the overview tells of until samples are written away the next time: the last 24 hours, and those hours
    /// of a week ago that it will compare with.
    pub fn told_days(&self) -> BTreeSet<i64> {
        let today = day_of(self.next);
        [7, 6, 1, 0].map(|ago| today - ago).into()
    }

    /// The months of those days that are over.
    pub fn months(&self) -> BTreeSet<Date> {
        self.closed().into_iter().map(month_of).collect()
    }

    fn closed(&self) -> Vec<i64> {
        self.days().into_iter().filter(|day| *day < day_of(self.next)).collect()
    }

    /// Folds them into the days and months as they are stored. Of the days, those that are told are among them.
    pub fn fold(self, mut days: BTreeMap<i64, Day>, mut months: BTreeMap<Date, Month>) -> Flush {
        for sample in &self.samples {
            days.entry(day_of(sample.minute)).or_default().take_in(sample);
        }
        for day in self.closed() {
            let number = date_of(day).day().unsigned_abs();
            let rollup = days.get(&day).map(Day::rollup).unwrap_or_default();
            months.entry(month_of(day)).or_default().days.insert(number, rollup);
        }
        let told = self.told_days().into_iter().filter_map(|day| Some((day, days.get(&day)?.of_peers()))).collect();
        let written = self.days();
        days.retain(|day, _| written.contains(day));
        Flush { minutes: Waiting::of(self.samples), days, months, told }
    }
}

/// What is stored of a range. What a resolution does not need is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// Minutes.
    pub minutes: Vec<Sample>,
    /// Days of hours.
    pub days: BTreeMap<i64, Day>,
    /// Months of days, by the first.
    pub months: BTreeMap<Date, Month>,
}

impl Stored {
    /// The days that waiting samples belong to: what is stored of them is not in their month yet.
    pub fn open_days(waiting: &Waiting) -> BTreeSet<i64> {
        waiting.samples().iter().map(|sample| day_of(sample.minute)).collect()
    }

    /// The points of a range of minutes by the minute that they begin with, together with what waits. What waits must have
    /// been read before what is stored: then nothing is missed, and what is in both is counted once.
    pub fn read(&self, resolution: Resolution, range: Range<i64>, waiting: &Waiting) -> BTreeMap<i64, Rollup> {
        let mut points: BTreeMap<i64, Rollup> = BTreeMap::new();
        match resolution {
            Resolution::Minute => {
                let samples = self.minutes.iter().chain(waiting.samples());
                points.extend(samples.map(|sample| (sample.minute, Rollup::from(sample))));
            }
            Resolution::Hour => {
                for (day, stored) in &self.days {
                    points.extend(
                        stored.hours.iter().map(|(hour, rollup)| (day * DAY + i64::from(*hour) * HOUR, *rollup)),
                    );
                }
                self.add_waiting(resolution, waiting, &mut points, |_| true);
            }
            Resolution::Day => {
                let closed: BTreeMap<i64, Rollup> = self.closed().collect();
                let open = self.days.iter().filter(|(day, _)| !closed.contains_key(day));
                points.extend(open.map(|(day, stored)| (day * DAY, stored.rollup())));
                self.add_waiting(resolution, waiting, &mut points, |day| !closed.contains_key(&day));
                points.extend(closed.into_iter().map(|(day, rollup)| (day * DAY, rollup)));
            }
        }
        points.retain(|minute, _| range.contains(minute));
        points
    }

    fn add_waiting(
        &self,
        resolution: Resolution,
        waiting: &Waiting,
        points: &mut BTreeMap<i64, Rollup>,
        is_wanted: impl Fn(i64) -> bool,
    ) {
        for sample in waiting.samples() {
            let day = day_of(sample.minute);
            let is_stored = self.days.get(&day).is_some_and(|stored| sample.minute <= stored.through);
            if !is_stored && is_wanted(day) {
                points.entry(resolution.begin(sample.minute)).or_default().merge(&Rollup::from(sample));
            }
        }
    }

    /// The days that are over, by their number.
    fn closed(&self) -> impl Iterator<Item = (i64, Rollup)> {
        self.months.iter().flat_map(|(first, month)| {
            let begin = day_of(super::month(*first).0);
            month.days.iter().map(move |(number, rollup)| (begin + i64::from(*number) - 1, *rollup))
        })
    }
}
