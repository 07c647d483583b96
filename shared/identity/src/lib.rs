//! How people prove who they are, and what they are given for it.
//!
//! Passwords, second factors, links that were followed, guesses at any of them, sessions and their tokens. What every
//! endpoint needs of it is elsewhere: the check of an access token in `platform_http::gate`, and the
//! [`Issuer`](platform_runtime::issuer::Issuer) that a host gives. A function that signs nobody in builds without this
//! crate, and so without Argon2 and one-time codes.

pub mod account;
pub mod bootstrap;
pub mod confirm;
pub mod guesses;
pub mod issuer;
pub mod links;
pub mod password;
pub mod refusals;
pub mod second_factor;
pub mod sign_in;
pub mod sources;
