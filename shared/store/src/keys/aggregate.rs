//! What an item is, read from its key: the way back from what the other files here spell.

use std::str::FromStr;

use jiff::Timestamp;
use platform_core::ids::{
    AccountId, AlertId, AlertRouteId, ApiTokenId, AuditExportId, AuditId, ChannelId, InvitationId, MailId, ProposalId,
    ReviewId, RotaId, RuleId, SessionId, SignUpId, SilenceId, TenantId, UserId,
};
use platform_core::resource::Resource;
use platform_core::tenancy::Email;

use super::{Key, account, alert, live, outbox, platform, tenant, user};

/// What an item is, with what its key says of it. Digests that keys hold are left out: whoever hears of a change needs
/// none of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Aggregate {
    /// The tenant itself.
    Tenant,
    /// A user's place in the tenant.
    Member(UserId),
    /// An invitation.
    Invitation(InvitationId),
    /// That an address is invited.
    Invited(Email),
    /// An API token as its owner sees it.
    ApiToken(UserId, ApiTokenId),
    /// The settings of its identity provider.
    Sso,
    /// Whom somebody at its identity provider is here.
    SsoIdentity,
    /// An entry of the audit trail, with its time to the millisecond.
    Audit(Timestamp, AuditId),
    /// A seal of the audit trail, by its number in its month.
    Seal(u64),
    /// A request that was asked once.
    Idempotency,
    /// A pass of what there may be only so many of.
    Quota,
    /// A connected account.
    Account(AccountId),
    /// How syncing an account goes.
    Sync(AccountId),
    /// What syncs of an account keep for the overview.
    Synced(AccountId),
    /// The list of a snapshot's chunks: with it a snapshot is turned.
    Snapshot(AccountId, Resource),
    /// A chunk of a snapshot, which nobody sees before the list names it.
    SnapshotChunk(AccountId, Resource),
    /// An event of NetBird's activity log, by its number there.
    Event(AccountId, u64),
    /// How many events of an account are kept.
    EventCounts(AccountId),
    /// Changes of peer status that one sync found, or a part of them, by when it did.
    Transitions(AccountId, Timestamp, usize),
    /// Changes of an account's configuration that one sync found.
    Changes(AccountId),
    /// A sync of an account that changed something, failed, or took unusually long.
    LoggedSync(AccountId),
    /// What is recorded of an account in numbers.
    Metrics(AccountId),
    /// What a tenant pushed of its own of an account.
    OwnMetrics(AccountId),
    /// An account's entry in the registry of those that are synced.
    Registry(AccountId),
    /// A rule.
    Rule(RuleId),
    /// A silence.
    Silence(SilenceId),
    /// A channel of the tenant.
    Channel(ChannelId),
    /// A proposal, as lists show it.
    Proposal(ProposalId),
    /// The rest of a proposal.
    ProposalText(ProposalId),
    /// An access review, as lists show it.
    Review(ReviewId),
    /// The rest of an access review but its rows.
    ReviewText(ReviewId),
    /// A part of an access review's rows.
    ReviewPart(ReviewId, usize),
    /// An export of the audit trail.
    AuditExport(AuditExportId),
    /// That sending by a channel fails.
    ChannelTrouble(ChannelId),
    /// That sending by a channel of a rule's own fails.
    OwnTrouble(RuleId),
    /// A route of alerts.
    AlertRoute(AlertRouteId),
    /// That a tenant has routes.
    Routed,
    /// An on-call rota.
    Rota(RotaId),
    /// A rule's state for one account.
    RuleState(AccountId, RuleId),
    /// A rule's state for one group of one account.
    GroupState(AccountId, RuleId),
    /// Peers that a rule found gone together in an account, by the alert that tells of them.
    Episode(AccountId, RuleId, AlertId),
    /// An alert.
    Alert(AlertId),
    /// Peers that an alert was ever about.
    AlertPeers(AlertId),
    /// An alert's entry in a list.
    AlertEntry(AlertId),
    /// A row of an alert's history.
    AlertHistory(AlertId, u32),
    /// Numbers of alerts.
    Tally,
    /// How a receiver of webhooks does.
    Receiver,
    /// A recipient who is not a member.
    Recipient(Email),
    /// That a link is one of a message about an alert.
    AlertLink,
    /// A notification intent, by its key.
    Intent(String),
    /// The entry of an intent, by its key, in the log of deliveries.
    Delivery(String),
    /// A recipient's summary.
    Digest(Email),
    /// A mail about an account of a person.
    Mail(MailId),
    /// An open connection.
    Connection,
    /// Where the tenant's messages are.
    Live,
    /// A socket, by whose it is.
    Socket(UserId),
    /// What the tenant's sockets were told.
    Told(u64),
    /// That somebody watches a tenant.
    Watched(TenantId),
    /// A user.
    User(UserId),
    /// A session.
    Session(UserId, SessionId),
    /// That an address is somebody's.
    Email(Email),
    /// A sign-up that waits.
    SignUp(SignUpId),
    /// What a link in a mail is good for.
    Link,
    /// An API token as requests find it.
    TokenUse,
    /// That a slug is some tenant's.
    Slug,
    /// A sign-in at an identity provider that somebody began.
    SsoState,
    /// How often somebody guessed or asked.
    Throttle,
    /// That a tenant's things are being deleted.
    DeletedTenant(TenantId),
    /// That an account's things are being deleted.
    DeletedAccount(TenantId, AccountId),
    /// That somebody lost a place in a tenant.
    Leaver(TenantId, UserId),
    /// That the first tenant was made.
    Setup,
    /// A public key that verifies access tokens.
    TokenKey,
}

impl Key {
    /// What it is the key of, and in which tenant's partitions that lies. `None` for a key that this version does not spell.
    pub fn names(&self) -> Option<(Option<TenantId>, Aggregate)> {
        let sort = self.sk.as_str();
        let (kind, rest) = self.pk.split_once('#').unwrap_or((&self.pk, ""));
        if kind != "TENANT" {
            let what = match kind {
                "USER" => user::of_user(rest.parse().ok()?, sort),
                "MAIL" => outbox::named_mail(sort),
                "CONNECTION" => (sort == "CONNECTION").then_some(Aggregate::Connection),
                "WATCHED" => live::of_watched(sort),
                "REGISTRY" => account::registered(sort),
                "DELETED" => platform::deleted(sort),
                "PLATFORM" => platform::of_platform(sort),
                _ => user::finding(kind, rest),
            };
            return Some((None, what?));
        }
        let (tenant, below) = rest.split_once('#').map_or((rest, None), |(tenant, below)| (tenant, Some(below)));
        let what = match below.map(|below| below.split_once('#')) {
            None => tenant::own(sort)
                .or_else(|| account::of_tenant(sort))
                .or_else(|| alert::of_tenant(sort))
                .or_else(|| outbox::of_tenant(sort))
                .or_else(|| live::of_tenant(sort)),
            Some(Some(("ACCOUNT", account))) => account::of_account(account.parse().ok()?, sort),
            Some(Some(("AUDIT", _))) => tenant::of_trail(sort),
            Some(_) => None,
        };
        Some((Some(tenant.parse().ok()?), what?))
    }
}

/// Two ids with a mark between them.
pub(super) fn pair<A: FromStr, B: FromStr>(text: &str) -> Option<(A, B)> {
    let (first, second) = text.split_once('#')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}

/// What comes after the last mark.
pub(super) fn last<T: FromStr>(text: &str) -> Option<T> {
    text.rsplit_once('#')?.1.parse().ok()
}
