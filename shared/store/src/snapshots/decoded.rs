//! Decoded snapshots that a process remembers.

use std::any::Any;
use std::sync::{Arc, Mutex, PoisonError};

use lru::LruCache;
use platform_core::ids::{AccountId, TenantId};
use platform_core::resource::{Resource, Row};

/// What decoded snapshots kept in memory weigh, of all accounts together: enough for 60,000 common peers.
const DECODED_BYTES: usize = 48 << 20;
/// What a row weighs in memory besides its texts.
const ROW_BYTES: usize = 512;

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
    pub(super) fn get<T: Row>(&self, tenant: TenantId, account: AccountId, digest: &str) -> Option<Arc<Vec<T>>> {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = inner.entries.get(&(tenant, account, T::RESOURCE)).filter(|entry| entry.digest == digest)?;
        entry.value.clone().downcast().ok()
    }

    /// Forgets everything.
    #[cfg(feature = "testing")]
    pub(crate) fn clear(&self) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.entries.clear();
        inner.weight = 0;
    }

    /// Keeps rows that were so many bytes when serialized.
    pub(super) fn put<T: Row>(
        &self,
        tenant: TenantId,
        account: AccountId,
        digest: String,
        value: Arc<Vec<T>>,
        bytes: usize,
    ) {
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
