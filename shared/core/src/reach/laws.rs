//! What must hold in every network.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::Verdict::{Allowed, Unknown};
use super::tests::{Lists, group, office, peer, policy};
use super::*;
use crate::network::{GroupRef, Peer, Policy, PostureCheck, PostureChecks, Route};

/// The seed of what follows.
const SEED: u64 = 0x5EAC4;

/// A network of any kind: who is in which groups, what policies say, what is checked.
pub(super) fn any_lists() -> impl Strategy<Value = Lists> {
    let names = ["a", "b", "c", "d"];
    let peers = prop::collection::vec((prop::sample::subsequence(names.to_vec(), 0..=3), 0..3_u8, any::<bool>()), 2..7);
    let policies = prop::collection::vec(any_policy(), 0..6);
    (peers, policies).prop_map(|(peers, policies)| {
        let peers = peers.iter().enumerate().map(|(nth, (groups, version, is_pending))| Peer {
            version: ["0.59.4", "0.71.0", "development"][usize::from(*version)].into(),
            approval_required: *is_pending && nth == 0,
            ..peer(&format!("p{nth}"), groups)
        });
        let checks = PostureChecks { client_version: Some("0.70.0".into()), ..PostureChecks::default() };
        let check = PostureCheck { id: "new".into(), name: "new".into(), description: String::new(), checks };
        let policies = policies.into_iter().enumerate().map(|(nth, one)| Policy { id: format!("id-p{nth}"), ..one });
        let mut lists = office(policies.collect());
        lists.peers = peers.collect();
        lists.routes = vec![route("route", "p1", &["a", "b"], &["c"])];
        lists.routers[0].peer = "p1".into();
        lists.resources[0].groups = vec![group("b")];
        lists.checks = vec![check];
        lists
    })
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let end = || prop::sample::select(vec!["a", "b", "c", "d", "a,c", "peer:p0"]);
    let services = vec!["all", "icmp", "tcp", "tcp 22", "tcp 20-30,443", "udp 53", "sctp"];
    (end(), any::<bool>(), end(), prop::sample::select(services), any::<[bool; 3]>(), 0..4_u8).prop_map(
        |(from, both, to, services, [drops, is_checked, _], off)| {
            let arrow = if both { "<>" } else { ">" };
            let mut made = policy(&format!("p: {from} {arrow} {to} {services}"));
            if drops {
                made.rules[0].action = "drop".into();
            }
            if is_checked {
                made.posture_checks = vec!["new".into()];
            }
            made.enabled = off > 0;
            made
        },
    )
}

fn route(id: &str, through: &str, to: &[&str], access: &[&str]) -> Route {
    let ids = |ids: &[&str]| ids.iter().map(ToString::to_string).collect();
    Route {
        id: id.into(),
        network_id: id.into(),
        description: String::new(),
        enabled: true,
        network: "10.9.0.0/16".into(),
        network_type: "IPv4".into(),
        domains: Vec::new(),
        peer: through.into(),
        peer_groups: Vec::new(),
        groups: ids(to),
        access_control_groups: ids(access),
        metric: 100,
        masquerade: true,
        keep_route: false,
        skip_auto_apply: false,
    }
}

/// What is asked of every network: every pair of peers, groups and the resource, on what rules differ in.
fn every_answer(lists: &Lists) -> Vec<(String, Verdict, Counts)> {
    let model = Model::new(lists.inventory());
    let peers = (0..lists.peers.len()).map(|nth| End::Peer(format!("p{nth}")));
    let froms: Vec<End> = peers.chain(["a", "b"].map(|name| End::Group(name.into()))).collect();
    let tos = froms.iter().cloned().chain([End::Resource("db".into())]);
    let mut answers = Vec::new();
    for to in tos {
        for from in &froms {
            for on in [("all", None), ("tcp", Some(22)), ("tcp", Some(443)), ("udp", Some(53)), ("icmp", None)] {
                let ask = Ask { protocol: on.0.parse().unwrap(), port: on.1 };
                if let Ok(answer) = model.question(from, &to, ask) {
                    answers.push((format!("{from:?} {to:?} {on:?}"), answer.verdict, answer.counts));
                }
            }
        }
    }
    answers
}

/// How open an answer is: pairs that are, and pairs that are or may be.
fn openness(counts: &Counts) -> (usize, usize) {
    (counts.allowed, counts.allowed + counts.unknown)
}

/// Holds two answers to each of the same questions against each other.
fn compare(before: &Lists, after: &Lists, holds: impl Fn((usize, usize), (usize, usize)) -> bool) {
    let (before, after) = (every_answer(before), every_answer(after));
    let after: std::collections::BTreeMap<String, Counts> =
        after.into_iter().map(|(asked, _, counts)| (asked, counts)).collect();
    for (asked, _, counts) in before {
        let Some(then) = after.get(&asked) else { continue };
        let (was, is) = (openness(&counts), openness(then));
        assert!(holds(was, is), "seed {SEED:#x}: {asked} was {was:?} and is {is:?}");
    }
}

proptest! {
    #![proptest_config(Config { cases: 150, rng_seed: RngSeed::Fixed(SEED), failure_persistence: None, ..Config::default() })]

    /// Taking away what accepts opens nothing, and adding it closes nothing; the other way round for what drops.
    #[test]
    fn policies_only_do_what_they_say(lists in any_lists(), one in any_policy(), at in any::<prop::sample::Index>()) {
        let mut more = lists.clone();
        more.policies.insert(at.index(lists.policies.len() + 1), one.clone());
        if one.rules[0].action == "drop" {
            compare(&lists, &more, |without, with| with.0 <= without.0 && with.1 <= without.1);
        } else {
            compare(&lists, &more, |without, with| with.0 >= without.0 && with.1 >= without.1);
        }
    }

    /// The order of nothing matters.
    #[test]
    fn order_never_matters(lists in any_lists()) {
        let mut turned = lists.clone();
        turned.policies.reverse();
        turned.peers.reverse();
        compare(&lists, &turned, |one, other| one == other);
    }

    /// A group's numbers are those of its peers, one by one.
    #[test]
    fn groups_are_their_peers(lists in any_lists()) {
        let model = Model::new(lists.inventory());
        let of = |name: &str| -> Vec<End> {
            let is_in = |peer: &&Peer| peer.groups.iter().any(|group| group.id == name);
            lists.peers.iter().filter(is_in).map(|peer| End::Peer(peer.id.clone())).collect()
        };
        for ask in [Ask::ANYTHING, Ask { protocol: Protocol::Tcp, port: Some(22) }] {
            let group = |name: &str| End::Group(name.into());
            let Ok(answer) = model.question(&group("a"), &group("b"), ask) else { continue };
            let (mut pairs, mut allowed, mut unknown) = (0, 0, 0);
            for from in of("a") {
                for to in of("b").into_iter().filter(|to| *to != from) {
                    let one = model.question(&from, &to, ask).unwrap();
                    pairs += 1;
                    allowed += usize::from(one.verdict == Allowed);
                    unknown += usize::from(one.verdict == Unknown);
                }
            }
            let counts = answer.counts;
            prop_assert_eq!((counts.pairs, counts.allowed, counts.unknown), (pairs, allowed, unknown), "seed {:#x}", SEED);
        }
    }

    /// A cell is what a question between the same two groups says; where there is none, nothing is open or may be.
    #[test]
    fn the_matrix_agrees_with_questions(lists in any_lists(), policies_are_read in prop::bool::weighted(0.9)) {
        let inventory = Inventory { policies: lists.inventory().policies.filter(|_| policies_are_read), ..lists.inventory() };
        let model = Model::new(inventory);
        let (ids, omitted) = model.busiest_groups(10);
        prop_assert_eq!(omitted, 0);
        for ask in [Ask::ANYTHING, Ask { protocol: Protocol::Tcp, port: Some(22) }] {
            let matrix = model.matrix(&ids, ask).unwrap();
            for (from, to) in ids.iter().flat_map(|from| ids.iter().map(move |to| (from, to))) {
                let answer = model.question(&End::Group(from.clone()), &End::Group(to.clone()), ask).unwrap();
                let counts = answer.counts;
                let Some(cell) = matrix.cells.iter().find(|cell| (cell.from, cell.to) == (&**from, &**to)) else {
                    prop_assert_eq!(counts.allowed + counts.unknown, 0, "seed {:#x}: {} {}", SEED, from, to);
                    continue;
                };
                prop_assert_eq!((cell.pairs, cell.allowed, cell.unknown), (counts.pairs, counts.allowed, counts.unknown));
                prop_assert_eq!((cell.extent, &*cell.open, &*cell.may_be_open), (answer.extent, &answer.open, &answer.may_be_open));
                let verdict = match cell.verdict {
                    CellVerdict::Allowed | CellVerdict::Partial => Allowed,
                    CellVerdict::Unknown => Unknown,
                    CellVerdict::Denied => Verdict::Denied,
                };
                prop_assert_eq!(verdict, answer.verdict, "seed {:#x}: {} {}", SEED, from, to);
                prop_assert!(verdict != Verdict::Denied || cell.drops, "seed {:#x}: {} {}", SEED, from, to);
            }
        }
    }

    /// What is not known of one peer's client may be either: the answer lies between the two.
    #[test]
    fn unknown_lies_between_what_may_be(lists in any_lists()) {
        let with = |version: &str| {
            let mut lists = lists.clone();
            lists.peers[0].version = version.into();
            lists
        };
        let unknown = with("development");
        // Who passes may also be forbidden something by what drops: sure answers hold in both worlds.
        for version in ["0.59.4", "0.71.0"] {
            compare(&unknown, &with(version), |unknown, known| unknown.0 <= known.0 && known.1 <= unknown.1);
        }
    }

    /// What a change opens and closes is what the same questions say before and after it, pair by pair and service by service.
    #[test]
    fn the_difference_agrees_with_questions(lists in any_lists(), changes in prop::collection::vec(any_change(), 0..4)) {
        let Ok(changed) = lists.inventory().changed(&changes, "") else { return Ok(()) };
        let (before, after) = (Model::new(lists.inventory()), Model::new(changed.inventory()));
        for ask in [Ask::ANYTHING, Ask { protocol: Protocol::Tcp, port: Some(22) }] {
            let found = before.difference(&after, ask).unwrap();
            let (mut pairs, mut told) = ([0, 0], [BTreeSet::new(), BTreeSet::new()]);
            let mut expected = told.clone();
            for (from, to) in every_pair(&before) {
                let level = |model: &Model<'_>, on: &str| {
                    let (protocol, port) = on.split_once('/').unwrap();
                    let asked = Ask { protocol: protocol.parse().unwrap(), port: port.parse().ok() };
                    (ask == Ask::ANYTHING || on == "tcp/22").then(|| model.question(&from, &to, asked).unwrap().verdict)
                };
                let mut is_part = [false, false];
                for on in SERVICES {
                    let (Some(was), Some(is)) = (level(&before, on), level(&after, on)) else { continue };
                    let openness = |verdict| [Verdict::Denied, Unknown, Allowed].iter().position(|one| *one == verdict);
                    let what = usize::from(openness(is) < openness(was));
                    if was != is {
                        is_part[what] = true;
                        let is_certain = was != Unknown && is != Unknown;
                        expected[what].insert((format!("{from:?} {to:?} {on}"), is_certain));
                    }
                }
                pairs.iter_mut().zip(is_part).for_each(|(pairs, is_part)| *pairs += usize::from(is_part));
            }
            for (what, differences, model) in [(0, &found.opened, &after), (1, &found.closed, &before)] {
                prop_assert_eq!(differences.omitted, 0);
                for one in &differences.told {
                    let sides = (members(model, &one.from), members(model, &one.to));
                    let ends = sides.0.iter().flat_map(|from| sides.1.iter().map(move |to| (from, to)));
                    let ends: Vec<_> = ends.filter(|(from, to)| from != to).collect();
                    prop_assert_eq!(ends.len(), one.pairs, "seed {:#x}: {:?}", SEED, one);
                    for (from, to) in ends {
                        for on in SERVICES.iter().filter(|on| services(on).meets(&one.services)) {
                            told[what].insert((format!("{from:?} {to:?} {on}"), one.is_certain));
                        }
                    }
                }
                // On services that are asked of here one by one, nothing else can differ.
                prop_assert_eq!(&told[what], &expected[what], "seed {:#x}: {:?}", SEED, changes);
                prop_assert_eq!(differences.pairs, pairs[what], "seed {:#x}: {:?}", SEED, changes);
            }
        }
    }

    /// What accepts and is taken away opens nothing, nor does what drops and is added.
    #[test]
    fn taking_away_opens_nothing(lists in any_lists(), one in any_policy(), at in any::<prop::sample::Index>()) {
        let one = Policy { id: String::new(), ..one };
        let is_drop = one.rules[0].action == "drop";
        let changed = lists.inventory().changed(&[Change::PutPolicy(known(&lists, one))], "");
        let Ok(changed) = changed else { return Ok(()) };
        let (before, after) = (Model::new(lists.inventory()), Model::new(changed.inventory()));
        let (there, back) = (before.difference(&after, Ask::ANYTHING).unwrap(), after.difference(&before, Ask::ANYTHING).unwrap());
        let (none, opened) = if is_drop { (&there.opened, &there.closed) } else { (&there.closed, &there.opened) };
        prop_assert_eq!(none, &Differences::default(), "seed {:#x}", SEED);
        let returned = if is_drop { &back.opened } else { &back.closed };
        prop_assert_eq!(returned.pairs, opened.pairs);
        if let Some(policy) = lists.policies.get(at.index(lists.policies.len() + 1)).filter(|one| one.rules[0].action == "accept") {
            let gone = lists.inventory().changed(&[Change::DeletePolicy { id: policy.id.clone() }], "").unwrap();
            let opened = before.difference(&Model::new(gone.inventory()), Ask::ANYTHING).unwrap().opened;
            prop_assert_eq!(opened, Differences::default(), "seed {:#x}", SEED);
        }
    }

    /// What is told would change an answer does, and something is told of every answer.
    #[test]
    fn what_would_have_to_change_gives_the_other_answer(lists in any_lists(), policies_are_read in prop::bool::weighted(0.9)) {
        let inventory = Inventory { policies: lists.inventory().policies.filter(|_| policies_are_read), ..lists.inventory() };
        let model = Model::new(inventory);
        let read = |end: &str| end.parse::<End>().unwrap();
        let from = ["peer:p0", "group:a", "any"].map(read);
        let to = ["peer:p1", "group:b", "resource:db", "route:route", "address:10.9.1.1", "address:10.0.0.0/8"].map(read);
        for (from, to) in from.iter().flat_map(|from| to.iter().map(move |to| (from, to))) {
            for ask in [Ask { protocol: Protocol::Tcp, port: Some(22) }, Ask { protocol: Protocol::All, port: Some(443) }] {
                let Ok(answer) = model.question(from, to, ask) else { continue };
                let remedies = model.remedies(from, to, ask, &answer);
                prop_assert!((1..=5).contains(&remedies.len()), "seed {:#x}: {:?} {:?}", SEED, from, to);
                for remedy in remedies.iter().filter(|remedy| !remedy.changes.is_empty()) {
                    let changed = inventory.changed(&remedy.changes, "").unwrap();
                    let then = Model::new(changed.inventory()).question(from, to, ask).unwrap();
                    let is_other = match answer.verdict {
                        Allowed => then.verdict == Verdict::Denied,
                        Verdict::Denied => then.verdict == Allowed,
                        Unknown => then.verdict != Unknown,
                    };
                    prop_assert!(is_other, "seed {:#x}: {:?} {:?} {:?}: {:?}", SEED, from, to, ask, remedy);
                }
            }
        }
    }

    /// An address to which one thing alone leads is reached as that is; a range as what is in it.
    #[test]
    fn an_address_is_reached_as_what_leads_there(lists in any_lists()) {
        let model = Model::new(lists.inventory());
        for ask in [Ask::ANYTHING, Ask { protocol: Protocol::Tcp, port: Some(22) }] {
            for from in ["peer:p0", "group:a", "any"].map(|end| end.parse::<End>().unwrap()) {
                for (address, leads) in [("address:10.9.1.1", "route:route"), ("address:10.0.0.5", "resource:db")] {
                    let (address, leads) = (address.parse().unwrap(), leads.parse().unwrap());
                    let Ok(one) = model.question(&from, &address, ask) else { continue };
                    let other = model.question(&from, &leads, ask).unwrap();
                    prop_assert_eq!((one.verdict, one.extent, &one.open, &one.may_be_open), (other.verdict, other.extent, &other.open, &other.may_be_open), "seed {:#x}", SEED);
                    prop_assert_eq!((one.counts.allowed, one.counts.unknown), (other.counts.allowed, other.counts.unknown), "seed {:#x}", SEED);
                    let range = model.question(&from, &"address:10.0.0.0/8".parse().unwrap(), ask).unwrap();
                    prop_assert!(openness(&range.counts).0 >= openness(&one.counts).0 && openness(&range.counts).1 >= openness(&one.counts).1);
                }
            }
        }
    }

    /// Nothing is different where nothing was changed, or what was is changed back.
    #[test]
    fn what_is_changed_back_is_no_difference(lists in any_lists(), one in any_policy()) {
        let id = lists.policies.first().map_or_else(|| "new-0".to_owned(), |policy| policy.id.clone());
        let one = known(&lists, Policy { id: String::new(), ..one });
        let switch = |enabled| Change::SwitchPolicy { id: id.clone(), enabled };
        let is_on = lists.policies.first().is_none_or(|policy| policy.enabled);
        let members = |add: &[&str], remove: &[&str]| Change::GroupMembers {
            id: "a".into(),
            add: add.iter().map(ToString::to_string).collect(),
            remove: remove.iter().map(ToString::to_string).collect(),
        };
        let is_in = lists.peers[1].groups.iter().any(|group| group.id == "a");
        let moves = if is_in { [members(&[], &["p1"]), members(&["p1"], &[])] } else { [members(&["p1"], &[]), members(&[], &["p1"])] };
        let new = [Change::PutPolicy(one), switch(!is_on), switch(is_on)];
        let gone = Change::DeletePolicy { id: "new-0".into() };
        for changes in [vec![], new.into_iter().chain([gone]).collect(), moves.to_vec()] {
            let Ok(changed) = lists.inventory().changed(&changes, "") else { continue };
            let found = Model::new(lists.inventory()).difference(&Model::new(changed.inventory()), Ask::ANYTHING).unwrap();
            prop_assert_eq!((found.opened, found.closed), Default::default(), "seed {:#x}: {:?}", SEED, changes);
        }
    }
}

/// What rules differ in here: each is about all or nothing of it.
const SERVICES: [&str; 9] = ["tcp/22", "tcp/25", "tcp/443", "tcp/80", "udp/53", "udp/54", "icmp/", "tcp/19", "udp/443"];

fn services(on: &str) -> Services {
    let (protocol, port) = on.split_once('/').unwrap();
    Ask { protocol: protocol.parse().unwrap(), port: port.parse().ok() }.services()
}

fn any_change() -> impl Strategy<Value = Change> {
    let peers = || prop::sample::subsequence(vec!["p0".to_owned(), "p1".to_owned()], 0..=2);
    let group = prop::sample::select(vec!["a", "b", "c"]);
    prop_oneof![
        3 => (any_policy(), 0..4_usize).prop_map(|(policy, nth)| {
            Change::PutPolicy(Policy { id: if nth < 2 { format!("id-p{nth}") } else { String::new() }, ..policy })
        }),
        1 => (0..3_usize).prop_map(|nth| Change::DeletePolicy { id: format!("id-p{nth}") }),
        1 => (0..3_usize, any::<bool>()).prop_map(|(nth, enabled)| Change::SwitchPolicy { id: format!("id-p{nth}"), enabled }),
        2 => (group, peers(), peers()).prop_map(|(id, add, remove)| Change::GroupMembers { id: id.into(), add, remove }),
        1 => any::<bool>().prop_map(|enabled| Change::SwitchRouter { id: "r".into(), enabled }),
        1 => any::<bool>().prop_map(|enabled| Change::SwitchResource { id: "db".into(), enabled }),
    ]
}

/// A policy that names only groups that are there.
fn known(lists: &Lists, mut policy: Policy) -> Policy {
    let is_there = |group: &GroupRef| lists.peers.iter().any(|peer| peer.groups.contains(group));
    policy.rules[0].sources.retain(is_there);
    policy.rules[0].destinations.retain(is_there);
    policy
}

/// Every two peers, and every peer with each resource and route.
fn every_pair(model: &Model<'_>) -> Vec<(End, End)> {
    let peers: Vec<End> = model.lists.peers.iter().map(|peer| End::Peer(peer.id.clone())).collect();
    let behind = model.resources.keys().map(|id| End::Resource((*id).to_owned()));
    let behind = behind.chain(model.routes.keys().map(|id| End::Route((*id).to_owned())));
    let targets: Vec<End> = peers.iter().cloned().chain(behind).collect();
    let pairs = peers.iter().flat_map(|from| targets.iter().map(move |to| (from.clone(), to.clone())));
    pairs.filter(|(from, to)| from != to).collect()
}

/// The peers of a group; anything else is itself.
fn members(model: &Model<'_>, end: &End) -> Vec<End> {
    match end {
        End::Group(id) => {
            model.groups[id.as_str()].peers.iter().map(|at| End::Peer(model.lists.peers[at].id.clone())).collect()
        }
        other => vec![other.clone()],
    }
}
