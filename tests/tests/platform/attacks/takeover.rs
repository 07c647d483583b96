//! A tenant's identity provider, and the accounts of the tenant's members.

use platform_core::access::Role;
use platform_http::Access;
use platform_tests::{Answer, Authenticator, Member, OWNER_PASSWORD, TestApp};
use serde_json::{Value, json};

const NEW: &str = "a passphrase of the attacker";

/// Ada has a tenant of her own and a second factor; the owner of another tenant made her a member, and lets a provider of
/// their own vouch for her address.
async fn vouched_for() -> (TestApp, Member, Member, Authenticator) {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let phone = app.plant_second_factor(&ada).await;
    let evil = app.tenant("Evil").await;
    app.join(&ada, evil.tenant, Role::Viewer).await;
    let attacker = app.by_provider(&Member { tenant: evil.tenant, ..ada.clone() }).await;
    (app, ada, attacker, phone)
}

async fn login(client: &platform_tests::Client, password: &str, code: Option<&str>) -> Answer {
    let body = json!({ "email": "ada@acme.example", "password": password, "code": code });
    client.post("/api/auth/login", body).await
}

#[tokio::test]
async fn a_provider_and_a_leaked_password_do_not_take_an_account_over() {
    let (app, ada, attacker, phone) = vouched_for().await;
    let mails = app.mailbox.mails().len();
    for (path, body) in [
        ("/api/auth/email", json!({ "email": "eve@evil.example", "password": OWNER_PASSWORD })),
        ("/api/auth/password", json!({ "currentPassword": OWNER_PASSWORD, "newPassword": NEW })),
        ("/api/auth/second-factor", json!({ "password": OWNER_PASSWORD })),
        ("/api/auth/second-factor/disable", json!({ "password": OWNER_PASSWORD, "code": "000000" })),
    ] {
        attacker.post(path, body).await.refused(403, "password-session-required");
    }
    app.settle().await;
    assert_eq!(app.mailbox.mails().len(), mails, "nobody was written to");
    ada.get("/api/auth/profile").await.expect(200);
    login(&app.anybody, OWNER_PASSWORD, Some(&phone.code(app.now()))).await.expect(200);
}

/// However many endpoints there are: whatever asks for no permission, or for the password, is closed to such a session.
#[tokio::test]
async fn no_endpoint_about_the_account_takes_a_session_of_a_provider() {
    let (_app, _ada, attacker, _phone) = vouched_for().await;
    let about_accounts: Vec<_> =
        platform_local::endpoints().into_iter().filter(|row| row.access.needs_password_session()).collect();
    assert!(about_accounts.len() >= 11, "the rows that are about accounts");
    assert!(about_accounts.iter().any(|row| matches!(row.access, Access::AccountWith(_))));
    for row in about_accounts {
        let method = serde_json::to_value(&row.method).unwrap().as_str().unwrap().to_uppercase();
        let path = row.path.replace("{id}", "01980000-0000-7000-8000-000000000001");
        attacker.call(&method, &path, Some(json!({}))).await.refused(403, "password-session-required");
    }
}

#[tokio::test]
async fn such_a_session_touches_neither_devices_nor_counters_of_the_account() {
    let (app, ada, attacker, phone) = vouched_for().await;
    let before = app.platform.store.user(ada.user).await.unwrap().unwrap();
    for _ in 0..30 {
        let wrong = json!({ "currentPassword": "a guess of theirs", "newPassword": NEW });
        attacker.post("/api/auth/password", wrong).await.refused(403, "password-session-required");
        attacker.post("/api/users/leave", json!({ "password": "a guess" })).await;
    }
    let after = app.platform.store.user(ada.user).await.unwrap().unwrap();
    assert_eq!((before.devices, before.known_sources), (after.devices, after.known_sources));
    let change = json!({ "currentPassword": OWNER_PASSWORD, "newPassword": NEW, "code": phone.code(app.now()) });
    ada.post("/api/auth/password", change).await.expect(204);
}

#[tokio::test]
async fn password_and_address_ask_for_the_second_factor() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let phone = app.plant_second_factor(&ada).await;
    let password = |code: Value| json!({ "currentPassword": OWNER_PASSWORD, "newPassword": NEW, "code": code });
    let address = |code: Value| json!({ "email": "ada@new.example", "password": OWNER_PASSWORD, "code": code });
    for (path, body) in [("/api/auth/password", &password as &dyn Fn(Value) -> Value), ("/api/auth/email", &address)] {
        for code in [json!(null), json!("000000")] {
            let refusal = ada.post(path, body(code)).await.refused(422, "validation");
            assert_eq!(refusal["errors"][0]["pointer"], "/code", "{path}");
        }
    }
    let code = json!(phone.code(app.now()));
    ada.post("/api/auth/email", address(code.clone())).await.expect(202);
    let refusal = ada.post("/api/auth/password", password(code)).await.refused(422, "validation");
    assert_eq!(refusal["errors"][0]["pointer"], "/code", "a code works once");
}

/// Somebody signs up with an address that is not theirs, and waits for its owner to follow one of the links.
#[tokio::test]
async fn a_link_that_is_followed_makes_no_account_of_somebody_elses_password() {
    const VICTIM: &str = "grace@initech.example";
    const OWN: &str = "a passphrase of her own";
    let app = TestApp::start().await;
    let sign_up = async |password: &str| {
        let body = json!({ "tenantName": "Initech", "name": "Grace", "email": VICTIM, "password": password });
        app.anybody.post("/api/auth/sign-up", body).await.expect(202);
        app.settle().await;
        app.mailbox.latest(VICTIM).token()
    };
    let own = sign_up(OWN).await;
    let planted = sign_up(NEW).await;
    let verify = async |token: &str, password: &str| {
        app.anybody.post("/api/auth/sign-up/verify", json!({ "token": token, "password": password })).await
    };
    verify(&planted, OWN).await.refused(401, "unauthenticated");
    let attacker = json!({ "email": VICTIM, "password": NEW });
    app.anybody.post("/api/auth/login", attacker).await.refused(401, "unauthenticated");
    verify(&own, OWN).await.expect(201);
    // Their own link, and with it the attacker's, are good for nothing now.
    verify(&planted, NEW).await.refused(410, "link-expired");
    app.anybody.post("/api/auth/login", json!({ "email": VICTIM, "password": OWN })).await.expect(200);
}

#[tokio::test]
async fn a_provider_is_not_set_up_by_a_session_of_a_provider() {
    let (app, _ada, attacker, _phone) = vouched_for().await;
    let owner = app.by_provider(&attacker).await;
    app.set_role(&owner, Role::Owner, true).await;
    let owner = app.by_provider(&owner).await;
    owner.delete("/api/tenant/sso").await.refused(403, "password-session-required");
    owner.call("PUT", "/api/tenant/sso", Some(json!({}))).await.refused(403, "password-session-required");
}

#[tokio::test]
async fn somebody_who_finds_a_session_open_makes_no_owner() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let accomplice = app.member(&ada, Role::Admin).await;
    let path = format!("/api/users/{}", accomplice.user);
    let invite = |password: Value| json!({ "email": "eve@evil.example", "role": "owner", "password": password });
    for password in [json!(null), json!("a wrong password")] {
        let body = json!({ "role": "owner", "password": password });
        let refusal = ada.call("PUT", &path, Some(body)).await.refused(422, "validation");
        assert_eq!(refusal["errors"][0]["pointer"], "/password");
        ada.post("/api/users", invite(password)).await.refused(422, "validation");
    }
    let invited = json!({ "email": "bob@acme.example", "role": "viewer" });
    let invited = ada.post("/api/users", invited).await.expect(201)["id"].as_str().unwrap().to_owned();
    let raise = json!({ "role": "owner" });
    ada.call("PUT", &format!("/api/users/{invited}"), Some(raise)).await.refused(422, "validation");
    ada.post("/api/users", invite(json!(OWNER_PASSWORD))).await.expect(201);
    let body = json!({ "role": "owner", "password": OWNER_PASSWORD });
    assert_eq!(ada.call("PUT", &path, Some(body)).await.expect(200)["role"], "owner");
}
