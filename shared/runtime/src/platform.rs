//! Everything an endpoint or job may use, whichever host it runs in.

use std::fmt;
use std::num::NonZeroU32;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use jiff::{SignedDuration, Timestamp};
use platform_core::audit::{Actor, AuditEntry};
use platform_core::clock::{Clock, Entropy};
use platform_core::ids::{AuditId, MailId, TenantId};
use platform_core::mail::{MailAbout, Origin};
use platform_core::tenancy::Email;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::gate::Gate;
use platform_http::router::Observer;
use platform_http::token::Verifier;
use platform_notify::email::{EmailTransport, Originator};
use platform_notify::guard::{self, AddressPolicy, GuardedResolver};
use platform_notify::webhook;
use platform_store::Store;
use serde_json::Value;

use crate::admission::Admissions;
use crate::issuer::Issuer;
use crate::queue::Queues;
use crate::secrets::SecretText;
use crate::vault::Vault;

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
pub struct Mail {
    /// Takes it.
    pub transport: Arc<dyn EmailTransport>,
    /// Sender of every message.
    pub from: Originator,
}

/// [`Parts::alert_mails_per_recipient`] where nobody chose another: more than anybody reads.
pub const ALERT_MAILS_PER_RECIPIENT: NonZeroU32 = NonZeroU32::new(40).expect("it is not zero");

/// What a host chooses.
pub struct Parts {
    /// The table.
    pub store: Store,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub entropy: Arc<dyn Entropy>,
    /// Signs tokens, in functions that sign people in.
    pub issuer: Option<Issuer>,
    /// Seals secrets that tenants entrust to the platform, in functions that handle them.
    pub vault: Option<Vault>,
    /// Seals the seeds of second factors, in functions that check them. Keys of its own, so that whoever signs people in
    /// cannot read NetBird's tokens.
    pub second_factors: Option<Vault>,
    /// Takes messages.
    pub queues: Arc<dyn Queues>,
    /// Sends mail, in functions that do.
    pub mail: Option<Mail>,
    /// Which addresses users' URLs may lead to.
    pub addresses: AddressPolicy,
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
}

struct Inner {
    parts: Parts,
    verifier: Arc<Verifier>,
    netbird: OnceLock<platform_netbird::Transport>,
    webhooks: OnceLock<webhook::Sender>,
    admissions: Admissions,
}

/// A host, as endpoints and jobs see it. Cheap to clone.
#[derive(Clone)]
pub struct Platform(Arc<Inner>);

impl Platform {
    /// A platform of these parts.
    pub fn new(parts: Parts) -> Self {
        let verifier = Arc::new(Verifier::new());
        Self(Arc::new(Inner {
            parts,
            verifier,
            netbird: OnceLock::new(),
            webhooks: OnceLock::new(),
            admissions: Admissions::default(),
        }))
    }

    /// Reads the public keys that verify tokens, before the first request.
    pub async fn load_token_keys(&self) -> Result<(), platform_store::StoreError> {
        self.0.verifier.load(&self.store, self.now()).await
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
    pub fn issuer(&self) -> Result<&Issuer, Problem> {
        self.issuer.as_ref().ok_or_else(|| Problem::internal("this function has no signing key"))
    }

    /// The vault, where the host gives one.
    pub fn vault(&self) -> Result<&Vault, Problem> {
        self.vault.as_ref().ok_or_else(|| Problem::internal("this function has no vault"))
    }

    /// The vault of second factors, where the host gives one.
    pub fn second_factors(&self) -> Result<&Vault, Problem> {
        self.second_factors.as_ref().ok_or_else(|| Problem::internal("this function has no vault of second factors"))
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
        if let Some(transport) = self.0.netbird.get() {
            return Ok(transport.clone());
        }
        let policy = self.addresses;
        let transport = platform_netbird::Transport::new(platform_netbird::AddressGuard {
            resolver: Arc::new(GuardedResolver::new(policy)),
            allows: Arc::new(move |url| policy.check_url(url).is_ok()),
            is_refusal: guard::is_address_refused,
        });
        let transport = transport.map_err(Problem::internal)?;
        Ok(self.0.netbird.get_or_init(|| transport).clone())
    }

    /// What this process admits of syncs.
    pub fn admissions(&self) -> &Admissions {
        &self.0.admissions
    }

    /// Sends webhooks. Made at first use.
    pub fn webhooks(&self) -> Result<&webhook::Sender, Problem> {
        if let Some(sender) = self.0.webhooks.get() {
            return Ok(sender);
        }
        let sender = webhook::Sender::new(self.addresses).map_err(Problem::internal)?;
        Ok(self.0.webhooks.get_or_init(|| sender))
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

impl Deref for Platform {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0.parts
    }
}

impl axum::extract::FromRef<Platform> for Gate {
    fn from_ref(platform: &Platform) -> Self {
        Gate { store: platform.store.clone(), clock: platform.clock.clone(), verifier: platform.0.verifier.clone() }
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
