//! What is refused is in the trail of the tenant, so often and no more, and nobody learns anything by it.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_core::audit::Actor;
use platform_store::embedded::faults::Fault;
use platform_store::trail_limits::Limited;
use platform_tests::{Client, Member, TestApp};
use serde_json::{Value, json};

async fn entries(owner: &Member, action: &str) -> Vec<Value> {
    let answer = owner.get(&format!("/api/audit/logs?action={action}&limit=1000")).await.expect(200);
    answer.as_array().unwrap().clone()
}

/// Leaves room for one more of these today.
async fn use_up(app: &TestApp, owner: &Member, limited: Limited) {
    let entry = app.platform.audit_entry(owner.tenant, Actor::platform(), "test.test", "", (None, None));
    for _ in 1..limited.most() {
        app.platform.store.within_day(limited, entry.clone()).await.unwrap();
    }
}

async fn login(client: &Client, email: &str, password: &str) -> platform_tests::Answer {
    client.post("/api/auth/login", json!({ "email": email, "password": password })).await
}

#[tokio::test]
async fn what_a_member_may_not_do_is_told_once_and_then_by_tens() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let id = uuid::Uuid::from_u128(7);
    for _ in 0..12 {
        app.skip(SignedDuration::from_secs(1));
        viewer.delete(&format!("/api/alerts/rules/{id}?secret=typed")).await.refused(403, "forbidden");
    }
    viewer.get("/api/audit/logs").await.refused(403, "forbidden");
    let told = entries(&owner, "access.refuse").await;
    let by = |operation: &str| told.iter().filter(|entry| entry["resourceId"] == operation).collect::<Vec<_>>();
    let deleting = by("deleteRule");
    assert_eq!(deleting.iter().map(|entry| entry["newValues"]["times"].clone()).collect::<Vec<_>>(), [10, 1]);
    assert_eq!((by("listAuditLogs").len(), told.len()), (1, 3), "{told:?}");
    let entry = deleting[1];
    assert_eq!(entry["user"]["id"], viewer.user.to_string());
    assert_eq!((&entry["sessionId"], &entry["ip"]), (&json!(viewer.session.to_string()), &json!("203.0.113.7")));
    assert_eq!(entry["newValues"]["permission"], "rules:write");
    assert_eq!(entry["newValues"]["reason"], "forbidden");
    app.skip(SignedDuration::from_hours(1));
    let viewer = app.sign_in(&viewer).await;
    viewer.delete(&format!("/api/alerts/rules/{id}")).await.refused(403, "forbidden");
    let owner = app.sign_in(&owner).await;
    assert_eq!(entries(&owner, "access.refuse").await.len(), 4, "the next hour is another");
}

#[tokio::test]
async fn what_a_token_may_not_do_is_told() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let token = app.api_token(&owner, &[Permission::AlertsRead]).await;
    token.get("/api/audit/logs").await.refused(403, "forbidden");
    token.get("/api/auth/sessions").await.refused(403, "session-required");
    let told = entries(&owner, "access.refuse").await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|entry| entry["tokenId"].is_string() && entry["sessionId"].is_null()));
    let mut reasons: Vec<&str> = told.iter().map(|entry| entry["newValues"]["reason"].as_str().unwrap()).collect();
    reasons.sort_unstable();
    assert_eq!(reasons, ["forbidden", "session-required"]);
}

#[tokio::test]
async fn a_day_takes_so_many_refusals_and_says_so_once() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    use_up(&app, &owner, Limited::Refusals).await;
    for path in ["/api/audit/logs", "/api/audit/summary", "/api/audit/exports", "/api/audit/seals"] {
        viewer.get(path).await.refused(403, "forbidden");
    }
    assert_eq!(entries(&owner, "access.refuse").await.len(), 1, "the last that there is room for");
    let limit = entries(&owner, "access.limit").await;
    assert_eq!(limit.len(), 1);
    assert_eq!(limit[0]["newValues"]["most"], Limited::Refusals.most());
    let other = app.tenant("Beta").await;
    let guest = app.member(&other, Role::Viewer).await;
    guest.get("/api/audit/logs").await.refused(403, "forbidden");
    assert_eq!(entries(&other, "access.refuse").await.len(), 1, "another tenant's day is its own");
    app.skip(SignedDuration::from_hours(24));
    app.sign_in(&viewer).await.get("/api/audit/logs").await.refused(403, "forbidden");
    assert_eq!(entries(&app.sign_in(&owner).await, "access.refuse").await.len(), 2, "and the next day is another");
}

#[tokio::test]
async fn a_day_takes_so_many_alerts_and_says_so_once() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "name": "Servers", "conditionConfig": { "duration": 0 } })).await;
    app.pass(1).await;
    use_up(&app, &owner, Limited::Alerts).await;
    for _ in 0..2 {
        app.disconnect(&app.peers()[..1]);
        app.pass(2).await;
        app.connect(&app.peers()[..1]);
        app.pass(2).await;
    }
    let actions = async || {
        let told = entries(&owner, "alert").await;
        told.iter().map(|entry| entry["action"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(actions().await, ["alert.limit", "alert.trigger"]);
    let limit = &entries(&owner, "alert.limit").await[0];
    assert_eq!((&limit["newValues"]["most"], &limit["user"]["name"]), (&json!(2_000), &json!("NetBird platform")));
    // What is not in the trail happened all the same, and each alert has its history.
    let alerts = owner.get("/api/alerts?status=resolved").await.expect(200);
    assert_eq!(alerts.as_array().unwrap().len(), 2, "{alerts}");
    for alert in alerts.as_array().unwrap() {
        let history = owner.get(&format!("/api/alerts/{}/history", alert["id"].as_str().unwrap())).await.expect(200);
        assert!(history.as_array().unwrap().len() >= 2, "{history}");
    }
}

#[tokio::test]
async fn a_refusal_stays_one_where_the_trail_cannot_be_written() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    for operation in ["UpdateItem", "PutItem"] {
        app.database.faults().next(operation, 100, Fault::Oversized);
        viewer.get("/api/audit/logs").await.refused(403, "forbidden");
        assert!(app.database.faults().clear() < 100, "{operation} was tried");
        app.skip(SignedDuration::from_hours(1));
    }
    assert_eq!(entries(&app.sign_in(&owner).await, "access.refuse").await.len(), 0);
}

#[tokio::test]
async fn a_sign_in_in_vain_is_told_to_the_tenants_of_whom_it_was_about() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let email = owner.email.clone();
    let other = app.tenant("Beta").await;
    let calls = async |address: &str, password: &str| {
        app.database.meter().take();
        login(&app.anybody, address, password).await.refused(401, "unauthenticated");
        app.database.meter().take().2
    };
    let known = calls(&email, "not the right password").await;
    let unknown = calls("nobody@acme.example", "not the right password").await;
    assert_eq!(known, unknown, "as much is done for an address that is nobody's");
    let (again, unknown_again) = (calls(&email, "typed").await, calls("nobody@acme.example", "typed").await);
    assert_eq!(again, unknown_again, "and the second time, too");
    let told = entries(&owner, "session.refuse").await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["user"]["id"], owner.user.to_string());
    assert_eq!(told[0]["newValues"], json!({ "reason": "wrong-password", "times": 1 }));
    assert_eq!((&told[0]["ip"], &told[0]["sessionId"]), (&json!("203.0.113.7"), &Value::Null));
    for _ in 0..20 {
        login(&app.anybody, &email, "not the right password").await;
    }
    let reasons: Vec<Value> =
        entries(&owner, "session.refuse").await.iter().map(|entry| entry["newValues"].clone()).collect();
    assert!(reasons.contains(&json!({ "reason": "too-many-attempts", "times": 1 })), "{reasons:?}");
    assert!(reasons.contains(&json!({ "reason": "too-many-attempts", "times": 10 })), "{reasons:?}");
    assert_eq!(entries(&other, "session.refuse").await.len(), 0, "nobody of that tenant");
    for item in app.database.everything().unwrap() {
        assert!(!item.to_string().contains("not the right password"));
    }
}
