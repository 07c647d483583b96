//! `GET /api/netbird/events`

use std::collections::HashSet;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::ids::AccountId;
use platform_core::network::Event;
use platform_core::text;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::{AnswerAs, Sheet, page_limit};
use platform_http::gate::Reader;
use platform_http::page::{Paged, one_of};
use platform_runtime::Platform;
use platform_store::events::EventRange;
use platform_store::sift::Filter;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::event_changes::{events_that_changed, tell_changes};
use crate::event_view::{EventSource, EventView};
use crate::merged_events::{Asked, merged};

/// The columns of its file.
const COLUMNS: &[&str] = &[
    "id",
    "accountId",
    "timestamp",
    "source",
    "text",
    "activity",
    "activityCode",
    "initiatorId",
    "initiatorName",
    "initiatorEmail",
    "targetId",
    "meta",
    "changes",
    "seen",
];

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    /// Which account's; the oldest account's if absent.
    account_id: Option<Uuid>,
    /// Part of what happened, of its code, of who did it, of a fact, or of what changed.
    search: Option<String>,
    /// One or both of `netbird` and `platform`, with a comma between; both if absent.
    #[param(example = "platform")]
    source: Option<String>,
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
    /// Which of the platform's own events are wanted.
    fn seen(&self) -> impl Fn(&EventView) -> bool + Sync {
        let search = self.search.as_deref().unwrap_or_default().trim().to_lowercase();
        move |event: &EventView| {
            let has = |text: &String| text.to_lowercase().contains(&search);
            self.activity_code
                .as_ref()
                .is_none_or(|codes| codes.split(',').any(|code| text::is_under(&event.activity_code, code)))
                && self.initiator_id.is_none()
                && self.target_id.as_ref().is_none_or(|id| *id == event.target_id)
                && (search.is_empty()
                    || [&event.text, &event.activity, &event.activity_code].into_iter().any(has)
                    || event.meta.values().any(has))
        }
    }

    fn is_narrowed(&self) -> bool {
        self.search.as_deref().is_some_and(|search| !search.trim().is_empty())
            || self.activity_code.is_some()
            || self.initiator_id.is_some()
            || self.target_id.is_some()
    }

    /// Which events of a stretch are wanted; none if all are. `changed` are those by which something changed in whose words
    /// the text is that is looked for.
    fn filter(&self, changed: HashSet<String>) -> Option<impl Fn(&Event) -> bool + Sync> {
        let search = self.search.as_deref().unwrap_or_default().trim().to_lowercase();
        let is_filter = self.is_narrowed();
        let wanted = move |event: &Event| {
            let has = |text: &String| text.to_lowercase().contains(&search);
            let begins = |code: &str| text::is_under(&event.activity_code, code);
            let texts = [&event.activity, &event.activity_code, &event.initiator_name, &event.initiator_email];
            self.activity_code.as_ref().is_none_or(|codes| codes.split(',').any(begins))
                && self.initiator_id.as_ref().is_none_or(|id| *id == event.initiator_id)
                && self.target_id.as_ref().is_none_or(|id| *id == event.target_id)
                && (search.is_empty()
                    || texts.into_iter().any(has)
                    || event.meta.values().any(has)
                    || changed.contains(&event.id))
        };
        is_filter.then_some(wanted)
    }
}

/// Events
///
/// A network's activity log, newest first, and among it what the platform saw: peers that went and came, restarts of the
/// management server, times in which the account was not read, and changes of the configuration that NetBird does not tell.
/// Events are of 90 days, changes are kept as long as alerts. NetBird's alone (`source=netbird`) are counted where nothing else
/// narrows them; 5,000 of each log are looked at for a page: it may hold less than `limit`, and the next one goes on.
///
/// With `Accept: text/csv` it is a file of at most 1,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `timestamp`, `source`, `text`, `activity`, `activityCode`,
/// `initiatorId`, `initiatorName`, `initiatorEmail`, `targetId`, `meta`, `changes`, `seen`.
#[utoipa::path(get, path = "/api/netbird/events", operation_id = "listEvents", tag = "netbird", params(EventsQuery),
    responses((status = 200, description = "A page of events", content(
        (Vec<EventView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<EventsQuery>,
) -> Result<Response, Problem> {
    let limit = page_limit(query.limit, form)?;
    let sources: Vec<EventSource> = one_of(query.source.as_deref(), "/source")?;
    let list = Paged::of(reader.tenant, "/api/netbird/events", &query);
    let after = list.open(query.cursor.as_deref())?;
    let is_first = after.is_none();
    let sheet = Sheet { list: &list, name: "events", columns: COLUMNS, form, is_first, limit };
    let accounts = platform.store.accounts(reader.tenant).await?;
    let account = match query.account_id.map(AccountId::from_uuid) {
        Some(id) => accounts.iter().find(|account| account.id == id).ok_or_else(|| Problem::not_found("account"))?,
        None => match accounts.first() {
            Some(account) => account,
            None => return sheet.answer(Vec::<EventView>::new(), None, Some(0)),
        },
    };
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let is_merged = sources.is_empty() || sources.contains(&EventSource::Platform);
    let is_narrowed = query.is_narrowed() || query.from.is_some() || query.to.is_some();
    // Thousands of events and changes may be looked at for a page.
    let _turn = if is_merged || is_narrowed { Some(platform.list_turn(reader.tenant).await?) } else { None };
    let changed = if search.is_empty() {
        HashSet::new()
    } else {
        events_that_changed(&platform.store, reader.tenant, account.id, query.from, &search).await?
    };
    let filter = query.filter(changed);
    if is_merged {
        let seen = query.seen();
        let asked = Asked {
            interval: platform.sync_interval,
            with_netbird: sources.is_empty() || sources.contains(&EventSource::Netbird),
            from: query.from,
            to: query.to,
            after,
            limit,
            netbird: filter.as_ref().map(|wanted| wanted as _),
            platform: &seen,
        };
        let (views, next) = merged(&platform.store, reader.tenant, account, &asked).await?;
        return sheet.answer(views, next.as_deref(), None);
    }
    let account = account.id;
    let (page, total) = if is_narrowed {
        let range = EventRange { from: query.from, to: query.to, after };
        let filter: Filter<'_, Event> = filter.as_ref().map(|wanted| wanted as _);
        (platform.store.wanted_events(reader.tenant, account, range, filter, limit).await?, None)
    } else {
        let (page, total) = tokio::join!(
            platform.store.events(reader.tenant, account, after, limit),
            platform.store.count_events(reader.tenant, account),
        );
        (page?, Some(total?))
    };
    let mut views: Vec<_> = page.items.into_iter().map(|event| EventView::new(account, event)).collect();
    tell_changes(&platform.store, reader.tenant, account, &mut views).await?;
    sheet.answer(views, page.next.as_deref(), total)
}
