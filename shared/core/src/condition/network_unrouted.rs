//! Nobody routes to a network, or where a route leads.

use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fields, Observation, Watch, saturate};
use crate::finding::{Affected, Finding, Recovery};
use crate::network::PeerStatus;
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Networks that a message names before it counts them.
const NAMED: usize = 5;
/// Networks that a rule may name.
const MAX_NETWORKS: usize = 50;
/// Longest id, in characters.
const MAX_ID: usize = 100;

/// Nobody routes to a network that has resources, or where a route leads: every routing peer is offline or switched off, or
/// there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NetworkUnroutedConfig)]
pub struct NetworkUnrouted {
    /// Only these networks, by NetBird's ids; every network if empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub networks: Vec<String>,
    /// Routes of the older kind count, too; those of one name stand in for each other. True if absent and no networks are
    /// named.
    #[serde(default)]
    pub routes: bool,
}

/// What may be left without anybody who routes to it.
struct Destination<'a> {
    id: &'a str,
    name: String,
    is_routed: bool,
}

impl NetworkUnrouted {
    /// Where nobody routes to, and out of how many.
    fn unrouted<'a>(&self, seen: Observation<'a>) -> (Vec<Destination<'a>>, usize) {
        let (mut peers, mut groups) = (HashSet::new(), HashSet::new());
        // What the management server calls connected routes, as far as anybody knows.
        for peer in seen.peers.iter().filter(|peer| peer.status != PeerStatus::Offline) {
            peers.insert(peer.id.as_str());
            groups.extend(peer.groups.iter().map(|group| group.id.as_str()));
        }
        let is_there = |peer: &str, of: &[String]| match peer {
            "" => of.iter().any(|group| groups.contains(group.as_str())),
            peer => peers.contains(peer),
        };
        let routers = seen.lists.network_routers.iter();
        let routing: HashSet<&str> = routers
            .filter(|router| router.enabled && is_there(&router.peer, &router.peer_groups))
            .map(|router| router.id.as_str())
            .collect();
        let networks = seen.lists.networks.iter().filter(|network| !network.resources.is_empty());
        let networks = networks.filter(|network| self.networks.is_empty() || self.networks.contains(&network.id));
        let mut all: Vec<Destination<'a>> = networks
            .map(|network| Destination {
                id: &network.id,
                name: network.name.clone(),
                is_routed: network.routers.iter().any(|router| routing.contains(router.as_str())),
            })
            .collect();
        if self.routes {
            let mut routes: BTreeMap<&str, Destination<'a>> = BTreeMap::new();
            // Nobody expects to get where a route leads that is switched off.
            for route in seen.lists.routes.iter().filter(|route| route.enabled) {
                let is_routed = is_there(&route.peer, &route.peer_groups);
                let name = || format!("{} ({})", route.network_id, text::names(route.destinations().into_iter(), 2));
                let first = || Destination { id: &route.network_id, name: name(), is_routed: false };
                routes.entry(&route.network_id).or_insert_with(first).is_routed |= is_routed;
            }
            all.extend(routes.into_values());
        }
        let of = all.len();
        all.retain(|destination| !destination.is_routed);
        (all, of)
    }
}

impl Watch for NetworkUnrouted {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let networks = fields.optional("networks", Vec::new());
        let usual = networks.as_ref().is_some_and(Vec::is_empty);
        let routes = fields.optional("routes", usual);
        Some(Self { networks: networks?, routes: routes? })
    }

    fn needs(&self) -> &'static [Resource] {
        if self.routes {
            &[Resource::Peers, Resource::Networks, Resource::NetworkRouters, Resource::Routes]
        } else {
            &[Resource::Peers, Resource::Networks, Resource::NetworkRouters]
        }
    }

    fn names_things_of_one_account(&self) -> bool {
        !self.networks.is_empty()
    }

    fn check(&self, problems: &mut Problems) {
        const AT: &str = "/conditionConfig/networks";
        problems.require(self.networks.len() <= MAX_NETWORKS, AT, format!("at most {MAX_NETWORKS} networks"));
        for (index, network) in self.networks.iter().enumerate() {
            problems.text(&format!("{AT}/{index}"), network, 1, MAX_ID);
        }
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let (lost, of) = self.unrouted(seen);
        let title = match lost.as_slice() {
            [] => return None,
            [one] => format!("Nobody routes to {}", one.name),
            many if self.routes => format!("Nobody routes to {} of {of} networks and routes", many.len()),
            many => format!("Nobody routes to {} of {of} networks", many.len()),
        };
        let names = text::names(lost.iter().map(|one| one.name.as_str()), NAMED);
        Some(Finding {
            title,
            message: format!("In {}, no routing peer is online for {names}.", seen.account_name),
            affected: Affected { total: saturate(lost.len()), of: saturate(of), ..Affected::default() },
            began_at: now,
        })
    }

    fn cases<'a>(&self, seen: Observation<'a>, _: Timestamp) -> Vec<&'a str> {
        self.unrouted(seen).0.into_iter().map(|one| one.id).collect()
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let (lost, of) = self.unrouted(seen);
        let which = if self.networks.is_empty() { "Every" } else { "Each watched" };
        let noun = if self.routes { "network and route" } else { "network" };
        Recovery {
            title: format!("{which} {noun} has a routing peer online"),
            message: format!("In {}: {of} altogether.", seen.account_name),
            total: saturate(lost.len()),
            of: saturate(of),
        }
    }

    fn sentence(&self) -> String {
        let which = match self.networks.len() {
            0 if self.routes => "a network or route".to_owned(),
            0 => "a network".to_owned(),
            1 if self.routes => "a certain network, or a route,".to_owned(),
            1 => "a certain network".to_owned(),
            some if self.routes => format!("any of {some} networks, or a route,"),
            some => format!("any of {some} networks"),
        };
        format!("When {which} has no routing peer online")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;
    use crate::network::{Network, NetworkRouter, Peer, Route};
    use crate::observed::Lists;

    fn router(id: &str, peer: &str, groups: &[&str], enabled: bool) -> NetworkRouter {
        NetworkRouter {
            id: id.into(),
            peer: peer.into(),
            peer_groups: groups.iter().map(ToString::to_string).collect(),
            metric: 100,
            masquerade: true,
            enabled,
        }
    }

    fn network(name: &str, resources: &[&str], routers: &[&str]) -> Network {
        let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
        let (id, description) = (name.into(), String::new());
        Network {
            id,
            name: name.into(),
            description,
            resources: owned(resources),
            routers: owned(routers),
            policies: vec![],
        }
    }

    fn networks() -> NetworkUnrouted {
        NetworkUnrouted { networks: vec![], routes: false }
    }

    fn route(network_id: &str, peer: &str, groups: &[&str], enabled: bool) -> Route {
        Route {
            id: format!("{network_id}-{peer}"),
            network_id: network_id.into(),
            description: String::new(),
            enabled,
            network: "10.0.0.0/8".into(),
            network_type: "IPv4".into(),
            domains: vec![],
            peer: peer.into(),
            peer_groups: groups.iter().map(ToString::to_string).collect(),
            groups: vec![],
            access_control_groups: vec![],
            metric: 100,
            masquerade: true,
            keep_route: false,
            skip_auto_apply: false,
        }
    }

    #[test]
    fn routes_of_one_name_stand_in_for_each_other_and_networks_may_be_named() {
        let lists = Lists {
            networks: Arc::new(vec![network("lab", &["r"], &[]), network("office", &["r"], &[])]),
            routes: Arc::new(vec![
                route("lan", "gw-1", &[], true),
                route("lan", "gw-2", &[], true),
                route("wan", "", &["nobody"], true),
                route("off", "gw-9", &[], false),
            ]),
            ..Lists::default()
        };
        let sync = healthy();
        let told = |rule: &NetworkUnrouted, up: &str| {
            let peers = [Peer { id: up.into(), groups: vec![], ..peer(up, PeerStatus::Online, 0) }];
            let seen = Observation { lists: &lists, ..seen(&sync, &peers) };
            (rule.find(seen, minute(1)).map(|finding| finding.title), rule.cases(seen, minute(1)).join(" "))
        };
        let all = NetworkUnrouted { networks: vec![], routes: true };
        let title = |text: &str| Some(text.to_owned());
        assert_eq!(
            told(&all, "gw-2"),
            (title("Nobody routes to 3 of 4 networks and routes"), "lab office wan".to_owned())
        );
        assert_eq!(told(&all, "other").1, "lab office lan wan");
        let lab = NetworkUnrouted { networks: vec!["lab".into()], routes: false };
        assert_eq!(told(&lab, "gw-2"), (title("Nobody routes to lab"), "lab".to_owned()));
        let gone = NetworkUnrouted { networks: vec!["gone".into()], routes: false };
        assert_eq!(told(&gone, "gw-2").0, None);
        assert_eq!(lab.sentence(), "When a certain network has no routing peer online");
        assert_eq!(all.sentence(), "When a network or route has no routing peer online");
        assert!(lab.names_things_of_one_account() && !all.names_things_of_one_account());
    }

    #[test]
    fn a_network_is_routed_while_one_router_is_there() {
        let lists = Lists {
            networks: Arc::new(vec![
                network("lab", &["r"], &["one", "two"]),
                network("office", &["r"], &["group"]),
                network("empty", &[], &[]),
                network("switched off", &["r"], &["off"]),
            ]),
            network_routers: Arc::new(vec![
                router("one", "gw-1", &[], true),
                router("two", "gw-2", &[], true),
                router("group", "", &["g"], true),
                router("off", "gw-1", &[], false),
            ]),
            ..Lists::default()
        };
        let sync = healthy();
        let lost = |one: PeerStatus, other: PeerStatus| {
            let named = |name: &str, status| Peer { id: name.into(), ..peer(name, status, 0) };
            let peers = [named("gw-1", one), named("gw-2", other)];
            let finding = networks().find(Observation { lists: &lists, ..seen(&sync, &peers) }, minute(1));
            finding.map(|finding| (finding.title, finding.affected.total, finding.affected.of)).unwrap()
        };
        use PeerStatus::{Offline, Online, Unconfirmed};
        let only_off = ("Nobody routes to switched off".to_owned(), 1, 3);
        assert_eq!(lost(Online, Offline), only_off);
        assert_eq!(lost(Offline, Unconfirmed), only_off);
        assert_eq!(lost(Offline, Offline), ("Nobody routes to 3 of 3 networks".to_owned(), 3, 3));
    }
}
