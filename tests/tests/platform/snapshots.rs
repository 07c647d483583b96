//! What is stored of networks, when it cannot be read back, does not fit, or cannot be written just now.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::SignedDuration;
use platform_core::ids::AccountId;
use platform_core::network;
use platform_core::resource::Resource;
use platform_netbird::fake::{TokenState, Tokens};
use platform_runtime::queue::Message;
use platform_store::embedded::faults::Fault;
use platform_tests::{HostileServer, Member, SeededEntropy, TestApp};
use serde_json::{Value, json};

const OWNER: &str = "ada@acme.example";

/// A platform with a connected account and a peer whose alert is open.
async fn alerted() -> (TestApp, Member, AccountId) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.disconnect(&app.peers()[..1]);
    app.pass(6).await;
    assert_eq!(open_alerts(&app, &owner).await, 1);
    (app, owner, account.parse().unwrap())
}

async fn open_alerts(app: &TestApp, member: &Member) -> usize {
    app.alerts(member).await.iter().filter(|alert| alert["status"] == "open").count()
}

/// Changes every stored item whose sort key begins so.
fn damage(app: &TestApp, prefix: &str, how: impl Fn(&mut Value)) {
    let mut damaged = 0;
    for mut item in app.database.everything().unwrap() {
        if item["sk"]["S"].as_str().unwrap().starts_with(prefix) {
            how(&mut item);
            app.database.put_raw(&item).unwrap();
            damaged += 1;
        }
    }
    assert!(damaged > 0, "nothing begins with {prefix}");
    app.platform.store.forget_decoded();
}

fn change_body(item: &mut Value, how: impl FnOnce(&mut Vec<u8>)) {
    let mut body = STANDARD.decode(item["body"]["B"].as_str().unwrap()).unwrap();
    how(&mut body);
    item["body"]["B"] = STANDARD.encode(body).into();
}

/// What another version of the platform left: other marks in the sync state, other layouts in the chunks.
fn as_another_version(app: &TestApp) {
    for prefix in ["SNAP#", "CHUNK#"] {
        damage(app, prefix, |item| change_body(item, |body| body[1..3].fill(0xFF)));
    }
    damage(app, "SYNC#", |item| {
        for marks in ["bodies", "snapshots"] {
            let mut packed = STANDARD.decode(item[marks]["B"].as_str().unwrap()).unwrap();
            // Number of the resource, schema, hash.
            packed.chunks_mut(19).for_each(|mark| mark[1..3].fill(0xFF));
            item[marks]["B"] = STANDARD.encode(packed).into();
        }
    });
}

async fn sync_state(app: &TestApp, owner: &Member, account: AccountId) -> platform_core::account::SyncState {
    app.platform.store.sync_state(owner.tenant, account).await.unwrap().unwrap()
}

/// How many rows each snapshot has; `None` where it cannot be read.
async fn stored(app: &TestApp, owner: &Member, account: AccountId) -> Vec<(Resource, Option<usize>)> {
    app.platform.store.forget_decoded();
    let sync = sync_state(app, owner, account).await;
    let mut stored = Vec::new();
    macro_rules! each {
        (
            snapshots { $($list:ident: $name:ident, $row:ident { $($fields:tt)* })* }
            logs { $($logs:tt)* }
        ) => {
            $({
                let mark = sync.snapshot(Resource::$list);
                let rows = app.platform.store.snapshot::<network::$row>(owner.tenant, account, mark).await.unwrap();
                stored.push((Resource::$list, rows.map(|rows| rows.len())));
            })*
        };
    }
    platform_core::resources!(each);
    stored
}

#[tokio::test]
async fn what_another_version_stored_is_read_anew_by_the_next_sync() {
    let (app, owner, account) = alerted().await;
    let before = stored(&app, &owner, account).await;
    assert!(before.iter().all(|(_, rows)| rows.is_some_and(|rows| rows > 0)), "{before:?}");
    as_another_version(&app);
    assert!(stored(&app, &owner, account).await.iter().all(|(_, rows)| rows.is_none()));

    let refused = owner.get("/api/netbird/peers").await;
    assert!(refused.header("retry-after").is_some(), "{}", refused.text);
    refused.refused(503, "unavailable");
    for path in ["/api/netbird/account", "/api/netbird/events", "/api/dashboard/summary"] {
        let status = owner.get(path).await.status.as_u16();
        assert!(status < 500, "{path} answered {status}");
    }
    // Rules about peers keep their state, and nothing is tried again and again.
    app.run(Message::Evaluate { tenant: owner.tenant, account }).await.unwrap();
    assert_eq!(open_alerts(&app, &owner).await, 1);

    // NetBird's answers are the same as ever.
    app.pass(1).await;
    assert_eq!(stored(&app, &owner, account).await, before);
    assert_eq!(owner.get("/api/netbird/peers").await.total(), Some(10));
    assert_eq!(open_alerts(&app, &owner).await, 1);
    app.connect(&app.peers());
    app.pass(2).await;
    assert_eq!(open_alerts(&app, &owner).await, 0);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn an_account_that_cannot_be_read_anew_is_told_of_and_hides_no_other() {
    let (app, owner, account) = alerted().await;
    as_another_version(&app);
    app.network().set_token(TokenState::Deleted);
    let other = app.another_netbird(4, 2).await;
    app.connect_account_at(&owner, "Plant", &other).await;
    app.pass(2).await;
    assert_eq!(app.mailbox.to(OWNER).len(), 1, "the built-in rule is evaluated");
    assert_eq!(owner.get("/api/netbird/peers").await.total(), Some(4));
    app.network().set_token(TokenState::Good);
    owner.post(&format!("/api/netbird/accounts/{account}/sync"), json!({})).await.expect(202);
    app.settle().await;
    assert_eq!(owner.get("/api/netbird/peers").await.total(), Some(14));
}

#[tokio::test]
async fn a_chunk_that_is_cut_short_is_written_anew() {
    for prefix in ["CHUNK#", "SNAP#"] {
        let (app, owner, account) = alerted().await;
        let before = stored(&app, &owner, account).await;
        damage(&app, prefix, |item| change_body(item, |body| body.truncate(body.len() / 2)));
        assert!(stored(&app, &owner, account).await.iter().all(|(_, rows)| rows.is_none()));
        owner.get("/api/netbird/peers").await.refused(503, "unavailable");

        // Whoever finds it notes it: the evaluation for peers, for the others whoever will read them.
        app.run(Message::Evaluate { tenant: owner.tenant, account }).await.unwrap();
        assert_eq!(open_alerts(&app, &owner).await, 1);
        assert!(sync_state(&app, &owner, account).await.must_rebuild(Resource::Peers));
        for resource in Resource::in_turn() {
            let sync = sync_state(&app, &owner, account).await;
            app.platform.store.note_unreadable(owner.tenant, &sync, resource).await.unwrap();
        }
        app.pass(1).await;
        assert_eq!(stored(&app, &owner, account).await, before, "{prefix}");
        assert_eq!(owner.get("/api/netbird/peers").await.total(), Some(10));
        assert_eq!(open_alerts(&app, &owner).await, 1);
        assert_eq!(app.queues.take_failures(), [""; 0]);
    }
}

#[tokio::test]
async fn chunks_that_a_sync_left_behind_are_swept() {
    let (app, owner, account) = alerted().await;
    let chunks = || app.stored().iter().filter(|item| item.contains("CHUNK#peers#")).count();
    let before = chunks();
    // Dies after its chunks are written and before its transaction.
    app.skip(SignedDuration::from_mins(1));
    app.disconnect(&app.peers()[1..2]);
    let sync = || app.run(Message::Sync { tenant: owner.tenant, account, asked_at: None });
    app.database.faults().next("TransactWriteItems", 100, Fault::Throttled);
    app.without_waiting(sync()).await.unwrap_err();
    app.database.faults().clear();
    assert!(chunks() > before, "{} chunks, {before} before", chunks());
    app.pass(1).await;

    app.skip(SignedDuration::from_hours(24));
    app.pass(1).await;
    app.connect(&app.peers()[1..2]);
    app.pass(1).await;
    assert_eq!(chunks(), before);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn rows_that_are_large_are_cut_into_more_chunks() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let dice = SeededEntropy::new(7);
    let group = |n: usize| {
        let name: String = (0..6).map(|_| format!("{:016x}", dice.next())).collect();
        json!({ "id": format!("g{n}"), "name": name })
    };
    let peer = |n: usize| {
        json!({ "id": format!("p{n}"), "name": "large", "connected": true, "last_seen": "2026-01-01T00:00:00Z",
            "groups": (0..250).map(group).collect::<Vec<_>>() })
    };
    server.tell("peers", Value::from((0..60).map(peer).collect::<Vec<_>>()).to_string());
    let account = json!({ "name": "Large", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let account = app.account(&owner).await;
    assert_eq!(account["status"], "healthy", "{account}");
    app.platform.store.forget_decoded();
    assert_eq!(owner.get("/api/netbird/peers?limit=1").await.total(), Some(60));
}

#[tokio::test]
async fn what_the_database_refuses_for_good_is_told_and_not_repeated() {
    let (app, owner, _) = alerted().await;
    app.connect(&app.peers());
    app.database.faults().next("TransactWriteItems", 1, Fault::Oversized);
    app.pass(1).await;
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["statusReason"]["code"]), (&json!("degraded"), &json!("internal_error")));
    assert_eq!(app.queues.take_failures(), [""; 0], "the same again would be refused again");
    app.pass(2).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
}

/// A network that never fits: a fault of ours that stays. The account says so and is left to rest, like a server in trouble.
#[tokio::test]
async fn what_the_database_never_takes_is_tried_now_and_then_and_hides_nothing() {
    const REFUSED: u64 = 1_000;
    let (app, owner, _) = alerted().await;
    let elsewhere = app.another_netbird(5, 2).await;
    let other = app.tenant("Globex").await;
    app.connect_account_at(&other, "Plant", &elsewhere).await;
    app.database.faults().next("BatchWriteItem", REFUSED, Fault::Oversized);
    app.connect(&app.peers());
    app.pass(1).await;
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["statusReason"]["code"]), (&json!("degraded"), &json!("internal_error")));
    assert_eq!(account["errorCount"], 1);

    app.pass(30).await;
    let tries = REFUSED - app.database.faults().clear();
    assert!((2..=6).contains(&tries), "{tries} tries in half an hour");
    assert_eq!(app.queues.take_failures(), [""; 0], "no message comes back for it");
    let account = app.account(&owner).await;
    assert_eq!((&account["statusReason"]["code"], &account["errorCount"]), (&json!("internal_error"), &json!(tries)));
    assert_eq!(app.account(&other).await["status"], "healthy", "another account is none the worse");
    assert_eq!(owner.get("/api/netbird/peers?limit=1").await.total(), Some(10), "what was read last is kept");

    // It fits again.
    app.pass(19).await; // The longest rest, with its jitter.
    let account = app.account(&owner).await;
    assert_eq!((&account["status"], &account["peers"]["online"]), (&json!("healthy"), &json!(10)), "{account}");
}

#[tokio::test]
async fn a_database_that_is_busy_is_given_time_and_blames_nobody() {
    let (app, owner, account) = alerted().await;
    let healthy = async |app: &TestApp| {
        let account = app.account(&owner).await;
        assert_eq!((&account["status"], &account["errorCount"]), (&json!("healthy"), &json!(0)), "{account}");
    };
    app.database.faults().next("BatchWriteItem", 3, Fault::Unprocessed);
    app.connect(&app.peers());
    app.without_waiting(app.pass(1)).await;
    healthy(&app).await;
    assert_eq!(app.queues.take_failures(), [""; 0]);
    assert_eq!(open_alerts(&app, &owner).await, 0);

    // Too busy for too long: the queue tries again.
    app.database.faults().next("BatchWriteItem", 9, Fault::Unprocessed);
    app.disconnect(&app.peers()[..1]);
    app.without_waiting(app.pass(1)).await;
    assert_eq!(app.queues.take_failures().len(), 1);
    healthy(&app).await;

    // One that gives no answer at all is not NetBird's doing either: account and state are read, then the manifest, and
    // then nothing is written.
    app.skip(SignedDuration::from_mins(1));
    app.connect(&app.peers());
    app.database.fuse().set(3);
    let late = app.without_waiting(app.run(Message::Sync { tenant: owner.tenant, account, asked_at: None })).await;
    app.database.fuse().replace();
    assert!(late.unwrap_err().to_string().contains("took too long"));
    healthy(&app).await;
    app.pass(1).await;
    assert_eq!(app.account(&owner).await["peers"]["online"], 10);
    assert_eq!(app.queues.take_failures(), [""; 0]);
}

#[tokio::test]
async fn a_whole_network_that_leaves_costs_no_write_for_each_peer() {
    let app = TestApp::start_with(platform_tests::Options { peers: 2_000, ..Default::default() }).await;
    let owner = app.set_up().await;
    let account: AccountId = app.connect_account(&owner).await.parse().unwrap();
    app.pass(3).await;
    app.disconnect(&app.peers());
    app.skip(SignedDuration::from_mins(1));
    app.database.meter().take();
    app.run(Message::Sync { tenant: owner.tenant, account, asked_at: None }).await.unwrap();
    let (_, units, calls) = app.database.meter().take();
    println!("2000 peers left: {units} write units in {calls} calls");
    assert!(units < 500.0 && calls < 40, "{units} write units in {calls} calls");

    let page = app.platform.store.transitions(owner.tenant, account, None, 10).await.unwrap();
    // The other one is what everybody was at first sight.
    assert_eq!((page.items.len(), page.items[0].entries.len(), page.items[0].left_out), (2, 2_000, 0));
    assert_eq!(app.account(&owner).await["peers"]["offline"], 2_000);
    // Again, and the log has it once more; what is done twice is logged once.
    app.connect(&app.peers());
    app.pass(1).await;
    let page = app.platform.store.transitions(owner.tenant, account, None, 10).await.unwrap();
    assert_eq!(page.items.iter().map(|found| found.entries.len()).collect::<Vec<_>>(), [2_000; 3]);
}
