//! Rules that open an alert for each of their groups.

use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// A network with two groups of two peers, and a rule that has an alert for each of the groups.
async fn watching(config: Value, kind: &str) -> (TestApp, Member, Value, Vec<String>) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let peers = app.peers()[..4].to_vec();
    app.network().change(|network, now| {
        for (group, peers) in [("east", &peers[..2]), ("west", &peers[2..])] {
            network.add_group(group, now);
            assert!(network.put_into(group, peers));
        }
    });
    app.connect_account(&owner).await;
    let mut whole = json!({ "groups": ["east", "west"], "alertPer": "group" });
    let fields = whole.as_object_mut().expect("it is an object");
    fields.extend(config.as_object().expect("a configuration is an object").clone());
    let rule = app.make_rule(&owner, json!({ "conditionType": kind, "conditionConfig": whole })).await;
    app.pass(1).await;
    assert!(app.alerts(&owner).await.is_empty(), "nothing holds yet");
    (app, owner, rule, peers)
}

/// Group, title and status of each alert, newest first.
async fn told(app: &TestApp, owner: &Member) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let alerts = app.alerts(owner).await;
    alerts.iter().map(|one| (text(&one["group"]["name"]), text(&one["title"]), text(&one["status"]))).collect()
}

fn one(group: &str, title: impl Into<String>, status: &str) -> (String, String, String) {
    (group.into(), title.into(), status.into())
}

#[tokio::test]
async fn each_group_is_told_by_itself_and_grows_by_itself() {
    let (app, owner, _, peers) = watching(json!({ "duration": 0 }), "peer_offline").await;
    app.disconnect(&peers[..1]);
    app.pass(1).await;
    let east = one("east", format!("{} is offline", peers[0]), "open");
    assert_eq!(told(&app, &owner).await, [east]);
    let id = app.alerts(&owner).await[0]["id"].as_str().unwrap().to_owned();
    owner.post(&format!("/api/alerts/{id}/acknowledge"), json!({})).await.expect(200);

    // Another group is another alert; of the first nobody hears.
    app.disconnect(&peers[2..3]);
    app.pass(1).await;
    assert_eq!(
        told(&app, &owner).await,
        [
            one("west", format!("{} is offline", peers[2]), "open"),
            one("east", format!("{} is offline", peers[0]), "acknowledged"),
        ]
    );
    // One more of a group is told in its alert, also to whoever is on the others.
    let before = app.receiver.received().len();
    app.disconnect(&peers[1..2]);
    app.pass(1).await;
    let told_now = told(&app, &owner).await;
    assert_eq!(told_now[1], one("east", "2 of 2 peers of east are offline", "open"));
    assert_eq!(app.receiver.received().len(), before + 1);

    app.connect(&peers[..2]);
    app.pass(1).await;
    let told_now = told(&app, &owner).await;
    assert_eq!(told_now[1], one("east", "All 2 peers of east are online", "resolved"));
    assert_eq!(told_now[0].2, "open", "the other goes on");
    let detail = owner.get(&format!("/api/alerts/{id}")).await.expect(200);
    let events: Vec<&str> =
        detail["history"].as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect();
    assert_eq!(events, ["fired", "acknowledged", "grew", "resolved"]);
}

#[tokio::test]
async fn one_that_is_suppressed_or_resolved_by_hand_leaves_the_other_alone() {
    let (app, owner, _, peers) = watching(json!({ "duration": 0 }), "peer_offline").await;
    app.disconnect(&[&peers[0], &peers[2]]);
    app.pass(1).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!(alerts.len(), 2);
    let path = |group: &str, step: &str| {
        let alert = alerts.iter().find(|one| one["group"]["name"] == group).expect("there is one");
        format!("/api/alerts/{}/{step}", alert["id"].as_str().unwrap())
    };
    let until = app.now() + jiff::SignedDuration::from_mins(5);
    owner.post(&path("east", "suppress"), json!({ "until": until.to_string() })).await.expect(200);
    owner.post(&path("west", "resolve"), json!({})).await.expect(200);
    app.pass(1).await;
    let now = told(&app, &owner).await;
    assert_eq!(now.len(), 3, "what was resolved by hand and is still so is told anew: {now:?}");
    assert_eq!((now[0].0.as_str(), now[0].2.as_str()), ("west", "open"));
    assert!(now.contains(&one("east", format!("{} is offline", peers[0]), "suppressed")));
    app.pass(5).await;
    let now = told(&app, &owner).await;
    assert!(now.contains(&one("east", format!("{} is offline", peers[0]), "open")), "its time is over: {now:?}");
}

#[tokio::test]
async fn a_rule_that_changes_ends_what_it_told_of_its_groups() {
    let (app, owner, rule, peers) = watching(json!({ "duration": 0 }), "peer_offline").await;
    app.disconnect(&[&peers[0], &peers[2]]);
    app.pass(1).await;
    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap());
    let change = |config: Value| {
        json!({
            "name": "Servers down", "conditionType": "peer_offline", "conditionConfig": config, "severity": "high",
            "notificationConfig": {},
        })
    };
    let together = json!({ "duration": 0, "groups": ["east", "west"], "alertPer": "rule" });
    owner.call("PUT", &path, Some(change(together))).await.expect(200);
    app.pass(2).await;
    let now = told(&app, &owner).await;
    let open: Vec<_> = now.iter().filter(|one| one.2 == "open").collect();
    assert_eq!(open, [&one("", "2 of 4 peers of east, west are offline", "open")], "{now:?}");
    owner.delete(&path).await.expect(204);
    app.pass(1).await;
    assert!(told(&app, &owner).await.iter().all(|one| one.2 == "resolved"));
}

#[tokio::test]
async fn a_rule_that_tells_of_each_peer_from_now_on_tells_of_those_that_its_groups_told_of() {
    let (app, owner, rule, peers) = watching(json!({ "duration": 0 }), "peer_offline").await;
    app.disconnect(&peers[..1]);
    app.pass(5).await;
    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap());
    let each = json!({ "duration": 0, "groups": ["east", "west"], "alertPer": "peer" });
    let body = json!({
        "name": "Servers down", "conditionType": "peer_offline", "conditionConfig": each, "severity": "high",
        "notificationConfig": { "webhook": { "enabled": true, "url": app.receiver.url() } },
    });
    owner.call("PUT", &path, Some(body)).await.expect(200);
    app.pass(2).await;
    let now = told(&app, &owner).await;
    assert_eq!(now.iter().filter(|one| one.2 == "open").count(), 1, "{now:?}");
    let open = owner.get("/api/alerts?status=open").await.expect(200);
    let alert = owner.get(&format!("/api/alerts/{}", open[0]["id"].as_str().unwrap())).await.expect(200);
    assert!(!alert["notifications"].as_array().unwrap().is_empty(), "it was told before, and is told: {alert}");
}

#[tokio::test]
async fn the_share_of_each_group_is_its_own() {
    let (app, owner, _, peers) = watching(json!({ "percent": 60 }), "group_health").await;
    app.disconnect(&peers[2..3]);
    app.pass(1).await;
    assert_eq!(
        told(&app, &owner).await,
        [one("west", "50 % of the peers of west is online (1 of 2)", "open")],
        "of all of them, 75 % are"
    );
    // It is tested the same way.
    let config = json!({ "percent": 60, "groups": ["east", "west"], "alertPer": "group" });
    let body = json!({ "conditionType": "group_health", "conditionConfig": config });
    let test = owner.post("/api/alerts/rules/test", body).await.expect(200);
    let account = &test["accounts"][0];
    assert_eq!((&account["holds"], &account["total"], &account["of"]), (&json!(true), &json!(1), &json!(2)));
    assert_eq!(account["looksAt"], 4);
    let groups = account["groups"].as_array().unwrap();
    let holds: Vec<_> = groups.iter().map(|one| (one["name"].as_str().unwrap(), &one["holds"])).collect();
    assert_eq!(holds, [("east", &json!(false)), ("west", &json!(true))]);
    assert!(test["sentence"].as_str().unwrap().contains("group by group"), "{test}");
    let config = json!({ "percent": 60, "names": ["nobody-*"] });
    let body = json!({ "conditionType": "group_health", "conditionConfig": config });
    let test = owner.post("/api/alerts/rules/test", body).await.expect(200);
    assert_eq!((&test["accounts"][0]["looksAt"], &test["accounts"][0]["holds"]), (&json!(0), &json!(false)));
}

#[tokio::test]
async fn the_past_is_played_group_by_group() {
    let (app, owner, _, peers) = watching(json!({ "duration": 0 }), "peer_offline").await;
    app.disconnect(&[&peers[0], &peers[2]]);
    app.pass(2).await;
    app.connect(&peers[..1]);
    app.pass(2).await;
    let config = json!({ "duration": 0, "groups": ["east", "west"], "alertPer": "group" });
    let body = json!({ "conditionType": "peer_offline", "conditionConfig": config, "days": 1 });
    let test = owner.post("/api/alerts/rules/test/history", body).await.expect(200);
    let alerts = test["alerts"].as_array().unwrap();
    let ended: Vec<bool> = alerts.iter().map(|one| !one["resolvedAt"].is_null()).collect();
    assert_eq!(alerts.len(), 2, "{test}");
    assert_eq!(ended.iter().filter(|ended| **ended).count(), 1, "{test}");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    for (kind, config) in [
        ("peer_offline", json!({ "duration": 5, "alertPer": "group" })),
        ("peer_offline", json!({ "duration": 5, "threshold": 2, "alertPer": "peer" })),
        ("group_health", json!({ "percent": 50, "groups": ["servers"], "alertPer": "peer" })),
        ("peer_inactive", json!({ "days": 5, "alertPer": "group" })),
    ] {
        let body = json!({ "conditionType": kind, "conditionConfig": config });
        let refused = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], "/conditionConfig/alertPer", "{kind}: {refused}");
    }
}
