//! `sendAlertMail`: mails an intent to a rule's recipients or to the owners, and recipients' summaries.

use std::collections::BTreeSet;

use platform_core::channel::Channel;
use platform_core::ids::{TenantId, UserId};
use platform_core::intent::Intent;
use platform_core::recipient::Consent;
use platform_core::tenancy::Email;
use platform_core::tenant_channel::Destination;
use platform_core::text::count;
use platform_notify::email::{Draft, alert::render};
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::Message;
use platform_runtime::{Platform, recipients};

use crate::attempt::{Told, Tried, Try, ready, run as attempt};
use crate::on_call::Duty;
use crate::{acknowledge_link, digest, limits, on_call};

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    match message {
        Message::Notify { tenant, intent } => {
            let Some(intent) = ready(&platform, tenant, &intent).await? else { return Ok(()) };
            attempt(&platform, intent, async |intent, told| send(&platform, intent, told).await).await
        }
        Message::Digest { tenant, to } => digest::send(&platform, tenant, &to).await,
        _ => Err("not a message of this queue".into()),
    }
}

/// Who of a rule's recipients may be written to, and what is to be said of the others.
struct Willing {
    to: Vec<Email>,
    pending: usize,
    declined: usize,
    /// Why these, if they are on call, and who they are.
    duty: Option<Duty>,
}

impl Willing {
    fn all(to: Vec<Email>) -> Self {
        Self { to, pending: 0, declined: 0, duty: None }
    }

    fn note(&self) -> Option<String> {
        if let Some(duty) = &self.duty {
            return Some(duty.note.clone());
        }
        let said = |n: usize, what: &str| (n > 0).then(|| format!("{} {what}", count(n, "recipient")));
        let parts = [said(self.pending, "not confirmed yet"), said(self.declined, "declined")];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| format!("not sent to: {}", parts.join(", ")))
    }
}

/// Members with an address that they proved are written to, everybody else if they said so. Who was not asked yet is asked
/// now: a rule may be older than the question, and a member may have left.
async fn willing(platform: &Platform, tenant: TenantId, recipients: Vec<Email>) -> Result<Willing, JobError> {
    let members: BTreeSet<Email> = recipients::proven_members(platform, tenant, &recipients).await?;
    let mut willing = Willing::all(Vec::new());
    for email in recipients {
        if members.contains(&email) {
            willing.to.push(email);
            continue;
        }
        let known = platform.store.recipient(tenant, &email).await?;
        match known.map(|known| known.consent) {
            Some(Consent::Confirmed) => willing.to.push(email),
            Some(Consent::Declined) => willing.declined += 1,
            Some(Consent::Pending) => willing.pending += 1,
            None => {
                recipients::ask_late(platform, tenant, email).await?;
                willing.pending += 1;
            }
        }
    }
    Ok(willing)
}

async fn send(platform: &Platform, intent: &Intent, told: &Told) -> Result<Tried, JobError> {
    let tenant = intent.tenant;
    let willing = match (intent.channel(), &told.channel, &told.rule) {
        (Channel::Owners, ..) => {
            let owners = platform.store.owners(tenant).await?.into_iter().map(|owner| owner.email).collect();
            Willing::all(owners)
        }
        (_, Some(channel), _) => match &channel.destination {
            Destination::Email(email) => willing(platform, tenant, email.recipients.clone()).await?,
            // Their addresses were proven, or they said that they want alerts: nobody is asked here.
            Destination::OnCall(on_call) => match on_call::duty(platform, intent, on_call.rota).await? {
                Ok(duty) => {
                    let to = duty.to.iter().map(|(_, email)| email.clone()).collect();
                    Willing { duty: Some(duty), ..Willing::all(to) }
                }
                Err(tried) => return Ok(tried),
            },
            _ => return Ok(Try::Failed { reason: "the channel sends no mail".into() }.into()),
        },
        (_, None, Some(rule)) => {
            let named = rule.notification.email.clone().map(|email| email.recipients).unwrap_or_default();
            willing(platform, tenant, named).await?
        }
        (_, None, None) => return Ok(Try::Failed { reason: "the rule is gone".into() }.into()),
    };
    let note = willing.note();
    if willing.to.is_empty() {
        let outcome = match &note {
            // They may answer while the alert still matters.
            Some(note) if willing.pending > 0 => Try::Retry { reason: note.clone(), after: None },
            Some(note) => Try::Failed { reason: note.clone() },
            None => Try::Failed { reason: "nobody to send it to".into() },
        };
        return Ok(outcome.into());
    }
    // Whoever takes it on by its link is one of those who are on call.
    let named = willing.duty.as_ref().map(|duty| Intent { target: duty.names.clone(), ..intent.clone() });
    let reached: Vec<UserId> = willing.duty.iter().flat_map(|duty| duty.to.iter().map(|(user, _)| *user)).collect();
    let (to, held) = limits::admit(platform, tenant, willing.to).await?;
    let outcome = match to.is_empty() {
        true => None,
        false => Some(mail(platform, named.as_ref().unwrap_or(intent), told, &to).await?),
    };
    Ok(match outcome {
        // What was not sent is tried again whole; who is held back now may not be then.
        Some(outcome @ (Try::Retry { .. } | Try::Failed { .. })) => Tried { note, ..outcome.into() },
        outcome if held.is_empty() => Tried { note, reached, ..outcome.unwrap_or(Try::Delivered).into() },
        outcome => {
            let said = match outcome {
                Some(_) => format!("held back for {}: {}", count(held.len(), "recipient"), limits::reached(platform)),
                None => limits::reached(platform),
            };
            let note = Some(note.map_or(said.clone(), |note| format!("{note}; {said}")));
            let (until, delivered) = (limits::next_window(platform), outcome.is_some());
            Tried { note, reached, ..Try::Held { to: held, until, delivered }.into() }
        }
    })
}

async fn mail(platform: &Platform, intent: &Intent, told: &Told, to: &[Email]) -> Result<Try, JobError> {
    let Some(mail) = &platform.mail else { return Err("this function sends no mail".into()) };
    let acknowledge = acknowledge_link::make(platform, intent, &told.alert).await?;
    let content = render(told.notice(intent, acknowledge.as_ref(), platform));
    let thread = intent.alert.to_string();
    let draft = Draft {
        from: &mail.from,
        to,
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
