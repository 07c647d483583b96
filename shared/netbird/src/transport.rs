//! The HTTP client under every [`Client`](crate::Client), and the address guard it obeys.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::dns::Resolve;
use url::Url;

/// Time to connect, TLS included.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Time for a whole request, body included.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);

/// Decides which addresses may be connected to. The rules live elsewhere; this is how they reach the client.
#[derive(Clone)]
pub struct AddressGuard {
    /// Resolves names and leaves out what may not be connected to.
    pub resolver: Arc<dyn Resolve>,
    /// Whether a URL may be called; needed for IP literals, about which `reqwest` asks no resolver.
    pub allows: Arc<dyn Fn(&Url) -> bool + Send + Sync>,
    /// Whether a failed request failed because the resolver refused, told by the error's source chain.
    pub is_refusal: fn(&(dyn StdError + 'static)) -> bool,
}

/// A connection pool with a guard. Clones share the pool; one serves all accounts.
#[derive(Clone)]
pub struct Transport {
    pub(crate) http: reqwest::Client,
    pub(crate) guard: AddressGuard,
}

impl Transport {
    /// Builds the client: no redirects, no proxy from the environment, gzip accepted, bounded times.
    pub fn new(guard: AddressGuard) -> Result<Self, reqwest::Error> {
        let http = reqwest::Client::builder()
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .dns_resolver(Arc::clone(&guard.resolver))
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .gzip(true)
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(REQUEST_TIMEOUT)
            .build()?;
        Ok(Self { http, guard })
    }
}

impl fmt::Debug for Transport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Transport").finish_non_exhaustive()
    }
}
