//! `DELETE /api/netbird/accounts/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::router::chain;
use platform_runtime::Platform;
use platform_runtime::disconnect::resolve_alerts;
use platform_store::StoreError;
use platform_store::purge::DeletedAccount;
use serde_json::json;
use uuid::Uuid;

/// Alerts that are resolved before the answer; the job that removes the rest resolves what there is beyond that.
const RESOLVED_AT_ONCE: usize = 10;

/// Disconnect a NetBird account
///
/// Deletes the token at once, and within minutes everything known of its network: peers, events, history. Its alerts
/// stay, resolved.
#[utoipa::path(delete, path = "/api/netbird/accounts/{id}", operation_id = "deleteAccount", tag = "accounts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Disconnected")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, AccountId::from_uuid(id));
    let account = platform.store.account(tenant, id).await?.ok_or_else(|| Problem::not_found("account"))?;
    let deleted = DeletedAccount::new(&account, caller.person(), platform.now());
    let mut transaction = platform.store.transaction();
    transaction.delete_account(tenant, id);
    transaction.create_deleted_account(&deleted)?;
    let old = json!({ "name": account.name, "baseUrl": account.base_url });
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "account.delete", id, (Some(old), None)))?;
    match transaction.commit().await {
        Ok(()) => {}
        // Somebody else deleted it just now.
        Err(StoreError::Conflict) if platform.store.account(tenant, id).await?.is_none() => {
            return Ok(StatusCode::NO_CONTENT);
        }
        Err(error) => return Err(error.into()),
    }
    // It is disconnected; should this fail, the job does it within a minute.
    if let Err(error) = resolve_alerts(&platform, &deleted, RESOLVED_AT_ONCE).await {
        tracing::warn!(account.id = %id, error = chain(&error), "alerts of the account are resolved by the job");
    }
    Ok(StatusCode::NO_CONTENT)
}
