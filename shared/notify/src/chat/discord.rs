//! Discord: an embed beside a coloured bar.

use serde_json::{Value, json};

use super::peer_lines;
use crate::notice::shorten;
use crate::telling::{ACKNOWLEDGE, Telling};

/// Units of UTF-16 of a title; Discord takes 256.
const TITLE: usize = 250;
/// Of each part of a description; Discord takes 4,096 in all, and 6,000 in a message.
const PART: usize = 1_000;
/// Of a field; Discord takes 1,024.
const FIELD: usize = 200;
/// Of the field that names peers.
const PEERS_FIELD: usize = 1_000;
/// Peers that are named.
const PEERS: usize = 10;

pub(super) fn message(telling: &Telling) -> Value {
    let mut said = escaped(&telling.lead, FIELD);
    if let Some(message) = &telling.message {
        said.push_str(&format!("\n{}", escaped(message, PART)));
    }
    if let Some(advice) = &telling.advice {
        said.push_str(&format!("\n**From the rule:** {}", escaped(advice, PART)));
    }
    if let Some(url) = &telling.acknowledge {
        said.push_str(&format!("\n[{ACKNOWLEDGE}]({url})"));
    }
    let field = |(name, value): &(&'static str, String)| json!({ "name": name, "value": escaped(super::value(value), FIELD), "inline": true });
    let mut fields: Vec<Value> = telling.facts.iter().map(field).collect();
    if !telling.peers.is_empty() {
        let lines = peer_lines(telling, PEERS).join("\n");
        fields.push(json!({ "name": telling.peers_heading, "value": escaped(&lines, PEERS_FIELD) }));
    }
    json!({
        "embeds": [{
            "title": escaped(super::value(&telling.title), TITLE),
            "url": telling.url,
            "description": said,
            "color": u32::from_str_radix(telling.tone.color().trim_start_matches('#'), 16).unwrap_or_default(),
            "fields": fields,
            "footer": { "text": telling.label },
        }],
        // Whatever a text says, nobody is called by it.
        "allowed_mentions": { "parse": [] },
    })
}

/// Foreign text: what Discord's markup is made of stands for itself.
fn escaped(text: &str, budget: usize) -> String {
    const MARKUP: &str = "\\*_~`|>#[]()<@";
    let is_markup = |character| MARKUP.contains(character);
    let mut escaped = String::with_capacity(text.len());
    for character in shorten(text, budget, |c| c.len_utf16() + usize::from(is_markup(c))).chars() {
        if is_markup(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
