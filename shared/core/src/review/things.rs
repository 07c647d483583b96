//! What stands out in networks, routes, setup keys, groups and posture checks.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::Timestamp;

use super::{Concern, ConcernKind, Configuration, EVERYBODY, NAME, Subject};
use crate::network::Route;
use crate::text;
use crate::usage::{Place, Thing, mentions};

fn concern(kind: ConcernKind, subject: Subject, (id, name): (&str, &str), sentence: String) -> Concern {
    Concern { kind, subject, id: id.to_owned(), name: text::printable(name, NAME), rule: None, sentence }
}

/// How many peers there are: whether there is a second one is all that matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Few<'a> {
    Nobody,
    One(&'a str),
    More,
}

impl<'a> Few<'a> {
    fn and(self, other: Few<'a>) -> Self {
        match (self, other) {
            (Few::Nobody, few) | (few, Few::Nobody) => few,
            (Few::One(one), Few::One(two)) if one == two => self,
            _ => Few::More,
        }
    }
}

/// Who is in which group, and how everybody is called.
struct People<'a> {
    names: HashMap<&'a str, &'a str>,
    of: HashMap<&'a str, Few<'a>>,
}

impl<'a> People<'a> {
    fn of(seen: Configuration<'a>) -> Self {
        let mut people = Self { names: HashMap::new(), of: HashMap::new() };
        for peer in seen.lists.peers {
            people.names.insert(&peer.id, &peer.name);
            for group in &peer.groups {
                let few = people.of.entry(&group.id).or_insert(Few::Nobody);
                *few = few.and(Few::One(&peer.id));
            }
        }
        people
    }

    /// The peers that are meant by a peer's id, or by groups.
    fn meant(&self, peer: &'a str, groups: &'a [String]) -> Few<'a> {
        if !peer.is_empty() {
            return self.names.get_key_value(peer).map_or(Few::Nobody, |(id, _)| Few::One(id));
        }
        let of = groups.iter().filter_map(|group| self.of.get(group.as_str()));
        of.fold(Few::Nobody, |few, more| few.and(*more))
    }

    fn called(&self, few: Few<'_>) -> Option<String> {
        let Few::One(only) = few else { return None };
        self.names.get(only).map(|name| text::printable(name, NAME))
    }
}

/// Networks that nobody routes to, or one peer alone.
pub(super) fn networks(seen: Configuration<'_>) -> Vec<Concern> {
    let (Some(networks), Some(routers)) = (seen.lists.networks, seen.lists.routers) else { return Vec::new() };
    let people = People::of(seen);
    // Once for each router: many networks may name the same.
    let mut through: HashMap<&str, Few<'_>> = HashMap::new();
    for router in routers.iter().filter(|router| router.enabled) {
        through.insert(&router.id, people.meant(&router.peer, &router.peer_groups));
    }
    let with_things = networks.iter().filter(|network| !network.resources.is_empty());
    let one = |network: &crate::network::Network| {
        let on = network.routers.iter().filter_map(|id| through.get(id.as_str()));
        let few = on.fold(Few::Nobody, |few, more| few.and(*more));
        let (name, this) = (text::printable(&network.name, NAME), (network.id.as_str(), network.name.as_str()));
        let resources = text::count(network.resources.len(), "resource");
        if few == Few::Nobody {
            let sentence = format!("Network \u{201c}{name}\u{201d} has {resources} and no routing peer.");
            return Some(concern(ConcernKind::Unrouted, Subject::Network, this, sentence));
        }
        let only = people.called(few)?;
        let sentence = format!("Network \u{201c}{name}\u{201d} ({resources}) is reached through {only} alone.");
        Some(concern(ConcernKind::SingleRouter, Subject::Network, this, sentence))
    };
    with_things.filter_map(one).collect()
}

/// Routes of the older kind that hang on one peer, or on none. Those of one name stand in for each other.
pub(super) fn routes(seen: Configuration<'_>) -> Vec<Concern> {
    let people = People::of(seen);
    let mut together: BTreeMap<(&str, Vec<&str>), Vec<&Route>> = BTreeMap::new();
    for route in seen.lists.routes.unwrap_or_default().iter().filter(|route| route.enabled) {
        together.entry((&route.network_id, route.destinations())).or_default().push(route);
    }
    let one = |((name, destinations), routes): ((&str, Vec<&str>), Vec<&Route>)| {
        let meant = routes.iter().map(|route| people.meant(&route.peer, &route.peer_groups));
        let through = meant.fold(Few::Nobody, Few::and);
        let to: Vec<String> = destinations.iter().map(|to| text::printable(to, NAME)).collect();
        let to = text::names(to.iter().map(String::as_str), super::NAMED);
        let (this, shown) = ((routes[0].id.as_str(), name), text::printable(name, NAME));
        if through == Few::Nobody {
            let sentence = format!("Route \u{201c}{shown}\u{201d} to {to} has no routing peer.");
            return Some(concern(ConcernKind::Unrouted, Subject::Route, this, sentence));
        }
        let only = people.called(through)?;
        let sentence = format!("Route \u{201c}{shown}\u{201d} to {to} goes through {only} alone.");
        Some(concern(ConcernKind::SingleRouter, Subject::Route, this, sentence))
    };
    together.into_iter().filter_map(one).collect()
}

/// Keys that let anybody in for ever.
pub(super) fn setup_keys(seen: Configuration<'_>, now: Timestamp) -> Vec<Concern> {
    let keys = seen.setup_keys.unwrap_or_default().iter();
    let endless = keys.filter(|key| {
        key.kind == "reusable" && key.usage_limit == 0 && key.expires.is_none() && key.state_at(now) == "valid"
    });
    endless
        .map(|key| {
            let name = text::printable(&key.name, NAME);
            let used = text::count(key.used_times as usize, "machine");
            let sentence =
                format!("Setup key \u{201c}{name}\u{201d} never expires and is never used up; {used} joined with it.");
            concern(ConcernKind::EndlessSetupKey, Subject::SetupKey, (&key.id, &key.name), sentence)
        })
        .collect()
}

/// Groups and posture checks that nothing names.
pub(super) fn unused(seen: Configuration<'_>) -> Vec<Concern> {
    let Some(policies) = seen.lists.policies else { return Vec::new() };
    // To be in a group is no use of it.
    let uses = mentions(seen).filter(|one| one.place != Place::Member);
    let named: HashSet<Thing<'_>> = uses.map(|one| one.thing).collect();
    let checks = seen.lists.posture_checks.unwrap_or_default().iter();
    let checks = checks.filter(|check| !named.contains(&Thing::PostureCheck(&check.id)));
    let mut concerns: Vec<Concern> = checks
        .map(|check| {
            let sentence =
                format!("No policy asks for posture check \u{201c}{}\u{201d}.", text::printable(&check.name, NAME));
            concern(ConcernKind::UnusedPostureCheck, Subject::PostureCheck, (&check.id, &check.name), sentence)
        })
        .collect();
    let lists = seen.lists;
    let are_all_read = lists.routers.is_some()
        && lists.routes.is_some()
        && seen.nameservers.is_some()
        && seen.dns.is_some()
        && seen.setup_keys.is_some();
    let Some(groups) = lists.groups.filter(|_| are_all_read) else { return concerns };
    // Rules of NetBird's SSH name groups of their own, which are not read.
    if policies.iter().flat_map(|policy| &policy.rules).any(|rule| rule.protocol == "netbird-ssh") {
        return concerns;
    }
    let unused = groups.iter().filter(|group| group.name != EVERYBODY && !named.contains(&Thing::Group(&group.id)));
    concerns.extend(unused.map(|group| {
        let members = match group.peers {
            0 => "is empty".to_owned(),
            peers => format!("has {}", text::count(peers as usize, "peer")),
        };
        let name = text::printable(&group.name, NAME);
        let sentence = format!(
            "Group \u{201c}{name}\u{201d} {members}, and no policy, route, network, nameserver or setup key names it."
        );
        concern(ConcernKind::UnusedGroup, Subject::Group, (&group.id, &group.name), sentence)
    }));
    concerns
}
