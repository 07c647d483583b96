//! Sending what the outbox holds.
//!
//! The stream of the table puts new intents on the queue within a moment, the sweeper those that are due and that
//! nobody took: retries, and whatever a crash left behind.

mod mail;
mod relay;
mod send;
mod sweep;

use platform_runtime::Job;
use platform_runtime::queue::Queue;

/// The jobs of this area.
pub fn jobs() -> Vec<Job> {
    vec![
        Job::on_outbox("relayOutbox", relay::run),
        Job::every_minute("sweepOutbox", sweep::run),
        Job::on_message("sendNotification", Queue::Notify, send::run),
        Job::on_message("sendMail", Queue::Mail, mail::run),
    ]
}
