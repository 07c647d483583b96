//! `GET /api/netbird/users/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::User;
use platform_core::usage::Thing;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::one::{One, OneQuery, find};
use crate::used_by::UsedByView;
use crate::users::UserView;

/// A user of NetBird in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetbirdUserDetail)]
pub(crate) struct NetbirdUserDetailView {
    #[serde(flatten)]
    user: UserView,
    #[serde(flatten)]
    used_by: UsedByView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A user of NetBird
///
/// As of the last time that users were read. With their peers among what names them.
#[utoipa::path(get, path = "/api/netbird/users/{id}", operation_id = "getNetbirdUser", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The user", body = NetbirdUserDetailView),
    (status = 404, description = "No such user or account"),
    (status = 503, description = "The users are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<NetbirdUserDetailView>, Problem> {
    let found: One<User> = find(&platform, reader.tenant, query.account_id, ("user", &id)).await?;
    let thing = Thing::User(&found.row.id);
    let used_by = UsedByView::read(&platform.store, reader.tenant, &found.sync, thing, &[]).await?;
    Ok(Json(NetbirdUserDetailView {
        user: UserView::new(&found.account, &found.row),
        used_by,
        as_of: found.sync.last_sync,
    }))
}
