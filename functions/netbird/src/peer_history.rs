//! `GET /api/netbird/peers/{id}/history`

use axum::Json;
use axum::extract::State;
use jiff::{SignedDuration, Timestamp};
use platform_core::network::Peer;
use platform_core::peer_history::{Flap, FlapKind, Logged, Period, PeriodStatus, Record, Uptime, gap_after};
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_store::transitions::{MOST_READ, PeerLog};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::one::{One, find};

/// Most days of one answer: as many as the log is kept for.
const MOST_DAYS: i64 = 90;
/// Days of an answer that was asked for none.
const DAYS: i64 = 7;
/// Most periods, and most flaps, of one answer.
const MOST_ITEMS: usize = 1_000;
/// Windows that uptime is told of, in days.
const WINDOWS: [i64; 4] = [1, 7, 30, 90];

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryQuery {
    /// The account it is in; if absent, the oldest account that has such a peer.
    account_id: Option<Uuid>,
    /// Where the span begins, at most 90 days before its end.
    from: Option<Timestamp>,
    /// Where the span ends; now if absent or later than that.
    to: Option<Timestamp>,
    /// Instead of `from`: how many days it has, 1 to 90; 7 if both are absent.
    days: Option<i64>,
}

/// What a peer did in a span.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerHistory)]
pub(crate) struct PeerHistoryView {
    peer_id: String,
    account_id: Uuid,
    from: Timestamp,
    to: Timestamp,
    /// Since when the peer is watched: periods begin there, if it is later than `from`.
    watched_from: Timestamp,
    /// The last answer of the management server. What is long after it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    read_until: Option<Timestamp>,
    /// Periods in order, without a hole between them. The oldest are left out if there are more than `limits.periods`.
    periods: Vec<PeriodView>,
    /// What came and went between two answers, in order. The oldest are left out if there are more than `limits.flaps`.
    flaps: Vec<FlapView>,
    /// Over windows of 1, 7, 30 and 90 days that end with the span and are not longer than it.
    uptime: Vec<UptimeView>,
    limits: LimitsView,
    /// What was left out because of the limits.
    omitted: OmittedView,
}

/// A time in which nothing changed.
#[derive(Serialize, ToSchema)]
#[schema(as = PeerPeriod)]
struct PeriodView {
    /// `unknown`: nothing was recorded that would tell.
    status: PeriodStatus,
    from: Timestamp,
    to: Timestamp,
}

/// Something that came and went between two answers of the management server.
#[derive(Serialize, ToSchema)]
#[schema(as = PeerFlap)]
struct FlapView {
    /// When it ended.
    at: Timestamp,
    /// `away`: an online peer left and came back. `visit`: an offline peer came and left.
    kind: FlapKind,
}

/// How long a peer was what, in seconds.
#[derive(Serialize, ToSchema)]
#[schema(as = PeerUptime)]
struct UptimeView {
    /// Days of the window.
    days: i64,
    online: i64,
    offline: i64,
    unconfirmed: i64,
    /// Watched, but nothing is known. Not part of the ratio.
    unknown: i64,
    /// The sum of the others; less than the window if the peer is not watched for so long.
    watched: i64,
    /// The part of the known time that it was online, 0 to 1; null if nothing is known.
    ratio: Option<f64>,
}

/// What an answer is cut by.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerHistoryLimits)]
struct LimitsView {
    /// Most periods.
    periods: usize,
    /// Most flaps.
    flaps: usize,
    /// Most entries of the account's log that are read, the newest.
    log_entries: usize,
}

/// What was left out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerHistoryOmitted)]
struct OmittedView {
    periods: usize,
    flaps: usize,
    /// The log was not read before this; what is not known otherwise is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    log_before: Option<Timestamp>,
}

/// A peer's history
///
/// Periods exact to the second, flaps, and uptime; kept for 90 days. Unknown is what the management server's dates do not
/// prove: times in which it could not be read, as far as something changed in them.
#[utoipa::path(get, path = "/api/netbird/peers/{id}/history", operation_id = "getPeerHistory", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), HistoryQuery),
    responses((status = 200, description = "The history", body = PeerHistoryView),
    (status = 404, description = "No such peer or account"),
    (status = 422, description = "A span that is none, or too long"),
    (status = 503, description = "The peers are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<HistoryQuery>,
) -> Result<Json<PeerHistoryView>, Problem> {
    let now = platform.now();
    let (from, to) = span(&query, now)?;
    let found: One<Peer> = find(&platform, reader.tenant, query.account_id, ("peer", &id)).await?;
    let One { account, sync, row: peer, .. } = &found;
    let since = sync.our_time(peer.since);
    // Who did not change since then needs no log.
    let log = if since <= from {
        PeerLog::default()
    } else {
        platform.store.peer_log(reader.tenant, account.id, &peer.id, from).await?
    };
    let created = peer.created_at.map(|at| sync.our_time(at));
    let record = Record {
        watched_from: created.map_or(account.created_at, |at| at.max(account.created_at)).min(now),
        read_from: log.read_from,
        read_until: sync.silent_since(),
        changes: log.changes.into_iter().map(|one| Logged { at: sync.our_time(one.at), ..one }).collect(),
        gaps: log.gaps,
        overflows: log.overflows,
        present: (peer.status, since),
    };
    let history = record.history(from, to, gap_after(sync.interval(platform.sync_interval)));
    let spans = WINDOWS.into_iter().filter(|days| to - SignedDuration::from_hours(24 * days) >= from);
    let uptime = spans.map(|days| uptime(&history.periods, days, to)).collect();
    let (cut_periods, cut_flaps) =
        (history.periods.len().saturating_sub(MOST_ITEMS), history.flaps.len().saturating_sub(MOST_ITEMS));
    let period = |&Period { status, from, to }: &Period| PeriodView { status, from, to };
    let flap = |&Flap { at, kind }: &Flap| FlapView { at, kind };
    Ok(Json(PeerHistoryView {
        peer_id: peer.id.clone(),
        account_id: account.id.uuid(),
        from,
        to,
        watched_from: record.watched_from,
        read_until: sync.last_sync,
        periods: history.periods[cut_periods..].iter().map(period).collect(),
        flaps: history.flaps[cut_flaps..].iter().map(flap).collect(),
        uptime,
        limits: LimitsView { periods: MOST_ITEMS, flaps: MOST_ITEMS, log_entries: MOST_READ },
        omitted: OmittedView {
            periods: cut_periods,
            flaps: cut_flaps,
            log_before: record.read_from.filter(|read| *read > from),
        },
    }))
}

fn uptime(periods: &[Period], days: i64, to: Timestamp) -> UptimeView {
    let sum = Uptime::of(periods, to - SignedDuration::from_hours(24 * days), to);
    let Uptime { online, offline, unconfirmed, unknown } = sum;
    UptimeView { days, online, offline, unconfirmed, unknown, watched: sum.watched(), ratio: sum.ratio() }
}

/// The span that is asked for, in whole seconds.
fn span(query: &HistoryQuery, now: Timestamp) -> Result<(Timestamp, Timestamp), Problem> {
    let whole = |at: Timestamp| Timestamp::from_second(at.as_second()).unwrap_or(at);
    let to = whole(query.to.unwrap_or(now).min(now));
    let before = |days: i64| to.checked_sub(SignedDuration::from_hours(24 * days));
    let too_early = |_| Problem::field("/to", "is too early");
    if query.days.is_some_and(|days| !(1..=MOST_DAYS).contains(&days)) {
        return Err(Problem::field("/days", format!("must be 1 to {MOST_DAYS}")));
    }
    let from = match (query.from, query.days) {
        (Some(_), Some(_)) => return Err(Problem::field("/days", "cannot be given together with from")),
        (Some(from), None) => whole(from),
        (None, days) => before(days.unwrap_or(DAYS)).map_err(too_early)?,
    };
    if from >= to {
        return Err(Problem::field("/from", "must be before the end of the span, and not in the future"));
    }
    if from < whole(now - SignedDuration::from_hours(24 * MOST_DAYS)) {
        let named = if query.days.is_some() { "/days" } else { "/from" };
        return Err(Problem::field(named, format!("must not reach back more than {MOST_DAYS} days: no more is kept")));
    }
    if from < before(MOST_DAYS).map_err(too_early)? {
        return Err(Problem::field("/from", format!("must be at most {MOST_DAYS} days before the end of the span")));
    }
    Ok((from, to))
}
