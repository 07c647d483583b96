//! PagerDuty, Opsgenie, Telegram and ntfy as channels of the tenant.

use platform_tests::{Answer, Member, Received, Reply, TestApp};
use serde_json::{Value, json};

const CHANNELS: &str = "/api/alerts/channels";
const KEY: &str = "secret-key-of-a-service-0123456789";
const TOKEN: &str = "123456:secret-token-of-a-bot";

fn at(made: &Value) -> String {
    format!("{CHANNELS}/{}", made["id"].as_str().expect("a channel has an id"))
}

async fn make(owner: &Member, name: &str, config: Value) -> Value {
    owner.post(CHANNELS, json!({ "name": name, "config": config })).await.expect(201)
}

async fn change(owner: &Member, channel: &Value, config: Value) -> Answer {
    owner.call("PUT", &at(channel), Some(json!({ "name": channel["name"], "config": config }))).await
}

/// A platform with a channel of each service, and a rule that tells on them alone.
async fn serviced() -> (TestApp, Member, Vec<Value>) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let server = app.receiver.url().trim_end_matches("/hook");
    let mut channels = Vec::new();
    for (name, config) in [
        ("On call", json!({ "type": "pagerduty", "routingKey": KEY })),
        ("Desk", json!({ "type": "opsgenie", "apiKey": KEY, "region": "eu" })),
        ("Chat", json!({ "type": "telegram", "token": TOKEN, "chatId": "-100123" })),
        ("Phone", json!({ "type": "ntfy", "server": server, "topic": "acme-alerts", "token": "tk_secret-0123456789" })),
    ] {
        channels.push(make(&owner, name, config).await);
    }
    let ids: Vec<&Value> = channels.iter().map(|channel| &channel["id"]).collect();
    app.make_rule(&owner, json!({ "notificationConfig": {}, "channelIds": ids, "severity": "critical" })).await;
    app.pass(1).await;
    (app, owner, channels)
}

/// What came at a path that begins so.
fn came(app: &TestApp, path: &str) -> Vec<Received> {
    app.receiver.received().into_iter().filter(|message| message.path.starts_with(path)).collect()
}

#[tokio::test]
async fn services_are_told_acknowledged_and_told_that_it_is_over() {
    let (app, owner, _) = serviced().await;
    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(6).await;
    let alert = app.alerts(&owner).await.remove(0);
    let id = alert["id"].as_str().expect("an id");
    owner.post(&format!("/api/alerts/{id}/acknowledge"), json!({ "message": "On it" })).await.expect(200);
    app.settle().await;
    app.connect(std::slice::from_ref(&peer));
    app.pass(2).await;

    let events = came(&app, "/hook/pagerduty/v2/enqueue");
    let actions: Vec<_> = events.iter().map(|event| &event.body["event_action"]).collect();
    assert_eq!(actions, ["trigger", "acknowledge", "resolve"]);
    assert!(events.iter().all(|event| event.body["dedup_key"] == id && event.body["routing_key"] == KEY));
    assert_eq!(events[0].body["payload"]["severity"], "critical");

    let asked = came(&app, "/hook/opsgenie/v2/alerts");
    let paths: Vec<_> = asked.iter().map(|one| one.path.as_str()).collect();
    let of = |what: &str| format!("/hook/opsgenie/v2/alerts/{id}/{what}?identifierType=alias");
    assert_eq!(paths, ["/hook/opsgenie/v2/alerts", &of("acknowledge"), &of("close")]);
    assert!(asked.iter().all(|one| one.headers["authorization"] == format!("GenieKey {KEY}")));
    assert_eq!((&asked[0].body["alias"], &asked[0].body["priority"]), (&json!(id), &json!("P1")));

    let messages = came(&app, &format!("/hook/telegram/bot{TOKEN}/sendMessage"));
    assert_eq!(messages.len(), 2, "nobody is told in a chat who is on it");
    assert_eq!((&messages[0].body["chat_id"], &messages[0].body["parse_mode"]), (&json!("-100123"), &json!("HTML")));
    let published: Vec<Received> = came(&app, "/").into_iter().filter(|one| one.path == "/").collect();
    assert_eq!(published.len(), 2);
    assert_eq!((&published[0].body["topic"], &published[0].body["priority"]), (&json!("acme-alerts"), &json!(5)));
    assert_eq!(published[0].headers["authorization"], "Bearer tk_secret-0123456789");

    let log = owner.get("/api/alerts/deliveries").await.expect(200);
    let log = log["deliveries"].as_array().expect("a list");
    assert_eq!(log.len(), 10);
    assert!(log.iter().all(|one| one["status"] == "delivered"), "{log:#?}");
    let targets: std::collections::BTreeSet<&str> =
        log.iter().map(|one| one["target"].as_str().expect("a target")).collect();
    assert_eq!(
        targets.into_iter().collect::<Vec<_>>(),
        ["-100123 in Telegram", "Opsgenie", "PagerDuty", "acme-alerts at 127.0.0.1"]
    );
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn keys_are_kept_and_never_shown() {
    let (app, owner, channels) = serviced().await;
    let listed = owner.get(CHANNELS).await.expect(200);
    assert!(!listed.to_string().contains("secret"), "{listed:#}");
    assert_eq!(channels[0]["config"], json!({ "type": "pagerduty", "routingKeyHint": "…6789", "region": "us" }));
    assert_eq!(channels[1]["config"], json!({ "type": "opsgenie", "apiKeyHint": "…6789", "region": "eu" }));
    assert_eq!(channels[2]["config"], json!({ "type": "telegram", "tokenHint": "…-bot", "chatId": "-100123" }));
    assert_eq!(channels[3]["config"]["tokenHint"], "…6789");

    let moved = change(&owner, &channels[0], json!({ "type": "pagerduty", "region": "eu" })).await.expect(200);
    assert_eq!(moved["config"], json!({ "type": "pagerduty", "routingKeyHint": "…6789", "region": "eu" }));
    let chat = change(&owner, &channels[2], json!({ "type": "telegram", "chatId": "@acme" })).await.expect(200);
    assert_eq!(chat["config"], json!({ "type": "telegram", "tokenHint": "…-bot", "chatId": "@acme" }));
    // What one server knows is not sent to another.
    let elsewhere = json!({ "type": "ntfy", "server": "https://ntfy.example", "topic": "acme" });
    let refused = change(&owner, &channels[3], elsewhere.clone()).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/config/token");
    let mut bare = elsewhere;
    bare["token"] = json!("");
    let bare = change(&owner, &channels[3], bare).await.expect(200);
    assert_eq!(bare["config"], json!({ "type": "ntfy", "server": "https://ntfy.example", "topic": "acme" }));
    let there = change(&owner, &channels[3], json!({ "type": "ntfy", "topic": "acme" })).await.expect(200);
    assert_eq!(there["config"]["server"], "https://ntfy.sh");

    let trail = owner.get("/api/audit/logs").await.expect(200);
    assert!(!trail.to_string().contains("secret-"), "{trail:#}");
    assert!(app.stored().iter().all(|item| !item.contains("secret-")), "all is sealed");
}

#[tokio::test]
async fn a_test_of_an_incident_begins_it_and_ends_it() {
    let (app, owner, channels) = serviced().await;
    for (index, path, number) in [(0, "/hook/pagerduty/", 2), (1, "/hook/opsgenie/", 2), (2, "/hook/telegram/", 1)] {
        let sent = owner.post(&format!("{}/send-test", at(&channels[index])), json!({})).await.expect(200);
        assert_eq!((&sent["delivered"], &sent["status"]), (&json!(true), &json!(204)), "{sent:#}");
        assert_eq!(came(&app, path).len(), number, "{path}");
        assert!(!sent.to_string().contains("secret"), "{sent}");
    }
    // What was not begun is not ended.
    app.receiver.reply([Reply::Status(400)]);
    let sent = owner.post(&format!("{}/send-test", at(&channels[0])), json!({})).await.expect(200);
    assert_eq!(sent["reason"], "the receiver answered 400 Bad Request");
    assert_eq!(came(&app, "/hook/pagerduty/").len(), 3);
    assert!(app.alerts(&owner).await.is_empty(), "nothing has happened");
}

#[tokio::test]
async fn a_bots_token_is_in_no_error() {
    let (app, owner, channels) = serviced().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    app.receiver.reply([Reply::Status(401), Reply::Status(401), Reply::Status(401), Reply::Status(401)]);
    app.pass(2).await;
    let log = owner.get("/api/alerts/deliveries").await.expect(200);
    assert!(!log.to_string().contains("secret"), "{log:#}");
    let id = channels[2]["id"].as_str().expect("an id");
    let log = owner.get(&format!("/api/alerts/deliveries?channelId={id}")).await.expect(200);
    assert_eq!(log["deliveries"][0]["lastError"], "the receiver answered 401 Unauthorized");
}
