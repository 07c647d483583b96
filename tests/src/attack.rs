//! Attacks on the real program, one after the other, and what they do to it: for the soak and for the benchmark.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use platform_netbird::fake::Tokens;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use crate::HostileServer;

const EMAIL: &str = "ada@acme.example";
const PASSWORD: &str = "correct horse battery";
const ACCOUNTS: usize = 8;
const PATIENCE: Duration = Duration::from_secs(60);
/// How often the platform is asked for its health meanwhile.
const PROBE_EVERY: Duration = Duration::from_millis(100);

/// What an attack did.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The attack.
    pub name: &'static str,
    /// How long it went on.
    pub took: Duration,
    /// Resident memory before, in bytes.
    pub before: u64,
    /// The most that was seen meanwhile.
    pub most: u64,
    /// What was left of it soon afterwards.
    pub after: u64,
    /// What it added to the log.
    pub logged: u64,
    /// The slowest answer to a question for the platform's health.
    pub slowest: Duration,
    /// Questions for its health that got no good answer.
    pub unanswered: usize,
}

/// How much is sent.
#[derive(Debug, Clone, Copy)]
pub struct Strength {
    /// Requests with made-up methods.
    pub methods: usize,
    /// Rounds of syncs of eight accounts whose server tells of 100,000 peers.
    pub syncs: usize,
    /// Idle connections.
    pub idle: usize,
    /// Wrong sign-ins, each of another person from another address.
    pub sign_ins: usize,
}

impl Strength {
    /// Enough to see growth, and little enough for every run of the tests.
    pub const SOAK: Self = Self { methods: 5_000, syncs: 2, idle: 1_200, sign_ins: 500 };
    /// As the attacks were found.
    pub const FULL: Self = Self { methods: 10_000, syncs: 4, idle: 1_900, sign_ins: 1_460 };
}

/// The program under attack.
pub struct Attacked {
    process: Child,
    address: SocketAddr,
    data: tempfile::TempDir,
    server: HostileServer,
    token: String,
    accounts: Vec<String>,
    probe: Arc<Probe>,
}

#[derive(Default)]
struct Probe {
    slowest_micros: AtomicU64,
    unanswered: AtomicUsize,
    most_memory: AtomicU64,
    is_over: AtomicBool,
}

impl Drop for Attacked {
    fn drop(&mut self) {
        self.probe.is_over.store(true, Ordering::Relaxed);
    }
}

impl Attacked {
    /// Starts `program` with a tenant whose eight accounts behave as yet.
    ///
    /// # Panics
    ///
    /// Like everything here, if the platform does not do what it must.
    pub async fn start(program: PathBuf) -> Self {
        platform_local::serve::raise_open_files();
        let server = HostileServer::start().await;
        let data = tempfile::tempdir().expect("there is room for a folder");
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        let address = free.expect("a port is free");
        let log = File::create(data.path().join("log")).expect("the folder takes a file");
        let process = Command::new(&program)
            .env_clear()
            .env("PORT", address.port().to_string())
            .env("DATA_DIR", data.path().join("data"))
            .env("DEMO", "0")
            .env("TICK_SECONDS", "2")
            .env("ADMIN_EMAIL", EMAIL)
            .env("ADMIN_PASSWORD", PASSWORD)
            // Whoever attacks has many addresses; here a proxy tells them.
            .env("TRUSTED_PROXIES", "127.0.0.1")
            .env("REQUESTS_PER_SECOND", "100000")
            .stdout(log)
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
        let probe = Arc::<Probe>::default();
        let (token, accounts) = (String::new(), Vec::new());
        let mut attacked = Self { process, address, data, server, token, accounts, probe };
        let ready = async {
            while attacked.request("GET", "/api/health", None, "198.18.0.1").await.0 != 200 {
                sleep(Duration::from_millis(100)).await;
            }
        };
        timeout(PATIENCE, ready).await.expect("the platform starts");
        let login = json!({ "email": EMAIL, "password": PASSWORD });
        let (status, answer) = attacked.request("POST", "/api/auth/login", Some(login), "198.18.0.1").await;
        assert_eq!(status, 200, "{answer}");
        attacked.token = answer["accessToken"].as_str().expect("a token").to_owned();
        for number in 0..ACCOUNTS {
            let account = json!({ "name": format!("Account {number}"), "baseUrl": attacked.server.url, "apiToken": Tokens::GOOD });
            let (status, answer) = attacked.request("POST", "/api/netbird/accounts", Some(account), "198.18.0.1").await;
            assert_eq!(status, 201, "{answer}");
            attacked.accounts.push(answer["id"].as_str().expect("an id").to_owned());
        }
        // A little of everything, as in a day of common use: caches and buffers that are kept are there before.
        attacked.sign_ins(20, 0).await;
        attacked.methods(100).await;
        sleep(Duration::from_secs(2)).await;
        attacked.watch();
        attacked
    }

    /// Asks for the platform's health all the while, over a new connection each time, as somebody who arrives does.
    fn watch(&self) {
        let (probe, address, pid) = (self.probe.clone(), self.address, self.pid());
        tokio::spawn(async move {
            while !probe.is_over.load(Ordering::Relaxed) {
                let began = Instant::now();
                let asked = exchange(address, "GET", "/api/health", None, "", "198.18.255.1");
                let status = timeout(Duration::from_secs(10), asked).await.map_or(0, |(status, _)| status);
                let took = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
                probe.slowest_micros.fetch_max(took, Ordering::Relaxed);
                probe.unanswered.fetch_add(usize::from(status != 200), Ordering::Relaxed);
                probe.most_memory.fetch_max(resident(pid), Ordering::Relaxed);
                sleep(PROBE_EVERY).await;
            }
        });
    }

    fn pid(&self) -> u32 {
        self.process.id().expect("the platform runs")
    }

    /// Resident memory, in bytes.
    pub fn memory(&self) -> u64 {
        resident(self.pid())
    }

    /// Bytes of log so far.
    pub fn logged(&self) -> u64 {
        std::fs::metadata(self.data.path().join("log")).map_or(0, |log| log.len())
    }

    /// Carries the attacks out, one after the other.
    pub async fn attack(&self, strength: Strength) -> Vec<Figures> {
        vec![
            self.measured("made-up methods of 30 kB", self.methods(strength.methods)).await,
            self.measured("100,000 peers in every answer", self.syncs(strength.syncs)).await,
            self.measured("idle connections", self.idle(strength.idle)).await,
            self.measured("wrong sign-ins", self.sign_ins(strength.sign_ins, 1)).await,
        ]
    }

    async fn measured(&self, name: &'static str, attack: impl Future<Output = ()>) -> Figures {
        let (before, logged) = (self.memory(), self.logged());
        self.probe.slowest_micros.store(0, Ordering::Relaxed);
        self.probe.unanswered.store(0, Ordering::Relaxed);
        self.probe.most_memory.store(before, Ordering::Relaxed);
        let began = Instant::now();
        attack.await;
        let took = began.elapsed();
        sleep(Duration::from_secs(1)).await;
        Figures {
            name,
            took,
            before,
            most: self.probe.most_memory.load(Ordering::Relaxed),
            after: self.memory(),
            logged: self.logged() - logged,
            slowest: Duration::from_micros(self.probe.slowest_micros.load(Ordering::Relaxed)),
            unanswered: self.probe.unanswered.load(Ordering::Relaxed),
        }
    }

    async fn methods(&self, number: usize) {
        in_parallel(number, 16, |n| {
            let address = self.address;
            async move {
                let method = format!("{}{}", "X".repeat(n % 1_000), "Y".repeat(29_000));
                exchange(address, &method, "/api/health", None, "", "198.18.0.2").await;
            }
        })
        .await;
    }

    async fn syncs(&self, rounds: usize) {
        for round in 0..rounds {
            let peer = |n: usize| {
                format!(r#"{{"id":"{n}","connected":true,"last_seen":"2026-01-01T00:00:{:02}Z"}}"#, round % 60)
            };
            self.server.tell("peers", format!("[{}]", (0..100_000).map(peer).collect::<Vec<_>>().join(",")));
            for account in &self.accounts {
                let path = format!("/api/netbird/accounts/{account}/sync");
                self.request("POST", &path, None, "198.18.0.3").await;
            }
            sleep(Duration::from_secs(4)).await;
        }
        self.server.tell("peers", "[]");
    }

    async fn idle(&self, number: usize) {
        let mut connections = Vec::new();
        for _ in 0..number {
            let socket = TcpSocket::new_v4().expect("there are descriptors");
            socket.bind((Ipv4Addr::new(127, 0, 0, 2), 0).into()).expect("the address is of this machine");
            if let Ok(connection) = socket.connect(self.address).await {
                connections.push(connection);
            }
        }
        sleep(Duration::from_secs(4)).await;
    }

    async fn sign_ins(&self, number: usize, of: usize) {
        in_parallel(number, 8, |n| {
            let address = self.address;
            async move {
                let login = json!({ "email": format!("user-{of}-{n}@acme.example"), "password": "a wrong password" });
                let from = format!("198.{}.{}.{}", 20 + of, n / 250, 1 + n % 250);
                let (status, answer) = exchange(address, "POST", "/api/auth/login", Some(login), "", &from).await;
                assert_eq!(status, 401, "{answer}");
            }
        })
        .await;
    }

    async fn request(&self, method: &str, path: &str, body: Option<Value>, from: &str) -> (u16, Value) {
        exchange(self.address, method, path, body, &self.token, from).await
    }
}

async fn in_parallel<F: Future<Output = ()>>(number: usize, at_once: usize, work: impl Fn(usize) -> F) {
    let next = AtomicUsize::new(0);
    let worker = async || {
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= number {
                break;
            }
            work(n).await;
        }
    };
    futures::future::join_all((0..at_once).map(|_| worker())).await;
}

/// One request over a connection of its own; status 0 if it was not answered.
async fn exchange(
    address: SocketAddr,
    method: &str,
    path: &str,
    body: Option<Value>,
    token: &str,
    from: &str,
) -> (u16, Value) {
    let body = body.map(|body| body.to_string()).unwrap_or_default();
    let authorization = if token.is_empty() { String::new() } else { format!("authorization: Bearer {token}\r\n") };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nx-forwarded-for: {from}\r\n{authorization}\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut answer = Vec::new();
    if let Ok(mut connection) = TcpStream::connect(address).await {
        let _ = connection.write_all(request.as_bytes()).await;
        let _ = connection.read_to_end(&mut answer).await;
    }
    let answer = String::from_utf8_lossy(&answer);
    let status = answer.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    let body = answer.split_once("\r\n\r\n").and_then(|(_, body)| serde_json::from_str(body).ok());
    (status, body.unwrap_or(Value::Null))
}

fn resident(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// A program beside this one, in Cargo's target folder.
///
/// # Panics
///
/// If it was not built.
pub fn program(name: &str) -> PathBuf {
    let this = std::env::current_exe().expect("this program has a path");
    let beside = this.ancestors().skip(1).take(2).map(|folder| folder.join(name)).find(|path| path.exists());
    beside.unwrap_or_else(|| panic!("{name} is not built"))
}
