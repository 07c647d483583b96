//! A change that somebody tries, saves, discusses with others and has approved.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{HostileServer, Member, TestApp};
use serde_json::{Value, json};

use super::reach::{office, policy};

const PROPOSALS: &str = "/api/access/proposals";

fn switch(id: &str, enabled: bool) -> Value {
    json!({ "type": "policy_switch", "id": id, "enabled": enabled })
}

async fn propose(by: &Member, account: &str, title: &str, changes: Value) -> String {
    let proposed = json!({ "accountId": account, "title": title, "description": "Ticket 7", "changes": changes });
    by.post(PROPOSALS, proposed).await.expect(201)["id"].as_str().unwrap().to_owned()
}

fn path(id: &str) -> String {
    format!("{PROPOSALS}/{id}")
}

async fn decide(by: &Member, id: &str, decision: &str) -> platform_tests::Answer {
    let seen = by.get(&path(id)).await.header("etag").unwrap().to_owned();
    let asked = json!({ "decision": decision, "message": "So be it" });
    by.client.with_header("if-match", &seen).post(&format!("{}/decision", path(id)), asked).await
}

/// The network is another one, and is read.
async fn meanwhile(app: &TestApp, server: &HostileServer, policies: &[Value]) {
    server.tell("policies", json!(policies).to_string());
    app.pass(20).await;
}

fn policies() -> Vec<Value> {
    vec![
        policy("web", "laptops", "servers", &json!({ "checks": ["c"] })),
        policy("no-ssh", "laptops", "servers", &json!({ "action": "drop", "ports": ["22"] })),
        policy("ssh", "laptops", "servers", &json!({ "ports": ["22"] })),
        policy("old", "servers", "laptops", &json!({ "policy": false, "protocol": "udp", "ports": ["53"] })),
        policy("db", "laptops", "databases", &json!({ "ports": ["5432"], "bidirectional": true })),
    ]
}

#[tokio::test]
async fn a_proposal_is_discussed_approved_and_changed() {
    let (app, owner, _server, account) = office().await;
    let admin = app.member(&owner, Role::NetworkAdmin).await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let id = propose(&admin, &account, "Answer the old way", json!([switch("old", true)])).await;
    let seen = viewer.get(&path(&id)).await.expect(200);
    let (proposal, now) = (&seen["proposal"], &seen["now"]);
    assert_eq!((&proposal["state"], &proposal["title"]), (&json!("open"), &json!("Answer the old way")));
    assert_eq!(proposal["changes"], json!([switch("old", true)]));
    assert_eq!(proposal["touched"], json!([{ "list": "policies", "id": "old", "name": "old", "isChanged": true }]));
    assert_eq!((&now["standing"], &now["isStale"], &now["inPlace"]), (&json!("applies"), &json!(false), &json!([])));
    assert_eq!(now["difference"]["pairsOpened"], 4);
    let refused = viewer.post(PROPOSALS, json!({})).await.refused(403, "forbidden");
    assert_eq!(refused["permission"], "proposals:write");
    let comments = format!("{}/comments", path(&id));
    viewer.post(&comments, json!({ "message": "Why?" })).await.refused(403, "forbidden");
    let said = owner.post(&comments, json!({ "message": " Why? " })).await.expect(201);
    assert_eq!((&said["message"], &said["by"]["id"]), (&json!("Why?"), &json!(owner.user.to_string())));
    assert_eq!(owner.get(&path(&id)).await.expect(200)["proposal"]["comments"], json!([said]));
    // A network admin proposes, and decides nothing but to give up.
    let refused = decide(&admin, &id, "approve").await.refused(403, "forbidden");
    assert_eq!(refused["permission"], "proposals:approve");
    let approved = decide(&owner, &id, "approve").await.expect(200);
    assert_eq!((&approved["state"], &approved["decisions"][0]["isAlone"]), (&json!("approved"), &json!(false)));
    assert_eq!(approved["decisions"][0]["message"], "So be it");
    decide(&owner, &id, "approve").await.refused(409, "conflict");
    // What was approved is not what it is now.
    let wider = json!({
        "accountId": account, "title": "Answer the old way", "changes": [switch("old", true), switch("no-ssh", false)],
    });
    let changed = admin.call("PUT", &path(&id), Some(wider)).await.expect(200);
    assert_eq!(
        (&changed["state"], &changed["changeCount"], &changed["description"]),
        (&json!("open"), &json!(2), &json!(""))
    );
    decide(&admin, &id, "close").await.expect(200);
    let over = json!({ "accountId": account, "title": "Again", "changes": [switch("old", true)] });
    admin.call("PUT", &path(&id), Some(over)).await.refused(409, "conflict");
    let trail = owner.get("/api/audit/logs?action=proposal").await.expect(200);
    let entries = trail.as_array().unwrap().iter();
    // Ids of one moment have no order.
    let actions: BTreeSet<&str> = entries.filter_map(|entry| entry["action"].as_str()).collect();
    let steps = ["approve", "close", "comment", "create", "update"].map(|step| format!("proposal.{step}"));
    assert_eq!(actions, steps.iter().map(String::as_str).collect());
    // It is forgotten in time, with all that was said.
    app.skip(SignedDuration::from_hours(24 * 370));
    let stored = app.platform.store.proposal(owner.tenant, id.parse().unwrap()).await.unwrap();
    assert!(stored.is_none(), "{stored:?}");
    assert!(app.platform.store.proposals(owner.tenant).await.unwrap().is_empty());
}

#[tokio::test]
async fn four_eyes_look_at_it_where_there_are_four() {
    let (app, owner, _server, account) = office().await;
    let id = propose(&owner, &account, "Alone", json!([switch("old", true)])).await;
    let seen = owner.get(&path(&id)).await.expect(200);
    assert_eq!(seen["proposal"]["soleApprover"], owner.user.to_string());
    let approved = decide(&owner, &id, "approve").await.expect(200);
    assert_eq!(approved["decisions"][0]["isAlone"], true);
    let admin = app.member(&owner, Role::Admin).await;
    let second = propose(&owner, &account, "Together", json!([switch("old", true)])).await;
    decide(&owner, &second, "approve").await.refused(409, "conflict");
    assert_eq!(owner.get(&path(&second)).await.expect(200)["proposal"]["soleApprover"], json!(null));
    decide(&admin, &second, "approve").await.expect(200);
    // Who changed it last is an author, too.
    let wider = json!({ "accountId": account, "title": "Mine", "changes": [switch("old", true)] });
    admin.call("PUT", &path(&second), Some(wider)).await.expect(200);
    decide(&admin, &second, "approve").await.refused(409, "conflict");
    let rejected = decide(&admin, &second, "reject").await.expect(200);
    assert_eq!(rejected["state"], "rejected");
    decide(&owner, &second, "reopen").await.expect(200);
}

#[tokio::test]
async fn it_stands_to_the_configuration_as_it_is_now() {
    let (app, owner, server, account) = office().await;
    let on = propose(&owner, &account, "On", json!([switch("old", true)])).await;
    let gone = propose(&owner, &account, "Gone", json!([{ "type": "policy_delete", "id": "ssh" }])).await;
    let mixed =
        propose(&owner, &account, "Mixed", json!([{ "type": "policy_delete", "id": "ssh" }, switch("db", false)]))
            .await;
    let put = json!({ "type": "policy_put", "policy": { "id": "no-ssh", "name": "no-ssh", "rules": [{
        "action": "accept", "protocol": "tcp", "ports": ["22"], "sources": ["laptops"], "destinations": ["servers"],
    }] } });
    let put = propose(&owner, &account, "Put", json!([put])).await;
    let mut now = policies();
    now.retain(|policy| policy["id"] != "ssh" && policy["id"] != "no-ssh");
    now[1] = policy("old", "servers", "laptops", &json!({ "protocol": "udp", "ports": ["53"] }));
    meanwhile(&app, &server, &now).await;
    let standing = async |id: &str| owner.get(&path(id)).await.expect(200)["now"].clone();
    // It was switched on meanwhile: that is another policy than it was, and just what was wanted.
    let of_on = standing(&on).await;
    assert_eq!(
        (&of_on["standing"], &of_on["isStale"], &of_on["inPlace"]),
        (&json!("in_place"), &json!(true), &json!([0]))
    );
    assert_eq!(
        of_on["changedSince"][0],
        json!({ "list": "policies", "id": "old", "name": "old", "change": "changed" })
    );
    assert_eq!(of_on["difference"], json!(null));
    let of_gone = standing(&gone).await;
    assert_eq!((&of_gone["standing"], &of_gone["changedSince"][0]["change"]), (&json!("in_place"), &json!("gone")));
    let of_mixed = standing(&mixed).await;
    assert_eq!((&of_mixed["standing"], &of_mixed["inPlace"]), (&json!("applies"), &json!([0])));
    assert_eq!(of_mixed["difference"]["pairsClosed"], 2);
    let of_put = standing(&put).await;
    assert_eq!(
        (&of_put["standing"], &of_put["problems"][0]["pointer"]),
        (&json!("gone"), &json!("/changes/0/policy/id"))
    );
    assert!(of_put["reason"].is_string() && of_put["difference"].is_null(), "{of_put:#}");
    owner.delete(&format!("/api/netbird/accounts/{account}")).await.expect(204);
    let of_nothing = standing(&on).await;
    assert_eq!((&of_nothing["standing"], &of_nothing["isStale"]), (&json!("gone"), &json!(false)));
}

#[tokio::test]
async fn the_list_is_filtered_and_has_pages_and_an_end() {
    let (_app, owner, _server, account) = office().await;
    for title in ["Printers of the office", "Cameras", "Printers of the hall"] {
        propose(&owner, &account, title, json!([switch("old", true)])).await;
    }
    let titles = async |query: &str| {
        let answer = owner.get(&format!("{PROPOSALS}?{query}")).await;
        let (total, next) = (answer.total().unwrap(), answer.next());
        let rows = answer.expect(200);
        let titles: Vec<String> =
            rows.as_array().unwrap().iter().map(|one| one["title"].as_str().unwrap().to_owned()).collect();
        (titles, total, next)
    };
    assert_eq!(titles("search=PRINTERS").await.0, ["Printers of the hall", "Printers of the office"]);
    assert_eq!(titles("state=closed,rejected").await.1, 0);
    let (first, total, next) = titles("limit=2").await;
    assert_eq!((first.len(), total), (2, 3));
    let rest = owner.get(&next.unwrap()).await;
    assert!(rest.next().is_none());
    assert_eq!(rest.expect(200)[0]["title"], "Printers of the office");
    let id = propose(&owner, &account, "Spare", json!([switch("old", true)])).await;
    owner.delete(&path(&id)).await.expect(204);
    owner.get(&path(&id)).await.refused(404, "not-found");
    for _ in 3..200 {
        propose(&owner, &account, "One of many", json!([switch("old", true)])).await;
    }
    let more = json!({ "accountId": account, "title": "Too many", "changes": [switch("old", true)] });
    owner.post(PROPOSALS, more).await.refused(409, "conflict");
}

#[tokio::test]
async fn what_is_wrong_is_named() {
    let (_app, owner, _server, account) = office().await;
    let body = json!({ "accountId": account, "title": "T", "changes": [switch("old", true)] });
    let peers: Vec<String> = (0..4_000).map(|n| format!("{n:050}")).collect();
    let large = json!([{ "type": "group_members", "id": "laptops", "remove": peers }]);
    for (field, to, pointer) in [
        ("title", json!(""), "/title"),
        ("title", json!("t".repeat(101)), "/title"),
        ("description", json!("d".repeat(2_001)), "/description"),
        ("changes", json!([]), "/changes"),
        ("changes", large, "/changes"),
        ("changes", json!([switch("nothing", true)]), "/changes/0/id"),
        ("state", json!("approved"), "/state"),
    ] {
        let mut body = body.clone();
        body[field] = to;
        let problem = owner.post(PROPOSALS, body).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let id = propose(&owner, &account, "T", json!([switch("old", true)])).await;
    for (what, body, pointer) in [
        ("comments", json!({ "message": " " }), "/message"),
        ("comments", json!({ "message": "t".repeat(1_001) }), "/message"),
        ("decision", json!({ "decision": "merge" }), "/decision"),
        ("decision", json!({ "decision": "close", "message": "m".repeat(1_001) }), "/message"),
    ] {
        let named = owner.client.with_header("if-match", "*");
        let problem = named.post(&format!("{}/{what}", path(&id)), body).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
    }
    let elsewhere = json!({ "accountId": uuid::Uuid::nil(), "title": "T", "changes": [switch("old", true)] });
    let problem = owner.call("PUT", &path(&id), Some(elsewhere)).await.refused(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/accountId");
    owner.get(&format!("{PROPOSALS}?state=done")).await.refused(422, "validation");
}

#[tokio::test]
async fn who_decides_names_what_they_saw_and_comments_change_nothing_of_it() {
    let (app, owner, server, account) = office().await;
    let admin = app.member(&owner, Role::Admin).await;
    let id = propose(&admin, &account, "On", json!([switch("old", true)])).await;
    let (comments, decision) = (format!("{}/comments", path(&id)), format!("{}/decision", path(&id)));
    let approve = json!({ "decision": "approve" });
    owner.post(&decision, approve.clone()).await.refused(428, "precondition-required");
    let seen = owner.get(&path(&id)).await.header("etag").unwrap().to_owned();
    let say = |n: usize| owner.post(&comments, json!({ "message": format!("Comment {n}") }));
    let said = futures::future::join_all((0..6).map(say)).await;
    said.into_iter().for_each(|answer| drop(answer.expect(201)));
    let proposal = owner.get(&path(&id)).await.expect(200)["proposal"].clone();
    assert_eq!((&proposal["commentCount"], proposal["comments"].as_array().unwrap().len()), (&json!(6), 6));
    assert_eq!(format!("\"{}\"", proposal["version"]), seen, "what is said makes no other version of it");
    let named = owner.client.with_header("if-match", &seen);
    let approved = named.post(&decision, approve.clone()).await;
    assert_ne!(approved.header("etag"), Some(seen.as_str()));
    approved.expect(200);
    named.post(&decision, json!({ "decision": "reopen" })).await.refused(412, "precondition-failed");
    owner.client.with_header("if-match", &seen).delete(&path(&id)).await.refused(412, "precondition-failed");
    // What names something that is gone is approved by nobody.
    let put = json!({ "type": "policy_put", "policy": { "id": "no-ssh", "name": "no-ssh", "rules": [{
        "action": "accept", "protocol": "tcp", "ports": ["22"], "sources": ["laptops"], "destinations": ["servers"],
    }] } });
    let gone = propose(&admin, &account, "Gone", json!([put])).await;
    let now: Vec<Value> = policies().into_iter().filter(|policy| policy["id"] != "no-ssh").collect();
    meanwhile(&app, &server, &now).await;
    let refused = decide(&owner, &gone, "approve").await.refused(409, "conflict");
    assert!(refused["detail"].as_str().unwrap().ends_with(": no-ssh of policies"), "{refused}");
    decide(&owner, &gone, "reject").await.expect(200);
}
