//! Who may be sent alerts: members by the address that they proved, and others who said so.

use std::collections::BTreeSet;

use platform_core::ids::TenantId;
use platform_core::mail::MailAbout;
use platform_core::recipient::{MAX_RECIPIENTS_OF_TENANT, Recipient};
use platform_core::tenancy::Email;
use platform_store::quotas::Quota;
use platform_store::{Result, StoreError, Transaction};

use crate::platform::Platform;

/// Which of these are addresses of active members who proved them. A tenant's identity provider may call its people
/// whatever it likes, so theirs do not count.
pub async fn proven_members(platform: &Platform, tenant: TenantId, emails: &[Email]) -> Result<BTreeSet<Email>> {
    let members = platform.store.members(tenant).await?;
    let named = members.into_iter().filter(|member| member.active && emails.contains(&member.email));
    let named: Vec<_> = named.map(|member| member.user).collect();
    let users = platform.store.users(&named).await?;
    Ok(users.into_iter().filter(|user| user.sso_tenant.is_none()).map(|user| user.email).collect())
}

/// Asks a recipient whether they want a tenant's alerts: a mail with a link to say so.
pub fn ask(platform: &Platform, transaction: &mut Transaction<'_>, tenant: TenantId, email: Email) -> Result<()> {
    let recipient = Recipient::new(tenant, email, platform.now());
    transaction.create_recipient(&recipient)?;
    request(platform, transaction, &recipient)
}

/// The mail that asks.
pub fn request(platform: &Platform, transaction: &mut Transaction<'_>, recipient: &Recipient) -> Result<()> {
    let about = MailAbout::ConfirmRecipient { tenant: recipient.tenant };
    transaction.create_mail(&platform.mail_about(recipient.email.clone(), about))
}

/// Asks a recipient whom a rule names already, unless the tenant has too many of them.
pub async fn ask_late(platform: &Platform, tenant: TenantId, email: Email) -> Result<()> {
    let pass = platform.store.pass(tenant, Quota::Recipients).await?;
    if platform.store.recipients(tenant).await?.len() >= MAX_RECIPIENTS_OF_TENANT {
        return Ok(());
    }
    let mut transaction = platform.store.transaction();
    transaction.hand_in(&pass)?;
    ask(platform, &mut transaction, tenant, email)?;
    match transaction.commit().await {
        // Somebody else asked; or the next message does.
        Err(StoreError::Conflict) => Ok(()),
        written => written,
    }
}
