//! What a comparison found, and what of it is told.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Class, Comparison, Difference, Differences, End, Kind, MOST_TOLD, NAMED, NamedPolicy, Part};
use crate::reach::services::{Atom, Services};
use crate::reach::set::Numbers;

/// What was found, of the two kinds: what opens, and what closes.
#[derive(Default)]
pub(super) struct Found {
    pairs: [usize; 2],
    pub(super) omitted: [usize; 2],
    told: BTreeMap<(Kind, End, End), Entry>,
}

/// What is told of two sides.
#[derive(Default)]
struct Entry {
    pairs: usize,
    atoms: Vec<Atom>,
    policies: Vec<NamedPolicy>,
}

impl Found {
    /// Counts the pairs for which something is different, each once.
    pub(super) fn count(&mut self, classes: &[Class], numbers: Option<&Numbers>) {
        for (class, is_closed) in classes.iter().flat_map(|class| [(class, false), (class, true)]) {
            let mut sets = class.found.iter().filter(|(kind, ..)| kind.is_closed == is_closed).map(|(_, set, _)| set);
            let Some(mut all) = sets.next().cloned() else { continue };
            sets.for_each(|set| all.add(set));
            let number = |source: usize| numbers.and_then(|numbers| numbers.number(source));
            let is_itself = |source: &usize| number(*source).is_some_and(|itself| all.contains(itself));
            let themselves = class.members.iter().filter(is_itself).count();
            self.pairs[usize::from(is_closed)] += class.members.len() * all.len() - themselves;
        }
    }

    pub(super) fn tell(
        &mut self,
        kind: Kind,
        (from, to): (End, End),
        pairs: usize,
        on: &[&Part],
        policies: Vec<NamedPolicy>,
    ) {
        let entry = self.told.entry((kind, from, to)).or_default();
        entry.pairs = pairs;
        entry.atoms.extend(on.iter().flat_map(|part| part.atoms.iter().copied()));
        for policy in policies {
            if entry.policies.len() < NAMED && !entry.policies.contains(&policy) {
                entry.policies.push(policy);
            }
        }
    }

    /// How many differences there are to tell.
    pub(super) fn len(&self) -> usize {
        self.told.len()
    }

    pub(super) fn told(self) -> Comparison {
        let [mut opened, mut closed] =
            [0, 1].map(|nth| Differences { pairs: self.pairs[nth], told: Vec::new(), omitted: self.omitted[nth] });
        for ((kind, from, to), Entry { pairs, atoms, policies }) in self.told {
            let differences = if kind.is_closed { &mut closed } else { &mut opened };
            let (services, is_certain) = (Services::of_atoms(atoms), !kind.is_doubtful);
            differences.told.push(Difference { from, to, services, pairs, is_certain, policies });
        }
        for differences in [&mut opened, &mut closed] {
            differences.told.sort_by_key(|one| (!one.is_certain, Reverse(one.pairs)));
            differences.omitted += differences.told.len().saturating_sub(MOST_TOLD);
            differences.told.truncate(MOST_TOLD);
        }
        Comparison { opened, closed }
    }
}
