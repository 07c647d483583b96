//! What a tenant may have only so many of, counted in the transaction that makes one more.
//!
//! A count that is read before the write lets parallel requests pass it by. A counter would, but drifts from what expires
//! by itself. So who makes one more takes a pass first, then counts, and hands the pass in with the write: of those who
//! counted at once, one gets through, and the others count again.

use platform_core::ids::{TenantId, UserId};
use platform_core::versioned;
use serde::{Deserialize, Serialize};

use crate::{Item, Result, Store, Transaction, keys};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// NetBird accounts.
    Accounts,
    /// Alert rules.
    Rules,
    /// Silences.
    Silences,
    /// Channels of the tenant, and their names.
    Channels,
    /// On-call rotas, and their names.
    Rotas,
    /// Routes of alerts.
    Routes,
    /// Proposals.
    Proposals,
    /// Access reviews.
    Reviews,
    /// Members, and invitations, which become members.
    Members,
    /// API tokens of one member.
    ApiTokens(UserId),
    /// Recipients of alerts who are not members.
    Recipients,
    /// Exports of the audit trail.
    AuditExports,
}

/// Leave to make one more, for the first who hands it in.
#[derive(Debug)]
pub struct Pass {
    tenant: TenantId,
    quota: Quota,
    issued: Issued,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Issued {
    version: u64,
}

versioned!(Issued);

impl Store {
    /// A pass to make one more. Count after this, not before.
    pub async fn pass(&self, tenant: TenantId, quota: Quota) -> Result<Pass> {
        let issued = self.get(&keys::quota(tenant, quota)).await?.unwrap_or_default();
        Ok(Pass { tenant, quota, issued })
    }
}

impl Transaction<'_> {
    /// Hands a pass in. Conflicts if somebody made one of the same kind since it was taken.
    pub fn hand_in(&mut self, pass: &Pass) -> Result<()> {
        let key = keys::quota(pass.tenant, pass.quota);
        self.upsert(&mut pass.issued.clone(), |issued| Item::new(&key, issued))
    }
}
