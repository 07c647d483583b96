//! Alert rules and alerts.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod acknowledge;
mod alert_view;
mod answer_recipient_request;
mod create_rule;
mod get;
mod list;
mod list_recipients;
mod list_rules;
mod notification_input;
mod recipient_view;
mod resend_recipient_confirmation;
mod resolve;
mod rule_view;
mod show_recipient_request;

use platform_core::access::Permission;
use platform_http::needs::{DELETE, GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_store::watch::Resource;

pub use alert_view::{AlertView, views};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list_rules, Access::Permission(Permission::RulesRead), needs().tenant(QUERY)),
        endpoint!(
            create_rule,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT).user(GET_MANY).mail(PUT).vault()
        )
        .creates_secret(),
        endpoint!(list_recipients, Access::Permission(Permission::RulesRead), needs().tenant(QUERY)),
        endpoint!(
            resend_recipient_confirmation,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(QUERY | PUT).mail(PUT)
        ),
        endpoint!(show_recipient_request, Access::Public, needs().tenant(GET).link(GET).guesses()).same_site(),
        endpoint!(answer_recipient_request, Access::Public, needs().tenant(GET | PUT).link(GET).guesses()).same_site(),
        endpoint!(list, Access::Permission(Permission::AlertsRead), needs().tenant(GET | GET_MANY | QUERY)),
        endpoint!(get, Access::Permission(Permission::AlertsRead), needs().tenant(GET | QUERY)).of(Resource::Alert),
        endpoint!(
            acknowledge,
            Access::Permission(Permission::AlertsAcknowledge),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE)
        )
        .of(Resource::Alert),
        endpoint!(
            resolve,
            Access::Permission(Permission::AlertsResolve),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE)
        )
        .of(Resource::Alert),
    ]
}
