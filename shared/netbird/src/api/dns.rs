//! `GET /api/dns/nameservers`, `GET /api/dns/settings`

use serde::Deserialize;

use super::{Id, Text};
use crate::list;

/// Nameservers for some domains, or for all.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NameserverGroup {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(default, deserialize_with = "list::text")]
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// Whether it is in force.
    #[serde(default, deserialize_with = "super::or_default")]
    pub enabled: bool,
    /// Whether it resolves every domain that no other group does.
    #[serde(default, deserialize_with = "super::or_default")]
    pub primary: bool,
    /// Who resolves.
    #[serde(default, deserialize_with = "list::few")]
    pub nameservers: Vec<Nameserver>,
    /// The domains that it resolves.
    #[serde(default, deserialize_with = "list::few")]
    pub domains: Vec<Text>,
    /// Whether peers try the domains after a name without dots.
    #[serde(default, deserialize_with = "super::or_default")]
    pub search_domains_enabled: bool,
    /// Ids of the groups whose peers use it.
    #[serde(default, deserialize_with = "list::few")]
    pub groups: Vec<Id>,
}

/// A nameserver.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Nameserver {
    /// Address.
    #[serde(default, deserialize_with = "list::text")]
    pub ip: String,
    /// `udp`.
    #[serde(default, deserialize_with = "list::text")]
    pub ns_type: String,
    /// Port.
    #[serde(default, deserialize_with = "super::count")]
    pub port: u32,
}

/// How an account hands out name resolution.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct DnsSettings {
    /// Ids of the groups whose peers are left as they are.
    #[serde(default, deserialize_with = "list::ids")]
    pub disabled_management_groups: Vec<Id>,
}
