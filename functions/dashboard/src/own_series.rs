//! Series of the tenant's own, as both `metrics` endpoints answer them.

use std::collections::BTreeMap;
use std::ops::Range;

use platform_core::account::SyncState;
use platform_core::ids::{AccountId, TenantId};
use platform_core::metrics::{Resolution, Value, start_of};
use platform_core::own_metrics::{Book, Folded, Series};
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::history::{MOST_SERIES, MetricPoint, rounded};

/// What stands before the name of a metric that was pushed, so that it is never one of the platform's own.
pub(crate) const PREFIX: &str = "custom.";

/// A series of the tenant's own.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OwnMetricSeries {
    id: Uuid,
    account_id: Uuid,
    #[schema(example = "backup.age")]
    name: String,
    /// What it is counted in; empty if nobody said so.
    #[schema(example = "h")]
    unit: String,
    tags: BTreeMap<String, String>,
    /// All points of the range in order, those in which nothing was pushed too. The value is the mean of what was.
    points: Vec<MetricPoint>,
}

/// Those that are asked for, by name or id, of some accounts.
pub(crate) async fn read(
    platform: &Platform,
    tenant: TenantId,
    accounts: &[SyncState],
    wanted: &[String],
    resolution: Resolution,
    range: Range<i64>,
) -> Result<Vec<OwnMetricSeries>, Problem> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<AccountId> = accounts.iter().map(|sync| sync.account).collect();
    let books = platform.store.own_books(tenant, &ids).await?;
    let is = |series: &Series, asked: &str| series.name == *asked || series.id.to_string() == *asked;
    let all = || books.values().flat_map(Book::series);
    if let Some(unknown) = wanted.iter().find(|asked| all().all(|series| !is(series, asked))) {
        return Err(Problem::field("/series", format!("{PREFIX}{unknown} has never been pushed")));
    }
    let is_wanted = |series: &Series| wanted.iter().any(|asked| is(series, asked));
    let several = all().filter(|series| is_wanted(series)).count();
    if several > MOST_SERIES {
        let detail =
            format!("names {several} series that were pushed, of at most {MOST_SERIES}; name some by their ids");
        return Err(Problem::field("/series", detail));
    }
    // What is kept of all series of an account is unpacked together.
    let _turn = platform.list_turn(tenant).await?;
    let mut found = Vec::new();
    for (account, book) in &books {
        let wanted: Vec<&Series> = book.series().iter().filter(|series| is_wanted(series)).collect();
        if wanted.is_empty() {
            continue;
        }
        let points = platform.store.own_points(tenant, *account, book, resolution, range.clone()).await?;
        let of = |series: &Series| OwnMetricSeries {
            id: series.id.uuid(),
            account_id: account.uuid(),
            name: series.name.clone(),
            unit: series.unit.clone(),
            tags: series.tags.clone(),
            points: told(points.get(&series.number), resolution, range.clone()),
        };
        found.extend(wanted.into_iter().map(of));
    }
    found.sort_by(|a, b| (&a.name, &a.tags, a.id).cmp(&(&b.name, &b.tags, b.id)));
    Ok(found)
}

fn told(known: Option<&BTreeMap<i64, Folded>>, resolution: Resolution, range: Range<i64>) -> Vec<MetricPoint> {
    let step = usize::try_from(resolution.minutes()).unwrap_or(1);
    let point = |minute: i64| {
        let value = known.and_then(|points| points.get(&minute)).map(Value::from);
        let part = |part: fn(&Value) -> Option<f64>| {
            value.as_ref().filter(|_| resolution != Resolution::Minute).and_then(part)
        };
        MetricPoint {
            time: start_of(minute),
            value: value.as_ref().map(|value| shown(value.value)),
            min: part(|value| value.least),
            max: part(|value| value.most),
            last: part(|value| value.last),
            samples: value.as_ref().map_or(0, |value| value.samples),
            accounts: u32::from(value.is_some()),
        }
    };
    range.step_by(step).map(point).collect()
}

/// To a hundredth, but for what is too small for that to say anything.
fn shown(value: f64) -> f64 {
    if value.abs() < 1.0 { value } else { rounded(value) }
}
