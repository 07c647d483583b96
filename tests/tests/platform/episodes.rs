//! Rules that tell of each peer: who is off for good hides nobody, who goes together is one alert, and a storm is no
//! pager full.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;

use jiff::SignedDuration;
use platform_netbird::fake::FakeServer;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

async fn watched(rule: Value) -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, rule).await;
    app.pass(1).await;
    (app, owner)
}

/// So many minutes later, at the end of which there is a tick.
async fn later(app: &TestApp, minutes: i64) {
    app.skip(SignedDuration::from_mins(minutes - 1));
    app.pass(1).await;
}

fn at_once() -> Value {
    json!({ "conditionConfig": { "duration": 0 } })
}

async fn open(app: &TestApp, member: &Member) -> Vec<Value> {
    let mut alerts = app.alerts(member).await;
    alerts.retain(|alert| alert["status"] != "resolved");
    alerts
}

fn names_of(server: &FakeServer) -> Vec<String> {
    server.handle().look(|network| network.peers().iter().map(|peer| peer.name.clone()).collect())
}

fn titles(alerts: &[Value]) -> Vec<&str> {
    alerts.iter().map(|alert| alert["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_server_that_is_off_for_good_hides_no_other() {
    let (app, owner) = watched(at_once()).await;
    let peers = app.peers();
    app.disconnect(&peers[..1]);
    later(&app, 30).await;
    app.disconnect(&peers[1..3]);
    app.pass(1).await;
    app.disconnect(&peers[3..4]);
    app.pass(1).await;
    let (one, two) = (format!("{} is offline", peers[0]), format!("{} and {} are offline", peers[1], peers[2]));
    let three = format!("{} is offline", peers[3]);
    assert_eq!(titles(&open(&app, &owner).await), [three.as_str(), &two, &one]);
    assert_eq!(app.receiver.told(), ["alert.fired"; 3], "each is told when it goes");

    // An open alert says how it is now, and is no news.
    app.connect(&peers[1..2]);
    app.pass(1).await;
    let alert = open(&app, &owner).await.remove(1);
    let groups = alert["title"].as_str().unwrap();
    assert_eq!(groups, format!("{} is still offline, of 2 peers", peers[2]));
    let of_alert = owner.get(&format!("/api/alerts/{}/peers", alert["id"].as_str().unwrap())).await.expect(200);
    let mut shown: Vec<_> =
        of_alert.as_array().unwrap().iter().map(|peer| (&peer["name"], &peer["isAffected"])).collect();
    shown.sort_by_key(|(name, _)| name.to_string());
    let mut expected = [(json!(peers[1]), json!(false)), (json!(peers[2]), json!(true))];
    expected.sort_by_key(|(name, _)| name.to_string());
    assert!(shown.iter().zip(&expected).all(|(shown, is)| (*shown.0 == is.0) && (*shown.1 == is.1)), "{of_alert}");
    assert_eq!(app.receiver.received().len(), 3);
    app.connect(&peers[2..3]);
    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await[1]["title"], "Both peers are back online");
    assert_eq!(app.receiver.received().len(), 4);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn what_was_offline_before_the_rule_is_named_and_nobody_told() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let peers = app.peers();
    app.disconnect(&peers[..2]);
    app.pass(10).await;
    app.make_rule(&owner, at_once()).await;
    app.pass(1).await;
    let noted = open(&app, &owner).await.remove(0);
    assert_eq!(noted["title"], format!("{} and {} are offline", peers[0], peers[1]));
    assert!(
        noted["message"].as_str().unwrap().ends_with("It was so before the rule began to watch, so nobody was told.")
    );
    app.disconnect(&peers[2..3]);
    app.pass(1).await;
    later(&app, 4 * 60).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.repeated"], "only of the one that went, and reminded of it");
    app.connect(&peers[..3]);
    app.pass(1).await;
    assert!(open(&app, &owner).await.is_empty());
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.repeated", "alert.resolved"]);
    // Of an account that is connected later it is the same.
    let elsewhere = app.another_netbird(5, 3).await;
    let names = names_of(&elsewhere);
    elsewhere.handle().change(|network, now| network.disconnect(&names[..1], now));
    app.skip(SignedDuration::from_mins(5));
    app.connect_account_at(&owner, "Plant", &elsewhere).await;
    app.pass(1).await;
    assert_eq!(titles(&open(&app, &owner).await), [format!("{} is offline", names[0])]);
    assert_eq!(app.receiver.received().len(), 3);
}

#[tokio::test]
async fn suppressed_it_is_silent_until_its_time_and_told_then() {
    let (app, owner) = watched(at_once()).await;
    let peers = app.peers();
    app.disconnect(&peers[..1]);
    app.pass(1).await;
    let id = open(&app, &owner).await[0]["id"].as_str().unwrap().to_owned();
    let path = |step: &str| format!("/api/alerts/{id}/{step}");
    let until = app.now() + SignedDuration::from_hours(10);
    let body = json!({ "until": until, "message": "The site moves" });
    let suppressed = owner.post(&path("suppress"), body).await.expect(200);
    assert_eq!((&suppressed["status"], &suppressed["suppressedUntil"]), (&json!("suppressed"), &json!(until)));
    later(&app, 599).await;
    assert_eq!(app.receiver.told(), ["alert.fired"], "no reminder");
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.reopened"]);
    let alert = owner.get(&format!("/api/alerts/{id}")).await.expect(200);
    assert_eq!((&alert["status"], &alert["suppressedUntil"]), (&json!("open"), &json!(null)));
    let events: Vec<_> = alert["history"].as_array().unwrap().iter().map(|row| row["event"].clone()).collect();
    assert_eq!(events, ["fired", "suppressed", "reopened"]);

    // Whoever was told hears of the end, though it is suppressed; and one may change one's mind.
    let again = json!({ "until": app.now() + SignedDuration::from_hours(10) });
    owner.post(&path("suppress"), again.clone()).await.expect(200);
    owner.post(&path("reopen"), json!({})).await.expect(200);
    owner.post(&path("reopen"), json!({})).await.refused(409, "conflict");
    owner.post(&path("suppress"), again).await.expect(200);
    app.connect(&peers[..1]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.reopened", "alert.resolved"]);
    let past = json!({ "until": app.now() + SignedDuration::from_hours(1) });
    owner.post(&path("suppress"), past).await.refused(409, "conflict");
    let trail = owner.get(&format!("/api/audit/logs?limit=4&user={}", owner.user)).await.expect(200);
    let mut actions: Vec<_> = trail.as_array().unwrap().iter().map(|entry| entry["action"].as_str().unwrap()).collect();
    // Some at one moment, so in no order.
    actions.sort_unstable();
    assert_eq!(actions, ["alert.reopen", "alert.suppress", "alert.suppress", "alert.suppress"]);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

/// The same for a rule with one alert for all, which is kept up to date without telling anybody.
#[tokio::test]
async fn one_alert_for_all_says_how_it_is_now() {
    let config = json!({ "conditionConfig": { "threshold": 2, "duration": 0 } });
    let (app, owner) = watched(config).await;
    let peers = app.peers();
    app.disconnect(&peers[..2]);
    app.pass(1).await;
    app.disconnect(&peers[2..4]);
    app.pass(1).await;
    let alert = open(&app, &owner).await.remove(0);
    assert_eq!(alert["title"], format!("4 of {} peers are offline", peers.len()));
    assert_eq!(alert["details"]["affected"]["total"], 4);
    let path = |step: &str| format!("/api/alerts/{}/{step}", alert["id"].as_str().unwrap());
    let until = app.now() + SignedDuration::from_hours(5);
    owner.post(&path("suppress"), json!({ "until": until })).await.expect(200);
    later(&app, 299).await;
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.reopened"]);
    owner.post(&path("resolve"), json!({})).await.expect(200);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.reopened", "alert.resolved", "alert.fired"]);
    let config = json!({ "threshold": 2, "duration": 0, "alertPer": "peer" });
    let rule = json!({
        "name": "Two", "conditionType": "peer_offline", "conditionConfig": config, "severity": "low",
        "notificationConfig": {},
    });
    let problem = owner.post("/api/alerts/rules", rule).await.refused(422, "validation");
    assert_eq!(problem["errors"][0]["pointer"], "/conditionConfig/alertPer");
}

/// Where there are enough open alerts of a rule, what goes joins the latest, and is told.
#[tokio::test]
async fn an_acknowledged_alert_that_grows_is_open_again() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let network = app.another_netbird(103, 9).await;
    app.connect_account_at(&owner, "Fleet", &network).await;
    app.make_rule(&owner, at_once()).await;
    app.pass(1).await;
    let names = names_of(&network);
    for name in &names[..100] {
        network.handle().change(|network, now| network.disconnect(&[name], now));
        app.pass(1).await;
    }
    let alerts = open(&app, &owner).await;
    let latest = alerts[0]["id"].as_str().unwrap();
    owner.post(&format!("/api/alerts/{latest}/acknowledge"), json!({})).await.expect(200);
    network.handle().change(|network, now| network.disconnect(&names[100..], now));
    app.pass(1).await;
    let grown = owner.get(&format!("/api/alerts/{latest}")).await.expect(200);
    assert_eq!((&grown["status"], &grown["title"]), (&json!("open"), &json!("4 peers are offline")));
    assert_eq!(grown["history"][2]["event"], "grew");
    let peers = owner.get(&format!("/api/alerts/{latest}/peers")).await.expect(200);
    assert_eq!(peers.as_array().unwrap().len(), 4);
    assert_eq!(app.receiver.told().last().map(String::as_str), Some("alert.grew"));
    assert_eq!(owner.get("/api/alerts?status=open&limit=1").await.header("x-total-count"), Some("100"));
}

/// 3,000 peers go within ten minutes and return within ten: one message a minute, and each peer is in one.
#[tokio::test]
async fn a_storm_is_one_message_a_minute_and_accounts_for_each() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let network = app.another_netbird(4_000, 5).await;
    app.connect_account_at(&owner, "Fleet", &network).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 1 }, "keepFiringMinutes": 2 })).await;
    app.pass(1).await;
    let names: Vec<String> = names_of(&network).into_iter().take(3_000).collect();
    for part in names.chunks(300) {
        network.handle().change(|network, now| network.disconnect(part, now));
        app.pass(1).await;
    }
    app.pass(3).await;
    let mut accounted = BTreeSet::new();
    for alert in open(&app, &owner).await {
        let mut next = Some(format!("/api/alerts/{}/peers?limit=1000", alert["id"].as_str().unwrap()));
        while let Some(path) = next {
            let page = owner.get(&path).await;
            next = page.next();
            for peer in page.expect(200).as_array().unwrap() {
                assert!(accounted.insert(peer["name"].as_str().unwrap().to_owned()), "{peer} is in two alerts");
            }
        }
    }
    assert_eq!(accounted, names.iter().cloned().collect::<BTreeSet<_>>());
    for part in names.chunks(300) {
        network.handle().change(|network, now| network.connect(part, now));
        app.pass(1).await;
    }
    app.pass(4).await;
    assert!(open(&app, &owner).await.is_empty());
    let (hooks, mails) = (app.receiver.received(), app.mailbox.to("ops@acme.example").len());
    println!("3000 peers went and returned: {} messages by webhook, {mails} mails", hooks.len());
    assert!(hooks.len() <= 22 && mails <= 22, "{} webhooks, {mails} mails", hooks.len());
    assert!(hooks.iter().all(|hook| hook.body.to_string().len() <= 20 << 10));
}

/// 5,000 peers at once: one message on each channel, and few writes.
#[tokio::test]
async fn five_thousand_at_once_are_one_message_and_few_writes() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let network = app.another_netbird(11_000, 5).await;
    app.connect_account_at(&owner, "Fleet", &network).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 2 } })).await;
    app.pass(1).await;
    let names: Vec<String> = names_of(&network).into_iter().take(5_000).collect();
    network.handle().change(|network, now| network.disconnect(&names, now));
    app.pass(1).await;
    app.database.meter().take();
    app.pass(1).await;
    let (_, fired, _) = app.database.meter().take();
    let (hooks, mails) = (app.receiver.received(), app.mailbox.to("ops@acme.example"));
    assert_eq!((app.receiver.told(), mails.len()), (vec!["alert.fired".to_owned()], 1));
    let longest = [hooks[0].bytes.len(), mails[0].subject.len() + mails[0].text.len()];
    assert!(longest.iter().all(|bytes| *bytes <= 20 << 10), "{longest:?} bytes");
    assert_eq!(open(&app, &owner).await[0]["title"], "5000 peers are offline");
    app.pass(1).await;
    app.database.meter().take();
    app.pass(1).await;
    let (_, quiet, _) = app.database.meter().take();
    println!("5000 peers: {fired} write units when told, {quiet} in a minute in which nothing changes");
    assert!(fired <= 400.0, "{fired} write units");
    assert!(quiet <= 2.0, "{quiet} write units");
}

#[tokio::test]
async fn a_rule_is_tested_before_it_is_made() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let rule = |for_minutes: u32| {
        let config = json!({ "duration": 5 });
        json!({ "conditionType": "peer_offline", "conditionConfig": config, "forMinutes": for_minutes })
    };
    let test = async |rule: Value| owner.post("/api/alerts/rules/test", rule).await.expect(200);
    let told = test(rule(0)).await;
    assert_eq!(told["sentence"], "When any peer of the network is offline for 5 min, open an alert.");
    assert_eq!((&told["accounts"][0]["accountId"], &told["accounts"][0]["holds"]), (&json!(account), &json!(false)));
    let peers = app.peers();
    app.disconnect(&peers[..2]);
    app.pass(5).await;
    let told = test(rule(0)).await;
    let found = &told["accounts"][0];
    assert_eq!(found["title"], format!("{} and {} are offline", peers[0], peers[1]));
    assert_eq!((&found["total"], &found["peers"][1]["name"]), (&json!(2), &json!(peers[1])));
    assert_eq!(found["asOf"], app.now().to_string());
    assert_eq!(test(rule(1)).await["accounts"][0]["holds"], false);
    let count = json!({ "operator": "less_than", "threshold": 10_000 });
    let told = test(json!({ "conditionType": "peer_count", "conditionConfig": count })).await;
    assert_eq!(told["accounts"][0]["holds"], true);
    // Nothing is known of an account that cannot be read.
    app.skip(SignedDuration::from_hours(1));
    let told = test(rule(0)).await;
    assert_eq!((&told["accounts"][0]["asOf"], &told["accounts"][0]["holds"]), (&json!(null), &json!(false)));
    assert!(app.alerts(&owner).await.is_empty() && app.receiver.received().is_empty(), "nothing came of it");
}
