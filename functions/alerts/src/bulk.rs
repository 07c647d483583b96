//! One step with many alerts: each for itself, as if somebody took it with one after the other.

use std::collections::HashSet;

use axum::Json;
use futures::StreamExt;
use platform_core::ids::AlertId;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::step::{Hand, checked, take_by};

/// Alerts of one request.
const MOST: usize = 200;
/// Alerts that are changed at a time. They count in the same few items, so that more would only wait for each other.
const AT_ONCE: usize = 4;

/// With which alerts, and why.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AlertsMessage {
    /// 1 to 200 ids, each once.
    #[schema(min_items = 1, max_items = 200)]
    pub(crate) alert_ids: Vec<Uuid>,
    /// What is said with each of them.
    #[schema(example = "The site moves", max_length = 2000)]
    pub(crate) message: Option<String>,
}

/// What came of it, alert by alert.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkResult)]
pub(crate) struct BulkView {
    /// The alerts that were changed, in the order in which they were named.
    done: Vec<Uuid>,
    /// Those that were not, in that order.
    failed: Vec<BulkFailureView>,
}

/// An alert that was not changed, and why.
#[derive(Serialize, ToSchema)]
#[schema(as = BulkFailure)]
struct BulkFailureView {
    id: Uuid,
    /// The status that a request for this alert alone would have been answered with.
    #[schema(example = 409)]
    status: u16,
    /// What kind of problem it is, in a few words.
    title: String,
    /// What happened.
    #[schema(example = "the alert is resolved and cannot be acknowledged")]
    detail: String,
}

/// Takes a step with each of many alerts. One that somebody else changed just then is tried again; what cannot be changed
/// keeps no other from it.
pub(crate) async fn steps(
    platform: &Platform,
    caller: &Caller,
    request: AlertsMessage,
    hand: Hand,
) -> Result<Json<BulkView>, Problem> {
    let mut problems = Problems::default();
    let (ids, mut known) = (request.alert_ids, HashSet::new());
    problems.require((1..=MOST).contains(&ids.len()), "/alertIds", format!("must have 1 to {MOST} ids"));
    for (index, id) in ids.iter().enumerate().take(MOST) {
        problems.require(known.insert(*id), &format!("/alertIds/{index}"), "is there twice");
    }
    let message = checked(hand, request.message, platform.now(), &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let message = &message;
    let one = |id: Uuid| async move {
        let alert = AlertId::from_uuid(id);
        (id, platform.store.retry(|| take_by(platform, caller, alert, message.clone(), hand)).await)
    };
    let mut taken = futures::stream::iter(ids.into_iter().map(one)).buffered(AT_ONCE);
    let mut view = BulkView { done: Vec::new(), failed: Vec::new() };
    while let Some((id, result)) = taken.next().await {
        match result {
            Ok(_) => view.done.push(id),
            Err(problem) => view.failed.push(BulkFailureView {
                id,
                status: problem.status().as_u16(),
                title: problem.title().to_owned(),
                detail: problem.detail().to_owned(),
            }),
        }
    }
    Ok(Json(view))
}
