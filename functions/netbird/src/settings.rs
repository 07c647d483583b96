//! `GET /api/netbird/settings`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::{AccountSettings, DnsSettings, NetbirdAccount, User};
use platform_core::resource::Row;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::Index;
use crate::names::{NamedRef, Names};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetbirdSettingsQuery {
    /// Which account's; the oldest account's if absent.
    account_id: Option<Uuid>,
}

/// How an account is set, as NetBird has it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NetbirdSettings)]
pub(crate) struct NetbirdSettingsView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    /// Email domain that users join by; often empty on self-hosted servers.
    domain: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Timestamp>,
    /// The user who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<NamedRef>,
    settings: AccountSettingsView,
    /// How name resolution is handed out; absent if the server does not give it, or did not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    dns_settings: Option<DnsSettingsView>,
}

/// How name resolution is handed out.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DnsSettings)]
struct DnsSettingsView {
    /// Groups whose peers NetBird leaves as they are; the first 10.
    disabled_management_groups: Vec<NamedRef>,
    /// How many those are.
    disabled_management_groups_count: usize,
}

/// How an account is set. What a server does not tell is absent.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccountSettings)]
struct AccountSettingsView {
    /// Peers of users must sign in again after a while.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_login_expiration_enabled: Option<bool>,
    /// After how many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 86_400)]
    peer_login_expiration: Option<u64>,
    /// Peers that were away for a while must sign in again.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_inactivity_expiration_enabled: Option<bool>,
    /// After how many seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 600)]
    peer_inactivity_expiration: Option<u64>,
    /// New peers wait for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_approval_enabled: Option<bool>,
    /// New users wait for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    user_approval_required: Option<bool>,
    /// Users' groups are given to their peers.
    #[serde(skip_serializing_if = "Option::is_none")]
    groups_propagation_enabled: Option<bool>,
    /// Groups are taken from users' tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    jwt_groups_enabled: Option<bool>,
    /// Under this name in the token.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    jwt_groups_claim_name: String,
    /// While groups are taken from tokens, only users in one of these may sign in by a token; everybody if there is none.
    jwt_allow_groups: Vec<String>,
    /// Users without a role see nothing of the network.
    #[serde(skip_serializing_if = "Option::is_none")]
    regular_users_view_blocked: Option<bool>,
    /// Routing peers resolve the domains that are reached through them.
    #[serde(skip_serializing_if = "Option::is_none")]
    routing_peer_dns_resolution_enabled: Option<bool>,
    /// Peers connect to each other when there is something to send.
    #[serde(skip_serializing_if = "Option::is_none")]
    lazy_connection_enabled: Option<bool>,
    /// Users cannot sign in by a password of NetBird's.
    #[serde(skip_serializing_if = "Option::is_none")]
    local_auth_disabled: Option<bool>,
    /// Who does gives a second factor.
    #[serde(skip_serializing_if = "Option::is_none")]
    local_mfa_enabled: Option<bool>,
    /// Domain of the peers' names; the server's own if absent.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    dns_domain: String,
    /// Addresses that peers get.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false, example = "100.101.0.0/16")]
    network_range: String,
    /// IPv6 addresses that peers get.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    network_range_v6: String,
    /// The version that clients bring themselves to: `disabled`, `latest` or one version.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false, example = "disabled")]
    auto_update_version: String,
}

impl From<AccountSettings> for AccountSettingsView {
    fn from(settings: AccountSettings) -> Self {
        Self {
            peer_login_expiration_enabled: settings.peer_login_expiration_enabled,
            peer_login_expiration: settings.peer_login_expiration,
            peer_inactivity_expiration_enabled: settings.peer_inactivity_expiration_enabled,
            peer_inactivity_expiration: settings.peer_inactivity_expiration,
            peer_approval_enabled: settings.peer_approval_enabled,
            user_approval_required: settings.user_approval_required,
            groups_propagation_enabled: settings.groups_propagation_enabled,
            jwt_groups_enabled: settings.jwt_groups_enabled,
            jwt_groups_claim_name: settings.jwt_groups_claim_name,
            jwt_allow_groups: settings.jwt_allow_groups,
            regular_users_view_blocked: settings.regular_users_view_blocked,
            routing_peer_dns_resolution_enabled: settings.routing_peer_dns_resolution_enabled,
            lazy_connection_enabled: settings.lazy_connection_enabled,
            local_auth_disabled: settings.local_auth_disabled,
            local_mfa_enabled: settings.local_mfa_enabled,
            dns_domain: settings.dns_domain,
            network_range: settings.network_range,
            network_range_v6: settings.network_range_v6,
            auto_update_version: settings.auto_update_version,
        }
    }
}

/// How a NetBird account is set
///
/// The account itself, with its settings and those of its name resolution; as of the last time they were read: they take turns
/// with other lists. 503 until they were read for the first time. 404 if no account is connected, or if the role of the token's
/// user is too small for its settings.
#[utoipa::path(get, path = "/api/netbird/settings", operation_id = "getNetbirdSettings", tag = "netbird",
    params(NetbirdSettingsQuery), responses((status = 200, description = "The account", body = NetbirdSettingsView),
    (status = 404, description = "No such account, or its server does not give its settings"),
    (status = 503, description = "The settings are being read")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<NetbirdSettingsQuery>,
) -> Result<Json<NetbirdSettingsView>, Problem> {
    let (store, tenant) = (&platform.store, reader.tenant);
    let (accounts, states) = tokio::join!(store.accounts(tenant), store.sync_states(tenant));
    let account = accounts?.into_iter().find(|account| query.account_id.is_none_or(|id| id == account.id.uuid()));
    let account = account.ok_or_else(|| Problem::not_found("account"))?;
    let states = states?;
    let sync = states.iter().find(|sync| sync.account == account.id).ok_or_else(|| Problem::not_found("account"))?;
    if sync.is_missing(NetbirdAccount::RESOURCE) {
        return Err(Problem::not_offered("the account's settings"));
    }
    let _turn = platform.list_turn(tenant).await?;
    let read = Index::<NetbirdAccount>::read(store, tenant, sync).await?;
    // A token sees one account in practice.
    let netbird = read.as_ref().and_then(|accounts| accounts.rows().next());
    let netbird = netbird.ok_or_else(|| match sync.is_awaited(NetbirdAccount::RESOURCE) && read.is_none() {
        true => Problem::not_read_yet(platform.sync_interval.as_secs()),
        false => Problem::not_offered("the account's settings"),
    })?;
    let (names, dns) = (Names::of_groups(store, tenant, sync).await?, Index::<DnsSettings>::read(store, tenant, sync));
    let dns_settings =
        dns.await?.and_then(|settings| settings.rows().next().cloned()).map(|settings| DnsSettingsView {
            disabled_management_groups: names.groups(&settings.disabled_management_groups),
            disabled_management_groups_count: settings.disabled_management_groups.len(),
        });
    let users = Index::<User>::read(store, tenant, sync).await?;
    let created_by = (!netbird.created_by.is_empty()).then(|| {
        let name = users.as_ref().map(|users| users.get(&netbird.created_by).map(|user| &*user.name));
        NamedRef::new(&netbird.created_by, name)
    });
    Ok(Json(NetbirdSettingsView {
        id: netbird.id.clone(),
        account_id: account.id.uuid(),
        account_name: account.name,
        domain: netbird.domain.clone(),
        created_at: netbird.created_at,
        created_by,
        settings: AccountSettingsView::from(netbird.settings.clone()),
        dns_settings,
    }))
}
