//! Management servers that mean harm: what they send is bounded in rows, in bytes and in what is kept of it.

use std::time::Duration;

use platform_core::resource::Resource;
use platform_netbird::fake::Tokens;
use platform_runtime::queue::Message;
use platform_tests::{HostileServer, Member, TestApp};
use serde_json::{Value, json};

fn peer(id: &str) -> Value {
    json!({ "id": id, "name": id, "connected": true, "last_seen": "2026-01-01T00:00:00Z" })
}

/// So many rows that hold what they must and nothing else.
fn minimal_peers(number: usize) -> String {
    let row = |n: usize| format!(r#"{{"id":"{n}","connected":true,"last_seen":"2026-01-01T00:00:00Z"}}"#);
    format!("[{}]", (0..number).map(row).collect::<Vec<_>>().join(","))
}

/// A platform that watches a server which still behaves.
async fn watched() -> (TestApp, Member, HostileServer) {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    server.tell("peers", json!([peer("one"), peer("two")]).to_string());
    connect(&owner, &server).await.expect(201);
    app.settle().await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
    (app, owner, server)
}

async fn connect(owner: &Member, server: &HostileServer) -> platform_tests::Answer {
    let account = json!({ "name": "Hostile", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await
}

/// Why the account is not healthy after a tick.
async fn reason(app: &TestApp, owner: &Member) -> Value {
    app.pass(1).await;
    app.account(owner).await["statusReason"].clone()
}

#[tokio::test]
async fn a_list_of_a_hundred_thousand_peers_is_refused_by_its_rows() {
    let (app, owner, server) = watched().await;
    server.tell("peers", minimal_peers(100_000));
    let reason = reason(&app, &owner).await;
    assert_eq!(reason["code"], "too_many_rows", "{reason}");
    assert!(reason["detail"].as_str().unwrap().contains("30000"), "{reason}");
    let peers = owner.get("/api/netbird/peers").await;
    assert_eq!(peers.total(), Some(2), "what was known is kept");

    server.tell("peers", json!([peer("one"), peer("two"), peer("three")]).to_string());
    app.pass(2).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");

    // Nor is such a server connected in the first place.
    let other = HostileServer::start().await;
    other.tell("peers", minimal_peers(30_001));
    connect(&owner, &other).await.refused(422, "netbird-connection");
    other.tell("peers", minimal_peers(30_000));
    connect(&owner, &other).await.expect(201);
}

#[tokio::test]
async fn every_list_has_a_limit_of_its_own() {
    let (app, owner, server) = watched().await;
    let rows = |number: usize, row: &str| format!("[{}]", vec![row; number].join(","));
    let policy = r#"{"id":"a","name":"b","enabled":true}"#;
    let event = r#"{"id":"1","timestamp":"2026-01-01T00:00:00Z"}"#;
    for (resource, body) in [
        ("groups", rows(10_001, r#"{"id":"a","name":"b"}"#)),
        ("users", rows(10_001, r#"{"id":"a"}"#)),
        ("policies", rows(5_001, policy)),
        ("networks", rows(5_001, r#"{"id":"a","name":"b"}"#)),
        ("networks/resources", rows(20_001, r#"{"id":"a","name":"b"}"#)),
        ("networks/routers", rows(10_001, r#"{"id":"a"}"#)),
        ("routes", rows(10_001, r#"{"id":"a","enabled":true}"#)),
        ("posture-checks", rows(5_001, r#"{"id":"a"}"#)),
        ("dns/nameservers", rows(5_001, r#"{"id":"a"}"#)),
        ("setup-keys", rows(10_001, r#"{"id":"a"}"#)),
        ("accounts", rows(101, r#"{"id":"a"}"#)),
        ("events/audit", rows(10_001, event)),
    ] {
        server.tell(resource, body);
        let list = Resource::ALL.iter().find(|list| list.path() == resource).unwrap();
        // Slow lists have their turn; a refusal backs off.
        let (mut told, mut unread) = (Value::Null, json!([]));
        for _ in 0..2 * Resource::in_turn().count() {
            told = reason(&app, &owner).await;
            unread = app.account(&owner).await["notReadable"].clone();
            if !told.is_null() || unread != json!([]) {
                break;
            }
        }
        // What rules look at is told as the account's trouble; of the rest it is that list alone which cannot be read.
        if list.is_watched() {
            assert_eq!(told["code"], "too_many_rows", "{resource}: {told}");
        } else {
            assert_eq!((&told, &unread), (&Value::Null, &json!([list.words()])), "{resource}");
        }
        server.tell(resource, "[]");
        let turns = if list.is_watched() { 3 } else { Resource::in_turn().count() };
        app.pass(turns).await;
        let account = app.account(&owner).await;
        assert_eq!((&account["status"], &account["notReadable"]), (&json!("healthy"), &json!([])), "{resource}");
    }
}

#[tokio::test]
async fn ids_that_do_not_fit_a_key_are_refused_and_texts_are_cut() {
    let (app, owner, server) = watched().await;
    server.tell("peers", json!([peer("one"), peer(&"x".repeat(129))]).to_string());
    let told = reason(&app, &owner).await;
    assert_eq!(told["code"], "malformed_answer", "{told}");
    assert!(told["detail"].as_str().unwrap().contains("128"), "{told}");

    let longest = "ü".repeat(128);
    let mut long = peer(&longest);
    long["name"] = "ä".repeat(100_000).into();
    server.tell("peers", json!([peer("one"), peer("two"), long]).to_string());
    app.pass(2).await;
    let peers = owner.get("/api/netbird/peers").await.expect(200);
    let kept = peers.as_array().unwrap().iter().find(|peer| peer["id"] == longest.as_str()).unwrap();
    assert_eq!(kept["name"].as_str().unwrap().chars().count(), 256);
}

#[tokio::test]
async fn what_unpacks_or_nests_without_end_is_refused() {
    let (app, owner, server) = watched().await;
    let groups = |number: usize| {
        let group = r#"{"id":"g","name":"g"}"#;
        let peer = r#"{"id":"a","connected":true,"last_seen":"2026-01-01T00:00:00Z","groups":["#;
        format!("[{peer}{}]}}]", vec![group; number].join(","))
    };
    server.tell("peers", groups(251));
    assert_eq!(reason(&app, &owner).await["code"], "malformed_answer");
    server.tell("peers", format!("[{}", "[".repeat(1_000_000)));
    app.pass(2).await;
    assert_eq!(app.account(&owner).await["statusReason"]["code"], "malformed_answer");
    server.tell_compressed("peers", vec![b' '; 70 << 20]);
    app.pass(3).await;
    let told = app.account(&owner).await["statusReason"].clone();
    assert!(told["detail"].as_str().unwrap().contains(&(64 << 20).to_string()), "{told}");
}

#[tokio::test]
async fn an_account_is_synced_once_at_a_time() {
    let (app, owner, server) = watched().await;
    let account = app.account(&owner).await["id"].as_str().unwrap().parse().unwrap();
    let account = platform_core::ids::AccountId::from_uuid(account);
    server.dawdle(Duration::from_millis(300));
    let before = server.asked();
    let sync = || app.run(Message::Sync { tenant: owner.tenant, account, asked_at: None });
    let (first, second, third) = tokio::join!(sync(), sync(), sync());
    assert!(first.is_ok() && second.is_ok() && third.is_ok());
    assert_eq!(server.asked() - before, 1, "two found it under way");
    sync().await.unwrap();
    assert_eq!(server.asked() - before, 2);
}

/// So many events from this id on, a second apart, with texts of 10 kB.
fn large_events(from: usize, number: usize, first: jiff::Timestamp) -> String {
    let text = "x".repeat(2_000);
    let row = |n: usize| {
        let at = first + jiff::SignedDuration::from_secs(n as i64);
        json!({
            "id": (from + n).to_string(), "timestamp": at.to_string(), "activity": text, "activity_code": "peer.add",
            "initiator_name": text, "target_id": "one", "meta": { "a": text, "b": text, "c": text },
        })
    };
    Value::from((0..number).map(row).collect::<Vec<_>>()).to_string()
}

#[tokio::test]
async fn events_do_not_fill_the_disk() {
    let (app, owner, server) = watched().await;
    let mut bytes = Vec::new();
    for round in 0..4 {
        server.tell(
            "events/audit",
            large_events(1 + round * 3_000, 3_000, app.now() - jiff::SignedDuration::from_hours(2)),
        );
        app.pass(1).await;
        bytes.push(app.stored().iter().map(String::len).sum::<usize>());
    }
    // A thousand a sync at most, and no more than 2 KB of each.
    let grown = bytes.windows(2).map(|pair| pair[1].saturating_sub(pair[0])).max().unwrap();
    assert!(grown < 6 << 20, "{grown} bytes a sync, {bytes:?}");
    let page = owner.get("/api/netbird/events?source=netbird&limit=1").await;
    assert_eq!(page.total(), Some(4_000), "a first sync takes the newest, later ones the oldest that are new");
    let kept = page.expect(200)[0].to_string();
    assert!(kept.len() < 3_000, "{} bytes", kept.len());

    // The list's number is not counted by reading it.
    app.database.meter().take();
    owner.get("/api/netbird/events?source=netbird&limit=1").await.expect(200);
    let (read, _, calls) = app.database.meter().take();
    assert!(read <= 12.0 && calls <= 8, "{read} units in {calls} calls");
}

#[tokio::test]
async fn a_burst_of_events_is_taken_in_bit_by_bit() {
    let (app, owner, server) = watched().await;
    let small = |from: usize, number: usize| {
        let row = |id: usize| json!({ "id": id.to_string(), "timestamp": app.now().to_string(), "activity_code": "x" });
        Value::from((from..from + number).map(row).collect::<Vec<_>>()).to_string()
    };
    let total = async || owner.get("/api/netbird/events?source=netbird&limit=1").await.total().unwrap();
    server.tell("events/audit", small(1, 10));
    app.pass(1).await;
    assert_eq!(total().await, 10);
    // The body stays the same from here on: it is looked at again while there is more in it.
    server.tell("events/audit", small(5, 2_500));
    for expected in [1_010, 2_010, 2_504, 2_504] {
        app.pass(1).await;
        assert_eq!(total().await, expected);
    }
}

#[tokio::test]
async fn no_date_keeps_an_event_longer() {
    let (app, owner, server) = watched().await;
    let event = |id: u32, at: &str| json!({ "id": id.to_string(), "timestamp": at, "activity_code": "x" });
    let told =
        json!([event(3, "9999-12-30T00:00:00Z"), event(2, "2200-01-01T00:00:00Z"), event(1, "0001-01-02T00:00:00Z")]);
    server.tell("events/audit", told.to_string());
    app.pass(1).await;
    let events = owner.get("/api/netbird/events?source=netbird").await;
    assert_eq!(events.total(), Some(2));
    for event in events.expect(200).as_array().unwrap() {
        let at: jiff::Timestamp = event["timestamp"].as_str().unwrap().parse().unwrap();
        assert!(at <= app.now(), "{event}");
    }
    server.tell("events/audit", "[]");
    app.skip(jiff::SignedDuration::from_hours(24 * 92));
    let owner = app.sign_in(&owner).await;
    let events = owner.get("/api/netbird/events?source=netbird").await;
    assert_eq!((events.total(), events.expect(200)), (Some(0), json!([])));
}
