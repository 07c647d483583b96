//! Alert rules and alerts.
//!
//! To add an endpoint: a file with its `handler`, a row here, `make openapi`.

mod acknowledge;
mod acknowledge_by_link;
mod acknowledge_many;
mod alert_view;
mod answer_recipient_request;
mod apply_rule_templates;
mod bulk;
mod channel_input;
mod channel_view;
mod chat_input;
mod comment;
mod create_channel;
mod create_rota;
mod create_route;
mod create_rule;
mod create_silence;
mod delete_channel;
mod delete_rota;
mod delete_route;
mod delete_rule;
mod delete_silence;
mod delivery_view;
mod disable_rule;
mod enable_rule;
mod end_silence;
mod export_rules;
mod get;
mod get_channel;
mod get_delivery;
mod get_rota;
mod get_route;
mod get_rule;
mod get_silence;
mod import_rules;
mod list;
mod list_channels;
mod list_deliveries;
mod list_history;
mod list_peers;
mod list_recipients;
mod list_rotas;
mod list_routes;
mod list_rule_templates;
mod list_rules;
mod list_silences;
mod matcher_groups;
mod notification_input;
mod past;
mod preview_silence;
mod quiet_hours_body;
mod recipient_view;
mod reopen;
mod reopen_many;
mod resend_recipient_confirmation;
mod resolve;
mod resolve_many;
mod rota_input;
mod rota_view;
mod rotate_channel_secret;
mod rotate_rule_secret;
mod route_input;
mod rule_channels;
mod rule_draft;
mod rule_ends;
mod rule_escalation;
mod rule_groups;
mod rule_input;
mod rule_logins;
mod rule_template_view;
mod rule_users;
mod rule_view;
mod rule_waits;
mod rules_document;
mod rules_plan;
mod send_again;
mod send_channel_test;
mod send_test;
mod service_input;
mod show_acknowledgement;
mod show_recipient_request;
mod signing_secret;
mod silence_input;
mod silence_things;
mod silence_view;
mod step;
mod suppress;
mod suppress_many;
mod test_rule;
mod test_rule_history;
mod update_channel;
mod update_rota;
mod update_route;
mod update_rule;
mod update_silence;

use platform_core::access::Permission;
use platform_http::needs::{API_TIMEOUT, CHECK, DELETE, GET, GET_MANY, PUT, QUERY, UPDATE};
use platform_http::{Access, endpoint, needs};
use platform_runtime::Endpoint;
use platform_runtime::queue::Queue;
use platform_store::watch::Resource;

pub use alert_view::{AlertView, views};

/// The endpoints of this area.
pub fn endpoints() -> Vec<Endpoint> {
    vec![
        endpoint!(list_rules, Access::Permission(Permission::RulesRead), needs().tenant(QUERY)),
        endpoint!(
            create_rule,
            Access::Permission(Permission::RulesWrite),
            needs()
                .tenant(GET | GET_MANY | QUERY | PUT | CHECK)
                .user(GET_MANY)
                .mail(PUT)
                .vault()
                .queue(Queue::Evaluate)
                .memory(512)
        )
        .creates_secret(),
        endpoint!(
            test_rule,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY).memory(512)
        ),
        endpoint!(get_rule, Access::Permission(Permission::RulesRead), needs().tenant(GET | GET_MANY | QUERY))
            .of(Resource::Rule),
        endpoint!(
            update_rule,
            Access::Permission(Permission::RulesWrite),
            needs()
                .tenant(GET | GET_MANY | QUERY | PUT | CHECK)
                .user(GET_MANY)
                .mail(PUT)
                .vault()
                .queue(Queue::Evaluate)
                .memory(512)
        )
        .of(Resource::Rule),
        endpoint!(
            delete_rule,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT | DELETE).queue(Queue::Evaluate)
        )
        .of(Resource::Rule),
        endpoint!(
            enable_rule,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT).queue(Queue::Evaluate)
        )
        .of(Resource::Rule),
        endpoint!(
            disable_rule,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT).queue(Queue::Evaluate)
        )
        .of(Resource::Rule),
        endpoint!(
            send_test,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | PUT).throttle(UPDATE).vault().timeout(API_TIMEOUT)
        ),
        endpoint!(
            rotate_rule_secret,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT).vault()
        )
        .of(Resource::Rule),
        endpoint!(list_recipients, Access::Permission(Permission::RulesRead), needs().tenant(QUERY)),
        endpoint!(
            resend_recipient_confirmation,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(QUERY | PUT).mail(PUT)
        ),
        endpoint!(show_recipient_request, Access::Public, needs().tenant(GET).link(GET).guesses()).same_site(),
        endpoint!(answer_recipient_request, Access::Public, needs().tenant(GET | PUT).link(GET).guesses()).same_site(),
        endpoint!(show_acknowledgement, Access::Public, needs().tenant(GET).link(GET).guesses()).same_site(),
        endpoint!(
            acknowledge_by_link,
            Access::Public,
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE).link(GET).guesses()
        )
        .same_site(),
        endpoint!(list_silences, Access::Permission(Permission::AlertsRead), needs().tenant(QUERY)),
        endpoint!(
            create_silence,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | GET_MANY | QUERY | PUT | DELETE).memory(512)
        )
        .creates(),
        endpoint!(
            preview_silence,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | GET_MANY | QUERY).index().memory(512)
        ),
        endpoint!(
            get_silence,
            Access::Permission(Permission::AlertsRead),
            needs().tenant(GET | GET_MANY | QUERY).memory(512)
        )
        .of(Resource::Silence),
        endpoint!(
            update_silence,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | GET_MANY | QUERY | PUT).queue(Queue::Evaluate).memory(512)
        )
        .of(Resource::Silence),
        endpoint!(
            delete_silence,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | QUERY | PUT | DELETE).queue(Queue::Evaluate)
        )
        .of(Resource::Silence),
        endpoint!(
            end_silence,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | GET_MANY | QUERY | PUT).queue(Queue::Evaluate).memory(512)
        )
        .of(Resource::Silence),
        endpoint!(list_channels, Access::Permission(Permission::RulesRead), needs().tenant(GET | QUERY)),
        endpoint!(
            create_channel,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT | CHECK).user(GET_MANY).mail(PUT).vault()
        )
        .creates_secret(),
        endpoint!(get_channel, Access::Permission(Permission::RulesRead), needs().tenant(GET | QUERY))
            .of(Resource::Channel),
        endpoint!(
            update_channel,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT | CHECK).user(GET_MANY).mail(PUT).vault()
        )
        .of(Resource::Channel),
        endpoint!(
            delete_channel,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT | DELETE)
        )
        .of(Resource::Channel),
        endpoint!(
            send_channel_test,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | PUT).throttle(UPDATE).vault().timeout(API_TIMEOUT)
        ),
        endpoint!(
            rotate_channel_secret,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT).vault()
        )
        .of(Resource::Channel),
        endpoint!(list_deliveries, Access::Permission(Permission::AlertsRead), needs().tenant(GET | GET_MANY | QUERY)),
        endpoint!(get_delivery, Access::Permission(Permission::AlertsRead), needs().tenant(GET | QUERY)),
        endpoint!(
            send_again,
            Access::Permission(Permission::AlertsAcknowledge),
            needs().tenant(GET | QUERY | PUT).queue(Queue::Webhook).queue(Queue::AlertMail)
        ),
        endpoint!(list, Access::Permission(Permission::AlertsRead), needs().tenant(GET | GET_MANY | QUERY)),
        endpoint!(get, Access::Permission(Permission::AlertsRead), needs().tenant(GET | QUERY)).of(Resource::Alert),
        endpoint!(list_history, Access::Permission(Permission::AlertsRead), needs().tenant(GET | QUERY)),
        endpoint!(list_peers, Access::Permission(Permission::AlertsRead), needs().tenant(GET | QUERY)),
        endpoint!(
            acknowledge,
            Access::Permission(Permission::AlertsAcknowledge),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE)
        )
        .of(Resource::Alert),
        endpoint!(
            suppress,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE)
        )
        .of(Resource::Alert),
        endpoint!(
            reopen,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | GET_MANY | QUERY | PUT | UPDATE | DELETE)
        )
        .of(Resource::Alert),
        endpoint!(
            resolve,
            Access::Permission(Permission::AlertsResolve),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE)
        )
        .of(Resource::Alert),
        endpoint!(
            acknowledge_many,
            Access::Permission(Permission::AlertsAcknowledge),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE).timeout(API_TIMEOUT)
        )
        .creates(),
        endpoint!(
            suppress_many,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE).timeout(API_TIMEOUT)
        )
        .creates(),
        endpoint!(
            reopen_many,
            Access::Permission(Permission::AlertsSuppress),
            needs().tenant(GET | GET_MANY | QUERY | PUT | UPDATE | DELETE).timeout(API_TIMEOUT)
        )
        .creates(),
        endpoint!(
            resolve_many,
            Access::Permission(Permission::AlertsResolve),
            needs().tenant(GET | QUERY | PUT | UPDATE | DELETE).timeout(API_TIMEOUT)
        )
        .creates(),
        endpoint!(comment, Access::Permission(Permission::AlertsAcknowledge), needs().tenant(GET | PUT)).creates(),
        endpoint!(list_rule_templates, Access::Permission(Permission::RulesRead), needs()),
        endpoint!(
            apply_rule_templates,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT | CHECK).queue(Queue::Evaluate).memory(512)
        )
        .creates(),
        endpoint!(export_rules, Access::Permission(Permission::RulesRead), needs().tenant(QUERY)),
        endpoint!(
            import_rules,
            Access::Permission(Permission::RulesWrite),
            needs()
                .tenant(GET | GET_MANY | QUERY | PUT | DELETE | CHECK)
                .user(GET_MANY)
                .mail(PUT)
                .vault()
                .queue(Queue::Evaluate)
                .memory(512)
                .timeout(API_TIMEOUT)
        ),
        endpoint!(
            test_rule_history,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY).memory(1024).timeout(API_TIMEOUT)
        ),
        endpoint!(list_rotas, Access::Permission(Permission::RulesRead), needs().tenant(QUERY).user(GET_MANY)),
        endpoint!(
            create_rota,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT).user(GET_MANY).mail(PUT)
        )
        .creates(),
        endpoint!(get_rota, Access::Permission(Permission::RulesRead), needs().tenant(GET | QUERY).user(GET_MANY))
            .of(Resource::Rota),
        endpoint!(
            update_rota,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | QUERY | PUT).user(GET_MANY).mail(PUT)
        )
        .of(Resource::Rota),
        endpoint!(delete_rota, Access::Permission(Permission::RulesWrite), needs().tenant(GET | QUERY | PUT | DELETE))
            .of(Resource::Rota),
        endpoint!(list_routes, Access::Permission(Permission::RulesRead), needs().tenant(QUERY)),
        endpoint!(
            create_route,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT | CHECK).memory(512)
        )
        .creates(),
        endpoint!(get_route, Access::Permission(Permission::RulesRead), needs().tenant(GET | QUERY))
            .of(Resource::AlertRoute),
        endpoint!(
            update_route,
            Access::Permission(Permission::RulesWrite),
            needs().tenant(GET | GET_MANY | QUERY | PUT | CHECK).memory(512)
        )
        .of(Resource::AlertRoute),
        endpoint!(delete_route, Access::Permission(Permission::RulesWrite), needs().tenant(GET | QUERY | PUT | DELETE))
            .of(Resource::AlertRoute),
    ]
}
