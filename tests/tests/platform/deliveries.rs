//! The log of deliveries: what was told, what was not, and trying again what was given up.

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

const LOG: &str = "/api/alerts/deliveries";

/// A platform where a peer has been down for long enough; the next tick tells, and the webhook answers so first.
async fn alerted(replies: impl IntoIterator<Item = Reply>) -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..1]);
    app.receiver.reply(replies);
    app.pass(5).await;
    (app, owner)
}

async fn listed(member: &Member, query: &str) -> Vec<Value> {
    let answer = member.get(&format!("{LOG}{query}")).await.expect(200);
    answer["deliveries"].as_array().expect("a list").clone()
}

async fn by_webhook(member: &Member) -> Value {
    listed(member, "?channel=webhook").await.pop().expect("the webhook was told first of all")
}

fn again(delivery: &Value) -> String {
    format!("{LOG}/{}/send-again", delivery["id"].as_str().expect("it has an id"))
}

#[tokio::test]
async fn what_was_given_up_is_sent_again_under_the_same_id() {
    let (app, owner) = alerted([Reply::Status(400)]).await;
    let failed = listed(&owner, "?status=failed").await;
    assert_eq!(failed.len(), 1, "{failed:#?}");
    let failed = &failed[0];
    assert_eq!(
        (&failed["channel"], &failed["event"], &failed["attempts"]),
        (&json!("webhook"), &json!("fired"), &json!(1))
    );
    assert!(failed["lastError"].as_str().is_some_and(|said| said.contains("400")), "{failed:#}");
    let tries = failed["tries"].as_array().expect("a list");
    assert_eq!(
        (tries.len(), &tries[0]["status"], &tries[0]["error"]),
        (1, &json!(400), &failed["lastError"]),
        "{failed:#}"
    );
    assert!(tries[0]["nextTryAt"].is_null() && failed["earlierTries"].is_null(), "{failed:#}");
    assert!(failed["finishedAt"].is_string() && failed["nextTryAt"].is_null(), "{failed:#}");
    assert!(failed["alertTitle"].as_str().is_some_and(|title| title.contains("offline")), "{failed:#}");
    assert!(failed["ruleName"].is_string(), "{failed:#}");

    let viewer = app.member(&owner, Role::Viewer).await;
    assert_eq!(listed(&viewer, "").await.len(), 2, "a mail and a webhook");
    let one = format!("{LOG}/{}", failed["id"].as_str().expect("it has an id"));
    assert_eq!(owner.get(&one).await.expect(200), *failed, "by itself it is what the list has");
    let seen = viewer.get(&one).await.expect(200);
    assert_eq!(
        (&seen["id"], &seen["tries"][0]["answer"]),
        (&failed["id"], &json!(null)),
        "answers are for those who write rules"
    );
    owner.get(&format!("{LOG}/nobody's")).await.refused(404, "not-found");
    owner.get(&format!("{}_9_webhook", &one[..one.len() - "_0_webhook".len()])).await.refused(404, "not-found");
    viewer.post(&again(failed), json!({})).await.refused(403, "forbidden");

    let answer = owner.post(&again(failed), json!({})).await.expect(200);
    assert_eq!((&answer["status"], &answer["attempts"]), (&json!("pending"), &json!(0)));
    app.settle().await;
    let ids: Vec<_> = app.receiver.received().iter().map(|one| one.headers["webhook-id"].clone()).collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1], "a receiver can tell");
    let sent = by_webhook(&owner).await;
    assert_eq!((&sent["id"], &sent["status"], &sent["attempts"]), (&failed["id"], &json!("delivered"), &json!(1)));
    assert!(sent["lastError"].is_null(), "{sent:#}");
    assert_eq!(sent["tries"].as_array().map(Vec::len), Some(2), "what went before stays known: {sent:#}");
    let refused = owner.post(&again(failed), json!({})).await.refused(409, "conflict");
    assert_eq!(refused["detail"], "it was delivered");

    let trail = owner.get("/api/audit/logs").await.expect(200);
    let entries = trail.as_array().expect("a list").iter().filter(|entry| entry["action"] == "delivery.send-again");
    assert_eq!(entries.count(), 1, "what was refused is no change");
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn what_was_given_up_long_ago_has_every_try_again() {
    let (app, owner) = alerted([Reply::Status(400)]).await;
    app.pass(2).await;
    app.skip(SignedDuration::from_hours(40));
    app.receiver.reply([Reply::Status(500)]);
    owner.post(&again(&by_webhook(&owner).await), json!({})).await.expect(200);
    app.settle().await;
    let waits = by_webhook(&owner).await;
    assert_eq!((&waits["status"], &waits["attempts"]), (&json!("pending"), &json!(1)), "{waits:#}");
    assert!(waits["nextTryAt"].is_string(), "{waits:#}");
    let refused = owner.post(&again(&waits), json!({})).await.refused(409, "conflict");
    assert_eq!(refused["detail"], "it is under way: it waits for its next try");
    app.skip(SignedDuration::from_secs(10));
    app.settle().await;
    assert_eq!(by_webhook(&owner).await["status"], "delivered");
}

#[tokio::test]
async fn the_log_shows_what_tells_of_one_step() {
    let (app, owner) = alerted([Reply::Status(400)]).await;
    app.connect(&app.peers()[..1]);
    app.pass(2).await;
    for (query, expected) in [
        ("?event=fired", &["fired", "fired"][..]),
        ("?event=fired&status=failed", &["fired"]),
        ("?event=resolved&channel=email", &["resolved"]),
        ("?event=resolved,fired&channel=email", &["resolved", "fired"]),
        ("?event=repeated", &[]),
    ] {
        let seen = listed(&owner, query).await;
        assert_eq!(
            seen.iter().map(|one| one["event"].as_str().expect("a step")).collect::<Vec<_>>(),
            expected,
            "{query}"
        );
    }
}

#[tokio::test]
async fn what_was_overtaken_is_not_sent_again() {
    let (app, owner) = alerted([Reply::Status(400)]).await;
    app.connect(&app.peers()[..1]);
    app.pass(2).await;
    let fired = by_webhook(&owner).await;
    assert_eq!((&fired["event"], &fired["status"]), (&json!("fired"), &json!("failed")));
    let refused = owner.post(&again(&fired), json!({})).await.refused(409, "conflict");
    assert_eq!(refused["detail"], "it was overtaken and is not sent: resolved meanwhile");
}

#[tokio::test]
async fn the_log_is_read_page_by_page_newest_first() {
    let (app, owner) = alerted([]).await;
    // A second alert, then news of the first one.
    app.disconnect(&app.peers()[1..2]);
    app.pass(6).await;
    app.connect(&app.peers()[..1]);
    app.pass(2).await;
    let all = listed(&owner, "").await;
    let what = |one: &Value| (one["event"].as_str().unwrap_or_default().to_owned(), one["alertId"].clone());
    let events: Vec<String> = all.iter().map(|one| what(one).0).collect();
    assert_eq!(events, ["resolved", "resolved", "fired", "fired", "fired", "fired"]);
    assert_eq!(what(&all[0]).1, what(&all[5]).1, "the last word is about the first alert");

    for query in [
        "?limit=1",
        "?limit=4",
        "?limit=1&status=delivered,failed",
        "?limit=2&channel=email,webhook",
        "?limit=1&event=resolved,fired",
    ] {
        let (mut seen, mut next) = (Vec::new(), query.to_owned());
        loop {
            let page = owner.get(&format!("{LOG}{next}")).await.expect(200);
            seen.extend(page["deliveries"].as_array().expect("a list").clone());
            let Some(cursor) = page["nextCursor"].as_str() else { break };
            next = format!("{query}&cursor={cursor}");
        }
        assert_eq!(seen, all, "{query}");
    }
    let alert = all[5]["alertId"].as_str().expect("an id");
    assert_eq!(listed(&owner, &format!("?alertId={alert}")).await.len(), 4);
    assert_eq!(listed(&owner, &format!("?alertId={alert}&channel=email")).await.len(), 2);
    let first = owner.get(&format!("{LOG}?alertId={alert}&limit=3")).await.expect(200);
    let cursor = first["nextCursor"].as_str().expect("there is more");
    assert_eq!(listed(&owner, &format!("?alertId={alert}&limit=3&cursor={cursor}")).await, all[5..]);
    let rule = all[0]["ruleId"].as_str().expect("an id");
    assert_eq!(listed(&owner, &format!("?ruleId={rule}")).await, all);
    let at = all[2]["createdAt"].as_str().expect("a time");
    assert_eq!(listed(&owner, &format!("?from={at}")).await, all[..4]);
    assert_eq!(listed(&owner, &format!("?to={at}")).await, all[4..]);
    assert_eq!(listed(&owner, &format!("?from={at}&to={at}")).await.len(), 0);
}
