//! `PUT /api/alerts/channels/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ChannelId;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use serde_json::json;
use uuid::Uuid;

use crate::channel_input::{ChannelInput, EMAIL, audited, email_of, refuse_name};
use crate::channel_view::{ChannelView, Named};
use crate::rota_input::{require_rota_of, rota_of, rotas_of};
use crate::rule_input::strangers;

/// Change a channel
///
/// Messages that wait go where it leads then. Those that it takes no more, since it is switched off or not for alerts of their
/// severity, are given up, and say so.
#[utoipa::path(put, path = "/api/alerts/channels/{id}", operation_id = "updateChannel", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = ChannelInput,
    responses((status = 200, description = "Changed", body = ChannelView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<ChannelInput>,
) -> Result<Json<ChannelView>, Problem> {
    let (tenant, id) = (caller.tenant, ChannelId::from_uuid(id));
    let (pass, before) =
        tokio::try_join!(platform.store.pass(tenant, Quota::Channels), platform.store.channel(tenant, id))?;
    let before = before.ok_or_else(|| Problem::not_found("channel"))?;
    let checked = request.change(&platform, &before)?;
    let mut channel = checked.channel;
    let (old, mut new) = (audited(&before), audited(&channel));
    if channel.destination != before.destination {
        new["config"] = json!("changed");
    }
    require_rota_of(&platform, &channel).await?;
    let (rules, asks) = tokio::try_join!(
        async { platform.store.rules(tenant).await.map_err(Problem::from) },
        strangers(&platform, tenant, email_of(&channel), EMAIL),
    )?;
    let mut transaction = platform.store.transaction();
    let is_renamed = channel.name != before.name;
    if is_renamed {
        // After the pass was taken: of two who choose a name at once, one is told to look again.
        refuse_name(&platform.store.channels(tenant).await?, &channel)?;
    }
    // So is who deletes the rota to which it leads from now on.
    if is_renamed || rota_of(&channel) != rota_of(&before) {
        transaction.hand_in(&pass)?;
    }
    transaction.replace_channel(&mut channel)?;
    if let Some(rota) = rota_of(&channel) {
        transaction.require_rota(tenant, rota);
    }
    if let Some(asks) = &asks {
        asks.write(&platform, tenant, &mut transaction)?;
    }
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "channel.update", id, (Some(old), Some(new))))?;
    transaction.commit().await?;
    let rotas = rotas_of(&platform, &channel).await?;
    let routes = platform.store.alert_routes(tenant).await?;
    let named = Named { rules: &rules, rotas: &rotas, routes: &routes };
    Ok(Json(ChannelView::new(&channel, named, true, checked.secret, platform.now())))
}
