use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::*;
use crate::network::Peer;
use crate::peer_status::{RestartWatch, derive, first_sight};
use crate::testing;

const SEED: u64 = 20_261_128;
const GAP: SignedDuration = SignedDuration::from_secs(300);

fn second(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn offset(at: Timestamp) -> i64 {
    at.as_second() - second(0).as_second()
}

/// Keeps what a sync keeps and logs what it logs.
#[derive(Default)]
struct Syncs {
    peers: Option<Vec<Peer>>,
    watch: Option<RestartWatch>,
    last: Option<Timestamp>,
    log: Vec<(String, Logged)>,
    gaps: Vec<Gap>,
}

impl Syncs {
    fn poll(&mut self, mut polled: Vec<Peer>, now: Timestamp) {
        let derived = derive(self.peers.as_deref(), self.watch, &mut polled, now);
        let sight = if self.peers.is_none() { first_sight(&polled) } else { Vec::new() };
        let told = sight.into_iter().chain(derived.transitions);
        self.log.extend(told.map(|one| (one.peer, Logged { seen_at: now, at: one.at, kind: one.kind })));
        if let Some(from) = self.last.filter(|last| now.duration_since(*last) > GAP) {
            self.gaps.push(Gap { from, to: now });
        }
        self.last = Some(now);
        self.watch = derived.watch;
        self.peers = Some(polled);
    }

    fn record(&self, id: &str) -> Record {
        let peer = self.peers.iter().flatten().find(|peer| peer.id == id).unwrap();
        Record {
            watched_from: second(0),
            read_from: None,
            read_until: self.last.unwrap(),
            changes: self.log.iter().filter(|(peer, _)| peer == id).map(|(_, change)| *change).collect(),
            gaps: self.gaps.clone(),
            overflows: Vec::new(),
            present: (peer.status, peer.since),
        }
    }
}

fn told(history: &History) -> Vec<(PeriodStatus, i64, i64)> {
    history.periods.iter().map(|period| (period.status, offset(period.from), offset(period.to))).collect()
}

fn flaps(history: &History) -> Vec<(i64, FlapKind)> {
    history.flaps.iter().map(|flap| (offset(flap.at), flap.kind)).collect()
}

/// Forty peers that stay, so that one that comes and goes is no restart, and one that changes at these seconds.
fn answer(changes: &[i64], begins_online: bool, now: i64) -> Vec<Peer> {
    let past = changes.iter().filter(|at| **at <= now).count();
    let online = begins_online == past.is_multiple_of(2);
    let since = if past == 0 { -1_000 } else { changes[past - 1] };
    let peer = |id: &str, online, since| {
        testing::peer(id, if online { PeerStatus::Online } else { PeerStatus::Offline }, second(since))
    };
    let steady = (0..40).map(|n| peer(&format!("steady-{n}"), true, -1_000));
    steady.chain([peer("peer", online, since)]).collect()
}

use FlapKind::{Away, Visit};
use PeriodStatus::{Offline, Online, Unconfirmed, Unknown};

fn watched(changes: &[i64], polls: impl IntoIterator<Item = i64>) -> Syncs {
    let mut syncs = Syncs::default();
    polls.into_iter().for_each(|now| syncs.poll(answer(changes, true, now), second(now)));
    syncs
}

#[test]
fn an_outage_is_exact_whatever_the_tick() {
    for tick in [1, 7, 60, 61, 290] {
        let syncs = watched(&[100, 400], (0..=1_200).step_by(tick));
        let history = syncs.record("peer").history(second(0), second(1_200), GAP);
        assert_eq!(told(&history), [(Online, 0, 100), (Offline, 100, 400), (Online, 400, 1_200)], "tick {tick}");
        assert_eq!(flaps(&history), []);
    }
}

#[test]
fn what_lies_between_two_polls_is_a_flap() {
    let away = watched(&[70, 75], (0..=600).step_by(60)).record("peer").history(second(0), second(600), GAP);
    assert_eq!((told(&away), flaps(&away)), (vec![(Online, 0, 600)], vec![(75, Away)]));
    let visit = watched(&[30, 130, 150], (0..=600).step_by(60)).record("peer").history(second(0), second(600), GAP);
    assert_eq!((told(&visit), flaps(&visit)), (vec![(Online, 0, 30), (Offline, 30, 600)], vec![(150, Visit)]));
}

#[test]
fn a_gap_is_unknown_only_as_far_as_dates_prove_nothing() {
    let polls = || (0..=600).step_by(60).chain((4_000..=5_000).step_by(60));
    let end = second(5_000);
    let quiet = watched(&[], polls()).record("peer").history(second(0), end, GAP);
    assert_eq!(told(&quiet), [(Online, 0, 5_000)], "the session that began before goes on after");
    let left = watched(&[2_000], polls()).record("peer").history(second(0), end, GAP);
    assert_eq!(told(&left), [(Online, 0, 600), (Unknown, 600, 2_000), (Offline, 2_000, 5_000)]);
    let back = watched(&[900, 2_000], polls()).record("peer").history(second(0), end, GAP);
    assert_eq!(told(&back), [(Online, 0, 600), (Unknown, 600, 2_000), (Online, 2_000, 5_000)]);
    assert_eq!(flaps(&back), [], "who was away for an unknown time did not flap");
    let now = watched(&[], polls()).record("peer").history(second(0), second(6_000), GAP);
    assert_eq!(told(&now).last(), Some(&(Unknown, 4_960, 6_000)), "nobody knows what is since the last answer");
}

#[test]
fn what_was_not_read_or_left_out_is_unknown() {
    let whole = watched(&[1_000, 2_000], (0..=3_000).step_by(60)).record("peer");
    let part = Record { read_from: Some(second(1_500)), changes: whole.changes[2..].to_vec(), ..whole.clone() };
    let history = part.history(second(0), second(3_000), GAP);
    assert_eq!(told(&history), [(Unknown, 0, 2_000), (Online, 2_000, 3_000)], "who connects was offline or a ghost");
    let lost = Record { changes: whole.changes[..1].to_vec(), overflows: vec![second(1_020)], ..whole };
    let history = lost.history(second(0), second(3_000), GAP);
    assert_eq!(told(&history), [(Online, 0, 720), (Unknown, 720, 2_000), (Online, 2_000, 3_000)]);
}

#[test]
fn a_ghost_and_a_newcomer_have_their_own_beginning() {
    let change = |at, kind| Logged { seen_at: second(at), at: second(at), kind };
    let record = Record {
        watched_from: second(50),
        read_from: None,
        read_until: second(1_000),
        changes: vec![
            change(50, TransitionKind::Registered),
            change(60, TransitionKind::Connected),
            change(500, TransitionKind::Unconfirmed),
        ],
        gaps: Vec::new(),
        overflows: Vec::new(),
        present: (PeerStatus::Unconfirmed, second(500)),
    };
    let history = record.history(second(0), second(1_000), GAP);
    assert_eq!(told(&history), [(Unknown, 50, 60), (Online, 60, 500), (Unconfirmed, 500, 1_000)]);
    let uptime = Uptime::of(&history.periods, second(0), second(1_000));
    assert_eq!(uptime, Uptime { online: 440, offline: 0, unconfirmed: 500, unknown: 10 });
    assert_eq!((uptime.watched(), uptime.ratio()), (950, Some(440.0 / 940.0)));
    assert_eq!(Uptime::of(&[], second(0), second(9)).ratio(), None);
    let before = record.history(second(0), second(50), GAP);
    assert_eq!((before.periods, before.flaps), (vec![], vec![]), "it was not watched yet");
}

/// What can be known of a peer: each stay that an answer showed, from its first second; what no answer showed belongs
/// to the stay before, and what changed while nobody asked is unknown until its last change.
fn truth(changes: &[i64], begins_online: bool, polls: &[i64], end: i64) -> BTreeMap<i64, PeriodStatus> {
    let mut known = BTreeMap::new();
    for (nth, now) in polls.iter().enumerate() {
        let past = changes.iter().filter(|at| *at <= now).count();
        let since = if past == 0 { 0 } else { changes[past - 1] };
        let status = if begins_online == past.is_multiple_of(2) { Online } else { Offline };
        let before = nth.checked_sub(1).map(|before| polls[before]);
        if let Some(before) = before.filter(|before| since > *before && now - before > GAP.as_secs()) {
            known.insert(before, Unknown);
        }
        known.insert(since, status);
    }
    if let Some(last) = polls.last().filter(|last| end - *last > GAP.as_secs()) {
        known.insert(*last, Unknown);
    }
    let mut last = None;
    known.retain(|_, status| last.replace(*status) != Some(*status));
    known
}

proptest! {
    #![proptest_config(Config { cases: 200, rng_seed: RngSeed::Fixed(SEED), failure_persistence: None, ..Config::default() })]

    /// Any changes, any tick, any times in which nobody asks: the periods are what can be known, to the second.
    #[test]
    fn periods_are_what_can_be_known(
        lengths in prop::collection::vec(1..900_i64, 0..24),
        begins_online in any::<bool>(),
        tick in 10..180_i64,
        silences in prop::collection::vec((0..9_000_i64, 1..3_000_i64), 0..3),
        span in (0..10_000_i64, 1..10_000_i64),
    ) {
        let mut at = 0;
        let changes: Vec<i64> = lengths.iter().map(|length| { at += length; at }).collect();
        let end = 12_000;
        let is_silent = |now: &i64| silences.iter().any(|(from, length)| (*from..from + length).contains(now));
        // It ends with answers until nothing is held back.
        let polls: Vec<i64> = (0..end).step_by(usize::try_from(tick).unwrap())
            .filter(|now| *now == 0 || !is_silent(now)).chain([end, end + 60, end + 120, end + 180]).collect();
        let mut syncs = Syncs::default();
        polls.iter().for_each(|now| syncs.poll(answer(&changes, begins_online, *now), second(*now)));
        let end = end + 180;
        let record = syncs.record("peer");
        let history = record.history(second(0), second(end), GAP);

        let expected = truth(&changes, begins_online, &polls, end);
        let told: BTreeMap<i64, PeriodStatus> =
            history.periods.iter().map(|period| (offset(period.from), period.status)).collect();
        prop_assert_eq!(told, expected, "seed {}", SEED);

        let (from, to) = (second(span.0), second((span.0 + span.1).min(end)));
        let part = record.history(from, to, GAP);
        prop_assert_eq!(part.periods.first().map(|period| period.from), Some(from));
        prop_assert_eq!(part.periods.last().map(|period| period.to), Some(to));
        for two in part.periods.windows(2) {
            prop_assert!(two[0].to == two[1].from && two[0].status != two[1].status, "{:?}", two);
        }
        let uptime = Uptime::of(&part.periods, from, to);
        prop_assert_eq!(uptime.watched(), to.as_second() - from.as_second());
        prop_assert_eq!(uptime, Uptime::of(&history.periods, from, to), "a part is what the whole says of it");
        for flap in &history.flaps {
            prop_assert!(changes.contains(&offset(flap.at)));
        }
    }
}

/// Polls of a real server while peers were switched, in the folder that `NETBIRD_RECORDED` names.
#[test]
fn a_real_servers_peers_have_the_history_they_had() {
    let Ok(folder) = std::env::var("NETBIRD_RECORDED") else {
        println!("skipped: NETBIRD_RECORDED is not set");
        return;
    };
    let text = std::fs::read_to_string(format!("{folder}/timeline.json")).unwrap();
    let timeline: serde_json::Value = serde_json::from_str(&text).unwrap();
    let time = |value: &serde_json::Value| value.as_str().unwrap().parse::<Timestamp>().unwrap();
    let polls: Vec<(Timestamp, Vec<Peer>)> = timeline["polls"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|poll| poll["peers"].is_array())
        .map(|poll| {
            let peers = poll["peers"].as_array().unwrap().iter().map(|one| {
                let status = if one["connected"].as_bool().unwrap() { PeerStatus::Online } else { PeerStatus::Offline };
                testing::peer(one["hostname"].as_str().unwrap(), status, time(&one["last_seen"]))
            });
            (time(&poll["at"]), peers.collect())
        })
        .collect();
    let clock = |of_day: &str| format!("2026-11-23T{of_day}Z").parse::<Timestamp>().unwrap();
    let last = polls.last().unwrap();
    for step in 1..=4 {
        let mut syncs = Syncs::default();
        polls.iter().step_by(step).for_each(|(at, peers)| syncs.poll(peers.clone(), *at));
        for minute in 1..=3 {
            syncs.poll(last.1.clone(), last.0 + SignedDuration::from_mins(minute));
        }
        let (from, to) = (clock("01:26:08"), clock("01:30:00"));
        let record = |id: &str| Record { watched_from: from, ..syncs.record(id) };
        let history = |id: &str| record(id).history(from, to, GAP);
        let of = |status, from, to| Period { status, from, to };
        let (left, back) = (clock("01:26:15"), clock("01:26:40"));
        let outage = [of(Online, from, left), of(Offline, left, back), of(Online, back, to)];
        assert_eq!(history("srv-05").periods, outage, "every {step}th poll");
        let flapped = history("laptop-02");
        assert_eq!(flapped.periods, [of(Online, from, to)], "every {step}th poll");
        assert_eq!(flapped.flaps, [Flap { at: clock("01:26:55"), kind: Away }]);
        assert_eq!(history("srv-01").periods, [of(Online, from, to)], "a restart of the server is no outage");
        assert_eq!(history("db-02").periods, [of(Offline, from, to)]);
        for peer in &last.1 {
            let uptime = Uptime::of(&history(&peer.id).periods, from, to);
            assert_eq!((uptime.watched(), uptime.unknown), (to.as_second() - from.as_second(), 0), "{}", peer.id);
        }
    }
}
