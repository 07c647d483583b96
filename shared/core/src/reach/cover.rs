//! Which pairs they are, told by groups where they are all pairs of two groups, and else by peers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::difference::{Budget, TooLarge};
use super::set::Set;

/// A group by which it may be told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'m> {
    pub(super) id: &'m str,
    pub(super) peers: &'m Set,
}

/// Pairs: of each of these sources and each of its targets.
pub(super) struct Relation<'c> {
    pub(super) rows: Vec<(&'c Set, &'c Set)>,
    /// The targets are peers, too: nobody is paired with themselves. Else they are one thing.
    pub(super) are_peers: bool,
}

/// One side of what is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum Side<'m> {
    Group(Candidate<'m>),
    Peer(usize),
    /// The one thing that the targets are.
    Target,
}

/// Two sides that are told, and how many pairs they are.
pub(super) struct Told<'m> {
    pub(super) from: Side<'m>,
    pub(super) to: Side<'m>,
    pub(super) pairs: usize,
}

/// What is told, and how many pairs are in none of it.
#[derive(Default)]
pub(super) struct Covered<'m> {
    pub(super) told: Vec<Told<'m>>,
    pub(super) omitted: usize,
}

impl Side<'_> {
    /// The peers that it is, of so many.
    pub(super) fn peers(&self, of: usize) -> Set {
        match self {
            Self::Group(group) => group.peers.clone(),
            Self::Peer(place) => Set::one(*place, of),
            Self::Target => Set::one(0, 1),
        }
    }
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
                if relation.are_peers {
                    others.take(source);
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
        let mut whole: Vec<(Candidate<'m>, Set)> = Vec::new();
        for group in groups {
            if let Some(common) = self.common(group.peers)? {
                whole.push((*group, common));
            }
        }
        for (group, common) in &whole {
            if !self.relation.are_peers {
                self.tell(Side::Group(*group), Side::Target)?;
                continue;
            }
            for target in groups.iter().filter(|target| common.holds(target.peers)) {
                self.tell(Side::Group(*group), Side::Group(*target))?;
            }
        }
        for (group, common) in whole.iter().filter(|_| self.relation.are_peers) {
            for target in common.iter() {
                if self.is_done() {
                    return Ok(());
                }
                self.tell(Side::Group(*group), Side::Peer(target))?;
            }
        }
        let rows = std::mem::take(&mut self.rows);
        for (source, row) in rows {
            if !self.relation.are_peers {
                self.tell(Side::Peer(source), Side::Target)?;
                continue;
            }
            for target in groups.iter().filter(|target| row.holds(target.peers)) {
                self.tell(Side::Peer(source), Side::Group(*target))?;
            }
            for target in row.iter() {
                if self.is_done() {
                    return Ok(());
                }
                self.tell(Side::Peer(source), Side::Peer(target))?;
            }
        }
        Ok(())
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
    fn tell(&mut self, from: Side<'m>, to: Side<'m>) -> Result<(), TooLarge> {
        if self.is_done() {
            return Ok(());
        }
        let of = self.relation.rows.first().map_or(0, |(members, _)| members.words() * 64);
        let (sources, targets) = (from.peers(of), to.peers(of));
        self.budget.take(sources.len() * targets.words())?;
        let mut is_news = false;
        for source in sources.iter() {
            let Some(left) = self.left.get_mut(&source) else { continue };
            is_news |= left.meets(&targets);
            left.remove(&targets);
            if left.is_empty() {
                self.left.remove(&source);
            }
        }
        if is_news {
            let pairs = if self.relation.are_peers { sources.pairs_of(&targets) } else { sources.len() };
            self.told.push(Told { from, to, pairs });
        }
        Ok(())
    }
}
