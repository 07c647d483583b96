//! `GET /api/audit/logs`

use axum::extract::State;
use axum::response::Response;
use jiff::{SignedDuration, Timestamp};
use platform_core::audit::AuditEntry;
use platform_core::ids::{ApiTokenId, SessionId};
use platform_core::text;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use platform_store::audit::AuditRange;
use platform_store::sift::Filter;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Only what was done at this time or later.
    #[param(example = "2026-01-01T00:00:00Z")]
    from: Option<Timestamp>,
    /// Only what was done before this time, to the millisecond.
    to: Option<Timestamp>,
    /// Only what this user did.
    user: Option<Uuid>,
    /// What was done: a code, or how codes begin, up to a dot.
    #[param(example = "rule")]
    action: Option<String>,
    /// To what kind of thing.
    #[param(example = "account")]
    resource_type: Option<String>,
    /// To which.
    resource_id: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

impl AuditQuery {
    fn wants(&self, entry: &AuditEntry) -> bool {
        self.user.is_none_or(|user| user == entry.actor.user.uuid())
            && self.action.as_deref().is_none_or(|code| text::is_under(&entry.action, code))
            && self.resource_type.as_ref().is_none_or(|kind| *kind == entry.resource_type)
            && self.resource_id.as_ref().is_none_or(|id| *id == entry.resource_id)
    }
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
/// Who did what to which, from where, with the values before and after; newest first. Its pages are not counted. For a page
/// with filters 5,000 entries are looked at: it may hold less than `limit`, and the next one goes on.
#[utoipa::path(get, path = "/api/audit/logs", operation_id = "listAuditLogs", tag = "audit", params(AuditQuery),
    responses((status = 200, description = "A page of entries", body = Vec<AuditView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<AuditQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let list = Paged::of(reader.tenant, "/api/audit/logs", &query);
    let after = list.open(query.cursor.as_deref())?;
    let tenant = platform.store.tenant(reader.tenant).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    // Months in which there can be nothing are not looked into.
    let end = platform.now() + SignedDuration::from_secs(1);
    let from = query.from.map_or(tenant.created_at, |from| from.max(tenant.created_at));
    let range = AuditRange { from, to: query.to.map_or(end, |to| to.min(end)), after };
    let is_filtered =
        query.user.is_some() || query.action.is_some() || query.resource_type.is_some() || query.resource_id.is_some();
    let is_wanted = |entry: &AuditEntry| query.wants(entry);
    let filter: Filter<'_, AuditEntry> = if is_filtered { Some(&is_wanted) } else { None };
    // Thousands of entries may be looked at for a page.
    let _turn = if is_filtered { Some(platform.list_turn(reader.tenant).await?) } else { None };
    let page = platform.store.audit_entries(reader.tenant, range, filter, limit).await?;
    let views: Vec<AuditView> = page.items.into_iter().map(AuditView::from).collect();
    Ok(list.uncounted(views, page.next.as_deref(), limit))
}
