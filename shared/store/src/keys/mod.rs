//! Keys of the one table. The only place that spells them: a file for each aggregate, its index keys beside.

mod account;
mod alert;
mod outbox;
mod platform;
mod tenant;
mod user;

use jiff::Timestamp;
use platform_core::ids::{MailId, TenantId};
use platform_core::tenancy::Email;
use serde::Deserialize;

use crate::operations::Attributes;

pub use outbox::DUE_SHARDS;

pub(crate) use account::*;
pub(crate) use alert::*;
pub(crate) use outbox::*;
pub(crate) use platform::*;
pub(crate) use tenant::*;
pub(crate) use user::*;

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Place in it.
    pub sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// The key of a stored item.
    pub(crate) fn of(item: &Attributes) -> Option<Self> {
        let text = |name| item.get(name)?.as_s().ok().cloned();
        Some(Self { pk: text("pk")?, sk: text("sk")? })
    }

    /// The tenant in whose own partition it lies.
    pub fn tenant(&self) -> Option<TenantId> {
        self.pk.strip_prefix("TENANT#")?.parse().ok()
    }

    /// What it is the key of, if that waits to be sent.
    pub fn waiting(&self) -> Option<Waiting> {
        if let Some(mail) = self.sk.strip_prefix(MAIL) {
            return Some(Waiting::Mail(mail.parse().ok()?));
        }
        let tenant = self.tenant()?;
        if let Some(to) = self.sk.strip_prefix(DIGEST) {
            return Some(Waiting::Digest { tenant, to: to.parse().ok()? });
        }
        Some(Waiting::Intent { tenant, key: self.sk.strip_prefix(INTENT)?.to_owned() })
    }

    /// Whether it is the key of something that is sent as soon as it is written: on AWS the stream's filter says the same.
    /// Summaries wait for their time, so the sweeper finds them.
    pub fn is_outbox(&self) -> bool {
        self.sk.starts_with(INTENT) || self.sk.starts_with(MAIL)
    }
}

/// What waits to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// A mail about an account.
    Mail(MailId),
    /// A recipient's summary.
    Digest {
        /// Whose alerts.
        tenant: TenantId,
        /// The recipient.
        to: Email,
    },
    /// A notification.
    Intent {
        /// Whose.
        tenant: TenantId,
        /// Its key.
        key: String,
    },
}

/// A time as text that sorts as the time does: always UTC, always milliseconds.
pub fn sortable(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_sort_as_text() {
        let earlier: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-01-01T00:00:00.5Z".parse().unwrap();
        assert!(sortable(earlier) < sortable(later));
        assert_eq!(sortable(later), "2026-01-01T00:00:00.500Z");
    }
}
