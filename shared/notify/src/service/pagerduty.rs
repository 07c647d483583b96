//! PagerDuty: the Events API, version 2.

use platform_core::rule::Severity;
use serde_json::{Map, Value, json};
use url::Url;

use super::{Request, Turn, incident, paragraphs, severity, turns};
use crate::chat::peer_lines;
use crate::message::Message;
use crate::notice::shorten;
use crate::telling::{Telling, line};
use crate::webhook::HeaderRefused;

/// Characters of a summary; PagerDuty takes 1,024.
const SUMMARY: usize = 1_000;
/// Bytes of where it happened.
const SOURCE: usize = 200;
/// Characters of what is said besides. PagerDuty takes half a megabyte in all.
const TEXT: usize = 3_000;
/// Peers that are named.
const PEERS: usize = 20;

/// The events that a message is, for the service at `base`. They are sent in this order.
pub fn enqueue(base: &Url, key: &str, message: Message<'_>) -> Result<Vec<Request>, HeaderRefused> {
    let mut url = base.clone();
    url.set_path(&format!("{}/v2/enqueue", base.path().trim_end_matches('/')));
    let event = |turn: &Turn| Request::new(url.clone(), None, &event(*turn, key, message));
    turns(message).iter().map(event).collect()
}

fn event(turn: Turn, key: &str, message: Message<'_>) -> Value {
    let action = match turn {
        Turn::Begin => "trigger",
        Turn::Acknowledge => "acknowledge",
        Turn::End => "resolve",
    };
    let mut event = json!({ "routing_key": key, "event_action": action, "dedup_key": incident(message) });
    if turn != Turn::Begin {
        return event;
    }
    let telling = Telling::from(message);
    event["client"] = json!("NetBird platform");
    event["client_url"] = json!(telling.url);
    event["links"] = json!([{ "href": telling.url, "text": telling.open }]);
    event["payload"] = payload(message, &telling);
    event
}

fn payload(message: Message<'_>, telling: &Telling) -> Value {
    let characters = |text: &str, most| shorten(text, most, |_| 1).into_owned();
    let (source, at) = match message {
        Message::Step(notice) => (line(&notice.alert.account_name, SOURCE), notice.at),
        Message::Trial(trial) => ("NetBird platform".to_owned(), trial.at),
    };
    let mut details: Map<String, Value> =
        telling.facts.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect();
    details.insert("Message".to_owned(), json!(characters(&paragraphs(telling), TEXT)));
    if !telling.peers.is_empty() {
        details.insert(telling.peers_heading.to_owned(), json!(peer_lines(telling, PEERS)));
    }
    json!({
        "summary": characters(&telling.title, SUMMARY),
        "source": if source.is_empty() { "NetBird" } else { &source },
        "severity": match severity(telling) {
            Some(Severity::Critical) => "critical",
            Some(Severity::High) => "error",
            Some(Severity::Medium) => "warning",
            Some(Severity::Low) | None => "info",
        },
        "timestamp": at,
        "class": telling.label,
        "custom_details": details,
    })
}
