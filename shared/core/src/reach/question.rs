//! Questions and their answers.

use std::borrow::Cow;
use std::str::FromStr;
use std::sync::PoisonError;

use super::address::Address;
use super::compile::{Effect, Model, Resource, Rule};
use super::difference::{Budget, TooLarge};
use super::evaluate::{Grant, Places, Plan, Scope, Tally, evaluate};
use super::reasons::Reason;
use super::services::{Ports, Services};
use super::set::Set;
use crate::named;
use crate::network::Route;

/// Most steps that all tests of one model may take together: a second or so.
pub(super) const MOST_STEPS_OF_TESTS: usize = 2_000_000_000;
/// Sets that are made and looked at for each rule, to find out which ones an answer and its reasons are about.
const SETS_OF_A_RULE: usize = 16;
/// Steps that saying what a rule does takes, and naming a range of its ports.
const STEPS_OF_A_SENTENCE: usize = 200;
const STEPS_OF_A_RANGE: usize = 20;
/// Steps that reading an address takes.
const STEPS_OF_AN_ADDRESS: usize = 200;

named! {
    /// Whether the one reaches the other.
    pub enum Verdict {
        /// It does, or some peer of it does.
        Allowed = "allowed",
        /// Nobody does.
        Denied = "denied",
        /// Nobody does for sure, and somebody may: by something that NetBird does not show, or that was not read.
        Unknown = "unknown",
    }
}

named! {
    /// Of how many pairs of the two sides it is so.
    pub enum Extent {
        /// Everybody of the one side reaches everybody of the other.
        All = "all",
        /// Some do.
        Some = "some",
        /// Nobody does for sure.
        None = "none",
    }
}

named! {
    /// Protocols that questions are about.
    pub enum Protocol {
        /// Any.
        All = "all",
        /// TCP.
        Tcp = "tcp",
        /// UDP.
        Udp = "udp",
        /// ICMP.
        Icmp = "icmp",
    }
}

/// One side of a question, by NetBird's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A peer.
    Peer(String),
    /// The peers of a group.
    Group(String),
    /// A resource of a network.
    Resource(String),
    /// What is behind a route.
    Route(String),
}

/// What it is asked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The protocol; one of them is enough if it is `All`.
    pub protocol: Protocol,
    /// The port; one of them is enough if it is `None`. ICMP has none.
    pub port: Option<u16>,
}

/// Why there is no answer: one side is not in the network, or cannot be that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotThere {
    /// What is asked from.
    From,
    /// What is asked to.
    To,
}

/// Why a test has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// One side is not there.
    NotThere(NotThere),
    /// It would take too long, by itself or after what was asked before.
    TooLarge,
}

impl From<NotThere> for Unanswered {
    fn from(side: NotThere) -> Self {
        Self::NotThere(side)
    }
}

impl From<TooLarge> for Unanswered {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// What tests asked of a model so far.
#[derive(Debug)]
pub(super) struct Tested {
    budget: Budget,
    /// The last question that was answered: whoever finds that it is over asks it again.
    last: Option<(End, End, Ask, Answer)>,
}

impl Tested {
    pub(super) const fn within(steps: usize) -> Self {
        Self { budget: Budget::of(steps), last: None }
    }
}

/// How many are meant, and of how many it is so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Peers that are asked from.
    pub sources: usize,
    /// Those of them that reach a target.
    pub reaching: usize,
    /// Those of the others that may reach one.
    pub perhaps: usize,
    /// Peers, resources or routes that are asked to.
    pub targets: usize,
    /// Pairs of them. Nobody is paired with themselves.
    pub pairs: usize,
    /// Pairs that reach each other for sure, in this direction.
    pub allowed: usize,
    /// Pairs that may.
    pub unknown: usize,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In one word.
    pub verdict: Verdict,
    /// Of how many it is so.
    pub extent: Extent,
    /// In one sentence.
    pub sentence: String,
    /// Why; what decides comes first.
    pub reasons: Vec<Reason>,
    /// Reasons that were left out because there are too many.
    pub omitted: usize,
    /// Of what was asked for: on what some peer of the one side reaches one of the other for sure.
    pub open: Services,
    /// On what it may.
    pub may_be_open: Services,
    /// Numbers.
    pub counts: Counts,
    /// The first pairs of each kind.
    pub examples: Examples,
}

/// Some pairs, by the names of who is asked from and to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// They reach each other for sure, in this direction.
    pub allowed: Vec<(String, String)>,
    /// They do not.
    pub denied: Vec<(String, String)>,
}

impl FromStr for End {
    type Err = ();

    /// Reads `peer:ID`, `group:ID`, `resource:ID` or `route:ID`.
    fn from_str(text: &str) -> Result<Self, ()> {
        match text.split_once(':') {
            Some((_, "")) | None => Err(()),
            Some(("peer", id)) => Ok(Self::Peer(id.to_owned())),
            Some(("group", id)) => Ok(Self::Group(id.to_owned())),
            Some(("resource", id)) => Ok(Self::Resource(id.to_owned())),
            Some(("route", id)) => Ok(Self::Route(id.to_owned())),
            Some(_) => Err(()),
        }
    }
}

impl Ask {
    /// Anything at all.
    pub const ANYTHING: Self = Self { protocol: Protocol::All, port: None };

    /// It as protocols and ports.
    pub fn services(self) -> Services {
        let ports = self.port.map_or_else(Ports::every, Ports::one);
        match self.protocol {
            Protocol::All if self.port.is_none() => Services::every(),
            Protocol::All => Services::on(ports),
            Protocol::Tcp => Services::tcp(ports),
            Protocol::Udp => Services::udp(ports),
            Protocol::Icmp => Services::icmp(),
        }
    }
}

impl End {
    /// What it is, in a word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Peer(_) => "peer",
            Self::Group(_) => "group",
            Self::Resource(_) => "resource",
            Self::Route(_) => "route",
        }
    }

    /// NetBird's id.
    pub fn id(&self) -> &str {
        match self {
            Self::Peer(id) | Self::Group(id) | Self::Resource(id) | Self::Route(id) => id,
        }
    }
}

/// What is asked to, as the model has it.
pub(super) enum Target<'m> {
    Peers(Set),
    Resource(&'m Resource<'m>),
    Route(&'m Route),
}

impl<'a> Model<'a> {
    /// Who reaches whom on what, and why.
    pub fn question(&self, from: &End, to: &End, ask: Ask) -> Result<Answer, NotThere> {
        match self.answer(from, to, ask, &mut Budget::unlimited()) {
            Ok(answer) => Ok(answer),
            Err(Unanswered::NotThere(side)) => Err(side),
            Err(Unanswered::TooLarge) => unreachable!("nothing bounds it"),
        }
    }

    /// The same for one of many tests, which together may take a second or so.
    pub fn test(&self, from: &End, to: &End, ask: Ask) -> Result<Answer, Unanswered> {
        let mut tested = self.tested.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((.., answer)) =
            tested.last.as_ref().filter(|(one, other, on, _)| (one, other, *on) == (from, to, ask))
        {
            return Ok(answer.clone());
        }
        let answer = self.answer(from, to, ask, &mut tested.budget)?;
        tested.last = Some((from.clone(), to.clone(), ask, answer.clone()));
        Ok(answer)
    }

    fn answer(&self, from: &End, to: &End, ask: Ask, budget: &mut Budget) -> Result<Answer, Unanswered> {
        let sources = self.peers_at(from).ok_or(NotThere::From)?;
        let target = self.target(to).ok_or(NotThere::To)?;
        let wanted = ask.services();
        budget.take(self.steps_beside(&target))?;
        let (tally, targets) = self.tally(&sources, &target, &wanted, None, budget)?;
        let names = |pairs: &[(usize, usize)]| -> Vec<(String, String)> {
            let name = |place: usize| self.lists.peers[place].name.clone();
            let at = |place| if matches!(target, Target::Peers(_)) { name(place) } else { self.called(to) };
            pairs.iter().map(|(from, to)| (name(*from), at(*to))).collect()
        };
        let examples = Examples { allowed: names(&tally.examples.allowed), denied: names(&tally.examples.denied) };
        let (verdict, extent) = (tally.verdict(), tally.extent());
        let (reasons, omitted) = self.reasons((from, &sources), (to, &target), &wanted, verdict, extent);
        let sentence = self.answer_in_words(from, to, &wanted, &tally, verdict, extent);
        let Tally { sources, reaching, perhaps, pairs, allowed, unknown, open, may_be_open, .. } = tally;
        let counts = Counts { sources, reaching, perhaps, targets, pairs, allowed, unknown };
        Ok(Answer { verdict, extent, sentence, reasons, omitted, open, may_be_open, counts, examples })
    }

    /// What one router lets a peer reach of a resource or a route: for sure, and perhaps. `None` if one of them is not there,
    /// or does not route there.
    pub fn through(&self, router: &str, from: &str, to: &End) -> Option<(Services, Services)> {
        let (router, source) = (*self.places.get(router)?, *self.places.get(from)?);
        let target = self.target(to)?;
        if matches!(target, Target::Peers(_)) || !self.routers_of(&target).contains(router) {
            return None;
        }
        let sources = Set::one(source, self.size());
        let tally = self.tally(&sources, &target, &Services::every(), Some(router), &mut Budget::unlimited());
        let Ok((tally, _)) = tally else { unreachable!("nothing bounds it") };
        Some((tally.open, tally.may_be_open))
    }

    /// What it takes to answer, beside looking at the sources.
    pub(super) fn steps_beside(&self, target: &Target<'_>) -> usize {
        let (rules, words) = (self.rules.len(), self.size().div_ceil(64));
        let ranges: usize = self.rules.iter().map(|rule| rule.services.ranges()).sum();
        let named: usize = self.rules.iter().map(|rule| rule.rule.destinations.len() + 1).sum();
        let of_rules = rules * (SETS_OF_A_RULE * words + STEPS_OF_A_SENTENCE) + STEPS_OF_A_RANGE * ranges;
        // Its ways are looked at for the answer, and once more for its reasons.
        let of_ways = match target {
            Target::Peers(_) => 0,
            Target::Resource(resource) => {
                let others = self.resources.values().filter(|other| other.address.covers(&resource.address));
                let of_another = |other: &Resource<'_>| named * (other.row.groups.len() + 1) + rules * words + ranges;
                2 * (others.map(of_another).sum::<usize>()
                    + self.resources.len()
                    + self.routes.len() * STEPS_OF_AN_ADDRESS
                    + named * (resource.row.groups.len() + 1))
            }
            Target::Route(route) => {
                let networks = self.networks.len();
                let used: usize = self.rules.iter().map(|rule| rule.networks.len()).sum();
                let of_a_router = 2 * rules * words + networks * (rules + 4 * words) + used * (networks + words);
                let alike: usize = self.routes.values().map(|other| other.peer_groups.len() + 1).sum();
                4 * self.routers_of(target).len() * of_a_router
                    + 2 * alike * words
                    + rules * words * route.groups.len()
                    + 2 * named * (route.access_control_groups.len() + 1)
            }
        };
        of_rules + of_ways
    }

    fn tally(
        &self,
        sources: &Set,
        target: &Target<'_>,
        wanted: &Services,
        router: Option<usize>,
        budget: &mut Budget,
    ) -> Result<(Tally, usize), TooLarge> {
        let plan = match target {
            Target::Peers(targets) => {
                let grants = self.directions().map(|(_, grant)| grant);
                let grants = grants.filter(|grant| grant.from.1.meets(sources) && grant.to.1.meets(targets));
                let scope = Scope { sources, places: Places::Same, wanted };
                return Ok((evaluate(&scope, &self.to_peers(targets, grants), budget)?, targets.len()));
            }
            Target::Resource(resource) => self.to_resource(resource, wanted, router),
            Target::Route(route) => self.to_route(route, router),
        };
        let targets = plan.targets.len();
        Ok((evaluate(&Scope { sources, places: Places::Nowhere, wanted }, &plan, budget)?, targets))
    }

    fn peers_at(&self, end: &End) -> Option<Set> {
        match end {
            End::Peer(id) => Some(Set::one(*self.places.get(id.as_str())?, self.size())),
            End::Group(id) => Some(self.groups.get(id.as_str())?.peers.clone()),
            End::Resource(_) | End::Route(_) => None,
        }
    }

    pub(super) fn target(&self, end: &End) -> Option<Target<'_>> {
        match end {
            End::Peer(_) | End::Group(_) => self.peers_at(end).map(Target::Peers),
            End::Resource(id) => self.resources.get(id.as_str()).map(Target::Resource),
            End::Route(id) => self.routes.get(id.as_str()).map(|route| Target::Route(route)),
        }
    }

    fn none(&self) -> Set {
        Set::none(self.size())
    }

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
        let rules = self.rules.iter().filter(|rule| rule.is_on() && rule.is_about(resource.row));
        let one = Set::all(1);
        let grants = self.unread_policies(&one).into_iter().chain(rules.map(|rule| {
            let from = (Cow::Borrowed(&rule.sure), Cow::Borrowed(&rule.may));
            granted(rule, from, &one)
        }));
        let grants = grants.collect();
        let mut beside = if router.is_none() { self.by_another_way(resource, wanted) } else { self.none() };
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
    fn by_another_way(&self, resource: &Resource<'_>, wanted: &Services) -> Set {
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
