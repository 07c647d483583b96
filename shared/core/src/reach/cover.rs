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
    pub(super) rows: Vec<(Set, &'c Set)>,
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
    let whole: Vec<(Candidate<'_>, Set)> =
        groups.iter().filter_map(|group| Some((*group, work.common(group.peers)?))).collect();
    for (group, common) in &whole {
        let targets = groups.iter().filter(|target| relation.are_peers && common.holds(target.peers));
        for target in targets {
            work.tell(Side::Group(*group), Side::Group(*target))?;
        }
        if !relation.are_peers {
            work.tell(Side::Group(*group), Side::Target)?;
        }
    }
    for (group, common) in whole.iter().filter(|_| relation.are_peers) {
        for target in common.iter() {
            work.tell(Side::Group(*group), Side::Peer(target))?;
        }
    }
    let sources: Vec<usize> = work.left.keys().copied().collect();
    for source in sources {
        let Some(row) = work.row(source) else { continue };
        if relation.are_peers {
            for target in groups.iter().filter(|target| row.holds(target.peers)) {
                work.tell(Side::Peer(source), Side::Group(*target))?;
            }
            for target in row.iter() {
                work.tell(Side::Peer(source), Side::Peer(target))?;
            }
        } else {
            work.tell(Side::Peer(source), Side::Target)?;
        }
    }
    let omitted = work.left.values().map(Set::len).sum();
    Ok(Covered { told: work.told, omitted })
}

struct Work<'w, 'm> {
    relation: &'w Relation<'w>,
    /// Whoever is a source.
    sources: Set,
    /// The targets of each source that were not told yet.
    left: BTreeMap<usize, Set>,
    told: Vec<Told<'m>>,
    most: usize,
    budget: &'w mut Budget,
}

impl<'w, 'm> Work<'w, 'm> {
    fn begin(relation: &'w Relation<'w>, most: usize, budget: &'w mut Budget) -> Result<Self, TooLarge> {
        let mut left = BTreeMap::new();
        let mut sources: Option<Set> = None;
        for (members, targets) in &relation.rows {
            budget.take(members.len() * targets.words())?;
            for source in members.iter() {
                let mut targets = (*targets).clone();
                if relation.are_peers {
                    targets.take(source);
                }
                if !targets.is_empty() {
                    left.insert(source, targets);
                }
            }
            match &mut sources {
                Some(sources) => sources.add(members),
                None => sources = Some(members.clone()),
            }
        }
        let sources = sources.unwrap_or_else(|| Set::none(0));
        Ok(Self { relation, sources, left, told: Vec::new(), most, budget })
    }

    /// What every peer of a group reaches; `None` if one of them reaches nothing.
    fn common(&self, group: &Set) -> Option<Set> {
        if !self.sources.holds(group) {
            return None;
        }
        let mut rows =
            self.relation.rows.iter().filter(|(members, _)| members.meets(group)).map(|(_, targets)| *targets);
        let mut common = rows.next()?.clone();
        rows.for_each(|targets| common.keep(targets));
        (!common.is_empty()).then_some(common)
    }

    fn row(&self, source: usize) -> Option<&'w Set> {
        self.relation.rows.iter().find(|(members, _)| members.contains(source)).map(|(_, targets)| *targets)
    }

    /// Tells of all pairs of two sides, if one of them was not told yet and there is room.
    fn tell(&mut self, from: Side<'m>, to: Side<'m>) -> Result<(), TooLarge> {
        if self.told.len() == self.most {
            return Ok(());
        }
        let of = self.sources.words() * 64;
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
