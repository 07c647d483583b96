//! One step with many alerts, and what people say of one.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// A tenant with a rule that tells a webhook, which fired for each of these peers by itself.
async fn fired(peers: usize) -> (TestApp, Member, Vec<String>) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let webhook = json!({ "webhook": { "enabled": true, "url": app.receiver.url() } });
    app.make_rule(
        &owner,
        json!({ "name": "Any peer", "notificationConfig": webhook, "conditionConfig": { "duration": 0 } }),
    )
    .await;
    app.tick().await;
    for name in app.peers().into_iter().take(peers) {
        app.disconnect(&[name]);
        app.pass(1).await;
    }
    let ids = app.alerts(&owner).await.iter().map(|alert| alert["id"].as_str().unwrap().to_owned()).collect();
    (app, owner, ids)
}

fn events(history: &Value) -> Vec<&str> {
    history.as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn each_alert_is_changed_as_if_it_were_alone() {
    let (app, owner, ids) = fired(4).await;
    assert_eq!(ids.len(), 4);
    let nobodys = Uuid::from_u128(9).to_string();
    owner.post(&format!("/api/alerts/{}/resolve", ids[1]), json!({})).await.expect(200);
    let named = json!({ "alertIds": [ids[0], ids[1], nobodys, ids[2]], "message": " On them " });
    let answer = owner.post("/api/alerts/acknowledge", named).await.expect(200);
    assert_eq!(answer["done"], json!([ids[0], ids[2]]));
    let failed: Vec<_> = answer["failed"].as_array().unwrap().iter().map(|one| (&one["id"], &one["status"])).collect();
    assert_eq!(failed, [(&json!(ids[1]), &json!(409)), (&json!(nobodys), &json!(404))]);
    assert_eq!(answer["failed"][0]["detail"], "the alert is resolved and cannot be acknowledged");
    assert_eq!(answer["failed"][1]["title"], "Not found");
    let alert = owner.get(&format!("/api/alerts/{}", ids[2])).await.expect(200);
    assert_eq!((&alert["status"], &alert["acknowledgedMessage"]), (&json!("acknowledged"), &json!("On them")));
    assert_eq!(events(&alert["history"]), ["fired", "acknowledged"]);
    assert_eq!(owner.get("/api/alerts?status=acknowledged").await.total(), Some(2), "the numbers follow");

    let until = app.now() + SignedDuration::from_hours(1);
    let all = |ids: &[String]| json!({ "alertIds": ids });
    let suppress = json!({ "alertIds": [ids[0], ids[3]], "until": until });
    let answer = owner.post("/api/alerts/suppress", suppress).await.expect(200);
    assert_eq!(answer, json!({ "done": [ids[0], ids[3]], "failed": [] }));
    let answer = owner.post("/api/alerts/reopen", all(&ids)).await.expect(200);
    assert_eq!(answer["done"], json!([ids[0], ids[3]]));
    app.settle().await;
    let before = app.receiver.received().len();
    let answer = owner.post("/api/alerts/resolve", all(&ids)).await.expect(200);
    assert_eq!(answer["done"], json!([ids[0], ids[2], ids[3]]));
    app.settle().await;
    assert_eq!(app.receiver.received().len() - before, 3, "whoever was told of each hears that it is over");
    let audited = owner.get("/api/audit/logs?action=alert.resolve").await.expect(200);
    assert_eq!(audited.as_array().unwrap().len(), 4, "one entry an alert, and the one of before");
}

#[tokio::test]
async fn many_at_once_are_all_changed_and_a_key_does_it_once() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let ids: Vec<String> = app.plant_alerts(&owner, &account, 200, 200).await.iter().map(ToString::to_string).collect();
    let keyed = owner.client.with_header("idempotency-key", "all of them");
    let body = json!({ "alertIds": ids });
    let first = keyed.post("/api/alerts/acknowledge", body.clone()).await.expect(200);
    assert_eq!(first, json!({ "done": ids, "failed": [] }));
    let again = keyed.post("/api/alerts/acknowledge", body.clone()).await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.expect(200), first);
    let fresh = owner.post("/api/alerts/acknowledge", body).await.expect(200);
    assert_eq!(fresh["failed"].as_array().unwrap().len(), 200, "without a key it is another request");
}

#[tokio::test]
async fn bulk_steps_say_which_field_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let one = Uuid::from_u128(1);
    let many: Vec<Uuid> = (0..201).map(Uuid::from_u128).collect();
    let pointer = async |path: &str, body: Value| {
        owner.post(path, body).await.refused(422, "validation")["errors"][0]["pointer"].as_str().unwrap().to_owned()
    };
    assert_eq!(pointer("/api/alerts/resolve", json!({ "alertIds": [] })).await, "/alertIds");
    assert_eq!(pointer("/api/alerts/resolve", json!({ "alertIds": many })).await, "/alertIds");
    assert_eq!(pointer("/api/alerts/reopen", json!({ "alertIds": [one, one] })).await, "/alertIds/1");
    assert_eq!(pointer("/api/alerts/acknowledge", json!({ "alertIds": ["x"] })).await, "/alertIds/0");
    let long = json!({ "alertIds": [one], "message": "x".repeat(2_001) });
    assert_eq!(pointer("/api/alerts/acknowledge", long).await, "/message");
    assert_eq!(pointer("/api/alerts/suppress", json!({ "alertIds": [one] })).await, "/until");
    let past = json!({ "alertIds": [one], "until": app.now() });
    assert_eq!(pointer("/api/alerts/suppress", past).await, "/until");
}

#[tokio::test]
async fn each_step_asks_for_its_own_permission() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let token = app.api_token(&owner, &[Permission::AlertsAcknowledge]).await;
    let body = json!({ "alertIds": [Uuid::from_u128(1)] });
    token.post("/api/alerts/acknowledge", body.clone()).await.expect(200);
    token.post("/api/alerts/resolve", body).await.refused(403, "forbidden");
}

#[tokio::test]
async fn people_comment_on_an_alert_and_nobody_is_told() {
    let (app, owner, ids) = fired(1).await;
    let grace = app.member(&owner, Role::NetworkAdmin).await;
    app.settle().await;
    let before = app.receiver.received().len();
    let path = format!("/api/alerts/{}/comments", ids[0]);
    let row = grace.post(&path, json!({ "message": " The provider says\nan hour " })).await.expect(201);
    assert_eq!((&row["event"], &row["message"]), (&json!("commented"), &json!("The provider says\nan hour")));
    assert_eq!(row["by"]["id"], json!(grace.user));
    owner.post(&format!("/api/alerts/{}/resolve", ids[0]), json!({})).await.expect(200);
    // What is over is talked about, too.
    owner.post(&path, json!({ "message": "It was a cable" })).await.expect(201);
    let history = owner.get(&format!("/api/alerts/{}/history", ids[0])).await.expect(200);
    assert_eq!(events(&history), ["fired", "commented", "resolved", "commented"]);
    app.settle().await;
    assert_eq!(app.receiver.received().len() - before, 1, "only of the end");
    let audited = owner.get("/api/audit/logs?action=alert.comment").await.expect(200);
    assert_eq!(audited.as_array().unwrap().len(), 2);

    for bad in ["", "  ", &"x".repeat(1_001)] {
        let refused = owner.post(&path, json!({ "message": bad })).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], "/message");
    }
    // The list still shows how the messages went, which are older than the comments.
    for number in 2..16 {
        owner.post(&path, json!({ "message": format!("Comment {number}") })).await.expect(201);
    }
    let listed = owner.get("/api/alerts").await.expect(200);
    assert!(!listed[0]["notifications"].as_array().unwrap().is_empty());
    for number in 16..100 {
        owner.post(&path, json!({ "message": format!("Comment {number}") })).await.expect(201);
    }
    owner.post(&path, json!({ "message": "One more" })).await.refused(409, "conflict");
    let viewer = app.member(&owner, Role::Viewer).await;
    viewer.post(&path, json!({ "message": "May I?" })).await.refused(403, "forbidden");
}
