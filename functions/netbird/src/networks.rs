//! `GET /api/netbird/networks`

use axum::extract::State;
use axum::response::Response;
use platform_core::account::Account;
use platform_core::network::Network;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::lists::{Order, Part};
use crate::network_view::{NetworkView, Parts};

/// Most networks of a page: each comes with what it consists of.
const MOST: usize = 50;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetworksQuery {
    /// Part of a name or a description, or of a resource's name or address.
    search: Option<String>,
    /// Name of a group that one of its resources or routers is in.
    group: Option<String>,
    /// Only this account's networks.
    account_id: Option<Uuid>,
    /// `name`, `resourcesCount` or `routersCount`; with `-` in front, the other way round.
    #[param(example = "name")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent. No page has more than 50.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Resources,
    Routers,
}

const SORTS: &[(&str, Sort)] =
    &[("name", Sort::Name), ("resourcesCount", Sort::Resources), ("routersCount", Sort::Routers)];

impl Sort {
    /// What a network is sorted by, as text that sorts alike; the ids make it unique.
    fn place(self, account: &Account, network: &Network) -> String {
        let first = match self {
            Sort::Name => String::new(),
            Sort::Resources => format!("{:010}", network.resources.len()),
            Sort::Routers => format!("{:010}", network.routers.len()),
        };
        format!("{first}\u{1}{}\u{1}{}\u{1}{}", network.name.to_lowercase(), network.id, account.id)
    }
}

/// Networks
///
/// Of every connected account, each with its resources and routers, and a sentence that says what is reached through whom;
/// as of the last time they were read: they take turns with other lists. After an update of the platform, networks may have
/// to be read anew first: 503 until then. 404 if no connected server gives networks: its release does not have them, or the
/// role of the token's user is too small.
#[utoipa::path(get, path = "/api/netbird/networks", operation_id = "listNetworks", tag = "netbird", params(NetworksQuery),
    responses((status = 200, description = "A page of networks", body = Vec<NetworkView>),
    (status = 404, description = "No such account, or no server gives networks"),
    (status = 503, description = "The networks are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<NetworksQuery>,
) -> Result<Response, Problem> {
    let order = Order::parse(query.sort.as_deref(), SORTS)?;
    let limit = limit(query.limit)?.min(MOST);
    let filters = [
        ("search", query.search.clone()),
        ("group", query.group.clone()),
        ("accountId", query.account_id.map(|id| id.to_string())),
        ("sort", query.sort.clone()),
    ];
    let list = Paged::new(reader.tenant, "/api/netbird/networks", &filters);
    let after = list.open(query.cursor.as_deref())?;

    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |parts: &Parts, network: &Network| {
        query.group.as_deref().is_none_or(|group| parts.is_about(network, group)) && parts.holds(network, &search)
    };
    let part = Part { tenant: reader.tenant, account: query.account_id, order, after, limit };
    let place = |account: &Account, parts: &Parts, network: &Network| {
        wanted(parts, network).then(|| order.by.place(account, network))
    };
    let page = part.page_beside(&platform, place, |account, parts, network| parts.view(account, network)).await?;
    Ok(list.answer(page.items, page.next.as_deref(), page.total, limit))
}
