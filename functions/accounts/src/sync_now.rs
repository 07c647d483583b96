//! `POST /api/netbird/accounts/{id}/sync`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::limits::count_sync;
use platform_runtime::queue::Message;
use uuid::Uuid;

use crate::hold::{self, Held};
use crate::view::AccountView;

/// Sync an account now
///
/// Also one whose token was no good, or that is backing off. One that somebody paused is resumed first.
#[utoipa::path(post, path = "/api/netbird/accounts/{id}/sync", operation_id = "syncAccountNow", tag = "accounts",
    params(("id" = Uuid, Path)), responses((status = 202, description = "It will be synced", body = AccountView),
    (status = 409, description = "Somebody paused it"),
    (status = 429, description = "It was synced a moment ago")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<(StatusCode, Json<AccountView>), Problem> {
    let (tenant, id) = (caller.tenant, AccountId::from_uuid(id));
    let (_, found) = hold::find(&platform, tenant, id).await?;
    if found.is_paused_by_user() {
        return Err(Problem::conflict("the account is paused; resume it first"));
    }
    count_sync(&platform, id).await?;
    // Somebody may pause it just now.
    let Held { account, sync, .. } = hold::resume(&platform, &caller, id, |sync| !sync.is_paused_by_user()).await?;
    let message = Message::Sync { tenant, account: id, asked_at: Some(platform.now()) };
    platform.queues.send(vec![message]).await.map_err(Problem::unavailable)?;
    Ok((StatusCode::ACCEPTED, Json(AccountView::new(&platform, &account, &sync))))
}
