//! Which pairs they are, told by groups where they are all pairs of two groups, and else by peers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::difference::{Budget, TooLarge};
use super::set::{Numbers, Set};

/// A group by which it may be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'m> {
    pub(super) id: &'m str,
    pub(super) peers: &'m Set,
}

/// Pairs: of each of these sources and each of its targets.
pub(super) struct Relation<'c> {
    pub(super) rows: Vec<(&'c Set, &'c Set)>,
    /// The targets by number, if they are peers, too: nobody is paired with themselves. Else they are one thing.
    pub(super) targets: Option<&'c Numbers>,
}

/// One side of what is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side<'m> {
    Group(Candidate<'m>),
    /// By its place.
    Peer(usize),
    /// The one thing that the targets are.
    Target,
}

/// Two sides that are told, and how many pairs they are.
pub(super) struct Told<'m> {
    pub(super) from: Side<'m>,
    pub(super) to: Side<'m>,
    pub(super) sources: Set,
    /// By number.
    pub(super) targets: Set,
    pub(super) pairs: usize,
}

/// What is told, and how many pairs are in none of it.
#[derive(Default)]
pub(super) struct Covered<'m> {
    pub(super) told: Vec<Told<'m>>,
    pub(super) omitted: usize,
}

/// Tells of all pairs, `most` times at most. Large groups come first, so that what holds for all is not told of each.
pub(super) fn cover<'m>(
    relation: &Relation<'_>,
    mut groups: Vec<Candidate<'m>>,
    most: usize,
    budget: &mut Budget,
) -> Result<Covered<'m>, TooLarge> {
    groups.retain(|group| !group.peers.is_empty());
    groups.sort_by_cached_key(|group| (Reverse(group.peers.len()), group.id));
    let mut work = Work::begin(relation, most, budget)?;
    work.tell_all(&groups)?;
    let omitted = work.left.values().map(Set::len).sum();
    Ok(Covered { told: work.told, omitted })
}

struct Work<'w, 'm> {
    relation: &'w Relation<'w>,
    /// The targets of each source.
    rows: BTreeMap<usize, &'w Set>,
    /// Those of them that were not told yet.
    left: BTreeMap<usize, Set>,
    told: Vec<Told<'m>>,
    most: usize,
    budget: &'w mut Budget,
}

impl<'w, 'm> Work<'w, 'm> {
    fn begin(relation: &'w Relation<'w>, most: usize, budget: &'w mut Budget) -> Result<Self, TooLarge> {
        let (mut rows, mut left) = (BTreeMap::new(), BTreeMap::new());
        for (members, targets) in &relation.rows {
            budget.take(members.words() + members.len() * targets.words())?;
            for source in members.iter() {
                let mut others = (*targets).clone();
                if let Some(itself) = relation.number(source) {
                    others.take(itself);
                }
                if !others.is_empty() {
                    left.insert(source, others);
                }
                rows.insert(source, *targets);
            }
        }
        Ok(Self { relation, rows, left, told: Vec::new(), most, budget })
    }

    fn tell_all(&mut self, groups: &[Candidate<'m>]) -> Result<(), TooLarge> {
        let targets = self.targets_of(groups)?;
        let mut whole: Vec<(Candidate<'m>, Set)> = Vec::new();
        for group in groups {
            if let Some(common) = self.common(group.peers)? {
                whole.push((*group, common));
            }
        }
        for (group, common) in &whole {
            for (to, targets) in targets.iter().filter(|(_, targets)| common.holds(targets)) {
                self.tell(Side::Group(*group), group.peers, *to, targets)?;
            }
        }
        for (group, common) in &whole {
            for (to, target) in self.one_by_one(common) {
                if self.is_done() {
                    return Ok(());
                }
                self.tell(Side::Group(*group), group.peers, to, &target)?;
            }
        }
        let rows = std::mem::take(&mut self.rows);
        for (source, row) in rows {
            let (from, itself) = (Side::Peer(source), Set::one(source, source + 1));
            for (to, targets) in targets.iter().filter(|(_, targets)| row.holds(targets)) {
                self.tell(from, &itself, *to, targets)?;
            }
            for (to, target) in self.one_by_one(row) {
                if self.is_done() {
                    return Ok(());
                }
                self.tell(from, &itself, to, &target)?;
            }
        }
        Ok(())
    }

    /// Groups all of whose peers are targets, or the one thing that the targets are.
    fn targets_of(&mut self, groups: &[Candidate<'m>]) -> Result<Vec<(Side<'m>, Set)>, TooLarge> {
        let Some(numbers) = self.relation.targets else { return Ok(vec![(Side::Target, Set::one(0, 1))]) };
        self.budget.take(groups.len() * numbers.len())?;
        let all = groups.iter().map(|group| (group, numbers.among(group.peers)));
        let all = all.filter(|(group, targets)| targets.len() == group.peers.len());
        Ok(all.map(|(group, targets)| (Side::Group(*group), targets)).collect())
    }

    /// Peers that are targets, each by itself.
    fn one_by_one<'s>(&self, targets: &'s Set) -> impl Iterator<Item = (Side<'m>, Set)> + use<'s, 'w, 'm> {
        let numbers = self.relation.targets;
        let of = numbers.map_or(0, Numbers::len);
        targets.iter().filter_map(move |number| {
            let place = numbers?.place(number);
            Some((Side::Peer(place), Set::one(number, of)))
        })
    }

    fn is_done(&self) -> bool {
        self.told.len() == self.most || self.left.is_empty()
    }

    /// What every peer of a group reaches; `None` if there is nothing.
    fn common(&mut self, group: &Set) -> Result<Option<Set>, TooLarge> {
        self.budget.take(group.len() * group.words())?;
        let mut common: Option<Set> = None;
        for source in group.iter() {
            let Some(row) = self.rows.get(&source) else { return Ok(None) };
            match &mut common {
                Some(common) => common.keep(row),
                None => common = Some((*row).clone()),
            }
            if common.as_ref().is_some_and(Set::is_empty) {
                return Ok(None);
            }
        }
        Ok(common)
    }

    /// Tells of all pairs of two sides, if one of them was not told yet and there is room.
    fn tell(&mut self, from: Side<'m>, sources: &Set, to: Side<'m>, targets: &Set) -> Result<(), TooLarge> {
        if self.is_done() {
            return Ok(());
        }
        self.budget.take(sources.words() + sources.len() * targets.words())?;
        let (mut is_news, mut themselves) = (false, 0);
        for source in sources.iter() {
            themselves += usize::from(self.relation.number(source).is_some_and(|itself| targets.contains(itself)));
            let Some(left) = self.left.get_mut(&source) else { continue };
            is_news |= left.meets(targets);
            left.remove(targets);
            if left.is_empty() {
                self.left.remove(&source);
            }
        }
        if is_news {
            let pairs = sources.len() * targets.len() - themselves;
            self.told.push(Told { from, to, sources: sources.clone(), targets: targets.clone(), pairs });
        }
        Ok(())
    }
}

impl Relation<'_> {
    /// The number of a source, if it is one of the targets, too.
    fn number(&self, source: usize) -> Option<usize> {
        self.targets?.number(source)
    }
}
