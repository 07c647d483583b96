use jiff::SignedDuration;
use uuid::Uuid;

use super::*;
use crate::account::SyncState;
use crate::condition::{AlertPer, CountedStatus, Operator, PeerCount, PeerFilter, PeerOffline};
use crate::ids::TenantId;
use crate::network::{Peer, PeerStatus};
use crate::observed::Lists;
use crate::peer_status::{Transition as Change, TransitionKind};
use crate::testing;

fn noon() -> Timestamp {
    "2026-07-01T12:00:00Z".parse().unwrap()
}

fn at(minutes: i64) -> Timestamp {
    noon() + SignedDuration::from_mins(minutes)
}

fn rule(condition: Condition) -> Rule {
    Rule { condition, ..Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), noon()) }
}

fn offline(duration: u32) -> Condition {
    let alert_per = AlertPer::Peer;
    Condition::PeerOffline(PeerOffline {
        threshold: 1,
        duration,
        peers: PeerFilter::default(),
        count_unconfirmed: false,
        alert_per,
    })
}

fn change(minutes: i64, peer: &str, kind: TransitionKind) -> (Timestamp, Change) {
    (at(minutes), Change { peer: peer.into(), at: at(minutes), kind })
}

/// What a rule would have told in three hours.
fn replayed<'a>(rule: &'a Rule, present: &[Peer], changes: Vec<(Timestamp, Change)>) -> Replay<'a> {
    let account = AccountId::from_uuid(Uuid::from_u128(1));
    let mut due = moments(rule, changes.iter().map(|(seen_at, _)| *seen_at), at(180));
    due.insert(noon());
    let mut network = PastNetwork::before(noon(), present, changes);
    let mut replay = Replay::new(rule, account, noon());
    while let Some(now) = due.pop_first() {
        let sync = SyncState { last_sync: Some(now), ..SyncState::new(account) };
        let seen = Observation {
            account,
            account_name: "HQ",
            sync: &sync,
            peers: network.at(now),
            groups: &[],
            lists: Lists::none(),
            since: noon(),
            access: None,
            quiet: None,
        };
        due.extend(replay.look(seen, now).into_iter().filter(|wake| *wake <= at(180)));
    }
    replay
}

fn spans<'a>(replay: &'a Replay<'_>) -> Vec<(&'a str, i64, Option<i64>)> {
    let minute = |moment: Timestamp| moment.duration_since(noon()).as_mins();
    let one = |alert: &'_ WouldBe| (minute(alert.opened_at), alert.resolved_at.map(minute));
    replay.alerts.iter().map(|alert| (alert.title.as_str(), one(alert).0, one(alert).1)).collect()
}

#[test]
fn each_loss_is_an_alert_from_when_it_counted_until_it_was_over() {
    use TransitionKind::{Connected, Disconnected};
    let present = [testing::peer("web", PeerStatus::Online, at(70)), testing::peer("db", PeerStatus::Offline, at(90))];
    let changes = vec![
        // Too short to count.
        change(10, "db", Disconnected),
        change(12, "db", Connected),
        change(60, "web", Disconnected),
        change(70, "web", Connected),
        change(90, "db", Disconnected),
    ];
    let rule = rule(offline(5));
    let replay = replayed(&rule, &present, changes);
    assert_eq!(spans(&replay), [("web is offline", 65, Some(70)), ("db is offline", 95, None)]);
    assert_eq!(replay.messages, 3);
}

#[test]
fn what_was_so_before_is_noted_and_nobody_told() {
    let present =
        [testing::peer("lost", PeerStatus::Offline, at(-9_000)), testing::peer("web", PeerStatus::Online, at(40))];
    let changes = vec![change(40, "web", TransitionKind::Connected)];
    let rule = rule(offline(5));
    let replay = replayed(&rule, &present, changes);
    assert_eq!(spans(&replay), [("web and lost are offline", 0, None)]);
    assert_eq!((replay.alerts[0].told, replay.messages), (false, 0));
}

#[test]
fn a_condition_of_all_peers_waits_as_long_as_the_rule_says() {
    use TransitionKind::{Connected, Disconnected, Registered};
    let present = ["a", "b", "new"].map(|name| testing::peer(name, PeerStatus::Online, at(120)));
    let changes = vec![
        change(30, "a", Disconnected),
        change(33, "a", Connected),
        change(60, "b", Disconnected),
        change(100, "new", Registered),
        change(100, "new", Connected),
        change(120, "b", Connected),
    ];
    let count = PeerCount {
        operator: Operator::LessThan,
        threshold: 2,
        peers: PeerFilter::default(),
        status: CountedStatus::Online,
        alert_per: AlertPer::Rule,
    };
    let rule = Rule { for_minutes: 10, keep_firing_minutes: 5, ..rule(Condition::PeerCount(count)) };
    let replay = replayed(&rule, &present, changes);
    let spans: Vec<_> = spans(&replay).into_iter().map(|(_, from, to)| (from, to)).collect();
    assert_eq!(spans, [(70, Some(105))], "the first was too short, and the new peer made up for the other");
}
