//! `GET /api/netbird/nameservers/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::NameserverGroup;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::names::Names;
use crate::nameservers::NameserverGroupView;
use crate::one::{One, OneQuery, find};

/// A group of nameservers in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NameserverGroupDetail)]
pub(crate) struct NameserverGroupDetailView {
    #[serde(flatten)]
    nameservers: NameserverGroupView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A group of nameservers
///
/// As of the last time that nameservers were read. Who resolves which domains for whom.
#[utoipa::path(get, path = "/api/netbird/nameservers/{id}", operation_id = "getNameserverGroup", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The nameserver group", body = NameserverGroupDetailView),
    (status = 404, description = "No such nameserver group or account"),
    (status = 503, description = "The nameservers are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<NameserverGroupDetailView>, Problem> {
    let found: One<NameserverGroup> =
        find(&platform, reader.tenant, query.account_id, ("nameserver group", &id)).await?;
    let beside = Names::read(&platform.store, reader.tenant, &found.sync).await?;
    Ok(Json(NameserverGroupDetailView {
        nameservers: NameserverGroupView::new(&found.account, &beside, &found.row),
        as_of: found.sync.last_sync,
    }))
}
