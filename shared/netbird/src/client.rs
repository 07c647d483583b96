//! The client: one account's base URL and token over a shared transport.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use jiff::{SignedDuration, Timestamp};
use platform_core::resource::{Reading, Resource};
use reqwest::Response;
use reqwest::header::{ACCEPT, AGE, AUTHORIZATION, CONTENT_TYPE, DATE};

use crate::api;
use crate::list::{Listed, Synced};
use crate::{BaseUrl, Error, Token, Transport};

/// Bytes from which on a body waits for its [`Admission`].
pub const LARGE: usize = 4 << 20;
/// Bytes a second in which a large body comes at least, after a while that it may take to get going.
const SLOWEST: usize = 256 << 10;
const SLOW_START: Duration = Duration::from_secs(5);
/// The largest answer taken that is no list.
const OBJECT_LIMIT: usize = 64 << 10;
/// The most that is read of an error's body.
const ERROR_LIMIT: usize = 64 << 10;

/// Says when there is memory for a large body. Whoever waits keeps a small part of it meanwhile.
pub trait Admission: Send + Sync {
    /// Waits until there is. `false` if it takes too long.
    fn admit(&self) -> Pin<Box<dyn Future<Output = bool> + Send + '_>>;
}

/// Talks to one account's management API. Cheap to make and to clone; the connections belong to the [`Transport`].
#[derive(Clone)]
pub struct Client {
    base: BaseUrl,
    token: Token,
    transport: Transport,
    admission: Option<Arc<dyn Admission>>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("base", &self.base).finish_non_exhaustive()
    }
}

/// An answer's body, not yet parsed: an unchanged list comes back byte for byte the same, so that a hash of
/// [`bytes`](Self::bytes) can tell that there is nothing to do.
#[derive(Debug, Clone)]
pub struct Fetched<T> {
    resource: &'static str,
    bytes: Bytes,
    /// The server's time at the beginning of the answer, and when that came.
    date: Option<(Timestamp, Instant)>,
    parsed: PhantomData<fn() -> T>,
}

impl<T> Fetched<T> {
    /// The body as sent, after decompression.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// How far the server's clock is ahead of one that shows `now`, to about a second; `None` if the server does not tell
    /// its time.
    pub fn clock_skew(&self, now: Timestamp) -> Option<SignedDuration> {
        let (date, came) = self.date?;
        let since = SignedDuration::try_from(came.elapsed()).ok()?;
        // The header has whole seconds: it was up to one more.
        Some(date.duration_since(now) + since + SignedDuration::from_millis(500))
    }

    pub(crate) fn resource(&self) -> &'static str {
        self.resource
    }
}

impl Fetched<api::InstanceVersion> {
    /// Reads the body.
    pub fn parse(&self) -> Result<api::InstanceVersion, Error> {
        serde_json::from_slice(&self.bytes).map_err(|error| Error::from_parse(self.resource, &error))
    }
}

impl Client {
    /// A client for one account.
    pub fn new(base: BaseUrl, token: Token, transport: Transport) -> Self {
        Self { base, token, transport, admission: None }
    }

    /// The same, asking this before it takes in a large body.
    #[must_use]
    pub fn admitted_by(self, admission: Arc<dyn Admission>) -> Self {
        Self { admission: Some(admission), ..self }
    }

    /// Where this client calls.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// The management server's version.
    pub async fn instance_version(&self) -> Result<Fetched<api::InstanceVersion>, Error> {
        self.get("instance/version", OBJECT_LIMIT).await
    }

    /// A list that syncs read. [`Client::peers`] and the like are this by name.
    pub async fn synced<W: Synced>(&self) -> Result<Fetched<Vec<W>>, Error> {
        self.list(W::RESOURCE.path()).await
    }

    /// Whether the lists that a sync reads are answered at all, without reading them; peers are read.
    pub async fn try_lists(&self) -> Result<Fetched<Vec<api::Peer>>, Error> {
        for resource in Resource::ALL.iter().filter(|resource| **resource != Resource::Peers) {
            match self.ask(resource.path()).await {
                // An older release: that list alone is missing.
                Err(error) if error.is_unknown_list() && resource.reading() == Reading::InTurn => {}
                asked => asked.map(drop)?,
            }
        }
        self.peers().await
    }

    pub(crate) async fn list<W: Listed>(&self, resource: &'static str) -> Result<Fetched<Vec<W>>, Error> {
        self.get(resource, W::MOST_BYTES).await
    }

    async fn get<T>(&self, resource: &'static str, limit_bytes: usize) -> Result<Fetched<T>, Error> {
        let response = self.ask(resource).await?;
        let date = date(&response).map(|date| (date, Instant::now()));
        let bytes = self.read(response, limit_bytes).await?.into();
        Ok(Fetched { resource, bytes, date, parsed: PhantomData })
    }

    /// An answer that is a success and says that it is JSON.
    async fn ask(&self, resource: &'static str) -> Result<Response, Error> {
        let url = self.base.join(&format!("api/{resource}"));
        let Transport { http, guard } = &self.transport;
        if !(guard.allows)(&url) {
            return Err(Error::AddressRefused);
        }
        let response = http
            .get(url)
            .header(AUTHORIZATION, self.token.authorization())
            .header(ACCEPT, "application/json")
            .send()
            .await
            .map_err(|error| Error::from_transport(&error, guard))?;

        let status = response.status();
        if !status.is_success() {
            let body = self.read(response, ERROR_LIMIT).await.unwrap_or_default();
            return Err(Error::from_answer(status, &body));
        }
        if !is_json(&response) {
            return Err(Error::NotNetBird);
        }
        Ok(response)
    }

    /// The body, after decompression: what unpacks to more than the limit is given up at the limit.
    async fn read(&self, mut response: Response, limit_bytes: usize) -> Result<Vec<u8>, Error> {
        let mut admitted_at: Option<(Instant, usize)> = None;
        let announced = response.content_length().and_then(|length| usize::try_from(length).ok());
        let mut body: Vec<u8> = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| Error::from_body(&error))? {
            let length = body.len() + chunk.len();
            if length > limit_bytes {
                return Err(Error::TooLarge { limit_bytes });
            }
            if length > LARGE
                && body.len() <= LARGE
                && let Some(admission) = &self.admission
            {
                if !admission.admit().await {
                    return Err(Error::Crowded);
                }
                admitted_at = Some((Instant::now(), body.len()));
            }
            // A place among the large ones is for those who use it: others wait for it.
            if let Some((since, at)) = admitted_at
                && since.elapsed() > SLOW_START
                && length - at < since.elapsed().as_secs() as usize * SLOWEST
            {
                return Err(Error::Timeout);
            }
            if length > body.capacity() {
                // What was announced, if that is true. Else by a quarter, not by doubling: of a body of 60 MB the other
                // half would be empty. Nothing is taken on trust before it is admitted.
                let trusted = if length > LARGE { limit_bytes } else { LARGE.min(limit_bytes) };
                let rest = announced.map_or(0, |length| length.min(trusted).saturating_sub(body.len()));
                body.reserve_exact(chunk.len().max(rest).max(body.len() / 4).max(16 << 10));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// The server's time, if it tells it and no cache answers in its stead.
fn date(response: &Response) -> Option<Timestamp> {
    let headers = response.headers();
    let date = headers.get(DATE).filter(|_| !headers.contains_key(AGE))?;
    Some(jiff::fmt::rfc2822::parse(date.to_str().ok()?).ok()?.timestamp())
}

fn is_json(response: &Response) -> bool {
    response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("application/json"))
}
