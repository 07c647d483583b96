//! Alerts that nobody acknowledges: each tells the channels of its rule's next step, in a transaction of its own.

use jiff::Timestamp;
use platform_core::alert::{Alert, AlertStatus};
use platform_core::by_group::{Part, parts};
use platform_core::channel::Addressee;
use platform_core::condition::Observation;
use platform_core::episode::Episode;
use platform_core::escalation::{Due, Escalation, words};
use platform_core::evaluate::RuleState;
use platform_core::ids::AlertId;
use platform_core::rule::Rule;
use platform_core::tenant_channel::TenantChannel;
use platform_store::{Result, StoreError};

use crate::evaluation::{Evaluation, Of, Step};

/// What became of a rule's episodes in a look.
#[derive(Debug)]
pub(crate) struct Looked {
    /// Those that were written, as they are now.
    written: Vec<Episode>,
    /// Those that ended, or that a person changed meanwhile.
    pub(crate) over: Vec<AlertId>,
    /// Whether a person was faster with one of them.
    pub(crate) conflict: Result<()>,
}

impl Default for Looked {
    fn default() -> Self {
        Self { written: Vec::new(), over: Vec::new(), conflict: Ok(()) }
    }
}

impl Looked {
    /// Notes an episode that a step was about.
    pub(crate) fn touch(&mut self, episode: Episode, taken: Result<()>) -> Result<()> {
        self.over.push(episode.alert);
        if taken.is_ok() {
            self.written.push(episode);
        }
        taken
    }

    /// The episodes as they are now, of those that there were.
    pub(crate) fn standing<'a>(&'a self, before: &'a [Episode]) -> impl Iterator<Item = &'a Episode> {
        before.iter().filter(|episode| !self.over.contains(&episode.alert)).chain(&self.written)
    }
}

/// How far an alert has escalated that grows: whoever is on it is not on that, so that somebody is waited for anew.
pub(crate) fn grown(escalation: Option<Escalation>, alert: &Alert, now: Timestamp) -> Option<Escalation> {
    match alert.status {
        AlertStatus::Open => escalation,
        _ => escalation.map(|escalation| escalation.again(now)),
    }
}

/// Whether a silence mutes what a rule has told, or the rule as a whole if it does not find it now.
fn is_muted(rule: &Rule, seen: Observation<'_>, now: Timestamp) -> bool {
    match rule.condition.watch().find(seen, now) {
        Some(finding) => seen.mutes(rule, &finding).is_some(),
        None => seen.mutes_rule(rule).is_some(),
    }
}

impl Evaluation<'_> {
    /// Takes the steps that are due of a rule's alerts. Looks at nothing if none is.
    pub(crate) async fn escalate<'a>(
        &self,
        rule: &Rule,
        seen: Observation<'_>,
        mut state: RuleState,
        episodes: impl Iterator<Item = &'a Episode>,
    ) -> Result<()> {
        if rule.escalation.is_empty() {
            return Ok(());
        }
        let now = self.platform.now();
        let due = rule.escalates(&state, now).filter(|_| !is_muted(rule, seen, now));
        if let (Some(due), Some(alert)) = (due, state.alert) {
            let mut step = self.step(rule);
            state.escalation = Some(self.due(rule, alert, due, &mut step).await?);
            step.commit(self, &mut state).await?;
        }
        let mut conflict = Ok(());
        for episode in episodes {
            let Some(due) = rule.escalates_episode(episode, now) else { continue };
            let away = seen.peers.iter().filter(|peer| episode.away.contains(&peer.id));
            if seen.mutes_peers(rule, away).is_some() {
                continue;
            }
            let mut step = self.step(rule);
            let mut episode = episode.clone();
            episode.escalation = Some(self.due(rule, episode.alert, due, &mut step).await?);
            step.transaction.write_episode(self.tenant, &mut episode)?;
            match step.take().await {
                // A person was faster with this one; the others are none of theirs.
                Err(StoreError::Conflict) => conflict = Err(StoreError::Conflict),
                taken => taken?,
            }
        }
        conflict
    }

    /// The same of a rule of which nothing else is known for now.
    pub(crate) async fn escalate_blindly(&self, rule: &Rule, state: Option<&RuleState>, of: &Of<'_>) -> Result<()> {
        let state = state.cloned().unwrap_or_else(|| RuleState::new(rule, self.account.id, self.platform.now()));
        let known = state.groups.clone();
        let seen = self.seen(&known);
        let parts = parts(rule, &known, &of.groups);
        for group in &of.groups {
            let is_its = |part: &&Part| group.group.as_ref().is_some_and(|group| group.id == part.group.id);
            let of_it = parts.iter().find(is_its).map_or(seen, |part| part.seen(seen));
            self.escalate(rule, of_it, group.clone(), std::iter::empty()).await?;
        }
        self.escalate(rule, seen, state, of.episodes.iter()).await
    }

    /// Tells what is due of an alert, if nobody is on it. Returns what is to be remembered.
    async fn due(&self, rule: &Rule, alert: AlertId, due: Due<'_>, step: &mut Step<'_>) -> Result<Escalation> {
        let (next, number, taken, stopped) = match due {
            Due::Wait(escalation) => return Ok(escalation),
            Due::Take { step, number, taken, stopped } => (step, number, taken, stopped),
        };
        let open = self.active(Some(alert)).await?.filter(|alert| alert.status == AlertStatus::Open);
        let Some(mut alert) = open else { return Ok(stopped) };
        let channels = self.platform.store.channels_by_id(self.tenant, &next.channels).await?;
        let Ok(mut row) = alert.escalate(number, self.platform.now()) else { return Ok(stopped) };
        let takes = channels.iter().filter(|channel| channel.refuses(rule.severity).is_none());
        let mut told: Vec<Addressee> = takes.map(TenantChannel::addressee).collect();
        alert.note_told(&mut told);
        row.message = Some(words(next, &channels, &told, rule.severity));
        step.transaction.replace_alert(&mut alert, &row)?;
        self.tell(&alert, &row, told, step)?;
        Ok(taken)
    }
}
