//! `syncAccount`: the sync of one account.
//!
//! Nothing that is written before the last transaction can mislead: log entries and events are facts under keys of
//! their own, chunks are invisible until the transaction lists them. So a sync that dies anywhere is simply done again.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use platform_core::account::{Account, Resource, SyncState};
use platform_core::ids::{AccountId, TenantId};
use platform_core::network::{Event, Group, Peer, Policy, User};
use platform_core::peer_status::{Plausibility, TransitionKind, derive};
use platform_http::router::chain;
use platform_netbird::{BaseUrl, Client, Error, Token};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_runtime::vault::Place;
use platform_store::StoreError;
use platform_store::accounts::RegistryEntry;
use platform_store::events::PeerLog;
use platform_store::snapshots::{Prepared, Row};

use crate::fetch::{Changed, fetch};

/// How long one sync may take; below the function's timeout, so that its end can still be written down.
const LONGEST: Duration = Duration::from_secs(45);
/// Events taken over by a first sync: enough for a few weeks of most networks, few enough to be cheap.
const FIRST_EVENTS: usize = 1_000;
/// Events taken over by any other.
const MOST_EVENTS: usize = 1_000;

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Sync { tenant, account, asked_at } = message else { return Err("not a message of this queue".into()) };
    let (found, sync) =
        tokio::join!(platform.store.account(tenant, account), platform.store.sync_state(tenant, account));
    let (Some(found), Some(sync)) = (found?, sync?) else {
        tracing::info!(account.id = %account, "account is gone, nothing to sync");
        return Ok(());
    };
    if sync.paused {
        return Ok(());
    }
    // A second message for what the first one did: queues may hold several where syncing is behind.
    if asked_at.is_some_and(|asked| sync.last_attempt.is_some_and(|last| last > asked)) {
        return Ok(());
    }
    // A second one at the same time could only end in a conflict, and would have the lists in memory twice.
    let Some(_running) = platform.admissions().begin(account) else { return Ok(()) };
    let registered = RegistryEntry::of(tenant, &sync);
    let mut work = Sync { platform: &platform, tenant, sync, prepared: Vec::new(), registered };
    // A server that dawdles is one that does not answer: other accounts share this function.
    let ended = tokio::time::timeout(LONGEST, work.run(&found)).await;
    let result = match ended.unwrap_or(Err(Failure::NetBird(Error::Timeout))) {
        Ok(()) => Ok(()),
        // The account is not to blame: nothing is noted, and the next tick tries again.
        Err(Failure::NetBird(Error::Crowded)) => {
            tracing::warn!(account.id = %account, "too many large networks at once");
            return work.give_up().await;
        }
        Err(Failure::NetBird(error)) => work.note_failure(&error).await,
        Err(Failure::Implausible { known, told }) => work.note_implausible(known, told).await,
        // Another sync of the same account was faster, or the account was just removed.
        Err(Failure::Store(StoreError::Conflict)) => {
            tracing::info!(account.id = %account, "another sync was faster");
            return Ok(());
        }
        Err(Failure::Store(error @ StoreError::Unavailable { .. })) => Err(error.into()),
        Err(Failure::Store(StoreError::TooLarge { .. })) => work.note_too_large().await,
        Err(Failure::Store(error)) => work.note_fault(error.into()).await,
        Err(Failure::Other(error)) => work.note_fault(error).await,
    };
    // Evaluated in any case: an account that cannot be read is what one rule watches for.
    platform.queues.send(vec![Message::Evaluate { tenant, account }]).await?;
    result
}

/// Why a sync did not come to its end.
enum Failure {
    NetBird(Error),
    Implausible { known: usize, told: usize },
    Store(StoreError),
    Other(JobError),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::NetBird(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// One sync under way.
struct Sync<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    sync: SyncState,
    /// Snapshots whose chunks are stored and wait for the transaction.
    prepared: Vec<Prepared>,
    /// What the registry says now.
    registered: RegistryEntry,
}

impl Sync<'_> {
    fn account(&self) -> AccountId {
        self.sync.account
    }

    async fn run(&mut self, account: &Account) -> Result<(), Failure> {
        let client = self.client(account)?;
        let is_first = self.sync.last_sync.is_none();
        let wanted = self.sync.wanted();
        if is_first {
            // One list after the other, each kept at once, so that a large network shows how far it has come.
            let missing: Vec<_> =
                wanted.iter().filter(|resource| !self.sync.bodies.contains_key(resource)).copied().collect();
            for resource in &missing {
                self.read(&client, &[*resource]).await?;
                self.commit().await?;
            }
            // Begun earlier: the peers that were read then may be old by now.
            if missing.len() < wanted.len() {
                self.read(&client, &[Resource::Peers]).await?;
            }
        } else {
            let touched = self.read(&client, &wanted).await?;
            let again: Vec<_> = touched.into_iter().filter(|resource| !wanted.contains(resource)).collect();
            self.read(&client, &again).await?;
        }
        self.sync.succeed(self.platform.now());
        self.commit().await?;
        Ok(())
    }

    fn client(&self, account: &Account) -> Result<Client, Failure> {
        let record = format!("account/{}", account.id);
        let place = Place { owner: self.tenant.uuid(), record: &record, purpose: "netbird-token" };
        let vault = self.platform.vault.as_ref().ok_or_else(|| Failure::Other("this function has no vault".into()))?;
        let token = vault.open(place, &account.token).map_err(|error| Failure::Other(error.into()))?;
        let token = Token::parse(&token).map_err(|error| Failure::Other(error.into()))?;
        let base = BaseUrl::new(account.base_url.clone()).map_err(|error| Failure::Other(error.into()))?;
        let transport = self.platform.netbird().map_err(|_| Failure::Other("no HTTP client".into()))?;
        Ok(Client::new(base, token, transport).admitted_by(self.platform.admissions().ticket(self.tenant)))
    }

    /// Reads lists at once and takes in what changed. Returns the slow lists that new events say changed.
    async fn read(&mut self, client: &Client, resources: &[Resource]) -> Result<HashSet<Resource>, Failure> {
        let wants = |resource| resources.contains(&resource);
        let sync = &self.sync;
        macro_rules! fetched {
            ($resource:ident, $call:ident) => {
                async {
                    match wants(Resource::$resource) {
                        true => fetch(Resource::$resource, sync, client.$call()).await,
                        false => Ok(None),
                    }
                }
            };
        }
        let (peers, events, groups, users, policies) = tokio::try_join!(
            fetched!(Peers, peers),
            fetched!(Events, events),
            fetched!(Groups, groups),
            fetched!(Users, users),
            fetched!(Policies, policies),
        )?;
        // Events first: they explain peers that are gone.
        let new_events = match events {
            Some(changed) => self.take_events(changed).await?,
            None => Vec::new(),
        };
        if let Some(changed) = peers {
            self.take_peers(changed, &new_events).await?;
        }
        if let Some(changed) = groups {
            self.sync.counts.count_groups(&changed.rows);
            self.keep::<Group>(changed).await?;
        }
        if let Some(changed) = users {
            self.sync.counts.count_users(&changed.rows);
            self.keep::<User>(changed).await?;
        }
        if let Some(changed) = policies {
            self.sync.counts.count_policies(&changed.rows);
            self.keep::<Policy>(changed).await?;
        }
        Ok(new_events.iter().filter_map(|event| Resource::touched_by(&event.activity_code)).collect())
    }

    async fn take_peers(&mut self, mut changed: Changed<Peer>, events: &[Event]) -> Result<(), Failure> {
        let (store, now) = (&self.platform.store, self.platform.now());
        let digest = self.sync.snapshots.get(&Resource::Peers).map(String::as_str);
        let (previous, is_known) = match store.snapshot::<Peer>(self.tenant, self.account(), digest).await {
            Ok(previous) => (previous, digest.is_some()),
            // What cannot be read any more is written anew, and this answer is the first one again.
            Err(error @ StoreError::Corrupt { .. }) => {
                tracing::error!(account.id = %self.account(), error = chain(&error), "snapshot lost, starting over");
                store.forget_snapshot(self.tenant, self.account(), Resource::Peers).await?;
                (Arc::default(), false)
            }
            Err(error) => return Err(error.into()),
        };
        let peers = &mut changed.rows;
        peers.sort_by(|a, b| a.id.cmp(&b.id));
        peers.dedup_by(|later, first| later.id == first.id);
        let deleted: HashSet<&str> = events
            .iter()
            .filter(|event| event.activity_code == "user.peer.delete")
            .map(|event| event.target_id.as_str())
            .collect();
        let judged = Plausibility::of(&previous, peers, |id| deleted.contains(id), self.sync.implausible);
        if judged == Plausibility::Implausible {
            return Err(Failure::Implausible { known: previous.len(), told: peers.len() });
        }
        let derived = derive(is_known.then_some(previous.as_slice()), self.sync.restart, peers, now);
        if let Some(restart) = derived.restart {
            tracing::info!(account.id = %self.account(), reconnected = restart.reconnected, missing = restart.missing, "management server restarted");
        }
        let log: Vec<PeerLog> = derived
            .transitions
            .into_iter()
            .map(|transition| PeerLog {
                peer: transition.peer,
                what: what(transition.kind).to_owned(),
                at: transition.at,
                seen_at: now,
            })
            .collect();
        let left_out = store.put_peer_log(self.tenant, self.account(), &log).await?;
        if left_out > 0 {
            tracing::warn!(account.id = %self.account(), left_out, "too many changes of status for one day's log");
        }
        self.sync.restart = derived.watch;
        self.sync.counts.count_peers(peers);
        drop(previous);
        self.keep(changed).await
    }

    async fn take_events(&mut self, changed: Changed<Event>) -> Result<Vec<Event>, Failure> {
        let rows = changed.rows.into_iter();
        let mut new: Vec<(u64, Event)> =
            rows.filter_map(|event| Some((event.id.parse::<u64>().ok()?, event))).collect();
        new.sort_unstable_by_key(|(id, _)| *id);
        new.dedup_by_key(|(id, _)| *id);
        // Ids only grow, unless the server was set up anew or restored from a backup.
        let begins_anew = new.last().is_some_and(|(newest, _)| *newest < self.sync.last_event);
        if begins_anew {
            self.sync.last_event = 0;
        }
        new.retain(|(id, _)| *id > self.sync.last_event);
        if self.sync.last_event == 0 {
            new.drain(..new.len().saturating_sub(FIRST_EVENTS));
        }
        // The oldest first, so that a burst is taken in over several syncs and nothing of it is lost.
        let taken = &new[..new.len().min(MOST_EVENTS)];
        self.platform.store.put_events(self.tenant, self.account(), taken).await?;
        if let Some((newest, _)) = taken.last() {
            self.sync.last_event = *newest;
        }
        // The same body again must be looked at while there is more in it.
        let hash = if taken.len() < new.len() { String::new() } else { changed.hash };
        self.sync.bodies.insert(Resource::Events, hash);
        Ok(new.into_iter().map(|(_, event)| event).collect())
    }

    async fn keep<T: Row>(&mut self, changed: Changed<T>) -> Result<(), Failure> {
        let revision: String = self.platform.random::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
        let present = self.sync.snapshots.get(&T::RESOURCE).map(String::as_str);
        let prepared =
            self.platform.store.prepare(self.tenant, self.account(), &revision, changed.rows, present).await?;
        if let Some(prepared) = prepared {
            self.sync.snapshots.insert(T::RESOURCE, prepared.digest.clone());
            self.prepared.push(prepared);
        }
        self.sync.bodies.insert(T::RESOURCE, changed.hash);
        Ok(())
    }

    /// Writes the state and makes the prepared snapshots the present ones, all or nothing.
    async fn commit(&mut self) -> Result<(), Failure> {
        let store = &self.platform.store;
        // Counted where it is written, and as it was read where that fails.
        let mut sync = self.sync.clone();
        let entry = RegistryEntry::of(self.tenant, &self.sync);
        let prepared = std::mem::take(&mut self.prepared);
        let written = if prepared.is_empty() && entry == self.registered {
            // The quiet tick: one small write.
            store.replace_sync(self.tenant, &mut sync).await
        } else {
            let mut transaction = store.transaction();
            prepared.iter().for_each(|prepared| transaction.adopt(prepared));
            transaction.replace_sync(self.tenant, &mut sync)?;
            if entry != self.registered {
                transaction.register(&entry)?;
            }
            transaction.commit().await
        };
        match written {
            Ok(()) => {}
            Err(StoreError::Conflict) => {
                store.abandon(prepared).await?;
                return Err(StoreError::Conflict.into());
            }
            // Perhaps it was carried out and only the answer is lost: the chunks must stay.
            Err(error) => return Err(error.into()),
        }
        store.finish(prepared).await?;
        self.sync = sync;
        self.registered = entry;
        Ok(())
    }

    async fn note_failure(&mut self, error: &Error) -> JobResult {
        tracing::warn!(account.id = %self.account(), reason = error.reason(), "sync failed");
        let pause = error.is_permanent();
        self.note(error.reason(), &error.to_string(), pause, !pause).await
    }

    async fn note_implausible(&mut self, known: usize, told: usize) -> JobResult {
        tracing::warn!(account.id = %self.account(), known, told, "implausible answer");
        let detail = format!(
            "NetBird suddenly told of {told} peers where {known} were known. The last state is kept until it is confirmed."
        );
        self.note("implausible_answer", &detail, false, false).await
    }

    async fn note_too_large(&mut self) -> JobResult {
        tracing::warn!(account.id = %self.account(), "a list does not fit");
        let detail = "The NetBird server tells of entries that are too large to be kept.";
        self.note("too_large", detail, false, true).await
    }

    /// Leaves everything as it was.
    async fn give_up(&mut self) -> JobResult {
        let prepared = std::mem::take(&mut self.prepared);
        Ok(self.platform.store.abandon(prepared).await?)
    }

    /// A fault of ours. Written down too, or the account would look healthy while nothing is read.
    async fn note_fault(&mut self, error: JobError) -> JobResult {
        tracing::error!(account.id = %self.account(), error = chain(error.as_ref()), "sync failed");
        let detail = "The platform could not take in what NetBird answered. The fault is ours and has been logged.";
        self.note("internal_error", detail, false, true).await
    }

    /// Writes down how the sync failed; it takes nothing else in. If another sync of the account ended meanwhile, its
    /// result stands: one failure is counted once, however often its message comes.
    async fn note(&mut self, code: &str, detail: &str, pause: bool, back_off: bool) -> JobResult {
        let prepared = std::mem::take(&mut self.prepared);
        self.platform.store.abandon(prepared).await?;
        let stored = self.platform.store.sync_state(self.tenant, self.account()).await?;
        let Some(stored) = stored.filter(|stored| stored.version == self.sync.version) else { return Ok(()) };
        self.sync = stored;
        let implausible = self.sync.implausible + u32::from(code == "implausible_answer");
        self.sync.fail(self.platform.now(), code, detail, pause, back_off, self.platform.fraction());
        self.sync.implausible = implausible;
        self.commit_note().await
    }

    async fn commit_note(&mut self) -> JobResult {
        match self.commit().await {
            Ok(()) | Err(Failure::Store(StoreError::Conflict)) => Ok(()),
            Err(Failure::Store(error)) => Err(error.into()),
            Err(_) => Err("a note was not written".into()),
        }
    }
}

fn what(kind: TransitionKind) -> &'static str {
    match kind {
        TransitionKind::Connected => "connected",
        TransitionKind::Disconnected => "disconnected",
        TransitionKind::Reconnected => "reconnected",
        TransitionKind::Unconfirmed => "unconfirmed",
        TransitionKind::Registered => "registered",
        TransitionKind::Removed => "removed",
    }
}
