//! `GET /api/netbird/routes`

use axum::extract::State;
use axum::response::Response;
use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::Route;
use platform_core::resource::Resource;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_store::Store;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::lists::{Beside, Listing, Part};
use crate::names::{NamedRef, Names};

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RoutesQuery {
    /// Part of a name or a description, or of where it leads.
    search: Option<String>,
    /// Only routes in force, or only those switched off.
    enabled: Option<bool>,
    /// Name of a group that routes, gets the route, or that policies name for it.
    group: Option<String>,
    /// Only this account's routes.
    account_id: Option<Uuid>,
    /// `networkId`, `network`, `metric` or `enabled`; with `-` in front, the other way round.
    #[param(example = "networkId")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// A route of a connected network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Route)]
pub(crate) struct RouteView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    /// Its name, which routes that stand in for each other share.
    network_id: String,
    description: String,
    enabled: bool,
    /// The range that it leads to; of no meaning where there are domains.
    #[schema(example = "172.20.0.0/16")]
    network: String,
    /// `IPv4`, `IPv6` or `Domain`.
    #[schema(example = "IPv4")]
    network_type: String,
    /// The domains that it leads to, instead of a range.
    domains: Vec<String>,
    /// The one peer that routes, instead of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<NamedRef>,
    /// Groups whose peers route; the first 10.
    peer_groups: Vec<NamedRef>,
    /// How many those are.
    peer_groups_count: usize,
    /// Groups whose peers get it; the first 10.
    groups: Vec<NamedRef>,
    /// How many those are.
    groups_count: usize,
    /// Groups that policies name for what is behind it; the first 10.
    access_control_groups: Vec<NamedRef>,
    /// How many those are.
    access_control_groups_count: usize,
    /// The lower, the better.
    metric: u32,
    /// The network sees the routing peer's address instead of the peer's.
    masquerade: bool,
    /// Addresses stay routed after a domain has changed them.
    keep_route: bool,
    /// Clients leave it off until somebody chooses it.
    skip_auto_apply: bool,
    /// What it says, in words.
    #[schema(example = "172.20.0.0/16 through router-fra-01 for laptops")]
    sentence: String,
}

impl RouteView {
    pub(crate) fn new(account: &Account, names: &RouteNames, route: &Route) -> Self {
        let names = &names.0;
        let through: Vec<&str> =
            names.peer_called(&route.peer).into_iter().chain(names.groups_called(&route.peer_groups)).collect();
        Self {
            id: route.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            network_id: route.network_id.clone(),
            description: route.description.clone(),
            enabled: route.enabled,
            network: route.network.clone(),
            network_type: route.network_type.clone(),
            domains: route.domains.clone(),
            sentence: route.sentence(&through, &names.groups_called(&route.groups)),
            access_control_groups: names.groups(&route.access_control_groups),
            metric: route.metric,
            masquerade: route.masquerade,
            keep_route: route.keep_route,
            skip_auto_apply: route.skip_auto_apply,
            peer: names.peer(&route.peer),
            peer_groups: names.groups(&route.peer_groups),
            peer_groups_count: route.peer_groups.len(),
            groups: names.groups(&route.groups),
            groups_count: route.groups.len(),
            access_control_groups_count: route.access_control_groups.len(),
        }
    }
}

/// Names of what routes refer to.
pub(crate) struct RouteNames(Names);

impl Beside for RouteNames {
    async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        let routes = store.snapshot::<Route>(tenant, sync.account, sync.snapshot(Resource::Routes)).await?;
        let routing = routes.iter().flat_map(|routes| routes.iter()).map(|route| &*route.peer).collect();
        Ok(Self(Names::of_groups_and_peers(store, tenant, sync, routing).await?))
    }
}

impl RouteNames {
    fn is_about(&self, route: &Route, group: &str) -> bool {
        [&route.peer_groups, &route.groups, &route.access_control_groups]
            .into_iter()
            .any(|ids| self.0.has_group(ids, group))
    }
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Network,
    Metric,
    Enabled,
}

impl Listing for Sort {
    type Row = Route;
    type Beside = RouteNames;
    const PATH: &'static str = "/api/netbird/routes";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "networkId",
        "description",
        "enabled",
        "network",
        "networkType",
        "domains",
        "peer",
        "peerGroups",
        "peerGroupsCount",
        "groups",
        "groupsCount",
        "accessControlGroups",
        "accessControlGroupsCount",
        "metric",
        "masquerade",
        "keepRoute",
        "skipAutoApply",
        "sentence",
    ];
    const SORTS: &'static [(&'static str, Self)] =
        &[("networkId", Self::Name), ("network", Self::Network), ("metric", Self::Metric), ("enabled", Self::Enabled)];

    fn first(self, _: &RouteNames, route: &Route) -> String {
        match self {
            Self::Name => String::new(),
            Self::Network => route.destinations().first().copied().unwrap_or_default().to_owned(),
            Self::Metric => format!("{:010}", route.metric),
            Self::Enabled => u8::from(route.enabled).to_string(),
        }
    }

    fn name(route: &Route) -> &str {
        &route.network_id
    }
}

/// Routes
///
/// Of every connected account, each with a sentence that says where it leads, through whom and for whom; as of the last time
/// they were read: they take turns with other lists. After an update of the platform, routes may have to be read anew first:
/// 503 until then. 404 if no connected server gives routes: its release does not have them, or the role of the token's user
/// is too small.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `networkId`, `description`, `enabled`, `network`,
/// `networkType`, `domains`, `peer`, `peerGroups`, `peerGroupsCount`, `groups`, `groupsCount`, `accessControlGroups`,
/// `accessControlGroupsCount`, `metric`, `masquerade`, `keepRoute`, `skipAutoApply`, `sentence`.
#[utoipa::path(get, path = "/api/netbird/routes", operation_id = "listRoutes", tag = "netbird", params(RoutesQuery),
    responses((status = 200, description = "A page of routes", content(
        (Vec<RouteView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account, or no server gives routes"),
    (status = 503, description = "The routes are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<RoutesQuery>,
) -> Result<Response, Problem> {
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let has = |text: &str| text.to_lowercase().contains(&search);
    let wanted = |names: &RouteNames, route: &Route| {
        query.enabled.is_none_or(|is| is == route.enabled)
            && query.group.as_deref().is_none_or(|group| names.is_about(route, group))
            && (has(&route.network_id) || has(&route.description) || route.destinations().into_iter().any(has))
    };
    part.answer(&platform, wanted, RouteView::new).await
}
