//! The client: one account's base URL and token over a shared transport.

use std::marker::PhantomData;

use bytes::Bytes;
use reqwest::Response;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use serde::de::DeserializeOwned;

use crate::api;
use crate::{BaseUrl, Error, Token, Transport};

/// The largest list taken: 25,000 peers are about 42 MiB.
const LIST_LIMIT: usize = 64 << 20;
/// The most that is read of an error's body.
const ERROR_LIMIT: usize = 64 << 10;

/// Talks to one account's management API. Cheap to make and to clone; the connections belong to the [`Transport`].
#[derive(Debug, Clone)]
pub struct Client {
    base: BaseUrl,
    token: Token,
    transport: Transport,
}

/// An answer's body, not yet parsed: an unchanged list comes back byte for byte the same, so that a hash of
/// [`bytes`](Self::bytes) can tell that there is nothing to do.
#[derive(Debug, Clone)]
pub struct Fetched<T> {
    resource: &'static str,
    bytes: Bytes,
    parsed: PhantomData<fn() -> T>,
}

impl<T> Fetched<T> {
    /// The body as sent, after decompression.
    pub fn bytes(&self) -> &Bytes {
        &self.bytes
    }

    /// Reads the body.
    pub fn parse(&self) -> Result<T, Error>
    where
        T: DeserializeOwned,
    {
        serde_json::from_slice(&self.bytes).map_err(|error| Error::from_parse(self.resource, &error))
    }
}

impl Client {
    /// A client for one account.
    pub fn new(base: BaseUrl, token: Token, transport: Transport) -> Self {
        Self { base, token, transport }
    }

    /// Where this client calls.
    pub fn base(&self) -> &BaseUrl {
        &self.base
    }

    /// The accounts that the token sees, in practice one. The call to try a connection with: every role that can sync
    /// may make it.
    pub async fn accounts(&self) -> Result<Fetched<Vec<api::Account>>, Error> {
        self.get("accounts").await
    }

    /// All peers; the server does not page.
    pub async fn peers(&self) -> Result<Fetched<Vec<api::Peer>>, Error> {
        self.get("peers").await
    }

    /// All groups.
    pub async fn groups(&self) -> Result<Fetched<Vec<api::Group>>, Error> {
        self.get("groups").await
    }

    /// All users, in another order each time.
    pub async fn users(&self) -> Result<Fetched<Vec<api::User>>, Error> {
        self.get("users").await
    }

    /// All access policies.
    pub async fn policies(&self) -> Result<Fetched<Vec<api::Policy>>, Error> {
        self.get("policies").await
    }

    /// The activity log: the newest 10,000 entries at most, newest first.
    pub async fn events(&self) -> Result<Fetched<Vec<api::Event>>, Error> {
        self.get("events/audit").await
    }

    /// The management server's version.
    pub async fn instance_version(&self) -> Result<Fetched<api::InstanceVersion>, Error> {
        self.get("instance/version").await
    }

    async fn get<T>(&self, resource: &'static str) -> Result<Fetched<T>, Error> {
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
            let body = read(response, ERROR_LIMIT).await.unwrap_or_default();
            return Err(Error::from_answer(status, &body));
        }
        if !is_json(&response) {
            return Err(Error::NotNetBird);
        }
        let bytes = read(response, LIST_LIMIT).await?.into();
        Ok(Fetched { resource, bytes, parsed: PhantomData })
    }
}

async fn read(mut response: Response, limit_bytes: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| Error::from_body(&error))? {
        if body.len() + chunk.len() > limit_bytes {
            return Err(Error::TooLarge { limit_bytes });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn is_json(response: &Response) -> bool {
    response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().starts_with("application/json"))
}
