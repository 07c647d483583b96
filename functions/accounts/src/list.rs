//! `GET /api/netbird/accounts`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::view::{AccountView, views};

/// Connected NetBird accounts
///
/// All of them, oldest first; a tenant has at most 100.
#[utoipa::path(get, path = "/api/netbird/accounts", operation_id = "listAccounts", tag = "accounts",
    responses((status = 200, description = "The accounts", body = Vec<AccountView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (accounts, states) =
        tokio::join!(platform.store.accounts(reader.tenant), platform.store.sync_states(reader.tenant));
    Ok(whole(views(&platform, &accounts?, &states?)))
}
