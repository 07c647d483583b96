//! `POST /api/netbird/accounts/{id}/pause`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::queue::Message;
use uuid::Uuid;

use crate::hold::{self, Held};
use crate::view::AccountView;

/// Pause an account
///
/// It is not read, its rules wait as they are, and nobody is told that it cannot be read, until somebody resumes it. What is
/// known of it stays, and says how old it is.
#[utoipa::path(post, path = "/api/netbird/accounts/{id}/pause", operation_id = "pauseAccount", tag = "accounts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "As it is now", body = AccountView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<AccountView>, Problem> {
    let (tenant, id) = (caller.tenant, AccountId::from_uuid(id));
    let Held { account, sync, is_new } = hold::pause(&platform, &caller, id).await?;
    if is_new {
        // Whoever was told that it cannot be read is told that somebody paused it. That it is paused stands without that.
        let message = Message::Evaluate { tenant, account: id };
        if let Err(error) = platform.queues.send(vec![message]).await {
            tracing::warn!(account.id = %id, error = %error, "an alert that it cannot be read stays open");
        }
    }
    Ok(Json(AccountView::new(&platform, &account, &sync)))
}
