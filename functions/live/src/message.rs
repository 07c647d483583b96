//! What the platform says over a socket.

use functions_alerts::AlertView;
use jiff::Timestamp;
use platform_core::live::{LiveRefusal, LiveReload, PeerChange};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What the platform says. What has a sequence is one of the tenant's messages: they come in order, each once.
#[derive(Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schema(as = LiveMessage)]
pub enum LiveMessage {
    /// The token is good.
    #[serde(rename_all = "camelCase")]
    Ready {
        /// What comes next is after this. Whoever was here before and knows more goes by what they know.
        sequence: u64,
        /// The end of the token: another is to come before it.
        expires_at: Timestamp,
    },
    /// There is a new alert.
    #[serde(rename_all = "camelCase")]
    AlertTriggered {
        /// Its place among the tenant's messages.
        sequence: u64,
        /// The alert, as `GET /api/alerts` shows it.
        alert: Box<AlertView>,
    },
    /// An alert changed.
    #[serde(rename_all = "camelCase")]
    AlertUpdated {
        /// Its place among the tenant's messages.
        sequence: u64,
        /// The alert, as `GET /api/alerts` shows it.
        alert: Box<AlertView>,
    },
    /// Peers of an account changed their status, or came or went.
    #[serde(rename_all = "camelCase")]
    PeerStatusChanged {
        /// Its place among the tenant's messages.
        sequence: u64,
        /// The account.
        account_id: Uuid,
        /// At most 200.
        changes: Vec<PeerChange>,
    },
    /// A sync of an account ended, well or not.
    #[serde(rename_all = "camelCase")]
    SyncCompleted {
        /// Its place among the tenant's messages.
        sequence: u64,
        /// The account.
        account_id: Uuid,
        /// When it ended.
        at: Timestamp,
        /// Whether the account could be read.
        is_healthy: bool,
    },
    /// There is more than is told: read it anew.
    #[serde(rename_all = "camelCase")]
    Reload {
        /// Its place among the tenant's messages.
        sequence: u64,
        /// What.
        what: LiveReload,
        /// Of which account, if of one.
        #[serde(skip_serializing_if = "Option::is_none")]
        account_id: Option<Uuid>,
    },
    /// The socket is closed after this.
    Error {
        /// Why.
        code: LiveRefusal,
        /// The same for people.
        detail: String,
    },
    /// To a `ping`.
    Pong {},
}

impl LiveMessage {
    /// As it is sent.
    pub(crate) fn text(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }
}

/// A message that was composed before its place was known, at its place.
pub(crate) fn at_place(text: &str, sequence: u64) -> Result<String, serde_json::Error> {
    let mut message: serde_json::Value = serde_json::from_str(text)?;
    message["sequence"] = sequence.into();
    Ok(message.to_string())
}
