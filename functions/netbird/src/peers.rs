//! `GET /api/netbird/peers`

use std::net::IpAddr;

use axum::extract::State;
use axum::response::Response;
use platform_core::account::Account;
use platform_core::network::{Peer, PeerStatus};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit, one_of};
use platform_runtime::Platform;
use platform_store::sortable;
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::lists::{Order, Part};
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

const SORTS: &[(&str, Sort)] = &[
    ("name", Sort::Name),
    ("status", Sort::Status),
    ("lastSeen", Sort::LastSeen),
    ("ip", Sort::Ip),
    ("os", Sort::Os),
    ("version", Sort::Version),
];

impl Sort {
    /// What a peer is sorted by, as text that sorts alike; the id makes it unique and is where a cursor points.
    fn place(self, account: &Account, peer: &Peer) -> String {
        let name = peer.name.to_lowercase();
        let first = match self {
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
    let order = Order::parse(query.sort.as_deref(), SORTS)?;
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

    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let os = query.os.as_deref().unwrap_or_default().to_lowercase();
    let wanted = |peer: &Peer| {
        (statuses.is_empty() || statuses.contains(&peer.status))
            && query.group.as_ref().is_none_or(|group| peer.groups.iter().any(|of_peer| of_peer.name == *group))
            && (os.is_empty() || peer.os.to_lowercase().contains(&os))
            && (search.is_empty() || is_found(peer, &search))
    };
    let part = Part { tenant: reader.tenant, account: query.account_id, order, after, limit };
    let place = |account: &Account, peer: &Peer| wanted(peer).then(|| order.by.place(account, peer));
    let page = part.page(&platform, place, PeerView::new).await?;
    Ok(list.answer(page.items, page.next.as_deref(), page.total, limit))
}

fn is_found(peer: &Peer, search: &str) -> bool {
    [&peer.name, &peer.hostname, &peer.ip, &peer.dns_label].into_iter().any(|text| text.to_lowercase().contains(search))
        || peer.connection_ip.as_ref().is_some_and(|ip| ip.contains(search))
}
