//! `GET /api/audit/summary`

use std::collections::{BTreeMap, HashMap};

use axum::Json;
use axum::extract::State;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use platform_core::audit::AuditEntry;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::trail::{stretch, trail_query};

/// What is summed up unless the request says otherwise.
const USUAL: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Entries that are looked at for a summary.
const MOST_LOOKED_AT: usize = 20_000;
/// Entries that are read at once, after which others have their turn.
const AT_ONCE: usize = 1_000;
/// Lines of each list.
const MOST_LINES: usize = 100;

trail_query!(SummaryQuery {});

/// How much was done, by whom, what, to what and when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditSummary {
    /// From when, itself included.
    from: Timestamp,
    /// Until when, itself not included.
    to: Timestamp,
    /// How many entries.
    total: usize,
    /// Whether all of the stretch was looked at. Else `from` is later than asked for: of a long trail the newest 20,000 entries
    /// are.
    is_complete: bool,
    /// Who did most, first; at most 100 of each list.
    by_user: Vec<UserCount>,
    by_action: Vec<Count>,
    by_resource_type: Vec<Count>,
    /// Days by UTC, oldest first, those on which nothing was done left out.
    by_day: Vec<DayCount>,
}

/// How much somebody did.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct UserCount {
    id: Uuid,
    /// As they were called when they last did something.
    name: String,
    count: usize,
}

/// How often.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditCount)]
struct Count {
    #[schema(example = "rule.create")]
    name: String,
    count: usize,
}

/// How much was done on a day.
#[derive(Serialize, ToSchema)]
struct DayCount {
    #[schema(value_type = String, format = Date)]
    day: jiff::civil::Date,
    count: usize,
}

#[derive(Default)]
struct Sums {
    total: usize,
    users: HashMap<Uuid, (String, usize)>,
    actions: HashMap<String, usize>,
    resources: HashMap<String, usize>,
    days: BTreeMap<jiff::civil::Date, usize>,
}

impl Sums {
    /// Entries come newest first.
    fn add(&mut self, entry: AuditEntry) {
        self.total += 1;
        self.users.entry(entry.actor.user.uuid()).or_insert((entry.actor.name, 0)).1 += 1;
        *self.actions.entry(entry.action).or_default() += 1;
        *self.resources.entry(entry.resource_type).or_default() += 1;
        *self.days.entry(entry.at.to_zoned(TimeZone::UTC).date()).or_default() += 1;
    }
}

fn most(counts: HashMap<String, usize>) -> Vec<Count> {
    let mut counts: Vec<Count> = counts.into_iter().map(|(name, count)| Count { name, count }).collect();
    counts.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    counts.truncate(MOST_LINES);
    counts
}

/// Sum up the audit trail
///
/// How much was done by whom, what, to what kind of thing, and on which day; with the same filters as the list. Without `from`
/// the last 30 days.
#[utoipa::path(get, path = "/api/audit/summary", operation_id = "summarizeAuditLogs", tag = "audit", params(SummaryQuery),
    responses((status = 200, description = "The sums", body = AuditSummary)))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<SummaryQuery>,
) -> Result<Json<AuditSummary>, Problem> {
    let wanted = query.wanted()?;
    let usual = || query.to.unwrap_or(platform.now()).checked_sub(USUAL).unwrap_or(Timestamp::MIN);
    let from = query.from.unwrap_or_else(usual);
    let mut range = stretch(&platform, reader.tenant, (Some(from), query.to), None).await?;
    let (mut from, to) = (range.from, range.to);
    let _turn = platform.list_turn(reader.tenant).await?;
    let is_wanted = |entry: &AuditEntry| wanted.contains(entry);
    let (mut sums, mut looked_at, mut is_complete) = (Sums::default(), 0, true);
    loop {
        let page = platform.store.audit_entries(reader.tenant, range.clone(), None, AT_ONCE).await?;
        looked_at += page.items.len();
        page.items.into_iter().filter(is_wanted).for_each(|entry| sums.add(entry));
        let Some(next) = page.next else { break };
        if looked_at >= MOST_LOOKED_AT {
            is_complete = false;
            from = platform_store::audit::time_of(&next).unwrap_or(from);
            break;
        }
        range.after = Some(next);
        tokio::task::yield_now().await;
    }
    let user = |(id, (name, count))| UserCount { id, name, count };
    let mut by_user: Vec<UserCount> = sums.users.into_iter().map(user).collect();
    by_user.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    by_user.truncate(MOST_LINES);
    Ok(Json(AuditSummary {
        from,
        to,
        total: sums.total,
        is_complete,
        by_user,
        by_action: most(sums.actions),
        by_resource_type: most(sums.resources),
        by_day: sums.days.into_iter().map(|(day, count)| DayCount { day, count }).collect(),
    }))
}
