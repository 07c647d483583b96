//! Writing a changed second factor.

use platform_core::mail::MailAbout;
use platform_core::tenancy::User;
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_identity::account;
use platform_runtime::Platform;

/// Writes a user whose second factor was changed, with a mail to them, and tells each of their tenants' audit trails.
pub(crate) async fn write(
    platform: &Platform,
    caller: &Caller,
    mut user: User,
    action: &str,
    about: MailAbout,
) -> Result<(), Problem> {
    let memberships = platform.store.memberships(user.id).await?;
    let mut transaction = platform.store.transaction();
    transaction.replace_user(&mut user)?;
    transaction.create_mail(&platform.mail_about(user.email.clone(), about))?;
    account::audit(platform, &mut transaction, &memberships, &caller.actor(), action, &(None, None))?;
    Ok(transaction.commit().await?)
}

pub(crate) fn no_second_factor() -> Problem {
    Problem::conflict("there is no second factor")
}
