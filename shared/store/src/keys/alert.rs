//! Keys of rules, alerts and whom they are told to.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use platform_core::alert::AlertStatus;
use platform_core::channel::Route;
use platform_core::ids::{AccountId, AlertId, AlertRouteId, ChannelId, RotaId, RuleId, SilenceId, TenantId};
use platform_core::rule::Severity;
use platform_core::tenancy::Email;

use super::aggregate::{last, pair};
use super::{Aggregate, Key, tenant_partition};

/// Prefix of a tenant's rules.
pub(crate) const RULE: &str = "RULE#";

/// A rule.
pub(crate) fn rule(tenant: TenantId, rule: RuleId) -> Key {
    Key::new(tenant_partition(tenant), format!("{RULE}{rule}"))
}

/// Prefix of a tenant's silences. They lie behind its rules, so that one read finds both.
pub(crate) const SILENCE: &str = "RULESILENCE#";

/// What the keys of rules and of silences begin with, and no other's.
pub(crate) const RULES_AND_SILENCES: &str = "RULE";

/// A silence.
pub(crate) fn silence(tenant: TenantId, silence: SilenceId) -> Key {
    Key::new(tenant_partition(tenant), format!("{SILENCE}{silence}"))
}

/// Prefix of a tenant's routes of alerts.
pub(crate) const ALERT_ROUTE: &str = "ALERTROUTE#";

/// A route of alerts.
pub(crate) fn alert_route(tenant: TenantId, route: AlertRouteId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ALERT_ROUTE}{route}"))
}

/// How the mark begins and ends that there are routes. It lies behind the rules, so that the read that finds these finds it.
pub(crate) const ROUTED: &str = "RULEROUTES#ANY";

/// That a tenant has routes.
pub(crate) fn routed(tenant: TenantId) -> Key {
    Key::new(tenant_partition(tenant), ROUTED)
}

/// Prefix of a tenant's channels.
pub(crate) const CHANNEL: &str = "CHANNEL#";

/// A channel of a tenant.
pub(crate) fn channel(tenant: TenantId, channel: ChannelId) -> Key {
    Key::new(tenant_partition(tenant), format!("{CHANNEL}{channel}"))
}

/// Prefix of the troubles of a tenant's channels.
pub(crate) const TROUBLE: &str = "CHANNELTROUBLE#";

/// That sending by a channel fails.
pub(crate) fn trouble(tenant: TenantId, channel: ChannelId) -> Key {
    Key::new(tenant_partition(tenant), format!("{TROUBLE}{channel}"))
}

/// Prefix of the troubles of a rule's own channels.
pub(crate) fn own_troubles(rule: RuleId) -> String {
    format!("OWNTROUBLE#{rule}#")
}

/// That sending by a channel of a rule's own fails.
pub(crate) fn own_trouble(tenant: TenantId, rule: RuleId, by: Route) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{by}", own_troubles(rule)))
}

/// Prefix of a tenant's on-call rotas.
pub(crate) const ROTA: &str = "ROTA#";

/// An on-call rota.
pub(crate) fn rota(tenant: TenantId, rota: RotaId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ROTA}{rota}"))
}

/// Prefix of the states of all rules for one account.
pub(crate) fn state_prefix(account: AccountId) -> String {
    format!("STATE#{account}#")
}

/// A rule's state for one account.
pub(crate) fn state(tenant: TenantId, account: AccountId, rule: RuleId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{rule}", state_prefix(account)))
}

/// A rule's state for one group of one account, by a digest of the group's id: where it looks at each by itself. It lies beside the
/// rule's own, so that one read finds both.
pub(crate) fn group_state(tenant: TenantId, account: AccountId, rule: RuleId, group: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{rule}#GROUP#{group}", state_prefix(account)))
}

/// Prefix of the peers that an alert was ever about.
pub(crate) fn alert_peers_of(alert: AlertId) -> String {
    format!("APART#{alert}#")
}

/// The first and the last sort key of the peers of some alerts, by the oldest and the newest of those.
pub(crate) fn alert_peers_between(oldest: AlertId, newest: AlertId) -> (String, String) {
    (alert_peers_of(oldest), format!("{}\u{10FFFF}", alert_peers_of(newest)))
}

/// The alert whose peers lie under a sort key.
pub(crate) fn alert_of_peers(sort: &str) -> Option<AlertId> {
    sort.strip_prefix("APART#")?.split_once('#')?.0.parse().ok()
}

/// A part of the peers that a row of an alert's history brought.
pub(crate) fn alert_peers(tenant: TenantId, alert: AlertId, number: u32, part: usize) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{number:06}#{part:02}", alert_peers_of(alert)))
}

/// Peers that a rule found gone together in an account. It lies beside the rule's state, so that one read finds both.
pub(crate) fn episode(tenant: TenantId, account: AccountId, rule: RuleId, alert: AlertId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{rule}#{alert}", state_prefix(account)))
}

/// Prefix of a tenant's alerts. Ids sort by time.
pub(crate) const ALERT: &str = "ALERT#";

/// An alert.
pub(crate) fn alert(tenant: TenantId, alert: AlertId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ALERT}{alert}"))
}

/// A list of alerts that finds them by something else than their age.
#[derive(Debug, Clone, Copy)]
pub(crate) enum AlertList {
    /// By status.
    Status(AlertStatus),
    /// By severity.
    Severity(Severity),
    /// By rule.
    Rule(RuleId),
    /// By account.
    Account(AccountId),
    /// By account, those that are not over, the worst first.
    Worst(AccountId),
}

/// Prefix of a list's entries.
pub(crate) fn alert_list(list: AlertList) -> String {
    match list {
        AlertList::Status(status) => format!("ALERTBY#STATUS#{}#", status.name()),
        AlertList::Severity(severity) => format!("ALERTBY#SEVERITY#{}#", severity.name()),
        AlertList::Rule(rule) => format!("ALERTBY#RULE#{rule}#"),
        AlertList::Account(account) => format!("ALERTBY#ACCOUNT#{account}#"),
        AlertList::Worst(account) => format!("ALERTBY#WORST#{account}#"),
    }
}

/// An alert's entry in a list, which is in the order of age.
pub(crate) fn alert_entry(tenant: TenantId, list: AlertList, alert: AlertId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{alert}", alert_list(list)))
}

/// An alert's entry among the worst of its account.
pub(crate) fn alert_entry_by_rank(tenant: TenantId, account: AccountId, severity: Severity, alert: AlertId) -> Key {
    let list = alert_list(AlertList::Worst(account));
    Key::new(tenant_partition(tenant), format!("{list}{}", alert_rank(severity, alert)))
}

/// An alert's place among others: the worst first, and the oldest of those.
pub(crate) fn alert_rank(severity: Severity, alert: AlertId) -> String {
    let rank = match severity {
        Severity::Critical => 0,
        Severity::High => 1,
        Severity::Medium => 2,
        Severity::Low => 3,
    };
    format!("{rank}#{alert}")
}

/// Whose alerts are counted once they are over.
#[derive(Debug, Clone, Copy)]
pub(crate) enum TallyOf {
    /// All of the tenant's.
    Tenant,
    /// An account's.
    Account(AccountId),
    /// A rule's.
    Rule(RuleId),
}

impl TallyOf {
    fn name(self) -> String {
        match self {
            TallyOf::Tenant => "TENANT".to_owned(),
            TallyOf::Account(account) => format!("ACCOUNT#{account}"),
            TallyOf::Rule(rule) => format!("RULE#{rule}"),
        }
    }
}

/// Prefix of the numbers of an account's alerts that are not over.
pub(crate) const ACTIVE_BY_ACCOUNT: &str = "TALLY#ACTIVE#ACCOUNT#";
/// Prefix of the numbers of a rule's alerts that are not over, by account.
pub(crate) const ACTIVE_BY_RULE: &str = "TALLY#ACTIVE#RULE#";

/// How many of an account's alerts are not over.
pub(crate) fn active_of_account(tenant: TenantId, account: AccountId) -> Key {
    Key::new(tenant_partition(tenant), format!("{ACTIVE_BY_ACCOUNT}{account}"))
}

/// How many of an account's alerts by one rule are not over.
pub(crate) fn active_of_rule(tenant: TenantId, rule: RuleId, account: AccountId) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{account}", active_by_rule(rule)))
}

/// Prefix of the numbers of a rule's alerts that are not over, one item an account.
pub(crate) fn active_by_rule(rule: RuleId) -> String {
    format!("{ACTIVE_BY_RULE}{rule}#")
}

/// Whether a key is that of an account's alerts by some rule.
pub(crate) fn is_active_of(key: &Key, account: AccountId) -> bool {
    key.sk.starts_with(ACTIVE_BY_RULE) && key.sk.ends_with(&account.to_string())
}

/// Whose numbers of alerts that are not over lie under a sort key.
pub(crate) fn account_of_active(sort: &str) -> Option<AccountId> {
    sort.strip_prefix(ACTIVE_BY_ACCOUNT)?.parse().ok()
}

/// Prefix of the numbers of alerts that are over, by the day when they expire.
pub(crate) fn tally_days(of: TallyOf) -> String {
    format!("TALLY#OVER#{}#", of.name())
}

/// How many alerts are over that expire at a moment.
pub(crate) fn tally_day(tenant: TenantId, of: TallyOf, expires: Timestamp) -> Key {
    let day = expires.to_zoned(TimeZone::UTC).date();
    Key::new(tenant_partition(tenant), format!("{}{day}", tally_days(of)))
}

/// Index partition of a tenant's alerts that are not resolved.
pub(crate) fn active_alerts(tenant: TenantId) -> String {
    format!("TENANT#{tenant}#ACTIVE")
}

/// Prefix of an alert's history.
pub(crate) fn history_of(alert: AlertId) -> String {
    format!("HISTORY#{alert}#")
}

/// A row of an alert's history.
pub(crate) fn history(tenant: TenantId, alert: AlertId, number: u32) -> Key {
    Key::new(tenant_partition(tenant), format!("{}{number:06}", history_of(alert)))
}

/// How a receiver of webhooks that hangs does, by a digest of its address.
pub(crate) fn receiver(tenant: TenantId, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("RECEIVER#{hash}"))
}

/// Prefix of recipients who are not members.
pub(crate) const RECIPIENT: &str = "RECIPIENT#";

/// A recipient who is not a member.
pub(crate) fn recipient(tenant: TenantId, email: &Email) -> Key {
    Key::new(tenant_partition(tenant), format!("{RECIPIENT}{email}"))
}

/// Prefix of what tells which links of messages there are of a tenant's alerts.
pub(crate) const ALERT_LINK: &str = "ALERTLINK#";

/// That a link is one of a message about an alert, by the SHA-256 of its token.
pub(crate) fn alert_link(tenant: TenantId, hash: &str) -> Key {
    Key::new(tenant_partition(tenant), format!("{ALERT_LINK}{hash}"))
}

/// What lies under a sort key of a tenant's partition, if it is spelled here.
pub(super) fn of_tenant(sort: &str) -> Option<Aggregate> {
    let (kind, rest) = sort.split_once('#')?;
    Some(match kind {
        "RULE" => Aggregate::Rule(rest.parse().ok()?),
        "RULESILENCE" => Aggregate::Silence(rest.parse().ok()?),
        "CHANNEL" => Aggregate::Channel(rest.parse().ok()?),
        "CHANNELTROUBLE" => Aggregate::ChannelTrouble(rest.parse().ok()?),
        "OWNTROUBLE" => Aggregate::OwnTrouble(rest.split_once('#')?.0.parse().ok()?),
        "ALERTROUTE" => Aggregate::AlertRoute(rest.parse().ok()?),
        "RULEROUTES" => Aggregate::Routed,
        "ROTA" => Aggregate::Rota(rest.parse().ok()?),
        "STATE" => match pair(rest) {
            Some((account, rule)) => Aggregate::RuleState(account, rule),
            None => {
                let (account, rest) = rest.split_once('#')?;
                if let Some((rule, _)) = rest.split_once("#GROUP#") {
                    return Some(Aggregate::GroupState(account.parse().ok()?, rule.parse().ok()?));
                }
                let (rule, alert) = pair(rest)?;
                Aggregate::Episode(account.parse().ok()?, rule, alert)
            }
        },
        "APART" => Aggregate::AlertPeers(rest.split_once('#')?.0.parse().ok()?),
        "ALERT" => Aggregate::Alert(rest.parse().ok()?),
        "ALERTBY" => Aggregate::AlertEntry(last(rest)?),
        "HISTORY" => pair(rest).map(|(alert, number)| Aggregate::AlertHistory(alert, number))?,
        "TALLY" => Aggregate::Tally,
        "RECEIVER" => Aggregate::Receiver,
        "ALERTLINK" => Aggregate::AlertLink,
        "RECIPIENT" => Aggregate::Recipient(rest.parse().ok()?),
        _ => return None,
    })
}
