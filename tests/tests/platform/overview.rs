//! What the overview asks of the database, one after the other: the same however large the networks are, and however many.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use platform_core::ids::AlertId;
use platform_core::metrics::{DAY, HOUR, Resolution, Series, day_of, minute_of};
use platform_store::embedded::between::{Between, Judging, Verdict};
use platform_tests::{Member, TestApp};
use serde_json::Value;
use tokio::time::Instant;

/// How long a call of the database takes, by the runtime's clock, which goes on when nobody has anything to do.
const TRIP: Duration = Duration::from_millis(100);
const ACCOUNTS: usize = 10;

/// A database that is far away.
#[derive(Default)]
struct Far {
    is_far: AtomicBool,
}

impl Between for Far {
    fn judge<'a>(&'a self, _: &'a str, _: &'a mut Value) -> Judging<'a> {
        Box::pin(async move {
            if self.is_far.load(Ordering::SeqCst) {
                tokio::time::sleep(TRIP).await;
            }
            Verdict::Carry
        })
    }
}

/// Calls that wait for another are one after the other: how many, of the longest chain.
async fn rounds(app: &TestApp, far: &Far, owner: &Member, path: &str) -> (u128, u64) {
    owner.get(path).await.expect(200);
    let meter = app.database.meter();
    meter.take();
    far.is_far.store(true, Ordering::SeqCst);
    let began = Instant::now();
    owner.get(path).await.expect(200);
    let took = began.elapsed().as_millis();
    far.is_far.store(false, Ordering::SeqCst);
    let (_, _, calls) = meter.take();
    ((took + TRIP.as_millis() / 2) / TRIP.as_millis(), calls)
}

#[tokio::test]
async fn the_overview_is_one_round_trip_however_much_there_is() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let first = app.connect_account(&owner).await;
    app.plant_alerts(&owner, &first, 40, 30).await;
    let far = Arc::new(Far::default());
    app.database.put_between(far.clone());
    tokio::time::pause();
    let of_one = format!("/api/dashboard/overview?accountId={first}");
    let (small, calls) = rounds(&app, &far, &owner, "/api/dashboard/overview").await;
    let (small_one, calls_of_one) = rounds(&app, &far, &owner, &of_one).await;
    tokio::time::resume();

    let large = app.another_netbird(25_000, 7).await;
    app.connect_account_at(&owner, "Large", &large).await;
    let mut branches = Vec::new();
    for number in 2..ACCOUNTS as u64 {
        branches.push(app.another_netbird(10, number).await);
        app.connect_account_at(&owner, &format!("Branch {number}"), &branches[branches.len() - 1]).await;
    }
    app.pass(2).await;
    tokio::time::pause();
    let (all, calls_of_all) = rounds(&app, &far, &owner, "/api/dashboard/overview").await;
    let (one, calls_of_one_of_all) = rounds(&app, &far, &owner, &of_one).await;
    tokio::time::resume();
    let overview = owner.get("/api/dashboard/overview").await.expect(200);
    assert_eq!(overview["totalPeers"], 25_000 + 10 * (ACCOUNTS - 1));
    assert_eq!(overview["needsAttention"].as_array().unwrap().len(), 10);
    println!("{calls} calls of the database at 10 peers, {calls_of_all} at 25,000 and {ACCOUNTS} accounts");
    assert_eq!((small, small_one, all, one), (1, 1, 1, 1), "round trips, one after the other");
    assert_eq!((calls, calls_of_one), (calls_of_all, calls_of_one_of_all));
}

/// Alerts of one account as they are listed, and as its overview has them.
#[tokio::test]
async fn what_is_kept_for_the_overview_is_what_there_is() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let ids: Vec<AlertId> = app.plant_alerts(&owner, &account, 12, 12).await;
    let step = |id: &AlertId, step: &str| format!("/api/alerts/{id}/{step}");
    owner.post(&step(&ids[3], "acknowledge"), serde_json::json!({ "message": "mine" })).await.expect(200);
    owner.post(&step(&ids[4], "resolve"), serde_json::json!({})).await.expect(200);
    owner.post(&step(&ids[5], "comments"), serde_json::json!({ "message": "still so" })).await.expect(201);
    // A day and a half, at random minutes of which nothing was read.
    for hours in [7, 9, 3, 8, 9] {
        app.pass(62).await;
        app.skip(jiff::SignedDuration::from_hours(hours));
    }
    app.disconnect(&app.peers()[..3]);
    app.pass(65).await;
    let listed = owner.get(&format!("/api/alerts?accountId={account}&limit=10")).await.expect(200);
    let overview = owner.get(&format!("/api/dashboard/overview?accountId={account}")).await.expect(200);
    let plain = |alerts: &Value| -> Vec<Value> {
        let mut alerts = alerts.as_array().unwrap().clone();
        alerts.iter_mut().for_each(|alert| drop(alert.as_object_mut().unwrap().remove("notifications")));
        alerts
    };
    assert_eq!(plain(&overview["recentAlerts"]), plain(&listed));
    let events = owner.get("/api/netbird/events?source=netbird&limit=10").await.expect(200);
    let at =
        |events: &Value| events.as_array().unwrap().iter().map(|event| event["timestamp"].clone()).collect::<Vec<_>>();
    assert!(!at(&events).is_empty());
    assert_eq!(at(&overview["latestEvents"]), at(&events));

    let store = &app.platform.store;
    let synced = store.synced(owner.tenant).await.unwrap();
    let now = minute_of(app.now());
    let days = [0, 1, 6, 7].map(|ago| day_of(now) - ago);
    for sync in &synced.states {
        let all = store.hours_of(owner.tenant, &[sync], &days).await.unwrap();
        let kept = synced.hours(sync);
        let hour = Resolution::Hour.begin(now);
        let mut known = 0;
        for (minute, rollup) in all[&sync.account].range(hour - DAY + HOUR..) {
            for series in [Series::PeersTotal, Series::PeersOnline] {
                assert_eq!(kept.get(minute).and_then(|kept| kept.value(series)), rollup.value(series), "{minute}");
            }
            known += 1;
        }
        assert!(known > 3, "{known} hours are known");
    }
}
