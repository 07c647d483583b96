//! An export of the trail as the API shows it.

use std::net::IpAddr;

use jiff::Timestamp;
use platform_core::audit_export::{AuditExport, AuditExportState, AuditFormat};
use platform_core::audit_filter::AuditFilter;
use platform_core::ids::{AuditExportId, TenantId};
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::files::FileName;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::file;
use crate::trail::AuditUser;

/// Which entries of the trail are in it: those for which all of this is so.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AuditExportFilter)]
pub(crate) struct ExportFilter {
    /// What was done at this time or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-01-01T00:00:00Z")]
    pub(crate) from: Option<Timestamp>,
    /// What was done before this time, to the millisecond.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<Timestamp>,
    /// What this user did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) user: Option<Uuid>,
    /// What was done: a code, or how codes begin, up to a dot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "rule", min_length = 1, max_length = 200)]
    pub(crate) action: Option<String>,
    /// To what kind of thing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "account", min_length = 1, max_length = 200)]
    pub(crate) resource_type: Option<String>,
    /// To which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) resource_id: Option<String>,
    /// In which session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) session: Option<Uuid>,
    /// From which address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "203.0.113.7")]
    pub(crate) ip: Option<IpAddr>,
    /// A text that stands anywhere in the entry, in upper or lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 200)]
    pub(crate) text: Option<String>,
}

impl From<ExportFilter> for AuditFilter {
    fn from(filter: ExportFilter) -> Self {
        Self {
            user: filter.user,
            action: filter.action,
            resource_type: filter.resource_type,
            resource_id: filter.resource_id,
            session: filter.session,
            // As entries have them.
            ip: filter.ip.map(|ip| ip.to_canonical().to_string()),
            text: filter.text.map(|text| text.to_lowercase()),
        }
    }
}

impl From<&AuditExport> for ExportFilter {
    fn from(export: &AuditExport) -> Self {
        let filter = export.filter.clone();
        Self {
            from: export.from,
            to: export.to,
            user: filter.user,
            action: filter.action,
            resource_type: filter.resource_type,
            resource_id: filter.resource_id,
            session: filter.session,
            ip: filter.ip.and_then(|ip| ip.parse().ok()),
            text: filter.text,
        }
    }
}

/// An export of the audit trail as a file.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AuditExport)]
pub(crate) struct ExportView {
    id: Uuid,
    state: AuditExportState,
    format: AuditFormat,
    filter: ExportFilter,
    /// When it was asked for: what was done later is not in it.
    created_at: Timestamp,
    created_by: AuditUser,
    /// Entries in the file; while it is being written, so far.
    entries: u64,
    /// Bytes of the file; while it is being written, so far.
    bytes: u64,
    /// SHA-256 of the file, in hexadecimal digits, once it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    /// When the file was there, or the export was given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<Timestamp>,
    /// Why there is no file, if there will be none.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
    /// When the file is deleted.
    expires_at: Timestamp,
    /// What the file is called.
    #[schema(example = "audit-2026-11-29.jsonl")]
    file_name: String,
    /// Where the file is, for whoever has this link, for five minutes: only of one export by itself, while it is `ready`, and
    /// another one each time.
    #[serde(skip_serializing_if = "Option::is_none")]
    download_url: Option<String>,
}

impl ExportView {
    pub(crate) fn new(export: &AuditExport, now: Timestamp) -> Self {
        let AuditExport { id, format, created_at, created_by, entries, bytes, sha256, finished_at, failure, .. } =
            export;
        Self {
            id: id.uuid(),
            state: export.state_at(now),
            format: *format,
            filter: ExportFilter::from(export),
            created_at: *created_at,
            created_by: AuditUser { id: created_by.id.uuid(), name: created_by.name.clone() },
            entries: *entries,
            bytes: *bytes,
            sha256: sha256.clone(),
            finished_at: *finished_at,
            failure: failure.clone(),
            expires_at: export.expires_at(),
            file_name: file::name(*format, *created_at),
            download_url: None,
        }
    }

    pub(crate) fn with_link(self, link: String) -> Self {
        Self { download_url: Some(link), ..self }
    }
}

/// An export, as the trail tells of it.
pub(crate) fn audited(export: &AuditExport) -> Value {
    json!({ "format": export.format, "filter": ExportFilter::from(export) })
}

/// Where its file is.
pub(crate) fn file_of(export: &AuditExport) -> FileName {
    FileName::of_export(export)
}

/// An export that is there.
pub(crate) async fn find(platform: &Platform, tenant: TenantId, id: Uuid) -> Result<AuditExport, Problem> {
    let found = platform.store.audit_export(tenant, AuditExportId::from_uuid(id)).await?;
    found.ok_or_else(|| Problem::not_found("export"))
}
