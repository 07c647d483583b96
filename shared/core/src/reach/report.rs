//! Who reaches each of some groups and resources, peer by peer and by which rules: what a review is made of.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::ask::End;
use super::compile::{Effect, Model};
use super::difference::{Budget, TooLarge};
use super::evaluate::{Classes, Grant, Places, Plan, Seen, WORDS_OF_AN_ENTRY};
use super::posture::Outcome;
use super::question::Target;
use super::services::Services;
use super::set::Set;
use crate::network::GroupRef;

/// Most steps that a report may take: two seconds or so.
const MOST_STEPS: usize = 4_000_000_000;
/// Words of a name beside its letters, once as it is found and once as it is told.
const WORDS_OF_A_NAME: usize = 6;
/// Reasons that are named why something is not known.
const NAMED: usize = 3;

/// Who reaches one group or resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reached {
    /// What it is called.
    pub name: String,
    /// Peers of the group; one if it is a resource.
    pub targets: usize,
    /// Resources that are in the group, too. Who reaches those is not told here.
    pub resources: usize,
    /// Every peer that reaches one of them, or may, is in one of these.
    pub ways: Vec<Way>,
}

/// What some peers have in common that reach the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Their places in the list of peers, in order.
    pub peers: Vec<usize>,
    /// How many of the targets each of them reaches for sure.
    pub reached: usize,
    /// How many of the others it may reach.
    pub perhaps: usize,
    /// On what it reaches one for sure.
    pub open: Services,
    /// On what it does or may.
    pub may_be_open: Services,
    /// The rules that let it.
    pub rules: Vec<ByRule>,
    /// Why something of it is not known.
    pub unknown: Option<String>,
}

/// A rule that lets peers reach something.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ByRule {
    /// NetBird's id of the policy.
    pub policy: String,
    /// Its name.
    pub policy_name: String,
    /// The rule's place in it.
    pub rule: usize,
    /// The rule's name.
    pub rule_name: String,
    /// Names of the groups that the rule names and the peers are in; none if it names the one peer itself.
    pub from: Vec<String>,
}

/// Why there is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoReport {
    /// What is at this place of what was asked for is not there.
    NotThere(usize),
    /// It would take too long.
    TooLarge,
}

impl From<TooLarge> for NoReport {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// What is the same for all sources of a class, or for one that is among its own targets.
struct Found {
    seen: Seen,
    /// Places of the grants that are about them and a target.
    about: Vec<usize>,
}

/// By what sources are told apart: what was found, the groups by which each rule is about them, and what is not known of them.
type Key<'m> = (usize, Vec<Vec<&'m str>>, Option<String>);

impl Model<'_> {
    /// Who reaches each of these, on anything at all.
    pub fn report(&self, ends: &[End]) -> Result<Vec<Reached>, NoReport> {
        self.report_within(MOST_STEPS, ends)
    }

    fn report_within(&self, most_steps: usize, ends: &[End]) -> Result<Vec<Reached>, NoReport> {
        let mut budget = Budget::of(most_steps);
        ends.iter().enumerate().map(|(nth, end)| self.reached(nth, end, &mut budget)).collect()
    }

    fn reached(&self, nth: usize, end: &End, budget: &mut Budget) -> Result<Reached, NoReport> {
        let target = self.target(end).ok_or(NoReport::NotThere(nth))?;
        let (sources, wanted) = (Set::all(self.size()), Services::every());
        budget.take(self.steps_beside(&target))?;
        let (plan, places, resources) = match &target {
            Target::Peers(targets) => {
                let grants = self.directions().map(|(_, grant)| grant).filter(|grant| grant.to.1.meets(targets));
                let is_in = |id: &str| matches!(end, End::Group(group) if group == id);
                let resources =
                    self.resources.values().filter(|one| one.row.groups.iter().any(|group| is_in(&group.id)));
                (self.to_peers(targets, grants), Places::Same, resources.count())
            }
            Target::Resource(resource) => (self.to_resource(resource, &wanted, None), Places::Nowhere, 0),
            Target::Route(_) => return Err(NoReport::NotThere(nth)),
        };
        let classes = Classes::of(&sources, &wanted, &plan, budget)?;
        let ways = self.ways(&classes, (&plan, places), &target, budget)?;
        Ok(Reached { name: self.called(end), targets: plan.targets.len(), resources, ways })
    }

    fn ways(
        &self,
        classes: &Classes<'_>,
        (plan, places): (&Plan<'_>, Places),
        target: &Target<'_>,
        budget: &mut Budget,
    ) -> Result<Vec<Way>, TooLarge> {
        let mut found: Vec<Found> = Vec::new();
        let mut known: HashMap<(u32, Option<usize>), Option<usize>> = HashMap::new();
        let mut alike: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
        for source in 0..self.size() {
            let kind = classes.kind_of(source, places);
            budget.take(1)?;
            let place = match known.get(&kind) {
                Some(place) => *place,
                None => {
                    let seen = classes.seen(kind, budget)?;
                    let place = match seen {
                        Some(seen) => {
                            let about = about(plan, source, &seen, budget)?;
                            found.push(Found { seen, about });
                            Some(found.len() - 1)
                        }
                        None => None,
                    };
                    known.insert(kind, place);
                    place
                }
            };
            let Some(place) = place else { continue };
            let Found { seen, about } = &found[place];
            let own: HashSet<&str> = self.lists.peers[source].groups.iter().map(|group| group.id.as_str()).collect();
            let lets = || about.iter().map(|nth| &plan.grants[*nth]).filter(|grant| grant.effect != Effect::Drop);
            budget.take(about.len() + own.len() + lets().map(|grant| named(grant).len()).sum::<usize>())?;
            let from: Vec<Vec<&str>> = lets().map(|grant| by_which_groups(&own, grant)).collect();
            let unknown = (seen.may > seen.sure || seen.may_be_open != seen.open)
                .then(|| self.why_unknown(source, plan, about, target));
            match alike.entry((place, from, unknown)) {
                Entry::Occupied(sources) => sources.into_mut().push(source),
                Entry::Vacant(entry) => {
                    budget.keep(words_of(entry.key()))?;
                    entry.insert(vec![source]);
                }
            }
        }
        let way = |((place, from, unknown), peers): (Key<'_>, Vec<usize>)| {
            let Found { seen, about } = &found[place];
            let lets = about.iter().map(|nth| &plan.grants[*nth]).filter(|grant| grant.effect != Effect::Drop);
            let mut rules: Vec<ByRule> = lets.zip(from).filter_map(|(grant, from)| by_rule(grant, &from)).collect();
            // A rule that works both ways may let the same peer in by both of its sides.
            rules.sort();
            rules.dedup();
            Way {
                peers,
                reached: seen.sure,
                perhaps: seen.may - seen.sure,
                open: seen.open.clone(),
                may_be_open: seen.may_be_open.clone(),
                rules,
                unknown,
            }
        };
        Ok(alike.into_iter().map(way).collect())
    }

    /// Why it is not known of a source whether it reaches a target.
    fn why_unknown(&self, source: usize, plan: &Plan<'_>, about: &[usize], target: &Target<'_>) -> String {
        let (peer, mut whys) = (&self.lists.peers[source], Vec::new());
        if peer.approval_required {
            whys.push("it awaits approval".to_owned());
        }
        if peer.login_expired {
            whys.push("it awaits a new login".to_owned());
        }
        match target {
            Target::Peers(targets) if targets.meets(&self.pending) => {
                whys.push("some of those who are reached await approval or a new login".to_owned());
            }
            Target::Resource(resource) => {
                let live = self.routers_of(target);
                if live.contains(source) {
                    whys.push("it routes there itself".to_owned());
                } else if plan.beside.contains(source) {
                    whys.push("the address can be reached by another resource or route, too".to_owned());
                }
                if !self.knows_routers(resource) {
                    whys.push("who routes there could not be read".to_owned());
                } else if !live.is_empty() && self.pending.holds(&live) {
                    whys.push("who routes there awaits approval or a new login".to_owned());
                }
            }
            Target::Peers(_) | Target::Route(_) => {}
        }
        for grant in about.iter().map(|nth| &plan.grants[*nth]) {
            whys.extend(self.what_is_doubtful(source, grant));
        }
        let mut told: Vec<String> = Vec::new();
        whys.into_iter().for_each(|why| {
            if !told.contains(&why) {
                told.push(why);
            }
        });
        let more = told.len().saturating_sub(NAMED);
        told.truncate(NAMED);
        if more > 0 {
            told.push(format!("and {more} more"));
        }
        told.join("; ")
    }

    fn what_is_doubtful(&self, source: usize, grant: &Grant<'_>) -> Option<String> {
        let Some(rule) = grant.rule else { return Some("the policies could not be read".to_owned()) };
        let of_policy = |what: &str| Some(format!("policy \"{}\": {what}", rule.policy.name));
        if let Some(unclear) = &rule.unclear {
            return of_policy(unclear);
        }
        if rule.effect == Effect::Either {
            return of_policy(&format!("its action, {}, is not known here", rule.rule.action));
        }
        if !grant.is_reverse && !grant.from.0.contains(source) {
            let peer = &self.lists.peers[source];
            return rule.policy.posture_checks.iter().find_map(|id| match self.judge(id, peer) {
                Outcome::Unknown(why) => {
                    let name = self.checks.get(id.as_str()).map_or(id.as_str(), |check| check.name.as_str());
                    Some(format!("posture check \"{name}\": {why}"))
                }
                Outcome::Passes | Outcome::Fails(_) => None,
            });
        }
        let is_doubtful = grant.is_reverse && !grant.to.0.holds(&grant.to.1);
        is_doubtful.then(|| of_policy("whether those who are reached pass its posture checks")).flatten()
    }
}

/// The grants that are about a source and a target that it may reach, those that drop among them.
fn about(plan: &Plan<'_>, source: usize, seen: &Seen, budget: &mut Budget) -> Result<Vec<usize>, TooLarge> {
    let mut found = Vec::new();
    for (nth, grant) in plan.grants.iter().enumerate().filter(|(_, grant)| grant.from.1.contains(source)) {
        budget.take(plan.targets.words() + grant.services.ranges())?;
        if grant.services.meets(&seen.may_be_open) && grant.to.1.meets(&seen.targets) {
            found.push(nth);
        }
    }
    budget.take(plan.grants.len())?;
    Ok(found)
}

/// The groups that a rule names on the side of sources.
fn named<'m>(grant: &Grant<'m>) -> &'m [GroupRef] {
    match grant.rule {
        None => &[],
        Some(rule) if grant.is_reverse => &rule.rule.destinations,
        Some(rule) => &rule.rule.sources,
    }
}

/// Those of them that a source is in.
fn by_which_groups<'m>(own: &HashSet<&str>, grant: &Grant<'m>) -> Vec<&'m str> {
    named(grant).iter().filter(|group| own.contains(group.id.as_str())).map(|group| group.name.as_str()).collect()
}

/// Words that a way takes, and what is told of it.
fn words_of((_, from, unknown): &Key<'_>) -> usize {
    let of_names: usize = from.iter().flatten().map(|name| WORDS_OF_A_NAME + name.len() / 8).sum();
    WORDS_OF_AN_ENTRY + 3 * from.len() + of_names + unknown.as_ref().map_or(0, |why| why.len() / 8)
}

fn by_rule(grant: &Grant<'_>, from: &[&str]) -> Option<ByRule> {
    let rule = grant.rule?;
    Some(ByRule {
        policy: rule.policy.id.clone(),
        policy_name: rule.policy.name.clone(),
        rule: rule.nth,
        rule_name: rule.rule.name.clone(),
        from: from.iter().map(|name| (*name).to_owned()).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Policy, PostureCheck, PostureChecks, ProcessPaths};
    use crate::reach::tests::{Lists, office, peer, policy};
    use crate::reach::{Ask, Verdict};

    fn group(id: &str) -> End {
        End::Group(id.to_owned())
    }

    /// `laptop-1: 2+0 on TCP 443 by web 0 (laptops)`.
    fn told(lists: &Lists, end: End) -> Vec<String> {
        let report = Model::new(lists.inventory()).report(&[end]).unwrap().remove(0);
        let mut lines: Vec<String> = Vec::new();
        for way in &report.ways {
            let rule = |one: &ByRule| format!("{} {} ({})", one.policy_name, one.rule, one.from.join(", "));
            let rules: Vec<String> = way.rules.iter().map(rule).collect();
            let (open, unknown) = (way.open.words().join(", "), way.unknown.as_deref().unwrap_or_default());
            for place in &way.peers {
                let name = &lists.peers[*place].name;
                let (reached, perhaps) = (way.reached, way.perhaps);
                lines.push(
                    format!("{name}: {reached}+{perhaps} on {open} by {} {unknown}", rules.join(", "))
                        .trim()
                        .to_owned(),
                );
            }
        }
        lines.sort();
        lines
    }

    #[test]
    fn who_reaches_a_group_is_told_by_rule_and_group() {
        let lists = office(vec![policy("web: laptops > servers tcp 443"), policy("back: servers <> servers icmp")]);
        let laptops = ["laptop-1", "laptop-2"].map(|name| format!("{name}: 2+0 on TCP 443 by web 0 (laptops)"));
        let servers = ["server-1", "server-2"].map(|name| format!("{name}: 1+0 on ICMP by back 0 (servers)"));
        assert_eq!(told(&lists, group("servers")), [laptops, servers].concat());
        let dropping = |text: &str| {
            let mut policy = policy(text);
            policy.rules[0].action = "drop".into();
            policy
        };
        let lists = office(vec![
            policy("web: laptops > servers tcp 443"),
            policy("one: peer:laptop-2 > servers tcp 22"),
            dropping("no: peer:laptop-1 > servers all"),
        ]);
        let expected = ["laptop-2: 2+0 on TCP 22, 443 by one 0 (), web 0 (laptops)"];
        assert_eq!(told(&lists, group("servers")), expected, "a rule that drops is looked at, too");
    }

    #[test]
    fn what_is_not_known_is_told_with_the_reason() {
        let mut guarded = policy("web: laptops > servers tcp 443");
        guarded.posture_checks = vec!["c".into()];
        let agent = ProcessPaths { linux: "/agent".into(), mac: String::new(), windows: String::new() };
        let checks = PostureChecks { processes: vec![agent], ..PostureChecks::default() };
        let mut lists = office(vec![guarded]);
        lists.checks = vec![PostureCheck { id: "c".into(), name: "agent".into(), description: String::new(), checks }];
        let why = "posture check \"agent\": NetBird does not show what runs on it";
        let expected = ["laptop-1", "laptop-2"].map(|name| format!("{name}: 0+2 on  by web 0 (laptops) {why}"));
        assert_eq!(told(&lists, group("servers")), expected);
        let mut lists = office(vec![policy("web: laptops > servers tcp 443")]);
        lists.peers[0].approval_required = true;
        assert!(told(&lists, group("servers"))[0].ends_with("it awaits approval"));
    }

    #[test]
    fn it_says_what_questions_say() {
        let lists = office(vec![
            policy("web: laptops > servers tcp 443"),
            policy("db: peer:laptop-1 > host:db tcp 5432"),
            policy("both: laptops <> laptops udp 53"),
            Policy { enabled: false, ..policy("off: servers > laptops all") },
        ]);
        let model = Model::new(lists.inventory());
        for end in [group("servers"), group("laptops"), End::Resource("db".into())] {
            let report = model.report(std::slice::from_ref(&end)).unwrap().remove(0);
            for (place, peer) in lists.peers.iter().enumerate() {
                let from = End::Peer(peer.id.clone());
                let answer = model.question(&from, &end, Ask::ANYTHING).unwrap();
                let ways: Vec<&Way> = report.ways.iter().filter(|way| way.peers.contains(&place)).collect();
                match ways.as_slice() {
                    [] => assert_eq!(answer.verdict, Verdict::Denied, "{} to {end:?}", peer.name),
                    [way] => {
                        let said = (answer.counts.allowed, answer.counts.unknown, &answer.open, &answer.may_be_open);
                        assert_eq!((way.reached, way.perhaps, &way.open, &way.may_be_open), said, "{}", peer.name);
                    }
                    more => panic!("{} is told {} times", peer.name, more.len()),
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_and_too_much_make_none() {
        let mut lists = office(vec![policy("web: laptops > servers tcp 443")]);
        lists.peers.push(peer("laptop-9", &["laptops"]));
        let model = Model::new(lists.inventory());
        let ends = [group("servers"), group("gone")];
        assert_eq!(model.report(&ends), Err(NoReport::NotThere(1)));
        assert_eq!(model.report_within(10, &ends[..1]), Err(NoReport::TooLarge));
    }
}
