//! Connected NetBird accounts, and how reading them goes.

mod interval;
mod lists;
mod marks;
mod read_at;
mod sync_log;
mod sync_state;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, TenantId, UserId};
use crate::named;
use crate::network::{
    DnsSettings, Group, NameserverGroup, NetbirdAccount, Network, NetworkResource, NetworkRouter, Peer, PeerStatus,
    Policy, PostureCheck, Route, SetupKey, User,
};
use crate::resource::Counted;

pub use interval::{SyncInterval, Tried};
pub use lists::Lack;
pub use sync_log::{
    EndedSync, LoggedSync, QuietSyncs, SyncCall, SyncCallOutcome, SyncError, SyncFound, SyncOutcome, SyncTally,
};
pub use sync_state::{AccountStatus, Logged, NOTABLE_SKEW, SILENT_AFTER, SyncState, UNREACHABLE_AFTER};

/// A secret at rest: ciphertext that opens only for the tenant, record and purpose it was sealed for.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(pub String);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// Accounts a tenant may connect.
pub const MAX_ACCOUNTS: usize = 100;
/// NetBird Cloud.
pub const NETBIRD_CLOUD: &str = "https://api.netbird.io";

/// A NetBird account that a tenant connected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Id.
    pub id: AccountId,
    /// Whose.
    pub tenant: TenantId,
    /// Display name.
    pub name: String,
    /// The management server, without `/api`.
    pub base_url: url::Url,
    /// NetBird's id of the account; `None` if it was connected before that was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub netbird_id: Option<String>,
    /// NetBird's domain of the account, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<String>,
    /// The API token, encrypted.
    pub token: Sealed,
    /// When it was connected.
    pub created_at: Timestamp,
    /// Who connected it.
    pub created_by: UserId,
    /// Counts writes.
    pub version: u64,
}

named! {
    /// Why an account cannot be read, in a stable word.
    pub enum Reason {
        /// Somebody paused it.
        PausedByUser = "paused_by_user",
        /// NetBird does not take the token.
        TokenRejected = "token_rejected",
        /// The token was deleted in NetBird.
        TokenDeleted = "token_deleted",
        /// The token's user is blocked.
        UserBlocked = "user_blocked",
        /// The token's user may not read.
        PermissionDenied = "permission_denied",
        /// Nothing answers.
        Unreachable = "unreachable",
        /// It does not answer in time.
        Timeout = "timeout",
        /// What answers is not NetBird.
        NotNetbird = "not_netbird",
        /// The address is one that the platform does not go to.
        AddressRefused = "address_refused",
        /// The server's certificate is not good.
        Certificate = "certificate",
        /// NetBird is asked too often.
        RateLimited = "rate_limited",
        /// NetBird has an error.
        ServerError = "server_error",
        /// NetBird refuses the call.
        RequestRefused = "request_refused",
        /// NetBird's answer cannot be read.
        MalformedAnswer = "malformed_answer",
        /// A list has more rows than the platform takes.
        TooManyRows = "too_many_rows",
        /// Too many large networks are read just now.
        Crowded = "crowded",
        /// Suddenly most peers are gone; it is not believed until it is confirmed.
        ImplausibleAnswer = "implausible_answer",
        /// An entry is too large to be kept.
        TooLarge = "too_large",
        /// It was not synced for long.
        NotSynced = "not_synced",
        /// A fault of the platform.
        InternalError = "internal_error",
    }
}

named! {
    /// How NetBird's API does.
    pub enum ApiStatus {
        /// It answers.
        Healthy = "healthy",
        /// The last sync failed.
        Degraded = "degraded",
        /// It cannot be read.
        Down = "down",
    }
}

/// Why an account cannot be read, in a stable word and a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct StatusReason {
    /// One of [`Reason`].
    pub code: String,
    /// What happened and what to do.
    pub detail: String,
    /// Since when.
    pub since: Timestamp,
}

/// Counts for overviews, kept so that no list has to be read for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// Peers.
    pub peers: u32,
    /// Of those, online.
    pub online: u32,
    /// Of those, unconfirmed.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub unconfirmed: u32,
    /// Users, service users not counted.
    pub users: u32,
    /// Of those, neither blocked nor invited.
    pub active_users: u32,
    /// Groups.
    pub groups: u32,
    /// Policies.
    pub policies: u32,
}

/// Whether a number is left out of what is stored.
fn is_nought(number: &u32) -> bool {
    *number == 0
}

impl Counts {
    /// Peers that are offline.
    pub fn offline(&self) -> u32 {
        self.peers - self.online - self.unconfirmed
    }
}

impl Counted for Peer {
    fn count(peers: &[Self], counts: &mut Counts) {
        let with = |status| saturate(peers.iter().filter(|peer| peer.status == status).count());
        counts.peers = saturate(peers.len());
        counts.online = with(PeerStatus::Online);
        counts.unconfirmed = with(PeerStatus::Unconfirmed);
    }
}

/// Users: without service users.
impl Counted for User {
    fn count(users: &[Self], counts: &mut Counts) {
        let people = || users.iter().filter(|user| !user.is_service_user);
        counts.users = saturate(people().count());
        counts.active_users = saturate(people().filter(|user| !user.is_blocked && user.status == "active").count());
    }
}

impl Counted for Group {
    fn count(groups: &[Self], counts: &mut Counts) {
        counts.groups = saturate(groups.len());
    }
}

/// What no overview counts.
macro_rules! uncounted {
    ($($row:ty),*) => {
        $(impl Counted for $row {
            fn count(_: &[Self], _: &mut Counts) {}
        })*
    };
}

uncounted!(
    Network,
    NetworkResource,
    NetworkRouter,
    Route,
    PostureCheck,
    NameserverGroup,
    DnsSettings,
    SetupKey,
    NetbirdAccount
);

impl Counted for Policy {
    fn count(policies: &[Self], counts: &mut Counts) {
        counts.policies = saturate(policies.len());
    }
}

fn saturate(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
