//! What would have to change for the other answer.

use super::ask::{Answer, Ask, End, Extent, Protocol, Unanswered, Verdict};
use super::change::Change;
use super::compile::{Model, Rule};
use super::difference::Budget;
use super::reasons::ReasonPolicy;
use super::set::Set;
use crate::named;
use crate::network::{GroupRef, Policy, PolicyRule, ResourceRef};

/// Remedies of one answer.
const MOST: usize = 5;
/// Changes that are tried for one answer.
const MOST_TRIES: usize = 16;
/// Most steps that all tries of one answer may take: a quarter of a second or so.
const MOST_STEPS: usize = 500_000_000;
/// Policies that are switched off together, or made together.
pub(super) const MOST_CHANGES: usize = 50;
/// Characters of the name of a policy that is made up.
const LONGEST_NAME: usize = 200;

named! {
    /// What kind of change it is.
    pub enum RemedyKind {
        /// A policy or rule that is off is switched on.
        SwitchOn = "switch-on",
        /// A rule is about the service, too.
        AddService = "add-service",
        /// A rule is about who asks, too: their group is among its sources, or they come to one that is.
        AddSource = "add-source",
        /// Rules that drop it are switched off.
        RemoveDrop = "remove-drop",
        /// A policy asks for a posture check no more.
        RemovePosture = "remove-posture",
        /// A peer does what a posture check asks for.
        PassPosture = "pass-posture",
        /// The resource or route is switched on.
        TargetOn = "target-on",
        /// Routers are switched on.
        RouterOn = "router-on",
        /// Somebody has to route there.
        AddRouter = "add-router",
        /// The route has to be given to who asks.
        GiveRoute = "give-route",
        /// A new policy lets them.
        NewPolicy = "new-policy",
        /// Rules that let them are switched off, all of them.
        SwitchOff = "switch-off",
        /// A new policy forbids it.
        Forbid = "forbid",
        /// The resource or route is switched off.
        TargetOff = "target-off",
        /// The route gets access control groups, or is taken from who asks.
        CloseRoute = "close-route",
        /// Something has to lead there: a peer has to be in the group, or a resource or route be made.
        AddTarget = "add-target",
        /// What is not known has to be found out, or made known, first.
        FindOut = "find-out",
        /// There is none that could be found.
        None = "none",
    }
}

/// What would have to change for the other answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Remedy {
    /// What kind of change it is.
    pub kind: RemedyKind,
    /// It in a sentence.
    pub sentence: String,
    /// The policy that it is about.
    pub policy: Option<ReasonPolicy>,
    /// The changes, which were tried: with them, the answer is the other one. None where it is none of those that can be tried.
    pub changes: Vec<Change>,
}

/// A change that may be tried.
pub(super) type Candidate = Remedy;

/// One answer, and what was tried of what would change it.
pub(super) struct Tries<'t> {
    pub(super) model: &'t Model<'t>,
    pub(super) from: &'t End,
    pub(super) to: &'t End,
    pub(super) ask: Ask,
    pub(super) sources: Set,
    /// What is asked to, or else what leads there.
    pub(super) ends: Vec<End>,
    /// Whether it is denied: something else may have been asked for.
    pub(super) is_denied: bool,
    left: usize,
    budget: Budget,
    /// What making a model takes.
    steps_of_a_model: usize,
    /// What was tried and does it, with how many pairs are allowed then.
    found: Vec<(Extent, Remedy)>,
    /// What cannot be tried.
    pub(super) said: Vec<Remedy>,
}

impl Model<'_> {
    /// What would have to change for the other answer, what changes least first: at least one, which may be that there is none.
    pub fn remedies(&self, from: &End, to: &End, ask: Ask, answer: &Answer) -> Vec<Remedy> {
        self.remedies_within(MOST_STEPS, from, to, ask, answer)
    }

    pub(super) fn remedies_within(
        &self,
        most_steps: usize,
        from: &End,
        to: &End,
        ask: Ask,
        answer: &Answer,
    ) -> Vec<Remedy> {
        let ends = match answer.ways.as_slice() {
            [] => vec![to.clone()],
            ways => ways.iter().map(|way| way.to.clone()).collect(),
        };
        let mut tries = Tries {
            model: self,
            from,
            to,
            ask,
            sources: self.peers_at(from).unwrap_or_else(|| self.none()),
            ends,
            is_denied: answer.verdict == Verdict::Denied,
            left: MOST_TRIES,
            budget: Budget::of(most_steps),
            steps_of_a_model: self.lists.steps_of_a_model(),
            found: Vec::new(),
            said: Vec::new(),
        };
        match answer.verdict {
            Verdict::Denied => tries.open(answer),
            Verdict::Allowed => tries.close(),
            Verdict::Unknown => tries.settle(answer),
        }
        tries.told(answer.verdict)
    }
}

impl Tries<'_> {
    /// Tries a change, if there is room, and keeps it if it makes the answer this one.
    pub(super) fn attempt(&mut self, remedy: Candidate, wanted: Verdict) -> bool {
        if !self.has_room() || self.found.iter().any(|(_, one)| one.changes == remedy.changes) {
            return false;
        }
        self.left -= 1;
        if !self.can_take(self.steps_of_a_model) {
            return false;
        }
        let Ok(changed) = self.model.lists.changed(&remedy.changes, "") else { return false };
        let lists = changed.inventory();
        if !lists.is_judgeable() {
            return false;
        }
        let answer = Model::new(lists).answer(self.from, self.to, self.ask, &mut self.budget);
        if answer == Err(Unanswered::TooLarge) {
            self.left = 0;
        }
        let Some(answer) = answer.ok().filter(|answer| answer.verdict == wanted) else { return false };
        self.found.push((answer.extent, remedy));
        true
    }

    /// Whether something else may be tried.
    pub(super) const fn has_room(&self) -> bool {
        self.left > 0 && self.found.len() < MOST
    }

    /// Whether so many steps may be taken, which they are then. If not, nothing else is tried.
    pub(super) fn can_take(&mut self, steps: usize) -> bool {
        let is_left = self.left > 0 && self.budget.take(steps).is_ok();
        if !is_left {
            self.left = 0;
        }
        is_left
    }

    /// Whether a change of this kind to this policy is found.
    pub(super) fn has_found_of(&self, kind: RemedyKind, policy: &str) -> bool {
        let is_it = |one: &Remedy| one.kind == kind && one.policy.as_ref().is_some_and(|one| one.id == policy);
        self.found.iter().any(|(_, one)| is_it(one))
    }

    pub(super) const fn has_found(&self) -> bool {
        !self.found.is_empty()
    }

    fn told(mut self, verdict: Verdict) -> Vec<Remedy> {
        // What lets everybody comes before what lets some.
        self.found.sort_by_key(|(extent, _)| *extent == Extent::Some);
        let mut told: Vec<Remedy> = self.found.into_iter().map(|(_, remedy)| remedy).collect();
        told.extend(self.said);
        told.truncate(MOST);
        if told.is_empty() {
            let makes = if verdict == Verdict::Allowed { "closes" } else { "opens" };
            let sentence = format!("None of the changes of the configuration that were tried {makes} it.");
            told.push(Remedy::said(RemedyKind::None, sentence));
        }
        told
    }

    /// `laptops reach servers on TCP 22`, as it is asked.
    pub(super) fn in_words(&self, to: &End, reach: &str) -> String {
        let (who, whom) = (self.model.any_of(self.from), self.model.any_at(to));
        format!("{who} {reach} {whom}{}", self.ask.services().phrase())
    }

    /// A new policy about what is asked, as far as one can name both sides.
    pub(super) fn new_policy(&self, to: &End, action: &str) -> Option<Policy> {
        let (sources, source_resource) = self.side(self.from)?;
        let (destinations, destination_resource) = self.side(to)?;
        let does = if action == "drop" { "Block" } else { "Allow" };
        let (who, whom) = (self.model.called(self.from), self.model.called(to));
        let name = format!("{does}: {who} to {whom}{}", self.ask.services().phrase());
        let (protocol, ports) = match (self.ask.protocol, self.ask.port) {
            // To forbid a port takes a rule for each protocol: see the other rule below.
            (Protocol::All, Some(port)) => ("tcp", vec![port.to_string()]),
            (protocol, port) => (protocol.name(), port.map(|port| port.to_string()).into_iter().collect()),
        };
        let rule = PolicyRule {
            name: String::new(),
            description: String::new(),
            enabled: true,
            action: action.to_owned(),
            bidirectional: false,
            protocol: protocol.to_owned(),
            ports,
            sources,
            source_resource,
            destinations,
            destination_resource,
        };
        let mut rules = vec![rule];
        if action == "drop" && self.ask.protocol == Protocol::All && self.ask.port.is_some() {
            rules.push(PolicyRule { protocol: "udp".to_owned(), ..rules[0].clone() });
        }
        let name = name.chars().take(LONGEST_NAME).collect();
        Some(Policy {
            id: String::new(),
            name,
            description: String::new(),
            enabled: true,
            posture_checks: Vec::new(),
            rules,
        })
    }

    /// How a rule names an end; `None` if it cannot.
    fn side(&self, end: &End) -> Option<(Vec<GroupRef>, Option<ResourceRef>)> {
        let group = |id: &str| {
            let name = self.model.groups.get(id).map_or("", |group| group.name);
            (vec![GroupRef { id: id.to_owned(), name: name.to_owned() }], None)
        };
        let one = |id: &str, kind: &str| (Vec::new(), Some(ResourceRef { id: id.to_owned(), kind: kind.to_owned() }));
        match end {
            End::Peer(id) => Some(one(id, "peer")),
            End::Group(id) => Some(group(id)),
            End::User(_) | End::Any => {
                let peers = self.model.peers_at(end)?;
                let whole = self.model.groups.iter().find(|(_, group)| group.peers == peers).map(|(id, _)| group(id));
                let mut places = peers.iter();
                whole.or_else(|| match (places.next(), places.next()) {
                    (Some(place), None) => Some(one(&self.model.lists.peers[place].id, "peer")),
                    _ => None,
                })
            }
            End::Resource(id) => Some(one(id, &self.model.resources.get(id.as_str())?.row.kind)),
            End::Route(id) => group(self.model.routes.get(id.as_str())?.access_control_groups.first()?).into(),
            End::Domain(_) | End::Address(_) => None,
        }
    }
}

impl Remedy {
    /// What cannot be tried.
    pub(super) fn said(kind: RemedyKind, sentence: String) -> Self {
        Self { kind, sentence, policy: None, changes: Vec::new() }
    }

    pub(super) fn of(kind: RemedyKind, sentence: String, changes: Vec<Change>) -> Self {
        Self { kind, sentence, policy: None, changes }
    }

    pub(super) fn by(self, rule: &Rule<'_>) -> Self {
        let policy = ReasonPolicy { id: rule.policy.id.clone(), name: rule.policy.name.clone(), rule: rule.nth };
        Self { policy: Some(policy), ..self }
    }
}

/// A policy with another form of one of its rules.
pub(super) fn with_rule(rule: &Rule<'_>, change: impl FnOnce(&mut Policy, usize)) -> Change {
    let mut policy = rule.policy.clone();
    change(&mut policy, rule.nth);
    Change::PutPolicy(policy)
}
