//! What a rule would have told in the past.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_core::access::Role;
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

async fn connected() -> (TestApp, Member) {
    let app = TestApp::start_with(Options { peers: 12, ..Options::default() }).await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.pass(2).await;
    (app, owner)
}

async fn tested(member: &Member, kind: &str, config: Value) -> Value {
    let body = json!({ "conditionType": kind, "conditionConfig": config, "days": 1 });
    member.post("/api/alerts/rules/test/history", body).await.expect(200)
}

fn moment(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

/// The rule that is there tells the same as the one that is only tried afterwards.
#[tokio::test]
async fn the_past_is_told_as_the_rule_told_it() {
    let (app, owner) = connected().await;
    let config = json!({ "duration": 3 });
    app.make_rule(&owner, json!({ "name": "Any", "conditionConfig": config, "notificationConfig": {} })).await;
    app.pass(1).await;
    let online: Vec<String> = app.peers();
    for (name, away) in [(&online[0], 10), (&online[1], 2), (&online[2], 20)] {
        app.disconnect(&[name]);
        app.pass(away).await;
        app.connect(&[name]);
        app.pass(4).await;
    }
    app.disconnect(&[&online[3], &online[4]]);
    app.pass(6).await;
    let would = tested(&owner, "peer_offline", config).await;
    let told: Vec<Value> = app.alerts(&owner).await;
    let news: Vec<&Value> = would["alerts"].as_array().unwrap().iter().filter(|alert| alert["told"] == true).collect();
    assert_eq!(news.len(), 3, "{would}");
    for alert in &news {
        let like = |one: &&Value| {
            moment(&one["triggeredAt"]).duration_since(moment(&alert["openedAt"])).abs()
                <= SignedDuration::from_secs(90)
        };
        let real = told.iter().find(like).unwrap_or_else(|| panic!("{alert}: {told:?}"));
        assert_eq!(real["resolvedAt"].is_null(), alert["resolvedAt"].is_null(), "{real} {alert}");
    }
    assert_eq!((&news[0]["peers"], &news[0]["resolvedAt"]), (&json!(2), &Value::Null));
    assert_eq!(would["messages"], 5, "three fired, two are over");
    assert_eq!(would["gaps"].as_array().unwrap().len(), 1, "before the account was connected");
    assert_eq!(would.get("stoppedAt"), None);
    // The same is so of all of them together.
    let count = json!({ "operator": "less_than", "threshold": 11, "status": "online" });
    let would = tested(&owner, "peer_count", count).await;
    assert!(would["alerts"][0]["resolvedAt"].is_null(), "{would}");
}

#[tokio::test]
async fn numbers_events_and_changes_have_a_past() {
    let (app, owner) = connected().await;
    for value in [1, 9, 9, 1, 1] {
        owner.post("/api/metrics", json!({ "metrics": [{ "name": "queue", "value": value }] })).await.expect(201);
        app.pass(1).await;
    }
    let config = json!({ "metric": "queue", "operator": "greater_than", "value": 5 });
    let would = tested(&owner, "custom_metric", config).await;
    let alerts = would["alerts"].as_array().unwrap();
    assert_eq!(alerts.len(), 1, "{would}");
    let lasted = moment(&alerts[0]["resolvedAt"]).duration_since(moment(&alerts[0]["openedAt"]));
    assert_eq!((lasted.as_mins(), &would["messages"]), (2, &json!(2)));
    let config = json!({ "metric": "peers_total", "operator": "greater_than", "value": 0 });
    let would = tested(&owner, "custom_metric", config).await;
    assert!(would["alerts"][0]["resolvedAt"].is_null(), "{would}");
    for (kind, config) in [
        ("network_event", json!({ "activityCodes": ["peer"] })),
        ("configuration_changed", json!({})),
        ("peer_inactive", json!({ "days": 1 })),
        ("peer_flapping", json!({ "minChanges": 3, "withinMinutes": 60 })),
        ("group_health", json!({ "percent": 50 })),
    ] {
        tested(&owner, kind, config).await;
    }
}

#[tokio::test]
async fn what_has_no_past_says_so() {
    let (app, owner) = connected().await;
    let path = "/api/alerts/rules/test/history";
    for (body, pointer) in [
        (json!({ "conditionType": "login_expired", "conditionConfig": {}, "days": 7 }), "/conditionType"),
        (
            json!({ "conditionType": "setup_key_expiring", "conditionConfig": { "days": 7 }, "days": 7 }),
            "/conditionType",
        ),
        (json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "days": 15 }), "/days"),
        (json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "days": 0 }), "/days"),
        (json!({ "conditionType": "peer_offline", "conditionConfig": {}, "days": 1 }), "/conditionConfig/duration"),
        (
            json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 5, "groups": ["no such"] }, "days": 1 }),
            "/conditionConfig/groups/0",
        ),
    ] {
        let refused = owner.post(path, body.clone()).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{body}");
    }
    let viewer = app.member(&owner, Role::Viewer).await;
    let body = json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "days": 1 });
    viewer.post(path, body).await.refused(403, "forbidden");
}
