//! Entries of the audit trail that somebody else than the tenant can bring about as often as they like: refusals, and alerts of
//! a network that flaps. They are counted, and a tenant's trail takes so many of them a day.
//! `docs/adr/0069-refusals-in-the-trail.md` says why.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use futures::future::try_join_all;
use jiff::Timestamp;
use platform_core::audit::{Actor, AuditEntry};
use serde_json::json;

use crate::keys::Key;
use crate::{Item, Result, Store, api_tokens, keys};

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

/// What is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// What was refused: to members, and to whoever tried to sign in as one of them.
    Refusals,
    /// Alerts that were triggered, and that ended by themselves.
    Alerts,
}

impl Limited {
    /// Entries of it that a tenant's trail takes in a day, by UTC.
    pub const fn most(self) -> u64 {
        match self {
            Limited::Refusals => 500,
            Limited::Alerts => 2_000,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Limited::Refusals => "refusals",
            Limited::Alerts => "alerts",
        }
    }

    /// What it is about in the trail.
    fn resource(self) -> &'static str {
        match self {
            Limited::Refusals => "access",
            Limited::Alerts => "alert",
        }
    }

    /// Says instead of an entry that there are no more of them today.
    fn ended(self, entry: &AuditEntry) -> AuditEntry {
        let resource = self.resource();
        AuditEntry {
            id: entry.id,
            tenant: entry.tenant,
            at: entry.at,
            actor: Actor::platform(),
            action: format!("{resource}.limit"),
            resource_type: resource.to_owned(),
            resource_id: entry.tenant.to_string(),
            old_values: None,
            new_values: Some(json!({ "most": self.most() })),
        }
    }
}

/// Whether what happened for this time within the hour is told: the first, the tenth, the hundredth and so on.
fn is_told(times: u64) -> bool {
    times > 0 && times == 10_u64.pow(times.ilog10())
}

impl Store {
    /// Counts what is refused, by who asked, for what, and why. Says how often that was within the hour, if that is told.
    pub async fn count_repeated(&self, what: &[&str]) -> Result<Option<u64>> {
        let times = self.count_limited(&format!("repeated {}", what.join(" ")), HOUR).await?;
        Ok(Some(times).filter(|times| is_told(*times)))
    }

    /// What is to be written of an entry today: itself, or that there are no more of them, or nothing, since the trail says
    /// that already. Counts it.
    pub async fn within_day(&self, limited: Limited, entry: AuditEntry) -> Result<Option<AuditEntry>> {
        let counted = self.count_limited(&format!("{} {}", limited.name(), entry.tenant), DAY).await?;
        Ok(match counted {
            counted if counted <= limited.most() => Some(entry),
            counted if counted == limited.most() + 1 => Some(limited.ended(&entry)),
            _ => None,
        })
    }

    /// Writes refusals into the trails of different tenants, each by itself and as far as its day has room for it.
    pub async fn append_refusals(&self, entries: Vec<AuditEntry>) -> Result<()> {
        let writes = entries.into_iter().map(|entry| async move {
            let Some(entry) = self.within_day(Limited::Refusals, entry).await? else { return Ok(()) };
            self.create(Item::new(&keys::audit(entry.tenant, entry.at, entry.id), &entry)?).await
        });
        try_join_all(writes).await.map(drop)
    }

    /// Does as much as counting for a tenant and writing into its trail, for somebody who is of none: what a refusal takes must
    /// not tell whether an address is anybody's.
    pub async fn append_to_no_trail(&self, what: &str) -> Result<()> {
        self.count_limited(&format!("nobody {what}"), DAY).await?;
        let now = self.clock.now();
        // Of about the size of an entry.
        let nothing = json!({ "nothing": " ".repeat(400) });
        self.put(Item::new(&self.limited(what, HOUR), &nothing)?.expiring(until(now, HOUR))).await
    }

    async fn count_limited(&self, what: &str, seconds: i64) -> Result<u64> {
        let expires = until(self.clock.now(), seconds);
        let key = self.limited(what, seconds);
        let counted = self.update(&key, |request| {
            request
                .update_expression("ADD attempts :one SET #ttl = :ttl")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":one", AttributeValue::N("1".into()))
                .expression_attribute_values(":ttl", AttributeValue::N(expires.as_second().to_string()))
                .return_values(ReturnValue::UpdatedNew)
        });
        let counted = counted.await?.ok().and_then(|values| values.get("attempts")?.as_n().ok()?.parse().ok());
        Ok(counted.unwrap_or(u64::MAX))
    }

    /// The counter of the present window. Its key names nobody.
    fn limited(&self, what: &str, seconds: i64) -> Key {
        keys::limited(&api_tokens::hash(what), self.clock.now().as_second().div_euclid(seconds))
    }
}

/// When the counter of the present window is not needed any more.
fn until(now: Timestamp, seconds: i64) -> Timestamp {
    let end = (now.as_second().div_euclid(seconds) + 2) * seconds;
    Timestamp::from_second(end).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_happens_again_is_told_by_powers_of_ten() {
        let told: Vec<u64> = (0..=20_000).filter(|times| is_told(*times)).collect();
        assert_eq!(told, [1, 10, 100, 1_000, 10_000]);
        assert!(!is_told(u64::MAX));
    }
}
