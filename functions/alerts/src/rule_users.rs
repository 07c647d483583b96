//! Users by whom a rule chooses peers: one whom no account has is a mistake.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use platform_core::account::{Account, SyncState};
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::User;
use platform_core::resource::Resource;
use platform_core::rule::Rule;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use tokio::sync::{Mutex, OnceCell};

/// The users of a tenant's accounts, where they are known: each list is read when the first rule asks for it, and once however many
/// rules do. One list after the other is in memory; what is kept of each is who is in it.
pub(crate) struct UserLists<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    /// Whether reading them takes a turn. A caller who has one would wait for itself.
    takes_turn: bool,
    hasher: RandomState,
    syncs: OnceCell<Vec<SyncState>>,
    read: Mutex<HashMap<AccountId, Known>>,
}

/// Who is in a list: the hashes of ids and of addresses, in order. `None` if nothing is known of the list. Their key is this process's
/// own, so that no server can make two that are the same.
type Known = Option<Arc<[u64]>>;

impl<'a> UserLists<'a> {
    /// Those of a tenant. Nothing is read yet.
    pub(crate) fn of(platform: &'a Platform, tenant: TenantId) -> Self {
        let (syncs, read) = (OnceCell::new(), Mutex::default());
        Self { platform, tenant, takes_turn: true, hasher: RandomState::new(), syncs, read }
    }

    /// For a caller who has a turn to read lists already.
    pub(crate) fn within_turn(self) -> Self {
        Self { takes_turn: false, ..self }
    }

    fn id(&self, id: &str) -> u64 {
        self.hasher.hash_one(("id", id))
    }

    fn address(&self, email: &str) -> u64 {
        self.hasher.hash_one(("address", email.to_ascii_lowercase()))
    }

    async fn read(&self, account: AccountId, syncs: &[SyncState]) -> Result<Known, Problem> {
        let sync = syncs.iter().find(|sync| sync.account == account);
        let digest = sync.and_then(|sync| sync.present(Resource::Users));
        let users = self.platform.store.snapshot::<User>(self.tenant, account, digest).await?;
        let known: Known = users.map(|users| {
            let addresses = users.iter().map(|user| &user.email).filter(|email| !email.is_empty());
            let mut known: Vec<u64> = addresses.map(|email| self.address(email)).collect();
            known.extend(users.iter().map(|user| self.id(&user.id)));
            known.sort_unstable();
            known.into()
        });
        // That takes a while: others get their turn before the next one.
        tokio::task::yield_now().await;
        Ok(known)
    }
}

/// Records the users whom none of the accounts that a rule covers has. One of which they are not known may have any.
pub(crate) async fn check(
    lists: &UserLists<'_>,
    rule: &Rule,
    accounts: &[Account],
    problems: &mut Problems,
) -> Result<(), Problem> {
    let named = rule.condition.watch().peer_filter().map_or(&[][..], |filter| &filter.users);
    let covered: Vec<&Account> = accounts.iter().filter(|account| rule.covers(account.id)).collect();
    if named.is_empty() || covered.is_empty() {
        return Ok(());
    }
    let (platform, tenant) = (lists.platform, lists.tenant);
    let _turn = if lists.takes_turn { Some(platform.list_turn(tenant).await?) } else { None };
    let syncs = lists.syncs.get_or_try_init(|| platform.store.sync_states(tenant)).await?;
    let mut read = lists.read.lock().await;
    let mut missing: Vec<(usize, [u64; 2])> =
        named.iter().enumerate().map(|(index, named)| (index, [lists.id(named), lists.address(named)])).collect();
    for account in &covered {
        if missing.is_empty() {
            break;
        }
        let known = match read.get(&account.id).cloned() {
            Some(known) => known,
            None => {
                let known = lists.read(account.id, syncs).await?;
                read.insert(account.id, known.clone());
                known
            }
        };
        let Some(known) = known else { return Ok(()) };
        missing.retain(|(_, either)| either.iter().all(|hash| known.binary_search(hash).is_err()));
    }
    for (index, _) in missing {
        let detail = match covered.as_slice() {
            [account] => format!("is no user of {}, as of its last sync", account.name),
            _ => "is no user of any of the accounts, as of their last syncs".to_owned(),
        };
        problems.push(format!("/conditionConfig/users/{index}"), detail);
    }
    Ok(())
}
