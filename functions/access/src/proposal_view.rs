//! A proposal as the API shows it.

use jiff::Timestamp;
use platform_core::access::Permission;
use platform_core::alert::Person;
use platform_core::ids::{TenantId, UserId};
use platform_core::proposal::{Comment, Decided, Proposal, ProposalDecision, ProposalState, ProposalText};
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::change_input::ChangeInput;
use crate::proposal_input::changes_of;

/// Who did something.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessPerson)]
pub(crate) struct PersonView {
    id: Uuid,
    /// Name at that time.
    name: String,
}

impl From<&Person> for PersonView {
    fn from(person: &Person) -> Self {
        Self { id: person.id.uuid(), name: person.name.clone() }
    }
}

/// A proposal, as lists show it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposalSummary)]
pub(crate) struct ProposalSummary {
    id: Uuid,
    account_id: Uuid,
    /// What the account was called when it was made.
    account_name: String,
    title: String,
    state: ProposalState,
    /// How many changes it is.
    change_count: usize,
    comment_count: usize,
    created_at: Timestamp,
    created_by: PersonView,
    /// When title, description or changes were changed last.
    changed_at: Timestamp,
    changed_by: PersonView,
    /// When anything last happened to it.
    updated_at: Timestamp,
    /// When it is forgotten; absent unless it is rejected or closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_until: Option<Timestamp>,
    /// Counts changes and decisions, not comments: its `ETag`, and what a change may, and a decision must, name by `If-Match`.
    version: u64,
}

impl From<&Proposal> for ProposalSummary {
    fn from(one: &Proposal) -> Self {
        Self {
            id: one.id.uuid(),
            account_id: one.account.uuid(),
            account_name: one.account_name.clone(),
            title: one.title.clone(),
            state: one.state,
            change_count: one.changes,
            comment_count: one.comments,
            created_at: one.created_at,
            created_by: PersonView::from(&one.created_by),
            changed_at: one.changed_at,
            changed_by: PersonView::from(&one.changed_by),
            updated_at: one.updated_at,
            kept_until: one.keep_until,
            version: one.edition(),
        }
    }
}

/// A proposal: a change of a network that somebody tried and saved. Nothing of it is written to NetBird.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposal)]
pub(crate) struct ProposalView {
    #[serde(flatten)]
    summary: ProposalSummary,
    description: String,
    /// One after the other, as they were entered.
    changes: Vec<ChangeInput>,
    /// What they touch, by the names of when they were tried.
    touched: Vec<ThingView>,
    /// Of when the lists were on which they were tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
    /// Oldest first.
    comments: Vec<CommentView>,
    /// Oldest first.
    decisions: Vec<DecisionView>,
    /// The one member who may approve; absent if there are several. Else nobody approves what they made or changed last.
    #[serde(skip_serializing_if = "Option::is_none")]
    sole_approver: Option<Uuid>,
}

/// A thing of the network that changes touch.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposalThing)]
pub(crate) struct ThingView {
    /// `policies`, `groups`, `peers`, `network_routers`, `network_resources` or `posture_checks`.
    #[schema(example = "policies")]
    list: String,
    /// NetBird's id.
    id: String,
    name: String,
    /// It is changed; else only named.
    is_changed: bool,
}

/// What somebody said.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessProposalComment)]
pub(crate) struct CommentView {
    at: Timestamp,
    by: PersonView,
    message: String,
}

/// What somebody decided.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposalDecided)]
struct DecisionView {
    at: Timestamp,
    by: PersonView,
    decision: ProposalDecision,
    #[serde(skip_serializing_if = "String::is_empty")]
    message: String,
    /// Who approved had made it or changed it last: nobody else could approve.
    is_alone: bool,
}

impl From<&Comment> for CommentView {
    fn from(one: &Comment) -> Self {
        Self { at: one.at, by: PersonView::from(&one.by), message: one.message.clone() }
    }
}

impl From<&Decided> for DecisionView {
    fn from(one: &Decided) -> Self {
        let Decided { at, by, decision, message, is_alone } = one;
        let (by, message) = (PersonView::from(by), message.clone());
        Self { at: *at, by, decision: *decision, message, is_alone: *is_alone }
    }
}

impl ProposalView {
    /// A proposal, with those who may approve.
    pub(crate) fn new(proposal: &Proposal, text: &ProposalText, approvers: &[UserId]) -> Result<Self, Problem> {
        let thing = |one: &platform_core::proposal::KnownThing| ThingView {
            list: one.list.clone(),
            id: one.id.clone(),
            name: one.name.clone(),
            is_changed: one.digest.is_some(),
        };
        Ok(Self {
            summary: ProposalSummary::from(proposal),
            description: text.description.clone(),
            changes: changes_of(text)?,
            touched: text.touched.iter().map(thing).collect(),
            as_of: text.as_of,
            comments: text.comments.iter().map(CommentView::from).collect(),
            decisions: text.decisions.iter().map(DecisionView::from).collect(),
            sole_approver: if let [one] = approvers { Some(one.uuid()) } else { None },
        })
    }
}

/// The members who may approve proposals now.
pub(crate) async fn approvers(platform: &Platform, tenant: TenantId) -> Result<Vec<UserId>, Problem> {
    let members = platform.store.members(tenant).await?.into_iter();
    let may = members.filter(|member| member.active && member.role.may(Permission::ProposalsApprove));
    Ok(may.map(|member| member.user).collect())
}
