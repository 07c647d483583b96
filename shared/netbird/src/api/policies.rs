//! `GET /api/policies`

use std::fmt;

use serde::Deserialize;

use super::{GroupMinimum, Text};
use crate::list;

/// An access policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Policy {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(deserialize_with = "list::required_text")]
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// Whether it is in force.
    pub enabled: bool,
    /// Ids of posture checks.
    #[serde(default, deserialize_with = "list::few")]
    pub source_posture_checks: Vec<Id>,
    /// Its rules; today's servers send one.
    #[serde(default, deserialize_with = "list::few")]
    pub rules: Vec<PolicyRule>,
}

/// A rule of a policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PolicyRule {
    /// Name.
    #[serde(default, deserialize_with = "list::text")]
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// Whether it is in force while its policy is.
    #[serde(default, deserialize_with = "super::or_default")]
    pub enabled: bool,
    /// `accept` or `drop`.
    #[serde(default, deserialize_with = "list::text")]
    pub action: String,
    /// Whether it holds in both directions.
    #[serde(default, deserialize_with = "super::or_default")]
    pub bidirectional: bool,
    /// `all`, `tcp`, `udp`, `icmp` or `netbird-ssh`.
    #[serde(default, deserialize_with = "list::text")]
    pub protocol: String,
    /// Single ports.
    #[serde(default, deserialize_with = "list::few")]
    pub ports: Vec<Text>,
    /// Ranges of ports.
    #[serde(default, deserialize_with = "list::few")]
    pub port_ranges: Vec<PortRange>,
    /// Groups that it is about; absent where it is about one resource.
    #[serde(default, deserialize_with = "list::few")]
    pub sources: Vec<GroupMinimum>,
    /// The resource that it is about.
    #[serde(default, rename = "sourceResource")]
    pub source_resource: Option<ResourceRef>,
    /// Groups that they may reach; absent where it is one resource.
    #[serde(default, deserialize_with = "list::few")]
    pub destinations: Vec<GroupMinimum>,
    /// The resource that they may reach.
    #[serde(default, rename = "destinationResource")]
    pub destination_resource: Option<ResourceRef>,
}

/// An id in a list of ids.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Id(#[serde(deserialize_with = "list::id")] pub String);

/// Ports from one to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct PortRange {
    /// The first.
    pub start: u16,
    /// The last.
    pub end: u16,
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.start, self.end)
    }
}

/// A peer or a network resource.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ResourceRef {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// `peer`, `host`, `subnet` or `domain`.
    #[serde(default, rename = "type", deserialize_with = "list::text")]
    pub kind: String,
}
