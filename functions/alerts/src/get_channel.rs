//! `GET /api/alerts/channels/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::ChannelId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::channel_view::{ChannelView, Named};
use crate::rota_input::rotas_of;
use crate::rule_view::may_write;

/// A channel
#[utoipa::path(get, path = "/api/alerts/channels/{id}", operation_id = "getChannel", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The channel", body = ChannelView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<ChannelView>, Problem> {
    let id = ChannelId::from_uuid(id);
    let (channel, rules, trouble, may_write) = tokio::try_join!(
        async { platform.store.channel(reader.tenant, id).await.map_err(Problem::from) },
        async { platform.store.rules(reader.tenant).await.map_err(Problem::from) },
        async { platform.store.trouble(reader.tenant, id).await.map_err(Problem::from) },
        may_write(&platform, &reader),
    )?;
    let channel = channel.ok_or_else(|| Problem::not_found("channel"))?;
    let rotas = rotas_of(&platform, &channel).await?;
    let routes = platform.store.alert_routes(reader.tenant).await?;
    let named = Named { rules: &rules, rotas: &rotas, routes: &routes };
    Ok(Json(
        ChannelView::new(&channel, named, may_write, None, platform.now()).with_trouble(&channel, trouble.as_slice()),
    ))
}
