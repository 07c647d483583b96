//! The local host: the whole platform in one process.
//!
//! It stands in for what AWS gives: the embedded database for DynamoDB ([`platform_store::embedded`]), channels for SQS
//! ([`queues`]), the database's change feed for the stream ([`changes`]), WebSockets for API Gateway's ([`live`]), a ticking clock for the Scheduler ([`ticker`]), files or SMTP for SES, a folder for the bucket of
//! files ([`files`]), a key file for Secrets Manager ([`secrets`]). The endpoints and jobs are the very same.

pub mod changes;
pub mod data_folder;
pub mod demo;
pub mod edge;
pub mod files;
pub mod host;
pub mod live;
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

/// A part of the platform, with the rows of its endpoints and jobs. On AWS it is an artifact and a stack of its own.
pub struct Area {
    /// Names its package, artifact and stack.
    pub name: &'static str,
    /// Its endpoints.
    pub endpoints: Vec<Endpoint>,
    /// Its jobs.
    pub jobs: Vec<Job>,
}

/// Every area of the platform.
pub fn areas() -> Vec<Area> {
    let area = |name, endpoints, jobs| Area { name, endpoints, jobs };
    vec![
        area("auth", functions_auth::endpoints(), vec![]),
        area("security", functions_security::endpoints(), vec![]),
        area("sso", functions_sso::endpoints(), vec![]),
        area("tenants", functions_tenants::endpoints(), functions_tenants::jobs()),
        area("users", functions_users::endpoints(), vec![]),
        area("tokens", functions_tokens::endpoints(), vec![]),
        area("audit", functions_audit::endpoints(), functions_audit::jobs()),
        area("accounts", functions_accounts::endpoints(), vec![]),
        area("netbird", functions_netbird::endpoints(), vec![]),
        area("access", functions_access::endpoints(), vec![]),
        area("alerts", functions_alerts::endpoints(), vec![]),
        area("dashboard", functions_dashboard::endpoints(), vec![]),
        area("meta", functions_meta::endpoints(), vec![]),
        area("live", vec![], functions_live::jobs()),
        area("sync", vec![], functions_sync::jobs()),
        area("evaluate", vec![], functions_evaluate::jobs()),
        area("notify", vec![], functions_notify::jobs()),
    ]
}

/// Every endpoint of the platform.
pub fn endpoints() -> Vec<Endpoint> {
    areas().into_iter().flat_map(|area| area.endpoints).collect()
}

/// Every job of the platform.
pub fn jobs() -> Vec<Job> {
    areas().into_iter().flat_map(|area| area.jobs).collect()
}
