//! NetBird's management API: a client, its types as servers really send them, and a fake server (feature `fake`).
//!
//! [`Client`] fetches bytes; [`Fetched::parse`] makes [`api`] types of them, so that a caller can hash an answer and
//! skip one that did not change. [`mapping`] turns the wire types into the domain's.
//!
//! To add a list that syncs read: its wire type under [`api`] with its limits in [`list`], a `From` in [`mapping`], its row
//! in [`platform_core::resources!`], which makes the call of [`Client`], and its generator in `fake`.

pub mod api;
mod base_url;
mod client;
mod error;
#[cfg(feature = "fake")]
pub mod fake;
pub mod list;
pub mod mapping;
mod token;
mod transport;

pub use base_url::{BaseUrl, InvalidBaseUrl};
pub use client::{Admission, Client, Fetched, LARGE};
pub use error::{CertificateProblem, Error};
pub use token::{InvalidToken, Token};
pub use transport::{AddressGuard, Transport};
