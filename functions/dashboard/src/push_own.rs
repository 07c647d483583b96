//! `POST /api/metrics`

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use http::StatusCode;
use jiff::Timestamp;
use platform_core::ids::AccountId;
use platform_core::own_metrics::{MAX_SERIES, Pushed, Tags};
use platform_core::validate::Problems;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::limits::count_push;
use platform_runtime::{Platform, quota};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Most values of a push.
const MOST_VALUES: usize = 100;
/// Most accounts of a push: all that it writes is one transaction.
const MOST_ACCOUNTS: usize = 10;

/// Values that are pushed.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PushMetrics {
    #[schema(min_items = 1, max_items = 100)]
    metrics: Vec<PushedMetric>,
}

/// A value.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct PushedMetric {
    /// Small letters, digits, `_` and `.`. None begins with `peers_` or `sync_`, as those of the platform's own do.
    #[schema(example = "backup.age", min_length = 1, max_length = 100)]
    name: String,
    #[schema(example = 26.5)]
    value: f64,
    /// What it is counted in; as before if absent.
    #[schema(example = "h", max_length = 20)]
    unit: Option<String>,
    /// What tells series of one name apart: at most 5.
    #[serde(default)]
    tags: BTreeMap<String, String>,
    /// When it was so: at most 15 minutes ago, and 1 ahead; now if absent.
    timestamp: Option<Timestamp>,
    /// Which network it is about; may be absent while there is just one.
    account_id: Option<Uuid>,
}

/// What was taken in.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PushedMetrics {
    /// How many values.
    taken: usize,
    /// Of how many series.
    series: usize,
    /// Of how many of those nothing was pushed before.
    new_series: usize,
}

/// Push metrics of one's own
///
/// All of them or none. Values of one minute are folded: the least, the greatest, the last, their sum and number are kept.
/// Minutes are kept for 2 days, hours for 90, days (in UTC) for 730. An account has at most 100 series, each a name with tags;
/// a tenant pushes at most 120 times a minute, each account counted. Meant for scripts, with an API token; with an `Idempotency-Key`, what is sent
/// again counts once.
#[utoipa::path(post, path = "/api/metrics", operation_id = "pushMetrics", tag = "dashboard",
    request_body = PushMetrics, responses((status = 201, description = "Taken in", body = PushedMetrics)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    extract::Json(request): extract::Json<PushMetrics>,
) -> Result<(StatusCode, Json<PushedMetrics>), Problem> {
    let (tenant, taken) = (caller.tenant, request.metrics.len());
    if !(1..=MOST_VALUES).contains(&taken) {
        return Err(Problem::field("/metrics", format!("must be 1 to {MOST_VALUES} values")));
    }
    let accounts: Vec<AccountId> =
        platform.store.accounts(tenant).await?.into_iter().map(|account| account.id).collect();
    let pushed = checked(request.metrics, &accounts, platform.now())?;
    if pushed.len() > MOST_ACCOUNTS {
        return Err(Problem::field("/metrics", format!("must be about at most {MOST_ACCOUNTS} accounts")));
    }
    // What is kept of an account is written anew by each.
    count_push(&platform, tenant, pushed.len()).await?;
    let write = || async {
        let (mut transaction, mut series, mut new_series) = (platform.store.transaction(), 0, 0);
        for (account, values) in &pushed {
            let entropy = platform.entropy.as_ref();
            let taken = match platform.store.take_own(tenant, *account, values.clone(), entropy).await? {
                Ok(taken) => taken,
                Err(too_many) => {
                    let mut problems = Problems::default();
                    for place in too_many.0 {
                        let detail = format!("is one series too many: an account has at most {MAX_SERIES}");
                        problems.push(format!("/metrics/{place}/name"), detail);
                    }
                    problems.finish().map_err(Problem::validation)?;
                    return Err(Problem::internal("too many series, and none is named"));
                }
            };
            series += taken.took.series.len();
            new_series += taken.took.made.len();
            transaction.write_own(tenant, *account, taken)?;
        }
        Ok::<_, Problem>(transaction.commit().await.map(|()| (series, new_series)))
    };
    let (series, new_series): (usize, usize) = quota::until_written(&platform, write).await?;
    Ok((StatusCode::CREATED, Json(PushedMetrics { taken, series, new_series })))
}

/// The values by account, if nothing is wrong with any.
fn checked(
    metrics: Vec<PushedMetric>,
    accounts: &[AccountId],
    now: Timestamp,
) -> Result<BTreeMap<AccountId, Vec<Pushed>>, Problem> {
    let (mut problems, mut by_account) = (Problems::default(), BTreeMap::<AccountId, Vec<Pushed>>::new());
    for (place, one) in metrics.into_iter().enumerate() {
        let at = format!("/metrics/{place}");
        let PushedMetric { name, value, unit, tags, timestamp, account_id } = one;
        let pushed = Pushed { place, name, unit, tags: Tags::from_iter(tags), value, at: timestamp.unwrap_or(now) };
        pushed.check(&at, now, &mut problems);
        let known = match (account_id.map(AccountId::from_uuid), accounts) {
            (Some(account), accounts) if accounts.contains(&account) => Ok(account),
            (Some(_), _) => Err("is not a connected account"),
            (None, [only]) => Ok(*only),
            (None, []) => Err("must be a connected account, and there is none"),
            (None, _) => Err("is required: there is more than one account"),
        };
        match known {
            Ok(account) => by_account.entry(account).or_default().push(pushed),
            Err(why) => problems.push(format!("{at}/accountId"), why),
        }
    }
    problems.finish().map_err(Problem::validation)?;
    Ok(by_account)
}
