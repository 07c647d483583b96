//! `POST /api/alerts/rules/import`

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use platform_core::ids::{ChannelId, RuleId};
use platform_core::rule::{MAX_RULES, Rule};
use platform_core::tenancy::Email;
use platform_core::validate::FieldError;
use platform_http::Problem;
use platform_http::extract::{Document, Query};
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_store::quotas::Quota;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::delete_rule::bury;
use crate::rule_draft::Desk;
use crate::rule_input::{audited, audited_change, evaluate_now, recipients_of, strangers};
use crate::rules_document::{DocumentError, FieldChange, RulesDocument, entries};
use crate::rules_plan::{Plan, Present, Write};

/// Writes of one transaction, with room for the notes that the store adds.
const MOST_WRITES: usize = 96;

#[derive(Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// Only say what would be done.
    dry_run: Option<bool>,
    /// Delete rules that the document does not name.
    prune: Option<bool>,
}

/// What became of the rules, or would.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RulesImport)]
pub(crate) struct ImportView {
    /// Nothing was written.
    dry_run: bool,
    created: Vec<ImportedView>,
    changed: Vec<ImportedView>,
    unchanged: Vec<ImportedView>,
    /// Rules that the document does not name, where they are to go.
    deleted: Vec<ImportedView>,
    /// Rules that the document does not name, where they stay.
    kept: Vec<ImportedView>,
    /// What is wrong with the document; only of a dry run, since nothing is written of such a one.
    errors: Vec<DocumentError>,
}

/// A rule of an import.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ImportedRule)]
struct ImportedView {
    /// Absent of a rule that a dry run would make.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    name: String,
    /// What the rule says then, in a sentence.
    sentence: String,
    /// In which fields it is another.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldChange>,
    /// The signing secret of its webhook, if one was made: only in this answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    webhook_secret: Option<String>,
}

impl ImportedView {
    fn of(rule: &Rule) -> Self {
        let (name, sentence) = (rule.name.clone(), rule.sentence());
        Self { id: Some(rule.id.uuid()), name, sentence, fields: Vec::new(), webhook_secret: None }
    }

    fn written(write: &mut Write, dry_run: bool) -> Self {
        let id = if dry_run { Plan::id_of(write) } else { Some(write.rule.id) };
        let webhook_secret = write.secret.take().filter(|_| !dry_run);
        let fields = std::mem::take(&mut write.fields);
        Self { id: id.map(RuleId::uuid), fields, webhook_secret, ..Self::of(&write.rule) }
    }
}

/// Import alert rules
///
/// A document as the export writes it, in YAML or JSON, at most 256 KB. It is checked as a whole, and nothing is written of one
/// in which something is wrong. Rules are recognised by their names. Up to 96 writes, which are some forty rules, happen
/// together or not at all; of more, should the request fail between two parts, importing again does the rest.
#[utoipa::path(post, path = "/api/alerts/rules/import", operation_id = "importRules", tag = "alerts",
    params(ImportQuery), request_body(content((RulesDocument = "application/json"), (String = "application/yaml"))),
    responses((status = 200, description = "What became of the rules, or would", body = ImportView),
    (status = 409, description = "Somebody changed a rule meanwhile")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Query(query): Query<ImportQuery>,
    document: Document,
) -> Result<Json<ImportView>, Problem> {
    let (store, tenant) = (&platform.store, caller.tenant);
    let (dry_run, prune) = (query.dry_run.unwrap_or(false), query.prune.unwrap_or(false));
    let _turn = platform.list_turn(tenant).await?;
    let (rules, accounts, channels) =
        tokio::try_join!(store.rules(tenant), store.accounts(tenant), store.channels(tenant))?;
    let present = Present { tenant, by: caller.membership.user, rules, accounts: &accounts, channels: &channels };
    let desk = Desk::of(&platform, tenant).within_turn();
    let desk = if dry_run { desk.only_tried() } else { desk };
    let mut plan = match entries(&document) {
        Ok(entries) => present.plan(&desk, entries, prune).await?,
        Err(error) => Plan { errors: vec![error], others: present.rules.clone(), ..Plan::default() },
    };
    if !dry_run {
        if !plan.errors.is_empty() {
            return Err(Problem::validation(plan.errors.into_iter().map(as_field).collect()));
        }
        carry_out(&platform, &caller, &mut plan, prune).await?;
        let touched = || {
            let written = plan.writes.iter().flat_map(|write| write.before.iter().chain([&write.rule]));
            written.chain(plan.gone(prune))
        };
        let ids = accounts.iter().map(|account| account.id);
        evaluate_now(&platform, tenant, ids.filter(|id| touched().any(|rule| rule.covers(*id)))).await;
    }
    let (mut created, mut changed) = (Vec::new(), Vec::new());
    for write in &mut plan.writes {
        let into = if write.before.is_none() { &mut created } else { &mut changed };
        into.push(ImportedView::written(write, dry_run));
    }
    let others: Vec<ImportedView> = plan.others.iter().map(ImportedView::of).collect();
    let (deleted, kept) = if prune { (others, Vec::new()) } else { (Vec::new(), others) };
    let unchanged = plan.unchanged.iter().map(ImportedView::of).collect();
    Ok(Json(ImportView { dry_run, created, changed, unchanged, deleted, kept, errors: plan.errors }))
}

/// As a problem tells it.
fn as_field(error: DocumentError) -> FieldError {
    let pointer = if error.pointer.is_empty() { "/".to_owned() } else { error.pointer };
    let detail = match error.line {
        Some(line) => format!("{} (line {line})", error.detail),
        None => error.detail,
    };
    FieldError { pointer, detail }
}

/// One thing to write.
enum Act<'a> {
    Write(&'a mut Write),
    Delete(&'a Rule),
}

impl Act<'_> {
    /// Whether it makes a rule.
    fn makes(&self) -> bool {
        matches!(self, Act::Write(write) if write.before.is_none())
    }

    fn rule(&self) -> &Rule {
        match self {
            Act::Write(write) => &write.rule,
            Act::Delete(rule) => rule,
        }
    }

    fn channels(&self) -> Vec<ChannelId> {
        match self {
            Act::Write(write) => write.rule.named_channels(),
            Act::Delete(_) => Vec::new(),
        }
    }

    fn recipients(&self) -> &[Email] {
        match self {
            Act::Write(write) => recipients_of(&write.rule),
            Act::Delete(_) => &[],
        }
    }
}

/// Writes it, in as few transactions as hold it.
async fn carry_out(platform: &Platform, caller: &Caller, plan: &mut Plan, prune: bool) -> Result<(), Problem> {
    let gone: Vec<Rule> = plan.gone(prune).to_vec();
    // First what goes, so that there is room for what is made.
    let acts = gone.iter().map(Act::Delete).chain(plan.writes.iter_mut().map(Act::Write));
    let (mut part, mut channels, mut emails) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for act in acts {
        let (mut more_channels, mut more_emails) = (channels.clone(), emails.clone());
        more_channels.extend(act.channels());
        more_emails.extend(act.recipients().iter().cloned());
        // A rule and its audit entry; a recipient and the mail that asks; two passes.
        let writes = 2 * (part.len() + 1) + more_channels.len() + 2 * more_emails.len() + 2;
        if writes > MOST_WRITES && !part.is_empty() {
            write(platform, caller, std::mem::take(&mut part), &channels, &emails).await?;
            more_channels = act.channels().into_iter().collect();
            more_emails = act.recipients().iter().cloned().collect();
        }
        (channels, emails) = (more_channels, more_emails);
        part.push(act);
    }
    if part.is_empty() {
        return Ok(());
    }
    write(platform, caller, part, &channels, &emails).await
}

async fn write(
    platform: &Platform,
    caller: &Caller,
    part: Vec<Act<'_>>,
    channels: &BTreeSet<ChannelId>,
    emails: &BTreeSet<Email>,
) -> Result<(), Problem> {
    let (store, tenant) = (&platform.store, caller.tenant);
    let makes = part.iter().any(Act::makes);
    let pass = if makes { Some(store.pass(tenant, Quota::Rules).await?) } else { None };
    // Counted after the pass was taken: of two imports at once one gets through.
    let present = store.rules_with_deleted(tenant).await?;
    let mut buried = present.iter().filter(|rule| rule.deleted_at.is_some()).count();
    if makes {
        let new = part.iter().filter(|act| act.makes()).count();
        let gone = part.iter().filter(|act| matches!(act, Act::Delete(_))).count();
        if present.len() - buried + new > MAX_RULES + gone {
            return Err(Problem::conflict(format!("a tenant may have at most {MAX_RULES} rules")));
        }
        // A document recognises rules by their names: none is to be there twice.
        let taken = |name: &str| present.iter().any(|rule| rule.deleted_at.is_none() && rule.name == name);
        if part.iter().any(|act| act.makes() && taken(&act.rule().name)) {
            return Err(Problem::conflict("a rule of the document was made meanwhile: import it again"));
        }
    }
    let named: Vec<Email> = emails.iter().cloned().collect();
    let asks = strangers(platform, tenant, &named, "/rules").await?;
    let mut transaction = store.transaction();
    if let Some(pass) = &pass {
        transaction.hand_in(pass)?;
    }
    if let Some(asks) = &asks {
        asks.write(platform, tenant, &mut transaction)?;
    }
    for channel in channels {
        transaction.require_channel(tenant, *channel);
    }
    for act in part {
        let id = act.rule().id;
        let (action, change) = match act {
            Act::Write(Write { before: None, rule, .. }) => {
                transaction.create_rule(rule)?;
                ("rule.create", (None, Some(audited(rule))))
            }
            Act::Write(Write { before: Some(before), rule, .. }) => {
                transaction.replace_rule(rule)?;
                ("rule.update", audited_change(before, rule))
            }
            Act::Delete(rule) => {
                let old = audited(rule);
                bury(&mut transaction, rule.clone(), buried, platform.now())?;
                buried += 1;
                ("rule.delete", (Some(old), None))
            }
        };
        transaction.audit(&platform.audit_entry(tenant, caller.actor(), action, id, change))?;
    }
    Ok(transaction.commit().await?)
}
