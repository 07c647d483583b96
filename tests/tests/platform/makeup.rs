//! What a network is made up of, hour by hour: by group, system, version and country, and what happened in each hour. A gap
//! is a gap, and not everything has a name.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use platform_netbird::fake::{Fault, FaultKind};
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

struct Watched {
    app: TestApp,
    owner: Member,
    account: String,
}

impl Watched {
    async fn start(peers: usize) -> Self {
        let app = TestApp::start_with(Options { peers, ..Options::default() }).await;
        let owner = app.set_up().await;
        let account = app.connect_account(&owner).await;
        Self { app, owner, account }
    }

    /// Lets minutes pass, with a sync at the end of every ten.
    async fn pass(&self, tens: usize) {
        for _ in 0..tens {
            self.app.skip(SignedDuration::from_mins(10));
            self.app.schedule_one("syncDispatch").await;
            self.app.settle().await;
        }
    }

    async fn metrics(&self, query: &str) -> Value {
        self.owner.get(&format!("/api/dashboard/metrics?{query}")).await.expect(200)
    }

    /// How many peers, and how many of them online, by what the list of peers shows.
    async fn counted(&self, of: fn(&Value) -> Vec<String>) -> BTreeMap<String, (f64, f64)> {
        let mut counted: BTreeMap<String, (f64, f64)> = BTreeMap::new();
        for peer in self.owner.get("/api/netbird/peers?limit=1000").await.expect(200).as_array().unwrap() {
            for value in of(peer) {
                let (total, online) = counted.entry(value).or_default();
                *total += 1.0;
                *online += f64::from(u8::from(peer["status"] == "online"));
            }
        }
        counted
    }
}

/// The last point that is known of each value of a breakdown.
fn last(answer: &Value, by: &str) -> BTreeMap<String, (f64, f64)> {
    let parts = answer["parts"].as_array().unwrap().iter().filter(|part| part["by"] == by && part["isOther"] == false);
    let known = parts.filter_map(|part| {
        let point = part["points"].as_array().unwrap().iter().rfind(|point| !point["total"].is_null())?;
        Some((part["value"].as_str().unwrap().to_owned(), (point["total"].as_f64()?, point["online"].as_f64()?)))
    });
    known.filter(|(_, (total, _))| *total > 0.0).collect()
}

fn hourly(answer: &Value, name: &str) -> BTreeMap<Timestamp, f64> {
    let series = answer["hourly"].as_array().unwrap().iter().find(|series| series["name"] == name).unwrap();
    let points = series["points"].as_array().unwrap().iter();
    points.filter_map(|point| Some((point["time"].as_str()?.parse().unwrap(), point["value"].as_f64()?))).collect()
}

fn text(peer: &Value, field: &str) -> Vec<String> {
    vec![peer[field].as_str().unwrap_or_default().to_owned()]
}

#[tokio::test]
async fn peers_are_told_apart_as_they_are_and_as_they_were() {
    let watched = Watched::start(12).await;
    let by = "by=os,version,country";
    let first = watched.metrics(by).await;
    assert_eq!((&first["resolution"], &first["series"], &first["hourly"]), (&json!("1h"), &json!([]), &json!([])));
    let versions: fn(&Value) -> Vec<String> = |peer| text(peer, "version");
    let systems: fn(&Value) -> Vec<String> = |peer| text(peer, "os");
    let before = watched.counted(versions).await;
    assert_eq!(last(&first, "version"), before, "what is now is told at once");
    assert_eq!(last(&first, "os"), watched.counted(systems).await);

    let names = watched.app.peers();
    watched.pass(9).await;
    watched.app.network().change(|network, _| network.set_version(&names[..5], "0.99.1"));
    watched.app.disconnect(&names[..2]);
    watched.pass(12).await;
    let after = watched.counted(versions).await;
    assert_eq!(after["0.99.1"], (5.0, 3.0));
    let told = watched.metrics(by).await;
    assert_eq!(last(&told, "version"), after);
    // An hour that was before it is still what it was.
    let earlier = told["parts"].as_array().unwrap().iter().find(|part| part["value"] == "0.99.1").unwrap();
    let points: Vec<Option<f64>> =
        earlier["points"].as_array().unwrap().iter().map(|point| point["total"].as_f64()).collect();
    let known: Vec<f64> = points.iter().flatten().copied().collect();
    assert!(known.starts_with(&[0.0]) && known.ends_with(&[5.0]), "{points:?}");
    assert!(points[..points.len() - 6].iter().all(Option::is_none), "nothing is known of before: {points:?}");
    for point in told["parts"][0]["points"].as_array().unwrap() {
        assert_eq!(point["total"].is_null(), point["accounts"] == 0, "{point}");
    }
    let groups = watched.metrics("by=group&series=peers_total").await;
    assert_eq!(groups["series"].as_array().unwrap().len(), 1);
    let servers = watched.app.network().look(|network| network.members("servers").len());
    assert_eq!(last(&groups, "group")["servers"].0, servers as f64);
    assert!(!last(&groups, "group").contains_key("All"));
    let body = json!({ "by": ["os", "version", "country"], "accountId": watched.account });
    assert_eq!(watched.owner.post("/api/dashboard/metrics", body).await.expect(200)["parts"], told["parts"]);

    for (query, pointer) in [("by=beer", "/by"), ("by=", "/by"), ("by=os&resolution=1m", "/resolution")] {
        let refused = watched.owner.get(&format!("/api/dashboard/metrics?{query}")).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{query}: {refused}");
    }
    let twice = watched.owner.post("/api/dashboard/metrics", json!({ "by": ["os", "os"] })).await;
    assert_eq!(twice.refused(422, "validation")["errors"][0]["pointer"], "/by/1");
    let stranger = watched.app.tenant("Initech").await;
    assert_eq!(stranger.get(&format!("/api/dashboard/metrics?{by}")).await.expect(200)["parts"], json!([]));
}

#[tokio::test]
async fn ten_are_told_by_name_and_the_others_together() {
    const VERSIONS: [&str; 13] = [
        "0.80.0", "0.80.1", "0.80.2", "0.80.3", "0.80.4", "0.80.5", "0.80.6", "0.80.7", "0.80.8", "0.80.9", "0.81.0",
        "0.81.1", "0.81.2",
    ];
    let watched = Watched::start(28).await;
    let names = watched.app.peers();
    watched.app.network().change(|network, _| {
        network.set_version(&names, "0.90.0");
        for (version, name) in VERSIONS.into_iter().zip(&names) {
            network.set_version(&[name], version);
        }
    });
    watched.pass(14).await;
    let told = watched.metrics("by=version").await;
    let parts = told["parts"].as_array().unwrap();
    assert_eq!((parts.len(), &parts[0]["value"], &parts[10]["isOther"]), (11, &json!("0.90.0"), &json!(true)));
    let total = |part: &Value| part["points"].as_array().unwrap().last().unwrap()["total"].as_f64();
    let all: f64 = parts.iter().filter_map(total).sum();
    assert_eq!((all, total(&parts[0]), total(&parts[10])), (28.0, Some(15.0), Some(4.0)), "nobody is lost");
}

#[tokio::test]
async fn what_happened_is_counted_by_the_hour_and_hours_become_days() {
    let watched = Watched::start(10).await;
    let names = watched.app.peers();
    let (app, owner) = (&watched.app, &watched.owner);
    app.make_rule(owner, json!({ "conditionConfig": { "duration": 0 } })).await;
    watched.pass(7).await;
    // Two go and stay away; one is away between two syncs.
    app.disconnect(&names[..2]);
    watched.pass(1).await;
    app.skip(SignedDuration::from_mins(2));
    app.disconnect(&names[5..6]);
    app.skip(SignedDuration::from_mins(1));
    app.connect(&names[5..6]);
    watched.pass(8).await;
    let query = "series=peer_flaps,peer_departures,alerts_open,alerts_triggered,uptime";
    let told = watched.metrics(query).await;
    assert_eq!(told["resolution"], "1h");
    let sum = |answer: &Value, name: &str| hourly(answer, name).values().sum::<f64>();
    assert_eq!((sum(&told, "peer_departures"), sum(&told, "peer_flaps")), (2.0, 1.0));
    assert_eq!(sum(&told, "alerts_triggered"), 1.0, "one alert names both");
    assert_eq!(hourly(&told, "alerts_open").values().last(), Some(&1.0));
    let uptime = told["series"][0]["points"].as_array().unwrap().last().unwrap()["value"].as_f64();
    assert_eq!((&told["series"][0]["unit"], uptime), (&json!("percent"), Some(80.0)));
    let trend = owner.get("/api/dashboard/trends?series=uptime").await.expect(200);
    assert!(trend[0]["now"].as_f64().unwrap() > 80.0 && trend[0]["now"].as_f64().unwrap() < 100.0, "{trend}");

    // Three hours in which nothing could be read are no hours.
    app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
    let dark = app.now();
    watched.pass(24).await;
    app.network().heal();
    watched.pass(100).await;
    let hours = watched.metrics(&format!("{query}&by=os&resolution=1h")).await;
    let known = hourly(&hours, "peer_departures");
    let is_dark = |hour: &Timestamp| *hour > dark && *hour < dark + SignedDuration::from_mins(24 * 10 - 60);
    assert!(!known.keys().any(is_dark) && known.keys().any(|hour| *hour > dark + SignedDuration::from_hours(5)));
    let days = watched.metrics(&format!("{query}&by=os&resolution=1d")).await;
    assert_eq!(hourly(&days, "peer_departures").len(), 2);
    assert_eq!(sum(&days, "peer_departures"), sum(&hours, "peer_departures"));
    let os = &days["parts"][0]["points"].as_array().unwrap()[0];
    assert!(os["total"].as_f64() > Some(0.0), "{os}");

    // The hours of the day that is over are of no use any more.
    let first = owner.get("/api/dashboard/metrics?by=os&resolution=1d").await.expect(200)["parts"][0].clone();
    let stored = |prefix: &str| {
        let items = app.database.everything().unwrap().into_iter();
        items.filter(|item| item["sk"]["S"].as_str().unwrap().starts_with(prefix)).count()
    };
    assert_eq!(stored("METRICBY#1d#"), 1);
    assert!(stored("METRICBY#1h#") > 10);
    assert!(first["points"].as_array().unwrap().iter().all(|point| !point["total"].is_null()));
    owner.delete(&format!("/api/netbird/accounts/{}", watched.account)).await.expect(204);
    app.pass(3).await;
    assert_eq!(stored("METRICBY#"), 0);
}
