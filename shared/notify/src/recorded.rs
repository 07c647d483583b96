//! What leaves is what receivers document that they take: their shapes and limits, written down in `recorded/`, each with where
//! they stand. A body with anything else in it fails, so that what is added to a message is looked up first.

use jsonschema::Validator;
use platform_core::alert::AlertEvent;
use platform_core::chat::Messenger;
use platform_core::ids::ChannelId;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Value, json};
use url::Url;

use crate::message::Message;
use crate::notice::tests::{hostile_alert, link, public_url, servers_back, servers_offline};
use crate::notice::{MAX_MESSAGE_BYTES, Notice};
use crate::trial::{Tested, Trial};
use crate::{chat, service};

const KEY: &str = "a key of 32 characters, say that";

/// What a receiver takes.
fn recorded(receiver: &str) -> Validator {
    let schema = match receiver {
        "slack" => include_str!("recorded/slack.json"),
        "teams" => include_str!("recorded/teams.json"),
        "discord" => include_str!("recorded/discord.json"),
        "pagerduty" => include_str!("recorded/pagerduty.json"),
        "opsgenie" => include_str!("recorded/opsgenie.json"),
        "telegram" => include_str!("recorded/telegram.json"),
        "ntfy" => include_str!("recorded/ntfy.json"),
        other => panic!("nothing is recorded of {other}"),
    };
    let schema: Value = serde_json::from_str(schema).expect("a schema is JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a schema")
}

/// The bodies of a message, for every receiver.
fn bodies(message: Message<'_>) -> Vec<(&'static str, Vec<u8>)> {
    let at = |address: &str| -> Url { address.parse().expect("a constant") };
    let mut bodies: Vec<(&'static str, Vec<u8>)> = Vec::new();
    for messenger in Messenger::ALL {
        let channel = "#".repeat(80);
        let body = match message {
            Message::Step(notice) => chat::alert(*messenger, Some(&channel), notice),
            Message::Trial(trial) => chat::trial(*messenger, Some(&channel), trial),
        };
        bodies.push((messenger.name(), body));
    }
    let mut add = |name, requests: Vec<service::Request>| {
        bodies.extend(requests.into_iter().map(|request| (name, request.body)));
    };
    add("pagerduty", service::enqueue(&at("https://events.pagerduty.com"), KEY, message).expect("a request"));
    add("opsgenie", service::alert(&at("https://api.opsgenie.com"), KEY, message).expect("a request"));
    for chat in ["-1001234567890", "@operations"] {
        let asked = service::send_message(&at("https://api.telegram.org"), "123456:token", chat, message);
        add("telegram", vec![asked.expect("a request")]);
    }
    let topic = "n".repeat(64);
    add("ntfy", vec![service::publish(&at("https://ntfy.sh"), &topic, Some(KEY), message).expect("a request")]);
    bodies
}

/// What of a message its receivers would refuse.
fn refused(message: Message<'_>) -> Vec<String> {
    let mut refused = Vec::new();
    for (receiver, body) in bodies(message) {
        let most = if receiver == "ntfy" { 4_096 } else { MAX_MESSAGE_BYTES };
        if body.len() > most {
            refused.push(format!("{receiver}: {} bytes", body.len()));
        }
        let body: Value = serde_json::from_slice(&body).expect("a body is JSON");
        let found = recorded(receiver);
        refused.extend(found.iter_errors(&body).map(|error| format!("{receiver}{}: {error}", error.instance_path())));
    }
    refused
}

#[test]
fn what_is_sent_is_what_receivers_take() {
    for event in [AlertEvent::Fired, AlertEvent::Grew, AlertEvent::Acknowledged, AlertEvent::Resolved] {
        let alert = if event == AlertEvent::Resolved { servers_back() } else { servers_offline() };
        let at = alert.triggered_at;
        for acknowledge in [None, Some(link())] {
            let acknowledge = acknowledge.as_ref();
            let notice = Notice { alert: &alert, event, at, step: None, acknowledge, public_url: &public_url() };
            assert_eq!(refused(Message::Step(notice)), [""; 0], "{event:?}");
        }
    }
    let trial = Trial {
        tenant: servers_offline().tenant,
        of: Tested::Channel("01980000-0000-7000-8000-000000000009".parse::<ChannelId>().unwrap()),
        name: &"n".repeat(100),
        at: servers_offline().triggered_at,
        public_url: &public_url(),
    };
    assert_eq!(refused(Message::Trial(trial)), [""; 0]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, rng_seed: RngSeed::Fixed(20_261_129), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn so_it_is_with_the_longest_and_oddest_texts(alert in hostile_alert()) {
        let link = link();
        for event in [AlertEvent::Fired, AlertEvent::Escalated, AlertEvent::Acknowledged, AlertEvent::Resolved] {
            let notice = Notice { alert: &alert, event, at: alert.began_at, step: Some(5), acknowledge: Some(&link), public_url: &public_url() };
            prop_assert_eq!(refused(Message::Step(notice)), Vec::<String>::new());
        }
    }
}

#[test]
fn what_receivers_refuse_is_refused() {
    let long = |characters: usize| "x".repeat(characters);
    for (receiver, body) in [
        (
            "slack",
            json!({ "text": "x", "attachments": [{ "blocks": [{ "type": "section", "text": { "type": "mrkdwn", "text": long(3_001) } }] }] }),
        ),
        ("slack", json!({ "text": "x", "attachments": [{ "blocks": [{ "type": "button" }] }] })),
        ("slack", json!({ "blocks": [] })),
        ("teams", json!({ "type": "message", "attachments": [] })),
        ("teams", json!({ "text": "x" })),
        ("discord", json!({ "embeds": [{ "title": long(257) }] })),
        ("discord", json!({ "embeds": [{ "fields": [{ "name": "", "value": "x" }] }] })),
        ("pagerduty", json!({ "routing_key": KEY, "event_action": "trigger", "dedup_key": "x" })),
        ("pagerduty", json!({ "routing_key": KEY, "event_action": "resolve" })),
        ("pagerduty", json!({ "routing_key": KEY, "event_action": "close", "dedup_key": "x" })),
        ("opsgenie", json!({ "message": long(131) })),
        ("opsgenie", json!({ "message": "x", "details": { "n": 1 } })),
        ("telegram", json!({ "chat_id": "-1", "text": long(4_097) })),
        ("telegram", json!({ "chat_id": "ops", "text": "x" })),
        ("ntfy", json!({ "topic": "a b" })),
        ("ntfy", json!({ "topic": "ops", "priority": 6 })),
    ] {
        assert!(!recorded(receiver).is_valid(&body), "{receiver}: {body}");
    }
}
