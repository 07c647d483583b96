//! Recipients of alerts who are not members of the tenant: they are asked once before the first alert is sent to them, or
//! anybody could have the platform write to anybody.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::TenantId;
use crate::named;
use crate::tenancy::Email;

/// Recipients who are not members that a tenant may have.
pub const MAX_RECIPIENTS_OF_TENANT: usize = 100;

named! {
    /// What somebody said to being sent alerts.
    pub enum Consent {
        /// Nothing yet.
        Pending = "pending",
        /// Yes.
        Confirmed = "confirmed",
        /// No.
        Declined = "declined",
    }
}

/// Somebody whom a rule names and who is not a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    /// Whose rules.
    pub tenant: TenantId,
    /// The address.
    pub email: Email,
    /// What its owner said.
    pub consent: Consent,
    /// When they were last asked.
    pub asked_at: Timestamp,
    /// When they answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_at: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

impl Recipient {
    /// How long after a request the next one may go.
    pub const ASK_AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(12);

    /// Somebody who is asked now.
    pub fn new(tenant: TenantId, email: Email, now: Timestamp) -> Self {
        Self { tenant, email, consent: Consent::Pending, asked_at: now, answered_at: None, version: 1 }
    }

    /// They answered. They may change their mind.
    pub fn answer(&mut self, accepts: bool, now: Timestamp) {
        self.consent = if accepts { Consent::Confirmed } else { Consent::Declined };
        self.answered_at = Some(now);
    }
}
