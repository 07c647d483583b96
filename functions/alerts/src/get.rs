//! `GET /api/alerts/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::AlertId;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::alert_view::AlertView;

/// An alert
///
/// With all of its history and notifications, as far back as the tenant keeps them.
#[utoipa::path(get, path = "/api/alerts/{id}", operation_id = "getAlert", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The alert", body = AlertView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<AlertView>, Problem> {
    let (tenant, id) = (reader.tenant, AlertId::from_uuid(id));
    let (alert, history, intents) = tokio::try_join!(
        platform.store.alert(tenant, id),
        platform.store.alert_history(tenant, id),
        platform.store.intents_of(tenant, id),
    )?;
    let alert = alert.ok_or_else(|| Problem::not_found("alert"))?;
    Ok(Json(AlertView::new(alert, intents).with_history(history)))
}
