//! How often something may be done that costs others: mails, tenants, syncs by hand, requests of one address.

use aws_lc_rs::digest;
use jiff::SignedDuration;
use platform_core::ids::{AccountId, TenantId, UserId};
use platform_core::tenancy::Email;
use platform_http::Problem;
use platform_http::client::{Client, subscriber};

use crate::platform::Platform;

/// Invitations that a tenant may send within an hour.
const INVITATIONS: u64 = 100;

/// Invitations that one address may get in a day, of one tenant.
const INVITATIONS_TO_ADDRESS: u64 = 5;

/// Counts an invitation: by them anybody could make the platform write to anybody. How many an address gets of all tenants
/// together is the sender's business ([`may_mail`]): a tenant must not learn what others do.
pub async fn count_invitation(platform: &Platform, tenant: TenantId, to: &Email) -> Result<(), Problem> {
    let (hour, day) = (SignedDuration::from_hours(1), SignedDuration::from_hours(24));
    let to_address = format!("a tenant may invite one address at most {INVITATIONS_TO_ADDRESS} times a day");
    limit(platform, &subject("invitations", &format!("{tenant} {to}")), INVITATIONS_TO_ADDRESS, day, to_address)
        .await?;
    let in_all = format!("a tenant may send at most {INVITATIONS} invitations an hour");
    limit(platform, &subject("invitations", &tenant.to_string()), INVITATIONS, hour, in_all).await
}

/// Tenants that one person makes in a day, those included that they deleted again: removing one is work too.
const TENANTS: u64 = 30;

/// Counts a tenant that somebody makes.
pub async fn count_tenant(platform: &Platform, user: UserId) -> Result<(), Problem> {
    let detail = format!("one may make at most {TENANTS} tenants a day");
    limit(platform, &subject("tenants", &user.to_string()), TENANTS, SignedDuration::from_hours(24), detail).await
}

/// How often an account may be synced by hand: a sync is worth it once a moment, and takes a slot from others.
const SYNCS_BY_HAND: (u64, SignedDuration) = (1, SignedDuration::from_secs(10));

/// Counts a sync that somebody asked for.
pub async fn count_sync(platform: &Platform, account: AccountId) -> Result<(), Problem> {
    let (most, window) = SYNCS_BY_HAND;
    let detail = "the account was synced a moment ago".to_owned();
    limit(platform, &subject("sync", &account.to_string()), most, window, detail).await
}

/// Test messages that a tenant may send in ten minutes: each is a request to wherever a rule says.
const TRIALS: (u64, SignedDuration) = (20, SignedDuration::from_mins(10));

/// Counts a test message.
pub async fn count_trial(platform: &Platform, tenant: TenantId) -> Result<(), Problem> {
    let (most, window) = TRIALS;
    let detail = format!("a tenant may send at most {most} test messages in ten minutes");
    limit(platform, &subject("trials", &tenant.to_string()), most, window, detail).await
}

/// Times a tenant may push metrics of an account in a minute: each is up to a hundred values.
const PUSHES: (u64, SignedDuration) = (120, SignedDuration::from_mins(1));

/// Counts a push of metrics of so many accounts.
pub async fn count_push(platform: &Platform, tenant: TenantId, accounts: usize) -> Result<(), Problem> {
    let (most, window) = PUSHES;
    let detail = format!(
        "a tenant may push metrics at most {most} times a minute, each account counted; a push may hold 100 values"
    );
    let counted = platform.store.count_requests(&subject("pushes", &tenant.to_string()), accounts, window).await?;
    within(platform, counted, most, window, detail)
}

async fn limit(
    platform: &Platform,
    subject: &str,
    most: u64,
    window: SignedDuration,
    detail: String,
) -> Result<(), Problem> {
    within(platform, platform.store.count_request(subject, window).await?, most, window, detail)
}

fn within(platform: &Platform, counted: u64, most: u64, window: SignedDuration, detail: String) -> Result<(), Problem> {
    if counted <= most {
        return Ok(());
    }
    let seconds = window.as_secs();
    let left = seconds - platform.now().as_second().rem_euclid(seconds);
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
    limit(platform, &subject, most, window, "too many requests from your address; wait and try again".into()).await
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

/// What guesses and requests are counted by: a digest, so that the table holds no address of somebody unknown.
pub fn subject(kind: &str, text: &str) -> String {
    let digest = digest::digest(&digest::SHA256, text.as_bytes());
    format!("{kind}#{}", hex::encode(&digest.as_ref()[..16]))
}
