//! The change feed, as hosts use it. What it tells is tested beside it, in the store.

use std::collections::BTreeMap;

use platform_core::ids::TenantId;
use platform_core::mail::MailAbout;
use platform_http::needs;
use platform_local::{changes, jobs};
use platform_runtime::job::{JobResult, Trigger};
use platform_runtime::queue::Message;
use platform_runtime::{Job, Platform};
use platform_store::embedded::Embedded;
use platform_store::feed::{Change, Interest, Topic};
use platform_store::{Key, Store};
use platform_tests::TestApp;
use serde_json::json;
use uuid::Uuid;

async fn fails(_: Platform, change: Change) -> JobResult {
    Err(format!("no use for {:?}", change.what).into())
}

async fn panics(_: Platform, change: Change) -> JobResult {
    panic!("no use for {:?}", change.what)
}

/// The local host's part of it: jobs hear of what they wait for and of nothing else, whatever becomes of other jobs.
#[tokio::test]
async fn the_local_host_runs_jobs_for_what_they_wait_for() {
    let app = TestApp::start().await;
    let mut waiting = vec![
        Job::on_change("fails", Interest::in_new(&[Topic::MAILS]), fails, needs()),
        Job::on_change("panics", Interest::in_new(&[Topic::MAILS]), panics, needs()),
    ];
    waiting.extend(jobs());
    assert!(waiting.iter().any(|job| job.name == "relayOutbox" && matches!(job.trigger, Trigger::Change(..))));

    let embedded = Embedded::in_memory().unwrap();
    let changes = embedded.changes();
    let store = Store::new(embedded.client(), "platform", app.platform.clock.clone());
    store.create_table().await.unwrap();
    let mut ids = Vec::new();
    for _ in 0..2 {
        let about = MailAbout::ConfirmRecipient { tenant: TenantId::from_uuid(Uuid::from_u128(1)) };
        let mail = app.platform.mail_about("ada@acme.example".parse().unwrap(), about);
        let mut transaction = store.transaction();
        transaction.create_mail(&mail).unwrap();
        transaction.commit().await.unwrap();
        // Counted: told of, and nobody waits for it.
        store.attempt("ip#ab12").await.unwrap().unwrap();
        ids.push(mail.id);
    }
    drop((store, embedded));
    // It ends with the database, when everything was handled.
    changes::run(changes, app.platform.clone(), waiting).await;
    let expected: Vec<_> = ids.into_iter().map(|mail| Message::Mail { mail }).collect();
    assert_eq!(app.queues.ever(), expected);
}

/// Whatever a busy platform writes, its key says what it is: nothing is told to nobody.
#[tokio::test]
async fn everything_that_a_platform_writes_is_something() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.make_rule(&owner, json!({})).await;
    app.pass(1).await;
    app.disconnect(&app.peers()[..2]);
    app.pass(6).await;
    let invited = json!({ "email": "grace@acme.example", "role": "viewer" });
    owner.post("/api/users", invited).await.expect(201);
    owner
        .post("/api/tokens", json!({ "name": "CI", "scopes": ["alerts:read"], "expiresInDays": 30 }))
        .await
        .expect(201);
    app.settle().await;
    let mut kinds = BTreeMap::<String, usize>::new();
    for item in app.database.everything().unwrap() {
        let text = |name: &str| item[name]["S"].as_str().unwrap().to_owned();
        let key = Key { pk: text("pk"), sk: text("sk") };
        let (_, what) = key.names().unwrap_or_else(|| panic!("{} {} is nothing", key.pk, key.sk));
        let name = format!("{what:?}");
        *kinds.entry(name.split('(').next().unwrap().to_owned()).or_default() += 1;
    }
    for kind in ["Alert", "Intent", "AlertHistory", "Snapshot", "SnapshotChunk", "Event", "Transitions", "Invitation"] {
        assert!(kinds.contains_key(kind), "the platform was not busy: {kinds:?}");
    }
    assert!(kinds.len() > 25, "{kinds:?}");
}
