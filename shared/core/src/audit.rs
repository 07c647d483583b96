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
