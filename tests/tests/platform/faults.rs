//! NetBird, receivers, mail and queues at their worst: nothing is lost, nothing is told falsely, nothing twice.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::ids::AccountId;
use platform_netbird::fake::{Fault, FaultKind, TokenState};
use platform_runtime::queue::Message;
use platform_tests::{Member, Reply, TestApp};
use serde_json::{Value, json};

const OWNER: &str = "ada@acme.example";

fn always(kind: FaultKind) -> Fault {
    Fault { kind, path: None, times: None }
}

fn for_peers(kind: FaultKind) -> Fault {
    Fault { kind, path: Some("peers".into()), times: None }
}

/// A platform with a connected account and a rule.
async fn watched() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.pass(1).await;
    (app, owner)
}

/// The same with a peer that has been down for long enough: an alert was just told.
async fn alerted() -> (TestApp, Member) {
    let (app, owner) = watched().await;
    app.disconnect(&app.peers()[..1]);
    app.pass(4).await;
    app.skip(SignedDuration::from_mins(1));
    (app, owner)
}

async fn statuses(member: &Member) -> Vec<Value> {
    let peers = member.get("/api/netbird/peers").await.expect(200);
    peers.as_array().unwrap().iter().map(|peer| peer["status"].clone()).collect()
}

async fn notification(app: &TestApp, member: &Member, channel: &str) -> Value {
    let alert = app.alerts(member).await.remove(0);
    let notifications = alert["notifications"].as_array().unwrap();
    notifications.iter().find(|one| one["channel"] == channel).unwrap().clone()
}

#[tokio::test]
async fn a_token_that_is_no_good_pauses_its_account_and_only_that() {
    for (state, reason) in [
        (TokenState::Expired, "token_rejected"),
        (TokenState::Deleted, "token_deleted"),
        (TokenState::Blocked, "user_blocked"),
        (TokenState::SmallRole, "permission_denied"),
    ] {
        let (app, owner) = watched().await;
        let elsewhere = app.another_netbird(5, 2).await;
        let other = app.tenant("Globex").await;
        app.connect_account_at(&other, "Plant", &elsewhere).await;

        app.network().set_token(state);
        app.disconnect(&app.peers()[..1]);
        app.pass(1).await;
        let account = app.account(&owner).await;
        assert_eq!((&account["status"], &account["statusReason"]["code"]), (&json!("paused"), &json!(reason)));
        assert_eq!(account["nextSync"], json!(null));
        assert_eq!(app.mailbox.to(OWNER).len(), 1, "the owner is told");

        let calls = app.network().calls();
        for _ in 0..30 {
            app.pass(1).await;
            let undelayed = app.account(&other).await;
            assert_eq!(
                (&undelayed["status"], &undelayed["lastSync"]),
                (&json!("healthy"), &json!(app.now().to_string()))
            );
        }
        assert_eq!(app.network().calls(), calls, "{reason}: NetBird is left alone");
        assert_eq!(app.mailbox.mails().len(), 1, "{reason}: told once, and nobody else");
        assert!(statuses(&owner).await.iter().all(|status| status == "online"), "the last state is kept");

        app.network().set_token(TokenState::Good);
        let id = account["id"].as_str().unwrap();
        owner.post(&format!("/api/netbird/accounts/{id}/sync"), json!({})).await.expect(202);
        app.settle().await;
        assert_eq!(app.account(&owner).await["status"], "healthy");
        assert_eq!(app.mailbox.to(OWNER).len(), 2, "{reason}: and told that it is over");
        assert_eq!(app.receiver.told(), ["alert.fired"], "the peer has been down all the while");
    }
}

#[tokio::test]
async fn a_netbird_in_trouble_is_left_to_rest_and_takes_no_peer_offline() {
    for (kind, reason) in [
        (FaultKind::Status { status: 429 }, "rate_limited"),
        (FaultKind::Status { status: 500 }, "server_error"),
        (FaultKind::Hang { seconds: 120 }, "timeout"),
        (FaultKind::Truncate, "malformed_answer"),
        (FaultKind::Garbage, "malformed_answer"),
        (FaultKind::Html, "not_netbird"),
    ] {
        let (app, owner) = watched().await;
        app.network().fault(always(kind.clone()));
        app.without_waiting(app.pass(1)).await;
        let account = app.account(&owner).await;
        assert_eq!((&account["status"], &account["errorCount"]), (&json!("degraded"), &json!(1)), "{kind:?}");
        assert_eq!(account["statusReason"]["code"], reason, "{kind:?}");
        assert!(app.mailbox.mails().is_empty(), "{kind:?}: once is no reason to call anybody");

        let calls = |app: &TestApp| app.network().calls()["GET /api/peers"];
        let before = calls(&app);
        app.without_waiting(app.pass(30)).await;
        assert!(calls(&app) - before <= 5, "{kind:?}: it is asked {} times in 30 min", calls(&app) - before);
        assert_eq!(app.account(&owner).await["status"], "unreachable");
        assert_eq!(app.mailbox.to(OWNER).len(), 1, "{kind:?}: the owner is told once");
        assert!(statuses(&owner).await.iter().all(|status| status == "online"), "{kind:?}");
        assert!(app.receiver.received().is_empty(), "{kind:?}");

        app.network().heal();
        app.pass(19).await;
        let account = app.account(&owner).await;
        assert_eq!((&account["status"], &account["errorCount"]), (&json!("healthy"), &json!(0)), "{kind:?}");
        assert_eq!(app.mailbox.to(OWNER).len(), 2);
        assert!(app.receiver.received().is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn a_list_that_lost_half_of_its_peers_is_not_believed() {
    for kind in [FaultKind::Empty, FaultKind::Half] {
        let (app, owner) = watched().await;
        let config = json!({ "operator": "less_than", "threshold": 10 });
        app.make_rule(&owner, json!({ "conditionType": "peer_count", "conditionConfig": config })).await;
        app.network().fault(for_peers(kind.clone()));
        app.pass(2).await;
        let account = app.account(&owner).await;
        assert_eq!(
            (&account["status"], &account["statusReason"]["code"]),
            (&json!("degraded"), &json!("implausible_answer"))
        );
        assert_eq!((&account["peers"]["total"], statuses(&owner).await.len()), (&json!(10), 10), "{kind:?}");

        app.network().heal();
        app.pass(1).await;
        assert_eq!(app.account(&owner).await["status"], "healthy", "{kind:?}");
        assert!(app.alerts(&owner).await.is_empty() && app.mailbox.mails().is_empty(), "{kind:?}");

        // When it lasts, the owner is told of the account, and still nobody of its peers.
        app.network().fault(for_peers(kind.clone()));
        app.pass(4).await;
        assert_eq!((app.mailbox.mails().len(), app.mailbox.to(OWNER).len()), (1, 1), "{kind:?}");
        assert!(app.receiver.received().is_empty(), "{kind:?}");
    }
}

#[tokio::test]
async fn a_restart_of_netbird_is_no_flap_and_leaves_its_ghosts_named() {
    let (app, owner) = watched().await;
    app.make_rule(&owner, json!({ "name": "Strict", "conditionConfig": { "duration": 0 } })).await;
    app.make_rule(&owner, json!({ "name": "Wary", "conditionConfig": { "duration": 0, "countUnconfirmed": true } }))
        .await;
    let ghost = app.peers()[..1].to_vec();
    app.network().change(|network, now| network.restart(&ghost, 5, now));
    app.skip(SignedDuration::from_secs(10));
    app.tick().await;
    assert_eq!(statuses(&owner).await.iter().filter(|status| *status != "online").count(), 0);
    app.pass(5).await;
    assert_eq!(statuses(&owner).await.iter().filter(|status| *status == "unconfirmed").count(), 1);
    let alerts = app.alerts(&owner).await;
    let [alert] = alerts.as_slice() else { panic!("{alerts:?}") };
    assert_eq!(
        (&alert["ruleName"], &alert["details"]["affected"]["peers"][0]["name"]),
        (&json!("Wary"), &json!(ghost[0]))
    );

    app.connect(&ghost);
    app.pass(2).await;
    assert!(statuses(&owner).await.iter().all(|status| status == "online"));
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
}

#[tokio::test]
async fn a_receiver_that_fails_once_is_tried_again_under_the_same_id() {
    let (app, owner) = alerted().await;
    app.receiver.reply([Reply::Status(500)]);
    app.tick().await;
    let first = notification(&app, &owner, "webhook").await;
    assert_eq!((&first["status"], &first["attempts"]), (&json!("pending"), &json!(1)));
    assert_eq!(first["lastError"], "the receiver answered 500 Internal Server Error");
    app.skip(SignedDuration::from_secs(6));
    app.settle().await;
    let second = notification(&app, &owner, "webhook").await;
    assert_eq!((&second["status"], &second["attempts"]), (&json!("delivered"), &json!(2)));
    let received = app.receiver.received();
    assert_eq!((received.len(), received[0].id == received[1].id), (2, true));
    assert!(received.iter().all(|message| message.is_signed) && received[1].timestamp > received[0].timestamp);
    app.pass(20).await;
    assert_eq!((app.receiver.received().len(), app.mailbox.mails().len()), (2, 1));
}

#[tokio::test]
async fn a_receiver_that_asks_for_time_gets_it() {
    let (app, owner) = alerted().await;
    app.receiver.reply([Reply::RetryAfter(429, 120)]);
    app.tick().await;
    app.pass(1).await;
    assert_eq!(app.receiver.received().len(), 1, "after one minute it is too early");
    app.pass(1).await;
    assert_eq!(notification(&app, &owner, "webhook").await["status"], "delivered");
}

#[tokio::test]
async fn a_receiver_that_wants_no_more_or_sends_us_elsewhere_has_failed_visibly() {
    for (reply, error) in [
        (Reply::Status(410), "410 Gone"),
        (Reply::Status(404), "404 Not Found"),
        (Reply::Redirect("http://169.254.169.254/latest/meta-data/".into()), "redirects are not followed"),
        (Reply::Redirect("http://10.0.0.1/".into()), "redirects are not followed"),
    ] {
        let (app, owner) = alerted().await;
        app.receiver.reply([reply]);
        app.tick().await;
        let webhook = notification(&app, &owner, "webhook").await;
        assert_eq!((&webhook["status"], &webhook["attempts"]), (&json!("failed"), &json!(1)));
        assert!(webhook["lastError"].as_str().unwrap().contains(error), "{webhook}");
        assert_eq!(notification(&app, &owner, "email").await["status"], "delivered", "the mail is not held up");
        app.pass(30).await;
        assert_eq!(app.receiver.received().len(), 1);
    }
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_is_not_waited_for() {
    let (app, owner) = alerted().await;
    app.receiver.reply([Reply::Hang]);
    app.without_waiting(app.tick()).await;
    let webhook = notification(&app, &owner, "webhook").await;
    assert_eq!((&webhook["status"], &webhook["lastError"]), (&json!("pending"), &json!("no answer within 15 s")));
    // It is tried again alone, and not before it had a while to recover.
    app.skip(SignedDuration::from_secs(6));
    app.settle().await;
    assert_eq!(notification(&app, &owner, "webhook").await["status"], "pending");
    app.pass(1).await;
    assert_eq!(notification(&app, &owner, "webhook").await["status"], "delivered");
}

#[tokio::test]
async fn a_receiver_that_stays_down_has_failed_after_eight_tries() {
    let (app, owner) = alerted().await;
    app.receiver.reply(std::iter::repeat_n(Reply::Status(503), 100));
    app.tick().await;
    for _ in 0..12 {
        app.skip(SignedDuration::from_hours(17));
        app.tick().await;
    }
    // A list names what was told of late; one alert by itself, all of it.
    let id = app.alerts(&owner).await[0]["id"].clone();
    let alert = owner.get(&format!("/api/alerts/{}", id.as_str().unwrap())).await.expect(200);
    let fired = alert["notifications"].as_array().unwrap().iter().find(|one| one["channel"] == "webhook").unwrap();
    assert_eq!((&fired["event"], &fired["status"], &fired["attempts"]), (&json!("fired"), &json!("failed"), &json!(8)));
    assert_eq!(fired["nextAttempt"], json!(null));
}

#[tokio::test]
async fn a_mail_server_that_is_down_gets_the_mail_when_it_is_back() {
    let (app, owner) = alerted().await;
    app.mailbox.refuse(2, true);
    app.tick().await;
    assert_eq!(notification(&app, &owner, "email").await["lastError"], "the mail server is down");
    app.pass(1).await;
    app.pass(7).await;
    let email = notification(&app, &owner, "email").await;
    assert_eq!((&email["status"], &email["attempts"]), (&json!("delivered"), &json!(3)));
    assert_eq!((app.mailbox.mails().len(), app.receiver.received().len()), (1, 1));

    let (app, owner) = alerted().await;
    app.mailbox.refuse(1, false);
    app.tick().await;
    assert_eq!(notification(&app, &owner, "email").await["status"], "failed");
    app.pass(30).await;
    assert!(app.mailbox.mails().is_empty());
}

#[tokio::test]
async fn messages_that_come_again_do_nothing_again() {
    let (app, owner) = alerted().await;
    app.tick().await;
    let (tenant, account) = (owner.tenant, account_id(&app, &owner).await);
    let intent = app.receiver.received()[0].id.clone();
    for _ in 0..3 {
        app.queues.put(Message::Notify { tenant, intent: intent.clone() });
        app.queues.put(Message::Evaluate { tenant, account });
        app.queues.put(Message::Sync { tenant, account, asked_at: None });
        app.queues.put(Message::Notify { tenant, intent: "gone".into() });
    }
    app.settle().await;
    assert_eq!((app.alerts(&owner).await.len(), app.receiver.received().len(), app.mailbox.mails().len()), (1, 1, 1));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

async fn account_id(app: &TestApp, member: &Member) -> AccountId {
    app.account(member).await["id"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn evaluations_and_sends_at_once_are_as_one() {
    let (app, owner) = alerted().await;
    let (tenant, account) = (owner.tenant, account_id(&app, &owner).await);
    app.run(Message::Sync { tenant, account, asked_at: None }).await.unwrap();
    app.queues.lose();
    let evaluate = || app.run(Message::Evaluate { tenant, account });
    let results: [_; 3] = tokio::join!(evaluate(), evaluate(), evaluate()).into();
    assert!(results.iter().any(Result::is_ok), "one of them wins");
    let alert = app.alerts(&owner).await.remove(0);
    assert_eq!(alert["notifications"].as_array().unwrap().len(), 2, "one per channel");
    app.queues.lose();

    let intent = format!("{}_0_webhook", alert["id"].as_str().unwrap());
    let send = || app.run(Message::Notify { tenant, intent: intent.clone() });
    let results: [_; 3] = tokio::join!(send(), send(), send()).into();
    assert!(results.iter().all(Result::is_ok), "who comes late leaves it alone");
    app.pass(3).await;
    assert_eq!((app.alerts(&owner).await.len(), app.receiver.received().len(), app.mailbox.mails().len()), (1, 1, 1));
    assert_eq!(app.queues.dead_letters(), []);
}

#[tokio::test]
async fn syncs_at_once_leave_one_consistent_state() {
    let (app, owner) = watched().await;
    let (tenant, account) = (owner.tenant, account_id(&app, &owner).await);
    for _ in 0..5 {
        app.skip(SignedDuration::from_mins(1));
        app.network().change(|network, now| {
            let name = format!("new-{}", network.peers().len());
            assert!(network.add_peer(&name, "All", now));
        });
        let sync = || app.run(Message::Sync { tenant, account, asked_at: None });
        let results: [_; 3] = tokio::join!(sync(), sync(), sync()).into();
        assert!(results.iter().all(Result::is_ok), "who comes late gives way");
        let peers = app.peers().len();
        assert_eq!(
            (app.account(&owner).await["peers"]["total"].as_u64(), statuses(&owner).await.len()),
            (Some(peers as u64), peers)
        );
    }
    app.settle().await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
}

#[tokio::test]
async fn a_message_that_names_another_tenants_account_reaches_nothing() {
    let (app, owner) = watched().await;
    let other = app.tenant("Globex").await;
    let account = account_id(&app, &owner).await;
    let calls = app.network().calls();
    app.queues.put(Message::Sync { tenant: other.tenant, account, asked_at: None });
    app.queues.put(Message::Evaluate { tenant: other.tenant, account });
    app.settle().await;
    assert_eq!(app.network().calls(), calls);
    assert!(app.alerts(&other).await.is_empty());
    assert_eq!(other.get("/api/netbird/accounts").await.expect(200), json!([]));
}

#[tokio::test]
async fn a_disconnected_account_leaves_its_alerts_resolved_and_says_no_more() {
    let (app, owner) = alerted().await;
    app.tick().await;
    let account = account_id(&app, &owner).await;
    owner.delete(&format!("/api/netbird/accounts/{account}")).await.expect(204);
    let alert = &app.alerts(&owner).await[0];
    assert_eq!(
        (&alert["status"], &alert["resolvedMessage"]),
        (&json!("resolved"), &json!("The account was disconnected."))
    );
    let calls = app.network().calls();
    app.pass(10).await;
    assert_eq!(app.network().calls(), calls);
    assert_eq!(app.receiver.told().iter().filter(|kind| *kind == "alert.fired").count(), 1);
}
