//! Telegram: a bot's message, in its HTML.

use serde_json::json;
use url::Url;

use super::Request;
use crate::chat::peer_lines;
use crate::message::Message;
use crate::notice::shorten;
use crate::telling::{ACKNOWLEDGE, Telling};
use crate::webhook::HeaderRefused;

/// Units of UTF-16 of a title, escaped. Telegram takes 4,096 in all.
const TITLE: usize = 500;
/// Of a longer text.
const TEXT: usize = 900;
/// Of a fact.
const FACT: usize = 200;
/// Peers that are named. A message in a chat is looked at on a phone.
const PEERS: usize = 5;

/// The message of a bot, to a chat. The bot's token is in the address, which so is nowhere shown or logged.
pub fn send_message(base: &Url, token: &str, chat: &str, message: Message<'_>) -> Result<Request, HeaderRefused> {
    let mut url = base.clone();
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend([&format!("bot{token}"), "sendMessage"]);
    }
    let body = json!({
        "chat_id": chat,
        "text": text(&Telling::from(message)),
        "parse_mode": "HTML",
        "link_preview_options": { "is_disabled": true },
    });
    Request::new(url, None, &body)
}

fn text(telling: &Telling) -> String {
    let mut text = format!("<b>{}</b>\n{}", escaped(&telling.title, TITLE), escaped(&telling.lead, FACT));
    if let Some(message) = &telling.message {
        text.push_str(&format!("\n\n{}", escaped(message, TEXT)));
    }
    if let Some(advice) = &telling.advice {
        text.push_str(&format!("\n\n<b>From the rule:</b> {}", escaped(advice, TEXT)));
    }
    text.push('\n');
    for (name, value) in &telling.facts {
        text.push_str(&format!("\n{name}: {}", escaped(value, FACT)));
    }
    for line in peer_lines(telling, PEERS) {
        text.push_str(&format!("\n• {}", escaped(&line, FACT / 2)));
    }
    text.push_str("\n\n");
    if let Some(url) = &telling.acknowledge {
        text.push_str(&format!("<a href=\"{}\">{ACKNOWLEDGE}</a> · ", escaped(url, TEXT)));
    }
    text.push_str(&format!("<a href=\"{}\">{}</a>", escaped(&telling.url, TEXT), telling.open));
    text
}

/// Foreign text: what Telegram's markup is made of stands for itself.
fn escaped(text: &str, budget: usize) -> String {
    let entity = |character| match character {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        _ => None,
    };
    let mut escaped = String::with_capacity(text.len());
    let cost = |character: char| entity(character).map_or(character.len_utf16(), str::len);
    for character in shorten(text, budget, cost).chars() {
        match entity(character) {
            Some(entity) => escaped.push_str(entity),
            None => escaped.push(character),
        }
    }
    escaped
}
