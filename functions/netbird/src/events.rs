//! `GET /api/netbird/events`

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::ids::AccountId;
use platform_core::network::Event;
use platform_core::text;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use platform_store::events::EventRange;
use platform_store::sift::Filter;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::event_view::EventView;

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    /// Which account's; the oldest account's if absent.
    account_id: Option<Uuid>,
    /// Part of what happened, of its code, of who did it, or of a fact.
    search: Option<String>,
    /// Codes, or how codes begin, up to a dot; with commas between.
    #[param(example = "policy,peer.add")]
    activity_code: Option<String>,
    /// NetBird's id of who did it.
    initiator_id: Option<String>,
    /// NetBird's id of what it was done to.
    target_id: Option<String>,
    /// Only what happened at this time or later.
    from: Option<Timestamp>,
    /// Only what happened before this time, to the millisecond.
    to: Option<Timestamp>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

impl EventsQuery {
    /// Which events of a stretch are wanted; none if all are.
    fn filter(&self) -> Option<impl Fn(&Event) -> bool + Sync> {
        let search = self.search.as_deref().unwrap_or_default().trim().to_lowercase();
        let is_filter = !search.is_empty()
            || self.activity_code.is_some()
            || self.initiator_id.is_some()
            || self.target_id.is_some();
        let wanted = move |event: &Event| {
            let has = |text: &String| text.to_lowercase().contains(&search);
            let begins = |code: &str| text::is_under(&event.activity_code, code);
            let texts = [&event.activity, &event.activity_code, &event.initiator_name, &event.initiator_email];
            self.activity_code.as_ref().is_none_or(|codes| codes.split(',').any(begins))
                && self.initiator_id.as_ref().is_none_or(|id| *id == event.initiator_id)
                && self.target_id.as_ref().is_none_or(|id| *id == event.target_id)
                && (search.is_empty() || texts.into_iter().any(has) || event.meta.values().any(has))
        };
        is_filter.then_some(wanted)
    }
}

/// Events
///
/// A network's activity log, newest first. Kept for 90 days. With filters it is not counted, and 5,000 events are looked at for
/// a page: it may hold less than `limit`, and the next one goes on.
#[utoipa::path(get, path = "/api/netbird/events", operation_id = "listEvents", tag = "netbird", params(EventsQuery),
    responses((status = 200, description = "A page of events", body = Vec<EventView>),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<EventsQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let list = Paged::of(reader.tenant, "/api/netbird/events", &query);
    let after = list.open(query.cursor.as_deref())?;
    let accounts = platform.store.accounts(reader.tenant).await?;
    let account = match query.account_id.map(AccountId::from_uuid) {
        Some(id) => accounts.iter().find(|account| account.id == id).ok_or_else(|| Problem::not_found("account"))?.id,
        None => match accounts.first() {
            Some(account) => account.id,
            None => return Ok(list.answer(Vec::<EventView>::new(), None, 0, limit)),
        },
    };
    let filter = query.filter();
    if filter.is_some() || query.from.is_some() || query.to.is_some() {
        // Thousands of events may be looked at for a page.
        let _turn = platform.list_turn(reader.tenant).await?;
        let range = EventRange { from: query.from, to: query.to, after };
        let filter: Filter<'_, Event> = filter.as_ref().map(|wanted| wanted as _);
        let page = platform.store.wanted_events(reader.tenant, account, range, filter, limit).await?;
        let views: Vec<_> = page.items.into_iter().map(|event| EventView::new(account, event)).collect();
        return Ok(list.uncounted(views, page.next.as_deref(), limit));
    }
    let (page, total) = tokio::join!(
        platform.store.events(reader.tenant, account, after, limit),
        platform.store.count_events(reader.tenant, account),
    );
    let page = page?;
    let views = page.items.into_iter().map(|event| EventView::new(account, event)).collect();
    Ok(list.answer(views, page.next.as_deref(), total?, limit))
}
