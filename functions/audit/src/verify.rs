//! `GET /api/audit/verify`

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use platform_core::audit::Seal;
use platform_core::named;
use platform_http::Problem;
use platform_http::extract::Query;
use platform_http::gate::Reader;
use platform_runtime::Platform;
use platform_store::audit::{AuditRange, month_of};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::chain::{Finding, Verification};

/// Entries, or seals, of a month that is verified in one request.
const MOST: usize = 200_000;
/// What is read at once, after which others have their turn.
const AT_ONCE: usize = 1_000;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct VerifyQuery {
    /// By UTC; the present one if absent.
    #[param(example = "2026-11")]
    month: Option<String>,
}

named! {
    /// What comes of looking at a trail.
    pub enum AuditVerdict {
        /// Every entry is what it was when it was written, and none is gone.
        Intact = "intact",
        /// So are all that are sealed, but some are not.
        Unsealed = "unsealed",
        /// Something was changed or removed.
        Broken = "broken",
    }
}

/// Whether a month of the trail is what it was.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AuditVerification {
    #[schema(example = "2026-11")]
    month: String,
    verdict: AuditVerdict,
    /// How many entries were looked at.
    entries: usize,
    /// How many of them are as they were sealed.
    sealed: usize,
    /// How many are so new that their seals may be still to come.
    waiting: usize,
    /// How many others have no seal: what is wrong with one of them cannot be seen.
    unsealed: usize,
    /// What is wrong, and where; at most 50.
    findings: Vec<Finding>,
    omitted_findings: usize,
    /// The newest seal: whoever noted it can tell later that nothing was cut off since.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<Head>,
}

/// The end of a chain.
#[derive(Serialize, ToSchema)]
#[schema(as = AuditHead)]
struct Head {
    /// How many seals the chain has.
    number: u64,
    /// SHA-256 of the newest one, in hexadecimal digits.
    hash: String,
    /// When it was made.
    at: Timestamp,
}

impl From<&Seal> for Head {
    fn from(seal: &Seal) -> Self {
        Self { number: seal.number, hash: seal.hash.clone(), at: seal.at }
    }
}

/// Verify the audit trail
///
/// Whether every entry of a month is what it was when it was written, and none is gone. Each is sealed within seconds: the SHA-256
/// of its line in the export, in the form of RFC 8785, is part of a chain of such hashes.
#[utoipa::path(get, path = "/api/audit/verify", operation_id = "verifyAuditLogs", tag = "audit", params(VerifyQuery),
    responses((status = 200, description = "What came of it", body = AuditVerification),
    (status = 409, description = "More than 200,000 entries are too many for one request")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    reader: Reader,
    Query(query): Query<VerifyQuery>,
) -> Result<Json<AuditVerification>, Problem> {
    let now = platform.now();
    let month = match &query.month {
        None => month_of(now),
        Some(text) => read_month(text).ok_or_else(|| Problem::field("/month", "must be a month such as 2026-11"))?,
    };
    let _turn = platform.list_turn(reader.tenant).await?;
    let mut looked_at = Verification::of(reader.tenant);
    // Seals first: what is written meanwhile is without one, and too new for that to say anything.
    let (tenant, mut after) = (reader.tenant, None);
    loop {
        let seals = platform.store.seals(tenant, month, after, AT_ONCE).await?;
        seals.items.into_iter().try_for_each(|seal| looked_at.seal(seal)).map_err(Problem::internal)?;
        pause(&looked_at).await?;
        after = seals.next;
        if after.is_none() {
            break;
        }
    }
    let to = month.checked_add(1.month()).and_then(beginning).map_err(Problem::internal)?;
    let mut range = AuditRange { from: beginning(month).map_err(Problem::internal)?, to, after: None };
    loop {
        let entries = platform.store.audit_entries(tenant, range.clone(), None, AT_ONCE).await?;
        entries.items.into_iter().try_for_each(|entry| looked_at.entry(entry, now)).map_err(Problem::internal)?;
        pause(&looked_at).await?;
        range.after = entries.next;
        if range.after.is_none() {
            break;
        }
    }
    looked_at.end();
    let verdict = match () {
        () if looked_at.has_findings() => AuditVerdict::Broken,
        () if looked_at.unsealed > 0 => AuditVerdict::Unsealed,
        () => AuditVerdict::Intact,
    };
    Ok(Json(AuditVerification {
        month: month.strftime("%Y-%m").to_string(),
        verdict,
        entries: looked_at.entries,
        sealed: looked_at.sealed,
        waiting: looked_at.waiting,
        unsealed: looked_at.unsealed,
        head: looked_at.head().map(Head::from),
        findings: looked_at.findings,
        omitted_findings: looked_at.omitted,
    }))
}

/// Lets others have their turn.
async fn pause(looked_at: &Verification) -> Result<(), Problem> {
    tokio::task::yield_now().await;
    if looked_at.entries.max(looked_at.seals()) > MOST {
        return Err(Problem::conflict(format!("the month has more than {MOST} entries, too many for one request")));
    }
    Ok(())
}

pub(crate) fn read_month(text: &str) -> Option<Date> {
    let is_one = text.len() == "2026-11".len();
    is_one.then(|| format!("{text}-01").parse().ok())?
}

/// When a month begins.
fn beginning(month: Date) -> Result<Timestamp, jiff::Error> {
    Ok(month.to_zoned(TimeZone::UTC)?.timestamp())
}
