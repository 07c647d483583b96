//! Names of peers and groups that others refer to by their ids.

use std::collections::{HashMap, HashSet};

use platform_core::account::SyncState;
use platform_core::ids::TenantId;
use platform_core::network::{Group, Peer};
use platform_core::resource::Resource;
use platform_http::Problem;
use platform_store::Store;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::{Beside, Index};

/// Groups that one thing is shown with: many things may refer to many groups, without end.
pub(crate) const SHOWN: usize = 10;

/// Something that is referred to by its id.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct NamedRef {
    /// NetBird's id.
    pub(crate) id: String,
    /// Its name; absent if it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// There is nothing of this id any more.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub(crate) is_gone: bool,
}

impl NamedRef {
    /// By its name in a list of all there are; `None` if that list is not there.
    pub(crate) fn new(id: &str, name: Option<Option<&str>>) -> Self {
        let is_gone = name == Some(None);
        Self { id: id.to_owned(), name: name.flatten().map(str::to_owned), is_gone }
    }

    /// What a sentence calls it.
    pub(crate) fn shown(&self) -> &str {
        let name = self.name.as_deref();
        called(&self.id, if name.is_some() || self.is_gone { Some(name) } else { None })
    }
}

/// What a sentence calls something, by its name in a list of all there are.
pub(crate) fn called<'a>(id: &'a str, name: Option<Option<&'a str>>) -> &'a str {
    match name {
        Some(Some(name)) => name,
        Some(None) => "one that is gone",
        None => id,
    }
}

/// Names in one account.
pub(crate) struct Names {
    groups: Option<Index<Group>>,
    /// None if they are not there, or nobody asked for any.
    peers: Option<HashMap<String, String>>,
}

/// Of groups alone.
impl Beside for Names {
    async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        Self::of_groups(store, tenant, sync).await
    }
}

impl Names {
    /// Reads those of all groups.
    pub(crate) async fn of_groups(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        Ok(Self { groups: Index::read(store, tenant, sync).await?, peers: None })
    }

    /// Reads those of all groups, and of these peers.
    pub(crate) async fn of_groups_and_peers(
        store: &Store,
        tenant: TenantId,
        sync: &SyncState,
        wanted: HashSet<&str>,
    ) -> Result<Self, Problem> {
        let mut names = Self::of_groups(store, tenant, sync).await?;
        if wanted.iter().any(|peer| !peer.is_empty()) {
            let all = store.snapshot::<Peer>(tenant, sync.account, sync.snapshot(Resource::Peers)).await?;
            names.peers = all.map(|all| {
                let wanted = all.iter().filter(|peer| wanted.contains(&*peer.id));
                wanted.map(|peer| (peer.id.clone(), peer.name.clone())).collect()
            });
        }
        Ok(names)
    }

    fn group(&self, id: &str) -> Option<Option<&str>> {
        Some(self.groups.as_ref()?.get(id).map(|group| &*group.name))
    }

    fn peer_name(&self, id: &str) -> Option<Option<&str>> {
        Some(self.peers.as_ref()?.get(id).map(String::as_str))
    }

    /// Whether one of these groups has this name.
    pub(crate) fn has_group(&self, ids: &[String], name: &str) -> bool {
        ids.iter().any(|id| self.group(id).flatten() == Some(name))
    }

    /// The first of these groups.
    pub(crate) fn groups(&self, ids: &[String]) -> Vec<NamedRef> {
        ids.iter().take(SHOWN).map(|id| NamedRef::new(id, self.group(id))).collect()
    }

    /// What a sentence calls these groups, each of them.
    pub(crate) fn groups_called<'a>(&'a self, ids: &'a [String]) -> Vec<&'a str> {
        ids.iter().map(|id| called(id, self.group(id))).collect()
    }

    /// The peer of this id; none if it is empty.
    pub(crate) fn peer(&self, id: &str) -> Option<NamedRef> {
        (!id.is_empty()).then(|| NamedRef::new(id, self.peer_name(id)))
    }

    /// What a sentence calls the peer of this id.
    pub(crate) fn peer_called<'a>(&'a self, id: &'a str) -> Option<&'a str> {
        (!id.is_empty()).then(|| called(id, self.peer_name(id)))
    }
}
