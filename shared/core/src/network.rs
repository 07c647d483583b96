//! A NetBird network as the platform keeps it: NetBird's vocabulary, the platform's certainty.
//!
//! These types are what a snapshot stores and what rules look at. The wire types of NetBird's API live in
//! `platform_netbird`, which maps to these.

pub use crate::dns::{DnsSettings, Nameserver, NameserverGroup};
use crate::named;
pub use crate::netbird_account::{AccountSettings, NetbirdAccount};
pub use crate::policy::{Policy, PolicyRule, ResourceRef};
pub use crate::posture::{
    GeoLocationCheck, Location, NetworkRangeCheck, OsVersionCheck, PostureCheck, PostureChecks, ProcessPaths,
};
pub use crate::route::Route;
pub use crate::routed_network::{Network, NetworkResource, NetworkRouter};
pub use crate::setup_key::SetupKey;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

named! {
    /// What the platform knows of a peer's connection to its management server.
    pub enum PeerStatus {
        /// Connected to the management server.
        Online = "online",
        /// Not connected; `Peer::since` is the moment it disconnected.
        Offline = "offline",
        /// The server says connected, but the peer has not come back since the server restarted: a ghost.
        Unconfirmed = "unconfirmed",
    }
}

/// One peer, with the status derived from successive polls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// NetBird's id, stable for the peer's life.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Hostname as the client reports it.
    pub hostname: String,
    /// Address in the mesh.
    pub ip: String,
    /// Address in the mesh, IPv6, where the server gives one.
    pub ipv6: Option<String>,
    /// Public address of the last connection; kept by NetBird after a disconnect. `None` when it never told one.
    pub connection_ip: Option<String>,
    /// ISO country code, empty where the server has no GeoIP data.
    pub country_code: String,
    /// City, empty where the server has no GeoIP data.
    pub city_name: String,
    /// Derived status.
    pub status: PeerStatus,
    /// When the present status began, to the second: NetBird's own `last_seen`.
    pub since: Timestamp,
    /// NetBird's `last_seen`: start of the session while connected, time of disconnection afterwards.
    pub last_seen: Timestamp,
    /// Last login, `None` if never.
    pub last_login: Option<Timestamp>,
    /// When the peer was registered.
    pub created_at: Option<Timestamp>,
    /// Operating system as one string, such as "Linux Ubuntu 24.04".
    pub os: String,
    /// Kernel version.
    pub kernel_version: String,
    /// NetBird client version.
    pub version: String,
    /// Groups the peer is in.
    pub groups: Vec<GroupRef>,
    /// The user who registered it, empty for a setup key.
    pub user_id: String,
    /// Name under the network's DNS domain.
    pub dns_label: String,
    /// The peer's login expires, if logins do; `None` when the server does not tell.
    pub login_expires: Option<bool>,
    /// The peer's login has expired.
    pub login_expired: bool,
    /// The peer awaits approval.
    pub approval_required: bool,
    /// The peer is removed by NetBird when it stays away.
    pub ephemeral: bool,
    /// NetBird's SSH server is enabled on it.
    pub ssh_enabled: bool,
    /// The client applies the network's DNS settings; `None` when the server does not tell.
    pub dns_enabled: Option<bool>,
    /// The client applies the network's firewall rules; `None` when the server does not tell.
    pub firewall_enabled: Option<bool>,
}

/// A group's id and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct GroupRef {
    /// NetBird's id.
    pub id: String,
    /// Display name.
    pub name: String,
}

/// A group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// NetBird's id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// How it came to be: `api`, `jwt` or `integration`.
    pub issued: String,
    /// How many peers are in it, counted by ourselves: NetBird's own counts differ from place to place.
    #[serde(default)]
    pub peers: u32,
    /// How many network resources are in it.
    #[serde(default)]
    pub resources: u32,
}

/// A user of the NetBird account (not of this platform).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Email; empty for service users.
    pub email: String,
    /// Role in NetBird.
    pub role: String,
    /// `active`, `invited` or `blocked`.
    pub status: String,
    /// Whether this is a service user.
    pub is_service_user: bool,
    /// Whether the user is blocked.
    pub is_blocked: bool,
    /// Whether somebody must approve the user first.
    pub pending_approval: bool,
    /// How the user came to be: `api`, `integration`; empty on older servers.
    pub issued: String,
    /// Last login, `None` if never.
    pub last_login: Option<Timestamp>,
}

/// An entry of NetBird's activity log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Decimal text, growing.
    pub id: String,
    /// When it happened.
    pub timestamp: Timestamp,
    /// What happened, in words.
    pub activity: String,
    /// What happened, as a code. NetBird adds codes, so this stays a string.
    pub activity_code: String,
    /// Who did it; empty names for what a peer or the system did.
    pub initiator_id: String,
    /// Name of who did it.
    pub initiator_name: String,
    /// Email of who did it.
    pub initiator_email: String,
    /// What it was done to.
    pub target_id: String,
    /// Further facts, which differ by code. Text only.
    pub meta: std::collections::BTreeMap<String, String>,
}
