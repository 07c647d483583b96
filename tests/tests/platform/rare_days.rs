//! What happens rarely: a stream that stalls for an hour, a leap day, an owner who is none any more when their mail leaves.

use jiff::Timestamp;
use platform_core::access::Role;
use platform_netbird::fake::TokenState;
use platform_runtime::queue::{Message, Queue};
use platform_tests::{Member, TestApp};
use serde_json::json;

async fn watched() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 } })).await;
    app.pass(1).await;
    (app, owner)
}

fn kinds(app: &TestApp) -> Vec<String> {
    app.receiver.received().iter().map(|message| message.kind().to_owned()).collect()
}

#[tokio::test]
async fn while_the_stream_stalls_for_an_hour_the_sweeper_tells_and_afterwards_nobody_hears_twice() {
    let (mut app, owner) = watched().await;
    app.switch_off("relayOutbox");
    let peers = app.peers();
    app.disconnect(&peers[..1]);
    app.pass(3).await;
    assert_eq!(kinds(&app), ["alert.fired"], "at most two ticks late");
    app.disconnect(&peers[1..2]);
    app.pass(27).await;
    app.connect(&peers[..2]);
    app.pass(30).await;
    assert_eq!(kinds(&app), ["alert.fired", "alert.fired", "alert.resolved", "alert.resolved"]);
    assert!(app.alerts(&owner).await.iter().all(|alert| alert["status"] == "resolved"));

    // What the stream held back is told to the queue now, of all of that hour.
    let late: Vec<Message> =
        app.queues.ever().into_iter().filter(|one| matches!(one, Message::Notify { .. })).collect();
    assert!(late.len() >= 4);
    late.into_iter().for_each(|message| app.queues.put(message));
    app.settle().await;
    app.pass(2).await;
    assert_eq!(kinds(&app).len(), 4);
}

#[tokio::test]
async fn a_leap_day_is_a_day_like_others() {
    let app = TestApp::start().await;
    app.clock.set("2028-02-28T23:50:00Z".parse::<Timestamp>().expect("a time"));
    app.netbird.handle().reset(10, None);
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 5 } })).await;
    let silence = json!({
        "name": "Backups", "matchers": { "everything": true }, "endsAt": "2028-04-01T00:00:00Z",
        "recurrence": { "days": ["tuesday"], "from": "00:10", "minutes": 10, "timeZone": "UTC" },
    });
    owner.post("/api/alerts/silences", silence).await.expect(201);
    app.pass(1).await;
    let peers = app.peers();
    app.disconnect(&peers[..1]);
    app.pass(15).await;
    assert_eq!(kinds(&app), ["alert.fired"], "it is 29 February by now");
    assert!(app.now().to_string().starts_with("2028-02-29T00:0"), "{}", app.now());
    app.connect(&peers[..1]);
    app.pass(2).await;
    assert_eq!(kinds(&app), ["alert.fired", "alert.resolved"]);

    // What recurs on Tuesdays mutes this one, and is over.
    app.pass(2).await;
    app.disconnect(&peers[1..2]);
    app.pass(7).await;
    assert_eq!(kinds(&app).len(), 2, "it is muted: {}", app.now());
    app.pass(5).await;
    assert_eq!(kinds(&app).len(), 3, "{}", app.now());

    // Over the next midnight, too: into March.
    app.clock.set("2028-02-29T23:55:00Z".parse::<Timestamp>().expect("a time"));
    app.pass(3).await;
    let before = kinds(&app).len();
    app.disconnect(&peers[2..3]);
    app.pass(10).await;
    assert_eq!(kinds(&app).len(), before + 1, "{:?}", kinds(&app));
    let path =
        "/api/dashboard/metrics?series=peers_offline&from=2028-02-28T23:00:00Z&to=2028-03-01T00:05:00Z&resolution=1h";
    let numbers = owner.get(path).await.expect(200);
    assert!(numbers.to_string().contains("2028-02-29T00:00:00Z"), "{numbers}");
    let body = json!({ "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "days": 2 });
    let test = owner.post("/api/alerts/rules/test/history", body).await.expect(200);
    assert!(test["from"].as_str().is_some_and(|from| from.starts_with("2028-02-28T")), "{test}");
    let told = test["alerts"].as_array().expect("a list").iter().filter(|alert| alert["told"] == true);
    assert_eq!(told.count(), 3, "{test}");
}

#[tokio::test]
async fn an_owner_who_is_none_any_more_gets_no_mail_that_waited_for_owners() {
    let (app, owner) = watched().await;
    let other = app.member(&owner, Role::Owner).await;
    app.queues.hold(Queue::AlertMail);
    app.network().set_token(TokenState::Deleted);
    app.pass(2).await;
    let is_told = |member: &Member| {
        app.mailbox
            .to(&member.email)
            .iter()
            .any(|mail| mail.subject.contains("cannot be read") || mail.text.contains("token"))
    };
    assert!(!is_told(&owner) && !is_told(&other), "it waits");
    app.set_role(&other, Role::Viewer, true).await;
    app.queues.release();
    app.settle().await;
    app.pass(2).await;
    assert!(is_told(&owner), "whoever is an owner is told");
    assert_eq!(app.mailbox.to(&other.email).len(), 0, "who is none is not");

    // Nor does one who was deactivated get what is said afterwards.
    app.network().set_token(TokenState::Good);
    let account = app.account(&owner).await;
    let id = account["id"].as_str().expect("an id");
    owner.post(&format!("/api/netbird/accounts/{id}/sync"), json!({})).await.expect(202);
    app.pass(3).await;
    assert_eq!(app.mailbox.to(&other.email).len(), 0);
}
