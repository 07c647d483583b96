//! Changes of the configuration that a sync has found, until they are written.

use std::collections::HashMap;

use jiff::Timestamp;
use platform_core::account::SyncState;
use platform_core::change::{Change, ChangeKind, Configuration};
use platform_core::ids::TenantId;
use platform_core::network::{Event, Group, NetworkResource, Peer, PostureCheck};
use platform_core::resource::{Resource, Row};
use platform_store::{Result, Store};

/// Most changes of the configuration that are logged of an account in a day.
const MOST_A_DAY: u32 = 2_000;

/// What was found, and the events that tell who did it.
#[derive(Default)]
pub(crate) struct Changes {
    found: Vec<Change>,
    pub(crate) events: Vec<Event>,
}

impl Changes {
    /// Changes of a list that was last read at a time.
    pub(crate) fn add(&mut self, changes: Vec<Change>, since: Option<Timestamp>) {
        self.found.extend(changes.into_iter().map(|change| Change { since, ..change }));
    }

    /// How many were found.
    pub(crate) fn len(&self) -> usize {
        self.found.len()
    }

    /// Events that this sync takes in.
    pub(crate) fn hear(&mut self, events: &[Event]) {
        let tells = |event: &&Event| {
            Resource::touched_by(&event.activity_code).next().is_some() || event.activity_code.contains("group")
        };
        self.events.extend(events.iter().filter(tells).cloned());
    }

    /// Whether the events may tell of what was logged before: those of what changes now came with it.
    pub(crate) fn tells_of_earlier(&self) -> bool {
        !self.events.is_empty()
    }

    /// What is to be logged, by whom as far as that is known. A day takes so many and no more.
    pub(crate) fn found(self, sync: &mut SyncState, now: Timestamp) -> Vec<Change> {
        let Self { mut found, events } = self;
        if found.is_empty() {
            return found;
        }
        for change in &mut found {
            change.join(&events, now, sync.skew());
        }
        let taken = sync.log_changes(now, found.len(), MOST_A_DAY);
        let left_out = found.split_off(taken);
        for resource in Configuration::ALL {
            let more =
                left_out.iter().filter(|change| change.resource == *resource && change.kind != ChangeKind::Omitted);
            match more.count() {
                0 => {}
                more => found.push(Change::omitted(*resource, more)),
            }
        }
        found
    }
}

/// Names of what the configuration refers to by ids, as they are stored.
pub(crate) struct Names(HashMap<String, String>);

impl Names {
    /// Reads them. Only a sync that found a change asks for them.
    pub(crate) async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self> {
        let mut names = HashMap::new();
        add(&mut names, store, tenant, sync, |group: &Group| &group.name).await?;
        add(&mut names, store, tenant, sync, |peer: &Peer| &peer.name).await?;
        add(&mut names, store, tenant, sync, |check: &PostureCheck| &check.name).await?;
        add(&mut names, store, tenant, sync, |resource: &NetworkResource| &resource.name).await?;
        Ok(Self(names))
    }

    pub(crate) fn of(&self, id: &str) -> Option<String> {
        self.0.get(id).cloned()
    }
}

async fn add<T: Row>(
    names: &mut HashMap<String, String>,
    store: &Store,
    tenant: TenantId,
    sync: &SyncState,
    name: impl Fn(&T) -> &String,
) -> Result<()> {
    if let Some(rows) = store.snapshot::<T>(tenant, sync.account, sync.snapshot(T::RESOURCE)).await? {
        names.extend(rows.iter().map(|row| (row.id().to_owned(), name(row).clone())));
    }
    Ok(())
}
