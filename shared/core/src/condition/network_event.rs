//! Something happened that NetBird logs.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Fields, Observation, Watch, minutes, saturate, window};
use crate::finding::{Affected, Finding, Recovery};
use crate::network::Event;
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Codes that one rule may name.
const MAX_CODES: usize = 50;
/// Longest code, in characters.
const MAX_CODE: usize = 100;
/// Events that a message names before it counts them.
const NAMED: usize = 5;
/// Characters of a name in a message.
const MAX_NAME: usize = 80;

/// Something happened that NetBird logs: enough events of some kinds within some minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NetworkEventConfig)]
pub struct NetworkEvent {
    /// Which: activity codes, such as `policy.update`, or what they begin with, such as `policy`.
    #[schema(min_items = 1, max_items = 50)]
    pub activity_codes: Vec<String>,
    /// Fires at so many.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1000)]
    pub threshold: u32,
    /// Within so many minutes. The alert ends when there were fewer for as long. What happened while the account could not be
    /// read for longer is not told.
    #[serde(default = "window::usual")]
    #[schema(minimum = 5, maximum = 60)]
    pub window: u32,
}

const fn one() -> u32 {
    1
}

impl NetworkEvent {
    /// The events that count, newest first.
    fn events<'a>(&self, seen: Observation<'a>, now: Timestamp) -> Vec<&'a Event> {
        // A server whose clock is ahead has its events dated by ours; what was so before the rule looked is no news.
        let since = (seen.sync.server_time(now).min(now) - self.looks_back()).max(seen.since);
        let counts = |event: &&Event| {
            event.timestamp > since && self.activity_codes.iter().any(|code| text::is_under(&event.activity_code, code))
        };
        seen.lists.events.iter().filter(counts).collect()
    }

    fn codes(&self) -> String {
        text::names(self.activity_codes.iter().map(String::as_str), 3)
    }
}

/// `Policy updated, by Ada`
fn what(event: &Event) -> String {
    let by = [&event.initiator_name, &event.initiator_email].into_iter().find(|name| !name.is_empty());
    let activity = text::printable(&event.activity, MAX_NAME);
    match by {
        Some(by) => format!("{activity}, by {}", text::printable(by, MAX_NAME)),
        None => activity,
    }
}

impl Watch for NetworkEvent {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let activity_codes = fields.required("activityCodes");
        let threshold = fields.optional("threshold", one());
        let window = fields.optional("window", window::usual());
        Some(Self { activity_codes: activity_codes?, threshold: threshold?, window: window? })
    }

    fn needs(&self) -> &'static [Resource] {
        &[Resource::Events]
    }

    fn looks_back(&self) -> SignedDuration {
        window::stretch(self.window)
    }

    fn activity_codes(&self) -> &[String] {
        &self.activity_codes
    }

    fn holds_for(&self) -> Option<u32> {
        Some(self.window)
    }

    fn check(&self, problems: &mut Problems) {
        const AT: &str = "/conditionConfig";
        let is_some = (1..=MAX_CODES).contains(&self.activity_codes.len());
        problems.require(is_some, &format!("{AT}/activityCodes"), format!("must be 1 to {MAX_CODES} codes"));
        for (index, code) in self.activity_codes.iter().enumerate() {
            let is_code = (1..=MAX_CODE).contains(&code.len())
                && code.split('.').all(|part| !part.is_empty() && part.bytes().all(is_of_a_code));
            let at = format!("{AT}/activityCodes/{index}");
            problems.require(is_code, &at, "must be a code such as policy.update, or how one begins, such as policy");
        }
        let threshold_ok = (1..=1_000).contains(&self.threshold);
        problems.require(threshold_ok, &format!("{AT}/threshold"), "must be 1 to 1000 events");
        window::check(self.window, problems);
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        let events = self.events(seen, now);
        if events.len() < self.threshold.max(1) as usize {
            return None;
        }
        let title = match events.as_slice() {
            [one] => what(one),
            many => format!("{} events ({}) within {}", many.len(), self.codes(), minutes(self.window)),
        };
        let named: Vec<String> =
            events.iter().map(|event| format!("{} ({})", what(event), text::moment(event.timestamp))).collect();
        let message = format!("In {}: {}.", seen.account_name, text::names(named.iter().map(String::as_str), NAMED));
        // When there were enough of them.
        let enough = events[events.len() - self.threshold.max(1) as usize];
        Some(Finding {
            title,
            message,
            affected: Affected { total: saturate(events.len()), of: saturate(events.len()), ..Affected::default() },
            began_at: seen.sync.our_time(enough.timestamp),
        })
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, now: Timestamp) -> Recovery {
        let left = self.events(seen, now).len();
        let title = match left {
            0 => format!("No such event for {}", minutes(self.window)),
            left => format!("{} within {}", text::count(left, "event"), minutes(self.window)),
        };
        Recovery {
            title,
            message: format!("In {}; the rule looks for {}.", seen.account_name, self.codes()),
            total: saturate(left),
            of: saturate(left),
        }
    }

    fn sentence(&self) -> String {
        match self.threshold {
            1 => format!("When NetBird logs {}", self.codes()),
            threshold => {
                format!("When NetBird logs {} {threshold} times within {}", self.codes(), minutes(self.window))
            }
        }
    }
}

const fn is_of_a_code(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{healthy, minute, seen};
    use super::*;
    use crate::observed::Lists;

    fn event(id: i64, code: &str, at: i64) -> Event {
        Event {
            id: id.to_string(),
            timestamp: minute(at),
            activity: "Policy updated".into(),
            activity_code: code.into(),
            initiator_id: "u".into(),
            initiator_name: "Ada".into(),
            initiator_email: String::new(),
            target_id: "p".into(),
            meta: std::collections::BTreeMap::new(),
        }
    }

    #[test]
    fn events_count_while_they_are_recent() {
        let sync = healthy();
        let lists = Lists {
            events: Arc::new(vec![
                event(3, "policy.update", 9),
                event(2, "group.add", 8),
                event(1, "policy.delete", 1),
            ]),
            ..Lists::default()
        };
        let seen = Observation { lists: &lists, ..seen(&sync, &[]) };
        let rule = NetworkEvent { activity_codes: vec!["policy".into()], threshold: 1, window: 5 };
        let finding = rule.find(seen, minute(10)).unwrap();
        assert_eq!(finding.title, "Policy updated, by Ada");
        assert_eq!((finding.affected.total, finding.began_at), (1, minute(9)));
        assert_eq!(rule.find(seen, minute(14)), None, "five minutes later it is over");
        let twice = NetworkEvent { threshold: 2, window: 10, ..rule.clone() };
        let finding = twice.find(seen, minute(10)).unwrap();
        assert_eq!(finding.title, "2 events (policy) within 10 min");
        assert_eq!(finding.began_at, minute(9), "when the second came");
        assert_eq!(twice.find(seen, minute(12)), None);
        assert_eq!(twice.recovery(&finding.affected, seen, minute(12)).title, "1 event within 10 min");
        assert_eq!(rule.recovery(&finding.affected, seen, minute(30)).title, "No such event for 5 min");
        assert_eq!(rule.sentence(), "When NetBird logs policy");
        assert_eq!(twice.sentence(), "When NetBird logs policy 2 times within 10 min");
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let codes = |codes: &[&str]| codes.iter().map(ToString::to_string).collect::<Vec<_>>();
        for (config, pointer) in [
            (NetworkEvent { activity_codes: vec![], threshold: 1, window: 5 }, "/conditionConfig/activityCodes"),
            (
                NetworkEvent { activity_codes: codes(&["policy", "a b"]), threshold: 1, window: 5 },
                "/conditionConfig/activityCodes/1",
            ),
            (
                NetworkEvent { activity_codes: codes(&["policy."]), threshold: 1, window: 5 },
                "/conditionConfig/activityCodes/0",
            ),
            (NetworkEvent { activity_codes: codes(&["a"]), threshold: 0, window: 5 }, "/conditionConfig/threshold"),
            (NetworkEvent { activity_codes: codes(&["a"]), threshold: 1, window: 61 }, "/conditionConfig/window"),
        ] {
            let mut problems = Problems::default();
            config.check(&mut problems);
            let pointers: Vec<_> = problems.finish().unwrap_err().into_iter().map(|one| one.pointer).collect();
            assert_eq!(pointers, [pointer]);
        }
    }
}
