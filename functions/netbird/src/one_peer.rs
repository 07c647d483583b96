//! Finding one peer: in an account that is named, or in the first that has it.

use std::sync::Arc;

use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::Peer;
use platform_core::resource::Resource;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::admission::Turn;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct OnePeerQuery {
    /// The account it is in; if absent, the oldest account that has such a peer. NetBird's ids are unique in an account.
    pub(crate) account_id: Option<Uuid>,
}

/// A peer, and how its account does.
pub(crate) struct OnePeer {
    pub(crate) account: Account,
    pub(crate) sync: SyncState,
    pub(crate) peer: Peer,
    /// The tenant's turn to read large things, held for what else is read of the peer.
    _turn: Turn,
}

/// Reads one account's peers after the other, one tenant's at a time. Not found, unless an account that may have it is yet to
/// be read.
pub(crate) async fn find(
    platform: &Platform,
    tenant: TenantId,
    account_id: Option<Uuid>,
    id: &str,
) -> Result<OnePeer, Problem> {
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
        let rows: Option<Arc<Vec<Peer>>> = store.snapshot(tenant, account.id, sync.snapshot(Resource::Peers)).await?;
        let Some(rows) = rows else {
            is_unread = true;
            continue;
        };
        // In the order of their ids, as the sync keeps them.
        if let Ok(nth) = rows.binary_search_by(|peer| peer.id.as_str().cmp(id)) {
            return Ok(OnePeer { account, sync, peer: rows[nth].clone(), _turn: turn });
        }
        tokio::task::yield_now().await;
    }
    Err(if is_unread { Problem::not_read_yet(platform.sync_interval.as_secs()) } else { Problem::not_found("peer") })
}
