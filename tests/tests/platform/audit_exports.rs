//! Exports of the audit trail as files: how somebody gets one, and what is in it whatever happens while it is written.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use functions_audit::exported;
use functions_audit::write_export::{Pace, write};
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_core::audit::{Actor, AuditEntry};
use platform_core::audit_export::{AuditExport, MOST_KEPT, MOST_OPEN};
use platform_core::ids::AuditExportId;
use platform_core::queue::Queue;
use platform_tests::{Answer, Member, TestApp};
use serde_json::{Value, json};
use uuid::Uuid;

/// Parts of a few entries, so that a file has many.
const SMALL: Pace = Pace { page: 7, part: 2_000, parts: 3, time: SignedDuration::from_secs(60) };

/// Entries of a member that are there already, one a second, until now.
async fn plant(app: &TestApp, of: &Member, number: usize) {
    app.skip(SignedDuration::from_secs(number as i64));
    let entries: Vec<AuditEntry> = (0..number)
        .map(|nth| {
            let change = (None, Some(json!({ "name": format!("T{nth}, \"quoted\"\n=1+1") })));
            let mut entry = app.platform.audit_entry(of.tenant, actor(of), "tenant.update", of.tenant, change);
            entry.at = app.now() - SignedDuration::from_secs((number - nth) as i64);
            entry
        })
        .collect();
    for some in entries.chunks(50) {
        let mut transaction = app.platform.store.transaction();
        some.iter().for_each(|entry| transaction.audit(entry).unwrap());
        transaction.commit().await.unwrap();
    }
}

fn actor(of: &Member) -> Actor {
    Actor {
        user: of.user,
        name: "Ada".into(),
        session: Some(of.session),
        token: None,
        ip: Some("203.0.113.7".into()),
        user_agent: None,
    }
}

async fn ask(by: &Member, body: Value) -> Value {
    by.post("/api/audit/exports", body).await.expect(202)
}

async fn read(by: &Member, export: &Value) -> Value {
    by.get(&format!("/api/audit/exports/{}", export["id"].as_str().unwrap())).await.expect(200)
}

/// What a link leads to, without a token.
async fn follow(app: &TestApp, link: &str) -> Answer {
    app.anybody.get(link.strip_prefix("https://platform.example").expect("it is a link of this host")).await
}

async fn download(app: &TestApp, by: &Member, export: &Value) -> String {
    let export = read(by, export).await;
    let file = follow(app, export["downloadUrl"].as_str().expect("there is a link")).await;
    assert_eq!(file.status, 200, "{}", file.text);
    assert_eq!(export["bytes"], file.text.len());
    assert_eq!(export["sha256"], sha256(&file.text));
    file.text
}

fn sha256(text: &str) -> String {
    hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes()))
}

/// The same by the endpoint that gives a trail in parts.
async fn by_parts(by: &Member, query: &str, until: &Value) -> String {
    let first = format!("/api/audit/export?to={}&{query}", until.as_str().unwrap());
    let (mut whole, mut next) = (String::new(), Some(first));
    while let Some(path) = next {
        let part = by.get(&path).await;
        next = part.next();
        assert_eq!(part.status, 200, "{}", part.text);
        whole.push_str(&part.text);
    }
    whole
}

fn id_of(export: &Value) -> AuditExportId {
    AuditExportId::from_uuid(export["id"].as_str().unwrap().parse().unwrap())
}

async fn stored(app: &TestApp, of: &Member, export: &Value) -> AuditExport {
    app.platform.store.audit_export(of.tenant, id_of(export)).await.unwrap().unwrap()
}

/// Files that lie somewhere in the folder, finished or not.
fn files(app: &TestApp) -> Vec<String> {
    fn below(path: &std::path::Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { below(&path, found) } else { found.push(path.display().to_string()) }
        }
    }
    let mut found = Vec::new();
    below(app.files.path(), &mut found);
    found
}

#[tokio::test]
async fn somebody_asks_for_a_file_and_gets_it() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 40).await;
    let asked = ask(&owner, json!({ "format": "jsonl" })).await;
    let day = app.now().strftime("%Y-%m-%d");
    assert_eq!(
        asked,
        json!({
            "id": asked["id"], "state": "queued", "format": "jsonl", "filter": {}, "createdAt": app.now().to_string(),
            "createdBy": { "id": owner.user.to_string(), "name": "Ada" }, "entries": 0, "bytes": 0,
            "expiresAt": (app.now() + SignedDuration::from_hours(7 * 24)).to_string(),
            "fileName": format!("audit-{day}.jsonl"),
        })
    );
    app.settle().await;
    let ready = read(&owner, &asked).await;
    assert_eq!((&ready["state"], &ready["finishedAt"]), (&json!("ready"), &json!(app.now().to_string())));
    let whole = by_parts(&owner, "", &asked["createdAt"]).await;
    assert_eq!(download(&app, &owner, &asked).await, whole);
    assert_eq!(ready["entries"], whole.lines().count());
    assert!(!whole.contains("audit-export.create"), "what is done after the request is not in it");
    let file = follow(&app, ready["downloadUrl"].as_str().unwrap()).await;
    assert_eq!(file.header("content-type"), Some("application/x-ndjson"));
    assert_eq!(
        file.header("content-disposition"),
        Some(format!("attachment; filename=\"audit-{day}.jsonl\"").as_str())
    );
    assert_eq!(file.header("cache-control"), Some("no-store"));

    // The trail tells of it; the list has it, without the link.
    let told = owner.get("/api/audit/logs?action=audit-export").await.expect(200);
    let told = told.as_array().unwrap();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0]["resourceId"], asked["id"]);
    assert_eq!(told[0]["newValues"], json!({ "format": "jsonl", "filter": {} }));
    let listed = owner.get("/api/audit/exports").await.expect(200);
    assert_eq!((&listed[0]["state"], &listed[0]["downloadUrl"]), (&json!("ready"), &json!(null)));

    let path = format!("/api/audit/exports/{}", asked["id"].as_str().unwrap());
    owner.delete(&path).await.expect(204);
    assert_eq!(files(&app), [""; 0]);
    assert_eq!(follow(&app, ready["downloadUrl"].as_str().unwrap()).await.status, 404);
    owner.get(&path).await.refused(404, "not-found");
    owner.delete(&path).await.refused(404, "not-found");
    assert_eq!(owner.get("/api/audit/logs?action=audit-export.delete").await.expect(200)[0]["resourceId"], asked["id"]);
}

#[tokio::test]
async fn a_file_holds_what_was_asked_for() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    plant(&app, &owner, 30).await;
    plant(&app, &admin, 3).await;
    let middle = app.now() - SignedDuration::from_secs(20);
    for (filter, query) in [
        (json!({ "user": admin.user }), format!("user={}", admin.user)),
        (json!({ "text": "t7, " }), "text=t7,%20".to_owned()),
        (json!({ "from": middle, "action": "tenant" }), format!("from={middle}&action=tenant")),
        (json!({ "action": "rule" }), "action=rule".to_owned()),
        (
            json!({ "resourceType": "tenant", "resourceId": owner.tenant, "session": owner.session, "ip": "203.0.113.7" }),
            format!("resourceType=tenant&resourceId={}&session={}&ip=203.0.113.7", owner.tenant, owner.session),
        ),
    ] {
        for format in ["csv", "jsonl"] {
            let asked = ask(&owner, json!({ "format": format, "filter": filter })).await;
            assert_eq!(asked["filter"].as_object().unwrap().len(), filter.as_object().unwrap().len());
            app.settle().await;
            let whole = by_parts(&owner, &format!("format={format}&{query}"), &asked["createdAt"]).await;
            assert_eq!(download(&app, &owner, &asked).await, whole, "{query}");
            owner.delete(&format!("/api/audit/exports/{}", asked["id"].as_str().unwrap())).await.expect(204);
        }
    }
}

/// Wherever the function dies, whoever goes on makes the same file.
#[tokio::test]
async fn a_file_is_whole_wherever_a_writer_dies() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 120).await;
    app.settle().await;
    app.queues.hold(Queue::Export);
    for format in ["csv", "jsonl"] {
        let mut deaths = 0;
        for calls in 1.. {
            let asked = ask(&owner, json!({ "format": format })).await;
            let id = id_of(&asked);
            let ended = app.die_after(calls, write(&app.platform, owner.tenant, id, SMALL)).await;
            deaths += usize::from(!ended);
            // Nobody takes it from somebody who may be at it, but by the end of the claim.
            for _ in 0..60 {
                if !stored(&app, &owner, &asked).await.is_open() {
                    break;
                }
                app.skip(AuditExport::CLAIM);
                write(&app.platform, owner.tenant, id, SMALL).await.unwrap();
            }
            let whole = by_parts(&owner, &format!("format={format}"), &asked["createdAt"]).await;
            assert_eq!(download(&app, &owner, &asked).await, whole, "{format}, dead at call {calls}");
            owner.delete(&format!("/api/audit/exports/{id}")).await.expect(204);
            if ended {
                break;
            }
        }
        assert!(deaths > 5, "only {deaths} deaths");
        // What was begun and not noted nobody knows of; a sweep removes it.
        let left = files(&app);
        assert!(
            left.len() <= 2 && left.iter().all(|file| !file.ends_with("csv") && !file.ends_with("jsonl")),
            "{left:?}"
        );
    }
    app.queues.release();
}

#[tokio::test]
async fn a_long_file_is_written_by_several_functions_one_after_the_other() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 400).await;
    app.settle().await;
    app.queues.hold(Queue::Export);
    let asked = ask(&owner, json!({ "format": "jsonl" })).await;
    let id = id_of(&asked);
    let (mut runs, mut entries) = (0, 0);
    while stored(&app, &owner, &asked).await.is_open() {
        write(&app.platform, owner.tenant, id, SMALL).await.unwrap();
        let now = read(&owner, &asked).await;
        assert!(now["entries"].as_u64().unwrap() >= entries, "it comes further");
        entries = now["entries"].as_u64().unwrap();
        runs += 1;
    }
    assert!(runs > 10, "only {runs} runs");
    // A message that comes twice changes nothing.
    write(&app.platform, owner.tenant, id, SMALL).await.unwrap();
    let whole = by_parts(&owner, "", &asked["createdAt"]).await;
    assert_eq!(download(&app, &owner, &asked).await, whole);
    // What is in the trail is found by the tool that needs neither the platform nor its database.
    let seals = owner.get("/api/audit/seals?limit=1000").await.text;
    let report = exported::verify(seals.as_bytes(), whole.as_bytes(), None).unwrap();
    assert!(report.findings.is_empty() || report.findings.iter().all(|one| one.contains("is missing")), "{report:?}");
    assert_eq!(report.unsealed, 0, "{report:?}");
    app.queues.release();
}

#[tokio::test]
async fn what_is_lost_is_written_anew_and_what_cannot_be_written_is_given_up() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 200).await;
    app.settle().await;
    app.queues.hold(Queue::Export);
    let asked = ask(&owner, json!({ "format": "csv" })).await;
    write(&app.platform, owner.tenant, id_of(&asked), SMALL).await.unwrap();
    for file in files(&app) {
        std::fs::remove_file(file).unwrap();
    }
    app.queues.release();
    app.settle().await;
    assert_eq!(download(&app, &owner, &asked).await, by_parts(&owner, "format=csv", &asked["createdAt"]).await);
    owner.delete(&format!("/api/audit/exports/{}", asked["id"].as_str().unwrap())).await.expect(204);

    // There is a file where the folder should be.
    std::fs::remove_dir_all(app.files.path()).unwrap();
    std::fs::write(app.files.path(), "in the way").unwrap();
    let asked = ask(&owner, json!({ "format": "csv" })).await;
    for _ in 0..10 {
        app.settle().await;
        app.pass(7).await;
    }
    let failed = read(&owner, &asked).await;
    assert_eq!(failed["state"], "failed");
    assert_eq!(failed["failure"], "it could not be written, though it was tried several times");
    assert_eq!(failed["downloadUrl"], json!(null));
    assert!(!app.queues.take_failures().is_empty());
    std::fs::remove_file(app.files.path()).unwrap();
}

#[tokio::test]
async fn few_among_more_than_can_be_read_in_time_are_given_up_with_a_reason() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 100).await;
    app.settle().await;
    app.queues.hold(Queue::Export);
    let asked = ask(&owner, json!({ "format": "jsonl", "filter": { "action": "tenant" } })).await;
    // What is found fills no part, and there is no time to look further.
    let no_time = Pace { part: 1 << 20, time: SignedDuration::ZERO, ..SMALL };
    while stored(&app, &owner, &asked).await.is_open() {
        write(&app.platform, owner.tenant, id_of(&asked), no_time).await.unwrap();
    }
    let failed = read(&owner, &asked).await;
    assert_eq!(failed["state"], "failed");
    assert!(failed["failure"].as_str().unwrap().contains("choose a shorter time"), "{failed}");
    assert_eq!(files(&app), [""; 0], "nothing is left of it");
    app.queues.release();
}

#[tokio::test]
async fn a_restart_loses_no_export() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 20).await;
    let asked = ask(&owner, json!({ "format": "jsonl" })).await;
    app.queues.lose();
    app.pass(1).await;
    assert_eq!(read(&owner, &asked).await["state"], "ready");
}

#[tokio::test]
async fn only_so_many() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.queues.hold(Queue::Export);
    for _ in 0..MOST_OPEN {
        ask(&owner, json!({ "format": "csv" })).await;
    }
    let refused = owner.post("/api/audit/exports", json!({ "format": "csv" })).await.refused(409, "conflict");
    assert!(refused["detail"].as_str().unwrap().contains("wait for one of them"), "{refused}");
    app.queues.release();
    app.settle().await;
    for _ in MOST_OPEN..MOST_KEPT {
        ask(&owner, json!({ "format": "csv" })).await;
        app.settle().await;
    }
    let refused = owner.post("/api/audit/exports", json!({ "format": "csv" })).await.refused(409, "conflict");
    assert!(refused["detail"].as_str().unwrap().contains("delete one"), "{refused}");
    // Another tenant's are its own.
    ask(&app.tenant("Blue").await, json!({ "format": "csv" })).await;
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_named() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let long = "x".repeat(201);
    for (filter, pointer) in [
        (json!({ "action": "" }), "/filter/action"),
        (json!({ "resourceType": long }), "/filter/resourceType"),
        (json!({ "resourceId": long }), "/filter/resourceId"),
        (json!({ "text": "" }), "/filter/text"),
        (json!({ "from": "2026-11-02T00:00:00Z", "to": "2026-11-01T00:00:00Z" }), "/filter/to"),
        (json!({ "from": "2026-11-02T00:00:00Z", "to": "2026-11-02T00:00:00Z" }), "/filter/to"),
        (json!({ "user": "nobody" }), "/filter/user"),
        (json!({ "ip": "300.0.0.1" }), "/filter/ip"),
        (json!({ "from": "yesterday" }), "/filter/from"),
    ] {
        let answer = owner.post("/api/audit/exports", json!({ "format": "csv", "filter": filter })).await;
        let refused = answer.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{filter}: {refused}");
    }
    for body in [json!({}), json!({ "format": "xml" }), json!({ "format": "csv", "filter": { "more": 1 } }), json!([])]
    {
        let status = owner.post("/api/audit/exports", body.clone()).await.status.as_u16();
        assert!([400, 422].contains(&status), "{body}: {status}");
    }
    assert_eq!(owner.get("/api/audit/exports").await.expect(200), json!([]));
    owner.get("/api/audit/exports/not-an-id").await.refused(404, "not-found");
    owner.get(&format!("/api/audit/exports/{}", Uuid::from_u128(1))).await.refused(404, "not-found");
    for role in [Role::Viewer, Role::NetworkAdmin] {
        let member = app.member(&owner, role).await;
        member.post("/api/audit/exports", json!({ "format": "csv" })).await.refused(403, "forbidden");
        member.get("/api/audit/exports").await.refused(403, "forbidden");
    }
}

#[tokio::test]
async fn a_link_is_good_for_five_minutes_and_for_one_file() {
    let app = TestApp::start().await;
    let (owner, other) = (app.tenant("Acme").await, app.tenant("Blue").await);
    let (ours, theirs) = (ask(&owner, json!({ "format": "csv" })).await, ask(&other, json!({ "format": "csv" })).await);
    app.settle().await;
    let link = async |by: &Member, export: &Value| {
        read(by, export).await["downloadUrl"].as_str().expect("there is a link").to_owned()
    };
    let (our_link, their_link) = (link(&owner, &ours).await, link(&other, &theirs).await);
    assert_eq!(follow(&app, &our_link).await.status, 200);
    let (our_path, _) = our_link.split_once('?').unwrap();
    let (_, their_query) = their_link.split_once('?').unwrap();
    for forged in [
        our_path.to_owned(),
        format!("{our_path}?{their_query}"),
        our_link.replace("until=", "until=2"),
        our_link.replace("filename", "name").replace("signature=", "signature=00"),
        our_link.replace("audit-", "x-"),
        our_link.replace("/tenants/", "/tenants/../tenants/"),
        our_link.replace("signature=", "signature=zz"),
    ] {
        if forged != our_link {
            assert_eq!(follow(&app, &forged).await.status, 404, "{forged}");
        }
    }
    app.skip(SignedDuration::from_secs(299));
    assert_eq!(follow(&app, &our_link).await.status, 200);
    app.skip(SignedDuration::from_secs(1));
    follow(&app, &our_link).await.refused(410, "link-expired");
    assert_eq!(follow(&app, &link(&owner, &ours).await).await.status, 200, "another one each time");
}

#[tokio::test]
async fn a_file_is_there_for_a_week() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let asked = ask(&owner, json!({ "format": "csv" })).await;
    app.settle().await;
    app.skip(SignedDuration::from_hours(7 * 24));
    let by = app.sign_in(&owner).await;
    let expired = read(&by, &asked).await;
    assert_eq!((&expired["state"], &expired["downloadUrl"]), (&json!("expired"), &json!(null)));
    app.skip(SignedDuration::from_hours(7 * 24) + SignedDuration::from_secs(1));
    let by = app.sign_in(&owner).await;
    assert_eq!(by.get("/api/audit/exports").await.expect(200), json!([]));
}

#[tokio::test]
async fn nothing_is_left_of_what_was_deleted_meanwhile() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    plant(&app, &owner, 100).await;
    app.settle().await;
    app.queues.hold(Queue::Export);
    let asked = ask(&owner, json!({ "format": "csv" })).await;
    write(&app.platform, owner.tenant, id_of(&asked), SMALL).await.unwrap();
    assert_eq!(files(&app).len(), 1);
    let running = read(&owner, &asked).await;
    assert_eq!(running["state"], "running");
    assert!(running["entries"].as_u64() > Some(0) && running["sha256"].is_null(), "{running}");
    owner.delete(&format!("/api/audit/exports/{}", asked["id"].as_str().unwrap())).await.expect(204);
    assert_eq!(files(&app).len(), 0);
    write(&app.platform, owner.tenant, id_of(&asked), SMALL).await.unwrap();
    assert_eq!(files(&app).len(), 0);
    app.queues.release();

    // With the tenant its files go.
    ask(&owner, json!({ "format": "csv" })).await;
    app.settle().await;
    assert_eq!(files(&app).len(), 1);
    let gone = json!({ "name": "Acme Networks", "password": platform_tests::OWNER_PASSWORD });
    owner.post("/api/tenant/delete", gone).await.expect(202);
    app.pass(20).await;
    assert_eq!(files(&app).len(), 0);
}
