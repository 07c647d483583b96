//! `GET /api/audit/logs`

use axum::extract::State;
use axum::response::Response;
use platform_core::audit::AuditEntry;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use platform_store::sift::Filter;

use crate::file::{self, MOST_BYTES};
use crate::trail::{AuditView, stretch, trail_query};

trail_query!(AuditQuery {
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
});

/// Audit trail
///
/// Who did what to which, from where, with the values before and after; newest first. Its pages are not counted. For a page
/// with filters 5,000 entries are looked at, and a page has 2.6 MB at most: it may hold less than `limit`, and the next one goes on.
#[utoipa::path(get, path = "/api/audit/logs", operation_id = "listAuditLogs", tag = "audit", params(AuditQuery),
    responses((status = 200, description = "A page of entries", body = Vec<AuditView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Problem> {
    let (limit, wanted) = (limit(query.limit)?, query.wanted()?);
    let list = Paged::of(reader.tenant, "/api/audit/logs", &query);
    let after = list.open(query.cursor.as_deref())?;
    let range = stretch(&platform, reader.tenant, (query.from, query.to), after).await?;
    let is_wanted = |entry: &AuditEntry| wanted.contains(entry);
    let filter: Filter<'_, AuditEntry> = if wanted.is_some() { Some(&is_wanted) } else { None };
    // Thousands of entries may be looked at for a page.
    let _turn = if wanted.is_some() { Some(platform.list_turn(reader.tenant).await?) } else { None };
    let page = platform.store.audit_entries(reader.tenant, range, filter, limit).await?;
    let places: Vec<String> = page.items.iter().map(|entry| platform.store.audit_place(entry)).collect();
    let mut views: Vec<AuditView> = page.items.into_iter().map(AuditView::from).collect();
    // What does not fit is the next page's.
    let (_, fitting) = file::lines(&views, MOST_BYTES).map_err(Problem::internal)?;
    let next = if fitting < views.len() { places.get(fitting.wrapping_sub(1)).cloned() } else { page.next };
    views.truncate(fitting);
    Ok(list.uncounted(views, next.as_deref(), limit))
}
