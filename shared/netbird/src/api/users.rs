//! `GET /api/users`

use jiff::Timestamp;
use serde::Deserialize;

use crate::list;

/// A user or service user of the NetBird account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Name.
    #[serde(default, deserialize_with = "list::text")]
    pub name: String,
    /// Email; empty for service users.
    #[serde(default, deserialize_with = "list::text")]
    pub email: String,
    /// Role, such as `owner`, `admin`, `auditor`.
    #[serde(default, deserialize_with = "list::text")]
    pub role: String,
    /// `active`, `invited` or `blocked`.
    #[serde(default, deserialize_with = "list::text")]
    pub status: String,
    /// Whether this is a service user.
    #[serde(default, deserialize_with = "super::or_default")]
    pub is_service_user: bool,
    /// Whether the user is blocked.
    #[serde(default, deserialize_with = "super::or_default")]
    pub is_blocked: bool,
    /// Whether somebody must approve the user first.
    #[serde(default, deserialize_with = "super::or_default")]
    pub pending_approval: bool,
    /// How the user came to be.
    #[serde(default, deserialize_with = "list::text")]
    pub issued: String,
    /// Last login to the dashboard.
    #[serde(default, deserialize_with = "super::time")]
    pub last_login: Option<Timestamp>,
}
