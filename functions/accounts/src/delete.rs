//! `DELETE /api/netbird/accounts/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::AccountId;
use platform_core::intent::{Intent, told};
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_store::StoreError;
use serde_json::json;
use uuid::Uuid;

/// Disconnect a NetBird account
///
/// Deletes the token and everything known of its network: peers, events, history. Its alerts stay, resolved.
#[utoipa::path(delete, path = "/api/netbird/accounts/{id}", operation_id = "deleteAccount", tag = "accounts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Disconnected")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, AccountId::from_uuid(id));
    let account = platform.store.account(tenant, id).await?;
    if let Some(account) = &account {
        let mut transaction = platform.store.transaction();
        transaction.delete_account(tenant, id);
        let old = json!({ "name": account.name, "baseUrl": account.base_url });
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), "account.delete", id, (Some(old), None)))?;
        match transaction.commit().await {
            // Somebody else deletes it just now: the rest is done twice, which changes nothing.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    // Also for an account that is gone: an earlier deletion may have died half-way. What is not ours is not found.
    resolve_alerts(&platform, &caller, id).await?;
    platform.store.purge_account(tenant, id).await?;
    account.map(|_| StatusCode::NO_CONTENT).ok_or_else(|| Problem::not_found("account"))
}

async fn resolve_alerts(platform: &Platform, caller: &Caller, account: AccountId) -> Result<(), Problem> {
    let (tenant, store) = (caller.tenant, &platform.store);
    for mut alert in store.active_alerts(tenant).await?.into_iter().filter(|alert| alert.account == account) {
        let reason = Some("The account was disconnected.".to_owned());
        let Ok(row) = alert.resolve(Some(caller.person()), reason, platform.now()) else { continue };
        let mut transaction = store.transaction();
        transaction.replace_alert(&mut alert, &row)?;
        for (channel, target) in told(&store.intents_of(tenant, alert.id).await?) {
            transaction.create_intent(&Intent::new(&alert, &row, channel, target, platform.now()))?;
        }
        match transaction.commit().await {
            // Somebody resolved it just now, which is as well.
            Ok(()) | Err(StoreError::Conflict) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
