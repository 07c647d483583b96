//! `GET /api/networks`, `GET /api/networks/resources`, `GET /api/networks/routers`

use serde::Deserialize;

use super::{GroupMinimum, Id};
use crate::list;

/// A network behind routing peers. Its routing peers are counted by NetBird in a way that differs from place to place, so
/// that number is not read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Network {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(deserialize_with = "list::required_text")]
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// Ids of its resources: they do not name their network themselves.
    #[serde(default, deserialize_with = "list::ids")]
    pub resources: Vec<Id>,
    /// Ids of its routers.
    #[serde(default, deserialize_with = "list::ids")]
    pub routers: Vec<Id>,
    /// Ids of the policies about its resources.
    #[serde(default, deserialize_with = "list::ids")]
    pub policies: Vec<Id>,
}

/// What a network makes reachable.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NetworkResource {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(deserialize_with = "list::required_text")]
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "list::text")]
    pub description: String,
    /// `host`, `subnet` or `domain`.
    #[serde(default, rename = "type", deserialize_with = "list::text")]
    pub kind: String,
    /// An address with its prefix, or a domain.
    #[serde(default, deserialize_with = "list::text")]
    pub address: String,
    /// Whether it is in force; older releases do not tell, and know nothing else.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// Groups that it is in.
    #[serde(default, deserialize_with = "list::few")]
    pub groups: Vec<GroupMinimum>,
}

/// Who routes to a network: one peer, or all of some groups.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NetworkRouter {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Id of the peer; empty where it is groups.
    #[serde(default, deserialize_with = "list::text")]
    pub peer: String,
    /// Ids of the groups.
    #[serde(default, deserialize_with = "list::few")]
    pub peer_groups: Vec<Id>,
    /// The lower, the better.
    #[serde(default, deserialize_with = "super::count")]
    pub metric: u32,
    /// Whether the network sees the router's address instead of the peer's.
    #[serde(default, deserialize_with = "super::or_default")]
    pub masquerade: bool,
    /// Whether it is in force; older releases do not tell, and know nothing else.
    #[serde(default)]
    pub enabled: Option<bool>,
}
