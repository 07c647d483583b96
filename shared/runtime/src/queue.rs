//! Queues. Messages are tagged and versioned and carry ids, not state: whoever takes one reads what is true then.

use std::fmt;

use jiff::{SignedDuration, Timestamp};
use platform_core::channel::Route;
use platform_core::ids::{AccountId, AlertId, AuditExportId, MailId, TenantId};
use platform_core::live::ConnectionId;
pub use platform_core::queue::Queue;
use platform_core::tenancy::Email;
use platform_store::Aggregate;
use platform_store::feed::{Change, How};
use serde::{Deserialize, Serialize};

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
pub enum Message {
    /// Sync an account.
    #[serde(rename = "sync.v1")]
    Sync {
        /// Whose.
        tenant: TenantId,
        /// The account.
        account: AccountId,
        /// When it was asked for: a sync that began later was this one too.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asked_at: Option<Timestamp>,
    },
    /// Evaluate the rules of an account.
    #[serde(rename = "evaluate.v1")]
    Evaluate {
        /// Whose.
        tenant: TenantId,
        /// The account.
        account: AccountId,
    },
    /// Send a notification.
    #[serde(rename = "notify.v1")]
    Notify {
        /// Whose.
        tenant: TenantId,
        /// The intent's key.
        intent: String,
    },
    /// Send a recipient's summary.
    #[serde(rename = "digest.v1")]
    Digest {
        /// Whose alerts.
        tenant: TenantId,
        /// The recipient.
        to: Email,
    },
    /// Tell a tenant's open pages.
    #[serde(rename = "live.v1")]
    Live {
        /// Whose pages.
        tenant: TenantId,
        /// What.
        what: Happened,
    },
    /// Close a connection unless it is known by now whose it is.
    #[serde(rename = "expectAuth.v1")]
    ExpectAuth {
        /// Which.
        connection: ConnectionId,
    },
    /// Write an export of the audit trail, or go on with it.
    #[serde(rename = "auditExport.v1")]
    AuditExport {
        /// Whose.
        tenant: TenantId,
        /// Which.
        export: AuditExportId,
    },
    /// Send a mail about an account.
    #[serde(rename = "mail.v1")]
    Mail {
        /// Which.
        mail: MailId,
    },
}

/// What a tenant's open pages are to be told.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Happened {
    /// An alert was written.
    Alert {
        /// Which.
        id: AlertId,
        /// Whether it was there before.
        is_new: bool,
    },
    /// A sync found changes of peer status.
    Transitions {
        /// Of which account.
        account: AccountId,
        /// When.
        seen_at: Timestamp,
        /// Which part of them.
        part: usize,
    },
    /// A sync ended.
    Sync {
        /// Of which account.
        account: AccountId,
    },
    /// More than is known: changes were missed.
    Missed,
    /// Nothing: sessions, roles and tokens are to be looked at, and what waits is to be sent.
    Minute,
}

impl Message {
    /// The queue it goes to.
    pub fn queue(&self) -> Queue {
        match self {
            Message::Sync { .. } => Queue::Sync,
            Message::Evaluate { .. } => Queue::Evaluate,
            Message::Notify { intent, .. } if Route::of_key(intent).is_some_and(|route| route.channel.is_posted()) => {
                Queue::Webhook
            }
            Message::Notify { .. } | Message::Digest { .. } => Queue::AlertMail,
            Message::Mail { .. } => Queue::Mail,
            Message::Live { .. } | Message::ExpectAuth { .. } => Queue::Live,
            Message::AuditExport { .. } => Queue::Export,
        }
    }

    /// What an item of the outbox asks for.
    pub fn of_outbox(tenant: Option<TenantId>, what: Aggregate) -> Option<Self> {
        match (what, tenant) {
            (Aggregate::Mail(mail), _) => Some(Message::Mail { mail }),
            (Aggregate::Digest(to), Some(tenant)) => Some(Message::Digest { tenant, to }),
            (Aggregate::AuditExport(export), Some(tenant)) => Some(Message::AuditExport { tenant, export }),
            (Aggregate::Intent(intent), Some(tenant)) => Some(Message::Notify { tenant, intent }),
            _ => None,
        }
    }

    /// What a change is to open pages, if they are told of it.
    pub fn of_change(change: &Change) -> Option<Self> {
        let what = match change.what {
            Aggregate::Alert(id) => Happened::Alert { id, is_new: change.how == How::Created },
            Aggregate::Transitions(account, seen_at, part) => Happened::Transitions { account, seen_at, part },
            _ => return None,
        };
        Some(Message::Live { tenant: change.tenant?, what })
    }

    /// What it asks for, whenever it was asked: two messages of which this is alike are one.
    pub fn subject(&self) -> Self {
        match self {
            Message::Sync { tenant, account, .. } => {
                Message::Sync { tenant: *tenant, account: *account, asked_at: None }
            }
            other => other.clone(),
        }
    }

    /// Whose it is: queues serve tenants in turn. Mails belong to people, who are served in turn as well.
    pub fn group(&self) -> String {
        match self {
            Message::Sync { tenant, .. }
            | Message::Evaluate { tenant, .. }
            | Message::Notify { tenant, .. }
            | Message::Digest { tenant, .. }
            | Message::Live { tenant, .. }
            | Message::AuditExport { tenant, .. } => tenant.to_string(),
            Message::ExpectAuth { connection } => connection.to_string(),
            Message::Mail { mail } => mail.to_string(),
        }
    }
}

/// A message that could not be put into its queue.
#[derive(Debug, thiserror::Error)]
#[error("a queue does not take messages")]
pub struct QueueError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

/// A future of a trait object's method.
pub type Future<'a, T> = std::pin::Pin<Box<dyn std::future::Future<Output = T> + Send + 'a>>;

/// Takes messages.
pub trait Queues: Send + Sync {
    /// Puts messages into their queues, to be taken after a delay of at most 15 minutes. On error some may be in them:
    /// messages may come twice anyway.
    fn send_after(&self, messages: Vec<Message>, delay: SignedDuration) -> Future<'_, Result<(), QueueError>>;

    /// Whether messages outlive the process, so that what is in a queue need not be put there again. Queues of which this
    /// is not so know which messages wait in them, and take none twice.
    fn is_durable(&self) -> bool {
        true
    }

    /// Puts messages into their queues, to be taken at once.
    fn send(&self, messages: Vec<Message>) -> Future<'_, Result<(), QueueError>> {
        self.send_after(messages, SignedDuration::ZERO)
    }
}

impl fmt::Debug for dyn Queues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Queues")
    }
}
