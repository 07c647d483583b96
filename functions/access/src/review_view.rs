//! A review as the API shows it.

use jiff::Timestamp;
use platform_core::access_review::{AccessReview, Refusal, ReviewDecision, ReviewStatus, ReviewText, SignOff, Subject};
use platform_core::ids::{ReviewId, TenantId};
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::proposal_view::PersonView;

/// A review, as lists show it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewSummary)]
pub(crate) struct ReviewSummary {
    id: Uuid,
    account_id: Uuid,
    /// What the account was called when it was made.
    account_name: String,
    name: String,
    status: ReviewStatus,
    made_at: Timestamp,
    made_by: PersonView,
    /// How many groups and resources it is about.
    subject_count: usize,
    /// How many of them are signed.
    signed_count: usize,
    /// How many of those are to be changed.
    change_needed_count: usize,
    row_count: usize,
    /// SHA-256 of its rows as `GET /api/access/reviews/{id}/export?format=jsonl` gives them, in hexadecimal digits.
    digest: String,
    /// When anything last happened to it.
    updated_at: Timestamp,
    /// Counts changes: its `ETag`, and what a change may name by `If-Match`.
    version: u64,
}

impl From<&AccessReview> for ReviewSummary {
    fn from(one: &AccessReview) -> Self {
        Self {
            id: one.id.uuid(),
            account_id: one.account.uuid(),
            account_name: one.account_name.clone(),
            name: one.name.clone(),
            status: one.status(),
            made_at: one.made_at,
            made_by: PersonView::from(&one.made_by),
            subject_count: one.subjects,
            signed_count: one.signed,
            change_needed_count: one.change_needed,
            row_count: one.rows,
            digest: one.digest.clone(),
            updated_at: one.updated_at,
            version: one.version,
        }
    }
}

/// Who could reach some groups and resources, as it was when the review was made.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReview)]
pub(crate) struct ReviewView {
    #[serde(flatten)]
    summary: ReviewSummary,
    note: String,
    /// When the account had been read in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
    /// Names of lists that were missing, or older than the others.
    unread: Vec<String>,
    /// Since when changes of policies were known: a rule without a last change was not changed since.
    watched_since: Timestamp,
    subjects: Vec<SubjectView>,
    /// All that was signed, oldest first.
    sign_offs: Vec<SignOffView>,
}

/// A group or resource that a review is about.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewSubject)]
struct SubjectView {
    /// `group:ID` or `resource:ID`, with NetBird's id.
    #[schema(example = "group:d1k5c8aqmd2opbica0p0")]
    id: String,
    name: String,
    /// Peers of the group; one if it is a resource.
    target_count: usize,
    /// Resources of networks that are in the group, too. Who reaches those is told where they are subjects themselves.
    resource_count: usize,
    /// Peers that reach one of it for sure.
    peer_count: usize,
    /// Other peers that may.
    unknown_count: usize,
    /// Rules that let them.
    rule_count: usize,
    /// Every peer of the account that is not in it reaches it.
    is_reached_by_anybody: bool,
    /// SHA-256 of its rows, as the export of this subject alone gives them.
    digest: String,
    /// What was signed of it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_off: Option<SignOffView>,
}

/// What somebody signed.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessReviewSignOff)]
pub(crate) struct SignOffView {
    at: Timestamp,
    by: PersonView,
    decision: ReviewDecision,
    comment: String,
}

impl From<&SignOff> for SignOffView {
    fn from(one: &SignOff) -> Self {
        let by = PersonView::from(&one.by);
        Self { at: one.at, by, decision: one.decision, comment: one.comment.clone() }
    }
}

impl SubjectView {
    fn new(one: &Subject, text: &ReviewText) -> Self {
        Self {
            id: one.key.clone(),
            name: one.name.clone(),
            target_count: one.targets,
            resource_count: one.resources,
            peer_count: one.peers,
            unknown_count: one.perhaps,
            rule_count: one.rules,
            is_reached_by_anybody: one.anybody,
            digest: one.digest.clone(),
            sign_off: one.sign_off.and_then(|place| text.sign_offs.get(place)).map(SignOffView::from),
        }
    }
}

impl ReviewView {
    pub(crate) fn new(review: &AccessReview, text: &ReviewText) -> Self {
        Self {
            summary: ReviewSummary::from(review),
            note: text.note.clone(),
            as_of: text.as_of,
            unread: text.unread.clone(),
            watched_since: text.watched_since,
            subjects: text.subjects.iter().map(|one| SubjectView::new(one, text)).collect(),
            sign_offs: text.sign_offs.iter().map(SignOffView::from).collect(),
        }
    }
}

/// A review that is there.
pub(crate) async fn find(
    platform: &Platform,
    tenant: TenantId,
    id: ReviewId,
) -> Result<(AccessReview, ReviewText), Problem> {
    platform.store.review(tenant, id).await?.ok_or_else(|| Problem::not_found("access review"))
}

/// What stands in the way, for people.
pub(crate) fn refused(why: Refusal) -> Problem {
    match why {
        Refusal::NoSubject => Problem::field("/subjectId", why.to_string()),
        Refusal::Signed | Refusal::TooMuch => Problem::conflict(why.to_string()),
    }
}

/// A review as the audit trail tells of it: its rows by their digest.
pub(crate) fn audited(review: &AccessReview, text: &ReviewText) -> Value {
    json!({
        "name": review.name, "note": text.note, "accountId": review.account,
        "subjects": review.subjects, "rows": review.rows, "digest": review.digest,
    })
}
