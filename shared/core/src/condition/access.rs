//! An access test: somebody reaches what they should not, or does not reach what they should.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::configuration_changed::what;
use super::{Fields, Observation, Watch, saturate};
use crate::change::{Configuration, LoggedChange};
use crate::finding::{Affected, Finding, Recovery};
use crate::named;
use crate::reach::{ANY_END, Answer, Ask, END_OF_PEERS, End, NotThere, Protocol, ReasonKind, Unanswered, Verdict};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Longest id of a group, peer, resource or route with what it is, and longest name, in characters.
const MAX_END: usize = 200;
/// Reasons that a message gives.
const REASONS: usize = 3;
/// Policies that a title names.
const NAMED: usize = 3;
/// How long ago a change was seen at most that may have made it so.
const LATELY: SignedDuration = SignedDuration::from_hours(1);
/// Characters of a title.
const MAX_TITLE: usize = 300;
/// Characters of a name in a sentence.
const MAX_SHOWN: usize = 80;

named! {
    /// What an access test expects.
    pub enum Expected {
        /// Every peer of the one side reaches everything of the other.
        Allowed = "allowed",
        /// Nobody of the one side reaches anything of the other.
        Denied = "denied",
    }
}

/// Who reaches whom is not as it should be, or cannot be judged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessConfig)]
pub struct Access {
    /// Who opens the connection: `peer:ID`, `group:ID` or `user:ID` with NetBird's id, or `any`.
    #[schema(max_length = 200, example = "group:d1k5c8aqmd2opbica0p0")]
    pub from: String,
    /// Who or what is to be reached: `peer:ID`, `group:ID`, `user:ID`, `any`, `resource:ID`, `route:ID`, `domain:NAME` or
    /// `address:IP`, which may be a range.
    #[schema(max_length = 200, example = "group:d1k5c8aqmd2opbica0qg")]
    pub to: String,
    /// On what; on anything if `all`.
    #[serde(default = "anything")]
    pub protocol: Protocol,
    /// On which port; on any if absent. Not for `icmp`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// What should be so.
    pub expected: Expected,
    /// What `from` was called when the rule was written. What is sent is replaced.
    #[serde(default)]
    pub from_name: String,
    /// What `to` was called when the rule was written. What is sent is replaced.
    #[serde(default)]
    pub to_name: String,
}

const fn anything() -> Protocol {
    Protocol::All
}

/// What is found of it.
enum Found {
    AsExpected(Answer),
    Otherwise(Answer),
    /// It cannot be judged, for this reason.
    Unclear(String),
}

impl Access {
    /// The two sides. `None` if one cannot be read, which [`Watch::check`] refuses.
    pub fn ends(&self) -> Option<(End, End)> {
        Some((self.from.parse().ok()?, self.to.parse().ok()?))
    }

    fn ask(&self) -> Ask {
        Ask { protocol: self.protocol, port: self.port }
    }

    fn look(&self, seen: Observation<'_>) -> Found {
        let Some(model) = seen.access else {
            return Found::Unclear(
                "The account has too many rules, groups and peers to be judged together.".to_owned(),
            );
        };
        let Some((from, to)) = self.ends() else { return Found::Unclear("The rule cannot be read.".to_owned()) };
        let gone = |end: &End, name: &str| format!("{} {name} is gone.", text::capital(end.kind()));
        let answer = match model.test(&from, &to, self.ask()) {
            Ok(answer) => answer,
            Err(Unanswered::NotThere(NotThere::From)) => return Found::Unclear(gone(&from, &self.who())),
            Err(Unanswered::NotThere(NotThere::To)) => return Found::Unclear(gone(&to, &self.whom())),
            Err(Unanswered::TooLarge) => {
                return Found::Unclear(
                    "The network is too large to be judged in the time that all access tests of an account have."
                        .to_owned(),
                );
            }
        };
        let counts = answer.counts;
        let denied = counts.pairs - counts.allowed - counts.unknown;
        let (is_so, is_otherwise) = match self.expected {
            Expected::Allowed => (counts.pairs > 0 && counts.allowed == counts.pairs, denied > 0 || counts.pairs == 0),
            Expected::Denied => (denied == counts.pairs, counts.allowed > 0),
        };
        match (is_so, is_otherwise) {
            (true, _) => Found::AsExpected(answer),
            (_, true) => Found::Otherwise(answer),
            _ => Found::Unclear(reasons(&answer, |kind| kind != ReasonKind::Allows)),
        }
    }

    fn who(&self) -> String {
        shown(&self.from_name, &self.from)
    }

    fn whom(&self) -> String {
        shown(&self.to_name, &self.to)
    }

    /// `contractors can reach db on TCP 5432`, by the names of the rule.
    fn in_words(&self, can: &str) -> String {
        format!("{} {can} {}{}", self.who(), self.whom(), self.ask().services().phrase())
    }

    fn title(&self, answer: &Answer) -> String {
        let sentence = answer.sentence.trim_end_matches('.');
        if self.expected == Expected::Allowed {
            let counts = answer.counts;
            let denied = counts.pairs - counts.allowed - counts.unknown;
            return match answer.verdict {
                Verdict::Denied => sentence.to_owned(),
                _ => format!(
                    "{}: {denied} of {}",
                    self.in_words("cannot always reach"),
                    text::count(counts.pairs, "pair")
                ),
            };
        }
        let mut names: Vec<String> = Vec::new();
        let lets = answer.reasons.iter().filter(|reason| reason.kind == ReasonKind::Allows);
        for policy in lets.filter_map(|reason| reason.policy.as_ref()) {
            let name = format!("“{}”", text::printable(&policy.name, MAX_SHOWN));
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match names.as_slice() {
            [] => sentence.to_owned(),
            [one] => format!("{sentence}, by policy {one}"),
            _ => format!("{sentence}, by policies {}", text::names(names.iter().map(String::as_str), NAMED)),
        }
    }

    fn pairs(&self, answer: &Answer) -> String {
        let (pairs, of) = match self.expected {
            Expected::Denied => (&answer.examples.allowed, answer.counts.allowed),
            Expected::Allowed => {
                (&answer.examples.denied, answer.counts.pairs - answer.counts.allowed - answer.counts.unknown)
            }
        };
        let name = |name: &str| text::printable(name, MAX_SHOWN);
        let named: Vec<String> = pairs.iter().map(|(from, to)| format!("{} → {}", name(from), name(to))).collect();
        match of.saturating_sub(named.len()) {
            _ if named.is_empty() => String::new(),
            0 => format!(" Such pairs: {}.", named.join(", ")),
            more => format!(" Such pairs: {} and {more} more.", named.join(", ")),
        }
    }
}

/// What changed lately of what decides, and who changed it: first the policies that the answer names.
fn changed(answer: &Answer, seen: Observation<'_>, now: Timestamp) -> String {
    let decides = |one: &&LoggedChange| one.change.resource.decides_access() && one.seen_at >= now - LATELY;
    let mut changes: Vec<&LoggedChange> = seen.lists.changes.iter().filter(decides).collect();
    let is_named = |one: &LoggedChange| {
        let policies = answer.reasons.iter().filter_map(|reason| reason.policy.as_ref());
        one.change.resource == Configuration::Policies
            && policies.into_iter().any(|policy| policy.id == one.change.item_id)
    };
    // Newest first, as they come; who is named comes before whoever is not.
    changes.sort_by_key(|one| !is_named(one));
    let told: Vec<String> =
        changes.iter().take(NAMED).map(|one| format!("{} ({})", what(one), text::moment(one.at()))).collect();
    match changes.len() - told.len() {
        _ if told.is_empty() => String::new(),
        0 => format!(" Changed lately: {}.", told.join("; ")),
        more => format!(" Changed lately: {} and {more} more.", told.join("; ")),
    }
}

fn shown(name: &str, end: &str) -> String {
    text::printable(if name.is_empty() { end } else { name }, MAX_SHOWN)
}

/// The first reasons of some kinds, as sentences.
fn reasons(answer: &Answer, counts: impl Fn(ReasonKind) -> bool) -> String {
    let counting = answer.reasons.iter().filter(|reason| reason.kind != ReasonKind::Away && counts(reason.kind));
    let sentences: Vec<&str> = counting.take(REASONS).map(|reason| reason.sentence.as_str()).collect();
    sentences.join(" ")
}

impl Watch for Access {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let (from, to) = (fields.required("from"), fields.required("to"));
        let protocol = fields.optional("protocol", Protocol::All);
        let port = fields.optional("port", None);
        let expected = fields.required("expected");
        // They are looked up by whoever writes the rule.
        let names: [Option<String>; 2] = ["fromName", "toName"].map(|name| fields.optional(name, String::new()));
        let [from_name, to_name] = names;
        Some(Self {
            from: from?,
            to: to?,
            protocol: protocol?,
            port: port?,
            expected: expected?,
            from_name: from_name?,
            to_name: to_name?,
        })
    }

    /// What leads to resources and routes matters to them alone.
    fn needs(&self) -> &'static [Resource] {
        const PEERS: &[Resource] = &[Resource::Peers, Resource::Groups, Resource::Policies, Resource::PostureChecks];
        const BEHIND: &[Resource] = &[
            Resource::Peers,
            Resource::Groups,
            Resource::Policies,
            Resource::PostureChecks,
            Resource::Networks,
            Resource::NetworkResources,
            Resource::NetworkRouters,
            Resource::Routes,
        ];
        // Whether a user without a peer is there is told by their list alone.
        const PEERS_OF_USERS: &[Resource] =
            &[Resource::Peers, Resource::Groups, Resource::Policies, Resource::PostureChecks, Resource::Users];
        const BEHIND_OF_USERS: &[Resource] = &[
            Resource::Peers,
            Resource::Groups,
            Resource::Policies,
            Resource::PostureChecks,
            Resource::Networks,
            Resource::NetworkResources,
            Resource::NetworkRouters,
            Resource::Routes,
            Resource::Users,
        ];
        let (from, to) = (self.from.parse(), self.to.parse());
        let names_user = [&from, &to].into_iter().any(|end| matches!(end, Ok(End::User(_))));
        match (to.as_ref().is_ok_and(End::is_of_peers), names_user) {
            (true, false) => PEERS,
            (true, true) => PEERS_OF_USERS,
            (false, false) => BEHIND,
            (false, true) => BEHIND_OF_USERS,
        }
    }

    fn looks_at_access(&self) -> bool {
        true
    }

    /// What may have made it so is told with it.
    fn looks_back(&self) -> SignedDuration {
        LATELY
    }

    fn looks_at_changes(&self) -> bool {
        true
    }

    fn names_things_of_one_account(&self) -> bool {
        true
    }

    fn check(&self, problems: &mut Problems) {
        const AT: &str = "/conditionConfig";
        let end = |text: &str| text.parse::<End>().ok().filter(|_| text.chars().count() <= MAX_END);
        let from = end(&self.from).filter(End::is_of_peers);
        problems.require(from.is_some(), &format!("{AT}/from"), END_OF_PEERS);
        let to = end(&self.to);
        problems.require(to.is_some(), &format!("{AT}/to"), ANY_END);
        let is_itself = from == to && matches!(from, Some(End::Peer(_)));
        problems.require(!is_itself, &format!("{AT}/to"), "must be another peer than the one that connects");
        let has_ports = self.protocol != Protocol::Icmp || self.port.is_none();
        problems.require(has_ports, &format!("{AT}/port"), "cannot be given with icmp, which has no ports");
        for (name, text) in [("fromName", &self.from_name), ("toName", &self.to_name)] {
            problems.text(&format!("{AT}/{name}"), text, 0, MAX_END);
        }
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let expected = match self.expected {
            Expected::Allowed => self.in_words("must reach"),
            Expected::Denied => self.in_words("must not reach"),
        };
        let (title, message, affected) = match self.look(seen) {
            Found::AsExpected(_) => return None,
            Found::Otherwise(answer) => {
                let counts = answer.counts;
                let total = match self.expected {
                    Expected::Denied => counts.allowed,
                    Expected::Allowed => counts.pairs - counts.allowed - counts.unknown,
                };
                let wanted = |kind| (kind == ReasonKind::Allows) == (self.expected == Expected::Denied);
                let why = reasons(&answer, wanted);
                let affected = Affected { total: saturate(total), of: saturate(counts.pairs), ..Affected::default() };
                let message = format!("{why}{}{}", self.pairs(&answer), changed(&answer, seen, now));
                (self.title(&answer), message, affected)
            }
            Found::Unclear(why) => {
                let title = format!("Whether {} cannot be judged", self.in_words("can reach"));
                (title, why, Affected::default())
            }
        };
        Some(Finding {
            title: text::printable(&title, MAX_TITLE),
            message: format!("In {}, {expected}. {}", seen.account_name, message.trim()),
            affected,
            began_at: now,
        })
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let (sentence, counts) = match self.look(seen) {
            Found::AsExpected(answer) | Found::Otherwise(answer) => (answer.sentence, answer.counts),
            Found::Unclear(why) => (why, Default::default()),
        };
        Recovery {
            title: text::printable(sentence.trim_end_matches('.'), MAX_TITLE),
            message: format!("In {}, it is again as it should be.", seen.account_name),
            total: 0,
            of: saturate(counts.pairs),
        }
    }

    fn sentence(&self) -> String {
        match self.expected {
            Expected::Allowed => format!("When {}", self.in_words("cannot reach")),
            Expected::Denied => format!("When {}", self.in_words("can reach")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, seen};
    use super::*;
    use crate::network::Policy;
    use crate::reach::Model;
    use crate::reach::tests::{Lists, bursting, office, policy, testing_once};

    fn test(from: &str, to: &str, on: (Protocol, Option<u16>), expected: Expected) -> Access {
        let name = |end: &str| end.split_once(':').unwrap().1.to_owned();
        let (protocol, port) = on;
        let (from_name, to_name) = (name(from), name(to));
        Access { from: from.into(), to: to.into(), protocol, port, expected, from_name, to_name }
    }

    /// Title, message and numbers of what a test finds.
    fn found(test: &Access, lists: &Lists) -> Option<(String, String, (u32, u32))> {
        let (sync, model) = (healthy(), Model::new(lists.inventory()));
        let finding = test.find(Observation { access: Some(&model), ..seen(&sync, &lists.peers) }, minute(1))?;
        Some((finding.title, finding.message, (finding.affected.total, finding.affected.of)))
    }

    const DB: (Protocol, Option<u16>) = (Protocol::Tcp, Some(5432));

    #[test]
    fn what_should_be_denied_names_who_lets_them_and_whom() {
        let denied = test("group:laptops", "resource:db", DB, Expected::Denied);
        assert_eq!(denied.sentence(), "When laptops can reach db on TCP 5432");
        assert_eq!(found(&denied, &office(vec![policy("web: laptops > servers tcp 443")])), None);
        let (title, message, numbers) =
            found(&denied, &office(vec![policy("temp: laptops > databases tcp 5432")])).unwrap();
        assert_eq!(title, "Every peer of laptops can reach db on TCP 5432, by policy “temp”");
        let lets =
            "In HQ, laptops must not reach db on TCP 5432. Policy \"temp\" lets laptops reach databases on TCP 5432.";
        assert_eq!(message, format!("{lets} Such pairs: laptop-1 → db, laptop-2 → db."));
        assert_eq!(numbers, (2, 2));
        let one =
            office(vec![policy("one: peer:laptop-2 > databases all"), policy("two: peer:laptop-2 > databases tcp")]);
        let (title, ..) = found(&denied, &one).unwrap();
        assert_eq!(title, "1 of 2 peers of laptops can reach db on TCP 5432: 1 of 2 pairs, by policies “one”, “two”");
    }

    #[test]
    fn what_should_be_allowed_is_so_for_every_pair() {
        let allowed = test("group:laptops", "group:servers", (Protocol::All, None), Expected::Allowed);
        assert_eq!(found(&allowed, &office(vec![policy("web: laptops > servers tcp 443")])), None);
        let (title, message, numbers) =
            found(&allowed, &office(vec![policy("one: peer:laptop-1 > servers all")])).unwrap();
        assert_eq!(title, "laptops cannot always reach servers: 2 of 4 pairs");
        assert!(message.ends_with("Such pairs: laptop-2 → server-1, laptop-2 → server-2."), "{message}");
        assert_eq!(numbers, (2, 4));
        let off = Policy { enabled: false, ..policy("web: laptops > servers all") };
        let (title, message, _) = found(&allowed, &office(vec![off])).unwrap();
        assert_eq!(title, "No peer of laptops can reach servers");
        assert!(message.contains("Policy \"web\" would let laptops reach servers, but it is off."), "{message}");
        let mut empty = office(vec![policy("web: laptops > servers tcp 443")]);
        empty.peers.iter_mut().for_each(|peer| peer.groups.retain(|group| group.id != "laptops"));
        let (title, message, _) = found(&allowed, &empty).unwrap();
        assert_eq!(
            (&*title, message.contains("Group laptops has no peers.")),
            ("No peer of laptops can reach servers", true)
        );
    }

    #[test]
    fn what_cannot_be_judged_is_never_as_it_should_be() {
        let mut lists = office(vec![policy("db: laptops > databases tcp 5432")]);
        lists.peers[0].approval_required = true;
        let judged = "Whether laptops can reach db on TCP 5432 cannot be judged";
        let both = [Expected::Denied, Expected::Allowed];
        let tests = both.map(|expected| test("group:laptops", "resource:db", DB, expected));
        // Of the other laptop it is known that it does.
        let [denied, allowed] = tests.each_ref().map(|test| found(test, &lists).map(|(title, ..)| title));
        assert_eq!(
            denied.as_deref(),
            Some("1 of 2 peers of laptops can reach db on TCP 5432: 1 of 2 pairs, by policy “db”")
        );
        assert_eq!(allowed.as_deref(), Some(judged));
        lists.peers[1].approval_required = true;
        for test in &tests {
            let (title, message, _) = found(test, &lists).unwrap();
            assert_eq!(title, judged);
            assert!(message.contains("laptop-1, laptop-2 await approval"), "{message}");
        }
        lists.resources.clear();
        for test in &tests {
            let (title, message, _) = found(test, &lists).unwrap();
            assert_eq!((&*title, message.ends_with("Resource db is gone.")), (judged, true), "{message}");
        }
        let sync = healthy();
        let too_much = tests[0].find(seen(&sync, &lists.peers), minute(1)).unwrap();
        assert_eq!(too_much.title, judged);
    }

    #[test]
    fn what_takes_too_long_is_not_as_it_should_be_and_what_is_over_is_told_without_asking_again() {
        let (lists, sync) = (bursting(60, 40), healthy());
        let tests = [Expected::Denied, Expected::Allowed]
            .map(|expected| test("group:all", "group:all", (Protocol::All, None), expected));
        let model = Model::new(lists.inventory()).testing_within(5_000);
        for test in &tests {
            let seen = Observation { access: Some(&model), ..seen(&sync, &lists.peers) };
            let finding = test.find(seen, minute(1)).unwrap();
            assert_eq!(finding.title, "Whether all can reach all cannot be judged");
            assert!(finding.message.contains("The network is too large to be judged"), "{}", finding.message);
        }
        // Enough for once.
        let (from, to) = tests[1].ends().unwrap();
        let model = testing_once(&lists, &from, &to);
        let seen = Observation { access: Some(&model), ..seen(&sync, &lists.peers) };
        assert_eq!(tests[1].find(seen, minute(1)), None);
        assert_eq!(
            tests[1].recovery(&Affected::default(), seen, minute(1)).title,
            "Every peer of all can reach all on TCP 1-65535"
        );
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let complaints = |test: &Access| -> Vec<String> {
            let mut problems = Problems::default();
            test.check(&mut problems);
            problems.finish().err().unwrap_or_default().into_iter().map(|one| one.pointer).collect()
        };
        let icmp = (Protocol::Icmp, Some(1));
        let at = |field: &str| vec![format!("/conditionConfig/{field}")];
        assert_eq!(complaints(&test("resource:a", "group:b", DB, Expected::Denied)), at("from"));
        assert_eq!(complaints(&test("group:a", "nowhere:b", DB, Expected::Denied)), at("to"));
        assert_eq!(complaints(&test("peer:a", "peer:a", DB, Expected::Denied)), at("to"));
        assert_eq!(complaints(&test("peer:a", "group:b", icmp, Expected::Denied)), at("port"));
        assert_eq!(complaints(&test("group:a", "group:a", DB, Expected::Denied)), [""; 0]);
        assert_eq!(complaints(&test("address:10.0.0.1", "group:a", DB, Expected::Denied)), at("from"));
        assert_eq!(complaints(&test("user:a", "address:10.0.0.0/8", DB, Expected::Denied)), [""; 0]);
    }

    #[test]
    fn users_and_addresses_are_tested_too_and_a_user_who_is_gone_is_told() {
        use crate::network::User;

        let mut lists = office(vec![policy("temp: laptops > databases tcp 5432")]);
        lists.peers[0].user_id = "ada".into();
        let denied = test("user:ada", "address:10.0.0.0/8", DB, Expected::Denied);
        assert!(denied.needs().contains(&Resource::Users) && denied.needs().contains(&Resource::Routes));
        let (title, ..) = found(&denied, &lists).unwrap();
        assert_eq!(title, "Every peer of ada can reach something in 10.0.0.0/8 on TCP 5432, by policy “temp”");
        lists.peers[0].user_id.clear();
        let users: &[User] = &[];
        let inventory = crate::reach::Inventory { users: Some(users), ..lists.inventory() };
        let (sync, model) = (healthy(), Model::new(inventory));
        let observation = Observation { access: Some(&model), ..seen(&sync, &lists.peers) };
        let finding = denied.find(observation, minute(1)).unwrap();
        assert!(finding.message.ends_with("User ada is gone."), "{}", finding.message);
    }

    #[test]
    fn what_changed_lately_is_told_with_who_did_it() {
        use std::sync::Arc;

        use crate::change::{Actor, Change, ChangeId};

        let lists = office(vec![policy("temp: laptops > databases tcp 5432")]);
        let (sync, model) = (healthy(), Model::new(lists.inventory()));
        let change = |item: &str, at: i64| {
            let by =
                Actor { id: "u".into(), name: "Ada".into(), email: String::new(), event: "e".into(), at: minute(at) };
            let change = Change {
                item_id: item.into(),
                sentences: vec![format!("Policy {item} was made")],
                by: Some(by),
                ..Change::omitted(Configuration::Policies, 1)
            };
            let id = ChangeId { account: sync.account, seen_at: minute(at), part: 0, number: 0 };
            LoggedChange { id, seen_at: minute(at), skew: SignedDuration::ZERO, change }
        };
        let changes = Arc::new(vec![change("other", 99), change("id-temp", 98), change("old", 1)]);
        let known = crate::observed::Lists { changes, ..Default::default() };
        let observation = Observation { access: Some(&model), lists: &known, ..seen(&sync, &lists.peers) };
        let denied = test("group:laptops", "resource:db", DB, Expected::Denied);
        let message = denied.find(observation, minute(100)).unwrap().message;
        let told = message.split_once(" Changed lately: ").unwrap().1;
        assert!(told.starts_with("Policy id-temp was made, by Ada ("), "{told}");
        assert!(told.contains("; Policy other was made, by Ada (") && !told.contains("old"), "{told}");
    }
}
