//! One evaluation of an account's rules, and how its results are written: each in one transaction.

use std::collections::BTreeSet;
use std::sync::Arc;

use platform_core::account::{Account, SyncState};
use platform_core::alert::{Alert, AlertHistory, AlertStatus};
use platform_core::audit::Actor;
use platform_core::channel::Addressee;
use platform_core::condition::Observation;
use platform_core::episode::Episode;
use platform_core::escalation::Escalation;
use platform_core::evaluate::{Ending, RuleState, Transition, evaluate};
use platform_core::finding::{Finding, Recovery};
use platform_core::ids::{AlertId, RuleId, TenantId};
use platform_core::intent::{Intent, told};
use platform_core::known_group::{Directory, KnownGroup, recognise};
use platform_core::missing_group::{GroupsTold, Missing, compare, names};
use platform_core::network::{Group, GroupRef, Peer};
use platform_core::observed::Lists;
use platform_core::reach::Model;
use platform_core::rule::{ACCOUNT_UNREACHABLE, Rule};
use platform_core::silence::{Muted, Quiet};
use platform_runtime::Platform;
use platform_store::rules::Standing;
use platform_store::trail_limits::Limited;
use platform_store::{Result, StoreError, Transaction};
use serde_json::json;

use crate::escalation::grown;
use crate::routing::Routing;

/// What is known of an account while its rules are evaluated.
pub(crate) struct Evaluation<'a> {
    pub(crate) platform: &'a Platform,
    pub(crate) tenant: TenantId,
    pub(crate) account: &'a Account,
    pub(crate) sync: &'a SyncState,
    /// Whether what is known is fresh.
    pub(crate) is_current: bool,
    pub(crate) peers: &'a [Peer],
    /// None if they are not known.
    pub(crate) groups: Option<Arc<Vec<Group>>>,
    pub(crate) lists: &'a Lists,
    /// Who reaches whom, where a rule looks at that.
    pub(crate) access: Option<&'a Model<'a>>,
    /// The silences that mute something.
    pub(crate) quiet: Quiet,
    /// The routes of alerts.
    pub(crate) routing: Routing,
}

/// What is remembered of a rule beside where it stands as a whole.
pub(crate) struct Of<'a> {
    /// Peers that went together.
    pub(crate) episodes: &'a [Episode],
    /// Groups that it looks at by themselves.
    pub(crate) groups: Vec<RuleState>,
}

impl<'a> Of<'a> {
    pub(crate) fn rule(standing: &'a Standing, rule: RuleId) -> Self {
        Self { episodes: standing.episodes_of(rule), groups: standing.groups_of(rule) }
    }
}

impl Evaluation<'_> {
    pub(crate) fn seen<'a>(&'a self, groups: &'a [KnownGroup]) -> Observation<'a> {
        Observation {
            account: self.account.id,
            account_name: &self.account.name,
            sync: self.sync,
            peers: self.peers,
            groups,
            lists: self.lists,
            access: self.access,
            since: self.account.created_at,
            quiet: Some(&self.quiet),
        }
    }

    /// Evaluates a rule that covers the account.
    pub(crate) async fn evaluate(&self, rule: &Rule, state: Option<&RuleState>, of: &Of<'_>) -> Result<()> {
        let now = self.platform.now();
        let mut before = state.cloned().unwrap_or_else(|| RuleState::new(rule, self.account.id, now));
        let groups = self.groups_of(rule, &before);
        let groups_edition = if self.is_current && rule.enabled { rule.groups_edition } else { before.groups_edition };
        let seen = self.seen(&groups);
        // What is news of groups waits until the rule is not muted any more: it is still so then.
        let told = compare(rule, &self.account.name, &before, &groups, now);
        // Each alert in a transaction of its own: two would count in the same items.
        if let Some(what) = told.filter(|what| !what.is_news() || seen.mutes_rule(rule).is_none()) {
            let mut step = self.step(rule);
            let missing = self.tell_groups(rule, &before, &groups, what, &mut step).await?;
            before = RuleState { groups: groups.clone(), groups_edition, missing, ..before };
            step.commit(self, &mut before).await?;
        }
        let (next, transition) = evaluate(rule, &before, seen, now);
        let mut next = RuleState { groups: groups.clone(), groups_edition, ..next };
        match transition {
            Some(transition) => self.take(rule, &before, &mut next, seen, transition).await?,
            None if next == before => {}
            None => self.platform.store.write_state(self.tenant, &mut next).await?,
        }
        let told_before = |state: &RuleState| state.alert.is_some() && !state.is_of(rule);
        let was_told = rule.enabled && (told_before(&before) || of.groups.iter().any(told_before));
        let looked = self.look(rule, &mut next, of.episodes, was_told).await?;
        self.escalate(rule, seen, next, looked.standing(of.episodes)).await?;
        let by_group = self.look_at_groups(rule, seen, &of.groups).await;
        looked.conflict.and(by_group)
    }

    /// Takes the step that a rule's condition as a whole asks for.
    pub(crate) async fn take(
        &self,
        rule: &Rule,
        before: &RuleState,
        next: &mut RuleState,
        seen: Observation<'_>,
        transition: Transition,
    ) -> Result<()> {
        let now = self.platform.now();
        let mut step = self.step(rule);
        match transition {
            Transition::Fire(finding) => {
                let muted = seen.mutes(rule, &finding);
                let about = self.about(rule, seen.groups, finding.affected.peers.iter().map(|peer| peer.id.as_str()));
                let what = (finding, before.group.clone());
                next.alert = Some(self.fire(rule, what, Tells::unless(muted), &about, &mut step).await?.0.id);
            }
            Transition::Mute(finding) => {
                if let Some(alert) = self.active(before.alert).await? {
                    self.mute(alert, seen.mutes(rule, &finding), finding, &mut step)?;
                }
            }
            Transition::Note(finding) => {
                if let Some(alert) = self.active(before.alert).await? {
                    self.note(alert, finding, &mut step)?;
                }
            }
            Transition::Grow(finding) => {
                if let Some(mut alert) = self.active(before.alert).await? {
                    next.escalation = grown(next.escalation, &alert, now);
                    if let Ok(row) = alert.grow(finding, now) {
                        self.tell_of(rule, alert, row, next.escalation, &mut step).await?;
                    }
                }
            }
            Transition::Reopen(finding) => {
                if let Some(alert) = self.active(before.alert).await? {
                    self.reopen(rule, alert, finding, next.escalation, &mut step).await?;
                }
            }
            Transition::Repeat(finding) => {
                if let Some(alert) = self.active(before.alert).await? {
                    self.remind(rule, alert, finding, next.escalation, &mut step).await?;
                }
            }
            Transition::Resolve(Ending::Recovered) => {
                next.alert = None;
                // Somebody may have resolved it by hand meanwhile; then only the state moves on.
                if let Some(alert) = self.active(before.alert).await? {
                    let recovery = rule.condition.watch().recovery(&alert.affected, seen, now);
                    self.recover(alert, recovery, &mut step).await?;
                }
            }
            Transition::Resolve(ending) => {
                next.alert = None;
                self.end(before.alert, ending, &mut step).await?;
            }
        }
        step.commit(self, next).await
    }

    /// Ends what is left of a rule that does not watch this account any more.
    pub(crate) async fn leave(&self, state: &RuleState, of: &Of<'_>, ending: Ending) -> Result<()> {
        let mut state = state.clone();
        for group in &of.groups {
            let mut step = Step::new(self.platform.store.transaction());
            self.end(group.alert, ending, &mut step).await?;
            step.transaction.forget_state(self.tenant, group);
            step.take().await?;
        }
        for episode in of.episodes {
            let mut step = Step::new(self.platform.store.transaction());
            self.end(Some(episode.alert), ending, &mut step).await?;
            step.transaction.forget_episode(self.tenant, episode);
            step.take().await?;
        }
        if let Some(missing) = state.missing.take() {
            let mut step = Step::new(self.platform.store.transaction());
            self.end(Some(missing.alert), ending, &mut step).await?;
            step.commit(self, &mut state).await?;
        }
        let mut step = Step::new(self.platform.store.transaction());
        self.end(state.alert, ending, &mut step).await?;
        step.transaction.forget_state(self.tenant, &state);
        step.take().await
    }

    /// A step that is taken if account and rule are as they were read: what a rule no longer says is not told.
    pub(crate) fn step(&self, rule: &Rule) -> Step<'_> {
        let mut transaction = self.platform.store.transaction();
        transaction.require_account(self.tenant, self.account.id);
        if rule.id != ACCOUNT_UNREACHABLE {
            transaction.require_rule(rule);
        }
        Step::new(transaction)
    }

    /// The groups that a rule names, as they are known now.
    fn groups_of(&self, rule: &Rule, before: &RuleState) -> Vec<KnownGroup> {
        // One that is switched off looks at nothing, and what is old says nothing new.
        let named = rule.condition.watch().named_groups();
        if !rule.enabled || !self.is_current || named.is_empty() {
            return before.groups.iter().filter(|group| named.contains(&&group.named)).cloned().collect();
        }
        let directory = Directory { groups: self.groups.as_deref().map(Vec::as_slice), peers: self.peers };
        recognise(rule, &before.groups, directory, before.groups_edition != rule.groups_edition)
    }

    /// Opens an alert, and tells of it if that is wanted.
    pub(crate) async fn fire(
        &self,
        rule: &Rule,
        (finding, group): (Finding, Option<GroupRef>),
        tells: Tells<'_>,
        about: &BTreeSet<String>,
        step: &mut Step<'_>,
    ) -> Result<(Alert, AlertHistory)> {
        let now = self.platform.now();
        let id = AlertId::new(now, self.platform.entropy.as_ref());
        // A tenant that is gone has nobody to tell.
        let tenant = self.platform.store.tenant(self.tenant).await?.ok_or(StoreError::Conflict)?;
        let (mut alert, mut row) = Alert::open(id, rule, self.account, finding, tenant.alert_retention, now);
        alert.group = group;
        // Of an alert that tells nobody at first, too: somebody may be told when it grows, or is opened again.
        alert.routed = self.routes_of(rule, about).await?;
        let told = match tells {
            Tells::Everybody => self.told_of(rule, &mut alert, &mut row, None).await?,
            Tells::Nobody => Vec::new(),
            Tells::Later(muted) => {
                alert.begin_muted(&mut row, muted);
                Vec::new()
            }
        };
        step.transaction.create_alert(&alert, &row)?;
        self.note_act(&alert, "alert.trigger", &row, step).await?;
        self.tell(&alert, &row, told, step)?;
        step.done.push(Done::Fired(alert.clone(), rule.condition.name()));
        Ok((alert, row))
    }

    /// It only says how it is now.
    pub(crate) fn note(&self, mut alert: Alert, finding: Finding, step: &mut Step<'_>) -> Result<()> {
        alert.note(finding);
        step.transaction.update_alert(&mut alert)
    }

    /// Tells again that it is still so, unless somebody is on it.
    pub(crate) async fn remind(
        &self,
        rule: &Rule,
        alert: Alert,
        finding: Finding,
        escalation: Option<Escalation>,
        step: &mut Step<'_>,
    ) -> Result<()> {
        match alert.status {
            AlertStatus::Open => self.repeat(rule, alert, finding, Some(escalation), step).await,
            _ => self.note(alert, finding, step),
        }
    }

    /// Notes how it is now, and tells it if that is wanted, as far as it escalated.
    async fn repeat(
        &self,
        rule: &Rule,
        mut alert: Alert,
        finding: Finding,
        tells: Option<Option<Escalation>>,
        step: &mut Step<'_>,
    ) -> Result<()> {
        let row = alert.repeat(finding, self.platform.now());
        if let Some(escalation) = tells {
            return self.tell_of(rule, alert, row, escalation, step).await;
        }
        step.transaction.replace_alert(&mut alert, &row)
    }

    /// Writes what happened to an alert, and tells it on the channels of its rule, as far as it escalated, and of its routes.
    async fn tell_of(
        &self,
        rule: &Rule,
        mut alert: Alert,
        mut row: AlertHistory,
        escalation: Option<Escalation>,
        step: &mut Step<'_>,
    ) -> Result<()> {
        let told = self.told_of(rule, &mut alert, &mut row, escalation).await?;
        step.transaction.replace_alert(&mut alert, &row)?;
        self.tell(&alert, &row, told, step)
    }

    /// Nobody hears of it before it is not muted any more.
    pub(crate) fn mute(
        &self,
        mut alert: Alert,
        muted: Option<Muted<'_>>,
        finding: Finding,
        step: &mut Step<'_>,
    ) -> Result<()> {
        alert.note(finding);
        match muted.map(|muted| alert.mute(muted, self.platform.now())) {
            Some(Ok(row)) => step.transaction.replace_alert(&mut alert, &row),
            Some(Err(_)) | None => step.transaction.update_alert(&mut alert),
        }
    }

    /// The time is over in which nobody wanted to hear of it.
    pub(crate) async fn reopen(
        &self,
        rule: &Rule,
        mut alert: Alert,
        finding: Finding,
        escalation: Option<Escalation>,
        step: &mut Step<'_>,
    ) -> Result<()> {
        alert.note(finding);
        let why = alert.silence.as_ref().map(|silence| format!("The silence “{}” mutes it no longer.", silence.name));
        match alert.reopen(None, why, self.platform.now()) {
            Ok(row) => self.tell_of(rule, alert, row, escalation, step).await,
            // Somebody wanted to hear of it before.
            Err(_) => step.transaction.update_alert(&mut alert),
        }
    }

    /// What an alert told is over, and this is how it is now.
    pub(crate) async fn recover(&self, mut alert: Alert, recovery: Recovery, step: &mut Step<'_>) -> Result<()> {
        match alert.recover(recovery, self.platform.now()) {
            Ok(row) => self.write_end(alert, &row, step).await,
            Err(_) => Ok(()),
        }
    }

    /// Ends an alert, if it is not over, for a reason that is not in the network.
    pub(crate) async fn end(&self, alert: Option<AlertId>, ending: Ending, step: &mut Step<'_>) -> Result<()> {
        let Some(mut alert) = self.active(alert).await? else { return Ok(()) };
        match alert.resolve(None, ending.reason().map(str::to_owned), self.platform.now()) {
            Ok(row) => self.write_end(alert, &row, step).await,
            Err(_) => Ok(()),
        }
    }

    /// Whoever was told that it fired is told that it is over.
    async fn write_end(&self, mut alert: Alert, row: &AlertHistory, step: &mut Step<'_>) -> Result<()> {
        step.transaction.replace_alert(&mut alert, row)?;
        self.note_act(&alert, "alert.resolve", row, step).await?;
        let told = told(&self.platform.store.intents_of(self.tenant, alert.id).await?);
        self.tell(&alert, row, told, step)?;
        step.done.push(Done::Resolved(alert));
        Ok(())
    }

    /// What the platform does of its own accord is in the trail, as if somebody had done it by hand: so many alerts a day, for a
    /// network can flap as it likes. Each alert has its history in any case.
    async fn note_act(&self, alert: &Alert, action: &str, row: &AlertHistory, step: &mut Step<'_>) -> Result<()> {
        let after = json!({ "status": alert.status, "ruleName": alert.rule_name, "message": row.message });
        let entry = self.platform.audit_entry(self.tenant, Actor::platform(), action, alert.id, (None, Some(after)));
        match self.platform.store.within_day(Limited::Alerts, entry).await? {
            Some(entry) => step.transaction.audit(&entry),
            None => Ok(()),
        }
    }

    /// Tells of groups that are missing, or no longer are. Returns what was told then.
    async fn tell_groups(
        &self,
        rule: &Rule,
        before: &RuleState,
        groups: &[KnownGroup],
        what: GroupsTold,
        step: &mut Step<'_>,
    ) -> Result<Option<Missing>> {
        let told = before.missing.as_ref().map(|missing| missing.alert);
        let about = self.about(rule, groups, std::iter::empty());
        let alert = match what {
            GroupsTold::Lost(finding) => {
                Some(self.fire(rule, (finding, None), Tells::Everybody, &about, step).await?.0.id)
            }
            GroupsTold::Changed { finding, more } => match self.active(told).await? {
                Some(alert) => {
                    self.repeat(rule, alert, finding, more.then_some(None), step).await?;
                    told
                }
                // Somebody resolved it by hand: only what is news opens another.
                None if more => Some(self.fire(rule, (finding, None), Tells::Everybody, &about, step).await?.0.id),
                None => told,
            },
            GroupsTold::Found(recovery) => {
                if let Some(alert) = self.active(told).await? {
                    self.recover(alert, recovery, step).await?;
                }
                None
            }
            GroupsTold::Over(ending) => {
                self.end(told, ending, step).await?;
                None
            }
        };
        Ok(alert.map(|alert| Missing { alert, names: names(groups) }))
    }

    pub(crate) fn tell(
        &self,
        alert: &Alert,
        row: &AlertHistory,
        told: Vec<Addressee>,
        step: &mut Step<'_>,
    ) -> Result<()> {
        for to in told {
            step.transaction.create_intent(&Intent::new(alert, row, to, self.platform.now()))?;
        }
        Ok(())
    }

    /// An alert that is not over.
    pub(crate) async fn active(&self, alert: Option<AlertId>) -> Result<Option<Alert>> {
        let Some(alert) = alert else { return Ok(None) };
        Ok(self.platform.store.alert(self.tenant, alert).await?.filter(|alert| alert.status.is_active()))
    }
}

/// Whom an alert that fires tells.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Tells<'a> {
    /// Everybody whom its rule tells.
    Everybody,
    /// Nobody: it was so before the rule watched.
    Nobody,
    /// Nobody before it is not muted any more.
    Later(Muted<'a>),
}

impl<'a> Tells<'a> {
    /// Everybody, unless it is muted.
    pub(crate) fn unless(muted: Option<Muted<'a>>) -> Self {
        muted.map_or(Tells::Everybody, Tells::Later)
    }
}

/// What is written at once, and what is to be said of it when it is.
pub(crate) struct Step<'a> {
    pub(crate) transaction: Transaction<'a>,
    done: Vec<Done>,
}

impl<'a> Step<'a> {
    pub(crate) fn new(transaction: Transaction<'a>) -> Self {
        Self { transaction, done: Vec::new() }
    }

    /// Takes it, together with where the rule stands then.
    pub(crate) async fn commit(mut self, evaluation: &Evaluation<'_>, state: &mut RuleState) -> Result<()> {
        self.transaction.write_state(evaluation.tenant, state)?;
        self.take().await
    }

    /// Takes it.
    pub(crate) async fn take(self) -> Result<()> {
        self.transaction.commit().await?;
        self.done.iter().for_each(Done::log);
        Ok(())
    }
}

enum Done {
    Fired(Alert, &'static str),
    Resolved(Alert),
}

impl Done {
    fn log(&self) {
        match self {
            Done::Fired(alert, condition) => {
                metrics::counter!("alerts_triggered_total", "condition" => *condition, "severity" => alert.severity.name()).increment(1);
                tracing::info!(alert.id = %alert.id, rule.id = %alert.rule, account.id = %alert.account, "alert fired");
            }
            Done::Resolved(alert) => {
                tracing::info!(alert.id = %alert.id, rule.id = %alert.rule, account.id = %alert.account, "alert resolved");
            }
        }
    }
}
