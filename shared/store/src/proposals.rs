//! Proposals. What no list needs of them lies in an item of its own, which is good for as long as the first one's version.

use platform_core::ids::{ProposalId, TenantId};
use platform_core::proposal::{Proposal, ProposalText};

use crate::{Item, Query, Result, Store, StoreError, Transaction, keys, watch};

/// One that is over is kept for a while, and then forgotten.
fn expiring(item: Item, proposal: &Proposal) -> Item {
    match proposal.keep_until {
        Some(end) => item.expiring(end),
        None => item,
    }
}

fn item(proposal: &Proposal) -> Result<Item> {
    Ok(expiring(Item::new(&keys::proposal(proposal.tenant, proposal.id), proposal)?, proposal))
}

impl Transaction<'_> {
    /// Makes a proposal.
    pub fn create_proposal(&mut self, proposal: &Proposal, text: &ProposalText) -> Result<()> {
        self.create(item(proposal)?);
        self.put_text(proposal, text)
    }

    /// Replaces a proposal that must be as it was read.
    pub fn replace_proposal(&mut self, proposal: &mut Proposal, text: &ProposalText) -> Result<()> {
        self.replace(proposal, item)?;
        self.put_text(proposal, text)
    }

    /// Removes a proposal, which must be as it was read.
    pub fn remove_proposal(&mut self, proposal: &Proposal) -> Result<()> {
        let key = keys::proposal(proposal.tenant, proposal.id);
        // A request names an edition, and not how often somebody said something.
        if watch::required_of(&key).is_some_and(|required| required != proposal.edition()) {
            return Err(StoreError::Precondition { version: proposal.edition() });
        }
        self.take_exactly(&key, proposal.version);
        self.delete(&keys::proposal_text(proposal.tenant, proposal.id));
        Ok(())
    }

    fn put_text(&mut self, proposal: &Proposal, text: &ProposalText) -> Result<()> {
        let item = Item::new(&keys::proposal_text(proposal.tenant, proposal.id), text)?;
        self.put(expiring(item, proposal));
        Ok(())
    }
}

impl Store {
    /// A tenant's proposals, oldest first, those that are over among them.
    pub async fn proposals(&self, tenant: TenantId) -> Result<Vec<Proposal>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::PROPOSAL).consistent()).await?.items)
    }

    /// A proposal with all that is in it.
    pub async fn proposal(&self, tenant: TenantId, id: ProposalId) -> Result<Option<(Proposal, ProposalText)>> {
        // The first is read first: of one that is written meanwhile the version does not fit, and no write goes by it.
        let Some(proposal) = self.get(&keys::proposal(tenant, id)).await? else { return Ok(None) };
        let text = self.get(&keys::proposal_text(tenant, id)).await?;
        Ok(text.map(|text| (proposal, text)))
    }
}
