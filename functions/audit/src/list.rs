//! `GET /api/audit/logs`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{MOST_BYTES, Paged, fitting, limit};
use platform_runtime::Platform;

use crate::trail::{AuditView, Part, stretch, trail_query};

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
    // Thousands of entries may be looked at for a page.
    let _turn = if wanted.is_everything() { None } else { Some(platform.list_turn(reader.tenant).await?) };
    let mut part = Part::read(&platform, reader.tenant, range, &wanted, limit).await?;
    let least = part.entries.len().min(1);
    let shown = fitting(&part.entries, MOST_BYTES).map_err(Problem::internal)?.max(least);
    let next = part.next_after(reader.tenant, shown);
    part.entries.truncate(shown);
    Ok(list.uncounted(part.entries, next.as_deref(), limit))
}
