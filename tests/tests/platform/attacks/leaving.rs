//! Those who leave, are removed, or are switched off.

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{Member, OWNER_PASSWORD, TestApp};
use serde_json::json;

async fn purge(app: &TestApp) {
    app.pass(3).await;
}

#[tokio::test]
async fn whoever_wants_to_leave_leaves() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let grace = app.member(&ada, Role::Viewer).await;
    let other = app.tenant("Globex").await;
    app.join(&grace, other.tenant, Role::Viewer).await;
    let token = app.api_token(&grace, &[platform_core::access::Permission::AlertsRead]).await;
    for (body, pointer) in [(json!({}), "/password"), (json!({ "password": "not hers at all" }), "/password")] {
        let refusal = grace.post("/api/users/leave", body).await.refused(422, "validation");
        assert_eq!(refusal["errors"][0]["pointer"], pointer);
    }
    let login = json!({ "email": grace.email, "password": OWNER_PASSWORD, "tenantId": ada.tenant.to_string() });
    let signed_in = app.anybody.post("/api/auth/login", login).await.expect(200);
    let leave = json!({ "password": OWNER_PASSWORD });
    let at_home = app.anybody.with_token(signed_in["accessToken"].as_str().unwrap());
    let left = at_home.post("/api/users/leave", leave.clone()).await.expect(200);
    assert_eq!(left["accountDeleted"], false, "she has another tenant");
    grace.get("/api/auth/profile").await.refused(401, "unauthenticated");
    at_home.get("/api/auth/profile").await.refused(401, "unauthenticated");
    let refresh = json!({ "refreshToken": signed_in["refreshToken"] });
    let gone_on = app.anybody.post("/api/auth/refresh", refresh).await.expect(200);
    assert_eq!(gone_on["user"]["tenantName"], "Globex", "the session goes on in her other tenant");
    token.get("/api/alerts").await.refused(401, "unauthenticated");
    purge(&app).await;
    let elsewhere = app.sign_in(&Member { tenant: other.tenant, ..grace.clone() }).await;
    let left = elsewhere.post("/api/users/leave", leave.clone()).await.expect(200);
    assert_eq!(left["accountDeleted"], true);
    purge(&app).await;
    assert!(app.platform.store.user(grace.user).await.unwrap().is_none());
    assert!(app.platform.store.user_by_email(&grace.email.parse().unwrap()).await.unwrap().is_none(), "it is free");
    assert!(app.platform.store.leavers().await.unwrap().is_empty());
    ada.post("/api/users/leave", leave).await.refused(409, "conflict");
}

#[tokio::test]
async fn somebody_removed_from_their_only_tenant_is_not_left_behind() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let grace = app.member(&ada, Role::Viewer).await;
    ada.delete(&format!("/api/users/{}", grace.user)).await.expect(204);
    purge(&app).await;
    assert!(app.platform.store.user(grace.user).await.unwrap().is_none());
    // Invited again, she makes a new account with the same address.
    ada.post("/api/users", json!({ "email": grace.email, "role": "viewer" })).await.expect(201);
    app.settle().await;
    let token = app.mailbox.latest(&grace.email).token();
    let accept = json!({ "token": token, "name": "Grace", "password": "a passphrase of her own" });
    app.anybody.post("/api/auth/invitation/accept", accept).await.expect(201);
}

/// Removed and invited again before the purge came by: she is a member, and stays.
#[tokio::test]
async fn somebody_who_comes_back_in_time_is_not_deleted() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let grace = app.member(&ada, Role::Viewer).await;
    ada.delete(&format!("/api/users/{}", grace.user)).await.expect(204);
    app.pass(1).await;
    app.join(&grace, ada.tenant, Role::Viewer).await;
    purge(&app).await;
    assert!(app.platform.store.user(grace.user).await.unwrap().is_some());
    app.sign_in(&grace).await.get("/api/auth/profile").await.expect(200);
}

#[tokio::test]
async fn sessions_of_somebody_switched_off_stay_ended() {
    let app = TestApp::start().await;
    let ada = app.set_up().await;
    let grace = app.member(&ada, Role::Viewer).await;
    let login = json!({ "email": grace.email, "password": OWNER_PASSWORD });
    let signed_in = app.anybody.post("/api/auth/login", login.clone()).await.expect(200);
    let old = app.anybody.with_token(signed_in["accessToken"].as_str().unwrap());
    old.get("/api/auth/profile").await.expect(200);
    let path = format!("/api/users/{}", grace.user);
    for active in [false, true] {
        app.skip(SignedDuration::from_secs(1));
        ada.call("PUT", &path, Some(json!({ "active": active }))).await.expect(200);
        old.get("/api/auth/profile").await.refused(401, "unauthenticated");
    }
    let refresh = json!({ "refreshToken": signed_in["refreshToken"] });
    let refreshed = app.anybody.post("/api/auth/refresh", refresh).await;
    if refreshed.status.is_success() {
        let token = refreshed.expect(200)["accessToken"].as_str().unwrap().to_owned();
        app.anybody.with_token(token).get("/api/auth/profile").await.refused(401, "unauthenticated");
    }
    let anew = app.anybody.post("/api/auth/login", login).await.expect(200);
    let anew = app.anybody.with_token(anew["accessToken"].as_str().unwrap());
    anew.get("/api/auth/profile").await.expect(200);
    let sessions = anew.get("/api/auth/sessions").await.expect(200);
    assert_eq!(sessions.as_array().unwrap().len(), 1, "the old one is not listed as if it lived");
}
