//! `GET /api/audit/exports/{id}`

use axum::Json;
use axum::extract::State;
use jiff::SignedDuration;
use platform_core::audit_export::AuditExportState;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_runtime::files::SavedAs;
use uuid::Uuid;

use crate::export_view::{ExportView, file_of, find};
use crate::file;

/// How long a link to a file is good for: long enough to begin to read it.
const GOOD_FOR: SignedDuration = SignedDuration::from_mins(5);

/// An export of the audit trail
///
/// With a link to its file, if that is there.
#[utoipa::path(get, path = "/api/audit/exports/{id}", operation_id = "getAuditExport", tag = "audit",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The export", body = ExportView),
    (status = 404, description = "No such export")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<ExportView>, Problem> {
    let (export, now) = (find(&platform, reader.tenant, id).await?, platform.now());
    let view = ExportView::new(&export, now);
    if export.state_at(now) != AuditExportState::Ready {
        return Ok(Json(view));
    }
    let saved_as = SavedAs { name: file::name(export.format, export.created_at), kind: file::kind(export.format).0 };
    let link = platform.files.link(&file_of(&export), saved_as, (now, GOOD_FOR)).await.map_err(Problem::internal)?;
    Ok(Json(view.with_link(link)))
}
