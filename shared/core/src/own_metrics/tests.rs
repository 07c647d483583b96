use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::metrics::{DAY, HOUR, Resolution, Value, minute_of, start_of};
use crate::testing::Counting;
use crate::validate::Problems;

/// A midnight.
const MIDNIGHT: i64 = 20_787 * DAY;

fn value(name: &str, value: f64, at: Timestamp) -> Pushed {
    Pushed { place: 0, name: name.into(), unit: None, tags: Tags::new(), value, at }
}

/// An account's series, with all that is stored of them.
#[derive(Default)]
struct Kept {
    book: Book,
    read: Read,
    writes: usize,
    entropy: Counting,
}

impl Kept {
    fn push(&mut self, pushed: Vec<Pushed>, now: Timestamp) {
        self.book.take_in(pushed, &mut self.read.blocks, now, &self.entropy).unwrap();
        let closed = self.book.close(now);
        if !closed.is_empty() {
            self.writes += 1;
            closed.fold(&self.book, &mut self.read.days, &mut self.read.months);
        }
    }

    fn points(&self, resolution: Resolution) -> BTreeMap<i64, Folded> {
        let mut points = self.read.points(&self.book, resolution, &(i64::MIN..i64::MAX));
        let number = self.book.series().first().map_or(0, |series| series.number);
        points.remove(&number).unwrap_or_default()
    }
}

#[test]
fn what_comes_twice_in_a_minute_is_folded() {
    let mut kept = Kept::default();
    let at = start_of(MIDNIGHT);
    kept.push(vec![value("queue", 3.0, at), value("queue", 1.0, at + SignedDuration::from_secs(20))], at);
    kept.push(vec![value("queue", 8.0, at + SignedDuration::from_secs(40))], at);
    let folded = Folded { least: 1.0, most: 8.0, last: 8.0, sum: 12.0, count: 3, minutes: 1 };
    for resolution in Resolution::ALL {
        assert_eq!(kept.points(*resolution), BTreeMap::from([(MIDNIGHT, folded)]), "{resolution}");
    }
    let told = Value::from(&folded);
    assert_eq!((told.value, told.samples, told.last), (4.0, 1, Some(8.0)));
}

#[test]
fn what_comes_late_is_counted_where_it_belongs_and_is_no_news() {
    let mut kept = Kept::default();
    let now = start_of(MIDNIGHT + 10);
    kept.push(vec![value("queue", 3.0, now)], now);
    kept.push(vec![value("queue", 9.0, now - LATE)], now);
    let minutes: Vec<i64> = kept.points(Resolution::Minute).into_keys().collect();
    assert_eq!(minutes, [MIDNIGHT - 5, MIDNIGHT + 10]);
    let hours: Vec<i64> = kept.points(Resolution::Hour).into_keys().collect();
    assert_eq!(hours, [MIDNIGHT - HOUR, MIDNIGHT]);
    assert_eq!(kept.book.series()[0].last, 3.0);
}

#[test]
fn an_account_has_so_many_series_and_the_others_are_named() {
    let (mut book, now) = (Book::default(), start_of(MIDNIGHT));
    let all = |count: usize| -> Vec<Pushed> {
        let one = |place| Pushed { place, ..value(&format!("queue{place}"), 1.0, now) };
        (0..count).map(one).collect()
    };
    assert_eq!(
        book.clone().take_in(all(102), &mut BTreeMap::new(), now, &Counting::default()),
        Err(TooMany(vec![100, 101]))
    );
    book.take_in(all(100), &mut BTreeMap::new(), now, &Counting::default()).unwrap();
    // Of what was silent for two years nothing is kept, and its place is free.
    let later = now + SignedDuration::from_hours(24 * 731);
    let fresh = Pushed { at: later, ..value("fresh", 1.0, later) };
    let took = book.take_in(vec![fresh], &mut BTreeMap::new(), later, &Counting::default()).unwrap();
    assert_eq!((took.made.len(), book.series().len()), (1, 1));
    assert_eq!(book.series()[0].number, 100, "a number is never used again");
}

#[test]
fn a_series_that_was_removed_is_read_no_more_and_leaves_what_is_stored() {
    let mut kept = Kept::default();
    for minute in 0..3 * HOUR {
        let now = start_of(MIDNIGHT + minute);
        kept.push(vec![value("queue", 3.0, now), value("other", 1.0, now)], now);
    }
    let id = kept.book.series()[0].id;
    assert_eq!(kept.book.remove(id).unwrap().name, "queue");
    assert!(kept.book.remove(id).is_none());
    let now = start_of(MIDNIGHT + 5 * HOUR);
    kept.push(vec![value("queue", 7.0, now), value("other", 1.0, now)], now);
    let points = kept.read.points(&kept.book, Resolution::Hour, &(MIDNIGHT..MIDNIGHT + DAY));
    assert_eq!(points[&2].keys().copied().collect::<Vec<_>>(), [MIDNIGHT + 5 * HOUR], "it begins anew");
    assert_eq!(points[&1].len(), 4);
    assert!(!points.contains_key(&0));
    let left = format!("{:?}", kept.read.days);
    assert!(!left.contains("3.0"), "{left}");
}

/// Ten series for five weeks: what is read by day is what was pushed, and hours are written away once each.
#[test]
fn hours_and_days_say_what_was_pushed() {
    let mut kept = Kept::default();
    let mut count = 0;
    for minute in (0..35 * DAY).step_by(7) {
        let now = start_of(MIDNIGHT + minute);
        kept.push(vec![value("queue", f64::from(u32::try_from(minute % 97).unwrap()), now)], now);
        count += 1;
    }
    let days = kept.points(Resolution::Day);
    assert_eq!(days.len(), 35);
    assert_eq!(days.values().map(|folded| folded.count).sum::<u32>(), count);
    assert!(kept.writes <= 35 * 24, "{} times", kept.writes);
    let first: Date = "2026-11-01".parse().unwrap();
    assert!(kept.read.months.keys().any(|month| *month == first));
    // Hours expire before days do.
    let hours = kept.points(Resolution::Hour);
    assert_eq!(hours.values().map(|folded| folded.count).sum::<u32>(), count);
    kept.read.days.retain(|day, _| *day > 20_787 + 30);
    assert_eq!(kept.points(Resolution::Day), days);
}

#[test]
fn what_makes_no_sense_is_named() {
    let now = start_of(MIDNIGHT);
    let tags = |key: &str, value: &str| Tags::from([(key.to_owned(), value.to_owned())]);
    let long = ["a", "b", "c"].map(|key| (key.to_owned(), "\u{1f9ca}".repeat(30))).into();
    let many = (0..6).map(|n| (n.to_string(), "x".to_owned())).collect();
    for (pushed, pointer) in [
        (value("peers_online", 1.0, now), "name"),
        (value("sync_speed", 1.0, now), "name"),
        (value("a-b", 1.0, now), "name"),
        (value(&"a".repeat(101), 1.0, now), "name"),
        (value("a", f64::INFINITY, now), "value"),
        (value("a", 1.0, now - LATE - SignedDuration::from_secs(1)), "timestamp"),
        (value("a", 1.0, now + AHEAD + SignedDuration::from_secs(1)), "timestamp"),
        (Pushed { unit: Some("x".repeat(21)), ..value("a", 1.0, now) }, "unit"),
        (Pushed { tags: many, ..value("a", 1.0, now) }, "tags"),
        (Pushed { tags: long, ..value("a", 1.0, now) }, "name"),
        (Pushed { tags: tags("", "x"), ..value("a", 1.0, now) }, "tags/"),
        (Pushed { tags: tags("host", &"x".repeat(81)), ..value("a", 1.0, now) }, "tags/host"),
    ] {
        let mut problems = Problems::default();
        pushed.check("/metrics/3", now, &mut problems);
        let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|one| one.pointer).collect();
        assert_eq!(pointers, [format!("/metrics/3/{pointer}")]);
    }
}

proptest! {
    /// However values come, in whichever order and however late: all of them are in every resolution, once.
    #[test]
    fn nothing_is_lost_or_counted_twice(steps in prop::collection::vec((0_i64..200, 0_i64..15, -100_i32..100), 1..200)) {
        let (mut kept, mut minute, mut sum, mut minutes) =
            (Kept::default(), MIDNIGHT, 0.0, std::collections::BTreeSet::new());
        for (pause, late, number) in &steps {
            minute += pause;
            let now = start_of(minute);
            let at = start_of(minute - late);
            kept.push(vec![value("queue", f64::from(*number), at)], now);
            sum += f64::from(*number);
            minutes.insert(minute_of(at));
        }
        for resolution in Resolution::ALL {
            let points = kept.points(*resolution);
            prop_assert_eq!(points.values().map(|folded| folded.sum).sum::<f64>(), sum);
            prop_assert_eq!(points.values().map(|folded| folded.count as usize).sum::<usize>(), steps.len());
            prop_assert_eq!(points.values().map(|folded| folded.minutes as usize).sum::<usize>(), minutes.len());
        }
    }
}
