//! Lists of which only some entries are wanted: read bit by bit, and so many of them for one page at most.

use serde::de::DeserializeOwned;

use crate::{Page, Query, Result, Store};

/// Most entries that are looked at for one page. A page that found less than it may hold by then ends there, and the next
/// goes on.
pub const MOST_LOOKED_AT: usize = 5_000;
const AT_ONCE: usize = 500;

/// What is wanted of a list; everything if there is no filter.
pub type Filter<'a, T> = Option<&'a (dyn Fn(&T) -> bool + Sync)>;

/// A page that is being filled.
pub(crate) struct Sieve<'a, T> {
    filter: Filter<'a, T>,
    place: &'a (dyn Fn(&T) -> String + Sync),
    limit: usize,
    looked_at: usize,
    items: Vec<T>,
}

impl<'a, T: DeserializeOwned> Sieve<'a, T> {
    /// `place` is the sort key of an entry.
    pub(crate) fn new(filter: Filter<'a, T>, place: &'a (dyn Fn(&T) -> String + Sync), limit: usize) -> Self {
        Self { filter, place, limit, looked_at: 0, items: Vec::new() }
    }

    /// Goes through a query until its end, or until the page is one; then where it ended, too.
    pub(crate) async fn fill(&mut self, store: &Store, query: &Query) -> Result<Option<Page<T>>> {
        let mut query = query.clone();
        loop {
            // One more than asked for tells whether there is a next page.
            let missing = self.limit + 1 - self.items.len();
            let at_once = if self.filter.is_some() { AT_ONCE } else { missing };
            let read = store.query::<T>(query.clone().limit(at_once)).await?;
            self.looked_at += read.items.len();
            self.items.extend(read.items.into_iter().filter(|item| self.filter.is_none_or(|wanted| wanted(item))));
            if self.items.len() > self.limit {
                self.items.truncate(self.limit);
                let next = self.items.last().map(self.place);
                return Ok(Some(Page { items: std::mem::take(&mut self.items), next }));
            }
            let Some(next) = read.next else { return Ok(None) };
            if self.is_tired() {
                return Ok(Some(Page { items: std::mem::take(&mut self.items), next: Some(next) }));
            }
            query = query.after(Some(next));
        }
    }

    /// Whether it looked at as much as it may.
    pub(crate) fn is_tired(&self) -> bool {
        self.looked_at >= MOST_LOOKED_AT
    }

    /// What was found so far, where there is more from `next` on.
    pub(crate) fn end_at(self, next: String) -> Page<T> {
        Page { items: self.items, next: Some(next) }
    }

    /// The last page.
    pub(crate) fn end(self) -> Page<T> {
        Page { items: self.items, next: None }
    }
}
