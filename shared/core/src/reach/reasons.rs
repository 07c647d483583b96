//! Answers and their reasons in words.

use super::ask::{End, Extent, Verdict};
use super::compile::{Model, Resource};
use super::question::Target;
use super::services::Services;
use super::set::Set;
use crate::named;
use crate::network::{PeerStatus, Route};
use crate::text;

/// Reasons of one answer.
const MOST: usize = 20;
/// Routers that are named if none of them is online.
const NAMED: usize = 4;

named! {
    /// What kind of reason it is.
    pub enum ReasonKind {
        /// A rule allows it.
        Allows = "allows",
        /// A rule drops it, which counts more than any that allows it.
        Forbids = "forbids",
        /// A rule would allow it, but the source fails a posture check.
        PostureFails = "posture-fails",
        /// Whether the source passes a posture check cannot be told.
        PostureUnknown = "posture-unknown",
        /// A rule says something that is not understood here.
        RuleUnknown = "rule-unknown",
        /// A policy or rule that is off would allow it.
        Disabled = "disabled",
        /// A rule allows it on something else.
        OtherService = "other-service",
        /// A peer awaits approval: NetBird may tell the others nothing of it.
        AwaitsApproval = "awaits-approval",
        /// A peer's login expired: NetBird may tell the others nothing of it.
        LoginExpired = "login-expired",
        /// The resource or route is off.
        TargetOff = "target-off",
        /// There is nobody who routes to it.
        NoRouter = "no-router",
        /// The source routes there itself, so that NetBird's rules do not decide.
        RoutesItself = "routes-itself",
        /// The source is not among those who get the route, or not connected to who routes.
        NoRoute = "no-route",
        /// The route lets everything through for whoever gets it: no policy is about it.
        OpenRoute = "open-route",
        /// Its address lies in something else that can be reached, too.
        OtherWay = "other-way",
        /// Nothing in the network leads to the address or name, so that NetBird decides nothing about it.
        NothingLeads = "nothing-leads",
        /// Nothing in the network has the name, and what it resolves to is not known.
        NotResolved = "not-resolved",
        /// A list that matters could not be read.
        Unread = "unread",
        /// No policy lets them.
        NoPolicy = "no-policy",
        /// There is nobody on one side.
        Nobody = "nobody",
        /// Whom it is about is not online now; that changes nothing of what is allowed.
        Away = "away",
    }
}

/// The rule of a policy that a reason is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonPolicy {
    /// NetBird's id of the policy.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The rule's place in it.
    pub rule: usize,
}

/// Why an answer is what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// What kind of reason it is.
    pub kind: ReasonKind,
    /// It in a sentence.
    pub sentence: String,
    /// The policy that it is about.
    pub policy: Option<ReasonPolicy>,
    /// How many of the peers that are asked from (for a policy that works both ways, perhaps to) it concerns.
    pub peers: usize,
}

impl Reason {
    pub(super) fn new(kind: ReasonKind, sentence: String, peers: usize) -> Self {
        Self { kind, sentence, policy: None, peers }
    }
}

/// What comes first: what decides, then what would change it.
fn rank(kind: ReasonKind, verdict: Verdict) -> usize {
    use ReasonKind as Kind;
    let of_verdict = match verdict {
        Verdict::Allowed => [Kind::Allows, Kind::OpenRoute, Kind::Forbids, Kind::PostureFails].as_slice(),
        Verdict::Denied => &[
            Kind::NothingLeads,
            Kind::Nobody,
            Kind::TargetOff,
            Kind::NoRouter,
            Kind::NoRoute,
            Kind::Forbids,
            Kind::NoPolicy,
        ],
        Verdict::Unknown => &[
            Kind::Unread,
            Kind::NotResolved,
            Kind::AwaitsApproval,
            Kind::LoginExpired,
            Kind::RoutesItself,
            Kind::PostureUnknown,
            Kind::RuleUnknown,
            Kind::OtherWay,
        ],
    };
    let place = |kinds: &[Kind]| kinds.iter().position(|one| *one == kind);
    place(of_verdict).unwrap_or_else(|| 100 + place(Kind::ALL).unwrap_or_default())
}

/// Keeps what comes first of some reasons, in order, and tells how many others there were.
pub(super) fn first(reasons: &mut Vec<Reason>, verdict: Verdict) -> usize {
    reasons.sort_by_key(|reason| rank(reason.kind, verdict));
    let omitted = reasons.len().saturating_sub(MOST);
    reasons.truncate(MOST);
    omitted
}

impl Model<'_> {
    /// Why, and how many reasons were left out.
    pub(super) fn reasons(
        &self,
        (from, sources): (&End, &Set),
        (to, target): (&End, &Target<'_>),
        wanted: &Services,
        verdict: Verdict,
        extent: Extent,
    ) -> (Vec<Reason>, usize) {
        let mut reasons = Vec::new();
        let is_settled = verdict == Verdict::Allowed && extent == Extent::All;
        self.unread(target, &mut reasons);
        self.nobody(from, sources, to, target, &mut reasons);
        self.of_rules(sources, target, wanted, is_settled, &mut reasons);
        match target {
            Target::Peers(targets) => {
                let mut everybody = sources.clone();
                everybody.add(targets);
                self.pending_ones(&everybody, &mut reasons);
            }
            Target::Resource(resource) => self.of_resource(resource, sources, wanted, is_settled, &mut reasons),
            Target::Route(route) => self.of_route(route, sources, &mut reasons),
        }
        self.away(from, sources, to, target, &mut reasons);
        let decides = |reason: &Reason| {
            !matches!(reason.kind, ReasonKind::Away | ReasonKind::OtherService | ReasonKind::Disabled)
        };
        if verdict == Verdict::Denied && !reasons.iter().any(decides) {
            let sentence =
                format!("No policy lets {} reach {}{}.", self.any_of(from), self.any_at(to), wanted.phrase());
            reasons.push(Reason::new(ReasonKind::NoPolicy, sentence, sources.len()));
        }
        let omitted = first(&mut reasons, verdict);
        (reasons, omitted)
    }

    fn of_resource(
        &self,
        resource: &Resource<'_>,
        sources: &Set,
        wanted: &Services,
        is_settled: bool,
        reasons: &mut Vec<Reason>,
    ) {
        let name = &resource.row.name;
        if !resource.row.enabled {
            let sentence = format!("Resource {name} is off.");
            reasons.push(Reason::new(ReasonKind::TargetOff, sentence, sources.len()));
        }
        let live = self.routers_of(&Target::Resource(resource));
        if let Some(network) = resource.network.map(|network| &self.networks[network]) {
            let called = &network.row.name;
            if live.is_empty() && self.knows_routers(resource) {
                let sentence = match network.routers.len() {
                    0 => format!("Network {called} has no router."),
                    _ if network.routers.iter().any(|router| router.enabled) => {
                        format!("No peer is a router of network {called}: the groups of its routers are empty.")
                    }
                    1 => format!("The router of network {called} is off."),
                    routers => format!("The {routers} routers of network {called} are off."),
                };
                reasons.push(Reason::new(ReasonKind::NoRouter, sentence, sources.len()));
            }
            self.routes_itself(&live.and(sources), &format!("network {called}"), reasons);
        }
        self.pending_ones(&sources.and(&self.pending), reasons);
        if !live.is_empty() && live.without(&self.pending).is_empty() {
            self.pending_ones(&live, reasons);
        }
        if !is_settled {
            for (called, some) in self.other_ways(resource, wanted) {
                let some = some.and(sources).len();
                if some > 0 {
                    let sentence = format!("The address of {name} lies in {called}, by which it may be reached, too.");
                    reasons.push(Reason::new(ReasonKind::OtherWay, sentence, some));
                }
            }
        }
    }

    fn of_route(&self, route: &Route, sources: &Set, reasons: &mut Vec<Reason>) {
        let name = &route.network_id;
        let live = self.routers_of(&Target::Route(route));
        let mut say = |kind, sentence: String, peers| reasons.push(Reason::new(kind, sentence, peers));
        if !route.enabled {
            say(ReasonKind::TargetOff, format!("Route {name} is off."), sources.len());
        } else if live.is_empty() {
            say(ReasonKind::NoRouter, format!("Nobody routes to {name}."), sources.len());
        }
        let without = sources.without(&self.in_groups(route.groups.iter().map(String::as_str)));
        if !without.is_empty() {
            let sentence = format!("{} not get route {name}.", self.some_do(&without));
            say(ReasonKind::NoRoute, sentence, without.len());
        }
        let mut connected = self.none_of();
        live.iter().for_each(|router| connected.add(&self.connected_to(router).1));
        let apart = sources.without(&without).without(&connected).without(&live);
        if !apart.is_empty() && !live.is_empty() {
            let sentence = format!("No policy connects {} to a peer that routes to {name}.", self.some(&apart));
            say(ReasonKind::NoRoute, sentence, apart.len());
        }
        if route.enabled && route.access_control_groups.is_empty() {
            let sentence = format!("Route {name} lets everything through: it has no access control groups.");
            say(ReasonKind::OpenRoute, sentence, sources.len());
        }
        self.routes_itself(&self.routers_alike(route).and(sources), &format!("route {name}"), reasons);
        self.pending_ones(&sources.and(&self.pending), reasons);
    }

    fn none_of(&self) -> Set {
        Set::none(self.size())
    }

    fn routes_itself(&self, peers: &Set, to: &str, reasons: &mut Vec<Reason>) {
        if !peers.is_empty() {
            let sentence =
                format!("{} for {to}: what they reach there is not decided by NetBird.", self.routing(peers));
            reasons.push(Reason::new(ReasonKind::RoutesItself, sentence, peers.len()));
        }
    }

    fn routing(&self, peers: &Set) -> String {
        let verb = if peers.len() == 1 { "routes" } else { "route" };
        format!("{} {verb} themselves", self.some(peers)).replace("routes themselves", "routes itself")
    }

    fn pending_ones(&self, peers: &Set, reasons: &mut Vec<Reason>) {
        let pending = peers.and(&self.pending);
        for (kind, is_it, what) in [
            (
                ReasonKind::AwaitsApproval,
                (|peer| peer.approval_required) as fn(&crate::network::Peer) -> bool,
                "approval",
            ),
            (ReasonKind::LoginExpired, |peer| peer.login_expired, "a new login"),
        ] {
            let mut some = self.none_of();
            pending.iter().filter(|place| is_it(&self.lists.peers[*place])).for_each(|place| some.insert(place));
            if !some.is_empty() {
                let verb = if some.len() == 1 { "awaits" } else { "await" };
                let sentence = format!("{} {verb} {what}: NetBird may keep others from reaching it.", self.some(&some));
                reasons.push(Reason::new(kind, sentence, some.len()));
            }
        }
    }

    fn unread(&self, target: &Target<'_>, reasons: &mut Vec<Reason>) {
        let mut say = |what: &str| {
            let sentence = format!("The list of {what} could not be read.");
            reasons.push(Reason::new(ReasonKind::Unread, sentence, 0));
        };
        if self.lists.policies.is_none() {
            say("policies");
        }
        if let Target::Resource(resource) = target {
            if self.lists.networks.is_none() {
                say("networks");
            } else if resource.network.is_none() {
                let sentence = format!("It is not known in which network resource {} is.", resource.row.name);
                reasons.push(Reason::new(ReasonKind::Unread, sentence, 0));
            } else if !self.knows_routers(resource) {
                say("routers");
            }
        }
    }

    fn nobody(&self, from: &End, sources: &Set, to: &End, target: &Target<'_>, reasons: &mut Vec<Reason>) {
        let mut say = |end: &End| {
            let sentence = match end {
                End::Any => "There are no peers.".to_owned(),
                _ => format!("{} {} has no peers.", text::capital(end.kind()), self.called(end)),
            };
            reasons.push(Reason::new(ReasonKind::Nobody, sentence, 0));
        };
        if sources.is_empty() {
            say(from);
        }
        let Target::Peers(targets) = target else { return };
        if targets.is_empty() {
            say(to);
        } else if !sources.is_empty() && !sources.pairs_with(targets) {
            let sentence = "There is no other peer than the one that is asked from.".to_owned();
            reasons.push(Reason::new(ReasonKind::Nobody, sentence, sources.len()));
        }
    }

    /// Peers that are not online, where one is asked from or to; and routers, where none is.
    fn away(&self, from: &End, sources: &Set, to: &End, target: &Target<'_>, reasons: &mut Vec<Reason>) {
        let mut say = |place: usize, what: &str| {
            let peer = &self.lists.peers[place];
            let state = match peer.status {
                PeerStatus::Online => return,
                PeerStatus::Offline => "is offline since",
                PeerStatus::Unconfirmed => "has not come back since the management server restarted; it was last seen",
            };
            let sentence = format!("{}{what} {state} {}.", peer.name, text::moment(peer.since));
            reasons.push(Reason::new(ReasonKind::Away, sentence, 1));
        };
        if let (End::Peer(_), Some(place)) = (from, sources.iter().next()) {
            say(place, "");
        }
        match (to, target) {
            (End::Peer(_), Target::Peers(targets)) => targets.iter().take(1).for_each(|place| say(place, "")),
            (_, Target::Peers(_)) => {}
            (_, target) => {
                let routers = self.routers_of(target);
                let is_away = |place: usize| self.lists.peers[place].status != PeerStatus::Online;
                if routers.iter().all(is_away) {
                    routers.iter().take(NAMED).for_each(|place| say(place, ", which routes there,"));
                }
            }
        }
    }
}
