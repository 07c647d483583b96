//! Enough peers have been offline for long enough.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    AlertPer, Apart, Fields, MAX_DURATION, Observation, PeerFilter, Watch, affected, by_group, minutes, saturate,
};
use crate::episode::Away;
use crate::finding::{Affected, AffectedPeer, Finding, Recovery};
use crate::network::{Peer, PeerStatus};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Enough peers have been offline for long enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerOfflineConfig)]
pub struct PeerOffline {
    /// Fires when at least this many are offline.
    #[serde(default = "one")]
    #[schema(minimum = 1)]
    pub threshold: u32,
    /// A peer counts once it has been offline this many minutes, by NetBird's own time of disconnection.
    #[schema(maximum = 10080)]
    pub duration: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// Peers whose connection is unconfirmed after a restart of the management server count as offline.
    #[serde(default)]
    pub count_unconfirmed: bool,
    /// `peer`: every peer that goes is told of, those that go together in one alert; the threshold must be 1. `group`: one alert is
    /// open for each group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are
    /// offline. By default `peer` if the threshold is 1, and else `rule`.
    #[serde(default = "AlertPer::rule")]
    pub alert_per: AlertPer,
}

const fn one() -> u32 {
    1
}

impl PeerOffline {
    fn counts(&self, peer: &Peer) -> bool {
        let ghost = self.count_unconfirmed && peer.status == PeerStatus::Unconfirmed;
        peer.status == PeerStatus::Offline || ghost
    }

    /// Peers that are offline now, however short, and out of how many.
    fn offline<'a>(&self, seen: Observation<'a>) -> (Vec<&'a Peer>, u32) {
        let (mut of, mut offline) = (0, Vec::new());
        let chosen = self.peers.chosen(seen);
        for peer in seen.peers.iter().filter(|peer| chosen.has(peer)) {
            of += 1;
            if self.counts(peer) {
                offline.push(peer);
            }
        }
        (offline, of)
    }

    /// ` for 5 min or more`, after "offline".
    fn for_long(&self) -> String {
        if self.duration == 0 { String::new() } else { format!(" for {} or more", minutes(self.duration)) }
    }

    /// What became of the one peer that an alert was about.
    fn became(&self, was: &AffectedPeer, seen: Observation<'_>) -> (String, String) {
        let (name, account) = (&was.name, seen.account_name);
        let Some(peer) = seen.peers.iter().find(|peer| peer.id == was.id) else {
            return (format!("{name} is no longer in the network"), format!("{name} was removed from {account}."));
        };
        let name = &peer.name;
        match peer.status {
            PeerStatus::Online => (
                format!("{name} is back online"),
                format!("{name} of {account} has been online since {}.", text::moment(peer.since)),
            ),
            PeerStatus::Unconfirmed => (
                format!("{name} counts as connected"),
                format!("The management server of {account} restarted and says that {name} is connected."),
            ),
            PeerStatus::Offline if !self.peers.chosen(seen).has(peer) => (
                format!("{name} {}", self.peers.left(seen)),
                format!("{name} of {account} is still offline, but the rule does not look at it any more."),
            ),
            // Back for a moment and gone again: it counts anew.
            PeerStatus::Offline => (
                format!("{name} was back online"),
                format!("{name} of {account} came back and went again at {}.", text::moment(peer.since)),
            ),
        }
    }
}

impl Watch for PeerOffline {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let threshold = fields.optional("threshold", 1);
        let duration = fields.required("duration");
        let peers = PeerFilter::read(fields);
        let count_unconfirmed = fields.optional("countUnconfirmed", false);
        let usual = if threshold == Some(1) { AlertPer::Peer } else { AlertPer::Rule };
        let alert_per = fields.optional("alertPer", usual);
        Some(Self {
            threshold: threshold?,
            duration: duration?,
            peers: peers?,
            count_unconfirmed: count_unconfirmed?,
            alert_per: alert_per?,
        })
    }

    fn needs(&self) -> &'static [Resource] {
        self.peers.needs()
    }

    fn peer_filter(&self) -> Option<&PeerFilter> {
        Some(&self.peers)
    }

    fn peer_filter_mut(&mut self) -> Option<&mut PeerFilter> {
        Some(&mut self.peers)
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(self.threshold >= 1, "/conditionConfig/threshold", "must be at least 1 peer");
        problems.require(
            self.duration <= MAX_DURATION,
            "/conditionConfig/duration",
            format!("must be at most {MAX_DURATION} minutes"),
        );
        problems.require(
            self.threshold <= 1 || self.alert_per != AlertPer::Peer,
            "/conditionConfig/alertPer",
            "must be \"group\" or \"rule\" where the threshold is more than 1 peer",
        );
    }

    fn is_by_group(&self) -> bool {
        self.alert_per == AlertPer::Group
    }

    fn cases<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a str> {
        if !self.is_by_group() {
            return Vec::new();
        }
        self.away(seen, now).into_iter().map(|one| one.peer.id.as_str()).collect()
    }

    fn apart(&self) -> Option<&dyn Apart> {
        (self.alert_per == AlertPer::Peer).then_some(self)
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let long = SignedDuration::from_mins(i64::from(self.duration));
        // NetBird dates what it tells by its own clock.
        let there = seen.sync.server_time(now);
        let (mut offline, of) = self.offline(seen);
        offline.retain(|peer| there.duration_since(peer.since) >= long);
        let needed = self.threshold.max(1) as usize;
        if offline.len() < needed {
            return None;
        }
        offline.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
        let began_at = seen.sync.our_time(offline[needed - 1].since) + long;
        let title = match offline.as_slice() {
            [peer] => format!("{} is offline", peer.name),
            peers => {
                let groups = self.peers.of(seen);
                format!("{} of {of} peers{groups} are offline{}", peers.len(), self.for_long())
            }
        };
        // Messages list the peers beside this, so the sentence need not.
        let longest = text::duration(there.duration_since(offline[0].since));
        let message = match offline.as_slice() {
            [peer] => {
                format!("{} of {} has been offline since {}.", peer.name, seen.account_name, text::moment(peer.since))
            }
            [first, ..] => format!("In {}, the longest is {}, for {longest}.", seen.account_name, first.name),
            [] => String::new(),
        };
        Some(Finding { title, message, affected: affected(&offline, of, &seen.names(&self.peers.groups)), began_at })
    }

    fn recovery(&self, was: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let (offline, of) = self.offline(seen);
        let groups = self.peers.of(seen);
        let (title, message) = match (was.peers.as_slice(), offline.len()) {
            ([one], _) if was.total == 1 => self.became(one, seen),
            (_, 0) if of == 0 => (
                format!("No peers{groups} are left"),
                format!("{} has no peers any more that the rule looks at.", seen.account_name),
            ),
            (_, 0) => (
                if of == 1 {
                    format!("The only peer{groups} is online")
                } else {
                    format!("All {of} peers{groups} are online")
                },
                format!("In {}, no peer that the rule looks at is offline.", seen.account_name),
            ),
            (_, down) => (
                format!("{down} of {of} peers{groups} {} offline", if down == 1 { "is" } else { "are" }),
                match (self.threshold, self.duration) {
                    (1, duration) => {
                        format!("None of them for {} yet, which is when the rule fires.", minutes(duration))
                    }
                    (threshold, 0) => format!("The rule fires when {threshold} are."),
                    (threshold, duration) => {
                        format!("The rule fires when {threshold} have been for {}.", minutes(duration))
                    }
                },
            ),
        };
        Recovery { title, message, total: saturate(offline.len()), of }
    }

    fn sentence(&self) -> String {
        let (who, verb) = match (self.threshold, self.alert_per) {
            (1, AlertPer::Peer) => ("any peer".to_owned(), "is"),
            (1, AlertPer::Group | AlertPer::Rule) => ("one or more peers".to_owned(), "are"),
            (threshold, _) => (format!("{threshold} or more peers"), "are"),
        };
        let long = if self.duration == 0 { String::new() } else { format!(" for {}", minutes(self.duration)) };
        let by_group = by_group(self.alert_per);
        format!("When {who}{} {verb} offline{long}{by_group}", self.peers.place())
    }
}

impl Apart for PeerOffline {
    fn away<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<Away<'a>> {
        let long = SignedDuration::from_mins(i64::from(self.duration));
        let there = seen.sync.server_time(now);
        let (mut offline, _) = self.offline(seen);
        offline.retain(|peer| there.duration_since(peer.since) >= long);
        let away = |peer: &'a Peer| Away { peer, began_at: seen.sync.our_time(peer.since) + long };
        offline.into_iter().map(away).collect()
    }

    fn tell(&self, away: &[Away<'_>], size: u32, seen: Observation<'_>, now: Timestamp) -> Finding {
        let there = seen.sync.server_time(now);
        let mut peers: Vec<&Peer> = away.iter().map(|away| away.peer).collect();
        peers.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
        let (_, of) = self.offline(seen);
        let (groups, named) = (self.peers.of(seen), seen.names(&self.peers.groups));
        let title = match (peers.as_slice(), size) {
            ([one], 1) => format!("{} is offline", one.name),
            ([one, other], 2) => format!("{} and {} are offline", one.name, other.name),
            ([one], size) => format!("{} is still offline, of {size} peers{groups}", one.name),
            (some, size) if some.len() == size as usize => {
                format!("{size} peers{groups} are offline")
            }
            (some, size) => format!("{} of {size} peers{groups} are still offline", some.len()),
        };
        let message = match peers.as_slice() {
            [one] => {
                format!("{} of {} has been offline since {}.", one.name, seen.account_name, text::moment(one.since))
            }
            [first, ..] => {
                let longest = text::duration(there.duration_since(first.since));
                format!("In {}, the longest is {}, for {longest}.", seen.account_name, first.name)
            }
            [] => String::new(),
        };
        let began_at = away.iter().map(|away| away.began_at).min().unwrap_or(now);
        Finding { title, message, affected: affected(&peers, of, &named), began_at }
    }

    fn returned(&self, left: &[&str], size: u32, was: &Affected, seen: Observation<'_>) -> Recovery {
        let (groups, (_, of)) = (self.peers.of(seen), self.offline(seen));
        let (title, message) = match (was.peers.as_slice(), left) {
            ([one], _) if size == 1 => self.became(one, seen),
            _ => {
                let left: HashSet<&str> = left.iter().copied().collect();
                let (mut online, mut again) = (0, 0);
                let chosen = self.peers.chosen(seen);
                for peer in seen.peers.iter().filter(|peer| left.contains(peer.id.as_str())) {
                    match peer.status {
                        PeerStatus::Online | PeerStatus::Unconfirmed => online += 1,
                        PeerStatus::Offline if chosen.has(peer) => again += 1,
                        PeerStatus::Offline => {}
                    }
                }
                let gone = left.len() - online - again;
                let title = match size {
                    _ if again > 0 => format!("{size} peers{groups} were back online"),
                    _ if gone > 0 => format!("None of {size} peers{groups} is offline any more"),
                    2 => format!("Both peers{groups} are back online"),
                    _ => format!("All {size} peers{groups} are back online"),
                };
                let mut message =
                    format!("In {}, the last {} left just now", seen.account_name, text::count(left.len(), "peer"));
                if again > 0 {
                    message.push_str(&format!(
                        "; {again} went again and {} anew",
                        if again == 1 { "counts" } else { "count" }
                    ));
                }
                if gone > 0 {
                    message.push_str(&format!("; {gone} removed, or not watched any more"));
                }
                message.push('.');
                (title, message)
            }
        };
        Recovery { title, message, total: 0, of }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;
    use crate::known_group::KnownGroup;

    fn offline(threshold: u32, duration: u32) -> PeerOffline {
        let peers = vec!["servers".to_owned()].into();
        PeerOffline { threshold, duration, peers, count_unconfirmed: false, alert_per: AlertPer::Rule }
    }

    #[test]
    fn a_title_says_how_many_of_which() {
        let peers: Vec<Peer> = (0..30)
            .map(|n| peer(&format!("srv-{n:02}"), if n < 25 { PeerStatus::Offline } else { PeerStatus::Online }, n))
            .collect();
        let finding = offline(3, 0).find(seen(&healthy(), &peers), minute(60)).unwrap();
        assert_eq!(finding.title, "25 of 30 peers of servers are offline");
        assert_eq!(
            (finding.affected.total, finding.affected.of, finding.affected.peers.len()),
            (25, 30, Affected::NAMED)
        );
        assert_eq!(finding.message, "In HQ, the longest is srv-00, for 1 h.");
        assert_eq!(finding.began_at, minute(2), "when the third went");
    }

    #[test]
    fn one_peer_is_named() {
        let sync = healthy();
        let down = [peer("srv-01", PeerStatus::Offline, 10)];
        assert_eq!(offline(1, 5).find(seen(&sync, &down), minute(14)), None);
        let finding = offline(1, 5).find(seen(&sync, &down), minute(15)).unwrap();
        assert_eq!(finding.title, "srv-01 is offline");
        assert_eq!(finding.message, "srv-01 of HQ has been offline since 1970-01-01 00:10 UTC.");
        assert_eq!(finding.began_at, minute(15));
    }

    #[test]
    fn ghosts_count_only_when_asked_for() {
        let sync = healthy();
        let ghost = [peer("a", PeerStatus::Unconfirmed, 0)];
        assert_eq!(offline(1, 0).find(seen(&sync, &ghost), minute(5)), None);
        let counting = PeerOffline { count_unconfirmed: true, ..offline(1, 0) };
        assert!(counting.find(seen(&sync, &ghost), minute(5)).is_some());
    }

    #[test]
    fn recovery_says_what_became_of_the_peer() {
        let sync = healthy();
        let was = offline(1, 5).find(seen(&sync, &[peer("srv-01", PeerStatus::Offline, 0)]), minute(5)).unwrap();
        let title =
            |config: &PeerOffline, peers: &[Peer]| config.recovery(&was.affected, seen(&sync, peers), minute(9));

        let back = title(&offline(1, 5), &[peer("srv-01", PeerStatus::Online, 8)]);
        assert_eq!(back.title, "srv-01 is back online");
        assert_eq!(back.message, "srv-01 of HQ has been online since 1970-01-01 00:08 UTC.");
        assert_eq!((back.total, back.of), (0, 1));
        assert_eq!(title(&offline(1, 5), &[]).title, "srv-01 is no longer in the network");
        let again = [peer("srv-01", PeerStatus::Offline, 8)];
        assert_eq!(title(&offline(1, 5), &again).title, "srv-01 was back online");
        let elsewhere = PeerOffline { peers: vec!["routers".to_owned()].into(), ..offline(1, 5) };
        let routers = [KnownGroup { named: "routers".into(), id: Some("r".into()), name: "edge".into(), gone: false }];
        let there = Observation { groups: &routers, ..seen(&sync, &again) };
        assert_eq!(elsewhere.recovery(&was.affected, there, minute(9)).title, "srv-01 is no longer in edge");
        let ghost = [peer("srv-01", PeerStatus::Unconfirmed, 8)];
        assert_eq!(title(&offline(1, 5), &ghost).title, "srv-01 counts as connected");
    }

    #[test]
    fn recovery_of_many_says_how_many_are_still_away() {
        let sync = healthy();
        let with = |down: i64| -> Vec<Peer> {
            let status = |n| if n < down { PeerStatus::Offline } else { PeerStatus::Online };
            (0..10).map(|n| peer(&format!("srv-{n:02}"), status(n), n)).collect()
        };
        let was = offline(3, 5).find(seen(&sync, &with(4)), minute(60)).unwrap();
        let now = |down| offline(3, 5).recovery(&was.affected, seen(&sync, &with(down)), minute(60));
        assert_eq!(now(0).title, "All 10 peers of servers are online");
        assert_eq!(now(0).message, "In HQ, no peer that the rule looks at is offline.");
        assert_eq!(now(2).title, "2 of 10 peers of servers are offline");
        assert_eq!(now(2).message, "The rule fires when 3 have been for 5 min.");
        assert_eq!((now(2).total, now(2).of), (2, 10));
        let nobody = offline(3, 5).recovery(&was.affected, seen(&sync, &[]), minute(60));
        assert_eq!(nobody.title, "No peers of servers are left");
    }

    #[test]
    fn impossible_numbers_are_named() {
        let mut problems = Problems::default();
        PeerOffline { threshold: 0, duration: 20_000, ..offline(1, 5) }.check(&mut problems);
        let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|problem| problem.pointer).collect();
        assert_eq!(pointers, ["/conditionConfig/threshold", "/conditionConfig/duration"]);
    }
}
