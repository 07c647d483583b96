//! The fake NetBird server as a program of its own, for tests in other languages and for the emulated cloud.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use clap::Parser;
use jiff::Timestamp;
use platform_core::clock::Clock;
use platform_netbird::fake::{FakeServer, Tokens, demo};

/// Serves a made-up NetBird network. Prints its URL and its API token, and serves until it is stopped.
#[derive(Parser)]
struct Options {
    /// Port on the loopback interface; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Number of peers.
    #[arg(long, default_value_t = demo::PEERS)]
    peers: usize,
    /// The same seed makes the same network.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Let peers go and come back by themselves.
    #[arg(long)]
    demo: bool,
}

struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else takes its time from")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let Options { port, peers, seed, demo: live } = Options::parse();
    let address = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port);
    let server = FakeServer::start(address, peers, seed, Arc::new(SystemClock)).await?;
    println!("{} {}", server.url(), Tokens::GOOD);
    if live {
        demo::play(server.handle().clone(), seed).await;
    }
    std::future::pending().await
}
