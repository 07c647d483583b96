//! What decides who reaches peers, a resource or what is behind a route.

use std::borrow::Cow;

use super::address::Address;
use super::compile::{Effect, Model, Resource, Rule};
use super::evaluate::{Grant, Plan};
use super::question::Target;
use super::services::Services;
use super::set::Set;
use crate::network::Route;

impl Model<'_> {
    /// What may be, where the policies are not known.
    pub(super) fn unread_policies(&self, targets: &Set) -> Option<Grant<'static>> {
        let everybody = || Cow::Owned(Set::all(self.size()));
        let nobody = || Cow::Owned(self.none());
        self.lists.policies.is_none().then(|| Grant {
            rule: None,
            is_reverse: false,
            effect: Effect::Either,
            services: Cow::Owned(Services::every()),
            is_clear: false,
            from: (nobody(), everybody()),
            to: (nobody(), Cow::Owned(targets.clone())),
        })
    }

    /// What rules in force let peers do to peers, one direction at a time.
    pub(super) fn directions(&self) -> impl Iterator<Item = (&Rule<'_>, Grant<'_>)> {
        let borrowed = |(sure, may)| (Cow::Borrowed(sure), Cow::Borrowed(may));
        self.rules.iter().filter(|rule| rule.is_on()).flat_map(move |rule| {
            let (sources, targets) = ((&rule.sure, &rule.may), (&rule.to, &rule.to));
            let back = rule.rule.bidirectional.then_some((targets, sources, true));
            [Some((sources, targets, false)), back].into_iter().flatten().map(move |(from, to, is_reverse)| {
                let grant = Grant {
                    rule: Some(rule),
                    is_reverse,
                    effect: rule.effect,
                    services: Cow::Borrowed(&rule.services),
                    is_clear: rule.is_clear(),
                    from: borrowed(from),
                    to: borrowed(to),
                };
                (rule, grant)
            })
        })
    }

    /// What decides who reaches peers.
    pub(super) fn to_peers<'m>(&'m self, targets: &Set, grants: impl Iterator<Item = Grant<'m>>) -> Plan<'m> {
        let grants = self.unread_policies(targets).into_iter().chain(grants).collect();
        let all = Set::all(self.size());
        let present = all.without(&self.pending);
        Plan { targets: targets.clone(), grants, way: (present.clone(), all), present, beside: self.none() }
    }

    /// What decides who reaches a resource, by one of its routers or by any.
    pub(super) fn to_resource(&self, resource: &Resource<'_>, wanted: &Services, router: Option<usize>) -> Plan<'_> {
        let mut plan = self.by_its_routers(resource, router);
        if router.is_none() {
            plan.beside.add(&self.by_another_way(resource, wanted));
        }
        plan
    }

    /// The same without what else leads to its address.
    pub(super) fn by_its_routers(&self, resource: &Resource<'_>, router: Option<usize>) -> Plan<'_> {
        let rules = self.rules.iter().filter(|rule| rule.is_on() && rule.is_about(resource.row));
        let one = Set::all(1);
        let grants = self.unread_policies(&one).into_iter().chain(rules.map(|rule| {
            let from = (Cow::Borrowed(&rule.sure), Cow::Borrowed(&rule.may));
            granted(rule, from, &one)
        }));
        let grants = grants.collect();
        let mut beside = self.none();
        // What a router reaches there is not NetBird's to decide, on or off.
        let live = self.routers_of(&Target::Resource(resource));
        if router.is_none() {
            beside.add(&live);
        }
        let way = if resource.row.enabled {
            let others = |routers: &Set| {
                let used = router.is_none_or(|router| routers.contains(router));
                if routers.is_empty() || !used { self.none() } else { Set::all(self.size()).without(&live) }
            };
            let mut sure = others(&live.without(&self.pending));
            sure.remove(&self.pending);
            let may = if self.knows_routers(resource) { others(&live) } else { Set::all(self.size()) };
            (sure, may)
        } else {
            (self.none(), self.none())
        };
        Plan { targets: one.clone(), grants, way, present: one, beside }
    }

    /// What decides who reaches what is behind a route.
    pub(super) fn to_route(&self, route: &Route, router: Option<usize>) -> Plan<'_> {
        let one = Set::all(1);
        let group_ids = route.groups.iter().map(String::as_str);
        let has_it = self.in_groups(group_ids);
        let mut grants = Vec::new();
        if route.access_control_groups.is_empty() {
            grants.push(Grant {
                rule: None,
                is_reverse: false,
                effect: Effect::Accept,
                services: Cow::Owned(Services::every()),
                is_clear: true,
                from: (Cow::Owned(has_it.clone()), Cow::Owned(has_it)),
                to: (Cow::Owned(one.clone()), Cow::Owned(one.clone())),
            });
        } else {
            grants.extend(self.unread_policies(&one));
            for rule in self.rules.iter().filter(|rule| rule.is_on() && rule.is_about_route(route)) {
                let from = (Cow::Owned(rule.sure.and(&has_it)), Cow::Owned(rule.may.and(&has_it)));
                grants.push(granted(rule, from, &one));
            }
        }
        let mut way = (self.none(), self.none());
        let live = self.routers_of(&Target::Route(route));
        let used = live.iter().filter(|place| route.enabled && router.is_none_or(|router| router == *place));
        for place in used {
            let (sure, may) = self.connected_to(place);
            way.0.add(&sure);
            way.1.add(&may);
        }
        // Who routes there does not go through another one, nor through a route that stands in for this one.
        let route_there = self.routers_alike(route);
        way.0.remove(&route_there);
        way.1.remove(&route_there);
        let beside = if router.is_none() { route_there } else { self.none() };
        Plan { targets: one.clone(), grants, way, present: one, beside }
    }

    /// The peers that route to a resource or a route.
    pub(super) fn routers_of(&self, target: &Target<'_>) -> Set {
        match target {
            Target::Peers(_) => self.none(),
            Target::Resource(resource) => {
                resource.network.map_or_else(|| self.none(), |network| self.networks[network].live.clone())
            }
            Target::Route(route) => self.peers_of(&route.peer, &route.peer_groups),
        }
    }

    /// The peers that route to where a route leads, by it or by another one of its name.
    pub(super) fn routers_alike(&self, route: &Route) -> Set {
        let mut peers = self.peers_of(&route.peer, &route.peer_groups);
        let is_alike = |other: &&&Route| {
            other.enabled && other.network_id == route.network_id && other.destinations() == route.destinations()
        };
        for other in self.routes.values().filter(is_alike) {
            peers.add(&self.peers_of(&other.peer, &other.peer_groups));
        }
        peers
    }

    /// Whether all routers of a resource's network are known.
    pub(super) fn knows_routers(&self, resource: &Resource<'_>) -> bool {
        let network = resource.network.map(|network| &self.networks[network]);
        network.is_some_and(|network| network.routers.len() == network.row.routers.len())
    }

    /// Who may reach a resource's address by another resource or a route that has it, too. The way that a client chooses
    /// then, and what the router there lets through, depend on more than the rules.
    pub(super) fn by_another_way(&self, resource: &Resource<'_>, wanted: &Services) -> Set {
        let mut sources = self.none();
        for (_, some) in self.other_ways(resource, wanted) {
            sources.add(&some);
        }
        sources
    }

    /// The same with what they are called.
    pub(super) fn other_ways(&self, resource: &Resource<'_>, wanted: &Services) -> Vec<(String, Set)> {
        let mut ways = Vec::new();
        for other in self.resources.values().filter(|other| other.row.enabled && other.row.id != resource.row.id) {
            if !other.address.covers(&resource.address) || self.routers_of(&Target::Resource(other)).is_empty() {
                continue;
            }
            let mut sources = self.none();
            let rules = self.rules.iter().filter(|rule| rule.is_on() && rule.is_about(other.row));
            for rule in rules.filter(|rule| rule.effect != Effect::Drop && rule.services.meets(wanted)) {
                sources.add(&rule.may);
            }
            ways.push((format!("resource {}", other.row.name), sources));
        }
        let routes = self.routes.values().filter(|route| route.enabled && route.domains.is_empty());
        for route in routes.filter(|route| Address::of(&route.network).covers(&resource.address)) {
            if !self.peers_of(&route.peer, &route.peer_groups).is_empty() {
                let sources = self.in_groups(route.groups.iter().map(String::as_str));
                ways.push((format!("route {}", route.network_id), sources));
            }
        }
        ways.retain(|(_, sources)| !sources.is_empty());
        ways
    }
}

fn granted<'m>(rule: &'m Rule<'m>, from: (Cow<'m, Set>, Cow<'m, Set>), one: &Set) -> Grant<'m> {
    Grant {
        rule: Some(rule),
        is_reverse: false,
        effect: rule.effect,
        services: Cow::Borrowed(&rule.services),
        is_clear: rule.is_clear(),
        from,
        to: (Cow::Owned(one.clone()), Cow::Owned(one.clone())),
    }
}

impl Rule<'_> {
    /// Whether it is about what is behind a route: its destinations name one of the route's access control groups.
    pub(super) fn is_about_route(&self, route: &Route) -> bool {
        self.rule.destination_resource.is_none()
            && self.rule.destinations.iter().any(|group| route.access_control_groups.contains(&group.id))
    }
}
