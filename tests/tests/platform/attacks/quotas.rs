//! Limits of numbers, raced; and limits that others use up.

use platform_core::account::MAX_ACCOUNTS;
use platform_core::api_token::MAX_TOKENS;
use platform_core::rule::MAX_RULES;
use platform_netbird::fake::Tokens;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// Sends all at once, and returns how many were made.
async fn race(owner: &Member, path: &'static str, bodies: Vec<Value>) -> usize {
    let sent: Vec<_> = bodies
        .into_iter()
        .map(|body| {
            let owner = owner.clone();
            tokio::spawn(async move { owner.post(path, body).await.status.as_u16() })
        })
        .collect();
    let mut made = 0;
    for one in sent {
        let status = one.await.unwrap();
        assert!([201, 409].contains(&status), "{status}");
        made += usize::from(status == 201);
    }
    made
}

async fn number(owner: &Member, path: &str) -> usize {
    owner.get(path).await.expect(200).as_array().unwrap().len()
}

fn rule(number: usize) -> Value {
    json!({
        "name": format!("Rule {number}"), "conditionType": "peer_offline", "conditionConfig": { "duration": 5 },
        "severity": "low", "notificationConfig": {},
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_cannot_be_raced_past_their_limit() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for n in 0..MAX_RULES - 5 {
        owner.post("/api/alerts/rules", rule(n)).await.expect(201);
    }
    let made = race(&owner, "/api/alerts/rules", (0..40).map(rule).collect()).await;
    assert!(made <= 5);
    // Who met others and gave up tries again, and gets what is left and no more.
    while owner.post("/api/alerts/rules", rule(0)).await.status.is_success() {}
    assert_eq!(number(&owner, "/api/alerts/rules").await, MAX_RULES);
}

#[tokio::test(flavor = "multi_thread")]
async fn accounts_cannot_be_raced_past_their_limit() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = |n: usize| json!({ "name": format!("A{n}"), "baseUrl": app.netbird.url(), "apiToken": Tokens::GOOD });
    for n in 0..MAX_ACCOUNTS - 3 {
        owner.post("/api/netbird/accounts", account(n)).await.expect(201);
    }
    race(&owner, "/api/netbird/accounts", (0..25).map(account).collect()).await;
    while owner.post("/api/netbird/accounts", account(0)).await.status.is_success() {}
    assert_eq!(number(&owner, "/api/netbird/accounts").await, MAX_ACCOUNTS);
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_cannot_be_raced_past_their_limit() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let token = |n: usize| json!({ "name": format!("T{n}"), "scopes": ["alerts:read"], "expiresInDays": 1 });
    for n in 0..MAX_TOKENS - 3 {
        owner.post("/api/tokens", token(n)).await.expect(201);
    }
    race(&owner, "/api/tokens", (0..25).map(token).collect()).await;
    while owner.post("/api/tokens", token(0)).await.status.is_success() {}
    assert_eq!(number(&owner, "/api/tokens").await, MAX_TOKENS);
}

/// A token that got lost, and is bound to an address: strangers cannot wear it out.
#[tokio::test]
async fn requests_from_elsewhere_do_not_use_up_a_token() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let body = json!({
        "name": "CI", "scopes": ["alerts:read"], "expiresInDays": 1, "ipAllowList": ["198.51.100.0/24"],
    });
    let token = owner.post("/api/tokens", body).await.expect(201)["token"].as_str().unwrap().to_owned();
    let stranger = app.anybody.with_token(&token).from_ip([203, 0, 113, 66]);
    for _ in 0..700 {
        stranger.get("/api/alerts").await.refused(401, "unauthenticated");
    }
    let ci = app.anybody.with_token(&token).from_ip([198, 51, 100, 7]);
    ci.get("/api/alerts").await.expect(200);
    let seen = owner.get("/api/tokens").await.expect(200);
    assert_eq!(seen[0]["lastUsedIp"], "198.51.100.7", "what was refused is no use: {seen}");
    for _ in 0..599 {
        ci.get("/api/alerts").await.expect(200);
    }
    ci.get("/api/alerts").await.refused(429, "rate-limited");
}
