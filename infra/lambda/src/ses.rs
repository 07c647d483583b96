//! Mail through Amazon SES.

use aws_sdk_ses::error::ProvideErrorMetadata;
use aws_sdk_ses::primitives::Blob;
use aws_sdk_ses::types::RawMessage;
use platform_notify::email::{Accepted, EmailMessage, EmailTransport, SendError, Sending};

use crate::aws::Aws;

/// Amazon SES.
pub(crate) struct Ses(aws_sdk_ses::Client);

impl Ses {
    pub(crate) fn new(aws: &Aws) -> Self {
        Self(aws.ses())
    }
}

impl EmailTransport for Ses {
    fn send<'a>(&'a self, message: &'a EmailMessage) -> Sending<'a> {
        Box::pin(async move {
            let raw = RawMessage::builder().data(Blob::new(message.to_mime())).build();
            let raw = raw.map_err(|error| SendError { retryable: false, reason: error.to_string() })?;
            let answer = self.0.send_raw_email().raw_message(raw).send().await;
            let answer = answer.map_err(|error| refused(error.code(), error.message().unwrap_or_default()))?;
            Ok(Accepted { id: Some(answer.message_id) })
        })
    }
}

/// What it means that SES did not take a message. What the operator has yet to do, such as to confirm the sender's
/// identity, is no reason to drop it: it is tried again, and an alarm counts the line of the log.
fn refused(code: Option<&str>, message: &str) -> SendError {
    let code = code.unwrap_or("no answer");
    let to_do = match code {
        "MessageRejected" if message.contains("not verified") => Some(
            "an address is not verified in SES: confirm the sender's identity, and ask for production access to write \
             to anybody",
        ),
        "MailFromDomainNotVerifiedException" => Some("the domain of MAIL FROM is not verified in SES"),
        "AccountSendingPausedException" => Some("sending is paused for this account in SES"),
        "AccessDenied" | "AccessDeniedException" => Some("the function's role may not send from this identity"),
        _ => None,
    };
    if let Some(to_do) = to_do {
        tracing::error!(code, to_do, "mail is held back by SES");
        return SendError { retryable: true, reason: format!("SES: {to_do}") };
    }
    // A message that is wrong in itself stays so; anything else may pass.
    let permanent = matches!(code, "MessageRejected" | "InvalidParameterValue");
    SendError { retryable: !permanent, reason: format!("SES: {code}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_operator_has_yet_to_do_is_waited_for() {
        let sandbox = "Email address is not verified. The following identities failed the check in region EU-WEST-1: \
                       someone@customer.example";
        for (code, message) in [
            ("MessageRejected", sandbox),
            ("MailFromDomainNotVerifiedException", ""),
            ("AccountSendingPausedException", ""),
            ("AccessDenied", ""),
        ] {
            let error = refused(Some(code), message);
            assert!(error.retryable, "{code}");
            assert!(error.reason.len() > "SES: ".len() + code.len(), "{}", error.reason);
            assert!(!error.reason.contains("customer.example"), "addresses stay out of logs: {}", error.reason);
        }
    }

    #[test]
    fn a_message_that_is_wrong_is_not_sent_again() {
        assert!(!refused(Some("MessageRejected"), "Illegal address").retryable);
        assert!(!refused(Some("InvalidParameterValue"), "").retryable);
        for passing in [Some("Throttling"), Some("ServiceUnavailable"), None] {
            assert!(refused(passing, "").retryable);
        }
    }
}
