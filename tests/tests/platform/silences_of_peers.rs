//! Silences of peers and groups: what is about nothing else is held, and all else is told.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

const SILENCES: &str = "/api/alerts/silences";

async fn watched(rule: Value) -> (TestApp, Member, Value) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    (app, owner, json!(account))
}

fn at_once() -> Value {
    json!({ "conditionConfig": { "duration": 0 } })
}

/// The ids of some peers, in their order.
async fn ids(owner: &Member, names: &[String]) -> Vec<Value> {
    let peers = owner.get("/api/netbird/peers?limit=1000").await.expect(200);
    let of = |name: &String| {
        let mut peers = peers.as_array().unwrap().iter();
        peers.find(|peer| peer["name"] == *name).expect("a peer")["id"].clone()
    };
    names.iter().map(of).collect()
}

fn body(app: &TestApp, name: &str, lasts: i64, matchers: &Value) -> Value {
    json!({ "name": name, "matchers": matchers, "endsAt": app.now() + SignedDuration::from_mins(lasts) })
}

async fn silence(app: &TestApp, owner: &Member, name: &str, lasts: i64, matchers: Value) -> Value {
    owner.post(SILENCES, body(app, name, lasts, &matchers)).await.expect(201)
}

fn at(silence: &Value) -> String {
    format!("{SILENCES}/{}", silence["id"].as_str().unwrap())
}

/// Status and number of peers of each alert, in order.
async fn alerts(app: &TestApp, owner: &Member) -> Vec<(String, u64)> {
    let of = |alert: &Value| {
        (alert["status"].as_str().unwrap().to_owned(), alert["details"]["affected"]["total"].as_u64().unwrap())
    };
    let mut alerts: Vec<_> = app.alerts(owner).await.iter().map(of).collect();
    alerts.sort_unstable();
    alerts
}

#[tokio::test]
async fn of_peers_that_go_together_those_that_are_named_are_held_until_its_end() {
    let (app, owner, account) = watched(at_once()).await;
    let peers = app.peers();
    let named = ids(&owner, &peers[..2]).await;
    let made = silence(&app, &owner, "Two racks", 30, json!({ "accountIds": [account], "peerIds": named })).await;
    let mutes = made["mutes"].as_str().unwrap();
    assert!(peers[..2].iter().all(|peer| mutes.contains(peer.as_str())), "{mutes}");
    app.disconnect(&peers[..3]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    let seen = alerts(&app, &owner).await;
    assert_eq!(seen, [("open".to_owned(), 1), ("suppressed".to_owned(), 2)]);
    app.skip(SignedDuration::from_mins(29));
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.reopened"]);
    app.connect(&peers[..3]);
    app.pass(1).await;
    assert_eq!(app.receiver.told()[2..], ["alert.resolved"; 2]);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn one_alert_for_all_is_held_while_everybody_in_it_is_muted() {
    let (app, owner, account) = watched(json!({ "conditionConfig": { "threshold": 2, "duration": 0 } })).await;
    let peers = app.peers();
    let named = ids(&owner, &peers[..2]).await;
    let made = silence(&app, &owner, "Two racks", 600, json!({ "accountIds": [account], "peerIds": named })).await;
    app.disconnect(&peers[..2]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), [""; 0]);
    assert_eq!(alerts(&app, &owner).await, [("suppressed".to_owned(), 2)]);
    // A third, of which nobody said that it may be away.
    app.disconnect(&peers[2..3]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.reopened"]);
    let alert = app.alerts(&owner).await.remove(0);
    assert_eq!((&alert["status"], &alert["silence"]), (&json!("open"), &json!(null)));
    owner.delete(&at(&made)).await.expect(204);
    app.settle().await;
    assert_eq!(app.receiver.told(), ["alert.reopened"], "it was told");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_group_that_is_renamed_or_deleted_is_told_with_its_silence() {
    let (app, owner, account) = watched(at_once()).await;
    let peers = app.peers();
    app.network().change(|network, now| {
        network.add_group("edge", now);
        assert!(network.put_into("edge", &peers[..2]));
    });
    // Lists have their turn one by one.
    app.pass(20).await;
    let groups = owner.get("/api/netbird/groups?limit=1000").await.expect(200);
    let group = groups.as_array().unwrap().iter().find(|group| group["name"] == "edge").expect("it was read");
    let matchers = json!({ "accountIds": [account], "groupIds": [group["id"]] });
    let preview = owner.post(&format!("{SILENCES}/preview"), body_of_preview(&app, &matchers)).await.expect(200);
    assert_eq!(preview["peers"]["total"], 2);
    assert_eq!(preview["alertsTotal"], 0);
    let rules: Vec<&str> =
        preview["rules"].as_array().unwrap().iter().map(|rule| rule["ruleName"].as_str().unwrap()).collect();
    assert_eq!(rules, ["Servers down"], "whether the account can be read is about no peer");
    let made = silence(&app, &owner, "The edge", 600, matchers.clone()).await;
    assert_eq!(made["mutes"], "Alerts in HQ, only about the group edge");
    let named = json!([{ "kind": "group", "id": group["id"], "name": "edge", "isGone": false }]);
    assert_eq!(made["named"], named);
    app.disconnect(&peers[..2]);
    app.pass(1).await;
    assert_eq!(alerts(&app, &owner).await, [("suppressed".to_owned(), 2)]);
    let preview = owner.post(&format!("{SILENCES}/preview"), body_of_preview(&app, &matchers)).await.expect(200);
    assert_eq!(preview["alertsTotal"], 1);
    let elsewhere = ids(&owner, &peers[2..3]).await;
    let others = json!({ "accountIds": [account], "peerIds": elsewhere });
    let others = owner.post(&format!("{SILENCES}/preview"), body_of_preview(&app, &others)).await.expect(200);
    assert_eq!((&others["alertsTotal"], &others["peers"]["names"]), (&json!(0), &json!([peers[2]])));

    app.network().change(|network, now| assert!(network.rename_group("edge", "rim", now)));
    app.pass(20).await;
    let shown = owner.get(&at(&made)).await.expect(200);
    assert_eq!(shown["named"][0]["nameNow"], "rim");
    assert_eq!(app.receiver.told(), [""; 0], "it is the same group");
    let listed = owner.get(SILENCES).await.expect(200);
    assert_eq!(listed[0]["named"], named, "what became of them is told of one");
    app.network().change(|network, now| assert!(network.remove_group("rim", now)));
    app.pass(20).await;
    let shown = owner.get(&at(&made)).await.expect(200);
    assert_eq!(shown["named"][0]["isGone"], true);
    assert_eq!(app.receiver.told(), ["alert.reopened"], "its peers are in no group that is muted");
    // What is gone stays named until somebody takes it out.
    let again = owner.call("PUT", &at(&made), Some(body(&app, "The edge, still", 600, &matchers))).await.expect(200);
    assert_eq!(again["named"][0]["name"], "edge");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

fn body_of_preview(app: &TestApp, matchers: &Value) -> Value {
    json!({ "matchers": matchers, "endsAt": app.now() + SignedDuration::from_mins(60) })
}

#[tokio::test]
async fn what_the_account_does_not_have_is_refused_by_its_field() {
    let (app, owner, account) = watched(at_once()).await;
    let named = ids(&owner, &app.peers()[..1]).await;
    for (matchers, pointer) in [
        (json!({ "accountIds": [account], "peerIds": ["nobody's"] }), "/matchers/peerIds"),
        (json!({ "accountIds": [account], "groupIds": ["nobody's"] }), "/matchers/groupIds"),
        (json!({ "severities": ["high"], "peerIds": named }), "/matchers/peerIds"),
        (json!({ "accountIds": [account], "peerIds": [""] }), "/matchers/peerIds"),
    ] {
        let refused = owner.post(SILENCES, body(&app, "Wrong", 60, &matchers)).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{matchers}");
    }
    assert_eq!(owner.get(SILENCES).await.total(), Some(0), "nothing was kept");
}
