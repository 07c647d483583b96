//! What stands out in the rules of policies.
//!
//! Rules are compared by what they name, not by who happens to be in it: what one covers stays covered when peers come and go.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Concern, ConcernKind, Configuration, EVERYBODY, NAME, NAMED, Subject};
use crate::network::{GroupRef, Policy, PolicyRule};
use crate::reach::fails;
use crate::text;

/// Rules that one is compared with: many that name the same groups are more than anybody tidies up by hand.
const COMPARED: usize = 100;
const DROP: &str = "drop";

/// A rule that is on, with its policy.
#[derive(Clone, Copy)]
struct On<'a> {
    policy: &'a Policy,
    place: usize,
    rule: &'a PolicyRule,
}

impl On<'_> {
    fn called(&self) -> String {
        let name = text::printable(&self.policy.name, NAME);
        if self.policy.rules.len() == 1 {
            format!("policy \u{201c}{name}\u{201d}")
        } else {
            format!("rule {} of policy \u{201c}{name}\u{201d}", self.place + 1)
        }
    }

    fn says(&self) -> String {
        let sentence = self.policy.sentence(self.rule, &[]);
        text::printable(&sentence, 4 * NAME)
    }

    fn concern(&self, kind: ConcernKind, sentence: String) -> Concern {
        Concern {
            kind,
            subject: Subject::Policy,
            id: self.policy.id.clone(),
            name: text::printable(&self.policy.name, NAME),
            rule: Some(self.place),
            sentence,
        }
    }

    /// Whether whatever the other says, this one says, too; of the same people on the same services.
    fn covers(&self, other: &Self) -> bool {
        let checks: HashSet<&str> = other.policy.posture_checks.iter().map(String::as_str).collect();
        // Whoever asks for less lets more through.
        let is_no_stricter = self.policy.posture_checks.iter().all(|check| checks.contains(check.as_str()));
        is_no_stricter && self.speaks_of(other)
    }

    /// Whether it is about the same people, and more, on the same services, and more.
    fn speaks_of(&self, other: &Self) -> bool {
        let (one, two) = (self.rule, other.rule);
        let straight = is_side_within(&two.sources, two.source_resource.is_some(), &one.sources, two, one, true)
            && is_side_within(
                &two.destinations,
                two.destination_resource.is_some(),
                &one.destinations,
                two,
                one,
                false,
            );
        straight && (one.bidirectional || !two.bidirectional) && covers_services(one, two)
    }
}

/// Whether the side of one rule is within that of another. What is a resource by itself is within the same resource alone.
fn is_side_within(
    inner: &[GroupRef],
    is_resource: bool,
    outer: &[GroupRef],
    inner_rule: &PolicyRule,
    outer_rule: &PolicyRule,
    is_source: bool,
) -> bool {
    let resource = |rule: &PolicyRule| match is_source {
        true => rule.source_resource.as_ref().map(|one| one.id.clone()),
        false => rule.destination_resource.as_ref().map(|one| one.id.clone()),
    };
    if is_resource || resource(outer_rule).is_some() {
        return resource(inner_rule).is_some() && resource(inner_rule) == resource(outer_rule);
    }
    let ids: HashSet<&str> = outer.iter().map(|group| group.id.as_str()).collect();
    !inner.is_empty() && inner.iter().all(|group| ids.contains(group.id.as_str()))
}

fn covers_services(one: &PolicyRule, two: &PolicyRule) -> bool {
    let is_plain = |rule: &PolicyRule| matches!(rule.protocol.as_str(), "all" | "tcp" | "udp" | "icmp");
    // Others say more than is read: whom NetBird's SSH lets in as which user.
    if !is_plain(one) || !is_plain(two) {
        return false;
    }
    let is_protocol_covered = one.protocol == "all" || one.protocol == two.protocol;
    is_protocol_covered && (one.ports.is_empty() || (!two.ports.is_empty() && covers_ports(&one.ports, &two.ports)))
}

/// Whether every port of the second is one of the first. Ranges are compared one by one, so that two that meet are not seen to
/// cover a third: that says too little, never too much.
fn covers_ports(one: &[String], two: &[String]) -> bool {
    let one: Option<Vec<(u16, u16)>> = one.iter().map(|ports| range(ports)).collect();
    let two: Option<Vec<(u16, u16)>> = two.iter().map(|ports| range(ports)).collect();
    let (Some(one), Some(two)) = (one, two) else { return false };
    two.iter().all(|inner| one.iter().any(|outer| outer.0 <= inner.0 && inner.1 <= outer.1))
}

fn range(ports: &str) -> Option<(u16, u16)> {
    let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

fn is_everybody(groups: &[GroupRef]) -> bool {
    groups.iter().any(|group| group.name == EVERYBODY)
}

pub(super) fn concerns(seen: Configuration<'_>) -> Vec<Concern> {
    let policies = seen.lists.policies.unwrap_or_default().iter().filter(|policy| policy.enabled);
    let rules: Vec<On<'_>> = policies
        .flat_map(|policy| {
            let rules = policy.rules.iter().enumerate().filter(|(_, rule)| rule.enabled);
            rules.map(move |(place, rule)| On { policy, place, rule })
        })
        .collect();
    let mut concerns: Vec<Concern> = rules.iter().filter_map(|on| open_to_all(*on)).collect();
    concerns.extend(idle(seen, &rules));
    concerns.extend(unpassed(seen, &rules));
    concerns.extend(said_by_others(&rules));
    concerns
}

fn open_to_all(on: On<'_>) -> Option<Concern> {
    let rule = on.rule;
    let is_open = rule.action != DROP
        && rule.protocol == "all"
        && rule.ports.is_empty()
        && is_everybody(&rule.sources)
        && is_everybody(&rule.destinations)
        && on.policy.posture_checks.is_empty();
    let sentence = format!("{} lets every peer reach every other on every port.", text::capital(&on.called()));
    is_open.then(|| on.concern(ConcernKind::OpenToAll, sentence))
}

/// Rules that are about nobody.
fn idle(seen: Configuration<'_>, rules: &[On<'_>]) -> Vec<Concern> {
    let Some(groups) = seen.lists.groups else { return Vec::new() };
    let mut peopled: HashSet<&str> =
        seen.lists.peers.iter().flat_map(|peer| &peer.groups).map(|group| group.id.as_str()).collect();
    let things = groups.iter().filter(|group| group.resources > 0).map(|group| group.id.as_str());
    let named = seen.lists.resources.unwrap_or_default().iter().flat_map(|resource| &resource.groups);
    let filled: HashSet<&str> = things.chain(named.map(|group| group.id.as_str())).collect();
    let known: HashSet<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    peopled.extend(groups.iter().filter(|group| group.name == EVERYBODY).map(|group| group.id.as_str()));
    let is_empty = |side: &[GroupRef], with_things: bool| {
        let is_filled = |id: &str| peopled.contains(id) || (with_things && filled.contains(id)) || !known.contains(id);
        !side.is_empty() && side.iter().all(|group| !is_filled(&group.id))
    };
    let one = |on: &On<'_>| {
        let rule = on.rule;
        let from = rule.source_resource.is_none() && is_empty(&rule.sources, rule.bidirectional);
        let to = rule.destination_resource.is_none() && is_empty(&rule.destinations, true);
        let empty: Vec<&GroupRef> = match (from, to) {
            (false, false) => return None,
            (true, false) => rule.sources.iter().collect(),
            (false, true) => rule.destinations.iter().collect(),
            (true, true) => rule.sources.iter().chain(&rule.destinations).collect(),
        };
        let names: BTreeSet<String> = empty.iter().map(|group| text::printable(&group.name, NAME)).collect();
        let names = text::names(names.iter().map(String::as_str), NAMED);
        let sentence = format!("{} applies to nobody: there are no peers in {names}.", text::capital(&on.called()));
        Some(on.concern(ConcernKind::Idle, sentence))
    };
    rules.iter().filter_map(one).collect()
}

/// Rules whose sources all fail a posture check for sure: they are about nobody, either.
fn unpassed(seen: Configuration<'_>, rules: &[On<'_>]) -> Vec<Concern> {
    let (peers, checks) = (seen.lists.peers, seen.lists.posture_checks.unwrap_or_default());
    let mut in_group: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, peer) in peers.iter().enumerate() {
        places.insert(&peer.id, place);
        peer.groups.iter().for_each(|group| in_group.entry(&group.id).or_default().push(place));
    }
    // Why each peer fails each check, if it does: found once a check, however many policies ask for it.
    let mut failing: HashMap<&str, Vec<Option<String>>> = HashMap::new();
    let asked: HashSet<&str> = rules.iter().flat_map(|on| &on.policy.posture_checks).map(String::as_str).collect();
    for check in checks.iter().filter(|check| asked.contains(check.id.as_str())) {
        failing.insert(&check.id, peers.iter().map(|peer| fails(check, peer)).collect());
    }
    let one = |on: &On<'_>| {
        let named = |id: &str| checks.iter().find(|check| check.id == id).map(|check| &check.name);
        let why = |place: usize| {
            let mut asked = on.policy.posture_checks.iter();
            asked.find_map(|id| Some((named(id)?, failing.get(id.as_str())?.get(place)?.as_ref()?)))
        };
        let sources: Vec<usize> = match &on.rule.source_resource {
            Some(one) => places.get(one.id.as_str()).copied().into_iter().collect(),
            None => {
                let groups = on.rule.sources.iter();
                groups.flat_map(|group| in_group.get(group.id.as_str()).into_iter().flatten().copied()).collect()
            }
        };
        let (check, reason) = why(*sources.first()?)?;
        if !sources.iter().all(|place| why(*place).is_some()) {
            return None;
        }
        let (peer, check) = (text::printable(&peers[sources[0]].name, NAME), text::printable(check, NAME));
        let sentence = format!(
            "{} applies to nobody: none of its sources passes its posture checks. {peer} fails \u{201c}{check}\u{201d}: {reason}.",
            text::capital(&on.called())
        );
        Some(on.concern(ConcernKind::Idle, text::printable(&sentence, 6 * NAME)))
    };
    rules.iter().filter(|on| !on.policy.posture_checks.is_empty()).filter_map(one).collect()
}

/// Rules that say no more than another, or nothing at all beside it.
fn said_by_others(rules: &[On<'_>]) -> Vec<Concern> {
    // Whatever covers a rule names all of what the rule names on its first side.
    let mut by_source: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, on) in rules.iter().enumerate() {
        let resource = on.rule.source_resource.iter().map(|resource| resource.id.as_str());
        let names: BTreeSet<&str> = on.rule.sources.iter().map(|group| group.id.as_str()).chain(resource).collect();
        for name in names {
            by_source.entry(name).or_default().push(index);
        }
    }
    let mut concerns = Vec::new();
    for (index, on) in rules.iter().enumerate() {
        let resource = on.rule.source_resource.as_ref().map(|resource| resource.id.as_str());
        let Some(first) = resource.or(on.rule.sources.first().map(|group| group.id.as_str())) else { continue };
        let others = by_source.get(first).into_iter().flatten().take(COMPARED).filter(|other| **other != index);
        let is_drop = |on: &On<'_>| on.rule.action == DROP;
        let mut covering = None;
        let mut overruling = None;
        for &other in others {
            let candidate = rules[other];
            match (is_drop(&candidate), is_drop(on)) {
                (true, false) if candidate.policy.posture_checks.is_empty() && candidate.speaks_of(on) => {
                    overruling = overruling.or(Some(candidate));
                }
                (a, b) if a == b && candidate.covers(on) => {
                    // Of two that say the same the later one is told of.
                    let says_the_same = on.covers(&candidate);
                    if !says_the_same || other < index {
                        covering = covering.or(Some((candidate, says_the_same)));
                    }
                }
                _ => {}
            }
        }
        if let Some(other) = overruling {
            let sentence = format!(
                "{} allows nothing: {} forbids all of it ({}).",
                text::capital(&on.called()),
                other.called(),
                on.says()
            );
            concerns.push(on.concern(ConcernKind::Overruled, sentence));
        } else if let Some((other, is_same)) = covering {
            let how = if is_same { "says the same as" } else { "says no more than" };
            let sentence = format!("{} {how} {} ({}).", text::capital(&on.called()), other.called(), on.says());
            concerns.push(on.concern(ConcernKind::Redundant, sentence));
        }
    }
    concerns
}
