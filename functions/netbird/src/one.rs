//! Finding one thing: in an account that is named, or in the first that has it.

use std::sync::Arc;

use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::resource::Row;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::admission::Turn;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OneQuery {
    /// The account it is in; if absent, the oldest account that has it. NetBird's ids are unique in an account.
    pub(crate) account_id: Option<Uuid>,
}

/// A row of a list, and how its account does.
pub(crate) struct One<T> {
    pub(crate) account: Account,
    pub(crate) sync: SyncState,
    pub(crate) row: T,
    /// The tenant's turn to read large things, held for what else is read of it.
    _turn: Turn,
}

/// Reads one account's list after the other, one tenant's at a time. Not found, unless an account that may have it is yet to
/// be read.
pub(crate) async fn find<T: Row>(
    platform: &Platform,
    tenant: TenantId,
    account_id: Option<Uuid>,
    (what, id): (&str, &str),
) -> Result<One<T>, Problem> {
    let store = &platform.store;
    let (accounts, states) = tokio::join!(store.accounts(tenant), store.sync_states(tenant));
    let (mut accounts, mut states) = (accounts?, states?);
    accounts.retain(|account| account_id.is_none_or(|id| id == account.id.uuid()));
    if accounts.is_empty() && account_id.is_some() {
        return Err(Problem::not_found("account"));
    }
    let turn = platform.list_turn(tenant).await?;
    let mut is_unread = false;
    for account in accounts {
        let Some(nth) = states.iter().position(|sync| sync.account == account.id) else { continue };
        let sync = states.swap_remove(nth);
        // As in lists: of what the server does not give, there is none.
        if sync.is_missing(T::RESOURCE) {
            continue;
        }
        let rows: Option<Arc<Vec<T>>> = store.snapshot(tenant, account.id, sync.snapshot(T::RESOURCE)).await?;
        let Some(rows) = rows else {
            is_unread = true;
            continue;
        };
        // In the order of their ids, as they are stored.
        if let Ok(nth) = rows.binary_search_by(|row| row.id().cmp(id)) {
            return Ok(One { account, sync, row: rows[nth].clone(), _turn: turn });
        }
        tokio::task::yield_now().await;
    }
    Err(if is_unread { Problem::not_read_yet(platform.sync_interval.as_secs()) } else { Problem::not_found(what) })
}
