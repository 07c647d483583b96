//! The groups and peers that a silence names: those of the one account that it names, as they are called there.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use platform_core::account::SyncState;
use platform_core::alert::Alert;
use platform_core::ids::TenantId;
use platform_core::network::{Group, Peer};
use platform_core::resource::Row;
use platform_core::rule::Rule;
use platform_core::silence::{MAX_THING_NAME, Matchers, named_peers};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

/// What a silence may name beside rules, severities and accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
#[schema(as = SilencedKind)]
pub(crate) enum Kind {
    /// A group: its peers, and rules that look at it.
    Group,
    /// A peer.
    Peer,
}

/// A group or a peer that a silence names.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SilencedThing)]
pub(crate) struct ThingView {
    kind: Kind,
    /// NetBird's id: whatever it is called, it is the one that is meant.
    id: String,
    /// What it was called when it was chosen.
    #[schema(example = "db-1")]
    name: String,
    /// What it is called now, if that is something else. Told of one silence, and not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    name_now: Option<String>,
    /// Whether the account has it no more, so that it mutes nothing. Told of one silence, and not in lists.
    is_gone: bool,
}

/// The lists of an account in which they are found. One that cannot be read says nothing.
#[derive(Default)]
pub(crate) struct Things {
    groups: Option<Arc<Vec<Group>>>,
    peers: Option<Arc<Vec<Peer>>>,
}

/// An account has one group and one peer at least, so that an empty list is none.
async fn list<T: Row>(platform: &Platform, tenant: TenantId, sync: &SyncState) -> Result<Option<Arc<Vec<T>>>, Problem> {
    let rows = platform.store.snapshot(tenant, sync.account, sync.snapshot(T::RESOURCE)).await?;
    Ok(rows.filter(|rows: &Arc<Vec<T>>| !rows.is_empty()))
}

impl Things {
    /// Those of the account that matchers name. Nothing is read if they name neither groups nor peers.
    pub(crate) async fn of(platform: &Platform, tenant: TenantId, matchers: &Matchers) -> Result<Self, Problem> {
        let account = matchers.accounts.first().filter(|_| matchers.names_things() && matchers.accounts.len() == 1);
        let Some(account) = account else { return Ok(Self::default()) };
        let Some(sync) = platform.store.sync_state(tenant, *account).await? else { return Ok(Self::default()) };
        // Lists may be large: a tenant reads one at a time.
        let _turn = platform.list_turn(tenant).await?;
        let groups = list(platform, tenant, &sync).await?;
        Ok(Self { groups, peers: list(platform, tenant, &sync).await? })
    }

    fn known(&self, kind: Kind) -> Option<BTreeMap<&str, &str>> {
        match kind {
            Kind::Group => {
                let groups = self.groups.as_ref()?.iter();
                Some(groups.map(|group| (group.id.as_str(), group.name.as_str())).collect())
            }
            Kind::Peer => {
                let peers = self.peers.as_ref()?.iter();
                Some(peers.map(|peer| (peer.id.as_str(), peer.name.as_str())).collect())
            }
        }
    }

    /// Notes what the things are called. One that the account does not have is refused, unless it was named of it before, or
    /// its list is not known.
    pub(crate) fn name(&self, matchers: &mut Matchers, before: &Matchers, account: &str, problems: &mut Problems) {
        let is_same_account = matchers.accounts == before.accounts;
        for (kind, ids, kept, at, noun) in [
            (Kind::Group, &matchers.groups, &before.groups, "/matchers/groupIds", "group"),
            (Kind::Peer, &matchers.peers, &before.peers, "/matchers/peerIds", "peer"),
        ] {
            let known = self.known(kind);
            for id in ids {
                let now = known.as_ref().map(|known| known.get(id.as_str()).copied());
                let was = before.called.get(id).filter(|_| is_same_account && kept.contains(id));
                let name = match (now, was) {
                    (Some(Some(name)), _) => name.to_owned(),
                    (_, Some(was)) => was.clone(),
                    (Some(None), None) => {
                        problems.push(at, format!("has {id}, which is no {noun} of {account}, as of its last sync"));
                        continue;
                    }
                    (None, None) => id.clone(),
                };
                matchers.called.insert(id.clone(), name.chars().take(MAX_THING_NAME).collect());
            }
        }
    }

    /// What matchers name, peers first.
    pub(crate) fn views(&self, matchers: &Matchers) -> Vec<ThingView> {
        let mut views = Vec::new();
        for (kind, ids) in [(Kind::Peer, &matchers.peers), (Kind::Group, &matchers.groups)] {
            let known = self.known(kind);
            views.extend(ids.iter().map(|id| {
                let name = matchers.called.get(id).unwrap_or(id);
                let now = known.as_ref().map(|known| known.get(id.as_str()).copied());
                let kept: String = now.flatten().unwrap_or_default().chars().take(MAX_THING_NAME).collect();
                ThingView {
                    kind,
                    id: id.clone(),
                    name: name.clone(),
                    name_now: now.flatten().filter(|_| kept != *name).map(str::to_owned),
                    is_gone: now == Some(None),
                }
            }));
        }
        views
    }

    /// The peers that are meant, by name: those that are named, and those of the groups.
    pub(crate) fn meant(&self, matchers: &Matchers) -> Vec<&Peer> {
        let peers = self.peers.iter().flat_map(|peers| peers.iter());
        let mut meant: Vec<&Peer> = peers.filter(|peer| matchers.match_peer(peer)).collect();
        meant.sort_by(|a, b| a.name.cmp(&b.name));
        meant
    }

    fn group_names(&self, matchers: &Matchers) -> BTreeSet<&str> {
        let groups = self.groups.iter().flat_map(|groups| groups.iter());
        groups.filter(|group| matchers.groups.contains(&group.id)).map(|group| group.name.as_str()).collect()
    }

    /// Whether all that an alert is about is muted: the groups that its rule looks at, or each of its peers.
    pub(crate) fn mute(&self, matchers: &Matchers, alert: &Alert) -> bool {
        if !matchers.names_things() {
            return true;
        }
        let names = self.group_names(matchers);
        let about = &alert.affected;
        let are_groups = match &alert.group {
            Some(group) => matchers.groups.contains(&group.id),
            None => !about.groups.is_empty() && about.groups.iter().all(|group| names.contains(group.as_str())),
        };
        let peers = self.peers.as_deref().and_then(|peers| named_peers(about, peers));
        are_groups || peers.is_some_and(|some| !some.is_empty() && some.iter().all(|peer| matchers.match_peer(peer)))
    }

    /// Whether a rule may tell of what is muted: it looks at peers, and at one of those that `meant` has, or at one of the groups.
    pub(crate) fn may_mute(&self, matchers: &Matchers, meant: &[&Peer], rule: &Rule) -> bool {
        if !matchers.names_things() {
            return true;
        }
        let Some(filter) = rule.condition.watch().peer_filter() else { return false };
        let names = self.group_names(matchers);
        let of_meant = || meant.iter().flat_map(|peer| &peer.groups).map(|group| group.name.as_str());
        let is_looked_at = |name: &str| filter.groups.iter().any(|group| group == name);
        filter.groups.is_empty() || names.into_iter().any(is_looked_at) || of_meant().any(is_looked_at)
    }
}
