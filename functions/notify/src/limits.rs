//! How much mail about alerts may leave: for one recipient, for one tenant, and in all.
//!
//! Rules that flap, and recipients who were named carelessly, must neither fill a mailbox nor use up what the mail service
//! lets the platform send for everybody. What is over a limit is not lost: it is told in one message when the hour is over.

use jiff::{SignedDuration, Timestamp};
use platform_core::ids::TenantId;
use platform_core::tenancy::Email;
use platform_runtime::Platform;
use platform_runtime::limits::subject;
use platform_store::Result;

/// What limits are counted in.
const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// So many times the host's limit of messages about alerts to one recipient of one tenant may come to them from all
/// tenants together. More than one tenant can use up, so that none of a recipient's tenants silences another.
const TENANTS_OF_RECIPIENT: u64 = 3;
/// The first ones of each tenant to each recipient go in any case: whatever other tenants use up, an alert is told.
const IN_ANY_CASE: u64 = 5;
/// Messages of one tenant, each recipient counted.
const OF_TENANT: u64 = 1_000;
/// Messages in all, each recipient counted. Small enough for the mail service's own limits, large enough for an outage at
/// many tenants at once.
const IN_ALL: u64 = 20_000;

/// Which of these a message may go to now, and which not.
pub(crate) async fn admit(
    platform: &Platform,
    tenant: TenantId,
    recipients: Vec<Email>,
) -> Result<(Vec<Email>, Vec<Email>)> {
    let (mut admitted, mut held) = (Vec::new(), Vec::new());
    let most = u64::from(platform.alert_mails_per_recipient.get());
    for recipient in recipients {
        let of_tenant = subject("alerts-of-to", &format!("{tenant} {recipient}"));
        // The narrowest first: a recipient who gets no more uses up nothing of the others'.
        let number = platform.store.count_request(&of_tenant, WINDOW).await?;
        let admits = number <= IN_ANY_CASE
            || number <= most
                && within(platform, &subject("alerts-to", recipient.as_str()), TENANTS_OF_RECIPIENT * most).await?
                && within(platform, &subject("alerts-of", &tenant.to_string()), OF_TENANT).await?
                && within(platform, &subject("alerts", "all"), IN_ALL).await?;
        if admits { admitted.push(recipient) } else { held.push(recipient) }
    }
    Ok((admitted, held))
}

/// Whether a summary may leave now: at most one an hour goes to a recipient of a tenant, so only the sum of all counts.
/// Apart from the alerts, or what uses up their limit would keep back what tells of it.
pub(crate) async fn admits_summary(platform: &Platform) -> Result<bool> {
    within(platform, &subject("summaries", "all"), IN_ALL).await
}

/// When the next hour begins, a little later for some than for others.
pub(crate) fn next_window(platform: &Platform) -> Timestamp {
    let (now, window) = (platform.now(), WINDOW.as_secs());
    let left = window - now.as_second().rem_euclid(window);
    now + SignedDuration::from_secs(left + (60.0 * platform.fraction()) as i64)
}

/// The limits in words.
pub(crate) fn reached(platform: &Platform) -> String {
    let most = platform.alert_mails_per_recipient;
    format!(
        "a limit of mail is reached ({most} messages an hour to one recipient, {OF_TENANT} to all of \
         a tenant's); one message at the end of the hour sums up what was held back"
    )
}

async fn within(platform: &Platform, subject: &str, most: u64) -> Result<bool> {
    Ok(platform.store.count_request(subject, WINDOW).await? <= most)
}
