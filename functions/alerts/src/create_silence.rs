//! `POST /api/alerts/silences`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::SilenceId;
use platform_core::silence::MAX_KEPT;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;

use crate::silence_input::{Nameable, SilenceInput, audited, blank, refuse_more};
use crate::silence_view::SilenceView;

/// Make a silence
///
/// What fires meanwhile of what it mutes is an alert that is suppressed until the end of its window; if it still holds then,
/// it is open and told. What was told before is not told again meanwhile, and its end is told as ever.
#[utoipa::path(post, path = "/api/alerts/silences", operation_id = "createSilence", tag = "alerts",
    request_body = SilenceInput, responses((status = 201, description = "Made", body = SilenceView),
    (status = 409, description = "There are as many silences as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<SilenceInput>,
) -> Result<(StatusCode, Json<SilenceView>), Problem> {
    let (tenant, now) = (caller.tenant, platform.now());
    let id = SilenceId::new(now, platform.entropy.as_ref());
    let names = Nameable::of(&platform, tenant).await?;
    let (silence, things) = request.write(&platform, blank(id, tenant, caller.person(), now), &names).await?;
    let entry = platform.audit_entry(tenant, caller.actor(), "silence.create", id, (None, Some(audited(&silence))));
    let mut tries = Tries::new(&platform, tenant, Quota::Silences);
    while let Some(pass) = tries.next().await? {
        let silences = platform.store.silences(tenant).await?;
        refuse_more(&silences, now)?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        // Every look at an account reads them: of so many that are over, the one that ended first makes room.
        let over = silences.iter().filter(|silence| silence.is_over(now));
        if let Some(first) = over.min_by_key(|silence| silence.ends_at).filter(|_| silences.len() >= MAX_KEPT) {
            transaction.remove_silence(first);
        }
        transaction.create_silence(&silence)?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok((StatusCode::CREATED, Json(SilenceView::new(&silence, &names, &things, now))))
}
