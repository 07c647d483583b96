//! A tenant's own metrics, as they are stored: the book of an account, blocks of minutes, the hours of a day, the days of a
//! month.
//!
//! All of it is written in the transaction that replaces the book, on its version: of two pushes at once one looks again, and
//! nothing is lost or counted twice. What a resolution keeps no longer expires. It lies in the account's partition, and goes
//! with it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use futures::try_join;
use platform_core::clock::Entropy;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{DAY, Resolution, minute_of, month};
use platform_core::own_metrics::{BLOCK, Book, Folded, Pushed, Read, TooMany, Took, block_of};
use platform_core::version::Versioned;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::operations::{Attributes, decode};
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Query, Result, Store, StoreError, Transaction, keys};

/// Layout of what is packed. Nobody pushes it again, so whoever changes it goes on reading the layouts before.
const SCHEMA: u16 = 1;

/// What a book says beside what is packed.
#[derive(Serialize, Deserialize)]
struct Header {
    version: u64,
}

impl Transaction<'_> {
    /// Writes a book, on the condition that it is as it was read.
    pub fn write_own_book(&mut self, tenant: TenantId, account: AccountId, book: &mut Book) -> Result<()> {
        let key = keys::own_book(tenant, account);
        self.upsert(book, |book| pack_kept(&key, book, SCHEMA)?.with(&key, &Header { version: book.version }))
    }

    /// Writes what came in, with all that it makes of hours and days.
    pub fn write_own(&mut self, tenant: TenantId, account: AccountId, mut taken: Taken) -> Result<()> {
        self.write_own_book(tenant, account, &mut taken.book)?;
        for (block, minutes) in &taken.changed.blocks {
            let key = keys::own_minutes(tenant, account, *block);
            self.put(pack_kept(&key, minutes, SCHEMA)?.expiring(Resolution::Minute.forgotten(block + BLOCK)));
        }
        for (day, hours) in &taken.changed.days {
            let key = keys::own_hours(tenant, account, *day);
            self.put(pack_kept(&key, hours, SCHEMA)?.expiring(Resolution::Hour.forgotten((day + 1) * DAY)));
        }
        for (first, days) in &taken.changed.months {
            let key = keys::own_days(tenant, account, *first);
            self.put(pack_kept(&key, days, SCHEMA)?.expiring(Resolution::Day.forgotten(month(*first).1)));
        }
        Ok(())
    }
}

/// What values make of what is stored of an account. Good for a transaction on the book that was read.
#[derive(Debug)]
pub struct Taken {
    /// The book, as it is with them.
    pub book: Book,
    /// Which series they are of.
    pub took: Took,
    changed: Read,
}

impl Store {
    /// The series of an account's own.
    pub async fn own_book(&self, tenant: TenantId, account: AccountId) -> Result<Book> {
        Ok(self.own_books(tenant, &[account]).await?.remove(&account).unwrap_or_default())
    }

    /// The series of accounts' own, of those that have some.
    pub async fn own_books(&self, tenant: TenantId, accounts: &[AccountId]) -> Result<BTreeMap<AccountId, Book>> {
        let keys: Vec<Key> = accounts.iter().map(|account| keys::own_book(tenant, *account)).collect();
        let mut books = BTreeMap::new();
        for item in self.get_many_raw(&keys).await? {
            let Some(key) = Key::of(&item) else { continue };
            let account = accounts.iter().find(|account| keys::own_book(tenant, **account) == key);
            if let Some(account) = account {
                books.insert(*account, book_of(item)?);
            }
        }
        Ok(books)
    }

    /// What values make of what is stored of an account. An inner error: they would be series too many.
    pub async fn take_own(
        &self,
        tenant: TenantId,
        account: AccountId,
        pushed: Vec<Pushed>,
        entropy: &dyn Entropy,
    ) -> Result<std::result::Result<Taken, TooMany>> {
        let now = self.clock.now();
        let mut book = self.own_book(tenant, account).await?;
        let blocks: BTreeSet<i64> = pushed.iter().map(|one| block_of(minute_of(one.at))).collect();
        let keys: Vec<Key> = blocks.iter().map(|block| keys::own_minutes(tenant, account, *block)).collect();
        let mut blocks = some(&self.get_many_raw(&keys).await?, keys::own_block);
        let took = match book.take_in(pushed, &mut blocks, now, entropy) {
            Ok(took) => took,
            Err(too_many) => return Ok(Err(too_many)),
        };
        let closed = book.close(now);
        let mut changed = Read { blocks, ..Read::default() };
        if !closed.is_empty() {
            let days = closed.days_to_read().into_iter().map(|day| keys::own_hours(tenant, account, day));
            let months = closed.months_to_read().into_iter().map(|first| keys::own_days(tenant, account, first));
            let found = self.get_many_raw(&days.chain(months).collect::<Vec<_>>()).await?;
            changed.days = some(&found, keys::own_day);
            changed.months = some(&found, keys::own_month);
            closed.fold(&book, &mut changed.days, &mut changed.months);
        }
        Ok(Ok(Taken { book, took, changed }))
    }

    /// What the series of an account's own say in a range of minutes, by number and the first minute of each point, together
    /// with what waits in the book, which was read before.
    pub async fn own_points(
        &self,
        tenant: TenantId,
        account: AccountId,
        book: &Book,
        resolution: Resolution,
        range: Range<i64>,
    ) -> Result<BTreeMap<u32, BTreeMap<i64, Folded>>> {
        if book.series().is_empty() {
            return Ok(BTreeMap::new());
        }
        let partition = keys::account_partition(tenant, account);
        let between =
            |(first, last): (String, String)| self.query_raw(Query::of(&partition, first).until(last).consistent());
        let read = match resolution {
            Resolution::Minute => {
                let found = between(keys::own_minutes_between(&range)).await?.items;
                Read { blocks: some(&found, keys::own_block), ..Read::default() }
            }
            Resolution::Hour => {
                let found = between(keys::own_hours_between(&range)).await?.items;
                Read { days: some(&found, keys::own_day), ..Read::default() }
            }
            Resolution::Day => {
                let open: Vec<Key> =
                    book.open_days().into_iter().map(|day| keys::own_hours(tenant, account, day)).collect();
                let (months, open) = try_join!(between(keys::own_days_between(&range)), self.get_many_raw(&open))?;
                Read {
                    days: some(&open, keys::own_day),
                    months: some(&months.items, keys::own_month),
                    ..Read::default()
                }
            }
        };
        Ok(read.points(book, resolution, &range))
    }
}

fn book_of(item: Attributes) -> Result<Book> {
    let mut book: Book = unpack_kept(&item, SCHEMA, "an account's own metrics")?;
    book.set_version(decode::<Header>(item)?.version);
    Ok(book)
}

/// Items of the kind whose sort keys `read` reads. One that cannot be read is a gap, which is said in the log.
fn some<K: Ord, T: DeserializeOwned>(items: &[Attributes], read: impl Fn(&str) -> Option<K>) -> BTreeMap<K, T> {
    let one = |item: &Attributes| {
        let sort = item.get("sk")?.as_s().ok()?;
        let key = read(sort)?;
        match unpack_kept(item, SCHEMA, sort) {
            Ok(value) => Some((key, value)),
            Err(StoreError::Corrupt { source, .. }) => {
                tracing::error!(item = %sort, error = ?source, "own metrics are broken");
                None
            }
            Err(_) => None,
        }
    };
    items.iter().filter_map(one).collect()
}
