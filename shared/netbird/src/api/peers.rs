//! `GET /api/peers`

use jiff::Timestamp;
use serde::Deserialize;

use super::GroupMinimum;
use crate::list;

/// A peer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Peer {
    /// NetBird's id, stable for the peer's life.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Display name.
    #[serde(default, deserialize_with = "list::text")]
    pub name: String,
    /// Hostname as the client reports it.
    #[serde(default, deserialize_with = "list::text")]
    pub hostname: String,
    /// Address in the mesh.
    #[serde(default, deserialize_with = "list::text")]
    pub ip: String,
    /// Address in the mesh, IPv6.
    #[serde(default, deserialize_with = "list::optional_text")]
    pub ipv6: Option<String>,
    /// Public address, kept after a disconnect; the text `<nil>` when there never was one.
    #[serde(default, deserialize_with = "list::optional_text")]
    pub connection_ip: Option<String>,
    /// Whether the peer holds a connection to the management server, or did when that server last knew.
    pub connected: bool,
    /// While connected the start of the session, afterwards the moment it ended. To the second.
    pub last_seen: Timestamp,
    /// Last login.
    #[serde(default, deserialize_with = "super::time")]
    pub last_login: Option<Timestamp>,
    /// When it was registered.
    #[serde(default, deserialize_with = "super::time")]
    pub created_at: Option<Timestamp>,
    /// ISO country code; empty without GeoIP data.
    #[serde(default, deserialize_with = "list::text")]
    pub country_code: String,
    /// City; empty without GeoIP data.
    #[serde(default, deserialize_with = "list::text")]
    pub city_name: String,
    /// Operating system and version in one string.
    #[serde(default, deserialize_with = "list::text")]
    pub os: String,
    /// Kernel version.
    #[serde(default, deserialize_with = "list::text")]
    pub kernel_version: String,
    /// Client version.
    #[serde(default, deserialize_with = "list::text")]
    pub version: String,
    /// Groups it is in.
    #[serde(default, deserialize_with = "list::few")]
    pub groups: Vec<GroupMinimum>,
    /// The user who registered it; empty for a setup key.
    #[serde(default, deserialize_with = "list::text")]
    pub user_id: String,
    /// Name under the network's DNS domain.
    #[serde(default, deserialize_with = "list::text")]
    pub dns_label: String,
    /// Whether its login expires, if logins do.
    pub login_expiration_enabled: Option<bool>,
    /// Whether its login expired.
    #[serde(default, deserialize_with = "super::or_default")]
    pub login_expired: bool,
    /// Whether it awaits approval.
    #[serde(default, deserialize_with = "super::or_default")]
    pub approval_required: bool,
    /// Whether NetBird removes it when it stays away.
    #[serde(default, deserialize_with = "super::or_default")]
    pub ephemeral: bool,
    /// Whether NetBird's SSH server is enabled on it.
    #[serde(default, deserialize_with = "super::or_default")]
    pub ssh_enabled: bool,
    /// What the client was told to leave out; older clients do not say.
    pub local_flags: Option<PeerLocalFlags>,
}

/// Switches of the client itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PeerLocalFlags {
    /// The client ignores the network's DNS settings.
    pub disable_dns: Option<bool>,
    /// The client ignores the network's firewall rules.
    pub disable_firewall: Option<bool>,
}
