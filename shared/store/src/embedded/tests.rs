//! The feed of the embedded database, held against a stream of the same writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::{SignedDuration, Timestamp};
use platform_core::clock::Clock;
use platform_core::versioned;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Embedded;
use crate::feed::{Change, Changes, How, Missed, Records};
use crate::keys::samples::samples;
use crate::keys::{Aggregate, Key};
use crate::operations::Item;
use crate::{Result, Store, StoreError};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }
}

/// Something with a version.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Thing {
    value: u8,
    version: u64,
}

versioned!(Thing);

async fn store_on(embedded: &Embedded) -> Store {
    let store = Store::new(embedded.client(), "platform", Arc::new(Noon));
    store.create_table().await.unwrap();
    store
}

/// One write of a schedule. Keys are few, so that writes meet.
#[derive(Debug, Clone)]
enum Step {
    Create(usize, u8),
    Put(usize, u8),
    /// Writes again what is there.
    PutAgain(usize),
    /// At the version that is there, or at another.
    Replace(usize, u8, bool),
    Upsert(usize, u8),
    Count(usize),
    Delete(usize),
    /// Puts what expired already.
    PutExpired(usize, u8),
    Sweep,
    Many(Vec<(usize, Option<u8>)>),
    Together(Vec<Part>),
}

/// A write of a transaction.
#[derive(Debug, Clone)]
enum Part {
    Create(usize, u8),
    Put(usize, u8),
    Replace(usize, u8, bool),
    Delete(usize),
    Take(usize),
    Count(usize),
    Require(usize),
}

impl Part {
    fn place(&self) -> usize {
        match self {
            Part::Create(place, _) | Part::Put(place, _) | Part::Replace(place, ..) => *place,
            Part::Delete(place) | Part::Take(place) | Part::Count(place) | Part::Require(place) => *place,
        }
    }
}

/// Keys that a schedule writes: tenants' things, people's and the platform's.
fn keys() -> Vec<Key> {
    let wanted = ["alert", "account", "chunk", "intent", "member", "mail", "session", "throttle"];
    let samples = samples();
    let key = |name| samples.iter().find(|sample| sample.spelled_by == name).unwrap().key.clone();
    wanted.into_iter().map(key).collect()
}

fn step() -> impl Strategy<Value = Step> {
    let (place, value) = (0..keys().len(), 0..3u8);
    let part = prop_oneof![
        3 => (place.clone(), value.clone()).prop_map(|(place, value)| Part::Create(place, value)),
        3 => (place.clone(), value.clone()).prop_map(|(place, value)| Part::Put(place, value)),
        3 => (place.clone(), value.clone(), any::<bool>())
            .prop_map(|(place, value, is_right)| Part::Replace(place, value, is_right)),
        2 => place.clone().prop_map(Part::Delete),
        1 => place.clone().prop_map(Part::Take),
        2 => place.clone().prop_map(Part::Count),
        1 => place.clone().prop_map(Part::Require),
    ];
    let many = (place.clone(), proptest::option::of(value.clone()));
    prop_oneof![
        2 => (place.clone(), value.clone()).prop_map(|(place, value)| Step::Create(place, value)),
        2 => (place.clone(), value.clone()).prop_map(|(place, value)| Step::Put(place, value)),
        1 => place.clone().prop_map(Step::PutAgain),
        2 => (place.clone(), value.clone(), any::<bool>())
            .prop_map(|(place, value, is_right)| Step::Replace(place, value, is_right)),
        1 => (place.clone(), value.clone()).prop_map(|(place, value)| Step::Upsert(place, value)),
        1 => place.clone().prop_map(Step::Count),
        1 => place.clone().prop_map(Step::Delete),
        1 => (place, value).prop_map(|(place, value)| Step::PutExpired(place, value)),
        1 => Just(Step::Sweep),
        2 => proptest::collection::vec(many, 1..5).prop_map(Step::Many),
        3 => proptest::collection::vec(part, 1..5).prop_map(Step::Together),
    ]
}

fn thing(key: &Key, value: u8, version: u64) -> Item {
    Item::new(key, &Thing { value, version }).unwrap()
}

/// The thing that is there, or one that never was.
async fn present(store: &Store, key: &Key, value: u8, is_right: bool) -> Thing {
    let version = store.get::<Thing>(key).await.ok().flatten().map_or(0, |thing| thing.version);
    Thing { value, version: if is_right { version } else { version + 5 } }
}

/// Carries out a step. That it may not be carried out is a part of the schedule.
async fn carry_out(embedded: &Embedded, store: &Store, keys: &[Key], step: Step) -> Result<()> {
    match step {
        Step::Create(place, value) => store.create(thing(&keys[place], value, 1)).await,
        Step::Put(place, value) => store.put(thing(&keys[place], value, 1)).await,
        Step::PutAgain(place) => match store.get_raw(&keys[place]).await? {
            Some(attributes) => store.put(Item { attributes }).await,
            None => Ok(()),
        },
        Step::Replace(place, value, is_right) => {
            let mut thing = present(store, &keys[place], value, is_right).await;
            store.replace(&mut thing, |thing| Item::new(&keys[place], thing)).await
        }
        Step::Upsert(place, value) => {
            let mut thing = present(store, &keys[place], value, true).await;
            store.upsert(&mut thing, |thing| Item::new(&keys[place], thing)).await
        }
        Step::Count(place) => {
            let one = AttributeValue::N("1".into());
            let counted = store.update(&keys[place], |request| {
                request.update_expression("ADD version :one").expression_attribute_values(":one", one)
            });
            counted.await.map(drop)
        }
        Step::Delete(place) => store.delete(&keys[place]).await,
        Step::PutExpired(place, value) => {
            store.put(thing(&keys[place], value, 1).expiring(Noon.now() - SignedDuration::from_secs(1))).await
        }
        Step::Sweep => {
            embedded.sweep_expired(Noon.now()).await.unwrap();
            Ok(())
        }
        Step::Many(writes) => {
            let mut seen = BTreeSet::new();
            let (mut items, mut deletes) = (Vec::new(), Vec::new());
            for (place, value) in writes.into_iter().filter(|(place, _)| seen.insert(*place)) {
                match value {
                    Some(value) => items.push(thing(&keys[place], value, 1)),
                    None => deletes.push(keys[place].clone()),
                }
            }
            store.write_many(items, deletes).await
        }
        Step::Together(parts) => {
            let mut seen = BTreeSet::new();
            let mut transaction = store.transaction();
            for part in parts.into_iter().filter(|part| seen.insert(part.place())) {
                let key = &keys[part.place()];
                match part {
                    Part::Create(_, value) => transaction.create(thing(key, value, 1)),
                    Part::Put(_, value) => transaction.put(thing(key, value, 1)),
                    Part::Replace(_, value, is_right) => {
                        let mut thing = present(store, key, value, is_right).await;
                        transaction.replace(&mut thing, |thing| Item::new(key, thing))?;
                    }
                    Part::Delete(_) => transaction.delete(key),
                    Part::Take(_) => transaction.take(key),
                    Part::Count(_) => transaction.add(key, &[("version".to_owned(), 1)], None),
                    Part::Require(_) => transaction.require(key),
                }
            }
            transaction.commit().await
        }
    }
}

fn all_told(changes: &mut Changes) -> Vec<Change> {
    std::iter::from_fn(|| changes.try_next()).map(|told| told.expect("there is room")).collect()
}

/// The database's own emulation of DynamoDB's stream, which knows nothing of the feed.
struct Stream<'a>(&'a Embedded);

impl Stream<'_> {
    fn begin(embedded: &Embedded) -> Stream<'_> {
        let specification = json!({ "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES" });
        let request = json!({ "TableName": "platform", "StreamSpecification": specification });
        embedded.database.update_table(Deserialize::deserialize(&request).unwrap()).unwrap();
        Stream(embedded)
    }

    /// What a function that reads the stream from its beginning is started with.
    fn records(&self) -> Vec<Change> {
        let database = &self.0.database;
        let streams = database.list_streams(Deserialize::deserialize(&json!({})).unwrap()).unwrap();
        let arn = serde_json::to_value(streams).unwrap()["Streams"][0]["StreamArn"].clone();
        let described = database.describe_stream(Deserialize::deserialize(&json!({ "StreamArn": arn })).unwrap());
        let described = serde_json::to_value(described.unwrap()).unwrap();
        let shard = &described["StreamDescription"]["Shards"][0]["ShardId"];
        let request = json!({ "StreamArn": arn, "ShardId": shard, "ShardIteratorType": "TRIM_HORIZON" });
        let iterator = database.get_shard_iterator(Deserialize::deserialize(&request).unwrap()).unwrap();
        let mut iterator = serde_json::to_value(iterator).unwrap()["ShardIterator"].clone();
        let mut found = Vec::new();
        loop {
            let request = json!({ "ShardIterator": iterator });
            let page = database.get_records(Deserialize::deserialize(&request).unwrap()).unwrap();
            let mut page = serde_json::to_value(page).unwrap();
            iterator = page["NextShardIterator"].take();
            let records = page["Records"].as_array_mut().unwrap();
            if records.is_empty() {
                return found;
            }
            // DynamoDB writes no record of a write that changes nothing; the emulation does.
            records.retain(|record| record["dynamodb"]["NewImage"] != record["dynamodb"]["OldImage"]);
            let page: Records = serde_json::from_value(page).unwrap();
            found.extend(page.records.iter().map(|record| record.change().unwrap()));
        }
    }
}

fn said(changes: &[Change]) -> Vec<String> {
    assert!(changes.windows(2).all(|two| two[0].sequence < two[1].sequence), "not in order: {changes:?}");
    let said = |change: &Change| format!("{:?} {:?} {:?} {:?}", change.how, change.what, change.tenant, change.version);
    changes.iter().map(said).collect()
}

const SEED: u64 = 20_261_128;

#[test]
fn both_sources_tell_the_same_of_any_writes() {
    println!("schedules of seed {SEED}");
    let config = Config { cases: 64, rng_seed: RngSeed::Fixed(SEED), failure_persistence: None, ..Config::default() };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let keys = keys();
    let told_in_all = std::cell::Cell::new(0);
    let outcome = TestRunner::new(config).run(&proptest::collection::vec(step(), 1..30), |schedule| {
        let (told, recorded) = runtime.block_on(async {
            let embedded = Embedded::in_memory().unwrap();
            let store = store_on(&embedded).await;
            let stream = Stream::begin(&embedded);
            let mut changes = embedded.changes();
            for step in schedule {
                // Conflicts are a part of it; so is a step that DynamoDB refuses.
                let _ = carry_out(&embedded, &store, &keys, step).await;
            }
            (all_told(&mut changes), stream.records())
        });
        told_in_all.set(told_in_all.get() + told.len());
        prop_assert_eq!(said(&told), said(&recorded));
        Ok(())
    });
    outcome.unwrap();
    assert!(told_in_all.get() > 400, "schedules that write next to nothing: {}", told_in_all.get());
}

#[tokio::test]
async fn every_kind_of_write_is_told_of_once() {
    let embedded = Embedded::in_memory().unwrap();
    let store = store_on(&embedded).await;
    let mut changes = embedded.changes();
    let keys = keys();
    let schedule = [
        (Step::Create(0, 1), "Created"),
        (Step::Create(0, 2), ""),
        (Step::Replace(0, 2, true), "Replaced"),
        (Step::Replace(0, 3, false), ""),
        (Step::PutAgain(0), ""),
        (Step::Put(0, 3), "Replaced"),
        (Step::Upsert(1, 1), "Created"),
        (Step::Upsert(1, 2), "Replaced"),
        (Step::Count(1), "Replaced"),
        (Step::Count(2), "Created"),
        (Step::Delete(2), "Deleted"),
        (Step::Delete(2), ""),
        (Step::Many(vec![(1, None), (2, Some(1)), (0, Some(0)), (7, None)]), "Created Replaced Deleted"),
        (Step::Together(vec![Part::Put(1, 1), Part::Replace(0, 4, true), Part::Take(2)]), "Created Replaced Deleted"),
        (Step::Together(vec![Part::Count(5), Part::Count(1), Part::Delete(7)]), "Created Replaced"),
        (Step::Together(vec![Part::Put(3, 1), Part::Require(1)]), "Created"),
        (Step::Together(vec![Part::Put(4, 1), Part::Require(7)]), ""),
        (Step::PutExpired(6, 1), "Created"),
        (Step::Sweep, "Deleted"),
        (Step::Sweep, ""),
    ];
    for (step, expected) in schedule {
        let what = format!("{step:?}");
        let _ = carry_out(&embedded, &store, &keys, step).await;
        let told: Vec<_> = all_told(&mut changes).iter().map(|change| format!("{:?}", change.how)).collect();
        assert_eq!(told.join(" "), expected, "{what}");
    }
}

#[tokio::test]
async fn changes_come_in_the_order_of_the_commits() {
    let embedded = Embedded::in_memory().unwrap();
    let store = store_on(&embedded).await;
    let mut changes = embedded.changes();
    let key = keys().swap_remove(0);
    let writers = (0..8).map(|_| {
        let (store, key) = (store.clone(), key.clone());
        tokio::spawn(async move {
            for _ in 0..25 {
                let one = AttributeValue::N("1".into());
                let counted = store.update(&key, |request| {
                    request.update_expression("ADD version :one").expression_attribute_values(":one", one)
                });
                counted.await.unwrap().unwrap();
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    let told = all_told(&mut changes);
    let versions: Vec<_> = told.iter().filter_map(|change| change.version).collect();
    assert_eq!(versions, (1..=200).collect::<Vec<u64>>());
    assert!(matches!(told[0], Change { how: How::Created, what: Aggregate::Alert(_), .. }));
}

#[tokio::test]
async fn a_subscriber_that_is_slow_holds_nobody_up_and_is_told_what_it_missed() {
    let embedded = Embedded::in_memory().unwrap().with_room(4);
    let store = store_on(&embedded).await;
    let (mut slow, mut quick) = (embedded.changes(), embedded.changes());
    let key = keys().swap_remove(0);
    for value in 0..10 {
        store.put(thing(&key, value, u64::from(value))).await.unwrap();
        assert_eq!(quick.next().await.unwrap().unwrap().version, Some(u64::from(value)));
    }
    assert_eq!(slow.next().await.unwrap(), Err(Missed(6)));
    let rest: Vec<_> = all_told(&mut slow).into_iter().filter_map(|change| change.version).collect();
    assert_eq!(rest, [6, 7, 8, 9]);
    drop((store, embedded));
    assert!(quick.next().await.is_none(), "the database is closed");
}

#[tokio::test]
async fn what_was_not_committed_is_not_told() {
    let embedded = Embedded::in_memory().unwrap();
    let store = store_on(&embedded).await;
    let mut changes = embedded.changes();
    let mut large = thing(&keys()[0], 1, 1);
    large.attributes.insert("text".into(), AttributeValue::S("x".repeat(500_000)));
    assert!(matches!(store.put(large.clone()).await, Err(StoreError::Refused { .. })));
    let mut transaction = store.transaction();
    transaction.put(thing(&keys()[1], 1, 1));
    transaction.put(large);
    assert!(transaction.commit().await.is_err());
    assert!(all_told(&mut changes).is_empty());
}
