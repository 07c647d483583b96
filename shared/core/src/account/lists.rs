//! Which of NetBird's lists are known of an account, which are not, and which are read next.

use jiff::Timestamp;

use super::SyncState;
use crate::named;
use crate::resource::{Reading, Resource};

named! {
    /// Why a list of an account is not known as it is now.
    pub enum Lack {
        /// Its server does not give it: its release does not have it, or the token's role is too small for it.
        NotGiven = "not_given",
        /// Its server's last answer could not be read.
        NotReadable = "not_readable",
        /// It was not read yet; it is, when it has its turn.
        NotYet = "not_yet",
    }
}

impl SyncState {
    /// Mark of the stored snapshot of a resource, if there is one that can be read. One of another version's layout, or
    /// one that is broken, is none until the next sync has written it anew.
    pub fn snapshot(&self, resource: Resource) -> Option<&str> {
        let mark = self.snapshots.get(&resource).filter(|_| !self.unreadable.contains(&resource))?;
        resource.is_present(mark).then_some(mark)
    }

    /// Whether a resource was stored, but cannot be read.
    pub fn must_rebuild(&self, resource: Resource) -> bool {
        self.snapshots.contains_key(&resource)
            && self.snapshot(resource).is_none()
            && !self.withheld.contains(&resource)
    }

    /// Whether a first sync has asked for a list already.
    pub fn is_done_with(&self, resource: Resource) -> bool {
        self.bodies.contains_key(&resource) || self.withheld.contains(&resource) || self.unread.contains(&resource)
    }

    /// Notes that the answer for a list could not be read. It is asked for again when it has its turn.
    pub fn note_unread(&mut self, resource: Resource) {
        self.withheld.remove(&resource);
        self.unread.insert(resource);
    }

    /// Notes whether the server gives a list. One that it does not is asked for again when it has its turn.
    pub fn note_given(&mut self, resource: Resource, is_given: bool) {
        self.unread.remove(&resource);
        if is_given {
            self.withheld.remove(&resource);
        } else {
            self.withheld.insert(resource);
            self.bodies.remove(&resource);
        }
    }

    /// Notes when lists were given, of those that are read in turn: the others are at every sync.
    pub fn note_read(&mut self, lists: Vec<Resource>, now: Timestamp) {
        self.read_at.extend(lists.into_iter().filter(|list| list.reading() == Reading::InTurn).map(|list| (list, now)));
    }

    /// How many of the lists that are read in turn the next sync reads. One where the last failed: a server that limits calls
    /// would else refuse for good.
    pub(super) fn lists_in_turn(&self) -> usize {
        if self.errors > 0 { 1 } else { self.every.lists_in_turn() }
    }

    /// Which resources the next sync reads, beside those that an event says changed: what is read every tick, one of
    /// the others in turn, or a few where the account is read seldom, and what cannot be read from the store any more.
    pub fn wanted(&self) -> Vec<Resource> {
        if self.last_sync.is_none() {
            return Resource::ALL.to_vec();
        }
        let first = self.turn as usize % Resource::in_turn().count().max(1);
        let in_turn: Vec<_> =
            Resource::in_turn().chain(Resource::in_turn()).skip(first).take(self.lists_in_turn()).collect();
        let is_wanted = |resource: &Resource| {
            resource.reading() == Reading::EveryTick || in_turn.contains(resource) || self.must_rebuild(*resource)
        };
        Resource::ALL.iter().copied().filter(is_wanted).collect()
    }

    fn done(&self) -> usize {
        Resource::ALL.iter().filter(|resource| self.is_done_with(**resource)).count()
    }

    /// Progress of the first sync: resources read, of how many.
    pub fn first_sync(&self) -> Option<(usize, usize)> {
        self.last_sync.is_none().then(|| (self.done(), Resource::ALL.len()))
    }

    /// Why a list is not known as it is now, if it is not. What is stored of it may be older.
    pub fn lacks(&self, resource: Resource) -> Option<Lack> {
        match () {
            () if self.withheld.contains(&resource) => Some(Lack::NotGiven),
            () if self.unread.contains(&resource) => Some(Lack::NotReadable),
            // Events are no snapshot: what there is of them is stored one by one.
            () if resource == Resource::Events => None,
            () if self.snapshot(resource).is_none() => Some(Lack::NotYet),
            () => None,
        }
    }

    /// The mark of a list as it is now: of one that is not given or cannot be read any more, what was stored before does not count.
    pub fn present(&self, resource: Resource) -> Option<&str> {
        self.snapshot(resource).filter(|_| self.lacks(resource).is_none())
    }

    /// Whether the server does not give a list, or nothing that can be read.
    pub fn is_missing(&self, resource: Resource) -> bool {
        self.withheld.contains(&resource) || self.unread.contains(&resource) && self.snapshot(resource).is_none()
    }

    /// Whether what is not there yet comes by itself. What an update or a fault made unreadable is back after the next sync,
    /// and what an update is the first to read comes when it has its turn. An account that is not synced keeps nobody from
    /// seeing the others meanwhile.
    pub fn is_awaited(&self, resource: Resource) -> bool {
        let was_read = self.snapshots.contains_key(&resource) || self.last_sync.is_some();
        was_read && !self.paused && self.not_before.is_none()
    }
}
