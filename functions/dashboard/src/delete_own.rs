//! `DELETE /api/metrics/{id}`

use axum::extract::State;
use http::StatusCode;
use platform_core::ids::{AccountId, OwnSeriesId};
use platform_core::text;
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_runtime::{Platform, quota};
use serde_json::json;
use uuid::Uuid;

use crate::list_own::watches;

/// Rules that an answer names before it counts them.
const NAMED: usize = 5;

/// Remove a metric of one's own
///
/// What was pushed of the series is told no more at once, and leaves the database with what it is stored beside. Should its name
/// and tags be pushed again, that is another series. One that a rule watches stays: the answer names the rules.
#[utoipa::path(delete, path = "/api/metrics/{id}", operation_id = "deleteOwnMetric", tag = "dashboard",
    params(("id" = Uuid, Path)), responses((status = 204, description = "Removed"),
    (status = 409, description = "Rules watch it")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
) -> Result<StatusCode, Problem> {
    let (tenant, id) = (caller.tenant, OwnSeriesId::from_uuid(id));
    let (accounts, rules) = tokio::try_join!(platform.store.accounts(tenant), platform.store.rules(tenant))?;
    let accounts: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let write = || async {
        let books = platform.store.own_books(tenant, &accounts).await?;
        let found = books.into_iter().find(|(_, book)| book.series().iter().any(|series| series.id == id));
        let Some((account, mut book)) = found else { return Err(Problem::not_found("metric")) };
        let Some(series) = book.remove(id) else { return Err(Problem::not_found("metric")) };
        let watching: Vec<&str> =
            rules.iter().filter(|rule| watches(rule, account, &series)).map(|rule| rule.name.as_str()).collect();
        if !watching.is_empty() {
            let names = text::names(watching.iter().copied(), NAMED);
            return Err(Problem::conflict(format!("{} is watched by {names}", series.label())));
        }
        let before = json!({
            "name": series.name, "tags": series.tags, "unit": series.unit, "accountId": account,
            "lastValue": series.last, "lastAt": series.last_at(),
        });
        let mut transaction = platform.store.transaction();
        transaction.write_own_book(tenant, account, &mut book)?;
        let entry = platform.audit_entry(tenant, caller.actor(), "metric.delete", id, (Some(before), None));
        transaction.audit(&entry)?;
        Ok(transaction.commit().await)
    };
    quota::until_written(&platform, write).await?;
    Ok(StatusCode::NO_CONTENT)
}
