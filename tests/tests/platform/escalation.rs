//! Escalation: who else is told while nobody acknowledges, and who is not.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

const CHANNELS: &str = "/api/alerts/channels";

fn slack(app: &TestApp, name: &str) -> Value {
    let webhook = format!("{}/{name}/of-{name}", app.receiver.url());
    json!({ "name": name, "config": { "type": "slack", "webhook": webhook, "channel": format!("#{name}") } })
}

fn offline(escalation: &Value) -> Value {
    json!({
        "conditionConfig": { "threshold": 1, "duration": 0 },
        "notificationConfig": {}, "escalation": escalation,
    })
}

/// A platform with the channels *day*, *night* and *boss*, and a rule that tells the first at once, the second after 15 minutes
/// and both others after an hour.
async fn escalating() -> (TestApp, Member, Vec<Value>, Value) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let mut ids = Vec::new();
    for name in ["day", "night", "boss"] {
        ids.push(owner.post(CHANNELS, slack(&app, name)).await.expect(201)["id"].clone());
    }
    let steps = json!([
        { "afterMinutes": 15, "channelIds": [ids[1]] },
        { "afterMinutes": 60, "channelIds": [ids[2], ids[1]] },
    ]);
    let mut rule = offline(&steps);
    rule["channelIds"] = json!([ids[0]]);
    let rule = app.make_rule(&owner, rule).await;
    assert_eq!(rule["escalation"], steps);
    app.pass(1).await;
    (app, owner, ids, rule)
}

/// How often each of the three was told so far.
fn told(app: &TestApp) -> [usize; 3] {
    let bodies: Vec<Value> = app.receiver.received().into_iter().map(|message| message.body).collect();
    ["#day", "#night", "#boss"].map(|name| bodies.iter().filter(|body| body["channel"] == name).count())
}

async fn newest(app: &TestApp, owner: &Member) -> Value {
    let id = app.alerts(owner).await.remove(0)["id"].as_str().unwrap().to_owned();
    owner.get(&format!("/api/alerts/{id}")).await.expect(200)
}

fn events(alert: &Value) -> Vec<&str> {
    alert["history"].as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect()
}

async fn act(owner: &Member, alert: &Value, step: &str, body: Value) {
    owner.post(&format!("/api/alerts/{}/{step}", alert["id"].as_str().unwrap()), body).await.expect(200);
}

#[tokio::test]
async fn while_nobody_acknowledges_the_next_channels_are_told_and_hear_of_the_end() {
    let (app, owner, _, _) = escalating().await;
    let peer = app.peers()[0].clone();
    app.disconnect(std::slice::from_ref(&peer));
    app.pass(1).await;
    assert_eq!(told(&app), [1, 0, 0]);
    app.pass(14).await;
    assert_eq!(told(&app), [1, 0, 0], "not yet");
    app.pass(1).await;
    assert_eq!(told(&app), [1, 1, 0], "a quarter of an hour is over");
    app.pass(44).await;
    assert_eq!(told(&app), [1, 1, 0], "once");
    app.pass(1).await;
    assert_eq!(told(&app), [1, 2, 1]);
    let alert = newest(&app, &owner).await;
    assert_eq!(events(&alert), ["fired", "escalated", "escalated"]);
    assert_eq!(alert["history"][1]["message"], "Nobody acknowledged it within 15 min: told night.");
    assert_eq!(alert["history"][2]["message"], "Nobody acknowledged it within 1 h: told boss, night.");
    let bodies: Vec<String> = app.receiver.received().into_iter().map(|message| message.body.to_string()).collect();
    assert!(bodies.iter().any(|body| body.contains("#night") && body.contains("nobody on it")), "{bodies:#?}");
    let log = owner.get("/api/alerts/deliveries").await.expect(200);
    let escalated = log["deliveries"].as_array().unwrap().iter().filter(|one| one["event"] == "escalated");
    assert!(escalated.clone().all(|one| one["status"] == "delivered") && escalated.count() == 3, "{log:#}");

    // They are told from then on: of reminders, and of the end.
    app.skip(SignedDuration::from_mins(179));
    app.pass(1).await;
    assert_eq!(told(&app), [2, 3, 2], "a reminder");
    app.connect(&[peer]);
    app.pass(1).await;
    assert_eq!(told(&app), [3, 4, 3]);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn whoever_acknowledges_stops_it_and_what_grows_then_begins_anew() {
    let (app, owner, _, _) = escalating().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(17).await;
    assert_eq!(told(&app), [1, 1, 0]);
    act(&owner, &newest(&app, &owner).await, "acknowledge", json!({})).await;
    app.pass(90).await;
    assert_eq!(told(&app), [1, 1, 0], "somebody is on it");
    assert_eq!(events(&newest(&app, &owner).await), ["fired", "escalated", "acknowledged"]);
    // Another episode is another alert, which escalates for itself.
    app.disconnect(&app.peers()[1..2]);
    app.pass(16).await;
    assert_eq!(told(&app), [2, 2, 0]);
    assert_eq!(events(&newest(&app, &owner).await), ["fired", "escalated"]);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn what_is_suppressed_waits_and_has_its_time_anew() {
    let (app, owner, _, _) = escalating().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(10).await;
    let alert = newest(&app, &owner).await;
    let until = app.now() + SignedDuration::from_mins(30);
    act(&owner, &alert, "suppress", json!({ "until": until })).await;
    app.pass(30).await;
    assert_eq!(events(&newest(&app, &owner).await), ["fired", "suppressed", "reopened"]);
    app.pass(14).await;
    assert_eq!(told(&app), [2, 0, 0], "the quarter of an hour counts from when it was open again");
    app.pass(1).await;
    assert_eq!(told(&app), [2, 1, 0]);
    // By hand it is the same; what was told is not told twice.
    act(&owner, &alert, "suppress", json!({ "until": app.now() + SignedDuration::from_mins(600) })).await;
    app.pass(90).await;
    act(&owner, &alert, "reopen", json!({})).await;
    app.pass(59).await;
    assert_eq!(told(&app), [2, 1, 0]);
    app.pass(1).await;
    assert_eq!(told(&app), [2, 2, 1]);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_silence_holds_it_and_an_account_that_cannot_be_read_does_not() {
    let (app, owner, _, _) = escalating().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    let silence = json!({
        "name": "The site moves", "matchers": { "everything": true },
        "startsAt": app.now(), "endsAt": app.now() + SignedDuration::from_mins(40),
    });
    owner.post("/api/alerts/silences", silence).await.expect(201);
    app.pass(39).await;
    assert_eq!(told(&app), [1, 0, 0]);
    app.pass(2).await;
    assert_eq!(told(&app), [1, 1, 0], "it is told once the silence is over");
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
    app.pass(25).await;
    assert_eq!(told(&app), [1, 2, 1], "that NetBird does not answer acknowledges nothing");
}

#[tokio::test]
async fn an_alert_of_the_rule_as_a_whole_escalates_too_and_a_look_without_news_writes_nothing() {
    let (app, owner, ids, _) = escalating().await;
    let mut rule = offline(&json!([{ "afterMinutes": 5, "channelIds": [ids[2]] }]));
    rule["conditionConfig"] = json!({ "threshold": 2, "duration": 0 });
    rule["name"] = json!("Two down");
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..2]);
    app.pass(4).await;
    assert_eq!(told(&app), [1, 0, 0]);
    app.pass(2).await;
    assert_eq!(told(&app), [1, 0, 1]);
    let remembered = || app.stored().into_iter().filter(|item| item.contains("escalation")).collect::<Vec<_>>();
    let before = remembered();
    assert!(before.len() > 2, "two rules, and where they stand: {before:#?}");
    app.pass(3).await;
    assert_eq!(remembered(), before);
}

#[tokio::test]
async fn a_step_whose_channels_take_nothing_says_so() {
    let (app, owner, ids, _) = escalating().await;
    let night = format!("{CHANNELS}/{}", ids[1].as_str().unwrap());
    let mut off = slack(&app, "night");
    off["enabled"] = json!(false);
    owner.call("PUT", &night, Some(off)).await.expect(200);
    app.disconnect(&app.peers()[..1]);
    app.pass(16).await;
    assert_eq!(told(&app), [1, 0, 0]);
    let alert = newest(&app, &owner).await;
    let said = "Nobody acknowledged it within 15 min; night took no message, so that nobody else was told.";
    assert_eq!(alert["history"][1]["message"], said);
    app.pass(45).await;
    assert_eq!(told(&app), [1, 0, 1]);
    let said = "Nobody acknowledged it within 1 h: told boss, but not night, which took no message.";
    assert_eq!(newest(&app, &owner).await["history"][2]["message"], said);
}

#[tokio::test]
async fn what_is_wrong_of_steps_is_named_and_a_channel_that_steps_name_stays() {
    let (app, owner, ids, rule) = escalating().await;
    let stranger = app.tenant("Stranger").await;
    let foreign = stranger.post(CHANNELS, slack(&app, "day")).await.expect(201)["id"].clone();
    let step = |after: u32, channels: Value| json!({ "afterMinutes": after, "channelIds": channels });
    let night = &ids[1];
    for (steps, pointers) in [
        (json!([step(0, json!([night]))]), vec!["/escalation/0/afterMinutes"]),
        (json!([step(1441, json!([night]))]), vec!["/escalation/0/afterMinutes"]),
        (json!([step(9, json!([night])), step(9, json!([night]))]), vec!["/escalation/1/afterMinutes"]),
        (json!([step(9, json!([]))]), vec!["/escalation/0/channelIds"]),
        (json!([step(9, json!(vec![night; 11]))]), vec!["/escalation/0/channelIds"]),
        (json!([step(9, json!([night, night]))]), vec!["/escalation/0/channelIds/1"]),
        (
            json!([step(9, json!([])), step(10, json!([night, foreign]))]),
            vec!["/escalation/0/channelIds", "/escalation/1/channelIds/1"],
        ),
        (json!(vec![step(9, json!([night])); 6]), vec!["/escalation"]),
    ] {
        let mut body = offline(&steps);
        for field in ["name", "conditionType", "severity"] {
            body[field] = rule[field].clone();
        }
        let refused = owner.post("/api/alerts/rules", body).await.refused(422, "validation");
        let errors = refused["errors"].as_array().unwrap().iter();
        let shown: Vec<_> = errors.map(|error| error["pointer"].as_str().unwrap()).collect();
        assert_eq!(shown, pointers, "{steps}");
    }
    let used = owner.delete(&format!("{CHANNELS}/{}", ids[2].as_str().unwrap())).await.refused(409, "conflict");
    assert!(used["detail"].as_str().unwrap().contains("Servers down"), "{used}");
    let shown = owner.get(&format!("{CHANNELS}/{}", ids[2].as_str().unwrap())).await.expect(200);
    assert_eq!(shown["usedBy"][0]["name"], "Servers down");
}
