//! `kill -9` at random moments of the story, on the real program with its database on disk.
//!
//! Invariants A and B: a condition that holds has exactly one open alert, every notification ends as delivered, and
//! each transition has one id. A receiver may get an id again only where the kill fell between sending and noting it.
//!
//! `make test-crash` builds the programs and runs this. `CRASH_SEED` repeats a run as far as scheduling allows.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use jiff::Timestamp;
use platform_tests::{Receiver, SeededEntropy};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::{Instant, sleep, sleep_until, timeout};

const KILLS: u64 = 30;
const EMAIL: &str = "ada@acme.example";
const PASSWORD: &str = "correct horse battery";
/// Longer than a sender's lease of 60 s: what died while it was being sent is sent again after that.
const REST: Duration = Duration::from_secs(100);

/// A program beside this test's, in Cargo's target folder.
fn program(name: &str) -> PathBuf {
    let this = std::env::current_exe().unwrap();
    let path = this.parent().and_then(Path::parent).unwrap().join(name);
    assert!(path.exists(), "{} is not built: run make test-crash", path.display());
    path
}

async fn until<F: Future<Output = bool>>(what: &str, within: Duration, check: impl Fn() -> F) {
    let waited = timeout(within, async {
        while !check().await {
            sleep(Duration::from_millis(200)).await;
        }
    });
    waited.await.unwrap_or_else(|_| panic!("{what}: not within {} s", within.as_secs()));
}

struct World {
    http: reqwest::Client,
    data: tempfile::TempDir,
    port: u16,
    netbird: String,
    netbird_token: String,
    receiver: Receiver,
    _netbird: Child,
}

impl World {
    async fn new(seed: u64) -> Self {
        let mut netbird = Command::new(program("fake-netbird"))
            .args(["--peers", "6", "--seed", &seed.to_string()])
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let line = BufReader::new(netbird.stdout.take().unwrap()).lines().next_line().await.unwrap().unwrap();
        let (url, token) = line.split_once(' ').unwrap();
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        Self {
            http: reqwest::Client::builder().timeout(Duration::from_secs(5)).build().unwrap(),
            data: tempfile::tempdir().unwrap(),
            port,
            netbird: url.to_owned(),
            netbird_token: token.to_owned(),
            receiver: Receiver::start().await.unwrap(),
            _netbird: netbird,
        }
    }

    fn start(&self) -> Child {
        Command::new(program("netbird-platform"))
            .env_clear()
            .env("PORT", self.port.to_string())
            .env("DATA_DIR", self.data.path())
            .env("DEMO", "0")
            .env("TICK_SECONDS", "1")
            // The story may be longer than what one recipient gets in an hour: nothing is to be held back.
            .env("ALERT_MAILS_PER_RECIPIENT", "1000")
            .env("ADMIN_EMAIL", EMAIL)
            .env("ADMIN_PASSWORD", PASSWORD)
            .env("NETBIRD_API_URL", &self.netbird)
            .env("NETBIRD_API_TOKEN", &self.netbird_token)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap()
    }

    async fn script(&self, what: &str, body: Value) {
        let request = self.http.post(format!("{}/_fake/{what}", self.netbird));
        let answer = request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
    }

    async fn call(&self, token: &str, path: &str, body: Option<Value>) -> Option<Value> {
        let url = format!("http://127.0.0.1:{}{path}", self.port);
        let request = match body {
            Some(body) => self.http.post(url).header("content-type", "application/json").body(body.to_string()),
            None => self.http.get(url),
        };
        let answer = request.header("authorization", format!("Bearer {token}")).send().await.ok()?;
        let answer = answer.error_for_status().ok()?;
        serde_json::from_str(&answer.text().await.ok()?).ok()
    }

    async fn peers(&self) -> Vec<String> {
        let answer = self.http.get(format!("{}/_fake/state", self.netbird)).send().await.unwrap();
        let peers: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        peers.as_array().unwrap().iter().map(|peer| peer["name"].as_str().unwrap().to_owned()).collect()
    }

    async fn is_up(&self) {
        let answers = || async { self.call("", "/api/health", None).await.is_some() };
        until("the platform answers", Duration::from_secs(30), answers).await;
    }

    async fn sign_in(&self) -> String {
        self.is_up().await;
        let login = json!({ "email": EMAIL, "password": PASSWORD });
        let answer = self.call("", "/api/auth/login", Some(login)).await.expect("the owner signs in");
        answer["accessToken"].as_str().unwrap().to_owned()
    }

    async fn make_rules(&self, token: &str) {
        let webhook = json!({ "enabled": true, "url": self.receiver.url() });
        let email = json!({ "enabled": true, "recipients": [EMAIL] });
        let offline = json!({
            "name": "Offline", "severity": "high", "conditionType": "peer_offline",
            "conditionConfig": { "duration": 0 }, "notificationConfig": { "webhook": webhook, "email": email },
        });
        let few = json!({
            "name": "Few", "severity": "low", "conditionType": "peer_count",
            "conditionConfig": { "operator": "less_than", "threshold": 6, "status": "online" },
            "notificationConfig": { "webhook": webhook },
        });
        for rule in [offline, few] {
            let made = self.call(token, "/api/alerts/rules", Some(rule)).await.expect("the rule is made");
            self.receiver.trust(made["notificationConfig"]["webhook"]["secret"].as_str().unwrap());
        }
    }

    async fn alerts(&self, token: &str) -> Option<Vec<Value>> {
        Some(self.call(token, "/api/alerts?limit=1000", None).await?.as_array()?.clone())
    }

    /// Waits until so many alerts are open and nothing waits to be sent; returns all alerts.
    async fn at_rest(&self, token: &str, open: usize) -> Vec<Value> {
        let is_at_rest = |alerts: &[Value]| {
            let pending = notifications(alerts).filter(|one| one["status"] == "pending").count();
            alerts.iter().filter(|alert| alert["status"] != "resolved").count() == open && pending == 0
        };
        let what = format!("{open} open alerts and nothing to send");
        until(&what, REST, || async { self.alerts(token).await.is_some_and(|alerts| is_at_rest(&alerts)) }).await;
        self.alerts(token).await.expect("the platform answers")
    }

    /// How often each mail was written, by the part of its file's name that is made from the intent.
    fn mails(&self) -> BTreeMap<String, usize> {
        let mut mails = BTreeMap::new();
        for file in std::fs::read_dir(self.data.path().join("mail")).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            if let Some(name) = name.strip_suffix(".eml") {
                *mails.entry(name.rsplit('-').next().unwrap().to_owned()).or_default() += 1;
            }
        }
        mails
    }
}

fn notifications(alerts: &[Value]) -> impl Iterator<Item = &Value> {
    alerts.iter().flat_map(|alert| alert["notifications"].as_array().into_iter().flatten())
}

fn seed() -> u64 {
    // Another story with each seed; the one that runs by itself is always the same.
    std::env::var("CRASH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_124)
}

#[tokio::test]
#[ignore = "takes minutes and needs the built programs: make test-crash"]
async fn nothing_is_lost_or_told_twice_by_kill_9() {
    let seed = seed();
    println!("crash: CRASH_SEED={seed}");
    let dice = SeededEntropy::new(seed);
    let world = World::new(seed % 1000).await;
    let peers = world.peers().await;
    world.script("connect", json!({ "peers": peers })).await;

    let mut platform = world.start();
    let token = world.sign_in().await;
    world.make_rules(&token).await;
    let mut down: Option<&String> = None;
    for _ in 0..KILLS {
        // A slow start takes nothing of its life.
        world.is_up().await;
        let born = Instant::now();
        let mut moments: Vec<u64> = (0..1 + dice.below(3)).map(|_| dice.below(3_000)).collect();
        moments.sort_unstable();
        // Soon after the last of them, while it is noticed, written, sent: a tick is a second.
        let life = moments.last().unwrap_or(&0) + dice.below(1_800);
        for moment in moments {
            sleep_until(born + Duration::from_millis(moment)).await;
            match down.take() {
                Some(peer) => world.script("connect", json!({ "peers": [peer] })).await,
                None => {
                    let peer = &peers[dice.below(2) as usize];
                    world.script("disconnect", json!({ "peers": [peer] })).await;
                    down = Some(peer);
                }
            }
        }
        sleep_until(born + Duration::from_millis(life)).await;
        platform.kill().await.unwrap();
        platform = world.start();
    }

    let token = world.sign_in().await;
    world.script("connect", json!({ "peers": peers })).await;
    world.at_rest(&token, 0).await;
    world.script("disconnect", json!({ "peers": [peers[0]] })).await;
    let alerts = world.at_rest(&token, 2).await;
    platform.kill().await.unwrap();

    // A: one alert at a time for each rule, and everything told.
    let mut by_rule: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for alert in &alerts {
        by_rule.entry(alert["ruleName"].as_str().unwrap()).or_default().push(alert);
    }
    assert_eq!(by_rule.keys().collect::<Vec<_>>(), [&"Few", &"Offline"], "and no account was unreachable");
    for (rule, newest_first) in &by_rule {
        for pair in newest_first.windows(2) {
            // As times: as texts they do not sort, since zeros at the end of a fraction are left out.
            let at = |alert: &Value, field: &str| alert[field].as_str().and_then(|at| at.parse::<Timestamp>().ok());
            let (later, earlier) = (at(pair[0], "triggeredAt").unwrap(), at(pair[1], "resolvedAt"));
            assert!(earlier.is_some_and(|end| end <= later), "{rule}: two alerts at once: {pair:#?}");
        }
    }
    for notification in notifications(&alerts) {
        // What fired and was over before its sender could note that it was sent is not told again.
        let is_overtaken = notification["status"] == "superseded" && notification["event"] == "fired";
        assert!(notification["status"] == "delivered" || is_overtaken, "{notification}");
    }

    // B: one id for each transition, and no other.
    let (mut told, mut possible) = (BTreeSet::new(), BTreeSet::new());
    for alert in &alerts {
        for notification in notifications(std::slice::from_ref(alert)).filter(|one| one["channel"] == "webhook") {
            let number = u8::from(notification["event"] == "resolved");
            let id = format!("{}_{number}_webhook", alert["id"].as_str().unwrap());
            if notification["status"] == "delivered" {
                told.insert(id.clone());
            }
            assert!(possible.insert(id), "{notification}");
        }
        let transitions = if alert["status"] == "resolved" { 2 } else { 1 };
        assert_eq!(possible.iter().filter(|id| id.starts_with(alert["id"].as_str().unwrap())).count(), transitions);
    }
    let received = world.receiver.received();
    let mut came: BTreeMap<String, usize> = BTreeMap::new();
    for message in &received {
        assert!(message.is_signed, "{message:?}");
        *came.entry(message.id.clone()).or_default() += 1;
    }
    let ids: BTreeSet<String> = came.keys().cloned().collect();
    assert!(told.is_subset(&ids), "told and not received: {:?}", told.difference(&ids));
    assert!(ids.is_subset(&possible), "received and never meant: {:?}", ids.difference(&possible));
    let mails = world.mails();
    let by_mail: Vec<&Value> = notifications(&alerts).filter(|one| one["channel"] == "email").collect();
    let delivered = by_mail.iter().filter(|one| one["status"] == "delivered").count();
    assert!((delivered..=by_mail.len()).contains(&mails.len()), "{} mails for {delivered} told", mails.len());

    // Kills between sending and noting it. Each can repeat at most what was under way.
    let repeats = came.values().chain(mails.values()).map(|times| times - 1).sum::<usize>();
    println!(
        "crash: {KILLS} kills, {} alerts, {} webhooks, {} mails, {repeats} repeats of the same id",
        alerts.len(),
        came.len(),
        mails.len()
    );
    assert!(alerts.len() >= 6, "the story has only {} alerts", alerts.len());
    assert!(repeats <= KILLS as usize, "{repeats} repeats");
}
