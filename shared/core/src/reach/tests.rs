mod ends;

use jiff::Timestamp;

use super::Verdict::{Allowed, Denied, Unknown};
use super::*;
use crate::network::{
    GroupRef, Network, NetworkResource, NetworkRouter, Peer, PeerStatus, Policy, PolicyRule, PostureCheck,
    PostureChecks, ResourceRef, Route,
};
use crate::testing;

/// The lists of a small network, to be changed as a test needs it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lists {
    pub(crate) peers: Vec<Peer>,
    pub(crate) policies: Vec<Policy>,
    pub(crate) checks: Vec<PostureCheck>,
    pub(crate) networks: Vec<Network>,
    pub(crate) resources: Vec<NetworkResource>,
    pub(crate) routers: Vec<NetworkRouter>,
    pub(crate) routes: Vec<Route>,
}

impl Lists {
    pub(crate) fn inventory(&self) -> Inventory<'_> {
        Inventory {
            peers: &self.peers,
            groups: None,
            policies: Some(&self.policies),
            posture_checks: Some(&self.checks),
            networks: Some(&self.networks),
            resources: Some(&self.resources),
            routers: Some(&self.routers),
            routes: Some(&self.routes),
            users: None,
        }
    }

    fn ask(&self, from: &str, to: &str, on: &str) -> Answer {
        ask(&self.inventory(), from, to, on)
    }

    /// The verdict and the sentences of the reasons.
    fn why(&self, from: &str, to: &str, on: &str) -> (Verdict, Vec<String>) {
        let answer = self.ask(from, to, on);
        (answer.verdict, answer.reasons.into_iter().map(|reason| reason.sentence).collect())
    }
}

/// `tcp/443`, `udp`, `all`.
fn ask(lists: &Inventory<'_>, from: &str, to: &str, on: &str) -> Answer {
    let (protocol, port) = on.split_once('/').map_or((on, None), |(protocol, port)| (protocol, port.parse().ok()));
    let ask = Ask { protocol: protocol.parse().unwrap(), port };
    Model::new(*lists).question(&from.parse().unwrap(), &to.parse().unwrap(), ask).unwrap()
}

pub(crate) fn group(name: &str) -> GroupRef {
    GroupRef { id: name.into(), name: name.into() }
}

pub(crate) fn peer(name: &str, groups: &[&str]) -> Peer {
    let peer = testing::peer(name, PeerStatus::Online, Timestamp::UNIX_EPOCH);
    Peer { groups: groups.iter().map(|name| group(name)).collect(), os: "Ubuntu 24.04".into(), ..peer }
}

/// `web: laptops > servers tcp 443`; `<>` for both directions.
pub(crate) fn policy(text: &str) -> Policy {
    let (name, rest) = text.split_once(": ").unwrap();
    let words: Vec<&str> = rest.split(' ').collect();
    let ports = words.get(4).map_or(Vec::new(), |ports| ports.split(',').map(str::to_owned).collect());
    let side = |word: &str| if word.contains(':') { Vec::new() } else { word.split(',').map(group).collect() };
    let one = |word: &str| {
        let (kind, id) = word.split_once(':')?;
        Some(ResourceRef { id: id.into(), kind: kind.into() })
    };
    let rule = PolicyRule {
        name: name.into(),
        description: String::new(),
        enabled: true,
        action: "accept".into(),
        bidirectional: words[1] == "<>",
        protocol: words[3].into(),
        ports,
        sources: side(words[0]),
        source_resource: one(words[0]),
        destinations: side(words[2]),
        destination_resource: one(words[2]),
    };
    Policy {
        id: format!("id-{name}"),
        name: name.into(),
        description: String::new(),
        enabled: true,
        posture_checks: Vec::new(),
        rules: vec![rule],
    }
}

fn dropping(text: &str) -> Policy {
    let mut policy = policy(text);
    policy.rules[0].action = "drop".into();
    policy
}

fn checked(text: &str, check: &str) -> Policy {
    Policy { posture_checks: vec![check.into()], ..policy(text) }
}

fn off(policy: Policy) -> Policy {
    Policy { enabled: false, ..policy }
}

/// Two laptops, two servers, a router that leads to a database, and these policies.
pub(crate) fn office(policies: Vec<Policy>) -> Lists {
    Lists {
        peers: vec![
            peer("laptop-1", &["laptops"]),
            peer("laptop-2", &["laptops"]),
            peer("server-1", &["servers"]),
            peer("server-2", &["servers"]),
            peer("router-1", &["routers"]),
        ],
        policies,
        networks: vec![Network {
            id: "n".into(),
            name: "office".into(),
            description: String::new(),
            resources: vec!["db".into()],
            routers: vec!["r".into()],
            policies: Vec::new(),
        }],
        resources: vec![NetworkResource {
            id: "db".into(),
            name: "db".into(),
            description: String::new(),
            kind: "host".into(),
            address: "10.0.0.5/32".into(),
            enabled: true,
            groups: vec![group("databases")],
        }],
        routers: vec![NetworkRouter {
            id: "r".into(),
            peer: "router-1".into(),
            peer_groups: Vec::new(),
            metric: 100,
            masquerade: true,
            enabled: true,
        }],
        ..Lists::default()
    }
}

fn says(lists: &Lists, from: &str, to: &str, on: &str, verdict: Verdict, sentences: &[&str]) {
    let (found, why) = lists.why(from, to, on);
    assert_eq!((found, why), (verdict, sentences.iter().map(ToString::to_string).collect()), "{from} {to} {on}");
}

#[test]
fn a_rule_allows_what_it_is_about_in_its_direction() {
    let lists = office(vec![policy("web: laptops > servers tcp 443,8000-8010")]);
    let lets = "Policy \"web\" lets laptops reach servers on TCP 443, 8000-8010.";
    says(&lists, "peer:laptop-1", "peer:server-1", "tcp/443", Allowed, &[lets]);
    says(&lists, "peer:laptop-1", "peer:server-1", "tcp/8005", Allowed, &[lets]);
    let but = "Policy \"web\" lets laptops reach servers on TCP 443, 8000-8010, but not on TCP 22.";
    let none = "No policy lets laptop-1 reach server-1 on TCP 22.";
    says(&lists, "peer:laptop-1", "peer:server-1", "tcp/22", Denied, &[none, but]);
    let none = "No policy lets server-1 reach laptop-1.";
    says(&lists, "peer:server-1", "peer:laptop-1", "all", Denied, &[none]);
    let answer = lists.ask("peer:laptop-1", "peer:server-1", "all");
    assert_eq!(answer.sentence, "laptop-1 can reach server-1 on TCP 443, 8000-8010.");
    let both = office(vec![policy("web: laptops <> servers tcp 443")]);
    let lets = "Policy \"web\" lets servers reach laptops on TCP 443.";
    says(&both, "peer:server-1", "peer:laptop-1", "tcp/443", Allowed, &[lets]);
}

#[test]
fn what_drops_counts_first_whatever_the_order() {
    let (web, no) = (policy("web: laptops > servers all"), dropping("no-ssh: laptops > servers tcp 22"));
    for policies in [vec![web.clone(), no.clone()], vec![no, web]] {
        let lists = office(policies);
        let (verdict, why) = lists.why("peer:laptop-1", "peer:server-1", "tcp/22");
        assert_eq!(verdict, Denied);
        assert_eq!(why[0], "Policy \"no-ssh\" forbids laptops to reach servers on TCP 22.");
        assert_eq!(lists.ask("peer:laptop-1", "peer:server-1", "tcp/23").verdict, Allowed);
        assert_eq!(
            lists.ask("peer:laptop-1", "peer:server-1", "all").sentence,
            "laptop-1 can reach server-1 on TCP 0-21, 23-65535, UDP, ICMP and other protocols."
        );
    }
}

#[test]
fn posture_checks_bind_those_that_a_policy_lets_in() {
    let mut lists = office(vec![checked("web: laptops <> servers tcp 443", "version")]);
    let checks = PostureChecks { client_version: Some("0.70.0".into()), ..PostureChecks::default() };
    lists.checks = vec![PostureCheck { id: "version".into(), name: "new".into(), description: String::new(), checks }];
    lists.peers[0].version = "0.59.4".into();
    let fails = "laptop-1 fails posture check \"new\" of policy \"web\": its client is 0.59.4, and 0.70.0 or later is asked for.";
    says(&lists, "peer:laptop-1", "peer:server-1", "tcp/443", Denied, &[fails]);
    // It is the same laptop that fails, though it is the server that opens the connection.
    says(&lists, "peer:server-1", "peer:laptop-1", "tcp/443", Denied, &[fails]);
    // Nobody looks at a server's version.
    lists.peers[2].version = "0.1.0".into();
    assert_eq!(lists.ask("peer:laptop-2", "peer:server-1", "tcp/443").verdict, Allowed);
    lists.peers[1].version = "development".into();
    let (verdict, why) = lists.why("peer:laptop-2", "peer:server-1", "tcp/443");
    assert_eq!(verdict, Unknown);
    assert_eq!(
        why,
        ["Whether laptop-2 passes posture check \"new\" of policy \"web\" is not known: the version of its client, \
             development, is none that can be compared."]
    );
    let unread = Inventory { posture_checks: None, ..lists.inventory() };
    assert_eq!(ask(&unread, "peer:laptop-1", "peer:server-1", "tcp/443").verdict, Unknown);
}

#[test]
fn what_is_off_is_told_of() {
    let lists = office(vec![off(policy("web: laptops > servers tcp 443"))]);
    let (verdict, why) = lists.why("peer:laptop-1", "peer:server-1", "tcp/443");
    assert_eq!(verdict, Denied);
    assert_eq!(why[1], "Policy \"web\" would let laptops reach servers on TCP 443, but it is off.");
    let mut lists = office(vec![policy("web: laptops > servers tcp 443")]);
    lists.policies[0].rules[0].enabled = false;
    let (verdict, why) = lists.why("peer:laptop-1", "peer:server-1", "tcp/443");
    assert_eq!(verdict, Denied);
    assert_eq!(why[1], "Policy \"web\" would let laptops reach servers on TCP 443, but its rule is off.");
}

#[test]
fn what_the_server_may_keep_from_others_is_unknown() {
    let mut lists = office(vec![policy("web: laptops > servers tcp 443")]);
    lists.peers[0].approval_required = true;
    lists.peers[3].login_expired = true;
    let (verdict, why) = lists.why("peer:laptop-1", "peer:server-1", "tcp/443");
    assert_eq!(verdict, Unknown);
    assert_eq!(why[0], "laptop-1 awaits approval: NetBird may keep others from reaching it.");
    let (verdict, why) = lists.why("peer:laptop-2", "peer:server-2", "tcp/443");
    assert_eq!(verdict, Unknown);
    assert_eq!(why[0], "server-2 awaits a new login: NetBird may keep others from reaching it.");
    // What no policy allows is denied, whatever the server makes of them.
    assert_eq!(lists.ask("peer:laptop-1", "peer:server-1", "tcp/22").verdict, Denied);
    let answer = lists.ask("group:laptops", "group:servers", "tcp/443");
    assert_eq!((answer.counts.pairs, answer.counts.allowed, answer.counts.unknown), (4, 1, 3));
}

#[test]
fn rules_that_are_not_understood_are_unknown() {
    for rule in ["x: laptops > servers netbird-ssh 22", "x: laptops > servers sctp", "x: laptops > servers tcp ssh"] {
        let lists = office(vec![policy(rule)]);
        assert_eq!(lists.ask("peer:laptop-1", "peer:server-1", "tcp/22").verdict, Unknown, "{rule}");
        assert_eq!(lists.ask("peer:server-1", "peer:laptop-1", "tcp/22").verdict, Denied, "{rule}");
    }
    let mut lists = office(vec![policy("x: laptops > servers all"), policy("web: laptops > servers tcp 443")]);
    lists.policies[0].rules[0].action = "limit".into();
    assert_eq!(lists.ask("peer:laptop-1", "peer:server-1", "tcp/22").verdict, Unknown);
    assert_eq!(lists.ask("peer:laptop-1", "peer:server-1", "tcp/443").verdict, Unknown, "it may forbid it");
    let unread = Inventory { policies: None, ..lists.inventory() };
    assert_eq!(ask(&unread, "peer:laptop-1", "peer:server-1", "tcp/443").verdict, Unknown);
}

#[test]
fn groups_are_counted() {
    let lists = office(vec![policy("web: laptops > servers tcp 443"), policy("one: peer:laptop-1 > laptops icmp")]);
    let answer = lists.ask("group:laptops", "group:servers", "tcp/443");
    assert_eq!((answer.verdict, answer.extent), (Allowed, Extent::All));
    assert_eq!(answer.sentence, "Every peer of laptops can reach servers on TCP 443.");
    let answer = lists.ask("group:laptops", "group:laptops", "icmp");
    assert_eq!((answer.verdict, answer.extent), (Allowed, Extent::Some));
    assert_eq!(answer.sentence, "1 of 2 peers of laptops can reach peers of laptops on ICMP: 1 of 2 pairs.");
    let counts = Counts { sources: 2, reaching: 1, perhaps: 0, targets: 2, pairs: 2, allowed: 1, unknown: 0 };
    assert_eq!(answer.counts, counts);
    let answer = lists.ask("group:servers", "group:laptops", "icmp");
    assert_eq!((answer.verdict, answer.extent), (Denied, Extent::None));
    // A group that only a rule names has no peers; a peer does not reach itself.
    let lists = office(vec![policy("web: laptops > empty tcp 443")]);
    says(&lists, "peer:laptop-1", "group:empty", "all", Denied, &["Group empty has no peers."]);
    assert_eq!(lists.ask("peer:laptop-1", "peer:laptop-1", "all").reasons[0].kind, ReasonKind::Nobody);
    let nowhere =
        Model::new(lists.inventory()).question(&End::Peer("gone".into()), &End::Group("laptops".into()), Ask::ANYTHING);
    assert_eq!(nowhere, Err(NotThere::From));
}

#[test]
fn resources_are_reached_through_a_router_that_is_on() {
    let policies = vec![policy("db: laptops > databases tcp 5432"), policy("host: servers <> host:db tcp 22")];
    let mut lists = office(policies);
    let lets = "Policy \"db\" lets laptops reach databases on TCP 5432.";
    says(&lists, "peer:laptop-1", "resource:db", "tcp/5432", Allowed, &[lets]);
    says(
        &lists,
        "group:servers",
        "resource:db",
        "tcp/22",
        Allowed,
        &["Policy \"host\" lets servers reach db on TCP 22."],
    );
    let itself = "router-1 routes itself for network office: what they reach there is not decided by NetBird.";
    says(&lists, "peer:router-1", "resource:db", "tcp/22", Unknown, &[itself]);
    lists.routers[0].enabled = false;
    let (verdict, why) = lists.why("peer:laptop-1", "resource:db", "tcp/5432");
    assert_eq!((verdict, &*why[0]), (Denied, "The router of network office is off."));
    let unread = Inventory { routers: None, ..lists.inventory() };
    assert_eq!(ask(&unread, "peer:laptop-1", "resource:db", "tcp/5432").verdict, Unknown);
    lists.routers[0].enabled = true;
    lists.resources[0].enabled = false;
    let (verdict, why) = lists.why("peer:laptop-1", "resource:db", "tcp/5432");
    assert_eq!((verdict, &*why[0]), (Denied, "Resource db is off."));
    lists.networks[0].routers.clear();
    lists.resources[0].enabled = true;
    let (verdict, why) = lists.why("peer:laptop-1", "resource:db", "tcp/5432");
    assert_eq!((verdict, &*why[0]), (Denied, "Network office has no router."));
}

#[test]
fn an_address_that_lies_in_something_else_is_not_denied() {
    let mut lists = office(vec![policy("lan: laptops > lans all")]);
    let lan = NetworkResource {
        id: "lan".into(),
        name: "lan".into(),
        address: "10.0.0.0/24".into(),
        groups: vec![group("lans")],
        ..lists.resources[0].clone()
    };
    lists.resources.push(lan);
    assert_eq!(lists.ask("peer:laptop-1", "resource:db", "tcp/5432").verdict, Denied, "the lan is in no network");
    lists.networks[0].resources.push("lan".into());
    let (verdict, why) = lists.why("peer:laptop-1", "resource:db", "tcp/5432");
    assert_eq!(
        (verdict, &*why[0]),
        (Unknown, "The address of db lies in resource lan, by which it may be reached, too.")
    );
    assert_eq!(lists.ask("peer:server-1", "resource:db", "tcp/5432").verdict, Denied);
}

#[test]
fn routes_lead_those_who_get_them_and_are_connected() {
    let mut lists = office(vec![policy("ssh: laptops > routers tcp 22")]);
    let route = Route {
        id: "route".into(),
        network_id: "lab".into(),
        description: String::new(),
        enabled: true,
        network: "10.9.0.0/16".into(),
        network_type: "IPv4".into(),
        domains: Vec::new(),
        peer: "router-1".into(),
        peer_groups: Vec::new(),
        groups: vec!["laptops".into(), "servers".into()],
        access_control_groups: Vec::new(),
        metric: 100,
        masquerade: true,
        keep_route: false,
        skip_auto_apply: false,
    };
    lists.routes = vec![route];
    let (verdict, why) = lists.why("peer:laptop-1", "route:route", "udp/53");
    assert_eq!((verdict, &*why[0]), (Allowed, "Route lab lets everything through: it has no access control groups."));
    let (verdict, why) = lists.why("peer:server-1", "route:route", "udp/53");
    assert_eq!((verdict, &*why[0]), (Denied, "No policy connects server-1 to a peer that routes to lab."));
    lists.routes[0].access_control_groups = vec!["lab".into()];
    assert_eq!(lists.ask("peer:laptop-1", "route:route", "udp/53").verdict, Denied);
    lists.policies.push(policy("dns: laptops > lab udp 53"));
    assert_eq!(lists.ask("peer:laptop-1", "route:route", "udp/53").verdict, Allowed);
    lists.policies.remove(0);
    assert_eq!(lists.ask("peer:laptop-1", "route:route", "udp/53").verdict, Denied, "they are not connected");
}

#[test]
fn edges_say_what_policies_say() {
    let mut no = dropping("no: laptops,servers > databases tcp 5432");
    no.posture_checks = vec!["version".into()];
    let lists =
        office(vec![policy("web: laptops <> servers tcp 443"), no, off(policy("one: peer:laptop-1 > host:db all"))]);
    let told: Vec<String> = Model::new(lists.inventory())
        .edges()
        .map(|edge| {
            let (from, to) = (edge.from.key(), edge.to.key());
            let arrow = if edge.bidirectional { "<>" } else { ">" };
            let does = edge.action;
            let state = if edge.is_on { "on" } else { "off" };
            format!("{from} {arrow} {to} {does} {} {state} {}", edge.services.join("; "), edge.posture_checks.join(","))
        })
        .collect();
    assert_eq!(
        told,
        [
            "group:laptops <> group:servers accept TCP 443 on ",
            "group:laptops > group:databases drop TCP 5432 on version",
            "group:laptops > resource:db drop TCP 5432 on version",
            "group:servers > group:databases drop TCP 5432 on version",
            "group:servers > resource:db drop TCP 5432 on version",
            "peer:laptop-1 > resource:db accept everything off ",
        ]
    );
    let ids: std::collections::BTreeSet<String> = Model::new(lists.inventory()).edges().map(|edge| edge.id).collect();
    assert_eq!(ids.len(), told.len(), "each is its own");
}

/// Peers that are each in other groups, and rules each of which cuts the ports of the others.
pub(crate) fn bursting(peers: usize, rules: usize) -> Lists {
    let distinct = |nth: usize| peer(&format!("p{nth}"), &["all", &format!("g{}", nth % rules)]);
    let nested = |nth: usize| policy(&format!("{nth}: all,g{nth} > all tcp {}-65535", nth + 1));
    Lists { peers: (0..peers).map(distinct).collect(), policies: (0..rules).map(nested).collect(), ..Lists::default() }
}

/// A model that has just the steps to answer one test.
pub(crate) fn testing_once<'a>(lists: &'a Lists, from: &End, to: &End) -> Model<'a> {
    let model = |steps: usize| Model::new(lists.inventory()).testing_within(steps);
    let is_enough = |steps: &usize| model(*steps).test(from, to, Ask::ANYTHING).is_ok();
    model((1..1_000).map(|nth| nth * 1_000).find(is_enough).unwrap())
}

#[test]
fn tests_of_a_model_have_steps_together_and_the_same_one_again_takes_none() {
    let lists = bursting(60, 40);
    let [all, one]: [End; 2] = ["group:all", "peer:p1"].map(|end| end.parse().unwrap());
    let plain = Model::new(lists.inventory());
    let expected = plain.question(&all, &all, Ask::ANYTHING).unwrap();
    assert_eq!(plain.test(&all, &all, Ask::ANYTHING), Ok(expected.clone()));
    let little = Model::new(lists.inventory()).testing_within(5_000);
    assert_eq!(little.test(&all, &all, Ask::ANYTHING), Err(Unanswered::TooLarge));
    let gone = End::Group("gone".into());
    assert_eq!(little.test(&all, &gone, Ask::ANYTHING), Err(Unanswered::NotThere(NotThere::To)));
    // Enough for one, and not for another.
    let some = testing_once(&lists, &all, &all);
    assert_eq!(some.test(&all, &all, Ask::ANYTHING), Ok(expected.clone()));
    assert_eq!(some.test(&all, &all, Ask::ANYTHING), Ok(expected));
    assert_eq!(some.test(&one, &all, Ask::ANYTHING), Err(Unanswered::TooLarge));
}
