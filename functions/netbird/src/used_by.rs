//! What else in its account names a thing.

use std::sync::Arc;

use platform_core::account::SyncState;
use platform_core::ids::TenantId;
use platform_core::network::{
    DnsSettings, GroupRef, NameserverGroup, Network, NetworkResource, NetworkRouter, Peer, Policy, Route, SetupKey,
};
use platform_core::reach::Inventory;
use platform_core::resource::{Resource, Row};
use platform_core::review::Configuration;
use platform_core::usage::{Place, Thing, UserKind, uses};
use platform_http::Problem;
use platform_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::names::NamedRef;
use crate::policy_view::GroupRefView;

/// What names a thing: what would miss it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = UsedBy)]
pub(crate) struct UsedByView {
    /// By kind and name; the first 200.
    used_by: Vec<UseView>,
    /// How many more there are.
    used_by_omitted: usize,
    /// Names of lists that are missing, or older than the others: what of them names it is not known.
    unread: Vec<String>,
}

/// Something that names a thing.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Use)]
struct UseView {
    kind: UserKind,
    /// NetBird's id; absent for the account's settings of DNS.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// Its name; that of its network for a router, and none for the settings of DNS.
    name: String,
    /// As what it names it.
    #[serde(rename = "as")]
    places: Vec<Place>,
    /// Whether it is in force; absent if it cannot be switched off.
    #[serde(skip_serializing_if = "Option::is_none")]
    is_on: Option<bool>,
    /// The network that a resource or a router is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<NamedRef>,
    /// Of a peer: the group of it that is named, unless the peer itself is.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<GroupRefView>,
}

/// Lists of an account, of which some are read.
struct Lists<'a> {
    store: &'a Store,
    tenant: TenantId,
    sync: &'a SyncState,
    wanted: &'a [Resource],
    unread: Vec<String>,
}

impl Lists<'_> {
    async fn read<T: Row>(&mut self) -> Result<Option<Arc<Vec<T>>>, Problem> {
        if !self.wanted.contains(&T::RESOURCE) {
            return Ok(None);
        }
        let rows = self.store.snapshot(self.tenant, self.sync.account, self.sync.present(T::RESOURCE)).await?;
        if rows.is_none() {
            self.unread.push(T::RESOURCE.words());
        }
        Ok(rows)
    }
}

impl UsedByView {
    /// What names a thing, or one of the groups that it is in.
    pub(crate) async fn read(
        store: &Store,
        tenant: TenantId,
        sync: &SyncState,
        thing: Thing<'_>,
        groups: &[GroupRef],
    ) -> Result<Self, Problem> {
        let wanted = thing.named_in();
        let mut lists = Lists { store, tenant, sync, wanted, unread: Vec::new() };
        let peers = lists.read::<Peer>().await?.unwrap_or_default();
        let policies = lists.read::<Policy>().await?;
        let networks = lists.read::<Network>().await?;
        let resources = lists.read::<NetworkResource>().await?;
        let routers = lists.read::<NetworkRouter>().await?;
        let routes = lists.read::<Route>().await?;
        let nameservers = lists.read::<NameserverGroup>().await?;
        let dns = lists.read::<DnsSettings>().await?;
        let setup_keys = lists.read::<SetupKey>().await?;
        let seen = Configuration {
            lists: Inventory {
                peers: &peers,
                policies: policies.as_deref().map(Vec::as_slice),
                networks: networks.as_deref().map(Vec::as_slice),
                resources: resources.as_deref().map(Vec::as_slice),
                routers: routers.as_deref().map(Vec::as_slice),
                routes: routes.as_deref().map(Vec::as_slice),
                ..Inventory::default()
            },
            nameservers: nameservers.as_deref().map(Vec::as_slice),
            dns: dns.as_deref().map(Vec::as_slice),
            setup_keys: setup_keys.as_deref().map(Vec::as_slice),
        };
        let things: Vec<Thing<'_>> =
            std::iter::once(thing).chain(groups.iter().map(|group| Thing::Group(&group.id))).collect();
        let (found, used_by_omitted) = uses(seen, &things);
        let used_by = found.into_iter().map(|(user, nth, places)| UseView {
            kind: user.kind,
            id: (!user.id.is_empty()).then(|| user.id.to_owned()),
            name: user.name.to_owned(),
            places,
            is_on: user.is_on,
            network: user.network.map(|(id, name)| NamedRef::new(id, Some(Some(name)))),
            group: nth.checked_sub(1).map(|nth| GroupRefView::from(&groups[nth])),
        });
        Ok(Self { used_by: used_by.collect(), used_by_omitted, unread: lists.unread })
    }
}
