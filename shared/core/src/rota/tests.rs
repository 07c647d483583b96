use proptest::prelude::*;
use uuid::Uuid;

use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn user(n: usize) -> UserId {
    UserId::from_uuid(Uuid::from_u128(n as u128 + 1))
}

fn person(n: usize) -> Person {
    Person { id: user(n), name: ["Ada", "Ben", "Cleo", "Dan", "Eve"][n].to_owned() }
}

fn rota(every: Every, weekday: Option<Weekday>, starts_on: &str, people: usize, time_zone: &str) -> Rota {
    Rota {
        id: RotaId::from_uuid(Uuid::nil()),
        tenant: TenantId::from_uuid(Uuid::nil()),
        name: "Nights".into(),
        time_zone: time_zone.into(),
        handover: Handover { time: "09:00".into(), weekday },
        every,
        starts_on: starts_on.parse().unwrap(),
        people: (0..people).map(person).collect(),
        overrides: Vec::new(),
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
        version: 1,
    }
}

fn stands_in(n: usize, from: &str, to: &str) -> Override {
    Override { id: OverrideId::from_uuid(Uuid::from_u128(n as u128)), person: person(n), from: at(from), to: at(to) }
}

/// `Ada 2026-03-02T08:00:00Z`: who begins when.
fn told(shifts: &[Shift<'_>]) -> Vec<String> {
    shifts.iter().map(|shift| format!("{} {}", shift.person.name, shift.from)).collect()
}

fn complaints(rota: &Rota, now: &str) -> Vec<String> {
    let mut problems = Problems::default();
    rota.check(at(now), &mut problems);
    problems.finish().err().unwrap_or_default().into_iter().map(|problem| problem.pointer).collect()
}

#[test]
fn weeks_are_handed_over_by_the_clocks_of_the_place() {
    // The clocks are put forward on the 29th of March.
    let rota = rota(Every::Week, Some(Weekday::Monday), "2026-03-18", 3, "Europe/Berlin");
    let shifts = rota.shifts(at("2026-03-01T00:00:00Z"), at("2026-04-10T00:00:00Z"), |_| true);
    assert_eq!(
        told(&shifts),
        [
            "Ada 2026-03-18T08:00:00Z",
            "Ben 2026-03-23T08:00:00Z",
            "Cleo 2026-03-30T07:00:00Z",
            "Ada 2026-04-06T07:00:00Z"
        ]
    );
    assert_eq!(rota.on_call(at("2026-03-18T07:59:59Z"), |_| true), None, "it has not begun");
    assert_eq!(rota.on_call(at("2026-03-23T07:59:59Z"), |_| true).unwrap().person.name, "Ada");
    assert_eq!(rota.on_call(at("2026-03-23T08:00:00Z"), |_| true).unwrap().person.name, "Ben");
}

#[test]
fn who_stands_in_goes_before_the_turn() {
    let mut rota = rota(Every::Day, None, "2026-03-02", 2, "UTC");
    rota.overrides = vec![stands_in(2, "2026-03-02T12:00:00Z", "2026-03-03T12:00:00Z")];
    let shifts = rota.shifts(at("2026-03-02T09:00:00Z"), at("2026-03-04T09:00:00Z"), |_| true);
    assert_eq!(told(&shifts), ["Ada 2026-03-02T09:00:00Z", "Cleo 2026-03-02T12:00:00Z", "Ben 2026-03-03T12:00:00Z"]);
    // Without them the turns are whole again.
    let without = rota.shifts(at("2026-03-02T09:00:00Z"), at("2026-03-04T09:00:00Z"), |one| one != user(2));
    assert_eq!(told(&without), ["Ada 2026-03-02T09:00:00Z", "Ben 2026-03-03T09:00:00Z"]);
    // Before a rota begins somebody may stand in.
    rota.overrides = vec![stands_in(2, "2026-02-01T00:00:00Z", "2026-02-02T00:00:00Z")];
    assert_eq!(rota.on_call(at("2026-02-01T10:00:00Z"), |_| true).unwrap().person.name, "Cleo");
}

#[test]
fn nobody_is_on_call_if_nobody_is_there() {
    let rota = rota(Every::Day, None, "2026-03-02", 3, "UTC");
    assert_eq!(rota.on_call(at("2026-03-09T10:00:00Z"), |_| false), None);
    let one = rota.on_call(at("2026-03-09T10:00:00Z"), |one| one == user(2)).unwrap();
    assert_eq!((one.person.name.as_str(), one.to), ("Cleo", at("2026-03-10T09:00:00Z")));
}

#[test]
fn what_is_wrong_is_named() {
    const NOW: &str = "2026-03-02T10:00:00Z";
    let sound = rota(Every::Week, Some(Weekday::Monday), "2026-03-02", 3, "Europe/Berlin");
    assert_eq!(complaints(&sound, NOW), [""; 0]);
    let handover = Handover { time: "9:00".into(), weekday: Some(Weekday::Monday) };
    let wrong = Rota { name: " ".into(), time_zone: "Mars".into(), every: Every::Day, handover, ..sound.clone() };
    assert_eq!(complaints(&wrong, NOW), ["/name", "/timeZone", "/handover/time", "/handover/weekday"]);
    let twice = Rota { people: vec![person(0), person(0)], starts_on: "1999-12-31".parse().unwrap(), ..sound.clone() };
    assert_eq!(complaints(&twice, NOW), ["/startsOn", "/people/1"]);
    assert_eq!(complaints(&Rota { people: Vec::new(), ..sound.clone() }, NOW), ["/people"]);
    let overrides = vec![
        stands_in(0, "2026-03-03T00:00:00Z", "2026-03-05T00:00:00Z"),
        stands_in(1, "2026-03-04T00:00:00Z", "2026-03-06T00:00:00Z"),
        stands_in(2, "2026-03-08T00:00:00Z", "2026-03-08T00:00:00Z"),
        stands_in(3, "2026-03-09T00:00:00Z", "2026-07-09T00:00:00Z"),
        stands_in(4, "2028-03-09T00:00:00Z", "2028-03-10T00:00:00Z"),
    ];
    let pointers = ["/overrides/1/from", "/overrides/2/to", "/overrides/3/to", "/overrides/4/from"];
    assert_eq!(complaints(&Rota { overrides, ..sound }, NOW), pointers);
}

#[test]
fn it_is_kept_in_order() {
    let mut rota = rota(Every::Week, None, "2026-03-04", 2, "europe/berlin");
    rota.overrides = vec![
        stands_in(1, "2026-03-09T00:00:00Z", "2026-03-10T00:00:00Z"),
        stands_in(0, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"),
        stands_in(2, "2026-03-05T00:00:00Z", "2026-03-06T00:00:00Z"),
    ];
    let kept = rota.tidied(at("2026-03-02T00:00:00Z"));
    assert_eq!((kept.time_zone.as_str(), kept.handover.weekday), ("Europe/Berlin", Some(Weekday::Wednesday)));
    assert_eq!(kept.overrides.iter().map(|one| one.person.name.as_str()).collect::<Vec<_>>(), ["Cleo", "Ben"]);
}

fn any_rota() -> impl Strategy<Value = Rota> {
    let zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC", "America/Sao_Paulo"];
    let overrides = prop::collection::vec((0_usize..5, 0_i64..48 * 60, 1_i64..96 * 60), 0..5);
    let shape = (any::<bool>(), 0_usize..7, 0_i64..200, 1_usize..=5);
    (shape, 0..24, 0..60, prop::sample::select(zones.to_vec()), overrides).prop_map(
        |((weekly, weekday, start, people), hour, minute, zone, gaps)| {
            let (every, weekday) = match weekly {
                true => (Every::Week, Some(Weekday::ALL[weekday])),
                false => (Every::Day, None),
            };
            let mut rota = rota(every, weekday, "2026-01-01", people, zone);
            rota.starts_on = rota.starts_on.checked_add(start.days()).unwrap();
            rota.handover.time = format!("{hour:02}:{minute:02}");
            let mut from = at("2026-08-01T00:00:00Z");
            for (n, gap, lasts) in gaps {
                let begins = from + SignedDuration::from_mins(gap);
                from = begins + SignedDuration::from_mins(lasts);
                rota.overrides.push(Override {
                    id: OverrideId::from_uuid(Uuid::nil()),
                    person: person(n),
                    from: begins,
                    to: from,
                });
            }
            rota
        },
    )
}

proptest! {
    /// From the first turn on somebody is on call at every moment, and nobody else is; whoever stands in goes before.
    #[test]
    fn there_are_no_gaps_and_no_overlaps(rota in any_rota(), moments in prop::collection::vec(0_i64..80 * 24 * 60, 1..20)) {
        let (from, until) = (at("2026-07-30T00:00:00Z"), at("2026-10-30T00:00:00Z"));
        let shifts = rota.shifts(from, until, |_| true);
        prop_assert!(shifts.windows(2).all(|pair| pair[0].to == pair[1].from));
        prop_assert!(shifts.iter().all(|shift| shift.from < shift.to));
        prop_assert!(shifts[0].from <= from && until <= shifts[shifts.len() - 1].to);
        for moment in moments {
            let moment = from + SignedDuration::from_mins(moment);
            let shown = shifts.iter().find(|shift| shift.from <= moment && moment < shift.to).copied();
            let found = rota.on_call(moment, |_| true);
            prop_assert_eq!(found.map(|shift| (shift.person, shift.to)), shown.map(|shift| (shift.person, shift.to)));
            let stands_in = rota.overrides.iter().find(|one| one.from <= moment && moment < one.to);
            prop_assert_eq!(found.map(|shift| shift.is_override), Some(stands_in.is_some()));
            if let Some(one) = stands_in {
                prop_assert_eq!(found.map(|shift| shift.person.id), Some(one.person.id));
            }
        }
    }

    /// Each turn begins at the time of the handover by the clocks of the place, or as much later as they skip of it.
    #[test]
    fn turns_begin_on_time(mut rota in any_rota()) {
        rota.overrides.clear();
        let zone = zone(&rota.time_zone).unwrap();
        for shift in rota.shifts(at("2026-02-01T00:00:00Z"), at("2026-12-30T00:00:00Z"), |_| true) {
            let local = shift.from.to_zoned(zone.clone());
            let is_skipped = zone.to_ambiguous_timestamp(local.date().to_datetime(time_of_day(&rota.handover.time).unwrap())).is_ambiguous();
            let is_on_time = local.strftime("%H:%M").to_string() == rota.handover.time;
            prop_assert!(is_on_time || is_skipped, "{local}");
            if let Some(weekday) = rota.handover.weekday {
                prop_assert!(Weekday::of(local.date()) == weekday || local.date() == rota.starts_on);
            }
        }
    }

    /// Who leaves changes nobody's turn but their own.
    #[test]
    fn who_leaves_changes_only_their_own_turns(rota in any_rota(), gone in 0_usize..5, moment in 0_i64..80 * 24 * 60) {
        let moment = at("2026-08-01T00:00:00Z") + SignedDuration::from_mins(moment);
        let before = rota.on_call(moment, |_| true).unwrap();
        let after = rota.on_call(moment, |one| one != user(gone));
        match after {
            None => prop_assert!(rota.people.iter().all(|person| person.id == user(gone))),
            Some(after) if before.person.id == user(gone) => prop_assert_ne!(after.person.id, user(gone)),
            Some(after) => prop_assert_eq!(after.person, before.person),
        }
    }
}
