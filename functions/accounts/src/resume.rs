//! `POST /api/netbird/accounts/{id}/resume`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::limits::count_sync;
use uuid::Uuid;

use crate::hold::{self, Held};
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
    let Held { account, sync, is_new } = hold::resume(&platform, &caller, id, |_| true).await?;
    if is_new {
        // Often enough is enough: the next tick syncs it anyway.
        if count_sync(&platform, id).await.is_ok() {
            hold::sync_soon(&platform, tenant, id).await;
        }
    }
    Ok(Json(AccountView::new(&platform, &account, &sync)))
}
