//! A network as the API shows it: joined with its resources and routers, and with the names of what those refer to.

use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::{Network, NetworkResource, NetworkRouter};
use platform_http::Problem;
use platform_store::Store;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::lists::{Beside, Index};
use crate::names::{NamedRef, Names, SHOWN as GROUPS};
use crate::policy_view::GroupRefView;

/// Resources and routers that a network is shown with: a page of large networks must stay small enough to be answered.
const SHOWN: usize = 50;

/// A network behind routing peers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Network)]
pub(crate) struct NetworkView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    description: String,
    /// What it makes reachable; the first 50.
    resources: Vec<NetworkResourceView>,
    /// How many resources it has.
    resources_count: usize,
    /// Who routes to it; the first 50.
    routers: Vec<NetworkRouterView>,
    /// How many routers it has.
    routers_count: usize,
    /// How many policies are about its resources.
    policies_count: usize,
    /// Ids of resources and routers that it lists, but NetBird's own lists of them do not have; the first 50.
    unknown: Vec<String>,
    /// What it makes reachable through whom, in words.
    #[schema(example = "10.10.0.0/24, wiki.corp.example through router-fra-01")]
    sentence: String,
}

/// Something that a network makes reachable.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetworkResource)]
pub(crate) struct NetworkResourceView {
    /// NetBird's id.
    id: String,
    name: String,
    description: String,
    /// `host`, `subnet` or `domain`.
    #[serde(rename = "type")]
    #[schema(example = "subnet")]
    kind: String,
    /// An address with its prefix, or a domain.
    #[schema(example = "10.10.0.0/24")]
    address: String,
    enabled: bool,
    /// Groups that it is in; the first 10.
    groups: Vec<GroupRefView>,
}

/// Who routes to a network: one peer, or the peers of some groups.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetworkRouter)]
pub(crate) struct NetworkRouterView {
    /// NetBird's id.
    id: String,
    /// The one peer, instead of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<NamedRef>,
    /// Groups whose peers route; the first 10.
    peer_groups: Vec<NamedRef>,
    /// The lower, the better.
    metric: u32,
    /// The network sees the router's address instead of the peer's.
    masquerade: bool,
    enabled: bool,
}

/// What networks consist of, and what that refers to.
pub(crate) struct Parts {
    resources: Option<Index<NetworkResource>>,
    routers: Option<Index<NetworkRouter>>,
    names: Names,
}

impl Beside for Parts {
    async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        let routers = Index::<NetworkRouter>::read(store, tenant, sync).await?;
        let routing = routers.iter().flat_map(Index::rows).map(|router| &*router.peer);
        let names = Names::of_groups_and_peers(store, tenant, sync, routing.collect()).await?;
        Ok(Self { resources: Index::read(store, tenant, sync).await?, routers, names })
    }
}

impl Parts {
    fn resources<'a>(&'a self, network: &'a Network) -> impl Iterator<Item = &'a NetworkResource> {
        network.resources.iter().filter_map(|id| self.resources.as_ref()?.get(id))
    }

    fn routers<'a>(&'a self, network: &'a Network) -> impl Iterator<Item = &'a NetworkRouter> {
        network.routers.iter().filter_map(|id| self.routers.as_ref()?.get(id))
    }

    /// Whether a text is part of what names the network or its resources. `text` is in lower case.
    pub(crate) fn holds(&self, network: &Network, text: &str) -> bool {
        let has = |one: &str| one.to_lowercase().contains(text);
        text.is_empty()
            || has(&network.name)
            || has(&network.description)
            || self.resources(network).any(|resource| has(&resource.name) || has(&resource.address))
    }

    /// Whether one of its resources is in a group of this name, or one of its routers is.
    pub(crate) fn is_about(&self, network: &Network, group: &str) -> bool {
        self.resources(network).any(|resource| resource.groups.iter().any(|one| one.name == group))
            || self.routers(network).any(|router| self.names.has_group(&router.peer_groups, group))
    }

    fn router(&self, router: &NetworkRouter) -> NetworkRouterView {
        NetworkRouterView {
            id: router.id.clone(),
            peer: self.names.peer(&router.peer),
            peer_groups: self.names.groups(&router.peer_groups),
            metric: router.metric,
            masquerade: router.masquerade,
            enabled: router.enabled,
        }
    }

    /// Ids that the network lists and the list of them does not have. A list that is not there says nothing about ids.
    fn unknown(&self, network: &Network) -> Vec<String> {
        let resources =
            network.resources.iter().filter(|id| self.resources.as_ref().is_some_and(|all| all.get(id).is_none()));
        let routers =
            network.routers.iter().filter(|id| self.routers.as_ref().is_some_and(|all| all.get(id).is_none()));
        resources.chain(routers).take(SHOWN).cloned().collect()
    }

    /// A network with so many of its resources and of its routers.
    pub(crate) fn view(&self, account: &Account, network: &Network, most: usize) -> NetworkView {
        let resources: Vec<_> = self.resources(network).take(most).map(NetworkResourceView::from).collect();
        let routers: Vec<_> = self.routers(network).take(most).map(|router| self.router(router)).collect();
        NetworkView {
            id: network.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: network.name.clone(),
            description: network.description.clone(),
            sentence: sentence(network, &resources, &routers),
            resources,
            resources_count: network.resources.len(),
            routers,
            routers_count: network.routers.len(),
            policies_count: network.policies.len(),
            unknown: self.unknown(network),
        }
    }
}

impl From<&NetworkResource> for NetworkResourceView {
    fn from(resource: &NetworkResource) -> Self {
        Self {
            id: resource.id.clone(),
            name: resource.name.clone(),
            description: resource.description.clone(),
            kind: resource.kind.clone(),
            address: resource.address.clone(),
            enabled: resource.enabled,
            groups: resource.groups.iter().take(GROUPS).map(GroupRefView::from).collect(),
        }
    }
}

/// What the network makes reachable through whom, of what it lists.
fn sentence(network: &Network, resources: &[NetworkResourceView], routers: &[NetworkRouterView]) -> String {
    let on: Vec<&str> = resources.iter().filter(|one| one.enabled).map(|one| &*one.address).collect();
    let mut through = Vec::new();
    for router in routers.iter().filter(|router| router.enabled) {
        through.extend(router.peer.iter().map(|peer| peer.shown().to_owned()));
        through.extend(router.peer_groups.iter().map(|group| format!("peers of {}", group.shown())));
    }
    let off = resources.len() - on.len();
    network.sentence(&on, off, &through, routers.len())
}
