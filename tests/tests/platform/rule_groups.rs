//! Rules name groups, and groups are renamed, deleted and created anew in NetBird.

use platform_core::ids::{AccountId, RuleId};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

fn path(rule: &Value) -> String {
    format!("/api/alerts/rules/{}", rule["id"].as_str().expect("a rule has an id"))
}

/// A network with a group of two peers, which is called "edge".
async fn with_edge() -> (TestApp, Member, String, Vec<String>) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let peers = app.peers()[..2].to_vec();
    app.network().change(|network, now| {
        network.add_group("edge", now);
        assert!(network.put_into("edge", &peers));
    });
    let account = app.connect_account(&owner).await;
    (app, owner, account, peers)
}

fn offline(groups: &[&str]) -> Value {
    json!({ "threshold": 1, "duration": 0, "groups": groups })
}

fn rename(app: &TestApp, name: &str, new: &str) {
    assert!(app.network().change(|network, now| network.rename_group(name, new, now)));
}

fn remove(app: &TestApp, name: &str) {
    assert!(app.network().change(|network, now| network.remove_group(name, now)));
}

#[tokio::test]
async fn a_renamed_group_is_watched_and_named_as_it_is_called_now() {
    let (app, owner, account, peers) = with_edge().await;
    let rule = app.make_rule(&owner, json!({ "conditionConfig": offline(&["edge"]) })).await;
    assert_eq!(rule["groups"][0]["accounts"][0]["accountId"], account);
    app.pass(1).await;
    rename(&app, "edge", "border");
    app.pass(1).await;
    let shown = owner.get(&path(&rule)).await.expect(200);
    assert_eq!(shown["conditionConfig"]["groups"], json!(["border"]));
    assert!(shown["sentence"].as_str().unwrap().starts_with("When any peer of border is offline"), "{shown}");
    let group = &shown["groups"][0];
    assert_eq!((&group["name"], &group["accounts"][0]["name"]), (&json!("border"), &json!("border")));
    assert_eq!(group["accounts"][0]["groupId"], rule["groups"][0]["accounts"][0]["groupId"]);

    app.disconnect(&peers);
    app.pass(1).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!(alerts.len(), 1, "the rename disarmed nothing");
    assert_eq!(alerts[0]["title"], format!("{} and {} are offline", peers[0], peers[1]));
    assert_eq!(alerts[0]["details"]["groups"], json!(["border"]));
    app.connect(&peers);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await[0]["title"], "Both peers of border are back online");
}

#[tokio::test]
async fn another_group_that_takes_the_name_is_another_one() {
    let (app, owner, _, peers) = with_edge().await;
    let rule = app.make_rule(&owner, json!({ "conditionConfig": offline(&["edge"]) })).await;
    app.pass(1).await;
    let other = app.peers()[5..6].to_vec();
    rename(&app, "edge", "border");
    let new = app.network().change(|network, now| {
        let id = network.add_group("edge", now);
        network.put_into("edge", &other);
        id
    });
    app.pass(1).await;
    app.disconnect(&other);
    app.pass(1).await;
    assert!(app.alerts(&owner).await.is_empty(), "it is not the one that was meant");

    // Sent back as it was shown, it stays the same group; chosen by its name, it is the new one.
    let mut change = json!({
        "name": "Servers down", "conditionType": "peer_offline", "conditionConfig": offline(&["border"]),
        "severity": "high", "notificationConfig": {},
    });
    let kept = owner.call("PUT", &path(&rule), Some(change.clone())).await.expect(200);
    assert_ne!(kept["groups"][0]["accounts"][0]["groupId"], new);
    app.settle().await;
    assert!(app.alerts(&owner).await.is_empty());
    change["conditionConfig"] = offline(&["edge"]);
    let chosen = owner.call("PUT", &path(&rule), Some(change)).await.expect(200);
    assert_eq!(chosen["groups"][0]["accounts"][0]["groupId"], new);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await[0]["title"], format!("{} is offline", other[0]));
    app.disconnect(&peers);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await.len(), 1);
}

#[tokio::test]
async fn a_group_that_is_gone_is_told_once_and_resolved_when_it_is_back() {
    let (app, owner, _, peers) = with_edge().await;
    let rule = app.make_rule(&owner, json!({ "conditionConfig": offline(&["edge"]), "severity": "medium" })).await;
    app.pass(1).await;
    let before = owner.get(&path(&rule)).await.expect(200);
    remove(&app, "edge");
    app.pass(4).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!(alerts.len(), 1);
    assert_eq!(alerts[0]["title"], "Servers down watches a group that HQ does not have: edge");
    assert_eq!((&alerts[0]["ruleId"], &alerts[0]["severity"]), (&rule["id"], &json!("medium")));
    app.pass(10).await;
    assert_eq!(app.receiver.told(), ["alert.fired"], "once");
    assert_eq!(app.mailbox.to("ops@acme.example").len(), 1);
    let shown = owner.get(&path(&rule)).await.expect(200);
    assert_eq!(shown["groups"][0]["accounts"][0]["missing"], true);
    app.disconnect(&peers[..1]);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await.len(), 1, "nobody is in it");

    // Somebody creates it anew: it has another id, and is learnt.
    app.network().change(|network, now| {
        network.add_group("edge", now);
        network.put_into("edge", &peers);
    });
    app.pass(1).await;
    let shown = owner.get(&path(&rule)).await.expect(200);
    let group = &shown["groups"][0]["accounts"][0];
    assert_eq!(group["missing"], false);
    assert_ne!(group["groupId"], before["groups"][0]["accounts"][0]["groupId"]);
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved", "alert.fired"], "and its peer is down");
    let alerts = app.alerts(&owner).await;
    assert_eq!(alerts[0]["title"], format!("{} is offline", peers[0]));
    assert_eq!(alerts[1]["title"], "HQ has the group again that Servers down watches");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn an_alert_about_a_group_ends_with_the_group() {
    let (app, owner, _, peers) = with_edge().await;
    let rule = app.make_rule(&owner, json!({ "conditionConfig": offline(&["edge"]), "keepFiringMinutes": 60 })).await;
    app.disconnect(&peers);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    remove(&app, "edge");
    app.pass(1).await;
    let alerts = app.alerts(&owner).await;
    let said = format!("{} and {} are offline", peers[0], peers[1]);
    let of_peers = alerts.iter().find(|alert| alert["problem"] == said).unwrap();
    assert_eq!(of_peers["status"], "resolved");
    assert_eq!(of_peers["resolvedMessage"], "The account has none of the groups any more that the rule watches.");
    assert_eq!(alerts.iter().filter(|alert| alert["status"] == "open").count(), 1, "that the group is gone");

    // Which is over too when the rule is deleted.
    assert_eq!(owner.delete(&path(&rule)).await.status, 204);
    app.settle().await;
    assert!(app.alerts(&owner).await.iter().all(|alert| alert["status"] == "resolved"));
    assert_eq!(app.receiver.told().iter().filter(|told| *told == "alert.resolved").count(), 2);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_changed_rule_ends_what_was_told_of_its_groups() {
    let (app, owner, ..) = with_edge().await;
    let rule = app.make_rule(&owner, json!({ "conditionConfig": offline(&["edge", "servers"]) })).await;
    app.pass(1).await;
    remove(&app, "edge");
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    let change = |groups: &[&str]| {
        json!({
            "name": "Servers down", "conditionType": "peer_offline", "conditionConfig": offline(groups),
            "severity": "high", "notificationConfig": { "webhook": { "enabled": true } },
        })
    };
    let refused = owner.call("PUT", &path(&rule), Some(change(&["servers", "edge"]))).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/conditionConfig/groups/1");
    owner.call("PUT", &path(&rule), Some(change(&["servers"]))).await.expect(200);
    app.pass(2).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!((alerts.len(), &alerts[0]["resolvedMessage"]), (1, &json!("The rule was changed.")));
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
}

#[tokio::test]
async fn an_account_that_never_had_the_group_is_told_nothing_of() {
    let (app, owner, hq, peers) = with_edge().await;
    let elsewhere = app.another_netbird(4, 2).await;
    let branch = app.connect_account_at(&owner, "Branch", &elsewhere).await;
    // A group that is not there is no group without peers.
    let config = json!({ "operator": "less_than", "threshold": 2, "status": "online", "groups": ["edge"] });
    let rule = app.make_rule(&owner, json!({ "conditionType": "peer_count", "conditionConfig": config.clone() })).await;
    app.pass(5).await;
    assert!(app.alerts(&owner).await.is_empty());
    let shown = owner.get(&path(&rule)).await.expect(200);
    let accounts = shown["groups"][0]["accounts"].as_array().unwrap();
    assert_eq!((accounts.len(), &accounts[0]["accountId"]), (1, &json!(hq)));

    // From when it has one, it is watched.
    elsewhere.handle().change(|network, now| {
        let name = network.peers()[0].name.clone();
        network.add_group("edge", now);
        network.put_into("edge", &[name]);
    });
    app.pass(1).await;
    let alerts = app.alerts(&owner).await;
    assert_eq!((alerts.len(), &alerts[0]["accountId"]), (1, &json!(branch)));
    app.disconnect(&peers);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await.len(), 2);

    // And who names it for an account alone that lacks it is told at once.
    let body = json!({
        "name": "R", "conditionType": "peer_count", "severity": "low", "notificationConfig": {}, "accountId": branch,
        "conditionConfig": { "operator": "less_than", "threshold": 2, "groups": ["border"] },
    });
    let refused = owner.post("/api/alerts/rules", body).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/conditionConfig/groups/0");
    assert_eq!(refused["errors"][0]["detail"], "is no group of Branch, as of its last sync");
}

#[tokio::test]
async fn a_group_that_nobody_has_is_refused_where_all_is_known() {
    let (app, owner, hq, _) = with_edge().await;
    let body = |groups: &[&str], account: Option<&str>| {
        json!({
            "name": "R", "conditionType": "peer_offline", "conditionConfig": offline(groups), "severity": "low",
            "notificationConfig": {}, "accountId": account,
        })
    };
    for account in [None, Some(hq.as_str())] {
        let refused = owner
            .post("/api/alerts/rules", body(&["edge", "Edge", "servers"], account))
            .await
            .refused(422, "validation");
        let pointers: Vec<&Value> = refused["errors"].as_array().unwrap().iter().map(|one| &one["pointer"]).collect();
        assert_eq!(pointers, ["/conditionConfig/groups/1"]);
    }
    owner.post("/api/alerts/rules", body(&["edge", "servers"], Some(&hq))).await.expect(201);
    // An account of which nothing is known yet may have it.
    let unread = app.another_netbird(4, 2).await;
    let connection =
        json!({ "name": "New", "baseUrl": unread.url(), "apiToken": platform_netbird::fake::Tokens::GOOD });
    owner.post("/api/netbird/accounts", connection).await.expect(201);
    owner.post("/api/alerts/rules", body(&["Edge"], None)).await.expect(201);
}

/// What is learnt is written when it is learnt, and not again.
#[tokio::test]
async fn a_quiet_tick_writes_nothing_of_groups() {
    let (app, owner, account, _) = with_edge().await;
    let rule = app.make_rule(&owner, json!({ "conditionConfig": offline(&["edge", "servers"]) })).await;
    app.pass(3).await;
    let (id, account): (RuleId, AccountId) = (rule["id"].as_str().unwrap().parse().unwrap(), account.parse().unwrap());
    let version = || async {
        let states = app.platform.store.states_of_rule(owner.tenant, id, &[account]).await.unwrap();
        (states[0].version, app.platform.store.rule(owner.tenant, id).await.unwrap().unwrap().version)
    };
    let before = version().await;
    app.pass(7).await;
    assert_eq!(version().await, before);
    rename(&app, "edge", "border");
    app.pass(7).await;
    assert_eq!(version().await, (before.0 + 1, before.1), "once, and nothing of the rule itself");
}
