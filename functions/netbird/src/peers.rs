//! `GET /api/netbird/peers`

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use futures::future::try_join_all;
use platform_core::account::Account;
use platform_core::network::{Peer, PeerStatus};
use platform_core::resource::Resource;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use platform_store::sortable;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::peer_view::PeerView;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeersQuery {
    /// Part of a name, hostname, address or DNS label.
    search: Option<String>,
    /// One or more of `online`, `offline`, `unconfirmed`, with commas between.
    status: Option<String>,
    /// Name of a group.
    group: Option<String>,
    /// Part of the operating system's name.
    os: Option<String>,
    /// Only this account's peers.
    account_id: Option<Uuid>,
    /// `name`, `status`, `lastSeen`, `ip`, `os` or `version`; with `-` in front, the other way round.
    #[param(example = "-lastSeen")]
    sort: Option<String>,
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

#[derive(Clone, Copy)]
enum Sort {
    Name,
    Status,
    LastSeen,
    Ip,
    Os,
    Version,
}

struct Order {
    by: Sort,
    descending: bool,
}

impl Order {
    fn parse(text: Option<&str>) -> Result<Self, Problem> {
        let text = text.unwrap_or("name");
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let by = match name {
            "name" => Sort::Name,
            "status" => Sort::Status,
            "lastSeen" => Sort::LastSeen,
            "ip" => Sort::Ip,
            "os" => Sort::Os,
            "version" => Sort::Version,
            _ => {
                return Err(Problem::field(
                    "/sort",
                    "must be name, status, lastSeen, ip, os or version, perhaps with - in front",
                ));
            }
        };
        Ok(Self { by, descending })
    }

    /// What a peer is sorted by, as text that sorts alike; the id makes it unique and is where a cursor points.
    fn place(&self, account: &Account, peer: &Peer) -> String {
        let name = peer.name.to_lowercase();
        let first = match self.by {
            Sort::Name => String::new(),
            // What asks for attention comes first.
            Sort::Status => match peer.status {
                PeerStatus::Offline => "0",
                PeerStatus::Unconfirmed => "1",
                PeerStatus::Online => "2",
            }
            .to_owned(),
            Sort::LastSeen => sortable(peer.last_seen),
            Sort::Ip => match peer.ip.parse() {
                Ok(IpAddr::V4(ip)) => format!("4{:010}", u32::from(ip)),
                Ok(IpAddr::V6(ip)) => format!("6{:039}", u128::from(ip)),
                Err(_) => format!("9{}", peer.ip),
            },
            Sort::Os => peer.os.to_lowercase(),
            Sort::Version => peer.version.split('.').map(|part| format!("{part:0>6}.")).collect(),
        };
        format!("{first}\u{1}{name}\u{1}{}\u{1}{}", peer.id, account.id)
    }
}

/// Peers
///
/// Of every connected account, as of its last sync. While an account cannot be read, its peers keep their last state.
/// After an update of the platform, peers may have to be read anew first: 503 until the next sync.
#[utoipa::path(get, path = "/api/netbird/peers", operation_id = "listPeers", tag = "netbird", params(PeersQuery),
    responses((status = 200, description = "A page of peers", body = Vec<PeerView>),
    (status = 404, description = "No such account"),
    (status = 503, description = "The peers are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<PeersQuery>,
) -> Result<Response, Problem> {
    let order = Order::parse(query.sort.as_deref())?;
    let statuses = one_of(query.status.as_deref(), "/status")?;
    let limit = limit(query.limit)?;
    let filters = [
        ("search", query.search.clone()),
        ("status", query.status.clone()),
        ("group", query.group.clone()),
        ("os", query.os.clone()),
        ("accountId", query.account_id.map(|id| id.to_string())),
        ("sort", query.sort.clone()),
    ];
    let list = Paged::new(reader.tenant, "/api/netbird/peers", &filters);
    let after = list.open(query.cursor.as_deref())?;

    let networks = networks(&platform, reader, query.account_id).await?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let os = query.os.as_deref().unwrap_or_default().to_lowercase();
    let wanted = |peer: &Peer| {
        (statuses.is_empty() || statuses.contains(&peer.status))
            && query.group.as_ref().is_none_or(|group| peer.groups.iter().any(|of_peer| of_peer.name == *group))
            && (os.is_empty() || peer.os.to_lowercase().contains(&os))
            && (search.is_empty() || is_found(peer, &search))
    };
    let mut found: Vec<(String, &Account, &Peer)> = Vec::new();
    for (account, peers) in &networks {
        found.extend(peers.iter().filter(|peer| wanted(peer)).map(|peer| (order.place(account, peer), account, peer)));
    }
    found.sort_unstable_by(|a, b| if order.descending { b.0.cmp(&a.0) } else { a.0.cmp(&b.0) });
    let begin = after.map_or(0, |after| {
        found.partition_point(|(place, ..)| if order.descending { *place >= after } else { *place <= after })
    });
    let page = &found[begin..found.len().min(begin + limit)];
    let more = begin + page.len() < found.len();
    let next = page.last().filter(|_| more).map(|(place, ..)| place.as_str());
    let views = page.iter().map(|(_, account, peer)| PeerView::new(account, peer)).collect();
    Ok(list.answer(views, next, found.len(), limit))
}

fn is_found(peer: &Peer, search: &str) -> bool {
    [&peer.name, &peer.hostname, &peer.ip, &peer.dns_label].into_iter().any(|text| text.to_lowercase().contains(search))
        || peer.connection_ip.as_ref().is_some_and(|ip| ip.contains(search))
}

/// The accounts asked for, each with its peers.
async fn networks(
    platform: &Platform,
    reader: Reader,
    only: Option<Uuid>,
) -> Result<Vec<(Account, Arc<Vec<Peer>>)>, Problem> {
    let tenant = reader.tenant;
    let (accounts, states) = tokio::join!(platform.store.accounts(tenant), platform.store.sync_states(tenant));
    let mut accounts = accounts?;
    accounts.retain(|account| only.is_none_or(|id| id == account.id.uuid()));
    if accounts.is_empty() && only.is_some() {
        return Err(Problem::not_found("account"));
    }
    let states = states?;
    let read = accounts.into_iter().map(|account| async {
        let sync = states.iter().find(|sync| sync.account == account.id);
        let digest = sync.and_then(|sync| sync.snapshot(Resource::Peers));
        let peers = platform.store.snapshot::<Peer>(tenant, account.id, digest).await?;
        // What an update or a fault made unreadable is back after the next sync. An account that is not synced keeps
        // nobody from seeing the others meanwhile.
        let returns = sync.is_some_and(|sync| {
            sync.snapshots.contains_key(&Resource::Peers) && !sync.paused && sync.not_before.is_none()
        });
        match peers {
            None if returns => Err(Problem::not_read_yet(platform.sync_interval.as_secs())),
            peers => Ok((account, peers.unwrap_or_default())),
        }
    });
    try_join_all(read).await
}
