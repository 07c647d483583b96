//! Which peers a condition looks at: what somebody chooses them by, in every condition of peers.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::name_pattern::{NamePattern, lowered};
use super::{Fields, MAX_GROUP_NAME, MAX_GROUPS, Observation, as_named, of_groups, saturate, where_in_words};
use crate::network::Peer;
use crate::operating_system::OperatingSystem;
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Patterns of names that one rule may choose by.
const MAX_NAMES: usize = 50;
/// Longest pattern, in characters.
const MAX_PATTERN: usize = 100;
/// Users that one rule may choose by.
const MAX_USERS: usize = 50;
/// Longest id or address of one, in characters.
const MAX_USER: usize = 200;
/// Of each list, how many are named in a sentence before they are counted.
const NAMED: usize = 3;

/// Which peers count: those that fit each list that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PeerFilter {
    /// Only peers in one of these groups, by name; every peer if empty.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub groups: Vec<String>,
    /// Not peers in one of these groups, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub except_groups: Vec<String>,
    /// Only peers with such a name: `*` stands for any characters, and case does not matter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50, example = json!(["db-*"]))]
    pub names: Vec<String>,
    /// Only peers that run one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 6)]
    pub operating_systems: Vec<OperatingSystem>,
    /// Only peers that one of these users registered: NetBird's ids or addresses of users.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub users: Vec<String>,
}

/// Those in some groups, and no other condition.
impl From<Vec<String>> for PeerFilter {
    fn from(groups: Vec<String>) -> Self {
        Self { groups, ..Self::default() }
    }
}

impl PeerFilter {
    /// Reads what somebody entered. All of what is wrong is told.
    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let groups = fields.optional("groups", Vec::new());
        let except_groups = fields.optional("exceptGroups", Vec::new());
        let names = fields.optional("names", Vec::new());
        let operating_systems = fields.optional("operatingSystems", Vec::new());
        let users = fields.optional("users", Vec::new());
        Some(Self {
            groups: groups?,
            except_groups: except_groups?,
            names: names?,
            operating_systems: operating_systems?,
            users: users?,
        })
    }

    /// Records what makes no sense, below the pointer `at`.
    pub(super) fn check(&self, at: &str, problems: &mut Problems) {
        let mut each = |name: &str, list: &[String], most: usize, longest: usize, noun: &str| {
            problems.require(list.len() <= most, &format!("{at}/{name}"), format!("at most {most} {noun}"));
            for (index, one) in list.iter().enumerate() {
                problems.text(&format!("{at}/{name}/{index}"), one, 1, longest);
            }
        };
        each("groups", &self.groups, MAX_GROUPS, MAX_GROUP_NAME, "groups");
        each("exceptGroups", &self.except_groups, MAX_GROUPS, MAX_GROUP_NAME, "groups");
        each("names", &self.names, MAX_NAMES, MAX_PATTERN, "names");
        each("users", &self.users, MAX_USERS, MAX_USER, "users");
        for (index, name) in self.except_groups.iter().enumerate() {
            let pointer = format!("{at}/exceptGroups/{index}");
            problems.require(!self.groups.contains(name), &pointer, "is among the groups that the rule looks at");
        }
        for (index, name) in self.names.iter().enumerate() {
            let fits_all = !name.is_empty() && name.chars().all(|c| c == '*');
            problems.require(!fits_all, &format!("{at}/names/{index}"), "fits every name: leave it out");
        }
        let most = OperatingSystem::ALL.len();
        let pointer = format!("{at}/operatingSystems");
        problems.require(self.operating_systems.len() <= most, &pointer, format!("at most {most} systems"));
    }

    /// The groups that it names, those that it leaves out last.
    pub fn named_groups(&self) -> impl Iterator<Item = &String> {
        self.groups.iter().chain(&self.except_groups)
    }

    /// Gives them other names, in the same order.
    pub(super) fn rename_groups(&mut self, mut names: Vec<String>) {
        self.except_groups = names.split_off(self.groups.len().min(names.len()));
        self.groups = names;
    }

    /// Whether it is every peer of the network.
    pub fn is_everybody(&self) -> bool {
        *self == Self::default()
    }

    /// Whether the list of users must be known: somebody is named by an address, and peers name their user by id.
    pub fn needs_users(&self) -> bool {
        self.users.iter().any(|user| user.contains('@'))
    }

    /// What must be known of an account to tell who they are.
    pub(super) fn needs(&self) -> &'static [Resource] {
        if self.needs_users() { &[Resource::Peers, Resource::Users] } else { &[Resource::Peers] }
    }

    /// The peers of an account that are meant.
    pub(super) fn chosen<'a>(&'a self, seen: Observation<'a>) -> Chosen<'a> {
        let ids = |named: &'a [String]| {
            let known = seen.groups.iter().filter(|group| named.contains(&group.named));
            known.filter_map(|group| group.present_id()).collect()
        };
        let mut users: BTreeSet<&str> = self.users.iter().map(String::as_str).collect();
        let is_named = |email: &str| !email.is_empty() && self.users.iter().any(|one| one.eq_ignore_ascii_case(email));
        if self.needs_users() {
            users.extend(seen.lists.users.iter().filter(|user| is_named(&user.email)).map(|user| user.id.as_str()));
        }
        Chosen {
            filter: self,
            groups: ids(&self.groups),
            except: ids(&self.except_groups),
            names: self.names.iter().map(|name| NamePattern::new(name)).collect(),
            users,
        }
    }

    /// How many peers of an account are meant.
    pub fn count(&self, seen: Observation<'_>) -> u32 {
        let chosen = self.chosen(seen);
        saturate(seen.peers.iter().filter(|peer| chosen.has(peer)).count())
    }

    /// What they are chosen by beside their groups, after "peers": ` named db-* and running Linux`.
    fn otherwise(&self) -> String {
        let mut said = Vec::new();
        if !self.names.is_empty() {
            said.push(format!("named {}", any(&as_named(&self.names))));
        }
        if !self.operating_systems.is_empty() {
            let systems: Vec<&str> = self.operating_systems.iter().map(|system| system.title()).collect();
            said.push(format!("running {}", any(&systems)));
        }
        if !self.users.is_empty() {
            said.push(format!("registered by {}", any(&as_named(&self.users))));
        }
        if !self.except_groups.is_empty() {
            said.push(format!("not in {}", any(&as_named(&self.except_groups))));
        }
        if said.is_empty() { String::new() } else { format!(" {}", text::all(&said)) }
    }

    /// Which they are, after "peers", in a title: ` of servers, routers named db-*`; nothing for the whole network.
    pub(super) fn of(&self, seen: Observation<'_>) -> String {
        format!("{}{}", of_groups(&seen.names(&self.groups)), self.otherwise())
    }

    /// Which they are, after "any peer", in a sentence: ` of servers or routers named db-*`, ` of the network`.
    pub(super) fn place(&self) -> String {
        match (self.groups.as_slice(), self.otherwise()) {
            ([], otherwise) if !otherwise.is_empty() => otherwise,
            (groups, otherwise) => format!(" of {}{otherwise}", where_in_words(&as_named(groups))),
        }
    }

    /// What one does that is none of them any more, after its name: `is no longer in servers`.
    pub(super) fn left(&self, seen: Observation<'_>) -> String {
        match self.otherwise() {
            otherwise if otherwise.is_empty() => {
                format!("is no longer in {}", where_in_words(&seen.names(&self.groups)))
            }
            _ => format!("is no longer one of the peers{}", self.of(seen)),
        }
    }
}

/// One of some things, in words: `a, b or c`, `a, b, c or 2 more`.
fn any(things: &[&str]) -> String {
    match things {
        [] => String::new(),
        [one] => (*one).to_owned(),
        some if some.len() > NAMED + 1 => format!("{} or {} more", some[..NAMED].join(", "), some.len() - NAMED),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// A filter as one account knows it: worked out once, and asked of each peer.
#[derive(Debug)]
pub(super) struct Chosen<'a> {
    filter: &'a PeerFilter,
    groups: Vec<&'a str>,
    except: Vec<&'a str>,
    names: Vec<NamePattern>,
    users: BTreeSet<&'a str>,
}

impl Chosen<'_> {
    fn is_named(&self, name: &str) -> bool {
        let name = lowered(name);
        self.names.iter().any(|pattern| pattern.fits(&name))
    }

    /// Whether a peer is one of them.
    pub(super) fn has(&self, peer: &Peer) -> bool {
        let is_in = |ids: &[&str]| peer.groups.iter().any(|group| ids.contains(&group.id.as_str()));
        let filter = self.filter;
        (filter.groups.is_empty() || is_in(&self.groups))
            && !is_in(&self.except)
            && (self.names.is_empty() || self.is_named(&peer.name))
            && (filter.operating_systems.is_empty()
                || OperatingSystem::of(&peer.os).is_some_and(|system| filter.operating_systems.contains(&system)))
            && (filter.users.is_empty() || self.users.contains(peer.user_id.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::super::tests::{healthy, peer, seen};
    use super::*;
    use crate::known_group::KnownGroup;
    use crate::network::{PeerStatus, User};
    use crate::observed::Lists;

    fn entered(config: Value) -> Result<PeerFilter, Vec<(String, String)>> {
        let mut problems = Problems::default();
        let Value::Object(config) = config else { panic!("an object") };
        let mut fields = Fields::new(config, "/c", &mut problems);
        let read = PeerFilter::read(&mut fields);
        fields.finish();
        if let Some(read) = &read {
            read.check("/c", &mut problems);
        }
        let wrong = |one: crate::validate::FieldError| (one.pointer, one.detail);
        problems.finish().map_err(|all| all.into_iter().map(wrong).collect::<Vec<_>>())?;
        Ok(read.expect("it is read"))
    }

    fn filter(config: Value) -> PeerFilter {
        entered(config).expect("it is sound")
    }

    fn user(id: &str, email: &str) -> User {
        User {
            id: id.into(),
            name: String::new(),
            email: email.into(),
            role: "user".into(),
            status: "active".into(),
            is_service_user: false,
            is_blocked: false,
            pending_approval: false,
            issued: String::new(),
            last_login: None,
        }
    }

    /// The names of those that a filter chooses among five peers, of which all but `lone` are servers.
    fn chosen(config: Value) -> Vec<String> {
        let one = |name: &str, os: &str, user: &str| Peer {
            os: os.into(),
            user_id: user.into(),
            ..peer(name, PeerStatus::Online, 0)
        };
        let lone = Peer { groups: vec![], ..one("lone", "Darwin 14.5", "u2") };
        let peers = [
            one("DB-1", "Ubuntu 24.04", ""),
            one("db-2", "Windows 11", "u1"),
            one("web", "", "u2"),
            one("web-10", "FreeBSD 14", "u1"),
            lone,
        ];
        let lists = Lists { users: Arc::new(vec![user("u1", "Ada@acme.example"), user("u2", "")]), ..Lists::default() };
        let sync = healthy();
        let seen = Observation { lists: &lists, ..seen(&sync, &peers) };
        let filter = filter(config);
        let chosen = filter.chosen(seen);
        peers.iter().filter(|peer| chosen.has(peer)).map(|peer| peer.name.clone()).collect()
    }

    #[test]
    fn a_peer_fits_each_list_that_is_not_empty() {
        for (config, names) in [
            (json!({}), &["DB-1", "db-2", "web", "web-10", "lone"][..]),
            (json!({ "groups": ["servers"] }), &["DB-1", "db-2", "web", "web-10"]),
            (json!({ "exceptGroups": ["servers"] }), &["lone"]),
            (json!({ "exceptGroups": ["unknown"] }), &["DB-1", "db-2", "web", "web-10", "lone"]),
            (json!({ "groups": ["unknown"] }), &[]),
            (json!({ "names": ["db-*"] }), &["DB-1", "db-2"]),
            (json!({ "names": ["WEB", "*ONE"] }), &["web", "lone"]),
            (json!({ "names": ["*1*"] }), &["DB-1", "web-10"]),
            (json!({ "operatingSystems": ["linux", "bsd"] }), &["DB-1", "web-10"]),
            (json!({ "operatingSystems": ["macos"] }), &["lone"]),
            (json!({ "users": ["u2"] }), &["web", "lone"]),
            (json!({ "users": ["ada@ACME.example"] }), &["db-2", "web-10"]),
            (json!({ "users": ["ada@acme.example"], "operatingSystems": ["windows"], "names": ["db-*"] }), &["db-2"]),
            (json!({ "groups": ["servers"], "users": ["u2"] }), &["web"]),
        ] {
            assert_eq!(chosen(config.clone()), names, "{config}");
        }
    }

    #[test]
    fn it_says_which_they_are() {
        let sync = healthy();
        let seen = seen(&sync, &[]);
        for (config, place, of) in [
            (json!({}), " of the network", ""),
            (json!({ "groups": ["servers", "routers"] }), " of servers or routers", " of servers"),
            (json!({ "names": ["db-*"] }), " named db-*", " named db-*"),
            (
                json!({ "groups": ["servers"], "names": ["a", "b"], "operatingSystems": ["linux"], "exceptGroups": ["lab"] }),
                " of servers named a or b, running Linux and not in lab",
                " of servers named a or b, running Linux and not in lab",
            ),
            (
                json!({ "users": ["a", "b", "c", "d", "e"] }),
                " registered by a, b, c or 2 more",
                " registered by a, b, c or 2 more",
            ),
        ] {
            let filter = filter(config);
            assert_eq!((filter.place().as_str(), filter.of(seen).as_str()), (place, of));
        }
        assert_eq!(filter(json!({ "groups": ["servers"] })).left(seen), "is no longer in servers");
        let named = filter(json!({ "groups": ["servers"], "names": ["db-*"] }));
        assert_eq!(named.left(seen), "is no longer one of the peers of servers named db-*");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let many: Vec<String> = (0..51).map(|n| n.to_string()).collect();
        let wrong = entered(json!({
            "groups": ["servers"], "exceptGroups": ["lab", "servers"], "names": ["", "**", "x".repeat(101)], "users": many,
        }));
        let pointers: Vec<String> = wrong.unwrap_err().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/c/names/0", "/c/names/2", "/c/users", "/c/exceptGroups/1", "/c/names/1"]);
        let wrong = entered(json!({ "groups": "servers", "operatingSystems": ["linux", "beos"], "user": [] }));
        let pointers: Vec<String> = wrong.unwrap_err().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["/c/groups", "/c/operatingSystems/1", "/c/user"]);
    }

    #[test]
    fn groups_keep_their_places_under_other_names() {
        let mut filter = filter(json!({ "groups": ["a", "b"], "exceptGroups": ["c"] }));
        filter.rename_groups(vec!["x".into(), "b".into(), "z".into()]);
        assert_eq!((filter.groups, filter.except_groups), (vec!["x".into(), "b".into()], vec!["z".to_owned()]));
    }

    #[test]
    fn what_was_stored_before_reads_as_it_did() {
        let old: PeerFilter = serde_json::from_value(json!({ "groups": ["servers"] })).unwrap();
        assert_eq!(old, PeerFilter::from(vec!["servers".to_owned()]));
        assert_eq!(serde_json::to_value(&old).unwrap(), json!({ "groups": ["servers"] }));
        assert!(PeerFilter::default().is_everybody() && !old.is_everybody());
    }

    #[test]
    fn groups_that_are_gone_leave_nobody_out() {
        let sync = healthy();
        let peers = [peer("srv", PeerStatus::Online, 0)];
        let gone = [KnownGroup { named: "servers".into(), id: Some("g".into()), name: "servers".into(), gone: true }];
        let seen = Observation { groups: &gone, ..seen(&sync, &peers) };
        assert!(filter(json!({ "exceptGroups": ["servers"] })).chosen(seen).has(&peers[0]));
        assert!(!filter(json!({ "groups": ["servers"] })).chosen(seen).has(&peers[0]));
    }
}
