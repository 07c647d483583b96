//! When a silence mutes: windows on the clocks of a place.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::named;
use crate::validate::Problems;

/// Longest window: a day, in minutes.
const MAX_MINUTES: u32 = 24 * 60;

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Its first moment.
    pub starts_at: Timestamp,
    /// The first moment after it.
    pub ends_at: Timestamp,
}

named! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "monday",
        /// Tuesday.
        Tuesday = "tuesday",
        /// Wednesday.
        Wednesday = "wednesday",
        /// Thursday.
        Thursday = "thursday",
        /// Friday.
        Friday = "friday",
        /// Saturday.
        Saturday = "saturday",
        /// Sunday.
        Sunday = "sunday",
    }
}

impl Weekday {
    /// That of a date.
    pub fn of(date: Date) -> Self {
        match date.weekday() {
            jiff::civil::Weekday::Monday => Self::Monday,
            jiff::civil::Weekday::Tuesday => Self::Tuesday,
            jiff::civil::Weekday::Wednesday => Self::Wednesday,
            jiff::civil::Weekday::Thursday => Self::Thursday,
            jiff::civil::Weekday::Friday => Self::Friday,
            jiff::civil::Weekday::Saturday => Self::Saturday,
            jiff::civil::Weekday::Sunday => Self::Sunday,
        }
    }
}

/// A window that comes again every week, on some of its days.
///
/// It begins when the clocks of its place show `from`, and lasts so many minutes, whatever the clocks do meanwhile. Where
/// they skip `from`, it begins as much later as they were put forward; where they show it twice, it begins the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Weekly {
    /// On which days it begins, in the order of the week.
    pub days: Vec<Weekday>,
    /// At which time of the day: `22:00`.
    pub from: String,
    /// How long it lasts.
    pub minutes: u32,
    /// The place, by its IANA name.
    pub time_zone: String,
}

/// The clocks of a place, by its IANA name.
pub fn zone(name: &str) -> Option<TimeZone> {
    TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some() && !zone.is_unknown())
}

/// A time of the day to the minute, written with two digits each.
pub fn time_of_day(text: &str) -> Option<Time> {
    let is_short = text.len() == 5 && text.as_bytes()[2] == b':';
    is_short.then(|| Time::strptime("%H:%M", text).ok()).flatten()
}

impl Weekly {
    /// The same as it is kept: each day once and in order, the place as it is spelled.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        self.days.sort_unstable();
        self.days.dedup();
        if let Some(name) = zone(&self.time_zone).as_ref().and_then(TimeZone::iana_name) {
            self.time_zone = name.to_owned();
        }
        self
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        problems.require(!self.days.is_empty(), "/recurrence/days", "must name a day");
        let from = time_of_day(&self.from).is_some();
        problems.require(from, "/recurrence/from", "must be a time of the day such as 22:00");
        let minutes = (1..=MAX_MINUTES).contains(&self.minutes);
        problems.require(minutes, "/recurrence/minutes", format!("must be 1 to {MAX_MINUTES}"));
        let place = zone(&self.time_zone).is_some();
        problems.require(place, "/recurrence/timeZone", "must be the IANA name of a time zone, such as Europe/Berlin");
    }

    /// The windows that are not over at `from` and begin before `until`, the earliest first. None where the place or the time
    /// cannot be read: better told than muted.
    pub fn windows(&self, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Window> + '_ {
        let read = zone(&self.time_zone).zip(time_of_day(&self.from));
        // A window that began the day before may go on, by the clocks of the place two days before.
        let first = read.as_ref().and_then(|(zone, _)| zone.to_datetime(from).date().checked_sub(2.days()).ok());
        let days = first.into_iter().flat_map(|first| first.series(1.day()));
        let windows = days.map_while(move |day| {
            let (zone, time) = read.as_ref()?;
            let starts_at = zone.to_timestamp(day.to_datetime(*time)).ok()?;
            let ends_at = starts_at.checked_add(SignedDuration::from_mins(i64::from(self.minutes))).ok()?;
            (starts_at < until).then_some((day, Window { starts_at, ends_at }))
        });
        let meant = windows.filter(|(day, _)| self.days.contains(&Weekday::of(*day)));
        meant.map(|(_, window)| window).filter(move |window| from < window.ends_at)
    }

    /// The window that a moment lies in. Where two meet, the one that lasts longer.
    pub fn window_at(&self, at: Timestamp) -> Option<Window> {
        let next = at.checked_add(SignedDuration::from_nanos(1)).ok()?;
        self.windows(at, next).filter(|window| window.starts_at <= at).last()
    }
}
