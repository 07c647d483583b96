//! Removing what a deleted tenant owned, or what is known of an account that was disconnected: at once what lets it act,
//! the rest piece by piece.
//!
//! Everything is found by keys, removed in an order that keeps what finds the next thing until that is gone, and removing
//! it again changes nothing: so a purge that dies anywhere is simply done again. What was under way when the tenant was
//! deleted may still write for a while; the tenant is forgotten only when a pass after that finds nothing.

use jiff::{SignedDuration, Timestamp};
use platform_core::account::Account;
use platform_core::alert::Person;
use platform_core::ids::{AccountId, TenantId, UserId};
use platform_core::tenancy::{Tenant, User};
use platform_core::versioned;
use serde::{Deserialize, Serialize};

use crate::audit::months;
use crate::keys::Key;
use crate::operations::{Attributes, unavailable};
use crate::tenants::EmailOwner;
use crate::{Item, Query, Result, Store, Transaction, keys};

/// A tenant that was deleted, and what of it only a list can find.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedTenant {
    /// Which.
    pub tenant: TenantId,
    /// When it was made: its audit trail begins there.
    pub created_at: Timestamp,
    /// When it was deleted.
    pub deleted_at: Timestamp,
    /// NetBird accounts that it had.
    pub accounts: Vec<AccountId>,
    /// Its members who were not dealt with yet.
    pub users: Vec<LeavingUser>,
    /// Nothing was left of it; looked at again after this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_look: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

/// A user who lost a tenant, and is deleted if it was the last one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LeavingUser {
    /// Who.
    pub user: UserId,
    /// Version of the user, and when, as they were found without a tenant. Only somebody who is unchanged a while later is
    /// deleted: the list of a user's tenants may be a moment old.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alone: Option<(u64, Timestamp)>,
}

/// Somebody who left one tenant, or was removed from it: their sessions there are forgotten, and they are if it was their
/// last tenant. Nobody could sign in any more, and nobody could take the account away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Leaver {
    /// The tenant.
    pub tenant: TenantId,
    /// Who.
    #[serde(flatten)]
    pub leaving: LeavingUser,
    /// Counts writes.
    pub version: u64,
}

/// An account that was disconnected, of which something may be left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletedAccount {
    /// Whose it was.
    pub tenant: TenantId,
    /// Which.
    pub account: AccountId,
    /// Who disconnected it; alerts that are resolved by that name them.
    pub by: Person,
    /// When.
    pub deleted_at: Timestamp,
    /// Nothing was left of it; looked at again after this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_look: Option<Timestamp>,
    /// Counts writes.
    pub version: u64,
}

impl DeletedAccount {
    /// An account that is disconnected now.
    pub fn new(account: &Account, by: Person, now: Timestamp) -> Self {
        Self { tenant: account.tenant, account: account.id, by, deleted_at: now, next_look: None, version: 1 }
    }

    /// Whether there may be something to remove now. See [`DeletedTenant::is_due`].
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.next_look.is_none_or(|next| next <= now)
    }
}

versioned!(DeletedTenant, DeletedAccount, Leaver);

impl DeletedTenant {
    /// How long whatever was under way when the tenant was deleted may take: requests, syncs, messages between two tries.
    pub const GRACE: SignedDuration = SignedDuration::from_mins(15);
    /// How long a user must have been alone.
    const ALONE: SignedDuration = SignedDuration::from_secs(50);

    /// Whether there may be something to remove now. A tenant of which nothing was left is looked at once more, when
    /// whatever was under way has ended.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.next_look.is_none_or(|next| next <= now)
    }

    /// A tenant that is deleted now.
    pub fn new(tenant: &Tenant, users: Vec<UserId>, accounts: Vec<AccountId>, now: Timestamp) -> Self {
        let users = users.into_iter().map(|user| LeavingUser { user, alone: None }).collect();
        Self {
            tenant: tenant.id,
            created_at: tenant.created_at,
            deleted_at: now,
            accounts,
            users,
            next_look: None,
            version: 1,
        }
    }
}

impl Transaction<'_> {
    /// Notes that a tenant's things are to be removed.
    pub fn create_deleted_tenant(&mut self, deleted: &DeletedTenant) -> Result<()> {
        self.create(Item::new(&keys::deleted_tenant(deleted.tenant), deleted)?);
        Ok(())
    }
}

impl Transaction<'_> {
    /// Notes that what is known of an account is to be removed.
    pub fn create_deleted_account(&mut self, deleted: &DeletedAccount) -> Result<()> {
        self.create(Item::new(&keys::deleted_account(deleted.tenant, deleted.account), deleted)?);
        Ok(())
    }
}

impl Transaction<'_> {
    /// Notes that somebody loses their place in a tenant.
    pub fn create_leaver(&mut self, tenant: TenantId, user: UserId) -> Result<()> {
        // Never a version that an earlier entry had: a pass that deals with that one must not take this.
        let version = u64::try_from(self.now().as_millisecond()).unwrap_or(1);
        let leaver = Leaver { tenant, leaving: LeavingUser { user, alone: None }, version };
        self.put(Item::new(&keys::leaver(tenant, user), &leaver)?);
        Ok(())
    }
}

/// What one pass may still remove.
struct Budget {
    most: usize,
    removed: usize,
}

impl Budget {
    fn is_spent(&self) -> bool {
        self.removed >= self.most
    }
}

impl Store {
    /// Tenants whose things are being removed.
    pub async fn deleted_tenants(&self) -> Result<Vec<DeletedTenant>> {
        Ok(self.query(Query::of(keys::DELETED_TENANTS, "TENANT#").consistent()).await?.items)
    }

    /// Accounts that were disconnected, of which something may be left.
    pub async fn deleted_accounts(&self) -> Result<Vec<DeletedAccount>> {
        Ok(self.query(Query::of(keys::DELETED_TENANTS, keys::DELETED_ACCOUNT).consistent()).await?.items)
    }

    /// Removes up to about `most` things of an account that was disconnected: snapshots, events, logs, then where rules
    /// stand for it and what the overview shows of it. Once nothing was left, it is looked at again when whatever was under way has ended, and forgotten.
    pub async fn purge_account(&self, mut deleted: DeletedAccount, most: usize) -> Result<()> {
        let (tenant, account, now) = (deleted.tenant, deleted.account, self.clock.now());
        let mut budget = Budget { most, removed: 0 };
        self.purge_partition(&keys::account_partition(tenant, account), &mut budget).await?;
        if !budget.is_spent() {
            let mut states = self.stored_of(tenant, &keys::state_prefix(account)).await?;
            states.extend(self.stored_of(tenant, &keys::kept_prefix(account)).await?);
            budget.removed += states.len();
            self.write_many(Vec::new(), states.iter().filter_map(Key::of).collect()).await?;
        }
        if budget.removed > 0 {
            return Ok(());
        }
        let (key, expected) = (keys::deleted_account(tenant, account), deleted.version);
        if now.duration_since(deleted.deleted_at) >= DeletedTenant::GRACE {
            // All of its alerts are over, and what is over is counted by day.
            let of_rules = self.stored_of(tenant, keys::ACTIVE_BY_RULE).await?;
            let of_rules = of_rules.iter().filter_map(Key::of).filter(|key| keys::is_active_of(key, account));
            self.write_many(Vec::new(), of_rules.collect()).await?;
            let mut transaction = self.transaction();
            transaction.take_at(&key, expected);
            transaction.delete(&keys::active_of_account(tenant, account));
            // A sync that was under way may have written them once more.
            for kept in [keys::Kept::Events, keys::Kept::Hours] {
                transaction.delete(&keys::kept(tenant, account, kept));
            }
            return transaction.commit().await;
        }
        deleted.next_look = Some(deleted.deleted_at + DeletedTenant::GRACE);
        self.replace(&mut deleted, |deleted| Item::new(&key, deleted)).await
    }

    /// People who lost a place in a tenant and were not dealt with yet.
    pub async fn leavers(&self) -> Result<Vec<Leaver>> {
        Ok(self.query(Query::of(keys::DELETED_TENANTS, keys::LEAVER).consistent()).await?.items)
    }

    /// Deals with somebody who lost a place in a tenant, as far as that may be done yet.
    pub async fn purge_leaver(&self, mut leaver: Leaver) -> Result<()> {
        let before = leaver.leaving.clone();
        let key = keys::leaver(leaver.tenant, leaver.leaving.user);
        let user = self.user(leaver.leaving.user).await?;
        // Those who come from the tenant's identity provider are its own; it brings them again.
        let is_of_tenant = user.is_some_and(|user| user.sso_tenant == Some(leaver.tenant));
        let is_back = self.membership(leaver.tenant, leaver.leaving.user).await?.is_some();
        let mut budget = Budget { most: usize::MAX, removed: 0 };
        if is_of_tenant || is_back || self.purge_user(leaver.tenant, &mut leaver.leaving, &mut budget).await? {
            let mut transaction = self.transaction();
            transaction.take_at(&key, leaver.version);
            return transaction.commit().await;
        }
        if leaver.leaving == before {
            return Ok(());
        }
        self.replace(&mut leaver, |leaver| Item::new(&key, leaver)).await
    }

    /// Takes away what lets a deleted tenant act: its accounts, so that nothing is synced, evaluated or told any more, its
    /// members, its invitations and its single sign-on. Returns how many items that were.
    pub async fn stop_tenant(&self, deleted: &mut DeletedTenant) -> Result<usize> {
        let tenant = deleted.tenant;
        let members = self.stored_of(tenant, keys::MEMBER).await?;
        let accounts = self.stored_of(tenant, keys::ACCOUNT).await?;
        let invitations = self.stored_of(tenant, keys::INVITATION).await?;
        let identities = self.stored_of(tenant, keys::IDENTITY).await?;
        let mut gone: Vec<Key> = Vec::new();
        let known = (deleted.users.len(), deleted.accounts.len());
        // Somebody who came from the tenant's identity provider is its own, even if they are no member any more.
        let members = members.iter().filter_map(Key::of);
        let members = members.map(|key| (key.sk.strip_prefix(keys::MEMBER).and_then(|id| id.parse().ok()), key));
        let identities = identities.iter().filter_map(|identity| {
            Some((text_of(identity, "user").and_then(|id| id.parse::<UserId>().ok()), Key::of(identity)?))
        });
        for (user, key) in members.chain(identities) {
            if let Some(user) = user.filter(|user| deleted.users.iter().all(|leaving| leaving.user != *user)) {
                deleted.users.push(LeavingUser { user, alone: None });
            }
            gone.push(key);
        }
        for key in accounts.iter().filter_map(Key::of) {
            let Some(account) = key.sk.strip_prefix(keys::ACCOUNT).and_then(|id| id.parse().ok()) else { continue };
            if !deleted.accounts.contains(&account) {
                deleted.accounts.push(account);
            }
            gone.extend([keys::registry(account), keys::sync(tenant, account), key]);
        }
        for item in &invitations {
            gone.extend(text_of(item, "link").map(keys::link));
            gone.extend(Key::of(item));
        }
        // Noted before what tells of them is gone.
        if known != (deleted.users.len(), deleted.accounts.len()) {
            self.replace_deleted(deleted).await?;
        }
        let number = gone.len();
        self.write_many(Vec::new(), gone).await?;
        self.purge_sso(tenant).await?;
        Ok(number)
    }

    /// Removes up to about `most` things of a deleted tenant. Returns whether there was nothing left to remove.
    pub async fn purge_tenant(&self, deleted: &mut DeletedTenant, most: usize) -> Result<bool> {
        let tenant = deleted.tenant;
        let mut budget = Budget { most, removed: self.stop_tenant(deleted).await? };
        self.purge_api_tokens(tenant, &mut budget).await?;
        self.purge_alert_links(tenant, &mut budget).await?;
        self.purge_users(deleted, &mut budget).await?;
        for account in &deleted.accounts {
            self.purge_partition(&keys::account_partition(tenant, *account), &mut budget).await?;
        }
        for month in months(deleted.created_at, self.clock.now()) {
            self.purge_partition(&keys::audit_partition(tenant, month), &mut budget).await?;
        }
        if !budget.is_spent() {
            self.purge_partition(&keys::tenant_partition(tenant), &mut budget).await?;
        }
        Ok(budget.removed == 0 && deleted.users.is_empty())
    }

    /// Forgets a deleted tenant of which nothing is left.
    pub async fn forget_deleted_tenant(&self, deleted: &DeletedTenant) -> Result<()> {
        let mut transaction = self.transaction();
        transaction.take_at(&keys::deleted_tenant(deleted.tenant), deleted.version);
        transaction.commit().await
    }

    /// Nothing is left of a tenant, for now.
    pub async fn rest_deleted_tenant(&self, deleted: &mut DeletedTenant) -> Result<()> {
        deleted.next_look = Some(deleted.deleted_at + DeletedTenant::GRACE);
        self.replace_deleted(deleted).await
    }

    async fn replace_deleted(&self, deleted: &mut DeletedTenant) -> Result<()> {
        self.replace(deleted, |deleted| Item::new(&keys::deleted_tenant(deleted.tenant), deleted)).await
    }

    /// The tokens as requests find them lie elsewhere: they go first, the list of them after.
    async fn purge_api_tokens(&self, tenant: TenantId, budget: &mut Budget) -> Result<()> {
        let tokens = self.stored_of(tenant, keys::API_TOKEN).await?;
        let uses = tokens.iter().filter_map(|token| text_of(token, "hash")).map(keys::token_use).collect();
        self.write_many(Vec::new(), uses).await?;
        budget.removed += tokens.len();
        self.write_many(Vec::new(), tokens.iter().filter_map(Key::of).collect()).await
    }

    /// So do the links of messages.
    async fn purge_alert_links(&self, tenant: TenantId, budget: &mut Budget) -> Result<()> {
        let known = self.stored(&keys::tenant_partition(tenant), keys::ALERT_LINK, budget.most).await?;
        let links = known.iter().filter_map(|known| text_of(known, "link")).map(keys::link).collect();
        self.write_many(Vec::new(), links).await?;
        budget.removed += known.len();
        self.write_many(Vec::new(), known.iter().filter_map(Key::of).collect()).await
    }

    /// Users without any other tenant go; the others lose their sessions in this one.
    async fn purge_users(&self, deleted: &mut DeletedTenant, budget: &mut Budget) -> Result<()> {
        let mut stay = Vec::new();
        let before = deleted.users.clone();
        for mut leaving in before.clone() {
            if budget.is_spent() || !self.purge_user(deleted.tenant, &mut leaving, budget).await? {
                stay.push(leaving);
            }
        }
        if stay != before {
            deleted.users = stay;
            self.replace_deleted(deleted).await?;
        }
        Ok(())
    }

    /// Returns whether nothing is left to do.
    async fn purge_user(&self, tenant: TenantId, leaving: &mut LeavingUser, budget: &mut Budget) -> Result<bool> {
        let partition = keys::user_partition(leaving.user);
        let Some(user) = self.user(leaving.user).await? else {
            // An earlier pass died after deleting the user.
            self.purge_partition(&partition, budget).await?;
            return Ok(true);
        };
        let other = if user.sso_tenant == Some(tenant) { None } else { self.other_tenant(&user, tenant).await? };
        if let Some(other) = other {
            for mut session in self.sessions(user.id).await? {
                if session.tenant == tenant && !session.acts_in(other) {
                    budget.removed += 1;
                    self.delete(&keys::session(user.id, session.id)).await?;
                } else if session.forget(tenant, other) {
                    // They stay signed in, and are elsewhere.
                    budget.removed += 1;
                    self.replace_session(&mut session).await?;
                }
            }
            return Ok(true);
        }
        let now = self.clock.now();
        match leaving.alone {
            Some((version, since)) if version == user.version => {
                if now.duration_since(since) < DeletedTenant::ALONE {
                    return Ok(false);
                }
            }
            _ => {
                leaving.alone = Some((user.version, now));
                return Ok(false);
            }
        }
        let address = keys::email(&user.email);
        let mut transaction = self.transaction();
        transaction.take_at(&keys::user(user.id), user.version);
        // Somebody who comes from an identity provider does not own the address; another user may.
        if self.get::<EmailOwner>(&address).await?.is_some_and(|owner| owner.user == user.id) {
            transaction.delete(&address);
        }
        transaction.commit().await?;
        budget.removed += 1;
        self.purge_partition(&partition, budget).await?;
        Ok(true)
    }

    /// Another tenant of a user's.
    async fn other_tenant(&self, user: &User, tenant: TenantId) -> Result<Option<TenantId>> {
        for place in self.memberships(user.id).await? {
            // The index may still tell of one that is gone.
            if place.tenant != tenant && self.membership(place.tenant, user.id).await?.is_some() {
                return Ok(Some(place.tenant));
            }
        }
        Ok(None)
    }

    /// Removes everything of a partition, as far as the budget goes.
    async fn purge_partition(&self, partition: &str, budget: &mut Budget) -> Result<()> {
        while !budget.is_spent() {
            // A page at a time: items may be large.
            let found = self.stored(partition, "", 1).await?;
            if found.is_empty() {
                break;
            }
            budget.removed += found.len();
            self.write_many(Vec::new(), found.iter().filter_map(Key::of).collect()).await?;
        }
        Ok(())
    }

    async fn stored_of(&self, tenant: TenantId, prefix: &str) -> Result<Vec<Attributes>> {
        self.stored(&keys::tenant_partition(tenant), prefix, usize::MAX).await
    }

    /// Items as they are stored, at least the first so many of them; what has expired too.
    async fn stored(&self, partition: &str, prefix: &str, enough: usize) -> Result<Vec<Attributes>> {
        let query = Query::of(partition, prefix).consistent();
        let Some(range) = query.range() else { return Ok(Vec::new()) };
        let (mut items, mut start) = (Vec::new(), None);
        loop {
            let request = self.request(&query, range.clone()).set_exclusive_start_key(start);
            let answer = self.patiently(|| request.clone().send()).await;
            let answer = answer.map_err(|error| unavailable("Query", error))?;
            items.extend(answer.items.unwrap_or_default());
            start = answer.last_evaluated_key;
            if start.is_none() || items.len() >= enough {
                break Ok(items);
            }
        }
    }
}

fn text_of<'a>(item: &'a Attributes, name: &str) -> Option<&'a str> {
    item.get(name)?.as_s().ok().map(String::as_str)
}
