use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::network::{Event, GroupRef, Policy, PolicyRule, Route, SetupKey};

fn group(id: &str, name: &str) -> GroupRef {
    GroupRef { id: id.into(), name: name.into() }
}

fn rule(name: &str, ports: &[&str], sources: &[&str]) -> PolicyRule {
    PolicyRule {
        name: name.into(),
        description: String::new(),
        enabled: true,
        action: "accept".into(),
        bidirectional: false,
        protocol: "tcp".into(),
        ports: ports.iter().map(ToString::to_string).collect(),
        sources: sources.iter().map(|id| group(id, id)).collect(),
        source_resource: None,
        destinations: vec![group("s", "servers")],
        destination_resource: None,
    }
}

fn policy(id: &str, name: &str, rules: Vec<PolicyRule>) -> Policy {
    Policy {
        id: id.into(),
        name: name.into(),
        description: String::new(),
        enabled: true,
        posture_checks: Vec::new(),
        rules,
    }
}

fn key(used: u32, state: &str) -> SetupKey {
    SetupKey {
        id: "k".into(),
        name: "laptops".into(),
        key: "A616****".into(),
        kind: "reusable".into(),
        state: state.into(),
        ephemeral: false,
        allow_extra_dns_labels: false,
        used_times: used,
        usage_limit: 0,
        expires: None,
        last_used: None,
        updated_at: None,
        auto_groups: vec!["g".into()],
    }
}

fn nobody(_: &str) -> Option<String> {
    None
}

#[test]
fn a_policy_in_words() {
    let before = policy("p", "laptops to servers", vec![rule("ssh", &["22"], &["laptops"])]);
    let mut after = before.clone();
    after.rules[0].ports.push("443".into());
    after.rules[0].sources.push(group("b", "build"));
    let [change] = &compare(std::slice::from_ref(&before), &[after], &nobody)[..] else { panic!() };
    assert_eq!((change.kind, change.item_id.as_str()), (ChangeKind::Updated, "p"));
    assert_eq!(
        change.sentences,
        [
            "Policy “laptops to servers”: rule “ssh”: ports: 443 added",
            "Policy “laptops to servers”: rule “ssh”: sources: build added"
        ]
    );
    assert_eq!(
        (change.fields[0].path.as_str(), &change.fields[0].added[..]),
        ("rules.ssh.ports", &["443".to_owned()][..])
    );

    let off = Policy { enabled: false, name: "off".into(), ..before.clone() };
    let change = &compare(std::slice::from_ref(&before), &[off], &nobody)[0];
    let sentences = ["Policy “off” was switched off", "Policy “off” was renamed from “laptops to servers”"];
    assert_eq!(change.sentences, sentences);

    let mut renamed = before.clone();
    renamed.rules[0].name = "shell".into();
    let change = &compare(std::slice::from_ref(&before), &[renamed], &nobody)[0];
    assert_eq!(change.sentences, ["Policy “laptops to servers”: rule “ssh”: name changed from ssh to shell"]);
    assert_eq!(
        compare(&[], std::slice::from_ref(&before), &nobody)[0].sentences,
        ["Policy “laptops to servers” was created"]
    );
    let gone = &compare(&[before], &[], &nobody)[0];
    assert_eq!((gone.kind, gone.before.is_some(), gone.after.is_some()), (ChangeKind::Deleted, true, false));
}

#[test]
fn ids_have_names_where_they_are_known() {
    let name = |id: &str| (id == "r1").then(|| "router-1".to_owned());
    let route = Route {
        id: "r".into(),
        network_id: "office".into(),
        description: String::new(),
        enabled: true,
        network: "10.0.0.0/8".into(),
        network_type: "IPv4".into(),
        domains: Vec::new(),
        peer: String::new(),
        peer_groups: vec!["r1".into()],
        groups: Vec::new(),
        access_control_groups: Vec::new(),
        metric: 9_999,
        masquerade: true,
        keep_route: false,
        skip_auto_apply: false,
    };
    let after =
        Route { peer: "r1".into(), peer_groups: vec!["x".into()], metric: 1, masquerade: false, ..route.clone() };
    let change = &compare(&[route], &[after], &name)[0];
    assert_eq!(
        change.sentences,
        [
            "Route “office”: masquerade switched off",
            "Route “office”: metric changed from 9999 to 1",
            "Route “office”: peer set to router-1",
            "Route “office”: peer groups: x added, router-1 removed",
        ]
    );
}

#[test]
fn a_key_that_is_used_is_as_it_was() {
    assert!(!has_changed(&[key(1, "valid")], &[key(2, "overused")]));
    let change = &compare(&[key(1, "valid")], &[key(1, "revoked")], &nobody)[0];
    assert_eq!(change.sentences, ["Setup key “laptops”: revoked switched on"]);
    assert!(!serde_json::to_string(&change).unwrap().contains("A616"), "how the key begins is nowhere");
}

#[test]
fn who_is_in_a_group_is_told_of_the_group() {
    let peer = |id: &str, groups: &[&str]| crate::network::Peer {
        id: id.into(),
        groups: groups.iter().map(|id| group(id, &format!("group {id}"))).collect(),
        ..crate::testing::peer(&format!("peer {id}"), crate::network::PeerStatus::Online, Timestamp::UNIX_EPOCH)
    };
    let before = [peer("1", &["a"]), peer("2", &["a"]), peer("3", &["a"])];
    let after = [peer("1", &["a", "b"]), peer("2", &["b"]), peer("4", &["b"])];
    let told: Vec<String> = members(&before, &after).into_iter().flat_map(|change| change.sentences).collect();
    assert_eq!(
        told,
        ["Group “group a”: peers: peer 2 removed", "Group “group b”: peers: peer 1 and peer 2 added"],
        "those that came or went have their own history"
    );
}

#[test]
fn the_event_that_fits_tells_who_did_it() {
    let at = |seconds: i64| Timestamp::from_second(1_800_000_000 + seconds).unwrap();
    let event = |id: &str, code: &str, target: &str, seconds| Event {
        id: id.into(),
        timestamp: at(seconds),
        activity: String::new(),
        activity_code: code.into(),
        initiator_id: format!("user {id}"),
        initiator_name: String::new(),
        initiator_email: String::new(),
        target_id: target.into(),
        meta: [("group_id".to_owned(), "g".to_owned())].into(),
    };
    let events = [
        event("1", "policy.update", "p", -2_000),
        event("2", "policy.add", "p", -50),
        event("3", "policy.update", "p", -100),
        event("4", "policy.update", "q", -10),
        event("5", "peer.group.add", "peer", -10),
        event("6", "group.add", "p", -10),
    ];
    let joined = |resource, id: &str| {
        let mut change = Change { since: Some(at(-600)), ..Change::of(resource, ChangeKind::Updated, id, "") };
        change.join(&events, at(0), SignedDuration::ZERO);
        change.by.map(|by| by.id)
    };
    assert_eq!(joined(Configuration::Policies, "p").as_deref(), Some("user 3"), "an update, and in time");
    assert_eq!(joined(Configuration::Groups, "g").as_deref(), Some("user 5"), "it names the group beside its target");
    assert_eq!(joined(Configuration::Routes, "p"), None);
}

#[test]
fn what_is_told_is_bounded() {
    let long = "x".repeat(100_000);
    let many: Vec<Policy> = (0..700).map(|n| policy(&n.to_string(), &long, vec![])).collect();
    let changes = compare(&[], &many, &nobody);
    assert_eq!(changes.len(), MOST_CHANGES + 1);
    let last = changes.last().unwrap();
    assert_eq!(
        (last.kind, last.sentences[0].as_str()),
        (ChangeKind::Omitted, "Policies: 200 more changes, not kept one by one")
    );
    assert!(changes.iter().all(|change| serde_json::to_string(change).unwrap().len() < 2_000));
    assert!(changes[0].is_cut && changes[0].after.is_none());
    let rules = (0..200).map(|n| rule(&format!("{n}{long}"), &["1"], &[])).collect();
    let change = &compare(&[policy("p", "a", vec![])], &[policy("p", "a", rules)], &nobody)[0];
    assert!(change.omitted_fields > 0);
    let bytes = serde_json::to_string(change).unwrap().len();
    assert!(bytes < 64 << 10, "{bytes}");
}

prop_compose! {
    fn some_policy()(
        id in "[a-f]", name in "[a-c]", enabled: bool, ports in prop::collection::vec("[1-4]", 0..4),
        sources in prop::collection::vec("[a-d]", 0..4), rules in prop::collection::vec("[x-z]", 0..3),
    ) -> Policy {
        let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        let rules = rules.iter().map(|name| rule(name, &ports, &sources)).collect();
        Policy { enabled, ..policy(&id, &name, rules) }
    }
}

proptest! {
    #[test]
    fn a_list_is_as_itself_in_any_order(mut policies in prop::collection::vec(some_policy(), 0..8), turn in 0usize..8) {
        policies.sort_by(|a, b| a.id.cmp(&b.id));
        policies.dedup_by(|a, b| a.id == b.id);
        let mut other = policies.clone();
        let by = turn.min(other.len());
        other.rotate_left(by);
        for policy in &mut other {
            policy.posture_checks.reverse();
            for rule in &mut policy.rules {
                rule.ports.reverse();
                rule.sources.reverse();
            }
        }
        prop_assert!(!has_changed(&policies, &other));
        prop_assert_eq!(compare(&policies, &other, &nobody), vec![]);
    }

    #[test]
    fn what_differs_is_what_lies_between_the_two(before in some_policy(), after in some_policy()) {
        let after = Policy { id: before.id.clone(), ..after };
        let there = compare(std::slice::from_ref(&before), std::slice::from_ref(&after), &nobody);
        let back = compare(std::slice::from_ref(&after), std::slice::from_ref(&before), &nobody);
        prop_assert_eq!(there.len(), back.len());
        for (one, other) in there.iter().zip(&back) {
            prop_assert_eq!((&one.before, &one.after), (&other.after, &other.before));
            prop_assert_eq!(one.before.as_ref().map(|raw| raw["enabled"].clone()), Some(json!(before.enabled)));
            // A rule that is alone keeps its first name, which is another one on the way back.
            if before.rules.len() != 1 || after.rules.len() != 1 {
                for (field, reverse) in one.fields.iter().zip(&other.fields) {
                    prop_assert_eq!((&field.path, &field.before, &field.added), (&reverse.path, &reverse.after, &reverse.removed));
                }
            }
        }
    }
}
