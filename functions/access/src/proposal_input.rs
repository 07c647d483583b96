//! A proposal as people enter it.

use aws_lc_rs::digest::{SHA256, digest};
use platform_core::ids::{ProposalId, TenantId};
use platform_core::proposal::{KnownThing, MAX_CHANGE_BYTES, MAX_PROPOSALS, Proposal, ProposalText, Refusal};
use platform_core::reach::{Ask, Change, Protocol, Touched};
use platform_core::text::printable;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::page::json_bytes;
use platform_runtime::Platform;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::change_input::{ChangeInput, Log, log, read_changes};
use crate::difference::difference;
use crate::lists::Lists;

/// Characters of a thing's name that are kept.
const LONGEST_NAME: usize = 200;

/// A proposal as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessProposalInput)]
pub(crate) struct ProposalInput {
    /// The account whose network it is about. It stays that.
    pub(crate) account_id: Uuid,
    #[schema(example = "Let the office print", min_length = 1, max_length = 100)]
    pub(crate) title: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    pub(crate) description: String,
    /// One after the other, as `POST /api/access/difference` takes them; together at most 100 KB.
    #[schema(min_items = 1, max_items = 50)]
    pub(crate) changes: Vec<ChangeInput>,
}

/// Changes that were tried.
pub(crate) struct Tried {
    pub(crate) title: String,
    pub(crate) count: usize,
    pub(crate) account_name: String,
    pub(crate) text: ProposalText,
}

impl ProposalInput {
    /// Tries it on the network as it is now. What the changes name must be there.
    pub(crate) async fn attempt(self, platform: &Platform, tenant: TenantId) -> Result<Tried, Problem> {
        let mut problems = Problems::default();
        Proposal::check(&self.title, &self.description, &mut problems);
        let (count, json) = (self.changes.len(), serde_json::to_string(&self.changes).map_err(Problem::internal)?);
        let too_much = || format!("must be at most {} KB together", MAX_CHANGE_BYTES / 1_000);
        problems.require(json.len() <= MAX_CHANGE_BYTES, "/changes", too_much());
        let log = log(platform, tenant, self.account_id, &self.changes).await?;
        let changes = read_changes(self.changes, &log, &mut problems);
        problems.finish().map_err(Problem::validation)?;
        let lists = Lists::read(platform, tenant, Some(self.account_id)).await?;
        let (account_name, as_of) = (lists.account.name.clone(), lists.as_of());
        let tried = tokio::task::spawn_blocking(move || {
            difference(&lists, &changes, ANYTHING)?;
            Ok::<_, Problem>(known(lists.inventory().touched(&changes)))
        });
        let touched: Vec<KnownThing> = tried.await.map_err(Problem::internal)??;
        if json_bytes(&touched).map_err(Problem::internal)? > MAX_CHANGE_BYTES {
            return Err(Problem::field("/changes", "name so many things that they do not fit one proposal"));
        }
        let text = ProposalText {
            description: self.description.trim().to_owned(),
            changes: json,
            touched,
            as_of,
            ..ProposalText::default()
        };
        Ok(Tried { title: self.title.trim().to_owned(), count, account_name, text })
    }
}

/// On what a proposal is tried.
pub(crate) const ANYTHING: Ask = Ask { protocol: Protocol::All, port: None };

/// What changes touch, as it is kept.
pub(crate) fn known(touched: Vec<Touched>) -> Vec<KnownThing> {
    let thing = |one: Touched| KnownThing {
        list: one.list.name().to_owned(),
        id: one.id,
        name: printable(&one.name, LONGEST_NAME),
        digest: one.content.map(|content| sha256(&content)),
    };
    touched.into_iter().map(thing).collect()
}

fn sha256(text: &str) -> String {
    hex::encode(digest(&SHA256, text.as_bytes()))
}

/// The changes of a proposal, as they were entered.
pub(crate) fn changes_of(text: &ProposalText) -> Result<Vec<ChangeInput>, Problem> {
    serde_json::from_str(&text.changes).map_err(Problem::internal)
}

/// The same, read.
pub(crate) fn carried_out(inputs: Vec<ChangeInput>, log: &Log) -> Result<Vec<Change>, Problem> {
    let mut problems = Problems::default();
    let changes = read_changes(inputs, log, &mut problems);
    problems.finish().map_err(Problem::validation)?;
    Ok(changes)
}

/// A proposal that is there.
pub(crate) async fn find(
    platform: &Platform,
    tenant: TenantId,
    id: ProposalId,
) -> Result<(Proposal, ProposalText), Problem> {
    platform.store.proposal(tenant, id).await?.ok_or_else(|| Problem::not_found("proposal"))
}

/// Refuses one more than a tenant may have.
pub(crate) fn refuse_more(proposals: &[Proposal]) -> Result<(), Problem> {
    if proposals.iter().filter(|one| !one.state.is_over()).count() >= MAX_PROPOSALS {
        let why = format!("a tenant may have at most {MAX_PROPOSALS} proposals that are open or approved");
        return Err(Problem::conflict(why));
    }
    Ok(())
}

/// What stands in the way, for people.
pub(crate) fn refused(why: &Refusal) -> Problem {
    Problem::conflict(why.to_string())
}

/// A proposal as the audit trail tells of it: the changes by their digest.
pub(crate) fn audited(proposal: &Proposal, text: &ProposalText) -> Value {
    json!({
        "title": proposal.title, "description": text.description, "accountId": proposal.account,
        "state": proposal.state, "changes": proposal.changes, "changesSha256": sha256(&text.changes),
    })
}
