//! Signing in and out, and the first set-up.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod accept_invitation;
mod forgot_password;
mod login;
mod logout;
mod profile;
mod refresh;
mod reset_password;
mod setup;
mod setup_status;
mod show_invitation;
mod sign_up;
mod switch_tenant;
mod update_profile;
mod verify_sign_up;

use platform_http::needs::{CHECK, DELETE, GET, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_store::watch::Resource;

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(
            login,
            Access::Public,
            needs()
                .tenant(PUT)
                .user(GET | QUERY | PUT | DELETE)
                .email(GET)
                .mail(PUT)
                .limited(UPDATE | PUT)
                .guesses()
                .index()
                .issuer()
                .second_factors()
                .memory(1024)
        )
        .same_site(),
        endpoint!(refresh, Access::Public, needs().tenant(GET | PUT).user(GET | PUT).index().issuer()).same_site(),
        endpoint!(logout, Access::Session, needs().tenant(PUT).user(GET | PUT)),
        endpoint!(profile, Access::Member, needs().tenant(GET).user(GET).index()).of(Resource::Profile),
        endpoint!(switch_tenant, Access::Account, needs().tenant(GET | PUT).user(GET | PUT).index().issuer())
            .same_site(),
        endpoint!(setup_status, Access::Public, needs().platform(GET)),
        endpoint!(
            setup,
            Access::Public,
            needs()
                .tenant(PUT)
                .user(GET | QUERY | PUT | DELETE)
                .email(PUT)
                .platform(GET)
                .issuer()
                .setup_code()
                .memory(1024)
        )
        .same_site(),
        endpoint!(sign_up, Access::Public, needs().sign_up(PUT).mail(PUT).throttle(UPDATE).memory(1024)).same_site(),
        endpoint!(
            verify_sign_up,
            Access::Public,
            needs()
                .tenant(PUT)
                .user(PUT | QUERY)
                .email(PUT)
                .link(GET | DELETE)
                .limited(UPDATE | PUT)
                .sign_up(GET | DELETE)
                .guesses()
        )
        .same_site(),
        endpoint!(forgot_password, Access::Public, needs().mail(PUT).throttle(UPDATE)).same_site(),
        endpoint!(
            reset_password,
            Access::Public,
            needs().tenant(PUT).user(GET | QUERY | PUT).link(GET | DELETE).mail(PUT).guesses().index().memory(1024)
        )
        .same_site(),
        endpoint!(show_invitation, Access::Public, needs().tenant(GET).user(GET).email(GET).link(GET).guesses())
            .same_site(),
        endpoint!(
            accept_invitation,
            Access::Public,
            needs()
                .tenant(GET | QUERY | CHECK | PUT | DELETE)
                .user(GET | PUT)
                .email(GET | PUT)
                .link(GET | DELETE)
                .mail(PUT)
                .limited(UPDATE | PUT)
                .guesses()
                .index()
                .second_factors()
                .memory(1024)
        )
        .same_site(),
        endpoint!(update_profile, Access::Account, needs().tenant(GET | PUT).user(GET | PUT).index())
            .of(Resource::Profile),
    ]
}
