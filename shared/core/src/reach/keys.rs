//! Who is in which of many sets, and what a source reaches by a plan, part by part of what is asked for.

use std::rc::Rc;

use super::compile::Effect;
use super::difference::{Budget, TooLarge};
use super::evaluate::Plan;
use super::set::{Numbers, Set};

/// Sets that are made and looked at for each part of what is asked for, whatever the grants.
pub(super) const SETS_OF_A_PART: usize = 16;

/// In which sets each of some places is: of each a row of bits, one for each set. A section of sets begins with a word.
pub(super) struct Keys {
    pub(super) numbers: Numbers,
    width: usize,
    rows: Vec<u64>,
}

impl Keys {
    /// Of some places, by sections of sets. Where there is no set its bit is not set.
    pub(super) fn of(places: &Set, sections: &[Vec<Option<&Set>>], budget: &mut Budget) -> Result<Self, TooLarge> {
        let numbers = Numbers::of(places, places.words() * WORD);
        let width: usize = sections.iter().map(|sets| sets.len().div_ceil(WORD)).sum();
        budget.holds(width * numbers.len())?;
        let mut rows = vec![0; width * numbers.len()];
        let mut first = 0;
        for sets in sections {
            for (nth, set) in sets.iter().enumerate().filter_map(|(nth, set)| Some((nth, (*set)?))) {
                let mut members = 0;
                for number in set.both(places).filter_map(|place| numbers.number(place)) {
                    rows[number * width + first + nth / WORD] |= 1 << (nth % WORD);
                    members += 1;
                }
                budget.take(places.words() + members)?;
            }
            first += sets.len().div_ceil(WORD);
        }
        Ok(Self { numbers, width, rows })
    }

    /// The row of the place with a number.
    pub(super) fn row(&self, number: usize) -> &[u64] {
        &self.rows[number * self.width..(number + 1) * self.width]
    }
}

/// Bits of a word.
pub(super) const WORD: usize = u64::BITS as usize;

/// Some of many, by their places.
pub(super) fn bits(of: usize, places: impl IntoIterator<Item = usize>) -> Vec<u64> {
    let mut bits = vec![0; of.div_ceil(WORD)];
    places.into_iter().for_each(|place| bits[place / WORD] |= 1 << (place % WORD));
    bits
}

/// The places that are in both.
pub(super) fn common<'b>(one: &'b [u64], other: &'b [u64]) -> impl Iterator<Item = usize> + 'b {
    one.iter().zip(other).enumerate().flat_map(|(nth, (one, other))| {
        let mut word = one & other;
        std::iter::from_fn(move || {
            let place = (word != 0).then(|| word.trailing_zeros() as usize)?;
            word &= word - 1;
            Some(nth * WORD + place)
        })
    })
}

fn meet(one: &[u64], other: &[u64]) -> bool {
    one.iter().zip(other).any(|(one, other)| one & other != 0)
}

/// A plan, with the grants that are about each part of what is asked for. Most are about every part: what those let a source do is
/// found once for it, and only what the others add is found part by part.
pub(super) struct Parted<'p> {
    plan: &'p Plan<'p>,
    /// The places in a key of the grants that are about every part.
    every: Vec<u64>,
    /// Of those that are about each part, but not about every.
    others: Vec<Vec<u64>>,
    /// The places in a key of what is so for all sources.
    shared: Vec<u64>,
}

impl<'p> Parted<'p> {
    pub(super) fn new<'a>(plan: &'p Plan<'p>, parts: impl Iterator<Item = &'a [u32]>) -> Self {
        let of = |about: &[u32]| bits(length(plan), about.iter().map(|grant| may_be(*grant as usize)));
        let mut others: Vec<Vec<u64>> = parts.map(of).collect();
        let mut every = others.first().cloned().unwrap_or_default();
        others.iter().for_each(|part| every.iter_mut().zip(part).for_each(|(word, other)| *word &= other));
        others.iter_mut().for_each(|part| part.iter_mut().zip(&every).for_each(|(word, every)| *word &= !every));
        let shared = vec![0; every.len().max(length(plan).div_ceil(WORD))];
        Self { plan, every, others, shared }
    }

    /// The same for these sources alone: what all of them have in common is no part of their keys.
    pub(super) fn among(mut self, sources: &Set) -> Self {
        let grants = self.plan.grants.iter().enumerate();
        let held = grants.flat_map(|(nth, grant)| {
            let is_sure = grant.is_clear && grant.from.0.holds(sources);
            [is_sure.then(|| may_be(nth) - 1), grant.from.1.holds(sources).then(|| may_be(nth))]
        });
        let ways = [&self.plan.way.0, &self.plan.way.1, &self.plan.beside];
        let first = 2 * self.plan.grants.len();
        let ways = ways.into_iter().enumerate().map(|(nth, set)| set.holds(sources).then_some(first + nth));
        self.shared = bits(length(self.plan), held.chain(ways).flatten());
        self
    }

    pub(super) fn shared(&self) -> &[u64] {
        &self.shared
    }

    /// A key with what all sources have in common.
    pub(super) fn whole(&self, key: &[u64]) -> Vec<u64> {
        key.iter().zip(&self.shared).map(|(own, shared)| own | shared).collect()
    }

    /// The sets that a key for [`Self::from`] is made of.
    pub(super) fn sets(&self) -> Vec<Option<&'p Set>> {
        let mut matter = self.every.clone();
        self.others.iter().for_each(|part| matter.iter_mut().zip(part).for_each(|(word, other)| *word |= other));
        let mut sets = vec![None; length(self.plan)];
        for place in common(&matter, &matter) {
            let grant = &self.plan.grants[place / 2];
            sets[place - 1] = (grant.is_clear && !has(&self.shared, place - 1)).then_some(&*grant.from.0);
            sets[place] = (!has(&self.shared, place)).then_some(&*grant.from.1);
        }
        let ways = [&self.plan.way.0, &self.plan.way.1, &self.plan.beside];
        let first = 2 * self.plan.grants.len();
        let own = ways.into_iter().enumerate().filter(|(nth, _)| !has(&self.shared, first + nth));
        own.for_each(|(nth, set)| sets[first + nth] = Some(set));
        sets
    }

    /// What sources of a key reach.
    pub(super) fn from<'k>(&'k self, key: &'k [u64]) -> From<'k> {
        From { parted: self, key, everywhere: None }
    }
}

/// How many bits a key has: two for each grant, and three for the ways.
fn length(plan: &Plan<'_>) -> usize {
    2 * plan.grants.len() + WAYS
}

const WAYS: usize = 3;

/// The place in a key that tells who may be a source of a grant. The one before tells who is for sure.
fn may_be(grant: usize) -> usize {
    2 * grant + 1
}

/// What is reached: for sure, and perhaps.
pub(super) type Reached = Rc<(Set, Set)>;

/// Sources of a key.
pub(super) struct From<'k> {
    parted: &'k Parted<'k>,
    key: &'k [u64],
    /// What grants about every part let them do, and what they reach if no other adds to that.
    everywhere: Option<(Says, Option<Reached>)>,
}

impl From<'_> {
    /// Whether something is about them on this part that is not on every.
    pub(super) fn has_own(&self, part: usize) -> bool {
        meet(self.key, &self.parted.others[part])
    }

    /// What they reach where nothing is about them but what is so on every part. `None` if it is nothing.
    pub(super) fn everywhere(&mut self, steps: &mut usize) -> Option<Reached> {
        self.says_everywhere(steps).1.clone()
    }

    /// What they reach on a part. `None` if it is nothing.
    pub(super) fn reached(&mut self, part: usize, steps: &mut usize) -> Option<Reached> {
        *steps += 1 + self.key.len();
        if !self.has_own(part) {
            return self.everywhere(steps);
        }
        let (parted, key) = (self.parted, self.key);
        let mut says = self.says_everywhere(steps).0.clone();
        says.add(parted.plan, key, &parted.others[part], steps);
        Some(Rc::new(says.reached(parted.plan, key, steps)))
    }

    fn says_everywhere(&mut self, steps: &mut usize) -> &(Says, Option<Reached>) {
        let (Parted { plan, every, .. }, key) = (self.parted, self.key);
        self.everywhere.get_or_insert_with(|| {
            let mut says = Says::nothing(plan);
            says.add(plan, key, every, steps);
            // Most sources are in few grants: no set is made for what lets them do nothing.
            let is_about = meet(key, every) || has(key, 2 * plan.grants.len() + 2);
            let reached = is_about.then(|| Rc::new(says.reached(plan, key, steps)));
            (says, reached)
        })
    }
}

pub(super) fn has(key: &[u64], place: usize) -> bool {
    key[place / WORD] >> (place % WORD) & 1 == 1
}

/// What grants say of the targets, for sure and perhaps.
#[derive(Clone)]
struct Says {
    accepts: Set,
    may_accept: Set,
    drops: Set,
    may_drop: Set,
}

impl Says {
    fn nothing(plan: &Plan<'_>) -> Self {
        let nobody = || plan.nobody();
        Self { accepts: nobody(), may_accept: nobody(), drops: nobody(), may_drop: nobody() }
    }

    /// With what those grants of a part say that are about a key.
    fn add(&mut self, plan: &Plan<'_>, key: &[u64], part: &[u64], steps: &mut usize) {
        for place in common(key, part) {
            let grant = &plan.grants[place / 2];
            let is_sure = has(key, place - 1);
            *steps += 1 + 2 * plan.targets.words();
            if grant.effect != Effect::Drop {
                if is_sure && grant.effect == Effect::Accept {
                    self.accepts.add(&grant.to.0);
                }
                self.may_accept.add(&grant.to.1);
            }
            if grant.effect != Effect::Accept {
                if is_sure && grant.effect == Effect::Drop {
                    self.drops.add(&grant.to.0);
                }
                self.may_drop.add(&grant.to.1);
            }
        }
    }

    /// What is reached by that: what drops counts first, whatever the order of the policies.
    fn reached(&self, plan: &Plan<'_>, key: &[u64], steps: &mut usize) -> (Set, Set) {
        *steps += SETS_OF_A_PART * plan.targets.words();
        let way = 2 * plan.grants.len();
        let (has_way, may_have_way, is_beside) = (has(key, way), has(key, way + 1), has(key, way + 2));
        let sure = if has_way {
            let mut sure = self.accepts.without(&self.may_drop);
            sure.keep(&plan.targets);
            sure.keep(&plan.present);
            sure
        } else {
            plan.nobody()
        };
        let may = match (is_beside, may_have_way) {
            (true, _) => plan.targets.clone(),
            (false, true) => {
                let mut may = self.may_accept.without(&self.drops);
                may.keep(&plan.targets);
                may
            }
            (false, false) => plan.nobody(),
        };
        (sure, may)
    }
}
