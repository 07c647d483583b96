//! `GET /api/dashboard/overview`

use axum::Json;
use axum::extract::State;
use futures::try_join;
use jiff::Timestamp;
use platform_core::account::{Account, ApiStatus, SyncState};
use platform_core::alert::{Alert, AlertStatus};
use platform_core::named;
use platform_core::rule::Severity;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use functions_accounts::{StatusReasonView, api_status};
use functions_alerts::{AlertView, views};
use functions_netbird::{EventView, latest_events};

const RECENT_ALERTS: usize = 10;
const LATEST_EVENTS: usize = 10;

/// How things stand, over all accounts. Numbers are null where nothing is known yet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DashboardOverview {
    total_peers: Option<u32>,
    online_peers: Option<u32>,
    offline_peers: Option<u32>,
    unconfirmed_peers: Option<u32>,
    total_users: Option<u32>,
    active_users: Option<u32>,
    total_groups: Option<u32>,
    total_policies: Option<u32>,
    /// Those that are not over first, then the newest.
    recent_alerts: Vec<AlertView>,
    open_alerts: OpenAlerts,
    system_health: SystemHealth,
    network_trends: NetworkTrends,
    latest_events: Vec<EventView>,
    /// How many accounts are connected.
    accounts: usize,
    /// How many rules there are.
    rules: usize,
    as_of: Timestamp,
}

/// Alerts that nobody is on, by severity.
#[derive(Serialize, ToSchema)]
struct OpenAlerts {
    total: usize,
    critical: usize,
    high: usize,
    medium: usize,
    low: usize,
}

named! {
    /// How NetBird's API does, for all accounts together.
    enum SystemStatus {
        Healthy = "healthy",
        Degraded = "degraded",
        Down = "down",
        Unknown = "unknown",
    }
}

/// How reading NetBird goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct SystemHealth {
    /// The worst of all accounts; `unknown` with none.
    api_status: SystemStatus,
    /// The oldest of the accounts' last syncs.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<Timestamp>,
    /// Failed syncs since the last ones that worked.
    error_count: u32,
    accounts: Vec<AccountHealth>,
}

/// How reading one account goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct AccountHealth {
    id: Uuid,
    name: String,
    base_url: String,
    api_status: ApiStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sync: Option<Timestamp>,
    error_count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<StatusReasonView>,
}

/// Trends; null until enough history is kept.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NetworkTrends {
    peer_growth: Option<f64>,
    uptime: Option<f64>,
    /// Alerts that fired in the last 24 hours.
    alert_rate: Option<f64>,
}

impl AccountHealth {
    fn new(platform: &Platform, account: &Account, sync: &SyncState) -> Self {
        Self {
            id: account.id.uuid(),
            name: account.name.clone(),
            base_url: account.base_url.as_str().trim_end_matches('/').to_owned(),
            api_status: api_status(platform, sync),
            last_sync: sync.last_sync,
            error_count: sync.errors,
            status_reason: sync.reason_at(platform.now(), platform.sync_interval).as_ref().map(StatusReasonView::from),
        }
    }
}

impl OpenAlerts {
    fn count(active: &[Alert]) -> Self {
        let open = || active.iter().filter(|alert| alert.status == AlertStatus::Open);
        let of = |severity| open().filter(|alert| alert.severity == severity).count();
        Self {
            total: open().count(),
            critical: of(Severity::Critical),
            high: of(Severity::High),
            medium: of(Severity::Medium),
            low: of(Severity::Low),
        }
    }
}

/// Overview
#[utoipa::path(get, path = "/api/dashboard/overview", operation_id = "overview", tag = "dashboard",
    responses((status = 200, description = "How things stand", body = DashboardOverview)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
) -> Result<Json<DashboardOverview>, Problem> {
    let (tenant, store, now) = (reader.tenant, &platform.store, platform.now());
    let (accounts, states, active, newest, rules) = try_join!(
        store.accounts(tenant),
        store.sync_states(tenant),
        store.active_alerts(tenant),
        store.alerts(tenant, None, 100),
        store.rules(tenant),
    )?;
    let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
    let open_alerts = OpenAlerts::count(&active);
    let day_ago = now - jiff::SignedDuration::from_hours(24);
    let rate = newest.items.iter().filter(|alert| alert.triggered_at >= day_ago).count();
    // Beyond the newest hundred the rate is not worth a further read.
    let alert_rate = (!accounts.is_empty()).then_some(rate as f64);
    let recent = recent(active, newest.items);
    let (recent_alerts, latest_events) =
        try_join!(views(store, tenant, recent), latest_events(store, tenant, &ids, LATEST_EVENTS))?;

    let known: Vec<&SyncState> = states.iter().filter(|sync| sync.last_sync.is_some()).collect();
    let sum = |count: fn(&SyncState) -> u32| (!known.is_empty()).then(|| known.iter().map(|sync| count(sync)).sum());
    let sync_of = |account: &Account| states.iter().find(|sync| sync.account == account.id);
    let health: Vec<AccountHealth> =
        accounts.iter().filter_map(|account| Some(AccountHealth::new(&platform, account, sync_of(account)?))).collect();
    Ok(Json(DashboardOverview {
        total_peers: sum(|sync| sync.counts.peers),
        online_peers: sum(|sync| sync.counts.online),
        offline_peers: sum(|sync| sync.counts.offline()),
        unconfirmed_peers: sum(|sync| sync.counts.unconfirmed),
        total_users: sum(|sync| sync.counts.users),
        active_users: sum(|sync| sync.counts.active_users),
        total_groups: sum(|sync| sync.counts.groups),
        total_policies: sum(|sync| sync.counts.policies),
        recent_alerts,
        open_alerts,
        system_health: SystemHealth {
            api_status: worst(&health),
            last_sync: known.iter().filter_map(|sync| sync.last_sync).min(),
            error_count: states.iter().map(|sync| sync.errors).sum(),
            accounts: health,
        },
        network_trends: NetworkTrends { peer_growth: None, uptime: None, alert_rate },
        latest_events,
        accounts: accounts.len(),
        rules: rules.len(),
        as_of: now,
    }))
}

fn recent(active: Vec<Alert>, newest: Vec<Alert>) -> Vec<Alert> {
    let mut alerts = newest;
    // The index may lag by a moment: the table's own rows are newer.
    alerts.extend(active);
    let mut seen = std::collections::HashSet::new();
    alerts.retain(|alert| seen.insert(alert.id));
    alerts.sort_by_key(|alert| (!alert.status.is_active(), std::cmp::Reverse(alert.id)));
    alerts.truncate(RECENT_ALERTS);
    alerts
}

fn worst(accounts: &[AccountHealth]) -> SystemStatus {
    let any = |status| accounts.iter().any(|account| account.api_status == status);
    match () {
        () if accounts.is_empty() => SystemStatus::Unknown,
        () if any(ApiStatus::Down) => SystemStatus::Down,
        () if any(ApiStatus::Degraded) => SystemStatus::Degraded,
        () => SystemStatus::Healthy,
    }
}
