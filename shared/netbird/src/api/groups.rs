//! `GET /api/groups`

use serde::Deserialize;

/// A group with its members.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Group {
    /// NetBird's id.
    pub id: String,
    /// Display name.
    pub name: String,
    /// How it came to be: `api`, `jwt`, `integration`.
    #[serde(default, deserialize_with = "super::or_default")]
    pub issued: String,
    /// Members; `null` for none.
    #[serde(default, deserialize_with = "super::or_default")]
    pub peers: Vec<PeerMinimum>,
    /// Network resources in it; `null` for none.
    #[serde(default, deserialize_with = "super::or_default")]
    pub resources: Vec<Resource>,
}

/// A peer as a group lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PeerMinimum {
    /// NetBird's id.
    pub id: String,
}

/// A network resource as a group lists it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Resource {
    /// NetBird's id.
    pub id: String,
}

/// A group as a peer lists it. NetBird's counts differ from place to place in one answer, so they are not read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GroupMinimum {
    /// NetBird's id.
    pub id: String,
    /// Display name.
    pub name: String,
}
