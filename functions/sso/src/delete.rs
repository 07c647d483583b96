//! `DELETE /api/tenant/sso`

use axum::extract::State;
use http::StatusCode;
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_runtime::Platform;

use crate::put::audited;

/// Stop signing in by an identity provider
///
/// Deletes the settings and frees the slug. Sessions that the provider began end within ten minutes. Members stay, but
/// who has no password cannot sign in any more. With the same provider set up again, everybody is who they were.
#[utoipa::path(delete, path = "/api/tenant/sso", operation_id = "deleteSso", tag = "tenant",
    responses((status = 204, description = "Deleted"), (status = 404, description = "There are none")))]
pub(crate) async fn handler(State(platform): State<Platform>, caller: Caller) -> Result<StatusCode, Problem> {
    let settings = platform.store.sso_settings(caller.tenant).await?;
    let settings = settings.ok_or_else(|| Problem::not_found("sign-in by an identity provider"))?;
    let mut transaction = platform.store.transaction();
    transaction.delete_sso(&settings);
    let change = (Some(audited(&settings)), None);
    let entry = platform.audit_entry(caller.tenant, caller.actor(), "sso.delete", caller.tenant, change);
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(StatusCode::NO_CONTENT)
}
