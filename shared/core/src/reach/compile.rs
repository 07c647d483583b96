//! From the lists that are read from NetBird to sets of peers.

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Mutex;

use super::address::Address;
use super::posture::{Outcome, judge};
use super::question::{MOST_STEPS_OF_TESTS, Tested};
use super::services::Services;
use super::set::Set;
use crate::network::{
    Group, GroupRef, Network, NetworkResource, NetworkRouter, Peer, Policy, PolicyRule, PostureCheck, ResourceRef,
    Route, User,
};

/// The lists of one account. What is `None` could not be read, or not yet: what depends on it is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct Inventory<'a> {
    /// Every peer, with its groups.
    pub peers: &'a [Peer],
    /// Every group: those that no peer is in are known from here alone.
    pub groups: Option<&'a [Group]>,
    /// Every policy.
    pub policies: Option<&'a [Policy]>,
    /// Every posture check.
    pub posture_checks: Option<&'a [PostureCheck]>,
    /// Every network.
    pub networks: Option<&'a [Network]>,
    /// The resources of all networks.
    pub resources: Option<&'a [NetworkResource]>,
    /// The routers of all networks.
    pub routers: Option<&'a [NetworkRouter]>,
    /// Every route.
    pub routes: Option<&'a [Route]>,
    /// Every user: names, and who is there without a peer. Nothing else depends on it.
    pub users: Option<&'a [User]>,
}

/// A network, ready to be asked who can reach what in it.
pub struct Model<'a> {
    pub(super) lists: Inventory<'a>,
    pub(super) places: HashMap<&'a str, usize>,
    pub(super) groups: BTreeMap<&'a str, Members<'a>>,
    /// Peers of which the server may tell the others nothing: they await approval, or their login expired.
    pub(super) pending: Set,
    pub(super) checks: HashMap<&'a str, &'a PostureCheck>,
    pub(super) rules: Vec<Rule<'a>>,
    pub(super) networks: Vec<Routed<'a>>,
    pub(super) resources: BTreeMap<&'a str, Resource<'a>>,
    pub(super) routes: BTreeMap<&'a str, &'a Route>,
    pub(super) tested: Mutex<Tested>,
}

/// Who is in a group.
pub(super) struct Members<'a> {
    pub(super) name: &'a str,
    pub(super) peers: Set,
}

/// What a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    Accept,
    Drop,
    /// It may be either: the server knows an action that is not known here.
    Either,
}

/// A rule of a policy, with whom it is about.
pub(super) struct Rule<'a> {
    pub(super) policy: &'a Policy,
    pub(super) rule: &'a PolicyRule,
    /// Its number in the policy.
    pub(super) nth: usize,
    pub(super) effect: Effect,
    pub(super) services: Services,
    /// What of it is not understood: it may be about less than it seems.
    pub(super) unclear: Option<String>,
    /// Peers of its sources, whether they pass the posture checks or not.
    pub(super) named: Set,
    /// Those of them that pass for sure.
    pub(super) sure: Set,
    /// Those of them that do not fail for sure.
    pub(super) may: Set,
    /// Peers of its destinations.
    pub(super) to: Set,
    /// Places of the networks that have a resource in force which it is about.
    pub(super) networks: Vec<usize>,
}

/// A network with its routers.
pub(super) struct Routed<'a> {
    pub(super) row: &'a Network,
    /// Those that are known.
    pub(super) routers: Vec<&'a NetworkRouter>,
    /// Peers that route.
    pub(super) live: Set,
}

/// A resource with the place of its network.
pub(super) struct Resource<'a> {
    pub(super) row: &'a NetworkResource,
    pub(super) address: Address<'a>,
    pub(super) network: Option<usize>,
}

impl Rule<'_> {
    /// Whether it is in force.
    pub(super) fn is_on(&self) -> bool {
        self.policy.enabled && self.rule.enabled
    }

    /// Whether it does for sure what it seems to.
    pub(super) fn is_clear(&self) -> bool {
        self.unclear.is_none() && self.effect != Effect::Either
    }

    /// Whether it is about a resource, itself or by one of its groups.
    pub(super) fn is_about(&self, resource: &NetworkResource) -> bool {
        match &self.rule.destination_resource {
            Some(named) => named.kind != "peer" && named.id == resource.id,
            None => resource.groups.iter().any(|group| self.rule.destinations.iter().any(|one| one.id == group.id)),
        }
    }
}

impl fmt::Debug for Model<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Model").field("peers", &self.size()).field("rules", &self.rules.len()).finish_non_exhaustive()
    }
}

impl<'a> Model<'a> {
    /// Compiles the lists.
    pub fn new(lists: Inventory<'a>) -> Self {
        let size = lists.peers.len();
        let places = lists.peers.iter().enumerate().map(|(place, peer)| (peer.id.as_str(), place)).collect();
        let mut pending = Set::none(size);
        for (place, peer) in lists.peers.iter().enumerate() {
            if peer.approval_required || peer.login_expired {
                pending.insert(place);
            }
        }
        let checks = lists.posture_checks.unwrap_or_default().iter().map(|check| (check.id.as_str(), check)).collect();
        let mut model = Self {
            lists,
            places,
            groups: groups(&lists),
            pending,
            checks,
            rules: Vec::new(),
            networks: Vec::new(),
            resources: BTreeMap::new(),
            routes: lists.routes.unwrap_or_default().iter().map(|route| (route.id.as_str(), route)).collect(),
            tested: Mutex::new(Tested::within(MOST_STEPS_OF_TESTS)),
        };
        model.networks = lists.networks.unwrap_or_default().iter().map(|network| model.routed(network)).collect();
        let network_of = network_of(&model.networks);
        let resources = lists.resources.unwrap_or_default().iter();
        model.resources = resources
            .map(|row| {
                let network = network_of.get(row.id.as_str()).copied();
                (row.id.as_str(), Resource { row, address: Address::of(&row.address), network })
            })
            .collect();
        let mut outcomes = HashMap::new();
        for policy in lists.policies.unwrap_or_default() {
            let passing = model.passing(policy, &mut outcomes);
            for (nth, rule) in policy.rules.iter().enumerate() {
                let rule = model.rule(policy, nth, rule, passing.as_ref());
                model.rules.push(rule);
            }
        }
        model
    }

    /// It with other steps that all tests of it may take together.
    #[cfg(test)]
    pub(crate) fn testing_within(self, steps: usize) -> Self {
        Self { tested: Mutex::new(Tested::within(steps)), ..self }
    }

    pub(super) fn size(&self) -> usize {
        self.lists.peers.len()
    }

    /// The peers of a side of a rule, or of whoever else names groups or one peer.
    fn side(&self, groups: &[GroupRef], resource: Option<&ResourceRef>) -> Set {
        match resource {
            Some(one) if one.kind == "peer" => self.peers_of(&one.id, &[]),
            Some(_) => Set::none(self.size()),
            None => self.in_groups(groups.iter().map(|group| group.id.as_str())),
        }
    }

    /// The members of groups.
    pub(super) fn in_groups<'b>(&self, ids: impl IntoIterator<Item = &'b str>) -> Set {
        let mut peers = Set::none(self.size());
        ids.into_iter().filter_map(|id| self.groups.get(id)).for_each(|group| peers.add(&group.peers));
        peers
    }

    /// The one peer, or else the members of groups.
    pub(super) fn peers_of(&self, peer: &str, groups: &[String]) -> Set {
        if peer.is_empty() {
            return self.in_groups(groups.iter().map(String::as_str));
        }
        self.places.get(peer).map_or_else(|| Set::none(self.size()), |place| Set::one(*place, self.size()))
    }

    fn routed(&self, row: &'a Network) -> Routed<'a> {
        let known = self.lists.routers.unwrap_or_default().iter();
        let routers: Vec<&NetworkRouter> = known.filter(|router| row.routers.contains(&router.id)).collect();
        let mut live = Set::none(self.size());
        for router in routers.iter().filter(|router| router.enabled) {
            live.add(&self.peers_of(&router.peer, &router.peer_groups));
        }
        Routed { row, routers, live }
    }

    /// Who passes a policy's checks for sure, and who does not fail them for sure; `None` if it has none.
    fn passing(&self, policy: &'a Policy, outcomes: &mut HashMap<&'a str, (Set, Set)>) -> Option<(Set, Set)> {
        if policy.posture_checks.is_empty() {
            return None;
        }
        let (mut sure, mut may) = (Set::all(self.size()), Set::all(self.size()));
        for id in &policy.posture_checks {
            let (passes, not_failing) = outcomes.entry(id).or_insert_with(|| self.outcome(id));
            sure.keep(passes);
            may.keep(not_failing);
        }
        Some((sure, may))
    }

    fn outcome(&self, check: &str) -> (Set, Set) {
        let (mut passes, mut may) = (Set::none(self.size()), Set::none(self.size()));
        for (place, peer) in self.lists.peers.iter().enumerate() {
            match self.judge(check, peer) {
                Outcome::Passes => {
                    passes.insert(place);
                    may.insert(place);
                }
                Outcome::Unknown(_) => may.insert(place),
                Outcome::Fails(_) => {}
            }
        }
        (passes, may)
    }

    /// What a posture check says of a peer.
    pub(super) fn judge(&self, check: &str, peer: &Peer) -> Outcome {
        match (self.checks.get(check), self.lists.posture_checks) {
            (Some(check), _) => judge(check, peer),
            (None, Some(_)) => Outcome::Unknown("the check is not in the list of them".to_owned()),
            (None, None) => Outcome::Unknown("the posture checks could not be read".to_owned()),
        }
    }

    fn rule(&self, policy: &'a Policy, nth: usize, rule: &'a PolicyRule, passing: Option<&(Set, Set)>) -> Rule<'a> {
        let named = self.side(&rule.sources, rule.source_resource.as_ref());
        let (sure, may) = match passing {
            Some((sure, may)) => (named.and(sure), named.and(may)),
            None => (named.clone(), named.clone()),
        };
        let (services, unclear) = Services::of(rule);
        let effect = match rule.action.as_str() {
            "accept" => Effect::Accept,
            "drop" => Effect::Drop,
            _ => Effect::Either,
        };
        let to = self.side(&rule.destinations, rule.destination_resource.as_ref());
        let mut made =
            Rule { policy, rule, nth, effect, services, unclear, named, sure, may, to, networks: Vec::new() };
        let about = self.resources.values().filter(|one| one.row.enabled && made.is_about(one.row));
        let mut networks: Vec<usize> = about.filter_map(|one| one.network).collect();
        networks.sort_unstable();
        networks.dedup();
        made.networks = networks;
        made
    }
}

/// Every group that is named anywhere, with its members: peers say in which they are.
pub(super) fn groups<'a>(lists: &Inventory<'a>) -> BTreeMap<&'a str, Members<'a>> {
    let size = lists.peers.len();
    let empty = |name: &'a str| Members { name, peers: Set::none(size) };
    let listed = lists.groups.unwrap_or_default().iter();
    let mut groups: BTreeMap<&str, Members<'_>> = listed.map(|group| (group.id.as_str(), empty(&group.name))).collect();
    for (place, peer) in lists.peers.iter().enumerate() {
        for group in &peer.groups {
            groups.entry(&group.id).or_insert_with(|| empty(&group.name)).peers.insert(place);
        }
    }
    let of_resources = lists.resources.unwrap_or_default().iter().flat_map(|resource| &resource.groups);
    let rules = || lists.policies.unwrap_or_default().iter().flat_map(|policy| &policy.rules);
    let of_rules = rules().flat_map(|rule| rule.sources.iter().chain(&rule.destinations));
    // Where the list of groups is there, a group that it does not have is gone, though a rule still names it.
    if lists.groups.is_none() {
        for group in of_resources.chain(of_rules) {
            groups.entry(&group.id).or_insert_with(|| empty(&group.name));
        }
    }
    groups
}

fn network_of<'a>(networks: &[Routed<'a>]) -> HashMap<&'a str, usize> {
    let resources = |(place, network): (usize, &Routed<'a>)| {
        network.row.resources.iter().map(move |id| (id.as_str(), place)).collect::<Vec<_>>()
    };
    networks.iter().enumerate().flat_map(resources).collect()
}
