//! Microsoft Teams: an adaptive card, as a workflow takes it that waits for a webhook.
//!
//! Text runs are shown as they are; a text block would read markup in them.

use platform_core::rule::Severity;
use serde_json::{Value, json};

use super::peer_lines;
use crate::telling::{ACKNOWLEDGE, Telling, Tone};

/// Peers that are named.
const PEERS: usize = 10;

pub(super) fn message(telling: &Telling) -> Value {
    let mut body = vec![
        line(&run(&telling.label, json!({ "weight": "Bolder", "color": color(telling) }))),
        line(&run(&telling.title, json!({ "weight": "Bolder", "size": "Large" }))),
        line(&run(&telling.lead, json!({ "isSubtle": true }))),
    ];
    body.extend(telling.message.as_ref().map(|message| line(&run(message, json!({})))));
    body.extend(telling.advice.as_ref().map(|advice| line(&run(&format!("From the rule: {advice}"), json!({})))));
    let facts = telling.facts.iter().map(|(name, value)| line(&run(&format!("{name}: {value}"), json!({}))));
    body.extend(facts);
    if !telling.peers.is_empty() {
        body.push(line(&run(telling.peers_heading, json!({ "weight": "Bolder" }))));
        body.extend(peer_lines(telling, PEERS).iter().map(|peer| line(&run(peer, json!({})))));
    }
    let action = |title: &str, url: &str| json!({ "type": "Action.OpenUrl", "title": title, "url": url });
    let acknowledge = telling.acknowledge.as_ref().map(|url| action(ACKNOWLEDGE, url));
    let actions: Vec<Value> = acknowledge.into_iter().chain([action(telling.open, &telling.url)]).collect();
    json!({
        "type": "message",
        "attachments": [{
            "contentType": "application/vnd.microsoft.card.adaptive",
            "content": {
                "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
                "type": "AdaptiveCard",
                "version": "1.4",
                "fallbackText": telling.subject,
                "body": body,
                "actions": actions,
                "msteams": { "width": "Full" },
            },
        }],
    })
}

fn line(run: &Value) -> Value {
    json!({ "type": "RichTextBlock", "inlines": [run], "spacing": "Small" })
}

fn run(text: &str, mut look: Value) -> Value {
    look["type"] = json!("TextRun");
    look["text"] = json!(text);
    look
}

/// Cards know no colours of one's own.
fn color(telling: &Telling) -> &'static str {
    match telling.tone {
        Tone::Bad(Severity::Critical | Severity::High) => "Attention",
        Tone::Bad(Severity::Medium) => "Warning",
        Tone::Bad(Severity::Low) => "Accent",
        Tone::Good => "Good",
        Tone::Plain => "Default",
    }
}
