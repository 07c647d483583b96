//! Whether a review says what the network as it is now would say.

use http::StatusCode;
use jiff::Timestamp;
use platform_core::access_review::{AccessReview, ReviewText, Subject};
use platform_core::named;
use platform_core::reach::End;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::lists::Lists;
use crate::review_report::Report;

named! {
    /// How a review stands to the network as it is now.
    pub(crate) enum ReviewIs {
        /// The same peers reach it on the same, by the same rules.
        Same = "same",
        /// They do not.
        Different = "different",
        /// It is not there any more.
        Gone = "gone",
        /// That cannot be said: `reason` says why.
        Unknown = "unknown",
    }
}

/// How a review stands to the network as it is now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewStanding)]
pub(crate) struct ReviewStanding {
    /// `different` if one of its subjects is not the same.
    standing: ReviewIs,
    /// Why it is gone, or not known, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When the account was read in full.
    #[serde(skip_serializing_if = "Option::is_none")]
    as_of: Option<Timestamp>,
    /// In the order of the review's; none where it is not known of any.
    subjects: Vec<SubjectNow>,
}

/// How a group or resource stands.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessReviewSubjectStanding)]
struct SubjectNow {
    /// `group:ID` or `resource:ID`.
    id: String,
    standing: ReviewIs,
    /// Peers that reach it now; absent if it is gone or not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    peer_count: Option<usize>,
    /// Other peers that may.
    #[serde(skip_serializing_if = "Option::is_none")]
    unknown_count: Option<usize>,
}

impl ReviewStanding {
    fn without(standing: ReviewIs, reason: &str) -> Self {
        Self { standing, reason: Some(reason.to_owned()), as_of: None, subjects: Vec::new() }
    }

    /// How it stands now. What stands in the way of saying so is said.
    pub(crate) async fn of(platform: &Platform, review: &AccessReview, text: &ReviewText) -> Result<Self, Problem> {
        let lists = match Lists::read(platform, review.tenant, Some(review.account.uuid())).await {
            Ok(lists) => lists,
            Err(problem) => return without(problem),
        };
        let then = text.subjects.clone();
        let compared = tokio::task::spawn_blocking(move || compare(&lists, &then));
        compared.await.map_err(Problem::internal)?.or_else(without)
    }
}

/// What cannot be judged; a fault of ours stays one.
fn without(problem: Problem) -> Result<ReviewStanding, Problem> {
    match problem.status() {
        StatusCode::NOT_FOUND => Ok(ReviewStanding::without(ReviewIs::Gone, "the account is not connected any more")),
        StatusCode::CONFLICT | StatusCode::SERVICE_UNAVAILABLE => {
            Ok(ReviewStanding::without(ReviewIs::Unknown, problem.detail()))
        }
        _ => Err(problem),
    }
}

fn compare(lists: &Lists, then: &[Subject]) -> Result<ReviewStanding, Problem> {
    let known: Vec<End> = lists.ends_there(then.iter().filter_map(|subject| subject.key.parse().ok()));
    let report = Report::of(lists, &known)?;
    let now = |subject: &Subject| {
        let id = subject.key.clone();
        match report.subjects.iter().find(|one| one.key == subject.key) {
            None => SubjectNow { id, standing: ReviewIs::Gone, peer_count: None, unknown_count: None },
            Some(one) => SubjectNow {
                id,
                standing: if one.answer == subject.answer { ReviewIs::Same } else { ReviewIs::Different },
                peer_count: Some(one.peers),
                unknown_count: Some(one.perhaps),
            },
        }
    };
    let subjects: Vec<SubjectNow> = then.iter().map(now).collect();
    let is_same = subjects.iter().all(|one| one.standing == ReviewIs::Same);
    let standing = if is_same { ReviewIs::Same } else { ReviewIs::Different };
    Ok(ReviewStanding { standing, reason: None, as_of: lists.as_of(), subjects })
}
