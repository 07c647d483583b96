//! Receivers of a rule's own that are gone, or fail for days.

use jiff::SignedDuration;
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

const GONE: &str = "the receiver answered 410 Gone: it wants no more messages";

/// A platform with a rule that tells by a webhook and a Slack of its own, and a peer that is down for long enough: the next tick tells.
async fn told_soon() -> (TestApp, Member, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let told = json!({ "webhook": { "url": app.receiver.url() } });
    let rule = app.make_rule(&owner, json!({ "notificationConfig": told })).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    (app, owner, format!("/api/alerts/rules/{}", rule["id"].as_str().expect("an id")))
}

fn mails(app: &TestApp, owner: &Member) -> Vec<String> {
    let mails = app.mailbox.to(&owner.email).into_iter().filter(|mail| mail.subject.contains("switched off"));
    mails.map(|mail| mail.text).collect()
}

/// The rule as it is sent when somebody saves its form.
fn saved(webhook: &Value) -> Value {
    json!({
        "name": "Servers down", "conditionType": "peer_offline", "severity": "high",
        "conditionConfig": { "threshold": 1, "duration": 5 }, "notificationConfig": { "webhook": webhook },
    })
}

#[tokio::test]
async fn a_receiver_that_is_gone_is_switched_off_and_saving_the_rule_switches_it_on() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply([Reply::Status(410)]);
    app.pass(2).await;
    let off = owner.get(&path).await.expect(200);
    let webhook = &off["notificationConfig"]["webhook"];
    assert_eq!((&webhook["enabled"], &webhook["off"]["reason"]), (&json!(false), &json!(GONE)), "{off:#}");
    let mails = mails(&app, &owner);
    assert_eq!(mails.len(), 1);
    assert!(
        mails[0].contains("“Servers down”") && mails[0].contains(GONE) && mails[0].contains("/rules/"),
        "{mails:?}"
    );
    let trail = owner.get("/api/audit/logs?action=rule.switch-channel-off").await.expect(200);
    assert_eq!((trail.as_array().map(Vec::len), &trail[0]["newValues"]["channel"]), (Some(1), &json!("webhook")));
    assert_eq!(
        owner.get("/api/alerts/rules").await.expect(200)[0]["notificationConfig"]["webhook"]["off"]["reason"],
        GONE
    );
    // It is told nothing more.
    let before = app.receiver.received().len();
    app.connect(&app.peers()[..1]);
    app.pass(2).await;
    assert_eq!(app.receiver.received().len(), before);

    // Whoever saves something else leaves it as it is.
    let kept = owner.call("PUT", &path, Some(saved(&json!({ "enabled": false })))).await.expect(200);
    assert_eq!(kept["notificationConfig"]["webhook"]["off"]["reason"], GONE);
    let on = owner.call("PUT", &path, Some(saved(&json!({})))).await.expect(200);
    let webhook = &on["notificationConfig"]["webhook"];
    assert_eq!((&webhook["enabled"], &webhook["off"]), (&json!(true), &Value::Null));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn one_that_fails_for_five_days_is_switched_off_and_says_so_before() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply(std::iter::repeat_n(Reply::Status(404), 100));
    app.pass(2).await;
    let webhook = owner.get(&path).await.expect(200)["notificationConfig"]["webhook"].clone();
    assert!(webhook["trouble"]["reason"].as_str().is_some_and(|reason| reason.contains("404")), "{webhook:#}");
    assert_eq!((&webhook["enabled"], &webhook["off"]), (&json!(true), &Value::Null));
    assert!(mails(&app, &owner).is_empty());

    // A reminder in five days fails like all before.
    app.skip(SignedDuration::from_hours(5 * 24 + 1));
    app.pass(3).await;
    let webhook = owner.get(&path).await.expect(200)["notificationConfig"]["webhook"].clone();
    let reason = webhook["off"]["reason"].as_str().unwrap_or_default();
    assert!(
        reason.starts_with("every try failed for five days; the last one: ") && reason.contains("404"),
        "{webhook:#}"
    );
    assert_eq!(mails(&app, &owner).len(), 1);
    assert_eq!(webhook["trouble"], Value::Null, "that it is off says it all");
}

#[tokio::test]
async fn one_that_answers_again_is_in_trouble_no_longer() {
    let (app, owner, path) = told_soon().await;
    app.receiver.reply([Reply::Status(500), Reply::Status(500)]);
    app.pass(2).await;
    assert!(!owner.get(&path).await.expect(200)["notificationConfig"]["webhook"]["trouble"].is_null());
    app.pass(10).await;
    assert!(owner.get(&path).await.expect(200)["notificationConfig"]["webhook"]["trouble"].is_null());
}
