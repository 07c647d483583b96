//! Scenario E, with everything real but time: tenants beside one with many peers, of whom a fifth leaves at once, and one whose
//! server hangs; in a long run a hundred, beside 25,000 peers. The local host's queues hand messages to the platform's own jobs;
//! a second is a step of the clock.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use platform_local::queues::LocalQueues;
use platform_netbird::fake::{FakeServer, Fault, FaultKind};
use platform_runtime::job::Trigger;
use platform_runtime::queue::Queues;
use platform_tests::{Member, TestApp, long_run};
use serde_json::json;

/// Seconds of a tick.
const TICK: u32 = 60;
/// Messages may take two ticks, and the five seconds that a sender has.
const MOST: u32 = 2 * TICK + 5;

/// A tenant with an account at this server, and a rule that tells of every peer that leaves.
async fn tenant(app: &TestApp, name: &str, server: &FakeServer) -> Member {
    let owner = app.tenant(name).await;
    app.connect_account_at(&owner, name, server).await;
    let told = json!({ "webhook": { "url": format!("{}/{name}", app.receiver.url()) } });
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 }, "notificationConfig": told })).await;
    owner
}

/// Carries what waits to the local host's queues.
async fn carry(app: &TestApp, queues: &LocalQueues) {
    while let Some(change) = app.queues.take_change() {
        app.tell(&change).await;
    }
    let mut messages = Vec::new();
    while let Some(queued) = app.queues.take_any(|_| 0) {
        messages.push(queued.message);
    }
    queues.send(messages).await.expect("they are in this process");
}

/// Lets a tick pass second by second. When whom a message reached first, in seconds since the beginning, is noted.
async fn pass(app: &TestApp, queues: &LocalQueues, reached: &mut BTreeMap<String, u32>, began: u32) {
    let scheduled = app.jobs().iter().filter(|job| matches!(job.trigger, Trigger::Schedule(_)));
    for job in scheduled {
        app.schedule_one(job.name).await;
    }
    for second in 0..TICK {
        carry(app, queues).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
        app.skip(SignedDuration::from_secs(1));
        for hook in app.receiver.received() {
            reached.entry(hook.path.trim_start_matches("/hook/").to_owned()).or_insert(began + second + 1);
        }
    }
}

#[tokio::test]
async fn a_large_tenant_and_one_whose_server_hangs_delay_nobody() {
    let (others, peers, leaving) = long_run((25, 5_000, 1_000), (100, 25_000, 5_000));
    let app = TestApp::start().await;
    let (large, hangs) = (app.another_netbird(peers, 7).await, app.another_netbird(10, 8).await);
    for (name, server) in [("large", &large), ("hangs", &hangs)] {
        tenant(&app, name, server).await;
    }
    for number in 0..others {
        tenant(&app, &format!("other-{number}"), &app.netbird).await;
    }
    app.pass(1).await;
    assert!(app.receiver.received().is_empty(), "nobody left yet");

    let queues = LocalQueues::new();
    queues.work(&app.platform, app.jobs());
    tokio::time::pause();
    hangs.handle().fault(Fault { kind: FaultKind::Hang { seconds: 30 }, path: None, times: None });
    let leave = |server: &FakeServer, many: usize| {
        server.handle().change(|network, now| {
            let names: Vec<String> = network.peers().iter().take(many).map(|peer| peer.name.clone()).collect();
            network.disconnect(&names, now);
        });
    };
    leave(&large, leaving);
    leave(&hangs, 1);
    leave(&app.netbird, 1);
    let mut reached = BTreeMap::new();
    for tick in 0..3 {
        pass(&app, &queues, &mut reached, tick * TICK).await;
    }
    let mut lags: Vec<u32> =
        reached.iter().filter(|(name, _)| name.starts_with("other-")).map(|(_, second)| *second).collect();
    assert_eq!(lags.len(), others, "everybody was told: {reached:?}");
    lags.sort_unstable();
    println!("{others} others were told within {} s at p50, {} s at most", lags[others / 2], lags[others - 1]);
    assert!(lags[others - 1] <= MOST, "{lags:?}");
    assert!(reached.contains_key("large"), "the large one is told, too: {reached:?}");
    assert!(!reached.contains_key("hangs"), "and nothing is told of a server that did not answer");
    let large = app.receiver.received().into_iter().filter(|hook| hook.path == "/hook/large").collect::<Vec<_>>();
    assert_eq!(large.len(), 1, "{leaving} that leave at once are one message");
    assert!(large[0].body.to_string().len() <= 20 << 10, "of 20 KB at most");
}
