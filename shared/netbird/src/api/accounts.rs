//! `GET /api/accounts`

use jiff::Timestamp;
use serde::Deserialize;

use crate::list;

/// The account that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Account {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Email domain that users join by; often empty on self-hosted servers.
    #[serde(default, deserialize_with = "list::text")]
    pub domain: String,
    /// When it was made.
    #[serde(default, deserialize_with = "super::time")]
    pub created_at: Option<Timestamp>,
}
