//! What strangers do to the local host without signing in: nothing of it may eat its memory, its disk or its sockets.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fs::{self, Permissions};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use platform_http::extract::Json;
use platform_http::router::with_boundary;
use platform_local::serve::{self, Limits};
use platform_tests::{LocalHost, TestApp, capture_log, captured_log, exchange};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{sleep, timeout};

/// Long enough for whatever is waited for on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread")]
async fn made_up_methods_leave_no_trace() {
    capture_log();
    let host = LocalHost::start(&["--requests-per-second", "100000"]).await;
    for number in 0..200 {
        let method = format!("{number:03}").replace(|c: char| c.is_ascii_digit(), "X") + &"Y".repeat(30_000 + number);
        let path = ["/api/health", "/nowhere", "/local/mail"][number % 3];
        let answer = exchange(
            host.address,
            &format!(
                "{method} {path} HTTP/1.1\r\nhost: localhost\r\nuser-agent: {method}\r\nconnection: close\r\n\r\n"
            ),
        )
        .await;
        assert!(answer.starts_with("HTTP/1.1 4"), "{answer:.200}");
    }
    let log = captured_log();
    assert!(!log.contains("YYYYYYYY"), "the log repeats a method");
    // Other tests of this process log too, but none of them so much in a line.
    let longest = log.lines().map(str::len).max().unwrap_or_default();
    assert!(longest < 4_000, "a line of {longest} bytes");
    let metrics = host.get("/metrics", &[]).await;
    assert!(metrics.contains("method=\"other\""), "{metrics:.2000}");
    assert!(!metrics.contains("YYYYYYYY"), "a label repeats a method");
    assert!(metrics.len() < 100_000, "{} bytes of metrics", metrics.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_for_this_machine_or_a_token() {
    let token = "a-token-for-prometheus";
    let host = LocalHost::start(&["--metrics-token", token]).await;
    let status = async |headers: &[&str]| host.get("/metrics", headers).await[9..12].parse::<u16>().unwrap();
    assert_eq!(status(&[]).await, 200);
    assert_eq!(status(&["host: localhost"]).await, 200);
    for passed_on in ["x-forwarded-for: 203.0.113.7", "forwarded: for=203.0.113.7", "x-real-ip: 203.0.113.7"] {
        assert_eq!(status(&[passed_on]).await, 401, "{passed_on}");
        assert_eq!(status(&[passed_on, &format!("authorization: Bearer {token}")]).await, 200);
        assert_eq!(status(&[passed_on, "authorization: Bearer a-token-for-prometheuS"]).await, 401);
        assert_eq!(status(&[passed_on, "authorization: Bearer "]).await, 401);
    }
    let behind_proxy = LocalHost::start(&["--public-url", "https://platform.example"]).await;
    let answer = behind_proxy.get("/metrics", &[]).await;
    assert!(answer.starts_with("HTTP/1.1 404"), "a proxy may pass others on without a word: {answer}");
}

/// A connection from an address of this machine.
async fn connect_from(ip: Ipv4Addr, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((ip, 0).into()).unwrap();
    socket.connect(to).await.unwrap()
}

/// What a connection answers to a request, or nothing if it is closed.
async fn ask(mut connection: TcpStream, request: &str) -> String {
    let mut answer = Vec::new();
    let talk = async {
        let _ = connection.write_all(request.as_bytes()).await;
        let _ = connection.read_to_end(&mut answer).await;
    };
    timeout(PATIENCE, talk).await.expect("the connection ends");
    String::from_utf8_lossy(&answer).into_owned()
}

const HEALTH: &str = "GET /api/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_of_one_address_keep_nobody_out() {
    let host = LocalHost::start(&["--connections", "512", "--connections-per-address", "64"]).await;
    let (many, other) = (Ipv4Addr::new(127, 0, 0, 2), Ipv4Addr::new(127, 0, 0, 3));
    let mut idle = Vec::new();
    for _ in 0..1_100 {
        idle.push(connect_from(many, host.address).await);
    }
    let answer = ask(connect_from(other, host.address).await, HEALTH).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    // The first of them still hold their places, so there is none for another of that address.
    let answer = ask(connect_from(many, host.address).await, HEALTH).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 200"), "{answer:?}");
    let mut closed = 0;
    for connection in &idle {
        closed += usize::from(matches!(connection.try_read(&mut [0; 1]), Ok(0)));
    }
    assert!(closed >= 1_100 - 64, "only {closed} were closed");
    drop(idle);
}

/// A listener with limits so short that they are reached soon, and an app that takes a body and gives a large one.
async fn impatient(limits: Limits) -> SocketAddr {
    let app = TestApp::start().await;
    let large = get(async || "x".repeat(64 << 20));
    let taken = post(async |Json(value): Json<Value>| value.to_string());
    let routes = Router::new().route("/large", large).route("/taken", taken);
    let routes = with_boundary(routes, std::sync::Arc::new(app.platform.clone()));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(serve::serve(listener, routes, limits, std::future::pending()));
    address
}

fn short() -> Limits {
    let short = Duration::from_millis(500);
    Limits { head: short, body: short, stalled: short, per_address: 10, in_all: 10, exempt: Vec::new() }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_dribble_are_cut_off() {
    let address = impatient(short()).await;
    let nothing = ask(TcpStream::connect(address).await.unwrap(), "").await;
    assert_eq!(nothing, "", "a connection that asks for nothing ends");

    let dribble = async |begin: &str| {
        let (mut read, mut write) = TcpStream::connect(address).await.unwrap().into_split();
        write.write_all(begin.as_bytes()).await.unwrap();
        let drip = tokio::spawn(async move {
            while write.write_all(b"x").await.is_ok() {
                sleep(Duration::from_millis(50)).await;
            }
        });
        let mut answer = Vec::new();
        let _ = timeout(PATIENCE, read.read_to_end(&mut answer)).await.expect("it is cut off");
        drip.abort();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let head = dribble("GET / HTTP/1.1\r\nhost: localhost\r\nx-long: ").await;
    assert!(!head.starts_with("HTTP/1.1 2"), "{head}");
    let body =
        "POST /taken HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n\r\n\"";
    let body = dribble(body).await;
    assert!(body.starts_with("HTTP/1.1 408") && body.contains("request-timeout"), "{body}");
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_do_not_take_their_answer_make_room() {
    let address = impatient(Limits { in_all: 1, ..short() }).await;
    let mut stalled = TcpStream::connect(address).await.unwrap();
    stalled.write_all(b"GET /large HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let served = async {
        while !ask(
            TcpStream::connect(address).await.unwrap(),
            "GET /none HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n",
        )
        .await
        .starts_with("HTTP/1.1 404")
        {
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, served).await.expect("the place of who does not read is free again");
    drop(stalled);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_platform_goes_by_no_foreign_name() {
    let host = LocalHost::start(&[]).await;
    let port = host.address.port();
    let foreign = ["evil.example", "evil.example:3000", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1"];
    for path in ["/", "/api/health", "/api/setup/status", "/metrics", "/local/mail", "/assets/app.js", "/nowhere"] {
        for name in foreign {
            let answer = host.get(path, &[&format!("host: {name}")]).await;
            assert!(answer.starts_with("HTTP/1.1 421"), "{path} as {name}: {answer:.200}");
            assert!(answer.contains("problems/misdirected"), "{answer}");
        }
        for name in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), "[::1]".into(), "LOCALHOST".into()] {
            let answer = host.get(path, &[&format!("host: {name}")]).await;
            assert!(!answer.starts_with("HTTP/1.1 421"), "{path} as {name}: {answer:.200}");
        }
    }
    let twice = host.get("/api/health", &["host: localhost", "host: evil.example"]).await;
    assert!(!twice.starts_with("HTTP/1.1 2"), "{twice}");
    let none = exchange(host.address, "GET /api/health HTTP/1.0\r\n\r\n").await;
    assert!(none.starts_with("HTTP/1.0 421"), "{none}");
    let target = "GET http://evil.example/api/health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    assert!(exchange(host.address, target).await.starts_with("HTTP/1.1 421"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebound_name_sets_nothing_up() {
    let body = json!({ "tenantName": "Evil", "name": "Eve", "email": "eve@evil.example", "password": "correct horse battery" });
    let setup = |address: SocketAddr, name: &str| {
        let body = body.to_string();
        let request = format!(
            "POST /api/setup HTTP/1.1\r\nhost: {name}\r\norigin: http://{name}\r\nconnection: close\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        async move { exchange(address, &request).await }
    };
    let private = LocalHost::start(&[]).await;
    let refused = setup(private.address, &format!("evil.example:{}", private.address.port())).await;
    assert!(refused.starts_with("HTTP/1.1 421"), "{refused}");
    let public = LocalHost::start(&["--public-url", "https://platform.example"]).await;
    let refused = setup(public.address, "evil.example").await;
    assert!(refused.starts_with("HTTP/1.1 403") && refused.contains("cross-site"), "{refused}");
    let made = setup(private.address, &private.address.to_string()).await;
    assert!(made.starts_with("HTTP/1.1 201"), "{made}");
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_missing_are_no_pages() {
    let web = tempfile::tempdir().unwrap();
    fs::create_dir(web.path().join("assets")).unwrap();
    fs::write(web.path().join("index.html"), "<title>the app</title>").unwrap();
    fs::write(web.path().join("assets/app-1.js"), "1").unwrap();
    let host = LocalHost::start(&["--web-dir", web.path().to_str().unwrap()]).await;
    let there = host.get("/assets/app-1.js", &[]).await;
    assert!(there.starts_with("HTTP/1.1 200") && there.contains("immutable"), "{there}");
    for path in ["/assets/app-2.js", "/assets/", "/assets/../assets/app-2.js", "/assets/a/b"] {
        let missing = host.get(path, &[]).await;
        assert!(missing.starts_with("HTTP/1.1 404"), "{path}: {missing}");
        assert!(missing.contains("cache-control: no-store") && !missing.contains("immutable"), "{path}: {missing}");
        assert!(!missing.contains("the app"), "{path}: {missing}");
    }
    let page = host.get("/peers", &[]).await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("no-cache") && page.contains("the app"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_else_reads_the_data_folder() {
    fn all(path: &Path, found: &mut Vec<(String, u32)>) {
        let meta = fs::symlink_metadata(path).unwrap();
        found.push((path.display().to_string(), meta.permissions().mode() & 0o777));
        if meta.is_dir() {
            fs::read_dir(path).unwrap().for_each(|entry| all(&entry.unwrap().path(), found));
        }
    }
    let data = tempfile::tempdir().unwrap();
    fs::create_dir(data.path().join("mail")).unwrap();
    for (file, text) in [("platform.db", ""), ("mail/old.eml", "subject: a link\r\n\r\n")] {
        fs::write(data.path().join(file), text).unwrap();
        fs::set_permissions(data.path().join(file), Permissions::from_mode(0o644)).unwrap();
    }
    for folder in [data.path().to_owned(), data.path().join("mail")] {
        fs::set_permissions(folder, Permissions::from_mode(0o755)).unwrap();
    }
    let host = LocalHost::start_in(data, &[]).await;
    assert!(host.get("/api/health", &[]).await.starts_with("HTTP/1.1 200"));
    let mut found = Vec::new();
    all(host.data.path(), &mut found);
    assert!(found.len() >= 6, "{found:?}");
    for (path, mode) in found {
        assert_eq!(mode & 0o077, 0, "{path} has the mode {mode:o}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn proxies_may_be_named_by_their_address() {
    let host = LocalHost::start(&["--trusted-proxies", "127.0.0.1,::1", "--requests-per-second", "1"]).await;
    // Each client has requests of its own, though all come through one proxy.
    for client in 1..=20 {
        let from = IpAddr::from([203, 0, 113, client]);
        let answer = host.get("/api/health", &[&format!("x-forwarded-for: {from}")]).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{from}: {answer}");
    }
}
