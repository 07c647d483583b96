//! A silence as people enter it, whether they make one, change one, or ask what it would mute.

use std::collections::BTreeSet;

use jiff::Timestamp;
use platform_core::account::Account;
use platform_core::alert::Person;
use platform_core::ids::{AccountId, RuleId, SilenceId, TenantId};
use platform_core::rule::{Rule, Severity};
use platform_core::silence::{MAX_SILENCES, Matchers, Silence, Weekday, Weekly};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rule_input::evaluate_now;
use crate::silence_things::Things;

/// A silence as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SilenceInput)]
pub(crate) struct SilenceInput {
    #[schema(example = "The Frankfurt site moves", max_length = 100)]
    pub(crate) name: String,
    #[schema(max_length = 1000)]
    pub(crate) comment: Option<String>,
    pub(crate) matchers: MatchersInput,
    /// Now if absent, or as it was.
    pub(crate) starts_at: Option<Timestamp>,
    /// In the future; at most 90 days after the start, 366 if it recurs.
    pub(crate) ends_at: Timestamp,
    /// Mutes only in these windows; all the time if absent.
    pub(crate) recurrence: Option<WeeklyInput>,
    /// True if absent, or as it was.
    pub(crate) enabled: Option<bool>,
}

/// What a silence mutes: what all of these say together, or everything. One must be there.
#[derive(Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SilenceMatchersInput)]
pub(crate) struct MatchersInput {
    /// Only these rules.
    #[schema(max_items = 50)]
    rule_ids: Option<Vec<Uuid>>,
    /// Only rules of these severities.
    severities: Option<Vec<Severity>>,
    /// Only in these accounts.
    #[schema(max_items = 50)]
    account_ids: Option<Vec<Uuid>>,
    /// Only what is about these groups of the one account that is named: rules that look at no other, and their peers.
    /// NetBird's ids.
    #[schema(max_items = 20)]
    group_ids: Option<Vec<String>>,
    /// Only what is about these peers of the one account that is named, or those of the groups. NetBird's ids.
    #[schema(max_items = 20)]
    peer_ids: Option<Vec<String>>,
    /// Every rule in every account, also whether an account can be read.
    everything: Option<bool>,
}

/// A window that comes again every week. It begins when the clocks of its place show `from`, and lasts so many minutes.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SilenceRecurrence)]
pub(crate) struct WeeklyInput {
    /// On which days it begins.
    #[schema(min_items = 1, max_items = 7)]
    pub(crate) days: Vec<Weekday>,
    /// At which time of the day. Where the clocks skip it, as much later as they are put forward; where they show it twice,
    /// the first time.
    #[schema(example = "22:00", min_length = 5, max_length = 5)]
    pub(crate) from: String,
    #[schema(example = 240, minimum = 1, maximum = 1440)]
    pub(crate) minutes: u32,
    /// The place, by its IANA name.
    #[schema(example = "Europe/Berlin", max_length = 64)]
    pub(crate) time_zone: String,
}

impl From<WeeklyInput> for Weekly {
    fn from(input: WeeklyInput) -> Self {
        let WeeklyInput { days, from, minutes, time_zone } = input;
        Self { days, from, minutes, time_zone }.tidied()
    }
}

/// What a silence may name.
pub(crate) struct Nameable {
    pub(crate) rules: Vec<Rule>,
    pub(crate) accounts: Vec<Account>,
}

impl Nameable {
    /// What a tenant has.
    pub(crate) async fn of(platform: &Platform, tenant: TenantId) -> Result<Self, Problem> {
        let (rules, accounts) = tokio::try_join!(platform.store.rules(tenant), platform.store.accounts(tenant))?;
        Ok(Self { rules, accounts })
    }
}

/// A silence that is there, and what it may name.
pub(crate) async fn find(platform: &Platform, tenant: TenantId, id: SilenceId) -> Result<(Silence, Nameable), Problem> {
    let (silence, names) = tokio::try_join!(
        async { platform.store.silence(tenant, id).await.map_err(Problem::from) },
        Nameable::of(platform, tenant),
    )?;
    Ok((silence.ok_or_else(|| Problem::not_found("silence"))?, names))
}

impl MatchersInput {
    /// What they say, and the lists in which their groups and peers were found. What is named must be there, or have been named
    /// before.
    pub(crate) async fn read(
        self,
        platform: &Platform,
        names: &Nameable,
        (tenant, before): (TenantId, &Matchers),
        problems: &mut Problems,
    ) -> Result<(Matchers, Things), Problem> {
        let severities = self.severities.unwrap_or_default();
        let named = (self.rule_ids.unwrap_or_default(), severities, self.account_ids.unwrap_or_default());
        let ids = |some: Option<Vec<String>>| some.unwrap_or_default().into_iter().collect();
        let mut matchers = Matchers {
            groups: ids(self.group_ids),
            peers: ids(self.peer_ids),
            everything: self.everything.unwrap_or(false),
            ..matchers(named, names, before, problems)
        };
        let things = Things::of(platform, tenant, &matchers).await?;
        let account = names.accounts.iter().find(|account| matchers.accounts.contains(&account.id));
        if let Some(account) = account.filter(|_| matchers.accounts.len() == 1) {
            things.name(&mut matchers, before, &account.name, problems);
        }
        Ok((matchers, things))
    }
}

/// What names rules, severities and accounts. Each must be there, or have been named before.
pub(crate) fn matchers(
    (rule_ids, severities, account_ids): (Vec<Uuid>, Vec<Severity>, Vec<Uuid>),
    names: &Nameable,
    before: &Matchers,
    problems: &mut Problems,
) -> Matchers {
    let mut rules = BTreeSet::new();
    for (place, rule) in rule_ids.into_iter().map(RuleId::from_uuid).enumerate() {
        let is_there = before.rules.contains(&rule) || names.rules.iter().any(|one| one.id == rule);
        problems.require(is_there, &format!("/matchers/ruleIds/{place}"), "is not a rule");
        rules.insert(rule);
    }
    let mut accounts = BTreeSet::new();
    for (place, account) in account_ids.into_iter().map(AccountId::from_uuid).enumerate() {
        let is_there = before.accounts.contains(&account) || names.accounts.iter().any(|one| one.id == account);
        problems.require(is_there, &format!("/matchers/accountIds/{place}"), "is not a connected account");
        accounts.insert(account);
    }
    Matchers { rules, severities: severities.into_iter().collect(), accounts, ..Matchers::default() }
}

/// A silence of which nothing was entered yet.
pub(crate) fn blank(id: SilenceId, tenant: TenantId, created_by: Person, now: Timestamp) -> Silence {
    Silence {
        id,
        tenant,
        name: String::new(),
        comment: String::new(),
        matchers: Matchers::default(),
        starts_at: now,
        ends_at: now,
        recurrence: None,
        enabled: true,
        created_at: now,
        created_by,
        updated_at: now,
        version: 1,
    }
}

impl SilenceInput {
    /// What a silence becomes by what was entered, if nothing is wrong with it.
    pub(crate) async fn write(
        self,
        platform: &Platform,
        before: Silence,
        names: &Nameable,
    ) -> Result<(Silence, Things), Problem> {
        let (mut problems, now) = (Problems::default(), platform.now());
        let whose = (before.tenant, &before.matchers);
        let (matchers, things) = self.matchers.read(platform, names, whose, &mut problems).await?;
        let silence = Silence {
            name: self.name,
            comment: self.comment.unwrap_or_default(),
            matchers,
            starts_at: self.starts_at.unwrap_or(before.starts_at),
            ends_at: self.ends_at,
            recurrence: self.recurrence.map(Weekly::from),
            enabled: self.enabled.unwrap_or(before.enabled),
            updated_at: now,
            ..before
        };
        silence.check(now, &mut problems);
        problems.finish().map_err(Problem::validation)?;
        Ok((Silence { name: silence.name.trim().to_owned(), ..silence }, things))
    }
}

/// Refuses one more than a tenant may have. Those that are over do not count.
pub(crate) fn refuse_more(silences: &[Silence], now: Timestamp) -> Result<(), Problem> {
    if silences.iter().filter(|silence| !silence.is_over(now)).count() >= MAX_SILENCES {
        let why = format!("a tenant may have at most {MAX_SILENCES} silences that are not over");
        return Err(Problem::conflict(why));
    }
    Ok(())
}

/// A silence as the audit trail tells of it.
pub(crate) fn audited(silence: &Silence) -> Value {
    let matchers = &silence.matchers;
    json!({
        "name": silence.name, "comment": silence.comment, "when": silence.when(), "startsAt": silence.starts_at,
        "endsAt": silence.ends_at, "recurrence": silence.recurrence, "enabled": silence.enabled,
        "ruleIds": matchers.rules, "severities": matchers.severities, "accountIds": matchers.accounts,
        "groupIds": matchers.groups, "peerIds": matchers.peers, "everything": matchers.everything,
    })
}

/// Has the accounts evaluated at once in which a silence mutes something, or did before it was changed: nobody waits for
/// the next tick to hear of what it held.
pub(crate) async fn look_again(platform: &Platform, accounts: &[Account], silence: &Silence, before: &Silence) {
    let reached = accounts.iter().map(|account| account.id);
    let reached = reached.filter(|account| silence.matchers.reach(*account) || before.matchers.reach(*account));
    evaluate_now(platform, silence.tenant, reached).await;
}
