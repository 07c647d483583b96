//! How much memory one account may take, whatever its server sends. A program of its own: its allocator counts.

use peak_alloc::PeakAlloc;
use platform_netbird::fake::Tokens;
use platform_tests::{HostileServer, TestApp};
use serde_json::json;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

const MIB: usize = 1 << 20;

/// One after the other: what one took would be counted to the other.
#[tokio::test]
async fn the_memory_of_a_sync_is_bounded() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let account = json!({ "name": "Hostile", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;

    let tick = async |what: &str, limit: usize| {
        let before = ALLOCATOR.current_usage();
        ALLOCATOR.reset_peak_usage();
        app.pass(1).await;
        let (peak, after) = (ALLOCATOR.peak_usage() - before, ALLOCATOR.current_usage().saturating_sub(before));
        println!("memory: {what}: {} MiB at most, {} MiB kept", peak / MIB, after / MIB);
        assert!(peak < limit, "{what} took {} MiB", peak / MIB);
    };

    let minimal = |n: usize| format!(r#"{{"id":"{n}","connected":true,"last_seen":"2026-01-01T00:00:00Z"}}"#);
    let list = |rows: Vec<String>| format!("[{}]", rows.join(","));
    server.tell("peers", list((0..100_000).map(minimal).collect()));
    tick("100,000 minimal peers, refused", 40 * MIB).await;

    // The account is left in peace for a while.
    server.tell("peers", "[]");
    app.pass(3).await;
    server.tell("peers", list((0..30_000).map(minimal).collect()));
    tick("30,000 minimal peers", 100 * MIB).await;

    // As many rows as are taken, each with as many groups as all may have together, and as much text as the body holds.
    let groups = [r#"{"id":"g","name":"g"}"#; 10].join(",");
    let text = "x".repeat(256);
    let worst = |n: usize| {
        format!(
            r#"{{"id":"{n}","connected":false,"last_seen":"2026-01-01T00:00:01Z","groups":[{groups}],"name":"{n:>256}",
            "hostname":"{text}","os":"{text}","kernel_version":"{text}","version":"{text}","dns_label":"{text}"}}"#
        )
    };
    let body = list((0..30_000).map(worst).collect());
    assert!(body.len() > 50 * MIB && body.len() < 64 * MIB, "{} MiB", body.len() / MIB);
    server.tell("peers", body);
    tick("the largest list that is taken", 192 * MIB).await;
    assert_eq!(app.account(&owner).await["status"], "healthy");
}
