//! Peers that all rules treat alike, looked at as sources.

use std::collections::{BTreeMap, HashMap};

use super::crossing::Direction;
use super::difference::{Budget, TooLarge};
use super::evaluate::Alike;
use super::keys::Keys;
use super::set::{Numbers, Set};

/// Peers that all directions treat alike: one of them stands for each.
pub(super) struct Kinds {
    /// Who stands for each peer, by place.
    pub(super) like: Vec<usize>,
    /// Of each side who stands for how many of it, in order.
    pub(super) rows: Vec<Vec<(usize, usize)>>,
}

impl Kinds {
    pub(super) fn of(
        size: usize,
        sides: &[&Set],
        directions: &[Direction<'_>],
        pending: &Set,
        budget: &mut Budget,
    ) -> Result<Self, TooLarge> {
        let mut all = Set::none(size);
        sides.iter().for_each(|side| all.add(side));
        let sets = directions.iter().flat_map(|(_, grant)| [&*grant.from.0, &*grant.from.1]).chain([pending]);
        let keys = Keys::of(&all, &[sets.map(Some).collect()], budget)?;
        let mut first: HashMap<&[u64], usize> = HashMap::new();
        let mut like = vec![0; size];
        for number in 0..keys.numbers.len() {
            let key = keys.row(number);
            budget.take(1 + key.len())?;
            let place = keys.numbers.place(number);
            like[place] = *first.entry(key).or_insert(place);
        }
        let mut rows = Vec::new();
        for side in sides {
            let mut row: BTreeMap<usize, usize> = BTreeMap::new();
            side.iter().for_each(|place| *row.entry(like[place]).or_default() += 1);
            budget.take(side.words() + side.len())?;
            rows.push(row.into_iter().collect());
        }
        Ok(Self { like, rows })
    }

    /// The peers of a side: together as far as they are alike, but each by itself if it is a target, too.
    pub(super) fn among(&self, row: usize, side: &Set, targets: &Set, numbers: &Numbers) -> Vec<Alike> {
        let mut row = self.rows[row].clone();
        let mut alone = Vec::new();
        for place in side.both(targets) {
            let like = self.like[place];
            if let Ok(nth) = row.binary_search_by_key(&like, |(like, _)| *like) {
                row[nth].1 -= 1;
            }
            alone.push(Alike { like, how_many: 1, myself: numbers.number(place) });
        }
        let together = row.into_iter().filter(|(_, how_many)| *how_many > 0);
        alone.extend(together.map(|(like, how_many)| Alike { like, how_many, myself: None }));
        alone
    }
}
