//! `GET /api/audit/seals`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{MAX_LIMIT, Paged, limit};
use platform_runtime::Platform;
use platform_store::audit::month_of;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

use crate::verify::read_month;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct SealsQuery {
    /// By UTC; the present one if absent.
    #[param(example = "2026-11")]
    month: Option<String>,
    /// Seals of a part, 1 to 1000; 1000 if absent.
    limit: Option<usize>,
    /// Where the last part ended, from its `Link` header.
    cursor: Option<String>,
}

/// Export the seals of the audit trail
///
/// As a file, a seal as JSON on each line, oldest first: with the trail of the same month, exported as JSON Lines, whoever has both
/// can verify them without the platform. A long chain comes in parts: while there is a `Link` header to the next one, it goes on
/// there, and the parts one after the other are the file.
#[utoipa::path(get, path = "/api/audit/seals", operation_id = "exportAuditSeals", tag = "audit", params(SealsQuery),
    responses((status = 200, description = "A part of the chain", content((String = "application/x-ndjson")))))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<SealsQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit.or(Some(MAX_LIMIT)))?;
    let month = match &query.month {
        None => month_of(platform.now()),
        Some(text) => read_month(text).ok_or_else(|| Problem::field("/month", "must be a month such as 2026-11"))?,
    };
    let list = Paged::of(reader.tenant, "/api/audit/seals", &query);
    let after = list.open(query.cursor.as_deref())?;
    let _turn = platform.list_turn(reader.tenant).await?;
    let seals = platform.store.seals(reader.tenant, month, after, limit).await?;
    let mut body = Vec::new();
    for seal in &seals.items {
        serde_json::to_writer(&mut body, seal).map_err(Problem::internal)?;
        body.push(b'\n');
    }
    let name = format!("attachment; filename=\"audit-seals-{}.jsonl\"", month.strftime("%Y-%m"));
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok(list.linked((headers, body).into_response(), seals.next.as_deref(), limit))
}
