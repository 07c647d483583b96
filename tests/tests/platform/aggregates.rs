//! What the overview counts is kept, not counted when it is looked at: after thousands of random steps it says what counting
//! everything says.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;

use jiff::SignedDuration;
use platform_tests::{Member, Options, SeededEntropy, TestApp, long_run};
use serde_json::{Value, json};

const ALERTS: usize = 400;
const AT_ONCE: usize = 200;

/// All of a list, page by page.
async fn all(owner: &Member, path: &str) -> Vec<Value> {
    let (mut found, mut next) = (Vec::new(), Some(format!("{path}limit=1000")));
    while let Some(path) = next {
        let answer = owner.get(&path).await;
        next = answer.next();
        found.extend(answer.expect(200).as_array().unwrap().clone());
    }
    found
}

/// The numbers of alerts of an account, or of all, by status and severity.
fn counted(alerts: &[Value], account: Option<&str>) -> BTreeMap<(String, String), u64> {
    let mut counted = BTreeMap::new();
    for alert in alerts.iter().filter(|alert| account.is_none_or(|account| alert["accountId"] == account)) {
        let text = |field: &str| alert[field].as_str().unwrap().to_owned();
        if text("status") != "resolved" {
            *counted.entry((text("status"), text("severity"))).or_default() += 1;
        }
    }
    counted
}

/// The same as the overview has it.
fn told(active: &Value) -> BTreeMap<(String, String), u64> {
    let mut told = BTreeMap::new();
    for status in ["open", "acknowledged", "suppressed"] {
        for severity in ["critical", "high", "medium", "low"] {
            let count = active[status][severity].as_u64().unwrap();
            if count > 0 {
                told.insert((status.to_owned(), severity.to_owned()), count);
            }
        }
        let sum: u64 = told.iter().filter(|((of, _), _)| of == status).map(|(_, count)| count).sum();
        assert_eq!(active[status]["total"], sum);
    }
    assert_eq!(active["total"], told.values().sum::<u64>());
    told
}

async fn compare(owner: &Member) {
    let overview = owner.get("/api/dashboard/overview").await.expect(200);
    let alerts = all(owner, "/api/alerts?").await;
    assert_eq!(told(&overview["activeAlerts"]), counted(&alerts, None));
    for account in overview["systemHealth"]["accounts"].as_array().unwrap() {
        assert_eq!(told(&account["activeAlerts"]), counted(&alerts, account["id"].as_str()));
    }
    for status in ["open", "acknowledged", "suppressed", "resolved"] {
        let total = owner.get(&format!("/api/alerts?status={status}&limit=1")).await.total();
        assert_eq!(total, Some(alerts.iter().filter(|alert| alert["status"] == status).count()), "{status}");
    }
    let peers = all(owner, "/api/netbird/peers?").await;
    let of = |status: &str| peers.iter().filter(|peer| peer["status"] == status).count();
    for (field, number) in [
        ("totalPeers", peers.len()),
        ("onlinePeers", of("online")),
        ("offlinePeers", of("offline")),
        ("unconfirmedPeers", of("unconfirmed")),
        ("totalGroups", all(owner, "/api/netbird/groups?").await.len()),
        ("totalPolicies", all(owner, "/api/netbird/policies?").await.len()),
        ("totalUsers", all(owner, "/api/netbird/users?isServiceUser=false&").await.len()),
    ] {
        assert_eq!(overview[field], number, "{field}");
    }
}

#[tokio::test]
async fn the_overview_counts_right_after_thousands_of_random_steps() {
    // With alerts, each a transaction of its own; and changes of the networks.
    let must = long_run(2_000, 10_000);
    let app = TestApp::start_with(Options { peers: 20, ..Options::default() }).await;
    let owner = app.set_up().await;
    let first = app.connect_account(&owner).await;
    let branch = app.another_netbird(12, 2).await;
    let second = app.connect_account_at(&owner, "Branch", &branch).await;
    app.pass(13).await;
    let dice = SeededEntropy::new(13);
    let index = |bound: usize| usize::try_from(dice.below(bound as u64)).unwrap();
    let mut ids = Vec::new();
    for account in [&first, &second] {
        ids.extend(app.plant_alerts(&owner, account, ALERTS / 2, ALERTS / 4).await);
    }
    compare(&owner).await;
    let (mut done, mut steps, mut rounds) = (0, 0, 0);
    while steps < must {
        let named: Vec<String> = {
            let mut named: Vec<String> = (0..AT_ONCE).map(|_| ids[index(ids.len())].to_string()).collect();
            named.sort_unstable();
            named.dedup();
            named
        };
        steps += named.len();
        let until = app.now() + SignedDuration::from_hours(1 + i64::try_from(index(30)).unwrap());
        let (step, body) = match index(8) {
            0..3 => ("acknowledge", json!({ "alertIds": named })),
            3..5 => ("suppress", json!({ "alertIds": named, "until": until })),
            5..7 => ("reopen", json!({ "alertIds": named })),
            _ => ("resolve", json!({ "alertIds": named[..named.len().min(15)] })),
        };
        let answer = owner.post(&format!("/api/alerts/{step}"), body).await.expect(200);
        done += answer["done"].as_array().unwrap().len();
        rounds += 1;
        if rounds % 6 == 0 {
            // What is over is over: others take its place. And networks change meanwhile.
            let account = [&first, &second][index(2)];
            ids.extend(app.plant_alerts(&owner, account, 30, 30).await);
            let names = app.peers();
            let name = &names[index(names.len())];
            match index(4) {
                0 => app.disconnect(&[name]),
                1 => app.connect(&[name]),
                2 => app.network().change(|network, now| {
                    assert!(network.add_peer(&format!("new-{rounds}"), "servers", now));
                }),
                _ => app.network().change(|network, now| network.remove_peer(name, 0, now)),
            }
            app.pass(2).await;
        }
        if rounds % 5 == 0 {
            compare(&owner).await;
        }
    }
    app.pass(2).await;
    compare(&owner).await;
    println!("{steps} steps were asked for and {done} taken, with {} alerts", ids.len());
    assert!(done > must / 5, "{done} of {steps} steps were possible");
}
