//! `GET /api/netbird/changes/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::change::ChangeId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use crate::change_view::ChangeDetailView;

/// A change of the configuration
///
/// With the whole of what changed, as it was and as it is. Its id says in which account that is.
#[utoipa::path(get, path = "/api/netbird/changes/{id}", operation_id = "getChange", tag = "netbird",
    params(("id" = String, Path, description = "The change's id")),
    responses((status = 200, description = "The change", body = ChangeDetailView),
    (status = 404, description = "No such change")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
) -> Result<Json<ChangeDetailView>, Problem> {
    let missing = || Problem::not_found("change");
    let id: ChangeId = id.parse().map_err(|_| missing())?;
    // What is left of an account that is gone is nobody's.
    let (accounts, change) =
        tokio::try_join!(platform.store.accounts(reader.tenant), platform.store.change(reader.tenant, id))?;
    let account = accounts.iter().find(|account| account.id == id.account).ok_or_else(missing)?;
    Ok(Json(ChangeDetailView::new(account, change.ok_or_else(missing)?)))
}
