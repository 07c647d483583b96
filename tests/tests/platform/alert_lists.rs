//! Lists of alerts and the overview: what they hold, what they cost, and how long what is over is kept.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::SignedDuration;
use platform_core::rule::Severity;
use platform_tests::{Answer, Member, Options, TestApp};
use serde_json::{Value, json};

async fn connected() -> (TestApp, Member, String) {
    let app = TestApp::start_with(Options { peers: 3, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    (app, owner, account)
}

fn ids(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|alert| alert["id"].as_str().unwrap()).collect()
}

/// An answer, and how many calls of the database it took. The gate's own are two.
async fn metered(app: &TestApp, member: &Member, path: &str) -> (Answer, u64) {
    app.database.meter().take();
    let answer = member.get(path).await;
    (answer, app.database.meter().take().2)
}

#[tokio::test]
async fn a_page_costs_the_same_however_many_alerts_there_are() {
    let (app, owner, account) = connected().await;
    let few = app.plant_over(&owner, &account, 5).await;
    app.plant_alerts(&owner, &account, 2, 2).await;
    let rule = few.to_string();
    let paths = [
        "/api/alerts".to_owned(),
        "/api/alerts?status=open,acknowledged".to_owned(),
        "/api/alerts?status=resolved".to_owned(),
        "/api/alerts?severity=critical".to_owned(),
        "/api/alerts?severity=low,high&status=resolved".to_owned(),
        format!("/api/alerts?ruleId={rule}"),
        format!("/api/alerts?accountId={account}"),
        "/api/dashboard/overview".to_owned(),
        format!("/api/dashboard/overview?accountId={account}"),
    ];
    let mut before = Vec::new();
    for path in &paths {
        let (answer, calls) = metered(&app, &owner, path).await;
        answer.expect(200);
        before.push(calls);
    }
    app.plant_over(&owner, &account, 1_000).await;
    for (path, before) in paths.iter().zip(before) {
        let (answer, calls) = metered(&app, &owner, path).await;
        let items = answer.expect(200);
        assert!(calls <= before + 4, "{path}: {calls} calls instead of {before}");
        assert!(calls <= 22, "{path}: {calls} calls");
        if let Some(items) = items.as_array() {
            assert!(items.len() <= 50, "{path}");
        }
    }
    assert_eq!(owner.get("/api/alerts").await.total(), Some(1_007));
    assert_eq!(owner.get("/api/alerts?status=open").await.total(), Some(2));
    let (answer, calls) = metered(&app, &owner, "/api/alerts?limit=1000").await;
    assert_eq!(answer.expect(200).as_array().unwrap().len(), 1_000);
    assert!(calls <= 12, "a page of a thousand takes {calls} calls");
}

/// A page that looked at as many entries as it shows said that nothing critical was open.
#[tokio::test]
async fn what_is_critical_is_found_among_newer_alerts_of_less() {
    let (app, owner, account) = connected().await;
    let critical = app.plant_open(&owner, &account, Severity::Critical, 1).await[0].to_string();
    app.clock.advance(SignedDuration::from_mins(1));
    app.plant_open(&owner, &account, Severity::Low, 60).await;
    for more in ["", "&accountId="] {
        let account = if more.is_empty() { "" } else { account.as_str() };
        let path = format!("/api/alerts?status=open,acknowledged&severity=critical&limit=2{more}{account}");
        let page = owner.get(&path).await;
        assert_eq!(page.total(), Some(1), "{path}");
        assert_eq!(ids(&page.expect(200)), [critical.as_str()], "{path}");
    }
    // However often a filter is named, it counts once.
    let often = vec!["critical"; 500].join(",");
    let (answer, calls) = metered(&app, &owner, &format!("/api/alerts?status=open&severity={often}")).await;
    assert_eq!(answer.expect(200).as_array().unwrap().len(), 1);
    let (_, once) = metered(&app, &owner, "/api/alerts?status=open&severity=critical").await;
    assert_eq!(calls, once);
    let often = vec!["resolved"; 500].join(",");
    let (answer, calls) = metered(&app, &owner, &format!("/api/alerts?status={often}")).await;
    answer.expect(200);
    assert!(calls <= 12, "{calls} calls");
}

#[tokio::test]
async fn one_alert_is_read_by_its_id() {
    let (app, owner, account) = connected().await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 } })).await;
    let peer = app.peers()[0].clone();
    app.disconnect(&[&peer]);
    app.pass(1).await;
    let id = ids(&owner.get("/api/alerts").await.expect(200))[0].to_owned();
    owner.post(&format!("/api/alerts/{id}/acknowledge"), json!({ "message": "On it" })).await.expect(200);
    app.connect(&[&peer]);
    app.pass(1).await;
    app.plant_over(&owner, &account, 200).await;
    let (alert, calls) = metered(&app, &owner, &format!("/api/alerts/{id}")).await;
    let alert = alert.expect(200);
    assert!(calls <= 6, "{calls} calls");
    let step = |step: &Value| (step["event"].clone(), step["title"].clone(), step["message"].clone());
    let history: Vec<_> = alert["history"].as_array().unwrap().iter().map(step).collect();
    let (down, back) = (json!(format!("{peer} is offline")), json!(format!("{peer} is back online")));
    assert_eq!(history[0], (json!("fired"), down.clone(), json!(null)));
    assert_eq!(history[1], (json!("acknowledged"), down, json!("On it")));
    assert_eq!((&history[2].0, &history[2].1, history.len()), (&json!("resolved"), &back, 3));
    assert_eq!(alert["history"][1]["by"]["name"], "Ada");
    assert_eq!(alert["notifications"].as_array().unwrap().len(), 4);
    owner.get("/api/alerts/0193b000-0000-7000-8000-000000000004").await.refused(404, "not-found");
    owner.get("/api/alerts/nonsense").await.refused(404, "not-found");
}

#[tokio::test]
async fn filters_meet_in_every_combination() {
    let (app, owner, account) = connected().await;
    app.plant_alerts(&owner, &account, 60, 20).await;
    let all = owner.get("/api/alerts?limit=1000").await.expect(200);
    let all = all.as_array().unwrap();
    for statuses in ["", "open", "resolved", "open,acknowledged", "open,resolved"] {
        for severities in ["", "critical", "low,medium"] {
            for more in ["".to_owned(), format!("&accountId={account}")] {
                let path = format!("/api/alerts?limit=7&status={statuses}&severity={severities}{more}");
                let path = path.replace("&status=&", "&").replace("&severity=&", "&");
                let path = path.trim_end_matches("&severity=").to_owned();
                let is_wanted = |name: &str, wanted: &str, alert: &Value| {
                    wanted.is_empty() || wanted.split(',').any(|one| alert[name] == one)
                };
                let expected: Vec<&str> = all
                    .iter()
                    .filter(|alert| is_wanted("status", statuses, alert) && is_wanted("severity", severities, alert))
                    .map(|alert| alert["id"].as_str().unwrap())
                    .collect();
                let (mut found, mut next) = (Vec::new(), Some(path.clone()));
                while let Some(path) = next {
                    let page = owner.get(&path).await;
                    assert_eq!(page.total(), Some(expected.len()), "{path}");
                    next = page.next();
                    found.extend(ids(&page.expect(200)).into_iter().map(str::to_owned));
                }
                assert_eq!(found, expected, "{path}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_over_is_kept_as_long_as_the_tenant_wishes() {
    let (app, owner, _) = connected().await;
    let short = json!({ "name": "Acme", "alertRetentionDays": 29 });
    let refused = owner.call("PUT", "/api/tenant", Some(short)).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/alertRetentionDays");
    assert_eq!(owner.get("/api/tenant").await.expect(200)["alertRetentionDays"], 365);
    let changed =
        owner.call("PUT", "/api/tenant", Some(json!({ "name": "Acme", "alertRetentionDays": 30 }))).await.expect(200);
    assert_eq!(changed["alertRetentionDays"], 30);
    let renamed = owner.call("PUT", "/api/tenant", Some(json!({ "name": "Acme II" }))).await.expect(200);
    assert_eq!(renamed["alertRetentionDays"], 30, "a change that does not name it leaves it");

    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 } })).await;
    let peers = app.peers();
    app.disconnect(&peers[..1]);
    app.pass(1).await;
    app.connect(&peers[..1]);
    app.pass(1).await;
    app.disconnect(&peers[1..2]);
    app.pass(1).await;
    let list = owner.get("/api/alerts").await;
    assert_eq!(list.total(), Some(2));
    let list = list.expect(200);
    let over = list[1]["id"].as_str().unwrap().to_owned();
    app.skip(SignedDuration::from_hours(24 * 30 - 1));
    let owner = app.sign_in(&owner).await;
    assert_eq!(owner.get("/api/alerts").await.total(), Some(2), "the thirtieth day is not over");

    app.skip(SignedDuration::from_hours(25));
    let left = owner.get("/api/alerts").await;
    assert_eq!(left.total(), Some(1));
    assert_eq!(left.expect(200)[0]["status"], "open", "what is not over is kept");
    assert_eq!(owner.get("/api/alerts?status=resolved").await.total(), Some(0));
    owner.get(&format!("/api/alerts/{over}")).await.refused(404, "not-found");
    // The audit trail is kept: that it fired, and that it was over.
    let of_it = app.stored().into_iter().filter(|item| item.contains(&over) && !item.contains("#AUDIT#"));
    let forever: Vec<String> = of_it.filter(|item| !item.contains("\"ttl\"")).collect();
    assert!(forever.is_empty(), "the database may forget all that is known of it: {forever:?}");
}

#[tokio::test]
async fn many_lesser_alerts_hide_no_worse_one() {
    let (app, owner, account) = connected().await;
    let plant = async |severity, number| app.plant_open(&owner, &account, severity, number).await;
    let critical = plant(Severity::Critical, 1).await;
    app.skip(SignedDuration::from_hours(1));
    let high = plant(Severity::High, 2).await;
    app.skip(SignedDuration::from_hours(1));
    plant(Severity::Low, 12).await;
    let id = critical[0].to_string();
    owner.post(&format!("/api/alerts/{}/acknowledge", high[1]), json!({})).await.expect(200);

    for path in ["/api/dashboard/overview".to_owned(), format!("/api/dashboard/overview?accountId={account}")] {
        let overview = owner.get(&path).await.expect(200);
        let worst = ids(&overview["needsAttention"]);
        assert_eq!(worst.len(), 10, "{path}");
        assert_eq!(worst[..3], [id.as_str(), &high[0].to_string(), &high[1].to_string()], "{path}: worst, then oldest");
        assert_eq!(overview["activeAlerts"]["total"], 15, "{path}");
        assert_eq!(overview["activeAlerts"]["open"]["low"], 12);
        assert_eq!(
            overview["activeAlerts"]["acknowledged"],
            json!({ "total": 1, "critical": 0, "high": 1, "medium": 0, "low": 0 })
        );
        assert_eq!(overview["openAlerts"]["total"], 14);
        assert_eq!(overview["systemHealth"]["accounts"][0]["activeAlerts"]["total"], 15);
        assert!(!ids(&overview["recentAlerts"]).contains(&id.as_str()), "the newest ten are others");
    }
    owner.post(&format!("/api/alerts/{id}/resolve"), json!({})).await.expect(200);
    let overview = owner.get(&format!("/api/dashboard/overview?accountId={account}")).await.expect(200);
    assert_eq!(ids(&overview["needsAttention"])[0], high[0].to_string());
    let unknown = "/api/dashboard/overview?accountId=0193b000-0000-7000-8000-000000000004";
    owner.get(unknown).await.refused(404, "not-found");
}

#[tokio::test]
async fn an_account_has_its_own_overview() {
    let (app, owner, account) = connected().await;
    let elsewhere = app.another_netbird(5, 2).await;
    let other = app.connect_account_at(&owner, "Field", &elsewhere).await;
    app.plant_alerts(&owner, &other, 3, 3).await;
    let of = async |id: &str| owner.get(&format!("/api/dashboard/overview?accountId={id}")).await.expect(200);
    let (hq, field) = (of(&account).await, of(&other).await);
    assert_eq!((&hq["totalPeers"], &hq["activeAlerts"]["total"]), (&json!(3), &json!(0)));
    assert_eq!((&field["totalPeers"], &field["activeAlerts"]["total"]), (&json!(5), &json!(3)));
    assert_eq!(field["systemHealth"]["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(hq["needsAttention"], json!([]));
    let all = owner.get("/api/dashboard/overview").await.expect(200);
    assert_eq!((&all["totalPeers"], &all["activeAlerts"]["total"]), (&json!(8), &json!(3)));
}

/// Of an outage the alert names twenty, and the list of a peer has it all the same, also when all is over.
#[tokio::test]
async fn the_alerts_of_a_peer_are_all_that_were_ever_about_it() {
    let app = TestApp::start_with(Options { peers: 40, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 } })).await;
    let gone: Vec<String> = app.peers().into_iter().take(30).collect();
    app.disconnect(&gone);
    app.pass(1).await;
    let all = owner.get("/api/alerts").await.expect(200);
    let outage = ids(&all)[0].to_owned();
    assert_eq!(all[0]["details"]["affected"]["peers"].as_array().unwrap().len(), 20);
    let peers = owner.get("/api/netbird/peers?limit=1000").await.expect(200);
    let id_of = |name: &str| {
        let peer = peers.as_array().unwrap().iter().find(|peer| peer["name"] == name).unwrap();
        peer["id"].as_str().unwrap().to_owned()
    };
    let about = async |name: &str, more: &str| {
        let path = format!("/api/alerts?accountId={account}&peerId={}{more}", id_of(name));
        let answer = owner.get(&path).await;
        assert_eq!(answer.total(), None, "{path}");
        ids(&answer.expect(200)).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    for name in &gone {
        assert_eq!(about(name, "&status=open,acknowledged,suppressed").await, std::slice::from_ref(&outage), "{name}");
    }
    let spared = app.peers()[35].clone();
    assert!(about(&spared, "").await.is_empty(), "{spared} was there all the time");
    // It is back, and goes again by itself.
    app.connect(&gone);
    app.pass(2).await;
    assert!(about(&gone[29], "&status=open").await.is_empty());
    app.disconnect(&gone[29..]);
    app.pass(1).await;
    let both = about(&gone[29], "").await;
    assert_eq!((both.len(), both[1].as_str()), (2, outage.as_str()), "newest first");
    assert_eq!(about(&gone[29], "&limit=1").await, both[..1]);
    assert_eq!(about(&gone[0], "").await, [outage]);
    // Among as many others as a page looks at, and beyond them.
    app.plant_over(&owner, &account, 1_200).await;
    let path = format!("/api/alerts?accountId={account}&peerId={}", id_of(&gone[29]));
    let (first, calls) = metered(&app, &owner, &path).await;
    assert!(calls <= 40, "{calls} calls");
    let (mut found, mut next) = (Vec::new(), first.next());
    found.extend(ids(&first.expect(200)).into_iter().map(str::to_owned));
    assert!(next.is_some(), "not all was looked at");
    while let Some(path) = next {
        let page = owner.get(&path).await;
        next = page.next();
        found.extend(ids(&page.expect(200)).into_iter().map(str::to_owned));
    }
    assert_eq!(found, both);
    let path = format!("/api/alerts?peerId={}", id_of(&gone[0]));
    let refused = owner.get(&path).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/accountId");
}
