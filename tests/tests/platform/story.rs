//! The product's main job, from the first set-up to a resolved alert, and that nothing is ever told twice.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use platform_core::access::Role;
use platform_netbird::fake::Tokens;
use platform_tests::{OWNER_PASSWORD, SeededEntropy, TestApp, long_run};
use serde_json::json;

#[tokio::test]
async fn from_set_up_to_a_resolved_alert() {
    let app = TestApp::start().await;
    assert_eq!(
        app.anybody.get("/api/setup").await.expect(200),
        json!({ "required": true, "codeRequired": false, "signUp": true })
    );
    let owner = app.set_up().await;
    assert_eq!(app.anybody.get("/api/setup").await.expect(200)["required"], false);

    let login = json!({ "email": "ADA@acme.example", "password": OWNER_PASSWORD });
    let signed_in = app.anybody.post("/api/auth/login", login).await.expect(200);
    assert_eq!(signed_in["user"]["role"], "owner");
    let ada = app.anybody.with_token(signed_in["accessToken"].as_str().unwrap());
    let empty = ada.get("/api/dashboard/overview").await.expect(200);
    assert_eq!((&empty["totalPeers"], &empty["systemHealth"]["apiStatus"]), (&json!(null), &json!("unknown")));

    // She tries the connection, then keeps it.
    let connection = json!({ "baseUrl": app.netbird.url(), "apiToken": Tokens::GOOD });
    let tried = ada.post("/api/netbird/accounts/test", connection).await.expect(200);
    assert_eq!((&tried["ok"], &tried["peers"]), (&json!(true), &json!(10)));
    ada.get("/api/netbird/account").await.refused(404, "not-found");
    app.connect_account(&owner).await;
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["peers"]["online"]), (&json!("healthy"), &json!(10)));
    assert_eq!(account["lastSync"], app.now().to_string());

    let rule = app
        .make_rule(
            &owner,
            json!({ "notificationConfig": {
        "email": { "enabled": true, "recipients": ["ops@acme.example", "night@acme.example"] },
        "webhook": { "enabled": true, "url": app.receiver.url(), "headers": { "X-Team": "night shift" } },
    } }),
        )
        .await;
    assert_eq!(
        rule["sentence"],
        "When any peer of the network is offline for 5 min, tell ops@acme.example, night@acme.example and the webhook at 127.0.0.1."
    );
    app.pass(2).await;
    assert!(app.alerts(&owner).await.is_empty());

    // A peer goes down, half a minute after a tick.
    let peer = app.peers()[0].clone();
    app.skip(SignedDuration::from_secs(30));
    app.disconnect(&[&peer]);
    let went_down = app.now();
    app.skip(SignedDuration::from_secs(30));
    app.tick().await;
    let overview = owner.get("/api/dashboard/overview").await.expect(200);
    assert_eq!((&overview["onlinePeers"], &overview["offlinePeers"]), (&json!(9), &json!(1)));
    app.pass(4).await;
    assert!(app.alerts(&owner).await.is_empty(), "after 4 min 30 s it is not yet time");
    app.pass(1).await;

    let alerts = app.alerts(&owner).await;
    let [alert] = alerts.as_slice() else { panic!("{alerts:?}") };
    assert_eq!((&alert["status"], &alert["severity"]), (&json!("open"), &json!("high")));
    assert_eq!(alert["title"], format!("{peer} is offline"));
    assert_eq!(
        alert["details"]["affected"]["peers"][0]["since"],
        went_down.to_string(),
        "to the second, whatever the tick"
    );
    assert_eq!(alert["triggeredAt"], app.now().to_string());

    let received = app.receiver.received();
    let [fired] = received.as_slice() else { panic!("{received:?}") };
    assert!(fired.is_signed, "by the secret that the rule's answer showed");
    assert_eq!((fired.kind(), fired.timestamp), ("alert.fired", app.now().as_second()));
    assert_eq!(fired.headers["x-team"], "night shift");
    assert_eq!(fired.body["data"]["alertId"], alert["id"]);
    assert_eq!(fired.body["data"]["affected"]["peers"][0]["name"], json!(peer));
    let mails = app.mailbox.mails();
    let [mail] = mails.as_slice() else { panic!("{mails:?}") };
    assert_eq!(mail.to, ["ops@acme.example", "night@acme.example"]);
    assert!(mail.subject.contains(&peer) && mail.text.contains(&peer), "{mail:?}");

    // Somebody takes it on.
    let id = alert["id"].as_str().unwrap();
    let viewer = app.member(&owner, Role::Viewer).await;
    let refused = viewer.post(&format!("/api/alerts/{id}/acknowledge"), json!({})).await.refused(403, "forbidden");
    assert_eq!(refused["permission"], "alerts:acknowledge");
    let grace = app.member(&owner, Role::NetworkAdmin).await;
    let acknowledged =
        grace.post(&format!("/api/alerts/{id}/acknowledge"), json!({ "message": "On it" })).await.expect(200);
    assert_eq!(acknowledged["status"], "acknowledged");
    assert_eq!(acknowledged["acknowledgedBy"]["id"], grace.user.to_string());
    assert_eq!(acknowledged["acknowledgedMessage"], "On it");
    assert_eq!(acknowledged["acknowledgedAt"], app.now().to_string());
    grace.post(&format!("/api/alerts/{id}/acknowledge"), json!({})).await.refused(409, "conflict");

    // The peer comes back.
    app.connect(&[&peer]);
    app.pass(1).await;
    let alert = &app.alerts(&owner).await[0];
    assert_eq!((&alert["status"], &alert["resolvedBy"]), (&json!("resolved"), &json!(null)), "it ended by itself");
    assert_eq!(alert["title"], format!("{peer} is back online"));
    assert_eq!(alert["problem"], format!("{peer} is offline"));
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
    let resolved = &app.receiver.received()[1].body["data"];
    assert_eq!((&resolved["title"], &resolved["affected"]["total"]), (&alert["title"], &json!(0)));
    let mails = app.mailbox.mails();
    assert_eq!(mails.len(), 2);
    assert_eq!(mails[1].subject, format!("[Resolved] {peer} is back online — HQ"));
    for notification in alert["notifications"].as_array().unwrap() {
        assert_eq!(notification["status"], "delivered", "{notification}");
    }
    grace.post(&format!("/api/alerts/{id}/resolve"), json!({})).await.refused(409, "conflict");

    // And that was all.
    app.pass(10).await;
    assert_eq!((app.alerts(&owner).await.len(), app.receiver.received().len(), app.mailbox.mails().len()), (1, 2, 2));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn resolved_by_hand_and_told_so() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    let peer = &app.peers()[..1];
    app.disconnect(peer);
    app.pass(5).await;
    let id = app.alerts(&owner).await[0]["id"].as_str().unwrap().to_owned();
    let resolved =
        owner.post(&format!("/api/alerts/{id}/resolve"), json!({ "message": "Maintenance" })).await.expect(200);
    assert_eq!((&resolved["status"], &resolved["resolvedMessage"]), (&json!("resolved"), &json!("Maintenance")));
    assert_eq!(resolved["resolvedBy"]["name"], "Ada");
    app.settle().await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);

    app.pass(1).await;
    assert_eq!(app.alerts(&owner).await.len(), 2, "the peer is still down, which is told anew");
    app.pass(10).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved", "alert.fired"], "and once");
    app.connect(peer);
    app.pass(2).await;
    assert_eq!(app.receiver.told().len(), 4);
    app.disconnect(peer);
    app.pass(6).await;
    assert_eq!(app.alerts(&owner).await.len(), 3, "a new episode, a new alert");
}

#[tokio::test]
async fn a_rule_counts_peers() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let config = json!({ "operator": "less_than", "threshold": 9, "status": "online" });
    app.make_rule(&owner, json!({ "name": "Too few", "conditionType": "peer_count", "conditionConfig": config })).await;
    let peers = app.peers();
    app.disconnect(&peers[..1]);
    app.pass(1).await;
    assert!(app.alerts(&owner).await.is_empty(), "9 are not less than 9");
    app.disconnect(&peers[1..2]);
    app.pass(1).await;
    let alert = &app.alerts(&owner).await[0];
    assert_eq!((&alert["status"], &alert["details"]["affected"]["total"]), (&json!("open"), &json!(8)));
    app.connect(&peers[..2]);
    app.pass(1).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
    let resolved = &app.receiver.received()[1].body["data"];
    assert_eq!((&resolved["title"], &resolved["affected"]["total"]), (&json!("10 online peers in HQ"), &json!(10)));
    assert_eq!(
        resolved["resolvedMessage"],
        "In HQ there are 10 online peers now; the rule fires when that is below 9."
    );
}

#[tokio::test]
async fn a_rule_waits_for_its_condition_to_last() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let config = json!({ "operator": "greater_than", "threshold": 0, "status": "offline" });
    app.make_rule(&owner, json!({ "conditionType": "peer_count", "conditionConfig": config, "forMinutes": 3 })).await;
    let peer = &app.peers()[..1];

    app.disconnect(peer);
    app.pass(3).await;
    app.connect(peer);
    app.pass(5).await;
    assert!(app.alerts(&owner).await.is_empty(), "it held for 2 min");

    app.disconnect(peer);
    app.pass(1).await;
    let began = app.now();
    // Two ticks are missed; that neither resets the wait nor prolongs it.
    app.skip(SignedDuration::from_mins(2));
    app.pass(1).await;
    let alert = &app.alerts(&owner).await[0];
    assert_eq!(alert["triggeredAt"], app.now().to_string());
    assert_eq!(app.now().duration_since(began), SignedDuration::from_mins(3));
}

#[tokio::test]
async fn a_flapping_peer_is_one_alert_to_a_rule_that_keeps_firing() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 }, "keepFiringMinutes": 5 })).await;
    let peer = &app.peers()[..1];
    for _ in 0..6 {
        app.disconnect(peer);
        app.pass(1).await;
        app.connect(peer);
        app.pass(1).await;
    }
    assert_eq!(app.receiver.told(), ["alert.fired"]);
    app.pass(6).await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.resolved"]);
}

#[tokio::test]
async fn an_open_alert_is_told_again_until_somebody_is_on_it() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(6).await;
    app.skip(SignedDuration::from_hours(4));
    app.tick().await;
    app.tick().await;
    assert_eq!(app.receiver.told(), ["alert.fired", "alert.repeated"]);
    let id = app.alerts(&owner).await[0]["id"].as_str().unwrap().to_owned();
    owner.post(&format!("/api/alerts/{id}/acknowledge"), json!({})).await.expect(200);
    app.skip(SignedDuration::from_hours(9));
    app.tick().await;
    assert_eq!(app.receiver.told().len(), 2);
}

/// Ticks come twice, or not for up to ten minutes; messages are lost with the process that held them. Whatever
/// happens, each transition is told exactly once on each channel, and in the end what is told is what is true.
#[tokio::test]
async fn every_transition_is_told_once_whatever_the_ticks_do() {
    for seed in 1..=long_run(1, 20) {
        let app = TestApp::start().await;
        let owner = app.set_up().await;
        app.connect_account(&owner).await;
        app.make_rule(&owner, json!({ "conditionConfig": { "duration": 2 } })).await;
        let (dice, peers) = (SeededEntropy::new(seed), app.peers());
        for _ in 0..120 {
            app.skip(SignedDuration::from_secs(if dice.below(8) == 0 { 60 * (2 + dice.below(9) as i64) } else { 60 }));
            let peer = &peers[dice.below(3) as usize..][..1];
            match dice.below(4) {
                0 => app.disconnect(peer),
                1 | 2 => app.connect(peer),
                _ => {}
            }
            for _ in 0..dice.below(4) {
                match dice.below(3) {
                    0 => app.tick_and_die(dice.below(8) as usize).await,
                    _ => app.tick().await,
                }
            }
        }
        app.pass(5).await;

        let alerts = app.alerts(&owner).await;
        assert!(alerts.len() > 3, "seed {seed}: the story has {} alerts", alerts.len());
        let open: Vec<_> = alerts.iter().filter(|alert| alert["status"] != "resolved").collect();
        let is_down = app.network().look(|network| network.peers().iter().any(|peer| !peer.connected));
        assert_eq!(open.len(), usize::from(is_down), "seed {seed}");

        let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut ids = BTreeSet::new();
        for message in app.receiver.received() {
            assert!(message.is_signed && ids.insert(message.id.clone()), "seed {seed}: {} came twice", message.id);
            if message.kind() != "alert.repeated" {
                told.entry(message.body["data"]["alertId"].as_str().unwrap().to_owned())
                    .or_default()
                    .push(message.kind().to_owned());
            }
        }
        let mails = app.mailbox.mails();
        assert_eq!(mails.iter().map(|mail| &mail.id).collect::<BTreeSet<_>>().len(), mails.len(), "seed {seed}");
        assert_eq!(mails.len(), ids.len(), "seed {seed}: both channels tell the same");
        for alert in &alerts {
            let expected: &[&str] =
                if alert["status"] == "resolved" { &["alert.fired", "alert.resolved"] } else { &["alert.fired"] };
            assert_eq!(told[alert["id"].as_str().unwrap()], expected, "seed {seed}");
        }
        assert_eq!(app.queues.dead_letters().len(), 0, "seed {seed}");
        println!("seed {seed}: {} alerts, {} messages, at {}", alerts.len(), ids.len(), app.now());
    }
}
