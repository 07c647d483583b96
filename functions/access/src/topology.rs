//! `GET /api/dashboard/topology`

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::network::{Group, NetworkRouter, Peer, PeerStatus};
use platform_core::reach::{Ask, Edge, EdgeEnd, Inventory, Model, Protocol};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{fitting, json_bytes};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::ask::ask;
use crate::lists::Lists;

/// Most nodes of each kind.
const MOST_NODES: usize = 500;
/// Most edges.
const MOST_EDGES: usize = 3_000;
/// Edges that are looked at: policies may say things about many groups, without end.
const MOST_LOOKED_AT: usize = 20_000;
/// Bytes of the edges, and of the nodes of each of six kinds: a function may answer with six million in all, after each quotation
/// mark has become two.
const MOST_BYTES: usize = 1 << 20;
const MOST_NODE_BYTES: usize = 256 << 10;
/// Ports, posture checks and groups that one thing is shown with.
const SHOWN: usize = 10;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct TopologyQuery {
    /// The account whose network it is; if absent, the oldest.
    account_id: Option<Uuid>,
    /// NetBird's id of a group whose peers are to be shown one by one.
    group: Option<String>,
    /// Only edges that are about this protocol. `all`, or absent: any.
    #[param(inline)]
    protocol: Option<Protocol>,
    /// Only edges that are about this port, 0 to 65535. Not for `icmp`.
    port: Option<u16>,
}

/// A network as a graph. Every id is the same in each answer, so that what is drawn can stay where it is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Topology)]
pub(crate) struct TopologyView {
    account_id: Uuid,
    account_name: String,
    /// In the order of their names.
    groups: Vec<GroupNode>,
    /// Those of the group that is asked for, and those that a rule names by themselves.
    peers: Vec<PeerNode>,
    networks: Vec<NetworkNode>,
    resources: Vec<ResourceNode>,
    routers: Vec<RouterNode>,
    routes: Vec<RouteNode>,
    /// What the policies say between them, off ones too.
    edges: Vec<EdgeView>,
    limits: TopologyLimits,
    /// What was left out because of the limits.
    omitted: TopologyOmitted,
    /// Names of lists that are missing, or older than the others: their last answer could not be read.
    unread: Vec<String>,
    /// When the account was read in full; absent until it was for the first time.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
}

/// A group.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyGroup)]
struct GroupNode {
    /// `group:` and NetBird's id.
    id: String,
    name: String,
    /// Peers in it.
    peers: usize,
    online: usize,
    offline: usize,
    unconfirmed: usize,
    /// Resources in it.
    resources: usize,
}

/// A peer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyPeer)]
struct PeerNode {
    /// `peer:` and NetBird's id.
    id: String,
    name: String,
    ip: String,
    status: PeerStatus,
    /// Ids of the first of its groups.
    groups: Vec<String>,
}

/// A network behind routers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyNetwork)]
struct NetworkNode {
    /// `network:` and NetBird's id.
    id: String,
    name: String,
}

/// A resource of a network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyResource)]
struct ResourceNode {
    /// `resource:` and NetBird's id.
    id: String,
    /// Id of its network; absent if that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<String>,
    name: String,
    /// `host`, `subnet` or `domain`.
    #[serde(rename = "type")]
    kind: String,
    address: String,
    enabled: bool,
    /// Ids of the first of its groups.
    groups: Vec<String>,
}

/// A router of a network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyRouter)]
struct RouterNode {
    /// `router:` and NetBird's id.
    id: String,
    /// Id of its network; absent if that is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<String>,
    /// The peer that routes; absent where it is the peers of groups, or is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<PeerNode>,
    /// Ids of the first groups whose peers route.
    peer_groups: Vec<String>,
    /// The lower, the better.
    metric: u32,
    enabled: bool,
}

/// A route of the older kind.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyRoute)]
struct RouteNode {
    /// `route:` and NetBird's id.
    id: String,
    name: String,
    /// The first ranges or domains that it leads to.
    destinations: Vec<String>,
    /// The peer that routes; absent where it is the peers of groups, or is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer: Option<PeerNode>,
    /// Ids of the first groups whose peers route.
    peer_groups: Vec<String>,
    /// Ids of the first groups whose peers get it.
    groups: Vec<String>,
    /// Ids of the first groups that policies name for what is behind it. If there are none, no policy is needed.
    access_control_groups: Vec<String>,
    enabled: bool,
}

/// What one rule says between two nodes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TopologyEdge)]
struct EdgeView {
    id: String,
    /// Id of the group or peer that opens connections.
    from: String,
    /// Id of the group, peer or resource that it reaches.
    to: String,
    /// `accept`, `drop`, or what else the server calls it.
    action: String,
    /// The other way round, too. Never so where it leads to a resource.
    bidirectional: bool,
    /// Whether policy and rule are on, and so is the resource that it leads to.
    enabled: bool,
    /// `all`, `tcp`, `udp`, `icmp`, `netbird-ssh`, or what else the server calls it.
    protocol: String,
    /// The first ports and ranges of them; every port if empty.
    ports: Vec<String>,
    /// On what, in words.
    services: Vec<String>,
    /// NetBird's id of the policy.
    policy_id: String,
    policy_name: String,
    /// Names of the first posture checks that peers of the sources must pass.
    posture_checks: Vec<String>,
    /// What of it is not understood: it may be about less than it seems.
    #[serde(skip_serializing_if = "Option::is_none")]
    unclear: Option<String>,
}

/// What an answer is cut by.
#[derive(Serialize, ToSchema)]
#[schema(as = TopologyLimits)]
struct TopologyLimits {
    /// Most nodes of each kind; fewer if they are large.
    nodes: usize,
    /// Most edges; fewer if they are large.
    edges: usize,
}

/// How many were left out.
#[derive(Serialize, Default, ToSchema)]
#[schema(as = TopologyOmitted)]
struct TopologyOmitted {
    groups: usize,
    peers: usize,
    networks: usize,
    resources: usize,
    routers: usize,
    routes: usize,
    /// Also those that lead from or to nodes that were left out. At least so many: 20,000 are looked at.
    edges: usize,
}

/// A network as a graph
///
/// Groups with how their peers do, networks with resources and routers, routes, and what the policies say between them: direction,
/// protocol, ports, posture checks, what drops. The peers of one group on demand. As of the account's last sync; 503 while
/// lists have to be read anew.
#[utoipa::path(get, path = "/api/dashboard/topology", operation_id = "getTopology", tag = "dashboard", params(TopologyQuery),
    responses((status = 200, description = "The graph", body = TopologyView),
    (status = 404, description = "No such account or group"),
    (status = 409, description = "The network is too large to be judged"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<TopologyQuery>,
) -> Result<Json<TopologyView>, Problem> {
    let ask = ask(query.protocol, query.port)?;
    let lists = Lists::read(&platform, reader.tenant, query.account_id).await?;
    // Of a large network this takes milliseconds: other requests go on meanwhile.
    let drawn = tokio::task::spawn_blocking(move || Drawing::new(&lists).view(query.group.as_deref(), ask));
    drawn.await.map_err(Problem::internal)?.map(Json)
}

/// What the graph is drawn from.
struct Drawing<'a> {
    lists: &'a Lists,
    inventory: Inventory<'a>,
    peers: BTreeMap<&'a str, &'a Peer>,
    /// Networks by the ids of their resources and routers.
    networks: BTreeMap<&'a str, &'a str>,
}

fn key(kind: &str, id: &str) -> String {
    format!("{kind}:{id}")
}

fn keys(kind: &str, ids: &[String]) -> Vec<String> {
    ids.iter().take(SHOWN).map(|id| key(kind, id)).collect()
}

/// The first so many, and how many are left out.
fn cut<T: Serialize>(mut all: Vec<T>) -> (Vec<T>, usize) {
    let total = all.len();
    all.truncate(MOST_NODES);
    // What cannot be written is refused where the answer is written.
    all.truncate(fitting(&all, MOST_NODE_BYTES).unwrap_or(MOST_NODES));
    let omitted = total - all.len();
    (all, omitted)
}

impl<'a> Drawing<'a> {
    fn new(lists: &'a Lists) -> Self {
        let inventory = lists.inventory();
        let networks = inventory.networks.unwrap_or_default().iter().flat_map(|network| {
            network.resources.iter().chain(&network.routers).map(|id| (id.as_str(), network.id.as_str()))
        });
        let peers = inventory.peers.iter().map(|peer| (peer.id.as_str(), peer));
        Self { lists, inventory, peers: peers.collect(), networks: networks.collect() }
    }

    fn view(&self, group: Option<&str>, ask: Ask) -> Result<TopologyView, Problem> {
        let (groups, omitted_groups) = cut(self.groups());
        let (networks, omitted_networks) = cut(self.networks());
        let (resources, omitted_resources) = cut(self.resources());
        let (routers, omitted_routers) = cut(self.routers());
        let (routes, omitted_routes) = cut(self.routes());
        let model = Model::new(self.inventory);
        let mut shown = self.members(group)?;
        let mut known: BTreeSet<&str> = shown.iter().map(|peer| peer.id.as_str()).collect();
        for edge in model.edges_on(ask).take(MOST_LOOKED_AT) {
            for end in [&edge.from, &edge.to] {
                let EdgeEnd::Peer(id) = end else { continue };
                let named = self.peers.get(id.as_str()).copied();
                shown.extend(named.filter(|peer| known.insert(&peer.id)));
            }
        }
        let (peers, omitted_peers) = cut(shown.into_iter().map(PeerNode::new).collect());
        let nodes = groups.iter().map(|node| &node.id).chain(peers.iter().map(|node| &node.id));
        let nodes: BTreeSet<&String> = nodes.chain(resources.iter().map(|node| &node.id)).collect();
        let (edges, omitted_edges) = edges(&model, ask, &nodes);
        Ok(TopologyView {
            account_id: self.lists.account.id.uuid(),
            account_name: self.lists.account.name.clone(),
            edges,
            limits: TopologyLimits { nodes: MOST_NODES, edges: MOST_EDGES },
            omitted: TopologyOmitted {
                groups: omitted_groups,
                peers: omitted_peers,
                networks: omitted_networks,
                resources: omitted_resources,
                routers: omitted_routers,
                routes: omitted_routes,
                edges: omitted_edges,
            },
            unread: self.lists.unread.clone(),
            as_of: self.lists.as_of(),
            groups,
            peers,
            networks,
            resources,
            routers,
            routes,
        })
    }

    /// The peers of the group that is asked for, by name.
    fn members(&self, group: Option<&str>) -> Result<Vec<&'a Peer>, Problem> {
        let Some(id) = group else { return Ok(Vec::new()) };
        let is_in = |peer: &&Peer| peer.groups.iter().any(|group| group.id == id);
        let mut members: Vec<&Peer> = self.inventory.peers.iter().filter(is_in).collect();
        let is_listed = self.inventory.groups.unwrap_or_default().iter().any(|group| group.id == id);
        if members.is_empty() && !is_listed {
            return Err(Problem::not_found("group"));
        }
        members.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        Ok(members)
    }

    fn groups(&self) -> Vec<GroupNode> {
        let mut groups: BTreeMap<&str, GroupNode> = BTreeMap::new();
        for Group { id, name, .. } in self.inventory.groups.unwrap_or_default() {
            groups.insert(id, GroupNode::new(id, name));
        }
        for peer in self.inventory.peers {
            for group in &peer.groups {
                let node = groups.entry(&group.id).or_insert_with(|| GroupNode::new(&group.id, &group.name));
                node.peers += 1;
                match peer.status {
                    PeerStatus::Online => node.online += 1,
                    PeerStatus::Offline => node.offline += 1,
                    PeerStatus::Unconfirmed => node.unconfirmed += 1,
                }
            }
        }
        for group in self.inventory.resources.unwrap_or_default().iter().flat_map(|resource| &resource.groups) {
            groups.entry(&group.id).or_insert_with(|| GroupNode::new(&group.id, &group.name)).resources += 1;
        }
        let mut groups: Vec<GroupNode> = groups.into_values().collect();
        groups.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
        groups
    }

    fn networks(&self) -> Vec<NetworkNode> {
        let networks = self.inventory.networks.unwrap_or_default().iter();
        networks.map(|one| NetworkNode { id: key("network", &one.id), name: one.name.clone() }).collect()
    }

    fn network_of(&self, id: &str) -> Option<String> {
        self.networks.get(id).map(|network| key("network", network))
    }

    fn peer(&self, id: &str) -> Option<PeerNode> {
        self.peers.get(id).map(|peer| PeerNode::new(peer))
    }

    fn resources(&self) -> Vec<ResourceNode> {
        let resources = self.inventory.resources.unwrap_or_default().iter();
        let node = resources.map(|one| ResourceNode {
            id: key("resource", &one.id),
            network: self.network_of(&one.id),
            name: one.name.clone(),
            kind: one.kind.clone(),
            address: one.address.clone(),
            enabled: one.enabled,
            groups: one.groups.iter().take(SHOWN).map(|group| key("group", &group.id)).collect(),
        });
        node.collect()
    }

    fn routers(&self) -> Vec<RouterNode> {
        let routers = self.inventory.routers.unwrap_or_default().iter();
        let node = |one: &NetworkRouter| RouterNode {
            id: key("router", &one.id),
            network: self.network_of(&one.id),
            peer: self.peer(&one.peer),
            peer_groups: keys("group", &one.peer_groups),
            metric: one.metric,
            enabled: one.enabled,
        };
        routers.map(node).collect()
    }

    fn routes(&self) -> Vec<RouteNode> {
        let routes = self.inventory.routes.unwrap_or_default().iter();
        let node = routes.map(|one| RouteNode {
            id: key("route", &one.id),
            name: one.network_id.clone(),
            destinations: one.destinations().into_iter().take(SHOWN).map(str::to_owned).collect(),
            peer: self.peer(&one.peer),
            peer_groups: keys("group", &one.peer_groups),
            groups: keys("group", &one.groups),
            access_control_groups: keys("group", &one.access_control_groups),
            enabled: one.enabled,
        });
        node.collect()
    }
}

/// The edges between nodes that are shown, and how many are left out.
fn edges(model: &Model<'_>, ask: Ask, nodes: &BTreeSet<&String>) -> (Vec<EdgeView>, usize) {
    let (mut views, mut omitted, mut bytes) = (Vec::new(), 0, 0);
    for edge in model.edges_on(ask).take(MOST_LOOKED_AT) {
        let view = EdgeView::new(edge);
        let size = json_bytes(&view).unwrap_or(0);
        let is_between_nodes = nodes.contains(&view.from) && nodes.contains(&view.to);
        if is_between_nodes && views.len() < MOST_EDGES && bytes + size <= MOST_BYTES {
            bytes += size;
            views.push(view);
        } else {
            omitted += 1;
        }
    }
    (views, omitted)
}

impl GroupNode {
    fn new(id: &str, name: &str) -> Self {
        Self {
            id: key("group", id),
            name: name.to_owned(),
            peers: 0,
            online: 0,
            offline: 0,
            unconfirmed: 0,
            resources: 0,
        }
    }
}

impl PeerNode {
    fn new(peer: &Peer) -> Self {
        Self {
            id: key("peer", &peer.id),
            name: peer.name.clone(),
            ip: peer.ip.clone(),
            status: peer.status,
            groups: peer.groups.iter().take(SHOWN).map(|group| key("group", &group.id)).collect(),
        }
    }
}

impl EdgeView {
    fn new(edge: Edge) -> Self {
        Self {
            id: edge.id,
            from: edge.from.key(),
            to: edge.to.key(),
            action: edge.action,
            bidirectional: edge.bidirectional,
            enabled: edge.is_on,
            protocol: edge.protocol,
            ports: edge.ports.into_iter().take(SHOWN).collect(),
            services: edge.services,
            policy_id: edge.policy,
            policy_name: edge.policy_name,
            posture_checks: edge.posture_checks.into_iter().take(SHOWN).collect(),
            unclear: edge.unclear,
        }
    }
}
