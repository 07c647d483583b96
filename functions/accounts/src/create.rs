//! `POST /api/netbird/accounts`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::account::{Account, MAX_ACCOUNTS, NETBIRD_CLOUD, SyncState};
use platform_core::audit::Actor;
use platform_core::ids::{AccountId, TenantId};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::queue::Message;
use platform_runtime::quota::Tries;
use platform_runtime::vault::Place;
use platform_store::quotas::Quota;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

use crate::connection::{parse, try_connection};
use crate::hold::interval;
use crate::view::AccountView;

/// An account to connect.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewAccount {
    #[schema(example = "HQ", max_length = 100)]
    /// Display name.
    pub name: String,
    /// NetBird Cloud if absent.
    #[schema(example = "https://netbird.example.com")]
    pub base_url: Option<String>,
    /// A personal access token; the role `auditor` is enough. Encrypted at rest and never shown again.
    pub api_token: String,
    /// How often it is read, in whole minutes up to an hour. Every minute if absent.
    #[schema(example = 60, minimum = 60, maximum = 3600, multiple_of = 60)]
    pub sync_interval_seconds: Option<u32>,
}

/// Connect a NetBird account
///
/// The connection is tried first; nothing is kept if it does not work. The first sync begins at once.
#[utoipa::path(post, path = "/api/netbird/accounts", operation_id = "createAccount", tag = "accounts",
    request_body = NewAccount, responses((status = 201, description = "Connected", body = AccountView),
    (status = 409, description = "As many accounts are connected as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<NewAccount>,
) -> Result<(StatusCode, Json<AccountView>), Problem> {
    let (account, sync) = connect(&platform, caller.tenant, caller.actor(), request).await?;
    Ok((StatusCode::CREATED, Json(AccountView::new(&platform, &account, &sync))))
}

/// Tries a connection, keeps it, and asks for its first sync.
pub async fn connect(
    platform: &Platform,
    tenant: TenantId,
    actor: Actor,
    request: NewAccount,
) -> Result<(Account, SyncState), Problem> {
    let mut problems = Problems::default();
    problems.text("/name", &request.name, 1, 100);
    let every = request.sync_interval_seconds.and_then(|seconds| interval(seconds, &mut problems));
    problems.finish().map_err(Problem::validation)?;
    let base_url = request.base_url.as_deref().unwrap_or(NETBIRD_CLOUD);
    let (base, token) = parse(platform, base_url, &request.api_token)?;
    // Before anybody is called, and once more with the write.
    refuse_too_many(platform, tenant).await?;
    let tried = try_connection(platform, tenant, base.clone(), token.clone()).await?;

    let now = platform.now();
    let id = AccountId::new(now, platform.entropy.as_ref());
    let record = format!("account/{id}");
    let place = Place { owner: tenant.uuid(), record: &record, purpose: "netbird-token" };
    let account = Account {
        id,
        tenant,
        name: request.name.trim().to_owned(),
        base_url: base.as_url().clone(),
        netbird_id: Some(tried.account_id),
        domain: tried.domain,
        token: platform.vault()?.seal(place, token.expose(), platform.entropy.as_ref()),
        created_at: now,
        created_by: actor.user,
        version: 1,
    };
    let sync = SyncState { every: every.unwrap_or_default(), ..SyncState::new(id) };
    let seconds = sync.every.seconds();
    let new = json!({ "name": account.name, "baseUrl": account.base_url, "syncIntervalSeconds": seconds });
    let entry = platform.audit_entry(tenant, actor, "account.create", id, (None, Some(new)));
    let mut tries = Tries::new(platform, tenant, Quota::Accounts);
    while let Some(pass) = tries.next().await? {
        refuse_too_many(platform, tenant).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_account(&account, &sync)?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    // Not worth failing for: the next tick syncs it anyway.
    if let Err(error) = platform.queues.send(vec![Message::Sync { tenant, account: id, asked_at: Some(now) }]).await {
        tracing::warn!(account.id = %id, error = %error, "first sync waits for the next tick");
    }
    Ok((account, sync))
}

async fn refuse_too_many(platform: &Platform, tenant: TenantId) -> Result<(), Problem> {
    match platform.store.accounts(tenant).await?.len() {
        MAX_ACCOUNTS.. => Err(Problem::conflict(format!("a tenant may connect at most {MAX_ACCOUNTS} accounts"))),
        _ => Ok(()),
    }
}
