//! Links in mails: random, good once, for one purpose, for a while.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::channel::Route;
use crate::ids::{AlertId, InvitationId, SignUpId, TenantId, UserId};
use crate::tenancy::Email;

/// What a link is good for. Only the SHA-256 of its token is stored, as the key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// What it does.
    pub purpose: LinkPurpose,
    /// Until when.
    pub expires_at: Timestamp,
}

/// What a link does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LinkPurpose {
    /// Proves the address of a sign-up.
    SignUp {
        /// Which.
        id: SignUpId,
    },
    /// Sets a new password.
    ResetPassword {
        /// Whose.
        user: UserId,
        /// The address that the link went to: it is void once the user has another one.
        email: Email,
        /// When the password was last changed: a later change makes the link void.
        password_changed_at: Option<Timestamp>,
    },
    /// Accepts an invitation.
    Invitation {
        /// Into which tenant.
        tenant: TenantId,
        /// Which.
        id: InvitationId,
    },
    /// Says whether alerts of a tenant may go to an address. Good as often as its owner changes their mind.
    ConfirmRecipient {
        /// The tenant.
        tenant: TenantId,
        /// The address.
        email: Email,
    },
    /// Takes an alert on, for whoever was told of it.
    AcknowledgeAlert {
        /// The tenant.
        tenant: TenantId,
        /// The alert.
        alert: AlertId,
        /// The way that the message went.
        route: Route,
        /// Whom it went to, as it may be shown.
        target: String,
        /// When it was sent: what was acknowledged since is not acknowledged by it again.
        sent_at: Timestamp,
    },
    /// Proves a new address of a user.
    ConfirmEmail {
        /// Whose.
        user: UserId,
        /// The new address.
        email: Email,
        /// When the password was last changed: a later change makes the link void, since whoever asked for it may have
        /// been the reason.
        password_changed_at: Option<Timestamp>,
    },
}

impl LinkPurpose {
    /// How long such a link is good.
    pub const fn life(&self) -> SignedDuration {
        match self {
            LinkPurpose::SignUp { .. } | LinkPurpose::ConfirmEmail { .. } => SignedDuration::from_hours(24),
            LinkPurpose::ResetPassword { .. } => SignedDuration::from_hours(1),
            LinkPurpose::AcknowledgeAlert { .. } => SignedDuration::from_hours(72),
            LinkPurpose::Invitation { .. } => SignedDuration::from_hours(7 * 24),
            LinkPurpose::ConfirmRecipient { .. } => SignedDuration::from_hours(30 * 24),
        }
    }

    /// The page of the web app that takes the token from the address's fragment, which browsers send to nobody.
    pub const fn page(&self) -> &'static str {
        match self {
            LinkPurpose::SignUp { .. } => "sign-up/verify",
            LinkPurpose::ResetPassword { .. } => "reset-password",
            LinkPurpose::Invitation { .. } => "invitation",
            LinkPurpose::AcknowledgeAlert { .. } => "acknowledge",
            LinkPurpose::ConfirmEmail { .. } => "confirm-email",
            LinkPurpose::ConfirmRecipient { .. } => "confirm-recipient",
        }
    }
}
