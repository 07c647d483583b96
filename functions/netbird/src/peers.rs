//! `GET /api/netbird/peers`

use std::collections::HashSet;
use std::net::IpAddr;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::network::{Peer, PeerStatus};
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::file::AnswerAs;
use platform_http::gate::Reader;
use platform_http::page::one_of;
use platform_runtime::Platform;
use platform_store::sortable;
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::lists::{Listing, Part};
use crate::peer_view::{PeerView, Users};

#[derive(Deserialize, Serialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeersQuery {
    /// Part of a name, hostname, address or DNS label, or of its user's name.
    search: Option<String>,
    /// One or more of `online`, `offline`, `unconfirmed`, with commas between.
    status: Option<String>,
    /// Name of a group.
    group: Option<String>,
    /// Names of groups, with commas between: peers in any of them. A group whose name has a comma goes by its id.
    #[param(example = "servers,laptops")]
    groups: Option<String>,
    /// Part of the operating system's name.
    os: Option<String>,
    /// The client's version, whole.
    #[param(example = "0.59.1")]
    version: Option<String>,
    /// NetBird's id of the user that a peer belongs to.
    user_id: Option<String>,
    /// Codes of countries that peers connect from, with commas between.
    #[param(example = "DE,FR")]
    country: Option<String>,
    /// Only peers whose login expired, or only the others.
    login_expired: Option<bool>,
    /// Only peers that wait for approval, or only the others.
    approval_required: Option<bool>,
    /// Only peers last seen at this time or later.
    last_seen_after: Option<Timestamp>,
    /// Only peers last seen before this time.
    last_seen_before: Option<Timestamp>,
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

impl Listing for Sort {
    type Row = Peer;
    type Beside = Users;
    const PATH: &'static str = "/api/netbird/peers";
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "accountId",
        "accountName",
        "name",
        "hostname",
        "ip",
        "ipv6",
        "connectionIp",
        "location",
        "status",
        "since",
        "lastSeen",
        "lastLogin",
        "createdAt",
        "os",
        "kernelVersion",
        "version",
        "groups",
        "userId",
        "userName",
        "dnsLabel",
        "loginExpired",
        "approvalRequired",
        "ephemeral",
        "sshEnabled",
        "dnsEnabled",
        "firewallEnabled",
    ];
    const SORTS: &'static [(&'static str, Self)] = &[
        ("name", Self::Name),
        ("status", Self::Status),
        ("lastSeen", Self::LastSeen),
        ("ip", Self::Ip),
        ("os", Self::Os),
        ("version", Self::Version),
    ];

    fn first(self, _: &Users, peer: &Peer) -> String {
        match self {
            Self::Name => String::new(),
            // What asks for attention comes first.
            Self::Status => match peer.status {
                PeerStatus::Offline => "0",
                PeerStatus::Unconfirmed => "1",
                PeerStatus::Online => "2",
            }
            .to_owned(),
            Self::LastSeen => sortable(peer.last_seen),
            Self::Ip => match peer.ip.parse() {
                Ok(IpAddr::V4(ip)) => format!("4{:010}", u32::from(ip)),
                Ok(IpAddr::V6(ip)) => format!("6{:039}", u128::from(ip)),
                Err(_) => format!("9{}", peer.ip),
            },
            Self::Os => peer.os.to_lowercase(),
            Self::Version => peer.version.split('.').map(|part| format!("{part:0>6}.")).collect(),
        }
    }

    fn name(peer: &Peer) -> &str {
        &peer.name
    }
}

/// Peers
///
/// Of every connected account, as of its last sync. While an account cannot be read, its peers keep their last state.
/// After an update of the platform, peers may have to be read anew first: 503 until the next sync.
///
/// With `Accept: text/csv` it is a file of at most 20,000 rows a part: while there is a `Link` header to the next one,
/// it goes on there. Its columns: `id`, `accountId`, `accountName`, `name`, `hostname`, `ip`, `ipv6`, `connectionIp`,
/// `location`, `status`, `since`, `lastSeen`, `lastLogin`, `createdAt`, `os`, `kernelVersion`, `version`, `groups`,
/// `userId`, `userName`, `dnsLabel`, `loginExpired`, `approvalRequired`, `ephemeral`, `sshEnabled`, `dnsEnabled`,
/// `firewallEnabled`.
#[utoipa::path(get, path = "/api/netbird/peers", operation_id = "listPeers", tag = "netbird", params(PeersQuery),
    responses((status = 200, description = "A page of peers", content(
        (Vec<PeerView> = "application/json"), (String = "text/csv"))),
    (status = 404, description = "No such account"),
    (status = 503, description = "The peers are being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    form: AnswerAs,
    Query(query): Query<PeersQuery>,
) -> Result<Response, Problem> {
    let statuses = one_of(query.status.as_deref(), "/status")?;
    let part = Part::<Sort>::of(reader.tenant, &query, form)?;
    let search = query.search.as_deref().unwrap_or_default().trim().to_lowercase();
    let os = query.os.as_deref().unwrap_or_default().to_lowercase();
    let groups: Option<HashSet<&str>> = query.groups.as_deref().map(|groups| groups.split(',').collect());
    let is_in = |any: &HashSet<&str>, peer: &Peer| {
        peer.groups.iter().any(|group| any.contains(&*group.name) || any.contains(&*group.id))
    };
    let from = query.country.as_deref();
    let is_from = |code: &str| from.is_none_or(|codes| codes.split(',').any(|one| one.eq_ignore_ascii_case(code)));
    let wanted = |users: &Users, peer: &Peer| {
        (statuses.is_empty() || statuses.contains(&peer.status))
            && query.group.as_ref().is_none_or(|group| peer.groups.iter().any(|of_peer| of_peer.name == *group))
            && groups.as_ref().is_none_or(|any| is_in(any, peer))
            && is_from(&peer.country_code)
            && (os.is_empty() || peer.os.to_lowercase().contains(&os))
            && query.version.as_deref().is_none_or(|version| version == peer.version)
            && query.user_id.as_deref().is_none_or(|user| user == peer.user_id)
            && query.login_expired.is_none_or(|is| is == peer.login_expired)
            && query.approval_required.is_none_or(|is| is == peer.approval_required)
            && query.last_seen_after.is_none_or(|at| peer.last_seen >= at)
            && query.last_seen_before.is_none_or(|at| peer.last_seen < at)
            && (search.is_empty() || is_found(users, peer, &search))
    };
    part.answer(&platform, wanted, PeerView::new).await
}

fn is_found(users: &Users, peer: &Peer, search: &str) -> bool {
    [&peer.name, &peer.hostname, &peer.ip, &peer.dns_label].into_iter().any(|text| text.to_lowercase().contains(search))
        || users.name(peer).is_some_and(|name| name.to_lowercase().contains(search))
        || peer.connection_ip.as_ref().is_some_and(|ip| ip.contains(search))
}
