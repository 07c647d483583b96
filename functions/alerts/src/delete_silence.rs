//! `DELETE /api/alerts/silences/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::SilenceId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::silence_input::{audited, look_again};

/// Delete a silence
///
/// What it holds is open and told at once, if it still holds.
#[utoipa::path(delete, path = "/api/alerts/silences/{id}", operation_id = "deleteSilence", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Deleted")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, SilenceId::from_uuid(id));
    let (silence, accounts) = tokio::try_join!(platform.store.silence(tenant, id), platform.store.accounts(tenant))?;
    let silence = silence.ok_or_else(|| Problem::not_found("silence"))?;
    let mut transaction = platform.store.transaction();
    transaction.remove_silence(&silence);
    let change = (Some(audited(&silence)), None);
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "silence.delete", id, change))?;
    transaction.commit().await?;
    look_again(&platform, &accounts, &silence, &silence).await;
    Ok(StatusCode::NO_CONTENT)
}
