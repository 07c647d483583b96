//! What the lists of things in a network share: the accounts' snapshots are gone through one after the other, and what a
//! page shows is kept, so that a tenant with a hundred large networks has one of them in memory at a time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::resource::Row;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_store::Store;
use uuid::Uuid;

/// Rows looked at before others have their turn: a thread answers many requests.
const TURN: usize = 500;
/// The order of a list.
#[derive(Clone, Copy)]
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
}

/// The part of a list that is asked for.
pub(crate) struct Part<S> {
    pub(crate) tenant: TenantId,
    /// Only this account's.
    pub(crate) account: Option<Uuid>,
    pub(crate) order: Order<S>,
    /// Where the last page ended.
    pub(crate) after: Option<String>,
    pub(crate) limit: usize,
}

/// A page of a list.
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where it ended, if there are more.
    pub(crate) next: Option<String>,
    /// How many there are in all.
    pub(crate) total: usize,
}

/// What rows of a list refer to, read from an account's other snapshots.
pub(crate) trait Beside: Sized + Send + Sync {
    /// Reads it.
    fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> impl Future<Output = Result<Self, Problem>> + Send;
}

/// Rows that refer to nothing.
impl Beside for () {
    async fn read(_: &Store, _: TenantId, _: &SyncState) -> Result<Self, Problem> {
        Ok(())
    }
}

/// Rows of another list by their ids.
pub(crate) struct Index<T> {
    rows: Arc<Vec<T>>,
    places: HashMap<String, usize>,
}

impl<T: Row> Index<T> {
    /// Reads it from what is stored of the account; `None` if the list is not there, or not yet.
    pub(crate) async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Option<Self>, Problem> {
        let mark = sync.snapshot(T::RESOURCE).filter(|_| !sync.withheld.contains(&T::RESOURCE));
        let Some(rows) = store.snapshot::<T>(tenant, sync.account, mark).await? else { return Ok(None) };
        let places = rows.iter().enumerate().map(|(place, row)| (row.id().to_owned(), place)).collect();
        Ok(Some(Self { rows, places }))
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = &T> {
        self.rows.iter()
    }

    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.places.get(id).map(|&place| &self.rows[place])
    }
}

impl<S: Copy> Part<S> {
    /// Reads it from the snapshots of the accounts. `place` is where a row stands, if it is wanted: text that sorts as the
    /// order wants, no two alike. `view` shows a row.
    pub(crate) async fn page<T: Row, V>(
        self,
        platform: &Platform,
        place: impl Fn(&Account, &T) -> Option<String>,
        view: impl Fn(&Account, &T) -> V,
    ) -> Result<Page<V>, Problem> {
        self.page_beside(platform, |account, (): &(), row| place(account, row), |account, (), row| view(account, row))
            .await
    }

    /// The same, where a row is understood with what it refers to.
    pub(crate) async fn page_beside<B: Beside, T: Row, V>(
        self,
        platform: &Platform,
        place: impl Fn(&Account, &B, &T) -> Option<String>,
        view: impl Fn(&Account, &B, &T) -> V,
    ) -> Result<Page<V>, Problem> {
        let store = &platform.store;
        let (accounts, states) = tokio::join!(store.accounts(self.tenant), store.sync_states(self.tenant));
        let (mut accounts, states) = (accounts?, states?);
        accounts.retain(|account| self.account.is_none_or(|id| id == account.id.uuid()));
        if accounts.is_empty() && self.account.is_some() {
            return Err(Problem::not_found("account"));
        }
        let _turn = platform.list_turn(self.tenant).await?;
        let mut best =
            Best { descending: self.order.descending, after: self.after, most: self.limit + 1, found: BTreeMap::new() };
        let (mut total, mut is_given, mut is_withheld) = (0, false, false);
        for account in accounts {
            let Some(sync) = states.iter().find(|sync| sync.account == account.id) else { continue };
            // What is stored may be long gone.
            if sync.withheld.contains(&T::RESOURCE) {
                is_withheld = true;
                continue;
            }
            is_given = true;
            let digest = sync.snapshot(T::RESOURCE);
            let Some(rows): Option<Arc<Vec<T>>> = store.snapshot(self.tenant, account.id, digest).await? else {
                // What an update or a fault made unreadable is back after the next sync, and what an update is the first to
                // read comes when it has its turn. An account that is not synced keeps nobody from seeing the others
                // meanwhile.
                let was_read = sync.snapshots.contains_key(&T::RESOURCE) || sync.last_sync.is_some();
                if was_read && !sync.paused && sync.not_before.is_none() {
                    return Err(Problem::not_read_yet(platform.sync_interval.as_secs()));
                }
                continue;
            };
            let beside = B::read(store, self.tenant, sync).await?;
            for (turn, some) in rows.chunks(TURN).enumerate() {
                for (nth, row) in some.iter().enumerate() {
                    if let Some(place) = place(&account, &beside, row) {
                        total += 1;
                        best.offer(place, turn * TURN + nth);
                    }
                }
                tokio::task::yield_now().await;
            }
            best.keep(|row| view(&account, &beside, &rows[row]));
        }
        if is_withheld && !is_given {
            return Err(Problem::not_offered(&T::RESOURCE.words()));
        }
        Ok(best.page(self.limit, total))
    }
}

/// What of the rows looked at so far comes first after the last page.
struct Best<V> {
    descending: bool,
    after: Option<String>,
    most: usize,
    found: BTreeMap<String, Found<V>>,
}

enum Found<V> {
    /// The number of a row of the network that is being looked at.
    Row(usize),
    View(V),
}

impl<V> Best<V> {
    fn is_before(&self, one: &str, other: &str) -> bool {
        if self.descending { one > other } else { one < other }
    }

    fn last(&self) -> Option<&String> {
        let mut places = self.found.keys();
        if self.descending { places.next() } else { places.next_back() }
    }

    fn offer(&mut self, place: String, row: usize) {
        let is_shown = self.after.as_ref().is_some_and(|after| !self.is_before(after, &place));
        let is_full = self.found.len() >= self.most;
        if is_shown || is_full && self.last().is_some_and(|last| !self.is_before(&place, last)) {
            return;
        }
        self.found.insert(place, Found::Row(row));
        if self.found.len() > self.most {
            if self.descending {
                self.found.pop_first()
            } else {
                self.found.pop_last()
            };
        }
    }

    /// Keeps of a network what it may show, and no more.
    fn keep(&mut self, view: impl Fn(usize) -> V) {
        for found in self.found.values_mut() {
            if let Found::Row(row) = found {
                *found = Found::View(view(*row));
            }
        }
    }

    fn page(self, limit: usize, total: usize) -> Page<V> {
        let mut found: Vec<(String, Found<V>)> = self.found.into_iter().collect();
        if self.descending {
            found.reverse();
        }
        let has_more = found.len() > limit;
        found.truncate(limit);
        let next = if has_more { found.last().map(|(place, _)| place.clone()) } else { None };
        let views = found.into_iter().filter_map(|(_, found)| match found {
            Found::View(view) => Some(view),
            Found::Row(_) => None,
        });
        Page { items: views.collect(), next, total }
    }
}
