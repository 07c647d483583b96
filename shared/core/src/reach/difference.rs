//! What two models of one network differ in: who reaches whom by the one, and not by the other.
//!
//! Rules that are the same in both make no difference. So only what the others are about is looked at: their sources, their
//! targets, and the parts of what is asked for that they are about.

mod found;

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use self::found::Found;
use super::ask::{Ask, End};
use super::compile::{Effect, Model, Rule};
use super::cover::{Candidate, Relation, Side, cover};
use super::evaluate::{Grant, Plan, WORDS_OF_AN_ENTRY};
use super::keys::{From, Keys, Parted, SETS_OF_A_PART, WORD, bits, common};
use super::matrix::NamedPolicy;
use super::regions::{Part, Region, parts, regions};
use super::services::Services;
use super::set::{Numbers, Set};

/// Differences of one kind that are told.
const MOST_TOLD: usize = 200;
/// Differences that are kept to choose those from.
const MOST_KEPT: usize = 4_000;
/// Policies that a difference names.
const NAMED: usize = 5;
/// Most steps that a comparison may take: a second or so.
const MOST_STEPS: usize = 2_000_000_000;
/// Most words of sets that are kept while it goes on.
const MOST_WORDS: usize = 4_000_000;

/// Steps that reading an address takes.
const STEPS_OF_AN_ADDRESS: usize = 200;

/// What opens and what closes from one model to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What is or may be reached by the second model, and was not by the first.
    pub opened: Differences,
    /// The other way round.
    pub closed: Differences,
}

/// Differences of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Pairs of a peer and a peer, resource or route, each counted once, on however many services it is.
    pub pairs: usize,
    /// What is told of them: what is certain first, then what is of most pairs.
    pub told: Vec<Difference>,
    /// How many more there would be.
    pub omitted: usize,
}

/// A difference, which all pairs of two sides have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Who opens connections: a group or a peer.
    pub from: End,
    /// Who or what is reached.
    pub to: End,
    /// On what.
    pub services: Services,
    /// How many pairs the two sides are.
    pub pairs: usize,
    /// What was denied for sure is allowed for sure, or the other way round. Else one of the two is not known.
    pub is_certain: bool,
    /// Policies that make the difference, those that were changed first.
    pub policies: Vec<NamedPolicy>,
}

/// The two networks have too many peers and rules to be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge;

/// What a comparison, or a question, may still take, and how many words of sets and lists it may keep at once.
#[derive(Debug)]
pub(super) struct Budget {
    steps: usize,
    words: usize,
}

impl Budget {
    /// Of so many steps.
    pub(super) const fn of(steps: usize) -> Self {
        Self { steps, words: MOST_WORDS }
    }

    /// Of whoever bounds what is asked otherwise.
    pub(super) const fn unlimited() -> Self {
        Self { steps: usize::MAX, words: usize::MAX }
    }

    pub(super) fn take(&mut self, steps: usize) -> Result<(), TooLarge> {
        self.steps = self.steps.checked_sub(steps).ok_or(TooLarge)?;
        Ok(())
    }

    /// So many words are kept from now on.
    pub(super) fn keep(&mut self, words: usize) -> Result<(), TooLarge> {
        self.words = self.words.checked_sub(words).ok_or(TooLarge)?;
        Ok(())
    }

    /// Whether so many words may be kept.
    pub(super) fn holds(&self, words: usize) -> Result<(), TooLarge> {
        if words > self.words { Err(TooLarge) } else { Ok(()) }
    }
}

/// What kind of difference it is, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Kind {
    is_closed: bool,
    is_doubtful: bool,
}

impl<'a> Model<'a> {
    /// What `after`, a model of the same peers, differs in, of what is asked for.
    pub fn difference(&self, after: &Model<'_>, ask: Ask) -> Result<Comparison, TooLarge> {
        self.difference_within(MOST_STEPS, after, ask)
    }

    fn difference_within(&self, most_steps: usize, after: &Model<'_>, ask: Ask) -> Result<Comparison, TooLarge> {
        Ok(self.both(most_steps, after, ask, None)?.found.told())
    }

    /// What differs, pair by pair, as it was found.
    pub(super) fn blocks(&self, after: &Model<'_>, ask: Ask) -> Result<Vec<Block>, TooLarge> {
        Ok(self.both(MOST_STEPS, after, ask, Some(Vec::new()))?.blocks.unwrap_or_default())
    }

    fn both<'m>(
        &'m self,
        most_steps: usize,
        after: &'m Model<'_>,
        ask: Ask,
        blocks: Option<Vec<Block>>,
    ) -> Result<Both<'m>, TooLarge> {
        let wanted = ask.services();
        let mut budget = Budget::of(most_steps);
        budget.take(self.steps_of_ways().saturating_add(after.steps_of_ways()))?;
        let mut both = Both { models: [after, self], wanted, found: Found::default(), blocks, budget };
        both.compare(&self.to_everybody(&both.wanted), &after.to_everybody(&both.wanted), None)?;
        for (id, resource) in &self.resources {
            if let Some(other) = after.resources.get(id) {
                let before = self.to_resource(resource, &both.wanted, None);
                let after = after.to_resource(other, &both.wanted, None);
                both.compare(&before, &after, Some(&End::Resource((*id).to_owned())))?;
            }
        }
        for (id, route) in &self.routes {
            if let Some(other) = after.routes.get(id) {
                let (before, after) = (self.to_route(route, None), after.to_route(other, None));
                both.compare(&before, &after, Some(&End::Route((*id).to_owned())))?;
            }
        }
        Ok(both)
    }

    fn to_everybody(&self, wanted: &Services) -> Plan<'_> {
        let grants = self.directions().map(|(_, grant)| grant).filter(|grant| grant.services.meets(wanted));
        self.to_peers(&Set::all(self.size()), grants)
    }

    /// What it takes to find out by which ways each resource and route is reached.
    fn steps_of_ways(&self) -> usize {
        let (resources, routes, rules) = (self.resources.len(), self.routes.len(), self.rules.len());
        let beside = resources * (resources + rules + STEPS_OF_AN_ADDRESS * routes);
        let routers = self.routes.values().map(|route| self.peers_of(&route.peer, &route.peer_groups).len());
        let of_a_router = (rules + self.networks.len() * rules) * self.size().div_ceil(64);
        beside.saturating_add(routers.sum::<usize>().saturating_mul(of_a_router))
    }

    /// The groups that rules name, on either side.
    fn named_by<'r>(&self, rules: impl Iterator<Item = &'r Rule<'r>>) -> Vec<Candidate<'_>> {
        let named: HashSet<&str> = rules
            .flat_map(|rule| rule.rule.sources.iter().chain(&rule.rule.destinations))
            .map(|group| group.id.as_str())
            .collect();
        let known = named.into_iter().filter_map(|id| self.groups.get_key_value(id));
        known.map(|(id, group)| Candidate { id, peers: &group.peers }).collect()
    }

    fn end(&self, side: Side<'_>) -> Option<End> {
        match side {
            Side::Group(group) => Some(End::Group(group.id.to_owned())),
            Side::Peer(place) => Some(End::Peer(self.lists.peers[place].id.clone())),
            Side::Target => None,
        }
    }
}

/// Two models, and what was found so far.
struct Both<'m> {
    /// What is opened is told by the groups of the second model, what is closed by those of the first.
    models: [&'m Model<'m>; 2],
    wanted: Services,
    found: Found,
    /// Pairs as they are found, if it is asked for each of them.
    blocks: Option<Vec<Block>>,
    budget: Budget,
}

/// Sources and targets of which the same is different.
pub(super) struct Block {
    pub(super) members: Set,
    /// Places of peers.
    pub(super) peers: Vec<u32>,
    /// What is no peer.
    pub(super) to: Option<End>,
    pub(super) is_closed: bool,
    pub(super) is_doubtful: bool,
    pub(super) services: Services,
}

/// Two plans, and where they may differ.
struct Look<'l> {
    before: &'l Plan<'l>,
    after: &'l Plan<'l>,
    regions: &'l [Region<'l>],
    parts: &'l [Part],
}

/// Sources that all rules treat alike.
struct Class {
    members: Set,
    found: Vec<Different>,
}

/// What is different for some sources, with the parts that it is on.
type Different = (Kind, Set, Vec<usize>);

impl Both<'_> {
    /// Compares two plans about the same targets: all peers if `to` is `None`.
    fn compare(&mut self, before: &Plan<'_>, after: &Plan<'_>, to: Option<&End>) -> Result<(), TooLarge> {
        self.budget.take(before.grants.len() + after.grants.len())?;
        let mut regions = regions(before, after);
        if regions.is_empty() {
            return Ok(());
        }
        if to.is_some() {
            return self.tell(before, after, &regions, None, to);
        }
        // Of all peers, only those that are in a region.
        let mut targets = before.nobody();
        regions.iter().for_each(|region| targets.add(&region.to));
        let numbers = Numbers::of(&targets, self.models[0].size());
        self.budget.take((before.grants.len() + after.grants.len() + regions.len()) * 2 * numbers.len())?;
        regions.iter_mut().for_each(|region| region.to = numbers.among(&region.to));
        let (before, after) = (before.among(&numbers), after.among(&numbers));
        self.tell(&before, &after, &regions, Some(&numbers), None)
    }

    /// Tells in what two plans differ in their regions. Targets that are peers have numbers; else they are the one thing `to`.
    fn tell(
        &mut self,
        before: &Plan<'_>,
        after: &Plan<'_>,
        regions: &[Region<'_>],
        numbers: Option<&Numbers>,
        to: Option<&End>,
    ) -> Result<(), TooLarge> {
        let parts = parts(&self.wanted, before, after, regions, &mut self.budget)?;
        let look = Look { before, after, regions, parts: &parts };
        let classes = look.classes(self.models[0].size(), &mut self.budget)?;
        if let Some(blocks) = &mut self.blocks {
            for (class, (kind, set, on)) in
                classes.iter().flat_map(|class| class.found.iter().map(move |found| (class, found)))
            {
                self.budget.keep(class.members.words() + set.len().div_ceil(2) + WORDS_OF_AN_ENTRY)?;
                let of = |number: usize| numbers.map(|numbers| numbers.place(number) as u32);
                blocks.push(Block {
                    members: class.members.clone(),
                    peers: set.iter().filter_map(of).collect(),
                    to: to.cloned(),
                    is_closed: kind.is_closed,
                    is_doubtful: kind.is_doubtful,
                    services: Services::of_atoms(on.iter().flat_map(|nth| parts[*nth].atoms.iter().copied())),
                });
            }
            return Ok(());
        }
        self.found.count(&classes, numbers);
        for (kind, on, rows) in relations(&classes, &mut self.budget)? {
            let model = self.models[usize::from(kind.is_closed)];
            let relation = Relation { rows, targets: numbers };
            let on: Vec<&Part> = on.into_iter().map(|nth| &parts[nth]).collect();
            let groups = model.named_by(look.about(&on).filter_map(|grant| grant.rule));
            let room = if self.found.len() < MOST_KEPT { MOST_TOLD } else { 0 };
            let covered = cover(&relation, groups, room, &mut self.budget)?;
            self.found.omitted[usize::from(kind.is_closed)] += covered.omitted;
            for told in covered.told {
                self.budget.take(on.iter().map(|part| part.steps()).sum::<usize>() * told.sources.words())?;
                let policies = look.policies(kind, &on, &told.sources, &told.targets);
                let ends = (model.end(told.from), model.end(told.to).or_else(|| to.cloned()));
                if let (Some(from), Some(to)) = ends {
                    self.found.tell(kind, (from, to), told.pairs, &on, policies);
                }
            }
        }
        Ok(())
    }
}

impl Look<'_> {
    /// Sources with what is different for them.
    fn classes(&self, size: usize, budget: &mut Budget) -> Result<Vec<Class>, TooLarge> {
        let mut sources = Set::none(size);
        self.regions.iter().for_each(|region| sources.add(&region.from));
        let before = Parted::new(self.before, self.parts.iter().map(|part| &*part.before));
        let after = Parted::new(self.after, self.parts.iter().map(|part| &*part.after));
        let regions = self.regions.iter().map(|region| Some(&region.from)).collect();
        let sections = [before.sets(), after.sets(), regions];
        let [first, second] = [0, 1].map(|nth| sections[nth].len().div_ceil(WORD));
        let keys = Keys::of(&sources, &sections, budget)?;
        let of = |part: &Part| bits(self.regions.len(), part.regions.iter().map(|nth| *nth as usize));
        let regions: Vec<Vec<u64>> = self.parts.iter().map(of).collect();
        let (mut places, mut classes): (HashMap<&[u64], usize>, Vec<Class>) = (HashMap::new(), Vec::new());
        let mut kept = 0;
        for number in 0..keys.numbers.len() {
            let key = keys.row(number);
            budget.take(key.len())?;
            let place = match places.get(key) {
                Some(place) => *place,
                None => {
                    let (was, rest) = key.split_at(first);
                    let (is, about) = rest.split_at(second);
                    let found = self.found(before.from(was), after.from(is), about, &regions, budget)?;
                    let class = Class { members: Set::none(size), found };
                    kept += class.members.words() + class.found.iter().map(|(_, set, _)| set.words()).sum::<usize>();
                    budget.holds(kept)?;
                    classes.push(class);
                    places.insert(key, classes.len() - 1);
                    classes.len() - 1
                }
            };
            classes[place].members.insert(keys.numbers.place(number));
        }
        Ok(classes)
    }

    /// What is different for sources that some regions are about.
    fn found(
        &self,
        mut was: From<'_>,
        mut is: From<'_>,
        about: &[u64],
        regions: &[Vec<u64>],
        budget: &mut Budget,
    ) -> Result<Vec<Different>, TooLarge> {
        let mut found = Vec::new();
        for (part, regions) in regions.iter().enumerate() {
            let mut steps = regions.len();
            let mut targets = None;
            for nth in common(about, regions) {
                let to = &self.regions[nth].to;
                steps += to.words();
                targets.get_or_insert_with(|| self.before.nobody()).add(to);
            }
            if let Some(targets) = targets {
                steps += SETS_OF_A_PART * targets.words();
                let nothing = || Rc::new((self.before.nobody(), self.before.nobody()));
                let was = was.reached(part, &mut steps).unwrap_or_else(nothing);
                let is = is.reached(part, &mut steps).unwrap_or_else(nothing);
                note(&mut found, false, (&was, &is), &targets, part);
                note(&mut found, true, (&is, &was), &targets, part);
            }
            budget.take(steps)?;
        }
        Ok(found)
    }

    /// The grants of some parts, before and after.
    fn about<'p, P: Borrow<Part> + 'p>(&self, parts: &'p [P]) -> impl Iterator<Item = &Grant<'_>> {
        parts.iter().flat_map(|part| {
            let part: &Part = part.borrow();
            let before = part.before.iter().map(|nth| &self.before.grants[*nth as usize]);
            before.chain(part.after.iter().map(|nth| &self.after.grants[*nth as usize]))
        })
    }

    /// The policies that make a difference between these sources and targets.
    fn policies(&self, kind: Kind, on: &[&Part], from: &Set, to: &Set) -> Vec<NamedPolicy> {
        let mut policies: Vec<NamedPolicy> = Vec::new();
        let mut name = |rule: &Rule<'_>| {
            let policy = rule.policy;
            if policies.len() < NAMED && policies.iter().all(|known| known.id != policy.id) {
                policies.push(NamedPolicy { id: policy.id.clone(), name: policy.name.clone() });
            }
        };
        let (opens, closes) =
            (|rule: &&Rule<'_>| rule.effect != Effect::Drop, |rule: &&Rule<'_>| rule.effect != Effect::Accept);
        // What lets them, in the network in which they reach each other.
        let mut lets = false;
        let regions: BTreeSet<u32> = on.iter().flat_map(|part| part.regions.iter().copied()).collect();
        for region in regions.into_iter().map(|nth| &self.regions[nth as usize]) {
            if !region.from.meets(from) || !region.to.meets(to) {
                continue;
            }
            let (better, worse) = if kind.is_closed { (region.was, region.is) } else { (region.is, region.was) };
            if let Some(rule) = better.filter(opens) {
                lets = true;
                name(rule);
            }
            if let Some(rule) = worse.filter(closes) {
                lets |= kind.is_closed;
                name(rule);
            }
        }
        if !lets {
            for part in on {
                let (plan, about) =
                    if kind.is_closed { (self.before, &part.before) } else { (self.after, &part.after) };
                let grants = about.iter().map(|nth| &plan.grants[*nth as usize]);
                let grants = grants.filter(|grant| grant.from.1.meets(from) && grant.to.1.meets(to));
                grants.filter_map(|grant| grant.rule).filter(opens).for_each(&mut name);
            }
        }
        policies
    }
}

impl Part {
    /// How many things are about it.
    fn steps(&self) -> usize {
        self.before.len() + self.after.len() + self.regions.len()
    }
}

/// Notes what is reached by the one and not by the other, among these targets: sure, and perhaps.
fn note(
    found: &mut Vec<Different>,
    is_closed: bool,
    (not, but): (&(Set, Set), &(Set, Set)),
    targets: &Set,
    part: usize,
) {
    let mut more = but.0.without(&not.0);
    more.add(&but.1.without(&not.1));
    more.keep(targets);
    if more.is_empty() {
        return;
    }
    let certain = more.and(&but.0).without(&not.1);
    let doubtful = more.without(&certain);
    for (is_doubtful, set) in [(false, certain), (true, doubtful)] {
        if set.is_empty() {
            continue;
        }
        let kind = Kind { is_closed, is_doubtful };
        match found.iter_mut().find(|(known, same, _)| *known == kind && *same == set) {
            Some((.., parts)) => parts.push(part),
            None => found.push((kind, set, vec![part])),
        }
    }
}

/// The pairs of each difference: sources with their targets.
type Rows<'c> = Vec<(&'c Set, &'c Set)>;
/// Places of classes, with which of their sets it is.
type Places = Vec<(usize, usize)>;

/// What is different on which parts. Parts on which it is the same are one.
fn relations<'c>(classes: &'c [Class], budget: &mut Budget) -> Result<Vec<(Kind, Vec<usize>, Rows<'c>)>, TooLarge> {
    // Of each part the classes for which something is different, and which of their sets it is.
    let mut of_parts: BTreeMap<(Kind, usize), Places> = BTreeMap::new();
    for (class, nth, (kind, _, parts)) in classes
        .iter()
        .enumerate()
        .flat_map(|(class, found)| found.found.iter().enumerate().map(move |(nth, one)| (class, nth, one)))
    {
        budget.take(parts.len())?;
        parts.iter().for_each(|part| of_parts.entry((*kind, *part)).or_default().push((class, nth)));
    }
    let mut alike: BTreeMap<(Kind, Places), Vec<usize>> = BTreeMap::new();
    for ((kind, part), sets) in of_parts {
        alike.entry((kind, sets)).or_default().push(part);
    }
    let mut relations = Vec::new();
    for ((kind, sets), on) in alike {
        budget.take(sets.len())?;
        let row = |(class, nth): (usize, usize)| (&classes[class].members, &classes[class].found[nth].1);
        relations.push((kind, on, sets.into_iter().map(row).collect()));
    }
    Ok(relations)
}

#[cfg(test)]
mod tests;
