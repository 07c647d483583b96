//! `GET /api/netbird/networks/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::Network;
use platform_core::usage::Thing;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::network_view::{NetworkView, Parts};
use crate::one::{One, OneQuery, find};
use crate::used_by::UsedByView;

/// Most resources and most routers that are shown of a network.
const MOST_PARTS: usize = 500;

/// A network in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetworkDetail)]
pub(crate) struct NetworkDetailView {
    #[serde(flatten)]
    network: NetworkView,
    #[serde(flatten)]
    used_by: UsedByView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A network
///
/// As of the last time that networks were read. With up to 500 of its resources and of its routers.
#[utoipa::path(get, path = "/api/netbird/networks/{id}", operation_id = "getNetwork", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The network", body = NetworkDetailView),
    (status = 404, description = "No such network or account"),
    (status = 503, description = "The networks are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<NetworkDetailView>, Problem> {
    let found: One<Network> = find(&platform, reader.tenant, query.account_id, ("network", &id)).await?;
    let beside = Parts::read(&platform.store, reader.tenant, &found.sync).await?;
    let thing = Thing::Network(&found.row.id);
    let used_by = UsedByView::read(&platform.store, reader.tenant, &found.sync, thing, &[]).await?;
    Ok(Json(NetworkDetailView {
        network: beside.view(&found.account, &found.row, MOST_PARTS),
        used_by,
        as_of: found.sync.last_sync,
    }))
}
