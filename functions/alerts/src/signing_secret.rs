//! Signing secrets of webhooks: another one, while the one before signs beside it for a while.

use jiff::{SignedDuration, Timestamp};
use platform_core::rule::WebhookChannel;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_notify::webhook::Secret;
use platform_runtime::Platform;
use platform_runtime::receiver::{Secrets, WEBHOOK_SECRET};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::notification_input::secret_hint;

/// How long an old secret signs unless it is said.
const USUAL_OVERLAP: u32 = 24;
/// Longest time, in hours.
const MOST_OVERLAP: u32 = 7 * 24;

/// What becomes of a signing secret.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct RotateSigningSecret {
    /// The secret that signs now does so beside the new one for so many hours; 24 if absent. With 0 it ends at once.
    #[schema(maximum = 168, default = 24)]
    overlap_hours: Option<u32>,
    /// No new secret: only the old one, which signs beside the present one, ends at once.
    #[serde(default)]
    finish: bool,
}

/// A signing secret that signs beside the present one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = OldSigningSecret)]
pub(crate) struct OldSecretView {
    /// Tells one secret from another.
    #[schema(example = "whsec_…abcd")]
    secret_hint: String,
    /// How long it signs.
    until: Timestamp,
}

impl OldSecretView {
    /// That of a webhook, if it has one that signs now.
    pub(crate) fn of(webhook: &WebhookChannel, now: Timestamp) -> Option<Self> {
        let view = |hint: &str, until| Self { secret_hint: format!("whsec_…{hint}"), until };
        webhook.old_secret_at(now).map(|old| view(&old.hint, old.until))
    }
}

/// A webhook as it is from now on, and its new secret, which is shown this once.
pub(crate) struct Rotated {
    pub(crate) webhook: WebhookChannel,
    pub(crate) secret: Option<String>,
}

impl RotateSigningSecret {
    /// Does it.
    pub(crate) fn apply(
        &self,
        platform: &Platform,
        secrets: &Secrets<'_>,
        webhook: WebhookChannel,
    ) -> Result<Rotated, Problem> {
        let mut problems = Problems::default();
        let hours = self.overlap_hours.unwrap_or(USUAL_OVERLAP);
        problems.require(hours <= MOST_OVERLAP, "/overlapHours", format!("must be 0 to {MOST_OVERLAP} hours"));
        let is_one = !(self.finish && self.overlap_hours.is_some());
        problems.require(is_one, "/finish", "ends what overlaps, so that there is nothing to say of an overlap");
        problems.finish().map_err(Problem::validation)?;
        let now = platform.now();
        if self.finish {
            if webhook.old_secret_at(now).is_none() {
                return Err(Problem::conflict("no old secret signs beside the present one"));
            }
            return Ok(Rotated { webhook: WebhookChannel { old_secret: None, ..webhook }, secret: None });
        }
        let secret = Secret::generate(platform.entropy.as_ref()).reveal();
        let sealed = secrets.seal(WEBHOOK_SECRET, &secret).map_err(Problem::internal)?;
        let until = now.saturating_add(SignedDuration::from_hours(i64::from(hours)));
        let until = until.map_err(Problem::internal)?;
        Ok(Rotated { webhook: webhook.rotated(sealed, secret_hint(&secret), until, now), secret: Some(secret) })
    }
}

/// A webhook's secrets as the audit trail tells of them.
pub(crate) fn audited(webhook: &WebhookChannel) -> Value {
    let old = webhook.old_secret.as_ref();
    json!({
        "signedWith": format!("whsec_…{}", webhook.secret_hint),
        "alsoWith": old.map(|old| format!("whsec_…{}", old.hint)), "alsoUntil": old.map(|old| old.until),
    })
}
