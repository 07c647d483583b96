//! A key of every kind, with what it is the key of, for tests.

use jiff::Timestamp;
use jiff::civil::date;
use platform_core::alert::AlertStatus;
use platform_core::channel::Channel;
use platform_core::ids::{
    AccountId, AlertId, AlertRouteId, ApiTokenId, AuditExportId, AuditId, ChannelId, InvitationId, MailId, ProposalId,
    ReviewId, RotaId, RuleId, SessionId, SignUpId, SilenceId, TenantId, UserId,
};
use platform_core::live::ConnectionId;
use platform_core::resource::Resource;
use platform_core::rule::Severity;
use platform_core::tenancy::Email;
use uuid::Uuid;

use super::{Aggregate as Is, *};
use crate::quotas::Quota;

/// The tenant of all of them.
pub(crate) const TENANT: TenantId = TenantId::from_uuid(Uuid::from_u128(1));

/// A key, the function that spells it, and how it is read.
pub(crate) struct Sample {
    pub(crate) spelled_by: &'static str,
    pub(crate) key: Key,
    pub(crate) tenant: Option<TenantId>,
    pub(crate) what: Aggregate,
}

macro_rules! samples {
    ($($name:ident($($argument:expr),* $(,)?) => $tenant:expr, $what:expr;)*) => {
        vec![$(Sample { spelled_by: stringify!($name), key: $name($($argument),*), tenant: $tenant, what: $what },)*]
    };
}

pub(crate) fn samples() -> Vec<Sample> {
    let id = Uuid::from_u128;
    let (user_id, account_id, rule_id) =
        (UserId::from_uuid(id(2)), AccountId::from_uuid(id(3)), RuleId::from_uuid(id(4)));
    let (alert_id, mail_id) = (AlertId::from_uuid(id(5)), MailId::from_uuid(id(6)));
    let (invitation_id, api_token_id) = (InvitationId::from_uuid(id(7)), ApiTokenId::from_uuid(id(8)));
    let (audit_id, session_id) = (AuditId::from_uuid(id(9)), SessionId::from_uuid(id(10)));
    let (sign_up_id, silence_id) = (SignUpId::from_uuid(id(11)), SilenceId::from_uuid(id(12)));
    let proposal_id = ProposalId::from_uuid(id(14));
    let review_id = ReviewId::from_uuid(id(15));
    let export_id = AuditExportId::from_uuid(id(16));
    let channel_id = ChannelId::from_uuid(id(13));
    let connection_id = ConnectionId::parse("L0SM9cOFvHcCIhw=").unwrap();
    // A mark is allowed in an address.
    let ada: Email = "ada#1@acme.example".parse().unwrap();
    let at: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let ours = Some(TENANT);
    let intent_key = format!("{alert_id}_000002_webhook");
    samples! {
        tenant(TENANT) => ours, Is::Tenant;
        member(TENANT, user_id) => ours, Is::Member(user_id);
        invitation(TENANT, invitation_id) => ours, Is::Invitation(invitation_id);
        invited(TENANT, &ada) => ours, Is::Invited(ada.clone());
        api_token(TENANT, user_id, api_token_id) => ours, Is::ApiToken(user_id, api_token_id);
        sso(TENANT) => ours, Is::Sso;
        sso_identity(TENANT, "ab12") => ours, Is::SsoIdentity;
        idempotency(TENANT, user_id, "createRule", "ab12") => ours, Is::Idempotency;
        quota(TENANT, Quota::ApiTokens(user_id)) => ours, Is::Quota;
        quota(TENANT, Quota::Rules) => ours, Is::Quota;
        proposal(TENANT, proposal_id) => ours, Is::Proposal(proposal_id);
        proposal_text(TENANT, proposal_id) => ours, Is::ProposalText(proposal_id);
        review(TENANT, review_id) => ours, Is::Review(review_id);
        review_text(TENANT, review_id) => ours, Is::ReviewText(review_id);
        review_part(TENANT, review_id, 7) => ours, Is::ReviewPart(review_id, 7);
        audit_export(TENANT, export_id) => ours, Is::AuditExport(export_id);
        audit(TENANT, at, audit_id) => ours, Is::Audit(at, audit_id);
        seal(TENANT, date(2026, 11, 1), 12) => ours, Is::Seal(12);
        account(TENANT, account_id) => ours, Is::Account(account_id);
        sync(TENANT, account_id) => ours, Is::Sync(account_id);
        kept(TENANT, account_id, Kept::Events) => ours, Is::Synced(account_id);
        kept(TENANT, account_id, Kept::Hours) => ours, Is::Synced(account_id);
        manifest(TENANT, account_id, Resource::Peers) => ours, Is::Snapshot(account_id, Resource::Peers);
        chunk(TENANT, account_id, Resource::Groups, 3, "r1") => ours, Is::SnapshotChunk(account_id, Resource::Groups);
        event(TENANT, account_id, at, 77) => ours, Is::Event(account_id, 77);
        event_counts(TENANT, account_id) => ours, Is::EventCounts(account_id);
        transitions(TENANT, account_id, at, 1) => ours, Is::Transitions(account_id, at, 1);
        changes(TENANT, account_id, at, 1) => ours, Is::Changes(account_id);
        logged_sync(TENANT, account_id, at) => ours, Is::LoggedSync(account_id);
        metric_minutes(TENANT, account_id, 29_934_300) => ours, Is::Metrics(account_id);
        makeup_hour(TENANT, account_id, 29_934_300) => ours, Is::Metrics(account_id);
        makeup_day(TENANT, account_id, 20_787) => ours, Is::Metrics(account_id);
        metric_hours(TENANT, account_id, 20_787) => ours, Is::Metrics(account_id);
        metric_days(TENANT, account_id, date(2026, 11, 1)) => ours, Is::Metrics(account_id);
        own_book(TENANT, account_id) => ours, Is::OwnMetrics(account_id);
        own_minutes(TENANT, account_id, 29_934_300) => ours, Is::OwnMetrics(account_id);
        own_hours(TENANT, account_id, 20_787) => ours, Is::OwnMetrics(account_id);
        own_days(TENANT, account_id, date(2026, 11, 1)) => ours, Is::OwnMetrics(account_id);
        registry(account_id) => None, Is::Registry(account_id);
        rule(TENANT, rule_id) => ours, Is::Rule(rule_id);
        silence(TENANT, silence_id) => ours, Is::Silence(silence_id);
        channel(TENANT, channel_id) => ours, Is::Channel(channel_id);
        trouble(TENANT, channel_id) => ours, Is::ChannelTrouble(channel_id);
        own_trouble(TENANT, rule_id, Channel::Slack.into()) => ours, Is::OwnTrouble(rule_id);
        alert_route(TENANT, AlertRouteId::from_uuid(id(16))) => ours, Is::AlertRoute(AlertRouteId::from_uuid(id(16)));
        routed(TENANT) => ours, Is::Routed;
        rota(TENANT, RotaId::from_uuid(id(15))) => ours, Is::Rota(RotaId::from_uuid(id(15)));
        state(TENANT, account_id, rule_id) => ours, Is::RuleState(account_id, rule_id);
        group_state(TENANT, account_id, rule_id, "a group") => ours, Is::GroupState(account_id, rule_id);
        episode(TENANT, account_id, rule_id, alert_id) => ours, Is::Episode(account_id, rule_id, alert_id);
        alert_peers(TENANT, alert_id, 3, 1) => ours, Is::AlertPeers(alert_id);
        alert(TENANT, alert_id) => ours, Is::Alert(alert_id);
        alert_entry(TENANT, AlertList::Status(AlertStatus::Open), alert_id) => ours, Is::AlertEntry(alert_id);
        alert_entry_by_rank(TENANT, account_id, Severity::High, alert_id) => ours, Is::AlertEntry(alert_id);
        history(TENANT, alert_id, 12) => ours, Is::AlertHistory(alert_id, 12);
        active_of_account(TENANT, account_id) => ours, Is::Tally;
        active_of_rule(TENANT, rule_id, account_id) => ours, Is::Tally;
        tally_day(TENANT, TallyOf::Rule(rule_id), at) => ours, Is::Tally;
        receiver(TENANT, "ab12") => ours, Is::Receiver;
        recipient(TENANT, &ada) => ours, Is::Recipient(ada.clone());
        alert_link(TENANT, "5f1e") => ours, Is::AlertLink;
        intent(TENANT, &intent_key) => ours, Is::Intent(intent_key.clone());
        delivery(TENANT, at, &intent_key) => ours, Is::Delivery(intent_key.clone());
        digest(TENANT, &ada) => ours, Is::Digest(ada.clone());
        mail(mail_id) => None, Is::Mail(mail_id);
        connection(&connection_id) => None, Is::Connection;
        live(TENANT) => ours, Is::Live;
        socket(TENANT, user_id, &connection_id) => ours, Is::Socket(user_id);
        told(TENANT, 1_795_410_000_000) => ours, Is::Told(1_795_410_000_000);
        watched(TENANT) => None, Is::Watched(TENANT);
        user(user_id) => None, Is::User(user_id);
        session(user_id, session_id) => None, Is::Session(user_id, session_id);
        email(&ada) => None, Is::Email(ada.clone());
        sign_up(sign_up_id) => None, Is::SignUp(sign_up_id);
        link("ab12") => None, Is::Link;
        token_use("ab12") => None, Is::TokenUse;
        slug(&"acme".parse().unwrap()) => None, Is::Slug;
        sso_state("ab12") => None, Is::SsoState;
        attempts("ip#ab12") => None, Is::Throttle;
        throttle("ip#ab12", 7) => None, Is::Throttle;
        limited("ab12", 7) => None, Is::Throttle;
        deleted_tenant(TENANT) => None, Is::DeletedTenant(TENANT);
        deleted_account(TENANT, account_id) => None, Is::DeletedAccount(TENANT, account_id);
        leaver(TENANT, user_id) => None, Is::Leaver(TENANT, user_id);
        setup() => None, Is::Setup;
        token_key("k1") => None, Is::TokenKey;
    }
}
