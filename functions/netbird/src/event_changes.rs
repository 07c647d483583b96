//! What changed in the configuration by an event of NetBird's: the log of changes knows of each the event that tells of it.

use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform_core::change::LoggedChange;
use platform_core::ids::{AccountId, TenantId};
use platform_core::resource::Resource;
use platform_store::changes::ChangeRange;
use platform_store::sift::Filter;
use platform_store::{Result, Store};

use crate::event_view::{EventSource, EventView};

/// Most changes of a page of events: a set of lists that were replaced at once has thousands.
const MOST: usize = 1_000;
/// How much later than its event a change may be seen, and how much earlier where clocks differ.
const LATE: SignedDuration = SignedDuration::from_hours(24);
const EARLY: SignedDuration = SignedDuration::from_mins(30);

/// Tells in NetBird's events of a page what changed by them.
pub(crate) async fn tell_changes(
    store: &Store,
    tenant: TenantId,
    account: AccountId,
    events: &mut [EventView],
) -> Result<()> {
    let tells = |event: &&mut EventView| {
        let code = &event.activity_code;
        event.source == EventSource::Netbird && (Resource::touched_by(code).next().is_some() || code.contains("group"))
    };
    let mut concerned: HashMap<String, &mut EventView> =
        events.iter_mut().filter(tells).map(|event| (event.id.clone(), event)).collect();
    let times = || concerned.values().map(|event| event.timestamp);
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return Ok(()) };
    let range = ChangeRange { from: first.checked_sub(EARLY).ok(), to: last.checked_add(LATE).ok(), after: None };
    let ids: HashSet<String> = concerned.keys().cloned().collect();
    let wanted = |change: &LoggedChange| change.change.by.as_ref().is_some_and(|by| ids.contains(&by.event));
    let filter: Filter<'_, LoggedChange> = Some(&wanted);
    let page = store.changes(tenant, account, range, filter, MOST).await?;
    // In the order in which they were seen.
    for change in page.items.into_iter().rev() {
        let event = change.change.by.as_ref().and_then(|by| concerned.get_mut(&by.event));
        if let Some(event) = event {
            event.tell(change);
        }
    }
    Ok(())
}

/// The ids of NetBird's events by which something changed in whose words a text is, of the newest changes since a moment.
pub(crate) async fn events_that_changed(
    store: &Store,
    tenant: TenantId,
    account: AccountId,
    from: Option<Timestamp>,
    search: &str,
) -> Result<HashSet<String>> {
    let has = |sentence: &String| sentence.to_lowercase().contains(search);
    // Only ids are kept of what is looked at, since changes may be large.
    let found = Mutex::new(HashSet::new());
    let wanted = |change: &LoggedChange| {
        if let Some(by) = &change.change.by
            && change.change.sentences.iter().any(has)
        {
            found.lock().unwrap_or_else(PoisonError::into_inner).insert(by.event.clone());
        }
        false
    };
    let filter: Filter<'_, LoggedChange> = Some(&wanted);
    let range = ChangeRange { from: from.and_then(|from| from.checked_sub(EARLY).ok()), to: None, after: None };
    store.changes(tenant, account, range, filter, MOST).await?;
    Ok(found.into_inner().unwrap_or_else(PoisonError::into_inner))
}
