//! `GET /api/netbird/posture-checks/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::PostureCheck;
use platform_core::usage::Thing;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::one::{One, OneQuery, find};
use crate::posture_checks::{Asking, PostureCheckView};
use crate::used_by::UsedByView;

/// A posture check in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PostureCheckDetail)]
pub(crate) struct PostureCheckDetailView {
    #[serde(flatten)]
    check: PostureCheckView,
    #[serde(flatten)]
    used_by: UsedByView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A posture check
///
/// As of the last time that posture checks were read. With the policies that ask for it among what names it.
#[utoipa::path(get, path = "/api/netbird/posture-checks/{id}", operation_id = "getPostureCheck", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The posture check", body = PostureCheckDetailView),
    (status = 404, description = "No such posture check or account"),
    (status = 503, description = "The posture checks are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<PostureCheckDetailView>, Problem> {
    let found: One<PostureCheck> = find(&platform, reader.tenant, query.account_id, ("posture check", &id)).await?;
    let beside = Asking::read(&platform.store, reader.tenant, &found.sync).await?;
    let thing = Thing::PostureCheck(&found.row.id);
    let used_by = UsedByView::read(&platform.store, reader.tenant, &found.sync, thing, &[]).await?;
    Ok(Json(PostureCheckDetailView {
        check: PostureCheckView::new(&found.account, &beside, &found.row),
        used_by,
        as_of: found.sync.last_sync,
    }))
}
