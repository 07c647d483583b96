//! `PUT /api/netbird/accounts/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_core::validate::Problems;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::vault::Place;
use platform_store::accounts::RegistryEntry;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::connection::{parse, try_connection};
use crate::hold::{find, sync_soon};
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
}

/// Change a connected NetBird account
///
/// A new address or token is tried before it is kept, and has to lead to the same NetBird account: another one is
/// connected as another account. Resumes an account that is paused since its token was no good, or that backs off; one that
/// somebody paused stays so.
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
    if let Some(name) = &request.name {
        let mut problems = Problems::default();
        problems.text("/name", name, 1, 100);
        problems.finish().map_err(Problem::validation)?;
    }
    let (mut account, mut sync) = find(&platform, tenant, id).await?;
    let old = json!({ "name": account.name, "baseUrl": account.base_url });

    if let Some(name) = request.name {
        account.name = name.trim().to_owned();
    }
    let connects = request.api_token.is_some() || request.base_url.is_some();
    if connects {
        let base_url = request.base_url.as_deref().unwrap_or(account.base_url.as_str());
        let Some(api_token) = request.api_token.as_deref() else {
            return Err(Problem::field("/apiToken", "must be entered again with a new address"));
        };
        let (base, token) = parse(&platform, base_url, api_token)?;
        let tried = try_connection(&platform, tenant, base.clone(), token.clone()).await?;
        if account.netbird_id.as_ref().is_some_and(|known| *known != tried.account_id) {
            let detail = "belongs to another NetBird account; connect that one as a new account";
            return Err(Problem::field("/apiToken", detail));
        }
        let record = format!("account/{id}");
        let place = Place { owner: tenant.uuid(), record: &record, purpose: "netbird-token" };
        account.token = platform.vault()?.seal(place, token.expose(), platform.entropy.as_ref());
        account.base_url = base.as_url().clone();
        account.netbird_id = Some(tried.account_id);
        account.domain = tried.domain;
    }
    let mut new = json!({ "name": account.name, "baseUrl": account.base_url });
    if connects {
        new["apiToken"] = json!("renewed");
    }
    let mut transaction = platform.store.transaction();
    transaction.replace_account(&mut account)?;
    if connects && sync.is_held() && !sync.is_paused_by_user() {
        sync.resume(platform.now());
        transaction.replace_sync(tenant, &mut sync)?;
        transaction.register(&RegistryEntry::of(tenant, &sync))?;
    }
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "account.update", id, (Some(old), Some(new))))?;
    transaction.commit().await?;
    if connects && !sync.paused {
        sync_soon(&platform, tenant, id).await;
    }
    Ok(Json(AccountView::new(&platform, &account, &sync)))
}
