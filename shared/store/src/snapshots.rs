//! Snapshots of NetBird's resources: what the network looked like at the last sync.
//!
//! A snapshot is cut into chunks of a few dozen rows by a hash of the row's id, so that one changed peer rewrites one
//! small item, whatever the network's size. Chunks are never overwritten: a write makes new ones under a revision of
//! its own, and one transaction turns the manifest, and with it every reader, from the old list of chunks to the new.
//! A crash between the two leaves chunks that nobody lists; a reader never sees half a write.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::Blob;
use lru::LruCache;
use platform_core::account::Resource;
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::{Group, Peer, Policy, User};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::keys::Key;
use crate::operations::Attributes;
use crate::{Item, Result, Store, StoreError, Transaction, keys};

/// A row of a snapshot.
pub trait Row: Serialize + DeserializeOwned + Clone + Send + Sync + 'static {
    /// What it is a row of.
    const RESOURCE: Resource;
    /// NetBird's id, which decides the chunk.
    fn id(&self) -> &str;
}

macro_rules! rows {
    ($($row:ident of $resource:ident,)*) => {
        $(impl Row for $row {
            const RESOURCE: Resource = Resource::$resource;
            fn id(&self) -> &str {
                &self.id
            }
        })*
    };
}

rows! {
    Peer of Peers,
    Group of Groups,
    User of Users,
    Policy of Policies,
}

/// Rows a chunk holds at most on average: about 5 KB compressed.
const ROWS_PER_CHUNK: usize = 64;
/// What decoded snapshots kept in memory weigh, of all accounts together: enough for 60,000 common peers.
const DECODED_BYTES: usize = 48 << 20;
/// What a row weighs in memory besides its texts.
const ROW_BYTES: usize = 512;
/// Most bytes of a chunk: DynamoDB takes items of 400 KB.
const CHUNK_BYTES: usize = 380 << 10;
/// Chunks that are made and written at once.
const CHUNKS_AT_ONCE: usize = 25;
/// zstd's default: a higher level gains little on chunks of this size.
const COMPRESSION_LEVEL: i32 = 3;
/// Layout of chunks and manifests, so that another one is told from broken bytes.
const FORMAT: u8 = 1;

/// Decoded snapshots by digest: an unchanged network is not read again by a warm function.
#[derive(Clone)]
pub(crate) struct Decoded(Arc<Mutex<DecodedInner>>);

struct DecodedInner {
    weight: usize,
    entries: LruCache<(TenantId, AccountId, Resource), Entry>,
}

struct Entry {
    digest: String,
    weight: usize,
    value: Arc<dyn Any + Send + Sync>,
}

impl Default for Decoded {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(DecodedInner { weight: 0, entries: LruCache::unbounded() })))
    }
}

impl Decoded {
    fn get<T: Row>(&self, tenant: TenantId, account: AccountId, digest: &str) -> Option<Arc<Vec<T>>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = inner.entries.get(&(tenant, account, T::RESOURCE)).filter(|entry| entry.digest == digest)?;
        entry.value.clone().downcast().ok()
    }

    /// Keeps rows that were so many bytes when serialized.
    fn put<T: Row>(&self, tenant: TenantId, account: AccountId, digest: String, value: Arc<Vec<T>>, bytes: usize) {
        let weight = bytes + value.len() * ROW_BYTES;
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let replaced = inner.entries.put((tenant, account, T::RESOURCE), Entry { digest, weight, value });
        inner.weight = inner.weight + weight - replaced.map_or(0, |entry| entry.weight);
        while inner.weight > DECODED_BYTES {
            let Some((_, evicted)) = inner.entries.pop_lru() else { break };
            inner.weight -= evicted.weight;
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Manifest {
    digest: String,
    chunks: Vec<Chunk>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Chunk {
    hash: [u8; 8],
    revision: String,
}

/// A snapshot whose new chunks are stored and that waits for the transaction that makes it the present one.
#[derive(Debug)]
pub struct Prepared {
    /// What it is a snapshot of.
    pub resource: Resource,
    /// Digest of its contents.
    pub digest: String,
    manifest: Item,
    written: Vec<Key>,
    stale: Vec<Key>,
}

impl Transaction<'_> {
    /// Makes a prepared snapshot the present one.
    pub fn adopt(&mut self, prepared: &Prepared) {
        self.put(prepared.manifest.clone());
    }
}

impl Store {
    /// The present snapshot; empty if there is none. `digest` is the one that the sync state names: a copy decoded
    /// earlier with that digest is returned without a read.
    pub async fn snapshot<T: Row>(
        &self,
        tenant: TenantId,
        account: AccountId,
        digest: Option<&str>,
    ) -> Result<Arc<Vec<T>>> {
        let Some(digest) = digest else { return Ok(Arc::default()) };
        if let Some(known) = self.decoded.get(tenant, account, digest) {
            return Ok(known);
        }
        // A chunk that is missing was replaced since the manifest was read: read the newer manifest.
        for _ in 0..4 {
            let manifest = self.manifest(tenant, account, T::RESOURCE).await?;
            let keys: Vec<Key> = chunk_keys(tenant, account, T::RESOURCE, &manifest);
            let items = self.get_many_raw(&keys).await?;
            if items.len() < keys.len() {
                continue;
            }
            let (mut rows, mut bytes) = (Vec::<T>::new(), 0);
            for item in items {
                let (chunk, length) = decode_body::<Vec<T>>(&item)?;
                rows.extend(chunk);
                bytes += length;
            }
            rows.sort_by(|a, b| a.id().cmp(b.id()));
            let rows = Arc::new(rows);
            self.decoded.put(tenant, account, manifest.digest, rows.clone(), bytes);
            return Ok(rows);
        }
        Err(StoreError::Corrupt { what: format!("snapshot of {:?}", T::RESOURCE), source: "chunks are missing".into() })
    }

    /// Stores the chunks of a snapshot that differ from the present one. `None` if none does. `present` is the digest
    /// that the sync state names: rows that came in another order, and differ in nothing else, are not even read for.
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
        let count = rows.len().div_ceil(ROWS_PER_CHUNK).next_power_of_two();
        let mut parts: Vec<Vec<&T>> = vec![Vec::new(); count];
        for row in &rows {
            parts[place(row.id(), count)].push(row);
        }
        // Serialized once to be compared, and those that changed once more to be written: never all of them at once.
        let (mut hashes, mut bytes) = (Vec::with_capacity(count), 0);
        for part in &parts {
            let plain = plain(part)?;
            hashes.push(short_hash(&plain));
            bytes += plain.len();
        }
        let digest = hex::encode(short_hash(hashes.as_flattened()));
        if present == Some(digest.as_str()) {
            return Ok(None);
        }
        let old = self.manifest(tenant, account, T::RESOURCE).await?;
        let (mut chunks, mut items, mut written) = (Vec::with_capacity(count), Vec::new(), Vec::new());
        for (index, (part, hash)) in parts.iter().zip(hashes).enumerate() {
            let kept = old.chunks.get(index).filter(|chunk| chunk.hash == hash && old.chunks.len() == count);
            let chunk = kept.cloned().unwrap_or_else(|| Chunk { hash, revision: revision.to_owned() });
            if kept.is_none() {
                let key = keys::chunk(tenant, account, T::RESOURCE, index, revision);
                match plain(part).and_then(|plain| body_item(&key, &plain)) {
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
        if written.is_empty() {
            return Ok(None);
        }
        self.write_many(items, Vec::new()).await?;
        let stale = chunk_keys(tenant, account, T::RESOURCE, &old);
        let manifest = Manifest { digest: digest.clone(), chunks };
        let adopted = chunk_keys(tenant, account, T::RESOURCE, &manifest);
        let stale = stale.into_iter().filter(|key| !adopted.contains(key)).collect();
        let plain = postcard::to_allocvec(&manifest).map_err(|error| corrupt(T::RESOURCE, error))?;
        let manifest = body_item(&keys::manifest(tenant, account, T::RESOURCE), &plain)?;
        drop(parts);
        self.decoded.put(tenant, account, digest.clone(), Arc::new(rows), bytes);
        Ok(Some(Prepared { resource: T::RESOURCE, digest, manifest, written, stale }))
    }

    /// Deletes the chunks that prepared snapshots replaced.
    pub async fn finish(&self, prepared: Vec<Prepared>) -> Result<()> {
        let stale: Vec<Key> = prepared.into_iter().flat_map(|prepared| prepared.stale).collect();
        self.write_many(Vec::new(), stale).await
    }

    /// Deletes the chunks of prepared snapshots that were not adopted.
    pub async fn abandon(&self, prepared: Vec<Prepared>) -> Result<()> {
        let written: Vec<Key> = prepared.into_iter().flat_map(|prepared| prepared.written).collect();
        self.write_many(Vec::new(), written).await
    }

    /// Forgets a snapshot that cannot be read, so that the next one is written whole.
    pub async fn forget_snapshot(&self, tenant: TenantId, account: AccountId, resource: Resource) -> Result<()> {
        self.write_many(Vec::new(), vec![keys::manifest(tenant, account, resource)]).await
    }

    async fn manifest(&self, tenant: TenantId, account: AccountId, resource: Resource) -> Result<Manifest> {
        match self.get_many_raw(&[keys::manifest(tenant, account, resource)]).await?.first() {
            Some(item) => decode_body(item).map(|(manifest, _)| manifest),
            None => Ok(Manifest::default()),
        }
    }
}

fn chunk_keys(tenant: TenantId, account: AccountId, resource: Resource, manifest: &Manifest) -> Vec<Key> {
    let key = |(index, chunk): (usize, &Chunk)| keys::chunk(tenant, account, resource, index, &chunk.revision);
    manifest.chunks.iter().enumerate().map(key).collect()
}

fn plain<T: Row>(part: &[&T]) -> Result<Vec<u8>> {
    postcard::to_allocvec(part).map_err(|error| corrupt(T::RESOURCE, error))
}

fn place(id: &str, count: usize) -> usize {
    let hash = short_hash(id.as_bytes());
    (u64::from_be_bytes(hash) % count as u64) as usize
}

fn short_hash(bytes: &[u8]) -> [u8; 8] {
    let mut hash = [0; 8];
    hash.copy_from_slice(&digest::digest(&digest::SHA256, bytes).as_ref()[..8]);
    hash
}

/// A hash of an answer's body, to tell whether it is the last one again.
pub fn body_hash(bytes: &[u8]) -> String {
    hex::encode(short_hash(bytes))
}

fn body_item(key: &Key, plain: &[u8]) -> Result<Item> {
    let mut body = vec![FORMAT];
    body.extend(
        zstd::bulk::compress(plain, COMPRESSION_LEVEL)
            .map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?,
    );
    if body.len() > CHUNK_BYTES {
        // Nobody's rows are this large by chance, or fall into one chunk.
        return Err(StoreError::TooLarge { what: "a part of a list".into() });
    }
    let mut item = Item::new(key, &BTreeMap::<String, String>::new())?;
    item.attributes.insert("body".into(), AttributeValue::B(Blob::new(body)));
    Ok(item)
}

/// What a body holds, and how many bytes it is when unpacked.
fn decode_body<T: DeserializeOwned>(item: &Attributes) -> Result<(T, usize)> {
    let what = || item.get("sk").and_then(|sk| sk.as_s().ok()).cloned().unwrap_or_default();
    let broken = |source: Box<dyn std::error::Error + Send + Sync>| StoreError::Corrupt { what: what(), source };
    let body = item.get("body").and_then(|body| body.as_b().ok()).ok_or_else(|| broken("no body".into()))?;
    match body.as_ref().split_first() {
        Some((&FORMAT, packed)) => {
            let plain = zstd::stream::decode_all(packed).map_err(|error| broken(error.into()))?;
            let value = postcard::from_bytes(&plain).map_err(|error| broken(error.into()))?;
            Ok((value, plain.len()))
        }
        _ => Err(broken("unknown format".into())),
    }
}

fn corrupt(resource: Resource, error: postcard::Error) -> StoreError {
    StoreError::Corrupt { what: format!("snapshot of {resource:?}"), source: error.into() }
}
