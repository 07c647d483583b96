//! API tokens, and security check 15.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

async fn make(member: &Member, body: Value) -> Value {
    let mut full = json!({ "name": "script", "scopes": ["alerts:read"], "expiresInDays": 30 });
    full.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
    member.post("/api/tokens", full).await.expect(201)
}

#[tokio::test]
async fn a_token_is_shown_once_and_only_its_hash_is_kept() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = make(&owner, json!({})).await;
    let token = made["token"].as_str().unwrap();
    let random = token.strip_prefix("nmp_").unwrap();
    assert_eq!(random.len(), 36, "30 random characters and 6 of a checksum");
    assert!(random.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let listed = owner.get("/api/tokens").await;
    assert!(!listed.text.contains(&token[..20]), "{}", listed.text);
    assert_eq!(listed.expect(200)[0]["prefix"], token[..8]);
    for text in app.stored() {
        assert!(!text.contains(&token[4..]), "{text}");
    }
}

#[tokio::test]
async fn a_token_does_what_its_scopes_and_its_maker_may() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let grace = app.member(&owner, Role::NetworkAdmin).await;
    let token = app.api_token(&grace, &[Permission::AlertsRead, Permission::RulesWrite]).await;
    token.get("/api/alerts").await.expect(200);
    let refusal = token.get("/api/alerts/rules").await.refused(403, "forbidden");
    assert_eq!(refusal["permission"], "rules:read");
    let profile = token.get("/api/auth/profile").await.expect(200);
    assert_eq!(
        (&profile["signInMethod"], &profile["permissions"]),
        (&json!("token"), &json!(["alerts:read", "rules:write"]))
    );
    token.post("/api/alerts/rules", json!({})).await.refused(422, "validation");

    app.set_role(&grace, Role::Viewer, true).await;
    assert_eq!(token.post("/api/alerts/rules", json!({})).await.refused(403, "forbidden")["permission"], "rules:write");
    token.get("/api/alerts").await.expect(200);
    app.set_role(&grace, Role::Viewer, false).await;
    token.get("/api/alerts").await.refused(401, "unauthenticated");
}

#[tokio::test]
async fn a_token_ends_when_it_expires_or_is_revoked() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = make(&owner, json!({ "expiresInDays": 1 })).await;
    let token = app.anybody.with_token(made["token"].as_str().unwrap());
    app.skip(SignedDuration::from_hours(24) - SignedDuration::from_secs(1));
    token.get("/api/alerts").await.expect(200);
    app.skip(SignedDuration::from_secs(1));
    token.get("/api/alerts").await.refused(401, "unauthenticated");

    let made = make(&owner, json!({})).await;
    let token = app.anybody.with_token(made["token"].as_str().unwrap());
    token.get("/api/alerts").await.expect(200);
    let path = format!("/api/tokens/{}", made["id"].as_str().unwrap());
    owner.delete(&path).await.expect(204);
    token.get("/api/alerts").await.refused(401, "unauthenticated");
    owner.delete(&path).await.refused(404, "not-found");
}

#[tokio::test]
async fn everybody_sees_their_own_and_admins_all() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let of_owner = make(&owner, json!({ "name": "of the owner" })).await;
    let of_viewer = make(&viewer, json!({ "name": "of the viewer" })).await;
    let names = async |member: &Member, path: &str| -> Vec<Value> {
        let tokens = member.get(path).await.expect(200);
        tokens.as_array().unwrap().iter().map(|token| token["name"].clone()).collect()
    };
    assert_eq!(names(&viewer, "/api/tokens").await, ["of the viewer"]);
    let mut all = names(&owner, "/api/tokens?all=true").await;
    all.sort_by_key(ToString::to_string);
    assert_eq!(all, ["of the owner", "of the viewer"]);
    assert_eq!(viewer.get("/api/tokens?all=true").await.refused(403, "forbidden")["permission"], "tokens:manage");
    let path = |made: &Value| format!("/api/tokens/{}", made["id"].as_str().unwrap());
    viewer.delete(&path(&of_owner)).await.refused(404, "not-found");
    owner.delete(&path(&of_viewer)).await.expect(204);
    assert!(names(&viewer, "/api/tokens").await.is_empty());
}

#[tokio::test]
async fn a_token_may_be_bound_to_addresses() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = make(&owner, json!({ "ipAllowList": ["203.0.113.0/28", "198.51.100.9", "2001:db8::/32"] })).await;
    assert_eq!(made["ipAllowList"], json!(["203.0.113.0/28", "198.51.100.9/32", "2001:db8::/32"]));
    let token = app.anybody.with_token(made["token"].as_str().unwrap());
    token.from_ip([203, 0, 113, 15]).get("/api/alerts").await.expect(200);
    token.from_ip([198, 51, 100, 9]).get("/api/alerts").await.expect(200);
    token.from_ip([0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]).get("/api/alerts").await.expect(200);
    for ip in [[203, 0, 113, 16], [198, 51, 100, 8]] {
        token.from_ip(ip).get("/api/alerts").await.refused(401, "unauthenticated");
    }
}

#[tokio::test]
async fn the_last_use_is_shown() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = make(&owner, json!({})).await;
    assert_eq!(made["lastUsedAt"], json!(null));
    app.skip(SignedDuration::from_hours(2));
    let token = app.anybody.with_token(made["token"].as_str().unwrap()).from_ip([198, 51, 100, 77]);
    token.get("/api/alerts").await.expect(200);
    let shown = owner.get("/api/tokens").await.expect(200)[0].clone();
    assert_eq!(shown["lastUsedAt"], json!(app.now()));
    assert_eq!(shown["lastUsedIp"], "198.51.100.77");
}

/// Security check 28.
#[tokio::test]
async fn a_token_makes_so_many_requests_a_minute() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (token, other) = (
        app.api_token(&owner, &[Permission::AlertsRead]).await,
        app.api_token(&owner, &[Permission::AlertsRead]).await,
    );
    app.skip(SignedDuration::from_secs(60 - app.now().as_second().rem_euclid(60)));
    let ask = |number: usize| {
        let token = token.clone();
        tokio::spawn(
            async move { (number, token.get("/api/health").await, token.get("/api/alerts").await.status.as_u16()) },
        )
    };
    let mut answers = Vec::new();
    for ask in (0..650).map(ask).collect::<Vec<_>>() {
        answers.push(ask.await.unwrap().2);
    }
    let with = |status| answers.iter().filter(|answer| **answer == status).count();
    assert_eq!((with(200), with(429)), (600, 50), "counted one by one, however many come at once");
    app.skip(SignedDuration::from_secs(20));
    let refused = token.get("/api/alerts").await;
    assert_eq!(refused.header("retry-after"), Some("40"));
    refused.refused(429, "rate-limited");
    other.get("/api/alerts").await.expect(200);
    app.skip(SignedDuration::from_secs(40));
    token.get("/api/alerts").await.expect(200);
}

#[tokio::test]
async fn bad_input_is_named() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let many: Vec<String> = (0..21).map(|n| format!("203.0.113.{n}")).collect();
    for (body, pointer) in [
        (json!({ "name": "" }), "/name"),
        (json!({ "name": "x".repeat(101) }), "/name"),
        (json!({ "scopes": [] }), "/scopes"),
        (json!({ "scopes": ["alerts:read", "alerts:eat"] }), "/scopes/1"),
        (json!({ "scopes": ["alerts:read", "alerts:read"] }), "/scopes/1"),
        (json!({ "scopes": ["accounts:write"] }), "/scopes/0"),
        (json!({ "expiresInDays": 0 }), "/expiresInDays"),
        (json!({ "expiresInDays": 366 }), "/expiresInDays"),
        (json!({ "ipAllowList": ["203.0.113.0/33"] }), "/ipAllowList/0"),
        (json!({ "ipAllowList": many }), "/ipAllowList"),
        (json!({ "owner": "somebody" }), "/owner"),
    ] {
        let mut full = json!({ "name": "script", "scopes": ["alerts:read"], "expiresInDays": 30 });
        full.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let refusal = viewer.post("/api/tokens", full).await.refused(422, "validation");
        assert_eq!(refusal["errors"][0]["pointer"], pointer, "{refusal}");
    }
    for _ in 0..50 {
        make(&viewer, json!({})).await;
    }
    let full = json!({ "name": "script", "scopes": ["alerts:read"], "expiresInDays": 30 });
    viewer.post("/api/tokens", full).await.refused(409, "conflict");
}

#[tokio::test]
async fn what_only_looks_like_a_token_is_refused() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let made = make(&owner, json!({})).await;
    let good = made["token"].as_str().unwrap();
    let mistyped = format!("{}{}", &good[..39], if good.ends_with('0') { "1" } else { "0" });
    for bad in ["nmp_", "nmp_000000000000000000000000000000000000", &mistyped, &good[..39], &good.to_lowercase()] {
        app.anybody.with_token(bad).get("/api/alerts").await.refused(401, "unauthenticated");
    }
    // In the address it is not even looked at.
    app.anybody.get(&format!("/api/alerts?access_token={good}")).await.refused(401, "unauthenticated");
}
