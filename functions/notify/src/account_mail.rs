//! `sendMail`: sends one mail about an account.
//!
//! Whoever asked for it wrote only what it is about. Here it is found out whether the address is known, and here the token
//! of its link is made: it is in the mail and nowhere else. A mail is claimed before it is sent, as an intent is.

use jiff::{SignedDuration, Timestamp};
use platform_core::ids::{InvitationId, SignUpId, TenantId};
use platform_core::link::{Link, LinkPurpose};
use platform_core::mail::{Mail, MailAbout, Origin};
use platform_core::recipient::Consent;
use platform_core::tenancy::{Email, User};
use platform_http::router::chain;
use platform_notify::email::account::{self, AccountMail, render};
use platform_notify::email::{Content, Draft, SendError};
use platform_runtime::Platform;
use platform_runtime::job::{JobError, JobResult};
use platform_runtime::limits::{may_mail, subject};
use platform_runtime::links::{NewLink, page};
use platform_runtime::queue::Message;
use platform_store::StoreError;
use url::Url;

/// Mails that one address gets in a day, of all tenants together. Whoever asks is not told: it is not their business what
/// other tenants do.
const INVITATIONS: u64 = 20;
const RECIPIENT_REQUESTS: u64 = 10;
/// Mails that say that a channel was switched off, to one address a day.
const CHANNELS_OFF: u64 = 10;
const DAY: SignedDuration = SignedDuration::from_hours(24);

pub(crate) async fn run(platform: Platform, message: Message) -> JobResult {
    let Message::Mail { mail: id } = message else { return Err("not a message of this queue".into()) };
    let Some(mut mail) = platform.store.mail(id).await? else { return Ok(()) };
    if !mail.is_ready(platform.now()) {
        return Ok(());
    }
    if mail.attempts >= Mail::TRIES {
        tracing::error!(mail.id = %id, kind = kind(&mail.about), "mail given up after too many tries");
        return Ok(platform.store.forget_mail(id).await?);
    }
    mail.claim(platform.now());
    match platform.store.replace_mail(&mut mail).await {
        // Another sender has it.
        Err(StoreError::Conflict) => return Ok(()),
        result => result?,
    }
    let result = match content(&platform, &mail).await {
        Ok(None) => "not needed",
        Ok(Some(content)) => match send(&platform, &mail, &content).await {
            Ok(()) => "sent",
            // It stays due, later each time; the sweeper finds it.
            Err(error) if error.retryable => {
                let reason = error.reason.replace(mail.to.as_str(), "…");
                tracing::warn!(mail.id = %id, attempts = mail.attempts, reason, "mail not sent yet");
                count(&mail, "retry");
                return Ok(());
            }
            Err(error) => {
                let reason = error.reason.replace(mail.to.as_str(), "…");
                tracing::error!(mail.id = %id, kind = kind(&mail.about), reason, "mail not sent");
                "failed"
            }
        },
        // A fault of ours, or of the table: tried again as if the mail server were down.
        Err(error) => {
            tracing::error!(mail.id = %id, kind = kind(&mail.about), error = chain(error.as_ref()), "mail not made");
            count(&mail, "retry");
            return Ok(());
        }
    };
    platform.store.forget_mail(id).await?;
    count(&mail, result);
    tracing::info!(mail.id = %id, kind = kind(&mail.about), attempts = mail.attempts, result, "mail done");
    Ok(())
}

fn count(mail: &Mail, result: &'static str) {
    metrics::counter!("mails_total", "kind" => kind(&mail.about), "result" => result).increment(1);
}

fn kind(about: &MailAbout) -> &'static str {
    match about {
        MailAbout::SignUp { .. } => "sign-up",
        MailAbout::ResetPassword { .. } => "reset-password",
        MailAbout::Invitation { .. } => "invitation",
        MailAbout::ConfirmRecipient { .. } => "confirm-recipient",
        MailAbout::ChannelOff { .. } => "channel-off",
        MailAbout::RuleChannelOff { .. } => "rule-channel-off",
        MailAbout::ConfirmEmail { .. } => "confirm-email",
        MailAbout::EmailChanged { .. } => "email-changed",
        MailAbout::NewDevice { .. } => "new-device",
        MailAbout::PasswordChanged { .. } => "password-changed",
        MailAbout::SecondFactorChanged { .. } => "second-factor-changed",
        MailAbout::RecoveryCodesRenewed { .. } => "recovery-codes-renewed",
        MailAbout::RecoveryCodeUsed { .. } => "recovery-code-used",
    }
}

async fn send(platform: &Platform, mail: &Mail, content: &Content) -> Result<(), SendError> {
    let refuse = |reason: &str| SendError { retryable: false, reason: reason.into() };
    let sender = platform.mail.as_ref().ok_or_else(|| refuse("this function sends no mail"))?;
    let draft = Draft {
        from: &sender.from,
        to: std::slice::from_ref(&mail.to),
        content,
        key: &mail.id.to_string(),
        thread: None,
        sent_at: platform.now(),
    };
    let message = draft.build().map_err(|error| refuse(&error.to_string()))?;
    sender.transport.send(&message).await.map(|_| ())
}

/// What the mail says, with a link of its own, or `None` if there is nobody to tell.
async fn content(platform: &Platform, mail: &Mail) -> Result<Option<Content>, JobError> {
    let page = |path| page(&platform.public_url, path);
    let (security_link, reset_link) = (&page("settings/security"), &page("forgot-password"));
    let told = match &mail.about {
        MailAbout::SignUp { id } => return sign_up(platform, mail, *id, reset_link).await,
        MailAbout::ResetPassword { .. } => return reset_password(platform, &mail.to).await,
        MailAbout::Invitation { tenant, id } => {
            return match admits(platform, *tenant, &mail.to, "invitation", INVITATIONS).await? {
                true => invitation(platform, *tenant, *id).await,
                false => Ok(None),
            };
        }
        MailAbout::ConfirmRecipient { tenant } => {
            return match admits(platform, *tenant, &mail.to, "confirm-recipient", RECIPIENT_REQUESTS).await? {
                true => confirm_recipient(platform, *tenant, &mail.to).await,
                false => Ok(None),
            };
        }
        MailAbout::ChannelOff { tenant, channel, name, reason } => {
            // Whoever switches it on again and again fills nobody's mailbox: the trail and the channel tell the rest.
            let may_leave = admits(platform, *tenant, &mail.to, "channel-off", CHANNELS_OFF).await?;
            let tenants = platform.store.tenant(*tenant).await?;
            let Some(owner) = tenants.filter(|tenant| may_leave && tenant.deleted_at.is_none()) else {
                return Ok(None);
            };
            let link = &page(&format!("t/{tenant}/channels/{channel}"));
            return Ok(Some(render(&AccountMail::ChannelOff {
                tenant_name: &owner.name,
                channel: name,
                reason,
                link,
            })));
        }
        MailAbout::RuleChannelOff { tenant, rule, name, by, reason } => {
            let may_leave = admits(platform, *tenant, &mail.to, "channel-off", CHANNELS_OFF).await?;
            let tenants = platform.store.tenant(*tenant).await?;
            let Some(owner) = tenants.filter(|tenant| may_leave && tenant.deleted_at.is_none()) else {
                return Ok(None);
            };
            let by = by.channel.messenger().map_or("webhook", |messenger| messenger.title());
            let link = &page(&format!("t/{tenant}/rules/{rule}"));
            return Ok(Some(render(&AccountMail::RuleChannelOff {
                tenant_name: &owner.name,
                rule: name,
                by,
                reason,
                link,
            })));
        }
        MailAbout::ConfirmEmail { user, password_changed_at } => {
            let asked = platform.store.user(*user).await?;
            let asked = asked.filter(|user| user.password_changed_at == *password_changed_at);
            return confirm_email(platform, &mail.to, asked).await;
        }
        MailAbout::EmailChanged { new, from } => {
            AccountMail::EmailChanged { old: &mail.to, new, origin: origin(from), security_link }
        }
        MailAbout::NewDevice { from } => AccountMail::NewDevice { origin: origin(from), security_link },
        MailAbout::PasswordChanged { from } => AccountMail::PasswordChanged { origin: origin(from), reset_link },
        MailAbout::SecondFactorChanged { enabled: true, from } => {
            AccountMail::SecondFactorEnabled { origin: origin(from), security_link }
        }
        MailAbout::SecondFactorChanged { enabled: false, from } => {
            AccountMail::SecondFactorDisabled { origin: origin(from), security_link }
        }
        MailAbout::RecoveryCodesRenewed { from } => {
            AccountMail::RecoveryCodesRenewed { origin: origin(from), security_link }
        }
        MailAbout::RecoveryCodeUsed { left, from } => {
            AccountMail::RecoveryCodeUsed { left: *left, origin: origin(from), security_link }
        }
    };
    Ok(Some(render(&told)))
}

fn origin(from: &Origin) -> account::Origin<'_> {
    account::Origin { at: from.at, ip: from.ip.as_deref(), user_agent: from.user_agent.as_deref() }
}

/// Makes a link: where it leads, and until when.
async fn link(platform: &Platform, purpose: LinkPurpose) -> Result<(Url, Timestamp), StoreError> {
    let new = NewLink::new(platform);
    let url = new.url(platform, &purpose);
    let expires_at = platform.now() + purpose.life();
    let mut transaction = platform.store.transaction();
    transaction.create_link(&new.hash, &Link { purpose, expires_at })?;
    transaction.commit().await?;
    Ok((url, expires_at))
}

async fn sign_up(
    platform: &Platform,
    mail: &Mail,
    id: SignUpId,
    reset_link: &Url,
) -> Result<Option<Content>, JobError> {
    let Some(sign_up) = platform.store.sign_up(id).await? else { return Ok(None) };
    if platform.store.user_by_email(&mail.to).await?.is_some() {
        platform.store.forget_sign_up(id).await?;
        let sign_in_link = &page(&platform.public_url, "sign-in");
        return Ok(Some(render(&AccountMail::AccountExists { sign_in_link, reset_link })));
    }
    let (link, expires) = link(platform, LinkPurpose::SignUp { id }).await?;
    Ok(Some(render(&AccountMail::VerifySignUp { tenant_name: &sign_up.tenant_name, link: &link, expires })))
}

async fn reset_password(platform: &Platform, to: &Email) -> Result<Option<Content>, JobError> {
    let user = platform.store.user_by_email(to).await?;
    let Some(user) = user.filter(|user| user.password_hash.is_some()) else { return Ok(None) };
    let purpose = LinkPurpose::ResetPassword {
        user: user.id,
        email: user.email.clone(),
        password_changed_at: user.password_changed_at,
    };
    let (link, expires) = link(platform, purpose).await?;
    Ok(Some(render(&AccountMail::ResetPassword { name: Some(&user.name), link: &link, expires })))
}

/// Whether one more mail of a kind may go to an address: so many a day of all tenants, and one of each in any case, or some
/// tenants could use up what another needs.
async fn admits(platform: &Platform, tenant: TenantId, to: &Email, what: &str, most: u64) -> Result<bool, JobError> {
    let own = subject("mails-of", &format!("{what} {tenant} {to}"));
    let is_first = platform.store.count_request(&own, DAY).await? == 1;
    let in_all = may_mail(platform, to, what, most, DAY).await.map_err(|problem| problem.detail().to_owned())?;
    Ok(is_first || in_all)
}

async fn confirm_recipient(platform: &Platform, tenant: TenantId, to: &Email) -> Result<Option<Content>, JobError> {
    let (owner, recipient) = tokio::try_join!(platform.store.tenant(tenant), platform.store.recipient(tenant, to))?;
    let Some(owner) = owner.filter(|owner| owner.deleted_at.is_none()) else { return Ok(None) };
    if recipient.is_none_or(|recipient| recipient.consent != Consent::Pending) {
        return Ok(None);
    }
    let purpose = LinkPurpose::ConfirmRecipient { tenant, email: to.clone() };
    let (link, expires) = link(platform, purpose).await?;
    Ok(Some(render(&AccountMail::ConfirmRecipient { tenant_name: &owner.name, link: &link, expires })))
}

async fn confirm_email(platform: &Platform, to: &Email, user: Option<User>) -> Result<Option<Content>, JobError> {
    // Whoever has the address is not bothered, whoever wants it is not told.
    if platform.store.user_by_email(to).await?.is_some() {
        return Ok(None);
    }
    let Some(user) = user else { return Ok(None) };
    let purpose =
        LinkPurpose::ConfirmEmail { user: user.id, email: to.clone(), password_changed_at: user.password_changed_at };
    let (link, expires) = link(platform, purpose).await?;
    Ok(Some(render(&AccountMail::ConfirmEmail { address: to, link: &link, expires })))
}

/// The invitation names the one link that is good, so that a later mail makes an earlier one void.
async fn invitation(platform: &Platform, tenant: TenantId, id: InvitationId) -> Result<Option<Content>, JobError> {
    let purpose = LinkPurpose::Invitation { tenant, id };
    if platform.store.tenant(tenant).await?.is_none_or(|tenant| tenant.deleted_at.is_some()) {
        return Ok(None);
    }
    // It is read anew when somebody changes it just then.
    let sent = platform.store.retry(|| async {
        let Some(mut invitation) = platform.store.invitation(tenant, id).await? else { return Ok(None) };
        let new = NewLink::new(platform);
        let expires = platform.now() + purpose.life();
        let mut transaction = platform.store.transaction();
        transaction.create_link(&new.hash, &Link { purpose: purpose.clone(), expires_at: expires })?;
        transaction.forget_invitation_link(&invitation);
        (invitation.link, invitation.expires_at) = (Some(new.hash.clone()), expires);
        transaction.replace_invitation(&mut invitation)?;
        transaction.commit().await?;
        let url = new.url(platform, &purpose);
        Ok::<_, JobError>(Some(render(&AccountMail::Invitation {
            tenant_name: &invitation.tenant_name,
            invited_by: &invitation.invited_by_name,
            role: invitation.role,
            link: &url,
            expires,
        })))
    });
    sent.await
}
