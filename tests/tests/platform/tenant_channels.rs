//! Channels of the tenant: set up once, named by rules, and what becomes of messages when they change.

use platform_core::access::Role;
use platform_tests::{Answer, Member, Reply, TestApp};
use serde_json::{Value, json};

const CHANNELS: &str = "/api/alerts/channels";

fn at(made: &Value) -> String {
    format!("{CHANNELS}/{}", made["id"].as_str().expect("a channel has an id"))
}

/// A Slack at a path of the receiver.
fn slack(app: &TestApp, name: &str) -> Value {
    let webhook = format!("{}/{name}/secret-of-{name}", app.receiver.url());
    json!({ "name": name, "config": { "type": "slack", "webhook": webhook, "channel": format!("#{name}") } })
}

/// A platform with two Slacks and a webhook as channels of the tenant, and a rule that tells on these alone.
async fn shared() -> (TestApp, Member, Vec<Value>, Value) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let webhook = json!({ "name": "Pager", "config": { "type": "webhook", "url": app.receiver.url() } });
    let mut channels = Vec::new();
    for body in [slack(&app, "ops"), slack(&app, "night"), webhook] {
        channels.push(owner.post(CHANNELS, body).await.expect(201));
    }
    app.receiver.trust(channels[2]["config"]["secret"].as_str().expect("a new secret"));
    let ids: Vec<&Value> = channels.iter().map(|channel| &channel["id"]).collect();
    let rule = app.make_rule(&owner, json!({ "notificationConfig": {}, "channelIds": ids })).await;
    app.pass(1).await;
    (app, owner, channels, rule)
}

/// A channel as one would send it back, with changes.
fn changed(channel: &Value, changes: &Value) -> Value {
    let mut config = channel["config"].clone();
    for shown in ["host", "webhook", "url", "headers", "secretHint", "secret"] {
        config.as_object_mut().expect("an object").remove(shown);
    }
    let mut sent = json!({ "name": channel["name"], "severities": channel["severities"], "config": config });
    sent.as_object_mut().expect("an object").extend(changes.as_object().expect("an object").clone());
    sent
}

async fn put(who: &Member, channel: &Value, body: Value) -> Answer {
    who.call("PUT", &at(channel), Some(body)).await
}

async fn deliveries(owner: &Member, query: &str) -> Vec<Value> {
    let answer = owner.get(&format!("/api/alerts/deliveries{query}")).await.expect(200);
    answer["deliveries"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn a_rule_tells_on_several_channels_of_one_kind_and_each_hears_of_the_end() {
    let (app, owner, channels, rule) = shared().await;
    assert_eq!(rule["channelIds"].as_array().map(Vec::len), Some(3));
    assert!(
        rule["sentence"].as_str().expect("a sentence").ends_with("tell 3 shared channels."),
        "{}",
        rule["sentence"]
    );
    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(6).await;
    app.connect(std::slice::from_ref(&peer));
    app.pass(2).await;

    let bodies: Vec<Value> = app.receiver.received().into_iter().map(|message| message.body).collect();
    let to = |channel: &str| bodies.iter().filter(|body| body["channel"] == channel).count();
    assert_eq!((to("#ops"), to("#night"), bodies.len()), (2, 2, 6), "{bodies:#?}");
    assert!(app.receiver.received().iter().filter(|message| message.body["channel"].is_null()).all(|it| it.is_signed));

    let log = deliveries(&owner, "").await;
    assert_eq!(log.len(), 6);
    assert!(log.iter().all(|one| one["status"] == "delivered"), "{log:#?}");
    let id = channels[1]["id"].as_str().expect("an id");
    let of_one = deliveries(&owner, &format!("?channelId={id}")).await;
    let shown: Vec<_> = of_one.iter().map(|one| (&one["channelName"], &one["channel"], &one["event"])).collect();
    let (name, kind) = (json!("night"), json!("slack"));
    assert_eq!(shown, [(&name, &kind, &json!("resolved")), (&name, &kind, &json!("fired"))]);
    let alert = app.alerts(&owner).await.remove(0);
    let notifications = alert["notifications"].as_array().expect("a list");
    assert_eq!(notifications.iter().filter(|one| one["channelName"] == "Pager").count(), 2, "{alert:#}");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_channel_is_kept_and_its_secrets_are_never_shown() {
    let (app, owner, channels, rule) = shared().await;
    for channel in &channels {
        let shown = owner.get(&at(channel)).await.expect(200);
        assert!(!shown.to_string().contains("secret-of") && shown["config"]["secret"].is_null(), "{shown:#}");
        assert_eq!(shown["usedBy"], json!([{ "id": rule["id"], "name": rule["name"] }]));
    }
    let listed = owner.get(CHANNELS).await.expect(200);
    assert_eq!(listed.as_array().map(Vec::len), Some(3));
    assert!(listed.as_array().expect("a list").iter().all(|channel| channel["enabled"] == true), "{listed:#}");

    // What is left out of a change stays; the type does in any case.
    let body = changed(&channels[0], &json!({ "name": " Operations ", "severities": ["critical", "high"] }));
    let now = put(&owner, &channels[0], body).await.expect(200);
    assert_eq!((&now["name"], &now["severities"]), (&json!("Operations"), &json!(["high", "critical"])));
    assert_eq!(now["config"]["webhook"], channels[0]["config"]["webhook"]);
    let body = changed(&channels[0], &json!({ "config": { "type": "teams", "webhook": "https://a.example/x" } }));
    let refused = put(&owner, &channels[0], body).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/config/type");
    // A webhook's headers are for one host.
    let headers = json!({ "type": "webhook", "headers": { "authorization": "Bearer s3cret" } });
    let with = put(&owner, &channels[2], changed(&channels[2], &json!({ "config": headers }))).await.expect(200);
    assert_eq!(with["config"]["headers"], json!({ "authorization": "••••" }));
    assert_eq!(with["config"]["secretHint"], channels[2]["config"]["secretHint"], "its signing secret stays");
    let elsewhere = json!({ "type": "webhook", "url": "http://127.0.0.2:9/x" });
    let refused = put(&owner, &channels[2], changed(&channels[2], &json!({ "config": elsewhere }))).await;
    assert_eq!(refused.refused(422, "validation")["errors"][0]["pointer"], "/config/headers");

    let viewer = app.member(&owner, Role::Viewer).await;
    let seen = viewer.get(&at(&channels[1])).await.expect(200);
    assert_eq!(seen["config"], json!({ "type": "slack", "host": "127.0.0.1", "channel": "#night" }));
    put(&viewer, &channels[1], changed(&channels[1], &json!({}))).await.refused(403, "forbidden");
    let trail = owner.get("/api/audit/logs?action=channel.update").await.expect(200);
    assert_eq!(trail.as_array().map(Vec::len), Some(2), "{trail:#}");
    assert!(!trail.to_string().contains("s3cret"), "{trail:#}");
    let stored = app.stored();
    assert!(stored.iter().all(|item| !item.contains("secret-of") && !item.contains("s3cret")), "all is sealed");
}

#[tokio::test]
async fn a_name_is_one_channels_and_a_channel_that_rules_use_stays() {
    let (app, owner, channels, rule) = shared().await;
    let twice = owner.post(CHANNELS, slack(&app, "OPS")).await.refused(422, "validation");
    assert_eq!(twice["errors"][0]["pointer"], "/name");
    let body = changed(&channels[1], &json!({ "name": "Ops" }));
    put(&owner, &channels[1], body).await.refused(422, "validation");

    let used = owner.delete(&at(&channels[0])).await.refused(409, "conflict");
    let name = rule["name"].as_str().expect("a name");
    assert!(used["detail"].as_str().expect("a reason").contains(name), "{used}");
    let path = format!("/api/alerts/rules/{}", rule["id"].as_str().expect("an id"));
    let mut sent = json!({ "notificationConfig": {} });
    for field in ["name", "conditionType", "conditionConfig", "severity"] {
        sent[field] = rule[field].clone();
    }
    let bare = owner.call("PUT", &path, Some(sent.clone())).await.expect(200);
    assert_eq!(bare["channelIds"], json!([]));
    owner.delete(&at(&channels[0])).await.expect(204);
    owner.get(&at(&channels[0])).await.refused(404, "not-found");
    sent["channelIds"] = json!([channels[1]["id"], channels[0]["id"], channels[1]["id"]]);
    let refused = owner.call("PUT", &path, Some(sent)).await.refused(422, "validation");
    let pointers: Vec<_> = refused["errors"].as_array().expect("a list").iter().map(|it| &it["pointer"]).collect();
    assert_eq!(pointers, ["/channelIds/1", "/channelIds/2"]);
}

#[tokio::test]
async fn what_a_channel_takes_no_more_is_given_up_and_may_be_sent_again() {
    let (app, owner, channels, _) = shared().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    app.receiver.reply([Reply::Status(500), Reply::Status(500), Reply::Status(500)]);
    app.pass(1).await;
    let body = changed(&channels[0], &json!({ "enabled": false }));
    put(&owner, &channels[0], body).await.expect(200);
    let body = changed(&channels[1], &json!({ "severities": ["low"] }));
    put(&owner, &channels[1], body).await.expect(200);
    app.pass(10).await;

    let of = async |channel: &Value| {
        let id = channel["id"].as_str().expect("an id");
        deliveries(&owner, &format!("?channelId={id}")).await.remove(0)
    };
    let off = of(&channels[0]).await;
    assert_eq!((&off["status"], &off["lastError"]), (&json!("failed"), &json!("the channel is switched off")));
    let narrow = of(&channels[1]).await;
    assert_eq!(narrow["lastError"], "the channel is not for alerts of this severity");
    assert_eq!(of(&channels[2]).await["status"], "delivered");

    let body = changed(&channels[0], &json!({ "enabled": true }));
    put(&owner, &channels[0], body).await.expect(200);
    let path = format!("/api/alerts/deliveries/{}/send-again", off["id"].as_str().expect("an id"));
    owner.post(&path, json!({})).await.expect(200);
    app.settle().await;
    assert_eq!(of(&channels[0]).await["status"], "delivered");

    // The one that was narrowed was never told, and so is not told that it is over.
    app.connect(&app.peers()[..1]);
    app.pass(8).await;
    let told = async |channel: &Value| {
        let id = channel["id"].as_str().expect("an id");
        let log = deliveries(&owner, &format!("?channelId={id}&status=delivered")).await;
        log.iter().map(|one| one["event"].as_str().expect("an event").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(told(&channels[0]).await, ["resolved", "fired"]);
    assert_eq!(told(&channels[1]).await, [""; 0]);
}

#[tokio::test]
async fn who_was_told_hears_of_the_end_by_a_channel_that_was_narrowed_since() {
    let (app, owner, channels, _) = shared().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(6).await;
    let body = changed(&channels[0], &json!({ "severities": ["low"] }));
    put(&owner, &channels[0], body).await.expect(200);
    app.connect(&app.peers()[..1]);
    app.pass(2).await;
    let bodies: Vec<Value> = app.receiver.received().into_iter().map(|message| message.body).collect();
    assert_eq!(bodies.iter().filter(|body| body["channel"] == "#ops").count(), 2, "{bodies:#?}");
    // Of the next one it hears nothing.
    app.disconnect(&app.peers()[..1]);
    app.pass(7).await;
    let bodies: Vec<Value> = app.receiver.received().into_iter().map(|message| message.body).collect();
    assert_eq!(bodies.iter().filter(|body| body["channel"] == "#ops").count(), 2, "{bodies:#?}");
    assert_eq!(bodies.iter().filter(|body| body["channel"] == "#night").count(), 3, "{bodies:#?}");
}

#[tokio::test]
async fn mail_goes_to_members_and_to_others_once_they_said_so() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let body = |recipients: Value| json!({ "name": "Mail", "config": { "type": "email", "recipients": recipients } });
    for (recipients, pointer) in [
        (json!([]), "/config/recipients"),
        (json!(["nobody"]), "/config/recipients/0"),
        (json!([owner.email, owner.email]), "/config/recipients/1"),
    ] {
        let refused = owner.post(CHANNELS, body(recipients)).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer);
    }
    let made = owner.post(CHANNELS, body(json!([owner.email, "oncall@acme.example"]))).await.expect(201);
    let asked = owner.get("/api/alerts/recipients").await.expect(200);
    assert_eq!((&asked[0]["email"], &asked[0]["status"]), (&json!("oncall@acme.example"), &json!("pending")));
    owner.post(&format!("{}/send-test", at(&made)), json!({})).await.refused(409, "conflict");
    app.make_rule(&owner, json!({ "notificationConfig": {}, "channelIds": [made["id"]] })).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(6).await;
    let log = deliveries(&owner, "").await;
    assert_eq!(log.len(), 1, "{log:#?}");
    assert_eq!((&log[0]["channel"], &log[0]["status"]), (&json!("email"), &json!("delivered")));
    assert_eq!(log[0]["note"], "not sent to: 1 recipient not confirmed yet");
}

#[tokio::test]
async fn a_test_of_a_channel_says_what_the_receiver_answered() {
    let (app, owner, channels, _) = shared().await;
    let sent = owner.post(&format!("{}/send-test", at(&channels[0])), json!({})).await.expect(200);
    assert_eq!((&sent["delivered"], &sent["status"]), (&json!(true), &json!(204)));
    assert_eq!(app.receiver.received().remove(0).body["text"], "[Test] ops");
    app.receiver.reply([Reply::Status(403)]);
    let failed = owner.post(&format!("{}/send-test", at(&channels[2])), json!({})).await.expect(200);
    assert_eq!((&failed["delivered"], &failed["status"]), (&json!(false), &json!(403)));
    let came = app.receiver.received().pop().expect("it came");
    assert_eq!((came.kind(), came.is_signed), ("test", true));
    assert_eq!(
        (&came.body["data"]["channelName"], &came.body["data"]["channelId"]),
        (&json!("Pager"), &channels[2]["id"])
    );
    let trail = owner.get("/api/audit/logs?action=channel.send-test").await.expect(200);
    assert_eq!(trail.as_array().map(Vec::len), Some(2), "{trail:#}");
}
