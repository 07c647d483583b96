//! A setup key is about to expire, or is used up.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fields, Observation, Watch, saturate};
use crate::finding::{Affected, Finding, Recovery};
use crate::network::SetupKey;
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Keys that a message names before it counts them.
const NAMED: usize = 5;
/// Most days before the end.
const MAX_DAYS: u32 = 90;

/// A setup key is about to expire, or is used up: machines that are set up with it will find no way in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SetupKeyExpiringConfig)]
pub struct SetupKeyExpiring {
    /// Fires so many days before a key expires.
    #[schema(minimum = 1, maximum = 90)]
    pub days: u32,
    /// Reusable keys that were used as often as they may be count, too.
    #[serde(default)]
    pub used_up: bool,
}

impl SetupKeyExpiring {
    /// The keys that count, the first to expire first.
    fn keys<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a SetupKey> {
        let until = now + SignedDuration::from_hours(24 * i64::from(self.days));
        let counts = |key: &&SetupKey| match key.state_at(now) {
            "valid" => key.expires.is_some_and(|at| at <= until),
            // A key for one machine that was used has done what it is for.
            "overused" => self.used_up && key.kind == "reusable",
            _ => false,
        };
        let mut keys: Vec<&SetupKey> = seen.lists.setup_keys.iter().filter(counts).collect();
        keys.sort_by(|a, b| {
            (a.expires.unwrap_or(Timestamp::MAX), &a.name).cmp(&(b.expires.unwrap_or(Timestamp::MAX), &b.name))
        });
        keys
    }
}

fn what(key: &SetupKey, now: Timestamp) -> String {
    match key.expires {
        Some(at) if key.state_at(now) == "valid" => format!("{} expires on {}", key.name, text::moment(at)),
        _ => format!("{} is used up", key.name),
    }
}

impl Watch for SetupKeyExpiring {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let days = fields.required("days");
        let used_up = fields.optional("usedUp", false);
        Some(Self { days: days?, used_up: used_up? })
    }

    fn needs(&self) -> &'static [Resource] {
        &[Resource::SetupKeys]
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            (1..=MAX_DAYS).contains(&self.days),
            "/conditionConfig/days",
            format!("must be 1 to {MAX_DAYS} days"),
        );
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let keys = self.keys(seen, now);
        let title = match keys.as_slice() {
            [] => return None,
            [one] => format!("Setup key {}", what(one, now)),
            many if many.iter().all(|key| key.state_at(now) == "valid") => {
                format!("{} setup keys are about to expire", many.len())
            }
            many => format!("{} setup keys are about to expire or used up", many.len()),
        };
        let each: Vec<String> = keys.iter().map(|key| what(key, now)).collect();
        let message = format!("In {}: {}.", seen.account_name, text::names(each.iter().map(String::as_str), NAMED));
        let of = saturate(seen.lists.setup_keys.len());
        let affected = Affected { total: saturate(keys.len()), of, ..Affected::default() };
        Some(Finding { title, message, affected, began_at: now })
    }

    fn cases<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a str> {
        self.keys(seen, now).into_iter().map(|key| key.id.as_str()).collect()
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        Recovery {
            title: "No setup key is about to expire".to_owned(),
            message: format!("In {}: those that were have expired, were renewed, or are gone.", seen.account_name),
            total: 0,
            of: saturate(seen.lists.setup_keys.len()),
        }
    }

    fn sentence(&self) -> String {
        let used_up = if self.used_up { ", or is used up" } else { "" };
        format!("When a setup key expires within {}{used_up}", text::count(self.days as usize, "day"))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{healthy, minute, seen};
    use super::*;
    use crate::observed::Lists;

    fn key(name: &str, kind: &str, state: &str, expires: Option<i64>) -> SetupKey {
        SetupKey {
            id: name.into(),
            name: name.into(),
            key: "A616*".into(),
            kind: kind.into(),
            state: state.into(),
            ephemeral: false,
            allow_extra_dns_labels: false,
            used_times: 0,
            usage_limit: 0,
            expires: expires.map(minute),
            last_used: None,
            updated_at: None,
            auto_groups: vec![],
        }
    }

    #[test]
    fn keys_that_will_be_missed_are_named() {
        let day = 24 * 60;
        let lists = Lists {
            setup_keys: Arc::new(vec![
                key("soon", "reusable", "valid", Some(3 * day)),
                key("later", "reusable", "valid", Some(8 * day)),
                key("never", "reusable", "valid", None),
                key("past", "reusable", "valid", Some(-1)),
                key("full", "reusable", "overused", Some(300 * day)),
                key("done", "one-off", "overused", Some(300 * day)),
                key("off", "reusable", "revoked", Some(day)),
            ]),
            ..Lists::default()
        };
        let sync = healthy();
        let seen = Observation { lists: &lists, ..seen(&sync, &[]) };
        let week = SetupKeyExpiring { days: 7, used_up: false };
        let finding = week.find(seen, minute(0)).unwrap();
        assert_eq!(finding.title, "Setup key soon expires on 1970-01-04 00:00 UTC");
        assert_eq!((finding.affected.total, finding.affected.of), (1, 7));
        assert_eq!(week.find(seen, minute(20 * day)), None, "both have expired");
        let both = SetupKeyExpiring { used_up: true, ..week.clone() }.find(seen, minute(0)).unwrap();
        assert_eq!(both.title, "2 setup keys are about to expire or used up");
        assert_eq!(both.message, "In HQ: soon expires on 1970-01-04 00:00 UTC, full is used up.");
        assert_eq!(week.sentence(), "When a setup key expires within 7 days");
    }
}
