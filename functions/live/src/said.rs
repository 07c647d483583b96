//! `liveMessage`: what a client says.

use axum::extract::FromRef;
use http::StatusCode;
use platform_core::access::Permission;
use platform_core::live::{LiveRefusal, MESSAGES_A_MINUTE, MOST_OF_TENANT, MOST_OF_USER, Request};
use platform_http::gate::Gate;
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::sockets::{Arrival, Verdict};
use platform_store::live::{Connection, Holder, Joining, Socket};

use crate::drain::drain;
use crate::end::end;
use crate::message::LiveMessage;

/// What somebody must be allowed to see one of to watch at all.
const WATCHED: [Permission; 2] = [Permission::AlertsRead, Permission::NetbirdRead];

/// What follows from what a client said.
enum Next {
    Pong,
    Join(Holder, Joining),
    Renew(Holder),
    End(LiveRefusal, String),
}

pub(crate) async fn run(platform: Platform, arrival: Arrival) -> Result<Verdict, JobError> {
    let id = &arrival.connection;
    let heard = platform.store.retry(async || {
        let Some(mut connection) = platform.store.connection(id).await? else { return Ok(None) };
        let next = hear(&platform, &mut connection, arrival.text.as_deref()).await?;
        if !matches!(next, Next::End(..)) {
            platform.store.replace_connection(&mut connection).await?;
        }
        Ok::<_, JobError>(Some((connection.holder, next)))
    });
    match heard.await? {
        // Closed or forgotten meanwhile.
        None => platform.sockets.close(id, LiveRefusal::TryAgain).await?,
        Some((_, Next::Pong)) => drop(platform.sockets.send(id, &LiveMessage::Pong {}.text()?).await?),
        Some((_, Next::Join(holder, joining))) => {
            platform.store.join(&Socket { id: id.clone(), holder, joining: Some(joining) }).await?;
            drain(&platform, holder.tenant).await?;
        }
        Some((_, Next::Renew(holder))) => renew(&platform, &arrival, holder).await?,
        Some((holder, Next::End(code, detail))) => end(&platform, id, holder, code, &detail).await?,
    }
    Ok(Verdict::Go)
}

async fn hear(platform: &Platform, connection: &mut Connection, text: Option<&str>) -> Result<Next, JobError> {
    let over = |code, detail: &str| Ok(Next::End(code, detail.to_owned()));
    let minute = platform.now().as_second().div_euclid(60);
    let said = if connection.minute == minute { connection.said + 1 } else { 1 };
    (connection.minute, connection.said) = (minute, said);
    if said > MESSAGES_A_MINUTE {
        return over(LiveRefusal::TooMany, &format!("a socket may send {MESSAGES_A_MINUTE} messages a minute"));
    }
    match text.map(Request::parse) {
        Some(Ok(Request::Auth { token, after })) => authenticate(platform, connection, &token, after).await,
        Some(Ok(Request::Ping {})) if connection.holder.is_some() => Ok(Next::Pong),
        Some(Ok(Request::Ping {})) => over(LiveRefusal::Unauthenticated, "say who you are first"),
        _ => over(LiveRefusal::Malformed, "send text frames of at most 4 KB that the API document knows"),
    }
}

async fn authenticate(
    platform: &Platform,
    connection: &mut Connection,
    token: &str,
    after: Option<u64>,
) -> Result<Next, JobError> {
    let over = |code, detail: &str| Ok(Next::End(code, detail.to_owned()));
    let (claims, membership) = match Gate::from_ref(platform).person(token).await {
        Ok(found) => found,
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED => {
            return over(LiveRefusal::Unauthenticated, problem.detail());
        }
        Err(problem) => return Err(problem.detail().to_owned().into()),
    };
    let role = membership.role;
    if !WATCHED.iter().any(|permission| role.may(*permission)) {
        return over(LiveRefusal::Forbidden, "your role does not watch anything");
    }
    let (tenant, user, session) = (claims.tid, claims.sub, claims.sid);
    let holder = Holder { tenant, user, session, role, until: claims.expires_at() };
    match connection.holder.replace(holder) {
        Some(known) if (known.tenant, known.user) == (tenant, user) => Ok(Next::Renew(holder)),
        Some(known) => {
            connection.holder = Some(known);
            over(LiveRefusal::Unauthenticated, "the token is of another user or tenant than this socket")
        }
        None => {
            let (own, all) = platform.store.count_sockets(tenant, user, (MOST_OF_USER, MOST_OF_TENANT)).await?;
            if own >= MOST_OF_USER || all >= MOST_OF_TENANT {
                connection.holder = None;
                return over(LiveRefusal::TooMany, "too many sockets are open");
            }
            Ok(Next::Join(holder, Joining { after }))
        }
    }
}

async fn renew(platform: &Platform, arrival: &Arrival, holder: Holder) -> JobResult {
    let id = &arrival.connection;
    if !platform.store.renew_socket(id, holder).await? {
        // It was forgotten, or never came to join.
        platform.store.join(&Socket { id: id.clone(), holder, joining: Some(Joining { after: None }) }).await?;
        return drain(platform, holder.tenant).await;
    }
    // What was sent by now was sent to this one as well, so its place is no further than it knows.
    let sequence = platform.store.live(holder.tenant).await?.map_or(0, |live| live.sent);
    let ready = LiveMessage::Ready { sequence, expires_at: holder.until }.text()?;
    platform.sockets.send(id, &ready).await?;
    Ok(())
}

/// Closes a connection of which it should be known by now whose it is.
pub(crate) async fn expect_auth(platform: &Platform, connection: &Connection) -> JobResult {
    if connection.holder.is_some() {
        return Ok(());
    }
    end(platform, &connection.id, None, LiveRefusal::TooLate, "no token came in time").await
}
