//! The address guard: which addresses a URL that a user typed may lead to.
//!
//! Webhooks, Slack and the NetBird base URL all make the platform connect where somebody else says. Every such client
//! is built by [`client_builder`], so that names are checked in the resolver that connects (no second lookup that
//! could answer differently), redirects are not followed, and no proxy from the environment connects in our stead.
//! `reqwest` asks no resolver for IP literals: call [`AddressPolicy::check_url`] with the URL right before each request.

use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use ipnet::{Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// Why a URL or an address was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressRefused {
    /// The URL's host is an IP address of a refused range.
    #[error("{address} is {range} address, which may not be connected to")]
    Literal {
        /// The address, as written in the URL.
        address: IpAddr,
        /// The range it belongs to.
        range: Range,
    },
    /// The URL's host is a name, and every address it resolves to is refused. The addresses stay unsaid: they would
    /// tell a stranger how names resolve on the inside.
    #[error("{host} resolves to {range} address, which may not be connected to")]
    Resolved {
        /// The name that was looked up.
        host: String,
        /// The range of the first address.
        range: Range,
    },
    /// The URL is neither `http` nor `https`.
    #[error("only http and https addresses may be connected to")]
    Scheme,
    /// The URL carries a user name or a password.
    #[error("an address may not contain a user name or password")]
    Credentials,
}

/// A name could not be resolved. Found in the source chain of a client's error.
#[derive(Debug, thiserror::Error)]
#[error("the host name could not be resolved")]
pub struct LookupFailed(#[from] io::Error);

/// What a refused address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// A private network: RFC 1918, or unique local IPv6.
    Private,
    /// This machine.
    Loopback,
    /// The local link.
    LinkLocal,
    /// A carrier's NAT, 100.64.0.0/10, which NetBird gives to peers too.
    CarrierNat,
    /// The metadata and credential services of clouds.
    CloudMetadata,
    /// Many machines at once, broadcast included.
    Multicast,
    /// An IPv6 form that a gateway may unwrap to any IPv4 address: 6to4, Teredo, NAT64, ISATAP.
    Tunnel,
    /// Unspecified, documentation, benchmarking, or without meaning on the internet.
    Reserved,
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Range::Private => "a private",
            Range::Loopback => "a loopback",
            Range::LinkLocal => "a link-local",
            Range::CarrierNat => "a carrier-grade NAT",
            Range::CloudMetadata => "a cloud metadata",
            Range::Multicast => "a multicast",
            Range::Tunnel => "a tunnel",
            Range::Reserved => "a reserved",
        })
    }
}

impl Range {
    /// Whether a local install may reach into this range.
    const fn is_local(self) -> bool {
        matches!(self, Range::Private | Range::Loopback | Range::LinkLocal | Range::CarrierNat)
    }
}

/// Refused IPv4 ranges, from IANA's registry of special-purpose addresses and the clouds' manuals. The first match
/// names the range, so that metadata services come before the networks they hide in.
const REFUSED_V4: &[(Ipv4Net, Range)] = &[
    (v4(169, 254, 169, 0, 24), Range::CloudMetadata), // most clouds: metadata, DNS, time
    (v4(169, 254, 170, 0, 24), Range::CloudMetadata), // AWS: credentials of containers
    (v4(100, 100, 100, 200, 32), Range::CloudMetadata), // Alibaba
    (v4(168, 63, 129, 16, 32), Range::CloudMetadata), // Azure
    (v4(192, 0, 0, 192, 32), Range::CloudMetadata),   // Oracle
    (v4(0, 0, 0, 0, 8), Range::Reserved),
    (v4(10, 0, 0, 0, 8), Range::Private),
    (v4(100, 64, 0, 0, 10), Range::CarrierNat),
    (v4(127, 0, 0, 0, 8), Range::Loopback),
    (v4(169, 254, 0, 0, 16), Range::LinkLocal),
    (v4(172, 16, 0, 0, 12), Range::Private),
    (v4(192, 0, 0, 0, 24), Range::Reserved), // protocol assignments, DS-Lite
    (v4(192, 0, 2, 0, 24), Range::Reserved), // documentation
    (v4(192, 88, 99, 0, 24), Range::Tunnel), // 6to4 relays
    (v4(192, 168, 0, 0, 16), Range::Private),
    (v4(198, 18, 0, 0, 15), Range::Reserved),   // benchmarking
    (v4(198, 51, 100, 0, 24), Range::Reserved), // documentation
    (v4(203, 0, 113, 0, 24), Range::Reserved),  // documentation
    (v4(224, 0, 0, 0, 4), Range::Multicast),
    (v4(255, 255, 255, 255, 32), Range::Multicast),
    (v4(240, 0, 0, 0, 4), Range::Reserved),
];

/// Refused IPv6 ranges. The last row refuses all that is not global unicast: what IANA has not given out is not on
/// the internet, and a range given out tomorrow is refused until it is known.
const REFUSED_V6: &[(Ipv6Net, Range)] = &[
    (v6([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0], 32), Range::CloudMetadata), // AWS
    (v6([0xfd20, 0xce, 0, 0, 0, 0, 0, 0], 32), Range::CloudMetadata),  // Google
    (v6([0, 0, 0, 0, 0, 0, 0, 1], 128), Range::Loopback),
    (v6([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7), Range::Private),
    (v6([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10), Range::LinkLocal),
    (v6([0xff00, 0, 0, 0, 0, 0, 0, 0], 8), Range::Multicast),
    (v6([0x64, 0xff9b, 0, 0, 0, 0, 0, 0], 96), Range::Tunnel), // NAT64
    (v6([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48), Range::Tunnel), // NAT64 of one network
    (v6([0, 0, 0, 0, 0xffff, 0, 0, 0], 96), Range::Tunnel),    // IPv4-translated
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 32), Range::Tunnel),    // Teredo
    (v6([0x2002, 0, 0, 0, 0, 0, 0, 0], 16), Range::Tunnel),    // 6to4
    (v6([0x2001, 0, 0, 0, 0, 0, 0, 0], 23), Range::Reserved),  // protocol assignments: benchmarking, ORCHID
    (v6([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32), Range::Reserved), // documentation
    (v6([0x3ffe, 0, 0, 0, 0, 0, 0, 0], 16), Range::Reserved),  // 6bone
    (v6([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20), Range::Reserved),  // documentation
    (v6([0, 0, 0, 0, 0, 0, 0, 0], 3), Range::Reserved),        // unspecified, IPv4-compatible, unassigned
    (v6([0x4000, 0, 0, 0, 0, 0, 0, 0], 2), Range::Reserved),
    (v6([0x8000, 0, 0, 0, 0, 0, 0, 0], 1), Range::Reserved),
];

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(segments: [u16; 8], prefix: u8) -> Ipv6Net {
    let [a, b, c, d, e, f, g, h] = segments;
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, d, e, f, g, h), prefix)
}

/// Which addresses may be connected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AddressPolicy {
    /// Whether private, loopback, link-local and carrier NAT ranges are allowed: a local install may say so, for its
    /// NetBird server stands next to it. Metadata services, tunnels, multicast and reserved ranges stay refused.
    pub allow_private: bool,
}

impl AddressPolicy {
    /// Checks one address. An IPv4-mapped IPv6 address is judged as the IPv4 address it connects to.
    ///
    /// # Errors
    ///
    /// The range that is refused.
    pub fn check_ip(self, address: IpAddr) -> Result<(), Range> {
        match special_range(address.to_canonical()) {
            Some(range) if !(self.allow_private && range.is_local()) => Err(range),
            _ => Ok(()),
        }
    }

    /// Checks what can be seen without a lookup: the scheme, credentials, and a host that is an IP address in any
    /// spelling (`Url` has read `0x7f.1` as `127.0.0.1` already). Names are left to [`GuardedResolver`].
    ///
    /// # Errors
    ///
    /// [`AddressRefused`], worded for the person who typed the URL.
    pub fn check_url(self, url: &Url) -> Result<(), AddressRefused> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(AddressRefused::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressRefused::Credentials);
        }
        let address: IpAddr = match url.host() {
            Some(Host::Ipv4(address)) => address.into(),
            Some(Host::Ipv6(address)) => address.into(),
            // An http URL always has a host.
            Some(Host::Domain(_)) | None => return Ok(()),
        };
        self.check_ip(address).map_err(|range| AddressRefused::Literal { address, range })
    }

    /// Keeps the addresses that may be connected to. A name that mixes public and private addresses stays usable by
    /// its public ones.
    fn keep_allowed(
        self,
        host: &str,
        resolved: impl Iterator<Item = SocketAddr>,
    ) -> Result<Vec<SocketAddr>, AddressRefused> {
        let mut first_refused = None;
        let allowed: Vec<SocketAddr> = resolved
            .filter(|address| match self.check_ip(address.ip()) {
                Ok(()) => true,
                Err(range) => {
                    first_refused.get_or_insert(range);
                    false
                }
            })
            .collect();
        match first_refused {
            Some(range) if allowed.is_empty() => Err(AddressRefused::Resolved { host: host.to_owned(), range }),
            _ => Ok(allowed),
        }
    }
}

/// The range of special purpose that `address` lies in, if any.
fn special_range(address: IpAddr) -> Option<Range> {
    match address {
        IpAddr::V4(address) => REFUSED_V4.iter().find(|(net, _)| net.contains(&address)).map(|(_, range)| *range),
        IpAddr::V6(address) => REFUSED_V6
            .iter()
            .find(|(net, _)| net.contains(&address))
            .map(|(_, range)| *range)
            .or_else(|| is_isatap(address).then_some(Range::Tunnel)),
    }
}

/// ISATAP puts an IPv4 address behind a marker in the interface id, below any prefix.
fn is_isatap(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    segments[4] & !0x0300 == 0 && segments[5] == 0x5efe
}

/// A DNS resolver that yields only addresses that the policy allows. The connection goes to what was checked.
#[derive(Debug, Clone, Copy)]
pub struct GuardedResolver {
    policy: AddressPolicy,
}

impl GuardedResolver {
    /// A resolver for one policy.
    pub const fn new(policy: AddressPolicy) -> Self {
        Self { policy }
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = self.policy;
        Box::pin(async move {
            let host = name.as_str();
            // Port 0 tells the connector to use the URL's.
            let resolved = tokio::net::lookup_host((host, 0)).await.map_err(LookupFailed)?;
            let allowed = policy.keep_allowed(host, resolved)?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// A client that connects only where `policy` allows: guarded resolver, no redirects, no proxy. Callers add timeouts,
/// and still check each URL with [`AddressPolicy::check_url`].
pub fn client_builder(policy: AddressPolicy) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .dns_resolver(GuardedResolver::new(policy))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
}

/// Finds the guard's refusal in an error's chain of sources.
pub fn address_refused<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a AddressRefused> {
    std::iter::successors(Some(error), |&error| error.source()).find_map(|error| error.downcast_ref())
}

/// Whether the guard refused, rather than the network failing.
pub fn is_address_refused(error: &(dyn Error + 'static)) -> bool {
    address_refused(error).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTED: AddressPolicy = AddressPolicy { allow_private: false };
    const LOCAL: AddressPolicy = AddressPolicy { allow_private: true };

    fn check(policy: AddressPolicy, host: &str) -> Result<(), AddressRefused> {
        policy.check_url(&Url::parse(&format!("http://{host}/hook")).expect(host))
    }

    /// Refused by the hosted platform, allowed where private addresses are.
    const PRIVATE: &[&str] = &[
        "10.0.0.1",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.254",
        "192.168.0.1",
        "192.168.255.255",
        "127.0.0.1",
        "127.1",
        "127.0.0.1.",
        "127.255.255.254",
        "0x7f.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0177.0.0.1",
        "0x7f.0x0.0x0.0x1",
        "127.0.0.1:8080",
        "①②⑦.0.0.1",
        "100.64.0.1",
        "100.127.255.255",
        "169.254.0.1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:10.0.0.1]",
        "[::ffff:192.168.1.1]",
        "[::ffff:100.64.0.1]",
        "[fc00::1]",
        "[fd12:3456:789a::1]",
        "[fe80::1]",
        "[febf::1]",
    ];

    /// Refused everywhere.
    const NEVER: &[&str] = &[
        "169.254.169.254",
        "0xa9fea9fe",
        "2852039166",
        "169.254.170.2",
        "169.254.170.23",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]",
        "[fd20:ce::254]",
        "0.0.0.0",
        "0",
        "0.1.2.3",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::127.0.0.1]",
        "[::10.0.0.1]",
        "[::8.8.8.8]",
        "[::ffff:0.0.0.0]",
        "[::ffff:224.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::8.8.8.8]",
        "[64:ff9b:1::10.0.0.1]",
        "[100::1]",
        "[2001::1]",
        "[2001:2::1]",
        "[2001:10::1]",
        "[2001:db8::1]",
        "[2002:7f00:1::]",
        "[2002:808:808::1]",
        "[2a00:1450::5efe:10.0.0.1]",
        "[2a00:1450::200:5efe:127.0.0.1]",
        "[3ffe::1]",
        "[3fff::1]",
        "[5f00::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[ff0e::1]",
    ];

    const PUBLIC: &[&str] = &[
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "[::ffff:8.8.8.8]",
        "[2001:4860:4860::8888]",
        "[2606:4700:4700::1111]",
        "[2a00:1450:4001:830::200e]",
    ];

    #[test]
    fn hosted_refuses_every_special_address() {
        for host in PRIVATE.iter().chain(NEVER) {
            let refused = check(HOSTED, host);
            assert!(matches!(refused, Err(AddressRefused::Literal { .. })), "{host}: {refused:?}");
        }
    }

    #[test]
    fn local_allows_private_addresses_only() {
        for host in PRIVATE {
            assert_eq!(check(LOCAL, host), Ok(()), "{host}");
        }
        for host in NEVER {
            assert!(check(LOCAL, host).is_err(), "{host}");
        }
    }

    #[test]
    fn public_addresses_pass() {
        for host in PUBLIC.iter().chain(&["example.com", "example.com:65535", "localhost"]) {
            assert_eq!(check(HOSTED, host), Ok(()), "{host}");
            assert_eq!(check(LOCAL, host), Ok(()), "{host}");
        }
    }

    #[test]
    fn schemes_and_credentials_are_refused() {
        let check = |url: &str| LOCAL.check_url(&Url::parse(url).expect(url));
        for url in ["ftp://example.com", "file:///etc/passwd", "gopher://example.com", "data:,x", "unix:/run/x"] {
            assert_eq!(check(url), Err(AddressRefused::Scheme), "{url}");
        }
        for url in ["https://user@example.com", "https://:secret@example.com", "http://example.com:80@10.0.0.1"] {
            assert_eq!(check(url), Err(AddressRefused::Credentials), "{url}");
        }
    }

    #[test]
    fn a_name_keeps_its_allowed_addresses() {
        let addresses = |ips: &[&str]| -> Vec<SocketAddr> {
            ips.iter().map(|ip| SocketAddr::new(ip.parse().expect(ip), 0)).collect()
        };
        let keep = |ips: &[&str]| HOSTED.keep_allowed("rebind.example", addresses(ips).into_iter());

        assert_eq!(keep(&["10.0.0.1", "8.8.8.8", "::1"]), Ok(addresses(&["8.8.8.8"])));
        assert_eq!(
            keep(&["127.0.0.1", "169.254.169.254"]),
            Err(AddressRefused::Resolved { host: "rebind.example".into(), range: Range::Loopback })
        );
    }

    #[tokio::test]
    async fn the_refusal_is_found_in_the_clients_error() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        listener.set_nonblocking(true).expect("a socket can be polled");
        let port = listener.local_addr().expect("it is bound").port();
        let client = client_builder(HOSTED).build().expect("TLS roots load");

        let error = client.get(format!("http://localhost:{port}/")).send().await.expect_err("localhost is loopback");

        assert_eq!(
            address_refused(&error),
            Some(&AddressRefused::Resolved { host: "localhost".into(), range: Range::Loopback })
        );
        assert!(is_address_refused(&error));
        let accepted = listener.accept().expect_err("no connection was made");
        assert_eq!(accepted.kind(), std::io::ErrorKind::WouldBlock);
    }
}
