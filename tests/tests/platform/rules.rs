//! Rules that are read, changed, switched off and on, and deleted, and what becomes of what they told.

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::ids::RuleId;
use platform_core::rule::{MAX_RULES, Rule};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

fn path(rule: &Value) -> String {
    format!("/api/alerts/rules/{}", rule["id"].as_str().expect("a rule has an id"))
}

/// A rule as one would send it back.
fn as_sent(rule: &Value) -> Value {
    let mut sent = json!({});
    for name in
        ["name", "description", "conditionType", "conditionConfig", "severity", "forMinutes", "keepFiringMinutes"]
    {
        sent[name] = rule[name].clone();
    }
    let email = &rule["notificationConfig"]["email"];
    sent["notificationConfig"] = json!({ "email": email, "webhook": { "enabled": true } });
    sent
}

fn with(mut rule: Value, field: &str, value: Value) -> Value {
    rule[field] = value;
    rule
}

/// A rule that fired for a peer.
async fn fired() -> (TestApp, Member, Value) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let rule = app.make_rule(&owner, json!({})).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(5).await;
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    (app, owner, rule)
}

/// The newest alert, with its history.
async fn newest(app: &TestApp, owner: &Member) -> Value {
    let id = app.alerts(owner).await[0]["id"].as_str().expect("an alert has an id").to_owned();
    owner.get(&format!("/api/alerts/{id}")).await.expect(200)
}

#[tokio::test]
async fn a_rule_is_read_and_changed_as_it_was_seen() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let made = app.make_rule(&owner, json!({ "description": "Call the provider" })).await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let read = viewer.get(&path(&made)).await;
    let tag = read.header("etag").unwrap().to_owned();
    let rule = read.expect(200);
    assert_eq!((&rule["name"], &rule["groups"]), (&json!("Servers down"), &json!([])));
    assert_eq!(rule["notificationConfig"]["webhook"]["url"], json!(null), "a viewer does not write rules");

    let change = with(as_sent(&rule), "name", json!(" Server lost "));
    for (method, below, body) in
        [("PUT", "", Some(change.clone())), ("DELETE", "", None), ("POST", "/enable", None), ("POST", "/disable", None)]
    {
        let refused = viewer.call(method, &format!("{}{below}", path(&made)), body).await;
        assert_eq!(refused.refused(403, "forbidden")["permission"], "rules:write");
    }
    app.skip(SignedDuration::from_secs(30));
    let seen = owner.client.with_header("if-match", &tag);
    let answer = seen.call("PUT", &path(&made), Some(change.clone())).await;
    assert_ne!(answer.header("etag").unwrap(), tag);
    let changed = answer.expect(200);
    assert_eq!((&changed["name"], &changed["description"]), (&json!("Server lost"), &json!("Call the provider")));
    assert_eq!((&changed["createdAt"], &changed["updatedAt"]), (&made["createdAt"], &json!(app.now())));
    seen.call("PUT", &path(&made), Some(change.clone())).await.refused(412, "precondition-failed");
    seen.delete(&path(&made)).await.refused(412, "precondition-failed");
    seen.post(&format!("{}/disable", path(&made)), json!({})).await.refused(412, "precondition-failed");

    for (field, value, pointer) in [
        ("name", json!(""), "/name"),
        ("forMinutes", json!(1441), "/forMinutes"),
        ("accountId", json!("0193a000-0000-7000-8000-000000000007"), "/accountId"),
        ("conditionConfig", json!({ "duration": -5 }), "/conditionConfig/duration"),
        ("owner", json!("me"), "/owner"),
    ] {
        let refused = owner.call("PUT", &path(&made), Some(with(change.clone(), field, value))).await;
        assert_eq!(refused.refused(422, "validation")["errors"][0]["pointer"], pointer);
    }
    let entry = owner.get(&format!("/api/audit/logs?limit=1&user={}", owner.user)).await.expect(200)[0].clone();
    assert_eq!((&entry["action"], &entry["oldValues"]["name"]), (&json!("rule.update"), &json!("Servers down")));
    assert_eq!(entry["newValues"]["name"], "Server lost");
}

#[tokio::test]
async fn what_is_never_shown_of_a_webhook_stays() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let webhook =
        json!({ "enabled": true, "url": app.receiver.url(), "headers": { "X-Team": "night", "X-Key": "s3cret" } });
    let rule = app.make_rule(&owner, json!({ "notificationConfig": { "webhook": webhook } })).await;
    let send = |webhook: Value| {
        let change = with(as_sent(&rule), "notificationConfig", json!({ "webhook": webhook }));
        let (owner, path) = (&owner, path(&rule));
        async move { owner.call("PUT", &path, Some(change)).await }
    };
    let changed = send(json!({ "enabled": true })).await.expect(200);
    let shown = &changed["notificationConfig"]["webhook"];
    assert_eq!(shown["secret"], json!(null), "it is not a new one");
    assert_eq!(shown["secretHint"], rule["notificationConfig"]["webhook"]["secretHint"]);
    app.disconnect(&app.peers()[..1]);
    app.pass(5).await;
    let received = app.receiver.received();
    assert!(received[0].is_signed, "by the secret that was shown when the rule was made");
    assert!(received[0].headers["x-team"] == "night" && received[0].headers["x-key"] == "s3cret");

    // One is renewed, one stays, one goes.
    let headers = json!({ "X-Team": "day", "X-Key": null });
    send(json!({ "enabled": true, "headers": headers })).await.expect(200);
    app.connect(&app.peers());
    app.pass(1).await;
    let resolved = app.receiver.received().pop().unwrap();
    assert!(resolved.headers["x-team"] == "day" && resolved.headers["x-key"] == "s3cret");
    let unknown = send(json!({ "enabled": true, "headers": { "X-Other": null } })).await.refused(422, "validation");
    assert_eq!(unknown["errors"][0]["pointer"], "/notificationConfig/webhook/headers");

    // What one receiver knows is not sent to another.
    let elsewhere = app.receiver.url().replace("127.0.0.1", "localhost");
    for headers in [None, Some(json!({ "X-Key": null }))] {
        let mut webhook = json!({ "enabled": true, "url": elsewhere });
        if let Some(headers) = headers {
            webhook["headers"] = headers;
        }
        let refused = send(webhook).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], "/notificationConfig/webhook/headers");
    }
    let same = format!("{}?team=day", app.receiver.url());
    send(json!({ "enabled": true, "url": same })).await.expect(200);
    let moved = send(json!({ "enabled": true, "url": elsewhere, "headers": {} })).await.expect(200);
    assert_eq!(moved["notificationConfig"]["webhook"]["headers"], json!({}));
    assert_eq!(moved["notificationConfig"]["webhook"]["host"], "localhost");

    // Without a webhook there is nothing to keep.
    owner.call("PUT", &path(&rule), Some(with(as_sent(&rule), "notificationConfig", json!({})))).await.expect(200);
    let refused = send(json!({ "enabled": true })).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/notificationConfig/webhook/url");
    let again = send(json!({ "enabled": true, "url": app.receiver.url() })).await.expect(200);
    assert!(again["notificationConfig"]["webhook"]["secret"].as_str().unwrap().starts_with("whsec_"), "a new one");
}

#[tokio::test]
async fn switched_off_it_tells_that_it_is_over_and_switched_on_it_begins_anew() {
    let (app, owner, rule) = fired().await;
    let off = owner.post(&format!("{}/disable", path(&rule)), json!({})).await.expect(200);
    assert_eq!(off["enabled"], false);
    app.settle().await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["status"], &alert["resolvedBy"]), (&json!("resolved"), &json!(null)));
    assert_eq!(alert["history"][1]["message"], "The rule was switched off.");
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"], "without waiting for a tick");
    assert_eq!(app.mailbox.to("ops@acme.example").len(), 2);
    app.pass(10).await;
    assert_eq!(app.alerts(&owner).await.len(), 1);
    let actions = |entries: Value| -> Vec<Value> {
        entries.as_array().unwrap().iter().map(|entry| entry["action"].clone()).collect()
    };
    owner.post(&format!("{}/disable", path(&rule)), json!({})).await.expect(200);
    let entries = owner.get(&format!("/api/audit/logs?limit=1&user={}", owner.user)).await.expect(200);
    assert_eq!(actions(entries), ["rule.disable"], "once");

    let on = owner.post(&format!("{}/enable", path(&rule)), json!({})).await.expect(200);
    assert_eq!(on["enabled"], true);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await.len(), 2);
    let noted = newest(&app, &owner).await;
    assert!(noted["message"].as_str().unwrap().ends_with("so nobody was told."), "{noted}");
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"], "what was so before is no news");
    let entries = owner.get(&format!("/api/audit/logs?limit=2&user={}", owner.user)).await.expect(200);
    assert_eq!(actions(entries), ["rule.enable", "rule.disable"]);
}

#[tokio::test]
async fn deleted_it_tells_that_it_is_over_and_is_gone() {
    let (app, owner, rule) = fired().await;
    app.receiver.reply([platform_tests::Reply::Status(503)]);
    assert_eq!(owner.delete(&path(&rule)).await.status, 204);
    owner.get(&path(&rule)).await.refused(404, "not-found");
    owner.delete(&path(&rule)).await.refused(404, "not-found");
    owner.call("PUT", &path(&rule), Some(as_sent(&rule))).await.refused(404, "not-found");
    owner.post(&format!("{}/enable", path(&rule)), json!({})).await.refused(404, "not-found");
    assert_eq!(owner.get("/api/alerts/rules").await.total(), Some(0));
    assert_eq!(owner.get("/api/dashboard/overview").await.expect(200)["rules"], 0);
    app.settle().await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["status"], &alert["resolvedMessage"]), (&json!("resolved"), &json!("The rule was deleted.")));
    // The receiver was away just then, and hears of it all the same.
    app.receiver.reply_normally();
    app.pass(10).await;
    assert_eq!(app.receiver.told().last().unwrap(), "alert.resolved");
    assert_eq!(app.alerts(&owner).await.len(), 1, "and nothing fires");
    let entry = owner.get(&format!("/api/audit/logs?limit=1&user={}", owner.user)).await.expect(200)[0].clone();
    assert_eq!((&entry["action"], &entry["oldValues"]["name"]), (&json!("rule.delete"), &json!("Servers down")));
    app.skip(SignedDuration::from_hours(73));
    let rules = app.platform.store.rules_with_deleted(owner.tenant).await.unwrap();
    assert!(rules.is_empty(), "in the end nothing is left of it");
}

#[tokio::test]
async fn what_is_deleted_makes_room() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let one = app.make_rule(&owner, json!({ "notificationConfig": {} })).await;
    let store = &app.platform.store;
    let made = store.rules(owner.tenant).await.unwrap().remove(0);
    let plant = async |deleted: bool| {
        let (now, entropy) = (app.now(), app.platform.entropy.as_ref());
        let deleted_at = deleted.then_some(now);
        let rule = Rule { id: RuleId::new(now, entropy), deleted_at, version: 1, ..made.clone() };
        let mut transaction = store.transaction();
        transaction.create_rule(&rule).unwrap();
        transaction.commit().await.unwrap();
    };
    for _ in 1..MAX_RULES {
        plant(false).await;
    }
    let more = with(as_sent(&one), "notificationConfig", json!({}));
    owner.post("/api/alerts/rules", more.clone()).await.refused(409, "conflict");
    assert_eq!(owner.delete(&path(&one)).await.status, 204);
    owner.post("/api/alerts/rules", more).await.expect(201);
    // However many are deleted, a tick reads no more than as many again.
    for _ in 1..MAX_RULES {
        plant(true).await;
    }
    let rules = owner.get("/api/alerts/rules").await.expect(200);
    assert_eq!(owner.delete(&path(&rules[0])).await.status, 204);
    owner.get(&path(&rules[0])).await.refused(404, "not-found");
    let left = store.rules_with_deleted(owner.tenant).await.unwrap();
    assert_eq!(left.iter().filter(|rule| rule.deleted_at.is_some()).count(), MAX_RULES);
}

#[tokio::test]
async fn a_changed_condition_begins_anew_and_a_changed_text_does_not() {
    let (app, owner, rule) = fired().await;
    let change = with(with(as_sent(&rule), "name", json!("Another name")), "description", json!("Look at the rack"));
    owner.call("PUT", &path(&rule), Some(change.clone())).await.expect(200);
    app.pass(2).await;
    assert_eq!(app.receiver.told(), ["alert.fired"], "what it is called is nobody's alert");

    // Two peers are not down: the alert of the old condition ends, and no other begins.
    let change = with(change, "conditionConfig", json!({ "threshold": 2, "duration": 5 }));
    owner.call("PUT", &path(&rule), Some(change)).await.expect(200);
    app.pass(10).await;
    let alert = newest(&app, &owner).await;
    assert_eq!(alert["history"][1]["message"], "The rule was changed.");
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
    assert_eq!(app.alerts(&owner).await.len(), 1);
}

#[tokio::test]
async fn time_that_an_old_condition_lasted_counts_for_no_other() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let config = json!({ "operator": "greater_than", "threshold": 0, "status": "offline" });
    let rule = app
        .make_rule(&owner, json!({ "conditionType": "peer_count", "conditionConfig": config, "forMinutes": 10 }))
        .await;
    app.disconnect(&app.peers()[..1]);
    app.pass(9).await;
    let config = json!({ "operator": "greater_than_or_equal", "threshold": 1, "status": "offline" });
    owner.call("PUT", &path(&rule), Some(with(as_sent(&rule), "conditionConfig", config))).await.expect(200);
    app.pass(9).await;
    assert!(app.alerts(&owner).await.is_empty());
    app.pass(2).await;
    assert_eq!(app.alerts(&owner).await.len(), 1);
}

#[tokio::test]
async fn a_rule_that_moves_ends_what_it_told_of_the_account() {
    let (app, owner, rule) = fired().await;
    let elsewhere = app.another_netbird(4, 2).await;
    let branch = app.connect_account_at(&owner, "Branch", &elsewhere).await;
    owner.call("PUT", &path(&rule), Some(with(as_sent(&rule), "accountId", json!(branch)))).await.expect(200);
    app.settle().await;
    let alert = newest(&app, &owner).await;
    assert_eq!(alert["resolvedMessage"], "The rule does not watch this account any more.");
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
    elsewhere.handle().change(|network, now| {
        let name = network.peers()[0].name.clone();
        network.disconnect(&[name], now);
    });
    app.pass(6).await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["status"], &alert["accountId"]), (&json!("open"), &json!(branch)));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn an_account_that_cannot_be_read_keeps_no_alert_of_a_deleted_rule() {
    let (app, owner, rule) = fired().await;
    app.network().set_token(platform_netbird::fake::TokenState::Deleted);
    app.pass(2).await;
    assert_eq!(owner.delete(&path(&rule)).await.status, 204);
    app.pass(1).await;
    let alerts = app.alerts(&owner).await;
    let of_rule: Vec<&Value> = alerts.iter().filter(|alert| alert["ruleId"] == rule["id"]).collect();
    assert_eq!((of_rule.len(), &of_rule[0]["status"]), (1, &json!("resolved")));
}
