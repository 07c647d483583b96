//! The domain of the platform: types, rules, state machines and permissions.
//!
//! Pure by design: no AWS, no HTTP, no clock and no randomness of its own. Time and random bytes are arguments, so
//! that every decision can be tested to the second. Other crates store ([`platform_store`]), fetch, send and serve
//! what is decided here.
//!
//! To add an alert condition: its file in [`condition`], and its row there.
//!
//! [`platform_store`]: https://docs.rs/platform_store

pub mod access;
pub mod access_review;
pub mod account;
pub mod alert;
pub mod api_token;
pub mod audit;
pub mod audit_export;
pub mod audit_filter;
pub mod by_group;
pub mod change;
pub mod channel;
pub mod chat;
pub mod clock;
pub mod condition;
pub mod device;
pub mod digest;
pub mod dns;
pub mod episode;
pub mod escalation;
pub mod evaluate;
pub mod finding;
pub mod ids;
pub mod intent;
pub mod invitation;
pub mod known_group;
pub mod link;
pub mod live;
pub mod mail;
pub mod metrics;
pub mod missing_group;
pub mod names;
pub mod netbird_account;
pub mod network;
pub mod observed;
pub mod operating_system;
pub mod own_metrics;
pub mod password;
pub mod peer_history;
pub mod peer_status;
pub mod policy;
pub mod portions;
pub mod posture;
pub mod proposal;
pub mod queue;
pub mod quiet_hours;
pub mod reach;
pub mod receiver;
pub mod recipient;
pub mod replay;
pub mod resource;
pub mod review;
pub mod rota;
pub mod route;
pub mod routed_network;
pub mod routing;
pub mod rule;
pub mod rule_template;
pub mod service;
pub mod setup_key;
pub mod sign_up;
pub mod silence;
pub mod sso;
pub mod tenancy;
pub mod tenant_channel;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod text;
pub mod throttle;
pub mod usage;
pub mod validate;
pub mod version;
