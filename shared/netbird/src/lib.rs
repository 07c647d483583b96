//! NetBird's management API: a client, its types as servers really send them, and a fake server (feature `fake`).
//!
//! [`Client`] fetches bytes; [`Fetched::parse`] makes [`api`] types of them, so that a caller can hash an answer and
//! skip one that did not change. [`mapping`] turns the wire types into the domain's.
//!
//! To add a resource: its wire type under [`api`], a method on [`Client`], a `From` in [`mapping`] if the domain knows
//! it, and its generator and route in `fake`.

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
