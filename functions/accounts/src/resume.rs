//! `POST /api/netbird/accounts/{id}/resume`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::limits::count_sync;
use platform_runtime::queue::Message;
use platform_store::accounts::RegistryEntry;
use serde_json::json;
use uuid::Uuid;

use crate::view::AccountView;

/// Resume an account
///
/// One that somebody paused, whose token was no good, or that backs off; it is read at once. An account that is being read is
/// left as it is.
#[utoipa::path(post, path = "/api/netbird/accounts/{id}/resume", operation_id = "resumeAccount", tag = "accounts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "As it is now", body = AccountView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<AccountView>, Problem> {
    let (tenant, id) = (caller.tenant, AccountId::from_uuid(id));
    let (account, sync) = tokio::join!(platform.store.account(tenant, id), platform.store.sync_state(tenant, id));
    let missing = || Problem::not_found("account");
    let (account, mut sync) = (account?.ok_or_else(missing)?, sync?.ok_or_else(missing)?);
    if sync.is_held() {
        sync.resume(platform.now());
        let mut transaction = platform.store.transaction();
        transaction.replace_sync(tenant, &mut sync)?;
        transaction.register(&RegistryEntry::of(tenant, &sync))?;
        let values = (None, Some(json!({ "paused": false })));
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), "account.resume", id, values))?;
        transaction.commit().await?;
        // Often enough is enough, and it is not worth failing for: the next tick syncs it anyway.
        if count_sync(&platform, id).await.is_err() {
            return Ok(Json(AccountView::new(&platform, &account, &sync)));
        }
        let message = Message::Sync { tenant, account: id, asked_at: Some(platform.now()) };
        if let Err(error) = platform.queues.send(vec![message]).await {
            tracing::warn!(account.id = %id, error = %error, "the sync waits for the next tick");
        }
    }
    Ok(Json(AccountView::new(&platform, &account, &sync)))
}
