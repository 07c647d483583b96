//! Mail through Amazon SES.

use aws_sdk_ses::error::ProvideErrorMetadata;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::RawMessage;
use platform_notify::email::{Accepted, EmailMessage, EmailTransport, SendError, Sending};

/// Amazon SES.
pub struct Ses(aws_sdk_ses::Client);

impl Ses {
    /// SES through this client.
    pub fn new(client: aws_sdk_ses::Client) -> Self {
        Self(client)
    }
}

impl EmailTransport for Ses {
    fn send<'a>(&'a self, message: &'a EmailMessage) -> Sending<'a> {
        Box::pin(async move {
            let raw = RawMessage::builder().data(Blob::new(message.to_mime())).build();
            let raw = raw.map_err(|error| SendError { retryable: false, reason: error.to_string() })?;
            let answer = self.0.send_raw_email().raw_message(raw).send().await.map_err(|error| {
                let code = error.code().unwrap_or("no answer").to_owned();
                let permanent = matches!(code.as_str(), "MessageRejected" | "MailFromDomainNotVerifiedException");
                SendError { retryable: !permanent, reason: format!("SES: {code}") }
            })?;
            Ok(Accepted { id: Some(answer.message_id) })
        })
    }
}
