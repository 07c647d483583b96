//! Where messages go, of rules and of the tenant's channels. What is secret of it is sealed, bound to its rule or channel, and
//! opened only to be used.

use platform_core::account::Sealed;
use platform_core::channel::Receiver;
use platform_core::chat::{ChatChannel, Messenger};
use platform_core::ids::TenantId;
use platform_core::rule::{Headers, Rule, WebhookChannel};
use platform_core::service::{Region, SealedKey, Service, key_hint};
use platform_core::tenant_channel::TenantChannel;
use platform_notify::chat;
pub use platform_notify::message::Message;
use platform_notify::service::{self, Request};
use platform_notify::webhook::{
    Attempt, CustomHeaders, Delivery, HeaderRefused, Outcome, Payload, SecretRefused, SigningSecrets,
};
use url::Url;

use crate::platform::Platform;
use crate::vault::{DoesNotOpen, Place, Vault};

/// What the signing secrets of webhooks are sealed for.
pub const WEBHOOK_SECRET: &str = "webhook-secret";
/// What the keys of services are sealed for: each service's own, so that none is taken for another.
pub const PAGERDUTY: &str = "pagerduty-key";
/// That of Opsgenie.
pub const OPSGENIE: &str = "opsgenie-key";
/// The token of a bot.
pub const TELEGRAM: &str = "telegram-token";
/// The access token of a server.
pub const NTFY: &str = "ntfy-token";

/// Seals and opens what is secret of a rule's own channels, or of one of the tenant's.
#[derive(Clone)]
pub struct Secrets<'a> {
    platform: &'a Platform,
    tenant: TenantId,
    /// What it is bound to.
    record: String,
    /// Whether what holds them is to be kept.
    is_kept: bool,
}

/// Why a receiver cannot be used. Its text names no secret.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// The host gives this operation no vault, or no way out.
    #[error("this function has no {0}")]
    Lacking(&'static str),
    /// A secret does not open.
    #[error(transparent)]
    Sealed(#[from] DoesNotOpen),
    /// The address is none.
    #[error("a stored address is no address")]
    Url(#[from] url::ParseError),
    /// There is no address.
    #[error("a webhook has no address")]
    NoUrl,
    /// The headers are none.
    #[error("stored headers are no headers")]
    Json(#[from] serde_json::Error),
    /// The headers may not be sent.
    #[error(transparent)]
    Headers(#[from] HeaderRefused),
    /// The secret is none.
    #[error(transparent)]
    Secret(#[from] SecretRefused),
}

/// A webhook in the clear.
pub struct OpenWebhook {
    /// Where to.
    pub url: Url,
    /// What is sent with every message.
    pub headers: Headers,
    /// What it is signed with.
    pub secret: String,
    /// What it is signed with as well, while a secret is being replaced.
    pub old_secret: Option<String>,
}

impl<'a> Secrets<'a> {
    /// Those of a rule.
    pub fn of_rule(platform: &'a Platform, rule: &Rule) -> Self {
        Self { platform, tenant: rule.tenant, record: format!("rule/{}", rule.id), is_kept: true }
    }

    /// Those of a channel of a tenant.
    pub fn of_channel(platform: &'a Platform, channel: &TenantChannel) -> Self {
        Self { platform, tenant: channel.tenant, record: format!("channel/{}", channel.id), is_kept: true }
    }

    /// The same of something that is only tried, and never written: nothing is sealed, and nothing can be opened of it.
    #[must_use]
    pub fn only_tried(self) -> Self {
        Self { is_kept: false, ..self }
    }

    /// Seals a secret.
    pub fn seal(&self, purpose: &str, plain: &str) -> Result<Sealed, Unusable> {
        if !self.is_kept {
            return Ok(Sealed(String::new()));
        }
        Ok(self.vault()?.seal(self.place(purpose), plain, self.platform.entropy.as_ref()))
    }

    fn open(&self, purpose: &str, sealed: &Sealed) -> Result<String, Unusable> {
        Ok(self.vault()?.open(self.place(purpose), sealed)?)
    }

    fn vault(&self) -> Result<&'a Vault, Unusable> {
        self.platform.vault.as_deref().ok_or(Unusable::Lacking("vault"))
    }

    fn place<'s>(&'s self, purpose: &'s str) -> Place<'s> {
        Place { owner: self.tenant.uuid(), record: &self.record, purpose }
    }

    /// Where a webhook goes.
    pub fn webhook_url(&self, webhook: &WebhookChannel) -> Result<Url, Unusable> {
        match (&webhook.sealed_url, &webhook.url) {
            (Some(sealed), _) => Ok(self.open("webhook-url", sealed)?.parse()?),
            (None, Some(url)) => Ok(url.clone()),
            (None, None) => Err(Unusable::NoUrl),
        }
    }

    /// A webhook in the clear.
    pub fn webhook(&self, webhook: &WebhookChannel) -> Result<OpenWebhook, Unusable> {
        Ok(OpenWebhook {
            url: self.webhook_url(webhook)?,
            headers: serde_json::from_str(&self.open("webhook-headers", &webhook.sealed_headers)?)?,
            secret: self.open(WEBHOOK_SECRET, &webhook.secret)?,
            old_secret: webhook
                .old_secret_at(self.platform.now())
                .map(|old| self.open(WEBHOOK_SECRET, &old.secret))
                .transpose()?,
        })
    }

    /// What the address of a chat is sealed for: each messenger's own, so that none is taken for another.
    pub fn chat_purpose(messenger: Messenger) -> String {
        format!("{}-url", messenger.name())
    }

    /// Where a chat's messages go.
    pub fn chat_url(&self, messenger: Messenger, chat: &ChatChannel) -> Result<Url, Unusable> {
        Ok(self.open(&Self::chat_purpose(messenger), &chat.sealed_url)?.parse()?)
    }

    /// Where the messages for a receiver go.
    pub fn url(&self, receiver: Receiver<'_>) -> Result<Url, Unusable> {
        match receiver {
            Receiver::Webhook(webhook) => self.webhook_url(webhook),
            Receiver::Chat(messenger, chat) => self.chat_url(messenger, chat),
            Receiver::Service(service) => Ok(self.service_url(service)?),
        }
    }

    /// Seals a key of a service.
    pub fn seal_key(&self, purpose: &str, key: &str) -> Result<SealedKey, Unusable> {
        Ok(SealedKey { sealed: self.seal(purpose, key)?, hint: key_hint(key) })
    }

    /// Where a service is. Its keys are in what is sent, or behind this.
    fn service_url(&self, service: Service<'_>) -> Result<Url, url::ParseError> {
        let (name, address) = match service {
            Service::PagerDuty(there) if there.region == Region::Eu => ("pagerduty", "https://events.eu.pagerduty.com"),
            Service::PagerDuty(_) => ("pagerduty", "https://events.pagerduty.com"),
            Service::Opsgenie(there) if there.region == Region::Eu => ("opsgenie", "https://api.eu.opsgenie.com"),
            Service::Opsgenie(_) => ("opsgenie", "https://api.opsgenie.com"),
            Service::Telegram(_) => ("telegram", "https://api.telegram.org"),
            Service::Ntfy(ntfy) => return Ok(ntfy.server.clone()),
        };
        match &self.platform.services_at {
            Some(elsewhere) => elsewhere.join(&format!("{name}/")),
            None => address.parse(),
        }
    }

    /// What a service is asked, in this order.
    fn asked(&self, service: Service<'_>, message: Message<'_>) -> Result<Vec<Request>, Unusable> {
        let base = self.service_url(service)?;
        let open = |purpose, key: &SealedKey| self.open(purpose, &key.sealed);
        Ok(match service {
            Service::PagerDuty(there) => service::enqueue(&base, &open(PAGERDUTY, &there.key)?, message)?,
            Service::Opsgenie(there) => service::alert(&base, &open(OPSGENIE, &there.key)?, message)?,
            Service::Telegram(telegram) => {
                let token = open(TELEGRAM, &telegram.token)?;
                vec![service::send_message(&base, &token, &telegram.chat_id, message)?]
            }
            Service::Ntfy(ntfy) => {
                let token = ntfy.token.as_ref().map(|token| open(NTFY, token)).transpose()?;
                vec![service::publish(&base, &ntfy.topic, token.as_deref(), message)?]
            }
        })
    }

    /// Makes one attempt to send a message to a receiver, under an id that every attempt shares.
    pub async fn send(&self, receiver: Receiver<'_>, id: &str, message: Message<'_>) -> Result<Attempt, Unusable> {
        let sender = self.platform.webhooks().map_err(|_| Unusable::Lacking("HTTP client"))?;
        let (sent_at, none) = (self.platform.now(), CustomHeaders::default());
        match receiver {
            Receiver::Service(service) => {
                let mut first = None;
                for Request { url, headers, body } in self.asked(service, message)? {
                    let delivery = Delivery { url: &url, id, sent_at, secrets: None, headers: &headers, body: &body };
                    let attempt = sender.send(delivery).await;
                    // Of a test the first answer counts; what follows only takes back what it made.
                    let goes_on = attempt.outcome == Outcome::Delivered;
                    first.get_or_insert(attempt);
                    if !goes_on {
                        break;
                    }
                }
                first.ok_or(Unusable::NoUrl)
            }
            Receiver::Chat(messenger, chat) => {
                let asked = chat.channel.as_deref();
                let body = match message {
                    Message::Step(notice) => chat::alert(messenger, asked, notice),
                    Message::Trial(trial) => chat::trial(messenger, asked, trial),
                };
                let url = &self.chat_url(messenger, chat)?;
                Ok(sender.send(Delivery { url, id, sent_at, secrets: None, headers: &none, body: &body }).await)
            }
            Receiver::Webhook(webhook) => {
                let open = self.webhook(webhook)?;
                let previous = open.old_secret.as_deref().map(str::parse).transpose()?;
                let secrets = SigningSecrets { current: open.secret.parse()?, previous };
                let body = match message {
                    Message::Step(notice) => Payload::from(notice).to_json(),
                    Message::Trial(trial) => trial.to_json(),
                };
                let headers = CustomHeaders::parse(&open.headers)?;
                let delivery =
                    Delivery { url: &open.url, id, sent_at, secrets: Some(&secrets), headers: &headers, body: &body };
                Ok(sender.send(delivery).await)
            }
        }
    }
}
