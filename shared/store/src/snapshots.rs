//! Snapshots of NetBird's resources: what the network looked like at the last sync.
//!
//! A snapshot is cut into chunks of a few dozen rows by a hash of the row's id, so that one changed peer rewrites one
//! small item, whatever the network's size. Chunks are never overwritten: a write makes new ones under a revision of
//! its own, and one transaction turns the manifest, and with it every reader, from the old list of chunks to the new.
//! A crash between the two leaves chunks that nobody lists, which are swept within a day of the next change; a reader
//! never sees half a write.
//!
//! Rows are stored by position, so each says of which schema it is ([`Resource::schema`]). What is of another one, or
//! broken, counts as none: its readers wait, and the next sync writes it anew.

mod decoded;
mod packed;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use platform_core::ids::{AccountId, TenantId};
use platform_core::resource::{Resource, Row};
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::operations::unavailable;
use crate::{Item, Query, Result, Store, StoreError, Transaction, keys};

pub(crate) use decoded::Decoded;
use packed::{Unreadable, pack, unpack};
pub(crate) use packed::{pack_kept, unpack_kept};

use packed::hash;

/// Rows a chunk holds at most on average: about 5 KB compressed.
const ROWS_PER_CHUNK: usize = 64;
/// Most bytes of a chunk's rows before they are packed, if there are several: however badly they pack, they fit an item.
const CHUNK_BYTES: usize = 256 << 10;
/// Most chunks of a snapshot: their list has to fit an item too.
const MOST_CHUNKS: usize = 4_096;
/// Chunks that are made and written at once.
const CHUNKS_AT_ONCE: usize = 25;
/// How often chunks that nobody lists are looked for, in a snapshot that changes.
const SWEPT_EVERY: SignedDuration = SignedDuration::from_hours(24);
/// Age from which on a chunk that nobody lists is no part of a sync under way.
const ABANDONED_AFTER: SignedDuration = SignedDuration::from_mins(15);

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    digest: String,
    chunks: Vec<Chunk>,
    /// When chunks that nobody lists were last looked for, in seconds.
    swept_at: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Chunk {
    hash: [u8; 16],
    revision: String,
}

/// A snapshot whose new chunks are stored and that waits for the transaction that makes it the present one.
#[derive(Debug)]
pub struct Prepared {
    /// What it is a snapshot of.
    pub resource: Resource,
    /// Mark of its contents.
    pub digest: String,
    manifest: Item,
    written: Vec<Key>,
    stale: Vec<Key>,
    /// Partition in which chunks that nobody lists are to be looked for, and the keys of those that are listed.
    sweep: Option<(String, Vec<Key>)>,
}

impl Transaction<'_> {
    /// Makes a prepared snapshot the present one.
    pub fn adopt(&mut self, prepared: &Prepared) {
        self.put(prepared.manifest.clone());
    }
}

/// A manifest as it is stored.
enum Stored {
    None,
    Unreadable,
    Readable(Manifest),
}

impl Store {
    /// The present snapshot. `None` if there is none that can be read, be it that it is of another version's schema or
    /// that it is broken. `digest` is the one that the sync state names ([`SyncState::snapshot`]): a copy decoded earlier
    /// with that digest is returned without a read.
    ///
    /// [`SyncState::snapshot`]: platform_core::account::SyncState::snapshot
    pub async fn snapshot<T: Row>(
        &self,
        tenant: TenantId,
        account: AccountId,
        digest: Option<&str>,
    ) -> Result<Option<Arc<Vec<T>>>> {
        let Some(digest) = digest.filter(|digest| T::RESOURCE.is_present(digest)) else { return Ok(None) };
        if let Some(known) = self.decoded.get(tenant, account, digest) {
            return Ok(Some(known));
        }
        // A chunk that is missing was replaced since the manifest was read: read the newer manifest.
        for _ in 0..4 {
            let Stored::Readable(manifest) = self.manifest(tenant, account, T::RESOURCE).await? else {
                return Ok(None);
            };
            let keys: Vec<Key> = chunk_keys(tenant, account, T::RESOURCE, &manifest.chunks);
            let items = self.get_many_raw(&keys).await?;
            if items.len() < keys.len() {
                continue;
            }
            let (mut rows, mut bytes) = (Vec::<T>::new(), 0);
            for item in items {
                match unpack::<Vec<T>>(&item, T::RESOURCE.schema()) {
                    Ok((chunk, length)) => {
                        rows.extend(chunk);
                        bytes += length;
                        // A large network is a thousand of these: others have their turn between them.
                        tokio::task::yield_now().await;
                    }
                    Err(unreadable) => {
                        unreadable.log(account, T::RESOURCE);
                        return Ok(None);
                    }
                }
            }
            rows.sort_by(|a, b| a.id().cmp(b.id()));
            let rows = Arc::new(rows);
            self.decoded.put(tenant, account, manifest.digest, rows.clone(), bytes);
            return Ok(Some(rows));
        }
        Unreadable::Broken("chunks are missing".into()).log(account, T::RESOURCE);
        Ok(None)
    }

    /// Stores the chunks of a snapshot that differ from the present one. `None` if none does. `present` is the digest that
    /// the sync state names, if that snapshot can be read: rows that came in another order, and differ in nothing else,
    /// are not even read for. Without it everything is written.
    ///
    /// `revision` must be unique to this call. Nothing is visible until [`Transaction::adopt`] is committed; then call
    /// [`Store::finish`], or [`Store::abandon`] if the transaction failed.
    pub async fn prepare<T: Row>(
        &self,
        tenant: TenantId,
        account: AccountId,
        revision: &str,
        mut rows: Vec<T>,
        present: Option<&str>,
    ) -> Result<Option<Prepared>> {
        rows.sort_by(|a, b| a.id().cmp(b.id()));
        let pieces = cut(&rows)?;
        let digest = mark::<T>(&pieces);
        let Cut { parts, hashes, bytes } = pieces;
        if present == Some(digest.as_str()) {
            return Ok(None);
        }
        let now = self.clock.now();
        // With the time, by which an abandoned one is told from one that is being written.
        let revision = format!("{:x}-{revision}", now.as_millisecond());
        let stored = self.manifest(tenant, account, T::RESOURCE).await?;
        let must_sweep = match &stored {
            Stored::None => false,
            Stored::Unreadable => true,
            Stored::Readable(old) => now.as_second() - old.swept_at >= SWEPT_EVERY.as_secs(),
        };
        let old = match stored {
            Stored::Readable(manifest) => manifest,
            Stored::None | Stored::Unreadable => Manifest { swept_at: now.as_second(), ..Manifest::default() },
        };
        let is_comparable = present == Some(old.digest.as_str()) && old.chunks.len() == parts.len();
        let (mut chunks, mut items, mut written) = (Vec::with_capacity(parts.len()), Vec::new(), Vec::new());
        for (index, (part, hash)) in parts.iter().zip(hashes).enumerate() {
            let kept = old.chunks.get(index).filter(|chunk| is_comparable && chunk.hash == hash);
            let chunk = kept.cloned().unwrap_or_else(|| Chunk { hash, revision: revision.clone() });
            if kept.is_none() {
                let key = keys::chunk(tenant, account, T::RESOURCE, index, &revision);
                match plain(part).and_then(|plain| pack(&key, &plain, T::RESOURCE.schema())) {
                    Ok(item) => items.push(item),
                    Err(error) => {
                        self.write_many(Vec::new(), written).await?;
                        return Err(error);
                    }
                }
                written.push(key);
                if items.len() == CHUNKS_AT_ONCE {
                    self.write_many(std::mem::take(&mut items), Vec::new()).await?;
                }
            }
            chunks.push(chunk);
        }
        self.write_many(items, Vec::new()).await?;
        let adopted = chunk_keys(tenant, account, T::RESOURCE, &chunks);
        let stale = chunk_keys(tenant, account, T::RESOURCE, &old.chunks);
        let stale = stale.into_iter().filter(|key| !adopted.contains(key)).collect();
        let swept_at = if must_sweep { now.as_second() } else { old.swept_at };
        let manifest = Manifest { digest: digest.clone(), chunks, swept_at };
        let plain = postcard::to_allocvec(&manifest).map_err(|error| corrupt(T::RESOURCE, error))?;
        let manifest = pack(&keys::manifest(tenant, account, T::RESOURCE), &plain, T::RESOURCE.schema())?;
        let sweep = must_sweep.then(|| (keys::account_partition(tenant, account), adopted));
        drop(parts);
        self.decoded.put(tenant, account, digest.clone(), Arc::new(rows), bytes);
        Ok(Some(Prepared { resource: T::RESOURCE, digest, manifest, written, stale, sweep }))
    }

    /// Whether rows are not those of a snapshot with this mark. Reads nothing.
    pub fn differs<T: Row>(&self, rows: &[T], present: &str) -> Result<bool> {
        let mut sorted: Vec<&T> = rows.iter().collect();
        sorted.sort_by(|a, b| a.id().cmp(b.id()));
        Ok(mark::<T>(&cut(sorted)?) != present)
    }

    /// Deletes the chunks that prepared snapshots replaced, and now and then those that no manifest lists: a sync that
    /// died before its transaction left them.
    pub async fn finish(&self, prepared: Vec<Prepared>) -> Result<()> {
        let mut gone = Vec::new();
        for Prepared { resource, stale, sweep, .. } in prepared {
            gone.extend(stale);
            if let Some((partition, listed)) = sweep {
                let found = self.keys_of(&Query::of(partition, keys::chunks_of(resource)).consistent()).await?;
                let before = self.clock.now() - ABANDONED_AFTER;
                gone.extend(found.into_iter().filter(|key| !listed.contains(key) && is_older(key, before)));
            }
        }
        gone.sort_unstable_by(|a, b| a.sk.cmp(&b.sk));
        gone.dedup();
        self.write_many(Vec::new(), gone).await
    }

    /// Deletes the chunks of prepared snapshots that were not adopted.
    pub async fn abandon(&self, prepared: Vec<Prepared>) -> Result<()> {
        let written: Vec<Key> = prepared.into_iter().flat_map(|prepared| prepared.written).collect();
        self.write_many(Vec::new(), written).await
    }

    async fn manifest(&self, tenant: TenantId, account: AccountId, resource: Resource) -> Result<Stored> {
        let Some(item) = self.get_many_raw(&[keys::manifest(tenant, account, resource)]).await?.pop() else {
            return Ok(Stored::None);
        };
        Ok(match unpack(&item, resource.schema()) {
            Ok((manifest, _)) => Stored::Readable(manifest),
            Err(unreadable) => {
                unreadable.log(account, resource);
                Stored::Unreadable
            }
        })
    }

    /// Keys of what a query finds, without the rest.
    async fn keys_of(&self, query: &Query) -> Result<Vec<Key>> {
        let Some(range) = query.range() else { return Ok(Vec::new()) };
        let (mut keys, mut start) = (Vec::new(), None);
        loop {
            let request = self.request(query, range.clone()).projection_expression("pk, sk");
            let answer =
                request.set_exclusive_start_key(start).send().await.map_err(|error| unavailable("Query", error))?;
            keys.extend(answer.items.unwrap_or_default().iter().filter_map(Key::of));
            start = answer.last_evaluated_key;
            if start.is_none() {
                break Ok(keys);
            }
        }
    }
}

/// Whether a chunk was written before a time. Those of before revisions had one were.
fn is_older(chunk: &Key, time: Timestamp) -> bool {
    let revision = chunk.sk.rsplit('#').next().and_then(|revision| revision.split_once('-'));
    let written = revision.and_then(|(millis, _)| i64::from_str_radix(millis, 16).ok());
    written.is_none_or(|written| written < time.as_millisecond())
}

/// Rows cut into the parts that become chunks, with the hash of each, and how many bytes they all are.
struct Cut<'a, T> {
    parts: Vec<Vec<&'a T>>,
    hashes: Vec<[u8; 16]>,
    bytes: usize,
}

/// Cuts rows into so many parts that none has too many of them and none is too large, unless a row alone is.
fn cut<'a, T: Row>(rows: impl IntoIterator<Item = &'a T>) -> Result<Cut<'a, T>> {
    let rows: Vec<&T> = rows.into_iter().collect();
    let mut count = rows.len().div_ceil(ROWS_PER_CHUNK).next_power_of_two().min(MOST_CHUNKS);
    loop {
        let mut parts: Vec<Vec<&T>> = vec![Vec::new(); count];
        for &row in &rows {
            parts[place(row.id(), count)].push(row);
        }
        // Serialized once to be compared, and those that changed once more to be written: never all of them at once.
        let (mut hashes, mut bytes, mut is_too_large) = (Vec::with_capacity(count), 0, false);
        for part in &parts {
            let plain = plain(part)?;
            is_too_large |= plain.len() > CHUNK_BYTES && part.len() > 1;
            hashes.push(hash(&plain));
            bytes += plain.len();
        }
        if !is_too_large || count >= MOST_CHUNKS {
            return Ok(Cut { parts, hashes, bytes });
        }
        count *= 2;
    }
}

/// The mark of a snapshot's contents.
fn mark<T: Row>(cut: &Cut<'_, T>) -> String {
    T::RESOURCE.mark(&hex::encode(hash(cut.hashes.as_flattened())))
}

fn chunk_keys(tenant: TenantId, account: AccountId, resource: Resource, chunks: &[Chunk]) -> Vec<Key> {
    let key = |(index, chunk): (usize, &Chunk)| keys::chunk(tenant, account, resource, index, &chunk.revision);
    chunks.iter().enumerate().map(key).collect()
}

fn plain<T: Row>(part: &[&T]) -> Result<Vec<u8>> {
    postcard::to_allocvec(part).map_err(|error| corrupt(T::RESOURCE, error))
}

fn place(id: &str, count: usize) -> usize {
    let [a, b, c, d, ..] = hash(id.as_bytes());
    // Parts are a power of two, of which 32 bits are more than enough.
    u32::from_be_bytes([a, b, c, d]) as usize % count
}

/// The mark of an answer's body, to tell whether it is the last one again.
pub fn body_mark(resource: Resource, bytes: &[u8]) -> String {
    resource.mark(&hex::encode(hash(bytes)))
}

fn corrupt(resource: Resource, error: postcard::Error) -> StoreError {
    StoreError::Corrupt { what: format!("snapshot of {resource:?}"), source: error.into() }
}

#[cfg(test)]
mod tests;
