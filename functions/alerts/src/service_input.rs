//! Chats and services as channels of the tenant, as people enter them. What is secret and left out stays as it is at present.

use platform_core::chat::Messenger;
use platform_core::service::{Ntfy, Region, Regional, SealedKey, Telegram};
use platform_core::tenant_channel::Destination;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::receiver::{NTFY, OPSGENIE, PAGERDUTY, Secrets, TELEGRAM};
use url::Url;

use crate::chat_input::{self, Entered};
use crate::notification_input::MAX_URL;

/// Longest key, in characters.
const MAX_KEY: usize = 200;
/// Longest name of a chat of Telegram.
const MAX_CHAT: usize = 64;
/// Longest topic: ntfy's own limit.
const MAX_TOPIC: usize = 64;
const NTFY_SERVER: &str = "https://ntfy.sh";

/// What is entered of one channel, while it is read.
pub(crate) struct Reading<'a> {
    pub(crate) platform: &'a Platform,
    pub(crate) secrets: &'a Secrets<'a>,
    /// Where the fields are in the input.
    pub(crate) at: &'static str,
    pub(crate) problems: &'a mut Problems,
}

/// None if there are problems, which are recorded.
type Read = Result<Option<Destination>, Problem>;

impl Reading<'_> {
    pub(crate) fn chat(
        &mut self,
        messenger: Messenger,
        webhook: Option<String>,
        channel: Option<String>,
        present: Option<&Destination>,
    ) -> Read {
        let channel = channel.filter(|channel| !channel.is_empty());
        let entered = Entered { messenger, enabled: true, webhook, channel };
        let present = match present {
            Some(Destination::Chat(_, chat)) => Some(chat),
            _ => None,
        };
        let chat = chat_input::check(self.platform, self.secrets, self.at, entered, present, self.problems)?;
        Ok(chat.map(|chat| Destination::Chat(messenger, chat)))
    }

    pub(crate) fn pagerduty(&mut self, key: Option<String>, region: Option<Region>, at: Option<&Destination>) -> Read {
        let present = match at {
            Some(Destination::PagerDuty(present)) => Some(present),
            _ => None,
        };
        Ok(self.regional("routingKey", PAGERDUTY, key, region, present)?.map(Destination::PagerDuty))
    }

    pub(crate) fn opsgenie(&mut self, key: Option<String>, region: Option<Region>, at: Option<&Destination>) -> Read {
        let present = match at {
            Some(Destination::Opsgenie(present)) => Some(present),
            _ => None,
        };
        Ok(self.regional("apiKey", OPSGENIE, key, region, present)?.map(Destination::Opsgenie))
    }

    /// A key of one region says nothing to the other, and no stranger hears it there: it may stay.
    fn regional(
        &mut self,
        field: &str,
        purpose: &str,
        key: Option<String>,
        region: Option<Region>,
        present: Option<&Regional>,
    ) -> Result<Option<Regional>, Problem> {
        let key = self.key(field, purpose, key, present.map(|present| &present.key))?;
        Ok(key.map(|key| Regional { region: region.unwrap_or(Region::Us), key }))
    }

    pub(crate) fn telegram(&mut self, token: Option<String>, chat: &str, at: Option<&Destination>) -> Read {
        let present = match at {
            Some(Destination::Telegram(present)) => Some(&present.token),
            _ => None,
        };
        let chat_id = chat.trim().to_owned();
        let is_name = chat_id.strip_prefix('@').is_some_and(is_word);
        let is_number = chat_id.parse::<i64>().is_ok();
        self.problems.require(
            (is_name || is_number) && chat_id.len() <= MAX_CHAT,
            &format!("{}/chatId", self.at),
            "must be a number such as -1001234567890, or the name of a channel such as @acme_alerts",
        );
        let is_token =
            |token: &str| token.split_once(':').is_some_and(|(bot, rest)| bot.parse::<u64>().is_ok() && is_word(rest));
        // It is a part of an address: what is none must not reach one.
        if token.as_deref().is_some_and(|token| !is_token(token)) {
            self.problems.push(format!("{}/token", self.at), "must be the token of a bot, such as 123456:ABC-DEF");
            return Ok(None);
        }
        let token = self.key("token", TELEGRAM, token, present)?;
        Ok(token.map(|token| Destination::Telegram(Telegram { token, chat_id })))
    }

    pub(crate) fn ntfy(
        &mut self,
        server: Option<&str>,
        topic: String,
        token: Option<String>,
        at: Option<&Destination>,
    ) -> Read {
        let present = match at {
            Some(Destination::Ntfy(present)) => Some(present),
            _ => None,
        };
        let is_topic = is_word(&topic) && topic.len() <= MAX_TOPIC;
        let why = format!("must have 1 to {MAX_TOPIC} letters, digits, - and _");
        self.problems.require(is_topic, &format!("{}/topic", self.at), why);
        let Some(server) = self.server(server.unwrap_or(NTFY_SERVER)) else { return Ok(None) };
        let is_elsewhere = present.is_some_and(|present| present.server != server);
        let known = present.and_then(|present| present.token.as_ref());
        let token = match (token, known) {
            (Some(token), _) if token.is_empty() => None,
            (Some(token), _) => match self.key("token", NTFY, Some(token), None)? {
                Some(token) => Some(token),
                None => return Ok(None),
            },
            (None, Some(_)) if is_elsewhere => {
                let why = "must be entered again: the server is another";
                self.problems.push(format!("{}/token", self.at), why);
                return Ok(None);
            }
            (None, known) => known.cloned(),
        };
        Ok(Some(Destination::Ntfy(Ntfy { server, topic, token })))
    }

    /// The root of a server: that is where it takes messages.
    fn server(&mut self, text: &str) -> Option<Url> {
        let is_root = |url: &Url| {
            url.path() == "/" && url.query().is_none() && url.fragment().is_none() && url.username().is_empty()
        };
        let url = match text.parse::<Url>() {
            _ if text.len() > MAX_URL => Err(format!("must have at most {MAX_URL} characters")),
            Ok(url) if is_root(&url) => self.platform.check_receiver(&url).map(|()| url),
            _ => Err(format!("must be the address of a server, such as {NTFY_SERVER}, without a path")),
        };
        url.map_err(|why| self.problems.push(format!("{}/server", self.at), why)).ok()
    }

    /// A key that was entered, sealed; or the present one, if none was.
    fn key(
        &mut self,
        field: &str,
        purpose: &str,
        entered: Option<String>,
        present: Option<&SealedKey>,
    ) -> Result<Option<SealedKey>, Problem> {
        let entered = entered.map(|key| key.trim().to_owned());
        let why = match (entered, present) {
            (None, Some(present)) => return Ok(Some(present.clone())),
            (None, None) => "is required".to_owned(),
            (Some(key), _) if key.is_empty() => "must not be empty".to_owned(),
            (Some(key), _) if key.len() > MAX_KEY || !key.bytes().all(|byte| byte.is_ascii_graphic()) => {
                format!("must have at most {MAX_KEY} letters, digits and signs, and no spaces")
            }
            (Some(key), _) => return self.secrets.seal_key(purpose, &key).map(Some).map_err(Problem::internal),
        };
        self.problems.push(format!("{}/{field}", self.at), why);
        Ok(None)
    }
}

/// Letters, digits, `-` and `_`.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
