//! The local host: the whole platform in one process.
//!
//! It stands in for what AWS gives: the embedded database for DynamoDB ([`platform_store::embedded`]), channels for SQS
//! and the stream ([`queues`]), a ticking clock for the Scheduler ([`ticker`]), files or SMTP for SES, a key file for
//! Secrets Manager ([`secrets`]). The endpoints and jobs are the very same.

pub mod data_folder;
pub mod demo;
pub mod edge;
pub mod host;
pub mod mailbox;
pub mod metrics;
pub mod names;
pub mod queues;
pub mod secrets;
pub mod serve;
pub mod settings;
pub mod ticker;
pub mod web;

use platform_runtime::{Endpoint, Job};

/// Every endpoint of the platform.
pub fn endpoints() -> Vec<Endpoint> {
    [
        functions_auth::endpoints(),
        functions_security::endpoints(),
        functions_sso::endpoints(),
        functions_tenants::endpoints(),
        functions_users::endpoints(),
        functions_tokens::endpoints(),
        functions_audit::endpoints(),
        functions_accounts::endpoints(),
        functions_netbird::endpoints(),
        functions_alerts::endpoints(),
        functions_dashboard::endpoints(),
        functions_meta::endpoints(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every job of the platform.
pub fn jobs() -> Vec<Job> {
    [functions_sync::jobs(), functions_evaluate::jobs(), functions_notify::jobs(), functions_tenants::jobs()]
        .into_iter()
        .flatten()
        .collect()
}
