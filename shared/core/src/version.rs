//! Versions: how a write tells what it replaces.
//!
//! What may change carries the number of its writes. Whoever changes it reads it, changes it and hands it to the store,
//! which counts and names the version that was read: of two who read the same, one is told to look again. Nobody else
//! touches the number.

use crate::access_review::AccessReview;
use crate::account::{Account, SyncState};
use crate::alert::Alert;
use crate::api_token::ApiToken;
use crate::audit_export::AuditExport;
use crate::digest::Digest;
use crate::episode::Episode;
use crate::evaluate::RuleState;
use crate::intent::Intent;
use crate::invitation::Invitation;
use crate::mail::Mail;
use crate::proposal::Proposal;
use crate::receiver::Silence;
use crate::recipient::Recipient;
use crate::rule::Rule;
use crate::sso::SsoSettings;
use crate::tenancy::{Membership, Session, Tenant, User};
use crate::tenant_channel::TenantChannel;
use crate::throttle::Attempts;

/// What counts its writes.
pub trait Versioned {
    /// The version that is stored; 0 of what never was.
    fn version(&self) -> u64;

    /// Notes that a write makes it this version. For the store.
    fn set_version(&mut self, version: u64);
}

/// Makes types with a field `version` [`Versioned`].
#[macro_export]
macro_rules! versioned {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::version::Versioned for $type {
            fn version(&self) -> u64 {
                self.version
            }

            fn set_version(&mut self, version: u64) {
                self.version = version;
            }
        })*
    };
}

versioned!(
    AccessReview,
    Account,
    Alert,
    ApiToken,
    Attempts,
    AuditExport,
    Digest,
    Episode,
    Intent,
    Invitation,
    Mail,
    Membership,
    Proposal,
    Recipient,
    Rule,
    RuleState,
    Session,
    Silence,
    crate::silence::Silence,
    SsoSettings,
    SyncState,
    Tenant,
    TenantChannel,
    crate::rota::Rota,
    crate::routing::AlertRoute,
    User,
);
