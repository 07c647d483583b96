//! What a network is made up of: how many of its peers are in which group, run which system and version, are in which country.
//! And what happened in an hour that no minute has room for.
//!
//! Of each hour one moment is kept, written away with the minutes that have waited for an hour. A day is the sum of its hours.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Unit;
use crate::named;
use crate::network::{Peer, PeerStatus};

/// Values of each that are told by name; all others are one.
pub const MOST_VALUES: usize = 10;
/// Most characters of a value: what a client says of itself may be of any length.
const MOST_LABEL: usize = 48;
/// The group that everybody is in says nothing.
const EVERYBODY: &str = "All";

named! {
    /// By what peers are told apart.
    pub enum Breakdown {
        /// By group. Who is in several is in each.
        Group = "group",
        /// By operating system.
        Os = "os",
        /// By version of the client.
        Version = "version",
        /// By country.
        Country = "country",
    }
}

named! {
    /// What is recorded of each hour.
    pub enum HourlySeries {
        /// Times that a peer went offline and came back between two syncs.
        PeerFlaps = "peer_flaps",
        /// Times that a peer went offline, or did not come back after a restart.
        PeerDepartures = "peer_departures",
        /// Alerts that are not over.
        AlertsOpen = "alerts_open",
        /// Alerts that were triggered.
        AlertsTriggered = "alerts_triggered",
    }
}

impl HourlySeries {
    /// What it is counted in.
    pub const fn unit(self) -> Unit {
        match self {
            Self::PeerFlaps | Self::PeerDepartures => Unit::Times,
            Self::AlertsOpen | Self::AlertsTriggered => Unit::Alerts,
        }
    }
}

/// How many peers there are of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Part {
    /// All of them, over all moments.
    pub total: u32,
    /// Of those, online.
    pub online: u32,
}

impl Part {
    fn add(&mut self, other: Self) {
        self.total = self.total.saturating_add(other.total);
        self.online = self.online.saturating_add(other.online);
    }
}

/// The values of a breakdown, the greatest first, and all that have no place among them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Parts {
    /// By name; empty where a peer says none.
    pub values: Vec<(String, Part)>,
    /// The others together.
    pub other: Part,
}

impl Parts {
    /// The greatest values, and the rest as one.
    pub fn of(counted: BTreeMap<String, Part>, mut other: Part) -> Self {
        let mut values: Vec<(String, Part)> = counted.into_iter().collect();
        values.sort_by(|(name, one), (another, two)| (two.total, name).cmp(&(one.total, another)));
        for (_, part) in values.drain(MOST_VALUES.min(values.len())..) {
            other.add(part);
        }
        Self { values, other }
    }

    fn merge(&mut self, later: Self) {
        let mut all: BTreeMap<String, Part> = std::mem::take(&mut self.values).into_iter().collect();
        for (name, part) in later.values {
            all.entry(name).or_default().add(part);
        }
        self.other.add(later.other);
        *self = Self::of(all, self.other);
    }
}

/// What happened since the hour before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Happenings {
    /// Times that a peer went and came back between two syncs.
    pub flaps: u32,
    /// Times that a peer went.
    pub departures: u32,
    /// Alerts that are not over, over all moments.
    pub alerts_open: u32,
    /// Alerts that were triggered.
    pub alerts_triggered: u32,
}

/// A network at a moment of an hour, or at those of the hours of a day.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Makeup {
    /// How many moments there are.
    pub samples: u32,
    parts: Vec<Parts>,
    happened: Happenings,
}

impl Makeup {
    /// Of the peers as they are.
    pub fn of(peers: &[Peer], happened: Happenings) -> Self {
        let mut counted = vec![BTreeMap::<String, Part>::new(); Breakdown::ALL.len()];
        for peer in peers {
            let part = Part { total: 1, online: u32::from(peer.status == PeerStatus::Online) };
            for (by, counted) in Breakdown::ALL.iter().zip(&mut counted) {
                let mut add = |value: &str| counted.entry(label(value)).or_default().add(part);
                match by {
                    Breakdown::Group => {
                        peer.groups
                            .iter()
                            .map(|group| group.name.as_str())
                            .filter(|name| *name != EVERYBODY)
                            .for_each(add);
                    }
                    Breakdown::Os => add(&peer.os),
                    Breakdown::Version => add(&peer.version),
                    Breakdown::Country => add(&peer.country_code),
                }
            }
        }
        let parts = counted.into_iter().map(|counted| Parts::of(counted, Part::default())).collect();
        Self { samples: 1, parts, happened }
    }

    /// The same, with what happened since the hour before.
    pub fn with(self, happened: Happenings) -> Self {
        Self { happened, ..self }
    }

    /// What was kept, in parts.
    pub fn new(samples: u32, parts: Vec<Parts>, happened: Happenings) -> Self {
        Self { samples, parts, happened }
    }

    /// Takes in another hour.
    pub fn merge(&mut self, later: Self) {
        let Self { samples, parts, happened } = later;
        self.samples = self.samples.saturating_add(samples);
        self.parts.resize_with(Breakdown::ALL.len(), Parts::default);
        for (ours, theirs) in self.parts.iter_mut().zip(parts) {
            ours.merge(theirs);
        }
        let (ours, more) = (&mut self.happened, happened);
        ours.flaps = ours.flaps.saturating_add(more.flaps);
        ours.departures = ours.departures.saturating_add(more.departures);
        ours.alerts_open = ours.alerts_open.saturating_add(more.alerts_open);
        ours.alerts_triggered = ours.alerts_triggered.saturating_add(more.alerts_triggered);
    }

    /// The values of a breakdown.
    pub fn parts(&self, by: Breakdown) -> Option<&Parts> {
        let place = Breakdown::ALL.iter().position(|one| *one == by)?;
        self.parts.get(place)
    }

    /// What a series says of it: what happened altogether, and how many there were at a moment.
    pub fn value(&self, series: HourlySeries) -> f64 {
        let Happenings { flaps, departures, alerts_open, alerts_triggered } = self.happened;
        match series {
            HourlySeries::PeerFlaps => f64::from(flaps),
            HourlySeries::PeerDepartures => f64::from(departures),
            HourlySeries::AlertsTriggered => f64::from(alerts_triggered),
            HourlySeries::AlertsOpen => f64::from(alerts_open) / f64::from(self.samples.max(1)),
        }
    }
}

/// A value as it is kept.
fn label(value: &str) -> String {
    value.trim().chars().take(MOST_LABEL).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(total: u32, online: u32) -> Part {
        Part { total, online }
    }

    fn parts(values: &[(&str, Part)]) -> BTreeMap<String, Part> {
        values.iter().map(|(name, part)| ((*name).to_owned(), *part)).collect()
    }

    #[test]
    fn the_greatest_are_told_by_name_and_nobody_is_lost() {
        let many: BTreeMap<String, Part> = (1..=15).map(|n| (format!("{n:02}"), part(n, n / 2))).collect();
        let sum = many.values().map(|part| part.total).sum::<u32>();
        let cut = Parts::of(many, part(2, 1));
        assert_eq!(cut.values.len(), MOST_VALUES);
        assert_eq!((cut.values[0].0.as_str(), cut.values[9].0.as_str()), ("15", "06"));
        assert_eq!(cut.other, part(2 + 1 + 2 + 3 + 4 + 5, 1 + 1 + 1 + 2 + 2));
        assert_eq!(cut.values.iter().map(|(_, part)| part.total).sum::<u32>() + cut.other.total, sum + 2);
    }

    #[test]
    fn hours_become_a_day() {
        let hour = |values: &[(&str, Part)], happened| Makeup {
            samples: 1,
            parts: vec![Parts::of(parts(values), Part::default()); 4],
            happened,
        };
        let mut day = Makeup::default();
        let first = Happenings { flaps: 2, departures: 1, alerts_open: 3, alerts_triggered: 4 };
        day.merge(hour(&[("a", part(4, 2))], first));
        day.merge(hour(
            &[("a", part(6, 6)), ("b", part(1, 0))],
            Happenings { alerts_open: 1, ..Happenings::default() },
        ));
        assert_eq!(day.samples, 2);
        let os = day.parts(Breakdown::Os).unwrap();
        assert_eq!(os.values, [("a".to_owned(), part(10, 8)), ("b".to_owned(), part(1, 0))]);
        let of = |series| day.value(series);
        assert_eq!((of(HourlySeries::PeerFlaps), of(HourlySeries::AlertsOpen)), (2.0, 2.0));
        assert_eq!((of(HourlySeries::PeerDepartures), of(HourlySeries::AlertsTriggered)), (1.0, 4.0));
    }
}
