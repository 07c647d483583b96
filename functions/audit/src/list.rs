//! `GET /api/audit/logs`

use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use platform_core::audit::AuditEntry;
use platform_core::ids::{ApiTokenId, SessionId};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use platform_store::audit::AuditRange;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Only what was done at this time or later.
    #[param(example = "2026-01-01T00:00:00Z")]
    from: Option<Timestamp>,
    /// Only what was done before this time, to the millisecond.
    to: Option<Timestamp>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Who.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditUser {
    id: Uuid,
    /// Their name at that time.
    name: String,
}

/// An entry of the audit trail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditView {
    id: Uuid,
    at: Timestamp,
    /// What was done.
    #[schema(example = "rule.create")]
    action: String,
    #[schema(example = "rule")]
    resource_type: String,
    resource_id: String,
    user: AuditUser,
    #[serde(skip_serializing_if = "Option::is_none")]
    session_id: Option<Uuid>,
    /// The API token, if it was no session.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    old_values: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    new_values: Option<Value>,
}

impl From<AuditEntry> for AuditView {
    fn from(entry: AuditEntry) -> Self {
        let actor = entry.actor;
        Self {
            id: entry.id.uuid(),
            at: entry.at,
            action: entry.action,
            resource_type: entry.resource_type,
            resource_id: entry.resource_id,
            user: AuditUser { id: actor.user.uuid(), name: actor.name },
            session_id: actor.session.map(SessionId::uuid),
            token_id: actor.token.map(ApiTokenId::uuid),
            ip: actor.ip,
            user_agent: actor.user_agent,
            old_values: entry.old_values,
            new_values: entry.new_values,
        }
    }
}

/// Audit trail
///
/// Who did what to which, from where, with the values before and after; newest first. Its pages are not counted.
#[utoipa::path(get, path = "/api/audit/logs", operation_id = "listAuditLogs", tag = "audit", params(AuditQuery),
    responses((status = 200, description = "A page of entries", body = Vec<AuditView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let filters = [("from", query.from.map(|from| from.to_string())), ("to", query.to.map(|to| to.to_string()))];
    let list = Paged::new(reader.tenant, "/api/audit/logs", &filters);
    let after = list.open(query.cursor.as_deref())?;
    let tenant = platform.store.tenant(reader.tenant).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    // Months in which there can be nothing are not looked into.
    let end = platform.now() + SignedDuration::from_secs(1);
    let from = query.from.map_or(tenant.created_at, |from| from.max(tenant.created_at));
    let range = AuditRange { from, to: query.to.map_or(end, |to| to.min(end)), after };
    let page = platform.store.audit_entries(reader.tenant, range, limit).await?;
    let views: Vec<AuditView> = page.items.into_iter().map(AuditView::from).collect();
    Ok(list.uncounted(views, page.next.as_deref(), limit))
}
