//! The log of an account's syncs: what is in it, what is only counted, and what that costs.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, Options, TestApp};
use serde_json::Value;

async fn connected() -> (TestApp, Member, String) {
    let app = TestApp::start_with(Options { peers: 5, ..Options::default() }).await;
    let owner = app.set_up().await;
    let path = format!("/api/netbird/accounts/{}/syncs", app.connect_account(&owner).await);
    (app, owner, path)
}

async fn log(owner: &Member, path: &str) -> (Vec<Value>, Value) {
    let answer = owner.get(path).await.expect(200);
    (answer["syncs"].as_array().unwrap().clone(), answer["quietSince"].clone())
}

#[tokio::test]
async fn what_changed_or_failed_is_in_the_log_and_the_rest_is_counted() {
    let (app, owner, path) = connected().await;
    // Every list has had its turn: from now on nothing is new.
    app.pass(15).await;
    let (first, before) = log(&owner, &path).await;
    let begun = first.last().unwrap();
    assert_eq!((&begun["outcome"], &begun["quietBefore"]["syncs"]), (&"changed".into(), &0.into()));
    assert!(begun["calls"].as_array().unwrap().len() > 10, "the first sync asks for every list: {begun}");
    assert!(begun["changes"]["lists"].as_u64().unwrap() > 5);
    app.pass(7).await;
    let (same, quiet) = log(&owner, &path).await;
    assert_eq!(same.len(), first.len());
    assert_eq!(quiet["syncs"].as_u64(), before["syncs"].as_u64().map(|syncs| syncs + 7));

    let peer = app.peers()[0].clone();
    app.disconnect(&[&peer]);
    app.pass(1).await;
    let (now, none) = log(&owner, &path).await;
    assert_eq!(now.len(), first.len() + 1);
    let changed = &now[0];
    assert_eq!((&changed["outcome"], &changed["changes"]["peers"]), (&"changed".into(), &1.into()));
    assert_eq!((&changed["quietBefore"]["syncs"], &none["syncs"]), (&quiet["syncs"], &0.into()));
    assert!(changed["quietBefore"]["medianMs"].is_u64(), "{changed}");
    let calls: Vec<&str> =
        changed["calls"].as_array().unwrap().iter().filter_map(|call| call["list"].as_str()).collect();
    assert!(calls.len() == 3 && calls.contains(&"peers") && calls.contains(&"events"), "{calls:?}");

    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: Some(3) });
    app.pass(1).await;
    let (now, _) = log(&owner, &path).await;
    let failed = &now[0];
    assert_eq!((&failed["outcome"], &failed["error"]["code"]), (&"failed".into(), &"server_error".into()));
    assert!(!failed["error"]["detail"].as_str().unwrap().is_empty());
    assert!(failed["calls"].as_array().unwrap().iter().any(|call| call["outcome"] == "failed"));
    assert_eq!(failed["changes"]["peers"], 0);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let (app, owner, path) = connected().await;
    let peer = app.peers()[0].clone();
    for _ in 0..4 {
        app.disconnect(&[&peer]);
        app.pass(1).await;
        app.connect(&[&peer]);
        app.pass(1).await;
    }
    let (all, _) = log(&owner, &path).await;
    assert!(all.len() >= 9, "{}", all.len());
    assert!(all.is_sorted_by(|one, next| one["startedAt"].as_str() > next["startedAt"].as_str()));
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = owner.get(&format!("{path}?limit=2{cursor}")).await.expect(200);
        found.extend(page["syncs"].as_array().unwrap().clone());
        let Some(next) = page["nextCursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    assert_eq!(found, all);
    owner.get(&format!("{path}?cursor=nonsense")).await.refused(422, "validation");
    owner.get("/api/netbird/accounts/0193b000-0000-7000-8000-000000000004/syncs").await.refused(404, "not-found");
}

/// What it is for must not cost what it is against.
#[tokio::test]
async fn a_quiet_sync_writes_one_item() {
    let (app, owner, path) = connected().await;
    app.pass(20).await;
    let (before, _) = log(&owner, &path).await;
    let stored = app.stored().len();
    app.pass(3).await;
    let (after, quiet) = log(&owner, &path).await;
    assert_eq!((after.len(), app.stored().len()), (before.len(), stored));
    assert!(quiet["syncs"].as_u64() >= Some(3));
}
