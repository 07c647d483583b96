//! How often an account is read, whatever else happens to it meanwhile.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_netbird::fake::{Fault, FaultKind};
use platform_runtime::queue::Queue;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

const OWNER: &str = "ada@acme.example";

fn path(account: &str) -> String {
    format!("/api/netbird/accounts/{account}")
}

/// A platform with an account that is read every so many minutes, and was read just now.
async fn read_every(minutes: u64) -> (TestApp, Member, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let changed = owner.call("PUT", &path(&account), Some(json!({ "syncIntervalSeconds": 60 * minutes }))).await;
    assert_eq!(changed.expect(200)["syncIntervalSeconds"], 60 * minutes);
    (app, owner, account)
}

async fn look(owner: &Member, account: &str) -> Value {
    let all = owner.get("/api/netbird/accounts").await.expect(200);
    all.as_array().unwrap().iter().find(|one| one["id"] == account).unwrap().clone()
}

fn reads(app: &TestApp) -> u64 {
    app.network().calls()["GET /api/peers"]
}

/// In which of the next minutes it was read.
async fn read_in(app: &TestApp, minutes: usize) -> Vec<usize> {
    let mut read = Vec::new();
    for minute in 1..=minutes {
        let before = reads(app);
        app.pass(1).await;
        assert!(reads(app) <= before + 1, "once a tick");
        if reads(app) > before {
            read.push(minute);
        }
    }
    read
}

fn time(value: &Value) -> Timestamp {
    value.as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn an_account_is_read_as_often_as_it_says() {
    let (app, owner, account) = read_every(5).await;
    assert_eq!(read_in(&app, 20).await, [5, 10, 15, 20]);
    let view = look(&owner, &account).await;
    assert_eq!(time(&view["nextSync"]), time(&view["lastAttempt"]) + SignedDuration::from_mins(5));
    assert_eq!((&view["status"], &view["apiStatus"]), (&json!("healthy"), &json!("healthy")));
    // Somebody asks for it: the next is counted from there.
    app.pass(2).await;
    owner.post(&format!("{}/sync", path(&account)), json!({})).await.expect(202);
    app.settle().await;
    assert_eq!(read_in(&app, 10).await, [5, 10]);
    let entries = owner.get("/api/audit/logs?limit=50").await.expect(200);
    let entry = entries.as_array().unwrap().iter().find(|entry| entry["action"] == "account.update").unwrap();
    assert_eq!(entry["oldValues"]["syncIntervalSeconds"], 60);
    assert_eq!(entry["newValues"]["syncIntervalSeconds"], 300);

    // A shorter one holds from the next tick on.
    owner.call("PUT", &path(&account), Some(json!({ "syncIntervalSeconds": 60 }))).await.expect(200);
    assert_eq!(read_in(&app, 3).await, [1, 2, 3]);
}

#[tokio::test]
async fn ticks_that_are_late_or_left_out_lose_no_sync() {
    let (app, _, _) = read_every(5).await;
    let tick = async |seconds: i64| {
        let before = reads(&app);
        app.skip(SignedDuration::from_secs(seconds));
        app.tick().await;
        reads(&app) - before
    };
    let mut read = 0;
    for seconds in [61, 59, 63, 58, 60, 60, 61, 59, 60, 61] {
        read += tick(seconds).await;
    }
    assert_eq!(read, 2, "ten minutes");
    assert_eq!(tick(10 * 60).await, 1, "it was due while no tick came");
}

#[tokio::test]
async fn an_interval_is_whole_minutes_up_to_an_hour() {
    let (app, owner, account) = read_every(60).await;
    for wrong in [0, 59, 90, 3_601, 7_200] {
        let body = json!({ "syncIntervalSeconds": wrong });
        let problem = owner.call("PUT", &path(&account), Some(body)).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/syncIntervalSeconds", "{problem}");
    }
    let body = json!({ "name": "Lab", "baseUrl": app.netbird.url(), "apiToken": "x", "syncIntervalSeconds": 61 });
    let problem = owner.post("/api/netbird/accounts", body).await.refused(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/syncIntervalSeconds", "{problem}");
    for wrong in [json!(-60), json!("60"), json!(60.5)] {
        let body = json!({ "syncIntervalSeconds": wrong });
        assert_eq!(owner.call("PUT", &path(&account), Some(body)).await.status, 422, "{wrong}");
    }
    let token = platform_netbird::fake::Tokens::GOOD;
    let body = json!({ "name": "Lab", "baseUrl": app.netbird.url(), "apiToken": token, "syncIntervalSeconds": 900 });
    let made = owner.post("/api/netbird/accounts", body).await.expect(201);
    assert_eq!(made["syncIntervalSeconds"], 900);
    assert_eq!(look(&owner, &account).await["syncIntervalSeconds"], 3_600);
}

#[tokio::test]
async fn what_was_paused_is_read_at_once_when_it_is_resumed() {
    let (app, owner, account) = read_every(60).await;
    let act = async |what: &str| owner.post(&format!("{}/{what}", path(&account)), json!({})).await;
    app.pass(5).await;
    act("pause").await.expect(200);
    assert_eq!(read_in(&app, 70).await, [0_usize; 0]);
    // The queue loses the message that would have it read: the next tick finds that it is due.
    app.queues.hold(Queue::Sync);
    act("resume").await.expect(200);
    app.queues.lose();
    app.queues.release();
    assert_eq!(read_in(&app, 62).await, [1, 61]);
    // Paused and resumed within its interval.
    app.pass(3).await;
    act("pause").await.expect(200);
    let before = reads(&app);
    act("resume").await.expect(200);
    app.settle().await;
    assert_eq!(reads(&app), before + 1);
    // Its interval may change while it is paused, which reads nothing.
    act("pause").await.expect(200);
    owner.call("PUT", &path(&account), Some(json!({ "syncIntervalSeconds": 120 }))).await.expect(200);
    assert_eq!(read_in(&app, 10).await, [0_usize; 0]);
    act("resume").await.expect(200);
    app.settle().await;
    assert_eq!(read_in(&app, 4).await, [2, 4]);
}

#[tokio::test]
async fn what_failed_is_tried_when_the_server_had_its_rest_and_not_an_hour_later() {
    let (app, owner, account) = read_every(60).await;
    let fail =
        |times| app.network().fault(Fault { kind: FaultKind::Status { status: 429 }, path: None, times: Some(times) });
    app.pass(59).await;
    fail(1);
    app.pass(1).await;
    let view = look(&owner, &account).await;
    assert_eq!((&view["status"], &view["errorCount"]), (&json!("degraded"), &json!(1)));
    let wait = time(&view["nextSync"]).duration_since(app.now());
    assert!(wait <= SignedDuration::from_secs(72), "{wait}");
    // One that failed reads three lists, as every account does: a server that limits calls does not refuse it for good.
    let all = |app: &TestApp| app.network().calls().values().sum::<u64>();
    let before = all(&app);
    app.pass(2).await;
    assert_eq!(all(&app) - before, 3, "{:?}", app.network().calls());
    let view = look(&owner, &account).await;
    assert_eq!((&view["status"], &view["errorCount"]), (&json!("healthy"), &json!(0)));
    assert_eq!(time(&view["nextSync"]), time(&view["lastSync"]) + SignedDuration::from_hours(1));
    assert!(app.alerts(&owner).await.is_empty());
}

#[tokio::test]
async fn an_account_that_is_read_seldom_reads_a_few_lists_more() {
    let (app, _, _) = read_every(10).await;
    let before = app.network().calls();
    app.pass(10).await;
    let calls = app.network().calls();
    let read = calls.iter().filter(|(path, calls)| before.get(*path) != Some(calls)).count();
    assert_eq!(read, 5, "peers, events and three others");
    // So each of the twelve is read within four syncs.
    app.pass(30).await;
    let calls = app.network().calls();
    let unread: Vec<_> = before.iter().filter(|(path, calls_before)| calls[*path] == **calls_before).collect();
    let only_at_first = |path: &str| path.contains("instance") || path.contains("accounts");
    assert!(unread.iter().all(|(path, _)| only_at_first(path)), "{unread:?}");
}

#[tokio::test]
async fn an_answer_that_nobody_believes_is_asked_for_again_by_the_minute() {
    let (app, owner, account) = read_every(60).await;
    app.pass(59).await;
    app.network().fault(Fault { kind: FaultKind::Empty, path: Some("peers".into()), times: None });
    app.pass(1).await;
    assert_eq!(look(&owner, &account).await["statusReason"]["code"], "implausible_answer");
    app.pass(4).await;
    let view = look(&owner, &account).await;
    assert_eq!((&view["status"], &view["peers"]["total"]), (&json!("healthy"), &json!(0)), "confirmed in minutes");
}

#[tokio::test]
async fn the_dead_man_is_missed_ten_minutes_after_the_interval() {
    let (mut app, owner, account) = read_every(60).await;
    app.pass(60).await;
    app.switch_off("syncDispatch");
    app.pass(69).await;
    let view = look(&owner, &account).await;
    assert_eq!(view["status"], "healthy", "it may be back soon");
    app.pass(1).await;
    assert!(app.mailbox.mails().is_empty());
    app.pass(1).await;
    assert_eq!(app.mailbox.to(OWNER).len(), 1);
    let alert = &app.alerts(&owner).await[0];
    assert_eq!(alert["title"], "HQ cannot be read");
    assert!(alert["message"].as_str().unwrap().contains("more than 1 h 10 min"), "{alert}");
    let view = look(&owner, &account).await;
    assert_eq!((&view["status"], &view["statusReason"]["code"]), (&json!("degraded"), &json!("not_synced")));
    app.pass(5).await;
    assert_eq!(app.mailbox.mails().len(), 1, "once");
}

#[tokio::test]
async fn nobody_is_told_of_an_account_that_is_read_as_seldom_as_it_is_meant_to() {
    let (app, owner, _) = read_every(60).await;
    app.pass(300).await;
    assert!(app.mailbox.mails().is_empty() && app.alerts(&owner).await.is_empty());
}

#[tokio::test]
async fn rules_judge_what_was_read_and_escalation_does_not_wait() {
    let (app, owner, _) = read_every(60).await;
    let channel = json!({ "type": "slack", "webhook": format!("{}/night/x", app.receiver.url()), "channel": "#night" });
    let channel = owner.post("/api/alerts/channels", json!({ "name": "night", "config": channel })).await.expect(201);
    let steps = json!([{ "afterMinutes": 20, "channelIds": [channel["id"]] }]);
    let rule = json!({
        "conditionConfig": { "threshold": 1, "duration": 20 }, "notificationConfig": {}, "escalation": steps,
    });
    app.make_rule(&owner, rule).await;
    let peers = app.peers();
    app.pass(55).await;
    app.disconnect(&peers[..1]);
    app.pass(45).await;
    // Read five minutes later, as offline; whether it still was ten minutes after that, nobody knows.
    assert!(app.alerts(&owner).await.is_empty());
    app.pass(20).await;
    assert_eq!(app.alerts(&owner).await.len(), 1, "read again, and it was away all the while");
    let told = || app.receiver.received().len();
    assert_eq!(told(), 0);
    app.pass(20).await;
    assert_eq!(told(), 1, "between two syncs");
}

#[tokio::test]
async fn a_rule_is_tried_on_what_was_read_last() {
    let (app, owner, _) = read_every(60).await;
    let peers = app.peers();
    app.disconnect(&peers[..2]);
    app.pass(60).await;
    app.connect(&peers[..2]);
    app.pass(30).await;
    let rule = json!({ "conditionType": "peer_offline", "conditionConfig": { "threshold": 2, "duration": 5 } });
    let found = owner.post("/api/alerts/rules/test", rule).await.expect(200);
    let of = &found["accounts"][0];
    assert_eq!((&of["holds"], &of["total"]), (&json!(true), &json!(2)), "{found:#}");
    assert_eq!(time(&of["asOf"]), app.now() - SignedDuration::from_mins(30));
}

#[tokio::test]
async fn the_history_of_a_peer_has_no_hole_between_two_syncs() {
    let (mut app, owner, _) = read_every(30).await;
    let id = owner.get("/api/netbird/peers").await.expect(200)[0]["id"].as_str().unwrap().to_owned();
    app.pass(180).await;
    let unknown = async |app: &TestApp| {
        let from = app.now() - SignedDuration::from_mins(170);
        let history = owner.get(&format!("/api/netbird/peers/{id}/history?from={from}")).await.expect(200);
        let periods = history["periods"].as_array().unwrap();
        periods.iter().filter(|period| period["status"] == "unknown").count()
    };
    app.pass(29).await;
    assert_eq!(unknown(&app).await, 0);
    app.switch_off("syncDispatch");
    app.pass(45).await;
    assert_eq!(unknown(&app).await, 1, "it was not read for longer than it is to be");
}

#[tokio::test]
async fn a_change_meets_a_sync_and_neither_is_lost() {
    let (app, owner, account) = read_every(1).await;
    for seconds in [120, 180, 240, 300] {
        app.skip(SignedDuration::from_mins(1));
        app.schedule_one("syncDispatch").await;
        let body = json!({ "syncIntervalSeconds": seconds });
        let path = path(&account);
        let change = async { owner.call("PUT", &path, Some(body)).await.expect(200) };
        let (_, view) = tokio::join!(app.settle(), change);
        assert_eq!(view["syncIntervalSeconds"], seconds);
        app.pass(6).await;
        let view = look(&owner, &account).await;
        assert_eq!((&view["syncIntervalSeconds"], &view["status"]), (&json!(seconds), &json!("healthy")));
        assert_eq!(time(&view["nextSync"]), time(&view["lastAttempt"]) + SignedDuration::from_secs(seconds));
    }
}
