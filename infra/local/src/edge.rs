//! What stands between the network and the API: on AWS the firewall does it, here this process.
//!
//! Each client address has a bucket of requests that refills steadily. It is generous, since an office may be behind one
//! address; what is worth guessing at is counted far more strictly, in the table.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
use http::HeaderMap;
use ipnet::IpNet;
use platform_http::Problem;
use platform_http::client::{ClientIp, subscriber};

/// Requests to the API that an address may make in one go, and the rate at which they come back.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// At once.
    pub burst: NonZeroU32,
    /// Each second.
    pub per_second: NonZeroU32,
}

/// Addresses that are remembered before those whose buckets are full again are forgotten.
const REMEMBERED: usize = 10_000;

/// Counts requests by client address.
pub struct Edge {
    limiter: DefaultKeyedRateLimiter<IpAddr>,
    clock: DefaultClock,
    rate: Rate,
}

impl Edge {
    /// An edge that lets this rate through.
    pub fn new(rate: Rate) -> Arc<Self> {
        Self::of(Quota::per_second(rate.per_second), rate)
    }

    fn of(quota: Quota, rate: Rate) -> Arc<Self> {
        let limiter = DefaultKeyedRateLimiter::keyed(quota.allow_burst(rate.burst));
        Arc::new(Self { limiter, clock: DefaultClock::default(), rate })
    }
}

/// The layer that says where a request comes from: the address of the connection, or, if that is a proxy of ours, the last
/// one in `X-Forwarded-For` that is not. What stands before it anybody may have written.
pub async fn name_client(State(proxies): State<Arc<Vec<IpNet>>>, mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(peer)) = request.extensions().get::<ConnectInfo<SocketAddr>>().copied() {
        let client = client_of(peer.ip(), &proxies, request.headers());
        request.extensions_mut().insert(ClientIp(client));
    }
    next.run(request).await
}

fn client_of(peer: IpAddr, proxies: &[IpNet], headers: &HeaderMap) -> IpAddr {
    let is_ours = |ip: &IpAddr| proxies.iter().any(|range| range.contains(ip));
    // A listener for IPv6 sees IPv4 clients under addresses of IPv6.
    let peer = peer.to_canonical();
    if !is_ours(&peer) {
        return peer;
    }
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let mut hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    while let Some(hop) = hops.pop() {
        match hop.parse::<IpAddr>().map(|ip| ip.to_canonical()) {
            Ok(ip) if is_ours(&ip) => {}
            Ok(ip) => return ip,
            Err(_) => break,
        }
    }
    peer
}

/// The layer: refuses an address that asks too often. Needs [`ClientIp`] in the request.
pub async fn limit(State(edge): State<Arc<Edge>>, request: Request, next: Next) -> Result<Response, Problem> {
    let Some(ClientIp(ip)) = request.extensions().get::<ClientIp>().copied() else {
        return Ok(next.run(request).await);
    };
    if edge.limiter.len() > REMEMBERED {
        edge.limiter.retain_recent();
    }
    match edge.limiter.check_key(&subscriber(ip)) {
        Ok(()) => Ok(next.run(request).await),
        Err(refused) => {
            let wait = refused.wait_time_from(edge.clock.now()).as_secs() + 1;
            let per_second = edge.rate.per_second;
            Err(Problem::rate_limited(format!("an address may make {per_second} requests a second"), wait))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_proxies_say_for_whom_they_ask() {
        let proxies = ["10.0.0.0/8".parse().unwrap()];
        let client = |peer: &str, forwarded: &[&str]| {
            let mut headers = HeaderMap::new();
            for hop in forwarded {
                headers.append("x-forwarded-for", hop.parse().unwrap());
            }
            client_of(peer.parse().unwrap(), &proxies, &headers).to_string()
        };
        assert_eq!(client("203.0.113.7", &["198.51.100.1"]), "203.0.113.7", "anybody could write that");
        assert_eq!(client("10.0.0.1", &["198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["192.0.2.1, 198.51.100.1, 10.0.0.2"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["192.0.2.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("10.0.0.1", &["192.0.2.1, unknown"]), "10.0.0.1");
        assert_eq!(client("10.0.0.1", &[]), "10.0.0.1");
        assert_eq!(client("::ffff:203.0.113.7", &[]), "203.0.113.7");
    }

    #[test]
    fn an_address_that_asks_too_often_is_refused_and_others_are_not() {
        let one = NonZeroU32::MIN;
        // By the hour: nothing comes back while a slow machine asks.
        let edge = Edge::of(Quota::per_hour(one), Rate { burst: one.saturating_add(2), per_second: one });
        let ask = |ip: &str| edge.limiter.check_key(&subscriber(ip.parse().unwrap())).is_ok();
        assert_eq!([(); 5].map(|()| ask("203.0.113.7")), [true, true, true, false, false]);
        assert!(ask("203.0.113.8"));
        assert_eq!([(); 4].map(|()| ask("2001:db8::1")), [true, true, true, false]);
        assert!(!ask("2001:db8::2"), "the same subscriber");
        assert!(ask("2001:db8:0:1::1"));
    }
}
