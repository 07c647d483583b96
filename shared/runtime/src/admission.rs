//! How much of other people's networks is in memory at once: one sync of an account at a time, few large ones, and few
//! lists; of each tenant one.

use std::collections::{HashMap, HashSet};
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use platform_core::ids::{AccountId, TenantId};
use tokio::sync::{OnceCell, OwnedSemaphorePermit, Semaphore};

/// Syncs under way at once whose bodies are large.
const LARGE_AT_ONCE: usize = 4;
/// How long a sync waits to be one of them: shorter than NetBird's answer may take, so that waiting is not taken for a
/// server that dawdles.
const PATIENCE: Duration = Duration::from_secs(20);
/// Lists that are read from snapshots at once.
const LISTS_AT_ONCE: usize = 4;
/// Pasts that are played at once. Each computes for seconds: they take nobody's turn to read a list.
const REPLAYS_AT_ONCE: usize = 2;
/// How long a list waits for its turn: shorter than the one who asked does.
const LIST_PATIENCE: Duration = Duration::from_secs(10);

/// What a platform's process admits.
#[derive(Clone)]
pub struct Admissions(Arc<Inner>);

struct Inner {
    running: Mutex<HashSet<AccountId>>,
    syncs: Turns,
    lists: Turns,
    replays: Turns,
}

/// So many at once, and of each tenant one.
struct Turns {
    all: Arc<Semaphore>,
    /// One permit each, of tenants who have or wait for a turn.
    tenants: Mutex<HashMap<TenantId, Arc<Semaphore>>>,
}

/// A turn, until it is dropped.
pub struct Turn {
    _own: OwnedSemaphorePermit,
    _one_of_all: OwnedSemaphorePermit,
}

impl Turns {
    fn new(at_once: usize) -> Self {
        Self { all: Arc::new(Semaphore::new(at_once)), tenants: Mutex::default() }
    }

    async fn take(&self, tenant: TenantId) -> Option<Turn> {
        let own = {
            let mut tenants = locked(&self.tenants);
            // Nobody holds or waits for those that only the map holds.
            tenants.retain(|_, semaphore| Arc::strong_count(semaphore) > 1);
            tenants.entry(tenant).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
        };
        // The tenant's own first: those who wait for it must not keep others waiting.
        let own = own.acquire_owned().await.ok()?;
        Some(Turn { _own: own, _one_of_all: self.all.clone().acquire_owned().await.ok()? })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Default for Admissions {
    fn default() -> Self {
        let (syncs, lists) = (Turns::new(LARGE_AT_ONCE), Turns::new(LISTS_AT_ONCE));
        let replays = Turns::new(REPLAYS_AT_ONCE);
        Self(Arc::new(Inner { running: Mutex::default(), syncs, lists, replays }))
    }
}

/// The one sync of an account in this process, until it is dropped.
pub struct Running {
    admissions: Admissions,
    account: AccountId,
}

impl Drop for Running {
    fn drop(&mut self) {
        locked(&self.admissions.0.running).remove(&self.account);
    }
}

impl Admissions {
    /// Begins the sync of an account; `None` if one is under way.
    pub fn begin(&self, account: AccountId) -> Option<Running> {
        let is_first = locked(&self.0.running).insert(account);
        is_first.then(|| Running { admissions: self.clone(), account })
    }

    /// A turn to read a list of networks, for a tenant; `None` if there was none in time.
    pub async fn list(&self, tenant: TenantId) -> Option<Turn> {
        tokio::time::timeout(LIST_PATIENCE, self.0.lists.take(tenant)).await.ok().flatten()
    }

    /// A turn to play a past, for a tenant; `None` if there was none in time.
    pub async fn replay(&self, tenant: TenantId) -> Option<Turn> {
        tokio::time::timeout(LIST_PATIENCE, self.0.replays.take(tenant)).await.ok().flatten()
    }

    /// What the client of one sync asks, for a tenant. It is asked at every large body and waits at the first: a sync
    /// cannot wait for itself.
    pub fn ticket(&self, tenant: TenantId) -> Arc<dyn platform_netbird::Admission> {
        Arc::new(Ticket { admissions: self.clone(), tenant, turn: OnceCell::new() })
    }
}

struct Ticket {
    admissions: Admissions,
    tenant: TenantId,
    turn: OnceCell<Turn>,
}

impl platform_netbird::Admission for Ticket {
    fn admit(&self) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        let take = async { self.admissions.0.syncs.take(self.tenant).await.ok_or(()) };
        Box::pin(async move {
            let admitted = tokio::time::timeout(PATIENCE, self.turn.get_or_try_init(|| take)).await;
            matches!(admitted, Ok(Ok(_)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tenant(n: u128) -> TenantId {
        TenantId::from_uuid(uuid::Uuid::from_u128(n))
    }

    #[test]
    fn an_account_is_synced_once_at_a_time() {
        let (admissions, account) = (Admissions::default(), AccountId::from_uuid(uuid::Uuid::nil()));
        let running = admissions.begin(account);
        assert!(running.is_some() && admissions.begin(account).is_none());
        drop(running);
        assert!(admissions.begin(account).is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn a_tenant_has_one_large_sync_and_all_together_four() {
        let admissions = Admissions::default();
        let tickets: Vec<_> = (0..5).map(|n| admissions.ticket(tenant(n))).collect();
        for ticket in &tickets[..4] {
            assert!(ticket.admit().await && ticket.admit().await, "a sync does not wait for itself");
        }
        assert!(!tickets[4].admit().await, "the fifth waits");
        assert!(!admissions.ticket(tenant(0)).admit().await, "so does the tenant's second");
        drop(tickets.into_iter().next());
        assert!(admissions.ticket(tenant(0)).admit().await);
    }

    #[tokio::test(start_paused = true)]
    async fn a_tenant_reads_one_list_and_syncs_beside_it() {
        let admissions = Admissions::default();
        let mut turns = Vec::new();
        for n in 0..4 {
            turns.push(admissions.list(tenant(n)).await.expect("four at once"));
        }
        assert!(admissions.list(tenant(0)).await.is_none(), "the tenant's second waits");
        assert!(admissions.list(tenant(4)).await.is_none(), "so does the fifth");
        assert!(admissions.ticket(tenant(0)).admit().await, "a sync does not");
        let replay = admissions.replay(tenant(0)).await.expect("and neither does a past that is played");
        assert!(admissions.replay(tenant(0)).await.is_none(), "the tenant's second waits");
        let other = admissions.replay(tenant(5)).await.expect("two at once");
        assert!(admissions.replay(tenant(6)).await.is_none(), "the third waits");
        turns.pop();
        assert!(admissions.list(tenant(4)).await.is_some(), "and lists are read meanwhile");
        drop((replay, other));
    }
}
