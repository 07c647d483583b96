//! `POST /api/alerts/silences/{id}/end`

use axum::Json;
use axum::extract::State;
use platform_core::ids::SilenceId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::silence_input::{audited, find, look_again};
use crate::silence_things::Things;
use crate::silence_view::SilenceView;

/// End a silence now
///
/// What it holds is open and told at once, if it still holds. One that is over stays as it is.
#[utoipa::path(post, path = "/api/alerts/silences/{id}/end", operation_id = "endSilence", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "Over", body = SilenceView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<SilenceView>, Problem> {
    let (tenant, id, now) = (caller.tenant, SilenceId::from_uuid(id), platform.now());
    let (mut silence, names) = find(&platform, tenant, id).await?;
    if !silence.is_over(now) {
        let before = silence.clone();
        silence.end(now);
        silence.updated_at = now;
        let mut transaction = platform.store.transaction();
        transaction.replace_silence(&mut silence)?;
        let change = (Some(audited(&before)), Some(audited(&silence)));
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), "silence.end", id, change))?;
        transaction.commit().await?;
        look_again(&platform, &names.accounts, &silence, &before).await;
    }
    let things = Things::of(&platform, tenant, &silence.matchers).await?;
    Ok(Json(SilenceView::new(&silence, &names, &things, now)))
}
