//! Whether the audit trail is what it was, and whether it is seen if it is not.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::audit::{AuditEntry, Seal};
use platform_store::audit::{AuditRange, month_of};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// A tenant with this many sealed entries, each of another second.
async fn sealed(app: &TestApp, number: usize) -> Member {
    let owner = app.tenant("Acme").await;
    act(app, &owner, number).await;
    app.settle().await;
    owner
}

async fn act(app: &TestApp, owner: &Member, number: usize) {
    for nth in 0..number {
        app.skip(SignedDuration::from_secs(1));
        let name = format!("T{nth} {}", app.now());
        owner.call("PUT", "/api/tenant", Some(json!({ "name": name }))).await.expect(200);
    }
}

async fn verify(by: &Member) -> Value {
    by.get("/api/audit/verify").await.expect(200)
}

/// What is stored of the present month, oldest first.
async fn stored(app: &TestApp, of: &Member) -> (Vec<AuditEntry>, Vec<Seal>) {
    let (tenant, now) = (of.tenant, app.now());
    let range =
        AuditRange { from: now - SignedDuration::from_hours(1), to: now + SignedDuration::from_secs(1), after: None };
    let mut entries = app.platform.store.audit_entries(tenant, range, None, 100).await.unwrap().items;
    entries.reverse();
    let seals = app.platform.store.seals(tenant, month_of(now), None, 100).await.unwrap().items;
    (entries, seals)
}

fn findings(verified: &Value) -> Vec<(&str, u64)> {
    let found = verified["findings"].as_array().unwrap().iter();
    found.map(|one| (one["kind"].as_str().unwrap(), one["number"].as_u64().unwrap())).collect()
}

#[tokio::test]
async fn a_trail_that_nobody_touched_is_intact() {
    let app = TestApp::start().await;
    let owner = sealed(&app, 3).await;
    let (entries, seals) = stored(&app, &owner).await;
    assert_eq!(
        seals.iter().map(|seal| seal.entry).collect::<Vec<_>>(),
        entries.iter().map(|entry| entry.id).collect::<Vec<_>>()
    );
    let number = entries.len();
    assert!(number >= 3);
    let verified = verify(&owner).await;
    let last = seals.last().unwrap();
    assert_eq!(
        verified,
        json!({
            "month": app.now().strftime("%Y-%m").to_string(), "verdict": "intact", "entries": number, "sealed": number,
            "waiting": 0, "unsealed": 0, "findings": [], "omittedFindings": 0,
            "head": { "number": number, "hash": last.hash, "at": last.at.to_string() },
        })
    );
    // Another tenant's chain is its own.
    let other = app.tenant("Blue").await;
    app.settle().await;
    assert_eq!(verify(&owner).await["head"]["number"], number);
    assert_eq!(verify(&other).await["verdict"], "intact");
}

#[tokio::test]
async fn a_fingerprint_is_the_hash_of_the_exports_line() {
    let app = TestApp::start().await;
    let owner = sealed(&app, 2).await;
    let (_, seals) = stored(&app, &owner).await;
    let lines = owner.get("/api/audit/export").await.text;
    let mut fingerprints: Vec<String> = lines
        .lines()
        .map(|line| {
            let canonical = serde_jcs::to_vec(&serde_json::from_str::<Value>(line).unwrap()).unwrap();
            hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &canonical))
        })
        .collect();
    fingerprints.reverse();
    assert_eq!(seals.iter().map(|seal| seal.fingerprint.clone()).collect::<Vec<_>>(), fingerprints);
}

#[tokio::test]
async fn each_month_has_a_chain_of_its_own() {
    let app = TestApp::start().await;
    let owner = sealed(&app, 1).await;
    let first = app.now().strftime("%Y-%m").to_string();
    app.skip(SignedDuration::from_hours(32 * 24));
    let owner = app.sign_in(&owner).await;
    act(&app, &owner, 2).await;
    app.settle().await;
    let now = verify(&owner).await;
    assert_eq!((&now["verdict"], &now["head"]["number"]), (&json!("intact"), &now["entries"]));
    let then = owner.get(&format!("/api/audit/verify?month={first}")).await.expect(200);
    assert_eq!((&then["verdict"], &then["month"]), (&json!("intact"), &json!(first)));
    assert!(then["sealed"].as_u64().unwrap() >= 1);
    let never = owner.get("/api/audit/verify?month=2001-02").await.expect(200);
    assert_eq!((&never["verdict"], &never["entries"], &never["head"]), (&json!("intact"), &json!(0), &Value::Null));
    for bad in ["2026", "2026-13", "2026-1", "2026-11-01", "x", ""] {
        let problem = owner.get(&format!("/api/audit/verify?month={bad}")).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/month", "{bad}");
    }
}

#[tokio::test]
async fn an_entry_waits_for_its_seal_and_is_missed_later() {
    let mut app = TestApp::start().await;
    let owner = sealed(&app, 1).await;
    let before = verify(&owner).await["sealed"].as_u64().unwrap();
    app.switch_off("sealAudit");
    act(&app, &owner, 2).await;
    app.settle().await;
    let soon = verify(&owner).await;
    assert_eq!((&soon["verdict"], &soon["sealed"], &soon["waiting"]), (&json!("intact"), &json!(before), &json!(2)));
    app.skip(SignedDuration::from_mins(15));
    let later = verify(&owner).await;
    assert_eq!((&later["verdict"], &later["unsealed"], &later["waiting"]), (&json!("unsealed"), &json!(2), &json!(0)));
}

#[tokio::test]
async fn what_is_told_twice_is_sealed_alike() {
    let app = TestApp::start().await;
    let mut changes = app.database.changes();
    let owner = sealed(&app, 2).await;
    let number = verify(&owner).await["entries"].as_u64().unwrap();
    while let Some(Ok(change)) = changes.try_next() {
        app.tell(&change).await;
    }
    let verified = verify(&owner).await;
    assert_eq!((&verified["verdict"], &verified["sealed"]), (&json!("intact"), &json!(number)));
    assert!(verified["head"]["number"].as_u64().unwrap() > number);
}

#[tokio::test]
async fn whatever_is_done_to_a_trail_is_seen() {
    let app = TestApp::start().await;
    let owner = sealed(&app, 4).await;
    let store = &app.platform.store;
    let (entries, seals) = stored(&app, &owner).await;
    let (entry, seal) = (&entries[2], &seals[2]);
    assert_eq!(seal.entry, entry.id);

    // Somebody else did it.
    let mut forged = entry.clone();
    forged.actor.name = "Mallory".into();
    store.overwrite_audit_entry(&forged).await.unwrap();
    let verified = verify(&owner).await;
    assert_eq!((&verified["verdict"], findings(&verified)), (&json!("broken"), vec![("altered", 3)]));
    assert_eq!(verified["findings"][0]["entryId"], entry.id.to_string());
    assert_eq!(verified["findings"][0]["at"], entry.at.to_string());

    // It was never done.
    store.remove_audit_entry(entry).await.unwrap();
    assert_eq!(findings(&verify(&owner).await), [("missing", 3)]);
    store.overwrite_audit_entry(entry).await.unwrap();
    assert_eq!(verify(&owner).await["verdict"], "intact");

    // The seal says what the forged entry is, and still has its old hash; then a new one.
    let mut resealed = seal.clone();
    resealed.fingerprint = seals[1].fingerprint.clone();
    store.overwrite_seal(&resealed).await.unwrap();
    assert_eq!(findings(&verify(&owner).await), [("broken-chain", 3), ("altered", 3)]);
    resealed.hash = seals[1].hash.clone();
    store.overwrite_seal(&resealed).await.unwrap();
    let found = verify(&owner).await;
    assert!(findings(&found).contains(&("broken-chain", 4)), "the next one holds another: {found}");

    // Seal and entry are gone together.
    store.overwrite_seal(seal).await.unwrap();
    store.remove_seal(seal).await.unwrap();
    store.remove_audit_entry(entry).await.unwrap();
    assert_eq!(findings(&verify(&owner).await), [("broken-chain", 4)]);
    store.overwrite_seal(seal).await.unwrap();
    store.overwrite_audit_entry(entry).await.unwrap();

    // The end is cut off: whoever noted the head sees it.
    let head = verify(&owner).await["head"]["number"].as_u64().unwrap();
    store.remove_seal(seals.last().unwrap()).await.unwrap();
    store.remove_audit_entry(entries.last().unwrap()).await.unwrap();
    let verified = verify(&owner).await;
    assert_eq!((&verified["verdict"], &verified["head"]["number"]), (&json!("intact"), &json!(head - 1)));
}

#[tokio::test]
async fn entries_at_the_same_moment_are_all_sealed() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    for nth in 0..5 {
        owner.call("PUT", "/api/tenant", Some(json!({ "name": format!("T{nth}") }))).await.expect(200);
    }
    app.settle().await;
    let verified = verify(&owner).await;
    assert_eq!((&verified["verdict"], &verified["sealed"]), (&json!("intact"), &verified["entries"]));
}
