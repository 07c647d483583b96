//! Addresses of webhooks that are secrets themselves.

use platform_core::access::{Permission, Role};
use platform_tests::TestApp;
use serde_json::json;

#[tokio::test]
async fn a_webhooks_address_is_sealed_and_shown_in_part_to_those_who_write_rules() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let secret = "T0000000/B0000000/abcdefghijklmnopqrstuvwx";
    let url = format!("{}services/{secret}", app.receiver.url().replace("hook", ""));
    let body = json!({ "notificationConfig": { "webhook": { "enabled": true, "url": url } } });
    let made = app.make_rule(&owner, body).await;
    let host = made["notificationConfig"]["webhook"]["host"].clone();
    assert_eq!(host, "127.0.0.1");
    assert_eq!(made["notificationConfig"]["webhook"]["url"], "127.0.0.1…uvwx");
    let listed = owner.get("/api/alerts/rules").await.expect(200);
    assert_eq!(listed[0]["notificationConfig"]["webhook"]["url"], "127.0.0.1…uvwx");
    let reader = app.api_token(&owner, &[Permission::RulesRead]).await;
    for client in [&viewer.client, &reader] {
        let seen = client.get("/api/alerts/rules").await.expect(200);
        let webhook = &seen[0]["notificationConfig"]["webhook"];
        assert_eq!((&webhook["host"], &webhook["url"]), (&host, &json!(null)));
    }
    for item in app.stored() {
        assert!(!item.contains("abcdefghijklmnopqrstuvwx"), "it rests in the clear: {item}");
    }
    let trail = owner.get("/api/audit/logs").await.expect(200).to_string();
    assert!(!trail.contains("abcdefghijklmnopqrstuvwx"));
    // And it still is where messages go.
    app.connect_account(&owner).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(7).await;
    assert!(!app.receiver.received().is_empty());
}

/// Rules that were made before addresses were sealed go on.
#[tokio::test]
async fn a_rule_with_its_address_in_the_clear_still_tells() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let made = app.make_rule(&owner, json!({})).await;
    let store = &app.platform.store;
    let mut rule = store.rules(owner.tenant).await.unwrap().remove(0);
    let webhook = rule.notification.webhook.as_mut().unwrap();
    webhook.sealed_url = None;
    webhook.url = Some(app.receiver.url().parse().unwrap());
    (webhook.host, webhook.url_hint) = (String::new(), String::new());
    app.overwrite_rule(&rule).await;
    let listed = owner.get("/api/alerts/rules").await.expect(200);
    assert_eq!(listed[0]["notificationConfig"]["webhook"]["host"], "127.0.0.1");
    assert_eq!(listed[0]["id"], made["id"]);
    app.disconnect(&app.peers()[..1]);
    app.pass(7).await;
    assert!(!app.receiver.received().is_empty());
}

/// An address that does not open any more, as after a master key was lost: a try that failed, and is seen.
#[tokio::test]
async fn an_address_that_does_not_open_fails_visibly() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    let mut rule = app.platform.store.rules(owner.tenant).await.unwrap().remove(0);
    let webhook = rule.notification.webhook.as_mut().unwrap();
    webhook.sealed_url = Some(webhook.secret.clone());
    app.overwrite_rule(&rule).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(7).await;
    let alerts = app.alerts(&owner).await;
    let notifications = alerts[0]["notifications"].as_array().unwrap();
    let told = notifications.iter().find(|one| one["channel"] == "webhook").unwrap();
    assert_eq!(told["status"], "pending");
    assert!(told["attempts"].as_u64().unwrap() >= 1, "{told}");
    assert!(told["lastError"].as_str().unwrap().contains("the fault is logged"), "{told}");
    assert!(app.queues.dead_letters().is_empty());
}
