//! Chats that a rule tells, as people enter them and as the API shows them.

use platform_core::chat::{ChatChannel, MAX_CHANNEL, Messenger};
use platform_core::rule::url_hint;
use platform_core::tenant_channel::SwitchedOff;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::receiver::Secrets;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::channel_view::{ChannelOffView, ChannelTroubleView};
use crate::notification_input::{MAX_URL, is_on};

/// Messages in Slack, or in what speaks like it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlackInput {
    /// On if absent.
    #[serde(default = "is_on")]
    #[schema(default = true)]
    pub(crate) enabled: bool,
    /// The address of an incoming webhook. Encrypted at rest; never shown again in full. May be left out where a rule is
    /// changed: it stays.
    #[schema(example = "https://hooks.slack.com/services/T000/B000/XXXX", max_length = 2000)]
    pub(crate) webhook: Option<String>,
    /// The channel to ask for, which only older webhooks of Slack heed; its own if absent.
    #[schema(example = "#ops", max_length = 80)]
    channel: Option<String>,
}

impl SlackInput {
    /// The channel that is asked for.
    pub(crate) fn asked_for(&self) -> Option<String> {
        self.channel.clone().filter(|channel| !channel.is_empty())
    }
}

/// Messages in a chat.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChatInput {
    /// On if absent.
    #[serde(default = "is_on")]
    #[schema(default = true)]
    pub(crate) enabled: bool,
    /// The address of its webhook. Encrypted at rest; never shown again in full. May be left out where a rule is changed: it
    /// stays.
    #[schema(max_length = 2000)]
    pub(crate) webhook: Option<String>,
}

/// A chat that a rule tells.
#[derive(Serialize, ToSchema)]
#[schema(as = AlertRuleChat)]
pub(crate) struct ChatView {
    enabled: bool,
    #[schema(example = "hooks.slack.com")]
    host: String,
    /// The address in part, for those who may write rules: it is a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "hooks.slack.com…x3Yz")]
    webhook: Option<String>,
    /// The channel that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "#ops")]
    channel: Option<String>,
    /// Why and when the platform switched it off; absent if it did not, or somebody switched it on since.
    #[serde(skip_serializing_if = "Option::is_none")]
    off: Option<ChannelOffView>,
    /// Since when every message fails; only where one rule is asked for, and absent while they arrive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trouble: Option<ChannelTroubleView>,
}

impl ChatView {
    pub(crate) fn new(chat: &ChatChannel, off: Option<&SwitchedOff>, may_write: bool) -> Self {
        Self {
            enabled: chat.enabled,
            host: chat.host.clone(),
            webhook: may_write.then(|| chat.shortened()),
            channel: chat.channel.clone(),
            off: off.map(ChannelOffView::from),
            trouble: None,
        }
    }
}

/// What was entered of one chat.
pub(crate) struct Entered {
    pub(crate) messenger: Messenger,
    pub(crate) enabled: bool,
    pub(crate) webhook: Option<String>,
    pub(crate) channel: Option<String>,
}

/// What was entered of all of them.
pub(crate) fn entered(slack: Option<SlackInput>, teams: Option<ChatInput>, discord: Option<ChatInput>) -> Vec<Entered> {
    let chat = |messenger, input: Option<ChatInput>| {
        input.map(|ChatInput { enabled, webhook }| Entered { messenger, enabled, webhook, channel: None })
    };
    let slack = slack.map(|slack| {
        let channel = slack.asked_for();
        Entered { messenger: Messenger::Slack, enabled: slack.enabled, webhook: slack.webhook, channel }
    });
    slack.into_iter().chain(chat(Messenger::Teams, teams)).chain(chat(Messenger::Discord, discord)).collect()
}

/// Checks what was entered of a chat, whose fields are at a place of the input, and seals its address. One that is left out
/// stays the one of `present`.
pub(crate) fn check(
    platform: &Platform,
    secrets: &Secrets<'_>,
    at: &str,
    entered: Entered,
    present: Option<&ChatChannel>,
    problems: &mut Problems,
) -> Result<Option<ChatChannel>, Problem> {
    let Entered { messenger, enabled, webhook, channel } = entered;
    if let Some(channel) = &channel {
        problems.text(&format!("{at}/channel"), channel, 1, MAX_CHANNEL);
    }
    let url = match (webhook, present) {
        (None, Some(present)) => return Ok(Some(ChatChannel { enabled, channel, ..present.clone() })),
        (None, None) => Err("is required".to_owned()),
        (Some(text), _) if text.len() > MAX_URL => Err(format!("must have at most {MAX_URL} characters")),
        (Some(text), _) => match text.parse::<url::Url>() {
            Ok(url) => platform.check_receiver(&url).map(|()| url),
            Err(_) => Err(format!(
                "must be the address of a webhook of {}, such as {}",
                messenger.title(),
                example(messenger)
            )),
        },
    };
    let url = match url {
        Ok(url) => url,
        Err(detail) => {
            problems.push(format!("{at}/webhook"), detail);
            return Ok(None);
        }
    };
    let sealed_url = secrets.seal(&Secrets::chat_purpose(messenger), url.as_str()).map_err(Problem::internal)?;
    let host = url.host_str().unwrap_or_default().to_owned();
    Ok(Some(ChatChannel { enabled, sealed_url, host, url_hint: url_hint(&url), channel }))
}

const fn example(messenger: Messenger) -> &'static str {
    match messenger {
        Messenger::Slack => "https://hooks.slack.com/services/…",
        Messenger::Teams => "https://….logic.azure.com/workflows/…",
        Messenger::Discord => "https://discord.com/api/webhooks/…",
    }
}
