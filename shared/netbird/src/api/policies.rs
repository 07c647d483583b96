//! `GET /api/policies`

use serde::Deserialize;

use crate::list;

/// An access policy, without its rules.
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
}
