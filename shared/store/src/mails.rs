//! Mails about accounts that wait to be sent: an outbox like that of notifications, in the same index of what is due.

use platform_core::ids::MailId;
use platform_core::mail::Mail;

use crate::{Item, Result, Store, Transaction, keys};

impl Transaction<'_> {
    /// A mail to be sent once the rest is written.
    pub fn create_mail(&mut self, mail: &Mail) -> Result<()> {
        self.create(item(mail)?);
        Ok(())
    }
}

fn item(mail: &Mail) -> Result<Item> {
    let item = Item::new(&keys::mail(mail.id), mail)?;
    Ok(item
        .indexed(keys::mail_due_shard(mail.id), keys::due_at(mail.due, &keys::mail(mail.id)))
        .expiring(mail.created_at + Mail::LIFE))
}

impl Store {
    /// A mail that waits.
    pub async fn mail(&self, id: MailId) -> Result<Option<Mail>> {
        self.get(&keys::mail(id)).await
    }

    /// Replaces a mail that must be as it was read.
    pub async fn replace_mail(&self, mail: &mut Mail) -> Result<()> {
        self.replace(mail, item).await
    }

    /// Forgets a mail: it was sent, or never will be.
    pub async fn forget_mail(&self, id: MailId) -> Result<()> {
        self.delete(&keys::mail(id)).await
    }
}
