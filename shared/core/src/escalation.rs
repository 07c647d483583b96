//! Escalation: who else is told while nobody acknowledges an alert.
//!
//! A rule names steps, and whoever evaluates it remembers of each alert which of them were taken, so that each is taken once. What
//! is remembered is the time of a step and not its place: a rule whose steps change while an alert is open takes those that
//! come after what was told.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::alert::MOST_ROUTES;
use crate::channel::Addressee;
use crate::condition::minutes;
use crate::episode::Episode;
use crate::evaluate::{Phase, RuleState};
use crate::ids::ChannelId;
use crate::rule::{MAX_FOR, Rule, Severity};
use crate::tenant_channel::TenantChannel;
use crate::text;

/// Steps of one rule.
pub const MAX_STEPS: usize = 5;
/// Different channels that the steps of one rule name: an alert remembers each by which it was told.
pub const MAX_CHANNELS: usize = 20;
/// The latest that a step comes: a day, in minutes.
pub const MAX_AFTER: u32 = MAX_FOR;

/// Who else is told, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EscalationStep {
    /// If nobody acknowledged the alert within so many minutes.
    pub after_minutes: u32,
    /// By these channels of the tenant.
    pub channels: Vec<ChannelId>,
}

/// How far an alert has escalated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Escalation {
    /// The time of the last step that was taken, in minutes; 0 if none was.
    #[serde(default)]
    pub told: u32,
    /// Since when it waits for somebody to acknowledge it; absent while nobody needs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Timestamp>,
}

/// What there is to do about an alert that may escalate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due<'a> {
    /// It waits from now on: its rule had no steps when it was told, or it comes from before there were any.
    Wait(Escalation),
    /// A step's time has come, unless somebody is on it.
    Take {
        /// The step.
        step: &'a EscalationStep,
        /// The first of its rule is 1.
        number: u32,
        /// What is remembered once it is taken.
        taken: Escalation,
        /// What is remembered if somebody is on it.
        stopped: Escalation,
    },
}

impl Escalation {
    /// That of an alert of which people are told now.
    pub fn begin(rule: &Rule, now: Timestamp) -> Option<Self> {
        (!rule.escalation.is_empty()).then_some(Self { told: 0, since: Some(now) })
    }

    /// It is open again: from now on somebody is waited for. Steps that were taken are not taken twice.
    #[must_use]
    pub fn again(self, now: Timestamp) -> Self {
        Self { since: Some(now), ..self }
    }
}

impl Rule {
    /// The steps that an alert has taken.
    fn taken(&self, escalation: Option<Escalation>) -> impl Iterator<Item = &EscalationStep> {
        let told = escalation.map_or(0, |escalation| escalation.told);
        self.escalation.iter().filter(move |step| step.after_minutes <= told)
    }

    /// The channels of the tenant that are told of an alert that has escalated so far, each once.
    pub fn channels_at(&self, escalation: Option<Escalation>) -> Vec<ChannelId> {
        let mut channels = self.channels.clone();
        for channel in self.taken(escalation).flat_map(|step| &step.channels) {
            if !channels.contains(channel) {
                channels.push(*channel);
            }
        }
        channels
    }

    /// The channels of the tenant that it names, wherever, each once.
    pub fn named_channels(&self) -> Vec<ChannelId> {
        self.channels_at(Some(Escalation { told: u32::MAX, since: None }))
    }

    fn due(&self, escalation: Option<Escalation>, now: Timestamp) -> Option<Due<'_>> {
        let Some(known) = escalation else { return Escalation::begin(self, now).map(Due::Wait) };
        let waited = now.duration_since(known.since?);
        let place = self.escalation.iter().position(|step| step.after_minutes > known.told)?;
        let step = &self.escalation[place];
        (waited >= SignedDuration::from_mins(i64::from(step.after_minutes))).then(|| Due::Take {
            step,
            number: u32::try_from(place + 1).unwrap_or(u32::MAX),
            taken: Escalation { told: step.after_minutes, ..known },
            stopped: Escalation { since: None, ..known },
        })
    }

    /// What there is to do about the one alert of a rule's state, unless a silence mutes it.
    ///
    /// Nothing needs to be known of the account for that: nobody has acknowledged it, whether NetBird answers or not.
    pub fn escalates(&self, state: &RuleState, now: Timestamp) -> Option<Due<'_>> {
        let waits = self.enabled && state.is_of(self) && state.phase == Phase::Firing && state.alert.is_some();
        let is_held = state.suppressed_until.is_some() || state.notified_at.is_none();
        if waits && !is_held { self.due(state.escalation, now) } else { None }
    }

    /// What there is to do about the alert of an episode, unless a silence mutes it. Of one that was so before the rule watched nobody was told.
    pub fn escalates_episode(&self, episode: &Episode, now: Timestamp) -> Option<Due<'_>> {
        let waits = self.enabled && episode.edition == self.edition && !episode.away.is_empty();
        let is_held = episode.suppressed_until.is_some() || episode.told_at.is_none();
        if waits && !is_held { self.due(episode.escalation, now) } else { None }
    }

    /// The rest of its sentence: who else is told, and when.
    pub(crate) fn escalation_sentence(&self) -> Option<String> {
        let steps = self.escalation.iter().map(|step| {
            let told = text::count(step.channels.len(), "more shared channel");
            format!("within {} tell {told}", minutes(step.after_minutes))
        });
        let steps: Vec<String> = steps.collect();
        (!steps.is_empty()).then(|| format!(" If nobody acknowledges it {}.", steps.join(", ")))
    }
}

/// A step in words, as history has it: whom it tells, who does not take it, and who would be one too many.
pub fn words(step: &EscalationStep, channels: &[TenantChannel], told: &[Addressee], severity: Severity) -> String {
    let is_told = |channel: &&TenantChannel| told.iter().any(|to| to.route.of == Some(channel.id));
    let (told, others): (Vec<&TenantChannel>, Vec<&TenantChannel>) = channels.iter().partition(is_told);
    let (left, beyond): (Vec<&TenantChannel>, Vec<&TenantChannel>) =
        others.into_iter().partition(|channel| channel.refuses(severity).is_some());
    let names = |channels: &[&TenantChannel]| {
        text::names(channels.iter().map(|channel| channel.name.as_str()), step.channels.len())
    };
    let why = format!("Nobody acknowledged it within {}", minutes(step.after_minutes));
    let said = match (told.as_slice(), left.as_slice()) {
        ([], []) if beyond.is_empty() => {
            format!("{why}; the step's channels are gone, so that nobody else was told.")
        }
        ([], []) => format!("{why}; nobody else was told."),
        ([], left) => format!("{why}; {} took no message, so that nobody else was told.", names(left)),
        (told, []) => format!("{why}: told {}.", names(told)),
        (told, left) => format!("{why}: told {}, but not {}, which took no message.", names(told), names(left)),
    };
    match beyond_words(beyond.iter().map(|channel| channel.name.as_str())) {
        Some(beyond) => format!("{said} {beyond}"),
        None => said,
    }
}

/// Who is not told, since so many are, if anybody is not.
pub fn beyond_words<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> Option<String> {
    (names.len() > 0).then(|| {
        format!("Not told: {}, since an alert is told by at most {MOST_ROUTES} ways.", text::names(names, MAX_CHANNELS))
    })
}

#[cfg(test)]
mod tests;
