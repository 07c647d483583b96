//! Who reaches whom, group by group: of each two of them what [`Model::question`] says.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::ask::{Ask, Extent, Verdict};
use super::compile::{Effect, Model, Rule};
use super::crossing::{Count, Crossed, Crossing, Direction};
use super::difference::{Budget, TooLarge};
use super::evaluate::{Classes, Grant, Plan, Tally};
use super::keys::common;
use super::kinds::Kinds;
use super::services::{Atom, Services};
use super::set::{Numbers, Set};
use crate::named;
use crate::network::Policy;

/// Policies that a cell names.
pub(super) const NAMED: usize = 5;
/// Steps that a cell takes for which nobody is looked at.
const STEPS_OF_A_CELL: usize = 500;
/// Most steps that a matrix may take, but for its last cell: a second or so.
const MOST_STEPS: usize = 2_000_000_000;

named! {
    /// Whether the peers of one group reach those of another.
    pub enum CellVerdict {
        /// Every pair does.
        Allowed = "allowed",
        /// Some pairs do for sure.
        Partial = "partial",
        /// No pair does for sure, and some may.
        Unknown = "unknown",
        /// No pair does: something forbids what others allow.
        Denied = "denied",
    }
}

/// A matrix of groups. Of forty thousand cells each says little that is its own: the rest is borrowed, or shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix<'m> {
    /// In the order in which they were asked for.
    pub groups: Vec<MatrixGroup<'m>>,
    /// Row by row. Where nothing is open, may be, or is forbidden, there is none.
    pub cells: Vec<Cell<'m>>,
}

/// A row and column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatrixGroup<'m> {
    /// NetBird's id.
    pub id: &'m str,
    /// Its name.
    pub name: &'m str,
    /// How many peers are in it.
    pub peers: usize,
}

/// What the peers of one group may open to those of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'m> {
    /// NetBird's id of the group that opens connections.
    pub from: &'m str,
    /// Of the one that is reached.
    pub to: &'m str,
    /// In one word.
    pub verdict: CellVerdict,
    /// Of how many pairs it is so that the one reaches the other.
    pub extent: Extent,
    /// On what a peer of the one reaches one of the other for sure.
    pub open: Arc<Services>,
    /// On what one does or may.
    pub may_be_open: Arc<Services>,
    /// A rule that drops takes something away.
    pub drops: bool,
    /// Policies that make it so, those that take something away first.
    pub policies: Vec<&'m Policy>,
    /// Pairs of peers.
    pub pairs: usize,
    /// Pairs that reach each other for sure, in this direction.
    pub allowed: usize,
    /// Pairs that may.
    pub unknown: usize,
}

/// A policy, as an answer names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedPolicy {
    /// NetBird's id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// Why there is no matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoMatrix {
    /// A group is not there.
    NotThere,
    /// It would take too long.
    TooLarge,
}

/// A cell, but for its groups: the same for all groups with the same members.
#[derive(Clone)]
struct Found<'m> {
    pairs: usize,
    count: Count,
    open: Arc<Services>,
    may_be_open: Arc<Services>,
    drops: bool,
    policies: Vec<&'m Policy>,
}

impl<'a> Model<'a> {
    /// The ids of the groups that most rules in force name, by name, and how many others there are.
    pub fn busiest_groups(&self, most: usize) -> (Vec<String>, usize) {
        let mut named: HashMap<&str, usize> = HashMap::new();
        for rule in self.rules.iter().filter(|rule| rule.is_on()) {
            let ids = rule.rule.sources.iter().chain(&rule.rule.destinations).map(|group| group.id.as_str());
            ids.collect::<HashSet<_>>().into_iter().for_each(|id| *named.entry(id).or_default() += 1);
        }
        let rules = |id: &str| named.get(id).copied().unwrap_or_default();
        let mut groups: Vec<_> = self.groups.iter().collect();
        groups.sort_by_cached_key(|(id, group)| (Reverse(rules(id)), Reverse(group.peers.len()), group.name, **id));
        let omitted = groups.len().saturating_sub(most);
        groups.truncate(most);
        groups.sort_by_key(|(id, group)| (group.name, **id));
        (groups.into_iter().map(|(id, _)| (*id).to_owned()).collect(), omitted)
    }

    /// Who of these groups reaches whom of them.
    pub fn matrix(&self, ids: &[String], ask: Ask) -> Result<Matrix<'_>, NoMatrix> {
        self.matrix_within(MOST_STEPS, ids, ask)
    }

    fn matrix_within(&self, most_steps: usize, ids: &[String], ask: Ask) -> Result<Matrix<'_>, NoMatrix> {
        let groups: Option<Vec<_>> = ids.iter().map(|id| self.groups.get_key_value(id.as_str())).collect();
        let groups = groups.ok_or(NoMatrix::NotThere)?;
        let wanted = ask.services();
        let directions: Vec<Direction<'_>> =
            self.directions().filter(|(_, grant)| grant.services.meets(&wanted)).collect();
        // Groups with the same members are one side.
        let mut sides: Vec<&Set> = Vec::new();
        let mut places: HashMap<&Set, usize> = HashMap::new();
        let side_of: Vec<usize> = groups
            .iter()
            .map(|(_, group)| {
                *places.entry(&group.peers).or_insert_with(|| {
                    sides.push(&group.peers);
                    sides.len() - 1
                })
            })
            .collect();
        let found = self.find(most_steps, &sides, &directions, &wanted).map_err(|TooLarge| NoMatrix::TooLarge)?;
        let mut cells = Vec::with_capacity(found.iter().flatten().count());
        for ((from, _), row) in groups.iter().zip(&side_of) {
            for ((to, _), column) in groups.iter().zip(&side_of) {
                cells.extend(found[row * sides.len() + column].as_ref().map(|found| found.cell(from, to)));
            }
        }
        let groups = groups.iter().map(|(id, group)| MatrixGroup { id, name: group.name, peers: group.peers.len() });
        Ok(Matrix { groups: groups.collect(), cells })
    }

    /// What there is to tell between any two sides, row by row.
    fn find<'m>(
        &'m self,
        most_steps: usize,
        sides: &[&Set],
        directions: &[Direction<'m>],
        wanted: &Services,
    ) -> Result<Vec<Option<Found<'m>>>, TooLarge> {
        // Which directions leave a side, and which arrive there: looked at once a side, not once a pair of them.
        let which = |meets: &dyn Fn(&Grant<'_>, &Set) -> bool| -> Vec<Set> {
            let of = |side: &&Set| {
                let mut set = Set::none(directions.len());
                let met = directions.iter().enumerate().filter(|(_, (_, grant))| meets(grant, side));
                met.for_each(|(nth, _)| set.insert(nth));
                set
            };
            sides.iter().map(of).collect()
        };
        let leaving = which(&|grant, side| grant.from.1.meets(side));
        let arriving = which(&|grant, side| grant.to.1.meets(side));
        let (mut found, mut budget) = (vec![None; sides.len() * sides.len()], Budget::of(most_steps));
        let kinds = Kinds::of(self.size(), sides, directions, &self.pending, &mut budget)?;
        let crossing = Crossing::of(self, sides, &kinds, directions, wanted, &mut budget)?;
        let mut known: HashMap<Vec<u64>, Arc<Services>> = HashMap::new();
        let mut made = |open: &[u64], parts: &[Vec<Atom>]| match known.get(open) {
            Some(services) => services.clone(),
            None => {
                let atoms = common(open, open).flat_map(|nth| parts[nth].iter().copied());
                known.entry(open.to_vec()).or_insert(Arc::new(Services::of_atoms(atoms))).clone()
            }
        };
        for (column, targets) in sides.iter().enumerate() {
            let about = |row: usize| leaving[row].and(&arriving[column]);
            // What follows from the rules one by one is found so. The rest is looked at source by source.
            let mut rows: Vec<usize> = Vec::new();
            for row in 0..sides.len() {
                let Some(crossing) = &crossing else {
                    if self.lists.policies.is_none() || !about(row).is_empty() {
                        rows.push(row);
                    }
                    continue;
                };
                budget.take(STEPS_OF_A_CELL)?;
                let Some(crossed) = crossing.crossed(row, column, &mut made) else { continue };
                let Crossed { pairs, count, open, drops } = crossed;
                let Some((open, may_be_open)) = open else {
                    rows.push(row);
                    continue;
                };
                let policies = crossing.policies(row, column, drops);
                found[row * sides.len() + column] = Some(Found { pairs, count, open, may_be_open, drops, policies });
            }
            if rows.is_empty() {
                continue;
            }
            let column_of = Column::new(self, targets, &arriving[column], directions);
            let mut sources = Set::none(self.size());
            for row in &rows {
                kinds.rows[*row].iter().for_each(|(like, _)| sources.insert(*like));
            }
            let plan = column_of.plan(true);
            let classes = Classes::of(&sources, wanted, &plan, &mut budget)?;
            let without_drops = column_of.plan(false);
            let mut if_none_dropped = None;
            for row in rows {
                let side = sides[row];
                let about: Vec<&Direction<'_>> = about(row).iter().map(|nth| &directions[nth]).collect();
                let who = kinds.among(row, side, targets, &column_of.numbers);
                let tally = classes.tally_of(who.iter().copied(), None, &mut budget)?;
                let mut drops = false;
                if about.iter().any(|(_, grant)| grant.effect == Effect::Drop) {
                    let others = match &mut if_none_dropped {
                        Some(known) => known,
                        none => {
                            let dropped = column_of.dropped(&sources);
                            none.insert(Classes::of(&dropped, wanted, &without_drops, &mut budget)?)
                        }
                    };
                    drops = !tally.says_the_same(&classes.tally_of(who.iter().copied(), Some(others), &mut budget)?);
                }
                if drops || tally.allowed + tally.unknown > 0 {
                    let policies = policies(side, targets, &about, drops);
                    found[row * sides.len() + column] = Some(Found::of(tally, drops, policies));
                }
            }
        }
        Ok(found)
    }
}

/// The peers of one side as targets, by number.
struct Column<'m> {
    model: &'m Model<'m>,
    directions: &'m [Direction<'m>],
    numbers: Numbers,
    targets: Set,
    present: Set,
    /// Whom of the side a direction is about, for sure and perhaps; of those that arrive.
    to: BTreeMap<usize, (Set, Set)>,
}

impl<'m> Column<'m> {
    fn new(model: &'m Model<'m>, side: &Set, arriving: &Set, directions: &'m [Direction<'m>]) -> Self {
        let numbers = Numbers::of(side, model.size());
        let to = arriving.iter().map(|nth| {
            let (sure, may) = &directions[nth].1.to;
            (nth, (numbers.among(sure), numbers.among(may)))
        });
        let to = to.collect();
        let targets = Set::all(numbers.len());
        let present = targets.without(&numbers.among(&model.pending));
        Self { model, directions, numbers, targets, present, to }
    }

    /// Those of some sources that something of what arrives forbids.
    fn dropped(&self, sources: &Set) -> Set {
        let mut dropped = Set::none(self.model.size());
        let grants = self.to.keys().map(|nth| &self.directions[*nth].1);
        grants.filter(|grant| grant.effect == Effect::Drop).for_each(|grant| dropped.add(&grant.from.1));
        dropped.keep(sources);
        dropped
    }

    /// What the directions that arrive let whoever reach; what drops has no effect unless that counts.
    fn plan(&self, drops: bool) -> Plan<'_> {
        let grants = self.to.iter().map(|(nth, (sure, may))| {
            let grant = &self.directions[*nth].1;
            let counts = drops || grant.effect != Effect::Drop;
            let nobody = || Cow::Owned(Set::none(self.numbers.len()));
            let to = if counts { (Cow::Borrowed(sure), Cow::Borrowed(may)) } else { (nobody(), nobody()) };
            Grant { to, ..grant.clone() }
        });
        let all = Set::all(self.model.size());
        Plan {
            targets: self.targets.clone(),
            grants: self.model.unread_policies(&self.targets).into_iter().chain(grants).collect(),
            way: (all.without(&self.model.pending), all),
            present: self.present.clone(),
            beside: Set::none(self.model.size()),
        }
    }
}

/// The policies of these directions that are about a pair, those that take something away first.
fn policies<'m>(sources: &Set, targets: &Set, about: &[&Direction<'m>], drops: bool) -> Vec<&'m Policy> {
    // Each is about somebody of either side. Only where the sides share somebody may that be the same one.
    let are_apart = !sources.meets(targets);
    let is_about = |grant: &Grant<'_>| are_apart || grant.from.1.and(sources).pairs_with(&grant.to.1.and(targets));
    let of = |is_drop: bool| about.iter().filter(move |(_, grant)| (grant.effect == Effect::Drop) == is_drop);
    let mut policies = Vec::new();
    for (rule, _) in of(true).filter(|_| drops).chain(of(false)).filter(|(_, grant)| is_about(grant)) {
        if policies.len() == NAMED {
            break;
        }
        name(&mut policies, rule);
    }
    policies
}

/// Adds the policy of a rule, unless it is named.
pub(super) fn name<'m>(policies: &mut Vec<&'m Policy>, rule: &Rule<'m>) {
    if policies.iter().all(|one| one.id != rule.policy.id) {
        policies.push(rule.policy);
    }
}

impl Tally {
    /// Whether as many pairs reach each other on the same.
    fn says_the_same(&self, other: &Self) -> bool {
        let counts = |tally: &Self| (tally.allowed, tally.unknown);
        counts(self) == counts(other) && self.open == other.open && self.may_be_open == other.may_be_open
    }
}

impl<'m> Found<'m> {
    fn of(tally: Tally, drops: bool, policies: Vec<&'m Policy>) -> Self {
        let count = Count { sure: tally.allowed, may: tally.allowed + tally.unknown };
        let (open, may_be_open) = (Arc::new(tally.open), Arc::new(tally.may_be_open));
        Self { pairs: tally.pairs, count, open, may_be_open, drops, policies }
    }

    fn cell(&self, from: &'m str, to: &'m str) -> Cell<'m> {
        let Self { pairs, count: Count { sure, may }, drops, .. } = *self;
        let tally = Tally { pairs, allowed: sure, unknown: may - sure, ..Tally::default() };
        let extent = tally.extent();
        Cell {
            from,
            to,
            verdict: match (tally.verdict(), extent) {
                (Verdict::Allowed, Extent::All) => CellVerdict::Allowed,
                (Verdict::Allowed, _) => CellVerdict::Partial,
                (Verdict::Unknown, _) => CellVerdict::Unknown,
                (Verdict::Denied, _) => CellVerdict::Denied,
            },
            extent,
            open: self.open.clone(),
            may_be_open: self.may_be_open.clone(),
            drops,
            policies: self.policies.clone(),
            pairs,
            allowed: sure,
            unknown: may - sure,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reach::tests::{Lists, office, peer, policy};

    fn dropping(text: &str) -> crate::network::Policy {
        let mut policy = policy(text);
        policy.rules[0].action = "drop".into();
        policy
    }

    /// `laptops > servers: partial TCP 22, dropped (a, b)`.
    fn cells(lists: &Lists, ids: &[&str]) -> Vec<String> {
        let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
        let model = Model::new(lists.inventory());
        let matrix = model.matrix(&ids, Ask::ANYTHING).unwrap();
        let told = |cell: &Cell<'_>| {
            let policies: Vec<&str> = cell.policies.iter().map(|policy| policy.name.as_str()).collect();
            let dropped = if cell.drops { ", dropped" } else { "" };
            let (open, policies) = (cell.open.words().join(" and "), policies.join(", "));
            format!("{} > {}: {} {open}{dropped} ({policies})", cell.from, cell.to, cell.verdict.name())
        };
        matrix.cells.iter().map(told).collect()
    }

    #[test]
    fn only_what_takes_something_away_is_told_to_drop() {
        let groups = ["laptops", "servers"];
        let ssh = || policy("ssh: laptops > servers tcp 22");
        let of = |policies| cells(&office(policies), &groups);
        let elsewhere = dropping("no-web: laptops > servers tcp 80");
        assert_eq!(of(vec![ssh(), elsewhere.clone()]), ["laptops > servers: allowed TCP 22 (ssh)"]);
        let in_part = dropping("no-tcp: peer:laptop-1 > servers tcp");
        assert_eq!(of(vec![ssh(), in_part]), ["laptops > servers: partial TCP 22, dropped (no-tcp, ssh)"]);
        let all = dropping("no-ssh: laptops > servers tcp 20-30");
        assert_eq!(of(vec![ssh(), all]), ["laptops > servers: denied , dropped (no-ssh, ssh)"]);
        assert_eq!(of(vec![elsewhere]), [""; 0], "nothing was allowed that it could take away");
    }

    #[test]
    fn nobody_is_a_pair_with_themselves_and_groups_with_the_same_members_are_one_side() {
        let mut lists = office(vec![policy("mesh: one <> one all"), policy("web: laptops > servers tcp 80")]);
        lists.peers[4] = peer("router-1", &["one", "same"]);
        assert_eq!(cells(&lists, &["one", "same"]), [""; 0]);
        lists.peers[3] = peer("server-2", &["one", "same"]);
        let everywhere = ["one > one", "one > same", "same > one", "same > same"];
        assert_eq!(
            cells(&lists, &["one", "same"]),
            everywhere.map(|ends| format!("{ends}: allowed everything (mesh)"))
        );
    }

    #[test]
    fn a_group_that_is_not_there_and_too_many_steps_make_none() {
        let lists = office(vec![policy("web: laptops > servers tcp 80"), policy("back: servers > laptops all")]);
        let model = Model::new(lists.inventory());
        let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        assert_eq!(model.matrix(&ids(&["laptops", "gone"]), Ask::ANYTHING), Err(NoMatrix::NotThere));
        let both = ids(&["laptops", "servers"]);
        assert_eq!(model.matrix_within(1, &both, Ask::ANYTHING), Err(NoMatrix::TooLarge));
        assert_eq!(model.matrix_within(10_000, &both, Ask::ANYTHING).unwrap().cells.len(), 2);
    }

    #[test]
    fn the_groups_that_most_rules_in_force_name_come_first() {
        let off = crate::network::Policy { enabled: false, ..policy("off: routers > routers all") };
        let web = policy("web: laptops > databases tcp 80");
        let lists = office(vec![off.clone(), off, web, policy("db: servers > databases tcp 5432")]);
        let model = Model::new(lists.inventory());
        assert_eq!(model.busiest_groups(2), (vec!["databases".to_owned(), "laptops".to_owned()], 2));
        assert_eq!(model.busiest_groups(9).0, ["databases", "laptops", "routers", "servers"]);
    }
}
