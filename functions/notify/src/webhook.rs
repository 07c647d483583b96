//! `sendWebhook`: delivers an intent to a receiver, a rule's own or one of the tenant's: webhooks, and chats, which are webhooks too.
//!
//! A receiver that does not answer holds a sender until the try is given up. So such a receiver is tried by one message at
//! a time, further and further apart, and what else is for it waits untried.

use jiff::SignedDuration;
use platform_core::channel::Receiver;
use platform_core::intent::Intent;
use platform_core::receiver::Silence;
use platform_core::rule::Rule;
use platform_core::tenant_channel::TenantChannel;
use platform_http::router::chain;
use platform_notify::webhook::{Attempt, Outcome, Reason};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_runtime::receiver::{self, Secrets};
use platform_store::receivers::receiver_hash;
use url::Url;

use crate::acknowledge_link;
use crate::attempt::{Answer, Told, Tried, Try, postpone, ready, run as attempt};
use crate::channel_health::{self, Way};

const WAITS: &str = "the receiver did not answer when it was last tried; this waits for it";

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Notify { tenant, intent: key } = message else { return Err("not a message of this queue".into()) };
    let Some(intent) = ready(&platform, tenant, &key).await? else { return Ok(()) };
    // What goes wrong here is a try that failed, as anywhere on the way: it ends some day and is seen.
    let url = url_of(&platform, &intent).await;
    let receiver = url.as_ref().ok().and_then(Option::as_ref).map(|url| receiver_hash(url.as_str()));
    let mut known = None;
    if let Some(receiver) = &receiver
        && let Some(silence) = platform.store.receiver_silence(tenant, receiver).await?
    {
        let now = platform.now();
        let again = silence.look_again(intent.tried_since(), now);
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
    let platform = &platform;
    attempt(platform, intent, async |intent, told| {
        const GONE: &str = "there is no such receiver any more";
        let Some(receiver) = url?.and(receiver) else { return Ok(Try::Failed { reason: GONE.into() }.into()) };
        let Some(Attempt { outcome, status, response, .. }) = send(platform, intent, told).await? else {
            return Ok(Try::Failed { reason: GONE.into() }.into());
        };
        match &outcome {
            Outcome::Retry { reason: Reason::Timeout, .. } => {
                let mut silence = Silence::after(known.as_ref(), platform.now());
                // If somebody else noted it, that will do.
                platform.store.note_silence(tenant, &receiver, &mut silence).await?;
            }
            _ if known.is_some() => platform.store.forget_silence(tenant, &receiver).await?,
            _ => {}
        }
        let way = match (&told.channel, &told.rule) {
            (Some(channel), _) => Some(Way::Shared(channel)),
            (None, Some(rule)) => Some(Way::Own(rule, intent.route)),
            (None, None) => None,
        };
        if let Some(way) = way {
            // The message went as it went: the next try finds out how the channel does.
            if let Err(error) = channel_health::note(platform, way, &outcome).await {
                tracing::error!(intent = intent.key, error = chain(error.as_ref()), "how a channel does was not noted");
            }
        }
        Ok(Tried { answer: Answer { status, said: Some(response) }, ..tried(outcome) })
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

/// Where the intent goes, if there still is such a receiver.
async fn url_of(platform: &Platform, intent: &Intent) -> Result<Option<Url>, JobError> {
    let (tenant, store) = (intent.tenant, &platform.store);
    let (rule, channel) = match intent.route.of {
        Some(channel) => (None, store.channel(tenant, channel).await?),
        None => (store.rule_even_deleted(tenant, intent.rule).await?, None),
    };
    let Some((secrets, receiver)) = receiver_of(platform, intent, rule.as_ref(), channel.as_ref()) else {
        return Ok(None);
    };
    Ok(Some(secrets.url(receiver)?))
}

/// What takes the intent, if it still is there: of the tenant's channel if it goes by one, else of its rule.
fn receiver_of<'a>(
    platform: &'a Platform,
    intent: &Intent,
    rule: Option<&'a Rule>,
    channel: Option<&'a TenantChannel>,
) -> Option<(Secrets<'a>, Receiver<'a>)> {
    match intent.route.of {
        Some(_) => {
            channel.and_then(|channel| Some((Secrets::of_channel(platform, channel), channel.destination.receiver()?)))
        }
        None => rule
            .and_then(|rule| Some((Secrets::of_rule(platform, rule), rule.notification.receiver(intent.channel())?))),
    }
}

async fn send(platform: &Platform, intent: &Intent, told: &Told) -> Result<Option<Attempt>, JobError> {
    let found = receiver_of(platform, intent, told.rule.as_ref(), told.channel.as_ref());
    let Some((secrets, receiver)) = found else { return Ok(None) };
    let acknowledge = acknowledge_link::make(platform, intent, &told.alert).await?;
    let message = receiver::Message::Step(told.notice(intent, acknowledge.as_ref(), platform));
    Ok(Some(secrets.send(receiver, &intent.key, message).await?))
}

// What a claim keeps to itself is longer than a try of a receiver takes.
const _: () = assert!(platform_core::intent::LEASE.as_secs() > SignedDuration::from_secs(30).as_secs());
