//! What sources that all rules treat alike reach, found by the grants alone where nothing drops.

use super::compile::Effect;
use super::difference::{Budget, TooLarge};
use super::evaluate::{Grant, Part, Plan};
use super::keys::{Parted, WORD, common, has};
use super::set::Set;

/// Sources that all rules treat alike.
#[derive(Clone)]
pub(super) struct Class {
    pub(super) sure: Set,
    pub(super) may: Set,
    /// How many they are.
    pub(super) len: (usize, usize),
    /// The parts on which there are several targets, for sure and perhaps, as bits.
    pub(super) several: (Vec<u64>, Vec<u64>),
    /// Those on which there is but one, which might be the source itself.
    pub(super) single: Vec<(u32, Few, Few)>,
}

/// None, one or more.
#[derive(Clone, Copy)]
pub(super) enum Few {
    None,
    One(u32),
    More,
}

impl Few {
    pub(super) fn of(set: &Set) -> Self {
        let mut members = set.iter();
        match (members.next(), members.next()) {
            (None, _) => Self::None,
            (Some(only), None) => Self::One(only as u32),
            _ => Self::More,
        }
    }

    /// The same of those that are in both.
    fn of_both(one: &Set, other: &Set) -> Self {
        let mut members = one.both(other);
        match (members.next(), members.next()) {
            (None, _) => Self::None,
            (Some(only), None) => Self::One(only as u32),
            _ => Self::More,
        }
    }

    pub(super) fn has_other_than(self, place: Option<usize>) -> bool {
        match self {
            Self::None => false,
            Self::One(only) => Some(only as usize) != place,
            Self::More => true,
        }
    }
}

impl Class {
    pub(super) fn add_several(&self, sure: &mut [u64], may: &mut [u64]) {
        sure.iter_mut().zip(&self.several.0).for_each(|(word, more)| *word |= more);
        may.iter_mut().zip(&self.several.1).for_each(|(word, more)| *word |= more);
    }

    pub(super) fn add_single(&self, myself: Option<usize>, sure: &mut [u64], may: &mut [u64]) {
        for (nth, is_sure, may_be) in &self.single {
            let (word, bit) = (*nth as usize / WORD, 1 << (*nth as usize % WORD));
            if is_sure.has_other_than(myself) {
                sure[word] |= bit;
            }
            if may_be.has_other_than(myself) {
                may[word] |= bit;
            }
        }
    }
}

/// What the grants that only accept let sources do, by the grants alone. Where something drops, or a grant has one target only, sets
/// are made part by part.
pub(super) struct Quick<'p> {
    plan: &'p Plan<'p>,
    /// Targets that are there for sure.
    live: Set,
    /// The parts that each grant is about, as bits.
    parts: Vec<Vec<u64>>,
    /// How many targets each has.
    few: Vec<(Few, Few)>,
    /// What is so for all sources.
    shared: Option<Class>,
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
        let of = |grant: &Grant<'_>| (Few::of_both(&grant.to.0, &live), Few::of_both(&grant.to.1, &plan.targets));
        let few = plan.grants.iter().map(of).collect();
        let nothing = (vec![0; words], vec![0; words]);
        let empty =
            Class { sure: plan.nobody(), may: plan.nobody(), len: (0, 0), several: nothing, single: Vec::new() };
        let mut quick = Self { plan, live, parts: about, few, shared: None };
        let mut steps = 0;
        quick.shared = quick.with(empty, parted.shared(), &mut steps);
        budget.take(steps)?;
        Ok(quick)
    }

    /// What sources of a key reach, if it is found so. `whole` is the key with what all sources have in common.
    pub(super) fn class(&self, key: &[u64], whole: &[u64], budget: &mut Budget) -> Result<Option<Class>, TooLarge> {
        let way = 2 * self.plan.grants.len();
        let Some(shared) = &self.shared else { return Ok(None) };
        if !has(whole, way) || !has(whole, way + 1) || has(whole, way + 2) {
            return Ok(None);
        }
        let mut steps = 4 * self.plan.targets.words() + key.len();
        let class = self.with(shared.clone(), key, &mut steps);
        budget.take(steps)?;
        Ok(class.map(|mut class| {
            class.sure.keep(&self.live);
            class.may.keep(&self.plan.targets);
            class.len = (class.sure.len(), class.may.len());
            class
        }))
    }

    /// With what the grants of a key add.
    fn with(&self, mut class: Class, key: &[u64], steps: &mut usize) -> Option<Class> {
        for place in common(key, key).take_while(|place| *place < 2 * self.plan.grants.len()) {
            let (nth, is_sure) = (place / 2, place.is_multiple_of(2));
            let (grant, (sure, may)) = (&self.plan.grants[nth], self.few[nth]);
            *steps += 1 + self.parts[nth].len() + self.plan.targets.words();
            // One that is about nothing of what is asked for adds nothing.
            if matches!(may, Few::None) || self.parts[nth].iter().all(|word| *word == 0) {
                continue;
            }
            if grant.effect != Effect::Accept || matches!(sure, Few::One(_)) || matches!(may, Few::One(_)) {
                return None;
            }
            let (set, to, parts) = match is_sure {
                true if matches!(sure, Few::None) => continue,
                true => (&mut class.sure, &grant.to.0, &mut class.several.0),
                false => (&mut class.may, &grant.to.1, &mut class.several.1),
            };
            set.add(to);
            parts.iter_mut().zip(&self.parts[nth]).for_each(|(word, more)| *word |= more);
        }
        Some(class)
    }
}
