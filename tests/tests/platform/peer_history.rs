//! A peer's history over a schedule of hours on the fake server: what the API tells is what was done to the peer, and what
//! nobody could see is unknown.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_netbird::fake::{Fault, FaultKind};
use platform_runtime::queue::Queue;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

struct Watched {
    app: TestApp,
    owner: Member,
    name: String,
    id: String,
}

impl Watched {
    async fn start() -> Self {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        app.connect_account(&owner).await;
        app.pass(1).await;
        let peers = owner.get("/api/netbird/peers?status=online").await.expect(200);
        let text = |field: &str| peers[0][field].as_str().unwrap().to_owned();
        Self { name: text("name"), id: text("id"), app, owner }
    }

    /// Lets seconds pass without a sync.
    fn wait(&self, seconds: i64) {
        self.app.skip(SignedDuration::from_secs(seconds));
    }

    /// The second that a change now is dated with.
    fn leave(&self) -> Timestamp {
        self.app.disconnect(&[&self.name]);
        whole(self.app.now())
    }

    fn come(&self) -> Timestamp {
        self.app.connect(&[&self.name]);
        whole(self.app.now())
    }

    async fn history(&self, query: &str) -> Value {
        self.owner.get(&format!("/api/netbird/peers/{}/history?{query}", self.id)).await.expect(200)
    }
}

fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap()
}

/// Periods hang together, and their sum is the time watched, in every window.
fn is_whole(history: &Value) {
    let periods = history["periods"].as_array().unwrap();
    let time = |value: &Value| value.as_str().unwrap().parse::<Timestamp>().unwrap();
    let begin = time(&history["from"]).max(whole(time(&history["watchedFrom"])));
    assert_eq!(time(&periods[0]["from"]), begin, "{history:#}");
    assert_eq!(periods.last().unwrap()["to"], history["to"]);
    for two in periods.windows(2) {
        assert_eq!(two[0]["to"], two[1]["from"]);
        assert_ne!(two[0]["status"], two[1]["status"]);
    }
    for window in history["uptime"].as_array().unwrap() {
        let of = |name: &str| window[name].as_i64().unwrap();
        let watched = (time(&history["to"]).as_second() - begin.as_second()).min(of("days") * 86_400);
        assert_eq!(of("watched"), watched, "{window}");
        assert_eq!(of("online") + of("offline") + of("unconfirmed") + of("unknown"), watched, "{window}");
    }
}

fn statuses(history: &Value) -> Vec<(&str, Timestamp)> {
    let periods = history["periods"].as_array().unwrap().iter();
    periods.map(|one| (one["status"].as_str().unwrap(), one["from"].as_str().unwrap().parse().unwrap())).collect()
}

#[tokio::test]
async fn hours_of_a_peer_are_told_to_the_second() {
    let watched = Watched::start().await;
    let (app, begin) = (&watched.app, statuses(&watched.history("days=7").await)[0].1);
    app.pass(30).await;
    watched.wait(17);
    let left = watched.leave();
    app.pass(90).await;
    watched.wait(41);
    let back = watched.come();
    app.pass(10).await;
    // Between two polls: nobody saw it away.
    watched.wait(5);
    watched.leave();
    watched.wait(4);
    let flapped = watched.come();
    app.pass(10).await;

    let history = watched.history("days=7").await;
    assert_eq!(statuses(&history), [("online", begin), ("offline", left), ("online", back)], "{history:#}");
    assert_eq!(history["flaps"], json!([{ "at": flapped, "kind": "away" }]));
    is_whole(&history);
    is_whole(&watched.history("days=90").await);
    let window = &history["uptime"][0];
    let away = back.as_second() - left.as_second();
    assert_eq!((&window["offline"], &window["unknown"]), (&json!(away), &json!(0)));

    // A part of it, of an end long past.
    let (from, to) = (left - SignedDuration::from_secs(10), left + SignedDuration::from_secs(10));
    let part = watched.history(&format!("from={from}&to={to}")).await;
    assert_eq!(statuses(&part), [("online", from), ("offline", left)]);
    is_whole(&part);
}

#[tokio::test]
async fn what_happened_while_netbird_did_not_answer_is_unknown() {
    let watched = Watched::start().await;
    let (app, netbird) = (&watched.app, watched.app.network());
    app.pass(10).await;
    let last = whole(app.now());
    netbird.fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
    app.pass(10).await;
    watched.wait(13);
    watched.leave();
    app.pass(20).await;
    let stale = watched.history("days=1").await;
    let read = stale["readUntil"].as_str().unwrap().parse::<Timestamp>().unwrap();
    assert!(last.duration_since(read) < SignedDuration::from_mins(2), "{read} is long before {last}");
    assert_eq!(statuses(&stale).last(), Some(&("unknown", whole(read))), "nobody knows");
    is_whole(&stale);

    let back = watched.come();
    netbird.heal();
    app.pass(30).await;
    let history = watched.history("days=1").await;
    let told = statuses(&history);
    assert_eq!(told[told.len() - 2..], [("unknown", whole(read)), ("online", back)], "{history:#}");
    assert_eq!(history["flaps"], json!([]), "who was away for an unknown time did not flap");
    is_whole(&history);

    // Another peer's session goes on through it, which NetBird's date proves.
    let peers = watched.owner.get("/api/netbird/peers?status=online").await.expect(200);
    let steady = peers.as_array().unwrap().iter().find(|peer| peer["id"] != watched.id.as_str()).unwrap();
    let id = steady["id"].as_str().unwrap();
    let history = watched.owner.get(&format!("/api/netbird/peers/{id}/history")).await.expect(200);
    assert!(statuses(&history).iter().all(|(status, _)| *status != "unknown"), "{history:#}");
    is_whole(&history);
}

#[tokio::test]
async fn one_peer_is_shown_and_bad_spans_are_named() {
    let watched = Watched::start().await;
    let (owner, id) = (&watched.owner, &watched.id);
    let account = owner.get("/api/netbird/peers").await.expect(200)[0]["accountId"].as_str().unwrap().to_owned();
    let peer = owner.get(&format!("/api/netbird/peers/{id}?accountId={account}")).await.expect(200);
    assert_eq!((&peer["id"], &peer["name"]), (&json!(id), &json!(watched.name)));
    let names: Vec<&Value> = peer["groupRefs"].as_array().unwrap().iter().map(|group| &group["name"]).collect();
    assert_eq!(names, peer["groups"].as_array().unwrap().iter().collect::<Vec<_>>());
    assert!(peer["asOf"].is_string());
    owner.get("/api/netbird/peers/nobody").await.refused(404, "not-found");
    owner.get("/api/netbird/peers/nobody/history").await.refused(404, "not-found");

    let now = watched.app.now();
    let long_ago = now - SignedDuration::from_hours(24 * 91);
    for (query, pointer) in [
        ("days=0".to_owned(), "/days"),
        ("days=91".to_owned(), "/days"),
        (format!("days=1&from={now}"), "/days"),
        (format!("from={long_ago}"), "/from"),
        (format!("from={}", now + SignedDuration::from_hours(1)), "/from"),
        (format!("from={now}&to={long_ago}"), "/from"),
        ("from=yesterday".to_owned(), "/from"),
        (format!("days=90&to={}", now - SignedDuration::from_hours(1)), "/days"),
        ("to=-009999-01-02T01:59:59Z".to_owned(), "/to"),
        ("unknown=1".to_owned(), "/unknown"),
    ] {
        let answer = owner.get(&format!("/api/netbird/peers/{id}/history?{query}")).await.refused(422, "validation");
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{query}");
    }
}

#[tokio::test]
async fn a_peer_of_an_account_that_was_not_read_yet_is_to_be_asked_for_later() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    owner.get("/api/netbird/peers/somebody").await.refused(404, "not-found");
    app.queues.hold(Queue::Sync);
    app.connect_account(&owner).await;
    for path in ["/api/netbird/peers/somebody", "/api/netbird/peers/somebody/history"] {
        let answer = owner.get(path).await;
        assert!(answer.header("retry-after").is_some());
        answer.refused(503, "unavailable");
    }
}
