//! What is looked at each minute: that whoever listens still may.

use std::collections::{HashMap, HashSet};

use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::live::{LiveRefusal, MOST_OF_TENANT, MOST_OF_USER};
use platform_core::tenancy::{Membership, Session};
use platform_runtime::Platform;
use platform_runtime::job::JobResult;
use platform_store::live::Socket;

use crate::end::end;

/// Closes a tenant's sockets whose token, session or role came to an end, and those that are too many.
pub(crate) async fn check(platform: &Platform, tenant: TenantId) -> JobResult {
    let sockets = platform.store.sockets(tenant).await?;
    if sockets.is_empty() {
        return Ok(());
    }
    let people: HashSet<_> = sockets.iter().map(|socket| (socket.holder.user, socket.holder.session)).collect();
    let (sessions, memberships) = platform.store.sessions_and_memberships(tenant, &people).await?;
    let mut of_user = HashMap::<UserId, usize>::new();
    let (mut left, mut ended) = (0, Ok(()));
    for socket in &sockets {
        let of_user = of_user.entry(socket.holder.user).or_default();
        let why = refusal(platform, socket, &sessions, &memberships);
        let why = why.or_else(|| {
            let is_over = *of_user >= MOST_OF_USER || left >= MOST_OF_TENANT;
            is_over.then_some((LiveRefusal::TooMany, "too many sockets are open"))
        });
        match why {
            // One that cannot be closed keeps nobody else's from it.
            Some((code, detail)) => {
                ended = ended.and(end(platform, &socket.id, Some(socket.holder), code, detail).await);
            }
            None => {
                *of_user += 1;
                left += 1;
            }
        }
    }
    if left > 0 {
        platform.store.keep_watching(tenant).await?;
    }
    ended
}

fn refusal(
    platform: &Platform,
    socket: &Socket,
    sessions: &HashMap<SessionId, Session>,
    memberships: &HashMap<UserId, Membership>,
) -> Option<(LiveRefusal, &'static str)> {
    let (now, holder) = (platform.now(), &socket.holder);
    let session = sessions.get(&holder.session);
    let session = session.filter(|session| session.is_live(now) && session.acts_in(holder.tenant));
    let member = memberships.get(&holder.user);
    let member = member.zip(session).and_then(|(member, session)| member.admits(session).then_some(member));
    let why = match member {
        _ if holder.until <= now => "the token has expired",
        None => "the session has ended",
        Some(member) if member.role != holder.role => "the role has changed",
        Some(_) => return None,
    };
    Some((LiveRefusal::Unauthenticated, why))
}
