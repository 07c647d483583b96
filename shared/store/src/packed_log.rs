//! Logs whose items hold what one sync found, several entries each: read last first, entry by entry.

use crate::operations::Attributes;
use crate::sift::Filter;
use crate::{Page, Query, Result, Store};

/// Items read at once.
const AT_ONCE: usize = 16;
/// Most entries that are looked at for one page.
const MOST_LOOKED_AT: usize = 5_000;
/// Most bytes that are unpacked for one page.
const MOST_BYTES: usize = 16 << 20;

/// What an item holds.
pub(crate) struct Unpacked<T> {
    /// Last first, each with its place in the log.
    pub(crate) entries: Vec<(String, T)>,
    pub(crate) bytes: usize,
}

/// A page of what is wanted of a log, last first, after a place. Looks at so much and no more: then the page may hold less
/// than it could, and the next one goes on.
pub(crate) async fn page<T>(
    store: &Store,
    query: Query,
    after: Option<String>,
    unpack: impl Fn(Attributes) -> Result<Unpacked<T>>,
    filter: Filter<'_, T>,
    limit: usize,
) -> Result<Page<T>> {
    let (mut items, mut last, mut looked_at, mut bytes) = (Vec::new(), None, 0, 0);
    let mut resume = after.clone();
    loop {
        let page = store.query_raw(query.clone().descending().after(resume).limit(AT_ONCE)).await?;
        for item in page.items {
            let unpacked = unpack(item)?;
            bytes += unpacked.bytes;
            let mut lowest = None;
            for (place, entry) in unpacked.entries {
                // A page may have ended in the midst of what one sync found.
                if after.as_ref().is_some_and(|after| place >= *after) {
                    continue;
                }
                looked_at += 1;
                if filter.is_none_or(|wanted| wanted(&entry)) {
                    if items.len() == limit {
                        return Ok(Page { items, next: last });
                    }
                    items.push(entry);
                    last = Some(place.clone());
                }
                lowest = Some(place);
            }
            if lowest.is_some() && (looked_at >= MOST_LOOKED_AT || bytes >= MOST_BYTES) {
                return Ok(Page { items, next: lowest });
            }
        }
        resume = page.next;
        if resume.is_none() {
            return Ok(Page { items, next: None });
        }
    }
}
