//! `POST /api/audit/exports`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::audit_export::{AuditExport, AuditExportState, AuditFormat, MOST_KEPT, MOST_OPEN};
use platform_core::audit_filter::AuditFilter;
use platform_core::ids::{AuditExportId, TenantId};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::export_view::{ExportFilter, ExportView, audited};

/// What is to be written, and as what.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AuditExportInput)]
pub(crate) struct ExportInput {
    format: AuditFormat,
    /// All of the trail if absent.
    #[serde(default)]
    filter: ExportFilter,
}

impl ExportFilter {
    fn checked(self) -> Result<AuditFilter, Problem> {
        let mut problems = Problems::default();
        let texts = [
            ("/filter/action", &self.action),
            ("/filter/resourceType", &self.resource_type),
            ("/filter/resourceId", &self.resource_id),
            ("/filter/text", &self.text),
        ];
        for (field, text) in texts.into_iter().filter_map(|(field, text)| Some((field, text.as_ref()?))) {
            problems.text(field, text, 1, AuditFilter::MAX_TEXT);
        }
        let is_a_time = self.from.zip(self.to).is_none_or(|(from, to)| from < to);
        problems.require(is_a_time, "/filter/to", "must be later than from".to_owned());
        problems.finish().map_err(Problem::validation)?;
        Ok(self.into())
    }
}

/// Export the audit trail as a file
///
/// For trails that are too long to be saved by a browser: the file is written in the background, newest entries first, is there
/// for seven days, and has a link for whoever reads the export. What is done after this request is not in it. A tenant has at most
/// three exports that are not written yet, and 20 in all; a file at most 5,000,000 entries and 4 GiB.
#[utoipa::path(post, path = "/api/audit/exports", operation_id = "createAuditExport", tag = "audit",
    request_body = ExportInput, responses((status = 202, description = "It will be written", body = ExportView),
    (status = 409, description = "There are as many exports as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(ExportInput { format, filter }): extract::Json<ExportInput>,
) -> Result<(StatusCode, Json<ExportView>), Problem> {
    let (from, to, filter) = (filter.from, filter.to, filter.checked()?);
    let (tenant, now) = (caller.tenant, platform.now());
    let export = AuditExport {
        id: AuditExportId::new(now, platform.entropy.as_ref()),
        tenant,
        format,
        filter,
        from,
        to,
        created_at: now,
        created_by: caller.person(),
        state: AuditExportState::Queued,
        entries: 0,
        bytes: 0,
        sha256: None,
        finished_at: None,
        failure: None,
        due: now,
        ready_at: now,
        tries: 0,
        written: None,
        version: 1,
    };
    let change = (None, Some(audited(&export)));
    let entry = platform.audit_entry(tenant, caller.actor(), "audit-export.create", export.id, change);
    let mut tries = Tries::new(&platform, tenant, Quota::AuditExports);
    while let Some(pass) = tries.next().await? {
        refuse_another(&platform, tenant).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_audit_export(&export)?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok((StatusCode::ACCEPTED, Json(ExportView::new(&export, now))))
}

async fn refuse_another(platform: &Platform, tenant: TenantId) -> Result<(), Problem> {
    let exports = platform.store.audit_exports(tenant).await?;
    if exports.iter().filter(|export| export.is_open()).count() >= MOST_OPEN {
        return Err(Problem::conflict(format!("{MOST_OPEN} exports are being written already: wait for one of them")));
    }
    if exports.len() >= MOST_KEPT {
        return Err(Problem::conflict(format!("a tenant may have at most {MOST_KEPT} exports: delete one")));
    }
    Ok(())
}
