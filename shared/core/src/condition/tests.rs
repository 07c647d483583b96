use std::sync::LazyLock;

use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;

use super::*;
use crate::network::{GroupRef, PeerStatus};
use crate::testing;

pub(crate) fn minute(n: i64) -> Timestamp {
    Timestamp::UNIX_EPOCH + SignedDuration::from_mins(n)
}

/// A peer of the group "servers", with this status since a minute.
pub(crate) fn peer(name: &str, status: PeerStatus, since: i64) -> Peer {
    let groups = vec![GroupRef { id: "g".into(), name: "servers".into() }];
    Peer { groups, ..testing::peer(name, status, minute(since)) }
}

/// What is known of the group of those peers.
pub(crate) fn servers() -> &'static [KnownGroup] {
    static SERVERS: LazyLock<[KnownGroup; 1]> = LazyLock::new(|| {
        [KnownGroup { named: "servers".into(), id: Some("g".into()), name: "servers".into(), gone: false }]
    });
    SERVERS.as_slice()
}

/// An account that was synced in minute 0.
pub(crate) fn healthy() -> SyncState {
    let mut sync = SyncState::new(AccountId::from_uuid(Uuid::nil()));
    sync.succeed(minute(0));
    sync
}

/// What is seen of an account called HQ.
pub(crate) fn seen<'a>(sync: &'a SyncState, peers: &'a [Peer]) -> Observation<'a> {
    Observation {
        account: sync.account,
        account_name: "HQ",
        sync,
        peers,
        groups: servers(),
        lists: Lists::none(),
        access: None,
        since: Timestamp::MIN,
        quiet: None,
    }
}

fn complaints(kind: ConditionType, config: Value) -> Vec<(String, String)> {
    let mut problems = Problems::default();
    let Value::Object(config) = config else { panic!("an object") };
    let read = Condition::read(kind, config, "/conditionConfig", &mut problems);
    let problems = problems.finish().err().unwrap_or_default();
    assert_eq!(read.is_none(), problems.iter().any(|problem| problem.detail.contains("required")));
    problems.into_iter().map(|problem| (problem.pointer, problem.detail)).collect()
}

#[test]
fn everything_wrong_is_told_at_once() {
    let told = complaints(ConditionType::PeerCount, json!({ "duration": 5, "a/b": 1, "threshold": 3 }));
    let told: Vec<_> = told.iter().map(|(pointer, detail)| (pointer.as_str(), detail.as_str())).collect();
    assert_eq!(
        told,
        [
            ("/conditionConfig/operator", "is required"),
            ("/conditionConfig/a~1b", "is not a field of this condition"),
            ("/conditionConfig/duration", "is not a field of this condition"),
        ]
    );
    let told = complaints(ConditionType::PeerOffline, json!({ "duration": 20_000, "groups": ["", "servers"] }));
    let pointers: Vec<_> = told.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/conditionConfig/duration", "/conditionConfig/groups/0"]);
}

#[test]
fn what_was_stored_before_each_peer_could_be_told_of_tells_as_it_did() {
    let stored = |kind: ConditionType, config: Value| -> Condition {
        serde_json::from_value(json!({ "conditionType": kind, "conditionConfig": config })).unwrap()
    };
    for (kind, config, is_apart) in [
        (ConditionType::PeerInactive, json!({ "days": 30 }), false),
        (ConditionType::ClientVersion, json!({ "minimum": "0.60.0" }), false),
        (ConditionType::ApprovalPending, json!({}), true),
        (ConditionType::LoginExpired, json!({}), true),
    ] {
        let old = stored(kind, config.clone());
        assert_eq!(old.watch().apart().is_some(), is_apart, "{kind:?}");
        let Value::Object(entered) = config else { panic!("an object") };
        let mut problems = Problems::default();
        let new = Condition::read(kind, entered.clone(), "/conditionConfig", &mut problems).unwrap();
        assert!(new.watch().apart().is_some(), "{kind:?}: each peer is told of unless somebody says otherwise");
        let mut chosen = entered;
        chosen.insert("alertPer".into(), json!("rule"));
        let chosen = Condition::read(kind, chosen, "/conditionConfig", &mut problems).unwrap();
        assert!(chosen.watch().apart().is_none(), "{kind:?}");
        problems.finish().unwrap();
    }
    let mut problems = Problems::default();
    let Value::Object(wrong) = json!({ "alertPer": "site", "days": -1 }) else { panic!("an object") };
    assert!(Condition::read(ConditionType::PeerInactive, wrong, "/conditionConfig", &mut problems).is_none());
    let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|problem| problem.pointer).collect();
    assert_eq!(pointers, ["/conditionConfig/alertPer", "/conditionConfig/days"]);
}

#[test]
fn names_are_those_of_the_stored_form() {
    for kind in ConditionType::ALL {
        let config = match kind {
            ConditionType::PeerOffline => json!({ "duration": 5 }),
            ConditionType::PeerCount => json!({ "operator": "equals", "threshold": 1 }),
            ConditionType::GroupHealth => json!({ "percent": 90 }),
            ConditionType::PeerFlapping => json!({ "minChanges": 4, "withinMinutes": 60 }),
            ConditionType::PeerInactive => json!({ "days": 30 }),
            ConditionType::ApprovalPending | ConditionType::LoginExpired | ConditionType::NetworkUnrouted => json!({}),
            ConditionType::ClientVersion => json!({ "minimum": "0.60.0" }),
            ConditionType::LoginExpiring => json!({ "hours": 24 }),
            ConditionType::PeerAdded => json!({ "window": 60 }),
            ConditionType::SetupKeyExpiring => json!({ "days": 7 }),
            ConditionType::NetworkEvent => json!({ "activityCodes": ["policy"], "threshold": 1, "window": 10 }),
            ConditionType::ConfigurationChanged => json!({}),
            ConditionType::Access => json!({ "from": "group:g", "to": "peer:p", "expected": "denied" }),
            ConditionType::CustomMetric => json!({ "metric": "backup.age", "operator": "greater_than", "value": 24.5 }),
        };
        let condition: Condition =
            serde_json::from_value(json!({ "conditionType": kind, "conditionConfig": config })).unwrap();
        assert_eq!(json!(condition.name()), json!(kind));
        assert_eq!(serde_json::to_value(&condition).unwrap()["conditionType"], condition.name());
        assert_eq!(condition.made().map(|(made, _)| made), Some(*kind));
        assert!(!condition.is_about_account());
    }
    let built_in = Condition::AccountUnreachable(AccountUnreachable {});
    assert_eq!(built_in.name(), "account_unreachable");
    assert!(built_in.made().is_none() && built_in.is_about_account());
}
