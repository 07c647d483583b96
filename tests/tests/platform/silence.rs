//! Syncing that ceases, or is behind, whatever the reason: it is told, and it does not take the rest with it.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::account::{Account, SyncState};
use platform_core::ids::AccountId;
use platform_netbird::fake::{Fault, FaultKind};
use platform_runtime::queue::{Message, Queue};
use platform_tests::{Member, TestApp};

const OWNER: &str = "ada@acme.example";

async fn watched() -> (TestApp, Member, AccountId) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await.parse().unwrap();
    app.pass(1).await;
    (app, owner, account)
}

/// Ten minutes of silence, and a tick to notice it.
async fn is_told_within_eleven_minutes(app: &TestApp, owner: &Member) {
    app.pass(10).await;
    assert!(app.mailbox.mails().is_empty(), "it may be back soon");
    app.pass(1).await;
    assert_eq!(app.mailbox.to(OWNER).len(), 1);
    let alert = &app.alerts(owner).await[0];
    assert_eq!(alert["title"], "HQ cannot be read", "{alert}");
    app.pass(5).await;
    assert_eq!(app.mailbox.mails().len(), 1, "once");
}

#[tokio::test]
async fn a_dispatcher_that_is_silent_is_told() {
    let (mut app, owner, _) = watched().await;
    app.switch_off("syncDispatch");
    is_told_within_eleven_minutes(&app, &owner).await;
}

#[tokio::test]
async fn a_sync_that_never_runs_is_told_and_recovers() {
    let (app, owner, _) = watched().await;
    app.queues.hold(Queue::Sync);
    is_told_within_eleven_minutes(&app, &owner).await;
    app.queues.release();
    let calls = app.network().calls()["GET /api/peers"];
    app.pass(2).await;
    assert!(app.network().calls()["GET /api/peers"] <= calls + 4, "what the queue held is not done seventeen times");
    assert_eq!(app.account(&owner).await["status"], "healthy");
    assert_eq!(app.mailbox.to(OWNER).len(), 2, "and that it is over");
}

#[tokio::test]
async fn a_sync_that_dies_after_a_failure_is_told_too() {
    let (app, owner, _) = watched().await;
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: Some(1) });
    app.pass(1).await;
    assert_eq!(app.account(&owner).await["errorCount"], 1);
    app.queues.hold(Queue::Sync);
    app.pass(11).await;
    assert_eq!(app.mailbox.to(OWNER).len(), 1);
}

#[tokio::test]
async fn an_account_that_was_never_synced_is_told() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.queues.hold(Queue::Sync);
    app.connect_account(&owner).await;
    is_told_within_eleven_minutes(&app, &owner).await;
}

#[tokio::test]
async fn messages_that_are_old_call_nobody() {
    let (app, owner, account) = watched().await;
    let calls = || app.network().calls();
    let before = calls();
    let asked = |seconds: i64| Message::Sync {
        tenant: owner.tenant,
        account,
        asked_at: Some(app.now() - SignedDuration::from_secs(seconds)),
    };
    app.skip(SignedDuration::from_mins(5));
    app.run(asked(61)).await.unwrap();
    assert_eq!(calls(), before, "a later tick has asked anew");
    app.run(asked(60)).await.unwrap();
    assert_ne!(calls(), before);

    app.network().fault(Fault { kind: FaultKind::Status { status: 429 }, path: None, times: Some(1) });
    app.pass(1).await;
    let before = calls();
    app.run(asked(0)).await.unwrap();
    app.run(Message::Sync { tenant: owner.tenant, account, asked_at: None }).await.unwrap();
    assert_eq!(calls(), before, "the server wants rest");
}

#[tokio::test]
async fn what_looks_after_all_accounts_reads_little_of_each() {
    const ACCOUNTS: u128 = 1_000;
    let (app, owner, account) = watched().await;
    let store = &app.platform.store;
    let account = store.account(owner.tenant, account).await.unwrap().unwrap();
    for n in 0..ACCOUNTS {
        let id = AccountId::from_uuid(uuid::Uuid::from_u128((0x0198_0000_0000_7000_8000 << 48) + n));
        let mut sync = SyncState::new(id);
        sync.succeed(app.now());
        if n % 10 == 0 {
            sync.last_attempt = Some(app.now() - SignedDuration::from_mins(3));
        }
        let account = Account { id, ..account.clone() };
        let mut transaction = store.transaction();
        transaction.create_account(&account, &sync).unwrap();
        transaction.commit().await.unwrap();
    }
    app.queues.hold(Queue::Evaluate);
    let before = app.queues.ever().len();
    app.database.meter().take();
    app.schedule_one("evaluateDispatch").await;
    let (read, written, calls) = app.database.meter().take();
    println!("{ACCOUNTS} accounts: {read} read units in {calls} calls");
    assert!(written == 0.0 && calls <= 20 && read <= 0.8 * ACCOUNTS as f64, "{read} units in {calls} calls");
    let asked = app.queues.ever().split_off(before);
    assert_eq!(asked.len(), 100, "those that no sync has evaluated, and no other");
    assert!(asked.iter().all(|message| matches!(message, Message::Evaluate { .. })));
}
