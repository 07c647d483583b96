//! Silences: what fires meanwhile is told when they are over, if it still holds; what was told is told to be over; and
//! nothing is swallowed, however a silence ends.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_core::access::Role;
use platform_core::ids::SilenceId;
use platform_core::silence::{MAX_KEPT, MAX_SILENCES, Silence};
use platform_netbird::fake::TokenState;
use platform_runtime::queue::Message;
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

const SILENCES: &str = "/api/alerts/silences";

async fn watched(rule: Value) -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    (app, owner)
}

fn at_once() -> Value {
    json!({ "conditionConfig": { "duration": 0 } })
}

/// One alert for all, once two are away.
fn together() -> Value {
    json!({ "conditionConfig": { "threshold": 2, "duration": 0 } })
}

fn minutes(n: i64) -> SignedDuration {
    SignedDuration::from_mins(n)
}

fn body(app: &TestApp, lasts: i64, more: &Value) -> Value {
    let mut body = json!({
        "name": "The site moves", "matchers": { "everything": true }, "endsAt": app.now() + minutes(lasts),
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

/// A silence of so many minutes.
async fn silence(app: &TestApp, owner: &Member, lasts: i64, more: Value) -> Value {
    owner.post(SILENCES, body(app, lasts, &more)).await.expect(201)
}

fn path(silence: &Value) -> String {
    format!("{SILENCES}/{}", silence["id"].as_str().unwrap())
}

/// So many minutes later, at the end of which there is a tick.
async fn later(app: &TestApp, n: i64) {
    app.skip(minutes(n - 1));
    app.pass(1).await;
}

/// The newest alert, with its history.
async fn newest(app: &TestApp, owner: &Member) -> Value {
    let id = app.alerts(owner).await[0]["id"].as_str().unwrap().to_owned();
    owner.get(&format!("/api/alerts/{id}")).await.expect(200)
}

fn events(alert: &Value) -> Vec<&str> {
    alert["history"].as_array().unwrap().iter().map(|row| row["event"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_fires_meanwhile_is_told_when_it_is_over() {
    for rule in [at_once(), together()] {
        let (app, owner) = watched(rule).await;
        let peers = app.peers();
        let made = silence(&app, &owner, 60, json!({})).await;
        app.disconnect(&peers[..2]);
        app.pass(1).await;
        let alert = newest(&app, &owner).await;
        let held = json!({ "id": made["id"], "name": "The site moves" });
        assert_eq!((&alert["status"], &alert["silence"]), (&json!("suppressed"), &held));
        assert_eq!((&alert["suppressedUntil"], &alert["notifications"]), (&made["endsAt"], &json!([])));
        let why = "Nobody is told before 2026-03-02 10:01 UTC: the silence “The site moves” mutes it.";
        assert_eq!(alert["history"][0]["message"], why);
        later(&app, 58).await;
        assert_eq!((app.receiver.told(), app.mailbox.mails().len()), (vec![], 0));
        app.pass(1).await;
        assert_eq!(app.receiver.told(), ["alert.reopened"]);
        assert_eq!(app.mailbox.to("ops@acme.example").len(), 1);
        let alert = newest(&app, &owner).await;
        assert_eq!(
            (&alert["status"], &alert["silence"], events(&alert)),
            (&json!("open"), &json!(null), vec!["fired", "reopened"])
        );
        assert_eq!(alert["history"][1]["message"], "The silence “The site moves” mutes it no longer.");
        app.pass(1).await;
        app.connect(&peers[..2]);
        app.pass(1).await;
        assert_eq!(app.receiver.told(), ["alert.reopened", "alert.resolved"]);
        assert_eq!(app.queues.take_failures(), [""; 0]);
    }
}

#[tokio::test]
async fn what_ends_meanwhile_is_told_to_those_who_were_told() {
    for rule in [at_once(), together()] {
        let (app, owner) = watched(rule).await;
        let peers = app.peers();
        silence(&app, &owner, 60, json!({})).await;
        app.disconnect(&peers[..2]);
        app.pass(2).await;
        app.connect(&peers[..2]);
        later(&app, 70).await;
        assert_eq!(events(&newest(&app, &owner).await), ["fired", "resolved"]);
        assert_eq!((app.receiver.told(), app.mailbox.mails().len()), (vec![], 0), "nobody was told");

        app.disconnect(&peers[..2]);
        app.pass(1).await;
        silence(&app, &owner, 600, json!({})).await;
        later(&app, 500).await;
        assert_eq!(app.receiver.told(), ["alert.fired"], "no reminder");
        assert_eq!(newest(&app, &owner).await["status"], "open", "it was told, and is held by nobody");
        app.connect(&peers[..2]);
        app.pass(1).await;
        assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
    }
}

#[tokio::test]
async fn whatever_ends_it_early_tells_at_once() {
    let (app, owner) = watched(at_once()).await;
    let peers = app.peers();
    let narrow = json!({ "matchers": { "severities": ["low"] } });
    for (nth, way) in ["end", "delete", "off", "narrow"].into_iter().enumerate() {
        let made = silence(&app, &owner, 600, json!({})).await;
        app.disconnect(&peers[nth..=nth]);
        app.pass(1).await;
        assert_eq!(newest(&app, &owner).await["status"], "suppressed", "{way}");
        let before = app.receiver.told().len();
        match way {
            "end" => {
                let ended = owner.post(&format!("{}/end", path(&made)), json!({})).await.expect(200);
                assert_eq!((&ended["status"], &ended["endsAt"]), (&json!("ended"), &json!(app.now())));
                assert_eq!(owner.post(&format!("{}/end", path(&made)), json!({})).await.expect(200), ended);
            }
            "delete" => drop(owner.delete(&path(&made)).await.expect(204)),
            "off" => {
                let off = body(&app, 600, &json!({ "enabled": false }));
                assert_eq!(owner.call("PUT", &path(&made), Some(off)).await.expect(200)["status"], "off");
            }
            _ => drop(owner.call("PUT", &path(&made), Some(body(&app, 600, &narrow))).await.expect(200)),
        }
        app.settle().await;
        assert_eq!(newest(&app, &owner).await["status"], "open", "{way}");
        assert_eq!(app.receiver.told().len(), before + 1, "{way}: without waiting for a tick");
        app.pass(2).await;
        assert_eq!(app.receiver.told(), vec!["alert.reopened"; before + 1], "{way}: once");
    }
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn made_longer_it_holds_on() {
    let (app, owner) = watched(at_once()).await;
    let made = silence(&app, &owner, 30, json!({})).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    let longer = owner.call("PUT", &path(&made), Some(body(&app, 100, &json!({})))).await.expect(200);
    app.settle().await;
    assert_eq!(newest(&app, &owner).await["suppressedUntil"], longer["endsAt"]);
    // Another one that lasts longer takes over, and when it is gone the first one holds.
    let other = silence(&app, &owner, 200, json!({ "name": "The other" })).await;
    app.pass(1).await;
    assert_eq!(newest(&app, &owner).await["silence"]["name"], "The other");
    owner.delete(&path(&other)).await.expect(204);
    app.settle().await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["silence"]["name"], &alert["suppressedUntil"]), (&json!("The site moves"), &longer["endsAt"]));
    later(&app, 99).await;
    assert_eq!(app.receiver.told(), ["alert.reopened"]);
}

#[tokio::test]
async fn what_a_person_suppressed_stays_so() {
    let (app, owner) = watched(at_once()).await;
    let made = silence(&app, &owner, 60, json!({})).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    let id = newest(&app, &owner).await["id"].as_str().unwrap().to_owned();
    let until = json!({ "until": app.now() + minutes(180) });
    let suppressed = owner.post(&format!("/api/alerts/{id}/suppress"), until.clone()).await.expect(200);
    assert_eq!(suppressed["silence"], json!(null), "it is the person's");
    owner.delete(&path(&made)).await.expect(204);
    app.settle().await;
    later(&app, 179).await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["status"], &alert["suppressedUntil"]), (&json!("suppressed"), &until["until"]));
    // Their time is over while another silence mutes: held on, and told after it.
    silence(&app, &owner, 30, json!({})).await;
    app.pass(1).await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["status"], &alert["silence"]["name"]), (&json!("suppressed"), &json!("The site moves")));
    assert!(app.receiver.told().is_empty());
    later(&app, 29).await;
    assert_eq!(app.receiver.told(), ["alert.reopened"]);

    // Whoever wants to hear of it hears of it: nothing holds it again.
    silence(&app, &owner, 300, json!({})).await;
    app.disconnect(&app.peers()[1..2]);
    app.pass(1).await;
    let id = newest(&app, &owner).await["id"].as_str().unwrap().to_owned();
    owner.post(&format!("/api/alerts/{id}/reopen"), json!({})).await.expect(200);
    later(&app, 298).await;
    assert_eq!(newest(&app, &owner).await["status"], "open");
    let told = ["alert.reopened", "alert.reopened"];
    assert_eq!(app.receiver.told(), told, "no reminder while it is muted");
    app.pass(1).await;
    assert_eq!(app.receiver.told(), [told, ["alert.repeated", "alert.repeated"]].concat());
}

/// New York puts its clocks forward on 8 March 2026: nine o'clock there is 14:00 UTC before, and 13:00 UTC from then on.
#[tokio::test]
async fn a_window_keeps_to_the_clocks_of_its_place() {
    let (app, owner) = watched(at_once()).await;
    let recurrence = json!({ "days": ["monday"], "from": "09:00", "minutes": 60, "timeZone": "America/New_York" });
    let made = silence(&app, &owner, 20 * 24 * 60, json!({ "recurrence": recurrence })).await;
    let starts: Vec<&str> =
        made["windows"].as_array().unwrap().iter().map(|window| window["startsAt"].as_str().unwrap()).collect();
    assert_eq!(starts, ["2026-03-02T14:00:00Z", "2026-03-09T13:00:00Z", "2026-03-16T13:00:00Z"]);
    assert_eq!(made["windows"][1]["words"], "Mon 2026-03-09 09:00 to 10:00 EDT");
    assert_eq!(made["status"], "scheduled");
    let peers = app.peers();
    let until = async |moment: &str| {
        let moment: Timestamp = moment.parse().unwrap();
        app.skip(moment.duration_since(app.now()) - minutes(1));
        app.pass(1).await;
    };
    until("2026-03-09T12:58:00Z").await;
    app.disconnect(&peers[..1]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired"], "a minute before");
    app.disconnect(&peers[1..2]);
    app.pass(1).await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["status"], &alert["suppressedUntil"]), (&json!("suppressed"), &json!("2026-03-09T14:00:00Z")));
    assert_eq!(owner.get(&path(&made)).await.expect(200)["status"], "active");
    until("2026-03-09T14:00:00Z").await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.reopened"]);
}

#[tokio::test]
async fn a_rule_that_is_deleted_while_muted_tells_nobody() {
    let (app, owner) = watched(at_once()).await;
    let rules = owner.get("/api/alerts/rules").await.expect(200);
    let rule = rules[0]["id"].as_str().unwrap();
    let made = silence(&app, &owner, 60, json!({ "matchers": { "ruleIds": [rule] } })).await;
    assert_eq!(made["mutes"], "Alerts of Servers down");
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    owner.delete(&format!("/api/alerts/rules/{rule}")).await.expect(204);
    app.settle().await;
    assert_eq!(newest(&app, &owner).await["resolvedMessage"], "The rule was deleted.");
    later(&app, 90).await;
    assert_eq!((app.receiver.told(), app.mailbox.mails().len()), (vec![], 0));
    // It can still be changed, though what it names is gone.
    let kept = body(&app, 60, &json!({ "matchers": { "ruleIds": [rule] } }));
    let changed = owner.call("PUT", &path(&made), Some(kept)).await.expect(200);
    assert_eq!(changed["mutes"], "Alerts of a deleted rule");
}

#[tokio::test]
async fn evaluations_at_once_make_one_alert_and_tell_once() {
    let (app, owner) = watched(at_once()).await;
    let account = app.account(&owner).await["id"].as_str().unwrap().parse().unwrap();
    let evaluate = || app.run(Message::Evaluate { tenant: owner.tenant, account });
    let made = silence(&app, &owner, 600, json!({})).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    let (one, two, three) = tokio::join!(evaluate(), evaluate(), evaluate());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(app.alerts(&owner).await.len(), 1);
    owner.delete(&path(&made)).await.expect(204);
    let (one, two, three) = tokio::join!(evaluate(), evaluate(), evaluate());
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    app.pass(2).await;
    assert_eq!(app.receiver.told(), ["alert.reopened"]);
    assert_eq!(events(&newest(&app, &owner).await), ["fired", "reopened"]);
}

/// That an account cannot be read is muted by who names it, its severity, or everything.
#[tokio::test]
async fn an_account_that_cannot_be_read_is_muted_by_who_says_so() {
    let (app, owner) = watched(at_once()).await;
    let account = app.account(&owner).await["id"].clone();
    silence(&app, &owner, 600, json!({ "matchers": { "severities": ["low", "medium", "critical"] } })).await;
    let made = silence(&app, &owner, 600, json!({ "matchers": { "accountIds": [account] } })).await;
    app.network().set_token(TokenState::Deleted);
    app.pass(2).await;
    let alert = newest(&app, &owner).await;
    assert_eq!((&alert["title"], &alert["status"]), (&json!("HQ cannot be read"), &json!("suppressed")));
    let mails = app.mailbox.to("ada@acme.example").len();
    owner.delete(&path(&made)).await.expect(204);
    app.settle().await;
    assert_eq!(newest(&app, &owner).await["status"], "open");
    assert_eq!(app.mailbox.to("ada@acme.example").len(), mails + 1);
}

#[tokio::test]
async fn it_says_what_it_would_mute() {
    let (app, owner) = watched(at_once()).await;
    let account = app.account(&owner).await["id"].clone();
    let low = json!({ "name": "Low", "severity": "low", "conditionConfig": { "threshold": 5, "duration": 0 } });
    app.make_rule(&owner, low).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    let preview = async |matchers: Value| {
        let body = json!({ "matchers": matchers, "endsAt": app.now() + minutes(60) });
        owner.post(&format!("{SILENCES}/preview"), body).await.expect(200)
    };
    let names = |preview: &Value| -> Vec<String> {
        preview["rules"].as_array().unwrap().iter().map(|rule| rule["ruleName"].as_str().unwrap().to_owned()).collect()
    };
    let all = preview(json!({ "everything": true })).await;
    assert_eq!(
        (names(&all), &all["pairs"]),
        (["Servers down", "Low", "Account unreachable"].map(String::from).into(), &json!(3))
    );
    assert_eq!((&all["alertsTotal"], &all["mutes"]), (&json!(1), &json!("All alerts")));
    assert_eq!(all["windows"][0]["words"], "Mon 2026-03-02 09:02 to 10:02 UTC");
    let low = preview(json!({ "severities": ["low"], "accountIds": [account] })).await;
    assert_eq!(
        (names(&low), &low["alerts"], &low["mutes"]),
        (vec!["Low".into()], &json!([]), &json!("Low alerts in HQ"))
    );
    assert_eq!(owner.get(SILENCES).await.total(), Some(0), "nothing is made");
}

#[tokio::test]
async fn it_is_made_seen_changed_and_deleted() {
    let (app, owner) = watched(at_once()).await;
    let viewer = app.member(&owner, Role::Viewer).await;
    let starts = json!({ "startsAt": app.now() + minutes(30), "comment": "Call Grace", "name": " The site moves " });
    let made = silence(&app, &owner, 60, starts).await;
    assert_eq!((&made["name"], &made["status"]), (&json!("The site moves"), &json!("scheduled")));
    assert_eq!(made["createdBy"]["id"], json!(owner.user));
    let seen = viewer.get(&path(&made)).await;
    let tag = seen.header("etag").unwrap().to_owned();
    assert_eq!(seen.expect(200), made);
    assert_eq!(viewer.get(SILENCES).await.expect(200), json!([made]));
    let change = body(&app, 90, &json!({}));
    for (method, below, sent) in [
        ("POST", String::new(), Some(change.clone())),
        ("PUT", path(&made), Some(change.clone())),
        ("DELETE", path(&made), None),
        ("POST", format!("{}/end", path(&made)), Some(json!({}))),
    ] {
        let address = if below.is_empty() { SILENCES.to_owned() } else { below };
        let refused = viewer.call(method, &address, sent).await.refused(403, "forbidden");
        assert_eq!(refused["permission"], "alerts:suppress");
    }
    app.skip(minutes(1));
    let changed = owner.call("PUT", &path(&made), Some(change.clone())).await.expect(200);
    assert_eq!((&changed["comment"], &changed["startsAt"]), (&json!(""), &made["startsAt"]));
    let stale = owner.client.with_header("if-match", &tag);
    stale.call("PUT", &path(&made), Some(change)).await.refused(412, "precondition-failed");
    stale.delete(&path(&made)).await.refused(412, "precondition-failed");
    stale.post(&format!("{}/end", path(&made)), json!({})).await.refused(412, "precondition-failed");
    owner.post(&format!("{}/end", path(&made)), json!({})).await.expect(200);
    owner.delete(&path(&made)).await.expect(204);
    owner.get(&path(&made)).await.refused(404, "not-found");
    let trail = owner.get(&format!("/api/audit/logs?limit=4&user={}", owner.user)).await.expect(200);
    let mut actions: Vec<_> = trail.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["silence.create", "silence.delete", "silence.end", "silence.update"]);
    let update = trail.as_array().unwrap().iter().find(|entry| entry["action"] == "silence.update").unwrap();
    assert_eq!((&update["oldValues"]["comment"], &update["newValues"]["comment"]), (&json!("Call Grace"), &json!("")));
}

#[tokio::test]
async fn what_is_over_is_kept_for_a_while_and_makes_room() {
    let (app, owner) = watched(at_once()).await;
    let made = silence(&app, &owner, 60, json!({})).await;
    let store = &app.platform.store;
    let first = store.silences(owner.tenant).await.unwrap().remove(0);
    let plant = async |count: usize, lasts: i64| {
        for _ in 0..count {
            let id = SilenceId::new(app.now(), app.platform.entropy.as_ref());
            let silence = Silence { id, ends_at: app.now() + minutes(lasts), version: 1, ..first.clone() };
            let mut transaction = store.transaction();
            transaction.create_silence(&silence).unwrap();
            transaction.commit().await.unwrap();
        }
    };
    plant(MAX_SILENCES - 1, 60).await;
    let sent = body(&app, 200, &json!({}));
    owner.post(SILENCES, sent.clone()).await.refused(409, "conflict");
    app.skip(minutes(90));
    assert_eq!(owner.get(&path(&made)).await.expect(200)["status"], "ended");
    owner.post(SILENCES, sent.clone()).await.expect(201);
    plant(MAX_KEPT - MAX_SILENCES - 1, 60).await;
    owner.call("PUT", &path(&made), Some(sent.clone())).await.refused(409, "conflict");
    app.skip(minutes(70));
    owner.post(SILENCES, sent).await.expect(201);
    assert_eq!(owner.get(SILENCES).await.total(), Some(MAX_KEPT), "one that is over made room");
    app.skip(SignedDuration::from_hours(30 * 24) + minutes(1));
    assert_eq!(store.silences(owner.tenant).await.unwrap().len(), 2, "those that were over for less");
}

#[tokio::test]
async fn a_quiet_tick_costs_no_more_without_silences_and_writes_nothing_with_them() {
    let (app, owner) = watched(at_once()).await;
    app.pass(3).await;
    let quiet = async || {
        app.database.meter().take();
        app.pass(1).await;
        app.database.meter().take()
    };
    let before = quiet().await;
    for _ in 0..10 {
        silence(&app, &owner, 600, json!({ "matchers": { "severities": ["low"] } })).await;
    }
    app.pass(1).await;
    let with_ten = quiet().await;
    println!("a quiet tick: {before:?}; with ten silences: {with_ten:?} (read, written, calls)");
    assert_eq!((with_ten.1, with_ten.2), (before.1, before.2), "as many writes and calls");
    assert!(with_ten.0 <= before.0 + 2.0, "{} read units", with_ten.0);
}

/// Whoever opens an alert again by hand has everybody told who did not hear of it: nobody waits for the next reminder.
#[tokio::test]
async fn what_nobody_heard_of_is_told_when_somebody_opens_it_again() {
    for rule in [at_once(), together()] {
        let (app, owner) = watched(rule).await;
        silence(&app, &owner, 60, json!({})).await;
        app.disconnect(&app.peers()[..2]);
        app.pass(1).await;
        assert_eq!(app.receiver.told(), [""; 0]);
        let alert = app.alerts(&owner).await.remove(0);
        let path = |step: &str| format!("/api/alerts/{}/{step}", alert["id"].as_str().unwrap());
        let told = owner.post(&path("reopen"), json!({})).await.expect(200);
        assert_eq!(told["notifications"].as_array().map(Vec::len), Some(2), "{told:#}");
        app.settle().await;
        assert_eq!(app.receiver.told(), ["alert.reopened"]);
        // Who heard of it is not told twice.
        let until = json!({ "until": app.now() + minutes(600) });
        owner.post(&path("suppress"), until).await.expect(200);
        owner.post(&path("reopen"), json!({})).await.expect(200);
        app.pass(1).await;
        assert_eq!(app.receiver.told(), ["alert.reopened"]);
        app.connect(&app.peers()[..2]);
        app.pass(1).await;
        assert_eq!(app.receiver.told(), ["alert.reopened", "alert.resolved"]);
        assert_eq!(app.queues.take_failures(), [""; 0]);
    }
}

/// The same of a message that was overtaken when somebody suppressed the alert.
#[tokio::test]
async fn what_was_overtaken_by_a_suppression_is_told_when_somebody_opens_it_again() {
    let (app, owner) = watched(at_once()).await;
    app.receiver.reply([Reply::Status(500)]);
    app.disconnect(&app.peers()[..1]);
    app.pass(1).await;
    let alert = app.alerts(&owner).await.remove(0);
    let path = |step: &str| format!("/api/alerts/{}/{step}", alert["id"].as_str().unwrap());
    owner.post(&path("suppress"), json!({ "until": app.now() + minutes(600) })).await.expect(200);
    app.pass(10).await;
    assert_eq!(app.receiver.told(), [""; 0], "the one that failed was overtaken");
    owner.post(&path("reopen"), json!({})).await.expect(200);
    app.settle().await;
    assert_eq!(app.receiver.told(), ["alert.reopened"]);
    assert_eq!(app.mailbox.to("ops@acme.example").len(), 1, "whoever got a mail knows");
}
