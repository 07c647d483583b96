//! An account as the API shows it.

use jiff::Timestamp;
use platform_core::account::{Account, AccountStatus, ApiStatus, Reason, StatusReason, SyncState};
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A connected NetBird account, and how reading it goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Account)]
pub(crate) struct AccountView {
    id: Uuid,
    name: String,
    base_url: String,
    /// NetBird's domain of the account, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<String>,
    status: AccountStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<StatusReasonView>,
    api_status: ApiStatus,
    /// How often it is read: what is older than two of these, or ten minutes over one, is late.
    #[schema(minimum = 60, maximum = 3600, example = 60)]
    sync_interval_seconds: u32,
    /// Last time NetBird answered in full and plausibly.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_attempt: Option<Timestamp>,
    /// Absent while syncing is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_sync: Option<Timestamp>,
    /// Failed syncs since the last one that worked.
    error_count: u32,
    /// Seconds by which the management server's clock is ahead of the platform's; behind, if negative. Absent up to 30.
    #[serde(skip_serializing_if = "Option::is_none")]
    clock_skew_seconds: Option<i64>,
    peers: PeerCounts,
    /// Present until the first sync is complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    first_sync: Option<FirstSync>,
    /// Lists that the server does not give to this token: its release does not have them, or the role of the token's user is
    /// too small. Everything else is read.
    #[schema(example = json!(["posture checks"]))]
    not_offered: Vec<String>,
    /// Lists whose last answer could not be read: what is shown of them is older. Everything else is read.
    #[schema(example = json!(["setup keys"]))]
    not_readable: Vec<String>,
    created_at: Timestamp,
}

/// Why an account cannot be read.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = StatusReason)]
pub struct StatusReasonView {
    #[schema(value_type = Reason)]
    code: String,
    /// What happened and what to do.
    detail: String,
    since: Timestamp,
}

/// How many peers, by status.
#[derive(Serialize, ToSchema)]
struct PeerCounts {
    total: u32,
    online: u32,
    offline: u32,
    unconfirmed: u32,
}

/// How far the first sync has come, in lists read.
#[derive(Serialize, ToSchema)]
struct FirstSync {
    done: usize,
    total: usize,
}

impl From<&StatusReason> for StatusReasonView {
    fn from(reason: &StatusReason) -> Self {
        Self { code: reason.code.clone(), detail: reason.detail.clone(), since: reason.since }
    }
}

/// How NetBird's API does, in the original design's three words.
pub fn api_status(platform: &Platform, sync: &SyncState) -> ApiStatus {
    // No outage, and no reason to overlook another's.
    if sync.is_paused_by_user() {
        return ApiStatus::Degraded;
    }
    match sync.status_at(platform.now(), sync.interval(platform.sync_interval)) {
        AccountStatus::Pending | AccountStatus::Syncing | AccountStatus::Healthy => ApiStatus::Healthy,
        AccountStatus::Degraded => ApiStatus::Degraded,
        AccountStatus::Unreachable | AccountStatus::Paused => ApiStatus::Down,
    }
}

impl AccountView {
    pub(crate) fn new(platform: &Platform, account: &Account, sync: &SyncState) -> Self {
        let (now, interval) = (platform.now(), sync.interval(platform.sync_interval));
        let next = sync.not_before.or_else(|| sync.last_attempt.map(|last| last + interval));
        Self {
            id: account.id.uuid(),
            name: account.name.clone(),
            base_url: account.base_url.as_str().trim_end_matches('/').to_owned(),
            domain: account.domain.clone(),
            status: sync.status_at(now, interval),
            status_reason: sync.reason_at(now, interval).as_ref().map(StatusReasonView::from),
            api_status: api_status(platform, sync),
            sync_interval_seconds: sync.every.seconds(),
            last_sync: sync.last_sync,
            last_attempt: sync.last_attempt,
            next_sync: next.filter(|_| !sync.paused),
            error_count: sync.errors,
            clock_skew_seconds: sync.notable_skew().map(|skew| skew.as_secs()),
            peers: PeerCounts {
                total: sync.counts.peers,
                online: sync.counts.online,
                offline: sync.counts.offline(),
                unconfirmed: sync.counts.unconfirmed,
            },
            first_sync: sync.first_sync().map(|(done, total)| FirstSync { done, total }),
            not_readable: sync.unread.iter().map(|resource| resource.words()).collect(),
            not_offered: sync.withheld.iter().map(|resource| resource.words()).collect(),
            created_at: account.created_at,
        }
    }
}

/// Accounts with their sync states, in the accounts' order.
pub(crate) fn views(platform: &Platform, accounts: &[Account], states: &[SyncState]) -> Vec<AccountView> {
    let sync_of = |account: &Account| states.iter().find(|sync| sync.account == account.id);
    accounts.iter().filter_map(|account| Some(AccountView::new(platform, account, sync_of(account)?))).collect()
}
