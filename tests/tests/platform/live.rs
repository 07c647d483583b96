//! Watching live, with sockets that a test holds: what is told, to whom, in which order, and how a socket ends.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod host;

use futures::future::join_all;
use jiff::SignedDuration;
use platform_core::access::{Permission, Role};
use platform_core::ids::{SessionId, UserId};
use platform_core::live::{ConnectionId, LiveRefusal, MESSAGES_A_MINUTE, MOST_OF_TENANT, MOST_OF_USER};
use platform_runtime::queue::Message;
use platform_store::live::{Holder, Socket};
use platform_tests::{Member, TestApp, TestSocket};
use serde_json::{Value, json};
use uuid::Uuid;

fn auth(member: &Member) -> Value {
    json!({ "type": "auth", "token": member.token().unwrap() })
}

/// A socket of a member that listens.
async fn watch<'a>(app: &'a TestApp, member: &Member) -> TestSocket<'a> {
    let socket = app.open_socket().await.unwrap();
    let told = socket.say(&auth(member)).await;
    assert_eq!(kinds(&told), ["ready"], "{told:?}");
    socket
}

fn kinds(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["type"].as_str().unwrap()).collect()
}

fn sequences(messages: &[Value]) -> Vec<u64> {
    messages.iter().map(|message| message["sequence"].as_u64().unwrap()).collect()
}

/// What a socket was told as it was closed.
fn last_word(socket: &TestSocket<'_>, told: &[Value]) -> (String, LiveRefusal) {
    let error = told.last().unwrap();
    assert_eq!(error["type"], "error", "{told:?}");
    (error["code"].as_str().unwrap().to_owned(), socket.closed().unwrap())
}

#[tokio::test]
async fn an_open_page_hears_of_what_happens() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "threshold": 1, "duration": 1 } })).await;
    app.pass(1).await;
    let socket = app.open_socket().await.unwrap();
    let ready = socket.say(&auth(&owner)).await;
    assert_eq!(kinds(&ready), ["ready"]);
    let expires_at: jiff::Timestamp = ready[0]["expiresAt"].as_str().unwrap().parse().unwrap();
    assert_eq!(expires_at, app.now() + SignedDuration::from_mins(10));

    let gone = app.peers()[..2].to_vec();
    app.disconnect(&gone);
    app.pass(3).await;
    let heard = socket.heard();
    let of = |kind: &str| heard.iter().filter(|message| message["type"] == kind).collect::<Vec<_>>();
    let changed = of("peer_status_changed");
    assert_eq!(changed.len(), 1, "{heard:?}");
    assert_eq!(changed[0]["accountId"], account);
    let statuses: Vec<_> =
        changed[0]["changes"].as_array().unwrap().iter().map(|change| change["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["offline", "offline"]);
    let peers = owner.get("/api/netbird/peers?status=offline").await.expect(200);
    let ids = |list: &Value, name: &str| {
        let mut ids: Vec<_> = list.as_array().unwrap().iter().map(|one| one[name].clone().to_string()).collect();
        ids.sort();
        ids
    };
    assert_eq!(ids(&changed[0]["changes"], "peerId"), ids(&peers, "id"));
    assert_eq!(of("sync_completed").len(), 3);
    assert_eq!(of("sync_completed")[0]["isHealthy"], true);
    let triggered = of("alert_triggered");
    assert_eq!(triggered.len(), 1, "{heard:?}");
    let alert = &app.alerts(&owner).await[0];
    for field in ["id", "title", "status", "severity", "accountId", "version", "details"] {
        assert_eq!(triggered[0]["alert"][field], alert[field], "{field}");
    }

    let id = alert["id"].as_str().unwrap();
    owner.post(&format!("/api/alerts/{id}/acknowledge"), json!({ "message": "on it" })).await.expect(200);
    app.settle().await;
    let updated = socket.heard();
    assert_eq!(kinds(&updated), ["alert_updated"]);
    assert_eq!(updated[0]["alert"]["status"], "acknowledged");
    assert!(updated[0]["alert"]["version"].as_u64() > alert["version"].as_u64());

    let all: Vec<u64> = sequences(&heard).into_iter().chain(sequences(&updated)).collect();
    assert!(all.is_sorted_by(|a, b| a < b) && all[0] > ready[0]["sequence"].as_u64().unwrap(), "{all:?}");
    assert_eq!(kinds(&socket.say(&json!({ "type": "ping" })).await), ["pong"]);

    app.network().fault(platform_netbird::fake::Fault {
        kind: platform_netbird::fake::FaultKind::Status { status: 503 },
        path: None,
        times: None,
    });
    app.pass(1).await;
    let failed = socket.heard();
    let failed: Vec<_> = failed.iter().filter(|message| message["type"] == "sync_completed").collect();
    assert_eq!((failed.len(), &failed[0]["isHealthy"]), (1, &json!(false)));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_large_change_is_to_be_read_anew() {
    let app = TestApp::start_with(platform_tests::Options { peers: 300, ..Default::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    let socket = watch(&app, &owner).await;
    app.disconnect(&app.peers()[..100]);
    app.pass(1).await;
    let heard = socket.heard();
    let changed = heard.iter().find(|message| message["type"] == "peer_status_changed").unwrap();
    assert_eq!(changed["changes"].as_array().unwrap().len(), 100);
    app.connect(&app.peers()[..100]);
    app.disconnect(&app.peers()[100..220]);
    app.pass(1).await;
    let heard = socket.heard();
    let reload = heard.iter().find(|message| message["type"] == "reload").unwrap();
    assert_eq!((&reload["what"], &reload["accountId"]), (&json!("peers"), &json!(account)));
}

#[tokio::test]
async fn nobody_hears_of_another_tenant() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.set_up().await, app.tenant("Globex").await);
    app.connect_account(&acme).await;
    let (ours, theirs) = (watch(&app, &acme).await, watch(&app, &globex).await);
    app.disconnect(&app.peers()[..3]);
    app.pass(2).await;
    assert!(kinds(&ours.heard()).contains(&"peer_status_changed"));
    assert_eq!(theirs.heard(), [Value::Null; 0]);
}

#[tokio::test]
async fn pages_of_others_open_no_socket() {
    let app = TestApp::start().await;
    for origin in
        ["https://evil.example", "https://platform.example.evil.example", "http://platform.example", "null", ""]
    {
        assert!(app.open_socket_of(origin).await.is_none(), "{origin}");
    }
    assert!(app.open_socket().await.is_some());
}

#[tokio::test]
async fn what_is_not_understood_ends_the_socket() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let long = json!({ "type": "auth", "token": "x".repeat(5_000) }).to_string();
    let deep = "[".repeat(4_000);
    for text in [
        Some("junk"),
        Some(""),
        Some("{}"),
        Some(r#"{"type":"subscribe","tenant":"*"}"#),
        Some(r#"{"type":"auth","token":"t","tenantId":"t"}"#),
        Some(r#"{"type":"auth","token":7}"#),
        Some(&long),
        Some(&deep),
        None,
    ] {
        for is_known in [false, true] {
            let socket = match is_known {
                true => watch(&app, &owner).await,
                false => app.open_socket().await.unwrap(),
            };
            let told = socket.say_text(text).await;
            assert_eq!(last_word(&socket, &told), ("malformed".into(), LiveRefusal::Malformed), "{text:?}");
        }
    }
    assert!(app.platform.store.sockets(owner.tenant).await.unwrap().is_empty(), "nothing is left of them");
    let socket = app.open_socket().await.unwrap();
    let told = socket.say(&json!({ "type": "ping" })).await;
    assert_eq!(last_word(&socket, &told), ("unauthenticated".into(), LiveRefusal::Unauthenticated));
}

#[tokio::test]
async fn who_does_not_say_who_they_are_is_cut_off() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (silent, known) = (app.open_socket().await.unwrap(), watch(&app, &owner).await);
    app.skip(SignedDuration::from_millis(9_900));
    app.settle().await;
    assert_eq!(silent.closed(), None);
    app.skip(SignedDuration::from_millis(100));
    app.settle().await;
    assert_eq!(last_word(&silent, &silent.heard()), ("too-late".into(), LiveRefusal::TooLate));
    assert_eq!(known.closed(), None);
    // Whoever is quick to say it afterwards is too late.
    silent.say(&auth(&owner)).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(2).await;
    assert_eq!(silent.heard(), [Value::Null; 0]);
}

#[tokio::test]
async fn only_a_persons_own_good_token_opens_the_page() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (old, other) = (auth(&owner), app.sign_in(&owner).await);
    let ended = auth(&other);
    other.post("/api/auth/logout", json!({})).await.expect(204);
    app.skip(SignedDuration::from_mins(10));
    let api_token = app.api_token(&owner, &[Permission::AlertsRead]).await.token().unwrap();
    let forged = json!({ "type": "auth", "token": format!("{}x", owner.token().unwrap()) });
    for message in
        [old, ended, forged, json!({ "type": "auth", "token": api_token }), json!({ "type": "auth", "token": "" })]
    {
        let socket = app.open_socket().await.unwrap();
        let told = socket.say(&message).await;
        assert_eq!(last_word(&socket, &told), ("unauthenticated".into(), LiveRefusal::Unauthenticated));
    }
}

#[tokio::test]
async fn a_socket_goes_on_with_a_new_token_of_the_same_person() {
    let app = TestApp::start().await;
    let (owner, stranger) = (app.set_up().await, app.tenant("Globex").await);
    let colleague = app.member(&owner, Role::Admin).await;
    let (renewed, forgotten) = (watch(&app, &owner).await, watch(&app, &owner).await);
    for _ in 0..3 {
        app.pass(9).await;
        let told = renewed.say(&auth(&owner)).await;
        assert_eq!(kinds(&told), ["ready"]);
        let expires_at: jiff::Timestamp = told[0]["expiresAt"].as_str().unwrap().parse().unwrap();
        assert_eq!(expires_at, app.now() + SignedDuration::from_mins(10));
    }
    assert_eq!(renewed.closed(), None);
    assert_eq!(last_word(&forgotten, &forgotten.heard()), ("unauthenticated".into(), LiveRefusal::Unauthenticated));
    for other in [&stranger, &colleague] {
        let socket = watch(&app, &owner).await;
        let told = socket.say(&auth(other)).await;
        assert_eq!(last_word(&socket, &told), ("unauthenticated".into(), LiveRefusal::Unauthenticated));
    }
}

#[tokio::test]
async fn a_socket_ends_within_a_tick_of_its_right() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    let (out, off, gone) = (
        app.member(&owner, Role::Viewer).await,
        app.member(&owner, Role::Viewer).await,
        app.member(&owner, Role::Viewer).await,
    );
    let stays = watch(&app, &owner).await;
    let mut sockets = Vec::new();
    for member in [&admin, &out, &off, &gone] {
        sockets.push(watch(&app, member).await);
    }
    app.set_role(&admin, Role::Viewer, true).await;
    out.post("/api/auth/logout", json!({})).await.expect(204);
    app.set_role(&off, Role::Viewer, false).await;
    owner.delete(&format!("/api/users/{}", gone.user)).await.expect(204);
    app.tick().await;
    for socket in &sockets {
        assert_eq!(last_word(socket, &socket.heard()), ("unauthenticated".into(), LiveRefusal::Unauthenticated));
    }
    assert_eq!(stays.closed(), None);
    assert_eq!(app.platform.store.sockets(owner.tenant).await.unwrap().len(), 1);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn sockets_and_messages_are_limited() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let colleague = app.member(&owner, Role::Viewer).await;
    let mut sockets = Vec::new();
    for _ in 0..MOST_OF_USER {
        sockets.push(watch(&app, &owner).await);
    }
    let one_more = app.open_socket().await.unwrap();
    let told = one_more.say(&auth(&owner)).await;
    assert_eq!(last_word(&one_more, &told), ("too-many".into(), LiveRefusal::TooMany));
    watch(&app, &colleague).await;
    sockets[0].close().await;
    watch(&app, &owner).await;

    let talker = &sockets[1];
    for _ in 1..MESSAGES_A_MINUTE {
        assert_eq!(kinds(&talker.say(&json!({ "type": "ping" })).await), ["pong"]);
    }
    let told = talker.say(&json!({ "type": "ping" })).await;
    assert_eq!(last_word(talker, &told), ("too-many".into(), LiveRefusal::TooMany));
    let patient = &sockets[2];
    for _ in 0..3 {
        app.skip(SignedDuration::from_mins(1));
        for _ in 0..MESSAGES_A_MINUTE {
            assert_eq!(kinds(&patient.say(&json!({ "type": "ping" })).await), ["pong"]);
        }
    }
}

#[tokio::test]
async fn a_tenant_has_so_many_sockets() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let (session, role, until) =
        (SessionId::from_uuid(Uuid::nil()), Role::Viewer, app.now() + SignedDuration::from_mins(10));
    for number in 0..MOST_OF_TENANT {
        let user = UserId::from_uuid(Uuid::from_u128(number as u128));
        let holder = Holder { tenant: owner.tenant, user, session, role, until };
        let id = ConnectionId::parse(&format!("planted-{number}")).unwrap();
        app.platform.store.join(&Socket { id, holder, joining: None }).await.unwrap();
    }
    let one_more = app.open_socket().await.unwrap();
    let told = one_more.say(&auth(&owner)).await;
    assert_eq!(last_word(&one_more, &told), ("too-many".into(), LiveRefusal::TooMany));
    // They are nobody's: the next look finds out.
    app.tick().await;
    watch(&app, &owner).await;
}

#[tokio::test]
async fn who_comes_back_gets_what_they_missed() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let (first, witness) = (watch(&app, &owner).await, watch(&app, &owner).await);
    app.pass(2).await;
    let heard = first.heard();
    let last = *sequences(&heard).last().unwrap();
    witness.heard();
    first.close().await;
    app.disconnect(&app.peers()[..2]);
    app.pass(3).await;
    let missed = witness.heard();
    assert!(missed.len() >= 4, "{missed:?}");

    let again = app.open_socket().await.unwrap();
    let told = again.say(&json!({ "type": "auth", "token": owner.token().unwrap(), "after": last })).await;
    assert_eq!((&told[0]["type"], &told[0]["sequence"]), (&json!("ready"), &json!(last)));
    assert_eq!(told[1..], missed);
    app.pass(1).await;
    assert_eq!(again.heard(), witness.heard(), "from then on they hear the same");

    for unknown in [0, 1, last - 100, last + 1_000, u64::MAX] {
        let socket = app.open_socket().await.unwrap();
        let told = socket.say(&json!({ "type": "auth", "token": owner.token().unwrap(), "after": unknown })).await;
        assert_eq!((kinds(&told), &told[1]["what"]), (vec!["ready", "reload"], &json!("all")), "{unknown}");
        assert!(told[0]["sequence"].as_u64() < told[1]["sequence"].as_u64());
        socket.close().await;
    }
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_kept() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let is_live = |message: &Message| matches!(message, Message::Live { .. });
    app.disconnect(&app.peers()[..1]);
    app.pass(3).await;
    assert!(!app.queues.ever().iter().any(is_live), "nobody watches");

    let socket = watch(&app, &owner).await;
    app.pass(1).await;
    let last = *sequences(&socket.heard()).last().unwrap();
    socket.close().await;
    app.pass(16).await;
    let before = app.queues.ever().len();
    app.connect(&app.peers()[..1]);
    app.pass(3).await;
    assert!(!app.queues.ever()[before..].iter().any(is_live), "nobody has watched for a while");
    let again = app.open_socket().await.unwrap();
    let told = again.say(&json!({ "type": "auth", "token": owner.token().unwrap(), "after": last })).await;
    assert_eq!(kinds(&told), ["ready", "reload"]);
}

#[tokio::test]
async fn one_who_is_gone_or_takes_nothing_holds_up_nobody() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let (gone, clogged, well) = (watch(&app, &owner).await, watch(&app, &owner).await, watch(&app, &owner).await);
    gone.cut();
    clogged.clog();
    app.disconnect(&app.peers()[..1]);
    app.pass(2).await;
    let heard = well.heard();
    assert!(kinds(&heard).contains(&"peer_status_changed"));
    assert_eq!(clogged.closed(), Some(LiveRefusal::TryAgain));
    assert_eq!(app.platform.store.sockets(owner.tenant).await.unwrap().len(), 1);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn changes_that_were_missed_are_read_anew() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.set_up().await, app.tenant("Globex").await);
    let (ours, theirs) = (watch(&app, &acme).await, watch(&app, &globex).await);
    functions_live::missed(&app.platform).await.unwrap();
    app.settle().await;
    for socket in [ours, theirs] {
        let heard = socket.heard();
        assert_eq!((kinds(&heard), &heard[0]["what"]), (vec!["reload"], &json!("all")));
    }
}

#[tokio::test]
async fn a_storm_of_sockets_hears_everything_once_and_in_order() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let members = join_all((0..5).map(|_| app.member(&owner, Role::Viewer))).await;
    // All of them at once, while messages come.
    let sockets = join_all(members.iter().flat_map(|member| (0..10).map(|_| watch_late(&app, member)))).await;
    app.disconnect(&app.peers()[..2]);
    app.pass(2).await;
    let mut all = Vec::new();
    for socket in &sockets {
        let heard = socket.heard();
        assert_eq!(heard[0]["type"], "ready");
        let places = sequences(&heard);
        assert!(places.is_sorted_by(|a, b| a < b), "{places:?}");
        all.push(heard[1..].to_vec());
    }
    assert!(all[0].len() >= 3);
    assert!(all.iter().all(|heard| *heard == all[0]));
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

/// A socket that may be let listen by another's turn.
async fn watch_late<'a>(app: &'a TestApp, member: &Member) -> TestSocket<'a> {
    let socket = app.open_socket().await.unwrap();
    let arrived = socket.say_and_leave(&auth(member)).await;
    assert!(arrived);
    socket
}

/// Whoever sends may die in the middle of it: the turn is free again after a while, and nothing is lost.
#[tokio::test]
async fn a_crash_while_sending_loses_nothing() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let socket = watch(&app, &owner).await;
    app.pass(1).await;
    socket.heard();
    let live = app.platform.store.take_turn(owner.tenant).await.unwrap().unwrap();
    app.disconnect(&app.peers()[..1]);
    app.tick().await;
    assert_eq!(socket.heard(), [Value::Null; 0], "somebody has the turn, and died");
    app.pass(1).await;
    let heard = socket.heard();
    assert!(kinds(&heard).contains(&"sync_completed"));
    assert_eq!(sequences(&heard)[0], live.sent + 1);
}
