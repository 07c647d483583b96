//! What a request is about, as the store sees it: the version of the resource it names, and the key that makes it happen
//! once.
//!
//! Both belong to the request, and not to what carries it out: the router watches ([`Watch::over`]), and every read and
//! write below takes part. So `If-Match` holds at the very write that replaces the resource, and what a request with an
//! `Idempotency-Key` made is noted in the transaction that made it.

use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use platform_core::ids::{
    AccountId, AlertId, AlertRouteId, ChannelId, InvitationId, ProposalId, ReviewId, RotaId, RuleId, SilenceId,
    TenantId, UserId,
};
use uuid::Uuid;

use crate::idempotency::{Claim, Record};
use crate::keys::{self, Key};
use crate::operations::Attributes;
use crate::{Item, Result, Store, StoreError};

/// What the row of an endpoint is about: the resource whose version is its entity tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resource {
    /// The tenant.
    Tenant,
    /// The tenant's sign-in by its identity provider.
    Sso,
    /// The user who asks.
    Profile,
    /// The NetBird account in the path.
    Account,
    /// The alert rule in the path.
    Rule,
    /// The silence in the path.
    Silence,
    /// The tenant's channel in the path.
    Channel,
    /// The route of alerts in the path.
    AlertRoute,
    /// The on-call rota in the path.
    Rota,
    /// The proposal in the path.
    Proposal,
    /// The access review in the path.
    Review,
    /// The alert in the path.
    Alert,
    /// The member, or the invitation, in the path.
    Member,
}

impl Resource {
    /// Where it may lie: the one that is there counts.
    fn keys(self, tenant: TenantId, user: UserId, id: Option<Uuid>) -> Vec<Key> {
        match (self, id) {
            (Self::Tenant, _) => vec![keys::tenant(tenant)],
            (Self::Sso, _) => vec![keys::sso(tenant)],
            (Self::Profile, _) => vec![keys::user(user)],
            (Self::Account, Some(id)) => vec![keys::account(tenant, AccountId::from_uuid(id))],
            (Self::Rule, Some(id)) => vec![keys::rule(tenant, RuleId::from_uuid(id))],
            (Self::Silence, Some(id)) => vec![keys::silence(tenant, SilenceId::from_uuid(id))],
            (Self::Channel, Some(id)) => vec![keys::channel(tenant, ChannelId::from_uuid(id))],
            (Self::AlertRoute, Some(id)) => vec![keys::alert_route(tenant, AlertRouteId::from_uuid(id))],
            (Self::Rota, Some(id)) => vec![keys::rota(tenant, RotaId::from_uuid(id))],
            (Self::Proposal, Some(id)) => vec![keys::proposal(tenant, ProposalId::from_uuid(id))],
            (Self::Review, Some(id)) => vec![keys::review(tenant, ReviewId::from_uuid(id))],
            (Self::Alert, Some(id)) => vec![keys::alert(tenant, AlertId::from_uuid(id))],
            (Self::Member, Some(id)) => {
                vec![keys::member(tenant, UserId::from_uuid(id)), keys::invitation(tenant, InvitationId::from_uuid(id))]
            }
            (_, None) => Vec::new(),
        }
    }
}

tokio::task_local! {
    static WATCHED: Watch;
}

/// What is watched while one request is carried out.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Mutex<Watched>>);

#[derive(Debug, Default)]
struct Watched {
    keys: Vec<Key>,
    /// The version that the request wants to replace.
    required: Option<u64>,
    /// The version that was read or written last.
    seen: Option<u64>,
    claim: Option<Claim>,
    is_marked: bool,
}

impl Watch {
    /// Watches over the versions of a resource.
    pub fn over(resource: Resource, tenant: TenantId, user: UserId, id: Option<Uuid>) -> Self {
        Self(Arc::new(Mutex::new(Watched { keys: resource.keys(tenant, user, id), ..Watched::default() })))
    }

    /// Only this version may be replaced.
    pub fn require(&self, version: u64) {
        self.with(|watched| watched.required = Some(version));
    }

    /// The first transaction notes that the request with this key was carried out.
    #[must_use]
    pub fn claimed(self, claim: Claim) -> Self {
        self.with(|watched| watched.claim = Some(claim));
        self
    }

    /// The version that was read or written last.
    pub fn version(&self) -> Option<u64> {
        self.with(|watched| watched.seen)
    }

    /// Whether a transaction noted that the request was carried out.
    pub fn is_marked(&self) -> bool {
        self.with(|watched| watched.is_marked)
    }

    /// Carries a request out under watch.
    pub async fn during<F: Future>(&self, request: F) -> F::Output {
        WATCHED.scope(self.clone(), request).await
    }

    fn with<T>(&self, look: impl FnOnce(&mut Watched) -> T) -> T {
        look(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Store {
    /// The present version of what is watched, if it is there.
    pub async fn present(&self, watch: &Watch) -> Result<Option<u64>> {
        let keys = watch.with(|watched| watched.keys.clone());
        if keys.is_empty() {
            return Ok(None);
        }
        Ok(self.get_many_raw(&keys).await?.iter().find_map(version_of))
    }
}

/// The number that an entity tag names: its own where not every write makes another one, else the version.
fn version_of(item: &Attributes) -> Option<u64> {
    tag_of(item).or_else(|| number(item, "version"))
}

fn tag_of(item: &Attributes) -> Option<u64> {
    number(item, "entityTag")
}

fn number(item: &Attributes, name: &str) -> Option<u64> {
    item.get(name)?.as_n().ok()?.parse().ok()
}

fn is_at(item: &Attributes, key: &Key) -> bool {
    let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok());
    text("pk") == Some(&key.pk) && text("sk") == Some(&key.sk)
}

/// Notes the version of an item that was read.
pub(crate) fn read(item: &Attributes) {
    // Nobody watches jobs.
    _ = WATCHED.try_with(|watch| {
        watch.with(|watched| {
            if watched.keys.iter().any(|key| is_at(item, key)) {
                watched.seen = version_of(item);
            }
        });
    });
}

/// Holds a write of an item against the version that the request wants to replace, and notes the one that it will be.
pub(crate) fn replaces(item: &Item, expected: u64) -> Result<()> {
    let held = WATCHED.try_with(|watch| {
        watch.with(|watched| {
            if !watched.keys.iter().any(|key| is_at(&item.attributes, key)) {
                return Ok(());
            }
            // Whoever may name a version makes the next one.
            let expected = tag_of(&item.attributes).map_or(expected, |tag| tag.saturating_sub(1));
            if watched.required.is_some_and(|required| required != expected) {
                return Err(StoreError::Precondition { version: expected });
            }
            watched.seen = Some(expected + 1);
            Ok(())
        })
    });
    held.unwrap_or(Ok(()))
}

/// The version at which an item may be deleted, if the request names it.
pub(crate) fn required_of(key: &Key) -> Option<u64> {
    let required =
        WATCHED.try_with(|watch| watch.with(|watched| watched.required.filter(|_| watched.keys.contains(key))));
    required.ok().flatten()
}

/// The note that a transaction is to make of the request being carried out, with the version that it replaces.
pub(crate) fn mark() -> Option<(Key, Record, u64)> {
    let mark = WATCHED
        .try_with(|watch| watch.with(|watched| watched.claim.as_ref().filter(|_| !watched.is_marked).map(Claim::done)));
    mark.ok().flatten()
}

/// A transaction made its note.
pub(crate) fn marked() {
    _ = WATCHED.try_with(|watch| watch.with(|watched| watched.is_marked = true));
}
