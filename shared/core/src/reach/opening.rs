//! What would let those reach something who cannot, and what would settle what is not known.

use std::collections::{BTreeSet, HashMap};

use super::ask::{Answer, End, Protocol, Verdict};
use super::change::Change;
use super::compile::{Effect, Resource, Rule};
use super::posture::Outcome;
use super::question::Target;
use super::reasons::ReasonKind;
use super::remedies::{Candidate, MOST_CHANGES, Remedy, RemedyKind, Tries, with_rule};
use super::rules::View;
use super::size::STEPS_OF_A_COPY;
use crate::network::{GroupRef, Policy, Route};
use crate::text;

/// Policies that are tried with who asks among their sources.
const MOST_SOURCES: usize = 3;
/// Routers that are switched on together.
const MOST_ROUTERS: usize = 10;
/// Things that lead to one address of which each is tried.
const MOST_WAYS: usize = 3;
/// Policies that a sentence names.
const NAMED: usize = 4;

/// What may let them. Its changes are made when it is tried: they have a copy of a policy, and there may be one for every rule.
#[derive(Clone, Copy)]
enum Opening<'m> {
    /// A rule that is off is switched on: it is about them in its view of this number.
    On(&'m Rule<'m>, usize),
    /// A rule is about the service, too.
    Service(&'m Rule<'m>),
    /// The policy of a rule asks for fewer posture checks.
    Posture(&'m Rule<'m>, usize),
    /// A rule is about who asks, too.
    Source(&'m Rule<'m>),
    /// A policy connects them to who routes there.
    Router,
    /// A policy lets them.
    New,
}

impl<'t> Tries<'t> {
    /// Looks for what opens.
    pub(super) fn open(&mut self, answer: &Answer) {
        if self.is_about_nothing(answer) {
            return;
        }
        let model = self.model;
        let ends: Vec<End> = self.ends.iter().take(MOST_WAYS).cloned().collect();
        for end in &ends {
            let Some(target) = model.target(end) else { continue };
            let (blocking, letting) = self.openings(&target);
            self.try_each(&blocking, &letting, (end, &target));
            self.say_of_target(end);
            // What stands in the way in several places goes together.
            for opening in letting.iter().filter(|_| !blocking.is_empty()) {
                if self.has_found() || !self.has_room() {
                    break;
                }
                let Some(candidate) = self.made(*opening, (end, &target)) else { continue };
                let both = blocking.iter().chain([&candidate]);
                let sentences: Vec<&str> = both.clone().map(|one| one.sentence.trim_end_matches('.')).collect();
                let sentence = format!("{}.", sentences.join("; and: "));
                let changes = both.flat_map(|one| one.changes.iter().cloned()).collect();
                self.attempt(Remedy { sentence, changes, ..candidate }, Verdict::Allowed);
            }
        }
    }

    /// Tries one thing after the other, as long as there is room.
    fn try_each(&mut self, blocking: &[Candidate], letting: &[Opening<'t>], (end, target): (&End, &Target<'_>)) {
        for candidate in blocking {
            self.attempt(candidate.clone(), Verdict::Allowed);
        }
        for opening in letting {
            if !self.has_room() {
                return;
            }
            let Some(candidate) = self.made(*opening, (end, target)) else { continue };
            let why = candidate.sentence.split_once(": ").map_or("", |(_, why)| why);
            let passing = format!("Have it pass the check instead: {why}");
            let is_posture = candidate.kind == RemedyKind::RemovePosture;
            if self.attempt(candidate, Verdict::Allowed) && is_posture && self.is_denied {
                self.said.push(Remedy::said(RemedyKind::PassPosture, passing));
            }
        }
    }

    /// Says what has to be found out, and tries what settles it either way.
    pub(super) fn settle(&mut self, answer: &Answer) {
        for reason in &answer.reasons {
            let first = match reason.kind {
                ReasonKind::Unread => "It has to be read first.",
                ReasonKind::NotResolved => "The address has to be asked about.",
                ReasonKind::AwaitsApproval => "It has to be approved in NetBird, or removed.",
                ReasonKind::LoginExpired => "Its user has to log in again.",
                ReasonKind::RoutesItself => "What it reaches is for its own network to say.",
                ReasonKind::PostureUnknown => {
                    "It has to be found out on the peer, or the check be taken off the policy."
                }
                ReasonKind::RuleUnknown => "The rule has to be looked at in NetBird.",
                ReasonKind::OtherWay => "Only one way should lead there.",
                _ => continue,
            };
            let remedy = Remedy::said(RemedyKind::FindOut, format!("{first} {}", reason.sentence));
            self.said.push(Remedy { policy: reason.policy.clone(), ..remedy });
        }
        let (model, end) = (self.model, self.ends.first().cloned());
        if let Some((end, target)) = end.and_then(|end| model.target(&end).map(|target| (end, target))) {
            let (blocking, letting) = self.openings(&target);
            self.try_each(&blocking, &letting, (&end, &target));
        }
        self.forbid();
    }

    /// There is nobody on one side, or nothing to ask to: no policy changes that.
    fn is_about_nothing(&mut self, answer: &Answer) -> bool {
        if answer.reasons.iter().any(|reason| reason.kind == ReasonKind::NothingLeads) {
            let name = self.model.called(self.to);
            let sentence = format!("Make a resource of a network, or a route, that leads to {name}.");
            self.said.push(Remedy::said(RemedyKind::AddTarget, sentence));
            return true;
        }
        let is_empty = |end: &End| self.model.peers_at(end).is_some_and(|peers| peers.is_empty());
        let empty: Vec<String> = [self.from, self.to]
            .into_iter()
            .filter(|end| is_empty(end))
            .map(|end| match end {
                End::Group(_) => format!("Put a peer into group {}: it has none.", self.model.called(end)),
                End::User(_) => format!("{} has to register a peer: there is none.", self.model.called(end)),
                _ => "There have to be peers first.".to_owned(),
            })
            .collect();
        let is_so = !empty.is_empty();
        self.said.extend(empty.into_iter().map(|sentence| Remedy::said(RemedyKind::AddTarget, sentence)));
        is_so
    }

    /// What stands in the way by itself, and what would let them.
    fn openings(&mut self, target: &Target<'_>) -> (Vec<Candidate>, Vec<Opening<'t>>) {
        let model = self.model;
        if !self.can_take(model.steps_beside(target)) {
            return (Vec::new(), Vec::new());
        }
        let wanted = self.ask.services();
        let (mut on, mut service, mut posture) = (Vec::new(), Vec::new(), Vec::new());
        let mut drops: Vec<&Rule<'_>> = Vec::new();
        for rule in &model.rules {
            for (nth, view) in model.views(rule, &self.sources, target).iter().enumerate() {
                match (rule.is_on(), rule.effect, rule.services.meets(&wanted)) {
                    (false, Effect::Accept, true) => on.push(Opening::On(rule, nth)),
                    (true, Effect::Accept, false) if nth == 0 && rule.unclear.is_none() => {
                        service.push(Opening::Service(rule));
                    }
                    (true, Effect::Drop | Effect::Either, true) => drops.push(rule),
                    (true, Effect::Accept, true) if !view.checked.without(&rule.sure).is_empty() => {
                        posture.push(Opening::Posture(rule, nth));
                    }
                    _ => {}
                }
            }
        }
        drops.dedup_by_key(|rule| (rule.policy.id.as_str(), rule.nth));
        let mut blocking = Vec::new();
        if !drops.is_empty() {
            let candidate = without_drops(&drops);
            if !candidate.changes.is_empty() {
                blocking.push(candidate);
            } else if !self.said.contains(&candidate) {
                self.said.push(candidate);
            }
        }
        blocking.extend(self.target_on(target));
        let mut letting = on;
        letting.extend(service);
        letting.extend(posture);
        letting.extend(self.with_sources(target));
        letting.extend([Opening::Router, Opening::New]);
        (blocking, letting)
    }

    /// It with its changes, if there are any that are not found already.
    fn made(&mut self, opening: Opening<'t>, (end, target): (&End, &Target<'_>)) -> Option<Candidate> {
        let model = self.model;
        let (rule, nth) = match opening {
            Opening::On(rule, nth) | Opening::Posture(rule, nth) => (Some(rule), nth),
            Opening::Service(rule) if self.has_found_of(RemedyKind::AddService, &rule.policy.id) => return None,
            Opening::Service(rule) | Opening::Source(rule) => (Some(rule), 0),
            Opening::Router | Opening::New => (None, 0),
        };
        let copied = rule.map_or(1, |rule| rule.policy.rules.len() + rule.policy.posture_checks.len());
        if !self.can_take(STEPS_OF_A_COPY.saturating_mul(copied)) {
            return None;
        }
        let view = rule.and_then(|rule| model.views(rule, &self.sources, target).into_iter().nth(nth));
        match opening {
            Opening::On(rule, _) => Some(switched_on(rule, &model.lets(&view?))),
            Opening::Service(rule) => Some(self.with_service(rule)),
            Opening::Posture(..) => self.without_posture(&view?),
            Opening::Source(rule) => self.with_source(rule),
            Opening::Router => self.by_a_router(target),
            Opening::New => {
                let policy = self.new_policy(end, "accept")?;
                let sentence = format!("Make a policy that lets {}.", self.in_words(end, "reach"));
                Some(Remedy::of(RemedyKind::NewPolicy, sentence, vec![Change::PutPolicy(policy)]))
            }
        }
    }

    fn with_service(&self, rule: &Rule<'_>) -> Candidate {
        let protocol = if self.ask.protocol == Protocol::All { Protocol::Tcp } else { self.ask.protocol };
        let port = self.ask.port.map(|port| port.to_string());
        let change = with_rule(rule, |policy, nth| {
            let rule = &mut policy.rules[nth];
            match &port {
                Some(port) if rule.protocol == protocol.name() => rule.ports.push(port.clone()),
                port => {
                    let ports = port.iter().cloned().collect();
                    let another =
                        crate::network::PolicyRule { protocol: protocol.name().to_owned(), ports, ..rule.clone() };
                    policy.rules.push(another);
                }
            }
        });
        let on = self.ask.services().phrase();
        let sentence = format!("Let policy \"{}\" be about it{on}, too.", rule.policy.name);
        Remedy::of(RemedyKind::AddService, sentence, vec![change]).by(rule)
    }

    /// A policy without the checks that the first of those fails, or may fail, who are asked about.
    fn without_posture(&self, view: &View<'_>) -> Option<Candidate> {
        let rule = view.rule;
        let place = view.checked.without(&rule.sure).iter().next()?;
        let peer = &self.model.lists.peers[place];
        let judged = rule.policy.posture_checks.iter().map(|id| (id, self.model.judge(id, peer)));
        let failed: Vec<(&String, String)> = judged
            .filter_map(|(id, outcome)| match outcome {
                Outcome::Passes => None,
                Outcome::Fails(why) => Some((id, why)),
                Outcome::Unknown(why) => Some((id, format!("it is not known, since {why}"))),
            })
            .collect();
        let (first, why) = failed.first()?;
        let name = self.model.checks.get(first.as_str()).map_or(first.as_str(), |check| &check.name);
        let change = with_rule(rule, |policy, _| {
            policy.posture_checks.retain(|id| failed.iter().all(|(failed, _)| *failed != id));
        });
        let what = if failed.len() == 1 {
            format!("posture check \"{name}\"")
        } else {
            format!("{} posture checks", failed.len())
        };
        let sentence =
            format!("Take {what} off policy \"{}\": {} does not pass \"{name}\", {why}.", rule.policy.name, peer.name);
        Some(Remedy::of(RemedyKind::RemovePosture, sentence, vec![change]).by(rule))
    }

    fn target_on(&self, target: &Target<'_>) -> Vec<Candidate> {
        let Target::Resource(resource) = target else { return Vec::new() };
        let mut candidates = Vec::new();
        if !resource.row.enabled {
            let change = Change::SwitchResource { id: resource.row.id.clone(), enabled: true };
            let sentence = format!("Switch on resource {}.", resource.row.name);
            candidates.push(Remedy::of(RemedyKind::TargetOn, sentence, vec![change]));
        }
        if let Some(network) = resource.network.map(|network| &self.model.networks[network])
            && network.live.is_empty()
        {
            let off = network.routers.iter().filter(|router| !router.enabled).take(MOST_ROUTERS);
            let changes: Vec<Change> =
                off.map(|router| Change::SwitchRouter { id: router.id.clone(), enabled: true }).collect();
            if !changes.is_empty() {
                let name = &network.row.name;
                let sentence = match changes.len() {
                    1 => format!("Switch on the router of network {name}, which is off."),
                    routers => format!("Switch on {routers} routers of network {name}, which are off."),
                };
                candidates.push(Remedy::of(RemedyKind::RouterOn, sentence, changes));
            }
        }
        candidates
    }

    /// Says what no change can be tried for.
    fn say_of_target(&mut self, end: &End) {
        let model = self.model;
        match model.target(end) {
            Some(Target::Resource(resource)) => {
                self.said
                    .extend(model.router_for(resource).map(|sentence| Remedy::said(RemedyKind::AddRouter, sentence)));
            }
            Some(Target::Route(route)) => {
                let (routers, name) = (model.routers_of(&Target::Route(route)), &route.network_id);
                let has_it = model.in_groups(route.groups.iter().map(String::as_str));
                let mut say = |kind, sentence: String| self.said.push(Remedy::said(kind, sentence));
                if !route.enabled {
                    say(RemedyKind::TargetOn, format!("Switch on route {name}."));
                }
                if routers.is_empty() {
                    say(RemedyKind::AddRouter, format!("Have a peer route to {name}: nobody does."));
                }
                if !has_it.holds(&self.sources) {
                    let sentence = format!("Give route {name} to a group of {}.", model.any_of(self.from));
                    say(RemedyKind::GiveRoute, sentence);
                }
            }
            _ => {}
        }
    }

    /// Who asks among the sources of what lets others there.
    fn with_sources(&self, target: &Target<'_>) -> Vec<Opening<'t>> {
        let wanted = self.ask.services();
        let is_about = |rule: &&Rule<'_>| {
            let is_there = match target {
                Target::Peers(peers) => rule.to.meets(peers),
                Target::Resource(resource) => rule.is_about(resource.row),
                Target::Route(route) => rule.is_about_route(route),
            };
            is_there
                && rule.is_on()
                && rule.effect == Effect::Accept
                && rule.services.meets(&wanted)
                && !rule.named.holds(&self.sources)
                && rule.rule.source_resource.is_none()
        };
        let model = self.model;
        model.rules.iter().filter(is_about).take(MOST_SOURCES).map(Opening::Source).collect()
    }

    fn with_source(&self, rule: &Rule<'_>) -> Option<Candidate> {
        let called = self.model.called(self.from);
        let policy = &rule.policy.name;
        let (change, sentence) = match self.from {
            End::Group(id) => {
                let group = GroupRef { id: id.clone(), name: called.clone() };
                let change = with_rule(rule, |policy, nth| policy.rules[nth].sources.push(group));
                (change, format!("Put group {called} among the sources of policy \"{policy}\"."))
            }
            End::Peer(_) | End::User(_) => {
                let group = rule.rule.sources.first()?;
                let add = self.sources.iter().map(|place| self.model.lists.peers[place].id.clone()).collect();
                let who = self.model.some(&self.sources);
                let change = Change::GroupMembers { id: group.id.clone(), add, remove: Vec::new() };
                (
                    change,
                    format!("Put {who} into group {}, which is among the sources of policy \"{policy}\".", group.name),
                )
            }
            _ => return None,
        };
        Some(Remedy::of(RemedyKind::AddSource, sentence, vec![change]).by(rule))
    }

    /// A policy that connects who asks to who routes there, without which nobody has the route.
    fn by_a_router(&self, target: &Target<'_>) -> Option<Candidate> {
        let Target::Route(Route { network_id, .. }) = target else { return None };
        let router = self.model.routers_of(target).iter().next()?;
        let router = &self.model.lists.peers[router];
        let to = End::Peer(router.id.clone());
        let policy: Policy = self.new_policy(&to, "accept")?;
        let sentence =
            format!("Make a policy that lets {}, which routes to {network_id}.", self.in_words(&to, "reach"));
        Some(Remedy::of(RemedyKind::NewPolicy, sentence, vec![Change::PutPolicy(policy)]))
    }
}

impl super::compile::Model<'_> {
    /// What has to be done so that somebody routes to a resource, where switching on what there is does not do it.
    fn router_for(&self, resource: &Resource<'_>) -> Option<String> {
        let network = resource.network.map(|network| &self.networks[network])?;
        let name = &network.row.name;
        match network.routers.iter().any(|router| router.enabled) {
            _ if !network.live.is_empty() || !self.knows_routers(resource) => None,
            true => Some(format!("Put a peer into a group of the routers of network {name}: they have none.")),
            false if network.routers.is_empty() => {
                Some(format!("Make a peer a router of network {name}: it has none."))
            }
            false => None,
        }
    }
}

fn switched_on(rule: &Rule<'_>, lets: &str) -> Candidate {
    let policy = &rule.policy.name;
    let (change, sentence) = if rule.rule.enabled {
        let change = Change::SwitchPolicy { id: rule.policy.id.clone(), enabled: true };
        (change, format!("Switch on policy \"{policy}\", which lets {lets}."))
    } else {
        let change = with_rule(rule, |policy, nth| {
            policy.enabled = true;
            policy.rules[nth].enabled = true;
        });
        (change, format!("Switch on the rule of policy \"{policy}\" that lets {lets}."))
    };
    Remedy::of(RemedyKind::SwitchOn, sentence, vec![change]).by(rule)
}

fn without_drops(drops: &[&Rule<'_>]) -> Candidate {
    let (changes, names) = switched_off(drops);
    let kind = RemedyKind::RemoveDrop;
    let sentence = match names.as_slice() {
        [one] => format!("Switch off the rules of policy \"{one}\" that block it."),
        _ => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!(
                "Switch off the rules of policies {} that block it.",
                text::names(names.iter().map(String::as_str), NAMED)
            )
        }
    };
    let remedy = Remedy::of(kind, sentence, changes);
    if let [one] = drops { remedy.by(one) } else { remedy }
}

/// The changes that switch some rules off, policy by policy, and the names of the policies. No changes if it is too many.
pub(super) fn switched_off<'r>(rules: &[&'r Rule<'_>]) -> (Vec<Change>, Vec<&'r str>) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut policies: Vec<(&Rule<'_>, BTreeSet<usize>)> = Vec::new();
    for rule in rules {
        let place = *places.entry(&rule.policy.id).or_insert(policies.len());
        if place == policies.len() {
            policies.push((rule, BTreeSet::new()));
        }
        policies[place].1.insert(rule.nth);
    }
    let names = policies.iter().map(|(rule, _)| rule.policy.name.as_str()).collect();
    if policies.len() > MOST_CHANGES {
        return (Vec::new(), names);
    }
    let change = |(rule, off): &(&Rule<'_>, BTreeSet<usize>)| {
        let is_off = |nth: usize| off.contains(&nth);
        if rule.policy.rules.iter().enumerate().all(|(nth, one)| !one.enabled || is_off(nth)) {
            return Change::SwitchPolicy { id: rule.policy.id.clone(), enabled: false };
        }
        with_rule(rule, |policy, _| {
            let rules = policy.rules.iter_mut().enumerate();
            rules.filter(|(nth, _)| is_off(*nth)).for_each(|(_, one)| one.enabled = false);
        })
    };
    (policies.iter().map(change).collect(), names)
}
