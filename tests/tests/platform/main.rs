//! The whole platform from outside, one module for each part of it. One program, since each that links the platform
//! takes half a minute; `memory` is another, since its allocator counts.
//!
//! `cargo test --test platform sso::` runs one of them.

mod access;
mod access_rule;
mod accounts;
mod alert_lists;
mod attacks;
mod audit;
mod audit_chain;
mod auth;
mod changes;
mod channels;
mod conditions;
mod configuration;
mod conventions;
mod crash;
mod database;
mod deliveries;
mod difference;
mod episodes;
mod faults;
mod feed;
mod host_limits;
mod hostile_server;
mod input;
mod isolation;
mod items;
mod matrix;
mod members;
mod metrics;
mod needs;
mod networks;
mod openapi;
mod outbox;
mod pages;
mod peer_history;
mod reach;
mod routes;
mod rule_groups;
mod rules;
mod secrets;
mod security;
mod sign_up;
mod silence;
mod silences;
mod snapshots;
mod soak;
mod sso;
mod story;
mod template;
mod tenant_channels;
mod tenants;
mod three_lists;
mod tokens;
mod workspace;
