//! `GET /api/alerts/{id}/peers`

use std::collections::HashSet;

use axum::extract::State;
use axum::response::Response;
use jiff::Timestamp;
use platform_core::episode::Episode;
use platform_core::finding::AffectedPeer;
use platform_core::ids::AlertId;
use platform_http::Problem;
use platform_http::extract::{Id, Query};
use platform_http::gate::Reader;
use platform_http::page::{Paged, limit};
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AlertPeersQuery {
    /// Items a page holds, 1 to 1000; 50 if absent.
    limit: Option<usize>,
    /// Where the last page ended, from its `Link` header.
    cursor: Option<String>,
}

/// A peer that an alert was ever about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AlertPeer)]
pub(crate) struct AlertPeerView {
    id: String,
    /// As it was called when it went.
    name: String,
    /// Since when it was as the rule says.
    since: Timestamp,
    /// Whether the alert still stands for it. It does so until the peer is back for as long as the rule wants.
    is_affected: bool,
}

/// The peers of an alert
///
/// Every peer that it was ever about, in the order of their ids: an alert itself names the first 20 that are left. Of an
/// alert of one alert per rule, those that it names.
#[utoipa::path(get, path = "/api/alerts/{id}/peers", operation_id = "listAlertPeers", tag = "alerts",
    params(("id" = Uuid, Path), AlertPeersQuery),
    responses((status = 200, description = "A page of peers", body = Vec<AlertPeerView>)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
    Query(query): Query<AlertPeersQuery>,
) -> Result<Response, Problem> {
    let limit = limit(query.limit)?;
    let list = Paged::new(reader.tenant, &format!("/api/alerts/{id}/peers"), &[]);
    let after = list.open(query.cursor.as_deref())?;
    let (store, tenant, id) = (&platform.store, reader.tenant, AlertId::from_uuid(id));
    let (alert, kept) = tokio::try_join!(store.alert(tenant, id), store.alert_peers(tenant, id))?;
    let alert = alert.ok_or_else(|| Problem::not_found("alert"))?;
    let episode = store.episode(tenant, alert.account, alert.rule, alert.id).await?;
    let is_apart = !kept.is_empty();
    let mut peers = if is_apart { kept } else { alert.affected.peers };
    // One that went, returned and went again within an alert: as it was last.
    peers.sort_by(|a, b| a.id.cmp(&b.id).then(b.since.cmp(&a.since)));
    peers.dedup_by(|a, b| a.id == b.id);
    let affected: HashSet<&str> = episode.iter().flat_map(Episode::members).collect();
    let is_active = alert.status.is_active();
    let view = |peer: AffectedPeer| AlertPeerView {
        is_affected: is_active && (!is_apart || affected.contains(peer.id.as_str())),
        id: peer.id,
        name: peer.name,
        since: peer.since,
    };
    let total = peers.len();
    let begin = after.map_or(0, |after| peers.partition_point(|peer| peer.id <= after));
    let end = total.min(begin.saturating_add(limit));
    let next = (end < total && end > begin).then(|| peers[end - 1].id.clone());
    let page: Vec<AlertPeerView> = peers.drain(begin..end).map(view).collect();
    Ok(list.answer(page, next.as_deref(), total, limit))
}
