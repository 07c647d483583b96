//! Sign-in by a tenant's identity provider: OpenID Connect's authorization code flow with PKCE.
//!
//! [`provider`] speaks to the provider, [`id_token`] decides whether what it says is genuine, [`admission`] decides who
//! that is here. To add an endpoint: a file with its `handler`, a row here, `make openapi`.

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
use platform_http::needs::{API_TIMEOUT, CHECK, DELETE, GET, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_store::watch::Resource;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(
            start,
            Access::Public,
            needs().tenant(GET | PUT).guesses().slug(GET).sso_state(PUT).timeout(API_TIMEOUT)
        )
        .same_site(),
        endpoint!(
            finish,
            Access::Public,
            needs()
                .tenant(GET | QUERY | PUT)
                .user(GET | QUERY | PUT | DELETE)
                .mail(PUT)
                .limited(UPDATE)
                .guesses()
                .sso_state(GET | DELETE)
                .issuer()
                .vault()
                .timeout(API_TIMEOUT)
        )
        .same_site(),
        endpoint!(get, Access::Permission(Permission::SsoWrite), needs().tenant(GET)).of(Resource::Sso),
        endpoint!(
            put,
            Access::AccountWith(Permission::SsoWrite),
            needs().tenant(GET | PUT | CHECK).slug(GET | PUT | CHECK | DELETE).vault().timeout(API_TIMEOUT)
        )
        .of(Resource::Sso),
        endpoint!(delete, Access::AccountWith(Permission::SsoWrite), needs().tenant(GET | PUT | DELETE).slug(DELETE))
            .of(Resource::Sso),
    ]
}
