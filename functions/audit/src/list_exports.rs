//! `GET /api/audit/exports`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::export_view::ExportView;

/// Exports of the audit trail
///
/// All of them, newest first: at most 20. What became of one is told for 14 days. For a link to its file, read the export itself.
#[utoipa::path(get, path = "/api/audit/exports", operation_id = "listAuditExports", tag = "audit",
    responses((status = 200, description = "The exports", body = Vec<ExportView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (exports, now) = (platform.store.audit_exports(reader.tenant).await?, platform.now());
    Ok(whole(exports.iter().rev().map(|export| ExportView::new(export, now)).collect()))
}
