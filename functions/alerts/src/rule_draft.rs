//! A rule as it is to be written, by whichever way it was entered: checked against what the tenant has.

use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::evaluate::RuleState;
use platform_core::ids::{AccountId, RuleId, TenantId, UserId};
use platform_core::rule::{Notification, Rule};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::receiver::Secrets;
use uuid::Uuid;

use crate::notification_input::{NotificationChange, check};
use crate::rule_channels;
use crate::rule_ends::name_ends;
use crate::rule_escalation::{self, EscalationStepInput};
use crate::rule_groups::{GroupLists, Known, evaluated, find, shown_names};
use crate::rule_input::Entered;
use crate::rule_logins;
use crate::rule_users::{self, UserLists};

/// A rule that is sound.
pub(crate) struct Draft<'a> {
    pub(crate) rule: Rule,
    /// Its groups, as each account has them.
    pub(crate) known: Known<'a>,
    /// Its webhook's signing secret, if that is new.
    pub(crate) secret: Option<String>,
}

/// What was entered of a rule: what it watches for, and whom it tells.
pub(crate) struct Whole {
    pub(crate) entered: Entered,
    pub(crate) told: Told,
}

/// Whom a rule tells, as it was entered.
pub(crate) struct Told {
    pub(crate) notification: NotificationChange,
    pub(crate) channels: Option<Vec<Uuid>>,
    pub(crate) escalation: Option<Vec<EscalationStepInput>>,
}

/// Where rules are drafted, one or many: what is read for one is there for the next.
pub(crate) struct Desk<'a> {
    platform: &'a Platform,
    lists: GroupLists<'a>,
    users: UserLists<'a>,
    /// Whether what is secret is sealed, to be written.
    seals: bool,
}

impl<'a> Desk<'a> {
    /// For rules of a tenant that are to be written.
    pub(crate) fn of(platform: &'a Platform, tenant: TenantId) -> Self {
        let (lists, users) = (GroupLists::of(platform, tenant), UserLists::of(platform, tenant));
        Self { platform, lists, users, seals: true }
    }

    /// The time.
    pub(crate) fn now(&self) -> Timestamp {
        self.platform.now()
    }

    /// For a caller who has a turn to read lists already.
    pub(crate) fn within_turn(self) -> Self {
        Self { users: self.users.within_turn(), ..self }
    }

    /// For rules that are only tried: what is secret is checked, and kept nowhere.
    pub(crate) fn only_tried(self) -> Self {
        Self { seals: false, ..self }
    }
}

/// How the groups are named in what was entered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// As they are called now. The same names as are shown are the same groups.
    Shown,
    /// As the rule calls them, too, which is as they were called when they were chosen.
    Kept,
}

fn ids(accounts: &[Account]) -> Vec<AccountId> {
    accounts.iter().map(|account| account.id).collect()
}

/// A new rule. `None` if something is wrong with it, which is recorded.
pub(crate) async fn made<'a>(
    desk: &Desk<'_>,
    (tenant, by): (TenantId, UserId),
    accounts: &'a [Account],
    whole: Whole,
    problems: &mut Problems,
) -> Result<Option<Draft<'a>>, Problem> {
    let platform = desk.platform;
    let now = platform.now();
    let mut rule = Rule {
        id: RuleId::new(now, platform.entropy.as_ref()),
        enabled: true,
        created_by: by,
        // What follows is as it was entered.
        ..Rule::account_unreachable(tenant, now)
    };
    let is_readable = whole.entered.write(&mut rule, &ids(accounts), problems);
    name_ends(platform, &mut rule, problems).await?;
    let told = (whole.told, &Notification::default());
    finish(desk, rule, told, (accounts, &[]), is_readable, problems).await
}

/// What becomes of a rule. `None` if something is wrong with it, which is recorded.
pub(crate) async fn changed<'a>(
    desk: &Desk<'_>,
    before: &Rule,
    accounts: &'a [Account],
    whole: Whole,
    naming: Naming,
    problems: &mut Problems,
) -> Result<Option<Draft<'a>>, Problem> {
    let platform = desk.platform;
    let now = platform.now();
    let states = platform.store.states_of_rule(before.tenant, before.id, &ids(accounts)).await?;
    let mut rule = Rule { updated_at: now, ..before.clone() };
    let is_readable = whole.entered.write(&mut rule, &ids(accounts), problems);
    name_ends(platform, &mut rule, problems).await?;
    let (named, kept) = (rule.condition.watch().named_groups(), before.condition.watch().named_groups());
    let shown = shown_names(before, &evaluated(before, accounts, &states));
    if named.iter().copied().eq(&shown) || naming == Naming::Kept && named == kept {
        // They are the same groups, whatever they were called when they were chosen.
        let kept = kept.into_iter().cloned().collect();
        rule.condition = rule.condition.with_names(kept);
    } else {
        rule.groups_edition += 1;
    }
    if begins_anew(before, &rule) {
        rule.begin_anew(now);
    }
    let told = (whole.told, &before.notification);
    finish(desk, rule, told, (accounts, &states), is_readable, problems).await
}

async fn finish<'a>(
    desk: &Desk<'_>,
    mut rule: Rule,
    (told, present): (Told, &Notification),
    (accounts, states): (&'a [Account], &[RuleState]),
    is_readable: bool,
    problems: &mut Problems,
) -> Result<Option<Draft<'a>>, Problem> {
    let Desk { platform, lists, users, seals } = desk;
    let secrets = Secrets::of_rule(platform, &rule);
    let secrets = if *seals { secrets } else { secrets.only_tried() };
    let checked = check(platform, &secrets, told.notification, present, problems)?;
    rule.escalation = rule_escalation::read(told.escalation, problems);
    rule.channels = rule_channels::find(platform, &rule, told.channels, problems).await?;
    let known = if is_readable { find(lists, &rule, accounts, states, problems).await? } else { Vec::new() };
    if is_readable {
        rule_logins::check(platform, &rule, accounts, problems).await?;
        rule_users::check(users, &rule, accounts, problems).await?;
    }
    let Some(checked) = checked else { return Ok(None) };
    rule.notification = checked.notification;
    Ok(is_readable.then_some(Draft { rule, known, secret: checked.secret }))
}

/// Whether the rule watches for something else, elsewhere, or calls it worse or better than before.
fn begins_anew(before: &Rule, rule: &Rule) -> bool {
    let said = |rule: &Rule| {
        (rule.severity, rule.enabled, rule.account, rule.for_minutes, rule.keep_firing_minutes, rule.groups_edition)
    };
    before.condition != rule.condition || said(before) != said(rule)
}
