//! Sending a tenant's messages, in order: by one at a time, who has the turn.
//!
//! Whoever adds something, a message or a socket, tries to take the turn afterwards. If somebody has it, they see what was
//! added before they end: ending fails then, and they go round once more.

use std::time::Duration;

use futures::stream::{self, StreamExt, TryStreamExt};
use platform_core::ids::TenantId;
use platform_core::live::{LiveRefusal, LiveReload, MOST_KEPT};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::queue::{Happened, Message};
use platform_runtime::sockets::Sent;
use platform_store::live::{Live, Socket, Told};
use tokio::time::Instant;

use crate::end::end;
use crate::message::{LiveMessage, at_place};

/// Frames that are on their way at once.
const AT_ONCE: usize = 32;
/// How long one turn may take: shorter than it is kept free for, and than a function lives.
const LONGEST: Duration = Duration::from_secs(12);

/// Sends what waits for a tenant's sockets, unless somebody is at it.
pub(crate) async fn drain(platform: &Platform, tenant: TenantId) -> JobResult {
    let store = &platform.store;
    let Some(mut live) = store.take_turn(tenant).await? else { return Ok(()) };
    let until = Instant::now() + LONGEST;
    loop {
        let sent = round(platform, tenant, &mut live, until).await;
        if !matches!(sent, Ok(true)) {
            store.end_turn(tenant, &live, true).await?;
            if sent? {
                return Ok(());
            }
            // The rest is another turn's, which may be another function's.
            return Ok(platform.queues.send(vec![Message::Live { tenant, what: Happened::Minute }]).await?);
        }
        if store.end_turn(tenant, &live, false).await? {
            return Ok(());
        }
        let Some(now) = store.live(tenant).await? else { return Ok(()) };
        live = Live { sent: live.sent, ..now };
    }
}

/// Sends what there is now. Whether it came to the end of it in time.
async fn round(platform: &Platform, tenant: TenantId, live: &mut Live, until: Instant) -> Result<bool, JobError> {
    let mut sockets = platform.store.sockets(tenant).await?;
    let joining: Vec<Socket> = sockets.iter().filter(|socket| socket.joining.is_some()).cloned().collect();
    welcome(platform, tenant, live, &joining).await?;
    let news = platform.store.told(tenant, live.sent, live.number).await?;
    // What is not there any more waited for too long.
    let lost = live.number - live.sent - news.len() as u64;
    if lost > 0 {
        let (sequence, what) = (live.sent + lost, LiveReload::All);
        let reload = LiveMessage::Reload { sequence, what, account_id: None }.text()?;
        send_to_all(platform, &mut sockets, &reload).await?;
        live.sent = sequence;
    }
    for Told { sequence, needs, text } in news {
        if Instant::now() > until {
            return Ok(false);
        }
        let (mut told, others) = sockets.into_iter().partition(|socket| socket.holder.role.may(needs));
        send_to_all(platform, &mut told, &at_place(&text, sequence)?).await?;
        sockets = told;
        sockets.extend::<Vec<Socket>>(others);
        live.sent = sequence;
    }
    Ok(true)
}

/// Lets sockets listen, each from its place on.
async fn welcome(platform: &Platform, tenant: TenantId, live: &Live, joining: &[Socket]) -> JobResult {
    let after = |socket: &Socket| socket.joining.and_then(|joining| joining.after);
    let is_known = |after: &u64| (live.began..=live.sent).contains(after) && live.sent - after <= MOST_KEPT;
    let first = joining.iter().filter_map(after).filter(is_known).min();
    let kept = match first {
        Some(first) => platform.store.told(tenant, first, live.sent).await?,
        None => Vec::new(),
    };
    let welcomes = joining.iter().map(|socket| {
        let role = socket.holder.role;
        // All that is after it must be there.
        let is_kept = |after: &u64| {
            let missed = kept.iter().filter(|told| told.sequence > *after).count();
            is_known(after) && missed as u64 == live.sent - after
        };
        let ready = |sequence| LiveMessage::Ready { sequence, expires_at: socket.holder.until }.text();
        let frames = || -> Result<Vec<String>, JobError> {
            let Some(after) = after(socket) else { return Ok(vec![ready(live.sent)?]) };
            if !is_kept(&after) {
                let reload = LiveMessage::Reload { sequence: live.sent, what: LiveReload::All, account_id: None };
                // From before it, so that nobody takes it for one that they have.
                return Ok(vec![ready(live.sent - 1)?, reload.text()?]);
            }
            let missed = kept.iter().filter(|told| told.sequence > after && role.may(told.needs));
            let missed = missed.map(|told| at_place(&told.text, told.sequence));
            Ok(std::iter::once(ready(after)).chain(missed).collect::<Result<_, _>>()?)
        };
        (socket, frames())
    });
    let welcomes: Vec<_> = welcomes.collect();
    stream::iter(welcomes.into_iter().map(Ok))
        .try_for_each_concurrent(AT_ONCE, async |(socket, frames)| {
            for frame in frames? {
                if !send(platform, socket, &frame).await? {
                    return Ok(());
                }
            }
            Ok(platform.store.joined(socket).await?)
        })
        .await
}

/// Sends a frame to these, and keeps those who are still there.
async fn send_to_all(platform: &Platform, sockets: &mut Vec<Socket>, text: &str) -> Result<(), JobError> {
    let all = std::mem::take(sockets);
    let sent = stream::iter(all).map(async |socket| Ok((send(platform, &socket, text).await?, socket)));
    let sent: Vec<Result<_, JobError>> = sent.buffered(AT_ONCE).collect().await;
    for one in sent {
        let (is_there, socket) = one?;
        if is_there {
            sockets.push(socket);
        }
    }
    Ok(())
}

/// Whether it is there for more. One that is gone is forgotten; one that cannot be sent to is closed, and comes back.
async fn send(platform: &Platform, socket: &Socket, text: &str) -> Result<bool, JobError> {
    match platform.sockets.send(&socket.id, text).await {
        Ok(Sent::Taken) => return Ok(true),
        Ok(Sent::Gone) => platform.store.forget_connection(&socket.id, Some(socket.holder)).await?,
        Err(error) => {
            tracing::warn!(%error, "a socket is closed that cannot be sent to");
            end(platform, &socket.id, Some(socket.holder), LiveRefusal::TryAgain, "it cannot be sent to").await?;
        }
    }
    Ok(false)
}
