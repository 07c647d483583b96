//! Guarding what can be guessed: passwords, codes, links.
//!
//! Guesses are counted by account and by address of the client, before they are looked at. Right ones are taken back, so
//! that an office behind one address is not locked out by people who know their passwords.

use aws_lc_rs::digest;
use jiff::SignedDuration;
use platform_core::ids::{TenantId, UserId};
use platform_core::tenancy::Email;
use platform_http::Problem;
use platform_http::client::{Client, subscriber};
use platform_store::Store;

use crate::platform::Platform;

/// A guess that was counted and may be looked at.
#[must_use = "a right guess must be told"]
#[derive(Debug)]
pub struct Guess {
    account: Option<String>,
    address: Option<String>,
}

impl Guess {
    /// Counts a guess at an address's password.
    pub async fn at_email(platform: &Platform, email: &Email, client: &Client) -> Result<Self, Problem> {
        Self::count(platform, Some(subject("account", email.as_str())), client).await
    }

    /// Counts a guess at the password or code of somebody signed in.
    pub async fn at_user(platform: &Platform, user: UserId, client: &Client) -> Result<Self, Problem> {
        Self::count(platform, Some(subject("user", &user.to_string())), client).await
    }

    /// Counts a guess at something that nobody owns, such as a link.
    pub async fn at_link(platform: &Platform, client: &Client) -> Result<Self, Problem> {
        Self::count(platform, None, client).await
    }

    async fn count(platform: &Platform, account: Option<String>, client: &Client) -> Result<Self, Problem> {
        let address = client.ip.map(|ip| subject("ip", &subscriber(ip).to_string()));
        let attempt = async |subject: &Option<String>| match subject {
            Some(subject) => platform.store.attempt(subject).await,
            None => Ok(Ok(())),
        };
        // The address first: one that has to wait keeps nobody's account waiting.
        for subject in [&address, &account] {
            if let Err(until) = attempt(subject).await? {
                let left = until.duration_since(platform.now()).as_secs().unsigned_abs() + 1;
                return Err(Problem::rate_limited("too many attempts; wait and try again", left));
            }
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

/// Invitations that a tenant may send within an hour.
const INVITATIONS: u64 = 100;

/// Counts an invitation: by them anybody could make the platform write to anybody.
pub async fn count_invitation(platform: &Platform, tenant: TenantId) -> Result<(), Problem> {
    let hour = SignedDuration::from_hours(1);
    let subject = subject("invitations", &tenant.to_string());
    if platform.store.count_request(&subject, hour).await? <= INVITATIONS {
        return Ok(());
    }
    let left = hour.as_secs() - platform.now().as_second().rem_euclid(hour.as_secs());
    let detail = format!("a tenant may send at most {INVITATIONS} invitations an hour");
    Err(Problem::rate_limited(detail, left.unsigned_abs()))
}

/// Refuses a client whose address asked too often for something that costs: `most` times in a window.
pub async fn limit_address(
    platform: &Platform,
    client: &Client,
    what: &str,
    most: u64,
    window: SignedDuration,
) -> Result<(), Problem> {
    let Some(ip) = client.ip else { return Ok(()) };
    let subject = subject("requests", &format!("{what} {}", subscriber(ip)));
    if platform.store.count_request(&subject, window).await? <= most {
        return Ok(());
    }
    let seconds = window.as_secs();
    let left = seconds - platform.now().as_second().rem_euclid(seconds);
    Err(Problem::rate_limited("too many requests from your address; wait and try again", left.unsigned_abs()))
}

/// Whether one more mail of a kind may go to an address: nobody's mailbox is filled by strangers. Whoever asks must not be
/// told.
pub async fn may_mail(
    platform: &Platform,
    to: &Email,
    what: &str,
    most: u64,
    window: SignedDuration,
) -> Result<bool, Problem> {
    let subject = subject("mails", &format!("{what} {to}"));
    Ok(platform.store.count_request(&subject, window).await? <= most)
}

/// What guesses are counted by: a digest, so that the table holds no address of somebody unknown.
fn subject(kind: &str, text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    format!("{kind}#{}", hex::encode(&digest.as_ref()[..16]))
}
