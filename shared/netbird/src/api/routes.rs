//! `GET /api/routes`

use serde::Deserialize;

use super::{Id, Text};
use crate::list;

/// A route of the older kind.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Route {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Its name, which routes that stand in for each other share.
    #[serde(default, deserialize_with = "list::text")]
    pub network_id: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// Whether it is in force.
    pub enabled: bool,
    /// The range that it leads to; `192.0.2.0/32` for domains.
    #[serde(default, deserialize_with = "list::text")]
    pub network: String,
    /// `IPv4`, `IPv6` or `Domain`.
    #[serde(default, deserialize_with = "list::text")]
    pub network_type: String,
    /// The domains that it leads to.
    #[serde(default, deserialize_with = "list::few")]
    pub domains: Vec<Text>,
    /// Id of the peer that routes; empty where it is groups.
    #[serde(default, deserialize_with = "list::text")]
    pub peer: String,
    /// Ids of the groups whose peers route.
    #[serde(default, deserialize_with = "list::few")]
    pub peer_groups: Vec<Id>,
    /// Ids of the groups whose peers get it.
    #[serde(default, deserialize_with = "list::few")]
    pub groups: Vec<Id>,
    /// Ids of the groups that policies name for what is behind it.
    #[serde(default, deserialize_with = "list::few")]
    pub access_control_groups: Vec<Id>,
    /// The lower, the better.
    #[serde(default, deserialize_with = "super::count")]
    pub metric: u32,
    /// Whether the network sees the routing peer's address.
    #[serde(default, deserialize_with = "super::or_default")]
    pub masquerade: bool,
    /// Whether addresses stay routed after a domain has changed them.
    #[serde(default, deserialize_with = "super::or_default")]
    pub keep_route: bool,
    /// Whether clients leave it off until somebody chooses it.
    #[serde(default, deserialize_with = "super::or_default")]
    pub skip_auto_apply: bool,
}
