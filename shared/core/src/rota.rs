//! On-call rotas: who takes turns, and who is on call when.
//!
//! Turns follow the clocks of a place: one begins when they show the time of the handover. Who is absent is passed over, and the
//! next in the rota takes the turn; everybody else keeps theirs. `docs/adr/0052-on-call.md` says why.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::alert::Person;
use crate::ids::{OverrideId, RotaId, TenantId, UserId};
use crate::named;
use crate::silence::{Weekday, time_of_day, zone};
use crate::validate::Problems;

/// Rotas that a tenant may have.
pub const MAX_ROTAS: usize = 20;
/// Longest name of a rota, in characters.
pub const MAX_NAME: usize = 100;
/// People who take turns in one rota.
pub const MAX_PEOPLE: usize = 20;
/// Overrides of one rota.
pub const MAX_OVERRIDES: usize = 50;
/// How long somebody may stand in without a break.
pub const LONGEST_OVERRIDE: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How far ahead an override, or a rota, may begin.
pub const FARTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);
/// The first day on which a rota may begin.
const EARLIEST: Date = Date::constant(2000, 1, 1);

named! {
    /// How long a turn lasts.
    pub enum Every {
        /// From one day to the next.
        Day = "day",
        /// From one week to the next.
        Week = "week",
    }
}

/// When one hands over to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Handover {
    /// At which time of the day: `09:00`.
    pub time: String,
    /// On which day of the week, if turns last a week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weekday: Option<Weekday>,
}

/// That somebody stands in for a while, whosever turn it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Override {
    /// Id.
    pub id: OverrideId,
    /// Who, by the name of that time.
    pub person: Person,
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
}

/// A rota.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rota {
    /// Id.
    pub id: RotaId,
    /// Whose.
    pub tenant: TenantId,
    /// Name, which no other rota of the tenant has.
    pub name: String,
    /// By whose clocks, by the IANA name of the place.
    pub time_zone: String,
    /// When one hands over to the next.
    pub handover: Handover,
    /// How long a turn lasts.
    pub every: Every,
    /// The day on which the first person begins, at the time of the handover.
    pub starts_on: Date,
    /// In the order of their turns, by the names of that time.
    pub people: Vec<Person>,
    /// The earliest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// That somebody is on call for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shift<'a> {
    /// Its first moment.
    pub from: Timestamp,
    /// The first moment after it.
    pub to: Timestamp,
    /// Who.
    pub person: &'a Person,
    /// Whether they stand in for whoever has the turn.
    pub is_override: bool,
}

/// The clocks that a rota follows.
struct Clocks {
    zone: TimeZone,
    time: Time,
}

impl Rota {
    /// The same as it is kept: the place as it is spelled, the day of the week if turns last one, overrides in order, and none
    /// that is over.
    #[must_use]
    pub fn tidied(mut self, now: Timestamp) -> Self {
        if let Some(name) = zone(&self.time_zone).as_ref().and_then(TimeZone::iana_name) {
            self.time_zone = name.to_owned();
        }
        if self.every == Every::Week {
            self.handover.weekday.get_or_insert(Weekday::of(self.starts_on));
        }
        self.name = self.name.trim().to_owned();
        self.overrides.retain(|one| now < one.to);
        self.overrides.sort_by_key(|one| one.from);
        self
    }

    /// Checks what was entered, but for who may be named.
    pub fn check(&self, now: Timestamp, problems: &mut Problems) {
        problems.text("/name", &self.name, 1, MAX_NAME);
        let place = zone(&self.time_zone);
        problems.require(place.is_some(), "/timeZone", "must be the IANA name of a time zone, such as Europe/Berlin");
        let time = time_of_day(&self.handover.time);
        problems.require(time.is_some(), "/handover/time", "must be a time of the day such as 09:00");
        let no_weekday = self.every == Every::Week || self.handover.weekday.is_none();
        problems.require(no_weekday, "/handover/weekday", "must be absent where turns last a day");
        let latest = (now + FARTHEST).to_zoned(TimeZone::UTC).date();
        let begins = (EARLIEST..=latest).contains(&self.starts_on);
        problems.require(begins, "/startsOn", "must be from the year 2000 on, and at most 366 days from now");
        self.check_people(problems);
        self.check_overrides(now, problems);
    }

    fn check_people(&self, problems: &mut Problems) {
        if !(1..=MAX_PEOPLE).contains(&self.people.len()) {
            problems.push("/people", format!("must have from 1 to {MAX_PEOPLE} people"));
            return;
        }
        let mut seen = BTreeSet::new();
        for (place, person) in self.people.iter().enumerate() {
            problems.require(seen.insert(person.id), &format!("/people/{place}"), "is there twice");
        }
    }

    fn check_overrides(&self, now: Timestamp, problems: &mut Problems) {
        if self.overrides.len() > MAX_OVERRIDES {
            problems.push("/overrides", format!("must have at most {MAX_OVERRIDES} overrides"));
            return;
        }
        for (place, one) in self.overrides.iter().enumerate() {
            let at = format!("/overrides/{place}");
            if one.to <= one.from {
                problems.push(format!("{at}/to"), "must be after the start");
            } else if one.to.duration_since(one.from) > LONGEST_OVERRIDE {
                problems.push(format!("{at}/to"), "must be at most 90 days after the start");
            } else if one.from > now + FARTHEST {
                problems.push(format!("{at}/from"), "must be at most 366 days from now");
            } else if self.overrides[..place].iter().any(|other| one.from < other.to && other.from < one.to) {
                problems.push(format!("{at}/from"), "is while somebody else stands in");
            }
        }
    }

    /// Whether no other is called so, in whatever case.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.trim().to_lowercase() == name.trim().to_lowercase()
    }

    /// Everybody whom it names, each once.
    pub fn named(&self) -> BTreeSet<UserId> {
        self.people.iter().chain(self.overrides.iter().map(|one| &one.person)).map(|person| person.id).collect()
    }

    /// Who is on call when, of those who are there: each shift that is not over at `from` and begins before `until`, the earliest
    /// first. Between two there is a gap only before the rota begins, or while nobody is there.
    pub fn shifts(&self, from: Timestamp, until: Timestamp, is_there: impl Fn(UserId) -> bool) -> Vec<Shift<'_>> {
        // Who is absent stands in for nobody.
        let overrides: Vec<&Override> = self.overrides.iter().filter(|one| is_there(one.person.id)).collect();
        let stands_in = |one: &&&Override| from < one.to && one.from < until;
        let mut shifts: Vec<Shift<'_>> = overrides
            .iter()
            .filter(stands_in)
            .map(|one| Shift { from: one.from, to: one.to, person: &one.person, is_override: true })
            .collect();
        for (turn, begins, ends) in self.turns(from, until) {
            let Some(person) = self.takes(turn, &is_there) else { continue };
            let mut begins = begins;
            let within = overrides.iter().filter(|one| begins < one.to && one.from < ends);
            let cuts = within.map(|one| (one.from, one.to)).chain([(ends, ends)]);
            for (cut, goes_on) in cuts.collect::<Vec<_>>() {
                if begins < cut {
                    shifts.push(Shift { from: begins, to: cut.min(ends), person, is_override: false });
                }
                begins = begins.max(goes_on);
            }
        }
        shifts.retain(|shift| from < shift.to && shift.from < until);
        shifts.sort_by_key(|shift| shift.from);
        shifts
    }

    /// Who is on call at a moment, of those who are there.
    pub fn on_call(&self, at: Timestamp, is_there: impl Fn(UserId) -> bool) -> Option<Shift<'_>> {
        let next = at.checked_add(SignedDuration::from_nanos(1)).ok()?;
        self.shifts(at, next, is_there).into_iter().next()
    }

    /// Who takes a turn: whose it is, or the first after them who is there.
    fn takes(&self, turn: i64, is_there: impl Fn(UserId) -> bool) -> Option<&Person> {
        let count = self.people.len();
        let first = usize::try_from(turn).ok()?.checked_rem(count)?;
        self.people.iter().cycle().skip(first).take(count).find(|person| is_there(person.id))
    }

    /// The turns that are not over at `from` and begin before `until`, with when each begins and ends.
    fn turns(&self, from: Timestamp, until: Timestamp) -> Vec<(i64, Timestamp, Timestamp)> {
        let Some(clocks) = self.clocks() else { return Vec::new() };
        let begins = |turn: i64| self.begins(&clocks, turn);
        let mut turn = self.turn_near(&clocks, from);
        while turn > 0 && begins(turn).is_some_and(|at| from < at) {
            turn -= 1;
        }
        let mut turns = Vec::new();
        while let Some((start, end)) = begins(turn).zip(begins(turn + 1)) {
            if until <= start {
                break;
            }
            // Where the clocks skip a day, its turn has no time.
            if from < end && start < end {
                turns.push((turn, start, end));
            }
            turn += 1;
        }
        turns
    }

    fn clocks(&self) -> Option<Clocks> {
        Some(Clocks { zone: zone(&self.time_zone)?, time: time_of_day(&self.handover.time)? })
    }

    /// The day of the second turn: the first day of the week on which it is handed over, where turns last a week.
    fn second_day(&self) -> Option<Date> {
        let days = match (self.every, self.handover.weekday) {
            (Every::Day, _) => 1,
            (Every::Week, None) => 7,
            (Every::Week, Some(weekday)) => (1..=7)
                .find(|days| self.starts_on.checked_add(days.days()).is_ok_and(|day| Weekday::of(day) == weekday))?,
        };
        self.starts_on.checked_add(days.days()).ok()
    }

    const fn days_of_turn(&self) -> i64 {
        match self.every {
            Every::Day => 1,
            Every::Week => 7,
        }
    }

    /// When a turn begins. What the clocks skip is as much later as they are put forward; what they show twice counts the first
    /// time.
    fn begins(&self, clocks: &Clocks, turn: i64) -> Option<Timestamp> {
        let day = match turn {
            0 => self.starts_on,
            _ => self.second_day()?.checked_add(((turn - 1) * self.days_of_turn()).days()).ok()?,
        };
        clocks.zone.to_timestamp(day.to_datetime(clocks.time)).ok()
    }

    /// The turn of the day that the clocks show at a moment, or one before it; the first for what was before.
    fn turn_near(&self, clocks: &Clocks, at: Timestamp) -> i64 {
        let Some(second) = self.second_day() else { return 0 };
        let today = clocks.zone.to_datetime(at).date();
        let days = today.since(second).map_or(0, |span| i64::from(span.get_days()));
        if days < 0 { 0 } else { days / self.days_of_turn() + 1 }
    }
}

#[cfg(test)]
mod tests;
