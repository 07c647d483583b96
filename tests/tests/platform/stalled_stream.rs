//! The table's stream stalls for an hour and goes on: what hangs on it is late, and neither lost nor done twice.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_netbird::fake::TokenState;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

async fn verdict(by: &Member) -> String {
    by.get("/api/audit/verify").await.expect(200)["verdict"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_hour_without_the_stream_loses_nothing() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 } })).await;
    app.pass(2).await;
    assert_eq!(verdict(&owner).await, "intact");
    app.receiver.forget();

    app.queues.stall();
    let export = owner.post("/api/audit/exports", json!({ "format": "jsonl" })).await.expect(202);
    app.disconnect(&app.peers()[..2]);
    app.pass(60).await;
    let owner = app.sign_in(&owner).await;
    // The sweeper does what it can do without: who is on call does not wait for a stream.
    assert_eq!(app.receiver.told().len(), 1, "{:?}", app.receiver.told());
    let id = export["id"].as_str().unwrap();
    assert_eq!(owner.get(&format!("/api/audit/exports/{id}")).await.expect(200)["state"], "ready");
    assert_eq!(verdict(&owner).await, "unsealed");

    let socket = app.open_socket().await.unwrap();
    let ready = socket.say(&json!({ "type": "auth", "token": owner.token().unwrap() })).await;
    assert_eq!(ready[0]["type"], "ready", "{ready:?}");
    app.queues.resume();
    app.settle().await;
    assert_eq!(verdict(&owner).await, "intact");
    assert_eq!(app.receiver.told().len(), 1, "nothing is told twice: {:?}", app.receiver.told());
    app.connect(&app.peers()[..2]);
    app.pass(2).await;
    assert_eq!(app.receiver.told().len(), 2);
    let heard = socket.heard();
    let is_alert = |message: &Value| message["type"].as_str().unwrap().starts_with("alert_");
    assert!(heard.iter().any(is_alert), "{heard:?}");
    app.skip(SignedDuration::from_secs(1));
    assert!(app.queues.dead_letters().is_empty());
}

/// What the platform does of its own accord stands in the trail like what people do.
#[tokio::test]
async fn the_trail_tells_what_the_platform_did() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "name": "Servers", "conditionConfig": { "duration": 0 } })).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(2).await;
    app.connect(&app.peers()[..1]);
    app.pass(2).await;
    let told = owner.get("/api/audit/logs?action=alert").await.expect(200);
    let actions: Vec<&str> = told.as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["alert.resolve", "alert.trigger"]);
    for (entry, status) in told.as_array().unwrap().iter().zip(["resolved", "open"]) {
        assert_eq!(entry["user"]["name"], "NetBird platform");
        assert_eq!(
            (&entry["newValues"]["status"], &entry["newValues"]["ruleName"]),
            (&json!(status), &json!("Servers"))
        );
        assert!(entry["ip"].is_null() && entry["sessionId"].is_null(), "{entry}");
    }
    // The token is taken away: the account is read no more.
    app.network().set_token(TokenState::Deleted);
    app.pass(2).await;
    let told = owner.get(&format!("/api/audit/logs?action=account.pause&resourceId={account}")).await.expect(200);
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
    assert_eq!((&told[0]["newValues"]["paused"], &told[0]["user"]["name"]), (&json!(true), &json!("NetBird platform")));
}
