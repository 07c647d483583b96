//! What waits to be told: nothing arrives after what made it wrong, and nobody's heap keeps others waiting.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::alert::{Alert, AlertEvent};
use platform_core::channel::{Addressee, Channel};
use platform_core::ids::AccountId;
use platform_core::intent::Intent;
use platform_runtime::queue::{Message, Queue};
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

/// A platform where a peer has been down for long enough; the next tick tells.
async fn alerted() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    app.skip(SignedDuration::from_mins(1));
    (app, owner)
}

/// The webhook's notifications of the latest alert: what, and how it went.
async fn by_webhook(app: &TestApp, member: &Member) -> Vec<(String, String, Value)> {
    let alert = app.alerts(member).await.pop().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let notifications = alert["notifications"].as_array().unwrap().iter().filter(|one| one["channel"] == "webhook");
    notifications.map(|one| (text(&one["event"]), text(&one["status"]), one["note"].clone())).collect()
}

#[tokio::test]
async fn what_fired_is_not_told_after_it_is_over() {
    let (app, owner) = alerted().await;
    // Two tries of *fired* fail; the third one would come five minutes later.
    app.receiver.reply([Reply::Status(500), Reply::Status(500)]);
    app.tick().await;
    app.skip(SignedDuration::from_secs(7));
    app.settle().await;
    assert_eq!(app.receiver.received().len(), 2);
    app.connect(&app.peers()[..1]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.resolved"]);
    app.pass(30).await;
    assert_eq!(app.receiver.told(), ["alert.resolved"], "the last word is that it is over");
    let [fired, resolved] = by_webhook(&app, &owner).await.try_into().unwrap();
    assert_eq!(fired, ("fired".into(), "superseded".into(), json!("not sent: resolved meanwhile")));
    assert_eq!((resolved.0.as_str(), resolved.1.as_str()), ("resolved", "delivered"));
    assert_eq!(app.mailbox.mails().len(), 2, "the mail went both times");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn what_somebody_took_on_is_not_told_again() {
    let (app, owner) = alerted().await;
    app.tick().await;
    let id = app.alerts(&owner).await[0]["id"].as_str().unwrap().to_owned();
    // Four hours later it is told again, in vain; then somebody takes it on.
    app.receiver.reply([Reply::Status(500)]);
    app.pass(240).await;
    assert_eq!(by_webhook(&app, &owner).await[1].0, "repeated");
    assert_eq!(by_webhook(&app, &owner).await[1].1, "pending");
    owner.post(&format!("/api/alerts/{id}/acknowledge"), json!({})).await.expect(200);
    app.pass(10).await;
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    let repeated = by_webhook(&app, &owner).await.remove(1);
    assert_eq!((repeated.1.as_str(), repeated.2), ("superseded", json!("not sent: acknowledged meanwhile")));
}

#[tokio::test]
async fn the_end_waits_for_a_message_that_is_being_sent() {
    let (app, owner) = alerted().await;
    app.queues.hold(Queue::Webhook);
    app.tick().await;
    // A sender of *fired* has claimed it: nobody knows yet whether it arrived, or still will.
    let alert = app.alerts(&owner).await.remove(0);
    let key = format!("{}_0_webhook", alert["id"].as_str().unwrap());
    let mut fired = app.platform.store.intent(owner.tenant, &key).await.unwrap().unwrap();
    fired.claim(app.now());
    app.platform.store.replace_intent(&mut fired).await.unwrap();
    let id = alert["id"].as_str().unwrap();
    owner.post(&format!("/api/alerts/{id}/resolve"), json!({})).await.expect(200);
    app.queues.release();
    app.settle().await;
    assert!(app.receiver.received().is_empty());
    assert_eq!(by_webhook(&app, &owner).await[1].1, "pending");

    // The claim runs out: the sender died. Now the end is told, and the beginning no more.
    app.pass(2).await;
    // The peer is still down, which is a new alert.
    assert_eq!(app.receiver.told(), ["alert.resolved", "alert.fired"]);
    let told = by_webhook(&app, &owner).await;
    assert_eq!((told[0].1.as_str(), told[1].1.as_str()), ("superseded", "delivered"));
}

#[tokio::test]
async fn what_is_due_for_a_deleted_tenant_keeps_nobody_waiting() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.queues.outlive_the_process();
    // Another tenant, whose intents lie in the same shard of the index.
    let shard = |member: &Member| member.tenant.uuid().as_bytes()[15] % 4;
    let mut number = 0;
    let gone = loop {
        let other = app.tenant(&format!("Globex {number}")).await;
        if shard(&other) == shard(&owner) {
            break other;
        }
        number += 1;
    };
    let plant = async |member: &Member, number: u32| {
        let account = AccountId::new(app.now(), app.platform.entropy.as_ref()).to_string();
        let alert = app.plant_alerts(member, &account, 1, 1).await[0];
        heap(&app, app.platform.store.alert(member.tenant, alert).await.unwrap().unwrap(), number).await;
    };
    plant(&gone, 2_500).await;
    app.skip(SignedDuration::from_secs(1));
    plant(&owner, 1).await;
    // The stream has stalled: what is due is found by the sweeper alone.
    app.queues.lose();
    let store = &app.platform.store;
    let mut tenant = store.tenant(gone.tenant).await.unwrap().unwrap();
    tenant.deleted_at = Some(app.now());
    let mut transaction = store.transaction();
    transaction.replace_tenant(&mut tenant).unwrap();
    transaction.commit().await.unwrap();

    let queued = |of: &Member| {
        let ever = app.queues.ever();
        ever.iter().filter(|message| matches!(message, Message::Notify { tenant, .. } if *tenant == of.tenant)).count()
    };
    app.pass(2).await;
    assert_eq!((queued(&owner), queued(&gone)), (1, 0));
    let due = app.stored().iter().filter(|item| item.contains("a planted heap") && item.contains("DUE#")).count();
    assert_eq!(due, 0, "nothing of the heap waits before what is due for others");
}

/// So many intents of an alert that are due.
async fn heap(app: &TestApp, mut alert: Alert, number: u32) {
    let now = app.now();
    for chunk in (0..number).collect::<Vec<_>>().chunks(50) {
        let mut transaction = app.platform.store.transaction();
        for _ in chunk {
            let row = alert.record(AlertEvent::Repeated, now, None, None);
            let intent = Intent::new(&alert, &row, Addressee::own(Channel::Owners, "a planted heap".into()), now);
            transaction.create_intent(&intent).unwrap();
        }
        transaction.commit().await.unwrap();
    }
}
