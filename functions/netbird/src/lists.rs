//! What the lists of things in a network share: the accounts' snapshots are gone through one after the other, and what a
//! page shows is kept, so that a tenant with a hundred large networks has one of them in memory at a time.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::response::Response;
use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::resource::Row;
use platform_http::Problem;
use platform_http::file::{self, AnswerAs, Line};
use platform_http::page::{self, MAX_LIMIT, MOST_BYTES, Paged, json_bytes};
use platform_runtime::Platform;
use platform_store::Store;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Rows looked at before others have their turn: a thread answers many requests.
const TURN: usize = 500;

/// A list: what its rows are, what they refer to, and by what they are sorted.
pub(crate) trait Listing: Copy + Send + Sync + 'static {
    /// What it is a list of.
    type Row: Row;
    /// What a row is understood with.
    type Beside: Beside;
    /// Where the API answers it.
    const PATH: &'static str;
    /// Most rows of a page.
    const MOST: usize = MAX_LIMIT;
    /// The columns of its file: the fields of what the API answers, in this order.
    const COLUMNS: &'static [&'static str];
    /// By what it may be sorted; by the first unless the request says otherwise.
    const SORTS: &'static [(&'static str, Self)];

    /// What rows are sorted by, as text that sorts alike.
    fn first(self, beside: &Self::Beside, row: &Self::Row) -> String;

    /// The name that they are sorted by then.
    fn name(row: &Self::Row) -> &str;
}

/// What every list takes, by the same names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Common {
    account_id: Option<Uuid>,
    sort: Option<String>,
    limit: Option<usize>,
    cursor: Option<String>,
}

/// The part of a list that a request asks for.
pub(crate) struct Part<L> {
    tenant: TenantId,
    /// Only this account's.
    account: Option<Uuid>,
    by: L,
    descending: bool,
    /// Where the last page ended.
    after: Option<String>,
    limit: usize,
    form: AnswerAs,
    pages: Paged,
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

    pub(crate) fn at(&self, place: usize) -> Option<&T> {
        self.rows.get(place)
    }

    pub(crate) fn get(&self, id: &str) -> Option<&T> {
        self.places.get(id).map(|&place| &self.rows[place])
    }
}

impl<L: Listing> Part<L> {
    /// Reads what a query asks for.
    pub(crate) fn of(tenant: TenantId, query: &impl Serialize, form: AnswerAs) -> Result<Self, Problem> {
        let common = serde_json::to_value(query).and_then(serde_json::from_value::<Common>);
        let Common { account_id, sort, limit, cursor } = common.map_err(Problem::internal)?;
        let (by, descending) = page::order(sort.as_deref(), L::SORTS)?;
        let limit = match form {
            AnswerAs::Json => page::limit(limit)?.min(L::MOST),
            // A row of a file is a line, however much it was made of.
            AnswerAs::File => file::limit(limit)?,
        };
        let pages = Paged::of(tenant, L::PATH, query);
        let after = pages.open(cursor.as_deref())?;
        Ok(Self { tenant, account: account_id, by, descending, after, limit, form, pages })
    }

    /// Where a row stands: no two stand at the same place.
    fn place(&self, account: &Account, beside: &L::Beside, row: &L::Row) -> String {
        let (first, name) = (self.by.first(beside, row), L::name(row).to_lowercase());
        format!("{first}\u{1}{name}\u{1}{}\u{1}{}", row.id(), account.id)
    }

    /// The page, or the part of a file, from the snapshots of the accounts.
    pub(crate) async fn answer<V: Serialize>(
        self,
        platform: &Platform,
        wanted: impl Fn(&L::Beside, &L::Row) -> bool,
        view: impl Fn(&Account, &L::Beside, &L::Row) -> V,
    ) -> Result<Response, Problem> {
        if self.form == AnswerAs::Json {
            let (best, total) = self.best(platform, wanted, view).await?;
            let (items, next) = best.page(self.limit)?;
            return Ok(self.pages.answer(items, next.as_deref(), total, self.limit));
        }
        // Of each row its line is kept: thousands of objects would be many times as much.
        let line = |account: &Account, beside: &_, row: &_| Line::of(L::COLUMNS, &view(account, beside, row));
        let (best, total) = self.best(platform, wanted, line).await?;
        let mut part = file::Part::begin(L::COLUMNS, self.after.is_none(), self.limit)?;
        let (mut end, mut has_more) = (None, false);
        for (place, found) in best.in_order() {
            let Found::View(line) = found else { continue };
            if !part.add_line(&line?) {
                has_more = true;
                break;
            }
            end = Some(place);
        }
        let name = L::PATH.rsplit('/').next().unwrap_or_default();
        Ok(part.counted(&self.pages, name, end.filter(|_| has_more).as_deref(), total))
    }

    /// What comes first after the last page, and how many there are in all.
    async fn best<V>(
        &self,
        platform: &Platform,
        wanted: impl Fn(&L::Beside, &L::Row) -> bool,
        view: impl Fn(&Account, &L::Beside, &L::Row) -> V,
    ) -> Result<(Best<V>, usize), Problem> {
        let store = &platform.store;
        let (accounts, states) = tokio::join!(store.accounts(self.tenant), store.sync_states(self.tenant));
        let (mut accounts, states) = (accounts?, states?);
        accounts.retain(|account| self.account.is_none_or(|id| id == account.id.uuid()));
        if accounts.is_empty() && self.account.is_some() {
            return Err(Problem::not_found("account"));
        }
        let _turn = platform.list_turn(self.tenant).await?;
        let most = self.limit + 1;
        let mut best = Best { descending: self.descending, after: self.after.clone(), most, found: BTreeMap::new() };
        let (mut total, mut is_given, mut is_withheld) = (0, false, false);
        for account in accounts {
            let Some(sync) = states.iter().find(|sync| sync.account == account.id) else { continue };
            // What is stored may be long gone; and there may be nothing but an answer that cannot be read.
            if sync.is_missing(L::Row::RESOURCE) {
                is_withheld = true;
                continue;
            }
            is_given = true;
            let digest = sync.snapshot(L::Row::RESOURCE);
            let Some(rows): Option<Arc<Vec<L::Row>>> = store.snapshot(self.tenant, account.id, digest).await? else {
                if sync.is_awaited(L::Row::RESOURCE) {
                    return Err(Problem::not_read_yet(platform.sync_interval.as_secs()));
                }
                continue;
            };
            let beside = L::Beside::read(store, self.tenant, sync).await?;
            for (turn, some) in rows.chunks(TURN).enumerate() {
                for (nth, row) in some.iter().enumerate() {
                    if wanted(&beside, row) {
                        total += 1;
                        best.offer(self.place(&account, &beside, row), turn * TURN + nth);
                    }
                }
                tokio::task::yield_now().await;
            }
            best.keep(|row| view(&account, &beside, &rows[row])).await;
        }
        if is_withheld && !is_given {
            return Err(Problem::not_offered(&L::Row::RESOURCE.words()));
        }
        Ok((best, total))
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
    async fn keep(&mut self, view: impl Fn(usize) -> V) {
        for (nth, found) in self.found.values_mut().enumerate() {
            if let Found::Row(row) = found {
                *found = Found::View(view(*row));
            }
            if nth % TURN == TURN - 1 {
                tokio::task::yield_now().await;
            }
        }
    }

    /// All that was kept, which may be one more than is asked for.
    fn in_order(self) -> Vec<(String, Found<V>)> {
        let mut found: Vec<(String, Found<V>)> = self.found.into_iter().collect();
        if self.descending {
            found.reverse();
        }
        found
    }
}

impl<V: Serialize> Best<V> {
    /// The page, and where it ended if there are more. One that would be too large for an answer ends before.
    fn page(self, limit: usize) -> Result<(Vec<V>, Option<String>), Problem> {
        let mut found = self.in_order();
        let mut has_more = found.len() > limit;
        found.truncate(limit);
        let (mut views, mut end, mut size) = (Vec::with_capacity(found.len()), None, 0);
        for (place, found) in found {
            let Found::View(view) = found else { continue };
            size += json_bytes(&view).map_err(Problem::internal)?;
            if size > MOST_BYTES && !views.is_empty() {
                has_more = true;
                break;
            }
            views.push(view);
            end = Some(place);
        }
        Ok((views, end.filter(|_| has_more)))
    }
}
