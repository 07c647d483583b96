//! NetBird's events and what the platform saw, in one order: newest first by when it happened there and was seen here.
//!
//! Each of the three logs is read from the place where the page before ended, as far as a page may need. Where one of them
//! was left before its end, what is older in the others waits for the next page.

use jiff::{SignedDuration, Timestamp};
use platform_core::account::{Account, SyncState};
use platform_core::change::LoggedChange;
use platform_core::ids::TenantId;
use platform_core::network::{Event, Peer};
use platform_core::resource::Resource;
use platform_http::Problem;
use platform_store::changes::{ChangeRange, place as place_of_change};
use platform_store::events::EventRange;
use platform_store::seen::{SeenRange, SeenTransition};
use platform_store::sift::Filter;
use platform_store::{Page, Store, sortable};

use crate::event_changes::tell_changes;
use crate::event_ends::tell_ends;
use crate::event_view::EventView;
use crate::seen_view::{Peers, event_of_change, is_untold};

/// The logs, in the order in which they tell of the same millisecond.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Log {
    Netbird,
    Changes,
    Peers,
}

impl Log {
    /// How its sort keys begin, and what stands for it in a place.
    const fn names(self) -> (&'static str, char) {
        match self {
            Self::Netbird => ("EVENT#", '2'),
            Self::Changes => ("CHANGES#", '1'),
            Self::Peers => ("TRANSITIONS#", '0'),
        }
    }

    /// A place among all of them, of one in this log.
    fn place(self, own: &str) -> String {
        let (prefix, rank) = self.names();
        let own = own.strip_prefix(prefix).unwrap_or(own);
        let (time, rest) = own.split_once('#').unwrap_or((own, ""));
        format!("{time}#{rank}#{rest}")
    }

    /// Where this log goes on after a place among all of them.
    fn after(self, place: &str) -> Option<String> {
        let (prefix, rank) = self.names();
        let (time, rest) = place.split_once('#')?;
        let (of, rest) = rest.split_once('#')?;
        Some(match of.chars().next()?.cmp(&rank) {
            std::cmp::Ordering::Equal => format!("{prefix}{time}#{rest}"),
            std::cmp::Ordering::Greater => format!("{prefix}{time}#\u{10FFFF}"),
            std::cmp::Ordering::Less => format!("{prefix}{time}"),
        })
    }
}

/// What is asked for.
pub(crate) struct Asked<'a> {
    pub(crate) with_netbird: bool,
    /// How often accounts are to be read.
    pub(crate) interval: SignedDuration,
    pub(crate) from: Option<Timestamp>,
    pub(crate) to: Option<Timestamp>,
    /// The place where the last page ended.
    pub(crate) after: Option<String>,
    pub(crate) limit: usize,
    /// Which of NetBird's are wanted; all if there is none.
    pub(crate) netbird: Filter<'a, Event>,
    /// Which of the platform's own are.
    pub(crate) platform: &'a (dyn Fn(&EventView) -> bool + Sync),
}

/// Rows of one log, each with its place among all, and how far down they are known.
struct Known {
    rows: Vec<(String, EventView)>,
    down_to: Option<String>,
}

impl Known {
    fn of<T>(log: Log, page: Page<T>, row: impl Fn(T) -> (String, EventView)) -> Self {
        let rows = page.items.into_iter().map(|item| {
            let (own, event) = row(item);
            (log.place(&own), event)
        });
        Self { rows: rows.collect(), down_to: page.next.map(|next| log.place(&next)) }
    }
}

/// A page of all of them, and where it ended if there are more.
pub(crate) async fn merged(
    store: &Store,
    tenant: TenantId,
    account: &Account,
    asked: &Asked<'_>,
) -> Result<(Vec<EventView>, Option<String>), Problem> {
    let sync = store.sync_state(tenant, account.id).await?;
    let (of_netbird, of_changes, of_peers) = tokio::try_join!(
        netbird(store, tenant, account, asked),
        changes(store, tenant, account, asked),
        peers(store, tenant, account, sync.as_ref(), asked),
    )?;
    let known = [of_netbird, of_changes, of_peers];
    // The newest place down to which one of them was not read.
    let down_to = known.iter().filter_map(|known| known.down_to.clone()).max();
    let mut rows: Vec<(String, EventView)> = known.into_iter().flat_map(|known| known.rows).collect();
    rows.retain(|(place, _)| down_to.as_ref().is_none_or(|down_to| place >= down_to));
    rows.sort_unstable_by(|(one, _), (other, _)| other.cmp(one));
    let next = if rows.len() > asked.limit {
        rows.truncate(asked.limit);
        rows.last().map(|(place, _)| place.clone())
    } else {
        down_to
    };
    let places = rows.iter().filter(|(_, event)| event.seen.is_some());
    let places = places.filter_map(|(place, event)| Some((event.id.clone(), Log::Peers.after(place)?))).collect();
    let mut events: Vec<_> = rows.into_iter().map(|(_, event)| event).collect();
    if let Some(sync) = &sync {
        tell_ends(store, tenant, sync, &places, &mut events).await?;
    }
    tell_changes(store, tenant, account.id, &mut events).await?;
    Ok((events, next))
}

async fn netbird(store: &Store, tenant: TenantId, account: &Account, asked: &Asked<'_>) -> Result<Known, Problem> {
    if !asked.with_netbird {
        return Ok(Known { rows: Vec::new(), down_to: None });
    }
    let range = EventRange { from: asked.from, to: asked.to, after: resume(asked, Log::Netbird) };
    let page = store.wanted_events(tenant, account.id, range, asked.netbird, asked.limit).await?;
    Ok(Known::of(Log::Netbird, page, |event| {
        let id: u64 = event.id.parse().unwrap_or_default();
        (format!("{}#{id:020}", sortable(event.timestamp)), EventView::new(account.id, event))
    }))
}

async fn changes(store: &Store, tenant: TenantId, account: &Account, asked: &Asked<'_>) -> Result<Known, Problem> {
    let range = ChangeRange { from: asked.from, to: asked.to, after: resume(asked, Log::Changes) };
    let wanted =
        |change: &LoggedChange| is_untold(change) && (asked.platform)(&event_of_change(account.id, change.clone()));
    let filter: Filter<'_, LoggedChange> = Some(&wanted);
    let page = store.changes(tenant, account.id, range, filter, asked.limit).await?;
    Ok(Known::of(Log::Changes, page, |change| (place_of_change(&change.id), event_of_change(account.id, change))))
}

async fn peers(
    store: &Store,
    tenant: TenantId,
    account: &Account,
    sync: Option<&SyncState>,
    asked: &Asked<'_>,
) -> Result<Known, Problem> {
    let Some(sync) = sync else { return Ok(Known { rows: Vec::new(), down_to: None }) };
    let all = store.snapshot::<Peer>(tenant, account.id, sync.snapshot(Resource::Peers)).await?.unwrap_or_default();
    let known = all.iter().map(|peer| (peer.id.as_str(), peer)).collect();
    let peers = Peers { account: account.id, sync, interval: asked.interval, known };
    let wanted = |seen: &SeenTransition| peers.tells(seen, account.created_at) && (asked.platform)(&peers.event(seen));
    let range = SeenRange { from: asked.from, to: asked.to, after: resume(asked, Log::Peers) };
    let page = store.seen_transitions(tenant, account.id, range, &wanted, asked.limit).await?;
    Ok(Known::of(Log::Peers, page, |seen| (seen.place(), peers.event(&seen))))
}

fn resume(asked: &Asked<'_>, log: Log) -> Option<String> {
    log.after(asked.after.as_deref()?)
}
