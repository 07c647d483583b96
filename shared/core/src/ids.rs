//! Identifiers. Each kind is its own type, so that a user's id is never taken for a tenant's.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::{Entropy, uuid_v7};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id that sorts after all earlier ones.
            pub fn new(now: Timestamp, entropy: &dyn Entropy) -> Self {
                Self(uuid_v7(now, entropy))
            }

            /// Wraps a UUID that was made elsewhere.
            pub const fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            pub const fn uuid(self) -> Uuid {
                self.0
            }

            /// When it was made, to the millisecond: ids begin with it.
            pub fn made_at(self) -> Timestamp {
                let millis = i64::try_from(self.0.as_u64_pair().0 >> 16).unwrap_or_default();
                Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    };
}

id!(
    /// A tenant: a company, or one of an MSP's customers.
    TenantId
);
id!(
    /// A person who signs in.
    UserId
);
id!(
    /// One sign-in of one user.
    SessionId
);
id!(
    /// A connected NetBird account.
    AccountId
);
id!(
    /// An alert rule.
    RuleId
);
id!(
    /// One alert.
    AlertId
);
id!(
    /// A silence.
    SilenceId
);
id!(
    /// A channel of a tenant.
    ChannelId
);
id!(
    /// A rota of who is on call.
    RotaId
);
id!(
    /// That somebody stands in for whoever has the turn.
    OverrideId
);
id!(
    /// A route of alerts to channels.
    AlertRouteId
);
id!(
    /// A change that somebody proposes.
    ProposalId
);
id!(
    /// A review of who can reach what.
    ReviewId
);
id!(
    /// One entry of the audit trail.
    AuditId
);
id!(
    /// An export of the audit trail.
    AuditExportId
);
id!(
    /// A series of a tenant's own metrics.
    OwnSeriesId
);
id!(
    /// An invitation into a tenant. Stands in the place of a user's id until it is accepted.
    InvitationId
);
id!(
    /// An API token.
    ApiTokenId
);
id!(
    /// A mail that waits to be sent.
    MailId
);
id!(
    /// A sign-up that waits for its address to be proven.
    SignUpId
);
