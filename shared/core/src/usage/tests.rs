use super::*;
use crate::condition::tests::peer;
use crate::network::{Network, NetworkResource, NetworkRouter, PeerStatus, PolicyRule, SetupKey};
use crate::reach::Inventory;

fn refs(names: &[&str]) -> Vec<GroupRef> {
    names.iter().map(|name| GroupRef { id: (*name).into(), name: (*name).into() }).collect()
}

fn policy(name: &str, from: &[&str], to: &[&str], one: Option<(&str, &str)>) -> Policy {
    let rule = PolicyRule {
        name: String::new(),
        description: String::new(),
        enabled: true,
        action: "accept".into(),
        bidirectional: false,
        protocol: "tcp".into(),
        ports: vec![],
        sources: refs(from),
        source_resource: None,
        destinations: refs(to),
        destination_resource: one.map(|(kind, id)| ResourceRef { id: id.into(), kind: kind.into() }),
    };
    Policy {
        id: format!("id of {name}"),
        name: name.into(),
        description: String::new(),
        enabled: name != "off",
        posture_checks: vec!["min-version".into()],
        rules: vec![rule.clone(), rule],
    }
}

/// Who uses these things, in words.
fn told(seen: Configuration<'_>, things: &[Thing<'_>]) -> Vec<String> {
    let (uses, more) = uses(seen, things);
    assert_eq!(more, 0);
    let one = |(user, nth, places): (User<'_>, usize, Vec<Place>)| {
        let places: Vec<&str> = places.into_iter().map(Place::name).collect();
        let of = user.network.map(|(_, network)| format!(" of {network}")).unwrap_or_default();
        let off = if user.is_on == Some(false) { ", off" } else { "" };
        format!("{nth}: {} {}{of}{off} as {}", user.kind.name(), user.name, places.join(" and "))
    };
    uses.into_iter().map(one).collect()
}

#[test]
fn who_names_what() {
    let policies = [
        policy("ssh", &["laptops"], &["laptops", "servers"], None),
        policy("off", &["laptops"], &[], Some(("host", "db"))),
        policy("one", &["admins"], &[], Some(("peer", "p1"))),
    ];
    let networks = [Network {
        id: "n".into(),
        name: "office".into(),
        description: String::new(),
        resources: vec!["db".into()],
        routers: vec!["r".into()],
        policies: vec!["id of off".into(), "one that is gone".into()],
    }];
    let resources = [NetworkResource {
        id: "db".into(),
        name: "db".into(),
        description: String::new(),
        kind: "host".into(),
        address: "10.0.0.1/32".into(),
        enabled: true,
        groups: refs(&["servers"]),
    }];
    let router = NetworkRouter {
        id: "r".into(),
        peer: "p1".into(),
        peer_groups: vec!["servers".into()],
        metric: 1,
        masquerade: false,
        enabled: false,
    };
    let keys = [SetupKey { id: "k".into(), name: "fleet".into(), auto_groups: vec!["laptops".into()], ..key() }];
    let mut mine = peer("p1", PeerStatus::Online, 0);
    mine.user_id = "u".into();
    let peers = [mine];
    let lists = Inventory {
        peers: &peers,
        policies: Some(&policies),
        networks: Some(&networks),
        resources: Some(&resources),
        routers: Some(std::slice::from_ref(&router)),
        ..Inventory::default()
    };
    let seen = Configuration { lists, setup_keys: Some(&keys), ..Configuration::default() };

    assert_eq!(
        told(seen, &[Thing::Group("laptops")]),
        ["0: policy off, off as source", "0: policy ssh as source and destination", "0: setup-key fleet as auto-group"]
    );
    assert_eq!(
        told(seen, &[Thing::Peer("p1"), Thing::Group("servers")]),
        [
            "0: policy one as destination",
            "1: policy ssh as destination",
            "1: network-resource db of office as member",
            "0: network-router office of office, off as routing-peer",
            "1: network-router office of office, off as routing-peer",
        ]
    );
    assert_eq!(told(seen, &[Thing::Resource("db")]), ["0: policy off, off as destination"]);
    assert_eq!(told(seen, &[Thing::Network("n")]), ["0: policy off, off as policy"]);
    assert_eq!(told(seen, &[Thing::Policy("id of off")]), ["0: network office as policy"]);
    assert_eq!(told(seen, &[Thing::User("u")]), [format!("0: peer {} as owner", peers[0].name)]);
    assert_eq!(told(seen, &[Thing::PostureCheck("min-version")]).len(), 3);
    assert_eq!(told(seen, &[Thing::Group("nobody's")]), [""; 0]);
}

#[test]
fn of_many_uses_the_first_are_told() {
    let policies: Vec<Policy> = (0..MOST + 7).map(|n| policy(&format!("{n:04}"), &["all"], &[], None)).collect();
    let lists = Inventory { policies: Some(&policies), ..Inventory::default() };
    let (uses, more) = uses(Configuration { lists, ..Configuration::default() }, &[Thing::Group("all")]);
    assert_eq!((uses.len(), more, uses[MOST - 1].0.name), (MOST, 7, "0199"));
}

fn key() -> SetupKey {
    SetupKey {
        id: String::new(),
        name: String::new(),
        key: "1DF7C****".into(),
        kind: "reusable".into(),
        state: "valid".into(),
        ephemeral: false,
        allow_extra_dns_labels: false,
        used_times: 0,
        usage_limit: 0,
        expires: None,
        last_used: None,
        updated_at: None,
        auto_groups: vec![],
    }
}
