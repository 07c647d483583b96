//! The store against the embedded database.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use platform_core::account::{Account, Sealed, SyncInterval, SyncState};
use platform_core::clock::Clock;
use platform_core::ids::{AccountId, TenantId, UserId};
use platform_core::network::{Event, Policy};
use platform_core::resource::Resource;
use platform_store::accounts::RegistryEntry;
use platform_store::embedded::Embedded;
use platform_store::events::EventRange;
use platform_store::sift::{Filter, MOST_LOOKED_AT};
use platform_store::{Store, StoreError};
use uuid::Uuid;

struct SetClock(Mutex<Timestamp>);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

const TENANT: TenantId = TenantId::from_uuid(Uuid::from_u128(1));
const OTHER: TenantId = TenantId::from_uuid(Uuid::from_u128(2));
const ACCOUNT: AccountId = AccountId::from_uuid(Uuid::from_u128(3));

async fn store() -> (Store, Embedded, Arc<SetClock>) {
    let embedded = Embedded::in_memory().unwrap();
    let clock = Arc::new(SetClock(Mutex::new("2026-11-23T12:00:00Z".parse().unwrap())));
    let store = Store::new(embedded.client(), "platform", clock.clone());
    store.create_table().await.unwrap();
    store.create_table().await.unwrap();
    (store, embedded, clock)
}

fn event(id: u64, timestamp: Timestamp) -> Event {
    Event {
        id: id.to_string(),
        timestamp,
        activity: String::new(),
        activity_code: "peer.add".into(),
        initiator_id: String::new(),
        initiator_name: String::new(),
        initiator_email: String::new(),
        target_id: String::new(),
        meta: Default::default(),
    }
}

fn policies(count: usize) -> Vec<Policy> {
    let policy = |n| Policy {
        id: format!("p{n:05}"),
        name: format!("policy {n}"),
        description: String::new(),
        enabled: true,
        posture_checks: Vec::new(),
        rules: Vec::new(),
    };
    (0..count).map(policy).collect()
}

async fn write(store: &Store, rows: &[Policy], revision: &str, present: Option<&str>) -> Option<String> {
    let prepared = store.prepare(TENANT, ACCOUNT, revision, rows.to_vec(), present).await.unwrap()?;
    let digest = prepared.digest.clone();
    let mut transaction = store.transaction();
    transaction.adopt(&prepared);
    transaction.commit().await.unwrap();
    store.finish(vec![prepared]).await.unwrap();
    Some(digest)
}

async fn read(store: &Store, digest: &str) -> Option<Vec<Policy>> {
    store.snapshot(TENANT, ACCOUNT, Some(digest)).await.unwrap().map(|rows| rows.to_vec())
}

#[tokio::test]
async fn a_snapshot_comes_back_and_one_change_rewrites_one_chunk() {
    let (store, embedded, clock) = store().await;
    let mut rows = policies(1_000);
    let first = write(&store, &rows, "r1", None).await.unwrap();
    assert_eq!(read(&store, &first).await, Some(rows.clone()));
    embedded.meter().take();
    assert_eq!(write(&store, &rows, "r2", Some(&first)).await, None, "nothing changed, nothing is written");
    assert_eq!(embedded.meter().take().1, 0.0);

    rows[500].enabled = false;
    let second = write(&store, &rows, "r3", Some(&first)).await.unwrap();
    let (_, written, _) = embedded.meter().take();
    assert!(written < 12.0, "one chunk and the manifest, not {written} units");

    // Another process, with nothing decoded.
    let cold = Store::new(embedded.client(), "platform", clock);
    assert_eq!(read(&cold, &second).await, Some(rows));
    let elsewhere = cold.snapshot::<Policy>(OTHER, ACCOUNT, Some(&second)).await.unwrap();
    assert!(elsewhere.is_none(), "another tenant sees nothing");
}

#[tokio::test]
async fn a_prepared_snapshot_is_invisible_until_it_is_adopted() {
    let (store, embedded, clock) = store().await;
    let digest = write(&store, &policies(10), "r1", None).await.unwrap();
    let prepared = store.prepare(TENANT, ACCOUNT, "r2", policies(20), None).await.unwrap().unwrap();
    let cold = || Store::new(embedded.client(), "platform", clock.clone());
    assert_eq!(read(&cold(), &digest).await.unwrap().len(), 10);
    store.abandon(vec![prepared]).await.unwrap();
    assert_eq!(read(&cold(), &digest).await.unwrap().len(), 10);
}

#[tokio::test]
async fn rows_in_another_order_cost_nothing() {
    let (store, embedded, _) = store().await;
    let mut rows = policies(200);
    let digest = write(&store, &rows, "r1", None).await.unwrap();
    rows.reverse();
    embedded.meter().take();
    assert!(store.prepare(TENANT, ACCOUNT, "r2", rows, Some(&digest)).await.unwrap().is_none());
    assert_eq!(embedded.meter().take(), (0.0, 0.0, 0));
}

#[tokio::test]
async fn only_the_first_of_two_writers_wins() {
    let (store, ..) = store().await;
    let account = Account {
        id: ACCOUNT,
        tenant: TENANT,
        name: "HQ".into(),
        base_url: "https://netbird.example".parse().unwrap(),
        netbird_id: None,
        domain: None,
        token: Sealed("…".into()),
        created_at: Timestamp::UNIX_EPOCH,
        created_by: UserId::from_uuid(Uuid::nil()),
        version: 1,
    };
    let sync = SyncState::new(ACCOUNT);
    let mut transaction = store.transaction();
    transaction.create_account(&account, &sync).unwrap();
    transaction.commit().await.unwrap();

    let mut next = sync.clone();
    next.snapshots.insert(Resource::Peers, Resource::Peers.mark(&"0f".repeat(16)));
    let mut late = next.clone();
    store.replace_sync(TENANT, &mut next).await.unwrap();
    assert_eq!((next.version, late.version), (2, 1), "the store counts");
    assert!(matches!(store.replace_sync(TENANT, &mut late).await, Err(StoreError::Conflict)));
    assert_eq!(late.version, 1, "what was not written is as it was");
    assert_eq!(store.sync_state(TENANT, ACCOUNT).await.unwrap(), Some(next));
    assert_eq!(store.sync_state(OTHER, ACCOUNT).await.unwrap(), None);

    let entries = store.registry().await.unwrap();
    assert_eq!(
        entries,
        [RegistryEntry {
            tenant: TENANT,
            account: ACCOUNT,
            paused: false,
            not_before: None,
            every: SyncInterval::default()
        }]
    );

    let mut transaction = store.transaction();
    transaction.delete_account(TENANT, ACCOUNT);
    transaction.commit().await.unwrap();
    let mut again = store.transaction();
    again.delete_account(TENANT, ACCOUNT);
    assert!(matches!(again.commit().await, Err(StoreError::Conflict)));
}

/// What is seldom is found, however far down; a page looks at so much and no more.
#[tokio::test]
async fn what_is_wanted_of_many_events_is_looked_for_bit_by_bit() {
    let (store, _, clock) = store().await;
    let events: Vec<_> = (1..=MOST_LOOKED_AT as u64 + 700).map(|id| (id, event(id, clock.now()))).collect();
    store.put_events(TENANT, ACCOUNT, &events).await.unwrap();
    let oldest = |event: &Event| event.id == "1";
    let filter: Filter<'_, Event> = Some(&oldest);
    let first = store.wanted_events(TENANT, ACCOUNT, EventRange::default(), filter, 10).await.unwrap();
    assert!(first.items.is_empty() && first.next.is_some(), "it is further down than one page looks");
    let range = EventRange { after: first.next, ..EventRange::default() };
    let second = store.wanted_events(TENANT, ACCOUNT, range, filter, 10).await.unwrap();
    assert_eq!((second.items.len(), second.next), (1, None));
}

#[tokio::test]
async fn events_come_newest_first_in_pages_and_expire() {
    let (store, _, clock) = store().await;
    let start = clock.now();
    let at = |n: u64| start + SignedDuration::from_secs(n as i64 / 2);
    let events: Vec<_> = (0..57).map(|n| (n, event(n, at(n)))).collect();
    store.put_events(TENANT, ACCOUNT, &events).await.unwrap();
    store.put_events(TENANT, ACCOUNT, &events).await.unwrap();
    assert_eq!(store.count_events(TENANT, ACCOUNT).await.unwrap(), 57);
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let page = store.events(TENANT, ACCOUNT, after, 10).await.unwrap();
        seen.extend(page.items.into_iter().map(|event| event.id.parse::<u64>().unwrap()));
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(seen, (0..57).rev().collect::<Vec<_>>());
    // Places that no page ever named: before, after and beside the list.
    for (place, found) in [("", 0), ("A", 0), ("EVENT#", 0), ("PEERLOG#x", 57), ("\u{10FFFF}", 57)] {
        let page = store.events(TENANT, ACCOUNT, Some(place.to_owned()), 100).await.unwrap();
        assert_eq!(page.items.len(), found, "after {place:?}");
    }
    *clock.0.lock().unwrap() = start + SignedDuration::from_hours(24 * (platform_store::events::RETENTION_DAYS + 2));
    assert!(store.events(TENANT, ACCOUNT, None, 10).await.unwrap().items.is_empty(), "expired, though not deleted yet");
    assert_eq!(store.count_events(TENANT, ACCOUNT).await.unwrap(), 0);
}

#[tokio::test]
async fn attempts_are_counted_one_by_one() {
    let (store, ..) = store().await;
    let window = SignedDuration::from_mins(15);
    let counts = futures::future::join_all((0..100).map(|_| store.count_request("who", window))).await;
    let counts: std::collections::BTreeSet<u64> = counts.into_iter().map(Result::unwrap).collect();
    assert_eq!(counts, (1..=100).collect());
    assert_eq!(store.count_request("somebody else", window).await.unwrap(), 1);
}

#[tokio::test]
async fn parallel_guesses_pass_the_limit_never() {
    let (store, _, clock) = store().await;
    let passed = async || {
        let tries = futures::future::join_all((0..100).map(|_| store.attempt("who"))).await;
        tries.into_iter().filter(|tried| tried.as_ref().unwrap().is_ok()).count()
    };
    assert_eq!(passed().await, 10);
    assert_eq!(passed().await, 0, "a pause has begun");
    *clock.0.lock().unwrap() += SignedDuration::from_secs(31);
    assert_eq!(passed().await, 1, "after it one more is looked at, then a longer pause begins");
    store.forget("who").await.unwrap();
    assert!(store.attempt("who").await.unwrap().is_ok());
    store.refund("who").await.unwrap();
    store.refund("nobody").await.unwrap();
}
