//! `GET /api/dashboard/overview`

use axum::Json;
use axum::extract::State;
use futures::try_join;
use jiff::Timestamp;
use platform_core::account::{Account, ApiStatus, SyncState};
use platform_core::alert::{Alert, AlertStatus};
use platform_core::ids::AccountId;
use platform_core::named;
use platform_core::rule::Severity;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_store::Tally;
use platform_store::overview::NEWEST_EVENTS;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use functions_accounts::{StatusReasonView, api_status};
use functions_alerts::AlertView;
use functions_netbird::{EventView, latest_events};

use crate::trend::{Hours, Summary};

const RECENT_ALERTS: usize = 10;
const WORST_ALERTS: usize = 10;
const LATEST_EVENTS: usize = NEWEST_EVENTS;

/// How things stand, over all accounts or in one. Numbers are null where nothing is known yet.
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
    /// What is wrong now: the ten worst alerts that are not over, and the oldest of those first. `activeAlerts` says how
    /// many there are in all.
    needs_attention: Vec<AlertView>,
    /// The ten newest alerts, over or not.
    recent_alerts: Vec<AlertView>,
    /// Alerts that nobody is on.
    open_alerts: AlertCounts,
    active_alerts: ActiveAlerts,
    system_health: SystemHealth,
    network_trends: NetworkTrends,
    latest_events: Vec<EventView>,
    /// How many accounts are connected.
    accounts: usize,
    /// How many rules there are.
    rules: usize,
    as_of: Timestamp,
}

/// Alerts that are not over, by status and severity.
#[derive(Serialize, ToSchema)]
struct ActiveAlerts {
    total: usize,
    open: AlertCounts,
    acknowledged: AlertCounts,
    suppressed: AlertCounts,
}

/// How many alerts, by severity.
#[derive(Serialize, ToSchema)]
struct AlertCounts {
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
    active_alerts: ActiveAlerts,
}

/// Trends; null where too little is known.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct NetworkTrends {
    /// By how many percent the number of peers grew in a week, in the accounts that were read then and now.
    peer_growth: Option<f64>,
    /// The part of the last 24 hours that peers were online, in percent.
    uptime: Option<f64>,
    /// Alerts that fired in the last 24 hours.
    alert_rate: Option<f64>,
}

impl AccountHealth {
    fn new(platform: &Platform, account: &Account, sync: &SyncState, alerts: &Tally) -> Self {
        Self {
            id: account.id.uuid(),
            name: account.name.clone(),
            base_url: account.base_url.as_str().trim_end_matches('/').to_owned(),
            api_status: api_status(platform, sync),
            last_sync: sync.last_sync,
            error_count: sync.errors,
            status_reason: sync
                .reason_at(platform.now(), sync.interval(platform.sync_interval))
                .as_ref()
                .map(StatusReasonView::from),
            active_alerts: ActiveAlerts::new(alerts),
        }
    }
}

impl ActiveAlerts {
    fn new(tally: &Tally) -> Self {
        let of = |status| AlertCounts::new(tally, status);
        Self {
            total: tally.count(AlertStatus::ACTIVE, &[]),
            open: of(AlertStatus::Open),
            acknowledged: of(AlertStatus::Acknowledged),
            suppressed: of(AlertStatus::Suppressed),
        }
    }
}

impl AlertCounts {
    fn new(tally: &Tally, status: AlertStatus) -> Self {
        let of = |severity| tally.count(&[status], &[severity]);
        Self {
            total: tally.count(&[status], &[]),
            critical: of(Severity::Critical),
            high: of(Severity::High),
            medium: of(Severity::Medium),
            low: of(Severity::Low),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OverviewQuery {
    /// Only this account, in everything but `accounts` and `rules`.
    account_id: Option<Uuid>,
}

/// Overview
///
/// What is wrong now, and how things stand; in one account, or over all. What is wrong is ranked here, out of all alerts
/// that are not over: the worst first, and of those the oldest, so that none of them is hidden by many lesser ones.
#[utoipa::path(get, path = "/api/dashboard/overview", operation_id = "overview", tag = "dashboard", params(OverviewQuery),
    responses((status = 200, description = "How things stand", body = DashboardOverview),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<OverviewQuery>,
) -> Result<Json<DashboardOverview>, Problem> {
    let (tenant, store, now) = (reader.tenant, &platform.store, platform.now());
    let only = query.account_id.map(AccountId::from_uuid);
    // All of it is asked for at once, and nothing after it: what would need the list of accounts is kept beside it.
    let (accounts, synced, worst_alerts, newest, tallies, rules) = try_join!(
        store.accounts(tenant),
        store.synced(tenant),
        store.worst_alerts(tenant, only, WORST_ALERTS),
        store.newest_alerts(tenant, only, 100),
        store.active_tallies(tenant),
        store.rules(tenant),
    )?;
    let states = &synced.states;
    let (of_tenant, of_accounts) = tallies;
    let none = Tally::default();
    let tally_of = |account| of_accounts.get(&account).unwrap_or(&none);
    let is_wanted = |account: AccountId| only.is_none_or(|only| only == account);
    let wanted: Vec<&Account> = accounts.iter().filter(|account| is_wanted(account.id)).collect();
    if only.is_some() && wanted.is_empty() {
        return Err(Problem::not_found("account"));
    }
    let day_ago = now - jiff::SignedDuration::from_hours(24);
    let rate = newest.iter().filter(|alert| alert.triggered_at >= day_ago).count();
    // Beyond the newest hundred the rate is not worth a further read.
    let alert_rate = (!accounts.is_empty()).then_some(rate as f64);
    let views = |alerts: Vec<Alert>, most: usize| -> Vec<AlertView> {
        alerts.into_iter().take(most).map(AlertView::without_notifications).collect()
    };
    let ids: Vec<_> = wanted.iter().map(|account| account.id).collect();
    let wanted_states = || states.iter().filter(|sync| is_wanted(sync.account));
    let hours: Vec<Hours> = wanted_states().map(|sync| synced.hours(sync)).collect();
    let trend = Summary::of(&hours, now);

    let known: Vec<&SyncState> = wanted_states().filter(|sync| sync.last_sync.is_some()).collect();
    let sum = |count: fn(&SyncState) -> u32| (!known.is_empty()).then(|| known.iter().map(|sync| count(sync)).sum());
    let sync_of = |account: &Account| states.iter().find(|sync| sync.account == account.id);
    let health =
        |account: &&Account| Some(AccountHealth::new(&platform, account, sync_of(account)?, tally_of(account.id)));
    let health: Vec<AccountHealth> = wanted.iter().filter_map(health).collect();
    let active = only.map_or(&of_tenant, tally_of);
    Ok(Json(DashboardOverview {
        total_peers: sum(|sync| sync.counts.peers),
        online_peers: sum(|sync| sync.counts.online),
        offline_peers: sum(|sync| sync.counts.offline()),
        unconfirmed_peers: sum(|sync| sync.counts.unconfirmed),
        total_users: sum(|sync| sync.counts.users),
        active_users: sum(|sync| sync.counts.active_users),
        total_groups: sum(|sync| sync.counts.groups),
        total_policies: sum(|sync| sync.counts.policies),
        needs_attention: views(worst_alerts, WORST_ALERTS),
        recent_alerts: views(newest, RECENT_ALERTS),
        open_alerts: AlertCounts::new(active, AlertStatus::Open),
        active_alerts: ActiveAlerts::new(active),
        system_health: SystemHealth {
            api_status: worst(&health),
            last_sync: known.iter().filter_map(|sync| sync.last_sync).min(),
            error_count: wanted_states().map(|sync| sync.errors).sum(),
            accounts: health,
        },
        network_trends: NetworkTrends { peer_growth: trend.peer_growth, uptime: trend.uptime, alert_rate },
        latest_events: latest_events(&synced, &ids, LATEST_EVENTS),
        accounts: accounts.len(),
        rules: rules.len(),
        as_of: now,
    }))
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
