//! A rule to start from, as the API shows it.

use platform_core::condition::{ConditionConfig, ConditionType};
use platform_core::rule::Severity;
use platform_core::rule_template::{Need, RuleTemplate};
use platform_http::Problem;
use serde::Serialize;
use utoipa::ToSchema;

/// A rule to start from.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleTemplate)]
pub(crate) struct TemplateView {
    #[schema(example = "server-offline")]
    id: String,
    name: String,
    /// What it is for, and what to do when it fires.
    description: String,
    /// Whether every network should have it.
    recommended: bool,
    /// What has to be said before a rule is made of it.
    needs: Vec<Need>,
    /// When it fires, as a sentence.
    sentence: String,
    /// What may be sent to make the rule, once what it needs is said; and whom it tells, added.
    rule: TemplateRule,
}

/// A rule as it may be sent, which tells nobody yet.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RuleTemplateRule)]
struct TemplateRule {
    name: String,
    description: String,
    condition_type: ConditionType,
    condition_config: ConditionConfig,
    severity: Severity,
    for_minutes: u32,
    keep_firing_minutes: u32,
    notification_config: Nobody,
}

/// Whom the rule tells by itself: nobody.
#[derive(Serialize, ToSchema)]
#[schema(as = RuleTemplateNotification)]
struct Nobody {}

impl TemplateView {
    pub(crate) fn new(template: &RuleTemplate) -> Result<Self, Problem> {
        let made = template.condition.made();
        let (condition_type, condition_config) =
            made.ok_or_else(|| Problem::internal("a rule that is built in is no template"))?;
        Ok(Self {
            id: template.id.to_owned(),
            name: template.name.to_owned(),
            description: template.description.to_owned(),
            recommended: template.recommended,
            needs: template.needs.to_vec(),
            sentence: format!("{}.", template.condition.watch().sentence()),
            rule: TemplateRule {
                name: template.name.to_owned(),
                description: template.description.to_owned(),
                condition_type,
                condition_config,
                severity: template.severity,
                for_minutes: template.for_minutes,
                keep_firing_minutes: template.keep_firing_minutes,
                notification_config: Nobody {},
            },
        })
    }
}
