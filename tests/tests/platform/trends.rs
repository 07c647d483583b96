//! Now against then, of all that is recorded: what the metrics of those days and hours tell, trends tell.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

const AGO: [(&str, i64); 4] = [("dayAgo", 24), ("weekAgo", 7 * 24), ("monthAgo", 30 * 24), ("quarterAgo", 90 * 24)];
const HOURLY: &str = "peer_flaps,peer_departures,alerts_open,alerts_triggered";

struct Watched {
    app: TestApp,
    owner: Member,
}

impl Watched {
    /// A network that is watched for a day around each time that trends tell of, and not between; each time it is another one.
    async fn start() -> Self {
        let app = TestApp::start_with(Options { peers: 12, ..Options::default() }).await;
        let owner = app.set_up().await;
        app.connect_account(&owner).await;
        app.make_rule(&owner, json!({ "conditionConfig": { "duration": 0 } })).await;
        let mut watched = Self { app, owner };
        let names = watched.app.peers();
        for (turn, pause) in [60, 23, 6].into_iter().enumerate() {
            watched.live(&names[turn..turn + 1], turn).await;
            watched.app.skip(SignedDuration::from_hours(24 * pause - 36));
            watched.owner = watched.app.sign_in(&watched.owner).await;
        }
        watched.live(&names[3..5], 3).await;
        watched
    }

    /// A day and a half with a sync every 20 minutes: some peers go, and one gets another version.
    async fn live(&self, leaving: &[String], turn: usize) {
        let names = self.app.peers();
        self.pass(30).await;
        self.app.disconnect(leaving);
        self.app.network().change(|network, _| network.set_version(&names[..=turn], "0.99.1"));
        self.pass(78).await;
    }

    async fn pass(&self, times: usize) {
        for _ in 0..times {
            self.app.skip(SignedDuration::from_mins(20));
            self.app.schedule_one("syncDispatch").await;
            self.app.settle().await;
        }
    }

    async fn trends(&self, query: &str) -> Vec<Value> {
        self.owner.get(&format!("/api/dashboard/trends?{query}")).await.expect(200).as_array().unwrap().clone()
    }

    /// The points of a stretch as the metrics tell them, from the hour of a moment on, or the day of it.
    async fn told(&self, query: &str, resolution: &str, (from, to): (Timestamp, Timestamp)) -> Value {
        let path = format!("/api/dashboard/metrics?{query}&resolution={resolution}&from={from}&to={to}");
        self.owner.get(&path).await.expect(200)
    }

    /// The stretch that stands for a time: its hour, its day, or the 24 hours until then.
    fn stretch(&self, hours: i64, is_counted: bool) -> (&'static str, (Timestamp, Timestamp)) {
        let begin = |unit: jiff::Unit| {
            let then = (self.app.now() - SignedDuration::from_hours(hours)).to_zoned(jiff::tz::TimeZone::UTC);
            let round = jiff::ZonedRound::new().smallest(unit).mode(jiff::RoundMode::Trunc);
            then.round(round).unwrap().timestamp()
        };
        let (hour, day) = (begin(jiff::Unit::Hour), begin(jiff::Unit::Day));
        match hours {
            _ if hours >= 30 * 24 => ("1d", (day, day + SignedDuration::from_hours(24))),
            _ if is_counted => ("1h", (hour - SignedDuration::from_hours(23), hour + SignedDuration::from_hours(1))),
            _ => ("1h", (hour, hour + SignedDuration::from_hours(1))),
        }
    }
}

fn sum(points: &Value, field: &str) -> Option<f64> {
    let known: Vec<f64> = points.as_array().unwrap().iter().filter_map(|point| point[field].as_f64()).collect();
    (!known.is_empty()).then(|| known.iter().sum())
}

/// All of what was recorded in a quarter of a year, which takes a while to live through.
#[tokio::test]
async fn trends_say_what_metrics_say() {
    let watched = Watched::start().await;
    trends_of_what_is_kept_by_the_hour_say_what_metrics_say(&watched).await;
    trends_of_parts_of_a_network_say_what_metrics_say(&watched).await;
    trends_reach_back_a_quarter_of_a_year(&watched).await;
}

async fn trends_of_what_is_kept_by_the_hour_say_what_metrics_say(watched: &Watched) {
    let trends = watched.trends(&format!("series={HOURLY}")).await;
    assert_eq!(trends.len(), 4);
    let mut seen = 0;
    for trend in &trends {
        let name = trend["name"].as_str().unwrap();
        for (ago, hours) in AGO {
            let (resolution, span) = watched.stretch(hours, name != "alerts_open");
            let told = watched.told(&format!("series={name}"), resolution, span).await;
            let expected = sum(&told["hourly"][0]["points"], "value");
            assert_eq!(trend[ago]["value"].as_f64(), expected, "{name} {ago}: {trend}");
            seen += usize::from(expected.is_some_and(|value| value > 0.0));
        }
        assert!(trend["now"].is_number() && trend["asOf"] == json!(watched.app.now().to_string()), "{trend}");
    }
    assert!(seen >= 6, "there was something to tell: {trends:?}");
    let departures = &trends[1];
    assert_eq!((departures["name"].as_str(), departures["now"].as_f64()), (Some("peer_departures"), Some(0.0)));
    assert_eq!((&departures["unit"], &trends[2]["unit"]), (&json!("times"), &json!("alerts")));
    let open = watched.app.alerts(&watched.owner).await.iter().filter(|alert| alert["status"] == "open").count();
    assert_eq!(trends[2]["now"].as_f64(), Some(open as f64), "{}", trends[2]);
    let body = json!({ "series": HOURLY.split(',').collect::<Vec<_>>() });
    assert_eq!(watched.owner.post("/api/dashboard/trends", body).await.expect(200), json!(trends));
}

async fn trends_of_parts_of_a_network_say_what_metrics_say(watched: &Watched) {
    let trends = watched.trends("by=version,os").await;
    assert!(trends.iter().all(|trend| trend["isOther"] == false && trend["combined"] == "sum"), "{trends:?}");
    let mut changed = 0;
    for trend in &trends {
        let (name, by, value) =
            (trend["name"].as_str().unwrap(), trend["by"].as_str().unwrap(), trend["value"].as_str().unwrap());
        let field = if name == "peers_total" { "total" } else { "online" };
        for (ago, hours) in AGO {
            let (resolution, span) = watched.stretch(hours, false);
            let told = watched.told(&format!("by={by}"), resolution, span).await;
            let part = told["parts"].as_array().unwrap().iter().find(|part| part["value"] == value).cloned();
            // Who was not there then was none.
            let expected = part.map_or(Some(0.0), |part| sum(&part["points"], field));
            assert_eq!(trend[ago]["value"].as_f64(), expected, "{name} of {by} {value} {ago}: {trend}");
            changed += usize::from(trend[ago]["change"].as_f64().is_some_and(|change| change != 0.0));
        }
    }
    assert!(changed > 3, "something changed: {trends:?}");
    let new = trends.iter().find(|trend| trend["value"] == "0.99.1" && trend["name"] == "peers_total").unwrap();
    assert_eq!(new["now"].as_f64(), Some(4.0));
    // What peers have in common adds up to all of them.
    let all: f64 = trends
        .iter()
        .filter(|trend| trend["by"] == "os" && trend["name"] == "peers_total")
        .filter_map(|trend| trend["now"].as_f64())
        .sum();
    assert_eq!(all, 12.0);
}

async fn trends_reach_back_a_quarter_of_a_year(watched: &Watched) {
    let trends = watched.trends("series=peers_online,sync_failures,uptime").await;
    for trend in &trends {
        let name = trend["name"].as_str().unwrap();
        for (ago, hours) in &AGO[2..] {
            let (resolution, span) = watched.stretch(*hours, false);
            let told = watched.told(&format!("series={name}"), resolution, span).await;
            let point = &told["series"][0]["points"][0];
            assert_eq!(
                (&trend[*ago]["value"], &trend[*ago]["time"]),
                (&point["value"], &point["time"]),
                "{name} {ago}"
            );
            assert!(point["value"].is_number(), "{name} {ago}: {point}");
        }
    }
    // Nobody else's.
    let stranger = watched.app.tenant("Initech").await;
    let nothing = stranger.get(&format!("/api/dashboard/trends?series={HOURLY}&by=os")).await.expect(200);
    for trend in nothing.as_array().unwrap() {
        assert!(AGO.iter().all(|(ago, _)| trend[*ago]["value"].is_null()) && trend["now"].is_null(), "{trend}");
    }
}

#[tokio::test]
async fn trends_that_cannot_be_told_name_the_parameter() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let many = format!(
        "series={HOURLY},peers_total,peers_online,peers_offline,peers_unconfirmed,uptime,sync_duration,sync_failures"
    );
    for (query, pointer) in [
        ("series=beer", "/series"),
        ("series=", "/series"),
        ("series=uptime,uptime", "/series"),
        (many.as_str(), "/series"),
        ("by=beer", "/by"),
    ] {
        let refused = owner.get(&format!("/api/dashboard/trends?{query}")).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{query}: {refused}");
    }
    for (body, pointer) in [
        (json!({ "series": ["beer"] }), "/series/0"),
        (json!({ "series": [] }), "/series"),
        (json!({ "by": ["os", "os"] }), "/by/1"),
        (json!({ "by": ["beer"] }), "/by/0"),
    ] {
        let refused = owner.post("/api/dashboard/trends", body.clone()).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{body}: {refused}");
    }
}
