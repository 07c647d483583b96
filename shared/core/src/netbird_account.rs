//! An account as NetBird has it: its settings.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An account of a NetBird server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetbirdAccount {
    /// NetBird's id.
    pub id: String,
    /// Email domain that users join by; often empty on self-hosted servers.
    pub domain: String,
    /// When it was made.
    pub created_at: Option<Timestamp>,
    /// NetBird's id of the user who made it.
    pub created_by: String,
    /// How it is set.
    pub settings: AccountSettings,
}

/// How an account is set; of what a server does not tell, nothing is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSettings {
    /// Peers of users must sign in again after a while.
    pub peer_login_expiration_enabled: Option<bool>,
    /// After how many seconds.
    pub peer_login_expiration: Option<u64>,
    /// Peers that were away for a while must sign in again.
    pub peer_inactivity_expiration_enabled: Option<bool>,
    /// After how many seconds.
    pub peer_inactivity_expiration: Option<u64>,
    /// New peers wait for approval.
    pub peer_approval_enabled: Option<bool>,
    /// New users wait for approval.
    pub user_approval_required: Option<bool>,
    /// Users' groups are given to their peers.
    pub groups_propagation_enabled: Option<bool>,
    /// Groups are taken from users' tokens.
    pub jwt_groups_enabled: Option<bool>,
    /// Under this name in the token.
    pub jwt_groups_claim_name: String,
    /// While groups are taken from tokens, only users in one of these may sign in by a token; everybody if there is none.
    pub jwt_allow_groups: Vec<String>,
    /// Users without a role see nothing of the network.
    pub regular_users_view_blocked: Option<bool>,
    /// Routing peers resolve the domains that are reached through them.
    pub routing_peer_dns_resolution_enabled: Option<bool>,
    /// Peers connect to each other when there is something to send.
    pub lazy_connection_enabled: Option<bool>,
    /// Users cannot sign in by a password of NetBird's.
    pub local_auth_disabled: Option<bool>,
    /// Who does gives a second factor.
    pub local_mfa_enabled: Option<bool>,
    /// Domain of the peers' names; the server's own if empty.
    pub dns_domain: String,
    /// Addresses that peers get.
    pub network_range: String,
    /// IPv6 addresses that peers get.
    pub network_range_v6: String,
    /// The version that clients bring themselves to: `disabled`, `latest` or one version.
    pub auto_update_version: String,
}
