//! `POST /api/alerts/channels/{id}/signing-secret`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ChannelId;
use platform_core::tenant_channel::Destination;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::receiver::Secrets;
use uuid::Uuid;

use crate::channel_view::{ChannelView, Named};
use crate::signing_secret::{RotateSigningSecret, Rotated, audited};

/// Rotate the signing secret of a channel
///
/// The new secret is only in this answer. Until the time that is asked for, each message has a signature by the old one beside
/// that by the new one, as Standard Webhooks says, so that the receiver may switch at any time meanwhile. Of two old secrets
/// the elder ends at once.
#[utoipa::path(post, path = "/api/alerts/channels/{id}/signing-secret", operation_id = "rotateChannelSecret",
    tag = "alerts", params(("id" = Uuid, Path)), request_body = RotateSigningSecret,
    responses((status = 200, description = "Rotated, or finished", body = ChannelView),
    (status = 409, description = "The channel is no webhook, or nothing overlaps that could be finished")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<RotateSigningSecret>,
) -> Result<Json<ChannelView>, Problem> {
    let (tenant, id) = (caller.tenant, ChannelId::from_uuid(id));
    let (channel, rules) = tokio::try_join!(platform.store.channel(tenant, id), platform.store.rules(tenant))?;
    let mut channel = channel.ok_or_else(|| Problem::not_found("channel"))?;
    let Destination::Webhook(before) = channel.destination.clone() else {
        return Err(Problem::conflict("only messages to webhooks are signed"));
    };
    let old = audited(&before);
    let Rotated { webhook, secret } = request.apply(&platform, &Secrets::of_channel(&platform, &channel), before)?;
    let change = (Some(old), Some(audited(&webhook)));
    channel.destination = Destination::Webhook(webhook);
    channel.updated_at = platform.now();
    let mut transaction = platform.store.transaction();
    transaction.replace_channel(&mut channel)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "channel.signing-secret", id, change))?;
    transaction.commit().await?;
    let routes = platform.store.alert_routes(tenant).await?;
    let named = Named { rules: &rules, rotas: &[], routes: &routes };
    Ok(Json(ChannelView::new(&channel, named, true, secret, platform.now())))
}
