//! Opsgenie: the Alert API, version 2.

use platform_core::rule::Severity;
use serde_json::{Map, Value, json};
use url::Url;

use super::{Request, Turn, incident, paragraphs, severity, turns};
use crate::chat::peer_lines;
use crate::message::Message;
use crate::notice::shorten;
use crate::telling::Telling;
use crate::webhook::HeaderRefused;

/// Characters of a message; Opsgenie takes 130.
const MESSAGE: usize = 130;
/// Of a description; Opsgenie takes 15,000.
const DESCRIPTION: usize = 3_000;
/// Of a detail; all of them may have 8,000.
const DETAIL: usize = 300;
/// Peers that are named.
const PEERS: usize = 10;
/// As whom the platform speaks.
const SOURCE: &str = "NetBird platform";

/// What is asked of the service at `base`. It is asked in this order.
pub fn alert(base: &Url, key: &str, message: Message<'_>) -> Result<Vec<Request>, HeaderRefused> {
    let ask = |turn: &Turn| {
        let mut url = base.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().extend(["v2", "alerts"]);
            match turn {
                Turn::Begin => {}
                Turn::Acknowledge => _ = path.extend([&incident(message), "acknowledge"]),
                Turn::End => _ = path.extend([&incident(message), "close"]),
            }
        }
        if *turn != Turn::Begin {
            url.query_pairs_mut().append_pair("identifierType", "alias");
        }
        Request::new(url, Some(format!("GenieKey {key}")), &body(*turn, message))
    };
    turns(message).iter().map(ask).collect()
}

fn body(turn: Turn, message: Message<'_>) -> Value {
    let characters = |text: &str, most| shorten(text, most, |_| 1).into_owned();
    let telling = Telling::from(message);
    let said = characters(&paragraphs(&telling), DESCRIPTION);
    if turn != Turn::Begin {
        return json!({ "source": SOURCE, "note": said });
    }
    let mut details: Map<String, Value> =
        telling.facts.iter().map(|(name, value)| ((*name).to_owned(), json!(characters(value, DETAIL)))).collect();
    if !telling.peers.is_empty() {
        let peers = peer_lines(&telling, PEERS).join("; ");
        details.insert(telling.peers_heading.to_owned(), json!(characters(&peers, 3 * DETAIL)));
    }
    details.insert("Page".to_owned(), json!(telling.url));
    json!({
        "message": characters(&telling.title, MESSAGE),
        "alias": incident(message),
        "description": format!("{said}\n\n{}", telling.url),
        "details": details,
        "source": SOURCE,
        "priority": match severity(&telling) {
            Some(Severity::Critical) => "P1",
            Some(Severity::High) => "P2",
            Some(Severity::Medium) => "P3",
            Some(Severity::Low) => "P4",
            None => "P5",
        },
    })
}
