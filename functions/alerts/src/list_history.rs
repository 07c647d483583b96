//! `GET /api/alerts/{id}/history`

use axum::extract::State;
use axum::response::Response;
use platform_core::ids::AlertId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::alert_view::HistoryView;

/// An alert's history
///
/// What happened to it, from the beginning, as far back as the tenant keeps it.
#[utoipa::path(get, path = "/api/alerts/{id}/history", operation_id = "listAlertHistory", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "Its steps", body = Vec<HistoryView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Response, Problem> {
    let (tenant, id) = (reader.tenant, AlertId::from_uuid(id));
    let (alert, history) =
        tokio::try_join!(platform.store.alert(tenant, id), platform.store.alert_history(tenant, id))?;
    alert.ok_or_else(|| Problem::not_found("alert"))?;
    Ok(whole(history.into_iter().map(HistoryView::from).collect()))
}
