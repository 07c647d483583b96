//! `GET /api/netbird/setup-keys/{id}`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::SetupKey;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Beside as _;
use crate::names::Names;
use crate::one::{One, OneQuery, find};
use crate::setup_keys::SetupKeyView;

/// A setup key in detail.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SetupKeyDetail)]
pub(crate) struct SetupKeyDetailView {
    #[serde(flatten)]
    key: SetupKeyView,
    /// When its account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A setup key
///
/// As of the last time that setup keys were read. Of the key itself no more is known than how it begins.
#[utoipa::path(get, path = "/api/netbird/setup-keys/{id}", operation_id = "getSetupKey", tag = "netbird",
    params(("id" = String, Path, description = "NetBird's id"), OneQuery),
    responses((status = 200, description = "The setup key", body = SetupKeyDetailView),
    (status = 404, description = "No such setup key or account"),
    (status = 503, description = "The setup keys are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
    Query(query): Query<OneQuery>,
) -> Result<Json<SetupKeyDetailView>, Problem> {
    let found: One<SetupKey> = find(&platform, reader.tenant, query.account_id, ("setup key", &id)).await?;
    let beside = Names::read(&platform.store, reader.tenant, &found.sync).await?;
    Ok(Json(SetupKeyDetailView {
        key: SetupKeyView::new(&found.account, &beside, &found.row, platform.now()),
        as_of: found.sync.last_sync,
    }))
}
