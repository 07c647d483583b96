//! What a row promises beside its access, kept here and in the store, and not by handlers: requests that are carried out
//! once (`Idempotency-Key`), and updates of what was seen (`ETag`, `If-Match`).

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, RawPathParams, Request};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use platform_core::ids::{TenantId, UserId};
use platform_store::idempotency::{Asked, Claim, Claimed, Kept};
use platform_store::watch::{Resource, Watch};
use platform_store::{Contended, Store};
use uuid::Uuid;

use crate::Problem;
use crate::extract::MAX_BODY;

/// Names a request, so that it is carried out once.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// Says that an answer is one that was given before.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
/// Longest key, in characters.
pub const MAX_KEY: usize = 255;
/// Largest answer that is kept, in bytes.
pub const MAX_KEPT: usize = 64 * 1024;

/// What an answer that makes something may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Creates {
    /// What everybody who may ask for it sees: it is kept, and given again.
    Answer,
    /// A secret that is shown once: it is not kept, and who asks again hears that it was done.
    Secret,
}

/// What a row promises.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Promises {
    /// It refuses what a browser sends on behalf of another site.
    pub same_site: bool,
    /// It makes something, once for each key.
    pub creates: Option<Creates>,
    /// It shows or changes a resource that has a version.
    pub resource: Option<Resource>,
    /// Whoever asks must name the version that they saw.
    pub as_seen: bool,
}

/// Whose request is carried out, and under which promises.
pub(crate) struct Under<'a> {
    pub(crate) store: &'a Store,
    pub(crate) promises: Promises,
    pub(crate) operation: &'a str,
    pub(crate) tenant: TenantId,
    pub(crate) user: UserId,
}

impl Under<'_> {
    /// Carries a request out.
    pub(crate) async fn run(&self, request: Request, next: Next) -> Result<Response, Problem> {
        if self.promises.creates.is_some() && request.headers().contains_key(IDEMPOTENCY_KEY) {
            return self.once(request, next).await;
        }
        let Some(resource) = self.promises.resource else { return Ok(next.run(request).await) };
        let (mut parts, body) = request.into_parts();
        let id = id_of(&mut parts).await;
        let watch = Watch::over(resource, self.tenant, self.user, id);
        let wanted = wanted(&parts.headers);
        if self.promises.as_seen && !parts.headers.contains_key(header::IF_MATCH) {
            return Err(Problem::precondition_required());
        }
        if let Some(wanted) = &wanted {
            self.hold(&watch, wanted).await?;
        }
        let request = Request::from_parts(parts, body);
        let mut response = watch.during(next.run(request)).await;
        let met_another = response.extensions().get::<Problem>().is_some_and(Contended::is_conflict);
        if let Some(wanted) = wanted.filter(|_| met_another) {
            // Somebody was faster, between the look above and the write: what was seen is not what is there.
            self.hold(&watch, &wanted).await?;
        }
        if let Some(version) = watch.version().filter(|_| response.status().is_success()) {
            response.headers_mut().insert(header::ETAG, etag(version));
        }
        Ok(response)
    }

    /// Refuses a request for another version than the present one.
    async fn hold(&self, watch: &Watch, wanted: &[u64]) -> Result<(), Problem> {
        match self.store.present(watch).await? {
            Some(present) if wanted.contains(&present) => watch.require(present),
            Some(present) => return Err(Problem::precondition_failed(present)),
            // The handler says that there is nothing.
            None => {}
        }
        Ok(())
    }

    async fn once(&self, request: Request, next: Next) -> Result<Response, Problem> {
        let (parts, body) = request.into_parts();
        let key = key(&parts.headers)?;
        let body = to_bytes(body, MAX_BODY).await.map_err(|error| crate::extract::unread(&error))?;
        let mut said = parts.uri.to_string().into_bytes();
        said.push(b'\n');
        said.extend_from_slice(&body);
        let (tenant, user, operation) = (self.tenant, self.user, self.operation);
        let claim = match self.store.claim(Asked { tenant, user, operation, key: &key, request: &said }).await? {
            Claimed::First(claim) => claim,
            Claimed::UnderWay => return Err(Problem::idempotency_under_way()),
            Claimed::Answered(kept) => return Ok(again(kept)),
            Claimed::Done => return Err(Problem::idempotency_done()),
            Claimed::OtherRequest => return Err(Problem::idempotency_key_reused()),
        };
        let watch = Watch::default().claimed(claim.clone());
        let request = Request::from_parts(parts, Body::from(body));
        let response = watch.during(next.run(request)).await;
        self.settle(claim, &watch, response).await
    }

    /// Keeps what came of it. The request was carried out, or was not: a note that fails changes nothing of that.
    async fn settle(&self, claim: Claim, watch: &Watch, response: Response) -> Result<Response, Problem> {
        if !response.status().is_success() {
            if !watch.is_marked()
                && let Err(error) = self.store.release(claim).await
            {
                tracing::warn!(error = %error, "a key of a request that was refused stays claimed for a minute");
            }
            return Ok(response);
        }
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.map_err(Problem::internal)?;
        let kept = (self.promises.creates == Some(Creates::Answer)).then(|| kept(&parts.headers, parts.status, &body));
        if let Err(error) = self.store.keep(claim, watch.is_marked(), kept.flatten()).await {
            tracing::warn!(error = %error, "an answer was not kept");
        }
        Ok(Response::from_parts(parts, Body::from(body)))
    }
}

fn kept(headers: &HeaderMap, status: StatusCode, body: &Bytes) -> Option<Kept> {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let body = std::str::from_utf8(body).ok().filter(|body| body.len() <= MAX_KEPT)?.to_owned();
    let (location, etag, content_type) = (text(header::LOCATION), text(header::ETAG), text(header::CONTENT_TYPE));
    Some(Kept { status: status.as_u16(), location, etag, content_type, body })
}

fn again(kept: Kept) -> Response {
    let status = StatusCode::from_u16(kept.status).unwrap_or(StatusCode::OK);
    let mut response = (status, kept.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    let kept = [
        (header::LOCATION, kept.location),
        (header::ETAG, kept.etag),
        (header::CONTENT_TYPE, kept.content_type),
        (REPLAYED, Some("true".to_owned())),
    ];
    for (name, value) in kept {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}

fn key(headers: &HeaderMap) -> Result<String, Problem> {
    let mut given = headers.get_all(IDEMPOTENCY_KEY).iter();
    let one = given.next().filter(|_| given.next().is_none()).and_then(|key| key.to_str().ok());
    let is_printable = |key: &&str| key.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
    let sound = one.filter(|key| (1..=MAX_KEY).contains(&key.len())).filter(is_printable);
    let wrong = || Problem::malformed(format!("send one Idempotency-Key of 1 to {MAX_KEY} printable ASCII characters"));
    sound.map(str::to_owned).ok_or_else(wrong)
}

/// The versions that a request would replace; none if it takes whatever is there.
fn wanted(headers: &HeaderMap) -> Option<Vec<u64>> {
    let mut tags = headers.get_all(header::IF_MATCH).iter().peekable();
    tags.peek()?;
    let tags: Vec<&str> = tags.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    if tags.iter().any(|tag| tag.trim() == "*") {
        return None;
    }
    // A weak tag never matches strongly, and what is no tag of ours matches nothing.
    let version = |tag: &&str| tag.trim().strip_prefix('"')?.strip_suffix('"')?.parse().ok();
    Some(tags.iter().filter_map(version).collect())
}

fn etag(version: u64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or_else(|_| HeaderValue::from_static("\"\""))
}

/// The one id that the request names: in its path, or of an account, which may be asked for by query.
async fn id_of(parts: &mut Parts) -> Option<Uuid> {
    let params = RawPathParams::from_request_parts(parts, &()).await.ok();
    let in_path = params.and_then(|params| params.iter().find(|(name, _)| *name == "id")?.1.parse().ok());
    in_path.or_else(|| {
        let mut query = url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        query.find(|(name, _)| name == "accountId")?.1.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_that_may_match() {
        let wanted = |values: &[&'static str]| {
            let pairs = values.iter().map(|value| (header::IF_MATCH, HeaderValue::from_static(value)));
            wanted(&pairs.collect::<HeaderMap>())
        };
        assert_eq!(wanted(&[]), None);
        assert_eq!(wanted(&["*"]), None);
        assert_eq!(wanted(&["\"7\""]), Some(vec![7]));
        assert_eq!(wanted(&["\"7\", \"8\""]), Some(vec![7, 8]));
        assert_eq!(wanted(&["W/\"7\", 7, \"x\", \"-1\", \"\""]), Some(vec![]));
    }
}
