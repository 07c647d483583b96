//! What the platform says of who reaches what, held to what a real server told each of its peers.
//!
//! A recorded configuration has the lists as the API gives them, and the network map that the server sent each peer: whom it
//! connects to, the rules of its firewall, its routes, and the rules for what it routes.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use platform_core::network;
use platform_core::reach::{Ask, Edge, EdgeEnd, End, Inventory, Model, Protocol, Services, Verdict};
use platform_netbird::api;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::named_by;

#[derive(Deserialize)]
struct Recorded {
    lists: BTreeMap<String, Value>,
    network_map: BTreeMap<String, Map>,
}

impl Recorded {
    /// Whether two peers are told of each other. A router is told of all sources; those that route for the same network are not
    /// told of it, unless it is such a source, too.
    fn are_connected(&self, one: &str, other: &str) -> bool {
        let knows = |one: &str, other: &str| self.network_map[one].connects_to.contains(other);
        knows(one, other) && knows(other, one)
    }
}

/// What the server told a peer. Peers are named by their names.
#[derive(Deserialize)]
struct Map {
    connects_to: BTreeSet<String>,
    firewall: Vec<PeerRule>,
    routes: Vec<RouteTo>,
    routes_firewall: Vec<RoutedRule>,
}

#[derive(Deserialize)]
struct PeerRule {
    direction: String,
    peer: String,
    #[serde(flatten)]
    about: About,
}

#[derive(Deserialize)]
struct RouteTo {
    net_id: String,
    /// Who routes: a part of that peer's key.
    router_key: String,
}

#[derive(Deserialize)]
struct RoutedRule {
    /// A peer, or every address.
    source: String,
    destination: String,
    domains: String,
    #[serde(flatten)]
    about: About,
}

#[derive(Deserialize)]
struct About {
    action: String,
    protocol: String,
    ports: String,
}

/// A connection that somebody might open. Without a protocol: one that only a rule about all of them is about.
type Probe = (Option<Protocol>, u16);

impl About {
    fn ports(&self) -> Option<(u16, u16)> {
        let (from, to) = self.ports.split_once('-').unwrap_or((&self.ports, &self.ports));
        Some((from.parse().ok()?, to.parse().ok()?))
    }

    fn is_about(&self, (protocol, port): Probe) -> bool {
        let same = self.protocol == "all" || protocol.is_some_and(|protocol| protocol.name() == self.protocol);
        same && self.ports().is_none_or(|(from, to)| (from..=to).contains(&port))
    }
}

/// What a client makes of rules: those that drop come first.
fn lets_through<'a>(rules: impl Iterator<Item = &'a About>, probe: Probe) -> bool {
    let (mut accepts, mut drops) = (false, false);
    for rule in rules.filter(|rule| rule.is_about(probe)) {
        accepts |= rule.action == "accept";
        drops |= rule.action == "drop";
    }
    accepts && !drops
}

/// Whether services hold what is probed.
fn holds(services: &Services, (protocol, port): Probe) -> bool {
    match protocol {
        Some(protocol) => services.meets(&services_of(protocol, port)),
        None => services.words().iter().any(|word| matches!(&**word, "everything" | "other protocols")),
    }
}

fn services_of(protocol: Protocol, port: u16) -> Services {
    Ask { protocol, port: Some(port) }.services()
}

/// The lists as the platform keeps them.
struct Kept {
    peers: Vec<network::Peer>,
    groups: Vec<network::Group>,
    policies: Vec<network::Policy>,
    posture_checks: Vec<network::PostureCheck>,
    networks: Vec<network::Network>,
    resources: Vec<network::NetworkResource>,
    routers: Vec<network::NetworkRouter>,
    routes: Vec<network::Route>,
}

impl Kept {
    fn of(recorded: &Recorded) -> Self {
        fn list<W: DeserializeOwned, R: From<W>>(recorded: &Recorded, name: &str) -> Vec<R> {
            let rows: Vec<W> = serde_json::from_value(recorded.lists[name].clone()).unwrap();
            rows.into_iter().map(R::from).collect()
        }
        Self {
            peers: list::<api::Peer, _>(recorded, "peers"),
            groups: list::<api::Group, _>(recorded, "groups"),
            policies: list::<api::Policy, _>(recorded, "policies"),
            posture_checks: list::<api::PostureCheck, _>(recorded, "posture-checks"),
            networks: list::<api::Network, _>(recorded, "networks"),
            resources: list::<api::NetworkResource, _>(recorded, "networks/resources"),
            routers: list::<api::NetworkRouter, _>(recorded, "networks/routers"),
            routes: list::<api::Route, _>(recorded, "routes"),
        }
    }

    fn inventory(&self) -> Inventory<'_> {
        Inventory {
            peers: &self.peers,
            groups: Some(&self.groups),
            policies: Some(&self.policies),
            posture_checks: Some(&self.posture_checks),
            networks: Some(&self.networks),
            resources: Some(&self.resources),
            routers: Some(&self.routers),
            routes: Some(&self.routes),
            users: None,
        }
    }

    /// What is behind routers: how to ask for it, what it is called in routes, and its address and domain in rules.
    fn routed(&self) -> Vec<(End, &str, &str, &str)> {
        // The address that stands in rules where there is a domain.
        const NO_ADDRESS: &str = "192.0.2.0/32";
        let resources = self.resources.iter().map(|one| {
            let (address, domain) =
                if one.kind == "domain" { (NO_ADDRESS, &*one.address) } else { (&*one.address, "") };
            (End::Resource(one.id.clone()), &*one.name, address, domain)
        });
        let routes = self.routes.iter().map(|one| {
            let domain = one.domains.first().map_or("", String::as_str);
            (End::Route(one.id.clone()), &*one.network_id, &*one.network, domain)
        });
        resources.chain(routes).collect()
    }
}

/// Every border of a port range of the rules, and the ports beside it.
fn probes(recorded: &Recorded) -> Vec<Probe> {
    let maps = recorded.network_map.values();
    let rules = maps.flat_map(|map| {
        let routed = map.routes_firewall.iter().map(|rule| &rule.about);
        map.firewall.iter().map(|rule| &rule.about).chain(routed)
    });
    let borders = rules.filter_map(About::ports).flat_map(|(from, to)| [from - 1, from, to, to + 1]);
    let ports: BTreeSet<u16> = borders.chain([1, u16::MAX]).collect();
    let on = |protocol| ports.iter().map(move |port| (Some(protocol), *port));
    on(Protocol::Tcp).chain(on(Protocol::Udp)).chain([(Some(Protocol::Icmp), 0), (None, 0)]).collect()
}

/// What was looked at, and where the engine says otherwise than the server.
#[derive(Default)]
struct Comparison {
    looked_at: usize,
    allowed: usize,
    wrong: Vec<String>,
}

impl Comparison {
    fn expect<T: Copy + PartialEq + std::fmt::Debug>(&mut self, what: impl Fn() -> String, server: T, engine: T) {
        self.looked_at += 1;
        if server != engine {
            self.wrong.push(format!("{}: the server says {server:?}, the engine {engine:?}", what()));
        }
    }
}

fn compare(recorded: &Recorded, kept: &Kept) -> Comparison {
    let model = Model::new(kept.inventory());
    let mut comparison = Comparison::default();
    let probes = probes(recorded);
    for source in &kept.peers {
        for target in kept.peers.iter().filter(|target| target.id != source.id) {
            compare_peers(&mut comparison, recorded, &model, &probes, (source, target));
        }
        for routed in kept.routed() {
            compare_routed(&mut comparison, recorded, kept, &model, &probes, (source, &routed));
        }
    }
    comparison
}

fn compare_peers(
    comparison: &mut Comparison,
    recorded: &Recorded,
    model: &Model<'_>,
    probes: &[Probe],
    (source, target): (&network::Peer, &network::Peer),
) {
    let pair = format!("{} to {}", source.name, target.name);
    let is_connected = recorded.are_connected(&source.name, &target.name);
    let engine = model.connects(&source.id, &target.id).unwrap();
    comparison.expect(|| format!("{pair}, connected"), (is_connected, is_connected), engine);
    let rules = || {
        let of_target = recorded.network_map[&target.name].firewall.iter();
        of_target.filter(|rule| rule.direction == "in" && rule.peer == source.name).map(|rule| &rule.about)
    };
    let (from, to) = (End::Peer(source.id.clone()), End::Peer(target.id.clone()));
    let whole = model.question(&from, &to, Ask::ANYTHING).unwrap();
    for &probe in probes {
        let server = is_connected && lets_through(rules(), probe);
        comparison.allowed += usize::from(server);
        let engine = (holds(&whole.open, probe), holds(&whole.may_be_open, probe));
        comparison.expect(|| format!("{pair} on {probe:?}"), (server, server), engine);
        if let (Some(protocol), port) = probe {
            let port = (protocol != Protocol::Icmp).then_some(port);
            let verdict = model.question(&from, &to, Ask { protocol, port }).unwrap().verdict;
            let server = if server { Verdict::Allowed } else { Verdict::Denied };
            comparison.expect(|| format!("{pair} asked on {probe:?}"), server, verdict);
        }
    }
}

/// What a peer that routes is known by in its own routes: the key that stands in all of those that it routes itself.
fn own_keys<'a>(kept: &Kept, model: &Model<'_>, own: &'a Map, peer: &network::Peer) -> BTreeSet<&'a str> {
    let routed = kept.routed().into_iter().filter(|(to, ..)| model.through(&peer.id, &peer.id, to).is_some());
    let keys = routed.map(|(_, called, ..)| {
        let its_routes = own.routes.iter().filter(|route| route.net_id == called);
        its_routes.map(|route| &*route.router_key).collect::<BTreeSet<&str>>()
    });
    keys.filter(|keys| !keys.is_empty()).reduce(|one, other| &one & &other).unwrap_or_default()
}

/// Through every router, as its own rules and the source's routes have it; and the answer that follows from all of them.
fn compare_routed(
    comparison: &mut Comparison,
    recorded: &Recorded,
    kept: &Kept,
    model: &Model<'_>,
    probes: &[Probe],
    (source, (to, called, address, domain)): (&network::Peer, &(End, &str, &str, &str)),
) {
    let own = &recorded.network_map[&source.name];
    let by_others = |route: &&RouteTo| !own_keys(kept, model, own, source).contains(&&*route.router_key);
    let has_route = own.routes.iter().filter(|route| route.net_id == *called).any(|route| by_others(&route));
    let (mut is_reached, mut routes_itself) = (false, false);
    for router in &kept.peers {
        let Some((sure, may)) = model.through(&router.id, &source.id, to) else { continue };
        if router.id == source.id {
            routes_itself = true;
            continue;
        }
        let is_connected = recorded.are_connected(&source.name, &router.name);
        let rules = || {
            let rules = recorded.network_map[&router.name].routes_firewall.iter();
            let rules = rules.filter(|rule| rule.destination == *address && rule.domains == *domain);
            rules.filter(|rule| rule.source == source.name || rule.source == "0.0.0.0").map(|rule| &rule.about)
        };
        for &probe in probes {
            let server = has_route && is_connected && lets_through(rules(), probe);
            comparison.allowed += usize::from(server);
            is_reached |= server;
            let what = || format!("{} to {called} through {} on {probe:?}", source.name, router.name);
            comparison.expect(what, (server, server), (holds(&sure, probe), holds(&may, probe)));
        }
    }
    let verdict = model.question(&End::Peer(source.id.clone()), to, Ask::ANYTHING).unwrap().verdict;
    let server = match (is_reached, routes_itself) {
        (true, _) => Verdict::Allowed,
        (false, true) => Verdict::Unknown,
        (false, false) => Verdict::Denied,
    };
    comparison.expect(|| format!("{} to {called}", source.name), server, verdict);
    // Nobody else has rules for it.
    let routers = recorded.network_map.iter().filter(|(_, map)| {
        map.routes_firewall.iter().any(|rule| rule.destination == *address && rule.domains == *domain)
    });
    for (router, _) in routers {
        let router = kept.peers.iter().find(|peer| peer.name == *router).unwrap();
        let is_one = model.through(&router.id, &source.id, to).is_some();
        comparison.expect(|| format!("{} routes to {called}", router.name), true, is_one);
    }
}

fn configurations(folder: &Path) -> Vec<(String, Recorded)> {
    let files = std::fs::read_dir(folder.join("access")).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files.filter(|file| file.extension().is_some_and(|end| end == "json")).collect();
    files.sort();
    let read = |file: &Path| serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    files.iter().map(|file| (file.file_name().unwrap().to_string_lossy().into_owned(), read(file))).collect()
}

#[test]
fn answers_are_those_of_a_real_server() {
    let Some(folder) = named_by("NETBIRD_RECORDED") else { return };
    let configurations = configurations(&folder);
    assert!(!configurations.is_empty());
    for (file, recorded) in &configurations {
        let comparison = compare(recorded, &Kept::of(recorded));
        println!("{file}: {} answers, {} connections that open", comparison.looked_at, comparison.allowed);
        let wrong = &comparison.wrong;
        assert!(wrong.is_empty(), "{file}: {} wrong, such as {:#?}", wrong.len(), &wrong[..wrong.len().min(20)]);
        assert!(comparison.allowed > 0, "{file}");
    }
}

/// Whether a peer is what an edge begins or ends at, or in it.
fn is_at(peer: &network::Peer, end: &EdgeEnd) -> bool {
    match end {
        EdgeEnd::Group(id) => peer.groups.iter().any(|group| group.id == *id),
        EdgeEnd::Peer(id) => peer.id == *id,
        EdgeEnd::Resource(_) => false,
    }
}

/// Whatever a real server opens between two peers is an edge of the graph, also of the graph of that service alone.
#[test]
fn what_a_real_server_opens_is_an_edge() {
    let Some(folder) = named_by("NETBIRD_RECORDED") else { return };
    for (file, recorded) in &configurations(&folder) {
        let kept = Kept::of(recorded);
        let model = Model::new(kept.inventory());
        let mut opened = 0;
        for probe in probes(recorded) {
            let (Some(protocol), port) = probe else { continue };
            let port = (protocol != Protocol::Icmp).then_some(port);
            let edges = model.edges_on(Ask { protocol, port });
            let edges: Vec<Edge> = edges.filter(|edge| edge.is_on && edge.action == "accept").collect();
            for target in &kept.peers {
                for source in kept.peers.iter().filter(|source| source.id != target.id) {
                    let rules = recorded.network_map[&target.name].firewall.iter();
                    let rules = rules.filter(|rule| rule.direction == "in" && rule.peer == source.name);
                    if !recorded.are_connected(&source.name, &target.name)
                        || !lets_through(rules.map(|rule| &rule.about), probe)
                    {
                        continue;
                    }
                    opened += 1;
                    let leads = |edge: &Edge| {
                        let forth = is_at(source, &edge.from) && is_at(target, &edge.to);
                        forth || edge.bidirectional && is_at(source, &edge.to) && is_at(target, &edge.from)
                    };
                    assert!(edges.iter().any(leads), "{file}: {} to {} on {probe:?}", source.name, target.name);
                }
            }
        }
        println!("{file}: {opened} connections that open have an edge");
    }
}

/// Changes lists so that they do not say any more what the server went by.
type Mistake = fn(&mut Kept);

#[test]
fn a_mistake_is_noticed() {
    let Some(folder) = named_by("NETBIRD_RECORDED") else { return };
    let mistakes: [(&str, Mistake); 7] = [
        ("direction", |kept| {
            kept.policies.iter_mut().flat_map(|policy| &mut policy.rules).for_each(|rule| rule.bidirectional ^= true);
        }),
        ("drop", |kept| {
            let rules = kept.policies.iter_mut().flat_map(|policy| &mut policy.rules);
            rules.for_each(|rule| rule.action = "accept".into());
        }),
        ("posture", |kept| kept.policies.iter_mut().for_each(|policy| policy.posture_checks.clear())),
        ("disabled", |kept| kept.policies.iter_mut().for_each(|policy| policy.enabled = true)),
        ("routers", |kept| kept.routers.iter_mut().for_each(|router| router.enabled ^= true)),
        ("distribution", |kept| {
            let everybody = kept.groups.iter().find(|group| group.name == "All").unwrap().id.clone();
            kept.routes.iter_mut().for_each(|route| route.groups = vec![everybody.clone()]);
        }),
        ("access control", |kept| kept.routes.iter_mut().for_each(|route| route.access_control_groups.clear())),
    ];
    let configurations = configurations(&folder);
    for (what, mistake) in mistakes {
        let is_noticed = configurations.iter().any(|(_, recorded)| {
            let mut kept = Kept::of(recorded);
            mistake(&mut kept);
            !compare(recorded, &kept).wrong.is_empty()
        });
        assert!(is_noticed, "{what}");
    }
}
