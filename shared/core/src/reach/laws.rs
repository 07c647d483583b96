//! What must hold in every network.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::Verdict::{Allowed, Unknown};
use super::tests::{Lists, group, office, peer, policy};
use super::*;
use crate::network::{Peer, Policy, PostureCheck, PostureChecks};

/// The seed of what follows.
const SEED: u64 = 0x5EAC4;

/// A network of any kind: who is in which groups, what policies say, what is checked.
fn any_lists() -> impl Strategy<Value = Lists> {
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
        let mut lists = office(policies);
        lists.peers = peers.collect();
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
                let Some(cell) = matrix.cells.iter().find(|cell| (&cell.from, &cell.to) == (from, to)) else {
                    prop_assert_eq!(counts.allowed + counts.unknown, 0, "seed {:#x}: {} {}", SEED, from, to);
                    continue;
                };
                prop_assert_eq!((cell.pairs, cell.allowed, cell.unknown), (counts.pairs, counts.allowed, counts.unknown));
                prop_assert_eq!((cell.extent, &cell.open, &cell.may_be_open), (answer.extent, &answer.open, &answer.may_be_open));
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
}
