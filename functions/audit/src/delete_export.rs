//! `DELETE /api/audit/exports/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::quota::until_written;
use uuid::Uuid;

use crate::export_view::{audited, file_of, find};

/// Delete an export of the audit trail
///
/// With its file, or with what is written of it. The trail itself stays.
#[utoipa::path(delete, path = "/api/audit/exports/{id}", operation_id = "deleteAuditExport", tag = "audit",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted"),
    (status = 404, description = "No such export")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    // While it is being written, it changes all the time.
    let export = until_written(&platform, async || {
        let export = find(&platform, caller.tenant, id).await?;
        let change = (Some(audited(&export)), None);
        let mut transaction = platform.store.transaction();
        transaction.remove_audit_export(&export);
        let entry = platform.audit_entry(caller.tenant, caller.actor(), "audit-export.delete", export.id, change);
        transaction.audit(&entry)?;
        Ok(transaction.commit().await.map(|()| export))
    });
    let export = export.await?;
    let file = file_of(&export);
    if let Some(written) = &export.written {
        platform.files.abandon(&file, &written.upload).await.map_err(Problem::internal)?;
    }
    platform.files.remove(&file).await.map_err(Problem::internal)?;
    Ok(StatusCode::NO_CONTENT)
}
