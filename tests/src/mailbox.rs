//! Mail that is kept instead of sent.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use mail_parser::MessageParser;
use platform_notify::email::{Accepted, EmailMessage, EmailTransport, SendError, Sending};

/// A mail as its reader gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// `Message-ID`, the same in a repeat.
    pub id: String,
    /// Recipients.
    pub to: Vec<String>,
    /// Subject.
    pub subject: String,
    /// The text part.
    pub text: String,
}

impl Mail {
    /// The token of its link.
    ///
    /// # Panics
    ///
    /// If it has none.
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once("#token=").expect("the mail has a link");
        rest.split_whitespace().next().expect("the link has a token").to_owned()
    }
}

#[derive(Debug, Default)]
struct Kept {
    mails: Vec<Mail>,
    /// How many of the next mails are refused, and whether another try may do better.
    refusing: Option<(u32, bool)>,
}

/// A mail server that keeps everything, and refuses on demand.
#[derive(Debug, Clone, Default)]
pub struct Mailbox(Arc<Mutex<Kept>>);

impl Mailbox {
    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Forgets what came, and refuses nothing.
    pub fn forget(&self) {
        *self.lock() = Kept::default();
    }

    /// Everything that came.
    pub fn mails(&self) -> Vec<Mail> {
        self.lock().mails.clone()
    }

    /// Everything that came to this address.
    pub fn to(&self, address: &str) -> Vec<Mail> {
        self.mails().into_iter().filter(|mail| mail.to.iter().any(|to| to == address)).collect()
    }

    /// The latest that came to this address.
    ///
    /// # Panics
    ///
    /// If none did.
    pub fn latest(&self, address: &str) -> Mail {
        self.to(address).pop().unwrap_or_else(|| panic!("no mail to {address} among {:?}", self.mails()))
    }

    /// Refuses the next mails.
    pub fn refuse(&self, times: u32, retryable: bool) {
        self.lock().refusing = Some((times, retryable));
    }
}

impl EmailTransport for Mailbox {
    fn send<'a>(&'a self, message: &'a EmailMessage) -> Sending<'a> {
        Box::pin(async move {
            let mut kept = self.lock();
            if let Some((times, retryable)) = kept.refusing {
                kept.refusing = (times > 1).then_some((times - 1, retryable));
                return Err(SendError { retryable, reason: "the mail server is down".into() });
            }
            let mime = message.to_mime();
            let parsed = MessageParser::new().parse(&mime).expect("the platform builds mail that parsers read");
            kept.mails.push(Mail {
                id: message.message_id().to_owned(),
                to: message.envelope().to().iter().map(ToString::to_string).collect(),
                subject: parsed.subject().unwrap_or_default().to_owned(),
                text: parsed.body_text(0).unwrap_or_default().into_owned(),
            });
            Ok(Accepted { id: None })
        })
    }
}
