//! Who can reach what, written down for an auditor: made, read, signed, exported, and held against the network later.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use aws_lc_rs::digest::{SHA256, digest};
use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{Answer, Member, long_run};
use serde_json::{Value, json};

use super::reach::{group, office, peer, policy};

const REVIEWS: &str = "/api/access/reviews";

async fn make(by: &Member, account: &str, groups: &[&str], resources: &[&str]) -> Value {
    let review = json!({ "accountId": account, "name": "Q4", "note": "For the auditor", "groupIds": groups, "resourceIds": resources });
    by.post(REVIEWS, review).await.expect(201)
}

fn path(review: &Value) -> String {
    format!("{REVIEWS}/{}", review["id"].as_str().unwrap())
}

/// All parts of a file, one after the other.
async fn export(by: &Member, review: &Value, query: &str) -> String {
    let (mut file, mut next) = (String::new(), Some(format!("{}/export?{query}", path(review))));
    while let Some(part) = next.take() {
        let answer = by.get(&part).await;
        next = answer.next();
        assert_eq!(answer.status, 200, "{}", answer.text);
        file.push_str(&answer.text);
    }
    file
}

fn sha256(text: &str) -> String {
    hex::encode(digest(&SHA256, text.as_bytes()))
}

/// `lap-1: TCP 22 by ssh`.
fn told(rows: &Value) -> Vec<String> {
    let row = |row: &Value| {
        let rules: Vec<&str> =
            row["rules"].as_array().unwrap().iter().map(|rule| rule["policyName"].as_str().unwrap()).collect();
        let open: Vec<&str> = row["open"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
        format!("{}: {} by {}", row["peerName"].as_str().unwrap(), open.join(", "), rules.join(", "))
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

/// Signs a review as it is now.
async fn sign(by: &Member, review: &Value, body: Value) -> Answer {
    let seen = by.get(&path(review)).await.header("etag").unwrap().to_owned();
    by.client.with_header("if-match", &seen).post(&format!("{}/sign-off", path(review)), body).await
}

#[tokio::test]
async fn a_review_says_who_reaches_what_and_is_signed() {
    let (app, owner, server, account) = office().await;
    // Ada changes a rule, of which the log of changes tells.
    let policies = json!([
        policy("ssh", "laptops", "servers", &json!({ "ports": ["2222"] })),
        policy("db", "laptops", "databases", &json!({ "ports": ["5432"], "bidirectional": true })),
        policy("mesh", "routers", "servers", &json!({ "protocol": "icmp", "ports": [] })),
    ]);
    server.tell("policies", policies.to_string());
    app.pass(20).await;
    let admin = app.member(&owner, Role::NetworkAdmin).await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let refused = viewer.post(REVIEWS, json!({})).await.refused(403, "forbidden");
    assert_eq!(refused["permission"], "reviews:write");
    let review = make(&admin, &account, &["servers"], &["db"]).await;
    assert_eq!(
        (&review["status"], &review["rowCount"], &review["subjectCount"]),
        (&json!("open"), &json!(6), &json!(2))
    );
    let servers = &review["subjects"][0];
    assert_eq!(
        (&servers["id"], &servers["name"], &servers["targetCount"]),
        (&json!("group:servers"), &json!("servers"), &json!(2))
    );
    assert_eq!(
        (&servers["peerCount"], &servers["ruleCount"], &servers["isReachedByAnybody"]),
        (&json!(3), &json!(2), &json!(true))
    );
    assert_eq!(
        (&review["subjects"][1]["peerCount"], &review["subjects"][1]["isReachedByAnybody"]),
        (&json!(2), &json!(false))
    );

    // Its rows, by page and by filter.
    let rows = viewer.get(&format!("{}/rows?limit=3", path(&review))).await;
    let (total, next) = (rows.total().unwrap(), rows.next().unwrap());
    let rows = rows.expect(200);
    assert_eq!(told(&rows), ["lap-1: TCP 2222 by ssh", "lap-2: TCP 2222 by ssh", "rtr-1: ICMP by mesh"]);
    assert_eq!((total, &rows[0]["rules"][0]["groups"], &rows[0]["isCertain"]), (6, &json!(["laptops"]), &json!(true)));
    assert_eq!((&rows[0]["reached"], &rows[0]["perhaps"]), (&json!(1), &json!(1)), "new-1 awaits approval");
    assert!(rows[0]["unknown"].as_str().unwrap().contains("await approval"), "{rows:#}");
    assert!(rows[0]["rules"][0]["lastChangedAt"].is_string(), "{rows:#}");
    let rest = viewer.get(&next).await.expect(200);
    assert_eq!(told(&rest), ["lap-1: TCP 5432 by db", "lap-2: TCP 5432 by db", "rtr-1:  by "]);
    assert_eq!(rest[2]["unknown"], "it routes there itself");
    assert!(rest[0]["rules"][0]["lastChangedAt"].is_null(), "it is as it was when it was first read: {rest:#}");
    let only = async |query: &str| told(&viewer.get(&format!("{}/rows?{query}", path(&review))).await.expect(200));
    assert_eq!(only("subjectId=resource:db&search=LAP-2").await, ["lap-2: TCP 5432 by db"]);
    assert_eq!(only("policyId=mesh").await, ["rtr-1: ICMP by mesh"]);
    assert_eq!(only("isCertain=false").await, ["rtr-1:  by "]);

    // Whoever has the file can do the digest again.
    let lines = export(&viewer, &review, "limit=2").await;
    assert_eq!((lines.lines().count(), sha256(&lines)), (6, review["digest"].as_str().unwrap().to_owned()));
    let of_one = export(&viewer, &review, "subjectId=resource:db").await;
    assert_eq!(sha256(&of_one), review["subjects"][1]["digest"].as_str().unwrap());

    // It is signed part by part, by a person, and stays what was signed.
    sign(&viewer, &review, json!({ "decision": "approved" })).await.refused(403, "forbidden");
    let unseen = owner.post(&format!("{}/sign-off", path(&review)), json!({ "decision": "approved" })).await;
    unseen.refused(428, "precondition-required");
    let seen = owner.get(&path(&review)).await.header("etag").unwrap().to_owned();
    let renamed = admin.call("PUT", &path(&review), Some(json!({ "name": "Fourth quarter" }))).await.expect(200);
    assert_eq!((&renamed["name"], &renamed["note"]), (&json!("Fourth quarter"), &json!("")));
    let wide = json!({ "subjectId": "group:servers", "decision": "change_needed", "comment": " No ping " });
    // Somebody renamed it meanwhile: what was seen is not what would be signed.
    let stale =
        owner.client.with_header("if-match", &seen).post(&format!("{}/sign-off", path(&review)), wide.clone()).await;
    stale.refused(412, "precondition-failed");
    let partly = sign(&owner, &review, wide).await.expect(200);
    assert_eq!((&partly["status"], &partly["changeNeededCount"]), (&json!("partly"), &json!(1)));
    assert_eq!(partly["subjects"][0]["signOff"]["comment"], "No ping");
    admin.call("PUT", &path(&review), Some(json!({ "name": "Again" }))).await.refused(409, "conflict");
    let signed = sign(&owner, &review, json!({ "decision": "approved" })).await.expect(200);
    assert_eq!((&signed["status"], signed["signOffs"].as_array().unwrap().len()), (&json!("signed"), 2));
    let trail = owner.get("/api/audit/logs?action=access-review.sign-off").await.expect(200);
    let digests: Vec<&Value> = trail.as_array().unwrap().iter().map(|entry| &entry["newValues"]["digest"]).collect();
    assert!(digests.contains(&&review["digest"]) && digests.contains(&&servers["digest"]), "{trail:#}");
    let table = export(&viewer, &review, "format=csv&limit=1").await;
    let first = table.lines().nth(1).unwrap();
    assert!(first.starts_with("servers,group:servers,lap-1,lap-1,yes,1,1,2,TCP 2222,"), "{table}");
    assert_eq!((table.lines().count(), first.contains(",approved,")), (7, true), "{table}");

    // The network goes on; the review does not, and says so.
    let standing = async || viewer.get(&path(&review)).await.expect(200)["now"].clone();
    assert_eq!(standing().await["standing"], "same");
    let mut wider = policies;
    wider[1] = policy("db", "routers", "databases", &json!({ "ports": ["5432"] }));
    server.tell("policies", wider.to_string());
    app.pass(20).await;
    let now = standing().await;
    let of = |nth: usize| now["subjects"][nth]["standing"].clone();
    assert_eq!((&now["standing"], of(0), of(1)), (&json!("different"), json!("same"), json!("different")));
    server.tell("groups", json!([group("laptops"), group("routers"), group("databases")]).to_string());
    let gone = [peer("lap-1", &["laptops"], &json!({})), peer("rtr-1", &["routers"], &json!({}))];
    server.tell("peers", json!(gone).to_string());
    app.pass(30).await;
    assert_eq!(standing().await["subjects"][0]["standing"], "gone");
    let unchanged = viewer.get(&format!("{}/rows", path(&review))).await;
    assert_eq!(unchanged.total(), Some(6));
    owner.delete(&format!("/api/netbird/accounts/{account}")).await.expect(204);
    assert_eq!(standing().await["standing"], "gone");
    assert_eq!(export(&viewer, &review, "").await, lines, "it outlives the account");
    owner.delete(&path(&review)).await.expect(204);
    viewer.get(&path(&review)).await.refused(404, "not-found");
    assert!(
        app.platform.store.review_rows(owner.tenant, review["id"].as_str().unwrap().parse().unwrap()).await.is_err()
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_review_is_named_and_what_cannot_be_read_is_refused() {
    let (app, owner, server, account) = office().await;
    let many: Vec<String> = (0..51).map(|n| format!("g{n}")).collect();
    for (more, pointer) in [
        (json!({ "name": "" }), "/name"),
        (json!({ "name": "n".repeat(101) }), "/name"),
        (json!({ "note": "n".repeat(2_001) }), "/note"),
        (json!({ "groupIds": [] }), "/groupIds"),
        (json!({ "groupIds": many }), "/groupIds"),
        (json!({ "groupIds": ["servers", ""] }), "/groupIds/1"),
        (json!({ "resourceIds": [""] }), "/resourceIds/0"),
        (json!({ "routeIds": ["r"] }), "/routeIds"),
    ] {
        let mut body = json!({ "accountId": account, "name": "Q4", "groupIds": ["servers"] });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let problem = owner.post(REVIEWS, body).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let gone = json!({ "accountId": account, "name": "Q4", "resourceIds": ["gone"] });
    owner.post(REVIEWS, gone).await.refused(404, "not-found");
    let review = make(&owner, &account, &["servers", "servers"], &[]).await;
    assert_eq!(review["subjectCount"], 1);
    for (body, pointer) in [
        (json!({ "decision": "fine" }), "/decision"),
        (json!({ "decision": "approved", "comment": "c".repeat(2_001) }), "/comment"),
        (json!({ "decision": "approved", "subjectId": "group:laptops" }), "/subjectId"),
    ] {
        let problem = sign(&owner, &review, body).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    for query in ["rows?limit=0", "rows?cursor=x", "export?limit=20001", "export?format=pdf"] {
        owner.get(&format!("{}/{query}", path(&review))).await.refused(422, "validation");
    }
    // Half of a network makes no review, and takes nothing back of one that was made.
    server.tell("policies", "{}".to_owned());
    app.pass(20).await;
    let body = json!({ "accountId": account, "name": "Q4", "groupIds": ["servers"] });
    let refused = owner.post(REVIEWS, body).await;
    assert!([409, 503].contains(&refused.status.as_u16()), "{}", refused.text);
    let now = owner.get(&path(&review)).await.expect(200)["now"].clone();
    assert_eq!(now["standing"], "unknown", "{now:#}");
    assert!(now["reason"].is_string(), "{now:#}");
}

/// Peers that reach twenty groups, in a long run 5,000 of them, in parts that fit an answer of a function.
#[tokio::test]
async fn rows_that_fill_more_than_one_answer_are_exported_whole() {
    let laptops = long_run(1_500, 5_000);
    let rows = laptops * 20;
    let (app, owner, server, account) = office().await;
    let groups: Vec<String> = (0..20).map(|n| format!("s{n:02}")).collect();
    let mut peers: Vec<Value> = (0..laptops).map(|n| peer(&format!("p{n:04}"), &["laptops"], &json!({}))).collect();
    peers.extend(groups.iter().map(|name| peer(&format!("in-{name}"), &[name], &json!({}))));
    server.tell("peers", json!(peers).to_string());
    let known: Vec<Value> = groups.iter().map(|name| group(name)).chain([group("laptops")]).collect();
    server.tell("groups", json!(known).to_string());
    let policies: Vec<Value> = groups.iter().map(|name| policy(name, "laptops", name, &json!({}))).collect();
    server.tell("policies", json!(policies).to_string());
    app.pass(30).await;
    let named: Vec<&str> = groups.iter().map(String::as_str).collect();
    let review = make(&owner, &account, &named, &[]).await;
    assert_eq!(review["rowCount"], rows);
    let lines = export(&owner, &review, "").await;
    assert_eq!((lines.lines().count(), sha256(&lines)), (rows, review["digest"].as_str().unwrap().to_owned()));
    let table = export(&owner, &review, "format=csv").await;
    assert_eq!(table.lines().count(), rows + 1);
    let parts =
        app.platform.store.review_parts(owner.tenant, review["id"].as_str().unwrap().parse().unwrap()).await.unwrap();
    assert!(parts < 10, "what peers have in common is kept once: {parts} parts");
}

#[tokio::test]
async fn the_list_of_reviews_is_filtered_and_has_pages() {
    let (app, owner, _server, account) = office().await;
    for name in ["Databases", "Servers", "Servers again"] {
        let body = json!({ "accountId": account, "name": name, "groupIds": ["servers"] });
        owner.post(REVIEWS, body).await.expect(201);
        // Ids sort by time.
        app.skip(SignedDuration::from_secs(1));
    }
    let names = async |query: &str| {
        let answer = owner.get(&format!("{REVIEWS}?{query}")).await;
        let (total, next) = (answer.total().unwrap(), answer.next());
        let rows = answer.expect(200);
        let names: Vec<String> =
            rows.as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap().to_owned()).collect();
        (names, total, next)
    };
    assert_eq!(names("search=SERVERS").await.0, ["Servers again", "Servers"]);
    assert_eq!(names("status=signed,partly").await.1, 0);
    let (first, total, next) = names("limit=2").await;
    assert_eq!((first.len(), total), (2, 3));
    assert_eq!(owner.get(&next.unwrap()).await.expect(200)[0]["name"], "Databases");
}
