//! The audit trail. Entries are written in the transaction of what they tell. A month is a partition.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use platform_core::audit::AuditEntry;
use platform_core::ids::{AuditId, TenantId};

use crate::sift::{Filter, Sieve};
use crate::{Item, Page, Query, Result, Store, Transaction, keys};

/// A stretch of the trail.
#[derive(Debug, Clone)]
pub struct AuditRange {
    /// The first moment, itself included.
    pub from: Timestamp,
    /// The last moment, itself not included; to the millisecond.
    pub to: Timestamp,
    /// The place where the last page ended.
    pub after: Option<String>,
}

impl Transaction<'_> {
    /// Writes an entry with the rest.
    pub fn audit(&mut self, entry: &AuditEntry) -> Result<()> {
        self.create(Item::new(&keys::audit(entry.tenant, entry.at, entry.id), entry)?);
        Ok(())
    }
}

/// When that was which stands at a place of the trail. A place is the sort key of an entry, which begins with its time.
pub fn time_of(place: &str) -> Option<Timestamp> {
    place.split('#').next()?.parse().ok()
}

/// The place of an entry in a tenant's trail, from which a reader goes on.
pub fn place_of(tenant: TenantId, at: Timestamp, id: AuditId) -> String {
    keys::audit(tenant, at, id).sk
}

impl Store {
    /// A page of what is wanted of a tenant's trail, newest first.
    pub async fn audit_entries(
        &self,
        tenant: TenantId,
        range: AuditRange,
        filter: Filter<'_, AuditEntry>,
        limit: usize,
    ) -> Result<Page<AuditEntry>> {
        let place = |entry: &AuditEntry| place_of(tenant, entry.at, entry.id);
        let mut sieve = Sieve::new(filter, &place, limit);
        // Whatever a place claims, it leads nowhere outside.
        let begin = range.after.as_deref().and_then(time_of);
        let newest = begin.map_or(range.to, |begin| begin.min(range.to));
        for month in months(range.from, newest).into_iter().rev() {
            let partition = keys::audit_partition(tenant, month);
            let query = Query::of(partition, keys::sortable(range.from)).until(keys::sortable(range.to));
            let query = query.descending().after(range.after.clone()).consistent();
            if let Some(page) = sieve.fill(self, &query).await? {
                return Ok(page);
            }
            // All of this month was looked at, and nothing that is older.
            if sieve.is_tired() {
                let begin = month.to_zoned(TimeZone::UTC).map_or(range.from, |begin| begin.timestamp());
                return Ok(sieve.end_at(keys::sortable(begin)));
            }
        }
        Ok(sieve.end())
    }
}

/// The month, by its first day, in whose part of the trail that is which was done then.
pub fn month_of(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date().first_of_month()
}

/// The first day of every month that the stretch touches, oldest first.
pub(crate) fn months(from: Timestamp, to: Timestamp) -> Vec<Date> {
    let (mut month, last) = (month_of(from), month_of(to));
    let mut months = Vec::new();
    while month <= last {
        months.push(month);
        match month.checked_add(1.month()) {
            Ok(next) => month = next,
            Err(_) => break,
        }
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_touches_its_months() {
        let months = |from: &str, to: &str| {
            months(from.parse().unwrap(), to.parse().unwrap()).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            months("2025-11-30T23:59:59.999Z", "2026-02-01T00:00:00Z"),
            ["2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01"]
        );
        assert_eq!(months("2026-03-05T00:00:00Z", "2026-03-05T00:00:00Z"), ["2026-03-01"]);
        assert_eq!(months("2026-03-05T00:00:00Z", "2026-02-05T00:00:00Z"), [""; 0]);
    }
}
