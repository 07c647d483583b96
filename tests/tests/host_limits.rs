//! What strangers do to the local host without signing in: nothing of it may eat its memory, its disk or its sockets.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_tests::{LocalHost, capture_log, captured_log, exchange};

#[tokio::test(flavor = "multi_thread")]
async fn made_up_methods_leave_no_trace() {
    capture_log();
    let host = LocalHost::start(&["--requests-per-second", "100000"]).await;
    let before = captured_log().len();
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
    assert!(log.len() - before < 200 * 1_000, "{} bytes of log", log.len() - before);
    assert!(!log.contains("YYYYYYYY"), "the log repeats a method");
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
