//! Channels of the tenant whose receivers are gone, or fail for days.

use jiff::SignedDuration;
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

const GONE: &str = "the receiver answered 410 Gone: it wants no more messages";

/// A platform with a channel that a rule tells on, and a peer that is down for long enough: the next tick tells.
async fn told_soon() -> (TestApp, Member, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let webhook = format!("{}/ops", app.receiver.url());
    let body = json!({ "name": "Operations", "config": { "type": "slack", "webhook": webhook } });
    let made = owner.post("/api/alerts/channels", body).await.expect(201);
    app.make_rule(&owner, json!({ "notificationConfig": {}, "channelIds": [made["id"]] })).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    (app, owner, format!("/api/alerts/channels/{}", made["id"].as_str().expect("an id")))
}

/// What the owners were written of it.
fn mails(app: &TestApp, owner: &Member) -> Vec<String> {
    let mails = app.mailbox.to(&owner.email).into_iter().filter(|mail| mail.subject.contains("switched off"));
    mails.map(|mail| mail.text).collect()
}

#[tokio::test]
async fn a_receiver_that_is_gone_switches_its_channel_off_and_the_owners_hear_of_it() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply([Reply::Status(410)]);
    app.pass(2).await;
    let off = owner.get(&path).await.expect(200);
    assert_eq!((&off["enabled"], &off["off"]["reason"]), (&json!(false), &json!(GONE)), "{off:#}");
    let mails = mails(&app, &owner);
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].contains("“Operations”") && mails[0].contains(GONE) && mails[0].contains("/channels/"),
        "{mails:?}"
    );
    let trail = owner.get("/api/audit/logs?action=channel.switch-off").await.expect(200);
    assert_eq!((trail.as_array().map(Vec::len), &trail[0]["newValues"]["reason"]), (Some(1), &json!(GONE)));

    let on = json!({ "name": "Operations", "enabled": true, "config": { "type": "slack" } });
    let on = owner.call("PUT", &path, Some(on)).await.expect(200);
    assert_eq!((&on["enabled"], &on["off"]), (&json!(true), &Value::Null));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn whoever_switches_it_on_again_and_again_fills_no_mailbox() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply([Reply::Status(410)]);
    app.pass(2).await;
    let delivery = owner.get("/api/alerts/deliveries").await.expect(200)["deliveries"][0]["id"].clone();
    let again = format!("/api/alerts/deliveries/{}/send-again", delivery.as_str().expect("an id"));
    for _ in 0..14 {
        let on = json!({ "name": "Operations", "enabled": true, "config": { "type": "slack" } });
        owner.call("PUT", &path, Some(on)).await.expect(200);
        app.receiver.reply([Reply::Status(410)]);
        owner.post(&again, json!({})).await.expect(200);
        app.settle().await;
        assert_eq!(owner.get(&path).await.expect(200)["enabled"], false);
    }
    assert_eq!(mails(&app, &owner).len(), 10);
    let trail = owner.get("/api/audit/logs?action=channel.switch-off").await.expect(200);
    assert_eq!(trail.as_array().map(Vec::len), Some(15), "the trail has all of them");
}

#[tokio::test]
async fn a_channel_that_fails_for_five_days_is_switched_off() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply(vec![Reply::Status(404); 100]);
    app.pass(2).await;
    let failing = owner.get(&path).await.expect(200);
    assert_eq!(failing["trouble"]["reason"], "the receiver answered 404 Not Found", "{failing:#}");
    for day in 1..=6 {
        app.skip(SignedDuration::from_hours(24));
        app.pass(3).await;
        let shown = owner.get(&path).await.expect(200);
        assert_eq!(shown["enabled"].as_bool(), Some(day < 5), "day {day}: {shown:#}");
        assert_eq!(shown["trouble"].is_object(), day < 5, "day {day}: {shown:#}");
    }
    let off = owner.get(&path).await.expect(200);
    let reason = off["off"]["reason"].as_str().expect("a reason");
    assert_eq!(reason, "every try failed for five days; the last one: the receiver answered 404 Not Found");
    assert_eq!(mails(&app, &owner).len(), 1);
}

#[tokio::test]
async fn a_message_that_arrives_ends_the_trouble() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply([Reply::Status(503)]);
    app.pass(1).await;
    assert!(owner.get(&path).await.expect(200)["trouble"].is_object());
    app.pass(8).await;
    let well = owner.get(&path).await.expect(200);
    assert_eq!((&well["trouble"], &well["enabled"]), (&Value::Null, &json!(true)));
}
