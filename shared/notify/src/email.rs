//! Email: what it says ([`account`], [`alert`]), how it is put into MIME (here), and how it leaves ([`eml`], [`smtp`], or any other
//! [`EmailTransport`]).

use std::fmt::Write as _;
use std::future::Future;
use std::pin::Pin;
use std::time::SystemTime;

use aws_lc_rs::digest;
use jiff::Timestamp;
use lettre::Message;
use lettre::address::{Address, Envelope};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use platform_core::tenancy::Email;

pub mod account;
pub mod alert;

pub mod eml;
pub(crate) mod name;
#[cfg(feature = "smtp")]
pub mod smtp;
pub mod summary;

/// Whom mail comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originator {
    /// Display name.
    pub name: String,
    /// Address.
    pub address: Email,
}

/// What a message says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// One line.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
}

/// A message before it is put into MIME.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Whom it comes from.
    pub from: &'a Originator,
    /// Whom it goes to; they see one another.
    pub to: &'a [Email],
    /// What it says.
    pub content: &'a Content,
    /// The intent's key. The `Message-ID` is made from it, so that a repeat is the same message to a mail client.
    pub key: &'a str,
    /// What messages about one thing have in common, such as the alert's id: mail clients show them as a conversation.
    pub thread: Option<&'a str>,
    /// When it is sent.
    pub sent_at: Timestamp,
}

/// A message to nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message has no recipients")]
pub struct NoRecipients;

/// A message that can be sent.
#[derive(Debug, Clone)]
pub struct EmailMessage {
    message: Message,
    message_id: String,
    sent_at: Timestamp,
}

impl Draft<'_> {
    /// Puts the message into MIME: a text and an HTML part.
    ///
    /// # Errors
    ///
    /// There is nobody to send it to.
    pub fn build(&self) -> Result<EmailMessage, NoRecipients> {
        if self.to.is_empty() {
            return Err(NoRecipients);
        }
        let Content { subject, text, html } = self.content;
        let from = mailbox(Some(single_line(&self.from.name)).filter(|name| !name.is_empty()), &self.from.address);
        let message_id = message_id(self.key, self.from);
        let mut builder = Message::builder()
            .message_id(Some(message_id.clone()))
            .date(SystemTime::from(self.sent_at))
            .subject(single_line(subject))
            // Out-of-office notices are not wanted back.
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()));
        if let Some(thread) = self.thread {
            builder = builder.references(format!("<{}@{}>", hash(&["thread", thread]), from.email.domain()));
        }
        for address in self.to {
            builder = builder.to(mailbox(None, address));
        }
        // The boundary is a hash of the parts, so that it is the same each time and no text can contain it.
        let parts = MultiPart::alternative()
            .boundary(hash(&[self.key, text, html]))
            .singlepart(SinglePart::plain(text.clone()))
            .singlepart(SinglePart::html(html.clone()));
        let message = builder.from(from).multipart(parts).expect("it has a sender and a recipient");
        Ok(EmailMessage { message, message_id, sent_at: self.sent_at })
    }
}

/// The `Message-ID` of the mail about an intent, in angle brackets.
pub fn message_id(key: &str, from: &Originator) -> String {
    format!("<{}@{}>", hash(&[key]), mailbox(None, &from.address).email.domain())
}

impl EmailMessage {
    /// The `Message-ID`, in angle brackets. SES replaces it by its own.
    pub fn message_id(&self) -> &str {
        &self.message_id
    }

    /// When it is sent.
    pub fn sent_at(&self) -> Timestamp {
        self.sent_at
    }

    /// Sender and recipients, for transports that ask for them beside the message.
    pub fn envelope(&self) -> &Envelope {
        self.message.envelope()
    }

    /// The message as it travels.
    pub fn to_mime(&self) -> Vec<u8> {
        self.message.formatted()
    }
}

/// A transport took the message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// What the transport calls the message, if it says.
    pub id: Option<String>,
}

/// A transport did not take the message.
#[derive(Debug, thiserror::Error)]
#[error("{reason}")]
pub struct SendError {
    /// Whether another attempt may do better.
    pub retryable: bool,
    /// What went wrong, for whoever runs the platform.
    pub reason: String,
}

/// A message on its way.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Accepted, SendError>> + Send + 'a>>;

/// A way for mail to leave.
pub trait EmailTransport: Send + Sync {
    /// Hands over one message. It is accepted if somebody gets it and no other attempt could reach the others.
    fn send<'a>(&'a self, message: &'a EmailMessage) -> Sending<'a>;
}

fn mailbox(name: Option<String>, email: &Email) -> Mailbox {
    let (local, domain) = email.as_str().split_once('@').expect("an email address has an @");
    // `Email` is stricter than lettre, whose check would only add an error that cannot happen.
    Mailbox::new(name, Address::new_dangerous(local, domain))
}

/// A text on one line, without control characters and without those that reverse the reading direction.
pub(crate) fn single_line(text: &str) -> String {
    let words: Vec<&str> = text.split(|c: char| c.is_control() || c.is_whitespace() || is_direction_mark(c)).collect();
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The bidirectional controls, with which one text can be made to look like another.
pub(crate) fn is_direction_mark(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// 128 bits of SHA-256 over the parts, in hexadecimal.
fn hash(parts: &[&str]) -> String {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(&part.len().to_be_bytes());
        context.update(part.as_bytes());
    }
    context.finish().as_ref()[..16].iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").expect("a string takes everything");
        hex
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::notice::tests::{link, public_url, servers_offline};
    use crate::notice::{MAX_MESSAGE_BYTES, Notice};
    use mail_parser::MessageParser;
    use platform_core::alert::AlertEvent;
    use proptest::prelude::*;

    pub(crate) fn message(subject: &str, key: &str, sent_at: Timestamp) -> EmailMessage {
        let content = Content { subject: subject.into(), text: "Grüße\n".into(), html: "<p>Grüße</p>".into() };
        let from = Originator { name: "NetBird Platform".into(), address: "alerts@platform.example".parse().unwrap() };
        let to = ["ops@acme.example".parse().unwrap(), "ada@acme.example".parse().unwrap()];
        Draft { from: &from, to: &to, content: &content, key, thread: Some("alert-1"), sent_at }.build().unwrap()
    }

    pub(crate) fn noon() -> Timestamp {
        "2026-07-01T12:00:02Z".parse().unwrap()
    }

    #[test]
    fn mime() {
        let message = message("3 of 10 peers are offline — HQ", "alert.0.email", noon());
        insta::assert_snapshot!(String::from_utf8(message.to_mime()).unwrap().replace("\r\n", "\n"));
    }

    #[test]
    fn a_repeat_has_the_same_id_and_another_intent_has_not() {
        let later = noon() + jiff::SignedDuration::from_mins(5);
        let id = |key, at| message("x", key, at).message_id().to_owned();

        assert_eq!(id("alert.0.email", noon()), id("alert.0.email", later));
        assert_ne!(id("alert.0.email", noon()), id("alert.1.email", noon()));
    }

    #[test]
    fn nobody_gets_no_message() {
        let content = Content { subject: String::new(), text: String::new(), html: String::new() };
        let from = Originator { name: String::new(), address: "alerts@platform.example".parse().unwrap() };
        let draft = Draft { from: &from, to: &[], content: &content, key: "", thread: None, sent_at: noon() };
        assert_eq!(draft.build().map(|_| ()), Err(NoRecipients));
    }

    #[test]
    fn headers_cannot_be_injected() {
        let plain = message("Hello", "k", noon()).to_mime();
        let names = |mime: &[u8]| -> Vec<String> {
            MessageParser::new().parse(mime).unwrap().headers().iter().map(|header| header.name().to_owned()).collect()
        };
        for subject in [
            "Hello\r\nBcc: eve@evil.example",
            "Hello\nBcc: eve@evil.example\n\nbody",
            "Hello\rX: y",
            "Hello\u{2028}X: y",
            "Hello\0\u{202e}X: y",
            "=?utf-8?q?Hello=0ABcc:_eve@evil.example?=",
        ] {
            let mime = message(subject, "k", noon()).to_mime();
            assert_eq!(names(&mime), names(&plain), "{subject:?}");
        }
    }

    proptest! {
            #![proptest_config(ProptestConfig::with_cases(64))]
            #[test]
            fn what_is_sent_is_what_is_read(subject in "\\PC{1,200}", text in "[ -~é😀\n]{0,400}") {
                let content = Content { subject, text, html: "<p>x</p>".into() };
                let from = Originator { name: "P".into(), address: "alerts@platform.example".parse().unwrap() };
                let to = ["ops@acme.example".parse().unwrap()];
                let draft = Draft { from: &from, to: &to, content: &content, key: "k", thread: None, sent_at: noon() };

                let mime = draft.build().unwrap().to_mime();

                let read = MessageParser::new().parse(&mime).unwrap();
                prop_assert_eq!(read.subject().unwrap_or_default(), single_line(&content.subject));
                prop_assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), &*content.text);
            }

            #[test]
            fn never_larger_than_the_limit(alert in crate::notice::tests::hostile_alert()) {
                let link = link();
    let notice =
                    Notice { alert: &alert, event: AlertEvent::Escalated, at: alert.began_at, step: Some(5), acknowledge: Some(&link), public_url: &public_url() };
                let content = alert::render(notice);
                let from = Originator { name: "P".into(), address: "alerts@platform.example".parse().unwrap() };
                let to = ["ops@acme.example".parse().unwrap()];
                let draft = Draft { from: &from, to: &to, content: &content, key: "k", thread: None, sent_at: noon() };

                let size = draft.build().unwrap().to_mime().len();

                prop_assert!(size <= MAX_MESSAGE_BYTES, "{size} bytes");
            }
        }

    #[test]
    fn a_usual_alert_is_small() {
        let alert = servers_offline();
        let notice = Notice {
            alert: &alert,
            event: AlertEvent::Fired,
            at: noon(),
            step: None,
            acknowledge: None,
            public_url: &public_url(),
        };
        assert!(alert::render(notice).html.len() < 4_000);
    }
}
