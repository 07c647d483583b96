//! `sendWebhook`: delivers an intent to a rule's webhook.
//!
//! A receiver that does not answer holds a sender until the try is given up. So such a receiver is tried by one message at
//! a time, further and further apart, and what else is for it waits untried.

use jiff::SignedDuration;
use platform_core::account::Sealed;
use platform_core::intent::Intent;
use platform_core::receiver::Silence;
use platform_core::rule::{Headers, WebhookChannel};
use platform_notify::webhook::{CustomHeaders, Delivery, Outcome, Payload, Reason, SigningSecrets};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_runtime::vault::Place;
use platform_store::receivers::receiver_hash;
use url::Url;

use crate::attempt::{Told, Tried, Try, postpone, ready, run as attempt};

const WAITS: &str = "the receiver did not answer when it was last tried; this waits for it";

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Notify { tenant, intent: key } = message else { return Err("not a message of this queue".into()) };
    let Some(intent) = ready(&platform, tenant, &key).await? else { return Ok(()) };
    // What goes wrong here is a try that failed, as anywhere on the way: it ends some day and is seen.
    let url = url_of(&platform, &intent).await;
    let receiver = url.as_ref().ok().and_then(Option::as_ref).map(|url| receiver_hash(url.as_str()));
    let mut known = None;
    if let Some(receiver) = &receiver
        && let Some(silence) = platform.store.silence(tenant, receiver).await?
    {
        let now = platform.now();
        let again = silence.look_again(intent.created_at, now);
        if now < silence.until {
            return postpone(&platform, intent, again, WAITS).await;
        }
        let mut tried = silence.tried(now);
        if !platform.store.note_silence(tenant, receiver, &mut tried).await? {
            // Another message tries it just now.
            return postpone(&platform, intent, tried.look_again(now, now), WAITS).await;
        }
        known = Some(tried);
    }
    attempt(&platform, intent, async |intent, told| {
        let Some((url, receiver)) = url?.zip(receiver) else {
            return Ok(Try::Failed { reason: "the rule has no webhook any more".into() }.into());
        };
        let outcome = send(&platform, intent, told, &url).await?;
        match &outcome {
            Outcome::Retry { reason: Reason::Timeout, .. } => {
                let mut silence = Silence::after(known.as_ref(), platform.now());
                // If somebody else noted it, that will do.
                platform.store.note_silence(tenant, &receiver, &mut silence).await?;
            }
            _ if known.is_some() => platform.store.forget_silence(tenant, &receiver).await?,
            _ => {}
        }
        Ok(tried(outcome))
    })
    .await
}

fn tried(outcome: Outcome) -> Tried {
    let outcome = match outcome {
        Outcome::Delivered => Try::Delivered,
        Outcome::Retry { reason, retry_after } => Try::Retry { reason: reason.to_string(), after: retry_after },
        Outcome::Failed { reason } => Try::Failed { reason: reason.to_string() },
        Outcome::Gone => Try::Failed { reason: "the receiver answered 410 Gone: it wants no more messages".into() },
    };
    outcome.into()
}

/// Where the intent goes, if its rule still has a webhook.
async fn url_of(platform: &Platform, intent: &Intent) -> Result<Option<Url>, JobError> {
    let rule = platform.store.rule_even_deleted(intent.tenant, intent.rule).await?;
    let Some(webhook) = rule.and_then(|rule| rule.notification.webhook) else { return Ok(None) };
    Ok(match &webhook.sealed_url {
        Some(sealed) => Some(open(platform, intent, "webhook-url", sealed)?.parse()?),
        None => webhook.url,
    })
}

async fn send(platform: &Platform, intent: &Intent, told: &Told, url: &Url) -> Result<Outcome, JobError> {
    let webhook: &WebhookChannel = match told.rule.as_ref().and_then(|rule| rule.notification.webhook.as_ref()) {
        Some(webhook) => webhook,
        None => return Err("the rule has no webhook any more".into()),
    };
    let headers: Headers = serde_json::from_str(&open(platform, intent, "webhook-headers", &webhook.sealed_headers)?)?;
    let current = open(platform, intent, "webhook-secret", &webhook.secret)?.parse()?;
    let sender = platform.webhooks().map_err(|_| "no HTTP client")?;
    let attempt = sender
        .send(Delivery {
            url,
            id: &intent.key,
            sent_at: platform.now(),
            secrets: &SigningSecrets { current, previous: None },
            headers: &CustomHeaders::parse(&headers)?,
            body: &Payload::from(told.notice(intent, platform)).to_json(),
        })
        .await;
    Ok(attempt.outcome)
}

fn open(platform: &Platform, intent: &Intent, purpose: &str, sealed: &Sealed) -> Result<String, JobError> {
    let vault = platform.vault.as_ref().ok_or("this function has no vault")?;
    let record = format!("rule/{}", intent.rule);
    Ok(vault.open(Place { owner: intent.tenant.uuid(), record: &record, purpose }, sealed)?)
}

// What a claim keeps to itself is longer than a try of a receiver takes.
const _: () = assert!(platform_core::intent::LEASE.as_secs() > SignedDuration::from_secs(30).as_secs());
