//! Rules to start from.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;

use platform_core::access::Role;
use platform_tests::{Options, TestApp};
use serde_json::{Value, json};

const APPLY: &str = "/api/alerts/rule-templates/apply";

fn names(rules: &Value) -> Vec<&str> {
    rules.as_array().unwrap().iter().map(|rule| rule["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_new_tenant_begins_with_one_press() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let channel = json!({ "name": "Ops", "config": { "type": "teams", "webhook": "https://teams.example/x" } });
    let channel = owner.post("/api/alerts/channels", channel).await.expect(201)["id"].clone();
    let templates = owner.get("/api/alerts/rule-templates").await.expect(200);
    let recommended = templates.as_array().unwrap().iter().filter(|one| one["recommended"] == true);
    let ids: Vec<&Value> = recommended.map(|one| &one["id"]).collect();
    assert_eq!(ids.len(), 4);
    let body = json!({ "templateIds": ids, "channelIds": [channel] });
    let applied = owner.post(APPLY, body.clone()).await.expect(201);
    let made = names(&applied["created"]);
    assert_eq!((made.len(), &applied["skipped"]), (4, &json!([])));
    assert!(applied["created"].as_array().unwrap().iter().all(|rule| rule["channelIds"] == json!([channel])));
    // Made in the same moment, they are in no order.
    let listed = owner.get("/api/alerts/rules").await.expect(200);
    assert_eq!(BTreeSet::from_iter(names(&listed)), BTreeSet::from_iter(made));
    // Again, there is nothing left to make.
    let again = owner.post(APPLY, body).await.expect(201);
    assert_eq!(again["created"], json!([]));
    let skipped = again["skipped"].as_array().unwrap();
    assert_eq!((skipped.len(), &skipped[0]["ruleId"]), (4, &applied["created"][0]["id"]));
    // They work: everybody is gone.
    app.disconnect(&app.peers());
    app.pass(5).await;
    let alerts = app.alerts(&owner).await;
    assert!(alerts.iter().any(|alert| alert["ruleName"] == "Many peers are offline at once"), "{alerts:?}");
    let audited = owner.get("/api/audit/logs?action=rule.create").await.expect(200);
    assert_eq!(audited.as_array().unwrap().len(), 4);
    assert_eq!(alerts[0]["accountId"], json!(account));
}

/// What a template shows is what may be sent, word by word.
#[tokio::test]
async fn each_template_is_a_rule_that_may_be_sent() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for template in owner.get("/api/alerts/rule-templates").await.expect(200).as_array().unwrap() {
        let made = owner.post("/api/alerts/rules", template["rule"].clone()).await.expect(201);
        assert_eq!(made["conditionConfig"], template["rule"]["conditionConfig"], "{}", template["id"]);
    }
}

#[tokio::test]
async fn templates_that_watch_groups_are_given_them() {
    let app = TestApp::start_with(Options { peers: 30, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.tick().await;
    let group = owner.get("/api/netbird/groups").await.expect(200)[0]["name"].clone();
    let body = json!({ "templateIds": ["server-offline", "login-expired"], "groups": [group], "accountId": account });
    let applied = owner.post(APPLY, body).await.expect(201);
    assert_eq!(applied["created"][0]["conditionConfig"]["groups"], json!([group]));
    assert_eq!(applied["created"][1]["conditionConfig"]["groups"], json!([]), "who needs none watches all");
    assert!(applied["created"].as_array().unwrap().iter().all(|rule| rule["accountId"] == json!(account)));
}

#[tokio::test]
async fn nothing_is_made_of_what_is_wrong() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.tick().await;
    let stranger = "0199e7a0-0000-7000-8000-0000000000c1";
    for (body, pointer) in [
        (json!({ "templateIds": [] }), "/templateIds"),
        (json!({ "templateIds": ["login-expired", "nonsense"] }), "/templateIds/1"),
        (json!({ "templateIds": ["login-expired", "login-expired"] }), "/templateIds/1"),
        (json!({ "templateIds": ["login-expired", "server-offline"] }), "/groups"),
        (json!({ "templateIds": ["server-offline", "group-half-offline"], "groups": ["no such"] }), "/groups/0"),
        (json!({ "templateIds": ["login-expired"], "accountId": stranger }), "/accountId"),
        (json!({ "templateIds": ["login-expired", "approval-pending"], "channelIds": [stranger] }), "/channelIds/0"),
    ] {
        let refused = owner.post(APPLY, body.clone()).await.refused(422, "validation");
        let errors = refused["errors"].as_array().unwrap();
        assert_eq!((errors.len(), &errors[0]["pointer"]), (1, &json!(pointer)), "{body}");
    }
    assert_eq!(owner.get("/api/alerts/rules").await.total(), Some(0));
    let viewer = app.member(&owner, Role::Viewer).await;
    viewer.get("/api/alerts/rule-templates").await.expect(200);
    viewer.post(APPLY, json!({ "templateIds": ["login-expired"] })).await.refused(403, "forbidden");
}
