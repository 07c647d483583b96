//! `GET /api/alerts/deliveries/{id}`

use axum::Json;
use axum::extract::State;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use crate::delivery_view::{DeliveryView, is_key};
use crate::rule_view::may_write;

/// A delivery
///
/// One message about an alert, however old, with each try. Kept as long as its alert.
#[utoipa::path(get, path = "/api/alerts/deliveries/{id}", operation_id = "getDelivery", tag = "alerts",
    params(("id" = String, Path, description = "The delivery's id")),
    responses((status = 200, description = "The delivery", body = DeliveryView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<String>,
) -> Result<Json<DeliveryView>, Problem> {
    let (tenant, store) = (reader.tenant, &platform.store);
    let missing = || Problem::not_found("delivery");
    if !is_key(&id) {
        return Err(missing());
    }
    let intent = store.intent(tenant, &id).await?.ok_or_else(missing)?;
    let alert = store.alert(tenant, intent.alert).await?;
    let may_see_answers = may_write(&platform, &reader).await?;
    Ok(Json(DeliveryView::new(intent, alert.as_ref(), may_see_answers)))
}
