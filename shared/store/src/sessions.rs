//! Sign-ins.

use std::collections::{HashMap, HashSet};

use jiff::SignedDuration;
use platform_core::ids::{SessionId, TenantId, UserId};
use platform_core::tenancy::{Membership, Session};

use crate::operations::decode;
use crate::{Item, Query, Result, Store, Transaction, keys};

impl Transaction<'_> {
    /// Begins a session.
    pub fn create_session(&mut self, session: &Session) -> Result<()> {
        self.create(item(session)?);
        Ok(())
    }

    /// Ends and forgets a session.
    pub fn forget_session(&mut self, session: &Session) {
        self.delete(&keys::session(session.user, session.id));
    }

    /// Replaces a session that must be as it was read.
    pub fn replace_session(&mut self, session: &mut Session) -> Result<()> {
        self.replace(session, item)
    }
}

/// How long a session that was ended is kept: nobody asks for it, and a user's sessions are read at every sign-in.
const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(1);

fn item(session: &Session) -> Result<Item> {
    let forgotten = session.revoked_at.map_or(session.expires_at, |at| session.expires_at.min(at + ENDED_KEPT));
    Ok(Item::new(&keys::session(session.user, session.id), session)?.expiring(forgotten))
}

impl Store {
    /// A session.
    pub async fn session(&self, user: UserId, session: SessionId) -> Result<Option<Session>> {
        self.get(&keys::session(user, session)).await
    }

    /// A user's sessions, ended ones too, oldest first.
    pub async fn sessions(&self, user: UserId) -> Result<Vec<Session>> {
        Ok(self.query(Query::of(keys::user_partition(user), keys::SESSION).consistent()).await?.items)
    }

    /// Replaces a session that must be as it was read.
    pub async fn replace_session(&self, session: &mut Session) -> Result<()> {
        self.replace(session, item).await
    }

    /// What [`Store::session_and_membership`] reads, of many who are in one tenant: a session of two tabs is read once.
    pub async fn sessions_and_memberships(
        &self,
        tenant: TenantId,
        people: &HashSet<(UserId, SessionId)>,
    ) -> Result<(HashMap<SessionId, Session>, HashMap<UserId, Membership>)> {
        let session_keys = people.iter().map(|(user, session)| keys::session(*user, *session));
        let users: HashSet<UserId> = people.iter().map(|(user, _)| *user).collect();
        let all: Vec<_> = session_keys.chain(users.into_iter().map(|user| keys::member(tenant, user))).collect();
        let (mut sessions, mut memberships) = (HashMap::new(), HashMap::new());
        for item in self.get_many_raw(&all).await? {
            let is_session =
                item.get("sk").and_then(|sk| sk.as_s().ok()).is_some_and(|sk| sk.starts_with(keys::SESSION));
            if is_session {
                let session: Session = decode(item)?;
                sessions.insert(session.id, session);
            } else {
                let membership: Membership = decode(item)?;
                memberships.insert(membership.user, membership);
            }
        }
        Ok((sessions, memberships))
    }

    /// What every request checks, in one round trip: the session, and the user's place in the session's tenant.
    pub async fn session_and_membership(
        &self,
        user: UserId,
        session: SessionId,
        tenant: TenantId,
    ) -> Result<(Option<Session>, Option<Membership>)> {
        let (session_key, member_key) = (keys::session(user, session), keys::member(tenant, user));
        let (mut session, mut membership) = (None, None);
        for item in self.get_many_raw(&[session_key.clone(), member_key]).await? {
            let is_session = item.get("sk").and_then(|sk| sk.as_s().ok()) == Some(&session_key.sk);
            if is_session {
                session = Some(decode(item)?);
            } else {
                membership = Some(decode(item)?);
            }
        }
        Ok((session, membership))
    }
}
