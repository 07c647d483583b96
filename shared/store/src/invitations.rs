//! Invitations into a tenant that were not accepted yet.

use std::collections::HashMap;

use aws_sdk_dynamodb::types::AttributeValue;
use jiff::Timestamp;
use platform_core::ids::{InvitationId, TenantId};
use platform_core::invitation::Invitation;
use serde::{Deserialize, Serialize};

use crate::{Item, Query, Result, Store, Transaction, keys};

/// Keeps an address from being invited twice at a time.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Invited {
    invitation: InvitationId,
    /// Seconds since 1970; the database may keep the item for a while after that.
    ends_at: i64,
}

impl Transaction<'_> {
    /// Invites an address. Conflicts while it is invited.
    pub fn create_invitation(&mut self, invitation: &Invitation, now: Timestamp) -> Result<()> {
        self.create(item(invitation)?);
        let values = HashMap::from([(":now".to_owned(), AttributeValue::N(now.as_second().to_string()))]);
        self.put_if(invited(invitation)?, Some(("attribute_not_exists(pk) OR endsAt <= :now".to_owned(), values)));
        Ok(())
    }

    /// Replaces an invitation. The address stays the same.
    pub fn replace_invitation(&mut self, invitation: &mut Invitation) -> Result<()> {
        self.replace(invitation, item)?;
        self.put(invited(invitation)?);
        Ok(())
    }

    /// Takes an invitation as it was read: it is accepted or revoked. Conflicts if somebody changed or took it.
    pub fn take_invitation(&mut self, invitation: &Invitation) {
        self.take_at(&keys::invitation(invitation.tenant, invitation.id), invitation.version);
        self.delete(&keys::invited(invitation.tenant, &invitation.email));
    }

    /// Makes the link that was sent last void.
    pub fn forget_invitation_link(&mut self, invitation: &Invitation) {
        if let Some(hash) = &invitation.link {
            self.delete(&keys::link(hash));
        }
    }
}

fn item(invitation: &Invitation) -> Result<Item> {
    let key = keys::invitation(invitation.tenant, invitation.id);
    Ok(Item::new(&key, invitation)?.expiring(invitation.expires_at))
}

fn invited(invitation: &Invitation) -> Result<Item> {
    let value = Invited { invitation: invitation.id, ends_at: invitation.expires_at.as_second() };
    Ok(Item::new(&keys::invited(invitation.tenant, &invitation.email), &value)?.expiring(invitation.expires_at))
}

impl Store {
    /// An invitation that is still good.
    pub async fn invitation(&self, tenant: TenantId, id: InvitationId) -> Result<Option<Invitation>> {
        self.get(&keys::invitation(tenant, id)).await
    }

    /// A tenant's invitations that are still good, oldest first.
    pub async fn invitations(&self, tenant: TenantId) -> Result<Vec<Invitation>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::INVITATION).consistent()).await?.items)
    }

    /// Replaces an invitation that must be as it was read, and nothing that depends on its end.
    pub async fn replace_invitation(&self, invitation: &mut Invitation) -> Result<()> {
        self.replace(invitation, item).await
    }
}
