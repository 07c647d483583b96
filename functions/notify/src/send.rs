//! `sendNotification`: sends one intent, once at a time.
//!
//! An intent is claimed before it is sent: its due time moves past the longest try, so that nobody else takes it. A
//! sender that dies after sending leaves it due again, and it is sent again under the same id: at least once, and a
//! receiver can tell.

use jiff::SignedDuration;
use platform_core::alert::Alert;
use platform_core::ids::TenantId;
use platform_core::intent::{Channel, Intent};
use platform_core::rule::{Headers, Rule, WebhookChannel};
use platform_core::tenancy::Email;
use platform_http::router::chain;
use platform_notify::email::{Draft, alert::render};
use platform_notify::notice::Notice;
use platform_notify::retry::{SCHEDULE, next_attempt};
use platform_notify::webhook::{CustomHeaders, Delivery, Outcome, Payload, SigningSecrets};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_runtime::vault::Place;
use platform_store::StoreError;

/// SQS delays a message by at most this; what waits longer waits in the intent's due time for the sweeper.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_mins(15);

/// How one try ended.
enum Try {
    Delivered,
    Retry { reason: String, after: Option<SignedDuration> },
    Failed { reason: String },
}

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Notify { tenant, intent: key } = message else { return Err("not a message of this queue".into()) };
    let (intent, owner) = tokio::try_join!(platform.store.intent(tenant, &key), platform.store.tenant(tenant))?;
    let Some(mut intent) = intent else { return Ok(()) };
    // Nothing is sent for a tenant that was deleted, though its outbox may not be empty yet.
    if owner.is_none_or(|owner| owner.deleted_at.is_some()) {
        return Ok(());
    }
    if !intent.is_due(platform.now()) {
        return Ok(());
    }
    if intent.attempts > SCHEDULE.len() as u32 {
        // Every try died before its outcome was written.
        return finish(&platform, intent, Try::Failed { reason: "given up after too many tries".into() }).await;
    }
    let expected = intent.version;
    intent.claim(platform.now());
    match platform.store.replace_intent(&intent, expected).await {
        // Another sender has it.
        Err(StoreError::Conflict) => return Ok(()),
        result => result?,
    }
    // A fault of ours counts as a try too, so that it ends some day and is seen.
    let tried = attempt(&platform, &intent).await.unwrap_or_else(|error| {
        tracing::error!(intent = intent.key, error = chain(error.as_ref()), "notification not made");
        Try::Retry { reason: "the platform could not make the message; the fault is logged".into(), after: None }
    });
    finish(&platform, intent, tried).await
}

async fn finish(platform: &Platform, mut intent: Intent, tried: Try) -> JobResult {
    let (now, expected, channel) = (platform.now(), intent.version, intent.channel.name());
    let mut delayed = None;
    let result = match tried {
        Try::Delivered => {
            intent.delivered(now);
            "delivered"
        }
        Try::Failed { reason } => {
            intent.failed(reason, None, now);
            "failed"
        }
        Try::Retry { reason, after } => {
            let random = u32::from_be_bytes(platform.random());
            let next = next_attempt(intent.attempts, now, after, random);
            intent.failed(reason, next, now);
            delayed = next.map(|next| next.duration_since(now)).filter(|delay| *delay <= LONGEST_DELAY);
            if next.is_some() { "retry" } else { "failed" }
        }
    };
    platform.store.replace_intent(&intent, expected).await?;
    tracing::info!(intent = intent.key, channel, attempts = intent.attempts, result, "notification tried");
    metrics::counter!("notifications_total", "channel" => channel, "result" => result).increment(1);
    if let Some(delay) = delayed {
        let message = Message::Notify { tenant: intent.tenant, intent: intent.key };
        platform.queues.send_after(vec![message], delay).await?;
    }
    Ok(())
}

async fn attempt(platform: &Platform, intent: &Intent) -> Result<Try, JobError> {
    let (tenant, store) = (intent.tenant, &platform.store);
    let (alert, row, rule) = tokio::join!(
        store.alert(tenant, intent.alert),
        store.alert_history_row(tenant, intent.alert, intent.number),
        store.rule(tenant, intent.rule),
    );
    let (Some(alert), Some(row)) = (alert?, row?) else {
        return Ok(Try::Failed { reason: "the alert is gone".into() });
    };
    let notice = Notice { alert: &alert, event: intent.event, at: row.at, public_url: &platform.public_url };
    match (intent.channel, rule?) {
        (Channel::Owners, _) => {
            let owners = store.owners(tenant).await?.into_iter().map(|owner| owner.email).collect();
            email(platform, intent, notice, owners).await
        }
        (Channel::Email, Some(Rule { notification, .. })) => {
            let recipients = notification.email.map(|email| email.recipients).unwrap_or_default();
            email(platform, intent, notice, recipients).await
        }
        (Channel::Webhook, Some(rule)) => match &rule.notification.webhook {
            Some(webhook) => send_webhook(platform, intent, &alert, &rule, webhook, notice).await,
            None => Ok(Try::Failed { reason: "the rule has no webhook any more".into() }),
        },
        (_, None) => Ok(Try::Failed { reason: "the rule is gone".into() }),
    }
}

async fn email(platform: &Platform, intent: &Intent, notice: Notice<'_>, to: Vec<Email>) -> Result<Try, JobError> {
    let Some(mail) = &platform.mail else { return Err("this function sends no mail".into()) };
    let content = render(notice);
    let thread = intent.alert.to_string();
    let draft = Draft {
        from: &mail.from,
        to: &to,
        content: &content,
        key: &intent.key,
        thread: Some(&thread),
        sent_at: platform.now(),
    };
    let Ok(message) = draft.build() else { return Ok(Try::Failed { reason: "nobody to send it to".into() }) };
    Ok(match mail.transport.send(&message).await {
        Ok(_) => Try::Delivered,
        Err(error) if error.retryable => Try::Retry { reason: error.to_string(), after: None },
        Err(error) => Try::Failed { reason: error.to_string() },
    })
}

async fn send_webhook(
    platform: &Platform,
    intent: &Intent,
    alert: &Alert,
    rule: &Rule,
    webhook: &WebhookChannel,
    notice: Notice<'_>,
) -> Result<Try, JobError> {
    let record = format!("rule/{}", rule.id);
    let open = |purpose, sealed| open(platform, alert.tenant, &record, purpose, sealed);
    let url = match &webhook.sealed_url {
        Some(sealed) => open("webhook-url", sealed)?.parse()?,
        None => webhook.url.clone().ok_or("the webhook has no address")?,
    };
    let headers: Headers = serde_json::from_str(&open("webhook-headers", &webhook.sealed_headers)?)?;
    let secrets = SigningSecrets { current: open("webhook-secret", &webhook.secret)?.parse()?, previous: None };
    let sender = platform.webhooks().map_err(|_| "no HTTP client")?;
    let attempt = sender
        .send(Delivery {
            url: &url,
            id: &intent.key,
            sent_at: platform.now(),
            secrets: &secrets,
            headers: &CustomHeaders::parse(&headers)?,
            body: &Payload::from(notice).to_json(),
        })
        .await;
    Ok(match attempt.outcome {
        Outcome::Delivered => Try::Delivered,
        Outcome::Retry { reason, retry_after } => Try::Retry { reason: reason.to_string(), after: retry_after },
        Outcome::Failed { reason } => Try::Failed { reason: reason.to_string() },
        Outcome::Gone => Try::Failed { reason: "the receiver answered 410 Gone: it wants no more messages".into() },
    })
}

fn open(
    platform: &Platform,
    tenant: TenantId,
    record: &str,
    purpose: &str,
    sealed: &platform_core::account::Sealed,
) -> Result<String, JobError> {
    let vault = platform.vault.as_ref().ok_or("this function has no vault")?;
    Ok(vault.open(Place { owner: tenant.uuid(), record, purpose }, sealed)?)
}
