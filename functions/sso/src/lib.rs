//! Sign-in by a tenant's identity provider: OpenID Connect's authorization code flow with PKCE.
//!
//! [`provider`] speaks to the provider, [`id_token`] decides whether what it says is genuine, [`admission`] decides who
//! that is here. To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample
//! event.

mod admission;
mod browser;
mod delete;
mod finish;
mod get;
mod id_token;
mod input;
mod provider;
mod put;
mod start;
mod view;

use platform_core::access::Permission;
use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(start, Access::Public),
        endpoint!(finish, Access::Public),
        endpoint!(get, Access::Permission(Permission::SsoWrite)),
        endpoint!(put, Access::AccountWith(Permission::SsoWrite)),
        endpoint!(delete, Access::AccountWith(Permission::SsoWrite)),
    ]
}
