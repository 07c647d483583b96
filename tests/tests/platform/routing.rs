//! Routes of alerts: who else is told, whatever the rule says.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

const CHANNELS: &str = "/api/alerts/channels";
const ROUTES: &str = "/api/alerts/routes";

async fn channel(app: &TestApp, owner: &Member, name: &str) -> Value {
    let webhook = format!("{}/{name}/of-{name}", app.receiver.url());
    let config = json!({ "type": "slack", "webhook": webhook, "channel": format!("#{name}") });
    owner.post(CHANNELS, json!({ "name": name, "config": config })).await.expect(201)["id"].clone()
}

async fn route(owner: &Member, name: &str, matchers: Value, channels: &[&Value]) -> Value {
    owner.post(ROUTES, json!({ "name": name, "matchers": matchers, "channelIds": channels })).await.expect(201)
}

fn at(route: &Value) -> String {
    format!("{ROUTES}/{}", route["id"].as_str().unwrap())
}

/// A platform with the channels *day* and *night*, and a rule that tells the first at once.
async fn routed() -> (TestApp, Member, [Value; 2], Value, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let channels = [channel(&app, &owner, "day").await, channel(&app, &owner, "night").await];
    let rule = json!({
        "conditionConfig": { "threshold": 1, "duration": 0 }, "notificationConfig": {}, "channelIds": [channels[0]],
    });
    let rule = app.make_rule(&owner, rule).await;
    app.pass(1).await;
    (app, owner, channels, rule, account)
}

/// How often each channel was told so far.
fn told(app: &TestApp) -> [usize; 2] {
    let bodies: Vec<Value> = app.receiver.received().into_iter().map(|message| message.body).collect();
    ["#day", "#night"].map(|name| bodies.iter().filter(|body| body["channel"] == name).count())
}

async fn newest(app: &TestApp, owner: &Member) -> Value {
    let id = app.alerts(owner).await.remove(0)["id"].as_str().unwrap().to_owned();
    owner.get(&format!("/api/alerts/{id}")).await.expect(200)
}

#[tokio::test]
async fn an_alert_that_matches_also_tells_the_channels_of_its_routes_until_it_ends() {
    let (app, owner, [day, night], rule, _) = routed().await;
    let both = route(&owner, "High to both", json!({ "severities": ["high"] }), &[&day, &night]).await;
    route(&owner, "Critical", json!({ "severities": ["critical"] }), &[&night]).await;
    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(1).await;
    assert_eq!(told(&app), [1, 1], "each way once");
    let alert = newest(&app, &owner).await;
    assert_eq!(alert["routedBy"], json!([{ "id": both["id"], "name": "High to both" }]));
    assert_eq!(alert["history"][0]["message"], "The route “High to both” told day, night.");

    // What becomes of the route later changes nothing for whoever was told by it.
    owner.delete(&at(&both)).await.expect(204);
    app.skip(SignedDuration::from_mins(240));
    app.pass(1).await;
    assert_eq!(told(&app), [2, 2], "a reminder");
    app.connect(&[peer]);
    app.pass(1).await;
    assert_eq!(told(&app), [3, 3], "the end");
    app.disconnect(&app.peers()[1..2]);
    app.pass(1).await;
    assert_eq!(told(&app), [4, 3], "there is no such route any more");
    assert_eq!(newest(&app, &owner).await["routedBy"], json!([]));
    let shown = owner.get(&format!("/api/alerts/rules/{}", rule["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(shown["channelIds"], json!([day]), "the rule's own channels stay");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_route_of_a_group_tells_of_its_peers_and_of_rules_that_look_at_it() {
    let (app, owner, [_, night], _, account) = routed().await;
    let [inside, outside] = [&app.peers()[..1], &app.peers()[1..2]].map(<[String]>::to_vec);
    app.network().change(|network, now| {
        network.add_group("edge", now);
        assert!(network.put_into("edge", &inside));
    });
    // Lists have their turn one by one.
    app.pass(20).await;
    let groups = owner.get("/api/netbird/groups?limit=1000").await.expect(200);
    let group = groups.as_array().unwrap().iter().find(|group| group["name"] == "edge").expect("it was read");
    let matchers = json!({ "accountIds": [account], "groupIds": [group["id"]] });
    route(&owner, "Its team", matchers, &[&night]).await;
    app.disconnect(&outside);
    app.pass(1).await;
    assert_eq!(told(&app), [1, 0], "none of its peers");
    app.disconnect(&inside);
    app.pass(1).await;
    assert_eq!(told(&app), [2, 1]);
    let shown = owner.get(ROUTES).await.expect(200);
    assert!(shown[0]["matches"].as_str().unwrap().ends_with("only about 1 group"), "{shown:#}");

    // A rule that looks at the group, whatever its peers are.
    let rule = json!({
        "name": "Few", "conditionType": "peer_count", "notificationConfig": {},
        "conditionConfig": { "operator": "less_than", "threshold": 3, "status": "online", "groups": [group["name"]] },
    });
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    assert_eq!(told(&app), [2, 2]);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn what_a_silence_held_tells_its_routes_when_somebody_opens_it() {
    let (app, owner, [_, night], _, account) = routed().await;
    route(&owner, "Everything", json!({}), &[&night]).await;
    let ends_at = app.now() + SignedDuration::from_mins(60);
    let silence = json!({ "name": "Move", "matchers": { "accountIds": [account] }, "endsAt": ends_at });
    owner.post("/api/alerts/silences", silence).await.expect(201);
    app.disconnect(&app.peers()[..2]);
    app.pass(1).await;
    assert_eq!(told(&app), [0, 0]);
    let alert = newest(&app, &owner).await;
    owner.post(&format!("/api/alerts/{}/reopen", alert["id"].as_str().unwrap()), json!({})).await.expect(200);
    app.settle().await;
    assert_eq!(told(&app), [1, 1]);
    // What nobody opens tells them when the silence ends.
    app.disconnect(&app.peers()[2..3]);
    app.pass(1).await;
    assert_eq!(told(&app), [1, 1]);
    app.pass(60).await;
    assert_eq!(told(&app), [2, 2]);
    let told_last = newest(&app, &owner).await;
    let said = told_last["history"].as_array().unwrap().last().unwrap()["message"].as_str().unwrap().to_owned();
    assert_eq!(said, "The silence “Move” mutes it no longer. The route “Everything” told night.");
}

#[tokio::test]
async fn a_channel_that_a_route_names_stays_and_a_route_is_switched_off_and_on() {
    let (app, owner, [day, night], rule, _) = routed().await;
    let made = route(&owner, "Night", json!({ "ruleIds": [rule["id"]] }), &[&night]).await;
    let used = owner.delete(&format!("{CHANNELS}/{}", night.as_str().unwrap())).await.refused(409, "conflict");
    assert_eq!(used["detail"], "1 route of the tenant uses it: Night");
    let shown = owner.get(&format!("{CHANNELS}/{}", night.as_str().unwrap())).await.expect(200);
    assert_eq!(shown["routedBy"], json!([{ "id": made["id"], "name": "Night" }]));
    let twice = owner.post(ROUTES, json!({ "name": " NIGHT", "matchers": {}, "channelIds": [day] })).await;
    assert_eq!(twice.refused(422, "validation")["errors"][0]["pointer"], "/name");
    let off = json!({ "name": "Night", "enabled": false, "matchers": {}, "channelIds": [night] });
    let off = owner.call("PUT", &at(&made), Some(off)).await.expect(200);
    assert_eq!((&off["enabled"], &off["matches"]), (&json!(false), &json!("All alerts")));
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    assert_eq!(told(&app), [1, 0]);
    let actions = owner.get("/api/audit/logs").await.expect(200);
    let actions: Vec<&str> = actions.as_array().unwrap().iter().map(|one| one["action"].as_str().unwrap()).collect();
    assert!(actions.contains(&"route.create") && actions.contains(&"route.update"), "{actions:?}");
}

#[tokio::test]
async fn a_look_that_tells_nobody_costs_nothing_more_with_routes() {
    let (app, owner, [_, night], ..) = routed().await;
    app.pass(2).await;
    let look = async || {
        app.database.meter().take();
        app.pass(1).await;
        app.database.meter().take()
    };
    let (read, written, calls) = look().await;
    route(&owner, "Everything", json!({}), &[&night]).await;
    app.pass(1).await;
    let (read_then, written_then, calls_then) = look().await;
    assert_eq!((calls_then, written_then), (calls, written));
    assert!(read_then <= read + 0.5, "{read_then}, and not {read}: the mark lies among the rules");
}

#[tokio::test]
async fn one_alert_is_told_by_forty_ways_and_says_who_is_beyond() {
    let (app, owner, [day, _], _, _) = routed().await;
    let mut ids = Vec::new();
    for n in 0..45 {
        ids.push(channel(&app, &owner, &format!("c{n:02}")).await);
    }
    for (n, some) in ids.chunks(9).enumerate() {
        route(&owner, &format!("Route {n}"), json!({}), &some.iter().collect::<Vec<_>>()).await;
    }
    app.disconnect(&app.peers()[..1]);
    app.database.meter().take_most_writes();
    app.pass(1).await;
    assert_eq!(app.receiver.received().len(), 40, "{day}");
    let most = || {
        // DynamoDB takes a hundred; fewer than two a message would mean that this counts something else.
        let most = app.database.meter().take_most_writes();
        assert!((80..=100).contains(&most), "{most} writes in one transaction");
    };
    most();
    let alert = newest(&app, &owner).await;
    assert_eq!(alert["routedBy"].as_array().unwrap().len(), 5);
    let said = alert["history"][0]["message"].as_str().unwrap();
    assert!(said.contains("Not told: c"), "{said}");
    assert!(said.ends_with("since an alert is told by at most 40 ways."), "{said}");
    app.connect(&app.peers()[..1]);
    app.pass(1).await;
    assert_eq!(app.receiver.received().len(), 80, "all of them hear of the end");
    most();
    // The same of what is told again, and ended by hand.
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    most();
    app.skip(SignedDuration::from_mins(240));
    app.pass(1).await;
    most();
    let id = newest(&app, &owner).await["id"].as_str().unwrap().to_owned();
    owner.post(&format!("/api/alerts/{id}/resolve"), json!({})).await.expect(200);
    most();
    app.settle().await;
    assert_eq!(app.receiver.received().len(), 200);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}
