//! Services that take messages by a key: their addresses are known, and what is secret is the key.
//!
//! To add one: its settings here and in [`Destination`](crate::tenant_channel::Destination), a row in
//! [`Channel`](crate::channel::Channel), its message in `platform_notify::service`.

use serde::{Deserialize, Serialize};

use crate::account::Sealed;
use crate::named;

named! {
    /// Where a service keeps what it is told.
    pub enum Region {
        /// In the United States.
        Us = "us",
        /// In Europe.
        Eu = "eu",
    }
}

/// A key, encrypted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedKey {
    /// The key.
    pub sealed: Sealed,
    /// Its last characters, to tell one from another.
    pub hint: String,
}

/// Fewest characters of a key that its last ones are shown of.
const LONG_ENOUGH_FOR_A_HINT: usize = 16;

/// A key's last characters: none where they would be much of it.
pub fn key_hint(key: &str) -> String {
    let length = key.chars().count();
    if length < LONG_ENOUGH_FOR_A_HINT { String::new() } else { key.chars().skip(length - 4).collect() }
}

/// A service with an account of its own in each region.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Regional {
    /// Where.
    pub region: Region,
    /// The key by which it takes messages.
    pub key: SealedKey,
}

/// A bot of Telegram, and the chat that it writes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Telegram {
    /// The bot's token.
    pub token: SealedKey,
    /// A number, or the name of a channel with an `@` before it.
    pub chat_id: String,
}

/// A topic of an ntfy server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Ntfy {
    /// The server.
    pub server: url::Url,
    /// The topic.
    pub topic: String,
    /// An access token, if the server wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<SealedKey>,
}

/// A service as messages are sent to it.
#[derive(Debug, Clone, Copy)]
pub enum Service<'a> {
    /// PagerDuty.
    PagerDuty(&'a Regional),
    /// Opsgenie.
    Opsgenie(&'a Regional),
    /// Telegram.
    Telegram(&'a Telegram),
    /// ntfy.
    Ntfy(&'a Ntfy),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_keys_have_no_hint() {
        assert_eq!(key_hint("0123456789abcdef"), "cdef");
        assert_eq!(key_hint("tk_short"), "");
    }
}
