//! `GET /api/users`

use jiff::Timestamp;
use serde::Deserialize;

/// A user or service user of the NetBird account.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct User {
    /// NetBird's id.
    pub id: String,
    /// Name.
    #[serde(default, deserialize_with = "super::or_default")]
    pub name: String,
    /// Email; empty for service users.
    #[serde(default, deserialize_with = "super::or_default")]
    pub email: String,
    /// Role, such as `owner`, `admin`, `auditor`.
    #[serde(default, deserialize_with = "super::or_default")]
    pub role: String,
    /// `active`, `invited` or `blocked`.
    #[serde(default, deserialize_with = "super::or_default")]
    pub status: String,
    /// Whether this is a service user.
    #[serde(default, deserialize_with = "super::or_default")]
    pub is_service_user: bool,
    /// Whether the user is blocked.
    #[serde(default, deserialize_with = "super::or_default")]
    pub is_blocked: bool,
    /// Last login to the dashboard.
    #[serde(default, deserialize_with = "super::time")]
    pub last_login: Option<Timestamp>,
}
