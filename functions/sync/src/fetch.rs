//! Fetching a list, and whether it is the last one again.

use std::time::Instant;

use jiff::SignedDuration;
use platform_core::account::SyncState;
use platform_core::resource::{Reading, Resource};
use platform_netbird::list::Synced;
use platform_netbird::{Client, Error, api};
use platform_runtime::Platform;
use platform_store::snapshots::body_mark;

use crate::account::{Failure, Sync};

/// A body from which on reading it would hold up other requests.
const LONG: usize = 256 << 10;

/// A list that differs from the last one, parsed, with the mark to remember it by.
pub(crate) struct List<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) mark: String,
}

/// What a call brought.
pub(crate) struct Fetched {
    pub(crate) resource: Resource,
    pub(crate) answer: Answer,
    /// How far the server's clock is ahead of ours, if it tells.
    pub(crate) skew: Option<SignedDuration>,
}

/// What a server said of a list.
pub(crate) enum Answer {
    /// The list: `None` if the body is byte for byte the last one: then it is not even parsed.
    Given(Option<Changed>),
    /// The server does not give this list; others it may give all the same.
    Withheld,
    /// Nothing that could be read. No rule looks at it, so that everything else goes on.
    Unread,
}

macro_rules! lists {
    (
        snapshots { $($list:ident: $list_name:ident, $row:ident { $($list_fields:tt)* })* }
        logs { $($log:ident: $log_name:ident, $entry:ident { $($log_fields:tt)* })* }
    ) => {
        /// A list that changed, of whichever resource.
        pub(crate) enum Changed {
            $($list(List<platform_core::network::$row>),)*
            $($log(List<platform_core::network::$entry>),)*
        }

        impl Changed {
            /// Keeps a list of which nothing else follows.
            pub(crate) async fn keep(self, sync: &mut Sync<'_>) -> Result<(), Failure> {
                match self {
                    $(Self::$list(list) => sync.keep_configuration(list).await,)*
                    $(Self::$log(_) => Err(Failure::Other("a log is no snapshot".into())),)*
                }
            }
        }

        async fn fetch_any(
            platform: &Platform,
            client: &Client,
            sync: &SyncState,
            resource: Resource,
        ) -> Result<Fetched, Error> {
            match resource {
                $(Resource::$list => {
                    let (list, skew) = fetch_list::<api::$row>(platform, client, sync).await?;
                    Ok(Fetched { resource, answer: Answer::Given(list.map(Changed::$list)), skew })
                })*
                $(Resource::$log => {
                    let (list, skew) = fetch_list::<api::$entry>(platform, client, sync).await?;
                    Ok(Fetched { resource, answer: Answer::Given(list.map(Changed::$log)), skew })
                })*
            }
        }
    };
}

platform_core::resources!(lists);

/// Fetches one list. What every tick reads must be there; of the others an older release may lack some, and a role may be
/// too small for some. That is no failure of the account: where the token or the server is at fault, so are the peers that
/// are asked for beside it.
pub(crate) async fn fetch(
    platform: &Platform,
    client: &Client,
    sync: &SyncState,
    resource: Resource,
) -> Result<Fetched, Error> {
    match fetch_any(platform, client, sync, resource).await {
        Err(error) if resource.reading() == Reading::InTurn && is_withheld(&error, sync, resource) => {
            Ok(Fetched { resource, answer: Answer::Withheld, skew: None })
        }
        Err(error) if !resource.is_watched() && error.is_of_the_answer() => {
            tracing::warn!(account.id = %sync.account, list = resource.name(), error = %error, "a list cannot be read");
            Ok(Fetched { resource, answer: Answer::Unread, skew: None })
        }
        fetched => fetched,
    }
}

/// Whether an error says that the server does not give a list. A list that it gave before and forbids now says that the
/// token's role became smaller, and then the peers may be fewer, too.
fn is_withheld(error: &Error, sync: &SyncState, resource: Resource) -> bool {
    error.is_unknown_list() || *error == Error::PermissionDenied && !sync.bodies.contains_key(&resource)
}

async fn fetch_list<W: Synced>(
    platform: &Platform,
    client: &Client,
    sync: &SyncState,
) -> Result<(Option<List<W::Row>>, Option<SignedDuration>), Error> {
    let resource = W::RESOURCE;
    let endpoint = ("endpoint", resource.name());
    let started = Instant::now();
    let answer = client.synced::<W>().await;
    metrics::histogram!("netbird_api_duration_seconds", &[endpoint]).record(started.elapsed().as_secs_f64());
    let status = answer.as_ref().map_or_else(Error::reason, |_| "ok");
    metrics::counter!("netbird_api_requests_total", &[endpoint, ("status", status)]).increment(1);
    let answer = answer?;
    let skew = answer.clock_skew(platform.now());
    let mark = body_mark(resource, answer.bytes());
    // A restart that is being waited out is decided by time alone, so the same peers must be looked at again; and so must
    // what the store cannot give back.
    let must_look = resource == Resource::Peers && sync.restart.is_some() || sync.must_rebuild(resource);
    if sync.bodies.get(&resource) == Some(&mark) && !must_look {
        return Ok((None, skew));
    }
    // The body is dropped with its answer, before anything is made of the rows.
    let rows = match answer.bytes().len() {
        LONG.. => tokio::task::spawn_blocking(move || answer.rows()).await.unwrap_or_else(|_| Err(unread(resource))),
        _ => answer.rows(),
    };
    Ok((Some(List { rows: rows?, mark }), skew))
}

fn unread(resource: Resource) -> Error {
    Error::Malformed { what: format!("{}: reading it failed", resource.name()) }
}
