//! History in numbers, over days of the virtual clock: what the API tells is what each sync found, and a gap is a gap.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{Peers, Resolution, Sample, Waiting, minute_of};
use platform_netbird::fake::{Fault, FaultKind};
use platform_runtime::queue::Message;
use platform_store::purge::DeletedTenant;
use platform_tests::{Member, Options, TestApp};
use serde_json::{Value, json};

/// What one minute's sync found: peers online if it was read, and whether it failed.
type Model = BTreeMap<i64, (Option<u32>, bool)>;

struct Watched {
    app: TestApp,
    owner: Member,
    account: String,
    model: Model,
}

impl Watched {
    async fn start(peers: usize) -> Self {
        let app = TestApp::start_with(Options { peers, ..Options::default() }).await;
        let owner = app.set_up().await;
        let account = app.connect_account(&owner).await;
        let mut watched = Self { app, owner, account, model: Model::new() };
        watched.note().await;
        watched
    }

    fn ids(&self) -> (TenantId, AccountId) {
        (self.owner.tenant, self.account.parse().unwrap())
    }

    async fn state(&self) -> SyncState {
        let (tenant, account) = self.ids();
        self.app.platform.store.sync_state(tenant, account).await.unwrap().unwrap()
    }

    /// Notes what the sync of this minute found, if there was one.
    async fn note(&mut self) {
        let (state, minute) = (self.state().await, minute_of(self.app.now()));
        if state.last_attempt.map(minute_of) == Some(minute) {
            let failed = state.errors > 0;
            self.model.insert(minute, ((!failed).then_some(state.counts.online), failed));
        }
    }

    /// Lets a minute pass with its syncs, and nothing else that a minute brings.
    async fn sync(&mut self) {
        sync(&self.app).await;
        self.note().await;
    }

    async fn metrics(&self, query: &str) -> Value {
        self.owner.get(&format!("/api/dashboard/metrics?{query}")).await.expect(200)
    }
}

async fn sync(app: &TestApp) {
    app.skip(SignedDuration::from_mins(1));
    app.schedule_one("syncDispatch").await;
    app.settle().await;
}

/// The points of a series: minute and value.
fn points(answer: &Value, name: &str) -> BTreeMap<i64, Option<f64>> {
    let series = answer["series"].as_array().unwrap().iter().find(|series| series["name"] == name).unwrap();
    let minute = |point: &Value| minute_of(point["time"].as_str().unwrap().parse::<Timestamp>().unwrap());
    series["points"].as_array().unwrap().iter().map(|point| (minute(point), point["value"].as_f64())).collect()
}

fn known(points: BTreeMap<i64, Option<f64>>) -> BTreeMap<i64, f64> {
    points.into_iter().filter_map(|(minute, value)| Some((minute, value?))).collect()
}

/// Means of what the model has by so many minutes.
fn means(model: &Model, step: i64) -> BTreeMap<i64, f64> {
    let mut all: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for (minute, (online, _)) in model {
        all.entry(minute - minute.rem_euclid(step)).or_default().extend(online.map(f64::from));
    }
    all.retain(|_, numbers| !numbers.is_empty());
    let mean = |numbers: Vec<f64>| (numbers.iter().sum::<f64>() / numbers.len() as f64 * 100.0).round() / 100.0;
    all.into_iter().map(|(minute, numbers)| (minute, mean(numbers))).collect()
}

fn failures(model: &Model) -> BTreeMap<i64, f64> {
    model.iter().map(|(minute, (_, failed))| (*minute, f64::from(u8::from(*failed)))).collect()
}

/// Says where two differ, and nothing of where they do not.
fn same(found: &BTreeMap<i64, f64>, expected: &BTreeMap<i64, f64>) {
    let minutes = found.keys().chain(expected.keys());
    let differ: BTreeMap<i64, _> = minutes.map(|minute| (*minute, (found.get(minute), expected.get(minute)))).collect();
    let differ: Vec<_> = differ.into_iter().filter(|(_, (found, expected))| found != expected).collect();
    assert!(differ.is_empty(), "found and expected by minute: {differ:?}");
}

fn stored(app: &TestApp, prefix: &str) -> Vec<Value> {
    let items = app.database.everything().unwrap().into_iter();
    items.filter(|item| item["sk"]["S"].as_str().unwrap().starts_with(prefix)).collect()
}

#[tokio::test]
async fn a_day_of_ticks_is_told_minute_by_minute() {
    let mut watched = Watched::start(10).await;
    let names = watched.app.peers();
    for minute in 1..=23 * 60 + 50 {
        match minute {
            // Nobody syncs: the platform stands still.
            400..450 => {
                watched.app.skip(SignedDuration::from_mins(1));
                continue;
            }
            700 => {
                watched.app.network().fault(Fault { kind: FaultKind::Status { status: 500 }, path: None, times: None });
            }
            730 => watched.app.network().heal(),
            _ if minute % 41 == 0 => watched.app.disconnect(&[&names[minute / 41 % 7]]),
            _ if minute % 67 == 0 => watched.app.connect(&names),
            _ => {}
        }
        // After six hours the platform is slow: two minutes in three have no sync.
        if minute > 360 && minute % 3 != 0 {
            watched.app.skip(SignedDuration::from_mins(1));
            continue;
        }
        watched.sync().await;
        if minute % 50 == 0 {
            // A message that comes twice counts nothing twice.
            let (tenant, account) = watched.ids();
            watched.app.run(Message::Sync { tenant, account, asked_at: None }).await.unwrap();
            watched.note().await;
        }
    }
    let model = &watched.model;
    let failed = model.values().filter(|(_, failed)| *failed).count();
    assert!(model.len() > 650 && failed >= 3, "{} minutes, {failed} failed", model.len());

    let minutes = watched.metrics(&format!("accountId={}", watched.account)).await;
    assert_eq!((&minutes["resolution"], &minutes["accounts"]), (&json!("1m"), &json!(1)));
    assert!(points(&minutes, "peers_online").len() >= 1_440, "gaps are points too");
    same(&known(points(&minutes, "peers_online")), &means(model, 1));
    same(&known(points(&minutes, "sync_failures")), &failures(model));
    assert!(points(&minutes, "peers_total").values().flatten().all(|total| *total == 10.0));
    let durations = known(points(&minutes, "sync_duration"));
    assert_eq!(durations.keys().collect::<Vec<_>>(), model.keys().collect::<Vec<_>>());
    let (online, offline) = (points(&minutes, "peers_online"), points(&minutes, "peers_offline"));
    let unconfirmed = points(&minutes, "peers_unconfirmed");
    for (minute, value) in &online {
        let sum = Some(10.0).filter(|_| value.is_some());
        let told = (*value).zip(offline[minute]).zip(unconfirmed[minute]).map(|((one, two), three)| one + two + three);
        assert_eq!(told, sum, "at {minute}");
    }

    let hours = watched.metrics("series=peers_online,sync_failures&resolution=1h").await;
    same(&known(points(&hours, "peers_online")), &means(model, 60));
    let all: f64 = known(points(&hours, "sync_failures")).values().sum();
    assert_eq!(all, failed as f64);
    let days = watched.metrics("series=peers_online&resolution=1d").await;
    same(&known(points(&days, "peers_online")), &means(model, 1_440));
    assert_eq!(points(&days, "peers_online").len(), 2, "the day that is over, and today");
    // What was told of a part is what was told of the whole.
    let part = watched.metrics("series=peers_online&from=2026-03-02T15:30:00Z&to=2026-03-02T16:10:00Z").await;
    let part = points(&part, "peers_online");
    assert_eq!(
        (part.len(), part.clone()),
        (40, online.into_iter().filter(|(minute, _)| part.contains_key(minute)).collect())
    );
    let body = json!({ "series": ["peers_online"], "resolution": "1h", "accountId": watched.account });
    let posted = watched.owner.post("/api/dashboard/metrics", body).await.expect(200);
    assert_eq!(points(&posted, "peers_online"), points(&hours, "peers_online"), "however it is asked");

    // What a resolution keeps no longer expires, and is not told even while it is still there.
    for item in stored(&watched.app, "METRIC#") {
        let (sort, ttl) = (item["sk"]["S"].as_str().unwrap(), item["ttl"]["N"].as_str().unwrap());
        let expires = Timestamp::from_second(ttl.parse().unwrap()).unwrap();
        let (begin, days) = match sort.split_at(10) {
            ("METRIC#1m#", at) => (at.parse().unwrap(), 2..=2),
            ("METRIC#1h#", date) => (format!("{date}T00:00Z").parse::<Timestamp>().unwrap(), 91..=91),
            (_, month) => (format!("{month}-01T00:00Z").parse().unwrap(), 758..=761),
        };
        assert!(days.contains(&(expires.duration_since(begin).as_hours() / 24)), "{sort} expires at {expires}");
    }
    let (tenant, _) = watched.ids();
    let range =
        |state: &SyncState| minute_of(state.last_sync.unwrap()) - 1_000..minute_of(state.last_sync.unwrap()) + 1;
    watched.app.skip(SignedDuration::from_hours(50));
    let state = watched.state().await;
    let store = &watched.app.platform.store;
    let minutes = store.metrics(tenant, &state, Resolution::Minute, range(&state)).await.unwrap();
    assert_eq!(minutes.len(), state.samples.samples().len(), "only what waits");
    watched.app.skip(SignedDuration::from_hours(24 * 95));
    let hours = store.metrics(tenant, &state, Resolution::Hour, range(&state)).await.unwrap();
    assert!(hours.len() <= 2, "only what waits");
    // The session has ended meanwhile.
    watched.owner = watched.app.sign_in(&watched.owner).await;
    let days = watched.metrics("series=peers_online&resolution=1d&from=2026-03-01T00:00:00Z").await;
    assert_eq!(known(points(&days, "peers_online")).len(), 2, "{days}");
}

#[tokio::test]
async fn accounts_are_added_up_and_who_is_missing_is_said() {
    let watched = Watched::start(10).await;
    let (app, owner) = (&watched.app, &watched.owner);
    let stranger = app.tenant("Initech").await;
    for _ in 0..30 {
        sync(app).await;
    }
    let branch = app.another_netbird(4, 2).await;
    let second = app.connect_account_at(owner, "Branch", &branch).await;
    for _ in 0..90 {
        sync(app).await;
    }
    branch.handle().fault(Fault { kind: FaultKind::Status { status: 503 }, path: None, times: None });
    for _ in 0..5 {
        sync(app).await;
    }
    let all = watched.metrics("series=peers_total,sync_duration").await;
    assert_eq!((&all["accounts"], &all["accountsWithoutData"]), (&json!(2), &json!([])));
    let series = |name: &str| all["series"].as_array().unwrap().iter().find(|one| one["name"] == name).unwrap();
    assert_eq!((&series("peers_total")["unit"], &series("peers_total")["combined"]), (&json!("peers"), &json!("sum")));
    assert_eq!(
        (&series("sync_duration")["unit"], &series("sync_duration")["combined"]),
        (&json!("ms"), &json!("mean"))
    );
    let told = series("peers_total")["points"].as_array().unwrap();
    let of = |back: usize| {
        let point = &told[told.len() - 1 - back];
        (point["value"].as_f64(), point["accounts"].as_u64().unwrap())
    };
    assert_eq!(of(50), (Some(14.0), 2));
    assert_eq!(of(0), (Some(10.0), 1), "one cannot be read, and is not counted as zero");
    assert_eq!(of(110), (Some(10.0), 1), "it was not there yet");
    assert_eq!(of(400), (None, 0), "nothing was");

    let one = watched.metrics(&format!("series=peers_total&accountId={second}&resolution=1h")).await;
    let hour = one["series"][0]["points"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&hour["value"], &hour["min"], &hour["max"], &hour["last"]),
        (&json!(4.0), &json!(4.0), &json!(4.0), &json!(4.0))
    );
    let early = watched.metrics("series=peers_total&to=2026-03-02T09:20:00Z").await;
    assert_eq!(early["accountsWithoutData"], json!([second]));

    // Nobody else's.
    let theirs = stranger.get("/api/dashboard/metrics").await.expect(200);
    assert_eq!(theirs["accounts"], 0);
    for series in theirs["series"].as_array().unwrap() {
        assert!(series["points"].as_array().unwrap().iter().all(|point| point["value"].is_null()));
    }
    for path in ["metrics", "trends"] {
        stranger.get(&format!("/api/dashboard/{path}?accountId={second}")).await.refused(404, "not-found");
        let body = json!({ "accountId": second });
        stranger.post(&format!("/api/dashboard/{path}"), body).await.refused(404, "not-found");
    }
    for trend in stranger.get("/api/dashboard/trends").await.expect(200).as_array().unwrap() {
        assert_eq!(
            (&trend["now"], &trend["dayAgo"]["value"], &trend["weekAgo"]["change"]),
            (&json!(null), &json!(null), &json!(null))
        );
    }

    // An account that is disconnected leaves nothing.
    assert!(!stored(app, "METRIC#").is_empty());
    for account in [&watched.account, &second] {
        owner.delete(&format!("/api/netbird/accounts/{account}")).await.expect(204);
    }
    app.pass(3).await;
    assert_eq!(stored(app, "METRIC#"), [json!(null); 0]);
    app.pass(DeletedTenant::GRACE.as_mins() as usize + 2).await;
    assert_eq!(watched.metrics("").await["accounts"], 0);
}

#[tokio::test]
async fn trends_tell_of_a_day_and_a_week_ago() {
    let mut watched = Watched::start(10).await;
    let names = watched.app.peers();
    for _ in 0..3 {
        watched.sync().await;
    }
    let first = watched.owner.get("/api/dashboard/overview").await.expect(200)["networkTrends"].clone();
    assert_eq!((&first["peerGrowth"], &first["uptime"]), (&json!(null), &json!(100.0)));
    watched.app.skip(SignedDuration::from_hours(24 * 6));
    watched.app.disconnect(&names[..4]);
    for _ in 0..3 {
        watched.sync().await;
    }
    watched.app.skip(SignedDuration::from_hours(24));
    watched.app.connect(&names[..1]);
    watched.app.network().change(|network, now| assert!(network.add_peer("eleventh", "All", now)));
    for _ in 0..3 {
        watched.sync().await;
    }
    let trends =
        watched.owner.get("/api/dashboard/trends?series=peers_online,peers_total,sync_failures").await.expect(200);
    let [online, total, failures] = &trends.as_array().unwrap()[..] else { panic!("{trends}") };
    let then = |trend: &Value, ago: &str| {
        let then = &trend[ago];
        ["value", "change", "changePercent"].map(|name| then[name].as_f64())
    };
    let present = online["now"].as_f64().unwrap();
    assert_eq!((online["nowAccounts"].as_u64(), &online["unit"]), (Some(1), &json!("peers")));
    assert_eq!(
        then(online, "dayAgo"),
        [Some(6.0), Some(present - 6.0), Some(((present - 6.0) / 6.0 * 10_000.0).round() / 100.0)]
    );
    assert_eq!(then(online, "weekAgo"), [Some(10.0), Some(present - 10.0), Some((present - 10.0) * 10.0)]);
    assert_eq!((total["now"].as_f64(), then(total, "weekAgo")), (Some(11.0), [Some(10.0), Some(1.0), Some(10.0)]));
    assert_eq!((failures["now"].as_f64(), then(failures, "dayAgo")), (Some(0.0), [Some(0.0), Some(0.0), None]));
    let body = json!({ "series": ["peers_online", "peers_total", "sync_failures"], "accountId": watched.account });
    assert_eq!(watched.owner.post("/api/dashboard/trends", body).await.expect(200), trends);
    let overview = watched.owner.get("/api/dashboard/overview").await.expect(200);
    assert_eq!(overview["networkTrends"]["peerGrowth"], 10.0);
}

/// A quiet network of 500 peers: what its history costs beside the one unit of a tick.
#[tokio::test]
async fn history_costs_a_fifth_of_a_unit_a_tick_at_most() {
    let mut watched = Watched::start(500).await;
    for _ in 0..15 {
        watched.sync().await;
    }
    let (mut costs, ticks) = (Vec::new(), 240);
    for _ in 0..ticks {
        watched.app.database.meter().take();
        sync(&watched.app).await;
        let (_, units, _) = watched.app.database.meter().take();
        costs.push(units);
    }
    let quiet = costs.iter().filter(|units| **units <= 1.0).count();
    let more = costs.iter().sum::<f64>() / f64::from(ticks) - 1.0;
    let dearest = costs.iter().copied().fold(0.0, f64::max);
    println!(
        "500 peers: {more:.3} write units a tick for history; {quiet} of {ticks} ticks cost one, the dearest {dearest}"
    );
    assert!((0.0..=0.2).contains(&more), "{more} write units a tick: {costs:?}");
    assert!(quiet >= costs.len() - 8, "{quiet} quiet ticks: {costs:?}");

    // Where somebody comes or goes each minute, more waits: still the state is one unit.
    let (mut state, mut most) = (watched.state().await, 0);
    state.samples = Waiting::default();
    // On a day on which the configuration changed, too.
    state.log_changes(watched.app.now(), 2_000, 2_000);
    let hour = Resolution::Hour.begin(minute_of(watched.app.now()));
    for minute in 0..60 {
        let mut samples = state.samples.clone();
        let peers = Some(Peers { total: 500, online: 400 + minute % 2, unconfirmed: 0 });
        if samples.add(Sample { minute: hour + i64::from(minute), peers, millis: 900, failed: false }, 0).is_some() {
            break;
        }
        state.samples = samples;
        most = state.samples.samples().len();
    }
    watched.app.database.meter().take();
    watched.app.platform.store.replace_sync(watched.owner.tenant, &mut state).await.unwrap();
    let (_, units, _) = watched.app.database.meter().take();
    assert!(units <= 1.0 && most >= 30, "{units} write units while {most} samples wait");
}

#[tokio::test]
async fn what_cannot_be_told_names_the_parameter() {
    let watched = Watched::start(3).await;
    let now = watched.app.now();
    let ago = |hours: i64| now - SignedDuration::from_hours(hours);
    let later = now + SignedDuration::from_hours(1);
    for (query, pointer, says) in [
        ("series=peers_online,beer".to_owned(), "/series", "peers_total"),
        ("series=".to_owned(), "/series", "peers_total"),
        ("series=peers_online,peers_online".to_owned(), "/series", "twice"),
        ("resolution=1s".to_owned(), "/resolution", "1m"),
        (format!("from={later}"), "/from", "future"),
        (format!("from={}&to={}", ago(1), ago(2)), "/from", "before the end"),
        (format!("from={now}&to={now}"), "/from", "before the end"),
        ("from=-009999-01-02T01:59:59Z".to_owned(), "/from", "730 days"),
        ("to=-009999-01-02T01:59:59Z".to_owned(), "/to", "too early"),
        ("from=yesterday".to_owned(), "/from", ""),
        (format!("from={}&resolution=1m", ago(30)), "/resolution", "1h would do"),
        (format!("from={}&to={}&resolution=1m", ago(60), ago(59)), "/resolution", "1h would do"),
        (format!("from={}&resolution=1h", ago(24 * 80)), "/resolution", "1d would do"),
        (format!("from={}&to={}&resolution=1h", ago(24 * 92), ago(24 * 91)), "/resolution", "1d would do"),
        ("accountId=HQ".to_owned(), "/accountId", ""),
        ("account=HQ".to_owned(), "/account", ""),
    ] {
        let path = format!("/api/dashboard/metrics?{query}");
        let answer = watched.owner.get(&path).await.refused(422, "validation");
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{query}: {answer}");
        assert!(answer["errors"][0]["detail"].as_str().unwrap().contains(says), "{query}: {answer}");
    }
    for (body, pointer) in [
        (json!({ "series": ["beer"] }), "/series/0"),
        (json!({ "series": [] }), "/series"),
        (json!({ "series": "peers_online" }), "/series"),
        (json!({ "from": later }), "/from"),
        (json!({ "resolution": "1s" }), "/resolution"),
        (json!({ "since": now }), "/since"),
    ] {
        let answer = watched.owner.post("/api/dashboard/metrics", body.clone()).await.refused(422, "validation");
        assert_eq!(answer["errors"][0]["pointer"], pointer, "{body}: {answer}");
    }
    let answer = watched.owner.get("/api/dashboard/trends?series=beer").await.refused(422, "validation");
    assert_eq!(answer["errors"][0]["pointer"], "/series");
    // The longest of each: what is kept may be asked for by somebody who is a little late.
    for (query, resolution, most) in [
        (format!("from={}", ago(24)), "1m", 1_441),
        (format!("from={}&to={}", ago(48), ago(24)), "1m", 1_441),
        (format!("from={}", ago(48)), "1h", 49),
        (format!("from={}", ago(24 * 62)), "1h", 1_489),
        (format!("from={}", ago(24 * 90)), "1d", 91),
        (format!("from={}", ago(24 * 730)), "1d", 731),
    ] {
        let answer = watched.metrics(&format!("series=peers_total&{query}")).await;
        assert_eq!(answer["resolution"], resolution, "{query}");
        assert!(points(&answer, "peers_total").len() <= most, "{query}");
    }
}
