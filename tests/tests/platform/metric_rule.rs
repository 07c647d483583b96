//! Rules that compare numbers: those that were pushed and the platform's own, from the value to the message that it is over.

use jiff::SignedDuration;
use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

async fn connected() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    (app, owner)
}

async fn rule(app: &TestApp, owner: &Member, config: Value) -> String {
    let rule = json!({ "conditionType": "custom_metric", "conditionConfig": config });
    app.make_rule(owner, rule).await["id"].as_str().expect("an id").to_owned()
}

async fn push(owner: &Member, host: &str, value: f64) {
    let one = json!({ "name": "backup.age", "value": value, "unit": "h", "tags": { "host": host } });
    owner.post("/api/metrics", json!({ "metrics": [one] })).await.expect(201);
}

async fn newest(app: &TestApp, owner: &Member) -> Value {
    app.alerts(owner).await.first().cloned().expect("an alert")
}

#[tokio::test]
async fn a_backup_that_grows_old_is_told_of_until_it_is_made() {
    let (app, owner) = connected().await;
    let id = rule(&app, &owner, json!({ "metric": "backup.age", "operator": "greater_than", "value": 24.5 })).await;
    app.pass(2).await;
    assert!(app.alerts(&owner).await.is_empty(), "nothing was pushed yet");
    let shown = owner.get(&format!("/api/alerts/rules/{id}")).await.expect(200);
    assert_eq!(shown["waits"][0]["lists"], json!([{ "list": "backup.age", "reason": "no_data" }]));
    assert_eq!(shown["conditionConfig"]["value"], json!(24.5));

    push(&owner, "db1", 2.0).await;
    app.pass(1).await;
    assert!(app.alerts(&owner).await.is_empty());
    assert_eq!(owner.get(&format!("/api/alerts/rules/{id}")).await.expect(200)["waits"], json!([]));
    push(&owner, "db1", 26.5).await;
    app.pass(1).await;
    let alert = newest(&app, &owner).await;
    assert_eq!(alert["title"], "backup.age (host=db1) is above 24.5 h");
    let message = alert["message"].as_str().expect("a message");
    assert!(message.ends_with(": backup.age (host=db1) is 26.5 h."), "{message}");
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    // Another value is no news; another host is.
    push(&owner, "db1", 27.0).await;
    app.pass(1).await;
    assert_eq!(app.receiver.told().len(), 1);
    push(&owner, "db1", 27.0).await;
    push(&owner, "db2", 30.0).await;
    app.pass(1).await;
    assert_eq!(newest(&app, &owner).await["title"], "backup.age is above 24.5 h in 2 of 2 series");
    assert_eq!(app.receiver.told().len(), 2, "{:?}", app.receiver.told());
    // The script stops: nothing is known, and the alert stays.
    app.pass(10).await;
    assert_eq!(newest(&app, &owner).await["status"], "open");
    assert_eq!(
        owner.get(&format!("/api/alerts/rules/{id}")).await.expect(200)["waits"][0]["lists"][0]["reason"],
        "no_data"
    );
    push(&owner, "db1", 0.5).await;
    push(&owner, "db2", 0.25).await;
    app.pass(1).await;
    assert_eq!(newest(&app, &owner).await["status"], "resolved");
    let last = app.receiver.received().pop().expect("a message");
    assert_eq!(last.body["data"]["title"], "backup.age is above 24.5 h in 0 of 2 series");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn silence_fires_where_the_rule_says_so_also_while_netbird_is_down() {
    let (app, owner) = connected().await;
    let config = json!({ "metric": "heartbeat", "window": 3, "operator": "less_than", "value": 0, "noData": "fire" });
    rule(&app, &owner, config).await;
    let beat = async || {
        let body = json!({ "metrics": [{ "name": "heartbeat", "value": 1 }] });
        owner.post("/api/metrics", body).await.expect(201);
    };
    beat().await;
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
    app.pass(2).await;
    let of_rule = async || {
        let all = app.alerts(&owner).await;
        all.into_iter().find(|alert| alert["title"].as_str().is_some_and(|title| title.starts_with("heartbeat")))
    };
    assert!(of_rule().await.is_none());
    app.pass(20).await;
    let alert = of_rule().await.expect("nobody hears the script");
    assert_eq!((&alert["title"], &alert["status"]), (&json!("heartbeat has no value"), &json!("open")));
    beat().await;
    app.pass(15).await;
    beat().await;
    app.pass(1).await;
    app.network().heal();
    for _ in 0..30 {
        beat().await;
        app.pass(1).await;
    }
    assert_eq!(of_rule().await.expect("it was there")["status"], "resolved");
}

#[tokio::test]
async fn the_platforms_own_numbers_are_compared() {
    let (app, owner) = connected().await;
    let names = app.peers();
    app.connect(&names);
    app.pass(2).await;
    let online =
        json!({ "metric": "peers_online", "aggregate": "max", "window": 5, "operator": "less_than", "value": 1 });
    rule(&app, &owner, online).await;
    app.pass(2).await;
    app.disconnect(&names);
    app.pass(3).await;
    assert!(app.alerts(&owner).await.is_empty(), "five minutes ago some were online");
    app.pass(6).await;
    let alert = newest(&app, &owner).await;
    assert_eq!(alert["title"], "The highest value of the number of online peers over 5 min is below 1");
    app.connect(&names);
    app.pass(2).await;
    assert_eq!(newest(&app, &owner).await["status"], "resolved");

    let failures = json!({
        "metric": "sync_failures", "aggregate": "sum", "window": 15, "operator": "greater_than_or_equal", "value": 2,
    });
    rule(&app, &owner, failures).await;
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
    app.pass(8).await;
    let found = app.alerts(&owner).await.into_iter().any(|alert| {
        alert["title"] == "The sum of minutes with a failed sync over 15 min is at least 2" && alert["status"] == "open"
    });
    assert!(found, "an account that cannot be read is what it is for");
}

#[tokio::test]
async fn the_form_hears_how_it_is_now() {
    let (app, owner) = connected().await;
    let test = async |config: Value| {
        let body = json!({ "conditionType": "custom_metric", "conditionConfig": config });
        owner.post("/api/alerts/rules/test", body).await.expect(200)
    };
    let config = |value: f64| json!({ "metric": "backup.age", "aggregate": "avg", "window": 10, "operator": "greater_than", "value": value });
    let unknown = test(config(1.0)).await;
    assert_eq!(unknown["sentence"], "When the average of backup.age over 10 min is above 1, open an alert.");
    let account = &unknown["accounts"][0];
    assert_eq!((&account["holds"], &account["asOf"], &account["present"]), (&json!(false), &Value::Null, &Value::Null));
    assert_eq!(account["waitsFor"], json!([{ "list": "backup.age", "reason": "no_data" }]));
    push(&owner, "db1", 2.0).await;
    app.skip(SignedDuration::from_mins(1));
    push(&owner, "db1", 5.0).await;
    let present = "The average of backup.age (host=db1) over 10 min is 3.5 h (2 values, from 2 to 5).";
    for (value, holds) in [(3.0, true), (4.0, false)] {
        let account = &test(config(value)).await["accounts"][0];
        assert_eq!((&account["holds"], &account["present"]), (&json!(holds), &json!(present)));
        assert!(account["asOf"].is_string() && account["waitsFor"] == json!([]), "{account}");
    }
    for (config, pointer) in [
        (json!({ "metric": "peers_onlin", "operator": "equals", "value": 1 }), "/conditionConfig/metric"),
        (json!({ "metric": "x", "operator": "equals", "value": "1" }), "/conditionConfig/value"),
        (json!({ "metric": "x", "operator": "equals", "value": 1, "window": 61 }), "/conditionConfig/window"),
        (json!({ "metric": "x", "operator": "equals", "value": 1, "noData": "panic" }), "/conditionConfig/noData"),
    ] {
        let body = json!({ "conditionType": "custom_metric", "conditionConfig": config });
        let problem = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer);
    }
}

/// Where no rule looks at numbers, nothing of them is read; where one does, each kind once.
#[tokio::test]
async fn a_quiet_tick_costs_what_it_did() {
    let (app, owner) = connected().await;
    app.make_rule(&owner, json!({})).await;
    push(&owner, "db1", 2.0).await;
    app.pass(40).await;
    let calls = async || {
        app.database.meter().take();
        app.pass(1).await;
        app.database.meter().take()
    };
    let before = calls().await;
    let own = json!({ "metric": "backup.age", "operator": "greater_than", "value": 24 });
    rule(&app, &owner, own.clone()).await;
    app.pass(5).await;
    let last = calls().await;
    for _ in 0..10 {
        rule(&app, &owner, json!({ "metric": "backup.age", "aggregate": "avg", "operator": "less_than", "value": -1 }))
            .await;
    }
    app.pass(5).await;
    let all = calls().await;
    println!("read units, write units, calls: {before:?} without, {last:?} with one rule, {all:?} with eleven");
    assert_eq!((last.2, all.2), (before.2 + 1, before.2 + 2), "the book, and the minutes");
    assert_eq!((last.1, all.1), (before.1, before.1), "nothing is written");
}
