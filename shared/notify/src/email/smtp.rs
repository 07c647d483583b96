//! Mail through an SMTP relay, for local installs.

use std::str::FromStr;
use std::time::Duration;

use lettre::address::Envelope;
use lettre::transport::smtp;
use lettre::transport::smtp::response::{Category, Code, Response};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use url::Url;

use super::{Accepted, EmailMessage, EmailTransport, SendError, Sending};

/// How long handing over one message may take, connection included.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// Where the relay is and how it is spoken to.
///
/// | URL | encryption | default port |
/// |---|---|---|
/// | `smtp://host` | none: for a relay on the same machine or network | 25 |
/// | `smtp+starttls://user:password@host` | required, after a plain greeting | 587 |
/// | `smtps://user:password@host` | from the first byte | 465 |
///
/// Special characters of user name and password are percent-encoded.
#[derive(Clone)]
pub struct SmtpTransport {
    relay: AsyncSmtpTransport<Tokio1Executor>,
}

/// A text that is not an SMTP URL. It never repeats the URL, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlRefused {
    /// The scheme is another.
    #[error("must begin with smtp://, smtp+starttls:// or smtps://")]
    Scheme,
    /// There is no host.
    #[error("must name a host, as in smtp://mail.example.com:25")]
    Host,
    /// There is a user name without a password, or the other way round.
    #[error("must have both a user name and a password, or neither")]
    Credentials,
    /// There is something after the host.
    #[error("must have nothing after the host and port")]
    Rest,
}

impl FromStr for SmtpTransport {
    type Err = SmtpUrlRefused;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let url = Url::parse(text).map_err(|_| SmtpUrlRefused::Host)?;
        // lettre says STARTTLS with a query.
        let (scheme, query) = match url.scheme() {
            "smtp" => ("smtp", None),
            "smtp+starttls" => ("smtp", Some("tls=required")),
            "smtps" => ("smtps", None),
            _ => return Err(SmtpUrlRefused::Scheme),
        };
        if url.host_str().is_none_or(str::is_empty) {
            return Err(SmtpUrlRefused::Host);
        }
        if url.username().is_empty() != url.password().is_none() {
            return Err(SmtpUrlRefused::Credentials);
        }
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err(SmtpUrlRefused::Rest);
        }
        let mut relay = url;
        relay.set_scheme(scheme).map_err(|()| SmtpUrlRefused::Scheme)?;
        relay.set_query(query);
        let builder =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(relay.as_str()).map_err(|_| SmtpUrlRefused::Host)?;
        Ok(Self { relay: builder.timeout(Some(TIMEOUT)).build() })
    }
}

impl EmailTransport for SmtpTransport {
    fn send<'a>(&'a self, message: &'a EmailMessage) -> Sending<'a> {
        Box::pin(async move {
            tokio::time::timeout(TIMEOUT, self.hand_over(message)).await.unwrap_or_else(|_| {
                let reason = format!("the mail server did not answer within {} s", TIMEOUT.as_secs());
                Err(SendError { retryable: true, reason })
            })
        })
    }
}

impl SmtpTransport {
    /// One message for all recipients; one for each if the relay refuses one of them for good, which would otherwise
    /// keep it from the others.
    async fn hand_over(&self, message: &EmailMessage) -> Result<Accepted, SendError> {
        let (mime, envelope) = (message.to_mime(), message.envelope());
        let refusal = match self.relay.send_raw(envelope, &mime).await {
            Ok(answer) => return Ok(accepted(&answer)),
            Err(error) => error,
        };
        if envelope.to().len() < 2 || may_do_better(&refusal) {
            return Err(explain(&refusal));
        }
        let (mut taken, mut refused, mut trouble) = (None, 0, None);
        for recipient in envelope.to() {
            let one = Envelope::new(envelope.from().cloned(), vec![recipient.clone()]).expect("it has a recipient");
            match self.relay.send_raw(&one, &mime).await {
                Ok(answer) => taken = Some(accepted(&answer)),
                Err(error) if may_do_better(&error) => trouble = Some(error),
                Err(_) => refused += 1,
            }
        }
        match (trouble, taken) {
            // Those who have it get it again, as the same message; better than that the others never do.
            (Some(error), _) => Err(explain(&error)),
            (None, Some(taken)) => {
                // No addresses here, and none of the relay's words, which repeat them.
                tracing::warn!(refused, recipients = envelope.to().len(), "mail server refused some recipients");
                Ok(taken)
            }
            (None, None) => Err(explain(&refusal)),
        }
    }
}

fn accepted(answer: &Response) -> Accepted {
    Accepted { id: answer.first_line().map(str::to_owned) }
}

fn explain(error: &smtp::Error) -> SendError {
    SendError { retryable: may_do_better(error), reason: format!("mail server: {error}") }
}

fn may_do_better(error: &smtp::Error) -> bool {
    !error.is_permanent() || error.status().is_some_and(is_about_the_login)
}

/// 530, 534, 535 and 538: the relay wants another login. It is our setting that is wrong, not the message, which must
/// not be lost for it.
fn is_about_the_login(code: Code) -> bool {
    code.category == Category::Unspecified3
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{TcpListener, TcpStream};
    use std::sync::mpsc::{Receiver, channel};

    use super::*;
    use crate::email::tests::{message, noon};

    /// A relay that answers recipients and the message as told, and says of each connection what it heard there. What
    /// it is told about recipients may be for one of them only: `ops@acme.example: 550 no`.
    fn relay(to_recipient: &'static str, to_message: &'static str) -> (SmtpTransport, Receiver<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let transport = format!("smtp://{}", listener.local_addr().unwrap()).parse().unwrap();
        let (tell, told) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                if tell.send(converse(stream.unwrap(), to_recipient, to_message)).is_err() {
                    break;
                }
            }
        });
        (transport, told)
    }

    fn converse(mut stream: TcpStream, to_recipient: &str, to_message: &str) -> String {
        let lines = BufReader::new(stream.try_clone().unwrap()).lines();
        let mut say = |answer: &str| stream.write_all(format!("{answer}\r\n").as_bytes()).unwrap();
        let (whom, to_recipient) = to_recipient.split_once(": ").unwrap_or(("", to_recipient));
        let mut heard = String::new();
        let mut in_message = false;
        say("220 relay");
        for line in lines.map_while(Result::ok) {
            heard.push_str(&line);
            heard.push('\n');
            match line.split([' ', ':']).next().unwrap_or_default() {
                "." => {
                    in_message = false;
                    say(to_message);
                }
                _ if in_message => {}
                "RCPT" if line.contains(whom) => say(to_recipient),
                "DATA" => {
                    in_message = true;
                    say("354 go on");
                }
                "QUIT" => break,
                _ => say("250 ok"),
            }
        }
        heard
    }

    #[tokio::test]
    async fn hands_over_the_message() {
        let (transport, relay) = relay("250 ok", "250 queued as 42");
        let message = message("Hello", "k", noon());

        let accepted = transport.send(&message).await.unwrap();

        assert_eq!(accepted.id.as_deref(), Some("queued as 42"));
        let heard = relay.recv_timeout(TIMEOUT).unwrap();
        for line in ["MAIL FROM:<alerts@platform.example>", "RCPT TO:<ops@acme.example>", "RCPT TO:<ada@acme.example>"]
        {
            assert!(heard.contains(line), "{line} in {heard}");
        }
        assert!(heard.contains(&format!("Message-ID: {}\n", message.message_id())), "{heard}");
    }

    #[tokio::test]
    async fn permanent_and_transient_errors_are_told_apart() {
        for (to_recipient, to_message, retryable) in [
            ("550 no such user", "250 ok", false),
            ("450 greylisted", "250 ok", true),
            ("530 log in first", "250 ok", true),
            ("250 ok", "552 too large", false),
            ("250 ok", "451 try later", true),
        ] {
            let (transport, _relay) = relay(to_recipient, to_message);
            let error = transport.send(&message("Hello", "k", noon())).await.unwrap_err();
            assert_eq!(error.retryable, retryable, "{to_recipient}, {to_message}: {error}");
        }
    }

    #[tokio::test]
    async fn one_refused_recipient_does_not_keep_it_from_the_other() {
        let (transport, relay) = relay("ops@acme.example: 550 no such user", "250 queued");

        let accepted = transport.send(&message("Hello", "k", noon())).await.unwrap();

        assert_eq!(accepted.id.as_deref(), Some("queued"));
        let heard: Vec<String> = (0..3).map(|_| relay.recv_timeout(TIMEOUT).unwrap()).collect();
        let taken: Vec<&String> = heard.iter().filter(|heard| heard.contains("Subject: Hello")).collect();
        assert_eq!(taken.len(), 1, "{heard:?}");
        assert!(taken[0].contains("RCPT TO:<ada@acme.example>"), "{taken:?}");
        assert!(!taken[0].contains("RCPT TO:<ops@acme.example>"), "{taken:?}");
    }

    #[tokio::test]
    async fn a_recipient_refused_for_now_is_tried_again() {
        let (transport, _relay) = relay("ops@acme.example: 451 greylisted", "250 queued");
        assert!(transport.send(&message("Hello", "k", noon())).await.unwrap_err().retryable);
    }

    #[tokio::test]
    async fn a_relay_that_is_down_is_tried_again() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let transport: SmtpTransport = format!("smtp://127.0.0.1:{port}").parse().unwrap();
        assert!(transport.send(&message("Hello", "k", noon())).await.unwrap_err().retryable);
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_relay_times_out() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let transport: SmtpTransport = format!("smtp://{}", listener.local_addr().unwrap()).parse().unwrap();

        let error = transport.send(&message("Hello", "k", noon())).await.unwrap_err();

        assert!(error.retryable);
        assert_eq!(error.to_string(), "the mail server did not answer within 30 s");
    }

    #[test]
    fn urls() {
        let refused = |url: &str| url.parse::<SmtpTransport>().map(|_| ()).unwrap_err();
        for url in [
            "smtp://localhost:1025",
            "smtp://[::1]",
            "smtp://user:p%40ss@mailpit:1025/",
            "smtp+starttls://ops%40example.com:secret@mail.example.com",
            "smtps://user:secret@mail.example.com:465",
        ] {
            assert!(url.parse::<SmtpTransport>().is_ok(), "{url}");
        }
        assert_eq!(refused("http://mail.example.com"), SmtpUrlRefused::Scheme);
        assert_eq!(refused("mail.example.com:25"), SmtpUrlRefused::Scheme);
        assert_eq!(refused("mail.example.com"), SmtpUrlRefused::Host);
        assert_eq!(refused("smtp://"), SmtpUrlRefused::Host);
        assert_eq!(refused("smtps://user@mail.example.com"), SmtpUrlRefused::Credentials);
        assert_eq!(refused("smtps://:secret@mail.example.com"), SmtpUrlRefused::Credentials);
        assert_eq!(refused("smtp://mail.example.com/x"), SmtpUrlRefused::Rest);
        assert_eq!(refused("smtp://mail.example.com?tls=none"), SmtpUrlRefused::Rest);
    }
}
