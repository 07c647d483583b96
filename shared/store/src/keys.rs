//! Keys of the one table. The only place that spells them.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use platform_core::account::Resource;
use platform_core::ids::{
    AccountId, AlertId, ApiTokenId, InvitationId, MailId, RuleId, SessionId, SignUpId, TenantId, UserId,
};
use platform_core::sso::Slug;
use platform_core::tenancy::Email;
use serde::Deserialize;

use crate::quotas::Quota;

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize)]
pub struct Key {
    /// Partition.
    pub pk: String,
    /// Place in it.
    pub sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }
}

/// Partition of a tenant's own items.
pub fn tenant_partition(tenant: TenantId) -> String {
    format!("TENANT#{tenant}")
}

/// The tenant whose own partition a key lies in.
pub fn tenant_of(key: &Key) -> Option<TenantId> {
    key.pk.strip_prefix("TENANT#")?.parse().ok()
}

/// Partition of what is known of one account.
pub fn account_partition(tenant: TenantId, account: AccountId) -> String {
    format!("TENANT#{tenant}#ACCOUNT#{account}")
}

/// The tenant.
pub fn tenant(tenant: TenantId) -> Key {
    Key::new(tenant_partition(tenant), "TENANT")
}

/// A user's place in a tenant.
pub fn member(tenant: TenantId, user: UserId) -> Key {
    Key::new(tenant_partition(tenant), format!("{MEMBER}{user}"))
}

/// A user.
pub fn user(user: UserId) -> Key {
    Key::new(user_partition(user), "USER")
}

/// Partition of a user, and index partition of their memberships.
pub fn user_partition(user: UserId) -> String {
    format!("USER#{user}")
}

/// A session.
pub fn session(user: UserId, session: SessionId) -> Key {
    Key::new(user_partition(user), format!("{SESSION}{session}"))
}

/// Keeps an address unique, and finds its user.
pub fn email(email: &Email) -> Key {
    Key::new(format!("EMAIL#{email}"), "EMAIL")
}

/// Prefix of a tenant's members.
pub const MEMBER: &str = "MEMBER#";

/// Prefix of a user's sessions.
pub const SESSION: &str = "SESSION#";

/// Prefix of a tenant's open invitations.
pub const INVITATION: &str = "INVITATION#";

/// An invitation.
pub fn invitation(tenant: TenantId, invitation: InvitationId) -> Key {
    Key::new(tenant_partition(tenant), format!("{INVITATION}{invitation}"))
}

/// Keeps an address from being invited twice into one tenant.
pub fn invited(tenant: TenantId, email: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("INVITED#{email}"))
}

/// A sign-up that waits for its link.
pub fn sign_up(id: SignUpId) -> Key {
    Key::new(format!("SIGNUP#{id}"), "SIGNUP")
}

/// What a link in a mail is good for, by the SHA-256 of its token.
pub fn link(hash: &str) -> Key {
    Key::new(format!("LINK#{hash}"), "LINK")
}

/// Prefix of mails that wait; the stream is filtered by it.
pub const MAIL: &str = "MAIL#";

/// A mail that waits.
pub fn mail(id: MailId) -> Key {
    Key::new(format!("{MAIL}{id}"), format!("{MAIL}{id}"))
}

/// Index partition of a mail that waits, among the intents that do.
pub fn mail_due_shard(id: MailId) -> String {
    due_partition(u32::from(id.uuid().as_bytes()[15]) % DUE_SHARDS)
}

/// Whether an item is one of the outbox: on AWS the stream's filter says the same.
pub fn is_outbox(key: &Key) -> bool {
    // Summaries wait for their time, so the sweeper finds them.
    key.sk.starts_with(INTENT) || key.sk.starts_with(MAIL)
}

/// Prefix of a tenant's API tokens.
pub const API_TOKEN: &str = "APITOKEN#";

/// Prefix of a member's API tokens.
pub fn api_tokens_of(user: UserId) -> String {
    format!("{API_TOKEN}{user}#")
}

/// An API token as its owner sees it.
pub fn api_token(tenant: TenantId, user: UserId, token: ApiTokenId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{token}", api_tokens_of(user)))
}

/// Prefix of the partitions of API tokens as requests find them: every function may count uses there, and only there.
pub const TOKEN_USE: &str = "TOKEN#";

/// An API token as a request finds it, by its SHA-256.
pub fn token_use(hash: &str) -> Key {
    Key::new(format!("{TOKEN_USE}{hash}"), "TOKEN")
}

/// A tenant's sign-in by its identity provider.
pub fn sso(tenant: TenantId) -> Key {
    Key::new(tenant_partition(tenant), "SSO")
}

/// Keeps a slug unique, and finds its tenant.
pub fn slug(slug: &Slug) -> Key {
    Key::new(format!("SLUG#{slug}"), "SLUG")
}

/// A sign-in at an identity provider that somebody began, by the SHA-256 of its state.
pub fn sso_state(hash: &str) -> Key {
    Key::new(format!("SSOSTATE#{hash}"), "SSOSTATE")
}

/// Prefix of who is who at a tenant's identity provider.
pub const IDENTITY: &str = "IDENTITY#";

/// Whom somebody at a tenant's identity provider is here, by the SHA-256 of issuer and subject.
pub fn sso_identity(tenant: TenantId, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{IDENTITY}{hash}"))
}

/// Partition of tenants that are being deleted.
pub const DELETED_TENANTS: &str = "DELETED";

/// Passes of what a tenant may have only so many of.
pub fn quota(tenant: TenantId, quota: Quota) -> Key {
    let what = match quota {
        Quota::Accounts => "accounts".to_owned(),
        Quota::Rules => "rules".to_owned(),
        Quota::Members => "members".to_owned(),
        Quota::ApiTokens(user) => format!("apitokens#{user}"),
        Quota::Recipients => "recipients".to_owned(),
    };
    Key::new(tenant_partition(tenant), format!("QUOTA#{what}"))
}

/// A tenant whose things are being deleted.
pub fn deleted_tenant(tenant: TenantId) -> Key {
    Key::new(DELETED_TENANTS, format!("TENANT#{tenant}"))
}

/// Prefix of people who lost a place in a tenant, among the tenants that are being deleted.
pub const LEAVER: &str = "LEAVER#";

/// Somebody who lost a place in a tenant, and perhaps their last one.
pub fn leaver(tenant: TenantId, user: UserId) -> Key {
    Key::new(DELETED_TENANTS, format!("{LEAVER}{tenant}#{user}"))
}

/// How often somebody guessed. `subject` is a digest, never an address.
pub fn attempts(subject: &str) -> Key {
    Key::new(format!("THROTTLE#{subject}"), "ATTEMPTS")
}

/// A counter of requests in a window. `subject` is a digest, never an address.
pub fn throttle(subject: &str, window: i64) -> Key {
    Key::new(format!("THROTTLE#{subject}"), format!("{window:012}"))
}

/// That the first tenant was made.
pub fn setup() -> Key {
    Key::new("PLATFORM", "SETUP")
}

/// A public key that verifies access tokens.
pub fn token_key(kid: &str) -> Key {
    Key::new("PLATFORM", format!("TOKENKEY#{kid}"))
}

/// Shards of the registry of active accounts: dispatch reads them all, writes spread over them.
pub const REGISTRY_SHARDS: u32 = 4;

/// Partition of one shard of the registry.
pub fn registry_partition(shard: u32) -> String {
    format!("REGISTRY#{shard:02}")
}

/// An account's entry in the registry.
pub fn registry(account: AccountId) -> Key {
    // The last byte of a UUIDv7 is random, so accounts spread evenly.
    let shard = u32::from(account.uuid().as_bytes()[15]) % REGISTRY_SHARDS;
    Key::new(registry_partition(shard), format!("ACCOUNT#{account}"))
}

/// Prefix of a tenant's accounts.
pub const ACCOUNT: &str = "ACCOUNT#";

/// A connected account.
pub fn account(tenant: TenantId, account: AccountId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ACCOUNT}{account}"))
}

/// How syncing it goes. In the tenant's partition, so that an overview of all accounts is one query.
pub fn sync(tenant: TenantId, account: AccountId) -> Key {
    Key::new(tenant_partition(tenant), format!("SYNC#{account}"))
}

/// The list of a snapshot's chunks.
pub fn manifest(tenant: TenantId, account: AccountId, resource: Resource) -> Key {
    Key::new(account_partition(tenant, account), format!("SNAP#{}", resource_name(resource)))
}

/// One chunk of a snapshot. `revision` is unique to the write that made it: chunks are never overwritten.
pub fn chunk(tenant: TenantId, account: AccountId, resource: Resource, index: usize, revision: &str) -> Key {
    Key::new(account_partition(tenant, account), format!("CHUNK#{}#{index:04}#{revision}", resource_name(resource)))
}

fn resource_name(resource: Resource) -> &'static str {
    match resource {
        Resource::Peers => "peers",
        Resource::Events => "events",
        Resource::Groups => "groups",
        Resource::Users => "users",
        Resource::Policies => "policies",
    }
}

/// Prefix of an account's events.
pub const EVENT: &str = "EVENT#";

/// An event of NetBird's activity log.
pub fn event(tenant: TenantId, account: AccountId, at: Timestamp, id: u64) -> Key {
    Key::new(account_partition(tenant, account), format!("{EVENT}{}#{id:020}", sortable(at)))
}

/// How many of an account's events are kept, by day. Not among those that begin as events do.
pub fn event_counts(tenant: TenantId, account: AccountId) -> Key {
    Key::new(account_partition(tenant, account), "EVENTCOUNTS")
}

/// A change of a peer's status.
pub fn peer_log(tenant: TenantId, account: AccountId, peer: &str, at: Timestamp, what: &str) -> Key {
    Key::new(account_partition(tenant, account), format!("PEER#{peer}#{}#{what}", sortable(at)))
}

/// Prefix of a tenant's rules.
pub const RULE: &str = "RULE#";

/// A rule.
pub fn rule(tenant: TenantId, rule: RuleId) -> Key {
    Key::new(tenant_partition(tenant), format!("{RULE}{rule}"))
}

/// Prefix of the states of all rules for one account.
pub fn state_prefix(account: AccountId) -> String {
    format!("STATE#{account}#")
}

/// A rule's state for one account.
pub fn state(tenant: TenantId, account: AccountId, rule: RuleId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{rule}", state_prefix(account)))
}

/// Prefix of a tenant's alerts. Ids sort by time.
pub const ALERT: &str = "ALERT#";

/// An alert.
pub fn alert(tenant: TenantId, alert: AlertId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ALERT}{alert}"))
}

/// Index partition of a tenant's alerts that are not resolved.
pub fn active_alerts(tenant: TenantId) -> String {
    format!("TENANT#{tenant}#ACTIVE")
}

/// A row of an alert's history.
pub fn history(tenant: TenantId, alert: AlertId, number: u32) -> Key {
    Key::new(tenant_partition(tenant), format!("HISTORY#{alert}#{number:06}"))
}

/// Prefix of notification intents; the stream is filtered by it.
pub const INTENT: &str = "INTENT#";

/// A notification intent.
pub fn intent(tenant: TenantId, key: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{INTENT}{key}"))
}

/// How a receiver of webhooks that hangs does, by a digest of its address.
pub fn receiver(tenant: TenantId, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("RECEIVER#{hash}"))
}

/// Prefix of recipients who are not members.
pub const RECIPIENT: &str = "RECIPIENT#";

/// A recipient who is not a member.
pub fn recipient(tenant: TenantId, email: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("{RECIPIENT}{email}"))
}

/// Prefix of summaries that wait to be sent.
pub const DIGEST: &str = "DIGEST#";

/// What a recipient is to be told in one message.
pub fn digest(tenant: TenantId, to: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("{DIGEST}{to}"))
}

/// Prefix of an alert's intents.
pub fn intents_of(alert: AlertId) -> String {
    format!("{INTENT}{alert}_")
}

/// Shards of the index of intents that wait to be sent.
pub const DUE_SHARDS: u32 = 4;

/// Index partition of one shard of waiting intents.
pub fn due_partition(shard: u32) -> String {
    format!("DUE#{shard}")
}

/// Index partition of a waiting intent of this tenant.
pub fn due_shard(tenant: TenantId) -> String {
    due_partition(u32::from(tenant.uuid().as_bytes()[15]) % DUE_SHARDS)
}

/// An entry of the audit trail.
pub fn audit(tenant: TenantId, at: Timestamp, id: platform_core::ids::AuditId) -> Key {
    let month = at.to_zoned(TimeZone::UTC).date();
    Key::new(audit_partition(tenant, month), format!("{}#{id}", sortable(at)))
}

/// Partition of a month of the audit trail, by any of its days.
pub fn audit_partition(tenant: TenantId, month: Date) -> String {
    format!("TENANT#{tenant}#AUDIT#{}", month.strftime("%Y%m"))
}

/// Place in the index of what is due, unlike any other's at the same moment.
pub fn due_at(due: Timestamp, key: &Key) -> String {
    format!("{}#{}#{}", sortable(due), key.pk, key.sk)
}

/// Place in the index after everything that is due by then.
pub fn due_until(now: Timestamp) -> String {
    format!("{}~", sortable(now))
}

/// A time as text that sorts as the time does: always UTC, always milliseconds.
pub fn sortable(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_sort_as_text() {
        let earlier: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
        let later: Timestamp = "2026-01-01T00:00:00.5Z".parse().unwrap();
        assert!(sortable(earlier) < sortable(later));
        assert_eq!(sortable(later), "2026-01-01T00:00:00.500Z");
    }
}
