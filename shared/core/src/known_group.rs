//! Groups that a rule names, as one account knows them.
//!
//! People name groups, and names change. So for each account a rule keeps the id that a name stood for when it was first
//! found there: whatever the group is called now, it is the one that is meant. Where the id is gone and a group of that
//! name is there, somebody made it anew, and it takes the place.

use serde::{Deserialize, Serialize};

use crate::network::{Group, GroupRef, Peer};
use crate::rule::Rule;

/// A group that a rule names, as an account knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KnownGroup {
    /// Its name in the rule.
    pub named: String,
    /// NetBird's id; none if the account never had the group, and the rule is about this account alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What it is called now, or was when it was last there.
    pub name: String,
    /// The account has it no more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

impl KnownGroup {
    /// The id of a group that is there.
    pub fn present_id(&self) -> Option<&str> {
        self.id.as_deref().filter(|_| !self.gone)
    }
}

/// What is known of an account's groups: the list of them, and what its peers say, which may be newer.
#[derive(Debug, Clone, Copy)]
pub struct Directory<'a> {
    /// The list. None if it cannot be read, and then nothing is said to be gone.
    pub groups: Option<&'a [Group]>,
    /// The peers.
    pub peers: &'a [Peer],
}

impl Directory<'_> {
    /// Whether it says which groups there are. Every network has at least one group, so that an empty list is none.
    pub fn is_known(&self) -> bool {
        self.groups.is_some_and(|groups| !groups.is_empty())
    }

    fn find(&self, listed: impl Fn(&Group) -> bool, told: impl Fn(&GroupRef) -> bool) -> Option<GroupRef> {
        let listed = self.groups.unwrap_or_default().iter().find(|group| listed(group));
        let listed = listed.map(|group| GroupRef { id: group.id.clone(), name: group.name.clone() });
        listed.or_else(|| self.peers.iter().flat_map(|peer| &peer.groups).find(|group| told(group)).cloned())
    }

    /// The group of this name.
    pub fn named(&self, name: &str) -> Option<GroupRef> {
        self.find(|group| group.name == name, |group| group.name == name)
    }

    fn with_id(&self, id: &str) -> Option<GroupRef> {
        self.find(|group| group.id == id, |group| group.id == id)
    }
}

/// Finds the groups that a rule names among those of an account, given what was known of them before. `chosen_anew` is
/// whether somebody chose the rule's groups since: then a name is what is called so now, and only if nothing is, what was
/// called so before.
pub fn recognise(rule: &Rule, known: &[KnownGroup], directory: Directory<'_>, chosen_anew: bool) -> Vec<KnownGroup> {
    let names = rule.condition.watch().named_groups().into_iter();
    names.filter_map(|name| recognise_one(rule, name, known, directory, chosen_anew)).collect()
}

fn recognise_one(
    rule: &Rule,
    name: &str,
    known: &[KnownGroup],
    directory: Directory<'_>,
    chosen_anew: bool,
) -> Option<KnownGroup> {
    // Somebody who chooses a group by its present name means the one that an older name of it stood for.
    let before = known.iter().find(|group| group.named == name);
    let before = before.or_else(|| known.iter().find(|group| chosen_anew && group.name == name));
    let by_id = || before.and_then(|group| directory.with_id(group.id.as_deref()?));
    let by_name = || directory.named(name);
    let found = if chosen_anew { by_name().or_else(by_id) } else { by_id().or_else(by_name) };
    // Made anew under the name that it had in the end.
    let found = found.or_else(|| before.and_then(|group| directory.named(&group.name)));
    if let Some(found) = found {
        return Some(KnownGroup { named: name.to_owned(), id: Some(found.id), name: found.name, gone: false });
    }
    let before = before.map(|group| KnownGroup { named: name.to_owned(), ..group.clone() });
    match before {
        before if !directory.is_known() => before,
        Some(group) => Some(KnownGroup { gone: true, ..group }),
        None => {
            rule.account.map(|_| KnownGroup { named: name.to_owned(), id: None, name: name.to_owned(), gone: true })
        }
    }
}

/// What to call the groups that a rule names, given what is known of them in each account: as they are called now, where
/// all accounts that have one call it the same.
pub fn present_names(rule: &Rule, known: &[&[KnownGroup]]) -> Vec<String> {
    let present = |named: &String| {
        let of_it = |group: &&KnownGroup| group.named == *named && !group.gone;
        let mut names = known.iter().flat_map(|groups| groups.iter().filter(of_it)).map(|group| &group.name);
        let first = names.next().unwrap_or(named);
        if names.all(|name| name == first) { first.clone() } else { named.clone() }
    };
    rule.condition.watch().named_groups().into_iter().map(present).collect()
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::condition::{AlertPer, Condition, PeerOffline};
    use crate::ids::{AccountId, TenantId};

    fn rule(groups: &[&str]) -> Rule {
        let condition = Condition::PeerOffline(PeerOffline {
            threshold: 1,
            duration: 5,
            peers: groups.iter().map(ToString::to_string).collect::<Vec<_>>().into(),
            count_unconfirmed: false,
            alert_per: AlertPer::Rule,
        });
        Rule { condition, ..Rule::account_unreachable(TenantId::from_uuid(Uuid::nil()), Timestamp::UNIX_EPOCH) }
    }

    fn list(groups: &[(&str, &str)]) -> Vec<Group> {
        let group = |(id, name): &(&str, &str)| Group {
            id: (*id).to_owned(),
            name: (*name).to_owned(),
            issued: "api".into(),
            peers: 0,
            resources: 0,
        };
        groups.iter().map(group).collect()
    }

    /// What a rule about `servers` knows after each of these lists, as id, name and whether it is gone.
    fn follow(rule: &Rule, lists: &[&[(&str, &str)]]) -> Vec<(Option<String>, String, bool)> {
        let mut known = Vec::new();
        for groups in lists {
            let groups = list(groups);
            known = recognise(rule, &known, Directory { groups: Some(&groups), peers: &[] }, false);
        }
        known.into_iter().map(|group| (group.id, group.name, group.gone)).collect()
    }

    fn one(id: &str, name: &str, gone: bool) -> Vec<(Option<String>, String, bool)> {
        vec![(Some(id.into()), name.into(), gone)]
    }

    #[test]
    fn a_renamed_group_stays_the_one_that_is_meant() {
        let rule = rule(&["servers"]);
        let all = ("0", "All");
        assert_eq!(follow(&rule, &[&[all, ("a", "servers")], &[all, ("a", "machines")]]), one("a", "machines", false));
        // Also where another one takes its name.
        let taken = [all, ("a", "machines"), ("b", "servers")];
        assert_eq!(follow(&rule, &[&[all, ("a", "servers")], &taken]), one("a", "machines", false));
    }

    #[test]
    fn a_group_that_was_made_anew_is_learnt() {
        let rule = rule(&["servers"]);
        let all = ("0", "All");
        let first: &[(&str, &str)] = &[all, ("a", "servers")];
        assert_eq!(follow(&rule, &[first, &[all]]), one("a", "servers", true));
        assert_eq!(follow(&rule, &[first, &[all], &[all, ("b", "servers")]]), one("b", "servers", false));
        let renamed: &[(&str, &str)] = &[all, ("a", "machines")];
        assert_eq!(follow(&rule, &[first, renamed, &[all, ("b", "machines")]]), one("b", "machines", false));
    }

    #[test]
    fn what_an_account_never_had_is_unknown_to_a_rule_about_it_alone() {
        let everywhere = rule(&["servers"]);
        assert_eq!(follow(&everywhere, &[&[("0", "All")]]), []);
        let alone = Rule { account: Some(AccountId::from_uuid(Uuid::nil())), ..everywhere.clone() };
        assert_eq!(follow(&alone, &[&[("0", "All")]]), [(None, "servers".to_owned(), true)]);
        assert_eq!(
            follow(&everywhere, &[&[("0", "All")], &[("0", "All"), ("a", "servers")]]),
            one("a", "servers", false)
        );
    }

    #[test]
    fn without_the_list_nothing_is_gone() {
        let rule = rule(&["servers"]);
        let known =
            vec![KnownGroup { named: "servers".into(), id: Some("a".into()), name: "machines".into(), gone: false }];
        let empty: Vec<Group> = Vec::new();
        for groups in [None, Some(empty.as_slice())] {
            assert_eq!(recognise(&rule, &known, Directory { groups, peers: &[] }, false), known);
        }
    }

    #[test]
    fn peers_tell_of_groups_that_the_list_does_not_have_yet() {
        let rule = rule(&["servers"]);
        let peers = [crate::condition::tests::peer("srv-01", crate::network::PeerStatus::Online, 0)];
        let groups = list(&[("0", "All")]);
        let known = recognise(&rule, &[], Directory { groups: Some(&groups), peers: &peers }, false);
        assert_eq!(known[0].present_id(), Some("g"));
    }

    #[test]
    fn who_chooses_a_name_anew_means_what_is_called_so_now() {
        let known =
            vec![KnownGroup { named: "servers".into(), id: Some("a".into()), name: "machines".into(), gone: false }];
        let groups = list(&[("a", "machines"), ("b", "servers")]);
        let directory = Directory { groups: Some(&groups), peers: &[] };
        let choose = |name: &str, anew| recognise(&rule(&[name]), &known, directory, anew).pop().unwrap().id.unwrap();
        assert_eq!(choose("servers", false), "a");
        assert_eq!(choose("servers", true), "b");
        assert_eq!(choose("machines", true), "a");
        let groups = list(&[("a", "machines")]);
        let directory = Directory { groups: Some(&groups), peers: &[] };
        let kept = recognise(&rule(&["servers"]), &known, directory, true);
        assert_eq!(kept[0].id.as_deref(), Some("a"), "nothing is called so now: it is the one that was");
    }

    #[test]
    fn a_name_that_accounts_do_not_share_is_the_rules_own() {
        let rule = rule(&["servers"]);
        let known =
            |name: &str, gone| [KnownGroup { named: "servers".into(), id: Some("a".into()), name: name.into(), gone }];
        let (renamed, alike, old, lost) =
            (known("machines", false), known("machines", false), known("servers", false), known("servers", true));
        assert_eq!(present_names(&rule, &[]), ["servers"]);
        assert_eq!(present_names(&rule, &[&renamed, &alike, &lost]), ["machines"]);
        assert_eq!(present_names(&rule, &[&renamed, &old]), ["servers"]);
    }
}
