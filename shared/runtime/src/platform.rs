//! Everything an endpoint or job may use, whichever host it runs in.

use std::collections::HashMap;
use std::fmt;
use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::{SignedDuration, Timestamp};
use platform_core::audit::{Actor, AuditEntry};
use platform_core::clock::{Clock, Entropy};
use platform_core::ids::{AuditId, MailId, TenantId};
use platform_core::mail::{MailAbout, Origin};
use platform_core::tenancy::Email;
use platform_http::client::Client;
use platform_http::gate::Gate;
use platform_http::needs::Secret;
use platform_http::router::Observer;
use platform_http::token::Verifier;
use platform_http::{Host, Needs, Problem};
use platform_notify::email::{EmailTransport, Originator};
use platform_notify::guard::{self, AddressPolicy, GuardedResolver};
use platform_notify::webhook;
use platform_store::Store;
use serde_json::Value;

use crate::admission::{Admissions, Turn};
use crate::files::{Files, HeldFiles, NoFiles};
use crate::issuer::Issuer;
use crate::queue::{Future, Message, Queue, QueueError, Queues};
use crate::secrets::SecretText;
use crate::sockets::{NoSockets, Sockets};
use crate::vault::Vault;

/// Seconds after which whoever found no turn to read a list may ask again.
const LIST_BUSY: u64 = 5;

/// Whether the first set-up asks for a code.
#[derive(Debug, Clone)]
pub enum SetupCode {
    /// No: only people on this machine can reach the platform.
    NotNeeded,
    /// Yes, this one.
    Needed(SecretText),
    /// Yes, but this function does not know it.
    NeededElsewhere,
}

/// How mail leaves, and whose it is.
#[derive(Clone)]
pub struct Mail {
    /// Takes it.
    pub transport: Arc<dyn EmailTransport>,
    /// Sender of every message.
    pub from: Originator,
}

/// [`Parts::alert_mails_per_recipient`] where nobody chose another: more than anybody reads.
pub const ALERT_MAILS_PER_RECIPIENT: NonZeroU32 = NonZeroU32::new(40).expect("it is not zero");

/// What a host chooses.
#[derive(Clone)]
pub struct Parts {
    /// The table.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Signs tokens, in functions that sign people in.
    pub issuer: Option<Arc<dyn Issuer>>,
    /// Seals secrets that tenants entrust to the platform, in functions that handle them.
    pub vault: Option<Arc<Vault>>,
    /// Seals the seeds of second factors, in functions that check them. Keys of its own, so that whoever signs people in
    /// cannot read NetBird's tokens.
    pub second_factors: Option<Arc<Vault>>,
    /// Takes messages.
    pub queues: Arc<dyn Queues>,
    /// Sends mail, in functions that do.
    pub mail: Option<Mail>,
    /// Sends frames over sockets, in functions that do.
    pub sockets: Arc<dyn Sockets>,
    /// Keeps files, in functions that handle them.
    pub files: Arc<dyn Files>,
    /// Which addresses users' URLs may lead to.
    pub addresses: AddressPolicy,
    /// Where services such as PagerDuty are, in tests; at their own addresses if absent.
    pub services_at: Option<url::Url>,
    /// Where the web app is, for links and for the origin of its requests.
    pub public_url: url::Url,
    /// Whether the first set-up asks for a code.
    pub setup_code: SetupCode,
    /// Whether anybody may sign up a tenant.
    pub open_sign_up: bool,
    /// How often accounts are synced.
    pub sync_interval: SignedDuration,
    /// Messages about alerts that one recipient gets from one tenant in an hour; what is over it is summed up in one.
    pub alert_mails_per_recipient: NonZeroU32,
    /// Whether the host itself holds operations to what their rows say they need. On AWS their roles do.
    pub holds_to_rows: bool,
}

/// What operations of one host have in common, however little of it each is given.
#[derive(Default)]
struct Common {
    verifier: Arc<Verifier>,
    netbird: OnceLock<platform_netbird::Transport>,
    webhooks: OnceLock<webhook::Sender>,
    admissions: Admissions,
    /// The store as each operation is given it.
    held: Mutex<HashMap<String, Store>>,
    refusals: Arc<Mutex<Vec<String>>>,
}

struct Inner {
    parts: Parts,
    /// The one that this is for, if it is held to a row.
    operation: Option<String>,
    common: Arc<Common>,
}

/// A host, as endpoints and jobs see it. Cheap to clone.
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

impl Platform {
    /// A platform of these parts.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner { parts, operation: None, common: Arc::default() }))
    }

    /// What operations tried since the last time that their rows do not say they need.
    pub fn take_refusals(&self) -> Vec<String> {
        std::mem::take(&mut self.0.common.refusals.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Something that this operation was not given. That its row does not say so is a fault to be seen.
    fn lacks<T>(&self, what: &str) -> Result<T, Problem> {
        if let Some(operation) = &self.0.operation {
            tracing::error!(operation, what, "not granted by the operation's row");
            note(&self.0.common.refusals, format!("the row of {operation} does not grant {what}"));
        }
        Err(Problem::internal(format!("this function has no {what}")))
    }

    /// Reads the public keys that verify tokens, before the first request.
    pub async fn load_token_keys(&self) -> Result<(), platform_store::StoreError> {
        self.0.common.verifier.load(&self.store, self.now()).await
    }

    /// Publishes the public keys of this function's signing keys, if it has any, and retires those of secrets that are
    /// neither the current nor the previous one.
    pub async fn publish_token_keys(&self) -> Result<(), platform_store::StoreError> {
        let Some(issuer) = &self.issuer else { return Ok(()) };
        let (ours, published) = (issuer.public_keys(), self.store.token_keys().await?);
        for key in ours.iter().filter(|key| !published.contains(key)) {
            self.store.publish_token_key(key).await?;
        }
        for key in published.iter().filter(|key| !ours.contains(key)) {
            tracing::info!(key.id = key.kid, "signing key retired");
            self.store.retire_token_key(&key.kid).await?;
        }
        Ok(())
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Random bytes.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A number in 0..1, for jitter.
    pub fn fraction(&self) -> f64 {
        crate::system::fraction(self.entropy.as_ref())
    }

    /// The token issuer, where the host gives one.
    pub fn issuer(&self) -> Result<&dyn Issuer, Problem> {
        self.issuer.as_deref().map_or_else(|| self.lacks("signing key"), Ok)
    }

    /// The vault, where the host gives one.
    pub fn vault(&self) -> Result<&Vault, Problem> {
        self.vault.as_deref().map_or_else(|| self.lacks("vault"), Ok)
    }

    /// The vault of second factors, where the host gives one.
    pub fn second_factors(&self) -> Result<&Vault, Problem> {
        self.second_factors.as_deref().map_or_else(|| self.lacks("vault of second factors"), Ok)
    }

    /// A mail about an account, to be written into the outbox.
    pub fn mail_about(&self, to: Email, about: MailAbout) -> platform_core::mail::Mail {
        let now = self.now();
        platform_core::mail::Mail::new(MailId::new(now, self.entropy.as_ref()), to, about, now)
    }

    /// From where a request comes, as mails tell it.
    pub fn origin_of(&self, client: &Client) -> Origin {
        Origin { at: self.now(), ip: client.ip.map(|ip| ip.to_string()), user_agent: client.user_agent.clone() }
    }

    /// Speaks to NetBird. Made at first use: most functions never do.
    pub fn netbird(&self) -> Result<platform_netbird::Transport, Problem> {
        if let Some(transport) = self.0.common.netbird.get() {
            return Ok(transport.clone());
        }
        let policy = self.addresses;
        let transport = platform_netbird::Transport::new(platform_netbird::AddressGuard {
            resolver: Arc::new(GuardedResolver::new(policy)),
            allows: Arc::new(move |url| policy.check_url(url).is_ok()),
            is_refusal: guard::is_address_refused,
        });
        let transport = transport.map_err(Problem::internal)?;
        Ok(self.0.common.netbird.get_or_init(|| transport).clone())
    }

    /// A turn to read the snapshots of a tenant's networks, for one who asks; whoever had none in time is told to come again.
    pub async fn list_turn(&self, tenant: TenantId) -> Result<Turn, Problem> {
        let busy = || Problem::busy("other lists of this tenant are being read; try again in a few seconds", LIST_BUSY);
        self.admissions().list(tenant).await.ok_or_else(busy)
    }

    /// A turn to play a tenant's past, which takes longer than reading a list: lists are not waited for meanwhile.
    pub async fn replay_turn(&self, tenant: TenantId) -> Result<Turn, Problem> {
        let busy =
            || Problem::busy("other rules are being tested over the past; try again in a few seconds", LIST_BUSY);
        self.admissions().replay(tenant).await.ok_or_else(busy)
    }

    /// What this process admits of syncs and lists.
    pub fn admissions(&self) -> &Admissions {
        &self.0.common.admissions
    }

    /// Why messages may not be sent to an address, if they may not: hosted, they are encrypted on their way.
    pub fn check_receiver(&self, url: &url::Url) -> Result<(), String> {
        if url.scheme() != "https" && !self.addresses.allow_private {
            return Err(format!("must begin with https://, not {}://", url.scheme()));
        }
        self.addresses.check_url(url).map_err(|error| error.to_string())
    }

    /// Sends webhooks. Made at first use.
    pub fn webhooks(&self) -> Result<&webhook::Sender, Problem> {
        if let Some(sender) = self.0.common.webhooks.get() {
            return Ok(sender);
        }
        let sender = webhook::Sender::new(self.addresses).map_err(Problem::internal)?;
        Ok(self.0.common.webhooks.get_or_init(|| sender))
    }

    /// The platform's own origin, such as `https://platform.example`.
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// An entry of the audit trail, to be written with what it tells.
    pub fn audit_entry(
        &self,
        tenant: TenantId,
        actor: Actor,
        action: &str,
        resource_id: impl fmt::Display,
        change: (Option<Value>, Option<Value>),
    ) -> AuditEntry {
        let now = self.now();
        AuditEntry {
            id: AuditId::new(now, self.entropy.as_ref()),
            tenant,
            at: now,
            actor,
            action: action.to_owned(),
            resource_type: action.split('.').next().unwrap_or_default().to_owned(),
            resource_id: resource_id.to_string(),
            old_values: change.0,
            new_values: change.1,
        }
    }
}

fn note(refusals: &Mutex<Vec<String>>, what: String) {
    refusals.lock().unwrap_or_else(PoisonError::into_inner).push(what);
}

impl Host for Platform {
    fn held_to(&self, operation: &str, needs: &Needs) -> Self {
        if !self.holds_to_rows {
            return self.clone();
        }
        let common = self.0.common.clone();
        let refusals = common.refusals.clone();
        let store = {
            let mut held = common.held.lock().unwrap_or_else(PoisonError::into_inner);
            let make = || {
                let refusals = refusals.clone();
                self.store.held_to(operation, &needs.grants, Arc::new(move |what| note(&refusals, what)))
            };
            held.entry(operation.to_owned()).or_insert_with(make).clone()
        };
        let queues = HeldQueues {
            operation: operation.to_owned(),
            granted: needs.queues.clone(),
            queues: self.queues.clone(),
            refusals,
        };
        let parts = Parts {
            store,
            issuer: self.issuer.clone().filter(|_| needs.uses(Secret::Token)),
            vault: self.vault.clone().filter(|_| needs.uses(Secret::Vault)),
            second_factors: self.second_factors.clone().filter(|_| needs.uses(Secret::SecondFactor)),
            mail: self.mail.clone().filter(|_| needs.sends_mail),
            queues: Arc::new(queues),
            sockets: match needs.sends_frames {
                true => self.sockets.clone(),
                false => Arc::new(NoSockets),
            },
            files: match needs.files.is_nothing() {
                true => Arc::new(NoFiles),
                false => Arc::new(HeldFiles { granted: needs.files, files: self.files.clone() }),
            },
            setup_code: match &self.setup_code {
                SetupCode::Needed(_) if !needs.uses(Secret::Setup) => SetupCode::NeededElsewhere,
                other => other.clone(),
            },
            ..self.0.parts.clone()
        };
        Self(Arc::new(Inner { parts, operation: Some(operation.to_owned()), common }))
    }
}

/// Queues of an operation that may put messages into some of them.
struct HeldQueues {
    operation: String,
    granted: Vec<Queue>,
    queues: Arc<dyn Queues>,
    refusals: Arc<Mutex<Vec<String>>>,
}

impl Queues for HeldQueues {
    fn send_after(&self, messages: Vec<Message>, delay: SignedDuration) -> Future<'_, Result<(), QueueError>> {
        let Some(refused) = messages.iter().map(Message::queue).find(|queue| !self.granted.contains(queue)) else {
            return self.queues.send_after(messages, delay);
        };
        let (operation, queue) = (&self.operation, refused.name());
        tracing::error!(operation, queue, "not granted by the operation's row");
        let what = format!("the row of {operation} does not grant the queue {queue}");
        note(&self.refusals, what.clone());
        Box::pin(async move { Err(QueueError(what.into())) })
    }

    fn is_durable(&self) -> bool {
        self.queues.is_durable()
    }
}

impl Deref for Platform {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl axum::extract::FromRef<Platform> for Gate {
    fn from_ref(platform: &Platform) -> Self {
        Gate {
            entropy: platform.entropy.clone(),
            store: platform.store.clone(),
            clock: platform.clock.clone(),
            verifier: platform.0.common.verifier.clone(),
            origin: platform.origin().into(),
        }
    }
}

impl Observer for Platform {
    fn request_id(&self) -> String {
        platform_core::clock::uuid_v7(self.now(), self.entropy.as_ref()).to_string()
    }

    fn answered(&self, method: &str, route: &str, status: u16, seconds: f64) {
        let labels = [("method", method.to_owned()), ("route", route.to_owned())];
        metrics::histogram!("http_request_duration_seconds", &labels).record(seconds);
        let status = ("status_code", status.to_string());
        let [method, route] = labels;
        metrics::counter!("http_requests_total", &[method, route, status]).increment(1);
    }
}

impl fmt::Debug for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Platform")
    }
}
