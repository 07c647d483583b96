//! What rules make of pairs: who of the one side reaches whom of the other, for sure and perhaps.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::rc::Rc;

use super::compile::{Effect, Rule};
use super::difference::{Budget, TooLarge};
use super::question::{Extent, Verdict};
use super::services::{Atom, Services};
use super::set::{Numbers, Set};

/// A rule in one direction: from whom to whom, for sure and perhaps.
#[derive(Clone)]
pub(super) struct Grant<'m> {
    /// The rule; `None` if it is none of a policy.
    pub(super) rule: Option<&'m Rule<'m>>,
    /// From the rule's destinations to its sources.
    pub(super) is_reverse: bool,
    pub(super) effect: Effect,
    pub(super) services: Cow<'m, Services>,
    /// Whether it does for sure what it seems to, for those that it is about for sure.
    pub(super) is_clear: bool,
    pub(super) from: (Cow<'m, Set>, Cow<'m, Set>),
    pub(super) to: (Cow<'m, Set>, Cow<'m, Set>),
}

/// What decides, apart from who asks on what.
pub(super) struct Plan<'m> {
    pub(super) targets: Set,
    pub(super) grants: Vec<Grant<'m>>,
    /// Sources that have a way to the targets: for sure, and perhaps.
    pub(super) way: (Set, Set),
    /// Targets that are there for sure.
    pub(super) present: Set,
    /// Sources that may reach the targets by something that the rules do not tell.
    pub(super) beside: Set,
}

/// Who asks on what.
pub(super) struct Scope<'m> {
    pub(super) sources: &'m Set,
    /// Nobody is asked about themselves.
    pub(super) places: Places<'m>,
    pub(super) wanted: &'m Services,
}

/// Where a source is among the targets.
#[derive(Clone, Copy)]
pub(super) enum Places<'m> {
    /// Nowhere: they are no peers.
    Nowhere,
    /// At its own place.
    Same,
    /// At its number.
    Numbered(&'m Numbers),
}

impl Places<'_> {
    pub(super) fn of(self, source: usize) -> Option<usize> {
        match self {
            Self::Nowhere => None,
            Self::Same => Some(source),
            Self::Numbered(numbers) => numbers.number(source),
        }
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) sources: usize,
    /// Sources that reach a target for sure.
    pub(super) reaching: usize,
    /// Other sources that may reach one.
    pub(super) perhaps: usize,
    pub(super) pairs: usize,
    pub(super) allowed: usize,
    pub(super) unknown: usize,
    /// On what a source reaches a target for sure, and perhaps.
    pub(super) open: Services,
    pub(super) may_be_open: Services,
    /// The first pairs.
    pub(super) examples: Pairs,
}

/// Some pairs of those that reach each other for sure, and of those that do not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pairs {
    pub(super) allowed: Vec<(usize, usize)>,
    pub(super) denied: Vec<(usize, usize)>,
}

impl Pairs {
    /// Notes some of a source, and tells what that took.
    fn note(&mut self, source: usize, class: &Class, plan: &Plan<'_>, myself: Option<usize>) -> usize {
        let mut steps = 0;
        let pairs = |targets: &Set, room: usize| {
            let others = targets.iter().filter(|target| Some(*target) != myself);
            others.take(room).map(|target| (source, target)).collect::<Vec<_>>()
        };
        if self.allowed.len() < EXAMPLES && class.len.0 > 0 {
            steps += class.sure.words();
            self.allowed.extend(pairs(&class.sure, EXAMPLES - self.allowed.len()));
        }
        if self.denied.len() < EXAMPLES {
            steps += 2 * class.may.words();
            self.denied.extend(pairs(&plan.targets.without(&class.may), EXAMPLES - self.denied.len()));
        }
        steps
    }
}

impl Tally {
    pub(super) fn verdict(&self) -> Verdict {
        match self {
            tally if tally.allowed > 0 => Verdict::Allowed,
            tally if tally.unknown > 0 => Verdict::Unknown,
            _ => Verdict::Denied,
        }
    }

    pub(super) fn extent(&self) -> Extent {
        match self.allowed {
            0 => Extent::None,
            allowed if allowed == self.pairs => Extent::All,
            _ => Extent::Some,
        }
    }
}

/// Pairs that are kept of each kind.
const EXAMPLES: usize = 5;
/// Sets that are made and looked at for each part of what is asked for, whatever the grants.
const SETS_OF_A_PART: usize = 16;
/// Words that an entry of what is kept takes, whatever is in it.
pub(super) const WORDS_OF_AN_ENTRY: usize = 16;

/// Sources that all rules treat alike.
struct Class {
    sure: Set,
    may: Set,
    /// How many they are.
    len: (usize, usize),
    /// By group of atoms: the targets, so far as there are other ones than a source itself.
    parts: Vec<(Few, Few)>,
}

/// None, one or more.
#[derive(Clone, Copy)]
enum Few {
    None,
    One(u32),
    More,
}

impl Few {
    fn of(set: &Set) -> Self {
        let mut members = set.iter();
        match (members.next(), members.next()) {
            (None, _) => Self::None,
            (Some(only), None) => Self::One(only as u32),
            _ => Self::More,
        }
    }

    fn has_other_than(self, place: Option<usize>) -> bool {
        match self {
            Self::None => false,
            Self::One(only) => Some(only as usize) != place,
            Self::More => true,
        }
    }
}

/// A part of what is asked for, with the places of the grants that are about it.
type Part = (Rc<[u32]>, Vec<Atom>);

/// Parts of what is asked for that the same grants are about.
fn parts(wanted: &Services, grants: &[Grant<'_>], budget: &mut Budget) -> Result<Vec<Part>, TooLarge> {
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<Rc<[u32]>, usize> = HashMap::new();
    let mut kept = 0;
    budget.take(grants.iter().map(|grant| grant.services.ranges()).sum())?;
    for atom in wanted.atoms(&grants.iter().map(|grant| &*grant.services)) {
        budget.take(grants.len())?;
        let about = grants.iter().zip(0..).filter(|(grant, _)| grant.services.contains(atom));
        let about: Rc<[u32]> = about.map(|(_, nth)| nth).collect();
        if let Some(place) = places.get(&about) {
            parts[*place].1.push(atom);
            continue;
        }
        kept += about.len().div_ceil(2) + WORDS_OF_AN_ENTRY;
        budget.holds(kept)?;
        places.insert(Rc::clone(&about), parts.len());
        parts.push((about, vec![atom]));
    }
    Ok(parts)
}

/// Counts the pairs. Sources that all rules treat alike are looked at once. It ends as soon as it takes more than it may.
pub(super) fn evaluate(scope: &Scope<'_>, plan: &Plan<'_>, budget: &mut Budget) -> Result<Tally, TooLarge> {
    let parts = parts(scope.wanted, &plan.grants, budget)?;
    let mut classes: HashMap<Vec<u64>, Class> = HashMap::new();
    let mut tally = Tally::default();
    let (mut open, mut may_be_open) = (vec![false; parts.len()], vec![false; parts.len()]);
    let targets = plan.targets.len();
    let mut kept = 0;
    for source in scope.sources.iter() {
        let signature = signature(plan, source);
        budget.take(2 * plan.grants.len() + parts.len() + 1)?;
        let class = match classes.entry(signature) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(room) => {
                kept += room.key().len() + 2 * plan.targets.words() + 2 * parts.len() + WORDS_OF_AN_ENTRY;
                budget.holds(kept)?;
                room.insert(class(plan, &parts, source, budget)?)
            }
        };
        let myself = scope.places.of(source);
        let itself = |set: &Set| usize::from(myself.is_some_and(|place| set.contains(place)));
        let sure = class.len.0 - itself(&class.sure);
        let may = class.len.1 - itself(&class.may);
        tally.sources += 1;
        tally.pairs += targets - itself(&plan.targets);
        tally.allowed += sure;
        tally.unknown += may - sure;
        tally.reaching += usize::from(sure > 0);
        tally.perhaps += usize::from(sure == 0 && may > 0);
        budget.take(tally.examples.note(source, class, plan, myself))?;
        for (nth, (is_sure, may_be)) in class.parts.iter().enumerate() {
            open[nth] |= is_sure.has_other_than(myself);
            may_be_open[nth] |= may_be.has_other_than(myself);
        }
    }
    let of = |flags: &[bool]| {
        let chosen = parts.iter().zip(flags).filter(|(_, is_open)| **is_open);
        Services::of_atoms(chosen.flat_map(|((_, atoms), _)| atoms.iter().copied()))
    };
    Ok(Tally { open: of(&open), may_be_open: of(&may_be_open), ..tally })
}

fn signature(plan: &Plan<'_>, source: usize) -> Vec<u64> {
    let bits = plan.grants.iter().flat_map(|grant| [&*grant.from.0, &*grant.from.1]);
    let bits = bits.chain([&plan.way.0, &plan.way.1, &plan.beside]).map(|set| set.contains(source));
    let mut signature = vec![0; (2 * plan.grants.len() + 3).div_ceil(64)];
    bits.enumerate().filter(|(_, bit)| *bit).for_each(|(nth, _)| signature[nth / 64] |= 1 << (nth % 64));
    signature
}

fn class(plan: &Plan<'_>, parts: &[Part], source: usize, budget: &mut Budget) -> Result<Class, TooLarge> {
    let (mut all_sure, mut all_may) = (plan.nobody(), plan.nobody());
    let mut few = Vec::with_capacity(parts.len());
    for (about, _) in parts {
        let mut steps = 1;
        let reached = plan.reached(about, source, &mut steps);
        budget.take(steps)?;
        let Some((sure, may)) = reached else {
            few.push((Few::None, Few::None));
            continue;
        };
        few.push((Few::of(&sure), Few::of(&may)));
        all_sure.add(&sure);
        all_may.add(&may);
    }
    let len = (all_sure.len(), all_may.len());
    Ok(Class { sure: all_sure, may: all_may, len, parts: few })
}

impl<'m> Plan<'m> {
    /// The same about some of the targets, by their numbers.
    pub(super) fn among(&self, numbers: &Numbers) -> Self {
        let grant = |grant: &Grant<'m>| {
            let (sure, may) = (numbers.among(&grant.to.0), numbers.among(&grant.to.1));
            Grant { to: (Cow::Owned(sure), Cow::Owned(may)), ..grant.clone() }
        };
        Self {
            targets: numbers.among(&self.targets),
            grants: self.grants.iter().map(grant).collect(),
            way: self.way.clone(),
            present: numbers.among(&self.present),
            beside: self.beside.clone(),
        }
    }

    /// No target.
    pub(super) fn nobody(&self) -> Set {
        self.targets.without(&self.targets)
    }

    /// What a source reaches on a part of what is asked for, which these grants are about: for sure, and perhaps. `None` if it
    /// is nothing.
    pub(super) fn reached(&self, about: &[u32], source: usize, steps: &mut usize) -> Option<(Set, Set)> {
        *steps += about.len();
        // Most sources are in few grants: no set is made for what lets them do nothing.
        let is_about = about.iter().any(|nth| self.grants[*nth as usize].from.1.contains(source));
        if !is_about && !self.beside.contains(source) {
            return None;
        }
        let nobody = || self.nobody();
        let (mut accepts, mut may_accept, mut drops, mut may_drop) = (nobody(), nobody(), nobody(), nobody());
        for grant in about.iter().map(|nth| &self.grants[*nth as usize]) {
            let is_sure = grant.is_clear && grant.from.0.contains(source);
            let may_be = grant.from.1.contains(source);
            *steps += 1 + if may_be { 2 * self.targets.words() } else { 0 };
            if grant.effect != Effect::Drop {
                if is_sure && grant.effect == Effect::Accept {
                    accepts.add(&grant.to.0);
                }
                if may_be {
                    may_accept.add(&grant.to.1);
                }
            }
            if grant.effect != Effect::Accept {
                if is_sure && grant.effect == Effect::Drop {
                    drops.add(&grant.to.0);
                }
                if may_be {
                    may_drop.add(&grant.to.1);
                }
            }
        }
        // What drops counts first, whatever the order of the policies.
        let mut sure = accepts.without(&may_drop);
        let mut may = may_accept.without(&drops);
        sure.keep(&self.targets);
        sure.keep(&self.present);
        may.keep(&self.targets);
        if !self.way.0.contains(source) {
            sure = nobody();
        }
        if !self.way.1.contains(source) {
            may = nobody();
        }
        if self.beside.contains(source) {
            may = self.targets.clone();
        }
        *steps += SETS_OF_A_PART * self.targets.words();
        Some((sure, may))
    }
}
