//! Nobody routes to a network.

use std::collections::HashSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fields, Observation, Watch, saturate};
use crate::finding::{Affected, Finding, Recovery};
use crate::network::{Network, PeerStatus};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Networks that a message names before it counts them.
const NAMED: usize = 5;

/// Nobody routes to a network that has resources: every routing peer is offline or switched off, or there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NetworkUnroutedConfig)]
pub struct NetworkUnrouted {}

/// Networks that have resources and that nobody routes to, and out of how many.
fn unrouted<'a>(seen: Observation<'a>) -> (Vec<&'a Network>, usize) {
    let (mut peers, mut groups) = (HashSet::new(), HashSet::new());
    // What the management server calls connected routes, as far as anybody knows.
    for peer in seen.peers.iter().filter(|peer| peer.status != PeerStatus::Offline) {
        peers.insert(peer.id.as_str());
        groups.extend(peer.groups.iter().map(|group| group.id.as_str()));
    }
    let routing = seen.lists.network_routers.iter().filter(|router| {
        let in_groups = || router.peer_groups.iter().any(|group| groups.contains(group.as_str()));
        router.enabled && if router.peer.is_empty() { in_groups() } else { peers.contains(router.peer.as_str()) }
    });
    let routing: HashSet<&str> = routing.map(|router| router.id.as_str()).collect();
    let networks: Vec<&Network> = seen.lists.networks.iter().filter(|network| !network.resources.is_empty()).collect();
    let of = networks.len();
    let is_unrouted = |network: &&Network| !network.routers.iter().any(|router| routing.contains(router.as_str()));
    (networks.into_iter().filter(is_unrouted).collect(), of)
}

impl Watch for NetworkUnrouted {
    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn needs(&self) -> &'static [Resource] {
        &[Resource::Peers, Resource::Networks, Resource::NetworkRouters]
    }

    fn check(&self, _: &mut Problems) {}

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let (networks, of) = unrouted(seen);
        let title = match networks.as_slice() {
            [] => return None,
            [one] => format!("Nobody routes to {}", one.name),
            many => format!("Nobody routes to {} of {of} networks", many.len()),
        };
        let names = text::names(networks.iter().map(|network| network.name.as_str()), NAMED);
        Some(Finding {
            title,
            message: format!("In {}, no routing peer is online for {names}.", seen.account_name),
            affected: Affected { total: saturate(networks.len()), of: saturate(of), ..Affected::default() },
            began_at: now,
        })
    }

    fn cases<'a>(&self, seen: Observation<'a>, _: Timestamp) -> Vec<&'a str> {
        unrouted(seen).0.into_iter().map(|network| network.id.as_str()).collect()
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let (networks, of) = unrouted(seen);
        Recovery {
            title: "Every network has a routing peer online".to_owned(),
            message: format!("In {}: {}.", seen.account_name, text::count(of, "network")),
            total: saturate(networks.len()),
            of: saturate(of),
        }
    }

    fn sentence(&self) -> String {
        "When a network has no routing peer online".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;
    use crate::network::{NetworkRouter, Peer};
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
            let finding = NetworkUnrouted {}.find(Observation { lists: &lists, ..seen(&sync, &peers) }, minute(1));
            finding.map(|finding| (finding.title, finding.affected.total, finding.affected.of)).unwrap()
        };
        use PeerStatus::{Offline, Online, Unconfirmed};
        let only_off = ("Nobody routes to switched off".to_owned(), 1, 3);
        assert_eq!(lost(Online, Offline), only_off);
        assert_eq!(lost(Offline, Unconfirmed), only_off);
        assert_eq!(lost(Offline, Offline), ("Nobody routes to 3 of 3 networks".to_owned(), 3, 3));
    }
}
