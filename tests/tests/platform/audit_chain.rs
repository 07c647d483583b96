//! Whether the audit trail is what it was, and whether it is seen if it is not.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use functions_audit::exported;
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

/// All parts of a file, one after the other.
async fn saved(by: &Member, path: &str) -> String {
    let (mut whole, mut next) = (String::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let part = by.get(&path).await;
        assert_eq!(part.status, 200, "{}", part.text);
        next = part.next();
        whole.push_str(&part.text);
    }
    whole
}

#[tokio::test]
async fn what_was_saved_is_verified_without_the_platform() {
    let app = TestApp::start().await;
    let owner = sealed(&app, 5).await;
    let trail = saved(&owner, "/api/audit/export?limit=2").await;
    let seals = saved(&owner, "/api/audit/seals?limit=2").await;
    assert_eq!(seals, saved(&owner, "/api/audit/seals").await, "however it is cut");
    let number = seals.lines().count();
    assert!(number >= 5 && number == trail.lines().count());
    let look = |seals: &str, trail: &str, noted: Option<&(u64, String)>| {
        exported::verify(seals.as_bytes(), trail.as_bytes(), noted).map_err(|error| error.to_string())
    };
    let report = look(&seals, &trail, None).unwrap();
    assert!(report.is_intact(), "{report:?}");
    assert_eq!((report.entries, report.sealed), (number, number));
    let verified = verify(&owner).await;
    let head = report.head.unwrap();
    assert_eq!((json!(head.0), json!(head.1)), (verified["head"]["number"].clone(), verified["head"]["hash"].clone()));
    assert!(look(&seals, &trail, Some(&head)).unwrap().is_intact());

    // The trail is newest first: its third line is the third from the end of the chain.
    let lines: Vec<&str> = trail.lines().collect();
    let third = number - 2;
    let without = |file: &str, nth: usize| {
        let left = file.lines().enumerate().filter(|(line, _)| *line != nth).map(|(_, line)| format!("{line}\n"));
        left.collect::<String>()
    };
    let forged = lines[2].replace("tenant.update", "tenant.delete");
    let altered = look(&seals, &trail.replace(lines[2], &forged), None).unwrap();
    assert_eq!(altered.findings.len(), 1, "{altered:?}");
    assert!(altered.findings[0].contains(&format!("when seal {third} was made")), "{altered:?}");
    let missing = look(&seals, &without(&trail, 2), None).unwrap();
    assert!(missing.findings[0].contains(&format!("seal {third} is about, is missing")), "{missing:?}");
    let broken = look(&without(&seals, third - 1), &without(&trail, 2), None).unwrap();
    assert_eq!(broken.findings.len(), 1, "{broken:?}");
    assert!(broken.findings[0].starts_with(&format!("the chain does not hold at seal {}", third + 1)), "{broken:?}");
    let twice = look(&seals, &format!("{trail}{}\n", lines[0]), None).unwrap();
    assert!(!twice.is_intact() && twice.unsealed == 1, "{twice:?}");

    // Cut off at the end both are intact, but for who noted the head.
    let (seals_before, trail_before) = (without(&seals, number - 1), without(&trail, 0));
    assert!(look(&seals_before, &trail_before, None).unwrap().is_intact());
    let cut = look(&seals_before, &trail_before, Some(&head)).unwrap();
    assert!(cut.findings[0].contains("is not the one that was noted"), "{cut:?}");

    for (seals, trail, why) in [
        ("", trail.as_str(), "line 1 of the seals: there is no seal"),
        ("{}\n", "", "line 1 of the seals: "),
        (&seals, "\n\n{\"id\": 1}\n", "line 3 of the trail: an entry has an id"),
        (&seals, "not JSON", "line 1 of the trail: "),
    ] {
        let error = look(seals, trail, None).unwrap_err();
        assert!(error.starts_with(why), "{error}");
    }
    // Nobody has another tenant's.
    let other = app.tenant("Blue").await;
    app.settle().await;
    assert!(!saved(&other, "/api/audit/seals").await.contains(&owner.tenant.to_string()));
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
