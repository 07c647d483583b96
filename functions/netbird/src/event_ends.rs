//! How long peers were away: of each that went when it was back, of each that came back when it had gone.
//!
//! The other end may be on another page, or not wanted by its filters, so it is looked for in the log itself.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Bound;

use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::ids::TenantId;
use platform_core::peer_status::{Transition, TransitionKind};
use platform_store::seen::{Seen, SeenTransition, Walk};
use platform_store::{Result, Store};

use crate::event_view::EventView;
use crate::seen_view::SeenKind;

/// What became of the peers that a page tells of, in the order in which it was seen.
#[derive(Default)]
struct Course(HashMap<String, BTreeMap<String, (TransitionKind, Timestamp)>>);

impl Course {
    fn add(&mut self, seen: &SeenTransition, of: &HashSet<String>) {
        if let Seen::Peer(Transition { peer, at, kind }) = &seen.what
            && of.contains(peer)
        {
            self.0.entry(peer.clone()).or_default().insert(seen.place(), (*kind, *at));
        }
    }

    fn next(&self, peer: &str, place: &str) -> Option<(TransitionKind, Timestamp)> {
        let later = (Bound::Excluded(place), Bound::Unbounded);
        self.0.get(peer)?.range::<str, _>(later).next().map(|(_, what)| *what)
    }

    fn previous(&self, peer: &str, place: &str) -> Option<(TransitionKind, Timestamp)> {
        let earlier = (Bound::Unbounded, Bound::Excluded(place));
        self.0.get(peer)?.range::<str, _>(earlier).next_back().map(|(_, what)| *what)
    }
}

/// Tells of peers on a page how long they were away, as far as the log around it tells. `places` are those of the events.
pub(crate) async fn tell_ends(
    store: &Store,
    tenant: TenantId,
    sync: &SyncState,
    places: &HashMap<String, String>,
    events: &mut [EventView],
) -> Result<()> {
    let kind = |event: &EventView| event.seen.as_ref().map(|seen| seen.kind);
    let is_return = |event: &EventView| kind(event) == Some(SeenKind::PeerOnline);
    let is_end_unknown = |event: &EventView| {
        matches!(kind(event), Some(SeenKind::PeerOffline | SeenKind::PeerUnconfirmed))
            && event.seen.as_ref().is_some_and(|seen| !seen.is_ongoing)
    };
    let concerned: Vec<&EventView> = events.iter().filter(|event| is_return(event) || is_end_unknown(event)).collect();
    let Some(oldest) = concerned.iter().map(|event| event.timestamp).min() else { return Ok(()) };
    let place_of = |event: &EventView| places.get(&event.id).map(String::as_str);
    let peers: HashSet<String> = concerned.iter().map(|event| event.target_id.clone()).collect();
    // Who is not seen going or coming after the page's events is still missing when the walk is at its end.
    let newest: HashMap<&str, Timestamp> = concerned
        .iter()
        .rev()
        .filter(|event| is_end_unknown(event))
        .map(|event| (event.target_id.as_str(), event.timestamp))
        .collect();
    let last_return = concerned.iter().filter(|event| is_return(event)).map(|event| event.timestamp).max();
    let mut course = Course::default();
    let mut missing: HashSet<&str> = newest.keys().copied().collect();
    store
        .walk_transitions(tenant, sync.account, Walk::OnFrom(oldest), &mut |seen| {
            course.add(seen, &peers);
            if let Seen::Peer(Transition { peer, .. }) = &seen.what
                && newest.get(peer.as_str()).is_some_and(|last| seen.seen_at > *last)
            {
                missing.remove(peer.as_str());
            }
            missing.is_empty() && last_return.is_none_or(|last| seen.seen_at > last)
        })
        .await?;
    let mut came: HashSet<&str> = concerned
        .iter()
        .filter(|event| {
            is_return(event) && place_of(event).is_some_and(|at| course.previous(&event.target_id, at).is_none())
        })
        .map(|event| event.target_id.as_str())
        .collect();
    if !came.is_empty() {
        store
            .walk_transitions(tenant, sync.account, Walk::BackFrom(oldest), &mut |seen| {
                if let Seen::Peer(Transition { peer, .. }) = &seen.what
                    && came.remove(peer.as_str())
                {
                    course.add(seen, &peers);
                }
                came.is_empty()
            })
            .await?;
    }
    for event in events {
        let Some(place) = place_of(event) else { continue };
        let Some(mut view) = event.seen.take() else { continue };
        let (next, previous) = (course.next(&event.target_id, place), course.previous(&event.target_id, place));
        match (view.kind, next, previous) {
            (SeenKind::PeerOffline | SeenKind::PeerUnconfirmed, Some((TransitionKind::Connected, at)), _) => {
                view.until = Some(sync.our_time(at));
            }
            (SeenKind::PeerOnline, _, Some((TransitionKind::Disconnected | TransitionKind::Unconfirmed, at))) => {
                view.since = Some(sync.our_time(at));
            }
            _ => {}
        }
        view.tell(event);
    }
    Ok(())
}
