//! `POST /api/auth/invitation`

use axum::Json;
use axum::extract::State;
use platform_core::access::Role;
use platform_core::invitation::Invitation;
use platform_core::link::LinkPurpose;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_identity::links;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::verify_sign_up::LinkToken;

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ShownInvitation {
    tenant_name: String,
    /// Who is invited.
    email: String,
    role: Role,
    /// The name of who invites.
    invited_by: String,
    /// The address has an account, whose password is asked for; otherwise a new one is chosen.
    has_account: bool,
}

/// Look at an invitation
///
/// By the link in the mail, which is not used up by it.
#[utoipa::path(post, path = "/api/auth/invitation", operation_id = "showInvitation", tag = "auth",
    request_body = LinkToken, responses((status = 200, description = "The invitation", body = ShownInvitation),
    (status = 410, description = "It was accepted or revoked, has expired, or was sent again")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<LinkToken>,
) -> Result<Json<ShownInvitation>, Problem> {
    let (_, invitation) = open(&platform, &client, &request.token).await?;
    let account = platform.store.user_by_email(&invitation.email).await?;
    Ok(Json(ShownInvitation {
        tenant_name: invitation.tenant_name,
        email: invitation.email.to_string(),
        role: invitation.role,
        invited_by: invitation.invited_by_name,
        has_account: account.is_some(),
    }))
}

/// The invitation of a link, and the link's hash. The link must be the one that was sent last.
pub(crate) async fn open(platform: &Platform, client: &Client, token: &str) -> Result<(String, Invitation), Problem> {
    let (hash, LinkPurpose::Invitation { tenant, id }) = links::open(platform, client, token).await? else {
        return Err(Problem::link_expired());
    };
    let invitation = platform.store.invitation(tenant, id).await?;
    let now = platform.now();
    let good = invitation.filter(|one| one.link.as_deref() == Some(hash.as_str()) && now < one.expires_at);
    let invitation = good.ok_or_else(Problem::link_expired)?;
    Ok((hash, invitation))
}
