//! What opened and closed since a moment, by the log of changes.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_tests::Member;
use serde_json::{Value, json};

use super::reach::{group, office, peer, policy};

async fn since(owner: &Member, account: &str, at: Timestamp) -> Value {
    owner.get(&format!("/api/access/since?accountId={account}&since={at}")).await.expect(200)
}

fn pairs(answer: &Value) -> (i64, i64) {
    let number = |field: &str| answer["difference"][field].as_i64().unwrap();
    (number("pairsOpened"), number("pairsClosed"))
}

fn sentences(answer: &Value) -> Vec<&str> {
    answer["changes"].as_array().unwrap().iter().map(|one| one["sentences"][0].as_str().unwrap()).collect()
}

#[tokio::test]
async fn changes_are_undone_back_to_then() {
    let (app, owner, server, account) = office().await;
    app.pass(20).await;
    let first = app.now();
    let quiet = since(&owner, &account, first).await;
    assert_eq!((pairs(&quiet), &quiet["difference"]["unchanged"]), ((0, 0), &json!(true)));
    assert_eq!((&quiet["changes"], &quiet["incomplete"]), (&json!([]), &json!([])));
    // What was off is on, what forbade is gone, what let through is gone, and a new one is there.
    let now = [
        policy("web", "laptops", "servers", &json!({ "checks": ["c"] })),
        policy("ssh", "laptops", "servers", &json!({ "ports": ["22"] })),
        policy("old", "servers", "laptops", &json!({ "protocol": "udp", "ports": ["53"] })),
        policy("new", "servers", "routers", &json!({ "ports": ["8443"] })),
    ];
    server.tell("policies", json!(now).to_string());
    app.pass(20).await;
    let second = app.now();
    let answer = since(&owner, &account, first).await;
    let names = |what: &str| -> Vec<String> {
        let told = answer["difference"][what].as_array().unwrap();
        told.iter()
            .map(|one| format!("{} > {}", one["from"]["name"].as_str().unwrap(), one["to"]["name"].as_str().unwrap()))
            .collect()
    };
    assert!(names("opened").contains(&"laptops > srv-1".to_owned()), "{:?}", names("opened"));
    assert!(names("opened").contains(&"srv-1 > laptops".to_owned()), "{:?}", names("opened"));
    assert_eq!(names("closed"), ["laptops > db"]);
    assert_eq!((answer["changes"].as_array().unwrap().len(), &answer["incomplete"]), (4, &json!([])));
    assert_eq!(pairs(&since(&owner, &account, second).await), (0, 0));
    // Somebody comes to a group: that is undone by their name.
    let peers = [
        peer("lap-1", &["laptops"], &json!({})),
        peer("lap-2", &["laptops"], &json!({ "version": "0.59.4", "connected": false })),
        peer("srv-1", &["servers"], &json!({})),
        peer("new-1", &["servers"], &json!({ "approval_required": true })),
        peer("rtr-1", &["routers", "laptops"], &json!({})),
    ];
    app.skip(SignedDuration::from_secs(1));
    server.tell("peers", json!(peers).to_string());
    app.pass(1).await;
    let answer = since(&owner, &account, second).await;
    assert_eq!(sentences(&answer), ["Group laptops: peers: rtr-1 added"]);
    assert!(answer["difference"]["opened"].to_string().contains("rtr-1"), "{answer:#}");
    assert_eq!(answer["incomplete"], json!([]));
}

#[tokio::test]
async fn what_is_not_known_of_then_is_said() {
    let (app, owner, server, account) = office().await;
    app.pass(20).await;
    let then = app.now();
    // So many groups that the log does not keep the whole of it.
    let many: Vec<Value> =
        ["laptops".to_owned()].into_iter().chain((0..200).map(|n| format!("{n:0100}"))).map(|id| group(&id)).collect();
    let of = |more: Value| json!([policy("large", "laptops", "servers", &more)]).to_string();
    server.tell("policies", of(json!({ "sources": many })));
    app.pass(20).await;
    let later = app.now();
    server.tell("policies", of(json!({ "ports": ["1"] })));
    app.pass(20).await;
    let answer = since(&owner, &account, later).await;
    let [lost] = &answer["incomplete"].as_array().unwrap()[..] else { panic!("{answer:#}") };
    assert_eq!((&lost["resource"], &lost["itemId"]), (&json!("policies"), &json!("large")));
    assert!(lost["why"].is_string());
    // That it was made since is enough to know that it was not there.
    let answer = since(&owner, &account, then).await;
    assert_eq!(answer["incomplete"], json!([]));
    assert!(pairs(&answer).1 > 0, "{answer:#}");
}

#[tokio::test]
async fn a_moment_that_nobody_knows_of_is_refused() {
    let (app, owner, server, account) = office().await;
    let ask = async |at: Timestamp| {
        let path = format!("/api/access/since?accountId={account}&since={at}");
        owner.get(&path).await.refused(422, "validation")["errors"][0]["pointer"].clone()
    };
    assert_eq!(ask(app.now() + SignedDuration::from_hours(1)).await, "/since");
    assert_eq!(ask(app.now() - SignedDuration::from_hours(24)).await, "/since");
    let path = format!("/api/access/since?accountId={account}");
    for wrong in ["", "&since=yesterday"] {
        owner.get(&format!("{path}{wrong}")).await.refused(422, "validation");
    }
    server.tell("groups", json!([group("laptops")]).to_string());
    let theirs = uuid::Uuid::from_u128(7);
    let path = format!("/api/access/since?accountId={theirs}&since={}", app.now());
    owner.get(&path).await.refused(404, "not-found");
}
