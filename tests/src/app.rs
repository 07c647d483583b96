//! The platform under test.

use std::future::Future;
use std::net::Ipv4Addr;
use std::sync::Arc;

use jiff::SignedDuration;
use platform_core::clock::Clock;
use platform_core::tenancy::Email;
use platform_http::router::{Observer, chain, router, with_boundary};
use platform_identity::issuer::TokenIssuer;
use platform_local::files::{self, Folder};
use platform_netbird::fake::{FakeServer, Handle, Tokens};
use platform_notify::email::Originator;
use platform_notify::guard::AddressPolicy;
use platform_runtime::job::{JobResult, Trigger};
use platform_runtime::platform::{ALERT_MAILS_PER_RECIPIENT, Mail, SetupCode};
use platform_runtime::queue::Message;
use platform_runtime::secrets::SecretText;
use platform_runtime::vault::Vault;
use platform_runtime::{Job, Parts, Platform};
use platform_store::Store;
use platform_store::embedded::Embedded;
use platform_store::feed::Change;
use serde_json::{Value, json};

use crate::client::{Client, Member};
use crate::clock::{SeededEntropy, TestClock};
use crate::mailbox::Mailbox;
use crate::queues::{Queued, TRIES, TestQueues};
use crate::receiver::Receiver;
use crate::sockets::TestSockets;

const SEED: u64 = 1;
/// The secret that signs access tokens.
pub const TOKEN_SECRET: &str = "the token secret of every test's platform";
const VAULT_SECRET: &str = "the vault secret of every test's platform";
const SECOND_FACTOR_SECRET: &str = "the second-factor secret of every test's platform";
/// Changes that are written between two steps at most: planted lists, and what goes with an account that is large.
const ROOM: usize = 1 << 14;
/// More steps than any story takes: beyond it something goes round in circles.
const MOST_STEPS: usize = 20_000;

/// What may differ from test to test.
#[derive(Debug, Clone)]
pub struct Options {
    /// What ids, jitter and the fake NetBird's network are made of.
    pub seed: u64,
    /// Peers of the fake NetBird's network.
    pub peers: usize,
    /// The code that the first set-up asks for.
    pub setup_code: Option<&'static str>,
    /// Whether users' URLs may lead to private addresses. Webhooks and NetBird are on the loopback interface here.
    pub allow_private: bool,
    /// Whether anybody may sign up a tenant.
    pub open_sign_up: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: SEED, peers: 10, setup_code: None, allow_private: true, open_sign_up: true }
    }
}

/// The whole platform in one process, a NetBird, a receiver of webhooks and a mailbox.
pub struct TestApp {
    /// The platform, as endpoints and jobs see it.
    pub platform: Platform,
    /// Moves only when told to.
    pub clock: TestClock,
    /// What ids and jitter are made of.
    pub entropy: Arc<SeededEntropy>,
    /// The database.
    pub database: Embedded,
    /// What waits to be handled.
    pub queues: TestQueues,
    /// NetBird, by the same clock. All of its peers are connected at first.
    pub netbird: FakeServer,
    /// Takes webhooks.
    pub receiver: Receiver,
    /// Takes mail.
    pub mailbox: Mailbox,
    /// What is sent over sockets.
    pub sockets: TestSockets,
    /// Where files of tenants are, until the test ends.
    pub files: tempfile::TempDir,
    /// Somebody who is not signed in.
    pub anybody: Client,
    jobs: Vec<Job>,
}

impl TestApp {
    /// Starts it, not set up yet.
    pub async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    /// Starts it with these options.
    pub async fn start_with(options: Options) -> Self {
        let (clock, entropy) = (TestClock::new(), Arc::new(SeededEntropy::new(options.seed)));
        let embedded = Embedded::in_memory().expect("memory holds a database").with_room(ROOM);
        let queues = TestQueues::new(clock.clone(), embedded.changes());
        let (mailbox, sockets) = (Mailbox::default(), TestSockets::default());
        let secret = |text: &str| SecretText::new(text.to_owned()).expect("it is long enough");
        let from = "platform@netbird.example".parse::<Email>().expect("it is an address");
        let receiver = Receiver::start().await.expect("a port is free");
        let files = tempfile::tempdir().expect("there is room for a folder");
        let public_url: url::Url = "https://platform.example".parse().expect("it is a URL");
        let folder = Folder::new(files.path().to_owned(), Arc::new(clock.clone()), public_url.clone());
        let folder = folder.expect("there is randomness");
        let platform = Platform::new(Parts {
            store: Store::new(embedded.client(), "platform", Arc::new(clock.clone())),
            clock: Arc::new(clock.clone()),
            entropy: entropy.clone(),
            issuer: Some(Arc::new(TokenIssuer::new(&[secret(TOKEN_SECRET)]))),
            vault: Some(Arc::new(Vault::new(&[secret(VAULT_SECRET)]))),
            second_factors: Some(Arc::new(Vault::new(&[secret(SECOND_FACTOR_SECRET)]))),
            queues: Arc::new(queues.clone()),
            mail: Some(Mail {
                transport: Arc::new(mailbox.clone()),
                from: Originator { name: "NetBird platform".into(), address: from },
            }),
            sockets: Arc::new(sockets.clone()),
            files: Arc::new(folder.clone()),
            addresses: AddressPolicy { allow_private: options.allow_private },
            services_at: Some(format!("{}/", receiver.url()).parse().expect("it is a URL")),
            public_url,
            setup_code: match options.setup_code {
                Some(code) => SetupCode::Needed(secret(code)),
                None => SetupCode::NotNeeded,
            },
            open_sign_up: options.open_sign_up,
            sync_interval: SignedDuration::from_mins(1),
            alert_mails_per_recipient: ALERT_MAILS_PER_RECIPIENT,
            holds_to_rows: true,
        });
        platform.store.create_table().await.expect("the database takes the table");
        platform.publish_token_keys().await.expect("the database takes the key");
        platform.load_token_keys().await.expect("the database has the key");
        let netbird = start_netbird(options.peers, options.seed, &clock).await;
        let observer: Arc<dyn Observer> = Arc::new(platform.clone());
        let api = router(platform_local::endpoints(), &platform, observer.clone());
        let api = api.merge(with_boundary(files::router(&folder), observer));
        let jobs = platform_local::jobs();
        Self {
            platform,
            clock,
            entropy,
            database: embedded,
            queues,
            netbird,
            receiver,
            mailbox,
            sockets,
            files,
            anybody: Client::new(api),
            jobs,
        }
    }

    /// Somebody who is not signed in, at a process of the same platform that was started with these token secrets.
    pub async fn restarted_with(&self, token_secrets: &[&str]) -> Client {
        let secret = |text: &&str| SecretText::new((*text).to_owned()).expect("it is long enough");
        let secrets: Vec<_> = token_secrets.iter().map(secret).collect();
        let parts = &self.platform;
        let platform = Platform::new(Parts {
            store: parts.store.clone(),
            clock: parts.clock.clone(),
            entropy: parts.entropy.clone(),
            issuer: Some(Arc::new(TokenIssuer::new(&secrets))),
            vault: None,
            second_factors: None,
            queues: parts.queues.clone(),
            mail: None,
            sockets: parts.sockets.clone(),
            files: parts.files.clone(),
            addresses: parts.addresses,
            services_at: parts.services_at.clone(),
            public_url: parts.public_url.clone(),
            setup_code: SetupCode::NotNeeded,
            open_sign_up: false,
            sync_interval: SignedDuration::from_mins(1),
            alert_mails_per_recipient: ALERT_MAILS_PER_RECIPIENT,
            holds_to_rows: true,
        });
        platform.publish_token_keys().await.expect("the database takes the keys");
        platform.load_token_keys().await.expect("the database has the keys");
        Client::new(router(platform_local::endpoints(), &platform, Arc::new(platform.clone())))
    }

    /// Another NetBird, with a network of its own.
    pub async fn another_netbird(&self, peers: usize, seed: u64) -> FakeServer {
        start_netbird(peers, seed, &self.clock).await
    }

    /// Moves the clock and does nothing else: a stretch in which no tick came.
    pub fn skip(&self, by: SignedDuration) {
        self.clock.advance(by);
    }

    /// What the Scheduler starts every minute, and all that follows from it.
    pub async fn tick(&self) {
        self.schedule().await;
        self.settle().await;
    }

    /// A tick of a process that dies after so many steps: what waited in its queues is gone.
    pub async fn tick_and_die(&self, steps: usize) {
        self.schedule().await;
        for _ in 0..steps {
            self.step().await;
        }
        self.queues.lose();
    }

    async fn schedule(&self) {
        self.start_jobs(|_| true).await;
    }

    /// Starts one scheduled job, and nothing that follows from it.
    pub async fn schedule_one(&self, name: &str) {
        self.start_jobs(|job| job == name).await;
    }

    async fn start_jobs(&self, is_meant: impl Fn(&str) -> bool) {
        for job in self.jobs.iter().filter(|job| is_meant(job.name)) {
            if let Trigger::Schedule(run) = &job.trigger {
                let result = run(self.platform.clone()).await;
                self.note(job.name, &result);
            }
        }
    }

    /// From now on this job does not run, as if its schedule or its function were switched off.
    pub fn switch_off(&mut self, job: &str) {
        let before = self.jobs.len();
        self.jobs.retain(|known| known.name != job);
        assert!(self.jobs.len() < before, "there is no job {job}");
    }

    /// Lets minutes pass, each with its tick.
    pub async fn pass(&self, minutes: usize) {
        for _ in 0..minutes {
            self.skip(SignedDuration::from_mins(1));
            self.tick().await;
        }
    }

    /// Handles messages, one after the other, until none is due.
    ///
    /// # Panics
    ///
    /// If it does not come to rest.
    pub async fn settle(&self) {
        for _ in 0..MOST_STEPS {
            if !self.step().await {
                return;
            }
        }
        panic!("messages lead to ever more messages");
    }

    /// Handles one message, if one is due.
    async fn step(&self) -> bool {
        while let Some(change) = self.queues.take_change() {
            if self.tell(&change).await {
                return true;
            }
        }
        if let Some(queued) = self.queues.take_due() {
            self.handle(queued).await;
        } else {
            return false;
        }
        true
    }

    /// Runs the jobs that wait for a change, if there are any.
    pub async fn tell(&self, change: &Change) -> bool {
        let mut is_heard = false;
        for job in &self.jobs {
            if let Trigger::Change(interest, run) = &job.trigger
                && interest.covers(change)
            {
                is_heard = true;
                let result = run(self.platform.clone(), change.clone()).await;
                self.note(job.name, &result);
            }
        }
        is_heard
    }

    async fn handle(&self, Queued { message, tries }: Queued) {
        let result = self.run(message.clone()).await;
        self.note(message.queue().name(), &result);
        match result {
            Ok(()) => {}
            Err(_) if tries + 1 < TRIES => {
                self.queues.put_after(Queued { message, tries: tries + 1 }, SignedDuration::ZERO);
            }
            Err(_) => self.queues.bury(message),
        }
    }

    /// Handles one message once, as a function on AWS does.
    pub async fn run(&self, message: Message) -> JobResult {
        let run = self.jobs.iter().find_map(|job| match &job.trigger {
            Trigger::Queue(queue, run) if *queue == message.queue() => Some(run),
            _ => None,
        });
        run.expect("every queue has a job")(self.platform.clone(), message).await
    }

    fn note(&self, job: &str, result: &JobResult) {
        if let Err(error) = result {
            self.queues.note_failure(format!("{job}: {}", chain(error.as_ref())));
        }
    }

    /// Runs something whose timers must not be waited for: they go off as soon as nothing else is left to do.
    pub async fn without_waiting<T>(&self, work: impl Future<Output = T>) -> T {
        tokio::time::pause();
        let done = work.await;
        tokio::time::resume();
        done
    }

    /// Does something with a process that dies at the call of the database after so many. Returns whether it came to its
    /// end before.
    pub async fn die_after(&self, calls: u64, work: impl Future) -> bool {
        let fuse = self.database.fuse();
        fuse.set(calls);
        let ended = tokio::select! {
            _ = work => true,
            () = fuse.blown() => false,
        };
        fuse.replace();
        ended
    }

    /// What runs without being asked by a request.
    pub fn jobs(&self) -> &[Job] {
        &self.jobs
    }

    /// The fake NetBird's controls.
    pub fn network(&self) -> &Handle {
        self.netbird.handle()
    }

    /// Names of the network's peers.
    pub fn peers(&self) -> Vec<String> {
        self.network().look(|network| network.peers().iter().map(|peer| peer.name.clone()).collect())
    }

    /// Peers say goodbye.
    pub fn disconnect(&self, names: &[impl AsRef<str>]) {
        self.network().change(|network, now| network.disconnect(names, now));
    }

    /// Peers come back.
    pub fn connect(&self, names: &[impl AsRef<str>]) {
        self.network().change(|network, now| network.connect(names, now));
    }

    /// Connects the fake NetBird and waits for its first sync. Returns the account's id.
    pub async fn connect_account(&self, member: &Member) -> String {
        self.connect_account_at(member, "HQ", &self.netbird).await
    }

    /// Connects a NetBird under a name and waits for its first sync.
    pub async fn connect_account_at(&self, member: &Member, name: &str, netbird: &FakeServer) -> String {
        let body = json!({ "name": name, "baseUrl": netbird.url(), "apiToken": Tokens::GOOD });
        let account = member.post("/api/netbird/accounts", body).await.expect(201);
        self.settle().await;
        account["id"].as_str().expect("an account has an id").to_owned()
    }

    /// Makes a rule that tells this app's receiver and `ops@acme.example`, who wants it; `rule` adds to it and overrides.
    pub async fn make_rule(&self, member: &Member, rule: Value) -> Value {
        let mut body = json!({
            "name": "Servers down",
            "conditionType": "peer_offline",
            "conditionConfig": { "threshold": 1, "duration": 5 },
            "severity": "high",
            "notificationConfig": {
                "email": { "enabled": true, "recipients": ["ops@acme.example"] },
                "webhook": { "enabled": true, "url": self.receiver.url() },
            },
        });
        let fields = body.as_object_mut().expect("it is an object");
        fields.extend(rule.as_object().expect("a rule is an object").clone());
        let recipients = body["notificationConfig"]["email"]["recipients"].clone();
        let made = member.post("/api/alerts/rules", body).await.expect(201);
        for recipient in recipients.as_array().into_iter().flatten() {
            self.want_alerts(member.tenant, recipient.as_str().expect("an address is text")).await;
        }
        if let Some(secret) = made["notificationConfig"]["webhook"]["secret"].as_str() {
            self.receiver.trust(secret);
        }
        made
    }

    /// The tenant's alerts, newest first.
    pub async fn alerts(&self, member: &Member) -> Vec<Value> {
        let alerts = member.get("/api/alerts?limit=1000").await.expect(200);
        alerts.as_array().expect("a list").clone()
    }

    /// The one account, as the API shows it.
    pub async fn account(&self, member: &Member) -> Value {
        member.get("/api/netbird/account").await.expect(200)
    }

    /// The time.
    pub fn now(&self) -> jiff::Timestamp {
        self.clock.now()
    }
}

/// What a row forgot to declare would be refused on AWS: it fails the test that meets it.
impl Drop for TestApp {
    fn drop(&mut self) {
        let refusals = self.platform.take_refusals();
        assert!(refusals.is_empty() || std::thread::panicking(), "{refusals:#?}");
    }
}

async fn start_netbird(peers: usize, seed: u64, clock: &TestClock) -> FakeServer {
    let address = (Ipv4Addr::LOCALHOST, 0).into();
    let netbird = FakeServer::start(address, peers, seed, Arc::new(clock.clone())).await.expect("a port is free");
    netbird.handle().change(|network, now| {
        let names: Vec<String> = network.peers().iter().map(|peer| peer.name.clone()).collect();
        network.connect(&names, now);
    });
    netbird
}
