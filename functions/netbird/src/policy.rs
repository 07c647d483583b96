//! `GET /api/netbird/policies/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::Policy;
use platform_core::usage::Thing;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::one::{One, OneQuery, find};
use crate::policy_view::{Checks, PolicyView};
use crate::used_by::UsedByView;

/// An access policy in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyDetail)]
pub(crate) struct PolicyDetailView {
    #[serde(flatten)]
    policy: PolicyView,
    #[serde(flatten)]
    used_by: UsedByView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// An access policy
///
/// As of the last time that policies were read. With the networks whose resources it is about among what names it.
#[utoipa::path(get, path = "/api/netbird/policies/{id}", operation_id = "getPolicy", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The policy", body = PolicyDetailView),
    (status = 404, description = "No such policy or account"),
    (status = 503, description = "The policies are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<PolicyDetailView>, Problem> {
    let found: One<Policy> = find(&platform, reader.tenant, query.account_id, ("policy", &id)).await?;
    let beside = Checks::read(&platform.store, reader.tenant, &found.sync).await?;
    let thing = Thing::Policy(&found.row.id);
    let used_by = UsedByView::read(&platform.store, reader.tenant, &found.sync, thing, &[]).await?;
    Ok(Json(PolicyDetailView {
        policy: PolicyView::new(&found.account, &beside, &found.row),
        used_by,
        as_of: found.sync.last_sync,
    }))
}
