//! Metrics that a tenant pushes: taken in all or none, folded by the minute, read back with gaps, bounded, and gone with what
//! they are about.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use platform_core::access::Role;
use platform_core::metrics::minute_of;
use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

async fn connected() -> (TestApp, Member, String) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    (app, owner, account)
}

async fn push(member: &Member, metrics: Value) -> Value {
    member.post("/api/metrics", json!({ "metrics": metrics })).await.expect(201)
}

async fn refused(member: &Member, metrics: Value) -> Vec<String> {
    let problem = member.post("/api/metrics", json!({ "metrics": metrics })).await.refused(422, "validation");
    let pointer = |error: &Value| error["pointer"].as_str().expect("a pointer").to_owned();
    problem["errors"].as_array().expect("errors").iter().map(pointer).collect()
}

async fn listed(member: &Member) -> Vec<Value> {
    member.get("/api/metrics").await.expect(200).as_array().expect("a list").clone()
}

/// The points of the first series of the tenant's own that are known, by minute.
fn known(answer: &Value) -> BTreeMap<i64, Value> {
    let points = answer["own"][0]["points"].as_array().expect("points").iter();
    let minute =
        |point: &Value| minute_of(point["time"].as_str().expect("a time").parse::<Timestamp>().expect("a time"));
    points.filter(|point| !point["value"].is_null()).map(|point| (minute(point), point.clone())).collect()
}

#[tokio::test]
async fn what_is_pushed_is_read_back_with_its_gaps() {
    let (app, owner, account) = connected().await;
    let start = minute_of(app.now());
    for minute in 0..30 {
        // For ten minutes the script is down.
        if !(10..20).contains(&minute) {
            let taken = push(&owner, json!([{ "name": "backup.age", "value": minute, "unit": "h" }])).await;
            assert_eq!(taken, json!({ "taken": 1, "series": 1, "newSeries": i32::from(minute == 0) }));
        }
        app.skip(SignedDuration::from_mins(1));
    }
    let path = "/api/dashboard/metrics?series=custom.backup.age";
    let minutes = owner.get(path).await.expect(200);
    assert_eq!(minutes["series"], json!([]), "nobody asked for the platform's own");
    let points = known(&minutes);
    assert_eq!(points.len(), 20);
    assert!(minutes["own"][0]["points"].as_array().is_some_and(|all| all.len() > 1_400), "gaps are points too");
    for (minute, point) in &points {
        assert_eq!(point["value"].as_f64(), Some((minute - start) as f64));
    }
    let hours = known(&owner.get(&format!("{path}&resolution=1h&accountId={account}")).await.expect(200));
    assert_eq!(hours.values().map(|point| point["samples"].as_u64().unwrap_or_default()).sum::<u64>(), 20);
    let greatest = hours.values().filter_map(|point| point["max"].as_f64()).fold(f64::MIN, f64::max);
    assert_eq!(greatest, 29.0);

    let [series] = &listed(&owner).await[..] else { panic!("one series") };
    assert_eq!((&series["name"], &series["unit"], &series["tags"]), (&json!("backup.age"), &json!("h"), &json!({})));
    assert_eq!((&series["lastValue"], &series["rules"]), (&json!(29.0), &json!(0)));
    // By its id, beside one of the platform's own, and in a body.
    let id = series["id"].as_str().expect("an id");
    let both = owner.get(&format!("/api/dashboard/metrics?series=peers_online,custom.{id}")).await.expect(200);
    assert_eq!((&both["series"][0]["name"], known(&both).len()), (&json!("peers_online"), 20));
    let body = json!({ "series": [format!("custom.{id}")], "resolution": "1d" });
    assert_eq!(known(&owner.post("/api/dashboard/metrics", body).await.expect(200)).len(), 1);
    owner.get("/api/dashboard/metrics?series=custom.backup").await.refused(422, "validation");
}

#[tokio::test]
async fn hours_and_days_outlive_minutes() {
    let (app, owner, _) = connected().await;
    // A session ends before that.
    let script = json!({ "name": "queue", "scopes": ["metrics:write", "dashboard:read"], "expiresInDays": 90 });
    let token = owner.post("/api/tokens", script).await.expect(201)["token"].as_str().expect("a token").to_owned();
    let script = app.anybody.with_token(token);
    let push = async |metrics: Value| {
        script.post("/api/metrics", json!({ "metrics": metrics })).await.expect(201);
    };
    for _ in 0..4 * 24 {
        push(json!([{ "name": "queue", "value": 2 }, { "name": "queue", "value": 4 }])).await;
        app.skip(SignedDuration::from_hours(1));
    }
    let ask = async |query: &str| {
        let from = app.now() - SignedDuration::from_hours(24 * 60);
        known(&script.get(&format!("/api/dashboard/metrics?series=custom.queue&from={from}&{query}")).await.expect(200))
    };
    let days = ask("resolution=1d").await;
    assert!((4..=5).contains(&days.len()), "{days:?}");
    for point in days.values() {
        assert_eq!((&point["value"], &point["min"], &point["max"]), (&json!(3.0), &json!(2.0), &json!(4.0)));
    }
    assert_eq!(ask("resolution=1h").await.len(), 4 * 24);
    // The database forgets what a resolution keeps no longer.
    app.skip(SignedDuration::from_hours(24 * 30));
    push(json!([{ "name": "queue", "value": 9 }])).await;
    assert_eq!(ask("resolution=1h").await.len(), 4 * 24 + 1);
    assert_eq!(ask("resolution=1d").await.len(), days.len() + 1);
    let minutes = known(&script.get("/api/dashboard/metrics?series=custom.queue").await.expect(200));
    assert_eq!(minutes.len(), 1);
}

#[tokio::test]
async fn what_makes_no_sense_is_named_and_nothing_of_it_is_taken() {
    let (app, owner, account) = connected().await;
    let good = json!({ "name": "queue", "value": 1 });
    let late = app.now() - SignedDuration::from_mins(16);
    for (pointer, bad) in [
        ("/metrics/1/name", json!({ "name": "peers_online", "value": 1 })),
        ("/metrics/1/name", json!({ "name": "Queue", "value": 1 })),
        ("/metrics/1/name", json!({ "name": "", "value": 1 })),
        ("/metrics/1/value", json!({ "name": "queue", "value": 1e25 })),
        ("/metrics/1/value", json!({ "name": "queue", "value": "1" })),
        ("/metrics/1/unit", json!({ "name": "queue", "value": 1, "unit": "u".repeat(21) })),
        ("/metrics/1/tags/host", json!({ "name": "queue", "value": 1, "tags": { "host": "" } })),
        ("/metrics/1/timestamp", json!({ "name": "queue", "value": 1, "timestamp": late })),
        (
            "/metrics/1/accountId",
            json!({ "name": "queue", "value": 1, "accountId": "00000000-0000-7000-8000-000000000000" }),
        ),
    ] {
        assert_eq!(refused(&owner, json!([good, bad])).await, [pointer], "{bad}");
    }
    assert_eq!(refused(&owner, json!([])).await, ["/metrics"]);
    assert_eq!(refused(&owner, json!(vec![good.clone(); 101])).await, ["/metrics"]);
    assert!(listed(&owner).await.is_empty(), "all or nothing");

    // Of two networks it must be said which.
    let elsewhere = app.another_netbird(10, 3).await;
    let branch = app.connect_account_at(&owner, "Branch", &elsewhere).await;
    let told = json!({ "name": "queue", "value": 1, "accountId": account });
    assert_eq!(refused(&owner, json!([told, good])).await, ["/metrics/1/accountId"]);
    push(&owner, json!([told, { "name": "queue", "value": 2, "accountId": branch }])).await;
    assert_eq!(listed(&owner).await.len(), 2);
    let one = owner.get(&format!("/api/metrics?accountId={branch}")).await.expect(200);
    assert_eq!((one.as_array().map(Vec::len), &one[0]["lastValue"]), (Some(1), &json!(2.0)));
}

#[tokio::test]
async fn what_an_account_may_have_is_bounded() {
    let (_app, owner, _) = connected().await;
    let series = |from: usize, to: usize| -> Value {
        (from..to).map(|n| json!({ "name": "queue", "value": n, "tags": { "shard": n.to_string() } })).collect()
    };
    push(&owner, series(0, 98)).await;
    assert_eq!(refused(&owner, series(97, 102)).await, ["/metrics/3/name", "/metrics/4/name"]);
    assert_eq!(listed(&owner).await.len(), 98);
    push(&owner, series(50, 100)).await;
    let problem = owner.get("/api/dashboard/metrics?series=custom.queue").await.refused(422, "validation");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.contains("100 series")), "{problem}");
    for _ in 0..120 {
        let answer = owner.post("/api/metrics", json!({ "metrics": series(0, 1) })).await;
        if answer.status == 429 {
            answer.refused(429, "rate-limited");
            return;
        }
        answer.expect(201);
    }
    panic!("there is no limit");
}

#[tokio::test]
async fn pushes_at_once_lose_nothing() {
    let (_app, owner, _) = connected().await;
    let one = |n: usize| {
        let body = json!({ "metrics": [{ "name": "jobs", "value": n }] });
        let owner = &owner;
        async move { owner.post("/api/metrics", body).await }
    };
    let answers = futures::future::join_all((0..6).map(one)).await;
    let taken = answers.into_iter().filter(|answer| answer.status == 201).count();
    assert_eq!(taken, 6);
    let hours = known(&owner.get("/api/dashboard/metrics?series=custom.jobs&resolution=1h").await.expect(200));
    let point = hours.values().next().expect("an hour");
    assert_eq!((&point["min"], &point["max"], &point["value"]), (&json!(0.0), &json!(5.0), &json!(2.5)));
}

#[tokio::test]
async fn a_script_pushes_with_a_token_as_the_readme_says() {
    let (app, owner, _) = connected().await;
    let scopes = json!({ "name": "backup", "scopes": ["metrics:write"], "expiresInDays": 30 });
    let token = owner.post("/api/tokens", scopes).await.expect(201)["token"].as_str().expect("a token").to_owned();
    let readme = include_str!("../../../README.md");
    let body =
        readme.split("/api/metrics \\\n").nth(1).and_then(|rest| rest.split('\'').nth(1)).expect("README pushes");
    let body: Value = serde_json::from_str(body).expect("it is JSON");
    let script = app.anybody.with_token(token);
    script.post("/api/metrics", body).await.expect(201);
    assert_eq!(listed(&owner).await[0]["name"], "backup.age");
    script.get("/api/metrics").await.refused(403, "forbidden");
    let viewer = app.member(&owner, Role::Viewer).await;
    viewer.post("/api/metrics", json!({ "metrics": [] })).await.refused(403, "forbidden");
    assert_eq!(listed(&viewer).await.len(), 1);
}

#[tokio::test]
async fn a_series_is_removed_unless_a_rule_watches_it() {
    let (app, owner, account) = connected().await;
    push(&owner, json!([{ "name": "queue", "value": 1, "tags": { "host": "a" } }, { "name": "other", "value": 1 }]))
        .await;
    let config = json!({ "metric": "queue", "operator": "greater_than", "value": 10 });
    let rule = json!({ "name": "Long queue", "conditionType": "custom_metric", "conditionConfig": config });
    let rule = app.make_rule(&owner, rule).await;
    let all = listed(&owner).await;
    let [other, queue] = &all[..] else { panic!("{all:?}") };
    assert_eq!((&other["rules"], &queue["rules"]), (&json!(0), &json!(1)));
    let path = |series: &Value| format!("/api/metrics/{}", series["id"].as_str().expect("an id"));
    let problem = owner.delete(&path(queue)).await.refused(409, "conflict");
    assert!(problem["detail"].as_str().is_some_and(|detail| detail.ends_with("is watched by Long queue")), "{problem}");
    owner.delete(&path(other)).await.expect(204);
    owner.delete(&path(other)).await.refused(404, "not-found");
    owner.delete(&format!("/api/alerts/rules/{}", rule["id"].as_str().expect("an id"))).await.expect(204);
    owner.delete(&path(queue)).await.expect(204);
    assert!(listed(&owner).await.is_empty());
    let trail = owner.get("/api/audit/logs?action=metric.delete").await.expect(200);
    assert_eq!(trail.as_array().map(Vec::len), Some(2));

    // What is known of an account goes with it.
    push(&owner, json!([{ "name": "queue", "value": 7 }])).await;
    let left = || {
        let items = app.database.everything().expect("it can be read");
        items.iter().filter(|item| item["sk"]["S"].as_str().is_some_and(|sort| sort.starts_with("OWNMETRIC"))).count()
    };
    assert!(left() >= 2);
    owner.delete(&format!("/api/netbird/accounts/{account}")).await.expect(204);
    app.pass(20).await;
    assert_eq!(left(), 0);
}

/// What ten series cost that are pushed each minute, at the dear end of a day: docs/adr/0039-own-metrics.md.
#[tokio::test]
async fn pushing_is_cheap() {
    let (app, owner, _) = connected().await;
    let series = |minute: usize| -> Value {
        let one = |n: usize| {
            let tags = json!({ "host": format!("db{n}.acme.example") });
            json!({ "name": "disk.used", "value": (minute * 31 + n * 7) % 1_000, "unit": "GB", "tags": tags })
        };
        (0..10).map(one).collect()
    };
    let (mut pushes, mut costs) = (0.0, Vec::new());
    for minute in 0..22 * 60 {
        app.skip(SignedDuration::from_mins(1));
        // Until then once an hour, which fills the hours as well.
        if minute < 18 * 60 && minute % 60 > 0 {
            continue;
        }
        app.database.meter().take();
        push(&owner, series(minute)).await;
        let (_, units, _) = app.database.meter().take();
        pushes += 1.0;
        costs.push(units);
    }
    let (sum, most) = (costs.iter().sum::<f64>(), costs.iter().copied().fold(0.0, f64::max));
    println!("ten series: {:.2} write units a push, the dearest {most}", sum / pushes);
    assert!(sum / pushes <= 8.0 && most <= 40.0, "{} a push, the dearest {most}", sum / pushes);
}
