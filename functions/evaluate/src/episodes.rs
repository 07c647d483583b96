//! Rules that tell of single peers: what goes together is one alert, each in a transaction of its own.

use platform_core::condition::{Apart, Observation};
use platform_core::episode::{self, Away, Episode, Tell};
use platform_core::evaluate::{Ending, RuleState};
use platform_core::finding::Finding;
use platform_core::rule::Rule;
use platform_store::{Result, StoreError};

use crate::escalation::{Looked, grown};
use crate::evaluation::{Evaluation, Tells};

impl Evaluation<'_> {
    /// Looks at a rule's peers one by one. `state` is where the rule stands, as it is stored.
    pub(crate) async fn look(
        &self,
        rule: &Rule,
        state: &mut RuleState,
        episodes: &[Episode],
        was_told: bool,
    ) -> Result<Looked> {
        let groups = state.groups.clone();
        let seen = self.seen(&groups);
        // An account that was connected later brings what was so before.
        let since = rule.watching_since.max(self.account.created_at);
        let mut looked = Looked::default();
        for step in episode::look(rule, episodes, seen, since, was_told, self.platform.now()) {
            let begins = matches!(step, episode::Step::Begin { .. } | episode::Step::Join { .. });
            let taken = match step {
                episode::Step::Begin { peers, is_news } => self.begin(rule, state, seen, &peers, is_news).await,
                episode::Step::Join { mut episode, away, joined } => {
                    let joined = self.join(rule, state, seen, &mut episode, &away, &joined).await;
                    looked.touch(episode, joined)
                }
                episode::Step::Continue { mut episode, away, tell } => {
                    let gone_on = self.go_on(rule, seen, &mut episode, &away, tell).await;
                    looked.touch(episode, gone_on)
                }
                episode::Step::End { episode, ending } => {
                    looked.over.push(episode.alert);
                    self.end_episode(rule, seen, &episode, ending).await
                }
            };
            match taken {
                // Another evaluation was faster: what it began is not known here.
                Err(StoreError::Conflict) if begins => return Err(StoreError::Conflict),
                // A person was faster with this one; the others are none of theirs.
                Err(StoreError::Conflict) => looked.conflict = Err(StoreError::Conflict),
                taken => taken?,
            }
        }
        Ok(looked)
    }

    async fn begin(
        &self,
        rule: &Rule,
        state: &mut RuleState,
        seen: Observation<'_>,
        peers: &[Away<'_>],
        is_news: bool,
    ) -> Result<()> {
        let Some(apart) = rule.condition.watch().apart() else { return Ok(()) };
        let size = u32::try_from(peers.len()).unwrap_or(u32::MAX);
        let finding = self.word(apart, peers, size, is_news, seen);
        let mut step = self.step(rule);
        let muted = seen.mutes_peers(rule, peers.iter().map(|away| away.peer)).filter(|_| is_news);
        let tells = if is_news { Tells::unless(muted) } else { Tells::Nobody };
        let about = self.about(rule, seen.groups, peers.iter().map(|away| away.peer.id.as_str()));
        let (alert, row) = self.fire(rule, (finding, None), tells, &about, &mut step).await?;
        self.platform.store.keep_alert_peers(&alert, &row, peers.iter().map(|away| away.peer.into())).await?;
        let told_at = is_news.then_some(self.platform.now());
        let mut episode = Episode::begin(rule, self.account.id, alert.id, peers, told_at).muted(muted);
        step.transaction.write_episode(self.tenant, &mut episode)?;
        // With the state, which of two evaluations only one can write: no peer is in two episodes.
        step.commit(self, state).await
    }

    async fn join(
        &self,
        rule: &Rule,
        state: &mut RuleState,
        seen: Observation<'_>,
        episode: &mut Episode,
        away: &[Away<'_>],
        joined: &[Away<'_>],
    ) -> Result<()> {
        let Some(apart) = rule.condition.watch().apart() else { return Ok(()) };
        let Some(mut alert) = self.active(Some(episode.alert)).await? else { return Ok(()) };
        let finding = self.word(apart, away, episode.size, true, seen);
        let now = self.platform.now();
        episode.escalation = grown(episode.escalation, &alert, now);
        let Ok(mut row) = alert.grow(finding, now) else { return Ok(()) };
        let told = self.told_of(rule, &mut alert, &mut row, episode.escalation).await?;
        let mut step = self.step(rule);
        step.transaction.replace_alert(&mut alert, &row)?;
        self.platform.store.keep_alert_peers(&alert, &row, joined.iter().map(|away| away.peer.into())).await?;
        self.tell(&alert, &row, told, &mut step)?;
        step.transaction.write_episode(self.tenant, episode)?;
        step.commit(self, state).await
    }

    async fn go_on(
        &self,
        rule: &Rule,
        seen: Observation<'_>,
        episode: &mut Episode,
        away: &[Away<'_>],
        tell: Tell,
    ) -> Result<()> {
        let Some(apart) = rule.condition.watch().apart() else { return Ok(()) };
        let mut step = self.step(rule);
        step.transaction.write_episode(self.tenant, episode)?;
        // Where all are back for the moment, the alert says what it said.
        let alert = if away.is_empty() { None } else { self.active(Some(episode.alert)).await? };
        if let Some(alert) = alert {
            let finding = self.word(apart, away, episode.size, episode.told_at.is_some(), seen);
            match tell {
                Tell::Anew => self.reopen(rule, alert, finding, episode.escalation, &mut step).await?,
                Tell::Muted => {
                    let muted = seen.mutes_peers(rule, away.iter().map(|away| away.peer));
                    self.mute(alert, muted, finding, &mut step)?;
                }
                Tell::Again => self.remind(rule, alert, finding, episode.escalation, &mut step).await?,
                Tell::Nothing => self.note(alert, finding, &mut step)?,
            }
        }
        step.take().await
    }

    async fn end_episode(&self, rule: &Rule, seen: Observation<'_>, episode: &Episode, ending: Ending) -> Result<()> {
        let mut step = self.step(rule);
        step.transaction.forget_episode(self.tenant, episode);
        match (ending, rule.condition.watch().apart()) {
            (Ending::Recovered, Some(apart)) => {
                if let Some(alert) = self.active(Some(episode.alert)).await? {
                    let left: Vec<&str> = episode.members().collect();
                    let recovery = apart.returned(&left, episode.size, &alert.affected, seen);
                    self.recover(alert, recovery, &mut step).await?;
                }
            }
            (ending, _) => self.end(Some(episode.alert), ending, &mut step).await?,
        }
        step.take().await
    }

    /// What there is to say of peers that are away.
    fn word(&self, apart: &dyn Apart, away: &[Away<'_>], size: u32, was_told: bool, seen: Observation<'_>) -> Finding {
        let mut finding = apart.tell(away, size, seen, self.platform.now());
        if !was_told {
            finding.message.push_str(" It was so before the rule began to watch, so nobody was told.");
        }
        finding
    }
}
