//! `GET /api/audit/export`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use platform_core::audit_export::AuditFormat;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{MAX_LIMIT, Paged, limit};
use platform_runtime::Platform;

use crate::file;
use crate::trail::{Part, stretch, trail_query};

trail_query!(ExportQuery {
    /// `jsonl` if absent.
    #[param(inline)]
    format: Option<AuditFormat>,
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
    let limit = limit(query.limit.or(Some(MAX_LIMIT)))?;
    let (wanted, format) = (query.wanted()?, query.format.unwrap_or(AuditFormat::Jsonl));
    let list = Paged::of(reader.tenant, "/api/audit/export", &query);
    let after = list.open(query.cursor.as_deref())?;
    let is_first = after.is_none();
    let range = stretch(&platform, reader.tenant, (query.from, query.to), after).await?;
    let _turn = platform.list_turn(reader.tenant).await?;
    let part = Part::read(&platform, reader.tenant, range, &wanted, limit).await?;
    let mut body = Vec::new();
    if is_first {
        file::begin(format, &mut body).map_err(Problem::internal)?;
    }
    let written = file::as_many(format, &mut body, &part.entries).map_err(Problem::internal)?;
    let next = part.next_after(reader.tenant, written);
    let saved_as = format!("attachment; filename=\"{}\"", file::name(format, platform.now()));
    let headers = [(header::CONTENT_TYPE, file::kind(format).0.to_owned()), (header::CONTENT_DISPOSITION, saved_as)];
    Ok(list.linked((headers, body).into_response(), next.as_deref(), limit))
}
