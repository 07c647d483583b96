//! What rules make of pairs: who of the one side reaches whom of the other, for sure and perhaps.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::ask::{Extent, Verdict};
use super::compile::{Effect, Rule};
use super::difference::{Budget, TooLarge};
use super::keys::{Keys, Parted, WORD, common};
use super::quick::{Class, Quick};
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
    pub(super) places: Places,
    pub(super) wanted: &'m Services,
}

/// Where a source is among the targets.
#[derive(Clone, Copy)]
pub(super) enum Places {
    /// Nowhere: they are no peers.
    Nowhere,
    /// At its own place.
    Same,
}

impl Places {
    pub(super) fn of(self, source: usize) -> Option<usize> {
        match self {
            Self::Nowhere => None,
            Self::Same => Some(source),
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
        if self.denied.len() < EXAMPLES && class.len.1 < plan.targets.len() {
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
/// Most combinations of parts that are kept as services.
const MOST_MADE: usize = 1_000;
/// Words that an entry of what is kept takes, whatever is in it.
pub(super) const WORDS_OF_AN_ENTRY: usize = 16;

/// A part of what is asked for, with the places of the grants that are about it.
pub(super) type Part = (Rc<[u32]>, Vec<Atom>);

/// Parts of what is asked for that the same grants are about.
pub(super) fn parts(wanted: &Services, grants: &[Grant<'_>], budget: &mut Budget) -> Result<Vec<Part>, TooLarge> {
    let mut parts: Vec<Part> = Vec::new();
    let mut places: HashMap<Rc<[u32]>, usize> = HashMap::new();
    let (mut kept, mut held) = (0, 0);
    budget.take(grants.iter().map(|grant| grant.services.ranges()).sum())?;
    let atoms = wanted.atoms(&grants.iter().map(|grant| &*grant.services));
    let mut about: Vec<Vec<u32>> = vec![Vec::new(); atoms.len()];
    for (nth, grant) in grants.iter().enumerate() {
        let mut steps = 1;
        grant.services.among(&atoms, |atom| {
            about[atom].push(nth as u32);
            steps += 1;
        });
        budget.take(steps)?;
        // What is waiting to be put together is held, too.
        held += steps.div_ceil(2);
        budget.holds(held)?;
    }
    for (atom, about) in atoms.into_iter().zip(about) {
        let about: Rc<[u32]> = about.into();
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

/// Counts the pairs. It ends as soon as it takes more than it may.
pub(super) fn evaluate(scope: &Scope<'_>, plan: &Plan<'_>, budget: &mut Budget) -> Result<Tally, TooLarge> {
    let classes = Classes::of(scope.sources, scope.wanted, plan, budget)?;
    let mut tally = classes.tally(scope.sources, scope.places, budget)?;
    for source in scope.sources.iter() {
        let (class, myself) = (classes.class_of(source), scope.places.of(source));
        budget.take(1 + tally.examples.note(source, class, plan, myself))?;
    }
    Ok(tally)
}

/// What a source reaches.
pub(super) struct Seen {
    /// How many targets for sure.
    pub(super) sure: usize,
    /// How many for sure or perhaps, and which.
    pub(super) may: usize,
    pub(super) targets: Set,
    /// On what it reaches one for sure, and perhaps.
    pub(super) open: Services,
    pub(super) may_be_open: Services,
}

/// Sources by what all grants make of them: those that all treat alike are looked at once.
pub(super) struct Classes<'p> {
    plan: &'p Plan<'p>,
    parts: Vec<Part>,
    numbers: Numbers,
    /// By number of the source.
    class_of: Vec<u32>,
    classes: Vec<Class>,
    /// Some parts as services: what is open is the same for many.
    made: RefCell<HashMap<Vec<u64>, Services>>,
}

/// Sources that all rules treat like one of them.
#[derive(Clone, Copy)]
pub(super) struct Alike {
    /// That one.
    pub(super) like: usize,
    pub(super) how_many: usize,
    /// The place among the targets, if it is one source that is among them.
    pub(super) myself: Option<usize>,
}

impl<'p> Classes<'p> {
    pub(super) fn of(
        sources: &Set,
        wanted: &Services,
        plan: &'p Plan<'p>,
        budget: &mut Budget,
    ) -> Result<Self, TooLarge> {
        let parts = parts(wanted, &plan.grants, budget)?;
        let parted = Parted::new(plan, parts.iter().map(|(about, _)| &**about)).among(sources);
        let mut quick = Quick::new(plan, &parted, &parts, budget)?;
        let keys = Keys::of(sources, &[parted.sets()], budget)?;
        let (mut places, mut classes): (HashMap<&[u64], u32>, Vec<Class>) = (HashMap::new(), Vec::new());
        let mut class_of = Vec::with_capacity(keys.numbers.len());
        let mut kept = 0;
        for number in 0..keys.numbers.len() {
            let key = keys.row(number);
            budget.take(key.len() + 1)?;
            let place = match places.get(key) {
                Some(place) => *place,
                None => {
                    let whole = parted.whole(key);
                    let class = quick.class(key, &whole, budget)?;
                    let words = plan.targets.words() + class.several.0.len() + class.singles();
                    kept += 2 * words + WORDS_OF_AN_ENTRY;
                    budget.holds(kept)?;
                    let place = classes.len() as u32;
                    classes.push(class);
                    places.insert(key, place);
                    place
                }
            };
            class_of.push(place);
        }
        drop(places);
        Ok(Self { plan, parts, numbers: keys.numbers, class_of, classes, made: RefCell::default() })
    }

    fn class_of(&self, source: usize) -> &Class {
        let number = self.numbers.number(source).unwrap_or_default();
        &self.classes[self.class_of[number] as usize]
    }

    /// Which targets a source reaches, for sure and perhaps; itself, too, if the rules say so.
    pub(super) fn reached(&self, source: usize) -> (&Set, &Set) {
        let class = self.class_of(source);
        (&class.sure, &class.may)
    }

    /// By what a source is told apart from others: its class, and its own place if it is among what that may reach.
    pub(super) fn kind_of(&self, source: usize, places: Places) -> (u32, Option<usize>) {
        let number = self.numbers.number(source).unwrap_or_default();
        let class = self.class_of[number];
        let may = &self.classes[class as usize].may;
        (class, places.of(source).filter(|place| may.contains(*place)))
    }

    /// What sources of a kind reach; `None` if it is nothing.
    pub(super) fn seen(
        &self,
        (class, myself): (u32, Option<usize>),
        budget: &mut Budget,
    ) -> Result<Option<Seen>, TooLarge> {
        let class = &self.classes[class as usize];
        let itself = |set: &Set| usize::from(myself.is_some_and(|place| set.contains(place)));
        let (sure, may) = (class.len.0 - itself(&class.sure), class.len.1 - itself(&class.may));
        if may == 0 {
            return Ok(None);
        }
        budget.take(1 + self.parts.len() + class.singles() + class.may.words())?;
        let (mut sure_parts, mut may_parts) = class.several.clone();
        class.add_single(myself, &mut sure_parts, &mut may_parts);
        let (open, may_be_open) = (self.services(&sure_parts), self.services(&may_parts));
        let mut targets = class.may.clone();
        myself.into_iter().for_each(|place| targets.take(place));
        Ok(Some(Seen { sure, may, open, may_be_open, targets }))
    }

    /// Counts the pairs of some of the sources.
    pub(super) fn tally(&self, sources: &Set, places: Places, budget: &mut Budget) -> Result<Tally, TooLarge> {
        let some = sources.iter().map(|source| Alike { like: source, how_many: 1, myself: places.of(source) });
        self.tally_of(some, None, budget)
    }

    /// The same of sources that are like others. What others say of them, made of the same grants, counts instead where it is there.
    pub(super) fn tally_of(
        &self,
        sources: impl Iterator<Item = Alike>,
        instead: Option<&Self>,
        budget: &mut Budget,
    ) -> Result<Tally, TooLarge> {
        let targets = self.plan.targets.len();
        let mut tally = Tally::default();
        let words = self.parts.len().div_ceil(WORD);
        let (mut open, mut may_be_open) = (vec![0; words], vec![0; words]);
        budget.take(2 * self.parts.len())?;
        for Alike { like, how_many, myself } in sources {
            let class = instead.and_then(|other| other.known(like)).or_else(|| self.known(like));
            let Some(class) = class else { continue };
            let itself = |set: &Set| usize::from(myself.is_some_and(|place| set.contains(place)));
            let sure = class.len.0 - itself(&class.sure);
            let may = class.len.1 - itself(&class.may);
            tally.sources += how_many;
            tally.pairs += how_many * (targets - itself(&self.plan.targets));
            tally.allowed += how_many * sure;
            tally.unknown += how_many * (may - sure);
            tally.reaching += if sure > 0 { how_many } else { 0 };
            tally.perhaps += if sure == 0 && may > 0 { how_many } else { 0 };
            budget.take(1 + 2 * words + class.singles())?;
            class.add_several(&mut open, &mut may_be_open);
            class.add_single(myself, &mut open, &mut may_be_open);
        }
        let open = self.services(&open);
        Ok(Tally { open, may_be_open: self.services(&may_be_open), ..tally })
    }

    fn known(&self, source: usize) -> Option<&Class> {
        let number = self.numbers.number(source)?;
        Some(&self.classes[self.class_of[number] as usize])
    }

    /// Some parts, by their bits.
    fn services(&self, parts: &[u64]) -> Services {
        if let Some(services) = self.made.borrow().get(parts) {
            return services.clone();
        }
        let atoms = common(parts, parts).flat_map(|nth| self.parts[nth].1.iter().copied());
        let services = Services::of_atoms(atoms);
        let mut made = self.made.borrow_mut();
        if made.len() < MOST_MADE {
            made.insert(parts.to_vec(), services.clone());
        }
        services
    }
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
}
