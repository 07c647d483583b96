//! `GET /api/netbird/changes`

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::change::{ChangeKind, Configuration, LoggedChange};
use platform_core::ids::AccountId;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::{AnswerAs, Sheet, page_limit};
use platform_http::gate::Reader;
use platform_http::page::{MOST_BYTES, Paged, fitting, one_of};
use platform_runtime::Platform;
use platform_store::changes::{ChangeRange, place};
use platform_store::sift::Filter;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::change_view::ChangeView;

/// The columns of its file.
const COLUMNS: &[&str] = &[
    "id",
    "accountId",
    "accountName",
    "at",
    "seenAt",
    "after",
    "resource",
    "itemId",
    "itemName",
    "kind",
    "sentences",
    "fields",
    "omittedFields",
    "by",
    "eventId",
];

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesQuery {
    /// Which account's; the oldest account's if absent.
    account_id: Option<Uuid>,
    /// Lists in which something changed, with commas between.
    #[param(example = "policies,groups")]
    resource: Option<String>,
    /// NetBird's id of what changed.
    item_id: Option<String>,
    /// NetBird's id of who did it.
    by: Option<String>,
    /// What became of things, with commas between.
    #[param(example = "created,deleted")]
    kind: Option<String>,
    /// Only what was seen at this time or later.
    from: Option<Timestamp>,
    /// Only what was seen before this time, to the millisecond.
    to: Option<Timestamp>,
    /// Part of the sentences, of the name of what changed, or of who did it.
    search: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

impl ChangesQuery {
    /// Which changes of a stretch are wanted.
    fn filter(&self) -> Result<impl Fn(&LoggedChange) -> bool + Sync, Problem> {
        let resources: Vec<Configuration> = one_of(self.resource.as_deref(), "/resource")?;
        let kinds: Vec<ChangeKind> = one_of(self.kind.as_deref(), "/kind")?;
        let search = self.search.as_deref().unwrap_or_default().trim().to_lowercase();
        let (item, by) = (self.item_id.clone(), self.by.clone());
        Ok(move |logged: &LoggedChange| {
            let change = &logged.change;
            let has = |text: &String| text.to_lowercase().contains(&search);
            let who = change.by.as_ref();
            (resources.is_empty() || resources.contains(&change.resource))
                && (kinds.is_empty() || kinds.contains(&change.kind))
                && item.as_ref().is_none_or(|id| *id == change.item_id)
                && by.as_ref().is_none_or(|id| who.is_some_and(|who| *id == who.id))
                && (search.is_empty()
                    || has(&change.item_name)
                    || change.sentences.iter().any(has)
                    || who.is_some_and(|who| has(&who.name) || has(&who.email)))
        })
    }
}

/// Changes of the configuration
///
/// What changed in groups, policies, networks and the like, newest first, with who did it where NetBird's activity log tells.
/// Kept as long as the tenant keeps alerts. It is not counted, and 5,000 changes are looked at for a page: a page may hold
/// less than `limit`, and the next one goes on.
///
/// With `Accept: text/csv` it is a file of at most 1,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `at`, `seenAt`, `after`, `resource`, `itemId`,
/// `itemName`, `kind`, `sentences`, `fields`, `omittedFields`, `by`, `eventId`.
#[utoipa::path(get, path = "/api/netbird/changes", operation_id = "listChanges", tag = "netbird", params(ChangesQuery),
    responses((status = 200, description = "A page of changes", content(
        (Vec<ChangeView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<ChangesQuery>,
) -> Result<Response, Problem> {
    let limit = page_limit(query.limit, form)?;
    let list = Paged::of(reader.tenant, "/api/netbird/changes", &query);
    let after = list.open(query.cursor.as_deref())?;
    let is_first = after.is_none();
    let sheet = Sheet { list: &list, name: "changes", columns: COLUMNS, form, is_first, limit };
    let wanted = query.filter()?;
    let accounts = platform.store.accounts(reader.tenant).await?;
    let account = match query.account_id.map(AccountId::from_uuid) {
        Some(id) => accounts.iter().find(|account| account.id == id).ok_or_else(|| Problem::not_found("account"))?,
        None => match accounts.first() {
            Some(account) => account,
            None => return sheet.answer(Vec::<ChangeView>::new(), None, None),
        },
    };
    // Thousands of changes may be looked at for a page.
    let _turn = platform.list_turn(reader.tenant).await?;
    let range = ChangeRange { from: query.from, to: query.to, after };
    let filter: Filter<'_, LoggedChange> = Some(&wanted);
    let page = platform.store.changes(reader.tenant, account.id, range, filter, limit).await?;
    let ids: Vec<_> = page.items.iter().map(|change| change.id).collect();
    let mut views: Vec<_> = page.items.into_iter().map(|change| ChangeView::new(account, change)).collect();
    let mut next = page.next;
    // In a file each quotation mark of a field's values is two.
    let most = if form == AnswerAs::File { MOST_BYTES / 2 } else { MOST_BYTES };
    let fitting = fitting(&views, most).map_err(Problem::internal)?.max(1);
    if fitting < views.len() {
        views.truncate(fitting);
        next = Some(place(&ids[fitting - 1]));
    }
    sheet.answer(views, next.as_deref(), None)
}
