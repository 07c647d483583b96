//! Trying a connection before it is kept.

use platform_core::ids::TenantId;
use platform_http::Problem;
use platform_netbird::{BaseUrl, Client, Error, Token};
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

/// What a connection that works tells.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectionTest {
    ok: bool,
    /// NetBird's id of the account.
    pub(crate) account_id: String,
    /// NetBird's domain of the account, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) domain: Option<String>,
    /// Version of the management server, if it tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    server_version: Option<String>,
    /// How many peers the token can see.
    peers: usize,
}

/// Reads a base URL and a token as people enter them.
pub(crate) fn parse(platform: &Platform, base_url: &str, token: &str) -> Result<(BaseUrl, Token), Problem> {
    let base = BaseUrl::parse(base_url).map_err(|error| Problem::field("/baseUrl", error.to_string()))?;
    // The hosted platform never sends a token in the clear; an installation of one's own may, on its own network.
    if base.as_url().scheme() != "https" && !platform.addresses.allow_private {
        return Err(Problem::field("/baseUrl", "must begin with https://"));
    }
    let token = Token::parse(token).map_err(|error| Problem::field("/apiToken", error.to_string()))?;
    Ok((base, token))
}

/// Tries every list that a sync reads: a role that is too small for one of them is told before anything is kept.
pub(crate) async fn try_connection(
    platform: &Platform,
    tenant: TenantId,
    base: BaseUrl,
    token: Token,
) -> Result<ConnectionTest, Problem> {
    let client = Client::new(base, token, platform.netbird()?).admitted_by(platform.admissions().ticket(tenant));
    let refused = |error: Error| {
        let error = error.in_connection_test();
        Problem::netbird_connection(error.reason(), error.to_string())
    };
    // Of all lists, every role that can sync may read this one.
    let accounts = client.accounts().await.and_then(|answer| answer.parse()).map_err(refused)?;
    let account = accounts.into_iter().next().ok_or_else(|| refused(Error::NotNetBird))?;
    let (peers, version) = tokio::join!(client.try_lists(), client.instance_version());
    let peers = peers.and_then(|peers| peers.parse()).map_err(refused)?.len();
    // Older servers do not tell their version; that is no reason to refuse them.
    let version = version.and_then(|answer| answer.parse()).ok();
    Ok(ConnectionTest {
        ok: true,
        account_id: account.id,
        domain: Some(account.domain).filter(|domain| !domain.is_empty()),
        server_version: version.map(|version| version.management_current_version),
        peers,
    })
}
