//! Invitations into a tenant.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::ids::{InvitationId, TenantId, UserId};
use crate::tenancy::Email;

/// Open invitations a tenant may have.
pub const MAX_INVITATIONS: usize = 100;
/// Members a tenant may have.
pub const MAX_MEMBERS: usize = 1_000;

/// An invitation that was not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// Id.
    pub id: InvitationId,
    /// Into which tenant.
    pub tenant: TenantId,
    /// The tenant's name.
    pub tenant_name: String,
    /// Who is invited.
    pub email: Email,
    /// As what.
    pub role: Role,
    /// By whom.
    pub invited_by: UserId,
    /// Their name.
    pub invited_by_name: String,
    /// SHA-256 of the one link that is good; none until it was sent, and none of an earlier sending.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// Counts writes.
    pub version: u64,
}
