//! ntfy: publishing as JSON, at the server's root.

use platform_core::rule::Severity;
use serde_json::json;
use url::Url;

use super::{Request, paragraphs};
use crate::message::Message;
use crate::notice::shorten;
use crate::telling::{ACKNOWLEDGE, Telling, Tone};
use crate::webhook::HeaderRefused;

/// Bytes of a title, as JSON has them.
const TITLE: usize = 400;
/// Of a text. ntfy makes an attachment of a message of more than 4,096 bytes.
const TEXT: usize = 2_400;

/// The message for a topic of a server, with an access token if the server wants one.
pub fn publish(server: &Url, topic: &str, token: Option<&str>, message: Message<'_>) -> Result<Request, HeaderRefused> {
    let telling = Telling::from(message);
    let (priority, tag) = match telling.tone {
        Tone::Bad(Severity::Critical) => (5, "rotating_light"),
        Tone::Bad(Severity::High) => (4, "warning"),
        Tone::Bad(Severity::Medium) => (3, "warning"),
        Tone::Bad(Severity::Low) => (2, "information_source"),
        Tone::Good => (3, "white_check_mark"),
        Tone::Plain => (3, "information_source"),
    };
    let mut body = json!({
        "topic": topic,
        "title": shorten(&telling.subject, TITLE, bytes),
        "message": shorten(&paragraphs(&telling), TEXT, bytes),
        "priority": priority,
        "tags": [tag],
        "click": telling.url,
    });
    if let Some(url) = &telling.acknowledge {
        // The page asks once more: ntfy would carry the request out by itself, and tell it to whoever reads the topic.
        body["actions"] = json!([{ "action": "view", "label": ACKNOWLEDGE, "url": url }]);
    }
    Request::new(server.clone(), token.map(|token| format!("Bearer {token}")), &body)
}

/// How many bytes a character takes in JSON, at most.
const fn bytes(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' => 2,
        character if character.is_ascii_control() => 6,
        _ => character.len_utf8(),
    }
}
