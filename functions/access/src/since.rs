//! `GET /api/access/since`

use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use functions_netbird::ChangeView;
use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use platform_core::account::Account;
use platform_core::change::{Change, Configuration, LoggedChange, Lost};
use platform_core::ids::TenantId;
use platform_core::reach::Past;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::{self, Part};
use platform_http::gate::Reader;
use platform_http::page::{Paged, fitting};
use platform_runtime::Platform;
use platform_store::changes::ChangeRange;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::difference::{DifferencesView, between};
use crate::difference_file;
use crate::lists::Lists;
use crate::proposal_input::ANYTHING;

/// Changes that are looked at, of whatever list.
const MOST_LOOKED_AT: usize = 50_000;
/// Bytes of values that are kept while they are undone.
const MOST_KEPT: usize = 32_000_000;
/// Changes that are undone.
const MOST_CHANGES: usize = 5_000;
/// Changes of a page of the log.
const PAGE: usize = 1_000;
/// Changes that are told.
const MOST_TOLD: usize = 500;
/// Bytes of the changes that are told: both halves of a difference come beside them.
const MOST_BYTES: usize = 500_000;
/// Things that are told which could not be undone.
const MOST_LOST: usize = 100;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SinceQuery {
    /// The account whose network it is about; if absent, the oldest.
    account_id: Option<Uuid>,
    /// Since when. Not before the account was connected, nor before what the log of changes keeps.
    #[param(example = "2026-11-01T00:00:00Z")]
    since: Timestamp,
    /// Of a file, rows of a part: 1 to 20000; 20000 if absent.
    limit: Option<usize>,
    /// Of a file, where the last part ended, from its `Link` header.
    cursor: Option<String>,
}

/// What opened and closed since a moment, and who changed what.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessSince)]
pub(crate) struct SinceView {
    since: Timestamp,
    /// From the configuration as it was then to the one that is now. Peers are those that are there now.
    difference: DifferencesView,
    /// What of the configuration then is not known, so that the difference may be another. Empty if all is.
    incomplete: Vec<LostView>,
    /// How much more is not known.
    omitted_incomplete: usize,
    /// Changes since then of the lists that say who can reach what, newest first; at most 500.
    changes: Vec<ChangeView>,
    /// How many more there are.
    omitted_changes: usize,
}

/// What of the configuration as it was is not known: it is taken to have been as it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessSinceIncomplete)]
struct LostView {
    resource: Configuration,
    /// NetBird's id of the thing; absent if it is about the whole list.
    #[serde(skip_serializing_if = "Option::is_none")]
    item_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item_name: Option<String>,
    #[schema(example = "what it was is too large to be kept")]
    why: &'static str,
}

impl From<Lost> for LostView {
    fn from(Lost { resource, item_id, item_name, why }: Lost) -> Self {
        let some = |text: String| Some(text).filter(|text| !text.is_empty());
        Self { resource, item_id: some(item_id), item_name: some(item_name), why }
    }
}

/// What opened and closed since a moment
///
/// The logged changes of the configuration are undone, from now back to then, and both networks are asked the same. What cannot be
/// undone is told. With `Accept: text/csv` it is every single pair, as a file that comes in parts: while there is a `Link` header to the
/// next one, it goes on there. What of the configuration then is not known comes first, each with `not known` and why. 409 if more than 5,000 things changed since, or too much of them.
#[utoipa::path(get, path = "/api/access/since", operation_id = "getAccessSince", tag = "access", params(SinceQuery),
    responses((status = 200, description = "What opened and closed", content(
        (SinceView = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, or no account at all"),
    (status = 409, description = "The network is too large to be judged, or too much changed since"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<SinceQuery>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (tenant, since) = (reader.tenant, query.since);
    let limit = file::limit(query.limit)?;
    let list = Paged::of(tenant, "/api/access/since", &query);
    let after = list.open(query.cursor.as_deref())?;
    let lists = Lists::read(&platform, tenant, query.account_id).await?;
    is_kept(&platform, &lists.account, since).await?;
    let changes = changes(&platform, tenant, &lists.account, since).await?;
    if file::is_wanted(&headers) {
        let written = tokio::task::spawn_blocking(move || write(&lists, &changes, after.as_deref(), limit));
        let (part, next) = written.await.map_err(Problem::internal)??;
        return Ok(part.answer(&list, "access-since", next.as_deref()));
    }
    let answered = tokio::task::spawn_blocking(move || answer(&lists, changes, since));
    Ok(Json(answered.await.map_err(Problem::internal)??).into_response())
}

/// Refuses a moment of which nothing can be known.
async fn is_kept(platform: &Platform, account: &Account, since: Timestamp) -> Result<(), Problem> {
    let tenant = platform.store.tenant(account.tenant).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    let (now, days) = (platform.now(), tenant.alert_retention.days());
    let wrong = |why: String| Err(Problem::field("/since", why));
    if since > now {
        wrong("must not be in the future".to_owned())
    } else if since < account.created_at {
        wrong("must not be before the account was connected".to_owned())
    } else if since < now - SignedDuration::from_hours(24 * i64::from(days)) {
        wrong(format!("must be within the last {days} days: changes are kept so long"))
    } else {
        Ok(())
    }
}

/// What happened since a moment to what decides, newest first.
async fn changes(
    platform: &Platform,
    tenant: TenantId,
    account: &Account,
    since: Timestamp,
) -> Result<Vec<LoggedChange>, Problem> {
    // What was seen since may have happened before.
    let looked_at = AtomicUsize::new(0);
    let is_wanted = |logged: &LoggedChange| {
        looked_at.fetch_add(1, Ordering::Relaxed);
        logged.change.resource.decides_access() && logged.at() >= since
    };
    let (mut found, mut after, mut bytes) = (Vec::new(), None, 0);
    loop {
        let range = ChangeRange { from: Some(since), to: None, after };
        let page = platform.store.changes(tenant, account.id, range, Some(&is_wanted), PAGE).await?;
        bytes += page.items.iter().map(|logged| weight(&logged.change)).sum::<usize>();
        found.extend(page.items);
        if found.len() > MOST_CHANGES || bytes > MOST_KEPT || looked_at.load(Ordering::Relaxed) > MOST_LOOKED_AT {
            let why = format!(
                "more than {MOST_CHANGES} things, or too much of them, changed since then: choose a later moment"
            );
            return Err(Problem::conflict(why));
        }
        after = page.next;
        if after.is_none() {
            return Ok(found);
        }
    }
}

/// About how many bytes of values a change holds.
fn weight(change: &Change) -> usize {
    let values = [&change.before, &change.after];
    values.into_iter().flatten().map(|value| value.to_string().len()).sum()
}

/// Writes a part of the pairs that differ, and tells where the next one begins.
fn write(
    lists: &Lists,
    changes: &[LoggedChange],
    after: Option<&str>,
    limit: usize,
) -> Result<(Part, Option<String>), Problem> {
    let now = lists.inventory();
    let plain: Vec<&Change> = changes.iter().map(|logged| &logged.change).collect();
    let (past, lost) = Past::before(&now, &plain);
    // Who reads only the file must not take it for the whole truth. What is not known is no row of the part's limit, so
    // that the first part goes on with a pair, whatever was lost.
    let lost = if after.is_none() { lost } else { Vec::new() };
    let mut part = difference_file::begin(after, limit)?;
    for Lost { resource, item_id, item_name, why } in lost.into_iter().take(MOST_LOST) {
        let kind = resource.name().to_owned();
        part.note([
            "not known".to_owned(),
            String::new(),
            item_name,
            item_id,
            String::new(),
            kind,
            String::new(),
            why.to_owned(),
        ])?;
    }
    difference_file::write_pairs(lists, (past.inventory(), now), ANYTHING, after, part)
}

fn answer(lists: &Lists, changes: Vec<LoggedChange>, since: Timestamp) -> Result<SinceView, Problem> {
    let now = lists.inventory();
    let plain: Vec<&Change> = changes.iter().map(|logged| &logged.change).collect();
    let (past, lost) = Past::before(&now, &plain);
    let difference = between(lists, (past.inventory(), now), ANYTHING)?;
    let (all, all_lost) = (changes.len(), lost.len());
    let told = changes.into_iter().take(MOST_TOLD).map(|logged| ChangeView::new(&lists.account, logged));
    let mut told: Vec<ChangeView> = told.collect();
    let fitting = fitting(&told, MOST_BYTES).map_err(Problem::internal)?;
    told.truncate(fitting);
    let incomplete: Vec<LostView> = lost.into_iter().take(MOST_LOST).map(LostView::from).collect();
    Ok(SinceView {
        since,
        difference,
        omitted_incomplete: all_lost - incomplete.len(),
        incomplete,
        omitted_changes: all - told.len(),
        changes: told,
    })
}
