//! Changes of a person's account that reach into several items: sessions that end with a password, and the copies of name
//! and address in their tenants.

use jiff::Timestamp;
use platform_core::audit::Actor;
use platform_core::ids::{SessionId, UserId};
use platform_core::mail::MailAbout;
use platform_core::tenancy::{Membership, Session, User};
use platform_http::client::Client;
use platform_store::{Result, StoreError, Transaction};
use serde_json::Value;

use crate::{second_factor, sources};
use platform_runtime::Platform;

/// Transactions in which a user's sessions end at most.
const PARTS: u32 = 6;
/// Sessions that end in one transaction, and memberships that change in one: DynamoDB takes 100 writes.
const AT_ONCE: usize = 40;
/// Tenants whose audit trail tells of a change of the account.
const TRAILS: usize = 20;

/// Somebody who is known by other means than a session.
pub fn actor(user: &User, client: &Client) -> Actor {
    client.actor(user.id, &user.name)
}

/// Writes into the audit trail of each of the user's tenants.
pub fn audit(
    platform: &Platform,
    transaction: &mut Transaction<'_>,
    memberships: &[Membership],
    actor: &Actor,
    action: &str,
    change: &(Option<Value>, Option<Value>),
) -> Result<()> {
    for membership in memberships.iter().take(TRAILS) {
        let entry = platform.audit_entry(membership.tenant, actor.clone(), action, actor.user, change.clone());
        transaction.audit(&entry)?;
    }
    Ok(())
}

/// A new password.
pub struct NewPassword<'a> {
    /// Hashed.
    pub hash: String,
    /// Who sets it.
    pub actor: Actor,
    /// What the audit trail calls it.
    pub action: &'static str,
    /// The session that goes on; all others end.
    pub keep: Option<SessionId>,
    /// What it is set by.
    pub proof: Proof<'a>,
}

/// What a new password is set by; it is used up by that.
pub enum Proof<'a> {
    /// The old one, and a code if there is a second factor: the user comes with the code used up.
    Code,
    /// The link of a mail.
    Link(&'a str),
}

/// Sets a new password and ends the user's sessions, in one transaction; what is more than fits in it ends right after.
///
/// `user` is as it was when the old password or the link was checked. [`StoreError::Conflict`] if the password was changed
/// meanwhile, or the link was used.
pub async fn change_password(platform: &Platform, user: &User, new: &NewPassword<'_>, client: &Client) -> Result<()> {
    let now = platform.now();
    let memberships = platform.store.memberships(user.id).await?;
    let mut unchanged = Some(user.clone());
    let memberships = &memberships;
    let changed = platform.store.retry(|| {
        let unchanged = unchanged.take();
        async move {
            let mut changed = match unchanged {
                Some(user) => user,
                None => as_proven(platform, user, &new.proof).await?,
            };
            let mut sessions = live_sessions(platform, user.id, new.keep).await?;
            let rest = sessions.split_off(sessions.len().min(AT_ONCE));
            changed.password_hash = Some(new.hash.clone());
            changed.password_changed_at = Some(now);
            sources::remember(&mut changed, client);
            let mut transaction = platform.store.transaction();
            transaction.replace_user(&mut changed)?;
            if let Proof::Link(link) = new.proof {
                transaction.take_link(link);
            }
            for session in sessions {
                end(&mut transaction, session, now)?;
            }
            let about = MailAbout::PasswordChanged { from: platform.origin_of(client) };
            transaction.create_mail(&platform.mail_about(changed.email.clone(), about))?;
            audit(platform, &mut transaction, memberships, &new.actor, new.action, &(None, None))?;
            transaction.commit().await?;
            Ok::<_, StoreError>(rest.is_empty())
        }
    });
    match changed.await? {
        true => Ok(()),
        false => end_those(platform, user.id, new.keep, |_| true, None).await,
    }
}

/// The user as they are now, if what proved that it is them is still good.
async fn as_proven(platform: &Platform, user: &User, proof: &Proof<'_>) -> Result<User> {
    let read = platform.store.user(user.id).await?;
    let same = read.filter(|read| {
        read.password_hash == user.password_hash && read.password_changed_at == user.password_changed_at
    });
    let mut present = same.ok_or(StoreError::Conflict)?;
    if matches!(proof, Proof::Code) {
        // A code that was used for something else meanwhile is not good for this too.
        if !second_factor::may_follow(present.second_factor.as_ref(), user.second_factor.as_ref()) {
            return Err(StoreError::Conflict);
        }
        present.second_factor.clone_from(&user.second_factor);
    }
    Ok(present)
}

/// Ends all other sessions that a session reaches. The audit trails of their tenants say by whom.
pub async fn end_other_sessions(platform: &Platform, own: &Session, actor: &Actor) -> Result<()> {
    end_those(platform, own.user, Some(own.id), |session| own.reaches(session), Some(actor)).await
}

async fn end_those(
    platform: &Platform,
    user: UserId,
    keep: Option<SessionId>,
    wanted: impl Fn(&Session) -> bool,
    actor: Option<&Actor>,
) -> Result<()> {
    let end_some = || async {
        let mut sessions = live_sessions(platform, user, keep).await?;
        sessions.retain(&wanted);
        if sessions.is_empty() {
            return Ok(true);
        }
        sessions.truncate(AT_ONCE);
        let mut transaction = platform.store.transaction();
        for session in sessions {
            if let Some(actor) = actor {
                let end = platform.audit_entry(session.tenant, actor.clone(), "session.end", session.id, (None, None));
                transaction.audit(&end)?;
            }
            end(&mut transaction, session, platform.now())?;
        }
        transaction.commit().await?;
        Ok::<_, StoreError>(false)
    };
    // More than one transaction takes: in several of them.
    for _ in 0..PARTS {
        if platform.store.retry(&end_some).await? {
            return Ok(());
        }
    }
    Err(StoreError::Conflict)
}

async fn live_sessions(platform: &Platform, user: UserId, keep: Option<SessionId>) -> Result<Vec<Session>> {
    let now = platform.now();
    let sessions = platform.store.sessions(user).await?;
    Ok(sessions.into_iter().filter(|session| session.is_live(now) && Some(session.id) != keep).collect())
}

fn end(transaction: &mut Transaction<'_>, mut session: Session, now: Timestamp) -> Result<()> {
    session.revoked_at = Some(now);
    transaction.replace_session(&mut session)
}

/// The user's places, read by their keys: as they are now.
pub async fn places(platform: &Platform, user: UserId) -> Result<Vec<Membership>> {
    let known = platform.store.memberships(user).await?;
    let reads = known.iter().map(|membership| platform.store.membership(membership.tenant, user));
    Ok(futures::future::try_join_all(reads).await?.into_iter().flatten().collect())
}

/// Carries the user's name and address into as many of their places as one transaction takes; [`carry_on`] does the rest.
pub fn carry(transaction: &mut Transaction<'_>, user: &User, places: &[Membership]) -> Result<()> {
    for place in places.iter().filter(|place| is_stale(place, user)).take(AT_ONCE) {
        transaction.replace_member(&mut renewed(place, user))?;
    }
    Ok(())
}

/// Carries the user's name and address into the places that still have the old ones.
pub async fn carry_on(platform: &Platform, user: &User, places: &[Membership]) -> Result<()> {
    for place in places.iter().filter(|place| is_stale(place, user)).skip(AT_ONCE) {
        let carried = platform.store.retry(|| async {
            let Some(now) = platform.store.membership(place.tenant, user.id).await? else { return Ok(()) };
            let mut transaction = platform.store.transaction();
            transaction.replace_member(&mut renewed(&now, user))?;
            transaction.commit().await
        });
        carried.await?;
    }
    Ok(())
}

fn is_stale(place: &Membership, user: &User) -> bool {
    place.name != user.name || place.email != user.email
}

fn renewed(place: &Membership, user: &User) -> Membership {
    Membership { name: user.name.clone(), email: user.email.clone(), ..place.clone() }
}
