//! What the trail's endpoints share: what is asked for, and how an entry is shown.

use jiff::{SignedDuration, Timestamp};
use platform_core::audit::AuditEntry;
use platform_core::audit_filter::AuditFilter;
use platform_core::ids::{ApiTokenId, AuditId, SessionId, TenantId};
use platform_http::Problem;
use platform_runtime::Platform;
use platform_store::StoreError;
use platform_store::audit::{AuditRange, place_of};
use platform_store::sift::Filter;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

/// A query with what all of them take, and with fields of its own.
macro_rules! trail_query {
    ($(#[$doc:meta])* $name:ident { $($own:tt)* }) => {
        $(#[$doc])*
        #[derive(serde::Deserialize, serde::Serialize, utoipa::IntoParams)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[into_params(parameter_in = Query)]
        pub(crate) struct $name {
            /// Only what was done at this time or later.
            #[param(example = "2026-01-01T00:00:00Z")]
            from: Option<jiff::Timestamp>,
            /// Only what was done before this time, to the millisecond.
            to: Option<jiff::Timestamp>,
            /// Only what this user did.
            user: Option<uuid::Uuid>,
            /// What was done: a code, or how codes begin, up to a dot.
            #[param(example = "rule")]
            action: Option<String>,
            /// To what kind of thing.
            #[param(example = "account")]
            resource_type: Option<String>,
            /// To which.
            resource_id: Option<String>,
            /// In which session.
            session: Option<uuid::Uuid>,
            /// From which address.
            #[param(value_type = Option<String>, example = "203.0.113.7")]
            ip: Option<std::net::IpAddr>,
            /// Entries in which this text stands anywhere, in upper or lower case: names, codes, addresses, values. 1 to 200
            /// characters.
            text: Option<String>,
            $($own)*
        }

        impl $name {
            fn wanted(&self) -> Result<platform_core::audit_filter::AuditFilter, platform_http::Problem> {
                let Self { user, action, resource_type, resource_id, session, ip, text, .. } = self;
                let wanted = $crate::export_view::ExportFilter {
                    user: *user,
                    action: action.clone(),
                    resource_type: resource_type.clone(),
                    resource_id: resource_id.clone(),
                    session: *session,
                    ip: *ip,
                    text: text.clone(),
                    ..Default::default()
                };
                $crate::trail::checked(wanted.into())
            }
        }
    };
}
pub(crate) use trail_query;

/// What is asked for, if it can be.
pub(crate) fn checked(wanted: AuditFilter) -> Result<AuditFilter, Problem> {
    let fits = |text: &String| (1..=AuditFilter::MAX_TEXT).contains(&text.chars().count());
    if wanted.text.as_ref().is_some_and(|text| !fits(text)) {
        return Err(Problem::field("/text", format!("must be 1 to {} characters", AuditFilter::MAX_TEXT)));
    }
    Ok(wanted)
}

/// The stretch of a tenant's trail that is asked for: months in which there can be nothing are not looked into.
pub(crate) async fn stretch(
    platform: &Platform,
    tenant: TenantId,
    (from, to): (Option<Timestamp>, Option<Timestamp>),
    after: Option<String>,
) -> Result<AuditRange, Problem> {
    let tenant = platform.store.tenant(tenant).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    let end = platform.now() + SignedDuration::from_secs(1);
    let from = from.map_or(tenant.created_at, |from| from.max(tenant.created_at));
    Ok(AuditRange { from, to: to.map_or(end, |to| to.min(end)), after })
}

/// Some of the trail, newest first.
pub(crate) struct Part {
    pub(crate) entries: Vec<AuditView>,
    /// Where the next one begins if all of it is shown.
    pub(crate) next: Option<String>,
}

impl Part {
    /// Reads what is wanted of a stretch.
    pub(crate) async fn read(
        platform: &Platform,
        tenant: TenantId,
        range: AuditRange,
        wanted: &AuditFilter,
        limit: usize,
    ) -> Result<Self, StoreError> {
        let is_wanted = |entry: &AuditEntry| wanted.contains(entry);
        let filter: Filter<'_, AuditEntry> = if wanted.is_everything() { None } else { Some(&is_wanted) };
        let page = platform.store.audit_entries(tenant, range, filter, limit).await?;
        Ok(Self { entries: page.items.into_iter().map(AuditView::from).collect(), next: page.next })
    }

    /// Where the next one begins if so many of its entries are shown: what does not fit is the next one's.
    pub(crate) fn next_after(&self, tenant: TenantId, shown: usize) -> Option<String> {
        if shown == self.entries.len() {
            return self.next.clone();
        }
        let last = self.entries.get(shown.checked_sub(1)?)?;
        Some(place_of(tenant, last.at, AuditId::from_uuid(last.id)))
    }
}

/// Who.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditUser {
    pub(crate) id: Uuid,
    /// Their name at that time.
    pub(crate) name: String,
}

/// An entry of the audit trail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditView {
    pub(crate) id: Uuid,
    pub(crate) at: Timestamp,
    /// What was done.
    #[schema(example = "rule.create")]
    pub(crate) action: String,
    #[schema(example = "rule")]
    pub(crate) resource_type: String,
    pub(crate) resource_id: String,
    pub(crate) user: AuditUser,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) session_id: Option<Uuid>,
    /// The API token, if it was no session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) token_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ip: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) user_agent: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) old_values: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) new_values: Option<Value>,
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
