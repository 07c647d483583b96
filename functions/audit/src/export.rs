//! `GET /api/audit/export`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use platform_core::audit::AuditEntry;
use platform_core::named;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::Paged;
use platform_runtime::Platform;
use platform_store::sift::Filter;

use crate::file::{self, MOST_BYTES};
use crate::trail::{AuditView, stretch, trail_query};

/// Entries of a part, unless fewer are asked for.
const MOST: usize = 1_000;

named! {
    /// What the trail is written as.
    pub enum Format {
        /// An entry as JSON on each line.
        Jsonl = "jsonl",
        /// Comma-separated values (RFC 4180), in UTF-8. What a spreadsheet would take for a formula begins with an apostrophe.
        Csv = "csv",
    }
}

trail_query!(ExportQuery {
    /// `jsonl` if absent.
    #[param(inline)]
    format: Option<Format>,
    /// Entries of a part, 1 to 1000; 1000 if absent.
    limit: Option<usize>,
    /// Where the last part ended, from its `Link` header.
    cursor: Option<String>,
});

/// Export the audit trail
///
/// As a file, newest first, with the same filters as the list. A long trail comes in parts: while there is a `Link` header to
/// the next one, it goes on there, and the parts one after the other are the file; of CSV only the first part has the line of
/// names. A part may be empty.
#[utoipa::path(get, path = "/api/audit/export", operation_id = "exportAuditLogs", tag = "audit", params(ExportQuery),
    responses((status = 200, description = "A part of the trail", content(
        (String = "application/x-ndjson"), (String = "text/csv")))))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<ExportQuery>,
) -> Result<Response, Problem> {
    let limit = match query.limit {
        None => MOST,
        Some(limit) if (1..=MOST).contains(&limit) => limit,
        Some(_) => return Err(Problem::field("/limit", format!("must be from 1 to {MOST}"))),
    };
    let (wanted, format) = (query.wanted()?, query.format.unwrap_or(Format::Jsonl));
    let list = Paged::of(reader.tenant, "/api/audit/export", &query);
    let after = list.open(query.cursor.as_deref())?;
    let is_first = after.is_none();
    let range = stretch(&platform, reader.tenant, (query.from, query.to), after).await?;
    let is_wanted = |entry: &AuditEntry| wanted.contains(entry);
    let filter: Filter<'_, AuditEntry> = if wanted.is_some() { Some(&is_wanted) } else { None };
    let _turn = platform.list_turn(reader.tenant).await?;
    let page = platform.store.audit_entries(reader.tenant, range, filter, limit).await?;
    let places: Vec<String> = page.items.iter().map(|entry| platform.store.audit_place(entry)).collect();
    let entries: Vec<AuditView> = page.items.into_iter().map(AuditView::from).collect();
    let (body, written) = match format {
        Format::Jsonl => file::lines(&entries, MOST_BYTES),
        Format::Csv => file::table(&entries, is_first, MOST_BYTES),
    }
    .map_err(Problem::internal)?;
    // What does not fit is the next part's.
    let next = if written < entries.len() { places.get(written.wrapping_sub(1)).cloned() } else { page.next };
    let (kind, ending) = match format {
        Format::Jsonl => ("application/x-ndjson", "jsonl"),
        Format::Csv => ("text/csv; charset=utf-8", "csv"),
    };
    let name = format!("attachment; filename=\"audit-{}.{ending}\"", platform.now().strftime("%Y-%m-%d"));
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(list.linked((headers, body).into_response(), next.as_deref(), limit))
}
