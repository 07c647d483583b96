//! What stands between the network and the API: on AWS the firewall does it, here this process.
//!
//! Each client address has a bucket of requests that refills steadily. It is generous, since an office may be behind one
//! address; what is worth guessing at is counted far more strictly, in the table.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota};
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
        let quota = Quota::per_second(rate.per_second).allow_burst(rate.burst);
        Arc::new(Self { limiter: DefaultKeyedRateLimiter::keyed(quota), clock: DefaultClock::default(), rate })
    }
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
    fn an_address_that_asks_too_often_is_refused_and_others_are_not() {
        let one = NonZeroU32::MIN;
        let edge = Edge::new(Rate { burst: one.saturating_add(2), per_second: one });
        let ask = |ip: &str| edge.limiter.check_key(&subscriber(ip.parse().unwrap())).is_ok();
        assert_eq!([(); 5].map(|()| ask("203.0.113.7")), [true, true, true, false, false]);
        assert!(ask("203.0.113.8"));
        assert_eq!([(); 4].map(|()| ask("2001:db8::1")), [true, true, true, false]);
        assert!(!ask("2001:db8::2"), "the same subscriber");
        assert!(ask("2001:db8:0:1::1"));
    }
}
