use std::sync::Arc;

use serde_json::json;

use super::super::tests::{healthy, minute, seen};
use super::*;
use crate::account::SyncState;
use crate::evaluate::{Phase, RuleState, Transition, evaluate};
use crate::ids::TenantId;
use crate::metrics::{Peers, Rollup, Sample};
use crate::observed::{Lists, Measured};
use crate::own_metrics::{Book, Pushed};
use crate::rule::Rule;
use crate::testing::Counting;

fn watch(config: serde_json::Value) -> CustomMetric {
    serde_json::from_value(config).unwrap()
}

fn backup(operator: &str, value: f64) -> CustomMetric {
    watch(json!({ "metric": "backup.age", "operator": operator, "value": value }))
}

fn pushed(host: &str, value: f64, at: i64) -> Pushed {
    let tags = Tags::from([("host".to_owned(), host.to_owned())]);
    Pushed { place: 0, name: "backup.age".into(), unit: Some("h".into()), tags, value, at: minute(at) }
}

/// What is known of some values that were pushed, at their last minute.
fn measured(values: &[(&str, f64, i64)]) -> Lists {
    let (mut book, mut blocks) = (Book::default(), BTreeMap::new());
    let values: Vec<Pushed> = values.iter().map(|(host, value, at)| pushed(host, *value, *at)).collect();
    let now = values.iter().map(|one| one.at).max().unwrap_or_default();
    book.take_in(values, &mut blocks, now, &Counting::default()).unwrap();
    let read = own_metrics::Read { blocks, ..own_metrics::Read::default() };
    let mut points = read.points(&book, metrics::Resolution::Minute, &(i64::MIN..i64::MAX));
    let own = book.series().iter().map(|series| OwnMeasured {
        key: series.id.to_string(),
        series: series.clone(),
        minutes: points.remove(&series.number).unwrap_or_default(),
    });
    Lists { measured: Some(Arc::new(Measured { platform: BTreeMap::new(), own: own.collect() })), ..Lists::default() }
}

fn over<'a>(sync: &'a SyncState, lists: &'a Lists) -> Observation<'a> {
    Observation { lists, ..seen(sync, &[]) }
}

#[test]
fn values_are_compared_as_the_rule_says() {
    let sync = healthy();
    let lists = measured(&[("db1", 20.0, 1), ("db1", 30.0, 2), ("db1", 25.5, 4)]);
    let seen = over(&sync, &lists);
    let config = |aggregate: &str, value: f64| CustomMetric {
        aggregate: names::parse(aggregate).unwrap(),
        ..backup("greater_than", value)
    };
    for (aggregate, is) in [("last", 25.5), ("min", 20.0), ("max", 30.0), ("sum", 75.5), ("avg", 25.166)] {
        assert!(config(aggregate, is - 0.1).find(seen, minute(4)).is_some(), "{aggregate}");
        assert!(config(aggregate, is + 0.1).find(seen, minute(4)).is_none(), "{aggregate}");
    }
    let window = |window| CustomMetric { window, ..config("min", 24.0) };
    assert!(window(4).find(seen, minute(4)).is_none());
    assert!(window(3).find(seen, minute(4)).is_some(), "the last three minutes begin with the one of 30");
}

#[test]
fn what_is_told_has_the_numbers_in_the_message_and_not_in_the_title() {
    let sync = healthy();
    let lists = measured(&[("db1", 20.0, 1), ("db1", 30.0, 2), ("db2", 3.0, 2)]);
    let seen = over(&sync, &lists);
    let average = CustomMetric { aggregate: MetricAggregate::Avg, ..backup("greater_than", 24.0) };
    let finding = average.find(seen, minute(2)).unwrap();
    assert_eq!(finding.title, "The average of backup.age (host=db1) over 5 min is above 24 h");
    let said = "In HQ: the average of backup.age (host=db1) over 5 min is 25 h (2 values, from 20 to 30).";
    assert_eq!(finding.message, said);
    assert_eq!((finding.affected.total, finding.affected.of), (1, 2));
    let last = backup("greater_than", 2.0);
    assert_eq!(last.find(seen, minute(2)).unwrap().title, "backup.age is above 2 h in 2 of 2 series");
    assert_eq!(last.present(seen, minute(2)).unwrap(), "backup.age (host=db1) is 30 h, backup.age (host=db2) is 3 h.");
    let one = CustomMetric { tags: Tags::from([("host".into(), "db2".into())]), ..backup("greater_than", 24.0) };
    let recovery = one.recovery(&Affected::default(), seen, minute(2));
    assert_eq!(recovery.title, "backup.age (host=db2) is 3 h");
    assert_eq!(recovery.message, "In HQ; the rule fires when backup.age (host=db2) is above 24 h.");
    assert_eq!(average.sentence(), "When the average of backup.age over 5 min is above 24");
    assert_eq!(one.sentence(), "When backup.age (host=db2) is above 24");
    let silent = CustomMetric { no_data: NoData::Fire, ..one };
    assert_eq!(silent.sentence(), "When backup.age (host=db2) is above 24, or has no value for 5 min");
}

#[test]
fn silence_means_what_the_rule_says() {
    let sync = healthy();
    let lists = measured(&[("db1", 30.0, 2)]);
    let seen = over(&sync, &lists);
    let rule = |no_data| CustomMetric { no_data, ..backup("greater_than", 24.0) };
    let keep = rule(NoData::Keep);
    assert!(keep.knows(seen, minute(6)) && keep.find(seen, minute(6)).is_some());
    assert!(!keep.knows(seen, minute(7)) && keep.find(seen, minute(7)).is_none());
    let fire = rule(NoData::Fire);
    assert_eq!(fire.find(seen, minute(7)).unwrap().title, "backup.age (host=db1) has no value");
    let resolve = rule(NoData::Resolve);
    assert!(resolve.knows(seen, minute(7)) && resolve.find(seen, minute(7)).is_none());
    // What never said anything is waited for.
    let nothing = measured(&[]);
    assert!(!fire.knows(over(&sync, &nothing), minute(7)) && !fire.knows(over(&sync, Lists::none()), minute(7)));
    let other = CustomMetric { tags: Tags::from([("host".into(), "db2".into())]), ..fire };
    assert!(!other.knows(seen, minute(7)));
}

#[test]
fn the_platforms_own_are_compared_whether_an_account_can_be_read_or_not() {
    let mut sync = healthy();
    let sample = |minute, online: Option<u32>| Sample {
        minute,
        peers: online.map(|online| Peers { total: 10, online, unconfirmed: 0 }),
        millis: 40,
        failed: online.is_none(),
    };
    let minutes = [sample(1, Some(9)), sample(2, Some(4)), sample(3, None), sample(4, None)];
    let platform: BTreeMap<i64, Rollup> = minutes.iter().map(|one| (one.minute, Rollup::from(one))).collect();
    let measured = Some(Arc::new(Measured { platform, own: Vec::new() }));
    let lists = Lists { measured, ..Lists::default() };
    let online = watch(json!({ "metric": "peers_online", "operator": "less_than", "value": 5 }));
    let failed = watch(
        json!({ "metric": "sync_failures", "aggregate": "sum", "operator": "greater_than_or_equal", "value": 2 }),
    );
    let title = |rule: &CustomMetric, sync: &SyncState, at| {
        rule.find(over(sync, &lists), minute(at)).map(|finding| finding.title)
    };
    assert_eq!(title(&online, &sync, 4).unwrap(), "The number of online peers is below 5");
    assert_eq!(title(&failed, &sync, 4).unwrap(), "The sum of minutes with a failed sync over 5 min is at least 2");
    assert!(!online.knows(over(&sync, &lists), minute(7)), "a gap is no zero");
    let duration =
        watch(json!({ "metric": "sync_duration", "aggregate": "max", "operator": "greater_than", "value": 30 }));
    assert_eq!(
        title(&duration, &sync, 4).unwrap(),
        "The highest value of the duration of a sync over 5 min is above 30 ms"
    );

    // A failing account is just what such a rule is for.
    let rule = Rule {
        condition: super::super::Condition::CustomMetric(failed),
        ..Rule::account_unreachable(TenantId::from_uuid(uuid::Uuid::nil()), minute(0))
    };
    assert!(!rule.condition.is_about_account() && !sync.is_current(minute(40)));
    let state = RuleState::new(&rule, sync.account, minute(0));
    let (next, transition) = evaluate(&rule, &state, over(&sync, &lists), minute(4));
    assert!(next.phase == Phase::Firing && matches!(transition, Some(Transition::Fire(_))));
    let (kept, transition) = evaluate(&rule, &next, over(&sync, &lists), minute(40));
    assert_eq!((kept, transition), (next, None), "nothing is known then");
    sync.pause("ada@acme.example", minute(4));
    assert!(!rule.condition.watch().knows(over(&sync, &lists), minute(4)), "somebody wants no numbers");
}

#[test]
fn what_makes_no_sense_is_named() {
    let config = |part: serde_json::Value| {
        let mut whole = json!({ "metric": "backup.age", "operator": "greater_than", "value": 1 });
        whole.as_object_mut().unwrap().extend(part.as_object().unwrap().clone());
        watch(whole)
    };
    for (part, pointer) in [
        (json!({ "metric": "Backup" }), "metric"),
        (json!({ "metric": "" }), "metric"),
        (json!({ "metric": "peers_onlin" }), "metric"),
        (json!({ "metric": "peers_online", "tags": { "host": "db1" } }), "tags"),
        (json!({ "tags": { "host": "" } }), "tags/host"),
        (json!({ "tags": { "a/b": "x" } }), "tags/a~1b"),
        (json!({ "window": 0 }), "window"),
        (json!({ "window": 61 }), "window"),
        (json!({ "value": 1e25 }), "value"),
    ] {
        let mut problems = Problems::default();
        config(part).check(&mut problems);
        let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|one| one.pointer).collect();
        assert_eq!(pointers, [format!("/conditionConfig/{pointer}")]);
    }
}

#[test]
fn figures_say_enough() {
    let figures = [(0.0, ""), (24.0, "h"), (1.0 / 3.0, ""), (1e-7, "s"), (-1_234.5, ""), (1e20, "B")];
    let said: Vec<String> = figures.iter().map(|(value, unit)| Figure(*value, unit).to_string()).collect();
    assert_eq!(said, ["0", "24 h", "0.333", "1.000e-7 s", "-1234.5", "1.000e20 B"]);
}
