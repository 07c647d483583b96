//! The client against the fake, the fake against NetBird's API description, and both against recorded answers of a
//! real server. Recordings and description are not part of this repository: `NETBIRD_RECORDED` names the folder,
//! `NETBIRD_OPENAPI` the file; without them those tests say that they were skipped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod client;
mod description;
mod fake;
mod reach;
mod recorded;
mod support;
