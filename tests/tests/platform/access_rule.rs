//! Access tests: rules that watch whether somebody reaches what they should, or should not.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_tests::{HostileServer, Member, TestApp};
use serde_json::{Value, json};

use super::reach::{group, office, policy};

const RULES: &str = "/api/alerts/rules";

/// `laptops must not reach db on TCP 5432`.
fn config(from: &str, to: &str, expected: &str) -> Value {
    json!({ "from": from, "to": to, "protocol": "tcp", "port": 5432, "expected": expected })
}

fn rule(account: &str, config: &Value) -> Value {
    json!({ "name": "No database", "conditionType": "access", "conditionConfig": config, "accountId": account })
}

async fn newest(app: &TestApp, owner: &Member) -> (String, String) {
    let alert = app.alerts(owner).await.first().cloned().expect("an alert");
    (alert["title"].as_str().unwrap().to_owned(), alert["status"].as_str().unwrap().to_owned())
}

/// The policies of the office, but for some, and with others.
fn policies(server: &HostileServer, without: &[&str], more: &[Value]) {
    let all = [
        policy("web", "laptops", "servers", &json!({})),
        policy("db", "laptops", "databases", &json!({ "ports": ["5432"] })),
    ];
    let left = all.into_iter().filter(|policy| !without.contains(&policy["id"].as_str().unwrap()));
    server.tell("policies", json!(left.chain(more.iter().cloned()).collect::<Vec<_>>()).to_string());
}

#[tokio::test]
async fn who_reaches_what_they_should_not_is_told_until_they_do_not() {
    let (app, owner, server, account) = office().await;
    policies(&server, &["db"], &[]);
    app.pass(15).await;
    let made = app.make_rule(&owner, rule(&account, &config("group:laptops", "resource:db", "denied"))).await;
    let sentence = made["sentence"].as_str().unwrap();
    assert!(sentence.starts_with("When laptops can reach db on TCP 5432, tell "), "{sentence}");
    let names = (&made["conditionConfig"]["fromName"], &made["conditionConfig"]["toName"]);
    assert_eq!(names, (&json!("laptops"), &json!("db")));
    app.pass(2).await;
    assert!(app.alerts(&owner).await.is_empty(), "nobody reaches it");
    // Somebody lets them, and says so.
    policies(&server, &["db"], &[policy("temp", "laptops", "databases", &json!({ "ports": ["5000-6000"] }))]);
    app.pass(15).await;
    let open = "Every peer of laptops can reach db on TCP 5432, by policy “temp”";
    assert_eq!(newest(&app, &owner).await, (open.to_owned(), "open".to_owned()));
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    let told = app.receiver.received().pop().unwrap().body;
    let message = told["data"]["message"].as_str().unwrap();
    assert!(message.contains("Such pairs: lap-1 → db, lap-2 → db."), "{message}");
    policies(&server, &["db"], &[]);
    app.pass(15).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
    let over = app.receiver.received().pop().unwrap().body;
    assert_eq!(over["data"]["title"], "No peer of laptops can reach db on TCP 5432");
    assert_eq!(newest(&app, &owner).await.1, "resolved");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_test_says_what_it_finds_and_what_it_cannot_judge() {
    let (_app, owner, _server, account) = office().await;
    let test = async |config: Value| {
        let body = json!({ "conditionType": "access", "conditionConfig": config, "accountId": account });
        owner.post(&format!("{RULES}/test"), body).await.expect(200)
    };
    let allowed = test(config("group:laptops", "resource:db", "allowed")).await;
    assert_eq!(allowed["sentence"], "When laptops cannot reach db on TCP 5432, open an alert.");
    assert_eq!(allowed["accounts"][0]["holds"], false, "it is as it should be: {allowed:#}");
    let denied = test(config("group:laptops", "resource:db", "denied")).await["accounts"][0].clone();
    assert_eq!((&denied["holds"], &denied["total"], &denied["of"]), (&json!(true), &json!(2), &json!(2)));
    // On anything, one of them fails its posture check, and one of those is not there for sure.
    let some = test(json!({ "from": "group:laptops", "to": "group:servers", "expected": "allowed" })).await;
    assert_eq!(some["accounts"][0]["title"], "laptops cannot always reach servers: 2 of 4 pairs");
    let unknown = json!({ "from": "peer:lap-1", "to": "peer:new-1", "expected": "denied" });
    let title = test(unknown).await["accounts"][0]["title"].clone();
    assert_eq!(title, "Whether lap-1 can reach new-1 cannot be judged");
}

#[tokio::test]
async fn an_end_that_is_gone_is_told_by_its_name() {
    let (app, owner, server, account) = office().await;
    app.make_rule(&owner, rule(&account, &config("group:laptops", "resource:db", "allowed"))).await;
    app.pass(2).await;
    assert!(app.alerts(&owner).await.is_empty());
    server.tell("networks/resources", "[]");
    app.pass(15).await;
    assert_eq!(newest(&app, &owner).await.0, "Whether laptops can reach db on TCP 5432 cannot be judged");
    let told = app.receiver.received().pop().unwrap().body;
    assert!(told["data"]["message"].as_str().unwrap().ends_with("Resource db is gone."), "{told:#}");
}

#[tokio::test]
async fn a_list_that_cannot_be_read_is_waited_for() {
    let (app, owner, server, account) = office().await;
    let made = app.make_rule(&owner, rule(&account, &config("group:laptops", "resource:db", "denied"))).await;
    app.pass(2).await;
    assert_eq!(newest(&app, &owner).await.1, "open");
    server.tell("policies", "no list");
    app.pass(15).await;
    assert_eq!(newest(&app, &owner).await.1, "open", "nobody knows whether it is over");
    let shown = owner.get(&format!("{RULES}/{}", made["id"].as_str().unwrap())).await.expect(200);
    let lists = json!([{ "list": "policies", "reason": "not_readable" }]);
    assert_eq!(shown["waits"][0]["lists"], lists, "{shown:#}");
    policies(&server, &["db"], &[]);
    app.pass(15).await;
    assert_eq!(newest(&app, &owner).await.1, "resolved");
}

#[tokio::test]
async fn what_a_rule_names_is_of_its_one_account() {
    let (app, owner, server, account) = office().await;
    let refused = async |account: Option<&str>, config: Value| {
        let body = json!({ "conditionType": "access", "conditionConfig": config, "accountId": account });
        let tested = owner.post(&format!("{RULES}/test"), body.clone()).await.refused(422, "validation");
        let mut rule = json!({ "name": "Test", "severity": "high", "notificationConfig": {} });
        rule.as_object_mut().unwrap().extend(body.as_object().unwrap().clone());
        let made = owner.post(RULES, rule).await.refused(422, "validation");
        assert_eq!(tested["errors"], made["errors"]);
        tested["errors"][0]["pointer"].as_str().unwrap().to_owned()
    };
    let good = || config("group:laptops", "resource:db", "denied");
    assert_eq!(refused(None, good()).await, "/accountId");
    for (config, pointer) in [
        (config("group:gone", "resource:db", "denied"), "from"),
        (config("group:laptops", "peer:gone", "denied"), "to"),
        (config("resource:db", "group:laptops", "denied"), "from"),
        (config("group:laptops", "laptops", "denied"), "to"),
        (config("group:laptops", "resource:db", "maybe"), "expected"),
        (json!({ "from": "group:laptops", "to": "peer:srv-1" }), "expected"),
        (json!({ "from": "group:a", "to": "peer:b", "protocol": "icmp", "port": 1, "expected": "denied" }), "port"),
    ] {
        assert_eq!(refused(Some(&account), config.clone()).await, format!("/conditionConfig/{pointer}"), "{config}");
    }
    // What is sent back as it was shown is taken; a name is looked up, whatever was sent.
    let made = app.make_rule(&owner, rule(&account, &good())).await;
    let path = format!("{RULES}/{}", made["id"].as_str().unwrap());
    let groups = ["laptops", "servers", "routers", "databases", "empty"].map(|id| {
        let mut one = group(id);
        if id == "laptops" {
            one["name"] = json!("notebooks");
        }
        one
    });
    server.tell("groups", json!(groups).to_string());
    app.pass(15).await;
    let mut body = rule(&account, &made["conditionConfig"]);
    body.as_object_mut()
        .unwrap()
        .extend(json!({ "severity": "high", "notificationConfig": {} }).as_object().unwrap().clone());
    let updated = owner.client.call("PUT", &path, Some(body)).await.expect(200);
    assert_eq!(updated["conditionConfig"]["fromName"], "notebooks");
    assert_eq!(updated["sentence"], "When notebooks can reach db on TCP 5432, open an alert.");
}
