//! What a fake network consists of.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

/// A peer, and what is true of it.
#[derive(Debug, Clone)]
pub struct Peer {
    /// NetBird's id.
    pub id: String,
    /// Name and hostname.
    pub name: String,
    /// Whether the machine really runs and reaches the server.
    pub alive: bool,
    /// What the server says: a ghost is connected though not alive.
    pub connected: bool,
    /// Start of the session, or its end. Whole seconds.
    pub last_seen: Timestamp,
    /// Indexes of its groups.
    pub(super) groups: Vec<usize>,
    pub(super) number: usize,
    pub(super) created_at: Timestamp,
    pub(super) last_login: Timestamp,
    pub(super) os: &'static str,
    pub(super) kernel: &'static str,
    pub(super) version: &'static str,
    pub(super) ui_version: &'static str,
    pub(super) place: Place,
    pub(super) connection_ip: String,
    pub(super) user_id: String,
    pub(super) ephemeral: bool,
    pub(super) ssh_enabled: bool,
    pub(super) disable_dns: bool,
    pub(super) disable_firewall: bool,
    pub(super) login_expired: bool,
    pub(super) approval_required: bool,
}

/// Where a peer connects from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) country_code: &'static str,
    pub(super) city_name: &'static str,
    pub(super) geoname_id: u32,
}

#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) id: String,
    pub(super) name: String,
    /// It was deleted; others keep their places.
    pub(super) gone: bool,
    /// Ids and types of network resources.
    pub(super) resources: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone)]
pub(super) struct User {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) role: &'static str,
    pub(super) is_service_user: bool,
    pub(super) is_blocked: bool,
    pub(super) invited: bool,
    pub(super) last_login: Option<Timestamp>,
    pub(super) auto_groups: Vec<usize>,
}

#[derive(Debug, Clone)]
pub(super) struct Policy {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) enabled: bool,
    pub(super) protocol: &'static str,
    pub(super) ports: &'static [&'static str],
    pub(super) source: usize,
    pub(super) destination: Destination,
    pub(super) bidirectional: bool,
    pub(super) checked: bool,
}

#[derive(Debug, Clone)]
pub(super) enum Destination {
    Group(usize),
    Resource(String, &'static str),
}

#[derive(Debug, Clone)]
pub(super) struct SetupKey {
    pub(super) id: String,
    pub(super) name: &'static str,
    pub(super) masked: String,
    pub(super) group: usize,
    pub(super) ephemeral: bool,
    pub(super) one_off: bool,
    pub(super) revoked: bool,
    pub(super) expires: Timestamp,
    pub(super) updated_at: Timestamp,
    pub(super) last_used: Option<Timestamp>,
    pub(super) used_times: u32,
}

/// Ids of what never changes: networks, their resources and routers, routes, DNS.
#[derive(Debug, Clone)]
pub(super) struct Furnishing {
    pub(super) networks: [String; 2],
    /// A network that nothing is in yet.
    pub(super) empty_network: String,
    /// A route that is off.
    pub(super) spare_route: String,
    /// A posture check that asks for everything, and which no policy asks for.
    pub(super) strict_check: String,
    /// Nameservers of everything that no others resolve.
    pub(super) primary_nameservers: String,
    pub(super) subnet: String,
    pub(super) domain: String,
    pub(super) host: String,
    pub(super) routers: [String; 2],
    pub(super) routes: [String; 2],
    pub(super) nameservers: String,
    pub(super) posture_check: String,
}

/// An entry of the activity log.
#[derive(Debug, Clone, Serialize)]
pub struct Event {
    /// Words.
    pub activity: String,
    /// Code.
    pub activity_code: String,
    /// Decimal text.
    pub id: String,
    /// Email of who did it.
    pub initiator_email: String,
    /// Who did it.
    pub initiator_id: String,
    /// Name of who did it.
    pub initiator_name: String,
    /// Further facts.
    pub meta: BTreeMap<String, String>,
    /// What it was done to.
    pub target_id: String,
    /// When.
    pub timestamp: Timestamp,
}

/// Who is said to have done something.
#[derive(Debug, Clone, Copy)]
pub enum Initiator {
    /// A user, by index; the owner is 0.
    User(usize),
    /// A setup key, by index.
    SetupKey(usize),
}

impl Peer {
    pub(super) fn ip(&self) -> String {
        format!("100.101.{}.{}", self.number >> 8 & 0xff, self.number & 0xff)
    }

    pub(super) fn ipv6(&self) -> String {
        format!("fd9c:61ed:afa7:977c::{:x}:{:x}", self.number >> 16, self.number & 0xffff)
    }

    pub(super) fn dns_label(&self) -> String {
        format!("{}.netbird.selfhosted", self.name.replace(' ', "-"))
    }
}

/// What the activity log tells of a peer.
pub(super) fn meta_of(peer: &Peer) -> BTreeMap<String, String> {
    [
        ("created_at", peer.created_at.to_string()),
        ("fqdn", peer.dns_label()),
        ("ip", peer.ip()),
        ("ipv6", peer.ipv6()),
        ("location_city_name", peer.place.city_name.to_owned()),
        ("location_connection_ip", peer.connection_ip.clone()),
        ("location_country_code", peer.place.country_code.to_owned()),
        ("location_geo_name_id", peer.place.geoname_id.to_string()),
        ("name", peer.name.clone()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into()
}

/// NetBird keeps `last_seen` in whole seconds.
pub(super) fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}
