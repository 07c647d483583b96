//! Services that take messages by a key, at an address of their own: a file for each, which knows its schema and its limits.
//!
//! Two of them keep incidents: an alert begins one under its own id, is acknowledged there as it is here, and ends it. So a test
//! begins one and ends it at once.

mod ntfy;
mod opsgenie;
mod pagerduty;
mod telegram;

use platform_core::alert::AlertEvent;
use platform_core::rule::Severity;
use serde_json::Value;
use url::Url;

use crate::message::Message;
use crate::telling::{Telling, Tone};
use crate::webhook::{CustomHeaders, HeaderRefused};

pub use ntfy::publish;
pub use opsgenie::alert;
pub use pagerduty::enqueue;
pub use telegram::send_message;

/// A request to a service.
#[derive(Debug)]
pub struct Request {
    /// Where to.
    pub url: Url,
    /// With what, the key among them if it goes there. `Debug` does not show it.
    pub headers: CustomHeaders,
    /// What is said.
    pub body: Vec<u8>,
}

impl Request {
    fn new(url: Url, authorization: Option<String>, body: &Value) -> Result<Self, HeaderRefused> {
        let headers = authorization.map(|value| ("authorization".to_owned(), value)).into_iter().collect();
        let body = serde_json::to_vec(body).expect("texts are JSON");
        Ok(Self { url, headers: CustomHeaders::parse(&headers)?, body })
    }
}

/// A step in the life of a service's incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// It begins, or is told again.
    Begin,
    /// Somebody is on it.
    Acknowledge,
    /// It is over.
    End,
}

/// What a message asks of a service that keeps incidents, in this order.
fn turns(message: Message<'_>) -> &'static [Turn] {
    match message {
        Message::Trial(_) => &[Turn::Begin, Turn::End],
        Message::Step(notice) => match notice.event {
            AlertEvent::Acknowledged => &[Turn::Acknowledge],
            AlertEvent::Resolved => &[Turn::End],
            // Of that nobody is told.
            AlertEvent::Commented => &[],
            AlertEvent::Fired
            | AlertEvent::Repeated
            | AlertEvent::Escalated
            | AlertEvent::Grew
            | AlertEvent::Suppressed
            | AlertEvent::Reopened => &[Turn::Begin],
        },
    }
}

/// What a service calls an incident: by the alert's id it finds it again, and a test finds none.
fn incident(message: Message<'_>) -> String {
    match message {
        Message::Step(notice) => notice.alert.id.to_string(),
        Message::Trial(trial) => format!("test-{}", trial.at.as_millisecond()),
    }
}

/// How bad what is said is; nothing if it is over, or a test.
fn severity(telling: &Telling) -> Option<Severity> {
    match telling.tone {
        Tone::Bad(severity) => Some(severity),
        Tone::Good | Tone::Plain => None,
    }
}

/// What there is to say beyond the title, in paragraphs of plain text.
fn paragraphs(telling: &Telling) -> String {
    let advice = telling.advice.as_ref().map(|advice| format!("From the rule: {advice}"));
    let parts = [Some(telling.lead.clone()), telling.message.clone(), advice];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use platform_core::ids::ChannelId;
    use proptest::prelude::*;

    use super::*;
    use crate::notice::tests::{hostile_alert, link, public_url, servers_back, servers_offline};
    use crate::notice::{MAX_MESSAGE_BYTES, Notice};
    use crate::trial::{Tested, Trial};

    const TOKEN: &str = "123456:a-bots-token";
    const KEY: &str = "a key of 32 characters, say that";

    fn at(address: &str) -> Url {
        address.parse().expect("a constant")
    }

    /// What each service is asked.
    fn asked(message: Message<'_>) -> Vec<(&'static str, Request)> {
        let pagerduty = enqueue(&at("https://events.pagerduty.com"), KEY, message).unwrap();
        let opsgenie = alert(&at("https://api.opsgenie.com"), KEY, message).unwrap();
        let telegram = send_message(&at("https://api.telegram.org"), TOKEN, "@ops", message).unwrap();
        let ntfy = publish(&at("https://ntfy.sh"), "ops", Some(KEY), message).unwrap();
        let pagerduty = pagerduty.into_iter().map(|request| ("pagerduty", request));
        let opsgenie = opsgenie.into_iter().map(|request| ("opsgenie", request));
        pagerduty.chain(opsgenie).chain([("telegram", telegram), ("ntfy", ntfy)]).collect()
    }

    fn said(event: AlertEvent, service: &str) -> Value {
        let alert = if event == AlertEvent::Resolved { servers_back() } else { servers_offline() };
        let notice = Notice {
            alert: &alert,
            event,
            at: alert.triggered_at,
            step: None,
            acknowledge: None,
            public_url: &public_url(),
        };
        let mut asked = asked(Message::Step(notice)).into_iter().filter(|(of, _)| *of == service);
        serde_json::from_slice(&asked.next().expect("it is asked something").1.body).unwrap()
    }

    #[test]
    fn pagerduty() {
        insta::assert_json_snapshot!("pagerduty_fired", said(AlertEvent::Fired, "pagerduty"));
        insta::assert_json_snapshot!("pagerduty_resolved", said(AlertEvent::Resolved, "pagerduty"));
        assert_eq!(said(AlertEvent::Acknowledged, "pagerduty")["event_action"], "acknowledge");
    }

    #[test]
    fn ntfy() {
        insta::assert_json_snapshot!("ntfy_fired", said(AlertEvent::Fired, "ntfy"));
        insta::assert_json_snapshot!("ntfy_resolved", said(AlertEvent::Resolved, "ntfy"));
    }

    #[test]
    fn opsgenie() {
        insta::assert_json_snapshot!("opsgenie_fired", said(AlertEvent::Fired, "opsgenie"));
        insta::assert_json_snapshot!("opsgenie_resolved", said(AlertEvent::Resolved, "opsgenie"));
        let alert = servers_back();
        let notice = Notice {
            alert: &alert,
            event: AlertEvent::Resolved,
            at: alert.triggered_at,
            step: None,
            acknowledge: None,
            public_url: &public_url(),
        };
        let asked = asked(Message::Step(notice));
        let urls: Vec<&str> = asked.iter().map(|(_, request)| request.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "https://events.pagerduty.com/v2/enqueue",
                "https://api.opsgenie.com/v2/alerts/01980000-0000-7000-8000-000000000001/close?identifierType=alias",
                "https://api.telegram.org/bot123456:a-bots-token/sendMessage",
                "https://ntfy.sh/",
            ]
        );
    }

    #[test]
    fn telegram() {
        insta::assert_json_snapshot!("telegram_fired", said(AlertEvent::Fired, "telegram"));
        let mut alert = servers_offline();
        alert.title = "<a href=\"https://evil.example\">press</a> & <b>".into();
        let notice = Notice {
            alert: &alert,
            event: AlertEvent::Fired,
            at: alert.triggered_at,
            step: None,
            acknowledge: None,
            public_url: &public_url(),
        };
        let request = send_message(&at("https://api.telegram.org"), TOKEN, "-1", Message::Step(notice)).unwrap();
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let text = body["text"].as_str().unwrap();
        assert!(text.starts_with("<b>&lt;a href=&quot;") && !text.contains("https://evil"), "{text}");
    }

    #[test]
    fn a_test_begins_an_incident_and_ends_it() {
        let trial = Trial {
            tenant: servers_offline().tenant,
            of: Tested::Channel("01980000-0000-7000-8000-000000000009".parse::<ChannelId>().unwrap()),
            name: "On call",
            at: servers_offline().triggered_at,
            public_url: &public_url(),
        };
        let bodies: Vec<Value> = enqueue(&at("https://events.eu.pagerduty.com"), KEY, Message::Trial(trial))
            .unwrap()
            .iter()
            .map(|request| serde_json::from_slice(&request.body).unwrap())
            .collect();
        let said: Vec<_> = bodies.iter().map(|body| (&body["event_action"], &body["dedup_key"])).collect();
        let key = &serde_json::json!("test-1782907202000");
        assert_eq!(said, [(&"trigger".into(), key), (&"resolve".into(), key)]);
        assert_eq!(bodies[0]["payload"]["severity"], "info");
    }

    /// What a service would refuse, or cut.
    fn within_limits(service: &str, body: &Value) {
        let length = |text: &Value| text.as_str().unwrap().chars().count();
        match service {
            "pagerduty" => {
                assert!(length(&body["dedup_key"]) <= 255);
                if body["event_action"] == "trigger" {
                    assert!((1..=1_024).contains(&length(&body["payload"]["summary"])));
                    assert!((1..=1_024).contains(&length(&body["payload"]["source"])));
                }
            }
            "opsgenie" if body["alias"].is_string() => {
                assert!((1..=130).contains(&length(&body["message"])));
                assert!(length(&body["description"]) <= 15_000 && length(&body["alias"]) <= 512);
                let details = body["details"].as_object().unwrap().iter();
                assert!(details.map(|(name, value)| name.len() + length(value)).sum::<usize>() <= 8_000);
            }
            "opsgenie" => assert!(length(&body["note"]) <= 25_000 && length(&body["source"]) <= 100),
            "telegram" => assert!((1..=4_096).contains(&body["text"].as_str().unwrap().encode_utf16().count())),
            "ntfy" => {
                assert!((1..=5).contains(&body["priority"].as_u64().unwrap()));
                assert!(length(&body["message"]) > 0);
            }
            other => panic!("{other} has no limits here"),
        }
    }

    proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            #[test]
            fn every_message_fits(alert in hostile_alert()) {
                for event in [AlertEvent::Fired, AlertEvent::Acknowledged, AlertEvent::Resolved] {
                    let link = link();
    let notice = Notice { alert: &alert, event, at: alert.began_at, step: Some(5), acknowledge: Some(&link), public_url: &public_url() };
                    for (service, request) in asked(Message::Step(notice)) {
                        let most = if service == "ntfy" { 4_096 } else { MAX_MESSAGE_BYTES };
                        prop_assert!(request.body.len() <= most, "{service}: {}", request.body.len());
                        within_limits(service, &serde_json::from_slice(&request.body).unwrap());
                        let shown = format!("{:?}", request.headers);
                        prop_assert!(!shown.contains(KEY), "{service}: {shown}");
                    }
                }
            }
        }
}
