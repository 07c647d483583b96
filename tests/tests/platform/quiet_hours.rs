//! Quiet hours: what is told in them waits, and is told as it is when they end.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

const CHANNELS: &str = "/api/alerts/channels";
const WEEK: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

fn quiet(from: &str, to: &str) -> Value {
    json!({ "timeZone": "UTC", "windows": [{ "weekdays": WEEK, "from": from, "to": to }] })
}

fn ops(app: &TestApp, hours: &Value) -> Value {
    let webhook = format!("{}/ops/of-ops", app.receiver.url());
    let config = json!({ "type": "slack", "webhook": webhook });
    json!({ "name": "Ops", "config": config, "quietHours": hours })
}

struct Story {
    app: TestApp,
    owner: Member,
    channel: String,
}

/// A platform at 09:00 with a channel that is quiet from 09:10 to 10:00, and a rule that tells it alone.
async fn story(severity: &str) -> Story {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let made = owner.post(CHANNELS, ops(&app, &quiet("09:10", "10:00"))).await.expect(201);
    let rule = json!({
        "conditionConfig": { "threshold": 1, "duration": 0 }, "severity": severity, "notificationConfig": {},
        "channelIds": [made["id"]],
    });
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    Story { app, owner, channel: format!("{CHANNELS}/{}", made["id"].as_str().unwrap()) }
}

impl Story {
    /// Lets time pass until so many minutes after nine.
    async fn until(&self, minute: i64) {
        let nine = "2026-03-02T09:00:00Z".parse::<jiff::Timestamp>().unwrap();
        let left = (nine + SignedDuration::from_mins(minute)).duration_since(self.app.now()).as_mins();
        self.app.pass(usize::try_from(left).unwrap()).await;
    }

    fn told(&self) -> Vec<String> {
        let text = |body: &Value| body["text"].as_str().unwrap_or_default().to_owned();
        self.app.receiver.received().iter().map(|message| text(&message.body)).collect()
    }

    /// The deliveries, newest first: what, where it stands, and why.
    async fn log(&self) -> Vec<(String, String, String)> {
        let log = self.owner.get("/api/alerts/deliveries").await.expect(200);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let one = |one: &Value| (text(&one["event"]), text(&one["status"]), text(&one["note"]));
        log["deliveries"].as_array().unwrap().iter().map(one).collect()
    }

    async fn alert(&self) -> String {
        format!("/api/alerts/{}", self.app.alerts(&self.owner).await[0]["id"].as_str().unwrap())
    }
}

fn row(event: &str, status: &str, note: &str) -> (String, String, String) {
    (event.into(), status.into(), note.into())
}

#[tokio::test]
async fn what_fires_then_is_told_when_they_end_as_it_is_then() {
    let story = story("high").await;
    story.until(20).await;
    story.app.disconnect(&story.app.peers()[..2]);
    story.until(21).await;
    assert_eq!(story.told(), [""; 0]);
    let held = "held until 10:00 by quiet hours of Ops";
    assert_eq!(story.log().await, [row("fired", "pending", held)]);
    let log = story.owner.get("/api/alerts/deliveries").await.expect(200);
    let one = &log["deliveries"][0];
    assert_eq!((&one["heldUntil"], &one["attempts"]), (&json!("2026-03-02T10:00:00Z"), &json!(0)));
    let alert = story.owner.get(&story.alert().await).await.expect(200);
    assert_eq!(alert["notifications"][0]["heldUntil"], "2026-03-02T10:00:00Z");
    let again = format!("/api/alerts/deliveries/{}/send-again", one["id"].as_str().unwrap());
    let refused = story.owner.post(&again, json!({})).await.refused(409, "conflict");
    assert_eq!(refused["detail"], "quiet hours of its channel hold it: it is sent when they end");

    story.app.connect(&story.app.peers()[..1]);
    story.until(59).await;
    assert_eq!(story.told(), [""; 0], "not yet");
    story.until(61).await;
    let told = story.told();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains(&story.app.peers()[1]) && !told[0].contains(&story.app.peers()[0]), "{told:#?}");
    assert_eq!(story.log().await, [row("fired", "delivered", held)]);
    story.app.connect(&story.app.peers()[..2]);
    story.until(63).await;
    assert_eq!(story.told().len(), 2, "it is over");
    assert_eq!(story.app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn what_is_over_before_they_end_is_told_to_nobody() {
    let story = story("high").await;
    story.until(20).await;
    story.app.disconnect(&story.app.peers()[..1]);
    story.until(21).await;
    story.app.connect(&story.app.peers()[..1]);
    story.until(70).await;
    assert_eq!(story.told(), [""; 0]);
    let untold = "not sent: quiet hours held what was wrong, so that nobody was told of it";
    let over = "over before 10:00: not told";
    assert_eq!(story.log().await, [row("resolved", "superseded", untold), row("fired", "superseded", over)]);
}

#[tokio::test]
async fn whoever_knew_hears_of_the_end_when_they_end() {
    let story = story("high").await;
    story.app.disconnect(&story.app.peers()[..1]);
    story.until(2).await;
    assert_eq!(story.told().len(), 1);
    story.until(20).await;
    story.app.connect(&story.app.peers()[..1]);
    story.until(59).await;
    assert_eq!(story.told().len(), 1, "good news waits, too");
    story.until(61).await;
    assert_eq!(story.told().len(), 2);
    assert_eq!(story.log().await[0], row("resolved", "delivered", "held until 10:00 by quiet hours of Ops"));
}

#[tokio::test]
async fn one_message_tells_what_is_still_so_however_much_was_held() {
    let story = story("high").await;
    story.until(20).await;
    story.app.disconnect(&story.app.peers()[..1]);
    story.until(21).await;
    let path = story.alert().await;
    for minute in [25, 30] {
        let until = story.app.now() + SignedDuration::from_mins(2);
        story.owner.post(&format!("{path}/suppress"), json!({ "until": until })).await.expect(200);
        story.until(minute).await;
    }
    assert_eq!(story.log().await.len(), 3, "fired, and opened again twice");
    story.until(70).await;
    assert_eq!(story.told().len(), 1);
    let log = story.log().await;
    let covered = "not sent: told by the first message after quiet hours";
    assert_eq!(log[0], row("reopened", "superseded", covered));
    assert_eq!(log[1], row("reopened", "superseded", covered));
    assert_eq!(log[2].1, "delivered");
    story.app.connect(&story.app.peers()[..1]);
    story.until(72).await;
    assert_eq!(story.told().len(), 2);
    assert_eq!(story.app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn critical_is_told_all_the_same_and_a_test_never_waits() {
    let story = story("critical").await;
    story.until(20).await;
    story.app.disconnect(&story.app.peers()[..1]);
    story.until(21).await;
    assert_eq!(story.told().len(), 1);
    let test = story.owner.post(&format!("{}/send-test", story.channel), json!({})).await.expect(200);
    assert_eq!(test["delivered"], true, "{test:#}");
    assert_eq!(story.told().len(), 2);
}

#[tokio::test]
async fn what_was_tried_before_goes_on_after_them_and_other_hours_are_seen_then() {
    let story = story("high").await;
    story.until(8).await;
    story.app.receiver.reply(vec![Reply::Status(500); 3]);
    story.app.disconnect(&story.app.peers()[..1]);
    story.until(30).await;
    assert_eq!(story.log().await, [row("fired", "pending", "held until 10:00 by quiet hours of Ops")]);
    let tried = story.app.receiver.received().len();
    assert!((1..=3).contains(&tried), "{tried}");
    story.app.receiver.reply_normally();
    // They are longer now: what waits is judged anew when it is due.
    let mut longer = ops(&story.app, &quiet("09:10", "10:30"));
    longer["config"] = json!({ "type": "slack" });
    story.owner.call("PUT", &story.channel, Some(longer)).await.expect(200);
    story.until(70).await;
    assert_eq!(story.app.receiver.received().len(), tried);
    assert_eq!(story.log().await, [row("fired", "pending", "held until 10:30 by quiet hours of Ops")]);
    // It may have arrived: whoever got it hears that it is over.
    story.app.connect(&story.app.peers()[..1]);
    story.until(92).await;
    let log = story.log().await;
    assert_eq!((log[0].1.as_str(), log[1].2.as_str()), ("delivered", "not sent: resolved meanwhile"), "{log:#?}");
    assert_eq!(story.app.queues.take_failures(), [""; 0]);
}
