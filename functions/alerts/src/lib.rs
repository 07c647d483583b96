//! Alert rules and alerts.
//!
//! To add an endpoint: a file with its `handler`, a row here, a function in `template.yaml`, a sample event.

mod acknowledge;
mod alert_view;
mod answer_recipient_request;
mod create_rule;
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
use platform_http::{Access, endpoint};
use platform_runtime::Endpoint;

pub use alert_view::{AlertView, views};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list_rules, Access::Permission(Permission::RulesRead)),
        endpoint!(create_rule, Access::Permission(Permission::RulesWrite)),
        endpoint!(list_recipients, Access::Permission(Permission::RulesRead)),
        endpoint!(resend_recipient_confirmation, Access::Permission(Permission::RulesWrite)),
        endpoint!(show_recipient_request, Access::Public),
        endpoint!(answer_recipient_request, Access::Public),
        endpoint!(list, Access::Permission(Permission::AlertsRead)),
        endpoint!(acknowledge, Access::Permission(Permission::AlertsAcknowledge)),
        endpoint!(resolve, Access::Permission(Permission::AlertsResolve)),
    ]
}
