//! Fetching a list, and whether it is the last one again.

use std::time::Instant;

use platform_core::account::{Resource, SyncState};
use platform_netbird::list::Listed;
use platform_netbird::{Error, Fetched};
use platform_store::snapshots::body_hash;

/// A body from which on reading it would hold up other requests.
const LONG: usize = 256 << 10;

/// A list that differs from the last one, parsed, with the hash to remember it by.
pub(crate) struct Changed<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) hash: String,
}

/// Fetches one list. `None` if its body is byte for byte the last one: then it is not even parsed.
pub(crate) async fn fetch<W: Listed + 'static, R: From<W> + Send + 'static>(
    resource: Resource,
    sync: &SyncState,
    call: impl Future<Output = Result<Fetched<Vec<W>>, Error>>,
) -> Result<Option<Changed<R>>, Error> {
    let endpoint = ("endpoint", name(resource));
    let started = Instant::now();
    let answer = call.await;
    metrics::histogram!("netbird_api_duration_seconds", &[endpoint]).record(started.elapsed().as_secs_f64());
    let status = answer.as_ref().map_or_else(Error::reason, |_| "ok");
    metrics::counter!("netbird_api_requests_total", &[endpoint, ("status", status)]).increment(1);
    let answer = answer?;
    let hash = body_hash(answer.bytes());
    // A restart that is being waited out is decided by time alone, so the same peers must be looked at again.
    let must_look = resource == Resource::Peers && sync.restart.is_some();
    if sync.bodies.get(&resource) == Some(&hash) && !must_look {
        return Ok(None);
    }
    // The body is dropped with its answer, before anything is made of the rows.
    let rows = match answer.bytes().len() {
        LONG.. => tokio::task::spawn_blocking(move || answer.rows()).await.unwrap_or_else(|_| Err(unread(resource))),
        _ => answer.rows(),
    };
    Ok(Some(Changed { rows: rows?, hash }))
}

fn unread(resource: Resource) -> Error {
    Error::Malformed { what: format!("{}: reading it failed", name(resource)) }
}

fn name(resource: Resource) -> &'static str {
    match resource {
        Resource::Peers => "peers",
        Resource::Events => "events",
        Resource::Groups => "groups",
        Resource::Users => "users",
        Resource::Policies => "policies",
    }
}
