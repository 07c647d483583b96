//! Whom rules tell in chats, and tests of where messages go.

use platform_core::access::Role;
use platform_tests::{Answer, Member, Reply, TestApp};
use serde_json::{Value, json};

/// A platform with a rule that tells at its receiver in every chat there is.
async fn chatting() -> (TestApp, Member, Value) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let at = |path: &str| format!("{}/{path}/T0/B0/secret-of-{path}", app.receiver.url());
    let config = json!({
        "slack": { "webhook": at("slack"), "channel": "#ops" },
        "teams": { "webhook": at("teams") },
        "discord": { "webhook": at("discord") },
    });
    let rule = app.make_rule(&owner, json!({ "notificationConfig": config })).await;
    (app, owner, rule)
}

fn path(rule: &Value) -> String {
    format!("/api/alerts/rules/{}", rule["id"].as_str().expect("a rule has an id"))
}

/// A rule as one would send it back, with other channels.
fn telling(rule: &Value, channels: &Value) -> Value {
    let mut sent = json!({ "notificationConfig": channels });
    for name in ["name", "conditionType", "conditionConfig", "severity"] {
        sent[name] = rule[name].clone();
    }
    sent
}

async fn change(owner: &Member, rule: &Value, sent: Value) -> Answer {
    owner.call("PUT", &path(rule), Some(sent)).await
}

#[tokio::test]
async fn every_chat_is_told_that_it_fired_and_that_it_is_over() {
    let (app, owner, rule) = chatting().await;
    assert_eq!(
        rule["sentence"],
        "When any peer of the network is offline for 5 min, tell Slack in #ops, Microsoft Teams and Discord."
    );
    app.pass(1).await;
    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(6).await;
    app.connect(std::slice::from_ref(&peer));
    app.pass(2).await;

    let bodies: Vec<Value> = app.receiver.received().into_iter().map(|message| message.body).collect();
    let slack: Vec<&Value> = bodies.iter().filter(|body| body["channel"] == "#ops").collect();
    let teams: Vec<&Value> = bodies.iter().filter(|body| body["type"] == "message").collect();
    let discord: Vec<&Value> = bodies.iter().filter(|body| body["embeds"].is_array()).collect();
    assert_eq!((slack.len(), teams.len(), discord.len(), bodies.len()), (2, 2, 2, 6), "{bodies:#?}");
    let said = slack[0]["attachments"][0]["blocks"].to_string();
    assert!(said.contains("has been offline") && said.contains("/t/"), "{said}");
    assert!(slack[1]["text"].as_str().expect("a text").starts_with("[Resolved]"), "{}", slack[1]);
    assert_eq!(teams[0]["attachments"][0]["content"]["type"], "AdaptiveCard");
    assert_eq!(discord[0]["allowed_mentions"], json!({ "parse": [] }));
    for message in app.receiver.received() {
        assert!(message.headers.get("webhook-signature").is_none(), "a chat is no webhook of ours");
    }

    let alert = app.alerts(&owner).await.remove(0);
    let told = |channel: &str| {
        let notifications = alert["notifications"].as_array().expect("a list");
        notifications.iter().filter(|one| one["channel"] == channel && one["status"] == "delivered").count()
    };
    assert_eq!((told("slack"), told("teams"), told("discord")), (2, 2, 2), "{alert:#}");
    assert_eq!(alert["notifications"][0]["target"].as_str().map(|target| target.contains("secret")), Some(false));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_chat_that_does_not_take_a_message_is_tried_again_and_the_others_are_told() {
    let (app, owner, _) = chatting().await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    app.receiver.reply([Reply::Status(500), Reply::Status(404)]);
    app.pass(3).await;
    let alert = app.alerts(&owner).await.remove(0);
    let mut statuses: Vec<&str> = alert["notifications"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| one["status"].as_str().expect("a status"))
        .collect();
    statuses.sort_unstable();
    assert_eq!(statuses, ["delivered", "delivered", "failed"], "{alert:#}");
}

#[tokio::test]
async fn an_address_is_kept_and_never_shown() {
    let (app, owner, rule) = chatting().await;
    let shown = &rule["notificationConfig"];
    assert_eq!((&shown["slack"]["channel"], &shown["slack"]["enabled"]), (&json!("#ops"), &json!(true)));
    assert_eq!(shown["slack"]["host"], "127.0.0.1");
    assert!(!rule.to_string().contains("secret-of"), "{rule:#}");

    // What is left out stays; a chat that is left out is told no more.
    let sent = telling(&rule, &json!({ "slack": { "enabled": false }, "teams": {} }));
    let changed = change(&owner, &rule, sent).await.expect(200);
    let now = &changed["notificationConfig"];
    assert_eq!(now["slack"]["webhook"], shown["slack"]["webhook"]);
    assert_eq!((&now["slack"]["enabled"], &now["slack"]["channel"]), (&json!(false), &Value::Null));
    assert_eq!((now["teams"]["enabled"].as_bool(), &now["discord"]), (Some(true), &Value::Null));
    let trail = owner.get("/api/audit/logs?action=rule.update").await.expect(200);
    assert_eq!(trail[0]["newValues"]["slack"], "changed");
    assert_eq!(trail[0]["newValues"]["teams"], Value::Null, "as it was");
    assert!(!trail.to_string().contains("secret-of"), "{trail:#}");

    let viewer = app.member(&owner, Role::Viewer).await;
    let seen = viewer.get(&path(&rule)).await.expect(200);
    assert_eq!(seen["notificationConfig"]["teams"], json!({ "enabled": true, "host": "127.0.0.1" }));
}

#[tokio::test]
async fn what_is_wrong_of_a_chat_is_named() {
    let (app, owner, rule) = chatting().await;
    let refused = async |channels: Value| {
        let answer = change(&owner, &rule, telling(&rule, &channels)).await.refused(422, "validation");
        let errors = answer["errors"].as_array().expect("a list").iter();
        errors.map(|error| error["pointer"].as_str().expect("a pointer").to_owned()).collect::<Vec<_>>()
    };
    let at = app.receiver.url();
    for (channels, pointers) in [
        (json!({ "slack": { "webhook": "hooks.slack.com" } }), vec!["/notificationConfig/slack/webhook"]),
        (json!({ "slack": { "webhook": "ftp://a.example/x" } }), vec!["/notificationConfig/slack/webhook"]),
        (json!({ "slack": { "channel": "x".repeat(81) } }), vec!["/notificationConfig/slack/channel"]),
        (
            json!({ "teams": { "webhook": format!("{at}/{}", "x".repeat(2_000)) } }),
            vec!["/notificationConfig/teams/webhook"],
        ),
        (
            json!({ "teams": { "webhook": "" }, "discord": { "webhook": "http://169.254.169.254/latest" } }),
            vec!["/notificationConfig/teams/webhook", "/notificationConfig/discord/webhook"],
        ),
        (json!({ "teams": { "channel": "#ops" } }), vec!["/notificationConfig/teams/channel"]),
    ] {
        assert_eq!(refused(channels.clone()).await, pointers, "{channels}");
    }
    // A rule that has none has none to keep.
    let bare = change(&owner, &rule, telling(&rule, &json!({}))).await.expect(200);
    assert_eq!(bare["notificationConfig"], json!({}));
    assert_eq!(refused(json!({ "slack": { "channel": "#ops" } })).await, ["/notificationConfig/slack/webhook"]);
}

#[tokio::test]
async fn a_test_says_what_the_receiver_answered() {
    let (app, owner, rule) = chatting().await;
    let send = async |who: &Member, channel: &str| {
        who.post(&format!("{}/send-test", path(&rule)), json!({ "channel": channel })).await
    };
    let sent = send(&owner, "slack").await.expect(200);
    assert_eq!((&sent["delivered"], &sent["status"], &sent["host"]), (&json!(true), &json!(204), &json!("127.0.0.1")));
    let came = app.receiver.received().remove(0).body;
    assert!(came["text"].as_str().expect("a text").starts_with("[Test]"), "{came}");

    app.receiver.reply([Reply::Status(404)]);
    let failed = send(&owner, "discord").await.expect(200);
    assert_eq!((&failed["delivered"], &failed["status"]), (&json!(false), &json!(404)));
    assert_eq!(failed["reason"], "the receiver answered 404 Not Found");

    let refused = send(&owner, "webhook").await.refused(422, "validation");
    assert_eq!(refused["errors"], json!([{ "pointer": "/channel", "detail": "the rule has no webhook" }]));
    let viewer = app.member(&owner, Role::Viewer).await;
    send(&viewer, "slack").await.refused(403, "forbidden");
    let trail = owner.get("/api/audit/logs?action=rule.send-test").await.expect(200);
    assert_eq!(trail.as_array().map(Vec::len), Some(2), "those that were sent: {trail:#}");

    // A webhook gets it signed, and as no alert.
    let at = app.receiver.url();
    let changed = change(&owner, &rule, telling(&rule, &json!({ "webhook": { "url": at } }))).await.expect(200);
    app.receiver.trust(changed["notificationConfig"]["webhook"]["secret"].as_str().expect("a new secret"));
    send(&owner, "webhook").await.expect(200);
    let came = app.receiver.received().pop().expect("it came");
    assert_eq!((came.kind(), came.is_signed), ("test", true));
    assert!(app.alerts(&owner).await.is_empty(), "nothing has happened");
}

#[tokio::test]
async fn tests_are_limited() {
    let (_app, owner, rule) = chatting().await;
    let path = format!("{}/send-test", path(&rule));
    for _ in 0..20 {
        owner.post(&path, json!({ "channel": "teams" })).await.expect(200);
    }
    owner.post(&path, json!({ "channel": "teams" })).await.refused(429, "rate-limited");
}
