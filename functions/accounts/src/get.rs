//! `GET /api/netbird/account`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::view::{AccountView, views};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GetQuery {
    /// Which account; the oldest if absent.
    account_id: Option<Uuid>,
}

/// One connected NetBird account
#[utoipa::path(get, path = "/api/netbird/account", operation_id = "getAccount", tag = "accounts", params(GetQuery),
    responses((status = 200, description = "The account", body = AccountView),
    (status = 404, description = "No such account, or none connected")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<GetQuery>,
) -> Result<Json<AccountView>, Problem> {
    let (accounts, states) =
        tokio::join!(platform.store.accounts(reader.tenant), platform.store.sync_states(reader.tenant));
    let mut accounts = accounts?;
    accounts.retain(|account| query.account_id.is_none_or(|id| id == account.id.uuid()));
    let first = views(&platform, &accounts, &states?).into_iter().next();
    first.map(Json).ok_or_else(|| Problem::not_found("account"))
}
