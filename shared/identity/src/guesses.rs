//! Guarding what can be guessed: passwords, codes, links.
//!
//! Guesses are counted by account and by address of the client, before they are looked at. Right ones are taken back, so
//! that an office behind one address is not locked out by people who know their passwords. Guesses from where the person
//! proved the password before ([`crate::sources`]) have a count of their own, which no stranger can use up.

use http::StatusCode;
use platform_core::tenancy::{Email, User};
use platform_http::Problem;
use platform_http::client::{Client, subscriber};
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::limits::subject;
use platform_store::Store;

use crate::refusals::{self, Refused};
use crate::sources::{self, Source};

/// A guess that was counted and may be looked at.
#[must_use = "a right guess must be told"]
#[derive(Debug)]
pub struct Guess {
    account: Option<String>,
    address: Option<String>,
}

impl Guess {
    /// Counts a guess at an address's password. `user` is whose it is, if it is anybody's. Too many are in their tenants' trails.
    pub async fn at_email(
        platform: &Platform,
        email: &Email,
        user: Option<&User>,
        client: &Client,
    ) -> Result<Self, Problem> {
        let source = user.and_then(|user| sources::known(user, client));
        let guess = Self::from(platform, source, || of_email(email), client).await;
        if guess.as_ref().is_err_and(is_too_many) {
            refusals::of_sign_in(platform, email, user, client, Refused::TooMany).await;
        }
        guess
    }

    /// Counts a guess at the password or code of somebody signed in. Too many are in the tenant's trail.
    pub async fn at_user(platform: &Platform, user: &User, caller: &Caller) -> Result<Self, Problem> {
        let client = caller.client();
        let guess = Self::from(platform, sources::known(user, client), || of_user(user), client).await;
        if guess.as_ref().is_err_and(is_too_many) {
            refusals::of_member(platform, caller, Refused::TooMany).await;
        }
        guess
    }

    async fn from(
        platform: &Platform,
        source: Option<Source<'_>>,
        account: impl FnOnce() -> String,
        client: &Client,
    ) -> Result<Self, Problem> {
        match source {
            // A browser's name is a secret, so nobody else guesses from it.
            Some(Source::Browser(digest)) => Self::count(platform, Some(subject("source", digest)), None).await,
            // An address is shared: its guesses count, but those from elsewhere do not.
            Some(Source::Address(digest)) => {
                Self::count(platform, Some(subject("source", digest)), of_address(client)).await
            }
            None => Self::count(platform, Some(account()), of_address(client)).await,
        }
    }

    /// Counts a guess at something that nobody owns, such as a link.
    pub async fn at_link(platform: &Platform, client: &Client) -> Result<Self, Problem> {
        Self::count(platform, None, of_address(client)).await
    }

    async fn count(platform: &Platform, account: Option<String>, address: Option<String>) -> Result<Self, Problem> {
        let attempt = async |subject: &Option<String>| match subject {
            Some(subject) => platform.store.attempt(subject).await,
            None => Ok(Ok(())),
        };
        // The address first: one that has to wait keeps nobody's account waiting.
        if let Err(until) = attempt(&address).await? {
            return Err(wait(platform, until));
        }
        if let Err(until) = attempt(&account).await? {
            // Not looked at, so it was no guess: colleagues behind the address keep theirs.
            if let Some(address) = &address {
                platform.store.refund(address).await?;
            }
            return Err(wait(platform, until));
        }
        Ok(Self { account, address })
    }

    /// The guess was right: the account's are forgotten. The address keeps those that were wrong, or one right password
    /// would be leave to guess at others.
    pub async fn was_right(self, store: &Store) -> Result<(), Problem> {
        let forget = async || match &self.account {
            Some(account) => store.forget(account).await,
            None => Ok(()),
        };
        let refund = async || match &self.address {
            Some(address) => store.refund(address).await,
            None => Ok(()),
        };
        let (forgotten, refunded) = tokio::join!(forget(), refund());
        forgotten?;
        Ok(refunded?)
    }

    /// What was given was right, but more is needed: this one is taken back and earlier ones stay, or somebody who knows the
    /// password could guess at codes for ever.
    pub async fn was_right_so_far(self, store: &Store) -> Result<(), Problem> {
        for subject in self.account.iter().chain(&self.address) {
            store.refund(subject).await?;
        }
        Ok(())
    }
}

fn is_too_many(problem: &Problem) -> bool {
    problem.status() == StatusCode::TOO_MANY_REQUESTS
}

fn wait(platform: &Platform, until: jiff::Timestamp) -> Problem {
    let left = until.duration_since(platform.now()).as_secs().unsigned_abs() + 1;
    Problem::rate_limited("too many attempts; wait and try again", left)
}

/// Forgets all guesses of strangers at an account: its owner proved the mailbox.
pub async fn forget(platform: &Platform, user: &User) -> Result<(), Problem> {
    let (by_email, by_id) = (of_email(&user.email), of_user(user));
    tokio::try_join!(platform.store.forget(&by_email), platform.store.forget(&by_id))?;
    Ok(())
}

fn of_address(client: &Client) -> Option<String> {
    client.ip.map(|ip| subject("ip", &subscriber(ip).to_string()))
}

fn of_email(email: &Email) -> String {
    subject("account", email.as_str())
}

fn of_user(user: &User) -> String {
    subject("user", &user.id.to_string())
}
