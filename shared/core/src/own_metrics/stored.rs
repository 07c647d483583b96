//! What is stored of an account's own series, and how it is read.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::book::{Book, Closed};
use super::folded::Folded;
use crate::metrics::{DAY, HOUR, Resolution, date_of, day_of, month};

/// Minutes that are stored together.
pub const BLOCK: i64 = 10;

/// The first minute of the block of a minute.
pub const fn block_of(minute: i64) -> i64 {
    minute - minute.rem_euclid(BLOCK)
}

/// What series say by number.
type Each = BTreeMap<u32, Folded>;

/// The minutes of a block.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Minutes {
    /// By the minute of the block.
    minutes: BTreeMap<u8, Each>,
}

impl Minutes {
    /// Adds a value. Whether it is the first of its series in its minute.
    pub(super) fn add(&mut self, minute: i64, number: u32, value: f64) -> bool {
        let place = u8::try_from(minute.rem_euclid(BLOCK)).unwrap_or(0);
        let (each, folded) = (self.minutes.entry(place).or_default(), Folded::of(value));
        let is_new = !each.contains_key(&number);
        each.entry(number).and_modify(|sum| sum.merge_minute(&folded)).or_insert(folded);
        is_new
    }

    /// The minutes of a block that begins then, with what each series says.
    pub(super) fn points(&self, block: i64) -> impl Iterator<Item = (i64, u32, &Folded)> {
        let of = move |minute: u8| block + i64::from(minute);
        self.minutes
            .iter()
            .flat_map(move |(minute, each)| each.iter().map(move |(number, folded)| (of(*minute), *number, folded)))
    }
}

/// The hours of a day that are over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Hours {
    /// By the hour of the day.
    hours: BTreeMap<u8, Each>,
}

impl Hours {
    /// The whole day as one.
    fn rollup(&self) -> Each {
        let mut whole = Each::new();
        for (number, folded) in self.hours.values().flatten() {
            whole.entry(*number).and_modify(|sum| sum.merge(folded)).or_insert(*folded);
        }
        whole
    }

    fn points(&self, day: i64) -> impl Iterator<Item = (i64, u32, &Folded)> {
        let of = move |hour: u8| day * DAY + i64::from(hour) * HOUR;
        self.hours
            .iter()
            .flat_map(move |(hour, each)| each.iter().map(move |(number, folded)| (of(*hour), *number, folded)))
    }
}

/// The days of a month that are over.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Days {
    /// By the day of the month.
    days: BTreeMap<u8, Each>,
}

fn month_of(day: i64) -> Date {
    date_of(day).first_of_month()
}

impl Closed {
    /// Whether nothing is over.
    pub fn is_empty(&self) -> bool {
        self.hours.is_empty()
    }

    /// The days whose hours are to be read: of hours that are over, and those that are over themselves.
    pub fn days_to_read(&self) -> Vec<i64> {
        let of_hours = self.hours.keys().map(|hour| day_of(hour * HOUR));
        let mut days: Vec<i64> = of_hours.chain(self.days.iter().copied()).collect();
        days.sort_unstable();
        days.dedup();
        days
    }

    /// The months of days that are over.
    pub fn months_to_read(&self) -> Vec<Date> {
        let mut months: Vec<Date> = self.days.iter().map(|day| month_of(*day)).collect();
        months.dedup();
        months
    }

    /// Folds it into what is stored. What of that is of series that are gone is left out.
    pub fn fold(self, book: &Book, days: &mut BTreeMap<i64, Hours>, months: &mut BTreeMap<Date, Days>) {
        for (hour, each) in self.hours {
            let place = u8::try_from(hour.rem_euclid(DAY / HOUR)).unwrap_or(0);
            let stored = days.entry(day_of(hour * HOUR)).or_default();
            for each in stored.hours.values_mut() {
                each.retain(|number, _| book.knows(*number));
            }
            stored.hours.insert(place, each);
        }
        for day in self.days {
            let number = date_of(day).day().unsigned_abs();
            let rollup = days.get(&day).map(Hours::rollup).unwrap_or_default();
            let stored = months.entry(month_of(day)).or_default();
            for each in stored.days.values_mut() {
                each.retain(|number, _| book.knows(*number));
            }
            stored.days.insert(number, rollup);
        }
    }
}

/// What is stored of a range. What a resolution does not need is not there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    /// Blocks of minutes.
    pub blocks: BTreeMap<i64, Minutes>,
    /// Days of hours.
    pub days: BTreeMap<i64, Hours>,
    /// Months of days, by the first.
    pub months: BTreeMap<Date, Days>,
}

impl Read {
    /// What each series says in a range of minutes, by its number and the first minute of each point, together with the
    /// hours that wait in the book, which was read before.
    pub fn points(
        &self,
        book: &Book,
        resolution: Resolution,
        range: &Range<i64>,
    ) -> BTreeMap<u32, BTreeMap<i64, Folded>> {
        let mut points: BTreeMap<(u32, i64), Folded> = BTreeMap::new();
        match resolution {
            Resolution::Minute => {
                let all = self.blocks.iter().flat_map(|(block, minutes)| minutes.points(*block));
                points.extend(all.map(|(minute, number, folded)| ((number, minute), *folded)));
            }
            Resolution::Hour => points = self.hours(book),
            Resolution::Day => {
                for ((number, minute), folded) in self.hours(book) {
                    let place = (number, resolution.begin(minute));
                    points.entry(place).and_modify(|sum| sum.merge(&folded)).or_insert(folded);
                }
                // What is over is told by its month.
                for (first, days) in &self.months {
                    let begin = month(*first).0;
                    for (number, each) in &days.days {
                        let minute = begin + (i64::from(*number) - 1) * DAY;
                        points.extend(each.iter().map(|(series, folded)| ((*series, minute), *folded)));
                    }
                }
            }
        }
        let mut found: BTreeMap<u32, BTreeMap<i64, Folded>> = BTreeMap::new();
        for ((number, minute), folded) in points {
            if range.contains(&minute) && book.knows(number) {
                found.entry(number).or_default().insert(minute, folded);
            }
        }
        found
    }

    /// All hours, those that wait too. One that was stored after the book was read is in both: what is stored is whole.
    fn hours(&self, book: &Book) -> BTreeMap<(u32, i64), Folded> {
        let waiting = book.waiting().map(|(number, minute, folded)| ((number, minute), *folded));
        let stored = self.days.iter().flat_map(|(day, hours)| hours.points(*day));
        waiting.chain(stored.map(|(minute, number, folded)| ((number, minute), *folded))).collect()
    }
}
