//! `GET /api/netbird/events`

use axum::extract::State;
use axum::response::Response;
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::event_view::EventView;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    /// Which account's; the oldest account's if absent.
    account_id: Option<Uuid>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// Events
///
/// A network's activity log, newest first. Kept for 90 days.
#[utoipa::path(get, path = "/api/netbird/events", operation_id = "listEvents", tag = "netbird", params(EventsQuery),
    responses((status = 200, description = "A page of events", body = Vec<EventView>),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<EventsQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let filters = [("accountId", query.account_id.map(|id| id.to_string()))];
    let list = Paged::new(reader.tenant, "/api/netbird/events", &filters);
    let after = list.open(query.cursor.as_deref())?;
    let accounts = platform.store.accounts(reader.tenant).await?;
    let account = match query.account_id.map(AccountId::from_uuid) {
        Some(id) => accounts.iter().find(|account| account.id == id).ok_or_else(|| Problem::not_found("account"))?.id,
        None => match accounts.first() {
            Some(account) => account.id,
            None => return Ok(list.answer(Vec::<EventView>::new(), None, 0, limit)),
        },
    };
    let (page, total) = tokio::join!(
        platform.store.events(reader.tenant, account, after, limit),
        platform.store.count_events(reader.tenant, account),
    );
    let page = page?;
    let views = page.items.into_iter().map(|event| EventView::new(account, event)).collect();
    Ok(list.answer(views, page.next.as_deref(), total?, limit))
}
