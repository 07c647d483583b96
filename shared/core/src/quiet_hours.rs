//! Quiet hours of a channel: what is told by it waits until they end, but for what is bad enough.
//!
//! `docs/adr/0054-quiet-hours.md` says what becomes of what waits.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::rule::Severity;
use crate::silence::{Weekday, time_of_day, zone};
use crate::validate::Problems;

/// Windows that one channel may have.
pub const MAX_WINDOWS: usize = 10;
/// Minutes of a week.
const WEEK: usize = 7 * DAY;
/// Minutes of a day.
const DAY: usize = 24 * 60;
/// Windows that are followed one into the next: more than a week has, since the clocks may skip what lies between two.
const MOST_IN_A_ROW: usize = 4 * 7 * MAX_WINDOWS;

/// When a channel is quiet, by the clocks of a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuietHours {
    /// The place, by its IANA name.
    pub time_zone: String,
    /// The windows of each week.
    pub windows: Vec<QuietWindow>,
    /// What is told all the same.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub except_severities: BTreeSet<Severity>,
}

/// A window: from the moment in which the clocks show one time to that in which they next show the other. What they skip is as
/// much later as they are put forward; what they show twice counts the first time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuietWindow {
    /// The days on which it begins, in the order of the week.
    pub weekdays: Vec<Weekday>,
    /// When it begins: `22:00`.
    pub from: String,
    /// When it ends: `07:00`, of the next day if that is not later. The same time is a whole day.
    pub to: String,
}

impl QuietHours {
    /// The same as it is kept: each day once and in order, the place as it is spelled.
    #[must_use]
    pub fn tidied(mut self) -> Self {
        for window in &mut self.windows {
            window.weekdays.sort_unstable();
            window.weekdays.dedup();
        }
        if let Some(name) = zone(&self.time_zone).as_ref().and_then(TimeZone::iana_name) {
            self.time_zone = name.to_owned();
        }
        self
    }

    /// Checks what was entered.
    pub fn check(&self, problems: &mut Problems) {
        let place = zone(&self.time_zone).is_some();
        problems.require(place, "/quietHours/timeZone", "must be the IANA name of a time zone, such as Europe/Berlin");
        let count = (1..=MAX_WINDOWS).contains(&self.windows.len());
        problems.require(count, "/quietHours/windows", format!("must have from 1 to {MAX_WINDOWS} windows"));
        for (place, window) in self.windows.iter().enumerate().take(MAX_WINDOWS) {
            let at = |field: &str| format!("/quietHours/windows/{place}/{field}");
            problems.require(!window.weekdays.is_empty(), &at("weekdays"), "must name a day");
            let time = "must be a time of the day such as 22:00";
            problems.require(time_of_day(&window.from).is_some(), &at("from"), time);
            problems.require(time_of_day(&window.to).is_some(), &at("to"), time);
        }
        let never = "must leave a time of the week in which the channel tells";
        problems.require(!self.is_always(), "/quietHours/windows", never);
    }

    /// Whether there is no minute of a week that is not quiet.
    fn is_always(&self) -> bool {
        let mut quiet = [false; WEEK];
        for window in self.windows.iter().take(MAX_WINDOWS) {
            let Some((from, to)) = window.times() else { continue };
            let minute = |time: Time| {
                usize::try_from(time.hour()).unwrap_or(0) * 60 + usize::try_from(time.minute()).unwrap_or(0)
            };
            let (from, to) = (minute(from), minute(to));
            let lasts = if to > from { to - from } else { to + DAY - from };
            for day in &window.weekdays {
                let begins = (*day as usize) * DAY + from;
                (begins..begins + lasts).for_each(|minute| quiet[minute % WEEK] = true);
            }
        }
        quiet.iter().all(|quiet| *quiet)
    }

    /// Until when what is as bad as this waits, if it does: the end of the window that a moment lies in, and of those that follow
    /// without a break. None where the place or a time cannot be read: better told than held.
    pub fn until(&self, severity: Severity, now: Timestamp) -> Option<Timestamp> {
        if self.except_severities.contains(&severity) {
            return None;
        }
        let zone = zone(&self.time_zone)?;
        let mut until = now;
        for _ in 0..MOST_IN_A_ROW {
            match self.windows.iter().filter_map(|window| window.end_at(until, &zone)).max() {
                Some(end) => until = end,
                None => break,
            }
        }
        (until > now).then_some(until)
    }

    /// What the clocks of the place show at the end of what is quiet now: `07:00`, or `Mon 07:00` if that is not within a day.
    pub fn clock(&self, until: Timestamp, now: Timestamp) -> String {
        let local = until.to_zoned(zone(&self.time_zone).unwrap_or(TimeZone::UTC));
        let is_near = until.duration_since(now).as_hours() < 24;
        local.strftime(if is_near { "%H:%M" } else { "%a %H:%M" }).to_string()
    }
}

impl QuietWindow {
    fn times(&self) -> Option<(Time, Time)> {
        time_of_day(&self.from).zip(time_of_day(&self.to))
    }

    /// When the window ends that a moment lies in, if it lies in one.
    fn end_at(&self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let (from, to) = self.times()?;
        let today = zone.to_datetime(at).date();
        // One that began the day before may go on, and the clocks of a place may skip a day.
        let days = today.checked_sub(2.days()).ok()?.series(1.day()).take(3);
        let moment = |day: Date, time: Time| zone.to_timestamp(DateTime::from_parts(day, time)).ok();
        let ends = days.filter(|day| self.weekdays.contains(&Weekday::of(*day))).filter_map(|day| {
            let last = if to > from { day } else { day.tomorrow().ok()? };
            let (begins, ends) = (moment(day, from)?, moment(last, to)?);
            (begins <= at && at < ends).then_some(ends)
        });
        ends.max()
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    fn hours(time_zone: &str, windows: &[(&[Weekday], &str, &str)]) -> QuietHours {
        let window = |(weekdays, from, to): &(&[Weekday], &str, &str)| QuietWindow {
            weekdays: weekdays.to_vec(),
            from: (*from).to_owned(),
            to: (*to).to_owned(),
        };
        let windows = windows.iter().map(window).collect();
        QuietHours { time_zone: time_zone.into(), windows, except_severities: [Severity::Critical].into() }
    }

    fn until(hours: &QuietHours, at: &str) -> Option<String> {
        hours.until(Severity::High, at.parse().unwrap()).map(|until| until.to_string())
    }

    fn complaints(hours: &QuietHours) -> Vec<String> {
        let mut problems = Problems::default();
        hours.check(&mut problems);
        problems.finish().err().unwrap_or_default().into_iter().map(|problem| problem.pointer).collect()
    }

    #[test]
    fn a_night_ends_in_the_morning() {
        let nights = hours("Europe/Berlin", &[(Weekday::ALL, "22:00", "07:00")]);
        // In summer Berlin is two hours ahead.
        assert_eq!(until(&nights, "2026-07-01T19:59:59Z"), None);
        assert_eq!(until(&nights, "2026-07-01T20:00:00Z").as_deref(), Some("2026-07-02T05:00:00Z"));
        assert_eq!(until(&nights, "2026-07-02T04:59:59Z").as_deref(), Some("2026-07-02T05:00:00Z"));
        assert_eq!(until(&nights, "2026-07-02T05:00:00Z"), None, "its end is not quiet");
        let now = "2026-07-01T20:00:00Z".parse().unwrap();
        assert_eq!(nights.until(Severity::Critical, now), None, "critical is told");
        assert_eq!(nights.clock(nights.until(Severity::Low, now).unwrap(), now), "07:00");
    }

    #[test]
    fn the_clocks_of_the_place_count_when_they_are_changed() {
        let nights = hours("Europe/Berlin", &[(Weekday::ALL, "22:00", "02:30")]);
        // They skip from 02:00 to 03:00, so that 02:30 is 03:30.
        assert_eq!(until(&nights, "2026-03-29T00:30:00Z").as_deref(), Some("2026-03-29T01:30:00Z"));
        // They show 02:30 twice: the first time counts.
        assert_eq!(until(&nights, "2026-10-25T00:00:00Z").as_deref(), Some("2026-10-25T00:30:00Z"));
        assert_eq!(until(&nights, "2026-10-25T00:45:00Z"), None);
    }

    #[test]
    fn windows_that_meet_are_one() {
        let week = &Weekday::ALL[..5];
        let hours = hours("UTC", &[(week, "18:00", "08:00"), (&Weekday::ALL[5..], "00:00", "00:00")]);
        // From Friday evening over the night, which ends in Saturday, to Monday, which begins quietly no more.
        assert_eq!(until(&hours, "2026-07-03T18:00:00Z").as_deref(), Some("2026-07-06T00:00:00Z"));
        assert_eq!(until(&hours, "2026-07-06T00:00:00Z"), None);
        let now = "2026-07-03T18:00:00Z".parse().unwrap();
        assert_eq!(hours.clock("2026-07-06T00:00:00Z".parse().unwrap(), now), "Mon 00:00");
        assert_eq!(complaints(&hours), [""; 0]);
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(complaints(&hours("Nowhere", &[])), ["/quietHours/timeZone", "/quietHours/windows"]);
        let broken = hours("UTC", &[(&[], "7:00", "25:00")]);
        let at = |field: &str| format!("/quietHours/windows/0/{field}");
        assert_eq!(complaints(&broken), [at("weekdays"), at("from"), at("to")]);
        let always = hours("UTC", &[(Weekday::ALL, "09:00", "09:00")]);
        assert_eq!(complaints(&always), ["/quietHours/windows"], "it would never tell");
        let halves = hours("UTC", &[(Weekday::ALL, "08:00", "20:00"), (Weekday::ALL, "20:00", "08:00")]);
        assert_eq!(complaints(&halves), ["/quietHours/windows"]);
        assert_eq!(complaints(&hours("UTC", &[(Weekday::ALL, "09:00", "08:59")])), [""; 0]);
    }

    proptest! {
        #[test]
        fn what_is_quiet_ends_and_is_not_quiet_then(
            windows in prop::collection::vec((0_usize..7, 1_usize..7, 0_u32..1440, 0_u32..1440), 1..5),
            at in 1_770_000_000_i64..1_810_000_000,
            place in prop::sample::select(vec!["UTC", "Europe/Berlin", "America/New_York", "Pacific/Apia", "Australia/Lord_Howe"]),
        ) {
            let time = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
            let window = |(first, count, from, to): (usize, usize, u32, u32)| QuietWindow {
                weekdays: (0..count).map(|n| Weekday::ALL[(first + n) % 7]).collect(),
                from: time(from),
                to: time(to),
            };
            let windows = windows.into_iter().map(window).collect();
            let hours = QuietHours { time_zone: place.into(), windows, except_severities: BTreeSet::new() }.tidied();
            prop_assume!(complaints(&hours).is_empty());
            let now = Timestamp::from_second(at).unwrap();
            if let Some(end) = hours.until(Severity::Low, now) {
                prop_assert!(end > now && end < now + SignedDuration::from_hours(15 * 24));
                prop_assert_eq!(hours.until(Severity::Low, end), None);
                let before = end - SignedDuration::from_secs(1);
                prop_assert_eq!(hours.until(Severity::Low, before.max(now)), Some(end));
            }
        }
    }
}
