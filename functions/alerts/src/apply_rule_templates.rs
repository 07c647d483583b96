//! `POST /api/alerts/rule-templates/apply`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::rule::MAX_RULES;
use platform_core::rule_template::{Need, RuleTemplate, rule_templates};
use platform_core::validate::{FieldError, Problems};
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::quotas::Quota;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::notification_input::NotificationChange;
use crate::rule_channels;
use crate::rule_draft::{Desk, Draft, Told, Whole, made};
use crate::rule_input::{Entered, audited, evaluate_now};
use crate::rule_view::RuleView;

/// Which templates to make rules of, and for what.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ApplyRuleTemplates {
    /// Ids of templates, each once.
    #[schema(min_items = 1, max_items = 20)]
    template_ids: Vec<String>,
    /// Only this account; every account if absent.
    account_id: Option<Uuid>,
    /// Channels of the tenant that each of the rules tells: at most 10.
    #[schema(max_items = 10)]
    channel_ids: Option<Vec<Uuid>>,
    /// Names of the groups that those watch that need some.
    #[schema(max_items = 50)]
    groups: Option<Vec<String>>,
}

/// The rules that were made, and those that were there.
#[derive(Serialize, ToSchema)]
#[schema(as = AppliedRuleTemplates)]
pub(crate) struct AppliedView {
    created: Vec<RuleView>,
    /// Templates of which no rule was made, since there is one of the same name.
    skipped: Vec<SkippedView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SkippedRuleTemplate)]
struct SkippedView {
    template_id: String,
    name: String,
    /// The rule that has its name.
    rule_id: Uuid,
}

/// Make rules of templates
///
/// All of them or none, in one go; each is evaluated at once. One whose name a rule has already is left out, and named.
#[utoipa::path(post, path = "/api/alerts/rule-templates/apply", operation_id = "applyRuleTemplates", tag = "alerts",
    request_body = ApplyRuleTemplates, responses((status = 201, description = "Made", body = AppliedView),
    (status = 409, description = "There would be more rules than a tenant may have")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<ApplyRuleTemplates>,
) -> Result<(StatusCode, Json<AppliedView>), Problem> {
    let tenant = caller.tenant;
    let mut problems = Problems::default();
    let wanted = templates(&request, &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let (rules, accounts) = tokio::try_join!(platform.store.rules(tenant), platform.store.accounts(tenant))?;
    let mut skipped = Vec::new();
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut errors: Vec<FieldError> = Vec::new();
    let desk = Desk::of(&platform, tenant);
    for template in wanted {
        if let Some(rule) = rules.iter().find(|rule| rule.name == template.name) {
            skipped.push(SkippedView {
                template_id: template.id.to_owned(),
                name: template.name.to_owned(),
                rule_id: rule.id.uuid(),
            });
            continue;
        }
        let mut problems = Problems::default();
        let whole = whole(&template, &request)?;
        let draft = made(&desk, (tenant, caller.membership.user), &accounts, whole, &mut problems).await?;
        if let Err(found) = problems.finish() {
            let moved = found.into_iter().map(as_entered).filter(|error| !errors.contains(error)).collect::<Vec<_>>();
            errors.extend(moved);
        }
        drafts.extend(draft);
    }
    if !errors.is_empty() {
        return Err(Problem::validation(errors));
    }
    let views = drafts.iter().map(|draft| {
        Ok(RuleView::new(&draft.rule, true, None, platform.now())?.with_groups(&draft.rule, &draft.known))
    });
    let created = views.collect::<Result<Vec<_>, Problem>>()?;
    let mut tries = Tries::new(&platform, tenant, Quota::Rules);
    while let Some(pass) = tries.next().await? {
        if drafts.is_empty() {
            break;
        }
        let present = platform.store.rules(tenant).await?;
        if present.len() + drafts.len() > MAX_RULES {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_RULES} rules")));
        }
        if present.iter().any(|rule| drafts.iter().any(|draft| draft.rule.name == rule.name)) {
            return Err(Problem::conflict("a rule of one of these names was made meanwhile: try again"));
        }
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        // Each names the same channels.
        rule_channels::require(&mut transaction, &drafts[0].rule);
        for Draft { rule, .. } in &drafts {
            transaction.create_rule(rule)?;
            let change = (None, Some(audited(rule)));
            transaction.audit(&platform.audit_entry(tenant, caller.actor(), "rule.create", rule.id, change))?;
        }
        tries.wrote(transaction.commit().await).await?;
    }
    let covered = |account| drafts.iter().any(|draft| draft.rule.covers(account));
    let evaluated = accounts.iter().map(|account| account.id).filter(|account| covered(*account));
    evaluate_now(&platform, tenant, evaluated).await;
    Ok((StatusCode::CREATED, Json(AppliedView { created, skipped })))
}

/// The templates that are asked for.
fn templates(request: &ApplyRuleTemplates, problems: &mut Problems) -> Vec<RuleTemplate> {
    const AT: &str = "/templateIds";
    let (all, ids) = (rule_templates(), &request.template_ids);
    problems.require((1..=all.len()).contains(&ids.len()), AT, format!("must have 1 to {} templates", all.len()));
    let mut wanted = Vec::new();
    for (index, id) in ids.iter().enumerate().take(all.len()) {
        let at = format!("{AT}/{index}");
        problems.require(!ids[..index].contains(id), &at, "is there twice");
        match all.iter().find(|template| template.id == *id) {
            Some(template) => wanted.push(template.clone()),
            None => problems.push(at, "is not a template"),
        }
    }
    let needs_groups = wanted.iter().find(|template| template.needs.contains(&Need::Group));
    if let Some(template) = needs_groups.filter(|_| request.groups.as_ref().is_none_or(Vec::is_empty)) {
        problems.push("/groups", format!("is required: “{}” watches groups", template.name));
    }
    wanted
}

/// A template as if somebody had entered it.
fn whole(template: &RuleTemplate, request: &ApplyRuleTemplates) -> Result<Whole, Problem> {
    let mut condition = template.condition.clone();
    if template.needs.contains(&Need::Group) {
        condition = condition.with_groups(request.groups.clone().unwrap_or_default());
    }
    let made = condition.made();
    let (condition_type, config) = made.ok_or_else(|| Problem::internal("a rule that is built in is no template"))?;
    let condition_config = match serde_json::to_value(config).map_err(Problem::internal)? {
        Value::Object(fields) => fields,
        _ => Map::new(),
    };
    Ok(Whole {
        entered: Entered {
            name: template.name.to_owned(),
            description: Some(template.description.to_owned()),
            condition_type,
            condition_config,
            severity: template.severity,
            enabled: Some(true),
            account_id: request.account_id,
            for_minutes: Some(template.for_minutes),
            keep_firing_minutes: Some(template.keep_firing_minutes),
        },
        told: Told {
            notification: NotificationChange::default(),
            channels: request.channel_ids.clone(),
            escalation: None,
        },
    })
}

/// What is wrong, where somebody entered it.
fn as_entered(error: FieldError) -> FieldError {
    let pointer = error.pointer.strip_prefix("/conditionConfig").map(str::to_owned).unwrap_or(error.pointer);
    FieldError { pointer, ..error }
}
