//! What is asked, and what an answer is.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

use super::difference::TooLarge;
use super::reasons::Reason;
use super::services::{Ports, Services};
use crate::named;

named! {
    /// Whether the one reaches the other.
    pub enum Verdict {
        /// It does, or some peer of it does.
        Allowed = "allowed",
        /// Nobody does.
        Denied = "denied",
        /// Nobody does for sure, and somebody may: by something that NetBird does not show, or that was not read.
        Unknown = "unknown",
    }
}

named! {
    /// Of how many pairs of the two sides it is so.
    pub enum Extent {
        /// Everybody of the one side reaches everybody of the other.
        All = "all",
        /// Some do.
        Some = "some",
        /// Nobody does for sure.
        None = "none",
    }
}

named! {
    /// Protocols that questions are about.
    pub enum Protocol {
        /// Any.
        All = "all",
        /// TCP.
        Tcp = "tcp",
        /// UDP.
        Udp = "udp",
        /// ICMP.
        Icmp = "icmp",
    }
}

/// One side of a question. What NetBird has is named by its id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A peer.
    Peer(String),
    /// The peers of a group.
    Group(String),
    /// The peers of a user.
    User(String),
    /// Every peer.
    Any,
    /// A resource of a network.
    Resource(String),
    /// What is behind a route.
    Route(String),
    /// What has this name, or one under it: `*.example.com`.
    Domain(Domain),
    /// What has this address, or one of these.
    Address(Place),
}

/// A domain in small letters, without a dot at its end.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Domain(String);

/// An address or a range of them, without bits beyond its prefix.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub(super) range: IpNet,
    text: String,
}

/// What is said of an end from which nothing can be asked.
pub const END_OF_PEERS: &str = "must be peer:ID, group:ID, user:ID or any";
/// What is said of one that cannot be read.
pub const ANY_END: &str = "must be peer:ID, group:ID, user:ID, any, resource:ID, route:ID, domain:NAME or address:IP with or without a prefix";

/// What it is asked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    /// The protocol; one of them is enough if it is `All`.
    pub protocol: Protocol,
    /// The port; one of them is enough if it is `None`. ICMP has none.
    pub port: Option<u16>,
}

/// Why there is no answer: one side is not in the network, or cannot be that side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotThere {
    /// What is asked from.
    From,
    /// What is asked to.
    To,
}

/// Why a test has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unanswered {
    /// One side is not there.
    NotThere(NotThere),
    /// It would take too long, by itself or after what was asked before.
    TooLarge,
}

impl From<NotThere> for Unanswered {
    fn from(side: NotThere) -> Self {
        Self::NotThere(side)
    }
}

impl From<TooLarge> for Unanswered {
    fn from(_: TooLarge) -> Self {
        Self::TooLarge
    }
}

/// How many are meant, and of how many it is so.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Peers that are asked from.
    pub sources: usize,
    /// Those of them that reach a target.
    pub reaching: usize,
    /// Those of the others that may reach one.
    pub perhaps: usize,
    /// Peers, resources or routes that are asked to.
    pub targets: usize,
    /// Pairs of them. Nobody is paired with themselves.
    pub pairs: usize,
    /// Pairs that reach each other for sure, in this direction.
    pub allowed: usize,
    /// Pairs that may.
    pub unknown: usize,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// In one word.
    pub verdict: Verdict,
    /// Of how many it is so.
    pub extent: Extent,
    /// In one sentence.
    pub sentence: String,
    /// Why; what decides comes first.
    pub reasons: Vec<Reason>,
    /// Reasons that were left out because there are too many.
    pub omitted: usize,
    /// Of what was asked for: on what some peer of the one side reaches one of the other for sure.
    pub open: Services,
    /// On what it may.
    pub may_be_open: Services,
    /// Numbers.
    pub counts: Counts,
    /// The first pairs of each kind.
    pub examples: Examples,
    /// What leads to the domain or address that is asked to, each with its own answer.
    pub ways: Vec<AnswerWay>,
    /// Ways that were left out because there are too many.
    pub omitted_ways: usize,
}

/// What leads to a domain or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerWay {
    /// A peer, a resource or a route.
    pub to: End,
    /// What it is called.
    pub name: String,
    /// Whether it is reached.
    pub verdict: Verdict,
    /// The same in a sentence.
    pub sentence: String,
}

/// Some pairs, by the names of who is asked from and to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Examples {
    /// They reach each other for sure, in this direction.
    pub allowed: Vec<(String, String)>,
    /// They do not.
    pub denied: Vec<(String, String)>,
}

impl Domain {
    /// Longest domain, in bytes.
    const LONGEST: usize = 253;

    /// Reads a domain, or one with a wildcard before it.
    pub fn read(text: &str) -> Option<Self> {
        let name = text.strip_suffix('.').unwrap_or(text).to_ascii_lowercase();
        let is_label = |label: &str| {
            let is_of_it = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
            (1..=63).contains(&label.len()) && label.chars().all(is_of_it)
        };
        let labels = name.strip_prefix("*.").unwrap_or(&name);
        (name.len() <= Self::LONGEST && labels.split('.').all(is_label)).then_some(Self(name))
    }

    pub(super) fn name(&self) -> &str {
        &self.0
    }

    pub(super) fn is_wildcard(&self) -> bool {
        self.0.starts_with('*')
    }
}

impl Place {
    /// Reads an address, or a range such as `10.0.0.0/8`.
    pub fn read(text: &str) -> Option<Self> {
        let one = || text.parse::<IpAddr>().ok().map(IpNet::from);
        let range = one().or_else(|| text.parse::<IpNet>().ok())?.trunc();
        let is_one = range.prefix_len() == range.max_prefix_len();
        let text = if is_one { range.addr().to_string() } else { range.to_string() };
        Some(Self { range, text })
    }

    pub(super) fn is_one(&self) -> bool {
        self.range.prefix_len() == self.range.max_prefix_len()
    }
}

impl FromStr for End {
    type Err = ();

    /// Reads `any`, or what it is and its id, name or address with a colon between: `peer:ID`, `domain:NAME`, `address:CIDR`.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text == "any" {
            return Ok(Self::Any);
        }
        match text.split_once(':') {
            Some((_, "")) | None => Err(()),
            Some(("peer", id)) => Ok(Self::Peer(id.to_owned())),
            Some(("group", id)) => Ok(Self::Group(id.to_owned())),
            Some(("user", id)) => Ok(Self::User(id.to_owned())),
            Some(("resource", id)) => Ok(Self::Resource(id.to_owned())),
            Some(("route", id)) => Ok(Self::Route(id.to_owned())),
            Some(("domain", name)) => Domain::read(name).map(Self::Domain).ok_or(()),
            Some(("address", text)) => Place::read(text).map(Self::Address).ok_or(()),
            Some(_) => Err(()),
        }
    }
}

impl Ask {
    /// Anything at all.
    pub const ANYTHING: Self = Self { protocol: Protocol::All, port: None };

    /// It as protocols and ports.
    pub fn services(self) -> Services {
        let ports = self.port.map_or_else(Ports::every, Ports::one);
        match self.protocol {
            Protocol::All if self.port.is_none() => Services::every(),
            Protocol::All => Services::on(ports),
            Protocol::Tcp => Services::tcp(ports),
            Protocol::Udp => Services::udp(ports),
            Protocol::Icmp => Services::icmp(),
        }
    }
}

impl End {
    /// What it is, in a word.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Peer(_) => "peer",
            Self::Group(_) => "group",
            Self::User(_) => "user",
            Self::Any => "any",
            Self::Resource(_) => "resource",
            Self::Route(_) => "route",
            Self::Domain(_) => "domain",
            Self::Address(_) => "address",
        }
    }

    /// NetBird's id; of a domain or an address itself.
    pub fn id(&self) -> &str {
        match self {
            Self::Peer(id) | Self::Group(id) | Self::User(id) | Self::Resource(id) | Self::Route(id) => id,
            Self::Any => "any",
            Self::Domain(domain) => domain.name(),
            Self::Address(place) => &place.text,
        }
    }

    /// Whether connections may be asked from it: it is one peer or more.
    pub const fn is_of_peers(&self) -> bool {
        matches!(self, Self::Peer(_) | Self::Group(_) | Self::User(_) | Self::Any)
    }
}
