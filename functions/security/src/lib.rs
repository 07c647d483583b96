//! One's own account: sessions, password, address, second factor.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod begin_second_factor;
mod change_email;
mod change_password;
mod confirm_email;
mod disable_second_factor;
mod enable_second_factor;
mod list_sessions;
mod renew_recovery_codes;
mod revoke_other_sessions;
mod revoke_session;
mod write;

use platform_http::needs::{DELETE, GET, PUT, QUERY};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list_sessions, Access::Session, needs().user(QUERY).index()),
        endpoint!(revoke_session, Access::Session, needs().tenant(PUT).user(GET | PUT)),
        endpoint!(revoke_other_sessions, Access::Session, needs().tenant(PUT).user(GET | QUERY | PUT)),
        endpoint!(
            change_password,
            Access::Account,
            needs().tenant(PUT).user(GET | QUERY | PUT).mail(PUT).guesses().index().second_factors().memory(1024)
        ),
        endpoint!(
            change_email,
            Access::Account,
            needs().tenant(PUT).user(GET | PUT).mail(PUT).guesses().index().second_factors().memory(1024)
        ),
        endpoint!(
            confirm_email,
            Access::Public,
            needs()
                .tenant(GET | PUT)
                .user(GET | PUT)
                .email(GET | PUT | DELETE)
                .link(GET | DELETE)
                .mail(PUT)
                .guesses()
                .index()
        )
        .same_site(),
        endpoint!(
            begin_second_factor,
            Access::Account,
            needs().tenant(PUT).user(GET | PUT).guesses().second_factors().memory(1024)
        ),
        endpoint!(
            enable_second_factor,
            Access::Account,
            needs().tenant(PUT).user(GET | PUT).mail(PUT).guesses().index().second_factors()
        ),
        endpoint!(
            renew_recovery_codes,
            Access::Account,
            needs().tenant(PUT).user(GET | PUT).mail(PUT).guesses().index().second_factors().memory(1024)
        ),
        endpoint!(
            disable_second_factor,
            Access::Account,
            needs().tenant(PUT).user(GET | PUT).mail(PUT).guesses().index().second_factors().memory(1024)
        ),
    ]
}
