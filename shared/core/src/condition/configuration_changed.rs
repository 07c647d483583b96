//! The configuration of the network changed.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fields, Observation, Watch, minutes, saturate, window};
use crate::change::{Actor, Configuration, LoggedChange};
use crate::finding::{Affected, Finding, Recovery};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// People that one rule may name.
const MAX_PEOPLE: usize = 50;
/// Longest id or address of one, in characters.
const MAX_PERSON: usize = 200;
/// Changes that a message names before it counts them.
const NAMED: usize = 5;
/// Characters of a sentence or a name in a message.
const MAX_TEXT: usize = 200;

/// Something changed in the configuration: policies, groups, routes and the like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConfigurationChangedConfig)]
pub struct ConfigurationChanged {
    /// In which lists; in any if empty.
    #[serde(default)]
    pub resources: Vec<Configuration>,
    /// Only what these did: NetBird's ids or addresses of users; whoever did it if empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub by: Vec<String>,
    /// Not what these did, such as the service user of an automation. What nobody is known to have done counts.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub except_by: Vec<String>,
    /// The alert ends when nothing changed for so many minutes. What changed while the account could not be read counts when
    /// it is seen.
    #[serde(default = "window::usual")]
    #[schema(minimum = 5, maximum = 60)]
    pub window: u32,
}

fn is_one_of(people: &[String], by: &Actor) -> bool {
    people.iter().any(|one| *one == by.id || !by.email.is_empty() && one.eq_ignore_ascii_case(&by.email))
}

impl ConfigurationChanged {
    /// The changes that count, newest first.
    fn changes<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a LoggedChange> {
        // What was so before the rule looked is no news.
        let since = (now - self.looks_back()).max(seen.since);
        let counts = |one: &&LoggedChange| {
            let by = one.change.by.as_ref();
            one.seen_at > since
                && (self.resources.is_empty() || self.resources.contains(&one.change.resource))
                && (self.by.is_empty() || by.is_some_and(|by| is_one_of(&self.by, by)))
                && !by.is_some_and(|by| is_one_of(&self.except_by, by))
        };
        seen.lists.changes.iter().filter(counts).collect()
    }

    fn lists(&self) -> String {
        match self.resources.as_slice() {
            [] => "the configuration".to_owned(),
            some => {
                let words: Vec<String> = some.iter().map(|list| list.words()).collect();
                text::names(words.iter().map(String::as_str), 3)
            }
        }
    }
}

/// `Policy “ssh” was switched off, by Ada`
pub(super) fn what(one: &LoggedChange) -> String {
    let sentence = one.change.sentences.first().map_or("Something changed", String::as_str);
    let sentence = text::printable(sentence, MAX_TEXT);
    let by = one.change.by.as_ref();
    let by = by.and_then(|by| [&by.name, &by.email].into_iter().find(|name| !name.is_empty()));
    match by {
        Some(by) => format!("{sentence}, by {}", text::printable(by, MAX_TEXT)),
        None => sentence,
    }
}

impl Watch for ConfigurationChanged {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let resources = fields.optional("resources", Vec::new());
        let by = fields.optional("by", Vec::new());
        let except_by = fields.optional("exceptBy", Vec::new());
        let window = fields.optional("window", window::usual());
        Some(Self { resources: resources?, by: by?, except_by: except_by?, window: window? })
    }

    /// Events tell who did it.
    fn needs(&self) -> &'static [Resource] {
        &[Resource::Events]
    }

    fn looks_back(&self) -> SignedDuration {
        window::stretch(self.window)
    }

    fn looks_at_changes(&self) -> bool {
        true
    }

    fn holds_for(&self) -> Option<u32> {
        Some(self.window)
    }

    fn check(&self, problems: &mut Problems) {
        const AT: &str = "/conditionConfig";
        let most = Configuration::ALL.len();
        problems.require(self.resources.len() <= most, &format!("{AT}/resources"), format!("at most {most} lists"));
        for (name, people) in [("by", &self.by), ("exceptBy", &self.except_by)] {
            let at = format!("{AT}/{name}");
            problems.require(people.len() <= MAX_PEOPLE, &at, format!("at most {MAX_PEOPLE} users"));
            for (index, one) in people.iter().enumerate() {
                problems.text(&format!("{at}/{index}"), one, 1, MAX_PERSON);
            }
        }
        window::check(self.window, problems);
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let changes = self.changes(seen, now);
        let first = changes.last()?;
        let title = match changes.len() {
            1 => what(first),
            many => format!("{} and {}", what(first), text::count(many - 1, "more change")),
        };
        let named: Vec<String> =
            changes.iter().rev().map(|one| format!("{} ({})", what(one), text::moment(one.at()))).collect();
        let message = format!("In {}: {}.", seen.account_name, text::names(named.iter().map(String::as_str), NAMED));
        let total = saturate(changes.len());
        Some(Finding {
            title,
            message,
            affected: Affected { total, of: total, ..Affected::default() },
            began_at: first.seen_at,
        })
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, now: Timestamp) -> Recovery {
        let left = self.changes(seen, now).len();
        Recovery {
            title: format!("No change for {}", minutes(self.window)),
            message: format!("In {}; the rule looks at {}.", seen.account_name, self.lists()),
            total: saturate(left),
            of: saturate(left),
        }
    }

    fn sentence(&self) -> String {
        let by = match (self.by.as_slice(), self.except_by.as_slice()) {
            ([], []) => String::new(),
            ([], except) => format!(" by anybody but {}", text::names(except.iter().map(String::as_str), 3)),
            (by, _) => format!(" by {}", text::names(by.iter().map(String::as_str), 3)),
        };
        let what = self.lists();
        let verb = match self.resources.as_slice() {
            [] => "is",
            _ => "are",
        };
        format!("When {what} {verb} changed{by}")
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{healthy, minute, seen};
    use super::*;
    use crate::change::{Change, ChangeId};
    use crate::observed::Lists;

    fn change(resource: Configuration, by: Option<&str>, at: i64) -> LoggedChange {
        let actor = |name: &str| Actor {
            id: format!("id of {name}"),
            name: name.to_owned(),
            email: format!("{name}@acme.example"),
            event: "1".into(),
            at: minute(at),
        };
        let sentences = vec![format!("One of {} changed", resource.words())];
        let change = Change { sentences, by: by.map(actor), ..Change::omitted(resource, 1) };
        let id = ChangeId { account: healthy().account, seen_at: minute(at), part: 0, number: 0 };
        LoggedChange { id, seen_at: minute(at), skew: SignedDuration::ZERO, change }
    }

    #[test]
    fn changes_count_by_list_and_by_who_made_them() {
        let sync = healthy();
        let lists = Lists {
            changes: Arc::new(vec![
                change(Configuration::Policies, Some("Ada"), 9),
                change(Configuration::Groups, None, 8),
                change(Configuration::Policies, Some("robot"), 7),
            ]),
            ..Lists::default()
        };
        let seen = Observation { lists: &lists, ..seen(&sync, &[]) };
        let any = ConfigurationChanged { resources: vec![], by: vec![], except_by: vec![], window: 5 };
        let found = |rule: &ConfigurationChanged, at| rule.find(seen, minute(at)).map(|finding| finding.title);
        assert_eq!(found(&any, 10).as_deref(), Some("One of policies changed, by robot and 2 more changes"));
        assert_eq!(any.find(seen, minute(10)).unwrap().began_at, minute(7));
        assert_eq!(found(&any, 14), None, "five minutes later it is over");
        let groups = ConfigurationChanged { resources: vec![Configuration::Groups], ..any.clone() };
        assert_eq!(found(&groups, 10).as_deref(), Some("One of groups changed"));
        let people = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let by = ConfigurationChanged { by: people(&["ADA@acme.example"]), ..any.clone() };
        assert_eq!(found(&by, 10).as_deref(), Some("One of policies changed, by Ada"));
        let except = ConfigurationChanged { except_by: people(&["id of robot"]), ..any.clone() };
        assert_eq!(except.find(seen, minute(10)).unwrap().affected.total, 2);
        assert_eq!(any.sentence(), "When the configuration is changed");
        assert_eq!(groups.sentence(), "When groups are changed");
        assert_eq!(except.sentence(), "When the configuration is changed by anybody but id of robot");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let rule = ConfigurationChanged {
            resources: vec![Configuration::Groups; 13],
            by: vec![String::new()],
            except_by: vec!["x".into(); 51],
            window: 4,
        };
        let mut problems = Problems::default();
        rule.check(&mut problems);
        let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|one| one.pointer).collect();
        let expected = ["resources", "by/0", "exceptBy", "window"].map(|field| format!("/conditionConfig/{field}"));
        assert_eq!(pointers, expected);
    }
}
