//! A recipient as the API shows them.

use jiff::Timestamp;
use platform_core::recipient::{Consent, Recipient};
use platform_store::recipients::recipient_id;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody whom a rule names and who is not a member, and whether they want alerts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Recipient)]
pub(crate) struct RecipientView {
    /// Stands for the address.
    id: String,
    email: String,
    status: Consent,
    /// When they were last asked.
    asked_at: Timestamp,
    /// When they answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<Timestamp>,
}

impl From<Recipient> for RecipientView {
    fn from(recipient: Recipient) -> Self {
        Self {
            id: recipient_id(&recipient.email),
            status: recipient.consent,
            asked_at: recipient.asked_at,
            answered_at: recipient.answered_at,
            email: recipient.email.to_string(),
        }
    }
}
