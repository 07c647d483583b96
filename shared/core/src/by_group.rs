//! Rules that look at each of their groups by itself: each has a state and an alert of its own.

use jiff::Timestamp;

use crate::condition::Observation;
use crate::evaluate::RuleState;
use crate::ids::AccountId;
use crate::known_group::KnownGroup;
use crate::network::GroupRef;
use crate::rule::Rule;

/// A group that is looked at by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// It.
    pub group: GroupRef,
    /// What is known of it, and of the groups that the rule leaves out: what is to be observed in place of all of the rule's.
    pub known: Vec<KnownGroup>,
    /// Whether the rule looks at it, and the account has it.
    pub is_there: bool,
}

/// The groups of a rule in one account, of which `known` is what the account knows of all that it names; and those that it looked at
/// before, by their states, and does not find any more.
pub fn parts(rule: &Rule, known: &[KnownGroup], states: &[RuleState]) -> Vec<Part> {
    let watch = rule.condition.watch();
    let is_looked_at = |group: &&KnownGroup| watch.groups().contains(&group.named);
    let left_out: Vec<&KnownGroup> = known.iter().filter(|group| !is_looked_at(group)).collect();
    let part = |group: GroupRef, one: KnownGroup, is_there| Part {
        group,
        known: std::iter::once(one).chain(left_out.iter().copied().cloned()).collect(),
        is_there,
    };
    let mut parts: Vec<Part> = Vec::new();
    // A rule that looks at them together ends what it told of each.
    for one in known.iter().filter(|group| watch.is_by_group() && is_looked_at(group)) {
        let Some(id) = one.present_id() else { continue };
        // Two names may stand for one group by now.
        if parts.iter().all(|part| part.group.id != id) {
            parts.push(part(GroupRef { id: id.to_owned(), name: one.name.clone() }, one.clone(), true));
        }
    }
    for group in states.iter().filter_map(|state| state.group.as_ref()) {
        if parts.iter().all(|part| part.group.id != group.id) {
            let named = watch.groups().first().cloned().unwrap_or_default();
            let gone = KnownGroup { named, id: Some(group.id.clone()), name: group.name.clone(), gone: true };
            parts.push(part(group.clone(), gone, false));
        }
    }
    parts
}

impl Part {
    /// Where the rule stands with it, under the name that it has now.
    pub fn state(&self, rule: &Rule, account: AccountId, states: &[RuleState], now: Timestamp) -> RuleState {
        let is_its = |state: &&RuleState| state.group.as_ref().is_some_and(|group| group.id == self.group.id);
        let known = states.iter().find(is_its).cloned();
        let state = known.unwrap_or_else(|| RuleState::new(rule, account, now));
        RuleState { group: Some(self.group.clone()), ..state }
    }

    /// What is seen of it alone.
    pub fn seen<'a>(&'a self, seen: Observation<'a>) -> Observation<'a> {
        Observation { groups: &self.known, ..seen }
    }
}

#[cfg(test)]
mod tests;
