//! `GET /api/accounts`

use jiff::Timestamp;
use serde::Deserialize;

use super::Text;
use crate::list;

/// The account that a token belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NetbirdAccount {
    /// NetBird's id.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// Email domain that users join by; often empty on self-hosted servers.
    #[serde(default, deserialize_with = "list::text")]
    pub domain: String,
    /// When it was made.
    #[serde(default, deserialize_with = "super::time")]
    pub created_at: Option<Timestamp>,
    /// NetBird's id of the user who made it.
    #[serde(default, deserialize_with = "list::text")]
    pub created_by: String,
    /// How it is set.
    #[serde(default, deserialize_with = "super::or_default")]
    pub settings: AccountSettings,
}

/// How an account is set. Which settings there are differs by release.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AccountSettings {
    /// Peers of users must sign in again after a while.
    pub peer_login_expiration_enabled: Option<bool>,
    /// After how many seconds.
    pub peer_login_expiration: Option<i64>,
    /// Peers that were away for a while must sign in again.
    pub peer_inactivity_expiration_enabled: Option<bool>,
    /// After how many seconds.
    pub peer_inactivity_expiration: Option<i64>,
    /// Users' groups are given to their peers.
    pub groups_propagation_enabled: Option<bool>,
    /// Groups are taken from users' tokens.
    pub jwt_groups_enabled: Option<bool>,
    /// Under this name in the token.
    #[serde(deserialize_with = "list::text")]
    pub jwt_groups_claim_name: String,
    /// Only who is in one of these may sign in.
    #[serde(deserialize_with = "list::few")]
    pub jwt_allow_groups: Vec<Text>,
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
    /// Domain of the peers' names.
    #[serde(deserialize_with = "list::text")]
    pub dns_domain: String,
    /// Addresses that peers get.
    #[serde(deserialize_with = "list::text")]
    pub network_range: String,
    /// IPv6 addresses that peers get.
    #[serde(deserialize_with = "list::text")]
    pub network_range_v6: String,
    /// The version that clients bring themselves to.
    #[serde(deserialize_with = "list::text")]
    pub auto_update_version: String,
    /// What came later.
    #[serde(deserialize_with = "super::or_default")]
    pub extra: ExtraSettings,
}

/// What came later, and only on some servers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ExtraSettings {
    /// New peers wait for approval.
    pub peer_approval_enabled: Option<bool>,
    /// New users wait for approval.
    pub user_approval_required: Option<bool>,
}
