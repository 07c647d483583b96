//! Connected NetBird accounts, and how reading them goes.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::{AccountId, TenantId, UserId};
use crate::named;
use crate::network::{Group, Peer, PeerStatus, Policy, User};
use crate::peer_status::RestartWatch;

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

/// What is read from NetBird. Peers and events every tick, the others in turn or when an event says they changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Resource {
    /// `peers`
    Peers,
    /// `events/audit`
    Events,
    /// `groups`
    Groups,
    /// `users`
    Users,
    /// `policies`
    Policies,
}

impl Resource {
    /// Everything a first sync reads, in order.
    pub const ALL: &[Resource] =
        &[Resource::Peers, Resource::Groups, Resource::Users, Resource::Policies, Resource::Events];
    /// Read one a tick, in turn.
    pub const SLOW: &[Resource] = &[Resource::Groups, Resource::Users, Resource::Policies];

    /// The slow resource that an activity code says changed.
    pub fn touched_by(activity_code: &str) -> Option<Self> {
        match activity_code.split('.').next()? {
            "group" => Some(Resource::Groups),
            "user" | "service" => Some(Resource::Users),
            "policy" | "rule" => Some(Resource::Policies),
            _ => None,
        }
    }
}

named! {
    /// Why an account cannot be read, in a stable word.
    pub enum Reason {
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

impl Counts {
    /// Peers that are offline.
    pub fn offline(&self) -> u32 {
        self.peers - self.online - self.unconfirmed
    }

    /// Takes the peers' counts from a list.
    pub fn count_peers(&mut self, peers: &[Peer]) {
        let with = |status| saturate(peers.iter().filter(|peer| peer.status == status).count());
        self.peers = saturate(peers.len());
        self.online = with(PeerStatus::Online);
        self.unconfirmed = with(PeerStatus::Unconfirmed);
    }

    /// Takes the users' counts from a list.
    pub fn count_users(&mut self, users: &[User]) {
        let people = || users.iter().filter(|user| !user.is_service_user);
        self.users = saturate(people().count());
        self.active_users = saturate(people().filter(|user| !user.is_blocked && user.status == "active").count());
    }

    /// Takes the groups' count from a list.
    pub fn count_groups(&mut self, groups: &[Group]) {
        self.groups = saturate(groups.len());
    }

    /// Takes the policies' count from a list.
    pub fn count_policies(&mut self, policies: &[Policy]) {
        self.policies = saturate(policies.len());
    }
}

fn saturate(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// How syncing an account goes. The one item that every tick reads and writes: it must stay under 1 KB.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SyncState {
    /// The account.
    pub account: AccountId,
    /// Last time it was tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_attempt: Option<Timestamp>,
    /// Last time NetBird answered in full and plausibly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_sync: Option<Timestamp>,
    /// Failures since then.
    pub errors: u32,
    /// What is wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<StatusReason>,
    /// Not read again until somebody acts: the token is no good.
    pub paused: bool,
    /// Not read before this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// Answers in a row that were empty or lost half of the peers.
    pub implausible: u32,
    /// Hash of the last body of each resource: a body that hashes alike is not even parsed.
    pub bodies: BTreeMap<Resource, String>,
    /// Digest of the stored snapshot of each resource, the key of decoded copies in memory.
    pub snapshots: BTreeMap<Resource, String>,
    /// Counts for overviews.
    pub counts: Counts,
    /// NetBird's id of the newest event that was stored.
    pub last_event: u64,
    /// Whether the management server restarted lately.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restart: Option<RestartWatch>,
    /// Which slow resource comes next.
    pub turn: u32,
    /// Counts writes.
    pub version: u64,
}

/// Failures in a row after which the account counts as unreachable and its owners are told.
pub const UNREACHABLE_AFTER: u32 = 3;
/// Without a sync for this long an account is silent, though no sync failed.
pub const SILENT_AFTER: SignedDuration = SignedDuration::from_mins(10);
/// However short the interval is, nobody is told within this that an account is overdue.
const OVERDUE_AFTER_AT_LEAST: SignedDuration = SignedDuration::from_secs(30);
const BACKOFF_FIRST: SignedDuration = SignedDuration::from_mins(1);
const BACKOFF_MOST: SignedDuration = SignedDuration::from_mins(15);

named! {
    /// How an account does, in one word.
    pub enum AccountStatus {
        /// Connected, not yet read.
        Pending = "pending",
        /// The first sync is under way.
        Syncing = "syncing",
        /// The last sync worked.
        Healthy = "healthy",
        /// The last sync failed or was implausible; the one before may have worked.
        Degraded = "degraded",
        /// Several failed in a row.
        Unreachable = "unreachable",
        /// The token is no good; somebody has to act.
        Paused = "paused",
    }
}

impl SyncState {
    /// The state of an account that was just connected.
    pub fn new(account: AccountId) -> Self {
        Self {
            account,
            last_attempt: None,
            last_sync: None,
            errors: 0,
            reason: None,
            paused: false,
            not_before: None,
            implausible: 0,
            bodies: BTreeMap::new(),
            snapshots: BTreeMap::new(),
            counts: Counts::default(),
            last_event: 0,
            restart: None,
            turn: 0,
            version: 1,
        }
    }

    /// How the account does.
    pub fn status(&self) -> AccountStatus {
        match () {
            () if self.paused => AccountStatus::Paused,
            () if self.errors >= UNREACHABLE_AFTER => AccountStatus::Unreachable,
            () if self.reason.is_some() => AccountStatus::Degraded,
            () if self.last_sync.is_some() => AccountStatus::Healthy,
            () if self.snapshots.is_empty() => AccountStatus::Pending,
            () => AccountStatus::Syncing,
        }
    }

    /// How the account does now, if it is to be synced every `interval`. What was not synced for two of them may be old,
    /// though no sync failed: the platform is behind.
    pub fn status_at(&self, now: Timestamp, interval: SignedDuration) -> AccountStatus {
        match self.status() {
            AccountStatus::Healthy if self.overdue_since(now, interval).is_some() => AccountStatus::Degraded,
            status => status,
        }
    }

    /// Why the account does not do well now, if it does not.
    pub fn reason_at(&self, now: Timestamp, interval: SignedDuration) -> Option<StatusReason> {
        let overdue = || {
            let since = self.overdue_since(now, interval)?;
            let detail = "The platform is behind with syncing this account. What is shown may be old.".to_owned();
            Some(StatusReason { code: "not_synced".to_owned(), detail, since })
        };
        self.reason.clone().or_else(overdue)
    }

    fn overdue_since(&self, now: Timestamp, interval: SignedDuration) -> Option<Timestamp> {
        // A tick of a few seconds, as the demo has it, is late for reasons that are none.
        let patience = (interval * 2).max(OVERDUE_AFTER_AT_LEAST);
        self.last_sync.map(|last| last + patience).filter(|overdue| *overdue < now)
    }

    /// Whether what is stored stands for the present: no failed or implausible sync since, and not silent for long.
    pub fn is_current(&self, now: Timestamp) -> bool {
        self.status() == AccountStatus::Healthy && !self.is_silent(now)
    }

    /// Whether syncs have ceased without a failure being told: something is wrong with the platform itself.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        self.last_sync.is_some_and(|last| now.duration_since(last) > SILENT_AFTER)
    }

    /// Which resources the next sync reads, beside those that an event says changed.
    pub fn wanted(&self) -> Vec<Resource> {
        if self.last_sync.is_none() {
            return Resource::ALL.to_vec();
        }
        let slow = Resource::SLOW[self.turn as usize % Resource::SLOW.len()];
        vec![Resource::Peers, Resource::Events, slow]
    }

    /// Progress of the first sync: resources read, of how many.
    pub fn first_sync(&self) -> Option<(usize, usize)> {
        self.last_sync.is_none().then(|| (self.bodies.len(), Resource::ALL.len()))
    }

    /// Notes a sync that worked.
    pub fn succeed(&mut self, now: Timestamp) {
        self.last_attempt = Some(now);
        self.last_sync = Some(now);
        self.errors = 0;
        self.implausible = 0;
        self.reason = None;
        self.paused = false;
        self.not_before = None;
        self.turn = self.turn.wrapping_add(1) % 1_000_000;
    }

    /// Notes a sync that failed. `pause` for what only a person can mend; `back_off` for a server that wants rest,
    /// doubling from 1 to 15 minutes, with `jitter` in 0..1 spreading the accounts of one server.
    pub fn fail(&mut self, now: Timestamp, code: &str, detail: &str, pause: bool, back_off: bool, jitter: f64) {
        self.last_attempt = Some(now);
        self.errors = self.errors.saturating_add(1);
        let since = self.reason.as_ref().filter(|reason| reason.code == code).map_or(now, |reason| reason.since);
        self.reason = Some(StatusReason { code: code.to_owned(), detail: detail.to_owned(), since });
        self.paused = pause;
        self.not_before = back_off.then(|| {
            let doubled = BACKOFF_FIRST.as_secs() << self.errors.saturating_sub(1).min(4);
            let seconds = doubled.min(BACKOFF_MOST.as_secs()) as f64 * (0.8 + 0.4 * jitter.clamp(0.0, 1.0));
            now + SignedDuration::from_secs(seconds as i64)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> SyncState {
        SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()))
    }

    #[test]
    fn backs_off_from_one_to_fifteen_minutes() {
        let (mut state, now) = (state(), Timestamp::UNIX_EPOCH);
        let mut waits = Vec::new();
        for _ in 0..6 {
            state.fail(now, "rate_limited", "…", false, true, 0.5);
            waits.push(state.not_before.unwrap().duration_since(now).as_mins());
        }
        assert_eq!(waits, [1, 2, 4, 8, 15, 15]);
        assert_eq!(state.status(), AccountStatus::Unreachable);
        state.succeed(now);
        assert_eq!((state.status(), state.not_before, state.errors), (AccountStatus::Healthy, None, 0));
    }

    #[test]
    fn a_reason_keeps_its_beginning_while_it_lasts() {
        let mut state = state();
        let minute = |n| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(n);
        state.fail(minute(0), "timeout", "…", false, false, 0.0);
        state.fail(minute(1), "timeout", "…", false, false, 0.0);
        assert_eq!(state.reason.as_ref().map(|reason| reason.since), Some(minute(0)));
        state.fail(minute(2), "token_deleted", "…", true, false, 0.0);
        assert_eq!(state.reason.as_ref().map(|reason| reason.since), Some(minute(2)));
        assert_eq!(state.status(), AccountStatus::Paused);
    }

    #[test]
    fn an_account_that_is_not_synced_is_not_healthy() {
        let (mut state, minute) = (state(), SignedDuration::from_mins(1));
        let at = |seconds| Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds);
        assert_eq!(state.status_at(at(900), minute), AccountStatus::Pending);
        state.succeed(at(0));
        assert_eq!(state.status_at(at(120), minute), AccountStatus::Healthy);
        assert_eq!(state.status_at(at(121), minute), AccountStatus::Degraded);
        let reason = state.reason_at(at(300), minute).unwrap();
        assert_eq!((reason.code.as_str(), reason.since), ("not_synced", at(120)));
        assert_eq!(state.status_at(at(30), SignedDuration::from_secs(5)), AccountStatus::Healthy);
        assert_eq!(state.status_at(at(31), SignedDuration::from_secs(5)), AccountStatus::Degraded);
        state.fail(at(200), "timeout", "…", false, false, 0.0);
        assert_eq!(state.reason_at(at(300), minute).unwrap().code, "timeout", "what is known says more");
    }

    #[test]
    fn every_slow_resource_has_its_turn() {
        let mut state = state();
        assert_eq!(state.wanted(), Resource::ALL);
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..Resource::SLOW.len() {
            state.succeed(Timestamp::UNIX_EPOCH);
            let wanted = state.wanted();
            assert_eq!(wanted.len(), 3, "at most three calls a tick");
            seen.insert(wanted[2]);
        }
        assert_eq!(seen.len(), Resource::SLOW.len());
    }
}
