//! Ways around the roles that must not be there.

use platform_core::access::{Permission, Role};
use platform_tests::{Member, OWNER_PASSWORD, TestApp};
use serde_json::{Value, json};

/// A tenant chooses its provider, and with it whom the provider names: that must not reach the person's other tenants.
#[tokio::test]
async fn a_session_by_a_provider_stays_in_its_tenant() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let evil = app.tenant("Evil").await;
    app.join(&ada, evil.tenant, Role::Viewer).await;
    let as_ada = Member { tenant: evil.tenant, ..ada.clone() };
    let intruder = app.by_provider(&as_ada).await;

    let sessions = intruder.get("/api/auth/sessions").await.expect(200);
    let ids: Vec<&Value> = sessions.as_array().unwrap().iter().map(|session| &session["id"]).collect();
    assert_eq!(ids, [&json!(intruder.session)], "Ada's own sessions are not shown");
    intruder.delete(&format!("/api/auth/sessions/{}", ada.session)).await.refused(404, "not-found");
    intruder.delete("/api/auth/sessions").await.expect(204);
    ada.get("/api/auth/profile").await.expect(200);
    intruder
        .call("PUT", "/api/auth/profile", Some(json!({ "name": "Eve" })))
        .await
        .refused(403, "password-session-required");
    intruder
        .post("/api/auth/tenant", json!({ "tenantId": ada.tenant }))
        .await
        .refused(403, "password-session-required");
    let profile = intruder.get("/api/auth/profile").await.expect(200);
    assert_eq!((&profile["signInMethod"], profile["tenants"].as_array().unwrap().len()), (&json!("sso"), 1));
}

/// Somebody who is demoted while a request of theirs is under way must not write back what they were.
#[tokio::test]
async fn a_demoted_admin_stays_demoted() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let grace = app.member(&owner, Role::Admin).await;
    let path = format!("/api/users/{}", grace.user);
    let again = |_| {
        let (grace, path) = (grace.clone(), path.clone());
        tokio::spawn(async move {
            grace.call("PUT", &path, Some(json!({ "role": "admin", "active": true }))).await.status.as_u16()
        })
    };
    for round in 0..10 {
        app.set_role(&grace, Role::Admin, true).await;
        let insisting: Vec<_> = (0..8).map(again).collect();
        app.set_role(&grace, Role::Viewer, true).await;
        for one in insisting {
            let status = one.await.unwrap();
            assert!([200, 403, 409].contains(&status), "{status}");
        }
        let now = app.platform.store.membership(grace.tenant, grace.user).await.unwrap().unwrap();
        assert_eq!(now.role, Role::Viewer, "round {round}");
    }
}

#[tokio::test]
async fn a_token_gives_nobody_more_than_it_has() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let narrow = app.api_token(&owner, &[Permission::UsersWrite]).await;
    let invite = |email: &str, role: &str| json!({ "email": email, "role": role });
    for role in ["viewer", "admin"] {
        narrow.post("/api/users", invite("eve@evil.example", role)).await.refused(403, "forbidden");
    }
    let all = app.api_token(&owner, Permission::ALL).await;
    all.post("/api/users", invite("bob@acme.example", "admin")).await.expect(201);
    all.post("/api/users", invite("eve@evil.example", "owner")).await.refused(403, "session-required");
    let path = format!("/api/users/{}", viewer.user);
    all.call("PUT", &path, Some(json!({ "role": "owner" }))).await.refused(403, "session-required");
    all.call("PUT", &path, Some(json!({ "role": "admin" }))).await.expect(200);
    narrow.call("PUT", &path, Some(json!({ "role": "admin" }))).await.refused(403, "forbidden");
}

/// Security check 4: waiting for one's own guesses keeps nobody else's account waiting.
#[tokio::test]
async fn one_address_cannot_lock_many_accounts() {
    let app = TestApp::start().await;
    app.set_up().await;
    let wrong = |email: &str| json!({ "email": email, "password": "not the right password" });
    for _ in 0..10 {
        app.anybody.post("/api/auth/login", wrong("nobody@acme.example")).await.refused(401, "unauthenticated");
    }
    for _ in 0..20 {
        app.anybody.post("/api/auth/login", wrong("ada@acme.example")).await.refused(429, "rate-limited");
    }
    let elsewhere = app.anybody.from_ip([198, 51, 100, 9]);
    let right = json!({ "email": "ada@acme.example", "password": OWNER_PASSWORD });
    elsewhere.post("/api/auth/login", right).await.expect(200);
}

/// Security check 4: a subscriber of IPv6 has more addresses than anybody can count.
#[tokio::test]
async fn a_network_of_ipv6_is_one_address() {
    let app = TestApp::start().await;
    app.set_up().await;
    let from = |last: u16| app.anybody.from_ip([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
    for number in 0..10 {
        let body = json!({ "email": format!("nobody{number}@acme.example"), "password": "not the right password" });
        from(number).post("/api/auth/login", body).await.refused(401, "unauthenticated");
    }
    let right = json!({ "email": "ada@acme.example", "password": OWNER_PASSWORD });
    from(99).post("/api/auth/login", right.clone()).await.refused(429, "rate-limited");
    let other = app.anybody.from_ip([0x2001, 0xdb8, 0, 2, 0, 0, 0, 1]);
    other.post("/api/auth/login", right).await.expect(200);
}

/// Security check 3.
#[tokio::test]
async fn passwords_are_stored_by_argon2id() {
    let app = TestApp::start().await;
    app.set_up().await;
    let hashes: Vec<String> = app.stored().into_iter().filter(|item| item.contains("passwordHash")).collect();
    assert!(!hashes.is_empty());
    for item in hashes {
        assert!(item.contains("$argon2id$v=19$m=19456,t=2,p=1$"), "{item}");
        assert!(!item.contains(OWNER_PASSWORD));
    }
}

/// Security check 3: requests are answered while passwords are being hashed on the one thread that serves them.
#[tokio::test]
async fn hashing_does_not_hold_up_other_requests() {
    let app = TestApp::start().await;
    app.set_up().await;
    let slow: Vec<_> = (0..4)
        .map(|number| {
            let client = app.anybody.from_ip([198, 51, 100, number]);
            let body = json!({ "email": format!("nobody{number}@acme.example"), "password": "not the right password" });
            tokio::spawn(async move { client.post("/api/auth/login", body).await })
        })
        .collect();
    let mut answered = 0;
    while !slow.iter().all(tokio::task::JoinHandle::is_finished) {
        app.anybody.get("/api/health").await.expect(200);
        answered += 1;
        tokio::task::yield_now().await;
    }
    assert!(answered > 4, "{answered} requests were answered meanwhile");
}

/// Security check 26.
#[tokio::test]
async fn deep_json_is_refused() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let body = format!(r#"{{"name":"R","conditionConfig":{deep}}}"#);
    let request = http::Request::post("/api/alerts/rules").header("content-type", "application/json");
    let answer = owner.send(request.body(axum::body::Body::from(body)).unwrap()).await;
    assert!([400, 422].contains(&answer.status.as_u16()), "{}", answer.text);
}

/// Security check 17: there is no WebSocket yet, so nothing may be upgraded to one.
#[tokio::test]
async fn nothing_is_upgraded() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for path in ["/api/ws", "/ws", "/api/alerts", "/api/realtime"] {
        let request = http::Request::get(path)
            .header("connection", "upgrade")
            .header("upgrade", "websocket")
            .header("sec-websocket-version", "13")
            .header("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ==");
        let answer = owner.send(request.body(axum::body::Body::empty()).unwrap()).await;
        assert_ne!(answer.status.as_u16(), 101, "{path}");
    }
}
