//! A peer as the API shows it: the original design's names, and what NetBird has beside them.

use jiff::Timestamp;
use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::{Peer, PeerStatus, User};
use platform_http::Problem;
use platform_store::Store;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::lists::{Beside, Index};

/// A peer of a connected network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Peer)]
pub(crate) struct PeerView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    hostname: String,
    /// Address in the mesh.
    ip: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    ipv6: Option<String>,
    /// Public address of the last connection.
    #[serde(skip_serializing_if = "Option::is_none")]
    connection_ip: Option<String>,
    location: Location,
    /// `unconfirmed`: the management server says connected, but the peer has not come back since the server restarted.
    status: PeerStatus,
    /// When the status began, to the second.
    since: Timestamp,
    /// Start of the session while connected, time of disconnection afterwards.
    last_seen: Timestamp,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Timestamp>,
    os: String,
    kernel_version: String,
    /// Version of the NetBird client.
    version: String,
    /// Names of the groups it is in.
    groups: Vec<String>,
    /// NetBird's id of the user that it belongs to; empty if it joined by a setup key.
    user_id: String,
    /// The user's name, or the email of one without a name; absent if there is no such user.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_name: Option<String>,
    dns_label: String,
    login_expired: bool,
    approval_required: bool,
    ephemeral: bool,
    ssh_enabled: bool,
    /// Null where the server does not tell.
    dns_enabled: Option<bool>,
    /// Null where the server does not tell.
    firewall_enabled: Option<bool>,
}

/// Where a peer connects from, as far as the server knows.
#[derive(Serialize, ToSchema)]
struct Location {
    country: String,
    city: String,
}

/// Users that peers belong to; none if the list of them is not there.
pub(crate) struct Users(Option<Index<User>>);

impl Beside for Users {
    async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        Ok(Self(Index::read(store, tenant, sync).await?))
    }
}

impl Users {
    /// What a peer's user is called.
    pub(crate) fn name(&self, peer: &Peer) -> Option<&str> {
        let user = self.0.as_ref()?.get(&peer.user_id)?;
        [&*user.name, &*user.email].into_iter().find(|name| !name.is_empty())
    }
}

impl PeerView {
    pub(crate) fn new(account: &Account, users: &Users, peer: &Peer) -> Self {
        Self {
            id: peer.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: peer.name.clone(),
            hostname: peer.hostname.clone(),
            ip: peer.ip.clone(),
            ipv6: peer.ipv6.clone(),
            connection_ip: peer.connection_ip.clone(),
            location: Location { country: peer.country_code.clone(), city: peer.city_name.clone() },
            status: peer.status,
            since: peer.since,
            last_seen: peer.last_seen,
            last_login: peer.last_login,
            created_at: peer.created_at,
            os: peer.os.clone(),
            kernel_version: peer.kernel_version.clone(),
            version: peer.version.clone(),
            groups: peer.groups.iter().map(|group| group.name.clone()).collect(),
            user_id: peer.user_id.clone(),
            user_name: users.name(peer).map(str::to_owned),
            dns_label: peer.dns_label.clone(),
            login_expired: peer.login_expired,
            approval_required: peer.approval_required,
            ephemeral: peer.ephemeral,
            ssh_enabled: peer.ssh_enabled,
            dns_enabled: peer.dns_enabled,
            firewall_enabled: peer.firewall_enabled,
        }
    }
}
