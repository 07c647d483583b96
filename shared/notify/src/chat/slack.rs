//! Slack: blocks beside a coloured bar, in Slack's own markup.

use serde_json::{Value, json};

use super::peer_lines;
use crate::notice::shorten;
use crate::telling::{ACKNOWLEDGE, Telling};

/// Characters of a section; Slack takes 3,000.
const SECTION: usize = 2_900;
/// Characters of a field; Slack takes 2,000.
const FIELD: usize = 400;
/// Peers that are named. A message in a chat is looked at on a phone.
const PEERS: usize = 10;

pub(super) fn message(telling: &Telling, channel: Option<&str>) -> Value {
    let mut said = escaped(&telling.lead, FIELD);
    if let Some(message) = &telling.message {
        said.push_str(&format!("\n{}", escaped(message, SECTION / 3)));
    }
    if let Some(advice) = &telling.advice {
        said.push_str(&format!("\n*From the rule:* {}", escaped(advice, SECTION / 3)));
    }
    let facts: Vec<Value> = telling
        .facts
        .iter()
        .map(|(name, value)| text(&format!("*{name}*\n{}", escaped(super::value(value), FIELD))))
        .collect();
    let mut blocks =
        vec![json!({ "type": "section", "text": text(&said) }), json!({ "type": "section", "fields": facts })];
    if !telling.peers.is_empty() {
        let lines = peer_lines(telling, PEERS).into_iter().map(|line| format!("• {}", escaped(&line, FIELD / 2)));
        let peers = lines.collect::<Vec<_>>().join("\n");
        blocks.push(json!({ "type": "section", "text": text(&format!("*{}*\n{peers}", telling.peers_heading)) }));
    }
    // Links and no buttons: Slack warns of buttons whose app takes no answers.
    let acknowledge = telling.acknowledge.as_ref().map(|url| text(&format!("<{url}|{ACKNOWLEDGE}>")));
    let open = text(&format!("<{}|{}>", telling.url, telling.open));
    let links: Vec<Value> = acknowledge.into_iter().chain([open]).collect();
    blocks.push(json!({ "type": "context", "elements": links }));
    let mut message = json!({
        // What stands above the bar, and what a phone shows of it.
        "text": escaped(&telling.subject, FIELD),
        "attachments": [{ "color": telling.tone.color(), "blocks": blocks }],
        "unfurl_links": false,
    });
    if let Some(channel) = channel {
        message["channel"] = json!(channel);
    }
    message
}

/// A text in Slack's markup, in which Slack looks for no links and names by itself.
fn text(text: &str) -> Value {
    json!({ "type": "mrkdwn", "text": text, "verbatim": true })
}

/// Foreign text: what Slack's markup is made of stands for itself.
fn escaped(text: &str, budget: usize) -> String {
    let entity = |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        _ => None,
    };
    let mut escaped = String::with_capacity(text.len());
    for character in shorten(text, budget, |character| entity(character).map_or(1, str::len)).chars() {
        match entity(character) {
            Some(entity) => escaped.push_str(entity),
            None => escaped.push(character),
        }
    }
    escaped
}
