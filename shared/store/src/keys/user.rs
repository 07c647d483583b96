//! Keys of people, their sessions, and of what finds them: addresses, links, tokens; and how often somebody tried.

use platform_core::ids::{SessionId, SignUpId, UserId};
use platform_core::sso::Slug;
use platform_core::tenancy::Email;

use super::{Aggregate, Key};

/// A user.
pub(crate) fn user(user: UserId) -> Key {
    Key::new(user_partition(user), "USER")
}

/// Partition of a user, and index partition of their memberships.
pub(crate) fn user_partition(user: UserId) -> String {
    format!("USER#{user}")
}

/// A session.
pub(crate) fn session(user: UserId, session: SessionId) -> Key {
    Key::new(user_partition(user), format!("{SESSION}{session}"))
}

/// Prefix of a user's sessions.
pub(crate) const SESSION: &str = "SESSION#";

/// Keeps an address unique, and finds its user.
pub(crate) fn email(email: &Email) -> Key {
    Key::new(format!("EMAIL#{email}"), "EMAIL")
}

/// A sign-up that waits for its link.
pub(crate) fn sign_up(id: SignUpId) -> Key {
    Key::new(format!("SIGNUP#{id}"), "SIGNUP")
}

/// What a link in a mail is good for, by the SHA-256 of its token.
pub(crate) fn link(hash: &str) -> Key {
    Key::new(format!("LINK#{hash}"), "LINK")
}

/// Prefix of the partitions of API tokens as requests find them: every function may count uses there, and only there.
pub(crate) const TOKEN_USE: &str = "TOKEN#";

/// An API token as a request finds it, by its SHA-256.
pub(crate) fn token_use(hash: &str) -> Key {
    Key::new(format!("{TOKEN_USE}{hash}"), "TOKEN")
}

/// Keeps a slug unique, and finds its tenant.
pub(crate) fn slug(slug: &Slug) -> Key {
    Key::new(format!("SLUG#{slug}"), "SLUG")
}

/// A sign-in at an identity provider that somebody began, by the SHA-256 of its state.
pub(crate) fn sso_state(hash: &str) -> Key {
    Key::new(format!("SSOSTATE#{hash}"), "SSOSTATE")
}

/// How often somebody guessed. `subject` is a digest, never an address.
pub(crate) fn attempts(subject: &str) -> Key {
    Key::new(format!("THROTTLE#{subject}"), "ATTEMPTS")
}

/// A counter of requests in a window. `subject` is a digest, never an address.
pub(crate) fn throttle(subject: &str, window: i64) -> Key {
    Key::new(format!("THROTTLE#{subject}"), format!("{window:012}"))
}

/// A counter of what a tenant's trail takes only so much of, in a window. `digest` names nobody.
pub(crate) fn limited(digest: &str, window: i64) -> Key {
    Key::new(format!("LIMITED#{digest}"), format!("{window:012}"))
}

/// What lies under a sort key of a user's partition.
pub(super) fn of_user(user: UserId, sort: &str) -> Option<Aggregate> {
    match sort.strip_prefix(SESSION) {
        Some(session) => session.parse().ok().map(|session| Aggregate::Session(user, session)),
        None => (sort == "USER").then_some(Aggregate::User(user)),
    }
}

/// What lies in a partition of its own, and finds somebody or counts.
pub(super) fn finding(kind: &str, rest: &str) -> Option<Aggregate> {
    Some(match kind {
        "EMAIL" => Aggregate::Email(rest.parse().ok()?),
        "SIGNUP" => Aggregate::SignUp(rest.parse().ok()?),
        "LINK" => Aggregate::Link,
        "TOKEN" => Aggregate::TokenUse,
        "SLUG" => Aggregate::Slug,
        "SSOSTATE" => Aggregate::SsoState,
        "THROTTLE" | "LIMITED" => Aggregate::Throttle,
        _ => return None,
    })
}
