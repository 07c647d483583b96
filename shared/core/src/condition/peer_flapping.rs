//! A peer comes and goes, again and again.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter, minutes};
use crate::network::{Peer, PeerStatus};
use crate::peer_history::Logged;
use crate::peer_status::TransitionKind;
use crate::text;
use crate::validate::Problems;

/// A peer comes and goes, again and again: its link, its power or its client is unwell, and a rule that waits until a peer is
/// offline for a while hears nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerFlappingConfig)]
pub struct PeerFlapping {
    /// A peer counts once it came or went so often. Going and coming back are two changes, also where both lie between two syncs.
    #[schema(minimum = 3, maximum = 50)]
    pub min_changes: u32,
    /// Within so many minutes. It counts until it neither came nor went for as long.
    #[schema(minimum = 10, maximum = 1440)]
    pub within_minutes: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
}

/// How often a peer came or went with a change, after the change before.
fn weight(before: Option<TransitionKind>, kind: TransitionKind) -> u32 {
    match (before, kind) {
        // How it is when it is first seen is no change, and neither is what a restart of its server made doubtful and is so after all.
        (Some(TransitionKind::Registered), _) | (Some(TransitionKind::Unconfirmed), TransitionKind::Connected) => 0,
        (_, TransitionKind::Connected | TransitionKind::Disconnected) => 1,
        (_, TransitionKind::Reconnected) => 2,
        (_, TransitionKind::Unconfirmed | TransitionKind::Registered | TransitionKind::Removed) => 0,
    }
}

impl PeerFlapping {
    fn window(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.within_minutes))
    }

    /// When the peer came or went within the window, by our clock and oldest first, and how often each time.
    fn changes(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Vec<(Timestamp, u32)> {
        let logged: &[Logged] = seen.lists.status.get(&peer.id).map_or(&[], Vec::as_slice);
        // Of the past that a rule is tested on, what was seen by then; and what was before the first of it.
        let to = logged.partition_point(|change| change.seen_at <= now);
        let from = logged.partition_point(|change| change.seen_at <= now - self.window()).min(to);
        let mut before = from.checked_sub(1).map(|last| logged[last].kind);
        let logged = &logged[from..to];
        let mut changes: Vec<(Timestamp, u32)> = logged
            .iter()
            .map(|change| {
                let weight = weight(before.replace(change.kind), change.kind);
                // Servers' clocks are off: nothing happened after it was seen.
                (seen.sync.our_time(change.at).min(change.seen_at), weight)
            })
            .filter(|(at, weight)| *weight > 0 && now.duration_since(*at) < self.window())
            .collect();
        changes.sort_unstable();
        changes
    }

    fn times(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> u32 {
        self.changes(peer, seen, now).iter().map(|(_, weight)| weight).sum()
    }
}

impl OfPeers for PeerFlapping {
    // One that goes on counting after it began is told of by itself.
    const CHOOSES: bool = false;

    fn read(fields: &mut Fields<'_>, peers: PeerFilter, _: AlertPer) -> Option<Self> {
        let (min_changes, within_minutes) = (fields.required("minChanges"), fields.required("withinMinutes"));
        Some(Self { min_changes: min_changes?, within_minutes: within_minutes?, peers })
    }

    fn filter(&self) -> &PeerFilter {
        &self.peers
    }

    fn filter_mut(&mut self) -> &mut PeerFilter {
        &mut self.peers
    }

    fn check(&self, problems: &mut Problems) {
        let is_some = (3..=50).contains(&self.min_changes);
        problems.require(is_some, "/conditionConfig/minChanges", "must be 3 to 50 changes");
        let is_bounded = (10..=1440).contains(&self.within_minutes);
        problems.require(is_bounded, "/conditionConfig/withinMinutes", "must be 10 to 1440 minutes");
    }

    fn alert_per(&self) -> AlertPer {
        AlertPer::Peer
    }

    fn status_back(&self) -> Option<SignedDuration> {
        Some(self.window())
    }

    fn holds_for(&self) -> Option<u32> {
        Some(self.within_minutes)
    }

    fn since(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp> {
        // Most peers are as they were long ago.
        self.lingers(peer, seen, now)?;
        let mut times = 0;
        let changes = self.changes(peer, seen, now);
        changes
            .iter()
            .find(|(_, weight)| {
                times += weight;
                times >= self.min_changes
            })
            .map(|(at, _)| *at)
    }

    fn lingers(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp> {
        let since = seen.sync.our_time(peer.since).min(now);
        (now.duration_since(since) < self.window()).then_some(since)
    }

    fn what(&self, peers: usize) -> String {
        if peers == 1 { "is flapping" } else { "are flapping" }.to_owned()
    }

    fn no_more(&self) -> String {
        "is flapping no more".to_owned()
    }

    fn when(&self, peers: usize) -> String {
        let (verb, changes) = (if peers == 1 { "comes or goes" } else { "come or go" }, self.min_changes);
        format!("{verb} {changes} times or more within {}", minutes(self.within_minutes))
    }

    fn more(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<String> {
        let times = text::count(self.times(peer, seen, now) as usize, "time");
        let within = minutes(self.within_minutes);
        Some(format!("It came or went {times} within {within}, and counts until it has not for as long."))
    }

    fn after(&self, peer: &Peer, seen: Observation<'_>) -> Option<String> {
        let (since, name) = (text::moment(seen.sync.our_time(peer.since)), seen.account_name);
        Some(match peer.status {
            PeerStatus::Online => format!("In {name}, it has been online since {since} without a break."),
            PeerStatus::Offline => format!("In {name}, it has been offline since {since} without a break."),
            PeerStatus::Unconfirmed => format!("In {name}, it counts as connected since {since}."),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::tests::{healthy, minute, peer, seen};
    use super::super::{Apart, Condition, Watch};
    use super::*;
    use crate::observed::Lists;

    fn rule() -> PeerFlapping {
        PeerFlapping { min_changes: 4, within_minutes: 60, peers: PeerFilter::default() }
    }

    fn changes(kinds: &[(i64, TransitionKind)]) -> Lists {
        let logged = |(at, kind): &(i64, TransitionKind)| Logged { seen_at: minute(*at), at: minute(*at), kind: *kind };
        let of = HashMap::from([("web".to_owned(), kinds.iter().map(logged).collect())]);
        Lists { status: Arc::new(of), ..Lists::default() }
    }

    /// Whether it begins to count, and whether it goes on if it did.
    fn counts(rule: &PeerFlapping, kinds: &[(i64, TransitionKind)], now: i64) -> (bool, bool) {
        use TransitionKind::{Connected, Reconnected};
        let by_then = kinds.iter().rfind(|(at, _)| *at <= now);
        let (since, kind) = by_then.copied().unwrap_or((-100_000, Connected));
        let status = if matches!(kind, Connected | Reconnected) { PeerStatus::Online } else { PeerStatus::Offline };
        let (peers, sync, lists) = ([peer("web", status, since)], healthy(), changes(kinds));
        let seen = Observation { lists: &lists, ..seen(&sync, &peers) };
        let begins = !rule.away(seen, minute(now)).is_empty();
        (begins, !rule.lingering(&["web"].into(), seen, minute(now)).is_empty())
    }

    #[test]
    fn a_peer_counts_from_the_change_on_and_until_it_had_none_for_as_long() {
        use TransitionKind::{Connected, Disconnected};
        let kinds = [(0, Disconnected), (1, Connected), (20, Disconnected), (21, Connected), (70, Disconnected)];
        assert_eq!(counts(&rule(), &kinds, 20), (false, true));
        assert_eq!(counts(&rule(), &kinds, 21), (true, true));
        assert_eq!(counts(&rule(), &kinds, 59), (true, true));
        assert_eq!(counts(&rule(), &kinds, 60), (false, true), "the first is an hour ago, and the last is not");
        assert_eq!(counts(&rule(), &kinds, 129), (false, true), "it went once more");
        assert_eq!(counts(&rule(), &kinds, 130), (false, false));
    }

    #[test]
    fn what_lies_between_two_syncs_counts_and_what_a_restart_brings_does_not() {
        use TransitionKind::{Connected, Disconnected, Reconnected, Registered, Unconfirmed};
        let cases: &[(&[(i64, TransitionKind)], bool)] = &[
            (&[(0, Reconnected), (5, Reconnected)], true),
            (&[(0, Reconnected), (5, Disconnected)], false),
            (&[(0, Unconfirmed), (1, Connected), (2, Unconfirmed), (3, Connected), (4, Disconnected)], false),
            (&[(0, Registered), (0, Connected), (1, Disconnected), (2, Connected), (3, Disconnected)], false),
            (&[(0, Registered), (0, Connected), (1, Disconnected), (2, Reconnected), (3, Disconnected)], true),
        ];
        for (kinds, expected) in cases {
            assert_eq!(counts(&rule(), kinds, 6).0, *expected, "{kinds:?}");
        }
    }

    #[test]
    fn it_says_how_often_and_when_it_is_over() {
        use TransitionKind::Reconnected;
        let (kinds, peers) = ([(0, Reconnected), (5, Reconnected)], [peer("web", PeerStatus::Online, 5)]);
        let (sync, lists) = (healthy(), changes(&kinds));
        let seen = Observation { lists: &lists, ..seen(&sync, &peers) };
        let found = rule().find(seen, minute(6)).expect("it holds");
        assert_eq!(found.title, "web is flapping");
        assert!(
            found.message.ends_with("It came or went 4 times within 1 h, and counts until it has not for as long."),
            "{found:?}"
        );
        let over = rule().returned(&["web"], 1, &found.affected, seen);
        assert_eq!(over.title, "web is flapping no more");
        assert!(over.message.contains("it has been online since"), "{over:?}");
        assert_eq!(rule().sentence(), "When any peer of the network comes or goes 4 times or more within 1 h");
        let condition = Condition::PeerFlapping(rule());
        assert_eq!(condition.watch().holds_for(), Some(60), "whoever asks for longer is refused");
    }

    proptest! {
        /// Whoever counts goes on counting, and a peer without a change within the window never does.
        #[test]
        fn whoever_begins_goes_on(gaps in proptest::collection::vec(1i64..90, 1..20), min_changes in 3u32..8, within in 10u32..120, now in 0i64..400) {
            use TransitionKind::{Connected, Disconnected};
            let rule = PeerFlapping { min_changes, within_minutes: within, peers: PeerFilter::default() };
            let mut at = 0;
            let kinds: Vec<_> = gaps.iter().enumerate().map(|(nth, gap)| {
                at += gap;
                (at, if nth % 2 == 0 { Disconnected } else { Connected })
            }).collect();
            let (begins, goes_on) = counts(&rule, &kinds, now);
            let lately = kinds.iter().filter(|(at, _)| *at <= now && now - at < i64::from(within)).count();
            prop_assert_eq!(begins, lately >= min_changes as usize);
            prop_assert_eq!(goes_on, lately > 0);
        }
    }
}
