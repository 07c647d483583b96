//! `GET /api/netbird/accounts/{id}/syncs`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::account::{
    LoggedSync, QuietSyncs, Reason, SyncCall, SyncCallOutcome, SyncError, SyncFound, SyncOutcome,
};
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SyncsQuery {
    /// Syncs of an answer, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last answer ended, its `nextCursor`.
    cursor: Option<String>,
}

/// A page of the log of an account's syncs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SyncLog {
    /// Newest first.
    syncs: Vec<SyncView>,
    /// Since the newest one in the log.
    quiet_since: QuietView,
    /// Where to go on; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A sync that changed something, failed, or took unusually long.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LoggedSync)]
pub(crate) struct SyncView {
    started_at: Timestamp,
    /// How long it took, in milliseconds.
    duration_ms: u32,
    outcome: SyncOutcome,
    /// Its calls, in the order in which they ended.
    calls: Vec<CallView>,
    changes: FoundView,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorView>,
    /// Between the one in the log before and this.
    quiet_before: QuietView,
}

/// A call of a sync.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SyncCall)]
struct CallView {
    /// The list that it asked for, in words.
    #[schema(example = "posture checks")]
    list: String,
    outcome: SyncCallOutcome,
    /// How long it took, in milliseconds.
    duration_ms: u32,
}

/// What a sync found, in numbers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SyncChanges)]
struct FoundView {
    /// Changes of peer status.
    peers: u32,
    /// Changes of the configuration.
    configuration: u32,
    /// New events.
    events: u32,
    /// Lists that were kept anew, for whatever differs in them.
    lists: u32,
}

/// Why a sync failed.
#[derive(Serialize, ToSchema)]
#[schema(as = SyncError)]
struct ErrorView {
    #[schema(value_type = Reason)]
    code: String,
    /// What happened and what to do.
    detail: String,
}

/// Syncs that are not in the log.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = QuietSyncs)]
struct QuietView {
    /// How many found nothing new and took no longer than others.
    syncs: u32,
    /// What the middle one of those of the last hour took, in milliseconds. Absent if that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    median_ms: Option<u32>,
    /// How many found something in a day whose log was full.
    left_out: u32,
}

impl From<QuietSyncs> for QuietView {
    fn from(QuietSyncs { syncs, median_millis, left_out }: QuietSyncs) -> Self {
        Self { syncs, median_ms: median_millis, left_out }
    }
}

impl From<LoggedSync> for SyncView {
    fn from(sync: LoggedSync) -> Self {
        let SyncFound { peers, configuration, events, lists } = sync.found;
        let call = |SyncCall { list, outcome, millis }: SyncCall| CallView {
            list: list.words(),
            outcome,
            duration_ms: millis,
        };
        Self {
            started_at: sync.started_at,
            duration_ms: sync.millis,
            outcome: sync.outcome,
            calls: sync.calls.into_iter().map(call).collect(),
            changes: FoundView { peers, configuration, events, lists },
            error: sync.error.map(|SyncError { code, detail }| ErrorView { code, detail }),
            quiet_before: sync.quiet_before.into(),
        }
    }
}

/// Log of syncs
///
/// Newest first: those that changed something, failed, or took unusually long, which is two seconds at least and three times
/// as long as most. Quiet ones are counted between them. Kept as long as the tenant keeps alerts, 1,500 of a day.
#[utoipa::path(get, path = "/api/netbird/accounts/{id}/syncs", operation_id = "listSyncs", tag = "accounts",
    params(("id" = Uuid, Path), SyncsQuery),
    responses((status = 200, description = "A page of the log", body = SyncLog),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
    Query(query): Query<SyncsQuery>,
) -> Result<Json<SyncLog>, Problem> {
    let limit = limit(query.limit)?;
    let list = Paged::new(reader.tenant, &format!("/api/netbird/accounts/{id}/syncs"), &[]);
    let after = list.open(query.cursor.as_deref())?;
    let (store, tenant, account) = (&platform.store, reader.tenant, AccountId::from_uuid(id));
    let (state, page) =
        tokio::try_join!(store.sync_state(tenant, account), store.sync_log(tenant, account, after, limit))?;
    let state = state.ok_or_else(|| Problem::not_found("account"))?;
    Ok(Json(SyncLog {
        syncs: page.items.into_iter().map(SyncView::from).collect(),
        quiet_since: state.quiet().into(),
        next_cursor: page.next.map(|place| list.cursor(&place)),
    }))
}
