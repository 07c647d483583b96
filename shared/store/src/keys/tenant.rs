//! Keys of a tenant's own things: its people, their API tokens, its identity provider, its trail.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use platform_core::ids::{ApiTokenId, AuditExportId, AuditId, InvitationId, ProposalId, ReviewId, TenantId, UserId};
use platform_core::tenancy::Email;

use super::aggregate::pair;
use super::{Aggregate, Key, sortable};
use crate::quotas::Quota;

/// Partition of a tenant's own items.
pub(crate) fn tenant_partition(tenant: TenantId) -> String {
    format!("TENANT#{tenant}")
}

/// The tenant.
pub(crate) fn tenant(tenant: TenantId) -> Key {
    Key::new(tenant_partition(tenant), "TENANT")
}

/// A user's place in a tenant.
pub(crate) fn member(tenant: TenantId, user: UserId) -> Key {
    Key::new(tenant_partition(tenant), format!("{MEMBER}{user}"))
}

/// Prefix of a tenant's members.
pub(crate) const MEMBER: &str = "MEMBER#";

/// Prefix of a tenant's open invitations.
pub(crate) const INVITATION: &str = "INVITATION#";

/// An invitation.
pub(crate) fn invitation(tenant: TenantId, invitation: InvitationId) -> Key {
    Key::new(tenant_partition(tenant), format!("{INVITATION}{invitation}"))
}

/// Keeps an address from being invited twice into one tenant.
pub(crate) fn invited(tenant: TenantId, email: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("INVITED#{email}"))
}

/// Prefix of a tenant's API tokens.
pub(crate) const API_TOKEN: &str = "APITOKEN#";

/// Prefix of a member's API tokens.
pub(crate) fn api_tokens_of(user: UserId) -> String {
    format!("{API_TOKEN}{user}#")
}

/// An API token as its owner sees it.
pub(crate) fn api_token(tenant: TenantId, user: UserId, token: ApiTokenId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{token}", api_tokens_of(user)))
}

/// A tenant's sign-in by its identity provider.
pub(crate) fn sso(tenant: TenantId) -> Key {
    Key::new(tenant_partition(tenant), "SSO")
}

/// Prefix of who is who at a tenant's identity provider.
pub(crate) const IDENTITY: &str = "IDENTITY#";

/// Whom somebody at a tenant's identity provider is here, by the SHA-256 of issuer and subject.
pub(crate) fn sso_identity(tenant: TenantId, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{IDENTITY}{hash}"))
}

/// A key under which somebody asked for something, by its SHA-256.
pub(crate) fn idempotency(tenant: TenantId, user: UserId, operation: &str, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("IDEMPOTENCY#{user}#{operation}#{hash}"))
}

/// Prefix of a tenant's proposals, as lists show them.
pub(crate) const PROPOSAL: &str = "PROPOSAL#";

/// A proposal, as lists show it.
pub(crate) fn proposal(tenant: TenantId, proposal: ProposalId) -> Key {
    Key::new(tenant_partition(tenant), format!("{PROPOSAL}{proposal}"))
}

/// The rest of a proposal.
pub(crate) fn proposal_text(tenant: TenantId, proposal: ProposalId) -> Key {
    Key::new(tenant_partition(tenant), format!("PROPOSALTEXT#{proposal}"))
}

/// Prefix of a tenant's access reviews, as lists show them.
pub(crate) const REVIEW: &str = "REVIEW#";

/// An access review, as lists show it.
pub(crate) fn review(tenant: TenantId, review: ReviewId) -> Key {
    Key::new(tenant_partition(tenant), format!("{REVIEW}{review}"))
}

/// The rest of an access review but its rows.
pub(crate) fn review_text(tenant: TenantId, review: ReviewId) -> Key {
    Key::new(tenant_partition(tenant), format!("REVIEWTEXT#{review}"))
}

/// Prefix of the parts of an access review's rows.
pub(crate) fn review_parts(review: ReviewId) -> String {
    format!("REVIEWPART#{review}#")
}

/// A part of an access review's rows.
pub(crate) fn review_part(tenant: TenantId, review: ReviewId, part: usize) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{part:03}", review_parts(review)))
}

/// Prefix of a tenant's exports of its audit trail.
pub(crate) const AUDIT_EXPORT: &str = "AUDITEXPORT#";

/// An export of the audit trail.
pub(crate) fn audit_export(tenant: TenantId, export: AuditExportId) -> Key {
    Key::new(tenant_partition(tenant), format!("{AUDIT_EXPORT}{export}"))
}

/// Passes of what a tenant may have only so many of.
pub(crate) fn quota(tenant: TenantId, quota: Quota) -> Key {
    let what = match quota {
        Quota::Accounts => "accounts".to_owned(),
        Quota::Rules => "rules".to_owned(),
        Quota::Silences => "silences".to_owned(),
        Quota::Channels => "channels".to_owned(),
        Quota::Rotas => "rotas".to_owned(),
        Quota::Routes => "routes".to_owned(),
        Quota::Proposals => "proposals".to_owned(),
        Quota::Reviews => "reviews".to_owned(),
        Quota::Members => "members".to_owned(),
        Quota::ApiTokens(user) => format!("apitokens#{user}"),
        Quota::Recipients => "recipients".to_owned(),
        Quota::AuditExports => "auditexports".to_owned(),
    };
    Key::new(tenant_partition(tenant), format!("QUOTA#{what}"))
}

/// An entry of the audit trail.
pub(crate) fn audit(tenant: TenantId, at: Timestamp, id: AuditId) -> Key {
    let month = at.to_zoned(TimeZone::UTC).date();
    Key::new(audit_partition(tenant, month), format!("{}#{id}", sortable(at)))
}

/// How the sort keys of seals begin: behind those of entries, which begin with their time.
pub(crate) const SEAL: &str = "SEAL#";

/// A seal of the audit trail, beside the entries of its month.
pub(crate) fn seal(tenant: TenantId, month: Date, number: u64) -> Key {
    Key::new(audit_partition(tenant, month), format!("{SEAL}{number:012}"))
}

/// Partition of a month of the audit trail, by any of its days.
pub(crate) fn audit_partition(tenant: TenantId, month: Date) -> String {
    format!("TENANT#{tenant}#AUDIT#{}", month.strftime("%Y%m"))
}

/// What lies under a sort key of a tenant's partition, if it is spelled here.
pub(super) fn own(sort: &str) -> Option<Aggregate> {
    let (kind, rest) = sort.split_once('#').unwrap_or((sort, ""));
    Some(match kind {
        "TENANT" => Aggregate::Tenant,
        "MEMBER" => Aggregate::Member(rest.parse().ok()?),
        "INVITATION" => Aggregate::Invitation(rest.parse().ok()?),
        "INVITED" => Aggregate::Invited(rest.parse().ok()?),
        "APITOKEN" => pair(rest).map(|(user, token)| Aggregate::ApiToken(user, token))?,
        "SSO" => Aggregate::Sso,
        "IDENTITY" => Aggregate::SsoIdentity,
        "IDEMPOTENCY" => Aggregate::Idempotency,
        "PROPOSAL" => Aggregate::Proposal(rest.parse().ok()?),
        "PROPOSALTEXT" => Aggregate::ProposalText(rest.parse().ok()?),
        "REVIEW" => Aggregate::Review(rest.parse().ok()?),
        "REVIEWTEXT" => Aggregate::ReviewText(rest.parse().ok()?),
        "REVIEWPART" => pair(rest).map(|(review, part)| Aggregate::ReviewPart(review, part))?,
        "AUDITEXPORT" => Aggregate::AuditExport(rest.parse().ok()?),
        "QUOTA" => Aggregate::Quota,
        _ => return None,
    })
}

/// What lies under a sort key of an audit trail.
pub(super) fn of_trail(sort: &str) -> Option<Aggregate> {
    match sort.strip_prefix(SEAL) {
        Some(number) => number.parse().ok().map(Aggregate::Seal),
        None => pair(sort).map(|(at, id)| Aggregate::Audit(at, id)),
    }
}
