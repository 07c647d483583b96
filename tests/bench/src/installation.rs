//! A platform with an embedded database that watches one fake NetBird network, and what its work costs.

use std::ops::AddAssign;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result, anyhow};
use functions_accounts::{NewAccount, connect};
use jiff::{SignedDuration, Timestamp};
use platform_core::account::Account;
use platform_core::audit::Actor;
use platform_core::clock::Clock;
use platform_core::rule::Rule;
use platform_core::tenancy::Membership;
use platform_identity::bootstrap::{FirstOwner, create_first_tenant};
use platform_identity::issuer::TokenIssuer;
use platform_netbird::fake::Tokens;
use platform_notify::guard::AddressPolicy;
use platform_runtime::files::NoFiles;
use platform_runtime::job::Trigger;
use platform_runtime::platform::{ALERT_MAILS_PER_RECIPIENT, SetupCode};
use platform_runtime::queue::{Future, Message, QueueError, Queues};
use platform_runtime::secrets::SecretText;
use platform_runtime::sockets::NoSockets;
use platform_runtime::system::{SystemClock, SystemEntropy};
use platform_runtime::vault::Vault;
use platform_runtime::{Job, Parts, Platform};
use platform_store::Store;
use platform_store::embedded::{Embedded, Meter};
use tempfile::TempDir;

use crate::fake::Fake;
use crate::rules;
use crate::usage;

/// The owner's password.
pub(crate) const OWNER_PASSWORD: &str = "measured and not guessed";

/// The system's clock, which the bench moves on by a minute for every tick.
#[derive(Default)]
struct MovableClock(AtomicI64);

impl Clock for MovableClock {
    fn now(&self) -> Timestamp {
        SystemClock.now() + SignedDuration::from_secs(self.0.load(Ordering::Relaxed))
    }
}

/// Messages that wait for the bench to hand them to their jobs.
#[derive(Default)]
struct Waiting(Mutex<Vec<Message>>);

impl Waiting {
    fn take(&self) -> Vec<Message> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Queues for Waiting {
    fn send_after(&self, messages: Vec<Message>, _: SignedDuration) -> Future<'_, Result<(), QueueError>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(messages);
        Box::pin(async { Ok(()) })
    }
}

/// What some work cost.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// Read units, as DynamoDB bills them.
    pub(crate) reads: f64,
    /// Write units.
    pub(crate) writes: f64,
    /// Calls to the database.
    pub(crate) calls: u64,
    /// Milliseconds of CPU, without the database's.
    pub(crate) cpu: f64,
    /// Milliseconds of CPU of the embedded database.
    pub(crate) database_cpu: f64,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.reads += other.reads;
        self.writes += other.writes;
        self.calls += other.calls;
        self.cpu += other.cpu;
        self.database_cpu += other.database_cpu;
    }
}

/// What one tick cost, job by job.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tick {
    /// The dispatchers: one registry for all accounts.
    pub(crate) dispatch: Cost,
    /// The account's sync.
    pub(crate) sync: Cost,
    /// Its evaluation.
    pub(crate) evaluation: Cost,
    /// Calls to NetBird.
    pub(crate) netbird_calls: u64,
    /// Most memory resident meanwhile, in MB.
    pub(crate) peak: f64,
}

/// See the module.
pub(crate) struct Installation {
    /// The platform.
    pub(crate) platform: Platform,
    /// The network.
    pub(crate) fake: Fake,
    /// The tenant's owner.
    pub(crate) owner: Membership,
    /// The connected account.
    pub(crate) account: Account,
    jobs: Vec<Job>,
    embedded: Embedded,
    meter: Arc<Meter>,
    waiting: Arc<Waiting>,
    clock: Arc<MovableClock>,
    _folder: TempDir,
}

impl Installation {
    /// A platform that was just connected to a network of so many peers, and has three rules.
    pub(crate) async fn new(peers: usize) -> Result<Self> {
        let fake = Fake::start(peers).await?;
        let folder = tempfile::tempdir()?;
        let embedded = Embedded::open(&folder.path().join("platform.db"))?;
        let (waiting, clock) = (Arc::<Waiting>::default(), Arc::<MovableClock>::default());
        let platform = platform(&embedded, &waiting, &clock)?;
        platform.store.create_table().await?;
        platform.publish_token_keys().await?;
        let first = FirstOwner {
            tenant_name: "Bench".into(),
            name: "Owner".into(),
            email: "owner@bench.example".parse()?,
            password: OWNER_PASSWORD.into(),
        };
        let (_, owner) = create_first_tenant(&platform, first).await?;
        let actor = Actor::new(owner.user, &owner.name);
        let new = NewAccount {
            name: "Network".into(),
            base_url: Some(fake.url.clone()),
            api_token: Tokens::GOOD.into(),
            sync_interval_seconds: None,
        };
        let connected = connect(&platform, owner.tenant, actor, new).await;
        let (account, _) = connected.map_err(|problem| anyhow!("not connected: {problem:?}"))?;
        let this = Self {
            meter: embedded.meter(),
            jobs: functions_sync::jobs().into_iter().chain(functions_evaluate::jobs()).collect(),
            platform,
            fake,
            owner,
            account,
            embedded,
            waiting,
            clock,
            _folder: folder,
        };
        this.add_rules(&rules::three(&this.platform, &this.owner)).await?;
        this.waiting.take();
        this.meter.take();
        Ok(this)
    }

    /// The same network under another name, as an account more.
    pub(crate) async fn connect_another(&self, name: &str) -> Result<()> {
        let actor = Actor::new(self.owner.user, &self.owner.name);
        let new = NewAccount {
            name: name.into(),
            base_url: Some(self.fake.url.clone()),
            api_token: Tokens::GOOD.into(),
            sync_interval_seconds: None,
        };
        let connected = connect(&self.platform, self.owner.tenant, actor, new).await;
        connected.map_err(|problem| anyhow!("not connected: {problem:?}"))?;
        Ok(())
    }

    async fn add_rules(&self, rules: &[Rule]) -> Result<()> {
        let mut transaction = self.platform.store.transaction();
        rules.iter().try_for_each(|rule| transaction.create_rule(rule))?;
        Ok(transaction.commit().await?)
    }

    /// Forgets what a warm process remembers, as a function that was just started does.
    pub(crate) fn start_anew(&mut self) -> Result<()> {
        self.platform = platform(&self.embedded, &self.waiting, &self.clock)?;
        Ok(())
    }

    /// One minute passes: dispatch, sync, evaluation.
    pub(crate) async fn tick(&self) -> Result<Tick> {
        self.clock.0.fetch_add(60, Ordering::Relaxed);
        let calls_before = self.fake.calls().await?;
        usage::forget_peak()?;
        let mut tick = Tick::default();
        for job in &self.jobs {
            if let Trigger::Schedule(run) = &job.trigger {
                tick.dispatch += self.measure(run(self.platform.clone())).await?;
            }
        }
        loop {
            let messages = self.waiting.take();
            if messages.is_empty() {
                break;
            }
            for message in messages {
                let cost = self.handle(message.clone()).await?;
                match message {
                    Message::Sync { .. } => tick.sync += cost,
                    _ => tick.evaluation += cost,
                }
            }
        }
        tick.peak = usage::peak_megabytes()?;
        tick.netbird_calls = self.fake.calls().await? - calls_before;
        let sync = self.platform.store.sync_state(self.owner.tenant, self.account.id).await?;
        self.meter.take();
        let failed = sync.context("the account is gone")?.reason;
        anyhow::ensure!(failed.is_none(), "the sync failed: {failed:?}");
        Ok(tick)
    }

    async fn handle(&self, message: Message) -> Result<Cost> {
        let job = self.jobs.iter().find_map(|job| match &job.trigger {
            Trigger::Queue(queue, run) if *queue == message.queue() => Some(run),
            _ => None,
        });
        let run = job.context("no job takes this message")?;
        self.measure(run(self.platform.clone(), message)).await
    }

    /// What a future costs.
    pub(crate) async fn measure<T, E>(&self, work: impl std::future::Future<Output = Result<T, E>>) -> Result<Cost>
    where
        E: std::fmt::Display,
    {
        self.meter.take();
        let (thread, process) = (usage::thread_cpu(), usage::process_cpu());
        let done = work.await;
        let thread = usage::thread_cpu() - thread;
        let process = usage::process_cpu() - process;
        done.map_err(|error| anyhow!("{error}"))?;
        let (reads, writes, calls) = self.meter.take();
        let milliseconds = |duration: std::time::Duration| duration.as_secs_f64() * 1e3;
        let database_cpu = milliseconds(process.saturating_sub(thread));
        Ok(Cost { reads, writes, calls, cpu: milliseconds(thread), database_cpu })
    }
}

fn platform(embedded: &Embedded, waiting: &Arc<Waiting>, clock: &Arc<MovableClock>) -> Result<Platform> {
    let secret = SecretText::new("x".repeat(SecretText::MIN)).context("the secret is too short")?;
    Ok(Platform::new(Parts {
        store: Store::new(embedded.client(), "platform", clock.clone()),
        clock: clock.clone(),
        entropy: Arc::new(SystemEntropy),
        issuer: Some(Arc::new(TokenIssuer::new(std::slice::from_ref(&secret)))),
        vault: Some(Arc::new(Vault::new(std::slice::from_ref(&secret)))),
        second_factors: Some(Arc::new(Vault::new(&[secret]))),
        queues: waiting.clone(),
        mail: None,
        sockets: Arc::new(NoSockets),
        files: Arc::new(NoFiles),
        addresses: AddressPolicy { allow_private: true },
        services_at: None,
        public_url: "http://localhost".parse()?,
        setup_code: SetupCode::NotNeeded,
        open_sign_up: false,
        sync_interval: SignedDuration::from_mins(1),
        alert_mails_per_recipient: ALERT_MAILS_PER_RECIPIENT,
        // As on AWS, where roles do.
        holds_to_rows: false,
    }))
}
