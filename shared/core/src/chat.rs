//! Chats that take messages at an address of their own: incoming webhooks of messengers.
//!
//! To add one: a row in [`Messenger`] and in [`Channel`](crate::channel::Channel), its message in `platform_notify::chat`, its
//! field in what the API takes and shows of a rule.

use serde::{Deserialize, Serialize};

use crate::account::Sealed;
use crate::named;

named! {
    /// A messenger that takes messages by an incoming webhook.
    pub enum Messenger {
        /// Slack, and what speaks like it, such as Mattermost.
        Slack = "slack",
        /// Microsoft Teams, by a workflow.
        Teams = "teams",
        /// Discord.
        Discord = "discord",
    }
}

impl Messenger {
    /// As it is called in a sentence.
    pub const fn title(self) -> &'static str {
        match self {
            Messenger::Slack => "Slack",
            Messenger::Teams => "Microsoft Teams",
            Messenger::Discord => "Discord",
        }
    }
}

/// Longest name of a channel that a message asks for, in characters: Slack's own limit.
pub const MAX_CHANNEL: usize = 80;

/// Messages to a chat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChatChannel {
    /// Switched on.
    pub enabled: bool,
    /// Where to, encrypted: whoever knows the address may write there.
    pub sealed_url: Sealed,
    /// The address's host, which is no secret.
    pub host: String,
    /// The address's last characters, to tell one from another.
    pub url_hint: String,
    /// The channel that a message asks for, where the messenger lets it: Slack's older webhooks do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

impl ChatChannel {
    /// Where messages go, as everybody may see it.
    pub fn target(&self) -> String {
        match &self.channel {
            Some(channel) => format!("{channel} at {}", self.host),
            None => self.host.clone(),
        }
    }

    /// The address in part, enough to tell one from another: `hooks.slack.com…x3Yz`.
    pub fn shortened(&self) -> String {
        format!("{}…{}", self.host, self.url_hint)
    }
}
