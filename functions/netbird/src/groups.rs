//! `GET /api/netbird/groups`

use axum::extract::State;
use axum::response::Response;
use platform_core::account::Account;
use platform_core::network::Group;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Listing, Part};

#[derive(Deserialize, Serialize, IntoParams)]
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
    pub(crate) fn new(account: &Account, group: &Group) -> Self {
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

impl Listing for Sort {
    type Row = Group;
    type Beside = ();
    const PATH: &'static str = "/api/netbird/groups";
    const COLUMNS: &'static [&'static str] =
        &["id", "accountId", "accountName", "name", "peersCount", "resourcesCount", "issued"];
    const SORTS: &'static [(&'static str, Self)] = &[("name", Self::Name), ("peersCount", Self::Peers)];

    fn first(self, (): &(), group: &Group) -> String {
        match self {
            Self::Name => String::new(),
            Self::Peers => format!("{:010}", group.peers),
        }
    }

    fn name(group: &Group) -> &str {
        &group.name
    }
}

/// Groups
///
/// Of every connected account, as of the last time they were read: they take turns with other lists. After an update of
/// the platform, groups may have to be read anew first: 503 until the next sync.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `peersCount`, `resourcesCount`, `issued`.
#[utoipa::path(get, path = "/api/netbird/groups", operation_id = "listGroups", tag = "netbird", params(GroupsQuery),
    responses((status = 200, description = "A page of groups", content(
        (Vec<GroupView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account"),
    (status = 503, description = "The groups are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<GroupsQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |(): &(), group: &Group| group.name.to_lowercase().contains(&search);
    part.answer(&platform, wanted, |account, (), group| GroupView::new(account, group)).await
}
