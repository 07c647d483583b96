//! `syncAccount`: the sync of one account.
//!
//! Nothing that is written before the last transaction can mislead: log entries and events are facts under keys of
//! their own, chunks are invisible until the transaction lists them. So a sync that dies anywhere is simply done again.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use futures::future::try_join_all;
use jiff::Timestamp;
use platform_core::account::{Account, SyncError, SyncState};
use platform_core::audit::{Actor, AuditEntry};
use platform_core::change::{Change, Configured, compare, has_changed, members};
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{Full, Happenings, Makeup};
use platform_core::network::{Event, Peer};
use platform_core::peer_history::gap_after;
use platform_core::peer_status::{Plausibility, ServerRestart, Transition, derive, first_sight};
use platform_core::resource::{Resource, Row};
use platform_core::tenancy::Retention;
use platform_http::router::chain;
use platform_netbird::{BaseUrl, Client, Error, Token};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::{Happened, Message};
use platform_runtime::vault::Place;
use platform_store::StoreError;
use platform_store::accounts::RegistryEntry;
use platform_store::changes::ChangeBatch;
use platform_store::snapshots::Prepared;
use platform_store::transitions::Transitions;
use serde_json::json;
use tokio::time::{Instant, timeout, timeout_at};

use crate::changes::{Changes, Names};
use crate::fetch::{Answer, Changed, Fetched, List, fetch};
use crate::log::Log;
use crate::makeup::HourEnd;

/// How long NetBird may take for all answers of one sync; below [`LONGEST`], so that they can still be written down.
const LONGEST_ANSWERS: Duration = Duration::from_secs(45);
/// How long one sync may take; below the function's timeout, so that its end is noted.
const LONGEST: Duration = Duration::from_secs(55);
/// Most changes of peer status that are logged of an account in a day: 90 such days are about 400 MB. A network whose
/// peers come and go without end has its present status all the same.
const MOST_LOGGED: u32 = 200_000;
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
    // Where syncing is behind, the queue holds more messages than there is time for: the newest is the one to answer.
    if sync.has_no_use_for(asked_at, platform.now(), platform.sync_interval) {
        return Ok(());
    }
    // A second one at the same time could only end in a conflict, and would have the lists in memory twice.
    let Some(_running) = platform.admissions().begin(account) else { return Ok(()) };
    let registered = RegistryEntry::of(tenant, &sync);
    let mut work = Sync {
        platform: &platform,
        tenant,
        sync,
        prepared: Vec::new(),
        found: Vec::new(),
        changes: Changes::default(),
        restart: None,
        unread_since: None,
        registered,
        log: Log::begin(platform.now()),
        full: None,
        made: None,
        hour: None,
        act: None,
        answers_until: Instant::now() + LONGEST_ANSWERS,
    };
    let ended = timeout(LONGEST, work.run(&found)).await;
    let result = match ended.unwrap_or(Err(Failure::Late)) {
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
        // Nor is it for a database that is slow.
        Err(Failure::Late) => Err("the sync took too long to be written".into()),
        Err(Failure::Store(StoreError::TooLarge { .. })) => work.note_too_large().await,
        Err(Failure::Store(error)) => work.note_fault(error.into()).await,
        Err(Failure::Other(error)) => work.note_fault(error).await,
    };
    // Evaluated in any case: an account that cannot be read is what one rule watches for.
    let is_watched = matches!(platform.store.is_watched(tenant).await, Ok(true));
    let live = is_watched.then_some(Message::Live { tenant, what: Happened::Sync { account } });
    platform.queues.send([Message::Evaluate { tenant, account }].into_iter().chain(live).collect()).await?;
    result
}

/// Why a sync did not come to its end.
pub(crate) enum Failure {
    NetBird(Error),
    Implausible {
        known: usize,
        told: usize,
    },
    Store(StoreError),
    /// NetBird had answered, but there was no time left to write it down.
    Late,
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
pub(crate) struct Sync<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    sync: SyncState,
    /// Snapshots whose chunks are stored and wait for the transaction.
    prepared: Vec<Prepared>,
    /// Changes of peer status that wait for it too.
    found: Vec<Transition>,
    /// And changes of the configuration.
    changes: Changes,
    /// And a restart of the management server.
    restart: Option<ServerRestart>,
    /// The answer before, if what happened since is not all dated: that is logged as well.
    unread_since: Option<Timestamp>,
    /// What the registry says now.
    registered: RegistryEntry,
    /// How it goes.
    log: Log,
    /// Samples that are to be written away with the state.
    full: Option<Full>,
    /// What the network is made up of, if that is to be written and the answer is not the one before.
    made: Option<Makeup>,
    /// An hour that is over with them.
    hour: Option<HourEnd>,
    /// What the platform does to the account of its own accord, for the trail.
    act: Option<AuditEntry>,
    /// A server that has not answered by then does not answer: other accounts share this function.
    answers_until: Instant,
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
                wanted.iter().filter(|resource| !self.sync.is_done_with(**resource)).copied().collect();
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
        let now = self.platform.now();
        let last = self.sync.silent_since();
        if now.duration_since(last) > gap_after(self.sync.interval(self.platform.sync_interval)) {
            self.unread_since = Some(last);
        }
        self.log.news.add(self.found.len(), self.changes.len());
        self.log.entry = self.sync.log_sync(self.log.end(None));
        self.sync.succeed(now);
        self.sample(now);
        self.commit().await?;
        Ok(())
    }

    /// Keeps in numbers how it went.
    fn sample(&mut self, now: Timestamp) {
        let made = self.made.take();
        self.hour = self.sync.ends_hour(now).map(|since| HourEnd { since, made });
        self.full = self.sync.sample(now, self.log.took());
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
        let fetched = resources.iter().map(|resource| self.call(client, *resource));
        let fetched = timeout_at(self.answers_until, try_join_all(fetched)).await.unwrap_or(Err(Error::Timeout))?;
        // What takes time on the way makes the server's clock look late, so the latest time is the nearest.
        if let Some(ahead) = fetched.iter().filter_map(|fetched| fetched.skew).max() {
            self.sync.note_clock(ahead);
        }
        let (mut events, mut peers, mut others) = (None, None, Vec::new());
        let mut given = Vec::new();
        for Fetched { resource, answer, .. } in fetched {
            match answer {
                Answer::Withheld => {
                    if !self.sync.withheld.contains(&resource) {
                        tracing::info!(account.id = %self.account(), list = resource.name(), "the server does not give a list");
                    }
                    self.sync.note_given(resource, false);
                }
                Answer::Unread => self.sync.note_unread(resource),
                Answer::Given(changed) => {
                    self.sync.note_given(resource, true);
                    given.push(resource);
                    match changed {
                        None => {}
                        Some(Changed::Events(list)) => events = Some(list),
                        Some(Changed::Peers(list)) => peers = Some(list),
                        Some(other) => others.push(other),
                    }
                }
            }
        }
        // Events first: they explain peers that are gone.
        let new_events = match events {
            Some(list) => self.take_events(list).await?,
            None => Vec::new(),
        };
        if let Some(list) = peers {
            self.take_peers(list, &new_events).await?;
        }
        for other in others {
            other.keep(self).await?;
        }
        self.sync.note_read(given, self.platform.now());
        Ok(new_events.iter().flat_map(|event| Resource::touched_by(&event.activity_code)).collect())
    }

    /// Fetches one list, and notes how that went.
    async fn call(&self, client: &Client, list: Resource) -> Result<Fetched, Error> {
        let began = Instant::now();
        let fetched = fetch(self.platform, client, &self.sync, list).await;
        self.log.call(list, &fetched, began.elapsed());
        fetched
    }

    async fn take_peers(&mut self, mut changed: List<Peer>, events: &[Event]) -> Result<(), Failure> {
        let now = self.platform.now();
        let previous = self.previous::<Peer>().await?;
        let peers = &mut changed.rows;
        peers.sort_by(|a, b| a.id.cmp(&b.id));
        peers.dedup_by(|later, first| later.id == first.id);
        let deleted: HashSet<&str> = events
            .iter()
            .filter(|event| event.activity_code == "user.peer.delete")
            .map(|event| event.target_id.as_str())
            .collect();
        let known = previous.as_deref().map(Vec::as_slice);
        let judged =
            Plausibility::of(known.unwrap_or_default(), peers, |id| deleted.contains(id), self.sync.implausible);
        if judged == Plausibility::Implausible {
            let known = known.map_or(0, <[Peer]>::len);
            return Err(Failure::Implausible { known, told: peers.len() });
        }
        let derived = derive(known, self.sync.restart, peers, now);
        if let Some(known) = known {
            self.changes.add(members(known, peers), self.sync.last_sync);
        }
        if known.is_none() {
            // The log begins with what everybody is; or goes on, where what was known before could not be read any more.
            // What was told before is not told again.
            let told_until = self.sync.last_sync;
            let is_new = |one: &Transition| told_until.is_none_or(|last| self.sync.our_time(one.at) >= last);
            let sight: Vec<_> = first_sight(peers).into_iter().filter(is_new).collect();
            self.found.extend(sight);
            self.unread_since = self.sync.last_sync;
        }
        if let Some(restart) = derived.restart {
            tracing::info!(account.id = %self.account(), reconnected = restart.reconnected, missing = restart.missing, "management server restarted");
            self.restart = Some(restart);
        }
        self.found.extend(derived.transitions);
        if self.sync.ends_hour(now).is_some() {
            self.made = Some(Makeup::of(peers, Happenings::default()));
        }
        self.sync.restart = derived.watch;
        drop(previous);
        self.keep(changed).await
    }

    /// The snapshot that is stored. What cannot be read any more is noted, and this answer is the first one again.
    async fn previous<T: Row>(&mut self) -> Result<Option<Arc<Vec<T>>>, Failure> {
        let digest = self.sync.snapshot(T::RESOURCE);
        let previous = self.platform.store.snapshot::<T>(self.tenant, self.account(), digest).await?;
        if previous.is_none() && digest.is_some() {
            self.sync.unreadable.insert(T::RESOURCE);
        }
        Ok(previous)
    }

    async fn take_events(&mut self, changed: List<Event>) -> Result<Vec<Event>, Failure> {
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
        self.log.news.events += u32::try_from(taken.len()).unwrap_or(u32::MAX);
        if let Some((newest, _)) = taken.last() {
            self.sync.last_event = *newest;
        }
        // The same body again must be looked at while there is more in it.
        if taken.len() < new.len() {
            self.sync.bodies.remove(&Resource::Events);
        } else {
            self.sync.bodies.insert(Resource::Events, changed.mark);
        }
        let new: Vec<Event> = new.into_iter().map(|(_, event)| event).collect();
        self.changes.hear(&new);
        Ok(new)
    }

    /// Keeps a list of the configuration, and notes what changed in it. The list before is read only where it differs.
    pub(crate) async fn keep_configuration<T: Configured>(&mut self, changed: List<T>) -> Result<(), Failure> {
        let stored = self.sync.snapshots.contains_key(&T::RESOURCE);
        let present = self.sync.snapshot(T::RESOURCE).map(str::to_owned);
        let is_news = match &present {
            Some(present) => self.platform.store.differs(&changed.rows, present)?,
            None => stored,
        };
        let Some(list) = T::configuration().filter(|_| is_news && self.sync.last_sync.is_some()) else {
            return self.keep(changed).await;
        };
        let since = self.sync.given_at(T::RESOURCE);
        match self.previous::<T>().await? {
            Some(before) if has_changed(&before, &changed.rows) => {
                let names = Names::read(&self.platform.store, self.tenant, &self.sync).await?;
                self.changes.add(compare(&before, &changed.rows, &|id| names.of(id)), since);
            }
            Some(_) => {}
            None => self.changes.add(vec![Change::uncompared(list)], since),
        }
        self.keep(changed).await
    }

    /// What is to be logged of changes, with who made them, and what is known since of those that were logged before.
    async fn changes_to_log(&mut self, now: Timestamp) -> Result<Vec<ChangeBatch>, Failure> {
        let store = &self.platform.store;
        let changes = std::mem::take(&mut self.changes);
        let mut batches = Vec::new();
        if changes.tells_of_earlier() && self.sync.last_sync.is_some() {
            let late = store.late_changes(self.tenant, self.account()).await?;
            batches.extend(late.into_iter().filter_map(|mut batch| batch.join(&changes.events).then_some(batch)));
        }
        let found = changes.found(&mut self.sync, now);
        if !found.is_empty() {
            let kept = self.kept().await?;
            batches.extend(ChangeBatch::cut(found, now, self.sync.skew(), kept));
        }
        Ok(batches)
    }

    /// How long the tenant keeps what is logged. Read once a sync, by those that log something.
    async fn kept(&self) -> Result<Retention, Failure> {
        let tenant = self.platform.store.tenant(self.tenant).await?;
        Ok(tenant.map(|tenant| tenant.alert_retention).unwrap_or_default())
    }

    async fn keep<T: Row>(&mut self, changed: List<T>) -> Result<(), Failure> {
        let revision: String = self.platform.random::<8>().iter().map(|byte| format!("{byte:02x}")).collect();
        T::count(&changed.rows, &mut self.sync.counts);
        let present = self.sync.snapshot(T::RESOURCE);
        let prepared =
            self.platform.store.prepare(self.tenant, self.account(), &revision, changed.rows, present).await?;
        if let Some(prepared) = prepared {
            self.sync.snapshots.insert(T::RESOURCE, prepared.digest.clone());
            self.sync.unreadable.remove(&T::RESOURCE);
            self.prepared.push(prepared);
            self.log.news.lists += 1;
        }
        self.sync.bodies.insert(T::RESOURCE, changed.mark);
        Ok(())
    }

    /// Writes the state and makes the prepared snapshots the present ones, all or nothing.
    async fn commit(&mut self) -> Result<(), Failure> {
        let store = &self.platform.store;
        let now = self.platform.now();
        let entry = RegistryEntry::of(self.tenant, &self.sync);
        let prepared = std::mem::take(&mut self.prepared);
        let mut found = std::mem::take(&mut self.found);
        let unread_since = self.unread_since.take();
        let restart = self.restart.take();
        let has_log = !found.is_empty() || unread_since.is_some() || restart.is_some();
        let changes = self.changes_to_log(now).await?;
        let (full, hour) = (self.full.take(), self.hour.take());
        let ended = self.log.entry.take();
        let act = self.act.take();
        let logged = if found.is_empty() { 0 } else { self.sync.log(now, found.len(), MOST_LOGGED) };
        // Counted where it is written, and as it was read where that fails.
        let mut sync = self.sync.clone();
        let written = if prepared.is_empty()
            && changes.is_empty()
            && !has_log
            && full.is_none()
            && ended.is_none()
            && act.is_none()
            && entry == self.registered
        {
            // The quiet tick: one small write.
            store.replace_sync(self.tenant, &mut sync).await
        } else {
            let mut transaction = store.transaction();
            prepared.iter().for_each(|prepared| transaction.adopt(prepared));
            if has_log {
                let left_out = u32::try_from(found.len() - logged).unwrap_or(u32::MAX);
                found.truncate(logged);
                let found = Transitions { seen_at: now, entries: found, left_out, unread_since, restart };
                let left_out = transaction.log_transitions(self.tenant, self.account(), &found)?;
                if left_out > 0 {
                    tracing::warn!(account.id = %self.account(), left_out, "too many changes of status for the log");
                }
            }
            for batch in &changes {
                transaction.put_changes(self.tenant, self.account(), batch)?;
            }
            if let Some(ended) = &ended {
                let until = self.kept().await?.end(ended.started_at);
                transaction.log_sync(self.tenant, self.account(), ended, until)?;
            }
            if let Some(full) = full {
                let flush = store.flushed(self.tenant, self.account(), full).await?;
                transaction.put_metrics(self.tenant, self.account(), flush)?;
                if let Some(hour) = hour {
                    hour.put(store, &mut transaction, self.tenant, &sync, now).await?;
                }
            }
            if let Some(act) = &act {
                transaction.audit(act)?;
            }
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
        self.found.clear();
        self.restart = None;
        self.changes = Changes::default();
        self.unread_since = None;
        self.platform.store.abandon(prepared).await?;
        let stored = self.platform.store.sync_state(self.tenant, self.account()).await?;
        let Some(stored) = stored.filter(|stored| stored.version == self.sync.version) else { return Ok(()) };
        self.sync = stored;
        let implausible = self.sync.implausible + u32::from(code == "implausible_answer");
        let error = SyncError { code: code.to_owned(), detail: detail.to_owned() };
        self.log.entry = self.sync.log_sync(self.log.end(Some(error)));
        self.sync.fail(self.platform.now(), code, detail, pause, back_off, self.platform.fraction());
        self.sync.implausible = implausible;
        if pause {
            let change = (Some(json!({ "paused": false })), Some(json!({ "paused": true, "reason": code })));
            let entry =
                self.platform.audit_entry(self.tenant, Actor::platform(), "account.pause", self.account(), change);
            self.act = Some(entry);
        }
        self.made = None;
        self.sample(self.platform.now());
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
