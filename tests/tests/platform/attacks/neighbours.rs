//! One tenant's trouble, and everybody else's lag: invariant E, "the others' lag stays within two ticks".

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::SignedDuration;
use platform_core::ids::{AccountId, TenantId};
use platform_http::needs;
use platform_local::queues::LocalQueues;
use platform_runtime::Platform;
use platform_runtime::job::{Job, JobResult};
use platform_runtime::queue::{Message, Queue, Queues};
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};
use tokio::time::Instant;

const TICK: Duration = Duration::from_secs(60);
const TICKS: u32 = 5;

fn id(number: u32) -> String {
    format!("01980000-0000-7000-8000-{number:012x}")
}

fn tenant(number: u32) -> TenantId {
    id(number).parse().unwrap()
}

/// Which tenant's messages were handled when.
static HANDLED: Mutex<Vec<(TenantId, Instant)>> = Mutex::new(Vec::new());

/// A sync: of the first tenant's servers, one that answers after 28 s.
async fn sync(_: Platform, message: Message) -> JobResult {
    let Message::Sync { tenant: whose, .. } = message else { return Err("not a sync".into()) };
    if whose == tenant(1) {
        tokio::time::sleep(Duration::from_secs(28)).await;
    }
    HANDLED.lock().unwrap_or_else(PoisonError::into_inner).push((whose, Instant::now()));
    Ok(())
}

/// A tenant with a hundred accounts on servers that dawdle, and somebody who presses "sync now" all the time. The clock is
/// virtual, so the hours of work that this asks for take no time, and the machine's speed decides nothing.
#[tokio::test]
async fn a_server_that_dawdles_keeps_nobody_else_waiting() {
    let app = TestApp::start().await;
    let queues = LocalQueues::new();
    queues.work(&app.platform, &[Job::on_message("sync", Queue::Sync, sync, needs())]);
    tokio::time::pause();
    let message = |whose: u32, account: u32| {
        let account: AccountId = id(account).parse().unwrap();
        Message::Sync { tenant: tenant(whose), account, asked_at: None }
    };
    let begun = Instant::now();
    for tick in 0..TICKS {
        for press in 0..200 {
            queues.send(vec![message(1, press % 100)]).await.unwrap();
        }
        let others = (2..12).map(|whose| message(whose, 1_000 + whose)).collect();
        queues.send(others).await.unwrap();
        assert!(queues.len(Queue::Sync) <= 120, "a message waits once, and may be under way beside that");
        tokio::time::sleep_until(begun + TICK * (tick + 1)).await;
    }
    let handled = std::mem::take(&mut *HANDLED.lock().unwrap_or_else(PoisonError::into_inner));
    for whose in 2..12 {
        let times: Vec<Instant> =
            handled.iter().filter(|(tenant_, _)| *tenant_ == tenant(whose)).map(|(_, at)| *at).collect();
        assert_eq!(times.len(), TICKS as usize, "every tick had its sync");
        for (tick, at) in (0..).zip(times) {
            let lag = at.duration_since(begun + TICK * tick);
            assert!(lag <= 2 * TICK, "tenant {whose} waited {lag:?}");
        }
    }
    assert!(handled.iter().any(|(whose, _)| *whose == tenant(1)), "the slow one is served too");
}

#[tokio::test]
async fn sync_now_is_for_once_in_a_while() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let path = format!("/api/netbird/accounts/{account}/sync");
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..200 {
        let answer = owner.post(&path, json!({})).await;
        match answer.status.as_u16() {
            202 => taken += 1,
            429 => {
                let seconds: u64 = answer.header("retry-after").unwrap().parse().unwrap();
                assert!((1..=10).contains(&seconds), "{seconds}");
                refused += 1;
            }
            other => panic!("{other}"),
        }
    }
    assert_eq!((taken, refused), (1, 199));
    app.skip(SignedDuration::from_secs(10));
    owner.post(&path, json!({})).await.expect(202);
}

/// On AWS a queue may hold several messages for one account: the second finds its work done.
#[tokio::test]
async fn a_second_message_for_the_same_sync_calls_nobody() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account: AccountId = app.connect_account(&owner).await.parse().unwrap();
    let asked_at = Some(app.now());
    app.skip(SignedDuration::from_secs(30));
    let message = Message::Sync { tenant: owner.tenant, account, asked_at };
    app.run(message.clone()).await.unwrap();
    let calls = app.netbird.handle().calls();
    for _ in 0..20 {
        app.run(message.clone()).await.unwrap();
    }
    assert_eq!(app.netbird.handle().calls(), calls);
}

#[tokio::test]
async fn an_account_that_was_not_synced_for_two_intervals_is_not_healthy() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
    app.skip(SignedDuration::from_secs(121));
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["apiStatus"]), (&json!("degraded"), &json!("degraded")));
    assert_eq!(account["statusReason"]["code"], "not_synced");
    let overview = owner.get("/api/dashboard/overview").await.expect(200);
    assert_ne!(overview["systemHealth"]["apiStatus"], "healthy", "{overview}");
    app.tick().await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
}

async fn webhooks(app: &TestApp, owner: &Member) -> Vec<Value> {
    let alerts = app.alerts(owner).await;
    let all = alerts.iter().flat_map(|alert| alert["notifications"].as_array().unwrap().clone());
    all.filter(|one| one["channel"] == "webhook").collect()
}

/// Forty rules that flap, and a receiver that never answers: it is tried by one message at a time, and what is for it
/// does not pile up in queues.
#[tokio::test]
async fn a_receiver_that_hangs_is_tried_alone() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    for number in 0..40 {
        let rule = json!({
            "name": format!("Rule {number}"), "conditionConfig": { "threshold": 1, "duration": 0 },
            "notificationConfig": { "webhook": { "enabled": true, "url": app.receiver.url() } },
        });
        app.make_rule(&owner, rule).await;
    }
    app.receiver.reply(std::iter::repeat_n(Reply::Hang, 10_000));
    for _ in 0..3 {
        app.disconnect(&app.peers()[..1]);
        app.skip(SignedDuration::from_mins(1));
        app.without_waiting(app.tick()).await;
        app.connect(&app.peers()[..1]);
        app.skip(SignedDuration::from_mins(1));
        app.without_waiting(app.tick()).await;
    }
    let waiting = webhooks(&app, &owner).await;
    let tried: u64 = waiting.iter().map(|one| one["attempts"].as_u64().unwrap()).sum();
    assert!(waiting.len() >= 200, "{}", waiting.len());
    assert!(tried <= 8, "{tried} tries within six minutes");
    let untried = waiting.iter().filter(|one| one["attempts"] == 0 && one["status"] == "pending").count();
    assert!(untried + tried as usize >= waiting.len(), "the others wait untried, and are not given up");
    assert!(waiting.iter().any(|one| one["lastError"].as_str().is_some_and(|error| error.contains("did not answer"))));
    // It answers again: everything arrives that is still so. What fired and is over is told no more, but that it is over.
    app.receiver.reply_normally();
    app.pass(60).await;
    for one in webhooks(&app, &owner).await {
        let is_stale = one["event"] == "fired" && one["status"] == "superseded";
        assert!(one["status"] == "delivered" || is_stale, "{one}");
    }
}

/// The same beside another tenant whose receiver is well: it is told in the tick in which it happens.
#[tokio::test]
async fn a_receiver_that_hangs_holds_up_no_mail_and_no_other_tenant() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let globex = app.tenant("Globex").await;
    let other = platform_tests::Receiver::start().await.unwrap();
    app.connect_account(&ada).await;
    app.connect_account(&globex).await;
    app.make_rule(&ada, json!({ "conditionConfig": { "threshold": 1, "duration": 0 } })).await;
    let webhook = json!({ "webhook": { "enabled": true, "url": other.url() } });
    app.make_rule(
        &globex,
        json!({ "conditionConfig": { "threshold": 1, "duration": 0 }, "notificationConfig": webhook }),
    )
    .await;
    app.receiver.reply(std::iter::repeat_n(Reply::Hang, 10_000));
    app.disconnect(&app.peers()[..1]);
    app.skip(SignedDuration::from_mins(1));
    app.without_waiting(app.tick()).await;
    assert_eq!(other.received().len(), 1);
    assert_eq!(app.mailbox.to("ops@acme.example").len(), 1);
}

/// A queue that keeps its messages holds one for each intent, however often the sweeper comes by.
#[tokio::test]
async fn what_is_in_a_queue_is_not_put_there_again() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "threshold": 1, "duration": 0 } })).await;
    app.pass(1).await;
    app.queues.outlive_the_process();
    app.queues.hold(Queue::Webhook);
    app.disconnect(&app.peers()[..1]);
    app.pass(10).await;
    let asked = app.queues.ever().into_iter().filter(|message| message.queue() == Queue::Webhook).count();
    assert!((1..=3).contains(&asked), "{asked} messages for one intent in ten minutes");
    app.queues.release();
    app.settle().await;
    assert_eq!(app.receiver.received().len(), 1);
}
