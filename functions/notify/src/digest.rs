//! A recipient's summary: what was held back since a limit was reached, in one message.

use platform_core::digest::Digest;
use platform_core::ids::TenantId;
use platform_core::recipient::Consent;
use platform_core::tenancy::Email;
use platform_notify::email::{Draft, summary::render};
use platform_runtime::job::JobResult;
use platform_runtime::{Platform, recipients};
use platform_store::StoreError;

use crate::limits;

/// Sends it if it is ready.
pub(crate) async fn send(platform: &Platform, tenant: TenantId, to: &Email) -> JobResult {
    let (digest, owner) = tokio::try_join!(platform.store.digest(tenant, to), platform.store.tenant(tenant))?;
    let lives = owner.is_some_and(|owner| owner.deleted_at.is_none());
    let Some(mut digest) = digest.filter(|digest| lives && digest.is_ready(platform.now())) else { return Ok(()) };
    // Before it is claimed: waiting for a limit is no try.
    if !limits::admits_summary(platform).await? {
        return Ok(());
    }
    digest.claim(platform.now());
    match platform.store.replace_digest(&mut digest).await {
        // Another sender has it, or more was held back just now.
        Err(StoreError::Conflict) => return Ok(()),
        written => written?,
    }
    let is_over = digest.attempts > Digest::TRIES || !is_willing(platform, tenant, to).await?;
    if !is_over {
        let Some(mail) = &platform.mail else { return Err("this function sends no mail".into()) };
        let content = render(&digest, &platform.public_url);
        let key = format!("{}_{}", digest.since.as_second(), digest.version);
        let to = std::slice::from_ref(to);
        let draft = Draft { from: &mail.from, to, content: &content, key: &key, thread: None, sent_at: platform.now() };
        let result = match mail.transport.send(&draft.build()?).await {
            Ok(_) => "summary",
            // It stays, and is found again when the claim is over.
            Err(error) if error.retryable => {
                let reason = error.reason.replace(digest.to.as_str(), "…");
                tracing::warn!(tenant.id = %tenant, reason, "summary not sent yet");
                return Ok(());
            }
            Err(error) => {
                let reason = error.reason.replace(digest.to.as_str(), "…");
                tracing::error!(tenant.id = %tenant, reason, "summary not sent");
                "failed"
            }
        };
        metrics::counter!("notifications_total", "channel" => "email", "result" => result).increment(1);
    }
    let mut transaction = platform.store.transaction();
    transaction.take_digest(&digest);
    match transaction.commit().await {
        // More was held back meanwhile: the next one tells of that, and once more of this.
        Ok(()) | Err(StoreError::Conflict) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Whether the recipient still wants to be written to.
async fn is_willing(platform: &Platform, tenant: TenantId, to: &Email) -> Result<bool, StoreError> {
    if platform.store.recipient(tenant, to).await?.is_some_and(|known| known.consent == Consent::Confirmed) {
        return Ok(true);
    }
    Ok(!recipients::proven_members(platform, tenant, std::slice::from_ref(to)).await?.is_empty())
}
