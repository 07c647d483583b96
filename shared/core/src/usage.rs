//! What in a network's configuration names what: the policies, routes, networks, nameservers, keys and peers that something
//! would be missed by.

use std::collections::{BTreeMap, HashMap};

use crate::named;
use crate::network::{GroupRef, Policy, ResourceRef};
use crate::resource::Resource;
use crate::review::Configuration;

/// Most uses of one thing that are told.
pub const MOST: usize = 200;

/// Something that others name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing<'a> {
    /// A group.
    Group(&'a str),
    /// A peer.
    Peer(&'a str),
    /// A resource of a network.
    Resource(&'a str),
    /// A posture check.
    PostureCheck(&'a str),
    /// A user.
    User(&'a str),
    /// A network.
    Network(&'a str),
    /// A policy.
    Policy(&'a str),
}

impl Thing<'_> {
    /// The lists that may name it.
    pub const fn named_in(self) -> &'static [Resource] {
        match self {
            Self::Group(_) | Self::Peer(_) | Self::Resource(_) => &[
                Resource::Policies,
                Resource::Networks,
                Resource::NetworkResources,
                Resource::NetworkRouters,
                Resource::Routes,
                Resource::NameserverGroups,
                Resource::DnsSettings,
                Resource::SetupKeys,
            ],
            Self::PostureCheck(_) => &[Resource::Policies],
            Self::User(_) => &[Resource::Peers],
            Self::Network(_) | Self::Policy(_) => &[Resource::Policies, Resource::Networks],
        }
    }
}

named! {
    /// What kind of thing names another.
    pub enum UserKind {
        /// A policy.
        Policy = "policy",
        /// A network.
        Network = "network",
        /// A resource of a network.
        NetworkResource = "network-resource",
        /// A router of a network.
        NetworkRouter = "network-router",
        /// A route of the older kind.
        Route = "route",
        /// A group of nameservers.
        Nameserver = "nameserver",
        /// The account's settings of DNS.
        DnsSettings = "dns-settings",
        /// A setup key.
        SetupKey = "setup-key",
        /// A peer.
        Peer = "peer",
    }
}

named! {
    /// As what something is named.
    pub enum Place {
        /// A source of a policy's rule.
        Source = "source",
        /// A destination of a policy's rule.
        Destination = "destination",
        /// A posture check that a policy asks for.
        PostureCheck = "posture-check",
        /// A group that a resource is in.
        Member = "member",
        /// Who routes.
        RoutingPeer = "routing-peer",
        /// Who is given a route, or nameservers.
        Distribution = "distribution",
        /// Who may use a route.
        AccessControl = "access-control",
        /// A group that peers are put into.
        AutoGroup = "auto-group",
        /// A group whose peers are not given NetBird's DNS.
        DnsManagementOff = "dns-management-off",
        /// Whose peer it is.
        Owner = "owner",
        /// A policy about resources of a network.
        Policy = "policy",
    }
}

/// Whoever names something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct User<'a> {
    /// What kind of thing it is.
    pub kind: UserKind,
    /// Its name.
    pub name: &'a str,
    /// Its id in NetBird; empty for the settings of DNS.
    pub id: &'a str,
    /// Whether it is in force; `None` if it cannot be switched off.
    pub is_on: Option<bool>,
    /// The network that it is part of, by id and name.
    pub network: Option<(&'a str, &'a str)>,
}

/// One thing names another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention<'a> {
    /// Who names it.
    pub by: User<'a>,
    /// As what.
    pub place: Place,
    /// What is named.
    pub thing: Thing<'a>,
}

/// Everything that names something, as far as the lists are there.
pub fn mentions(seen: Configuration<'_>) -> impl Iterator<Item = Mention<'_>> {
    of_policies(seen).chain(of_networks(seen)).chain(of_routes(seen)).chain(of_the_rest(seen))
}

/// Who names one of these things and as what, in the order of kinds and names; at most [`MOST`], and how many more there are.
/// With each comes the place of the thing in `things`.
pub fn uses<'a>(seen: Configuration<'a>, things: &[Thing<'_>]) -> (Vec<(User<'a>, usize, Vec<Place>)>, usize) {
    let wanted: HashMap<Thing<'_>, usize> = things.iter().copied().zip(0..).collect();
    let mut found: BTreeMap<(User<'a>, usize), Vec<Place>> = BTreeMap::new();
    for mention in mentions(seen) {
        let Some(nth) = wanted.get(&mention.thing) else { continue };
        let places = found.entry((mention.by, *nth)).or_default();
        if !places.contains(&mention.place) {
            places.push(mention.place);
        }
    }
    let more = found.len().saturating_sub(MOST);
    (found.into_iter().take(MOST).map(|((user, nth), places)| (user, nth, places)).collect(), more)
}

fn policy_user(policy: &Policy) -> User<'_> {
    User { kind: UserKind::Policy, name: &policy.name, id: &policy.id, is_on: Some(policy.enabled), network: None }
}

fn groups<'a>(by: User<'a>, place: Place, ids: &'a [String]) -> impl Iterator<Item = Mention<'a>> {
    ids.iter().map(move |id| Mention { by, place, thing: Thing::Group(id) })
}

fn peer<'a>(by: User<'a>, place: Place, id: &'a str) -> Option<Mention<'a>> {
    (!id.is_empty()).then_some(Mention { by, place, thing: Thing::Peer(id) })
}

fn of_policies(seen: Configuration<'_>) -> impl Iterator<Item = Mention<'_>> {
    fn side<'a>(
        by: User<'a>,
        place: Place,
        groups: &'a [GroupRef],
        one: Option<&'a ResourceRef>,
    ) -> impl Iterator<Item = Mention<'a>> {
        let things = groups.iter().map(|group| Thing::Group(&group.id));
        let one = one.map(|one| if one.kind == "peer" { Thing::Peer(&one.id) } else { Thing::Resource(&one.id) });
        things.chain(one).map(move |thing| Mention { by, place, thing })
    }
    seen.lists.policies.unwrap_or_default().iter().flat_map(|policy| {
        let by = policy_user(policy);
        let checks = policy.posture_checks.iter().map(move |id| Mention {
            by,
            place: Place::PostureCheck,
            thing: Thing::PostureCheck(id),
        });
        let rules = policy.rules.iter().flat_map(move |rule| {
            side(by, Place::Source, &rule.sources, rule.source_resource.as_ref()).chain(side(
                by,
                Place::Destination,
                &rule.destinations,
                rule.destination_resource.as_ref(),
            ))
        });
        checks.chain(rules)
    })
}

fn of_networks(seen: Configuration<'_>) -> impl Iterator<Item = Mention<'_>> {
    let (mut of_resource, mut of_router) = (HashMap::new(), HashMap::new());
    let networks = seen.lists.networks.unwrap_or_default();
    for network in networks {
        let this = (network.id.as_str(), network.name.as_str());
        of_resource.extend(network.resources.iter().map(|id| (id.as_str(), this)));
        of_router.extend(network.routers.iter().map(|id| (id.as_str(), this)));
    }
    let policies: HashMap<&str, &Policy> =
        seen.lists.policies.unwrap_or_default().iter().map(|policy| (policy.id.as_str(), policy)).collect();
    let about = networks.iter().flat_map(move |network| {
        let of_policy =
            User { kind: UserKind::Network, name: &network.name, id: &network.id, is_on: None, network: None };
        let there = network.policies.iter().filter_map(|id| policies.get(id.as_str()).copied()).collect::<Vec<_>>();
        there.into_iter().flat_map(move |policy| {
            [
                Mention { by: of_policy, place: Place::Policy, thing: Thing::Policy(&policy.id) },
                Mention { by: policy_user(policy), place: Place::Policy, thing: Thing::Network(&network.id) },
            ]
        })
    });
    let resources = seen.lists.resources.unwrap_or_default().iter().flat_map(move |resource| {
        let by = User {
            kind: UserKind::NetworkResource,
            name: &resource.name,
            id: &resource.id,
            is_on: Some(resource.enabled),
            network: of_resource.get(resource.id.as_str()).copied(),
        };
        resource.groups.iter().map(move |group| Mention { by, place: Place::Member, thing: Thing::Group(&group.id) })
    });
    let routers = seen.lists.routers.unwrap_or_default().iter().flat_map(move |router| {
        let network = of_router.get(router.id.as_str()).copied();
        let by = User {
            kind: UserKind::NetworkRouter,
            name: network.map(|(_, name)| name).unwrap_or_default(),
            id: &router.id,
            is_on: Some(router.enabled),
            network,
        };
        groups(by, Place::RoutingPeer, &router.peer_groups).chain(peer(by, Place::RoutingPeer, &router.peer))
    });
    about.chain(resources).chain(routers)
}

fn of_routes(seen: Configuration<'_>) -> impl Iterator<Item = Mention<'_>> {
    seen.lists.routes.unwrap_or_default().iter().flat_map(|route| {
        let by = User {
            kind: UserKind::Route,
            name: &route.network_id,
            id: &route.id,
            is_on: Some(route.enabled),
            network: None,
        };
        groups(by, Place::RoutingPeer, &route.peer_groups)
            .chain(groups(by, Place::Distribution, &route.groups))
            .chain(groups(by, Place::AccessControl, &route.access_control_groups))
            .chain(peer(by, Place::RoutingPeer, &route.peer))
    })
}

fn of_the_rest(seen: Configuration<'_>) -> impl Iterator<Item = Mention<'_>> {
    let nameservers = seen.nameservers.unwrap_or_default().iter().flat_map(|one| {
        let by =
            User { kind: UserKind::Nameserver, name: &one.name, id: &one.id, is_on: Some(one.enabled), network: None };
        groups(by, Place::Distribution, &one.groups)
    });
    let dns = seen.dns.unwrap_or_default().iter().flat_map(|one| {
        let by = User { kind: UserKind::DnsSettings, name: "", id: "", is_on: None, network: None };
        groups(by, Place::DnsManagementOff, &one.disabled_management_groups)
    });
    let keys = seen.setup_keys.unwrap_or_default().iter().flat_map(|key| {
        let by = User { kind: UserKind::SetupKey, name: &key.name, id: &key.id, is_on: None, network: None };
        groups(by, Place::AutoGroup, &key.auto_groups)
    });
    let peers = seen.lists.peers.iter().filter(|peer| !peer.user_id.is_empty()).map(|peer| Mention {
        by: User { kind: UserKind::Peer, name: &peer.name, id: &peer.id, is_on: None, network: None },
        place: Place::Owner,
        thing: Thing::User(&peer.user_id),
    });
    nameservers.chain(dns).chain(keys).chain(peers)
}

#[cfg(test)]
mod tests;
