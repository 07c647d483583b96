//! What rules watch for beside peers that are offline: each condition from NetBird's answer to the message that it is over.

use jiff::SignedDuration;
use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// A platform with a rule that watches for something, which does not hold yet.
async fn watching(kind: &str, config: Value) -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    // Slow lists are read in turn.
    app.pass(15).await;
    app.make_rule(&owner, json!({ "conditionType": kind, "conditionConfig": config })).await;
    app.pass(1).await;
    assert!(app.alerts(&owner).await.is_empty(), "nothing holds yet");
    (app, owner)
}

/// The title and status of the newest alert.
async fn newest(app: &TestApp, owner: &Member) -> (String, String) {
    let alert = app.alerts(owner).await.first().cloned().expect("an alert");
    let text = |field: &str| alert[field].as_str().expect("a text").to_owned();
    (text("title"), text("status"))
}

/// What was told that is over, in its words now.
fn last_words(app: &TestApp) -> String {
    let last = app.receiver.received().pop().expect("a message");
    assert_eq!(last.kind(), "alert.resolved");
    last.body["data"]["title"].as_str().expect("a title").to_owned()
}

#[tokio::test]
async fn a_peer_that_awaits_approval_is_told_of_and_so_is_the_next() {
    let (app, owner) = watching("approval_pending", json!({})).await;
    let join = |name: &str| {
        app.network().change(|network, now| {
            assert!(network.add_peer(name, "servers", now));
            network.set_waiting(&[name], true);
        });
    };
    join("first");
    app.pass(2).await;
    assert_eq!(newest(&app, &owner).await, ("first awaits approval".into(), "open".into()));
    join("second");
    app.pass(2).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.fired"], "each by itself");
    app.network().change(|network, _| network.set_waiting(&["first"], false));
    app.pass(2).await;
    assert_eq!(last_words(&app), "first no longer awaits approval");
    // Who waits when a rule is made is told of: NetBird does not say since when.
    app.make_rule(&owner, json!({ "conditionType": "approval_pending", "conditionConfig": {} })).await;
    app.pass(2).await;
    assert_eq!(app.receiver.told().len(), 4);
    assert_eq!(newest(&app, &owner).await, ("second awaits approval".into(), "open".into()));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_login_that_expired_is_told_of() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let peers = app.network().change(|network, _| network.members("servers"));
    let config = json!({ "groups": ["servers"] });
    app.pass(15).await;
    app.make_rule(&owner, json!({ "conditionType": "login_expired", "conditionConfig": config })).await;
    app.pass(1).await;
    app.disconnect(&peers[..1]);
    app.network().change(|network, _| network.expire_logins(&peers[..1]));
    app.pass(2).await;
    assert_eq!(app.receiver.told().last().map(String::as_str), Some("alert.fired"));
    assert_eq!(newest(&app, &owner).await, (format!("{} needs to sign in again", peers[0]), "open".into()));
}

#[tokio::test]
async fn a_share_that_is_too_small_is_told_of_until_it_is_large_enough() {
    let (app, owner) = watching("group_health", json!({ "percent": 1, "groups": ["servers"] })).await;
    let servers = app.network().change(|network, _| network.members("servers"));
    app.disconnect(&servers);
    app.pass(2).await;
    let of = servers.len();
    assert_eq!(
        newest(&app, &owner).await,
        (format!("0 % of the peers of servers are online (0 of {of})"), "open".into())
    );
    app.connect(&servers);
    app.pass(2).await;
    assert_eq!(last_words(&app), format!("100 % of the peers of servers are online ({of} of {of})"));
}

#[tokio::test]
async fn a_network_that_nobody_routes_to_is_told_of() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.network().change(|network, now| assert!(network.add_peer("router-9", "routers", now)));
    app.pass(15).await;
    let config = json!({ "routes": false });
    app.make_rule(&owner, json!({ "conditionType": "network_unrouted", "conditionConfig": config })).await;
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await, Vec::<Value>::new());
    app.disconnect(&["router-9"]);
    app.pass(2).await;
    assert_eq!(newest(&app, &owner).await, ("Nobody routes to 2 of 2 networks".into(), "open".into()));
    app.connect(&["router-9"]);
    app.pass(2).await;
    assert_eq!(last_words(&app), "Every network has a routing peer online");
}

#[tokio::test]
async fn a_peer_that_comes_and_goes_is_told_of_once_until_it_keeps_still() {
    let config = json!({ "minChanges": 4, "withinMinutes": 10 });
    let (app, owner) = watching("peer_flapping", config.clone()).await;
    let peers = app.peers();
    let (flaps, still) = (&peers[..1], &peers[1..2]);
    app.disconnect(still);
    for _ in 0..2 {
        app.disconnect(flaps);
        app.pass(1).await;
        app.connect(flaps);
        app.pass(1).await;
    }
    assert_eq!(newest(&app, &owner).await, (format!("{} is flapping", flaps[0]), "open".into()));
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    let message = app.alerts(&owner).await[0]["message"].as_str().expect("a text").to_owned();
    assert!(
        message.ends_with("It came or went 4 times within 10 min, and counts until it has not for as long."),
        "{message}"
    );
    // Both within a minute: NetBird's date alone tells.
    app.pass(7).await;
    app.disconnect(flaps);
    app.skip(SignedDuration::from_secs(5));
    app.connect(flaps);
    app.pass(9).await;
    assert_eq!(app.receiver.told(), ["alert.fired"], "it was still for less than ten minutes");
    app.pass(3).await;
    assert_eq!(last_words(&app), format!("{} is flapping no more", flaps[0]));
    assert_eq!(app.receiver.told().len(), 2);
    assert_eq!(app.queues.take_failures(), [""; 0]);
    // The rule over the past tells of the same.
    let body = json!({ "conditionType": "peer_flapping", "conditionConfig": config, "days": 1 });
    let would = owner.post("/api/alerts/rules/test/history", body).await.expect(200);
    let alerts = would["alerts"].as_array().expect("a list");
    assert_eq!((alerts.len(), &would["messages"]), (1, &json!(2)), "{would}");
    assert!(alerts[0]["resolvedAt"].is_string(), "{would}");
    let body = json!({ "conditionType": "peer_flapping", "conditionConfig": config, "forMinutes": 10 });
    let refused = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/forMinutes");
}

/// A rule that looks at what peers did costs a minute nothing in which none of them did anything for as long.
#[tokio::test]
async fn a_quiet_minute_costs_no_more_with_a_rule_about_flapping() {
    let (app, owner) = watching("peer_inactive", json!({ "days": 200 })).await;
    app.pass(30).await;
    let meter = app.database.meter();
    let quiet = async || {
        meter.take();
        app.pass(1).await;
        meter.take()
    };
    let before = quiet().await;
    let config = json!({ "minChanges": 4, "withinMinutes": 10 });
    app.make_rule(&owner, json!({ "conditionType": "peer_flapping", "conditionConfig": config })).await;
    app.pass(2).await;
    let (reads, writes, calls) = quiet().await;
    assert_eq!((writes, calls), (before.1, before.2), "nothing is asked or written beside");
    assert!(reads <= before.0 + 1.0, "{reads} after {before:?}: no more than the rule itself");
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    assert_eq!(quiet().await.2, calls + 1, "one look at the log");
}

#[tokio::test]
async fn routes_count_too_and_networks_may_be_named() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.network().change(|network, now| assert!(network.add_peer("router-9", "routers", now)));
    app.pass(15).await;
    let networks = owner.get("/api/netbird/networks").await.expect(200);
    let (id, name) = (&networks[0]["id"], networks[0]["name"].as_str().expect("a name"));
    let named = json!({ "networks": [id] });
    let body = json!({ "conditionType": "network_unrouted", "conditionConfig": named });
    let refused = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/accountId", "a network is of one account");
    let all = app.make_rule(&owner, json!({ "conditionType": "network_unrouted", "conditionConfig": {} })).await;
    assert_eq!(all["conditionConfig"], json!({ "networks": [], "routes": true }));
    let one = json!({ "conditionType": "network_unrouted", "conditionConfig": named, "accountId": account });
    let one = app.make_rule(&owner, one).await;
    assert_eq!(one["conditionConfig"]["routes"], false);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await, Vec::<Value>::new());
    app.disconnect(&["router-9"]);
    app.pass(2).await;
    let alerts = app.alerts(&owner).await;
    let title = |rule: &Value| {
        let alert = alerts.iter().find(|alert| alert["ruleId"] == rule["id"]).expect("an alert");
        alert["title"].as_str().expect("a title").to_owned()
    };
    assert_eq!(title(&all), "Nobody routes to 4 of 4 networks and routes");
    assert_eq!(title(&one), format!("Nobody routes to {name}"));
}

#[tokio::test]
async fn a_peer_that_joins_is_told_of_and_those_that_were_there_are_not() {
    let (app, owner) = watching("peer_added", json!({ "window": 5 })).await;
    app.network().change(|network, now| assert!(network.add_peer("first", "servers", now)));
    app.pass(2).await;
    assert_eq!(newest(&app, &owner).await, ("first is new in the network".into(), "open".into()));
    app.network().change(|network, now| assert!(network.add_peer("second", "servers", now)));
    app.pass(2).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.fired"], "each by itself");
    // Another rule looks from now on.
    app.make_rule(&owner, json!({ "conditionType": "peer_added", "conditionConfig": { "groups": ["servers"] } })).await;
    app.pass(6).await;
    assert_eq!(app.receiver.told().len(), 4);
    assert_eq!(last_words(&app), "second has been in the network for 5 min");
    assert_eq!(app.alerts(&owner).await.len(), 2);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_login_that_is_about_to_expire_is_told_of_until_its_user_signed_in() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    // Logins of the network last a day.
    let laptops = app.network().change(|network, now| {
        let laptops = network.members("laptops");
        network.sign_in(&laptops, now);
        laptops
    });
    app.pass(15).await;
    let config = json!({ "hours": 2, "groups": ["laptops"] });
    app.make_rule(&owner, json!({ "conditionType": "login_expiring", "conditionConfig": config })).await;
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await, Vec::<Value>::new());
    app.skip(SignedDuration::from_hours(22));
    let owner = app.sign_in(&owner).await;
    app.pass(15).await;
    let (title, status) = newest(&app, &owner).await;
    assert!(title.contains("must sign in again within 2 h") && status == "open", "{title}");
    app.network().change(|network, now| network.sign_in(&laptops, now));
    app.pass(3).await;
    let said = last_words(&app);
    assert!(said.contains("must sign in again within 2 h any more") || said.contains("need not"), "{said}");

    // Where logins do not expire there is nothing to watch for.
    app.network().change(|network, _| network.set_logins_expire(false));
    app.pass(15).await;
    let body = json!({ "conditionType": "login_expiring", "conditionConfig": { "hours": 2 } });
    let refused = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/conditionType", "{refused}");
}

#[tokio::test]
async fn a_peer_that_was_away_for_days_is_told_of() {
    let (app, owner) = watching("peer_inactive", json!({ "days": 200 })).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(2).await;
    assert!(app.alerts(&owner).await.is_empty(), "not yet");
    app.skip(SignedDuration::from_hours(201 * 24));
    // The account was silent for as long.
    app.pass(4).await;
    let owner = app.sign_in(&owner).await;
    let alerts = app.alerts(&owner).await;
    let told = alerts.iter().find(|alert| alert["title"].as_str().is_some_and(|title| title.contains("been away")));
    assert!(told.is_some_and(|alert| alert["status"] == "open"), "{alerts:#?}");
}

#[tokio::test]
async fn an_old_client_is_told_of_until_it_is_updated_and_so_is_the_next() {
    let (app, owner) = watching("client_version", json!({ "minimum": "0.1.0" })).await;
    let peers = app.peers();
    app.network().change(|network, _| network.set_version(&peers[..1], "0.0.9"));
    app.pass(2).await;
    assert_eq!(newest(&app, &owner).await.0, format!("{} runs a client older than 0.1.0", peers[0]));
    let alert = app.alerts(&owner).await[0]["id"].as_str().unwrap().to_owned();
    owner.post(&format!("/api/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    // Whoever is on the first hears of the next.
    app.network().change(|network, _| network.set_version(&peers[1..3], "0.0.8"));
    app.pass(2).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.fired"]);
    let (title, _) = newest(&app, &owner).await;
    assert!(title.ends_with(" run a client older than 0.1.0") && title.contains(" and "), "{title}");
    app.network().change(|network, _| network.set_version(&peers[1..3], "0.2.0"));
    app.pass(2).await;
    assert_eq!(last_words(&app), "None of 2 peers runs a client older than 0.1.0 any more");
}

#[tokio::test]
async fn old_clients_are_one_alert_if_the_rule_says_so() {
    let (app, owner) = watching("client_version", json!({ "minimum": "0.1.0", "alertPer": "rule" })).await;
    let peers = app.peers();
    app.network().change(|network, _| network.set_version(&peers[..2], "0.0.9"));
    app.pass(2).await;
    let (title, _) = newest(&app, &owner).await;
    assert_eq!(title, format!("2 of {} peers run a client older than 0.1.0", peers.len()));
    app.network().change(|network, _| network.set_version(&peers[..2], "0.2.0"));
    app.pass(2).await;
    assert_eq!(last_words(&app), "No peer runs a client older than 0.1.0 any more");
}

#[tokio::test]
async fn what_netbird_logs_is_told_of_for_as_long_as_it_is_news() {
    let (app, owner) = watching("network_event", json!({ "activityCodes": ["peer.setupkey"], "window": 5 })).await;
    app.network().change(|network, now| assert!(network.add_peer("newcomer", "servers", now)));
    app.pass(2).await;
    let (title, status) = newest(&app, &owner).await;
    assert!(title.starts_with("Peer added") && status == "open", "{title}");
    app.pass(6).await;
    assert_eq!(last_words(&app), "No such event for 5 min");
    assert_eq!(app.alerts(&owner).await.len(), 1);
}

#[tokio::test]
async fn keys_that_expire_are_told_of_and_a_list_that_is_not_given_ends_nothing() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.pass(15).await;
    let test = async |days: u32| {
        let config = json!({ "days": days, "usedUp": true });
        let body = json!({ "conditionType": "setup_key_expiring", "conditionConfig": config });
        owner.post("/api/alerts/rules/test", body).await.expect(200)["accounts"][0].clone()
    };
    let all = test(90).await;
    assert_eq!((&all["holds"], all["of"].as_u64().is_some_and(|of| of > 0)), (&json!(true), true), "{all:#}");
    let rule = json!({ "conditionType": "setup_key_expiring", "conditionConfig": { "days": 90 } });
    let rule = app.make_rule(&owner, rule).await;
    app.pass(1).await;
    let (title, _) = newest(&app, &owner).await;
    assert!(title.to_lowercase().contains("setup key"), "{title}");
    // The server does not give the list any more: nobody knows whether it is over.
    app.network().fault(Fault { kind: FaultKind::NotFound, path: Some("setup-keys".to_owned()), times: None });
    app.pass(15).await;
    assert_eq!(newest(&app, &owner).await.1, "open");
    let blind = test(90).await;
    assert_eq!(blind["asOf"], Value::Null, "nothing is known of it");
    let lacks = json!([{ "list": "setup keys", "reason": "not_given" }]);
    assert_eq!(blind["waitsFor"], lacks, "and the test says why");
    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap());
    let waits = owner.get(&path).await.expect(200)["waits"].clone();
    assert_eq!((&waits[0]["accountName"], &waits[0]["lists"]), (&json!("HQ"), &lacks), "{waits}");
    app.network().heal();
    app.pass(15).await;
    assert_eq!(owner.get(&path).await.expect(200)["waits"], json!([]));
    assert_eq!(newest(&app, &owner).await.1, "open");
    assert_eq!(test(90).await["holds"], true);
}

#[tokio::test]
async fn one_more_key_is_told_even_to_whoever_is_on_the_others() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.network().fault(Fault { kind: FaultKind::Half, path: Some("setup-keys".to_owned()), times: None });
    app.connect_account(&owner).await;
    app.pass(15).await;
    app.make_rule(&owner, json!({ "conditionType": "setup_key_expiring", "conditionConfig": { "days": 90 } })).await;
    app.pass(1).await;
    let alert = app.alerts(&owner).await[0].clone();
    assert_eq!(alert["conditionType"], "setup_key_expiring");
    let path = format!("/api/alerts/{}/acknowledge", alert["id"].as_str().unwrap());
    owner.post(&path, json!({})).await.expect(200);
    app.network().heal();
    app.pass(15).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.grew"]);
    let grown = app.alerts(&owner).await[0].clone();
    assert_eq!((&grown["id"], grown["status"].as_str()), (&alert["id"], Some("open")));
    let total = |alert: &Value| alert["details"]["affected"]["total"].as_u64().unwrap();
    assert!(total(&grown) > total(&alert), "{grown:#}");
    app.pass(15).await;
    assert_eq!(app.receiver.told().len(), 2, "told once");
}

#[tokio::test]
async fn one_more_that_comes_when_a_reminder_is_due_is_told_all_the_same() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.network().fault(Fault { kind: FaultKind::Half, path: Some("setup-keys".to_owned()), times: None });
    let account = app.connect_account(&owner).await;
    app.pass(15).await;
    app.make_rule(&owner, json!({ "conditionType": "setup_key_expiring", "conditionConfig": { "days": 90 } })).await;
    app.pass(1).await;
    let alert = app.alerts(&owner).await[0]["id"].as_str().unwrap().to_owned();
    owner.post(&format!("/api/alerts/{alert}/acknowledge"), json!({})).await.expect(200);
    // Nobody looks for as long as a reminder takes.
    owner.post(&format!("/api/netbird/accounts/{account}/pause"), json!({})).await.expect(200);
    app.skip(SignedDuration::from_hours(5));
    app.network().heal();
    let owner = app.sign_in(&owner).await;
    owner.post(&format!("/api/netbird/accounts/{account}/resume"), json!({})).await.expect(200);
    app.settle().await;
    app.pass(15).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.grew"]);
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for (kind, config, pointer) in [
        ("group_health", json!({ "percent": 0 }), "percent"),
        ("group_health", json!({}), "percent"),
        ("peer_flapping", json!({ "minChanges": 2, "withinMinutes": 60 }), "minChanges"),
        ("peer_flapping", json!({ "minChanges": 51, "withinMinutes": 60 }), "minChanges"),
        ("peer_flapping", json!({ "minChanges": 3, "withinMinutes": 9 }), "withinMinutes"),
        ("peer_flapping", json!({ "minChanges": 3, "withinMinutes": 1441 }), "withinMinutes"),
        ("peer_flapping", json!({ "minChanges": 3 }), "withinMinutes"),
        ("peer_inactive", json!({ "days": 731 }), "days"),
        ("peer_inactive", json!({ "days": -1 }), "days"),
        ("client_version", json!({ "minimum": "latest" }), "minimum"),
        ("client_version", json!({ "minimum": "0.60.0", "alertPer": "group" }), "alertPer"),
        ("setup_key_expiring", json!({ "days": 0 }), "days"),
        ("setup_key_expiring", json!({ "days": 1, "usedUp": "yes" }), "usedUp"),
        ("network_event", json!({ "activityCodes": [] }), "activityCodes"),
        ("network_event", json!({ "activityCodes": ["policy", "a b"] }), "activityCodes/1"),
        ("network_event", json!({ "activityCodes": ["policy"], "window": 4 }), "window"),
        ("approval_pending", json!({ "days": 1 }), "days"),
        ("network_unrouted", json!({ "groups": ["servers"] }), "groups"),
        ("network_unrouted", json!({ "networks": [""] }), "networks/0"),
        ("peer_added", json!({ "window": 4 }), "window"),
        ("login_expiring", json!({}), "hours"),
        ("login_expiring", json!({ "hours": 2161 }), "hours"),
    ] {
        let body = json!({ "conditionType": kind, "conditionConfig": config });
        let refused = owner.post("/api/alerts/rules/test", body).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], format!("/conditionConfig/{pointer}"), "{kind}: {config}");
    }
}
