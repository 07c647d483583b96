//! `POST /api/users/{id}/invitation`

use axum::Json;
use axum::extract::State;
use platform_core::link::LinkPurpose;
use platform_core::mail::MailAbout;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::limits::count_invitation;
use serde_json::json;
use uuid::Uuid;

use crate::rules::{find, may_touch, require_caller};
use crate::view::{Entry, PlatformUser, view};

/// Send an invitation again
///
/// With a new link, good for 7 days from now; the old one stops working.
#[utoipa::path(post, path = "/api/users/{id}/invitation", operation_id = "resendInvitation", tag = "users",
    params(("id" = Uuid, Path)), responses((status = 200, description = "Sent again", body = PlatformUser),
    (status = 409, description = "They are a member already"),
    (status = 429, description = "Too many invitations within an hour")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<Json<PlatformUser>, Problem> {
    let (tenant, store) = (caller.tenant, &platform.store);
    let mut invitation = match find(store, tenant, id).await? {
        Some(Entry::Invited(invitation)) => invitation,
        Some(Entry::Member(_)) => return Err(Problem::conflict("they are a member already")),
        None => return Err(Problem::not_found("invitation")),
    };
    may_touch(&caller, invitation.role, invitation.role)?;
    count_invitation(&platform, tenant, &invitation.email).await?;
    let old = json!({ "expiresAt": invitation.expires_at });
    let life = LinkPurpose::Invitation { tenant, id: invitation.id }.life();
    let mut transaction = store.transaction();
    require_caller(&mut transaction, &caller, None)?;
    transaction.forget_invitation_link(&invitation);
    invitation.link = None;
    invitation.expires_at = platform.now() + life;
    transaction.replace_invitation(&mut invitation)?;
    let about = MailAbout::Invitation { tenant, id: invitation.id };
    transaction.create_mail(&platform.mail_about(invitation.email.clone(), about))?;
    let new = json!({ "expiresAt": invitation.expires_at });
    let entry = platform.audit_entry(tenant, caller.actor(), "invitation.resend", id, (Some(old), Some(new)));
    transaction.audit(&entry)?;
    transaction.commit().await?;
    Ok(Json(view(store, caller.membership.user, Entry::Invited(invitation)).await?))
}
