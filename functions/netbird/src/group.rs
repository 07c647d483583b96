//! `GET /api/netbird/groups/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::Group;
use platform_core::usage::Thing;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::groups::GroupView;
use crate::one::{One, OneQuery, find};
use crate::used_by::UsedByView;

/// A group in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = GroupDetail)]
pub(crate) struct GroupDetailView {
    #[serde(flatten)]
    group: GroupView,
    #[serde(flatten)]
    used_by: UsedByView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A group
///
/// As of the last time that groups were read. Its peers are in the list of peers, by `group`.
#[utoipa::path(get, path = "/api/netbird/groups/{id}", operation_id = "getGroup", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The group", body = GroupDetailView),
    (status = 404, description = "No such group or account"),
    (status = 503, description = "The groups are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<GroupDetailView>, Problem> {
    let found: One<Group> = find(&platform, reader.tenant, query.account_id, ("group", &id)).await?;
    let thing = Thing::Group(&found.row.id);
    let used_by = UsedByView::read(&platform.store, reader.tenant, &found.sync, thing, &[]).await?;
    Ok(Json(GroupDetailView {
        group: GroupView::new(&found.account, &found.row),
        used_by,
        as_of: found.sync.last_sync,
    }))
}
