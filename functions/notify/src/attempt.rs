//! One try to deliver an intent, whatever its channel.
//!
//! An intent is claimed before it is sent: it is not ready for longer than the longest try, so that nobody else takes it. A
//! sender that dies after sending leaves it ready again, and it is sent again under the same id: at least once, and a
//! receiver can tell.

use jiff::{SignedDuration, Timestamp};
use platform_core::alert::{Alert, AlertEvent, AlertHistory};
use platform_core::digest::{Digest, DigestEntry};
use platform_core::ids::{TenantId, UserId};
use platform_core::intent::{Intent, IntentStatus, LEASE, PastTry, QuietHold};
use platform_core::rule::Rule;
use platform_core::tenancy::Email;
use platform_core::tenant_channel::TenantChannel;
use platform_http::router::chain;
use platform_notify::notice::Notice;
use platform_notify::retry::{SCHEDULE, next_attempt};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_store::StoreError;
use url::Url;

/// SQS delays a message by at most this; what waits longer waits in the intent's due time for the sweeper.
const LONGEST_DELAY: SignedDuration = SignedDuration::from_mins(15);
/// How long a message waits before it looks again whether an earlier one, which was being sent, is through: seconds as a
/// rule, but a sender that died keeps its claim for a minute.
const LOOK_AGAIN: SignedDuration = SignedDuration::from_secs(5);
/// What waits for a receiver that does not answer is given up after this, like what was tried all the while.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(32);
/// Summaries written at once: DynamoDB takes 100 writes.
const HELD_AT_ONCE: usize = 90;

/// How one try ended.
pub(crate) enum Try {
    Delivered,
    Retry {
        reason: String,
        after: Option<SignedDuration>,
    },
    Failed {
        reason: String,
    },
    /// Not sent: it would be wrong by now, as the note says.
    Superseded,
    /// Delivered to some recipients, or to none: a limit holds it back for these, who are told in one message at `until`.
    Held {
        to: Vec<Email>,
        until: Timestamp,
        delivered: bool,
    },
}

/// A try, and what the tenant should know of it.
pub(crate) struct Tried {
    pub(crate) outcome: Try,
    pub(crate) note: Option<String>,
    /// Whom it reached, of a message to whoever is on call.
    pub(crate) reached: Vec<UserId>,
    /// What the receiver answered, if it is one that answers.
    pub(crate) answer: Answer,
}

/// What a receiver answered: its status, and how what it said begins.
#[derive(Default)]
pub(crate) struct Answer {
    pub(crate) status: Option<u16>,
    pub(crate) said: Option<String>,
}

impl From<Try> for Tried {
    fn from(outcome: Try) -> Self {
        Self { outcome, note: None, reached: Vec::new(), answer: Answer::default() }
    }
}

/// What an intent tells, as it is now.
pub(crate) struct Told {
    pub(crate) alert: Alert,
    pub(crate) row: AlertHistory,
    pub(crate) rule: Option<Rule>,
    /// The tenant's channel that it goes by, if it goes by one.
    pub(crate) channel: Option<TenantChannel>,
}

impl Told {
    pub(crate) fn notice<'a>(
        &'a self,
        intent: &Intent,
        acknowledge: Option<&'a Url>,
        platform: &'a Platform,
    ) -> Notice<'a> {
        Notice {
            alert: &self.alert,
            event: intent.event,
            at: self.row.at,
            step: self.row.step,
            acknowledge,
            public_url: &platform.public_url,
        }
    }
}

/// An intent that is ready to be sent.
pub(crate) async fn ready(platform: &Platform, tenant: TenantId, key: &str) -> Result<Option<Intent>, JobError> {
    let (intent, owner) = tokio::try_join!(platform.store.intent(tenant, key), platform.store.tenant(tenant))?;
    // Nothing is sent for a tenant that was deleted, though its outbox may not be empty yet.
    let lives = owner.is_some_and(|owner| owner.deleted_at.is_none());
    Ok(intent.filter(|intent| lives && intent.is_ready(platform.now())))
}

/// Puts an intent off without having tried it, or gives it up if it waited too long.
pub(crate) async fn postpone(platform: &Platform, mut intent: Intent, until: Timestamp, reason: &str) -> JobResult {
    let now = platform.now();
    let result = if now.duration_since(intent.tried_since()) < LONGEST_WAIT {
        intent.postpone(until, reason.to_owned());
        "postponed"
    } else {
        intent.failed(reason.to_owned(), None, now);
        "failed"
    };
    match platform.store.replace_intent(&mut intent).await {
        // Another sender has it.
        Err(StoreError::Conflict) => return Ok(()),
        written => written?,
    }
    count(&intent, result);
    Ok(())
}

/// Claims an intent, has it sent, and writes down what came of it.
pub(crate) async fn run(
    platform: &Platform,
    mut intent: Intent,
    send: impl AsyncFnOnce(&Intent, &Told) -> Result<Tried, JobError>,
) -> JobResult {
    if intent.attempts > SCHEDULE.len() as u32 {
        // Every try died before its outcome was written.
        let reason = "given up after too many tries".into();
        return finish(platform, intent, None, Try::Failed { reason }.into()).await;
    }
    intent.claim(platform.now());
    match platform.store.replace_intent(&mut intent).await {
        // Another sender has it.
        Err(StoreError::Conflict) => return Ok(()),
        result => result?,
    }
    let told = match told(platform, &intent).await {
        Ok(Some(told)) => told,
        Ok(None) => {
            let reason = "the alert is gone".into();
            return finish(platform, intent, None, Try::Failed { reason }.into()).await;
        }
        Err(error) => {
            let tried = fault(&intent, &error);
            return finish(platform, intent, None, tried).await;
        }
    };
    match place(platform, &intent, &told).await {
        Ok(Place::Next) => {}
        Ok(Place::Overtaken(why)) => {
            let tried = Tried { note: Some(why), ..Try::Superseded.into() };
            return finish(platform, intent, Some(&told.alert), tried).await;
        }
        Ok(Place::Refused(reason)) => {
            let tried = Try::Failed { reason: reason.to_owned() }.into();
            return finish(platform, intent, Some(&told.alert), tried).await;
        }
        Ok(Place::Quiet(hold)) => {
            intent.hold(hold);
            platform.store.replace_intent(&mut intent).await?;
            count(&intent, "quiet");
            return Ok(());
        }
        Ok(Place::After(until)) => return wait(platform, intent, until).await,
        Err(error) => {
            let tried = fault(&intent, &error);
            return finish(platform, intent, Some(&told.alert), tried).await;
        }
    }
    intent.sending();
    let tried = send(&intent, &told).await.unwrap_or_else(|error| fault(&intent, error.as_ref()));
    finish(platform, intent, Some(&told.alert), tried).await
}

/// Where an intent stands among what is told of its alert.
enum Place {
    /// It is its turn.
    Next,
    /// Something newer made it wrong.
    Overtaken(String),
    /// The channel does not take it.
    Refused(&'static str),
    /// Quiet hours of the channel hold it.
    Quiet(QuietHold),
    /// An earlier message on the same channel is being sent just now.
    After(Timestamp),
}

/// A message that was claimed and then tried again may be hours old. Whoever is told that something fired after they were
/// told that it is over, believes the wrong one.
async fn place(platform: &Platform, intent: &Intent, told: &Told) -> Result<Place, StoreError> {
    // The first word about an alert needs no look at the others, unless it comes late.
    let is_first = intent.number == 0 && intent.attempts <= 1 && intent.quiet.is_none();
    let others = match is_first {
        true => Vec::new(),
        false => platform.store.intents_of(intent.tenant, intent.alert).await?,
    };
    if let Some(why) = intent.overtaken(&told.alert, &others) {
        return Ok(Place::Overtaken(why));
    }
    if let Some(reason) = refused(platform, intent, told).await? {
        return Ok(Place::Refused(reason));
    }
    // Before it waits for what quiet hours may hold as well.
    let channel = told.channel.as_ref();
    if let Some(hold) = channel.and_then(|channel| channel.holds(told.alert.severity, platform.now())) {
        return Ok(Place::Quiet(hold));
    }
    Ok(intent.waits_for(&others, platform.now()).map_or(Place::Next, Place::After))
}

/// Why the channel that an intent goes by does not take it, if it is so by now. Given up, and not overtaken: once the
/// channel takes it, somebody may have it sent again.
async fn refused(platform: &Platform, intent: &Intent, told: &Told) -> Result<Option<&'static str>, StoreError> {
    if intent.route.of.is_none() {
        let off = told.rule.as_ref().is_some_and(|rule| rule.notification.off.contains_key(&intent.route));
        return Ok(off.then_some("the channel was switched off, since its receiver was gone"));
    }
    let Some(channel) = &told.channel else { return Ok(Some("the channel was deleted")) };
    let Some(reason) = channel.refuses(told.alert.severity) else { return Ok(None) };
    if channel.enabled && !intent.event.is_bad_news() {
        // Whoever was told before the channel was narrowed is told that it is over.
        let others = platform.store.intents_of(intent.tenant, intent.alert).await?;
        if others.iter().any(|other| other.route == intent.route && other.status == IntentStatus::Delivered) {
            return Ok(None);
        }
    }
    Ok(Some(reason))
}

/// Waits for an earlier message to have been sent, or given up for now.
async fn wait(platform: &Platform, mut intent: Intent, until: Timestamp) -> JobResult {
    let now = platform.now();
    // What quiet hours hold for long is not looked at every few seconds: the sweeper finds this.
    let is_near = until.duration_since(now) <= LONGEST_DELAY;
    let until = if is_near { until.min(now + LOOK_AGAIN) } else { until };
    intent.attempts -= 1;
    intent.postpone(until, "an earlier message about the alert is being sent".to_owned());
    platform.store.replace_intent(&mut intent).await?;
    count(&intent, "postponed");
    if !is_near {
        return Ok(());
    }
    let message = Message::Notify { tenant: intent.tenant, intent: intent.key };
    platform.queues.send_after(vec![message], until.duration_since(now)).await?;
    Ok(())
}

/// A fault of ours counts as a try too, so that it ends some day and is seen.
fn fault(intent: &Intent, error: &(dyn std::error::Error + 'static)) -> Tried {
    tracing::error!(intent = intent.key, error = chain(error), "notification not made");
    Try::Retry { reason: "the platform could not make the message; the fault is logged".into(), after: None }.into()
}

async fn told(platform: &Platform, intent: &Intent) -> Result<Option<Told>, StoreError> {
    let (tenant, store) = (intent.tenant, &platform.store);
    let channel = async {
        match intent.route.of {
            Some(channel) => store.channel(tenant, channel).await,
            None => Ok(None),
        }
    };
    let (alert, row, rule, channel) = tokio::try_join!(
        store.alert(tenant, intent.alert),
        store.alert_history_row(tenant, intent.alert, intent.number),
        store.rule_even_deleted(tenant, intent.rule),
        channel,
    )?;
    Ok(alert.zip(row).map(|(alert, row)| Told { alert, row, rule, channel }))
}

async fn finish(
    platform: &Platform,
    mut intent: Intent,
    alert: Option<&Alert>,
    Tried { outcome, note, reached, answer }: Tried,
) -> JobResult {
    let now = platform.now();
    // It was claimed when the try began.
    let began = if intent.trying { intent.ready_at - LEASE } else { now };
    let took = u32::try_from(now.duration_since(began).as_millis()).unwrap_or_default();
    let mut tried =
        PastTry { at: began, took_ms: took, status: answer.status, answer: answer.said, error: None, next_at: None };
    let mut delayed = None;
    intent.note = match (&intent.quiet, note) {
        // Why it came so late, unless what became of it says so.
        (Some(quiet), note) if !matches!(outcome, Try::Superseded) => {
            Some(note.map_or_else(|| quiet.why.clone(), |note| format!("{}; {note}", quiet.why)))
        }
        (_, note) => note,
    };
    if matches!(outcome, Try::Delivered | Try::Held { .. }) {
        intent.reached = reached;
    }
    let result = match outcome {
        Try::Delivered => {
            intent.delivered(now);
            "delivered"
        }
        Try::Failed { reason } => {
            tried.error = Some(reason.clone());
            intent.failed(reason, None, now);
            "failed"
        }
        Try::Superseded => {
            let why = intent.note.take().unwrap_or_default();
            intent.superseded(&why, now);
            "superseded"
        }
        Try::Retry { reason, after } => {
            let random = u32::from_be_bytes(platform.random());
            let next = next_attempt(intent.attempts, now, after, random);
            tried.error = Some(reason.clone());
            intent.failed(reason, next, now);
            delayed = next.map(|next| next.duration_since(now)).filter(|delay| *delay <= LONGEST_DELAY);
            if next.is_some() { "retry" } else { "failed" }
        }
        Try::Held { to, until, delivered } => {
            if delivered {
                intent.delivered(now);
            } else {
                intent.held(now);
            }
            intent.remember(tried);
            let alert = alert.ok_or("what was held back is told of an alert")?;
            hold(platform, &intent, alert, &to, until).await?;
            count(&intent, "held");
            return Ok(());
        }
    };
    // What was overtaken was not tried.
    if intent.status != IntentStatus::Superseded {
        intent.remember(tried);
    }
    platform.store.replace_intent(&mut intent).await?;
    count(&intent, result);
    if let Some(delay) = delayed {
        let message = Message::Notify { tenant: intent.tenant, intent: intent.key };
        platform.queues.send_after(vec![message], delay).await?;
    }
    Ok(())
}

fn count(intent: &Intent, result: &'static str) {
    let channel = intent.channel().name();
    tracing::info!(intent = intent.key, channel, attempts = intent.attempts, result, "notification tried");
    metrics::counter!("notifications_total", "channel" => channel, "result" => result).increment(1);
}

/// Writes what is held back into its recipients' summaries, together with the intent: it is told exactly there.
async fn hold(
    platform: &Platform,
    intent: &Intent,
    alert: &Alert,
    to: &[Email],
    until: Timestamp,
) -> Result<(), JobError> {
    let event = intent.event;
    // Who is too many for one transaction is written to before; the intent goes with the last of them.
    let mut parts = to.chunks(HELD_AT_ONCE).peekable();
    while let Some(part) = parts.next() {
        let intent = parts.peek().is_none().then_some(intent);
        hold_for(platform, alert, event, part, until, intent).await?;
    }
    Ok(())
}

async fn hold_for(
    platform: &Platform,
    alert: &Alert,
    event: AlertEvent,
    to: &[Email],
    until: Timestamp,
    intent: Option<&Intent>,
) -> Result<(), JobError> {
    let now = platform.now();
    // Should it fail, the intent stays claimed, and is tried again when the claim is over.
    let held = platform.store.retry(|| async {
        let mut transaction = platform.store.transaction();
        if let Some(intent) = intent {
            transaction.replace_intent(&mut intent.clone())?;
        }
        for recipient in to {
            let known = platform.store.digest(alert.tenant, recipient).await?;
            let mut digest = known.unwrap_or_else(|| Digest::new(alert.tenant, recipient.clone(), now, until));
            digest.add(DigestEntry {
                alert: alert.id,
                title: if event == AlertEvent::Resolved { alert.title_now() } else { &alert.title }.to_owned(),
                account: alert.account_name.clone(),
                event,
                at: now,
            });
            transaction.write_digest(&mut digest)?;
        }
        Ok::<_, JobError>(transaction.commit().await?)
    });
    held.await
}
