//! Who reaches whom, pair by pair, in the order of their ids: for files.

use std::collections::HashMap;

use super::ask::{Ask, End, NotThere, Unanswered, Verdict};
use super::compile::Model;
use super::difference::Budget;
use super::evaluate::parts;
use super::keys::{Keys, Parted, Reached};
use super::question::Target;
use super::services::Services;
use super::set::Set;

/// Most steps that the pairs of one part of a file may take: a second or so.
const MOST_STEPS: usize = 2_000_000_000;
/// Most words of what is known of sources that others are like.
const MOST_KNOWN: usize = 1_000_000;

/// Two of whom it is told whether the one reaches the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The place of the peer that opens the connection.
    pub from: usize,
    /// Who or what is reached.
    pub to: End,
    /// Whether it is.
    pub verdict: Verdict,
    /// On what it is for sure, and on what it is or may be.
    pub open: Services,
    /// On what it is or may be.
    pub may_be_open: Services,
}

impl Pair {
    fn new(from: usize, to: End, open: Services, may_be_open: Services) -> Self {
        let verdict = match (open.is_empty(), may_be_open.is_empty()) {
            (false, _) => Verdict::Allowed,
            (true, false) => Verdict::Unknown,
            (true, true) => Verdict::Denied,
        };
        Self { from, to, verdict, open, may_be_open }
    }
}

impl Model<'_> {
    /// Tells of each pair of a question, after one that is named by its two ids, until there is enough.
    pub fn pairs(
        &self,
        from: &End,
        to: &End,
        ask: Ask,
        after: Option<(&str, &str)>,
        is_enough: &mut dyn FnMut(Pair) -> bool,
    ) -> Result<(), Unanswered> {
        let sources = self.peers_at(from).ok_or(NotThere::From)?;
        let (wanted, mut budget) = (ask.services(), Budget::of(MOST_STEPS));
        let mut left = self.none();
        let id = |place: usize| self.lists.peers[place].id.as_str();
        sources
            .iter()
            .filter(|place| after.is_none_or(|(from, _)| id(*place) >= from))
            .for_each(|place| left.insert(place));
        let is_told = |source: usize, target: &str| after.is_some_and(|after| (id(source), target) <= after);
        if matches!(to, End::Domain(_) | End::Address(_)) {
            let mut found = Vec::new();
            let mut note =
                |source: usize, open: &Services, may: &Services| found.push((source, open.clone(), may.clone()));
            self.each_by_ways(&left, to, &wanted, &mut note, &mut budget)?;
            found.sort_by_key(|(source, ..)| id(*source));
            for (source, open, may) in found {
                if !is_told(source, to.id()) && is_enough(Pair::new(source, to.clone(), open, may)) {
                    break;
                }
            }
            return Ok(());
        }
        let target = self.target(to).ok_or(NotThere::To)?;
        budget.take(self.steps_beside(&target))?;
        let plan = match &target {
            Target::Peers(targets) => {
                let grants = self.directions().map(|(_, grant)| grant);
                self.to_peers(targets, grants.filter(|grant| grant.from.1.meets(&left) && grant.to.1.meets(targets)))
            }
            Target::Resource(resource) => self.to_resource(resource, &wanted, None),
            Target::Route(route) => self.to_route(route, None),
        };
        let are_peers = matches!(target, Target::Peers(_));
        let mut targets: Vec<(&str, usize)> = match &target {
            Target::Peers(targets) => targets.iter().map(|place| (id(place), place)).collect(),
            _ => vec![(to.id(), 0)],
        };
        targets.sort_unstable();
        let parts = parts(&wanted, &plan.grants, &mut budget)?;
        let parted = Parted::new(&plan, parts.iter().map(|(about, _)| &**about));
        let keys = Keys::of(&left, &[parted.sets()], &mut budget)?;
        let mut known: HashMap<&[u64], Vec<(usize, Reached)>> = HashMap::new();
        let mut kept = 0;
        let mut sources: Vec<usize> = left.iter().collect();
        sources.sort_unstable_by_key(|place| id(*place));
        for source in sources {
            let Some(number) = keys.numbers.number(source) else { continue };
            let key = keys.row(number);
            if kept > MOST_KNOWN {
                (known, kept) = (HashMap::new(), 0);
            }
            if !known.contains_key(key) {
                let (mut reached, mut all) = (Vec::new(), parted.from(key));
                let mut steps = parts.len();
                for nth in 0..parts.len() {
                    reached.extend(all.reached(nth, &mut steps).map(|sets| (nth, sets)));
                }
                budget.take(steps)?;
                kept += reached.len() * (2 * plan.targets.words() + 4) + key.len();
                known.insert(key, reached);
            }
            let reached = &known[key];
            for (target, place) in &targets {
                if are_peers && *place == source || is_told(source, target) {
                    continue;
                }
                budget.take(1 + reached.len())?;
                let on = |which: &dyn Fn(&(Set, Set)) -> bool| {
                    let open = reached.iter().filter(|(_, sets)| which(sets));
                    Services::of_atoms(open.flat_map(|(nth, _)| parts[*nth].1.iter().copied()))
                };
                let open = on(&|(sure, _)| sure.contains(*place));
                let may = on(&|(sure, may)| sure.contains(*place) || may.contains(*place));
                let end = if are_peers { End::Peer((*target).to_owned()) } else { to.clone() };
                if is_enough(Pair::new(source, end, open, may)) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::tests::{office, policy};

    #[test]
    fn a_file_that_goes_on_after_a_pair_is_the_same_file() {
        let lists =
            office(vec![policy("web: laptops <> servers tcp 443"), policy("ssh: peer:laptop-1 > servers tcp 22")]);
        let model = Model::new(lists.inventory());
        let all = |to: &str, step: usize| {
            let (mut told, mut after): (Vec<String>, Option<(String, String)>) = (Vec::new(), None);
            loop {
                let mut part = Vec::new();
                let place = after.as_ref().map(|(from, to)| (from.as_str(), to.as_str()));
                let mut is_enough = |pair: Pair| {
                    part.push(pair);
                    part.len() == step
                };
                model.pairs(&End::Any, &to.parse().unwrap(), Ask::ANYTHING, place, &mut is_enough).unwrap();
                let Some(last) = part.last() else { return told };
                after = Some((lists.peers[last.from].id.clone(), last.to.id().to_owned()));
                told.extend(part.iter().map(|pair| {
                    let open = pair.open.words().join(" and ");
                    format!("{} > {} {} {open}", lists.peers[pair.from].id, pair.to.id(), pair.verdict.name())
                }));
            }
        };
        let whole = all("any", 100);
        assert_eq!(whole.len(), 20);
        assert_eq!(whole[1], "laptop-1 > router-1 denied ");
        assert_eq!(whole[2], "laptop-1 > server-1 allowed TCP 22, 443");
        assert_eq!((all("any", 1), all("any", 7)), (whole.clone(), whole));
        assert_eq!(all("resource:db", 2).len(), 5);
        assert_eq!(all("address:10.0.0.5", 2), all("address:10.0.0.5", 9));
    }
}
