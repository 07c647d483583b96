//! What a change of the configuration would open and close.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::Write;
use std::process::{Command, Stdio};

use platform_core::access::Role;
use platform_netbird::fake::Tokens;
use platform_tests::{HostileServer, Member, TestApp};
use serde_json::{Value, json};

use super::reach::{group, office, peer, policy};

const DIFFERENCE: &str = "/api/access/difference";

async fn ask(owner: &Member, account: &str, changes: Value) -> Value {
    owner.post(DIFFERENCE, json!({ "accountId": account, "changes": changes })).await.expect(200)
}

/// `laptops > servers: TCP 443, 4 pairs (web)`; with a question mark where it is not certain.
fn told(answer: &Value, what: &str) -> Vec<String> {
    let name = |end: &Value| end["name"].as_str().unwrap().to_owned();
    let one = |one: &Value| {
        let services: Vec<&str> = one["services"].as_array().unwrap().iter().map(|on| on.as_str().unwrap()).collect();
        let policies: Vec<String> = one["policies"].as_array().unwrap().iter().map(name).collect();
        let (from, to, on, pairs) = (name(&one["from"]), name(&one["to"]), services.join(" and "), &one["pairs"]);
        let doubt = if one["isCertain"] == true { "" } else { "?" };
        format!("{from} > {to}: {on}, {pairs} pairs{doubt} ({})", policies.join(", "))
    };
    answer[what].as_array().unwrap().iter().map(one).collect()
}

fn counts(answer: &Value) -> (i64, i64, bool) {
    let number = |field: &str| answer[field].as_i64().unwrap();
    (number("pairsOpened"), number("pairsClosed"), answer["unchanged"].as_bool().unwrap())
}

#[tokio::test]
async fn a_switch_tells_what_it_opens_and_the_other_way_what_it_closes() {
    let (_app, owner, _server, account) = office().await;
    let on = ask(&owner, &account, json!([{ "type": "policy_switch", "id": "old", "enabled": true }])).await;
    assert_eq!((&on["accountName"], &on["unread"]), (&json!("Lab"), &json!([])));
    assert!(on["asOf"].is_string(), "{on:#}");
    // The one that awaits approval may not be there.
    assert_eq!(
        told(&on, "opened"),
        ["srv-1 > laptops: UDP 53, 2 pairs (old)", "new-1 > laptops: UDP 53, 2 pairs? (old)"]
    );
    assert_eq!(counts(&on), (4, 0, false));
    assert_eq!(on["opened"][0]["from"], json!({ "type": "peer", "id": "srv-1", "name": "srv-1" }));
    assert_eq!(on["opened"][0]["policies"], json!([{ "id": "old", "name": "old" }]));
    assert_eq!((&on["closed"], &on["omitted"]), (&json!([]), &json!({ "opened": 0, "closed": 0 })));
    // Without the rule that forbids it, the other one lets them.
    let ssh = ask(&owner, &account, json!([{ "type": "policy_delete", "id": "no-ssh" }])).await;
    assert_eq!(
        told(&ssh, "opened"),
        ["laptops > srv-1: TCP 22, 2 pairs (no-ssh, ssh)", "laptops > new-1: TCP 22, 2 pairs? (no-ssh, ssh)"]
    );
    let gone = ask(&owner, &account, json!([{ "type": "policy_delete", "id": "db" }])).await;
    assert_eq!(told(&gone, "closed"), ["laptops > db: TCP 5432, 2 pairs (db)"]);
    let resource = json!({ "type": "resource", "id": "db", "name": "db" });
    assert_eq!((&gone["closed"][0]["to"], counts(&gone)), (&resource, (0, 2, false)));
    let off = |kind: &str, id: &str| json!([{ "type": kind, "id": id, "enabled": false }]);
    let resource = ask(&owner, &account, off("resource_switch", "db")).await;
    assert_eq!(told(&resource, "closed"), ["laptops > db: TCP 5432, 2 pairs (db)"]);
    let router = ask(&owner, &account, off("router_switch", "r")).await;
    let perhaps = "rtr-1 > db: everything, 1 pairs? ()";
    assert_eq!(told(&router, "closed"), ["laptops > db: TCP 5432, 2 pairs (db)", perhaps], "it routed there itself");
    let nothing = ask(&owner, &account, json!([{ "type": "policy_switch", "id": "ssh", "enabled": false }])).await;
    assert_eq!((counts(&nothing), &nothing["opened"]), ((0, 0, true), &json!([])), "it was forbidden anyway");
}

#[tokio::test]
async fn a_policy_that_is_put_is_compared_with_what_was_there() {
    let (_app, owner, _server, account) = office().await;
    let rule = |more: &Value| {
        let mut rule = json!({
            "action": "accept", "protocol": "tcp", "ports": ["443", "8000-8010"], "sources": ["laptops"],
            "destinations": ["servers"],
        });
        rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        rule
    };
    let put = |policy: Value| json!([{ "type": "policy_put", "policy": policy }]);
    // The same without its posture check, and on more ports.
    let wider = ask(&owner, &account, put(json!({ "id": "web", "name": "web", "rules": [rule(&json!({}))] }))).await;
    assert_eq!(
        told(&wider, "opened"),
        [
            "laptops > srv-1: TCP 8000-8010, 2 pairs (web)",
            "lap-2 > srv-1: TCP 443, 1 pairs (web)",
            "laptops > new-1: TCP 8000-8010, 2 pairs? (web)",
            "lap-2 > new-1: TCP 443, 1 pairs? (web)",
        ]
    );
    assert_eq!(counts(&wider), (4, 0, false));
    // A new one has an id of its own, by which later changes name it.
    let to_routers = json!({ "destinations": ["routers"], "ports": [], "protocol": "icmp" });
    let new = json!({ "name": "ping", "rules": [rule(&to_routers)] });
    let opened = ask(&owner, &account, put(new.clone())).await;
    assert_eq!(told(&opened, "opened"), ["laptops > routers: ICMP, 2 pairs (ping)"]);
    assert_eq!(opened["opened"][0]["policies"][0]["id"], "new-0");
    let both = json!([{ "type": "policy_put", "policy": new }, { "type": "policy_delete", "id": "new-0" }]);
    assert_eq!(counts(&ask(&owner, &account, both).await), (0, 0, true));
    // On one port alone.
    let body = json!({
        "accountId": account, "protocol": "tcp", "port": 8_005,
        "changes": put(json!({ "id": "web", "name": "web", "rules": [rule(&json!({}))] })),
    });
    let narrow = owner.post(DIFFERENCE, body).await.expect(200);
    assert_eq!(told(&narrow, "opened")[0], "laptops > srv-1: TCP 8005, 2 pairs (web)");
}

#[tokio::test]
async fn who_comes_to_a_group_reaches_what_it_reaches() {
    let (_app, owner, _server, account) = office().await;
    let moved = json!([{ "type": "group_members", "id": "laptops", "add": ["rtr-1"], "remove": ["lap-1"] }]);
    let answer = ask(&owner, &account, moved).await;
    assert_eq!(
        told(&answer, "opened"),
        ["rtr-1 > srv-1: TCP 443, 1 pairs (web)", "rtr-1 > new-1: TCP 443, 1 pairs? (web)"],
        "what it reaches of the network that it routes to itself is not known, before and after"
    );
    assert_eq!(
        told(&answer, "closed"),
        [
            "lap-1 > srv-1: TCP 443, 1 pairs (web)",
            "lap-1 > db: TCP 5432, 1 pairs (db)",
            "lap-1 > new-1: TCP 443, 1 pairs? (web)"
        ]
    );
    let back = json!([
        { "type": "group_members", "id": "laptops", "remove": ["lap-1"] },
        { "type": "group_members", "id": "laptops", "add": ["lap-1"] },
    ]);
    assert_eq!(counts(&ask(&owner, &account, back).await), (0, 0, true));
}

#[tokio::test]
async fn what_is_not_there_is_named_and_nobody_elses() {
    let (app, owner, server, account) = office().await;
    let complaints = async |changes: Value| {
        let body = json!({ "accountId": account, "changes": changes });
        let refused = owner.post(DIFFERENCE, body).await.refused(422, "validation");
        let errors = refused["errors"].as_array().unwrap().iter();
        errors.map(|error| error["pointer"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let rule = json!({ "action": "drop", "protocol": "all", "sources": ["gone"], "destinationResource": { "id": "db", "type": "peer" } });
    let changes = json!([
        { "type": "policy_switch", "id": "web", "enabled": false },
        { "type": "policy_delete", "id": "gone" },
        { "type": "policy_put", "policy": { "id": "gone", "name": "x", "postureChecks": ["gone"], "rules": [rule] } },
        { "type": "group_members", "id": "laptops", "add": ["lap-1", "gone"] },
    ]);
    let expected = [
        "1/id",
        "2/policy/postureChecks/0",
        "2/policy/rules/0/sources/0",
        "2/policy/rules/0/destinationResource/id",
        "2/policy/id",
        "3/add/1",
    ];
    assert_eq!(complaints(changes).await, expected.map(|at| format!("/changes/{at}")));
    let change = json!({ "accountId": account, "changes": [{ "type": "policy_delete", "id": "web" }] });
    let stranger = app.tenant("Other").await;
    stranger.post(DIFFERENCE, change.clone()).await.refused(404, "not-found");
    // Whoever may read may ask: nothing is changed by it.
    let viewer = app.member(&owner, Role::Viewer).await;
    viewer.post(DIFFERENCE, change.clone()).await.expect(200);
    assert_eq!(ask(&owner, &account, json!([{ "type": "policy_delete", "id": "web" }])).await["pairsClosed"], 2);
    // What cannot be read cannot be changed.
    server.tell("policies", "no list");
    app.pass(15).await;
    owner.post(DIFFERENCE, change).await.refused(409, "conflict");
    let members = ask(&owner, &account, json!([{ "type": "group_members", "id": "laptops", "add": ["srv-1"] }])).await;
    assert_eq!((&members["unread"], counts(&members)), (&json!(["policies"]), (0, 0, true)));
}

#[tokio::test]
async fn what_is_told_of_many_is_cut_and_counted() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let peers: Vec<Value> = (0..300).map(|nth| peer(&format!("p{nth}"), &["all"], &json!({}))).collect();
    server.tell("peers", json!(peers).to_string());
    server.tell("groups", json!([group("all")]).to_string());
    let rule = |nth: usize| {
        json!({ "sources": null, "sourceResource": { "id": format!("p{nth}"), "type": "peer" },
                "destinations": null, "destinationResource": { "id": format!("p{}", nth + 1), "type": "peer" } })
    };
    let policies: Vec<Value> = (0..250).map(|nth| policy(&format!("one-{nth}"), "x", "y", &rule(nth))).collect();
    let mesh = policy("mesh", "all", "all", &json!({ "protocol": "all", "ports": null }));
    server.tell("policies", json!([policies, vec![mesh]].concat()).to_string());
    let body = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    let account = owner.post("/api/netbird/accounts", body).await.expect(201)["id"].as_str().unwrap().to_owned();
    app.settle().await;
    let gone = ask(&owner, &account, json!([{ "type": "policy_delete", "id": "mesh" }])).await;
    assert_eq!(counts(&gone), (0, 300 * 299, false));
    assert_eq!(gone["closed"].as_array().unwrap().len(), 200, "but for what the others let them");
    assert!(gone["omitted"]["closed"].as_i64().unwrap() > 0 && gone["omitted"]["opened"] == 0, "{}", gone["omitted"]);
    let all = told(&gone, "closed");
    let icmp = all.iter().find(|one| one.starts_with("all > all"));
    assert!(icmp.is_some_and(|one| one.contains("ICMP") && one.contains("89700 pairs")), "{all:#?}");
}

#[tokio::test]
async fn what_the_readme_asks_is_answered() {
    let (_app, owner, _server, account) = office().await;
    let readme = include_str!("../../../README.md");
    let mut lines = readme.lines().skip_while(|line| !line.contains(DIFFERENCE));
    let body = lines.nth(1).and_then(|line| line.split_once("-d '")).map(|(_, body)| body.trim_end_matches("' \\"));
    let body = body.expect("README asks what a change opens").replace("'$ACCOUNT'", &account);
    let body: Value = serde_json::from_str(&body.replace("'$POLICY'", "old")).unwrap();
    let answer = owner.post(DIFFERENCE, body).await.expect(200);
    assert_eq!((&answer["pairsOpened"], &answer["unread"]), (&json!(4), &json!([])));
    let command = readme.lines().skip_while(|line| !line.contains(DIFFERENCE)).find(|line| line.contains("jq -e"));
    let filter = command.and_then(|line| line.split('\'').nth(1)).expect("and refuses what opens something");
    // As CI types it: the job fails if something opens, and passes if nothing does. Where there is no jq, nobody types it.
    let fails = |answer: &Value| {
        let mut jq =
            Command::new("jq").args(["-e", filter]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().ok()?;
        jq.stdin.take().unwrap().write_all(answer.to_string().as_bytes()).unwrap();
        Some(!jq.wait().unwrap().success())
    };
    assert_ne!(fails(&answer), Some(false), "{answer}");
    let closing = json!([{ "type": "policy_switch", "id": "db", "enabled": false }]);
    let closes = ask(&owner, &account, closing).await;
    assert_ne!(fails(&closes), Some(true), "{closes}");
}

/// A change is taken from the log, and a posture check is edited: both are tried like any other.
#[tokio::test]
async fn a_logged_change_and_a_posture_check_are_tried() {
    let (app, owner, server, account) = office().await;
    let old = json!({ "type": "posture_put", "id": "c", "clientVersion": "0.50.0" });
    let opens = ask(&owner, &account, json!([old])).await;
    assert_eq!(opens["pairsOpened"], 2, "lap-2 passes then: {opens:#}");
    let refused = json!({ "type": "posture_put", "id": "gone", "osVersion": { "linux": "6.0" } });
    let body = json!({ "accountId": account, "changes": [refused] });
    let problem = owner.post(DIFFERENCE, body).await.refused(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/changes/0/id");
    let policies = json!([policy("db", "laptops", "databases", &json!({ "ports": ["22"] }))]);
    server.tell("policies", policies.to_string());
    app.pass(20).await;
    let log = owner.get("/api/netbird/changes?resource=policies&kind=updated").await.expect(200);
    let change = json!({ "type": "change_undo", "id": log[0]["id"] });
    let undone = ask(&owner, &account, json!([change])).await;
    assert_eq!((&undone["pairsOpened"], &undone["pairsClosed"]), (&json!(2), &json!(2)), "{undone:#}");
    assert_eq!(undone["opened"][0]["services"], json!(["TCP 5432"]));
    let proposed = json!({ "accountId": account, "title": "Back", "changes": [change] });
    let proposal = owner.post("/api/access/proposals", proposed).await.expect(201);
    let path = format!("/api/access/proposals/{}", proposal["id"].as_str().unwrap());
    assert_eq!(owner.get(&path).await.expect(200)["now"]["standing"], "applies");
    for id in ["x".to_owned(), format!("{}_1_0_0", uuid::Uuid::nil()), format!("{account}_1_0_0")] {
        let body = json!({ "accountId": account, "changes": [{ "type": "change_undo", "id": id }] });
        let problem = owner.post(DIFFERENCE, body).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/changes/0/id");
    }
}
