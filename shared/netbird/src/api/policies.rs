//! `GET /api/policies`

use serde::Deserialize;

/// An access policy, without its rules.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Policy {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    #[serde(default, deserialize_with = "super::or_default")]
    pub description: String,
    /// Whether it is in force.
    pub enabled: bool,
}
