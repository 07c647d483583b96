//! One attempt to deliver a webhook, and what its answer means.

use std::error::Error;
use std::fmt;
use std::io;
use std::time::Duration;

use jiff::fmt::rfc2822;
use jiff::{SignedDuration, Timestamp};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Response, StatusCode};
use tokio::time::Instant;
use url::Url;

use super::{CustomHeaders, SigningSecrets};
use crate::guard::{self, AddressPolicy, AddressRefused, LookupFailed};

/// How long an attempt may take, from the lookup to the last byte that is read.
pub const TIMEOUT: Duration = Duration::from_secs(15);

/// How much of an answer is read.
const MAX_READ: usize = 20 * 1024;

/// How much of an answer is kept.
const MAX_KEPT: usize = 2 * 1024;

/// What `Retry-After` may ask for. Less would be a flood, more would hide an alert for too long.
const RETRY_AFTER_BOUNDS: (SignedDuration, SignedDuration) =
    (SignedDuration::from_secs(1), SignedDuration::from_hours(1));

/// A message for one receiver.
#[derive(Debug, Clone, Copy)]
pub struct Delivery<'a> {
    /// Where to.
    pub url: &'a Url,
    /// The `webhook-id`: the same in every attempt of an intent. Made by the platform, never by a user, for it is part
    /// of what is signed.
    pub id: &'a str,
    /// When this attempt is made.
    pub sent_at: Timestamp,
    /// What it is signed with; nothing for a chat, whose address is the secret.
    pub secrets: Option<&'a SigningSecrets>,
    /// What the user adds.
    pub headers: &'a CustomHeaders,
    /// The JSON body.
    pub body: &'a [u8],
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What follows from it.
    pub outcome: Outcome,
    /// How long it took.
    pub took: Duration,
    /// The answer's status, if there was an answer.
    pub status: Option<u16>,
    /// The answer's first 2 KB, as far as they are text.
    pub response: String,
}

/// What follows from an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The receiver has it.
    Delivered,
    /// Try again, by the schedule, and not before `retry_after` has passed.
    Retry {
        /// What went wrong.
        reason: Reason,
        /// The receiver's wish, from one second to one hour.
        retry_after: Option<SignedDuration>,
    },
    /// Trying again would fail the same way.
    Failed {
        /// What went wrong.
        reason: Reason,
    },
    /// The receiver answered 410: it wants no more messages, so the endpoint is to be disabled.
    Gone,
}

/// Why an attempt did not deliver, worded for the webhook's owner.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The receiver answered with something else than success.
    #[error("the receiver answered {}", StatusText(*.0))]
    Status(u16),
    /// The receiver answered with a redirect.
    #[error("the receiver answered {}, and redirects are not followed", StatusText(*.0))]
    Redirect(u16),
    /// There was no answer in time.
    #[error("no answer within {} s", TIMEOUT.as_secs())]
    Timeout,
    /// The host name has no address.
    #[error("the host name could not be resolved")]
    Lookup,
    /// The certificate or the encryption was not acceptable.
    #[error("no secure connection: {0}")]
    Tls(String),
    /// Nothing listens there, or nothing can be reached.
    #[error("the connection failed")]
    Connection,
    /// The connection broke, or the answer was not HTTP.
    #[error("the connection broke before an answer came")]
    Interrupted,
    /// The address may not be connected to.
    #[error(transparent)]
    AddressRefused(AddressRefused),
}

/// `404 Not Found`, or just the number where it has no name.
struct StatusText(u16);

impl fmt::Display for StatusText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = StatusCode::from_u16(self.0).ok().and_then(|status| status.canonical_reason());
        match name {
            Some(name) => write!(f, "{} {name}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// Sends webhooks. Cheap to clone; connections are shared.
#[derive(Debug, Clone)]
pub struct Sender {
    client: reqwest::Client,
    policy: AddressPolicy,
}

impl Sender {
    /// A sender that connects where `policy` allows.
    ///
    /// # Errors
    ///
    /// The TLS roots could not be loaded.
    pub fn new(policy: AddressPolicy) -> reqwest::Result<Self> {
        let client = guard::client_builder(policy)
            .user_agent(concat!("netbird-platform-webhook/", env!("CARGO_PKG_VERSION")))
            .timeout(TIMEOUT)
            .no_gzip() // the limits below are on what travels, and a short answer needs no compression
            .build()?;
        Ok(Self { client, policy })
    }

    /// Makes one attempt. Whatever the receiver does, this ends within [`TIMEOUT`] and with bounded memory.
    pub async fn send(&self, delivery: Delivery<'_>) -> Attempt {
        let started = Instant::now();
        let (outcome, status, response) = match self.post(delivery).await {
            Ok(answer) => {
                let outcome = judge(answer.status(), answer.headers(), delivery.sent_at);
                let status = answer.status().as_u16();
                (outcome, Some(status), read_excerpt(answer).await)
            }
            Err(Reason::AddressRefused(refused)) => {
                (Outcome::Failed { reason: Reason::AddressRefused(refused) }, None, String::new())
            }
            Err(reason) => (Outcome::Retry { reason, retry_after: None }, None, String::new()),
        };
        Attempt { outcome, took: started.elapsed(), status, response }
    }

    async fn post(&self, delivery: Delivery<'_>) -> Result<Response, Reason> {
        let Delivery { url, id, sent_at, secrets, headers, body } = delivery;
        self.policy.check_url(url).map_err(Reason::AddressRefused)?;
        let mut request = self
            .client
            .post(url.clone())
            .headers(headers.to_map())
            .header(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(secrets) = secrets {
            request = request
                .header("webhook-id", id)
                .header("webhook-timestamp", sent_at.as_second())
                .header("webhook-signature", secrets.sign(id, sent_at, body));
        }
        request.body(body.to_vec()).send().await.map_err(|error| explain(&error))
    }
}

/// What a status means.
fn judge(status: StatusCode, headers: &HeaderMap, now: Timestamp) -> Outcome {
    let number = status.as_u16();
    match number {
        200..300 => Outcome::Delivered,
        410 => Outcome::Gone,
        408 | 429 | 500.. => Outcome::Retry {
            reason: Reason::Status(number),
            retry_after: headers.get(RETRY_AFTER).and_then(|value| parse_retry_after(value, now)),
        },
        300..400 => Outcome::Failed { reason: Reason::Redirect(number) },
        _ => Outcome::Failed { reason: Reason::Status(number) },
    }
}

/// Reads seconds or a date, and keeps the wait within bounds.
fn parse_retry_after(value: &HeaderValue, now: Timestamp) -> Option<SignedDuration> {
    let value = value.to_str().ok()?.trim();
    let wait = if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) {
        SignedDuration::from_secs(value.parse().unwrap_or(i64::MAX))
    } else {
        let date = rfc2822::DateTimeParser::new().parse_timestamp(value).ok()?;
        date.duration_since(now)
    };
    let (least, most) = RETRY_AFTER_BOUNDS;
    Some(wait.clamp(least, most))
}

/// Reads what there is to read, within the limits. A body that breaks off or never ends changes nothing: the status
/// has said it all.
async fn read_excerpt(mut answer: Response) -> String {
    let mut kept = Vec::new();
    let mut read = 0;
    while read < MAX_READ
        && let Ok(Some(chunk)) = answer.chunk().await
    {
        read += chunk.len();
        kept.extend_from_slice(&chunk[..chunk.len().min(MAX_KEPT - kept.len())]);
    }
    // A character that the limit cut in two is dropped, not shown as broken.
    let text = String::from_utf8_lossy(&kept);
    let text = if kept.len() == MAX_KEPT { text.trim_end_matches(char::REPLACEMENT_CHARACTER) } else { &text };
    text.to_owned()
}

/// Finds out why there was no answer.
fn explain(error: &reqwest::Error) -> Reason {
    if let Some(refused) = guard::address_refused(error) {
        return Reason::AddressRefused(refused.clone());
    }
    if error.is_timeout() {
        return Reason::Timeout;
    }
    if let Some(tls) = chain(error).find_map(tls_error) {
        return Reason::Tls(tls.to_string());
    }
    if chain(error).any(<dyn Error>::is::<LookupFailed>) {
        Reason::Lookup
    } else if error.is_connect() {
        Reason::Connection
    } else {
        Reason::Interrupted
    }
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The TLS error, which hides inside I/O errors that do not name what they wrap as their source.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    error.downcast_ref().or_else(|| tls_error(error.downcast_ref::<io::Error>()?.get_ref()?))
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};
    use std::thread::JoinHandle;

    use platform_core::rule::Headers;

    use super::*;
    use crate::guard::Range;
    use crate::webhook::Secret;

    const LOCAL: AddressPolicy = AddressPolicy { allow_private: true };
    const NOON: &str = "2026-07-01T12:00:00Z";

    /// A receiver on a free port that takes one request, gives it back, and lets `answer` write.
    fn receiver(answer: impl FnOnce(&mut TcpStream) + Send + 'static) -> (Url, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/hook?x=1", listener.local_addr().unwrap()).parse().unwrap();
        let thread = std::thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"}") {
                let mut buffer = [0; 4096];
                let read = stream.read(&mut buffer).unwrap();
                assert_ne!(read, 0, "the request has a JSON body");
                request.extend_from_slice(&buffer[..read]);
            }
            answer(&mut stream);
            String::from_utf8(request).unwrap()
        });
        (url, thread)
    }

    fn answering(response: &str) -> (Url, JoinHandle<String>) {
        let response = response.to_owned();
        receiver(move |stream| stream.write_all(response.as_bytes()).unwrap())
    }

    async fn attempt(policy: AddressPolicy, url: &Url) -> Attempt {
        let secret: Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".parse().unwrap();
        let headers = Headers::from([("Authorization".to_owned(), "Bearer s3cret".to_owned())]);
        let delivery = Delivery {
            url,
            id: "alert.0.webhook",
            sent_at: NOON.parse().unwrap(),
            secrets: Some(&secret.into()),
            headers: &CustomHeaders::parse(&headers).unwrap(),
            body: b"{\"a\":1}",
        };
        Sender::new(policy).unwrap().send(delivery).await
    }

    #[tokio::test]
    async fn delivers_a_signed_request() {
        let (url, receiver) = answering("HTTP/1.1 202 Accepted\r\ncontent-length: 2\r\n\r\nok");

        let attempt = attempt(LOCAL, &url).await;

        assert_eq!((attempt.outcome, attempt.status, attempt.response.as_str()), (Outcome::Delivered, Some(202), "ok"));
        let request = receiver.join().unwrap();
        assert!(request.starts_with("POST /hook?x=1 HTTP/1.1\r\n"), "{request}");
        for line in [
            "content-type: application/json",
            "authorization: Bearer s3cret",
            "webhook-id: alert.0.webhook",
            "webhook-timestamp: 1782907200",
            "webhook-signature: v1,",
            "content-length: 7",
        ] {
            assert!(request.contains(&format!("\r\n{line}")), "{line} in {request}");
        }
        assert!(request.ends_with("\r\n\r\n{\"a\":1}"), "{request}");
    }

    #[tokio::test]
    async fn redirects_are_not_followed() {
        let answer = "HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/latest\r\ncontent-length: 0\r\n\r\n";
        let (url, _receiver) = answering(answer);

        let attempt = attempt(LOCAL, &url).await;

        assert_eq!(attempt.outcome, Outcome::Failed { reason: Reason::Redirect(302) });
    }

    #[tokio::test]
    async fn an_endless_body_is_cut() {
        let (url, receiver) = receiver(|stream| {
            let mut sending = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while sending.is_ok() {
                sending = stream.write_all(&[b'x'; 16 * 1024]);
            }
        });

        let attempt = attempt(LOCAL, &url).await;

        assert_eq!(attempt.outcome, Outcome::Delivered);
        assert_eq!(attempt.response.len(), MAX_KEPT);
        let closed = tokio::task::spawn_blocking(|| receiver.join()).await.unwrap();
        closed.expect("the receiver saw its connection closed");
    }

    #[tokio::test]
    async fn the_kept_text_ends_at_a_character() {
        let body = format!("a{}", "é".repeat(2_000));
        let (url, _receiver) = answering(&format!("HTTP/1.1 500 Oh\r\ncontent-length: {}\r\n\r\n{body}", body.len()));

        let attempt = attempt(LOCAL, &url).await;

        assert_eq!(attempt.response, format!("a{}", "é".repeat(1_023)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_receiver_times_out() {
        let (hold, held) = std::sync::mpsc::channel::<()>();
        let (url, receiver) = receiver(move |_| assert!(held.recv().is_err(), "nobody sends"));

        let attempt = attempt(LOCAL, &url).await;

        assert_eq!(attempt.outcome, Outcome::Retry { reason: Reason::Timeout, retry_after: None });
        assert!(attempt.took >= TIMEOUT);
        drop(hold);
        receiver.join().unwrap();
    }

    #[tokio::test]
    async fn network_trouble_is_retried() {
        let closed = {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap()
        };
        let (broken, _receiver) = receiver(|_| ());
        let (nonsense, _receiver) = answering("SSH-2.0-OpenSSH_9.9\r\n");
        let (mut plain, _receiver) = {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let url: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
            let thread = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                assert_ne!(stream.read(&mut [0; 4096]).unwrap(), 0, "a greeting");
                stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
            });
            (url, thread)
        };
        plain.set_scheme("https").unwrap();
        let unknown = Url::parse("http://receiver.invalid/").unwrap();

        let corrupt = "received corrupt message of type InvalidContentType".to_owned();
        for (url, reason) in [
            (closed, Reason::Connection),
            (broken, Reason::Interrupted),
            (nonsense, Reason::Interrupted),
            (plain, Reason::Tls(corrupt)),
            (unknown, Reason::Lookup),
        ] {
            assert_eq!(attempt(LOCAL, &url).await.outcome, Outcome::Retry { reason, retry_after: None }, "{url}");
        }
    }

    #[tokio::test]
    async fn refused_addresses_fail_at_once() {
        let hosted = AddressPolicy::default();
        for url in ["http://127.0.0.1:9/", "http://localhost:9/", "http://[::ffff:10.0.0.1]/"] {
            let attempt = attempt(hosted, &Url::parse(url).unwrap()).await;
            assert!(
                matches!(attempt.outcome, Outcome::Failed { reason: Reason::AddressRefused(_) }),
                "{url}: {attempt:?}"
            );
        }
        let metadata = attempt(LOCAL, &Url::parse("http://169.254.169.254/latest").unwrap()).await;
        let refused =
            AddressRefused::Literal { address: "169.254.169.254".parse().unwrap(), range: Range::CloudMetadata };
        assert_eq!(metadata.outcome, Outcome::Failed { reason: Reason::AddressRefused(refused) });
    }

    #[test]
    fn statuses_decide() {
        let judge =
            |status: u16| judge(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), Timestamp::UNIX_EPOCH);
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(judge(status), Outcome::Delivered);
        }
        for status in [408, 429, 500, 502, 503, 504, 599, 999] {
            assert_eq!(judge(status), Outcome::Retry { reason: Reason::Status(status), retry_after: None });
        }
        for status in [301, 302, 303, 304, 307, 308] {
            assert_eq!(judge(status), Outcome::Failed { reason: Reason::Redirect(status) });
        }
        for status in [400, 401, 403, 404, 409, 413, 415, 422] {
            assert_eq!(judge(status), Outcome::Failed { reason: Reason::Status(status) });
        }
        assert_eq!(judge(410), Outcome::Gone);
    }

    #[test]
    fn retry_after_is_kept_within_bounds() {
        let now = NOON.parse().unwrap();
        for (value, seconds) in [
            ("120", Some(120)),
            ("0", Some(1)),
            ("86400", Some(3_600)),
            ("99999999999999999999", Some(3_600)),
            ("Wed, 01 Jul 2026 12:00:30 GMT", Some(30)),
            ("Wed, 01 Jul 2026 11:00:00 GMT", Some(1)),
            ("Thu, 02 Jul 2026 12:00:00 GMT", Some(3_600)),
            ("-5", None),
            ("soon", None),
            ("", None),
        ] {
            let wait = parse_retry_after(&HeaderValue::from_static(value), now);
            assert_eq!(wait, seconds.map(SignedDuration::from_secs), "{value}");
        }
    }

    #[test]
    fn reasons_read_well() {
        for (reason, text) in [
            (Reason::Status(503), "the receiver answered 503 Service Unavailable"),
            (Reason::Status(599), "the receiver answered 599"),
            (Reason::Redirect(302), "the receiver answered 302 Found, and redirects are not followed"),
            (Reason::Timeout, "no answer within 15 s"),
        ] {
            assert_eq!(reason.to_string(), text);
        }
    }
}
