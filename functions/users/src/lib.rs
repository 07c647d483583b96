//! Members of a tenant and invitations.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod delete;
mod invite;
mod leave;
mod list;
mod resend;
mod rules;
mod update;
mod view;

use platform_core::access::Permission;
use platform_http::needs::{CHECK, DELETE, GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_store::watch::Resource;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list, Access::Permission(Permission::UsersRead), needs().tenant(QUERY).user(GET_MANY)),
        endpoint!(
            invite,
            Access::Permission(Permission::UsersWrite),
            needs().tenant(QUERY | PUT | CHECK).user(GET | PUT).mail(PUT).guesses().second_factors().memory(1024)
        )
        .creates(),
        endpoint!(
            update,
            Access::Permission(Permission::UsersWrite),
            needs()
                .tenant(GET | QUERY | PUT | CHECK)
                .user(GET | GET_MANY | PUT)
                .guesses()
                .second_factors()
                .memory(1024)
        )
        .of(Resource::Member),
        endpoint!(
            delete,
            Access::Permission(Permission::UsersWrite),
            needs().tenant(GET | QUERY | PUT | DELETE | CHECK).token(DELETE).link(DELETE).deleted(PUT)
        )
        .of(Resource::Member),
        endpoint!(
            leave,
            Access::Session,
            needs()
                .tenant(GET | QUERY | PUT | DELETE | CHECK)
                .user(GET | PUT)
                .token(DELETE)
                .guesses()
                .deleted(PUT)
                .index()
                .second_factors()
                .memory(1024)
        ),
        endpoint!(
            resend,
            Access::Permission(Permission::UsersWrite),
            needs().tenant(GET | PUT | CHECK).link(DELETE).mail(PUT).throttle(UPDATE)
        ),
    ]
}
