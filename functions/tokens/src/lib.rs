//! API tokens: for scripts and other programs.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod create;
mod list;
mod revoke;
mod view;

use platform_core::access::Permission;
use platform_http::needs::{CHECK, DELETE, GET, GET_MANY, PUT, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area. For people only: a token must not make another, or outlive itself.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list, Access::PersonWith(Permission::TokensWrite), needs().tenant(GET | QUERY).token(GET_MANY)),
        endpoint!(create, Access::PersonWith(Permission::TokensWrite), needs().tenant(QUERY | PUT | CHECK).token(PUT))
            .creates_secret(),
        endpoint!(
            revoke,
            Access::PersonWith(Permission::TokensWrite),
            needs().tenant(GET | QUERY | PUT | DELETE).token(DELETE)
        ),
    ]
}
