//! Questions and their answers.

use std::sync::PoisonError;

use super::ask::{Answer, Ask, Counts, End, Examples, NotThere, Unanswered};
use super::compile::{Model, Resource};
use super::difference::{Budget, TooLarge};
use super::evaluate::{Places, Scope, Tally, evaluate};
use super::services::Services;
use super::set::Set;
use crate::network::Route;

/// Most steps that one question may take: a quarter of a second or so.
const MOST_STEPS: usize = 500_000_000;

/// Most steps that all tests of one model may take together: a second or so.
pub(super) const MOST_STEPS_OF_TESTS: usize = 2_000_000_000;
/// Sets that are made and looked at for each rule, to find out which ones an answer and its reasons are about.
const SETS_OF_A_RULE: usize = 16;
/// Steps that saying what a rule does takes, and naming a range of its ports.
const STEPS_OF_A_SENTENCE: usize = 200;
const STEPS_OF_A_RANGE: usize = 20;
/// Steps that reading an address takes.
pub(super) const STEPS_OF_AN_ADDRESS: usize = 200;

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

    /// The same within bounded time.
    pub fn asked(&self, from: &End, to: &End, ask: Ask) -> Result<Answer, Unanswered> {
        self.answer(from, to, ask, &mut Budget::of(MOST_STEPS))
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

    pub(super) fn answer(&self, from: &End, to: &End, ask: Ask, budget: &mut Budget) -> Result<Answer, Unanswered> {
        let sources = self.peers_at(from).ok_or(NotThere::From)?;
        if matches!(to, End::Domain(_) | End::Address(_)) {
            return self.answer_by_ways((from, &sources), to, ask, budget);
        }
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
        Ok(Answer {
            verdict,
            extent,
            sentence,
            reasons,
            omitted,
            open,
            may_be_open,
            counts,
            examples,
            ways: Vec::new(),
            omitted_ways: 0,
        })
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

    pub(super) fn peers_at(&self, end: &End) -> Option<Set> {
        match end {
            End::Peer(id) => Some(Set::one(*self.places.get(id.as_str())?, self.size())),
            End::Group(id) => Some(self.groups.get(id.as_str())?.peers.clone()),
            End::User(id) => self.peers_of_user(id),
            End::Any => Some(Set::all(self.size())),
            End::Resource(_) | End::Route(_) | End::Domain(_) | End::Address(_) => None,
        }
    }

    /// The peers of a user. Somebody who has none is there as long as the users do not say otherwise.
    fn peers_of_user(&self, id: &str) -> Option<Set> {
        let mut peers = Set::none(self.size());
        let all = self.lists.peers.iter().enumerate();
        all.filter(|(_, peer)| peer.user_id == id).for_each(|(place, _)| peers.insert(place));
        let is_there = || self.lists.users.is_none_or(|users| users.iter().any(|user| user.id == id));
        (!peers.is_empty() || is_there()).then_some(peers)
    }

    pub(super) fn target(&self, end: &End) -> Option<Target<'_>> {
        match end {
            End::Peer(_) | End::Group(_) | End::User(_) | End::Any => self.peers_at(end).map(Target::Peers),
            End::Resource(id) => self.resources.get(id.as_str()).map(Target::Resource),
            End::Route(id) => self.routes.get(id.as_str()).map(|route| Target::Route(route)),
            // What leads there is found first.
            End::Domain(_) | End::Address(_) => None,
        }
    }

    pub(super) fn none(&self) -> Set {
        Set::none(self.size())
    }
}
