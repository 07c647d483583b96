//! `GET /api/alerts/channels`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::channel_view::{ChannelView, Named};
use crate::rule_view::may_write;

/// Channels
///
/// All of them, oldest first; a tenant has at most 100.
#[utoipa::path(get, path = "/api/alerts/channels", operation_id = "listChannels", tag = "alerts",
    responses((status = 200, description = "The channels", body = Vec<ChannelView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (channels, rules, rotas, routes, troubles, may_write) = tokio::try_join!(
        async { platform.store.channels(reader.tenant).await.map_err(Problem::from) },
        async { platform.store.rules(reader.tenant).await.map_err(Problem::from) },
        async { platform.store.rotas(reader.tenant).await.map_err(Problem::from) },
        async { platform.store.alert_routes(reader.tenant).await.map_err(Problem::from) },
        async { platform.store.troubles(reader.tenant).await.map_err(Problem::from) },
        may_write(&platform, &reader),
    )?;
    let named = Named { rules: &rules, rotas: &rotas, routes: &routes };
    let view =
        |channel| ChannelView::new(channel, named, may_write, None, platform.now()).with_trouble(channel, &troubles);
    Ok(whole(channels.iter().map(view).collect()))
}
