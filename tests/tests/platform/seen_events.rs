//! What the platform saw stands among NetBird's own events: peers that went and came, for how long, restarts, times in which
//! nothing was read, and what changed by an event, field by field.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

async fn connected(peers: usize) -> (TestApp, Member) {
    let app = TestApp::start_with(Options { peers, ..Options::default() }).await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    // Every list was read.
    app.pass(13).await;
    (app, owner)
}

async fn events(owner: &Member, query: &str) -> Vec<Value> {
    owner.get(&format!("/api/netbird/events?limit=1000&{query}")).await.expect(200).as_array().unwrap().clone()
}

/// All of a list, so many at a time.
async fn page_by_page(owner: &Member, query: &str, limit: usize) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), Some(format!("/api/netbird/events?limit={limit}&{query}")));
    while let Some(path) = next {
        let answer = owner.get(&path).await;
        next = answer.next();
        found.extend(answer.expect(200).as_array().unwrap().clone());
    }
    found
}

fn texts(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["text"].as_str().unwrap()).collect()
}

/// One that is online now, by name.
async fn online(owner: &Member) -> String {
    let peers = owner.get("/api/netbird/peers?status=online").await.expect(200);
    peers[0]["name"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn who_went_and_for_how_long_is_told() {
    let (app, owner) = connected(10).await;
    assert_eq!(events(&owner, "source=platform").await, Vec::<Value>::new(), "what was found at first is no news");
    let name = online(&owner).await;
    app.skip(SignedDuration::from_secs(20));
    let left = app.now();
    app.disconnect(&[&name]);
    app.pass(1).await;
    let [gone] = &events(&owner, "source=platform").await[..] else { panic!("one event") };
    assert_eq!(gone["text"], format!("“{name}” went offline, and has not come back"));
    assert_eq!((&gone["source"], &gone["activityCode"]), (&json!("platform"), &json!("platform.peer.offline")));
    assert_eq!((&gone["seen"]["isOngoing"], &gone["seen"]["until"]), (&json!(true), &Value::Null));
    let at = gone["seen"]["at"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert_eq!(at.as_second(), left.as_second(), "to the second, whenever it was seen");
    assert_eq!(gone["timestamp"], app.now().to_string());

    app.skip(SignedDuration::from_mins(120) - app.now().duration_since(left));
    app.connect(&[&name]);
    app.pass(1).await;
    let told = events(&owner, "source=platform&activityCode=platform.peer").await;
    assert_eq!(texts(&told), [format!("“{name}” came back after 2 h"), format!("“{name}” went offline, for 2 h")]);
    assert_eq!(told[0]["seen"]["since"], told[1]["seen"]["at"]);
    assert_eq!(told[1]["seen"]["until"], told[0]["seen"]["at"]);
    assert_eq!((&told[1]["id"], &told[1]["seen"]["isOngoing"]), (&gone["id"], &json!(false)));
    // Neither is known by the page alone.
    let one_by_one = page_by_page(&owner, "source=platform&activityCode=platform.peer", 1).await;
    assert_eq!(one_by_one, told);
    assert_eq!(events(&owner, "activityCode=platform.peer.offline").await, told[1..]);
    assert_eq!(events(&owner, "activityCode=platform.peer.online").await, told[..1]);
    let (id, to) = (told[0]["targetId"].as_str().unwrap(), told[0]["timestamp"].as_str().unwrap());
    assert_eq!(events(&owner, &format!("source=platform&targetId={id}")).await, told);
    assert_eq!(events(&owner, &format!("source=platform&to={to}&search={name}")).await, told[1..]);
    assert_eq!(events(&owner, "source=platform&search=came%20online").await.len(), 1);
    assert_eq!(events(&owner, "source=platform&initiatorId=u1").await, Vec::<Value>::new());
}

#[tokio::test]
async fn one_order_over_all_of_them_however_they_are_cut() {
    let (app, owner) = connected(10).await;
    let names = app.peers();
    let (policy, other) = app.network().look(|network| {
        let mut policies = network.policies();
        (policies.next().unwrap(), policies.next().unwrap())
    });
    for round in 0..12 {
        app.disconnect(&names[round % 4..round % 4 + 2]);
        if round % 3 == 0 {
            app.network().change(|network, now| network.toggle_policy(policy, 0, now));
        }
        if round % 4 == 1 {
            // Nobody logs it.
            app.network().change(|network, now| {
                network.toggle_policy(other, 0, now);
                network.forget_events(1);
            });
        }
        app.pass(7).await;
        app.connect(&names);
        app.pass(1).await;
    }
    let all = events(&owner, "").await;
    assert!(all.is_sorted_by(|newer, older| {
        let at = |event: &Value| event["timestamp"].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
        at(newer) >= at(older)
    }));
    let of = |source: &str| all.iter().filter(|event| event["source"] == source).cloned().collect::<Vec<_>>();
    let (netbird, platform) = (of("netbird"), of("platform"));
    let count =
        |code: &str| all.iter().filter(|event| event["activityCode"].as_str().unwrap().starts_with(code)).count();
    let counts = (count("platform.peer.offline"), count("platform.policies.updated"), netbird.len());
    assert!(counts.0 >= 12 && counts.1 >= 1 && counts.2 >= 10, "{counts:?}");
    for limit in [1, 2, 7, 50] {
        assert_eq!(page_by_page(&owner, "", limit).await, all, "{limit} at a time");
    }
    assert_eq!(page_by_page(&owner, "source=platform", 5).await, platform);
    assert_eq!(page_by_page(&owner, "source=netbird", 5).await, netbird);
    assert_eq!(events(&owner, "source=netbird,platform").await, all);
    let counted = owner.get("/api/netbird/events?source=netbird&limit=1").await.total();
    assert_eq!(counted, Some(netbird.len()));
    let middle = all[all.len() / 2]["timestamp"].as_str().unwrap();
    let newer: Vec<_> = all.iter().filter(|event| event["timestamp"].as_str() >= Some(middle)).cloned().collect();
    assert_eq!(page_by_page(&owner, &format!("from={middle}"), 3).await, newer);
    // A cursor is of its own question.
    let cursor = owner.get("/api/netbird/events?limit=1").await.next().unwrap();
    owner.get(&format!("{cursor}&source=platform")).await.refused(422, "validation");
}

#[tokio::test]
async fn what_changed_by_an_event_is_told_with_names_and_by_whom() {
    let (app, owner) = connected(10).await;
    let policy = app.network().look(|network| network.policies().nth(1).unwrap());
    app.network().change(|network, now| network.toggle_policy(policy, 0, now));
    app.pass(1).await;
    let event = events(&owner, "activityCode=policy.update").await[0].clone();
    let change = owner.get("/api/netbird/changes").await.expect(200)[0].clone();
    let who = event["initiatorName"].as_str().unwrap();
    let text = event["text"].as_str().unwrap();
    let is_whole =
        text.starts_with(&format!("Policy “{policy}” was switched off; ")) && text.ends_with(&format!(", by {who}"));
    assert!(is_whole, "{text}");
    let [told] = &event["changes"].as_array().unwrap()[..] else { panic!("{event:#}") };
    for field in ["id", "resource", "kind", "itemId", "itemName", "sentences"] {
        assert_eq!(told[field], change[field], "{field}");
    }
    assert_eq!(
        events(&owner, "search=switched%20off").await,
        std::slice::from_ref(&event),
        "words of the change find its event"
    );
    assert_eq!(events(&owner, "source=platform").await, Vec::<Value>::new(), "it is told once");
    let added = events(&owner, "activityCode=peer.setupkey.add").await[0].clone();
    let name = added["meta"]["name"].as_str().unwrap();
    assert!(added["text"].as_str().unwrap().starts_with(&format!("{}: “{name}”", added["activity"].as_str().unwrap())));

    // What nobody logged is the platform's to tell.
    app.network().change(|network, now| {
        network.toggle_policy(policy, 0, now);
        network.forget_events(1);
    });
    app.pass(14).await;
    let [untold] = &events(&owner, "source=platform").await[..] else { panic!("one event") };
    let text = untold["text"].as_str().unwrap();
    assert!(text.starts_with(&format!("Policy “{policy}” was switched on; ")) && !text.contains(", by "), "{text}");
    assert_eq!(untold["activityCode"], "platform.policies.updated");
    assert_eq!(untold["changes"][0]["id"], owner.get("/api/netbird/changes").await.expect(200)[0]["id"]);
}

#[tokio::test]
async fn restarts_and_times_in_which_nothing_was_read_are_told() {
    let (app, owner) = connected(20).await;
    let ghost = [online(&owner).await];
    app.network().change(|network, now| network.restart(&ghost, 5, now));
    app.pass(5).await;
    let told = events(&owner, "source=platform").await;
    let restart = told.iter().find(|event| event["activityCode"] == "platform.server.restart").unwrap();
    let text = restart["text"].as_str().unwrap();
    assert!(text.starts_with("The management server restarted: ") && text.contains(" came back"), "{text}");
    assert_eq!(restart["seen"]["missing"], 1);
    let unconfirmed = told.iter().find(|event| event["activityCode"] == "platform.peer.unconfirmed").unwrap();
    assert_eq!(unconfirmed["text"], format!("“{}” did not come back after the management server restarted", ghost[0]));
    assert_eq!(unconfirmed["seen"]["isOngoing"], true);

    let before = app.now();
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
    app.pass(60).await;
    app.network().heal();
    app.pass(20).await;
    let unread = events(&owner, "activityCode=platform.account.unread").await;
    let [unread] = &unread[..] else { panic!("{unread:#?}") };
    let time = |field: &str| unread["seen"][field].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert!(time("at") <= before && time("until") > before + SignedDuration::from_mins(59), "{unread:#}");
    assert!(unread["text"].as_str().unwrap().starts_with("The account was not read, for 1 h"), "{unread:#}");
}
