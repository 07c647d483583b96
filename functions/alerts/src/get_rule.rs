//! `GET /api/alerts/rules/{id}`

use axum::Json;
use axum::extract::State;
use platform_core::ids::{AccountId, RuleId};
use platform_http::Problem;
use platform_http::extract::Id;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use uuid::Uuid;

use crate::rule_groups::evaluated;
use crate::rule_view::{RuleView, may_write};
use crate::rule_waits::{books, waits};

/// An alert rule
///
/// With the groups that it names, as each account knows them, and the accounts in which it waits for lists or for values of a
/// metric.
#[utoipa::path(get, path = "/api/alerts/rules/{id}", operation_id = "getRule", tag = "alerts",
    params(("id" = Uuid, Path)), responses((status = 200, description = "The rule", body = RuleView)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Id(id): Id<Uuid>,
) -> Result<Json<RuleView>, Problem> {
    let (tenant, id) = (reader.tenant, RuleId::from_uuid(id));
    let (rule, accounts, syncs, may_write, troubles) = tokio::try_join!(
        async { platform.store.rule(tenant, id).await.map_err(Problem::from) },
        async { platform.store.accounts(tenant).await.map_err(Problem::from) },
        async { platform.store.sync_states(tenant).await.map_err(Problem::from) },
        may_write(&platform, &reader),
        async { platform.store.own_troubles(tenant, id).await.map_err(Problem::from) },
    )?;
    let rule = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let names_groups = !rule.condition.watch().named_groups().is_empty();
    let covered = accounts.iter().map(|account| account.id).filter(|account| names_groups && rule.covers(*account));
    let covered: Vec<AccountId> = covered.collect();
    let states = platform.store.states_of_rule(tenant, id, &covered).await?;
    let known = evaluated(&rule, &accounts, &states);
    let view = RuleView::new(&rule, may_write, None, platform.now())?.with_groups(&rule, &known);
    let view = view.with_troubles(&rule, troubles);
    let books = books(&platform, tenant, &rule, &accounts).await?;
    Ok(Json(view.with_waits(waits(&rule, &accounts, &syncs, &books, platform.now()))))
}
