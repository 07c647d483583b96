//! `GET /api/groups`

use serde::Deserialize;

use crate::list;

/// A group with its members.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Display name.
    #[serde(deserialize_with = "list::required_text")]
    pub name: String,
    /// How it came to be: `api`, `jwt`, `integration`.
    #[serde(default, deserialize_with = "list::text")]
    pub issued: String,
    /// How many members it lists.
    #[serde(default, deserialize_with = "list::number")]
    pub peers: u32,
    /// How many network resources it lists.
    #[serde(default, deserialize_with = "list::number")]
    pub resources: u32,
}

/// A group as a peer lists it. NetBird's counts differ from place to place in one answer, so they are not read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GroupMinimum {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Display name.
    #[serde(deserialize_with = "list::required_text")]
    pub name: String,
}
