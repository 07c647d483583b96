//! `POST /api/access/reviews`

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use platform_core::access_review::{AccessReview, MAX_OF_A_KIND, MAX_REVIEWS, ReviewText};
use platform_core::ids::{ReviewId, TenantId};
use platform_core::reach::End;
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::quota::Tries;
use platform_store::StoreError;
use platform_store::quotas::Quota;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::lists::Lists;
use crate::review_changes;
use crate::review_report::Report;
use crate::review_view::{ReviewView, audited};

/// Characters of an id.
const LONGEST_ID: usize = 100;

/// What is to be reviewed: at least one group or resource.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AccessReviewInput)]
pub(crate) struct ReviewInput {
    /// The account whose network it is about.
    account_id: Uuid,
    #[schema(example = "Databases, fourth quarter", min_length = 1, max_length = 100)]
    name: String,
    #[serde(default)]
    #[schema(max_length = 2000)]
    note: String,
    /// NetBird's ids of groups.
    #[serde(default)]
    #[schema(max_items = 50)]
    group_ids: Vec<String>,
    /// NetBird's ids of resources of networks.
    #[serde(default)]
    #[schema(max_items = 50)]
    resource_ids: Vec<String>,
}

impl ReviewInput {
    /// What it is about; however often one is named, it counts once.
    fn ends(&self, problems: &mut Problems) -> Vec<End> {
        let mut ends: Vec<End> = Vec::new();
        for (field, ids, is_group) in [("groupIds", &self.group_ids, true), ("resourceIds", &self.resource_ids, false)]
        {
            let are_few = ids.len() <= MAX_OF_A_KIND;
            problems.require(are_few, &format!("/{field}"), format!("must be at most {MAX_OF_A_KIND}"));
            for (nth, id) in ids.iter().enumerate().take(MAX_OF_A_KIND) {
                problems.text(&format!("/{field}/{nth}"), id, 1, LONGEST_ID);
                let end = if is_group { End::Group(id.clone()) } else { End::Resource(id.clone()) };
                if !ends.contains(&end) {
                    ends.push(end);
                }
            }
        }
        problems.require(!ends.is_empty(), "/groupIds", "must name a group, or else resourceIds a resource");
        ends
    }
}

/// Make an access review
///
/// Who can reach each of these groups and resources now, by which rules, and when those were last changed, is written down and never
/// changed again: for people to look at, sign and keep. At most 250,000 rows, and 200 reviews of a tenant.
#[utoipa::path(post, path = "/api/access/reviews", operation_id = "createAccessReview", tag = "access",
    request_body = ReviewInput, responses((status = 201, description = "Made", body = ReviewView),
    (status = 404, description = "No such account, group or resource"),
    (status = 409, description = "There are as many reviews as a tenant may have, it would have too many rows, or the policies could not be read"),
    (status = 503, description = "The network is being read anew")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<ReviewInput>,
) -> Result<(StatusCode, Json<ReviewView>), Problem> {
    let mut problems = Problems::default();
    AccessReview::check(&request.name, &request.note, &mut problems);
    let ends = request.ends(&mut problems);
    problems.finish().map_err(Problem::validation)?;
    let (tenant, now) = (caller.tenant, platform.now());
    refuse_another(&platform, tenant).await?;
    let lists = Lists::read(&platform, tenant, Some(request.account_id)).await?;
    let (account, as_of, unread) = (lists.account.clone(), lists.as_of(), lists.unread.clone());
    // Of a large network this takes a second: other requests go on meanwhile.
    let found = tokio::task::spawn_blocking(move || Report::of(&lists, &ends).map(|report| (report, lists)));
    // The tenant's turn is over with the lists, once all is reckoned.
    let (mut report, lists) = found.await.map_err(Problem::internal)??;
    let watched_since = review_changes::note(&platform, &account, &mut report.rows).await?;
    let sealed = tokio::task::spawn_blocking(move || {
        let sealed = report.seal().map(|()| report);
        drop(lists);
        sealed
    });
    let Report { subjects, rows, count, digest } = sealed.await.map_err(Problem::internal)??;
    let review = AccessReview {
        id: ReviewId::new(now, platform.entropy.as_ref()),
        tenant,
        account: account.id,
        account_name: account.name,
        name: request.name.trim().to_owned(),
        made_at: now,
        made_by: caller.person(),
        subjects: subjects.len(),
        signed: 0,
        change_needed: 0,
        rows: count,
        digest,
        updated_at: now,
        version: 1,
    };
    let note = request.note.trim().to_owned();
    let text = ReviewText { note, as_of, unread, watched_since, subjects, sign_offs: Vec::new() };
    let change = (None, Some(audited(&review, &text)));
    let entry = platform.audit_entry(tenant, caller.actor(), "access-review.create", review.id, change);
    let mut tries = Tries::new(&platform, tenant, Quota::Reviews);
    while let Some(pass) = tries.next().await? {
        refuse_another(&platform, tenant).await?;
        let mut transaction = platform.store.transaction();
        transaction.hand_in(&pass)?;
        transaction.create_review(&review, &text, &rows).map_err(|error| match error {
            StoreError::TooLarge { .. } => {
                Problem::conflict("the review would be too large to be kept: choose fewer groups and resources")
            }
            other => other.into(),
        })?;
        transaction.audit(&entry)?;
        tries.wrote(transaction.commit().await).await?;
    }
    Ok((StatusCode::CREATED, Json(ReviewView::new(&review, &text))))
}

async fn refuse_another(platform: &Platform, tenant: TenantId) -> Result<(), Problem> {
    if platform.store.reviews(tenant).await?.len() >= MAX_REVIEWS {
        let why = format!("a tenant may have at most {MAX_REVIEWS} access reviews: export and delete one");
        return Err(Problem::conflict(why));
    }
    Ok(())
}
