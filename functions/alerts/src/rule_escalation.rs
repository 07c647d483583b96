//! A rule's escalation, as it is entered and as it is shown.

use platform_core::escalation::{EscalationStep, MAX_AFTER, MAX_STEPS};
use platform_core::ids::ChannelId;
use platform_core::rule::MAX_CHANNELS;
use platform_core::validate::Problems;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Where it is in the input.
pub(crate) const AT: &str = "/escalation";

/// Who else is told, and when.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = EscalationStepInput)]
pub(crate) struct EscalationStepInput {
    /// If nobody acknowledged the alert within so many minutes since it was told: more than at the step before.
    #[schema(minimum = 1, maximum = 1440, example = 15)]
    pub(crate) after_minutes: u32,
    /// By these channels of the tenant.
    #[schema(min_items = 1, max_items = 10)]
    pub(crate) channel_ids: Vec<Uuid>,
}

/// Who else is told, and when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EscalationStep)]
pub(crate) struct EscalationStepView {
    /// If nobody acknowledged the alert within so many minutes since it was told, or since it was open again.
    #[schema(example = 15)]
    after_minutes: u32,
    /// By these channels of the tenant.
    channel_ids: Vec<Uuid>,
}

impl From<&EscalationStep> for EscalationStepView {
    fn from(step: &EscalationStep) -> Self {
        Self {
            after_minutes: step.after_minutes,
            channel_ids: step.channels.iter().map(|channel| channel.uuid()).collect(),
        }
    }
}

/// Checks the steps, but for whether the tenant has the channels that they name.
pub(crate) fn read(entered: Option<Vec<EscalationStepInput>>, problems: &mut Problems) -> Vec<EscalationStep> {
    let entered = entered.unwrap_or_default();
    if entered.len() > MAX_STEPS {
        problems.push(AT, format!("must have at most {MAX_STEPS} steps"));
        return Vec::new();
    }
    let (mut steps, mut before) = (Vec::new(), 0);
    for (index, mut step) in entered.into_iter().enumerate() {
        let after = format!("{AT}/{index}/afterMinutes");
        if !(1..=MAX_AFTER).contains(&step.after_minutes) {
            problems.push(&after, format!("must be from 1 to {MAX_AFTER}"));
        } else if step.after_minutes <= before {
            problems.push(&after, format!("must be more than the {before} min of the step before"));
        } else {
            before = step.after_minutes;
        }
        let at = format!("{AT}/{index}/channelIds");
        if !(1..=MAX_CHANNELS).contains(&step.channel_ids.len()) {
            problems.push(&at, format!("must have from 1 to {MAX_CHANNELS} channels"));
            // Steps keep their places, by which problems with channels are told.
            step.channel_ids.clear();
        }
        let channels = step.channel_ids.into_iter().map(ChannelId::from_uuid).collect();
        steps.push(EscalationStep { after_minutes: step.after_minutes, channels });
    }
    steps
}
