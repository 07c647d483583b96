//! `GET /api/netbird/networks`

use axum::extract::State;
use axum::response::Response;
use platform_core::network::Network;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::lists::{Listing, Part};
use crate::names::SHOWN;
use crate::network_view::{NetworkView, Parts};

/// Most networks of a page: each comes with what it consists of.
const MOST: usize = 50;

#[derive(Deserialize, Serialize, IntoParams)]
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

impl Listing for Sort {
    type Row = Network;
    type Beside = Parts;
    const PATH: &'static str = "/api/netbird/networks";
    const MOST: usize = MOST;
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "name",
        "description",
        "resources",
        "resourcesCount",
        "routers",
        "routersCount",
        "policiesCount",
        "unknown",
        "sentence",
    ];
    const SORTS: &'static [(&'static str, Self)] =
        &[("name", Self::Name), ("resourcesCount", Self::Resources), ("routersCount", Self::Routers)];

    fn first(self, _: &Parts, network: &Network) -> String {
        match self {
            Self::Name => String::new(),
            Self::Resources => format!("{:010}", network.resources.len()),
            Self::Routers => format!("{:010}", network.routers.len()),
        }
    }

    fn name(network: &Network) -> &str {
        &network.name
    }
}

/// Networks
///
/// Of every connected account, each with its resources and routers, and a sentence that says what is reached through whom;
/// as of the last time they were read: they take turns with other lists. After an update of the platform, networks may have
/// to be read anew first: 503 until then. 404 if no connected server gives networks: its release does not have them, or the
/// role of the token's user is too small.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `description`, `resources`,
/// `resourcesCount`, `routers`, `routersCount`, `policiesCount`, `unknown`, `sentence`.
#[utoipa::path(get, path = "/api/netbird/networks", operation_id = "listNetworks", tag = "netbird", params(NetworksQuery),
    responses((status = 200, description = "A page of networks", content(
        (Vec<NetworkView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, or no server gives networks"),
    (status = 503, description = "The networks are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<NetworksQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let wanted = |parts: &Parts, network: &Network| {
        query.group.as_deref().is_none_or(|group| parts.is_about(network, group)) && parts.holds(network, &search)
    };
    part.answer(&platform, wanted, |account, parts, network| parts.view(account, network, SHOWN)).await
}
