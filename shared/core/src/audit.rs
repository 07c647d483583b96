//! The audit trail: who did what to which, from where.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ids::{ApiTokenId, AuditId, SessionId, TenantId, UserId};

/// Who acts, and from where. Part of every state change that a person makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Actor {
    /// The user.
    pub user: UserId,
    /// The user's name at that time.
    pub name: String,
    /// The session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// The API token, if it was no session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<ApiTokenId>,
    /// Address of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Browser or client.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

impl Actor {
    /// The platform itself, of its own accord.
    pub fn platform() -> Self {
        Self::new(UserId::from_uuid(uuid::Uuid::nil()), "NetBird platform")
    }

    /// Somebody of whom no more is known than who they are: the host acts for them.
    pub fn new(user: UserId, name: impl Into<String>) -> Self {
        Self { user, name: name.into(), session: None, token: None, ip: None, user_agent: None }
    }
}

/// One entry. Never holds a secret: values are what the API would show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// Id.
    pub id: AuditId,
    /// Whose trail.
    pub tenant: TenantId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What was done, such as `rule.create`.
    pub action: String,
    /// To what kind of thing, such as `rule`.
    pub resource_type: String,
    /// To which.
    pub resource_id: String,
    /// Before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old_values: Option<Value>,
    /// After.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_values: Option<Value>,
}

/// Says what an entry was when it was written. The seals of a month are a chain: each holds the one before, so that none can be
/// changed, removed or put between without all that come after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Seal {
    /// Whose trail.
    pub tenant: TenantId,
    /// Its place in the chain of its month, from 1.
    pub number: u64,
    /// The entry.
    pub entry: AuditId,
    /// When that was written.
    pub entry_at: Timestamp,
    /// SHA-256 of the entry, in hexadecimal digits.
    pub fingerprint: String,
    /// When it was sealed.
    pub at: Timestamp,
    /// The hash of the seal before; empty for the first one of a month.
    #[serde(default)]
    pub previous: String,
    /// SHA-256 of all the rest, in hexadecimal digits.
    #[serde(default)]
    pub hash: String,
}
