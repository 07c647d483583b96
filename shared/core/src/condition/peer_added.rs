//! A peer joined the network.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter, minutes};
use crate::network::Peer;
use crate::validate::Problems;

/// How long a peer is new unless it is said, in minutes.
const USUAL_WINDOW: u32 = 60;
/// Shortest time: an account is looked at each minute, and now and then one is missed.
const LEAST_WINDOW: u32 = 5;
/// Longest time: a day.
const MOST_WINDOW: u32 = 24 * 60;

/// A peer joined the network. Those that were there when the rule began to look are no news.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerAddedConfig)]
pub struct PeerAdded {
    /// How many minutes a peer is new, and its alert open; 60 if absent.
    #[serde(default = "usual_window")]
    #[schema(minimum = 5, maximum = 1440, default = 60)]
    pub window: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `group`: one alert is open for each
    /// group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are so. `peer` unless it
    /// is given.
    #[serde(default = "AlertPer::peer")]
    pub alert_per: AlertPer,
}

const fn usual_window() -> u32 {
    USUAL_WINDOW
}

impl OfPeers for PeerAdded {
    fn read(fields: &mut Fields<'_>, peers: PeerFilter, alert_per: AlertPer) -> Option<Self> {
        Some(Self { window: fields.optional("window", USUAL_WINDOW)?, peers, alert_per })
    }

    fn filter(&self) -> &PeerFilter {
        &self.peers
    }

    fn filter_mut(&mut self) -> &mut PeerFilter {
        &mut self.peers
    }

    fn alert_per(&self) -> AlertPer {
        self.alert_per
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            (LEAST_WINDOW..=MOST_WINDOW).contains(&self.window),
            "/conditionConfig/window",
            format!("must be {LEAST_WINDOW} to {MOST_WINDOW} minutes"),
        );
    }

    fn since(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp> {
        let joined = seen.sync.our_time(peer.created_at?);
        let is_new = now.duration_since(joined) < SignedDuration::from_mins(i64::from(self.window));
        (is_new && joined >= seen.since).then_some(joined)
    }

    fn holds_for(&self) -> Option<u32> {
        Some(self.window)
    }

    fn what(&self, peers: usize) -> String {
        let verb = if peers == 1 { "is" } else { "are" };
        format!("{verb} new in the network")
    }

    fn no_more(&self) -> String {
        format!("has been in the network for {}", minutes(self.window))
    }

    fn said(&self) -> String {
        let place = if self.peers.is_everybody() { String::new() } else { self.peers.place() };
        match self.alert_per {
            AlertPer::Peer => format!("When a new peer{place} joins the network"),
            AlertPer::Group => format!("When one or more new peers{place} join the network, group by group"),
            AlertPer::Rule => format!("When one or more new peers{place} join the network"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;
    use crate::condition::Watch;
    use crate::network::PeerStatus;

    #[test]
    fn who_was_there_before_is_no_news() {
        let sync = healthy();
        let joined = |name: &str, at: i64| Peer { created_at: Some(minute(at)), ..peer(name, PeerStatus::Online, at) };
        let undated = Peer { created_at: None, ..peer("undated", PeerStatus::Online, 0) };
        let peers = [joined("old", 9), joined("new", 11), undated];
        let rule = PeerAdded { window: 30, peers: vec!["servers".to_owned()].into(), alert_per: AlertPer::Peer };
        let seen = Observation { since: minute(10), ..seen(&sync, &peers) };
        let finding = rule.find(seen, minute(12)).unwrap();
        assert_eq!(finding.title, "new is new in the network");
        assert_eq!(finding.message, "In HQ, since 1970-01-01 00:11 UTC.");
        assert_eq!(rule.find(seen, minute(41)), None);
        assert_eq!(rule.recovery(&finding.affected, seen, minute(41)).title, "new has been in the network for 30 min");
        assert_eq!(Watch::sentence(&rule), "When a new peer of servers joins the network");
    }
}
