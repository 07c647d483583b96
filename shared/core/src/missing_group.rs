//! Telling of groups that a rule names and an account has no more: the rule sees none of their peers, and nobody would
//! notice.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::evaluate::{Ending, RuleState};
use crate::finding::{Affected, Finding, Recovery};
use crate::ids::AlertId;
use crate::known_group::KnownGroup;
use crate::rule::Rule;
use crate::text;

/// What was told of groups that are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Missing {
    /// The alert that told it.
    pub alert: AlertId,
    /// Which, as they were last called.
    pub names: Vec<String>,
}

/// What there is to tell of groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupsTold {
    /// Some are missing, and nobody was told.
    Lost(Finding),
    /// Others are missing than was told; `more` says whether one of them is news.
    Changed {
        /// How it is now.
        finding: Finding,
        /// A group is missing that was not before.
        more: bool,
    },
    /// None is missing any more.
    Found(Recovery),
    /// Nobody looks any more, or for something else.
    Over(Ending),
}

impl GroupsTold {
    /// Whether it tells of a group that nobody was told of before.
    pub const fn is_news(&self) -> bool {
        matches!(self, GroupsTold::Lost(_) | GroupsTold::Changed { more: true, .. })
    }
}

/// Compares what is missing with what was told of it. `before` is how the rule stood, `groups` are its groups now.
pub fn compare(
    rule: &Rule,
    account_name: &str,
    before: &RuleState,
    groups: &[KnownGroup],
    now: Timestamp,
) -> Option<GroupsTold> {
    let missing = names(groups);
    let Some(told) = &before.missing else {
        // What the rule was before is done with first.
        let is_news = rule.enabled && before.is_of(rule) && !missing.is_empty();
        return is_news.then(|| GroupsTold::Lost(finding(rule, account_name, groups, now)));
    };
    if !rule.enabled {
        return Some(GroupsTold::Over(Ending::RuleSwitchedOff));
    }
    if !before.is_of(rule) {
        return Some(GroupsTold::Over(Ending::RuleChanged));
    }
    if missing.is_empty() {
        return Some(GroupsTold::Found(recovery(rule, account_name, groups)));
    }
    let more = missing.iter().any(|name| !told.names.contains(name));
    (missing != told.names).then(|| GroupsTold::Changed { finding: finding(rule, account_name, groups, now), more })
}

/// The groups that are missing, as they were last called.
pub fn names(groups: &[KnownGroup]) -> Vec<String> {
    groups.iter().filter(|group| group.gone).map(|group| group.name.clone()).collect()
}

/// Whether a rule looks at the peers of some groups, of which some may be left out instead.
fn looks_at<'a>(rule: &Rule, mut groups: impl Iterator<Item = &'a KnownGroup>) -> bool {
    let looked_at = rule.condition.watch().groups();
    let left_out = rule.condition.watch().named_groups().split_off(looked_at.len());
    groups.any(|group| !left_out.contains(&&group.named))
}

fn finding(rule: &Rule, account_name: &str, groups: &[KnownGroup], now: Timestamp) -> Finding {
    let missing = names(groups);
    let is_watched = looks_at(rule, groups.iter().filter(|group| group.gone));
    let listed = text::names(missing.iter().map(String::as_str), 3);
    let (what, whose) = if missing.len() == 1 { ("a group", "Its") } else { ("groups", "Their") };
    let (does, so) = if is_watched { ("watches", "are not watched") } else { ("leaves out", "are no longer left out") };
    let again = match missing.len() {
        1 => "Create a group of that name in NetBird, or choose another one in the rule.",
        _ => "Create groups of these names in NetBird, or choose others in the rule.",
    };
    Finding {
        title: format!("{} {does} {what} that {account_name} does not have: {listed}", rule.name),
        message: format!("{whose} peers {so}. {again}"),
        affected: Affected { groups: missing, ..Affected::default() },
        began_at: now,
    }
}

fn recovery(rule: &Rule, account_name: &str, groups: &[KnownGroup]) -> Recovery {
    let (what, whose) =
        if groups.len() == 1 { ("the group", "Its peers") } else { ("every group", "All of their peers") };
    let (does, so) = match looks_at(rule, groups.iter()) {
        true => ("watches", "are watched"),
        false => ("leaves out", "are left out"),
    };
    Recovery {
        title: format!("{account_name} has {what} again that {} {does}", rule.name),
        message: format!("{whose} {so} again."),
        total: 0,
        of: 0,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::{AccountId, TenantId};

    fn rule() -> Rule {
        let rule = Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), Timestamp::UNIX_EPOCH);
        Rule { name: "Servers down".into(), ..rule }
    }

    fn group(name: &str, gone: bool) -> KnownGroup {
        KnownGroup { named: name.into(), id: Some(name.into()), name: name.into(), gone }
    }

    fn told(rule: &Rule, names: &[&str]) -> RuleState {
        let names = names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let missing = (!names.is_empty()).then(|| Missing { alert: AlertId::from_uuid(Uuid::nil()), names });
        let account = AccountId::from_uuid(Uuid::nil());
        RuleState { missing, ..RuleState::new(rule, account, Timestamp::UNIX_EPOCH) }
    }

    fn compared(rule: &Rule, before: &RuleState, groups: &[KnownGroup]) -> Option<GroupsTold> {
        compare(rule, "HQ", before, groups, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn what_is_missing_is_told_once() {
        let rule = rule();
        let lost = [group("servers", true), group("routers", false)];
        let Some(GroupsTold::Lost(finding)) = compared(&rule, &told(&rule, &[]), &lost) else { panic!("it is told") };
        assert_eq!(finding.title, "Servers down watches a group that HQ does not have: servers");
        assert_eq!(compared(&rule, &told(&rule, &["servers"]), &lost), None);
        assert_eq!(compared(&rule, &told(&rule, &[]), &[group("servers", false)]), None);
    }

    #[test]
    fn others_are_told_and_fewer_are_noted() {
        let rule = rule();
        let both = [group("servers", true), group("routers", true)];
        let Some(GroupsTold::Changed { finding, more: true }) = compared(&rule, &told(&rule, &["servers"]), &both)
        else {
            panic!("it is told")
        };
        assert_eq!(finding.title, "Servers down watches groups that HQ does not have: servers, routers");
        let fewer = compared(&rule, &told(&rule, &["servers", "routers"]), &[group("servers", true)]);
        assert!(matches!(fewer, Some(GroupsTold::Changed { more: false, .. })));
    }

    #[test]
    fn it_is_over_when_all_are_there_or_the_rule_is_another_one() {
        let rule = rule();
        let before = told(&rule, &["servers"]);
        let there = [group("servers", false)];
        assert!(matches!(compared(&rule, &before, &there), Some(GroupsTold::Found(_))));
        let lost = [group("servers", true)];
        let changed = Rule { edition: 2, ..rule.clone() };
        assert_eq!(compared(&changed, &before, &lost), Some(GroupsTold::Over(Ending::RuleChanged)));
        let off = Rule { enabled: false, ..rule };
        assert_eq!(compared(&off, &before, &lost), Some(GroupsTold::Over(Ending::RuleSwitchedOff)));
        assert_eq!(compared(&off, &told(&off, &[]), &lost), None);
    }
}
