//! Sending what the outbox holds.
//!
//! The stream of the table puts new intents on a queue within a moment, the sweeper those that are due and that nobody
//! took: retries, and whatever a crash left behind. Webhooks and mail have queues of their own: receivers of webhooks hang.
//!
//! To add a channel: a queue in `template.yaml`, a job here that takes its intents ([`attempt::run`] does all but the
//! sending), `make template`.

mod account_mail;
mod acknowledge_link;
mod alert_mail;
mod attempt;
mod channel_health;
mod digest;
mod limits;
mod on_call;
mod relay;
mod sweep;
mod webhook;

use platform_http::needs;
use platform_http::needs::{DELETE, GET, GET_MANY, PUT, QUERY, UPDATE, WRITE_MANY};
use platform_runtime::Job;
use platform_runtime::queue::Queue;
use platform_store::feed::{Interest, Topic};

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::on_change(
            "relayOutbox",
            // Summaries wait for their time, so the sweeper finds them.
            Interest::in_new(&[Topic::INTENTS, Topic::MAILS, Topic::TRANSITIONS, Topic::AUDIT_EXPORTS])
                .or_written(&[Topic::ALERTS]),
            relay::run,
            needs()
                .tenant(GET)
                .queue(Queue::Webhook)
                .queue(Queue::AlertMail)
                .queue(Queue::Mail)
                .queue(Queue::Live)
                .queue(Queue::Export)
                .timeout(30),
        ),
        Job::every_minute(
            "sweepOutbox",
            sweep::run,
            needs()
                .tenant(GET | UPDATE | WRITE_MANY)
                .mail(UPDATE)
                .index()
                .queue(Queue::Webhook)
                .queue(Queue::AlertMail)
                .queue(Queue::Mail)
                .queue(Queue::Export)
                .timeout(30),
        ),
        Job::on_message(
            "sendWebhook",
            Queue::Webhook,
            webhook::run,
            needs().tenant(GET | QUERY | PUT | DELETE).link(PUT).mail(PUT).vault().queue(Queue::Webhook).timeout(60),
        ),
        Job::on_message(
            "sendAlertMail",
            Queue::AlertMail,
            alert_mail::run,
            needs()
                .tenant(GET | QUERY | PUT | DELETE)
                .user(GET_MANY)
                .link(PUT)
                .mail(PUT)
                .throttle(UPDATE)
                .queue(Queue::AlertMail)
                .sender()
                .timeout(60),
        ),
        Job::on_message(
            "sendMail",
            Queue::Mail,
            account_mail::run,
            needs()
                .tenant(GET | PUT)
                .user(GET)
                .email(GET)
                .link(PUT | DELETE)
                .sign_up(GET | DELETE)
                .mail(GET | PUT | DELETE)
                .throttle(UPDATE)
                .sender()
                .timeout(60),
        ),
    ]
}
