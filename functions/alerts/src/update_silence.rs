//! `PUT /api/alerts/silences/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::SilenceId;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use uuid::Uuid;

use crate::silence_input::{SilenceInput, audited, find, look_again, refuse_more};
use crate::silence_view::SilenceView;

/// Change a silence
///
/// Its accounts are looked at at once: alerts that it holds stay suppressed until its new end, and are open and told if it
/// mutes them no longer. One that is over mutes again if its end is in the future.
#[utoipa::path(put, path = "/api/alerts/silences/{id}", operation_id = "updateSilence", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = SilenceInput,
    responses((status = 200, description = "Changed", body = SilenceView),
    (status = 409, description = "It is over, and there are as many others as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<SilenceInput>,
) -> Result<Json<SilenceView>, Problem> {
    let (tenant, id, now) = (caller.tenant, SilenceId::from_uuid(id), platform.now());
    let (before, names) = find(&platform, tenant, id).await?;
    let (mut silence, things) = request.write(&platform, before.clone(), &names).await?;
    let mut transaction = platform.store.transaction();
    if before.is_over(now) {
        let pass = platform.store.pass(tenant, Quota::Silences).await?;
        refuse_more(&platform.store.silences(tenant).await?, now)?;
        transaction.hand_in(&pass)?;
    }
    transaction.replace_silence(&mut silence)?;
    let change = (Some(audited(&before)), Some(audited(&silence)));
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "silence.update", id, change))?;
    transaction.commit().await?;
    look_again(&platform, &names.accounts, &silence, &before).await;
    Ok(Json(SilenceView::new(&silence, &names, &things, now)))
}
