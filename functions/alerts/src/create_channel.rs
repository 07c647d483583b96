//! `POST /api/alerts/channels`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::ids::ChannelId;
use platform_core::tenant_channel::MAX_CHANNELS;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;

use crate::channel_input::{ChannelInput, EMAIL, audited, email_of, refuse_name};
use crate::channel_view::{ChannelView, Named};
use crate::rota_input::{require_rota_of, rota_of, rotas_of};
use crate::rule_input::strangers;

/// Make a channel
///
/// Rules name it by its id. A webhook's signing secret is only in this answer. Recipients who are not members are asked by
/// mail, and get alerts once they said yes.
#[utoipa::path(post, path = "/api/alerts/channels", operation_id = "createChannel", tag = "alerts",
    request_body = ChannelInput, responses((status = 201, description = "Made", body = ChannelView),
    (status = 409, description = "There are as many channels as a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<ChannelInput>,
) -> Result<(StatusCode, Json<ChannelView>), Problem> {
    let tenant = caller.tenant;
    let id = ChannelId::new(platform.now(), platform.entropy.as_ref());
    let checked = request.make(&platform, tenant, id)?;
    let channel = checked.channel;
    require_rota_of(&platform, &channel).await?;
    let entry = platform.audit_entry(tenant, caller.actor(), "channel.create", id, (None, Some(audited(&channel))));
    let mut tries = Tries::new(&platform, tenant, Quota::Channels);
    while let Some(pass) = tries.next().await? {
        let channels = platform.store.channels(tenant).await?;
        refuse_name(&channels, &channel)?;
        if channels.len() >= MAX_CHANNELS {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_CHANNELS} channels")));
        }
        let asks = strangers(&platform, tenant, email_of(&channel), EMAIL).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_channel(&channel)?;
        if let Some(rota) = rota_of(&channel) {
            transaction.require_rota(tenant, rota);
        }
        if let Some(asks) = &asks {
            asks.write(&platform, tenant, &mut transaction)?;
        }
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    let rotas = rotas_of(&platform, &channel).await?;
    let named = Named { rules: &[], rotas: &rotas, routes: &[] };
    Ok((StatusCode::CREATED, Json(ChannelView::new(&channel, named, true, checked.secret, platform.now()))))
}
