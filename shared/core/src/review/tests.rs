use super::*;
use crate::condition::tests::peer;
use crate::network::{Group, GroupRef, Network, NetworkRouter, PeerStatus, Policy, PolicyRule, ResourceRef};

fn of_lists(lists: Inventory<'_>) -> Configuration<'_> {
    Configuration { lists, ..Configuration::default() }
}

fn group(name: &str, peers: u32) -> Group {
    Group { id: name.into(), name: name.into(), issued: "api".into(), peers, resources: 0 }
}

fn refs(names: &[&str]) -> Vec<GroupRef> {
    names.iter().map(|name| GroupRef { id: (*name).into(), name: (*name).into() }).collect()
}

fn rule(from: &[&str], to: &[&str], on: (&str, &[&str])) -> PolicyRule {
    PolicyRule {
        name: String::new(),
        description: String::new(),
        enabled: true,
        action: "accept".into(),
        bidirectional: false,
        protocol: on.0.into(),
        ports: on.1.iter().map(|port| (*port).into()).collect(),
        sources: refs(from),
        source_resource: None,
        destinations: refs(to),
        destination_resource: None,
    }
}

fn policy(name: &str, rules: Vec<PolicyRule>) -> Policy {
    Policy {
        id: name.into(),
        name: name.into(),
        description: String::new(),
        enabled: true,
        posture_checks: vec![],
        rules,
    }
}

fn drops(rule: PolicyRule) -> PolicyRule {
    PolicyRule { action: "drop".into(), ..rule }
}

/// Kinds and names of what is found among policies, in the order of names.
fn found(policies: &[Policy]) -> Vec<(ConcernKind, String)> {
    let seen = of_lists(Inventory { policies: Some(policies), ..Inventory::default() });
    let (concerns, more) = review(seen, |_| true, Timestamp::UNIX_EPOCH);
    assert_eq!(more, 0);
    let mut found: Vec<_> = concerns.into_iter().map(|one| (one.kind, one.name)).collect();
    found.sort_by(|a, b| a.1.cmp(&b.1));
    found
}

#[test]
fn a_rule_that_says_no_more_than_another() {
    use ConcernKind::{Overruled, Redundant};
    let wide = || rule(&["a", "b"], &["c", "d"], ("tcp", &["1-1000"]));
    let narrow = || rule(&["a"], &["d"], ("tcp", &["22", "80-90"]));
    let named = |kind, name: &str| vec![(kind, name.to_owned())];
    let both = |one: PolicyRule, other: PolicyRule| [policy("narrow", vec![one]), policy("wide", vec![other])];
    assert_eq!(found(&both(narrow(), wide())), named(Redundant, "narrow"));
    assert_eq!(found(&both(wide(), wide())), named(Redundant, "wide"), "of two that are the same the later one");
    assert_eq!(found(&both(narrow(), drops(wide()))), named(Overruled, "narrow"));
    assert_eq!(found(&both(drops(narrow()), wide())), [], "a part of it is forbidden, which is what drops are for");
    let all = || rule(&["a"], &["d"], ("all", &[]));
    assert_eq!(found(&both(narrow(), all())), named(Redundant, "narrow"));
    for (why, other) in [
        ("other people", rule(&["b"], &["c", "d"], ("tcp", &[]))),
        ("another protocol", rule(&["a"], &["d"], ("udp", &[]))),
        ("other ports", rule(&["a"], &["d"], ("tcp", &["81-82", "443"]))),
        ("a protocol of its own", rule(&["a"], &["d"], ("netbird-ssh", &[]))),
        ("off", PolicyRule { enabled: false, ..wide() }),
        (
            "a resource",
            PolicyRule {
                destination_resource: Some(ResourceRef { id: "r".into(), kind: "host".into() }),
                destinations: vec![],
                ..wide()
            },
        ),
    ] {
        assert_eq!(found(&both(narrow(), other)), [], "{why}");
    }
    let both_ways = PolicyRule { bidirectional: true, ..narrow() };
    assert_eq!(found(&both(both_ways, wide())), [], "one way is less than both");
    // Checks make it say less.
    let checked = |mut policy: Policy| {
        policy.posture_checks = vec!["check".into()];
        policy
    };
    let (one, other) = (policy("narrow", vec![narrow()]), policy("wide", vec![wide()]));
    assert_eq!(found(&[one.clone(), checked(other.clone())]), []);
    assert_eq!(found(&[checked(one.clone()), other]), named(Redundant, "narrow"));
    assert_eq!(found(&[one, checked(policy("wide", vec![drops(wide())]))]), []);
}

#[test]
fn a_rule_that_lets_everybody_do_everything() {
    let open = rule(&["All"], &["All"], ("all", &[]));
    assert_eq!(found(&[policy("Default", vec![open.clone()])]), [(ConcernKind::OpenToAll, "Default".to_owned())]);
    assert_eq!(found(&[policy("Default", vec![drops(open.clone())])]), []);
    assert_eq!(found(&[policy("web", vec![PolicyRule { protocol: "tcp".into(), ..open }])]), []);
}

#[test]
fn what_nobody_is_in_and_what_nothing_names() {
    let mut member = peer("srv-01", PeerStatus::Online, 0);
    member.groups = refs(&["servers"]);
    let groups = [group("All", 1), group("servers", 1), group("empty", 0), group("spare", 3)];
    let policies = [policy("web", vec![rule(&["empty"], &["servers"], ("tcp", &["443"]))])];
    let peers = [member];
    let lists = Inventory {
        peers: &peers,
        groups: Some(&groups),
        policies: Some(&policies),
        routers: Some(&[]),
        routes: Some(&[]),
        ..Inventory::default()
    };
    let seen = Configuration { lists, nameservers: Some(&[]), dns: Some(&[]), setup_keys: Some(&[]) };
    let sentences =
        |seen| review(seen, |_| true, Timestamp::UNIX_EPOCH).0.into_iter().map(|one| one.sentence).collect::<Vec<_>>();
    assert_eq!(
        sentences(seen),
        [
            "Policy \u{201c}web\u{201d} applies to nobody: there are no peers in empty.",
            "Group \u{201c}spare\u{201d} has 3 peers, and no policy, route, network, nameserver or setup key names it.",
        ]
    );
    // Whether anything names it is not known without the routes.
    assert_eq!(sentences(Configuration { lists: Inventory { routes: None, ..lists }, ..seen }).len(), 1);
}

#[test]
fn what_hangs_on_one_peer() {
    let named = |name: &str, groups: &[&str]| {
        let mut peer = peer(name, PeerStatus::Offline, 0);
        (peer.id, peer.groups) = (name.into(), refs(groups));
        peer
    };
    let peers = [named("gw-1", &["gateways"]), named("gw-2", &["gateways"])];
    let router = |id: &str, peer: &str, groups: &[&str], enabled| NetworkRouter {
        id: id.into(),
        peer: peer.into(),
        peer_groups: groups.iter().map(|one| (*one).into()).collect(),
        metric: 1,
        masquerade: true,
        enabled,
    };
    let network = |name: &str, routers: &[&str]| Network {
        id: name.into(),
        name: name.into(),
        description: String::new(),
        resources: vec!["r".into()],
        routers: routers.iter().map(|one| (*one).into()).collect(),
        policies: vec![],
    };
    let networks = [network("both", &["of-groups"]), network("one", &["of-one"]), network("none", &["off", "gone"])];
    let routers = [
        router("of-groups", "", &["gateways"], true),
        router("of-one", "gw-1", &[], true),
        router("off", "gw-2", &[], false),
        router("gone", "gw-9", &[], true),
    ];
    let seen = of_lists(Inventory {
        peers: &peers,
        networks: Some(&networks),
        routers: Some(&routers),
        ..Inventory::default()
    });
    let (concerns, _) = review(seen, |_| true, Timestamp::UNIX_EPOCH);
    let told: Vec<(ConcernKind, &str)> = concerns.iter().map(|one| (one.kind, one.name.as_str())).collect();
    assert_eq!(told, [(ConcernKind::Unrouted, "none"), (ConcernKind::SingleRouter, "one")]);
    assert_eq!(concerns[1].sentence, "Network \u{201c}one\u{201d} (1 resource) is reached through gw-1 alone.");
}

#[test]
fn a_network_that_is_made_to_burst_is_looked_at_in_time() {
    let policies: Vec<Policy> =
        (0..5_000).map(|n| policy(&format!("p{n}"), vec![rule(&["a"], &["b"], ("tcp", &[&n.to_string()]))])).collect();
    assert_eq!(found(&policies), []);
    let same: Vec<Policy> =
        (0..5_000).map(|n| policy(&format!("p{n}"), vec![rule(&["a"], &["b"], ("tcp", &[]))])).collect();
    let seen = of_lists(Inventory { policies: Some(&same), ..Inventory::default() });
    let (concerns, more) = review(seen, |_| true, Timestamp::UNIX_EPOCH);
    assert_eq!((concerns.len(), more), (MOST, 4_999 - MOST));
    // One group of everybody, named again and again by the router of every network.
    let member = |n: usize| {
        let mut peer = peer(&format!("p{n}"), PeerStatus::Online, 0);
        (peer.id, peer.groups) = (format!("p{n}"), refs(&["all"]));
        peer
    };
    let peers: Vec<_> = (0..20_000).map(member).collect();
    let router = NetworkRouter {
        id: "r".into(),
        peer: String::new(),
        peer_groups: vec!["all".into(); 250],
        metric: 1,
        masquerade: true,
        enabled: true,
    };
    let network = |n: usize| Network {
        id: n.to_string(),
        name: n.to_string(),
        description: String::new(),
        resources: vec!["x".into()],
        routers: vec!["r".into()],
        policies: vec![],
    };
    let networks: Vec<Network> = (0..5_000).map(network).collect();
    let seen = of_lists(Inventory {
        peers: &peers,
        networks: Some(&networks),
        routers: Some(std::slice::from_ref(&router)),
        ..Inventory::default()
    });
    assert_eq!(review(seen, |_| true, Timestamp::UNIX_EPOCH), (vec![], 0));
}

#[test]
fn a_rule_whose_sources_all_fail_a_posture_check_is_about_nobody() {
    use crate::network::{PostureCheck, PostureChecks};

    let checks = PostureChecks { client_version: Some("0.70.0".into()), ..PostureChecks::default() };
    let checks = [PostureCheck { id: "c".into(), name: "client".into(), description: String::new(), checks }];
    let checked =
        Policy { posture_checks: vec!["c".into()], ..policy("web", vec![rule(&["a"], &["b"], ("tcp", &["443"]))]) };
    let in_group = |name: &str, version: &str| {
        let mut peer = peer(name, PeerStatus::Online, 0);
        peer.groups = refs(&["a"]);
        peer.version = version.into();
        peer
    };
    let found = |versions: [&str; 2]| {
        let peers = [in_group("p1", versions[0]), in_group("p2", versions[1])];
        let lists = Inventory {
            peers: &peers,
            policies: Some(std::slice::from_ref(&checked)),
            posture_checks: Some(&checks),
            ..Inventory::default()
        };
        let concerns = review(of_lists(lists), |one| one.kind == ConcernKind::Idle, Timestamp::UNIX_EPOCH).0;
        concerns.into_iter().map(|one| one.sentence).collect::<Vec<_>>()
    };
    assert_eq!(found(["0.59.4", "0.71.0"]), [""; 0]);
    assert_eq!(found(["0.59.4", "development"]), [""; 0], "what may pass is not told to fail");
    assert_eq!(
        found(["0.59.4", "0.60.0"]),
        [
            "Policy \u{201c}web\u{201d} applies to nobody: none of its sources passes its posture checks. p1 fails \u{201c}client\u{201d}: its client is 0.59.4, and 0.70.0 or later is asked for."
        ]
    );
}
