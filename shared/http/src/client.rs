//! Where a request comes from.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use axum::extract::FromRequestParts;
use http::request::Parts;
use http::{HeaderMap, header};
use platform_core::audit::Actor;
use platform_core::ids::UserId;
use platform_core::text;

use crate::Problem;

/// The address of the client, put into the request by the host: the connection's on the local host, the one that API
/// Gateway saw on AWS. Headers that a client could make up are not asked.
#[derive(Debug, Clone, Copy)]
pub struct ClientIp(pub IpAddr);

/// Whether a `Host` header, with or without a port, names the machine that the client runs on. No name server is asked
/// for such a name, so no foreign page can lead here under it.
pub fn is_loopback_name(host: &str) -> bool {
    match host_of(host) {
        Some(name) => name.eq_ignore_ascii_case("localhost") || literal(name).is_some_and(|ip| ip.is_loopback()),
        None => false,
    }
}

/// Whether a `Host` header says where the client went whatever a name server told it. Any other name may be one that
/// somebody had resolve to the platform's address, and then a page there is of the same origin.
fn cannot_be_rebound(host: &str) -> bool {
    is_loopback_name(host) || host_of(host).is_some_and(|name| literal(name).is_some())
}

/// The host of a `Host` header, without its port.
fn host_of(header: &str) -> Option<&str> {
    let (host, port) = match header.rsplit_once(':') {
        // The colons of an address of IPv6 are within its brackets.
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (header, None),
    };
    port.is_none_or(|port| port.bytes().all(|byte| byte.is_ascii_digit())).then_some(host)
}

/// The address that a host is written as.
fn literal(host: &str) -> Option<IpAddr> {
    match host.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?.parse::<Ipv6Addr>().ok().map(IpAddr::from),
        None => host.parse::<Ipv4Addr>().ok().map(IpAddr::from),
    }
}

/// Who an address belongs to, for counting: IPv6 gives every subscriber 2^64 of them.
pub fn subscriber(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 => v4,
    }
}

/// Name of the cookie by which a browser is known again; the prefix makes browsers insist on `Secure`, this host and `/`.
pub const DEVICE_COOKIE: &str = "__Host-device";
/// Characters of its value: Base64 of 32 bytes.
const DEVICE_LENGTH: usize = 43;

/// The value of a cookie of the request.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|value| value.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

/// The id of a request, put into the request by the outermost layer.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// What is known of the client.
#[derive(Debug, Clone, Default)]
pub struct Client {
    /// Address.
    pub ip: Option<IpAddr>,
    /// Browser or program, at most 256 characters.
    pub user_agent: Option<String>,
    /// The request comes from the web app, which keeps its refresh token in a cookie.
    pub is_web: bool,
    /// What the browser was named when somebody signed in with it.
    pub device: Option<String>,
}

impl Client {
    /// Who acts from here, known by no session, for an audit trail.
    pub fn actor(&self, user: UserId, name: impl Into<String>) -> Actor {
        let (ip, user_agent) = (self.ip.map(|ip| ip.to_string()), self.user_agent.clone());
        Actor { ip, user_agent, ..Actor::new(user, name) }
    }

    pub(crate) fn of(parts: &Parts) -> Self {
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            ip: parts.extensions.get::<ClientIp>().map(|ip| ip.0),
            user_agent: header(header::USER_AGENT).map(|agent| text::printable(agent, 256)),
            is_web: parts.headers.get("x-client").is_some_and(|client| client == "web"),
            device: cookie(&parts.headers, DEVICE_COOKIE)
                .filter(|device| device.len() == DEVICE_LENGTH && device.bytes().all(|b| b.is_ascii_graphic()))
                .map(str::to_owned),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::of(parts))
    }
}

/// Refuses what a browser sends on behalf of another site. For endpoints that trust a cookie.
///
/// `origin` is the platform's own. Browsers that send neither header are not tricked by a foreign page either: the
/// cookie is `SameSite=Strict`.
pub fn refuse_cross_site(headers: &HeaderMap, origin: &str) -> Result<(), Problem> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let site_ok = header("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let same_host = |from: &str| {
        let host = header(header::HOST.as_str()).filter(|host| cannot_be_rebound(host));
        from == origin || host.is_some_and(|host| from.split_once("://").is_some_and(|(_, rest)| rest == host))
    };
    let origin_ok = header(header::ORIGIN.as_str()).is_none_or(same_host);
    if site_ok && origin_ok { Ok(()) } else { Err(Problem::cross_site()) }
}

/// Refuses what a browser asks from a page that is not the platform's, or that does not say from which: for sockets, which
/// browsers open for any page.
pub fn require_own_page(headers: &HeaderMap, origin: &str) -> Result<(), Problem> {
    if !headers.contains_key(header::ORIGIN) {
        return Err(Problem::cross_site());
    }
    refuse_cross_site(headers, origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine() {
        for host in ["localhost", "LOCALHOST:3000", "127.0.0.1:80", "127.1.2.3", "[::1]", "[::1]:3000"] {
            assert!(is_loopback_name(host), "{host}");
        }
        for host in [
            "",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil@localhost",
            "10.0.0.1",
            "[::2]",
            "::1",
            "localhost:x",
        ] {
            assert!(!is_loopback_name(host), "{host}");
        }
    }

    #[test]
    fn other_sites_are_refused() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers =
                pairs.iter().map(|(name, value)| ((*name).parse().unwrap(), value.parse().unwrap())).collect();
            refuse_cross_site(&headers, "https://platform.example").is_ok()
        };
        assert!(check(&[]));
        assert!(check(&[("origin", "https://platform.example"), ("sec-fetch-site", "same-origin")]));
        assert!(check(&[("origin", "http://localhost:3000"), ("host", "localhost:3000")]));
        assert!(check(&[("origin", "http://192.168.1.5:3000"), ("host", "192.168.1.5:3000")]));
        assert!(!check(&[("origin", "https://evil.example"), ("host", "platform.example")]));
        assert!(!check(&[("origin", "http://evil.example:3000"), ("host", "evil.example:3000")]), "rebound");
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site")]));
        assert!(!check(&[("origin", "null")]));
    }
}
