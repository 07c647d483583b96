//! What the database may answer when it cannot, and clocks that are set: nothing is lost, nothing is told twice, and
//! nobody is kept out.

use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_core::tenancy::Tenant;
use platform_store::StoreError;
use platform_store::embedded::faults::Fault;
use platform_tests::{OWNER_PASSWORD, TestApp};
use serde_json::json;

/// Before this, one conflict with a transaction was a 503.
#[tokio::test]
async fn single_writes_that_are_put_off_are_made_again() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (store, faults) = (&app.platform.store, app.database.faults());
    for fault in [Fault::Conflict, Fault::Throttled] {
        let mut session = store.session(owner.user, owner.session).await.unwrap().unwrap();
        faults.next("PutItem", 3, fault);
        store.replace_session(&mut session).await.unwrap();
        faults.next("UpdateItem", 3, fault);
        store.count_request("somebody", SignedDuration::from_mins(1)).await.unwrap();
        faults.next("DeleteItem", 3, fault);
        store.forget("somebody").await.unwrap();
        for operation in ["GetItem", "BatchGetItem", "Query"] {
            faults.next(operation, 2, fault);
        }
        assert!(store.tenant(owner.tenant).await.unwrap().is_some());
        assert_eq!(store.users(&[owner.user]).await.unwrap().len(), 1);
        assert_eq!(store.members(owner.tenant).await.unwrap().len(), 1);
        faults.next("TransactWriteItems", 3, fault);
        owner.call("PUT", "/api/tenant", Some(json!({ "name": format!("{fault:?}") }))).await.expect(200);
        assert_eq!(faults.clear(), 0, "every fault came");
    }
}

#[tokio::test]
async fn what_never_passes_is_given_up() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (store, faults) = (&app.platform.store, app.database.faults());
    faults.next("GetItem", 100, Fault::Throttled);
    assert!(matches!(store.tenant(owner.tenant).await, Err(StoreError::Unavailable { .. })));
    assert!(faults.clear() > 80, "tried a few times, not for ever");
    faults.next("BatchGetItem", 100, Fault::Unprocessed);
    assert!(matches!(store.users(&[owner.user]).await, Err(StoreError::Unavailable { .. })));
    assert!(faults.clear() > 80);
    faults.next("TransactWriteItems", 100, Fault::Conflict);
    let refused = owner.call("PUT", "/api/tenant", Some(json!({ "name": "Busy" }))).await;
    assert_eq!(refused.header("retry-after"), Some("1"));
    refused.refused(503, "unavailable");
    faults.clear();
    owner.call("PUT", "/api/tenant", Some(json!({ "name": "Busy" }))).await.expect(200);
}

#[tokio::test]
async fn batches_that_come_back_undone_are_finished() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let faults = app.database.faults();
    faults.next("BatchGetItem", 2, Fault::Unprocessed);
    owner.get("/api/auth/profile").await.expect(200);
    faults.next("BatchWriteItem", 2, Fault::Unprocessed);
    app.connect_account(&owner).await;
    let peers = owner.get("/api/netbird/peers").await;
    assert_eq!(peers.total(), Some(10));
    assert_eq!(faults.clear(), 0);
}

/// A conflict by a faster writer is read anew; only who insists for ever is told.
#[tokio::test]
async fn a_step_that_meets_another_write_is_made_from_a_fresh_reading() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (store, id) = (&app.platform.store, owner.tenant);
    let rename = |suffix: &'static str| async move {
        let step = || async {
            let mut tenant: Tenant = store.tenant(id).await?.expect("it is there");
            tenant.name.push_str(suffix);
            let mut transaction = store.transaction();
            transaction.replace_tenant(&mut tenant)?;
            transaction.commit().await
        };
        store.retry(step).await
    };
    let (a, b, c) = tokio::join!(rename(" a"), rename(" b"), rename(" c"));
    a.and(b).and(c).unwrap();
    let name = store.tenant(owner.tenant).await.unwrap().unwrap().name;
    assert_eq!(name.len(), "Acme Networks a b c".len(), "{name}: each of them is in it");
    let always: Result<(), StoreError> = store.retry(|| async { Err(StoreError::Conflict) }).await;
    assert!(matches!(always, Err(StoreError::Conflict)));
}

/// A sync writes how it went whenever it ends: whoever pauses or resumes an account just then is not told of it.
#[tokio::test]
async fn who_holds_an_account_meets_no_sync() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let of_account = |step: &str| format!("/api/netbird/accounts/{account}/{step}");
    for (step, is_paused) in [("pause", true), ("resume", false), ("pause", true), ("resume", false)] {
        app.database.faults().next("TransactWriteItems", 3, Fault::Overtaken);
        let held = owner.post(&of_account(step), json!({})).await.expect(200);
        assert_eq!(held["status"] == "paused", is_paused, "{step}: {held}");
        assert_eq!(app.database.faults().clear(), 0, "{step} met the sync");
    }
    for action in ["account.pause", "account.resume"] {
        let trail = owner.get(&format!("/api/audit/logs?action={action}")).await.expect(200);
        assert_eq!(trail.as_array().map(Vec::len), Some(2), "each once: {trail}");
    }
}

/// Checks A, B and D of alerting: one alert, told once, and over when it is over, whatever the database does meanwhile.
#[tokio::test]
async fn alerts_survive_what_the_database_does() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.pass(2).await;
    app.make_rule(&owner, json!({})).await;
    let faults = app.database.faults();
    let stir = || {
        for operation in ["PutItem", "UpdateItem", "GetItem", "Query", "BatchGetItem"] {
            faults.next(operation, 2, Fault::Throttled);
        }
        faults.next("TransactWriteItems", 2, Fault::Conflict);
        faults.next("BatchWriteItem", 1, Fault::Unprocessed);
    };
    stir();
    app.disconnect(&app.peers()[..1]);
    app.pass(8).await;
    stir();
    app.connect(&app.peers()[..1]);
    app.pass(8).await;
    let alerts = owner.get("/api/alerts").await.expect(200);
    assert_eq!(alerts.as_array().unwrap().len(), 1, "{alerts}");
    assert_eq!(alerts[0]["status"], "resolved");
    let told = alerts[0]["notifications"].as_array().unwrap();
    let delivered =
        |event: &str| told.iter().filter(|told| told["event"] == event && told["status"] == "delivered").count();
    assert_eq!((delivered("fired"), delivered("resolved"), told.len()), (2, 2, 4), "each channel once: {alerts}");
}

/// Before this, a token that was used answered 401 until the clock had caught up.
#[tokio::test]
async fn a_clock_that_is_set_keeps_no_token_out() {
    for minutes in [-5, -1, 5] {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        let token = app.api_token(&owner, &[Permission::AlertsRead]).await;
        token.get("/api/alerts").await.expect(200);
        app.clock.advance(SignedDuration::from_mins(minutes));
        for _ in 0..3 {
            token.get("/api/alerts").await.expect(200);
        }
    }
}

/// Two functions whose clocks differ by a moment share a minute.
#[tokio::test]
async fn functions_whose_clocks_differ_count_together() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let token = app.api_token(&owner, &[Permission::AlertsRead]).await;
    let second = SignedDuration::from_secs(1);
    app.clock.advance(SignedDuration::from_secs(59));
    for number in 0..600 {
        // One of them is in the next minute already.
        app.clock.advance(if number % 2 == 0 { second } else { -second });
        token.get("/api/alerts").await.expect(200);
    }
    app.clock.advance(second);
    token.get("/api/alerts").await.refused(429, "rate-limited");
}

#[tokio::test]
async fn a_clock_that_is_set_back_keeps_nobody_out() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let back = SignedDuration::from_mins(-5);
    let credentials = json!({ "email": owner.email, "password": OWNER_PASSWORD, "rememberMe": false });
    let signed_in = app.anybody.post("/api/auth/login", credentials.clone()).await.expect(200);
    app.clock.advance(back);
    // The session goes on, its refresh token works, and so does another sign-in.
    app.anybody.with_token(signed_in["accessToken"].as_str().unwrap()).get("/api/auth/profile").await.expect(200);
    let refresh = json!({ "refreshToken": signed_in["refreshToken"] });
    app.anybody.post("/api/auth/refresh", refresh).await.expect(200);
    app.anybody.post("/api/auth/login", credentials).await.expect(200);

    // Switched on by a clock that was ahead: they come in by the one that is not.
    let grace = app.member(&owner, Role::Viewer).await;
    app.skip(SignedDuration::from_secs(1));
    let path = format!("/api/users/{}", grace.user);
    for active in [false, true] {
        owner.call("PUT", &path, Some(json!({ "active": active }))).await.expect(200);
    }
    app.clock.advance(back);
    let place = app.platform.store.membership(grace.tenant, grace.user).await.unwrap().unwrap();
    let mut session = app.platform.store.session(grace.user, grace.session).await.unwrap().unwrap();
    assert!(!place.admits(&session), "what began before stays out");
    session.use_in(&place, app.now());
    assert!(place.admits(&session));
}

/// Ten free guesses, then pauses: whichever way the clock is set, neither for ever nor never.
#[tokio::test]
async fn a_clock_that_is_set_changes_guesses_by_as_much() {
    for minutes in [-5, 5] {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        let wrong = json!({ "email": owner.email, "password": "wrong", "rememberMe": false });
        for _ in 0..10 {
            app.anybody.post("/api/auth/login", wrong.clone()).await.refused(401, "unauthenticated");
        }
        app.anybody.post("/api/auth/login", wrong.clone()).await.refused(429, "rate-limited");
        app.clock.advance(SignedDuration::from_mins(minutes));
        if minutes < 0 {
            app.anybody.post("/api/auth/login", wrong.clone()).await.refused(429, "rate-limited");
            app.clock.advance(SignedDuration::from_mins(6));
        }
        app.anybody.post("/api/auth/login", wrong).await.refused(401, "unauthenticated");
    }
}
