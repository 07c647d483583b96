//! `GET /api/setup-keys`

use jiff::Timestamp;
use serde::Deserialize;

use super::Id;
use crate::list;

/// A key by which peers join without a user.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct SetupKey {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(default, deserialize_with = "list::text")]
    pub name: String,
    /// How the key begins; servers mask the rest.
    #[serde(default, deserialize_with = "list::text")]
    pub key: String,
    /// `reusable` or `one-off`.
    #[serde(default, rename = "type", deserialize_with = "list::text")]
    pub kind: String,
    /// `valid`, `overused`, `expired` or `revoked`.
    #[serde(default, deserialize_with = "list::text")]
    pub state: String,
    /// Whether peers that join by it are removed when they are gone for a while.
    #[serde(default, deserialize_with = "super::or_default")]
    pub ephemeral: bool,
    /// Whether peers that join by it may bring names of their own.
    #[serde(default, deserialize_with = "super::or_default")]
    pub allow_extra_dns_labels: bool,
    /// How many peers joined by it.
    #[serde(default, deserialize_with = "super::count")]
    pub used_times: u32,
    /// How many may.
    #[serde(default, deserialize_with = "super::count")]
    pub usage_limit: u32,
    /// From when on it is no good.
    #[serde(default, deserialize_with = "super::time")]
    pub expires: Option<Timestamp>,
    /// When a peer last joined by it.
    #[serde(default, deserialize_with = "super::time")]
    pub last_used: Option<Timestamp>,
    /// When it was changed last.
    #[serde(default, deserialize_with = "super::time")]
    pub updated_at: Option<Timestamp>,
    /// Ids of the groups that peers are put into.
    #[serde(default, deserialize_with = "list::few")]
    pub auto_groups: Vec<Id>,
}
