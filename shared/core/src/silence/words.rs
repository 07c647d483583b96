//! A silence in words.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{Matchers, Silence, Window, zone};
use crate::ids::{AccountId, RuleId};
use crate::rule::Severity;
use crate::text;

/// Names of rules or accounts that are shown of many.
const SHOWN: usize = 3;

/// What rules and accounts are called.
pub trait Named {
    /// A rule's name; none of one that is gone.
    fn rule(&self, rule: RuleId) -> Option<&str>;
    /// An account's name; none of one that is gone.
    fn account(&self, account: AccountId) -> Option<&str>;
}

impl Matchers {
    /// What is muted: `Critical alerts of Servers down in HQ`.
    pub fn words(&self, names: &dyn Named) -> String {
        if self.everything {
            return "All alerts".into();
        }
        let severities: Vec<String> =
            Severity::ALL.iter().rev().filter(|one| self.severities.contains(one)).map(ToString::to_string).collect();
        let mut words = match severities.as_slice() {
            [] => "Alerts".to_owned(),
            _ => text::capital(&format!("{} alerts", text::all(&severities))),
        };
        let listed = |named: Vec<&str>| text::names(named.into_iter(), SHOWN);
        if !self.rules.is_empty() {
            let rules = self.rules.iter().map(|rule| names.rule(*rule).unwrap_or("a deleted rule")).collect();
            words.push_str(&format!(" of {}", listed(rules)));
        }
        if !self.accounts.is_empty() {
            let accounts = self.accounts.iter().map(|one| names.account(*one).unwrap_or("a removed account")).collect();
            words.push_str(&format!(" in {}", listed(accounts)));
        }
        if self.names_things() {
            words.push_str(&format!(", only about {}", self.things()));
        }
        words
    }

    /// The groups and peers, by the names that they had when they were chosen: `web-1, web-2 and the group servers`. Routes do
    /// not keep them.
    fn things(&self) -> String {
        let called = |ids: &BTreeSet<String>| {
            let names: Option<Vec<&str>> = ids.iter().map(|id| self.called.get(id).map(String::as_str)).collect();
            names.map(|mut names| {
                names.sort_unstable();
                text::names(names.into_iter(), SHOWN)
            })
        };
        let counted = |ids: &BTreeSet<String>, noun: &str| text::count(ids.len(), noun);
        let peers =
            (!self.peers.is_empty()).then(|| called(&self.peers).unwrap_or_else(|| counted(&self.peers, "peer")));
        let groups = (!self.groups.is_empty()).then(|| match called(&self.groups) {
            Some(names) if self.groups.len() == 1 => format!("the group {names}"),
            Some(names) => format!("the groups {names}"),
            None => counted(&self.groups, "group"),
        });
        let both: Vec<String> = peers.into_iter().chain(groups).collect();
        text::all(&both)
    }
}

impl Silence {
    /// By whose clocks it is told.
    fn clocks(&self) -> TimeZone {
        self.recurrence.as_ref().and_then(|weekly| zone(&weekly.time_zone)).unwrap_or(TimeZone::UTC)
    }

    /// A moment, to the minute, by the clocks of the silence: `2026-03-02 22:00 UTC`.
    pub fn moment(&self, at: Timestamp) -> String {
        at.to_zoned(self.clocks()).strftime("%Y-%m-%d %H:%M %Z").to_string()
    }

    /// A window, by the clocks of the silence: `Mon 2026-03-02 22:00 to Tue 2026-03-03 02:00 CET`.
    pub fn window_words(&self, window: Window) -> String {
        let local = |at: Timestamp| at.to_zoned(self.clocks());
        let (from, to) = (local(window.starts_at), local(window.ends_at));
        let from_zone = if from.offset() == to.offset() { "" } else { " %Z" };
        let end = if from.date() == to.date() { "%H:%M %Z" } else { "%a %Y-%m-%d %H:%M %Z" };
        format!("{} to {}", from.strftime(&format!("%a %Y-%m-%d %H:%M{from_zone}")), to.strftime(end))
    }

    /// When it mutes: `Every Monday and Tuesday from 22:00 for 4 h (Europe/Berlin), until 2026-03-31 00:00 CEST`.
    pub fn when(&self) -> String {
        let Some(weekly) = &self.recurrence else {
            return format!("From {} to {}", self.moment(self.starts_at), self.moment(self.ends_at));
        };
        let days = match weekly.days.len() {
            7 => "day".to_owned(),
            _ => text::all(&weekly.days.iter().map(|day| text::capital(day.name())).collect::<Vec<_>>()),
        };
        let lasts = text::duration(jiff::SignedDuration::from_mins(i64::from(weekly.minutes)));
        let (from, place, until) = (&weekly.from, &weekly.time_zone, self.moment(self.ends_at));
        format!("Every {days} from {from} for {lasts} ({place}), until {until}")
    }
}
