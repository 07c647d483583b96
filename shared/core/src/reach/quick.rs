//! What sources that all rules treat alike reach, found by the grants and not part by part. What drops cuts what is asked for into
//! few pieces, on each of which the same is dropped: a grant that accepts is looked at once for each of them.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::compile::Effect;
use super::difference::{Budget, TooLarge};
use super::evaluate::{Grant, Part, Plan, WORDS_OF_AN_ENTRY};
use super::keys::{Parted, WORD, bits, common, has};
use super::set::Set;

/// Most words that are kept of what was found for what drops. What is found anew needs no room.
const MOST_KNOWN: usize = 500_000;
/// Nothing, where else is the one target of a part.
const NOBODY: u32 = u32::MAX;

/// Numbers of two things each.
type Pairs = Vec<(u32, u32)>;

/// Sources that all rules treat alike.
pub(super) struct Class {
    pub(super) sure: Set,
    pub(super) may: Set,
    /// How many they are.
    pub(super) len: (usize, usize),
    /// The parts on which there are several targets, for sure and perhaps, as bits.
    pub(super) several: (Vec<u64>, Vec<u64>),
    /// Those on which there is but one, which might be the source itself.
    pub(super) single: (Pairs, Pairs),
}

/// None, one or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Few {
    None,
    One(u32),
    More,
}

impl Few {
    fn of(mut members: impl Iterator<Item = usize>) -> Self {
        match (members.next(), members.next()) {
            (None, _) => Self::None,
            (Some(only), None) => Self::One(only as u32),
            _ => Self::More,
        }
    }
}

impl Class {
    pub(super) fn add_several(&self, sure: &mut [u64], may: &mut [u64]) {
        sure.iter_mut().zip(&self.several.0).for_each(|(word, more)| *word |= more);
        may.iter_mut().zip(&self.several.1).for_each(|(word, more)| *word |= more);
    }

    pub(super) fn add_single(&self, myself: Option<usize>, sure: &mut [u64], may: &mut [u64]) {
        for (parts, single) in [(sure, &self.single.0), (may, &self.single.1)] {
            let others = single.iter().filter(|(_, only)| Some(*only as usize) != myself);
            others.for_each(|(nth, _)| parts[*nth as usize / WORD] |= 1 << (*nth as usize % WORD));
        }
    }

    /// How many parts have one target only.
    pub(super) fn singles(&self) -> usize {
        self.single.0.len() + self.single.1.len()
    }
}

/// What is found, and what drops is taken from: targets that are reached for sure, or that may be.
#[derive(Clone, Copy)]
enum Half {
    Sure,
    May,
}

/// Parts on which the same is dropped.
struct Piece {
    parts: Vec<u64>,
    dropped: Option<Set>,
}

/// Which targets are reached, and on which parts.
#[derive(Clone)]
struct Reach {
    targets: Set,
    several: Vec<u64>,
    /// The one target of each part that has but one. Empty as long as there is none.
    only: Vec<u32>,
}

impl Reach {
    /// With as many targets on these parts.
    fn open(&mut self, parts: impl Iterator<Item = usize>, few: Few, of: usize) {
        for nth in parts {
            let (word, bit) = (nth / WORD, 1 << (nth % WORD));
            if self.several[word] & bit != 0 {
                continue;
            }
            match few {
                Few::None => {}
                Few::More => self.several[word] |= bit,
                Few::One(target) => {
                    if self.only.is_empty() {
                        self.only = vec![NOBODY; of];
                    }
                    match self.only[nth] {
                        NOBODY => self.only[nth] = target,
                        known if known == target => {}
                        _ => self.several[word] |= bit,
                    }
                }
            }
        }
    }

    fn single(&self) -> Vec<(u32, u32)> {
        let is_several = |nth: usize| has(&self.several, nth);
        let all = self.only.iter().enumerate().filter(|(nth, only)| **only != NOBODY && !is_several(*nth));
        all.map(|(nth, only)| (nth as u32, *only)).collect()
    }
}

/// What all sources share that the same is dropped for.
struct Dropped {
    sure: (Vec<Piece>, Reach),
    may: (Vec<Piece>, Reach),
}

/// What the grants of a plan let sources do.
pub(super) struct Quick<'p> {
    plan: &'p Plan<'p>,
    /// Targets that are there for sure.
    live: Set,
    /// Parts of what is asked for.
    of: usize,
    /// The parts that each grant is about, as bits.
    parts: Vec<Vec<u64>>,
    /// How many targets each has.
    few: Vec<(Few, Few)>,
    /// What is so for all sources.
    shared: Vec<u64>,
    /// The places in a key that tell what is dropped.
    drops: Vec<u64>,
    known: HashMap<Vec<u64>, Dropped>,
    /// How many words that is.
    kept: usize,
}

impl<'p> Quick<'p> {
    pub(super) fn new(
        plan: &'p Plan<'p>,
        parted: &Parted<'p>,
        parts: &[Part],
        budget: &mut Budget,
    ) -> Result<Self, TooLarge> {
        let (grants, words) = (plan.grants.len(), parts.len().div_ceil(WORD));
        budget.take(grants * (words + 4 * plan.targets.words()))?;
        budget.holds(grants * (words + 4))?;
        let live = plan.targets.and(&plan.present);
        let mut about = vec![vec![0; words]; grants];
        for (part, (grants, _)) in parts.iter().enumerate() {
            budget.take(grants.len())?;
            grants.iter().for_each(|grant| about[*grant as usize][part / WORD] |= 1 << (part % WORD));
        }
        let of = |grant: &Grant<'_>| (Few::of(grant.to.0.both(&live)), Few::of(grant.to.1.both(&plan.targets)));
        let few = plan.grants.iter().map(of).collect();
        // Whoever may be forbidden something does not have it for sure; only who is for sure may not have it at all.
        let drops = plan.grants.iter().enumerate().flat_map(|(nth, grant)| {
            let may_be = (grant.effect != Effect::Accept).then_some(2 * nth + 1);
            [(grant.effect == Effect::Drop).then_some(2 * nth), may_be]
        });
        let drops = bits(WORD * parted.shared().len(), drops.flatten());
        let (shared, known) = (parted.shared().to_vec(), HashMap::new());
        Ok(Self { plan, live, of: parts.len(), parts: about, few, shared, drops, known, kept: 0 })
    }

    /// What sources of a key reach. `whole` is the key with what all sources have in common.
    pub(super) fn class(&mut self, key: &[u64], whole: &[u64], budget: &mut Budget) -> Result<Class, TooLarge> {
        let dropped: Vec<u64> = whole.iter().zip(&self.drops).map(|(word, drops)| word & drops).collect();
        let mut steps = 4 * self.plan.targets.words() + 3 * key.len() + 2 * self.of.div_ceil(WORD);
        if !self.known.contains_key(&dropped) {
            let found = self.dropped(&dropped, &mut steps);
            if self.kept > MOST_KNOWN {
                self.known.clear();
                self.kept = 0;
            }
            let pieces = found.sure.0.len() + found.may.0.len() + 2;
            self.kept += dropped.len()
                + pieces * (WORDS_OF_AN_ENTRY + self.of.div_ceil(WORD) + self.plan.targets.words())
                + self.of;
            budget.holds(self.kept.min(MOST_KNOWN))?;
            self.known.insert(dropped.clone(), found);
        }
        let known = &self.known[&dropped];
        let way = 2 * self.plan.grants.len();
        let (has_way, may_have_way, is_beside) = (has(whole, way), has(whole, way + 1), has(whole, way + 2));
        let sure = if has_way { self.with(Half::Sure, &known.sure, key, &mut steps) } else { self.nothing() };
        let mut may = if may_have_way { self.with(Half::May, &known.may, key, &mut steps) } else { self.nothing() };
        if is_beside {
            may.targets = self.plan.targets.clone();
            may.open(0..self.of, Few::of(self.plan.targets.iter()), self.of);
        }
        budget.take(steps + sure.only.len() + may.only.len())?;
        let single = (sure.single(), may.single());
        let (mut to, mut may_be) = (sure.targets, may.targets);
        to.keep(&self.live);
        may_be.keep(&self.plan.targets);
        let len = (to.len(), may_be.len());
        Ok(Class { sure: to, may: may_be, len, several: (sure.several, may.several), single })
    }

    fn nothing(&self) -> Reach {
        Reach { targets: self.plan.nobody(), several: vec![0; self.of.div_ceil(WORD)], only: Vec::new() }
    }

    /// What is dropped by these places of a key, and what all sources reach nevertheless.
    fn dropped(&self, places: &[u64], steps: &mut usize) -> Dropped {
        let half = |half: Half, steps: &mut usize| {
            let pieces = self.pieces(half, places, steps);
            let mut reach = self.nothing();
            self.add(half, &pieces, &mut reach, &self.shared, steps);
            (pieces, reach)
        };
        Dropped { sure: half(Half::Sure, steps), may: half(Half::May, steps) }
    }

    /// Cuts what is asked for where something else is dropped. What nothing is dropped of comes first.
    fn pieces(&self, half: Half, places: &[u64], steps: &mut usize) -> Vec<Piece> {
        let mut pieces = vec![Piece { parts: bits(self.of, 0..self.of), dropped: None }];
        let of_this_half = |place: &usize| place.is_multiple_of(2) == matches!(half, Half::May);
        for place in common(places, places).filter(of_this_half) {
            let (to, parts) = (&self.plan.grants[place / 2].to, &self.parts[place / 2]);
            let to = if matches!(half, Half::May) { &to.0 } else { &to.1 };
            *steps += to.words() + 1;
            if !to.meets(&self.plan.targets) {
                continue;
            }
            let mut others = Vec::new();
            for piece in &mut pieces {
                let inside: Vec<u64> = piece.parts.iter().zip(parts).map(|(one, other)| one & other).collect();
                *steps += 1 + parts.len();
                if inside.iter().all(|word| *word == 0) {
                    continue;
                }
                *steps += parts.len() + 2 * to.words();
                piece.parts.iter_mut().zip(&inside).for_each(|(word, inside)| *word &= !inside);
                let mut dropped = piece.dropped.clone().unwrap_or_else(|| self.plan.nobody());
                dropped.add(to);
                others.push(Piece { parts: inside, dropped: Some(dropped) });
            }
            pieces.retain(|piece| piece.parts.iter().any(|word| *word != 0));
            pieces.append(&mut others);
        }
        pieces
    }

    /// What is shared, with what the grants of a key add.
    fn with(&self, half: Half, (pieces, shared): &(Vec<Piece>, Reach), key: &[u64], steps: &mut usize) -> Reach {
        let mut reach = shared.clone();
        self.add(half, pieces, &mut reach, key, steps);
        reach
    }

    /// With what the grants of a key let sources do, on each of the pieces.
    fn add(&self, half: Half, pieces: &[Piece], reach: &mut Reach, key: &[u64], steps: &mut usize) {
        let is_sure = matches!(half, Half::Sure);
        let places = common(key, key).take_while(|place| *place < 2 * self.plan.grants.len());
        for nth in places.filter(|place| place.is_multiple_of(2) == is_sure).map(|place| place / 2) {
            let (grant, few, parts) = (&self.plan.grants[nth], self.few[nth], &self.parts[nth]);
            let (to, few, within, lets) = match half {
                Half::Sure => (&grant.to.0, few.0, &self.live, grant.effect == Effect::Accept),
                Half::May => (&grant.to.1, few.1, &self.plan.targets, grant.effect != Effect::Drop),
            };
            *steps += 1 + parts.len();
            if !lets || few == Few::None {
                continue;
            }
            let mut is_whole = false;
            for piece in pieces {
                *steps += 1 + parts.len();
                let mut met = common(parts, &piece.parts).peekable();
                if met.peek().is_none() {
                    continue;
                }
                let Some(dropped) = &piece.dropped else {
                    *steps += to.words() + parts.len();
                    reach.targets.add(to);
                    is_whole = true;
                    match few {
                        // A word at a time: this is what nearly all grants do.
                        Few::More => {
                            let both = parts.iter().zip(&piece.parts).map(|(one, other)| one & other);
                            reach.several.iter_mut().zip(both).for_each(|(word, more)| *word |= more);
                        }
                        few => reach.open(met, few, self.of),
                    }
                    continue;
                };
                *steps += 2 * to.words() + WORD;
                if !is_whole {
                    reach.targets.add_rest(to, dropped);
                }
                let left = Few::of(to.rest(dropped).filter(|place| within.contains(*place)));
                reach.open(met, left, self.of);
            }
        }
    }
}
