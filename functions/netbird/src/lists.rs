//! What the lists of things in a network share: each is read whole from the accounts' snapshots, sorted by text, and cut
//! into pages.

use std::sync::Arc;

use futures::future::try_join_all;
use platform_core::account::Account;
use platform_core::ids::TenantId;
use platform_core::resource::Row;
use platform_http::Problem;
use platform_runtime::Platform;
use uuid::Uuid;

/// The accounts asked for, each with what its last sync found.
pub(crate) async fn lists<T: Row>(
    platform: &Platform,
    tenant: TenantId,
    only: Option<Uuid>,
) -> Result<Vec<(Account, Arc<Vec<T>>)>, Problem> {
    let (accounts, states) = tokio::join!(platform.store.accounts(tenant), platform.store.sync_states(tenant));
    let mut accounts = accounts?;
    accounts.retain(|account| only.is_none_or(|id| id == account.id.uuid()));
    if accounts.is_empty() && only.is_some() {
        return Err(Problem::not_found("account"));
    }
    let states = states?;
    let read = accounts.into_iter().map(|account| async {
        let sync = states.iter().find(|sync| sync.account == account.id);
        let digest = sync.and_then(|sync| sync.snapshot(T::RESOURCE));
        let rows = platform.store.snapshot::<T>(tenant, account.id, digest).await?;
        // What an update or a fault made unreadable is back after the next sync. An account that is not synced keeps
        // nobody from seeing the others meanwhile.
        let returns = sync
            .is_some_and(|sync| sync.snapshots.contains_key(&T::RESOURCE) && !sync.paused && sync.not_before.is_none());
        match rows {
            None if returns => Err(Problem::not_read_yet(platform.sync_interval.as_secs())),
            rows => Ok((account, rows.unwrap_or_default())),
        }
    });
    try_join_all(read).await
}

/// The order of a list.
pub(crate) struct Order<S> {
    pub(crate) by: S,
    descending: bool,
}

impl<S: Copy> Order<S> {
    /// Reads a `sort` parameter; the first of the orders if it is absent.
    pub(crate) fn parse(text: Option<&str>, orders: &[(&str, S)]) -> Result<Self, Problem> {
        let text = text.unwrap_or(orders[0].0);
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        match orders.iter().find(|(known, _)| *known == name) {
            Some((_, by)) => Ok(Self { by: *by, descending }),
            None => {
                let names: Vec<&str> = orders.iter().map(|(name, _)| *name).collect();
                let (last, others) = names.split_last().unwrap_or((&"", &[]));
                let detail = format!("must be {} or {last}, perhaps with - in front", others.join(", "));
                Err(Problem::field("/sort", detail))
            }
        }
    }

    /// A page of what was found, each with its place: text that sorts as the order wants, no two alike.
    pub(crate) fn page<T>(&self, mut found: Vec<(String, T)>, after: Option<String>, limit: usize) -> Page<T> {
        found.sort_unstable_by(|a, b| if self.descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
        let begin = after.map_or(0, |after| {
            found.partition_point(|(place, _)| if self.descending { *place >= after } else { *place <= after })
        });
        let total = found.len();
        let end = total.min(begin + limit);
        let next = if end < total { found[..end].last().map(|(place, _)| place.clone()) } else { None };
        let items = found.into_iter().take(end).skip(begin).map(|(_, item)| item).collect();
        Page { items, next, total }
    }
}

/// A page of a list.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where it ended, if there are more.
    pub(crate) next: Option<String>,
    /// How many there are in all.
    pub(crate) total: usize,
}
