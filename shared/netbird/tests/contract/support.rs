//! Servers and clients for tests.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use platform_core::clock::Clock;
use platform_netbird::fake::{FakeServer, Tokens};
use platform_netbird::{AddressGuard, BaseUrl, Client, Token, Transport};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// A clock that stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }
}

/// Resolves as the system does.
struct SystemResolver;

impl Resolve for SystemResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Lets every address pass.
pub(crate) fn open_guard() -> AddressGuard {
    AddressGuard { resolver: Arc::new(SystemResolver), allows: Arc::new(|_| true), is_refusal: |_| false }
}

pub(crate) fn client(url: &str, token: &str) -> Client {
    guarded_client(url, token, open_guard())
}

pub(crate) fn guarded_client(url: &str, token: &str, guard: AddressGuard) -> Client {
    let transport = Transport::new(guard).unwrap();
    Client::new(BaseUrl::parse(url).unwrap(), Token::parse(token).unwrap(), transport)
}

pub(crate) async fn fake(peers: usize) -> FakeServer {
    FakeServer::start(SocketAddr::from(([127, 0, 0, 1], 0)), peers, 1, Arc::new(Still)).await.unwrap()
}

/// A fake of sixty peers and a client that may read it.
pub(crate) async fn fake_and_client() -> (FakeServer, Client) {
    let fake = fake(60).await;
    let client = client(&fake.url(), Tokens::GOOD);
    (fake, client)
}

/// The file or folder that an environment variable names. `None`, and said so, when it is not set.
pub(crate) fn named_by(variable: &str) -> Option<PathBuf> {
    let path = std::env::var_os(variable);
    if path.is_none() {
        println!("skipped: {variable} is not set");
    }
    path.map(PathBuf::from)
}
