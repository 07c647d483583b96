//! `GET /api/netbird/peers/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::Peer;
use platform_core::usage::Thing;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::one::{One, OneQuery, find};
use crate::peer_view::{PeerView, Users};
use crate::policy_view::GroupRefView;
use crate::used_by::UsedByView;

/// A peer in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PeerDetail)]
pub(crate) struct PeerDetailView {
    #[serde(flatten)]
    peer: PeerView,
    /// The groups it is in, with NetBird's ids.
    group_refs: Vec<GroupRefView>,
    #[serde(flatten)]
    used_by: UsedByView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A peer
///
/// As of its account's last sync, with what names it or a group that it is in. While an account cannot be read, its peers keep their last state.
#[utoipa::path(get, path = "/api/netbird/peers/{id}", operation_id = "getPeer", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The peer", body = PeerDetailView),
    (status = 404, description = "No such peer or account"),
    (status = 503, description = "The peers are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<PeerDetailView>, Problem> {
    let found: One<Peer> = find(&platform, reader.tenant, query.account_id, ("peer", &id)).await?;
    let users = Users::read(&platform.store, reader.tenant, &found.sync).await?;
    let groups = &found.row.groups;
    let thing = Thing::Peer(&found.row.id);
    let used_by = UsedByView::read(&platform.store, reader.tenant, &found.sync, thing, groups).await?;
    Ok(Json(PeerDetailView {
        peer: PeerView::new(&found.account, &users, &found.row),
        group_refs: groups.iter().map(GroupRefView::from).collect(),
        used_by,
        as_of: found.sync.last_sync,
    }))
}
