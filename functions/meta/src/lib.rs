//! Health, and the API's own description.
//!
//! The OpenAPI document is generated from the rows of every area and committed as `docs/openapi.json`; it is served
//! from there, and a test holds the two equal. So this artifact need not contain all others.

mod docs;
mod health;
mod openapi;

use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(health, Access::Public, needs()),
        endpoint!(openapi, Access::Public, needs()),
        endpoint!(docs, Access::Public, needs()),
    ]
}

/// The committed document.
pub const OPENAPI: &str = include_str!("../../../docs/openapi.json");
