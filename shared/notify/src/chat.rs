//! Messages in chats, by the incoming webhooks of messengers: a file for each, which knows its blocks and its limits.
//!
//! They say what a mail says, in the same words ([`telling`](crate::telling)). Whoever named a peer or an account must not be
//! able to write more than a name: no link, no markup, no mention of everybody.

mod discord;
mod slack;
mod teams;

use platform_core::chat::Messenger;
use serde_json::Value;

use crate::notice::Notice;
use crate::telling::Telling;
use crate::trial::Trial;

/// The message about one step of an alert, for the channel that is asked for, if one is.
pub fn alert(messenger: Messenger, channel: Option<&str>, notice: Notice<'_>) -> Vec<u8> {
    body(messenger, channel, &Telling::from(notice))
}

/// A message that only shows that messages arrive.
pub fn trial(messenger: Messenger, channel: Option<&str>, trial: Trial<'_>) -> Vec<u8> {
    body(messenger, channel, &Telling::from(trial))
}

fn body(messenger: Messenger, channel: Option<&str>, telling: &Telling) -> Vec<u8> {
    let message: Value = match messenger {
        Messenger::Slack => slack::message(telling, channel),
        Messenger::Teams => teams::message(telling),
        Messenger::Discord => discord::message(telling),
    };
    serde_json::to_vec(&message).expect("texts are JSON")
}

/// A fact's value: messengers refuse what is empty.
fn value(text: &str) -> &str {
    if text.is_empty() { "–" } else { text }
}

/// The peers of a message, a line each, at most so many.
pub(crate) fn peer_lines(telling: &Telling, most: usize) -> Vec<String> {
    let mut lines: Vec<String> =
        telling.peers.iter().take(most).map(|peer| format!("{}, since {}", peer.name, peer.since)).collect();
    if telling.more_peers || telling.peers.len() > most {
        lines.push("…and more, on the alert's page".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use platform_core::alert::AlertEvent;
    use proptest::prelude::*;

    use super::*;
    use crate::notice::MAX_MESSAGE_BYTES;
    use crate::notice::tests::{hostile_alert, link, public_url, servers_back, servers_offline};

    fn said(messenger: Messenger, event: AlertEvent) -> Value {
        let alert = if event == AlertEvent::Resolved { servers_back() } else { servers_offline() };
        let at = alert.resolved_at.unwrap_or(alert.triggered_at);
        let notice = Notice { alert: &alert, event, at, step: None, acknowledge: None, public_url: &public_url() };
        serde_json::from_slice(&super::alert(messenger, Some("#ops"), notice)).unwrap()
    }

    #[test]
    fn slack() {
        insta::assert_json_snapshot!("slack_fired", said(Messenger::Slack, AlertEvent::Fired));
        insta::assert_json_snapshot!("slack_resolved", said(Messenger::Slack, AlertEvent::Resolved));
    }

    #[test]
    fn teams() {
        insta::assert_json_snapshot!("teams_fired", said(Messenger::Teams, AlertEvent::Fired));
    }

    #[test]
    fn discord() {
        insta::assert_json_snapshot!("discord_fired", said(Messenger::Discord, AlertEvent::Fired));
    }

    /// Every text of a message, wherever it stands, and how many characters it has.
    fn texts(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::String(text) => found.push(text.clone()),
            Value::Array(values) => values.iter().for_each(|value| texts(value, found)),
            Value::Object(fields) => fields.values().for_each(|value| texts(value, found)),
            _ => {}
        }
    }

    #[test]
    fn a_name_is_a_name_and_nothing_else() {
        let mut alert = servers_offline();
        alert.affected.peers[0].name =
            "<!channel> <https://evil.example|press> @everyone **x** [y](https://evil.example)".into();
        alert.title = "*bold* <@U123> `code` @here".into();
        let notice = Notice {
            alert: &alert,
            event: AlertEvent::Fired,
            at: alert.triggered_at,
            step: None,
            acknowledge: None,
            public_url: &public_url(),
        };
        for messenger in Messenger::ALL {
            let message: Value = serde_json::from_slice(&super::alert(*messenger, None, notice)).unwrap();
            let mut found = Vec::new();
            texts(&message, &mut found);
            let whole = found.join("\n");
            assert!(!whole.contains("https://evil"), "{whole}");
            match messenger {
                Messenger::Slack => assert!(!whole.contains("<!") && !whole.contains("<@"), "{whole}"),
                // Nobody is called, whatever the text says.
                Messenger::Discord => {
                    assert_eq!(message["allowed_mentions"], serde_json::json!({ "parse": [] }));
                    assert!(whole.contains("\\*bold\\*"), "{whole}");
                }
                Messenger::Teams => {}
            }
        }
    }

    /// What the messengers refuse: Slack more than 3,000 characters in a section and 2,000 in a field, Discord more than
    /// 256 in a title, 4,096 in a description and 6,000 in all, Teams more than 28 KB.
    fn within_limits(messenger: Messenger, message: &Value) {
        match messenger {
            Messenger::Slack => {
                let blocks = message["attachments"][0]["blocks"].as_array().unwrap();
                assert!(blocks.len() <= 50);
                for block in blocks {
                    if let Some(text) = block["text"]["text"].as_str() {
                        assert!((1..=3_000).contains(&text.chars().count()), "{text}");
                    }
                    let fields = block["fields"].as_array().cloned().unwrap_or_default();
                    assert!(fields.len() <= 10);
                    for field in fields {
                        assert!((1..=2_000).contains(&field["text"].as_str().unwrap().chars().count()));
                    }
                }
            }
            Messenger::Discord => {
                let embed = &message["embeds"][0];
                let length = |value: &Value| value.as_str().map_or(0, |text| text.encode_utf16().count());
                assert!(length(&embed["title"]) <= 256 && length(&embed["description"]) <= 4_096);
                let mut in_all =
                    length(&embed["title"]) + length(&embed["description"]) + length(&embed["footer"]["text"]);
                for field in embed["fields"].as_array().unwrap() {
                    assert!(
                        (1..=256).contains(&length(&field["name"])) && (1..=1_024).contains(&length(&field["value"]))
                    );
                    in_all += length(&field["name"]) + length(&field["value"]);
                }
                assert!(in_all <= 6_000, "{in_all}");
            }
            Messenger::Teams => {}
        }
    }

    proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            #[test]
            fn every_message_fits(alert in hostile_alert()) {
                for event in [AlertEvent::Fired, AlertEvent::Resolved] {
                    let link = link();
    let notice = Notice { alert: &alert, event, at: alert.began_at, step: Some(5), acknowledge: Some(&link), public_url: &public_url() };
                    for messenger in Messenger::ALL {
                        let body = super::alert(*messenger, Some(&"#".repeat(80)), notice);
                        prop_assert!(body.len() <= MAX_MESSAGE_BYTES, "{messenger:?}: {}", body.len());
                        within_limits(*messenger, &serde_json::from_slice(&body).unwrap());
                    }
                }
            }
        }
}
