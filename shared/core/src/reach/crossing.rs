//! Who of many sides reaches whom of them, found for all of them at once: pairs are counted source by source, and on what they are
//! open follows from which rules are about both sides.

use std::sync::Arc;

use super::compile::{Effect, Model, Rule};
use super::difference::{Budget, TooLarge};
use super::evaluate::{Classes, Grant, parts};
use super::keys::{Keys, WORD, bits, common, has};
use super::kinds::Kinds;
use super::matrix::{NAMED, name};
use super::services::{Atom, Services};
use super::set::{Numbers, Set};
use crate::network::Policy;

/// Most words of what sources reach that are kept at once.
const MOST_WORDS: usize = 1_000_000;

/// What one rule says in one direction.
pub(super) type Direction<'m> = (&'m Rule<'m>, Grant<'m>);

/// Which directions are about some of a side, and about whom first.
struct About {
    any: Vec<u64>,
    several: Vec<u64>,
    first: Vec<u32>,
}

impl About {
    fn of<'k>(members: impl Iterator<Item = (usize, &'k [u64])>, directions: usize) -> Self {
        let words = directions.div_ceil(WORD);
        let (mut any, mut several, mut first) = (vec![0; words], vec![0; words], vec![0; directions]);
        for (place, key) in members {
            for (nth, word) in key.iter().enumerate().filter(|(_, word)| **word != 0) {
                several[nth] |= any[nth] & word;
                let news = [word & !any[nth]];
                any[nth] |= word;
                common(&news, &news).for_each(|bit| first[nth * WORD + bit] = place as u32);
            }
        }
        Self { any, several, first }
    }

    /// Whether a direction is about somebody here and somebody else there.
    fn has_pair(&self, other: &Self, nth: usize) -> bool {
        has(&self.several, nth) || has(&other.several, nth) || self.first[nth] != other.first[nth]
    }
}

/// A side as those who open connections, and as those who are reached. Those are free for whom nothing is dropped.
struct Ends {
    from: About,
    free_from: About,
    to: About,
    free_to: About,
}

/// Pairs of two sides.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) sure: usize,
    pub(super) may: usize,
}

/// What is found of two sides.
pub(super) struct Crossed {
    pub(super) pairs: usize,
    pub(super) count: Count,
    /// On what it is open for sure, and perhaps. `None` if what drops has to be looked at source by source.
    pub(super) open: Option<(Arc<Services>, Arc<Services>)>,
    /// What drops makes a difference to how many they are. If `open` is told, it makes none to what is open.
    pub(super) drops: bool,
}

/// All that is known of the sides.
pub(super) struct Crossing<'c, 'm> {
    directions: &'c [Direction<'m>],
    sides: usize,
    /// Of each side, for sure and perhaps.
    ends: Vec<[Ends; 2]>,
    accepts: Vec<u64>,
    drops: Vec<u64>,
    /// What accepts on all that any accepts.
    widest: Vec<u64>,
    parts: Vec<Vec<Atom>>,
    /// The parts that each direction is about, and all that one is about that accepts.
    about: Vec<Vec<u64>>,
    full: Vec<u64>,
    pairs: Vec<usize>,
    counts: Vec<Count>,
    /// The same without what drops; empty if nothing does.
    if_none_dropped: Vec<Count>,
}

impl<'c, 'm> Crossing<'c, 'm> {
    /// Of these sides. `None` if some rule may accept or drop, or the policies are not known: what is open does not follow from the rules
    /// one by one then.
    pub(super) fn of(
        model: &'m Model<'_>,
        sides: &[&Set],
        kinds: &Kinds,
        directions: &'c [Direction<'m>],
        wanted: &Services,
        budget: &mut Budget,
    ) -> Result<Option<Self>, TooLarge> {
        let is_either = |(_, grant): &Direction<'_>| grant.effect == Effect::Either;
        if model.lists.policies.is_none() || directions.iter().any(is_either) {
            return Ok(None);
        }
        let which = |effect| {
            let all = directions.iter().enumerate();
            bits(directions.len(), all.filter(|(_, (_, grant))| grant.effect == effect).map(|(nth, _)| nth))
        };
        let (accepts, drops) = (which(Effect::Accept), which(Effect::Drop));
        let grants: Vec<Grant<'_>> = directions.iter().map(|(_, grant)| grant.clone()).collect();
        let cut = parts(wanted, &grants, budget)?;
        let words = cut.len().div_ceil(WORD);
        budget.holds(directions.len() * words)?;
        let mut about = vec![vec![0; words]; directions.len()];
        for (nth, (grants, _)) in cut.iter().enumerate() {
            grants.iter().for_each(|grant| about[*grant as usize][nth / WORD] |= 1 << (nth % WORD));
        }
        let mut full = vec![0; words];
        for nth in common(&accepts, &accepts) {
            full.iter_mut().zip(&about[nth]).for_each(|(word, more)| *word |= more);
        }
        let widest = bits(directions.len(), common(&accepts, &accepts).filter(|nth| about[*nth] == full));
        let cut = cut.into_iter().map(|(_, atoms)| atoms).collect();
        let mut crossing = Self {
            directions,
            sides: sides.len(),
            ends: Vec::new(),
            accepts,
            drops,
            widest,
            parts: cut,
            about,
            full,
            pairs: Vec::new(),
            counts: Vec::new(),
            if_none_dropped: Vec::new(),
        };
        crossing.look(model, sides, budget)?;
        crossing.count(model, sides, kinds, wanted, budget)?;
        Ok(Some(crossing))
    }

    /// Finds which directions are about whom of each side.
    fn look(&mut self, model: &Model<'_>, sides: &[&Set], budget: &mut Budget) -> Result<(), TooLarge> {
        let mut all = model.none();
        sides.iter().for_each(|side| all.add(side));
        let directions = self.directions;
        let clear = |grant: &'c Grant<'m>| grant.is_clear.then_some(&*grant.from.0);
        let mut keys = |of: &dyn Fn(&'c Grant<'m>) -> Option<&'c Set>| {
            Keys::of(&all, &[directions.iter().map(|(_, grant)| of(grant)).collect()], budget)
        };
        let from = [keys(&clear)?, keys(&|grant| Some(&*grant.from.1))?];
        let to = [keys(&|grant| Some(&*grant.to.0))?, keys(&|grant| Some(&*grant.to.1))?];
        // Nothing is dropped for who is none of these. Who may be forbidden something does not have it for sure.
        let dropped = |of: &dyn Fn(&'c Grant<'m>) -> Option<&'c Set>| {
            let mut dropped = model.none();
            let drops = directions.iter().filter(|(_, grant)| grant.effect == Effect::Drop);
            drops.filter_map(|(_, grant)| of(grant)).for_each(|some| dropped.add(some));
            dropped
        };
        let dropped_from = [dropped(&|grant| Some(&*grant.from.1)), dropped(&clear)];
        let dropped_to = [dropped(&|grant| Some(&*grant.to.1)), dropped(&|grant| Some(&*grant.to.0))];
        let absent = [model.pending.clone(), model.none()];
        let of_a_side = 8 * (2 * directions.len().div_ceil(WORD) + directions.len().div_ceil(2));
        budget.holds(sides.len() * of_a_side)?;
        for side in sides {
            budget.take(8 * (side.len() * directions.len().div_ceil(WORD) + directions.len()) + side.words())?;
            self.ends.push([0, 1].map(|half| {
                let about = |keys: &Keys, without: Option<&Set>| {
                    let is_meant = |place: &usize| {
                        !absent[half].contains(*place) && without.is_none_or(|without| !without.contains(*place))
                    };
                    let row = |place: usize| Some((place, keys.row(keys.numbers.number(place)?)));
                    About::of(side.iter().filter(is_meant).filter_map(row), directions.len())
                };
                Ends {
                    from: about(&from[half], None),
                    free_from: about(&from[half], Some(&dropped_from[half])),
                    to: about(&to[half], None),
                    free_to: about(&to[half], Some(&dropped_to[half])),
                }
            }));
        }
        Ok(())
    }

    /// Counts the pairs, source by source. Of those that all rules treat alike one is looked at.
    fn count(
        &mut self,
        model: &'m Model<'_>,
        sides: &[&Set],
        kinds: &Kinds,
        wanted: &Services,
        budget: &mut Budget,
    ) -> Result<(), TooLarge> {
        let size = sides.len();
        let mut targets = model.none();
        sides.iter().for_each(|side| targets.add(side));
        let mut sides_of: Vec<Vec<u32>> = vec![Vec::new(); model.size()];
        for (nth, side) in (0..).zip(sides) {
            side.iter().for_each(|place| sides_of[place].push(nth));
        }
        let mut rows_of: Vec<Vec<(usize, usize)>> = vec![Vec::new(); model.size()];
        for (row, kinds) in kinds.rows.iter().enumerate() {
            kinds.iter().for_each(|(like, how_many)| rows_of[*like].push((row, *how_many)));
        }
        let mut alike = model.none();
        let mut peers_of: Vec<Vec<usize>> = vec![Vec::new(); model.size()];
        targets.iter().for_each(|place| {
            alike.insert(kinds.like[place]);
            peers_of[kinds.like[place]].push(place);
        });
        budget.take(sides.iter().map(|side| side.words() + 2 * side.len()).sum::<usize>() + size * size)?;
        // Nobody is a pair with themselves.
        let mut pairs: Vec<usize> =
            sides.iter().flat_map(|row| sides.iter().map(|side| row.len() * side.len())).collect();
        for of in &sides_of {
            budget.take(of.len() * of.len())?;
            let both = of.iter().flat_map(|row| of.iter().map(move |side| *row as usize * size + *side as usize));
            both.for_each(|place| pairs[place] -= 1);
        }
        self.pairs = pairs;
        let grants = || self.directions.iter().map(|(_, grant)| grant.clone());
        let is_drop = |grant: &Grant<'_>| grant.effect == Effect::Drop;
        let counting = Counting { model, targets, sides, sides_of, rows_of, peers_of };
        let counts = counting.all(&alike, grants(), wanted, budget)?;
        if grants().any(|grant| is_drop(&grant)) {
            // What nothing drops for is the same without it.
            let mut dropped = model.none();
            grants().filter(is_drop).for_each(|grant| dropped.add(&grant.from.1));
            dropped.keep(&alike);
            let is = counting.all(&dropped, grants(), wanted, budget)?;
            let would_be = counting.all(&dropped, grants().filter(|grant| !is_drop(grant)), wanted, budget)?;
            let all = counts.iter().zip(&is).zip(&would_be);
            self.if_none_dropped = all
                .map(|((all, is), would_be)| Count {
                    sure: all.sure - is.sure + would_be.sure,
                    may: all.may - is.may + would_be.may,
                })
                .collect();
        }
        self.counts = counts;
        Ok(())
    }

    /// What two sides are to each other. `None` if there is nothing to tell.
    pub(super) fn crossed(
        &self,
        row: usize,
        column: usize,
        made: &mut impl FnMut(&[u64], &[Vec<Atom>]) -> Arc<Services>,
    ) -> Option<Crossed> {
        let (from, to) = (&self.ends[row][1].from, &self.ends[column][1].to);
        common(&from.any, &to.any).next()?;
        let place = row * self.sides + column;
        let (pairs, count) = (self.pairs[place], self.counts[place]);
        let is_dropped =
            from.any.iter().zip(&to.any).zip(&self.drops).any(|((from, to), drops)| from & to & drops != 0);
        let mut open = [0, 1].map(|_| vec![0; self.full.len()]);
        let drops = is_dropped && self.if_none_dropped.get(place).is_some_and(|count| *count != self.counts[place]);
        if count.may == 0 && !drops {
            return None;
        }
        for (half, open) in open.iter_mut().enumerate() {
            let (row, column) = (&self.ends[row][half], &self.ends[column][half]);
            if !is_dropped {
                self.open(&row.from, &column.to, open);
                continue;
            }
            if !self.open(&row.free_from, &column.to, open) {
                self.open(&row.from, &column.free_to, open);
            }
            if *open != self.full {
                let mut at_most = open.clone();
                self.open(&row.from, &column.to, &mut at_most);
                if at_most != *open {
                    return Some(Crossed { pairs, count, open: None, drops });
                }
            }
        }
        let [sure, may] = open.map(|open| made(&open, &self.parts));
        Some(Crossed { pairs, count, open: Some((sure, may)), drops })
    }

    /// Adds what somebody of the one side may do to somebody else of the other, and tells whether that is all that there is.
    fn open(&self, from: &About, to: &About, open: &mut [u64]) -> bool {
        for which in [&self.widest, &self.accepts] {
            for (nth, which) in which.iter().enumerate() {
                let both = [from.any[nth] & to.any[nth] & which];
                for direction in common(&both, &both).map(|bit| nth * WORD + bit) {
                    let about = &self.about[direction];
                    if about.iter().zip(&*open).all(|(about, open)| about & !open == 0) || !from.has_pair(to, direction)
                    {
                        continue;
                    }
                    open.iter_mut().zip(about).for_each(|(word, more)| *word |= more);
                    if *open == *self.full {
                        return true;
                    }
                }
            }
        }
        *open == *self.full
    }

    /// The policies that are about a pair of two sides, those that drop first, if they count; not more than are named.
    pub(super) fn policies(&self, row: usize, column: usize, drops: bool) -> Vec<&'m Policy> {
        let (from, to) = (&self.ends[row][1].from, &self.ends[column][1].to);
        let mut policies = Vec::with_capacity(NAMED);
        for effect in drops.then_some(&self.drops).into_iter().chain([&self.accepts]) {
            for (nth, effect) in effect.iter().enumerate() {
                let both = [from.any[nth] & to.any[nth] & effect];
                for direction in common(&both, &both).map(|bit| nth * WORD + bit) {
                    if policies.len() == NAMED {
                        return policies;
                    }
                    if from.has_pair(to, direction) {
                        name(&mut policies, self.directions[direction].0);
                    }
                }
            }
        }
        policies
    }
}

/// What pairs are counted with.
struct Counting<'c, 'm> {
    model: &'c Model<'m>,
    targets: Set,
    sides: &'c [&'c Set],
    /// The sides that each peer is in, and how many of each side a source stands for.
    sides_of: Vec<Vec<u32>>,
    rows_of: Vec<Vec<(usize, usize)>>,
    /// The peers that a source stands for.
    peers_of: Vec<Vec<usize>>,
}

impl Counting<'_, '_> {
    /// The pairs of any two sides whose sources some of them stand for.
    fn all<'g>(
        &'g self,
        sources: &Set,
        grants: impl Iterator<Item = Grant<'g>>,
        wanted: &Services,
        budget: &mut Budget,
    ) -> Result<Vec<Count>, TooLarge> {
        let size = self.sides.len();
        let mut counts = vec![Count::default(); size * size];
        let plan = self.model.to_peers(&self.targets, grants);
        let numbers = Numbers::of(sources, self.model.size());
        let at_once = (MOST_WORDS / (2 * self.targets.words()).max(1)).max(WORD);
        for first in (0..numbers.len()).step_by(at_once) {
            let mut some = self.model.none();
            let last = numbers.len().min(first + at_once);
            (first..last).for_each(|number| some.insert(numbers.place(number)));
            let classes = Classes::of(&some, wanted, &plan, budget)?;
            for source in some.iter() {
                let (sure, may) = classes.reached(source);
                let of_sure = self.by_side(sure, budget)?;
                let of_may = if sure == may { of_sure.clone() } else { self.by_side(may, budget)? };
                for (row, how_many) in &self.rows_of[source] {
                    budget.take(size)?;
                    let counts = &mut counts[row * size..(row + 1) * size];
                    for (count, (sure, may)) in counts.iter_mut().zip(of_sure.iter().zip(&of_may)) {
                        count.sure += how_many * sure;
                        count.may += how_many * may;
                    }
                }
                // Nobody is counted with themselves.
                for peer in &self.peers_of[source] {
                    let (is_sure, may_be) = (usize::from(sure.contains(*peer)), usize::from(may.contains(*peer)));
                    let of = &self.sides_of[*peer];
                    budget.take(1 + of.len() * of.len())?;
                    for place in of.iter().flat_map(|row| of.iter().map(|side| *row as usize * size + *side as usize)) {
                        counts[place].sure -= is_sure;
                        counts[place].may -= may_be;
                    }
                }
            }
        }
        Ok(counts)
    }

    /// How many of a set are in each side.
    fn by_side(&self, set: &Set, budget: &mut Budget) -> Result<Vec<usize>, TooLarge> {
        let (all, some) = (self.targets.len(), set.len());
        let (mut counts, is_most) = (vec![0; self.sides.len()], 2 * some > all);
        let mut steps = 2 * set.words() + self.sides.len();
        let mut each = |place: usize| {
            steps += 1 + self.sides_of[place].len();
            self.sides_of[place].iter().for_each(|side| counts[*side as usize] += 1);
        };
        // Whichever are fewer: those that are reached, or those that are not.
        if is_most {
            self.targets.rest(set).for_each(&mut each);
            counts = self.sides.iter().zip(counts).map(|(side, without)| side.len() - without).collect();
        } else {
            set.iter().for_each(&mut each);
        }
        budget.take(steps)?;
        Ok(counts)
    }
}
