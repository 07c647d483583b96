//! `GET /api/netbird/groups`

use axum::extract::State;
use axum::response::Response;
use platform_core::account::Account;
use platform_core::network::Group;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Order, Part};

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GroupsQuery {
    /// Part of a name.
    search: Option<String>,
    /// Only this account's groups.
    account_id: Option<Uuid>,
    /// `name` or `peersCount`; with `-` in front, the other way round.
    #[param(example = "-peersCount")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// A group of a connected network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Group)]
pub(crate) struct GroupView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    /// How many peers are in it.
    peers_count: u32,
    /// How many network resources are in it.
    resources_count: u32,
    /// How it came to be.
    #[schema(example = "api")]
    issued: String,
}

impl GroupView {
    fn new(account: &Account, group: &Group) -> Self {
        Self {
            id: group.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: group.name.clone(),
            peers_count: group.peers,
            resources_count: group.resources,
            issued: group.issued.clone(),
        }
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Peers,
}

const SORTS: &[(&str, Sort)] = &[("name", Sort::Name), ("peersCount", Sort::Peers)];

impl Sort {
    /// What a group is sorted by, as text that sorts alike; the ids make it unique.
    fn place(self, account: &Account, group: &Group) -> String {
        let first = match self {
            Sort::Name => String::new(),
            Sort::Peers => format!("{:010}", group.peers),
        };
        format!("{first}\u{1}{}\u{1}{}\u{1}{}", group.name.to_lowercase(), group.id, account.id)
    }
}

/// Groups
///
/// Of every connected account, as of the last time they were read: they take turns with other lists. After an update of
/// the platform, groups may have to be read anew first: 503 until the next sync.
#[utoipa::path(get, path = "/api/netbird/groups", operation_id = "listGroups", tag = "netbird", params(GroupsQuery),
    responses((status = 200, description = "A page of groups", body = Vec<GroupView>),
    (status = 404, description = "No such account"),
    (status = 503, description = "The groups are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<GroupsQuery>,
) -> Result<Response, Problem> {
    let order = Order::parse(query.sort.as_deref(), SORTS)?;
    let limit = limit(query.limit)?;
    let filters = [
        ("search", query.search.clone()),
        ("accountId", query.account_id.map(|id| id.to_string())),
        ("sort", query.sort.clone()),
    ];
    let list = Paged::new(reader.tenant, "/api/netbird/groups", &filters);
    let after = list.open(query.cursor.as_deref())?;

    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |group: &Group| group.name.to_lowercase().contains(&search);
    let part = Part { tenant: reader.tenant, account: query.account_id, order, after, limit };
    let place = |account: &Account, group: &Group| wanted(group).then(|| order.by.place(account, group));
    let page = part.page(&platform, place, GroupView::new).await?;
    Ok(list.answer(page.items, page.next.as_deref(), page.total, limit))
}
