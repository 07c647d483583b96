//! What a document would make of a tenant's rules: found out as a whole, before anything is written.

use platform_core::account::Account;
use platform_core::ids::{AccountId, RuleId, TenantId, UserId};
use platform_core::rule::{MAX_RULES, Rule};
use platform_core::tenant_channel::TenantChannel;
use platform_core::validate::{FieldError, Problems};
use platform_http::Problem;
use uuid::Uuid;

use crate::rule_draft::{self, Desk, Naming, Whole, changed, made};
use crate::rule_escalation::EscalationStepInput;
use crate::rule_input::Entered;
use crate::rules_document::{
    DocumentError, DocumentRule, Entry, FieldChange, Names, Told, Written, difference, repeated,
};

/// A rule that is to be written.
pub(crate) struct Write {
    /// As it is; absent if it is to be made.
    pub(crate) before: Option<Rule>,
    pub(crate) rule: Rule,
    /// In which fields it would be another.
    pub(crate) fields: Vec<FieldChange>,
    /// Its webhook's signing secret, if that is new.
    pub(crate) secret: Option<String>,
}

/// What is to be done.
#[derive(Default)]
pub(crate) struct Plan {
    pub(crate) writes: Vec<Write>,
    pub(crate) unchanged: Vec<Rule>,
    /// Rules that the document does not name.
    pub(crate) others: Vec<Rule>,
    pub(crate) errors: Vec<DocumentError>,
}

/// What a tenant has.
pub(crate) struct Present<'a> {
    pub(crate) tenant: TenantId,
    pub(crate) by: UserId,
    pub(crate) rules: Vec<Rule>,
    pub(crate) accounts: &'a [Account],
    pub(crate) channels: &'a [TenantChannel],
}

impl Present<'_> {
    /// What there is to do to have what the document says; with `prune`, also of what it does not. `desk` says whether it is to be
    /// done, or only tried.
    pub(crate) async fn plan(&self, desk: &Desk<'_>, entries: Vec<Entry>, prune: bool) -> Result<Plan, Problem> {
        let mut plan = Plan::default();
        let mut read = Vec::new();
        for (index, mut entry) in entries.into_iter().enumerate() {
            let (at, line) = (format!("/rules/{index}"), entry.line);
            match entry.read() {
                Ok(rule) => read.push((at, line, rule)),
                Err(error) => plan.errors.push(placed(&at, line, error)),
            }
        }
        for index in repeated(read.iter().map(|(_, _, rule)| rule.name.trim())) {
            let (at, line, _) = &read[index];
            plan.errors.push(placed(at, *line, wrong("/name", "is there twice")));
        }
        let named: Vec<String> = read.iter().map(|(_, _, rule)| rule.name.trim().to_owned()).collect();
        for (at, line, rule) in read {
            let mut problems = Problems::default();
            self.plan_one(desk, rule, &mut plan, &mut problems).await?;
            let found = problems.finish().err().unwrap_or_default();
            plan.errors.extend(found.into_iter().map(|error| placed(&at, line, error)));
        }
        plan.others.extend(self.rules.iter().filter(|rule| !named.contains(&rule.name)).cloned());
        let new = plan.writes.iter().filter(|write| write.before.is_none()).count();
        let left = self.rules.len() + new - if prune { plan.others.len() } else { 0 };
        if new > 0 && left > MAX_RULES {
            let detail = format!("would make {left} rules; a tenant may have at most {MAX_RULES}");
            plan.errors.push(placed("", None, wrong("/rules", &detail)));
        }
        Ok(plan)
    }

    async fn plan_one(
        &self,
        desk: &Desk<'_>,
        asked: DocumentRule,
        plan: &mut Plan,
        problems: &mut Problems,
    ) -> Result<(), Problem> {
        let names = Names::new(self.accounts, self.channels);
        let mut present = self.rules.iter().filter(|rule| rule.name == asked.name.trim());
        let (before, other) = (present.next(), present.next());
        problems.require(other.is_none(), "/name", "is the name of several rules; rename them first");
        let account = asked
            .account
            .as_deref()
            .and_then(|name| names.account(name).map_err(|detail| problems.push("/account", detail)).ok());
        let called = asked.channels.unwrap_or_default();
        let channels = ids_of(&names, "/channels", &called, problems);
        let steps = asked.escalation.unwrap_or_default();
        let escalation = steps.iter().enumerate().map(|(nth, step)| EscalationStepInput {
            after_minutes: step.after_minutes,
            channel_ids: ids_of(&names, &format!("/escalation/{nth}/channels"), &step.channels, problems),
        });
        let escalation: Vec<EscalationStepInput> = escalation.collect();
        let notification = asked.notification_config.unwrap_or_default();
        let entered = Entered {
            name: asked.name,
            description: asked.description,
            condition_type: asked.condition_type,
            condition_config: asked.condition_config,
            severity: asked.severity,
            enabled: Some(asked.enabled.unwrap_or(true)),
            account_id: account.map(AccountId::uuid),
            for_minutes: asked.for_minutes,
            keep_firing_minutes: asked.keep_firing_minutes,
        };
        // First as far as nothing has to be read: most of a document is as it was.
        let ids: Vec<_> = self.accounts.iter().map(|account| account.id).collect();
        let mut sketch = match before {
            Some(before) => before.clone(),
            None => Rule::account_unreachable(self.tenant, desk.now()),
        };
        let mut found = Problems::default();
        entered.clone().write(&mut sketch, &ids, &mut found);
        let secrets = notification.secrets();
        let after = names.write(&sketch, (called, steps), Told::from(&notification));
        if let Err(found) = found.finish() {
            found.into_iter().for_each(|error| problems.push(error.pointer, error.detail));
            return Ok(());
        }
        let after = after.ok_or_else(|| Problem::internal("input without problems is incomplete"))?;
        let fields = match before.and_then(|rule| names.written(rule)) {
            Some(written) => self.fields(&written, &after, &secrets)?,
            None => Vec::new(),
        };
        if let Some(rule) = before.filter(|_| fields.is_empty()) {
            plan.unchanged.push(rule.clone());
            return Ok(());
        }
        let told = rule_draft::Told { notification, channels: Some(channels), escalation: Some(escalation) };
        let whole = Whole { entered, told };
        let mut found = Problems::default();
        let draft = match before {
            Some(before) => changed(desk, before, self.accounts, whole, Naming::Kept, &mut found).await?,
            None => made(desk, (self.tenant, self.by), self.accounts, whole, &mut found).await?,
        };
        match (found.finish(), draft) {
            (Ok(()), Some(draft)) => plan.writes.push(Write {
                before: before.cloned(),
                rule: draft.rule,
                fields,
                secret: draft.secret.filter(|_| secrets.contains(&"webhook")),
            }),
            (found, _) => {
                for error in found.err().unwrap_or_default() {
                    problems.push(error.pointer, error.detail);
                }
            }
        }
        Ok(())
    }

    /// In which fields a rule would be another. What is secret is another whenever it is sent.
    fn fields(&self, before: &Written, after: &Written, secrets: &[&str]) -> Result<Vec<FieldChange>, Problem> {
        let mut fields = difference(before, after)?;
        let secret = |name: &&str| FieldChange { pointer: format!("/notificationConfig/{name}"), from: None, to: None };
        fields.extend(secrets.iter().map(secret));
        Ok(fields)
    }
}

impl Plan {
    /// The rules that go, if they are to.
    pub(crate) fn gone(&self, prune: bool) -> &[Rule] {
        if prune { &self.others } else { &[] }
    }

    /// The id that a rule has, if it has one.
    pub(crate) fn id_of(write: &Write) -> Option<RuleId> {
        write.before.as_ref().map(|rule| rule.id)
    }
}

/// The channels that are named, of those that there are.
fn ids_of(names: &Names<'_>, at: &str, named: &[String], problems: &mut Problems) -> Vec<Uuid> {
    let mut ids = Vec::new();
    for (index, name) in named.iter().enumerate() {
        match names.channel(name) {
            Some(id) => ids.push(id.uuid()),
            None => problems.push(format!("{at}/{index}"), "is not a channel of this tenant"),
        }
    }
    ids
}

fn wrong(pointer: &str, detail: &str) -> FieldError {
    FieldError { pointer: pointer.to_owned(), detail: detail.to_owned() }
}

/// What is wrong with a rule, in its place of the document.
fn placed(at: &str, line: Option<u32>, error: FieldError) -> DocumentError {
    // By ids is how others name them.
    let pointer = match error.pointer.as_str() {
        "/accountId" => "/account".to_owned(),
        pointer => pointer.replacen("/channelIds", "/channels", 1),
    };
    DocumentError { pointer: format!("{at}{pointer}"), detail: error.detail, line }
}
