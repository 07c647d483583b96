//! Connected accounts: changing them, disconnecting them, and servers whose clocks are off.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;

use jiff::SignedDuration;
use platform_core::ids::AccountId;
use platform_netbird::fake::{Fault, FaultKind, TokenState, Tokens};
use platform_runtime::queue::Message;
use platform_store::purge::DeletedTenant;
use platform_tests::{HostileServer, Member, TestApp};
use serde_json::{Value, json};

async fn watched() -> (TestApp, Member, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.pass(1).await;
    (app, owner, account)
}

fn path(account: &str) -> String {
    format!("/api/netbird/accounts/{account}")
}

async fn change(member: &Member, account: &str, change: Value) -> platform_tests::Answer {
    member.call("PUT", &path(account), Some(change)).await
}

#[tokio::test]
async fn an_account_that_somebody_paused_rests_until_it_is_resumed() {
    let (app, owner, account) = watched().await;
    let calls = || app.network().calls().values().sum::<u64>();
    let paused = owner.post(&format!("{}/pause", path(&account)), json!({})).await.expect(200);
    assert_eq!((&paused["status"], &paused["nextSync"]), (&json!("paused"), &Value::Null));
    assert_eq!(paused["statusReason"]["code"], "paused_by_user");
    let before = calls();
    app.disconnect(&app.peers()[..2]);
    app.pass(20).await;
    assert_eq!(calls(), before, "NetBird is not asked");
    assert_eq!(app.alerts(&owner).await, Vec::<Value>::new(), "nobody is told, not even that it is silent");
    // Another name, another token: it rests on.
    change(&owner, &account, json!({ "apiToken": Tokens::GOOD, "name": "Rests" })).await.expect(200);
    app.pass(2).await;
    let view = app.account(&owner).await;
    assert_eq!((&view["status"], &view["name"]), (&json!("paused"), &json!("Rests")));
    owner.post(&format!("{}/pause", path(&account)), json!({})).await.expect(200);
    owner.post(&format!("{}/sync", path(&account)), json!({})).await.refused(409, "conflict");
    let resumed = owner.post(&format!("{}/resume", path(&account)), json!({})).await.expect(200);
    assert_ne!(resumed["status"], "paused");
    app.settle().await;
    app.pass(6).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
    assert_eq!(app.alerts(&owner).await.len(), 1, "what went meanwhile is told now");
    owner.post(&format!("{}/resume", path(&account)), json!({})).await.expect(200);
    let trail = owner.get("/api/audit/logs?action=account&limit=50").await.expect(200);
    let acts: Vec<&str> = trail.as_array().unwrap().iter().filter_map(|entry| entry["action"].as_str()).collect();
    let of = |action: &str| acts.iter().filter(|one| **one == action).count();
    assert_eq!((of("account.pause"), of("account.resume")), (1, 1), "what changes nothing is no act: {acts:?}");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_pause_ends_the_alert_that_it_cannot_be_read_and_its_end_is_none() {
    let (app, owner, account) = watched().await;
    app.network().set_token(TokenState::Deleted);
    app.pass(2).await;
    let alert = app.alerts(&owner).await[0].clone();
    assert_eq!((&alert["status"], &alert["title"]), (&json!("open"), &json!("HQ cannot be read")));
    owner.post(&format!("{}/pause", path(&account)), json!({})).await.expect(200);
    app.settle().await;
    let alert = app.alerts(&owner).await[0].clone();
    assert_eq!((&alert["status"], &alert["title"]), (&json!("resolved"), &json!("HQ is paused")));
    // Hours later it is resumed, and looked at before it was read, and read in vain once.
    app.skip(SignedDuration::from_hours(5));
    let owner = app.sign_in(&owner).await;
    app.network().set_token(TokenState::Good);
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: Some(1) });
    owner.post(&format!("{}/resume", path(&account)), json!({})).await.expect(200);
    let evaluate = Message::Evaluate { tenant: owner.tenant, account: AccountId::from_uuid(account.parse().unwrap()) };
    app.platform.queues.send(vec![evaluate]).await.unwrap();
    app.settle().await;
    app.pass(3).await;
    assert_eq!(app.alerts(&owner).await.len(), 1, "{:#?}", app.alerts(&owner).await);
    assert_eq!(app.account(&owner).await["status"], "healthy");
}

#[tokio::test]
async fn an_account_whose_token_was_deleted_is_given_a_new_one_and_goes_on() {
    let (app, owner, account) = watched().await;
    let events = owner.get("/api/netbird/events?source=netbird&limit=1").await.total();
    app.network().set_token(TokenState::Deleted);
    app.pass(1).await;
    assert_eq!(app.account(&owner).await["status"], "paused");

    // The old one still does not work, and nothing is kept of the try.
    let refused = change(&owner, &account, json!({ "apiToken": Tokens::GOOD, "name": "New name" })).await;
    assert_eq!(refused.refused(422, "netbird-connection")["reason"], "token_deleted");
    assert_eq!(app.account(&owner).await["name"], "HQ");

    app.network().set_token(TokenState::Good);
    let changed = change(&owner, &account, json!({ "apiToken": Tokens::GOOD, "name": " Headquarters " })).await;
    assert_eq!(changed.expect(200)["name"], "Headquarters");
    app.settle().await;
    let now = app.account(&owner).await;
    assert_eq!((&now["status"], &now["id"]), (&json!("healthy"), &json!(account)));
    assert_eq!(owner.get("/api/netbird/events?source=netbird&limit=1").await.total(), events, "its history is kept");
    app.pass(1).await;
    assert_eq!(app.account(&owner).await["lastSync"], app.now().to_string(), "the tick syncs it again");

    let entry = owner.get("/api/audit/logs?limit=50").await.expect(200);
    let entry = entry.as_array().unwrap().iter().find(|entry| entry["action"] == "account.update").unwrap();
    let told = entry.to_string();
    assert!(told.contains("renewed") && told.contains("Headquarters") && !told.contains(Tokens::GOOD), "{told}");
}

#[tokio::test]
async fn what_is_given_is_tried_before_it_is_kept() {
    let (app, owner, account) = watched().await;
    for (given, pointer) in [
        (json!({ "name": "" }), "/name"),
        (json!({ "name": "x".repeat(101) }), "/name"),
        (json!({ "apiToken": "" }), "/apiToken"),
        (json!({ "baseUrl": "no address", "apiToken": Tokens::GOOD }), "/baseUrl"),
        // Whoever does not know the token does not get it sent anywhere.
        (json!({ "baseUrl": "https://evil.example" }), "/apiToken"),
    ] {
        let refused = change(&owner, &account, given.clone()).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{given}: {refused}");
    }
    change(&owner, &account, json!({ "token": "x" })).await.refused(422, "validation");

    let elsewhere = HostileServer::start().await;
    elsewhere.tell("accounts", json!([{ "id": "another" }]).to_string());
    let other = json!({ "baseUrl": elsewhere.url, "apiToken": Tokens::GOOD });
    let refused = change(&owner, &account, other).await.refused(422, "validation");
    assert!(refused["errors"][0]["detail"].as_str().unwrap().contains("another NetBird account"), "{refused}");

    assert_eq!(change(&owner, &account, json!({})).await.expect(200)["name"], "HQ");
    app.pass(1).await;
    assert_eq!(app.account(&owner).await["status"], "healthy", "nothing of all that was kept");
}

/// Everything of the table by what it is, but for what the clock or the tick itself writes.
fn stored(app: &TestApp, account: &str) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for item in app.database.everything().unwrap() {
        let (pk, sk) = (item["pk"]["S"].as_str().unwrap(), item["sk"]["S"].as_str().unwrap());
        if pk.contains(account) || sk.contains(account) {
            *kinds.entry(sk.split('#').next().unwrap().to_owned()).or_default() += 1;
        }
    }
    kinds
}

#[tokio::test]
async fn a_large_history_goes_in_steps_after_the_answer() {
    let (app, owner, account) = watched().await;
    let id: AccountId = account.parse().unwrap();
    let events: Vec<_> = (0..3_000_u64)
        .map(|n| {
            let at = (app.now() - SignedDuration::from_mins(n as i64)).to_string();
            let event = json!({ "id": n.to_string(), "timestamp": at, "activity": "", "activity_code": "x",
                "initiator_id": "", "initiator_name": "", "initiator_email": "", "target_id": "", "meta": {} });
            (n, serde_json::from_value(event).unwrap())
        })
        .collect();
    app.platform.store.put_events(owner.tenant, id, &events).await.unwrap();
    app.disconnect(&app.peers()[..1]);
    app.pass(5).await;
    app.skip(SignedDuration::from_mins(1));
    app.schedule_one("syncDispatch").await;
    app.settle().await;
    // Fired just now.
    assert_eq!(app.alerts(&owner).await[0]["status"], "open");
    assert!(stored(&app, &account)["EVENT"] >= 3_000);

    app.database.meter().take();
    owner.delete(&path(&account)).await.expect(204);
    let (_, _, calls) = app.database.meter().take();
    assert!(calls < 20, "{calls} calls while somebody waits");
    owner.delete(&path(&account)).await.refused(404, "not-found");
    assert_eq!(owner.get("/api/netbird/accounts").await.expect(200), json!([]));
    let alert = app.alerts(&owner).await.remove(0);
    assert_eq!(
        (&alert["status"], &alert["resolvedMessage"]),
        (&json!("resolved"), &json!("The account was disconnected."))
    );

    // A job that dies anywhere begins again where it was.
    for calls in [3, 10, 25] {
        app.skip(SignedDuration::from_mins(1));
        assert!(!app.die_after(calls, app.schedule_one("purgeTenants")).await, "it dies after {calls} calls");
    }
    app.pass(1).await;
    let mut left = stored(&app, &account);
    for kept in ["ALERT", "INTENT", "TALLY", "20"] {
        left.retain(|kind, _| !kind.starts_with(kept));
    }
    assert_eq!(left, BTreeMap::from([("ACCOUNT".to_owned(), 1)]), "only the note that it was disconnected");
    let calls = app.network().calls();
    app.pass(DeletedTenant::GRACE.as_mins() as usize + 2).await;
    let mut left = stored(&app, &account);
    left.retain(|kind, _| kind == "ACCOUNT" || kind == "TALLY");
    assert_eq!(
        left,
        BTreeMap::from([("TALLY".to_owned(), 1)]),
        "not even that, but the number of alerts that are over"
    );
    assert_eq!(app.network().calls(), calls);
    assert_eq!(app.queues.take_failures(), [""; 0]);
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
}

#[tokio::test]
async fn an_alert_that_the_request_did_not_reach_is_resolved_by_the_job() {
    let (app, owner, account) = watched().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(6).await;
    app.plant_alerts(&owner, &account, 25, 25).await;
    let (tenant, id) = (owner.tenant, account.parse().unwrap());
    owner.delete(&path(&account)).await.expect(204);
    app.run(Message::Evaluate { tenant, account: id }).await.unwrap();
    app.pass(2).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!(alerts.len(), 26);
    for alert in alerts {
        assert_eq!(alert["resolvedMessage"], "The account was disconnected.", "{alert}");
    }
}

#[tokio::test]
async fn a_server_whose_clock_is_off_is_compared_by_its_own() {
    for offset in [-300, 300] {
        let (app, owner, _) = watched().await;
        app.pass(10).await;
        assert_eq!(app.account(&owner).await.get("clockSkewSeconds"), None);
        app.network().set_clock_offset(SignedDuration::from_secs(offset));
        app.pass(1).await;
        let skew = app.account(&owner).await["clockSkewSeconds"].as_i64().unwrap();
        assert!((skew - offset).abs() <= 2, "{skew}");

        // Offline for 5 min, by whichever clock.
        app.disconnect(&app.peers()[..1]);
        app.pass(4).await;
        assert!(app.alerts(&owner).await.is_empty(), "{offset}: too early");
        app.pass(2).await;
        let alerts = app.alerts(&owner).await;
        assert_eq!(alerts.len(), 1, "{offset}: after five minutes");

        app.network().set_clock_offset(SignedDuration::ZERO);
        app.pass(1).await;
        assert_eq!(app.account(&owner).await.get("clockSkewSeconds"), None);
    }
}
