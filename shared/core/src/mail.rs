//! Mails about accounts, waiting to be sent.
//!
//! Whoever asks for a mail writes only what it is about. Whether the address is known, and the token of its link, are
//! the sender's business: so the answer to "forgot password" cannot tell, and no token ever rests in the table or a queue.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::channel::Route;
use crate::ids::{ChannelId, InvitationId, MailId, RuleId, SignUpId, TenantId, UserId};
use crate::tenancy::Email;

/// A mail that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Mail {
    /// Id.
    pub id: MailId,
    /// Where it goes.
    pub to: Email,
    /// What it is about.
    pub about: MailAbout,
    /// Tries so far.
    pub attempts: u32,
    /// When the sweeper looks whether anybody took it.
    pub due: Timestamp,
    /// Not tried before this.
    #[serde(default)]
    pub ready_at: Timestamp,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}

/// What a mail is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum MailAbout {
    /// Somebody signed up with this address: a link to prove it, or, if it is known already, a word about that.
    SignUp {
        /// The sign-up.
        id: SignUpId,
    },
    /// Somebody forgot the password of this address, if there is one.
    ResetPassword {
        /// From where it was asked.
        from: Origin,
    },
    /// An invitation.
    Invitation {
        /// Into which tenant.
        tenant: TenantId,
        /// Which.
        id: InvitationId,
    },
    /// Alerts of a tenant are to go to this address, whose owner is not a member: do they want them?
    ConfirmRecipient {
        /// The tenant.
        tenant: TenantId,
    },
    /// The platform switched a channel off; this goes to the tenant's owners.
    ChannelOff {
        /// The tenant.
        tenant: TenantId,
        /// Which.
        channel: ChannelId,
        /// What it is called.
        name: String,
        /// Why.
        reason: String,
    },
    /// The platform switched a channel of a rule's own off; this goes to the tenant's owners.
    RuleChannelOff {
        /// The tenant.
        tenant: TenantId,
        /// The rule.
        rule: RuleId,
        /// What it is called.
        name: String,
        /// Which of its channels.
        by: Route,
        /// Why.
        reason: String,
    },
    /// A user wants this address.
    ConfirmEmail {
        /// Who.
        user: UserId,
        /// When their password was last changed as they asked.
        password_changed_at: Option<Timestamp>,
    },
    /// A user has another address now; this goes to the old one.
    EmailChanged {
        /// The new one.
        new: Email,
        /// From where.
        from: Origin,
    },
    /// A sign-in from a browser that was not seen before.
    NewDevice {
        /// From where.
        from: Origin,
    },
    /// The password was changed.
    PasswordChanged {
        /// From where.
        from: Origin,
    },
    /// The second factor was set up or taken away.
    SecondFactorChanged {
        /// Whether there is one now.
        enabled: bool,
        /// From where.
        from: Origin,
    },
    /// There are new recovery codes.
    RecoveryCodesRenewed {
        /// From where.
        from: Origin,
    },
    /// A recovery code took the place of the second factor.
    RecoveryCodeUsed {
        /// How many are left.
        left: usize,
        /// From where.
        from: Origin,
    },
}

/// From where something was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// When.
    pub at: Timestamp,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// Browser or program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_agent: Option<String>,
}

impl Mail {
    /// Tries before it is given up.
    pub const TRIES: u32 = 6;
    /// A mail that was not sent within this is not sent any more: its reader has asked again long since.
    pub const LIFE: SignedDuration = SignedDuration::from_hours(24);
    /// Nobody else takes a mail for this long after it was claimed.
    const CLAIM: SignedDuration = SignedDuration::from_mins(2);

    /// A mail to be sent now.
    pub fn new(id: MailId, to: Email, about: MailAbout, now: Timestamp) -> Self {
        Self { id, to, about, attempts: 0, due: now, ready_at: now, created_at: now, version: 1 }
    }

    /// Whether it may be sent now.
    pub fn is_ready(&self, now: Timestamp) -> bool {
        self.ready_at <= now
    }

    /// Takes it for one try.
    pub fn claim(&mut self, now: Timestamp) {
        self.attempts += 1;
        // Later and later, as long as the mail server does not take it.
        self.due = now + Self::CLAIM * (1 << self.attempts.min(6));
        self.ready_at = self.due;
    }
}
