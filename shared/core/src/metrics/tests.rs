use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

use super::packed::{pack, unpack};
use super::waiting::MOST_BYTES;
use super::*;

const SEED: u64 = 20_261_129;
/// The last evening of a month.
const BEGIN: i64 = 29_934_300;

fn config(cases: u32) -> Config {
    println!("seed {SEED}");
    Config { cases, rng_seed: RngSeed::Fixed(SEED), failure_persistence: None, ..Config::default() }
}

/// What is stored of one account, and its sync state: written together or not at all.
#[derive(Clone, Default)]
struct Kept {
    waiting: Waiting,
    minutes: BTreeMap<i64, Waiting>,
    days: BTreeMap<i64, Day>,
    months: BTreeMap<Date, Month>,
    flushes: usize,
}

impl Kept {
    /// A sync that reads the state and writes it. Whether it is written is the caller's word.
    fn synced(&self, sample: Sample, shift: i64) -> Self {
        let mut next = self.clone();
        if let Some(full) = next.waiting.add(sample, shift) {
            let days = full.days().into_iter().filter_map(|day| Some((day, self.days.get(&day)?.clone())));
            let months = full.months().into_iter().filter_map(|month| Some((month, self.months.get(&month)?.clone())));
            let flush = full.fold(days.collect(), months.collect());
            let first = flush.minutes.samples()[0].minute;
            assert!(next.minutes.insert(first, flush.minutes).is_none(), "no key is written twice");
            next.days.extend(flush.days);
            next.months.extend(flush.months);
            next.flushes += 1;
        }
        next
    }

    fn stored(&self) -> Stored {
        let minutes = self.minutes.values().flat_map(|minutes| minutes.samples().to_vec()).collect();
        Stored { minutes, days: self.days.clone(), months: self.months.clone() }
    }

    /// What a reader sees: whose state may be older than what is stored.
    fn read(&self, resolution: Resolution, waiting: &Waiting) -> BTreeMap<i64, Rollup> {
        let stored = match resolution {
            Resolution::Minute => Stored { minutes: self.stored().minutes, ..Stored::default() },
            Resolution::Hour => Stored { days: self.days.clone(), ..Stored::default() },
            Resolution::Day => {
                let open = Stored::open_days(waiting);
                let days = self.days.iter().filter(|(day, _)| open.contains(day));
                let days = days.map(|(day, stored)| (*day, stored.clone())).collect();
                Stored { days, months: self.months.clone(), ..Stored::default() }
            }
        };
        stored.read(resolution, i64::MIN..i64::MAX, waiting)
    }
}

/// The naive model: each minute with what was found in it.
type Model = BTreeMap<i64, Sample>;

fn expected(model: &Model, resolution: Resolution, series: Series) -> BTreeMap<i64, Vec<f64>> {
    let mut points: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for (minute, sample) in model {
        let number = match (series, sample.peers) {
            (Series::SyncDuration, _) => f64::from(sample.millis),
            (Series::SyncFailures, _) => f64::from(u8::from(sample.failed)),
            (_, None) => continue,
            (Series::PeersTotal | Series::Uptime, Some(peers)) => f64::from(peers.total),
            (Series::PeersOnline, Some(peers)) => f64::from(peers.online),
            (Series::PeersUnconfirmed, Some(peers)) => f64::from(peers.unconfirmed),
            (Series::PeersOffline, Some(peers)) => f64::from(peers.total - peers.online - peers.unconfirmed),
        };
        points.entry(minute - minute.rem_euclid(resolution.minutes())).or_default().push(number);
    }
    points
}

fn is_as_expected(found: &BTreeMap<i64, Rollup>, model: &Model, resolution: Resolution) {
    for rollup in found.values() {
        let sum = |series| rollup.value(series).map_or(0.0, |value: Value| value.sum);
        let (online, total) = (sum(Series::PeersOnline), sum(Series::PeersTotal));
        let uptime = rollup.value(Series::Uptime).map(|value| value.value);
        assert_eq!(uptime, (total > 0.0).then(|| 100.0 * online / total), "each peer counts the same");
    }
    for series in Series::ALL.iter().copied().filter(|series| *series != Series::Uptime) {
        let expected = expected(model, resolution, series);
        let found: BTreeMap<i64, Value> =
            found.iter().filter_map(|(minute, rollup)| Some((*minute, rollup.value(series)?))).collect();
        assert_eq!(found.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{series} by {resolution}");
        for (minute, numbers) in expected {
            let value = found[&minute];
            let sum: f64 = numbers.iter().sum();
            assert_eq!((value.samples as usize, value.sum), (numbers.len(), sum), "{series} at {minute}");
            if series == Series::SyncFailures {
                assert_eq!(value.value, sum);
                continue;
            }
            assert!((value.value - sum / numbers.len() as f64).abs() < 1e-9, "{series} at {minute}");
            let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
            let most = numbers.iter().copied().fold(0.0, f64::max);
            let told = (value.least, value.most, value.last);
            assert_eq!(told, (Some(least), Some(most), numbers.last().copied()), "{series} at {minute}");
        }
    }
}

/// What happens next: after how many minutes, what a sync finds, and whether it is written down.
#[derive(Debug, Clone)]
struct Step {
    after: i64,
    peers: Option<(u32, u32, u32)>,
    millis: u32,
    failed: bool,
    fate: Fate,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Fate {
    Written,
    /// It dies before it writes.
    Lost,
    /// It is done twice at the same time, and one of them is too late: its version is not the one that is stored.
    Doubled,
    /// The same message comes again later in the minute.
    Repeated,
}

fn step() -> impl Strategy<Value = Step> {
    let after = prop_oneof![
        12 => Just(1_i64), 3 => 0..4_i64, 2 => Just(-1_i64), 1 => 30..90_i64, 1 => 1_300..1_600_i64, 1 => 2_000..60_000_i64
    ];
    let steady = Just((500_u32, 300_u32, 0_u32));
    let changed = (0..100_000_u32, 0..1_000_u32, 0..5_u32)
        .prop_map(|(more, online, unconfirmed)| (online + unconfirmed + more, online, unconfirmed));
    let peers = prop_oneof![6 => steady.prop_map(Some), 2 => changed.prop_map(Some), 2 => Just(None)];
    let fate = prop_oneof![
        6 => Just(Fate::Written), 1 => Just(Fate::Lost), 1 => Just(Fate::Doubled), 1 => Just(Fate::Repeated)
    ];
    (after, peers, 0..32_u32, any::<bool>(), fate).prop_map(|(after, peers, millis, failed, fate)| Step {
        after,
        peers,
        millis,
        failed: failed && peers.is_none(),
        fate,
    })
}

fn note(model: &mut Model, sample: Sample) {
    // A clock that is behind tells of the last minute that is known.
    let last = model.keys().next_back().copied().unwrap_or(sample.minute);
    let minute = sample.minute.max(last);
    let known = model.entry(minute).or_insert(Sample { minute, ..sample });
    known.peers = sample.peers.or(known.peers);
    known.millis = sample.millis;
    known.failed |= sample.failed;
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn what_is_read_is_what_was_found(steps in prop::collection::vec(step(), 1..250), shift in 0..60_i64) {
        let (mut kept, mut model, mut now) = (Kept::default(), Model::new(), BEGIN);
        for step in steps {
            now += step.after;
            let peers = step.peers.map(|(total, online, unconfirmed)| Peers { total, online, unconfirmed });
            let sample = Sample { minute: now, peers, millis: step.millis, failed: step.failed };
            let before = kept.clone();
            let next = kept.synced(sample, shift);
            if step.fate == Fate::Lost {
                continue;
            }
            note(&mut model, sample);
            // Of two that read the same state one is refused, and tries nothing more.
            kept = next;
            if step.fate == Fate::Repeated {
                note(&mut model, sample);
                kept = kept.synced(sample, shift);
            }
            prop_assert!(pack(kept.waiting.samples()).len() <= MOST_BYTES + 18);
            // A reader who read the state just before it was written still misses nothing that was there then, and
            // counts nothing twice.
            let tries = |points: &BTreeMap<i64, Rollup>| -> BTreeMap<i64, u32> {
                points.iter().map(|(minute, one)| (*minute, one.value(Series::SyncDuration).unwrap().samples)).collect()
            };
            for resolution in Resolution::ALL.iter().copied() {
                let earlier = tries(&before.read(resolution, &before.waiting));
                let seen = tries(&kept.read(resolution, &before.waiting));
                let later = tries(&kept.read(resolution, &kept.waiting));
                for (minute, samples) in &seen {
                    prop_assert!(samples <= &later[minute]);
                }
                for (minute, samples) in &earlier {
                    prop_assert!(samples <= &seen[minute]);
                }
            }
        }
        for resolution in Resolution::ALL.iter().copied() {
            is_as_expected(&kept.read(resolution, &kept.waiting), &model, resolution);
        }
    }

    #[test]
    fn samples_are_packed_and_unpacked(
        samples in prop::collection::btree_map(BEGIN..BEGIN + 400, (any::<Option<(u32, u32, u32)>>(), 0..32_u32, any::<bool>()), 0..300)
    ) {
        type Found = (Option<(u32, u32, u32)>, u32, bool);
        let sample = |(minute, (peers, millis, failed)): (i64, Found)| {
            let peers = peers.map(|(total, online, unconfirmed)| Peers { total, online, unconfirmed });
            Sample { minute, peers, millis, failed }
        };
        let samples: Vec<Sample> = samples.into_iter().map(sample).collect();
        prop_assert_eq!(unpack(&pack(&samples)), Some(samples));
    }

    #[test]
    fn no_bytes_are_too_odd_to_be_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Some(samples) = unpack(&bytes) {
            prop_assert!(samples.windows(2).all(|two| two[0].minute < two[1].minute));
        }
        let odd = [&[1, 0x80, 0x83, 0xa8, 0x1b], bytes.as_slice()].concat();
        if let Some(samples) = unpack(&odd) {
            prop_assert!(samples.windows(2).all(|two| two[0].minute < two[1].minute));
        }
    }
}

/// A day of a network of 500 peers, of whom one comes or goes every other minute.
#[test]
fn a_days_minutes_are_written_away_about_once_an_hour() {
    let (mut kept, mut most) = (Kept::default(), 0);
    for minute in 0..DAY {
        let online = 300 + u32::try_from(minute / 2 % 3).unwrap();
        let peers = Some(Peers { total: 500, online, unconfirmed: 0 });
        let millis = 200 + u32::try_from(minute * 37 % 400).unwrap();
        kept = kept.synced(Sample { minute: BEGIN + minute, peers, millis, failed: false }, 17);
        most = most.max(pack(kept.waiting.samples()).len());
    }
    println!("{} times a day, at most {most} bytes wait", kept.flushes);
    assert!(most <= MOST_BYTES && (24..=48).contains(&kept.flushes), "{} times", kept.flushes);
}

#[test]
fn a_quiet_hour_waits_in_some_seventy_bytes() {
    let mut waiting = Waiting::default();
    for minute in 0..60 {
        let peers = Some(Peers { total: 25_000, online: 20_000, unconfirmed: 12 });
        let sample = Sample { minute: BEGIN + minute, peers, millis: 350, failed: false };
        assert!(waiting.add(sample, 0).is_none(), "after {minute} minutes");
    }
    assert!(pack(waiting.samples()).len() <= 75, "{} bytes", pack(waiting.samples()).len());
    let next = Sample { minute: BEGIN + 60, peers: None, millis: 0, failed: true };
    let full = waiting.add(next, 0).unwrap();
    assert_eq!((full.days().len(), full.months().len(), waiting.samples().len()), (1, 0, 1));
}

#[test]
fn days_and_months_are_named() {
    let day = day_of(BEGIN);
    assert_eq!(date_of(day), date(2026, 11, 30));
    assert_eq!(start_of(BEGIN).to_string(), "2026-11-30T17:00:00Z");
    let (begin, end) = month(date(2026, 12, 1));
    assert_eq!((date_of(day_of(begin)), date_of(day_of(end))), (date(2026, 12, 1), date(2027, 1, 1)));
    assert_eq!((begin % DAY, end - begin), (0, 31 * DAY));
    assert_eq!(date_of(i64::MAX), date(1970, 1, 1));
    assert_eq!(Resolution::Day.forgotten(begin).to_string(), "2028-11-30T00:00:00Z");
}

/// An account that stopped in the middle of a day, and goes on days later.
#[test]
fn a_pause_of_days_leaves_the_day_before_whole() {
    let peers = |online| Some(Peers { total: 10, online, unconfirmed: 0 });
    let at = |minute, online| Sample { minute, peers: peers(online), millis: 1, failed: false };
    let kept = Kept::default().synced(at(BEGIN, 4), 0).synced(at(BEGIN + 1, 6), 0);
    let of = |kept: &Kept, resolution| {
        let points = kept.read(resolution, &kept.waiting);
        points
            .into_iter()
            .map(|(minute, rollup)| (minute, rollup.value(Series::PeersOnline).unwrap().value))
            .collect::<Vec<_>>()
    };
    let first = BEGIN - BEGIN.rem_euclid(DAY);
    assert_eq!(of(&kept, Resolution::Day), [(first, 5.0)]);
    let kept = kept.synced(at(BEGIN + 5 * DAY, 8), 0);
    assert_eq!(of(&kept, Resolution::Day), [(first, 5.0), (first + 5 * DAY, 8.0)]);
    assert_eq!(kept.months.len(), 1);
    assert_eq!(of(&kept, Resolution::Hour).len(), 2);
}
