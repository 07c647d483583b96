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
    /// Its name; absent if there is nothing of this id any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
}

impl NamedRef {
    /// What a sentence calls it.
    pub(crate) fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or("one that is gone")
    }
}

/// Names in one account.
pub(crate) struct Names {
    groups: Option<Index<Group>>,
    peers: HashMap<String, String>,
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
        Ok(Self { groups: Index::read(store, tenant, sync).await?, peers: HashMap::new() })
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
            for peer in all.iter().flat_map(|peers| peers.iter()).filter(|peer| wanted.contains(&*peer.id)) {
                names.peers.insert(peer.id.clone(), peer.name.clone());
            }
        }
        Ok(names)
    }

    fn group(&self, id: &str) -> Option<&str> {
        self.groups.as_ref()?.get(id).map(|group| &*group.name)
    }

    /// Whether one of these groups has this name.
    pub(crate) fn has_group(&self, ids: &[String], name: &str) -> bool {
        ids.iter().any(|id| self.group(id) == Some(name))
    }

    /// The first of these groups.
    pub(crate) fn groups(&self, ids: &[String]) -> Vec<NamedRef> {
        ids.iter().take(SHOWN).map(|id| NamedRef { id: id.clone(), name: self.group(id).map(str::to_owned) }).collect()
    }

    /// The peer of this id; none if it is empty.
    pub(crate) fn peer(&self, id: &str) -> Option<NamedRef> {
        (!id.is_empty()).then(|| NamedRef { id: id.to_owned(), name: self.peers.get(id).cloned() })
    }
}
