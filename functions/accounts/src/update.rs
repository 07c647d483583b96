//! `PUT /api/netbird/accounts/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::account::{Account, SyncState};
use platform_core::ids::{AccountId, TenantId};
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_netbird::{BaseUrl, Token};
use platform_runtime::Platform;
use platform_runtime::vault::Place;
use platform_store::accounts::RegistryEntry;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::connection::{parse, try_connection};
use crate::hold::{find, interval, sync_soon};
use crate::view::AccountView;

/// What is to change of an account; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AccountChange {
    /// Display name.
    #[schema(example = "HQ", max_length = 100)]
    name: Option<String>,
    /// Where the management server is now. Needs the token too: nobody sends one elsewhere who does not know it.
    #[schema(example = "https://netbird.example.com")]
    base_url: Option<String>,
    /// Another personal access token of the same NetBird account. Encrypted at rest and never shown again.
    api_token: Option<String>,
    /// How often it is read, in whole minutes up to an hour.
    #[schema(example = 300, minimum = 60, maximum = 3600, multiple_of = 60)]
    sync_interval_seconds: Option<u32>,
}

/// Change a connected NetBird account
///
/// A new address or token is tried before it is kept, and has to lead to the same NetBird account: another one is
/// connected as another account. Resumes an account that is paused since its token was no good, or that backs off; one that
/// somebody paused stays so. An account that is read every few minutes is still read at once when somebody asks for it, and
/// tried again soon when it could not be read.
#[utoipa::path(put, path = "/api/netbird/accounts/{id}", operation_id = "updateAccount", tag = "accounts",
    params(("id" = Uuid, Path)), request_body = AccountChange,
    responses((status = 200, description = "Changed", body = AccountView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<AccountChange>,
) -> Result<Json<AccountView>, Problem> {
    let (tenant, id) = (caller.tenant, AccountId::from_uuid(id));
    let mut problems = Problems::default();
    if let Some(name) = &request.name {
        problems.text("/name", name, 1, 100);
    }
    let every = request.sync_interval_seconds.and_then(|seconds| interval(seconds, &mut problems));
    problems.finish().map_err(Problem::validation)?;
    let tried = try_new(&platform, tenant, id, &request).await?;

    // A sync that ends meanwhile is not lost, and loses nobody's change.
    let changed = platform.store.retry(|| async {
        let (mut account, mut sync) = find(&platform, tenant, id).await?;
        let old = shown(&account, &sync);
        if let Some(name) = &request.name {
            name.trim().clone_into(&mut account.name);
        }
        if let Some(tried) = &tried {
            tried.put(&platform, &mut account)?;
        }
        let other = every.filter(|every| *every != sync.every);
        if let Some(every) = other {
            sync.every = every;
        }
        let mut new = shown(&account, &sync);
        if tried.is_some() {
            new["apiToken"] = json!("renewed");
        }
        let mut transaction = platform.store.transaction();
        transaction.replace_account(&mut account)?;
        let resumes = tried.is_some() && sync.is_held() && !sync.is_paused_by_user();
        if resumes {
            sync.resume(platform.now());
        }
        if resumes || other.is_some() {
            transaction.replace_sync(tenant, &mut sync)?;
            transaction.register(&RegistryEntry::of(tenant, &sync))?;
        }
        let values = (Some(old), Some(new));
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), "account.update", id, values))?;
        transaction.commit().await?;
        Ok::<_, Problem>((account, sync))
    });
    let (account, sync) = changed.await?;
    if tried.is_some() && !sync.paused {
        sync_soon(&platform, tenant, id).await;
    }
    Ok(Json(AccountView::new(&platform, &account, &sync)))
}

/// What the trail tells of an account.
fn shown(account: &Account, sync: &SyncState) -> Value {
    json!({ "name": account.name, "baseUrl": account.base_url, "syncIntervalSeconds": sync.every.seconds() })
}

/// A connection that works.
struct Tried {
    base: BaseUrl,
    token: Token,
    account_id: String,
    domain: Option<String>,
}

/// Tries a new address or token, if there is one.
async fn try_new(
    platform: &Platform,
    tenant: TenantId,
    id: AccountId,
    request: &AccountChange,
) -> Result<Option<Tried>, Problem> {
    let (account, _) = find(platform, tenant, id).await?;
    if request.api_token.is_none() && request.base_url.is_none() {
        return Ok(None);
    }
    let base_url = request.base_url.as_deref().unwrap_or(account.base_url.as_str());
    let Some(api_token) = request.api_token.as_deref() else {
        return Err(Problem::field("/apiToken", "must be entered again with a new address"));
    };
    let (base, token) = parse(platform, base_url, api_token)?;
    let found = try_connection(platform, tenant, base.clone(), token.clone()).await?;
    let tried = Tried { base, token, account_id: found.account_id, domain: found.domain };
    tried.leads_to(&account)?;
    Ok(Some(tried))
}

impl Tried {
    fn leads_to(&self, account: &Account) -> Result<(), Problem> {
        match &account.netbird_id {
            Some(known) if *known != self.account_id => {
                let detail = "belongs to another NetBird account; connect that one as a new account";
                Err(Problem::field("/apiToken", detail))
            }
            _ => Ok(()),
        }
    }

    /// Has an account read by it from now on.
    fn put(&self, platform: &Platform, account: &mut Account) -> Result<(), Problem> {
        self.leads_to(account)?;
        let record = format!("account/{}", account.id);
        let place = Place { owner: account.tenant.uuid(), record: &record, purpose: "netbird-token" };
        account.token = platform.vault()?.seal(place, self.token.expose(), platform.entropy.as_ref());
        account.base_url = self.base.as_url().clone();
        account.netbird_id = Some(self.account_id.clone());
        account.domain.clone_from(&self.domain);
        Ok(())
    }
}
