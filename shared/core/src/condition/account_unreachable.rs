//! The account cannot be read: it fails, is paused, or nobody syncs it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Fields, Observation, Watch};
use crate::account::{AccountStatus, StatusReason};
use crate::finding::{Affected, Finding, Recovery};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Built in, not made by users; there is nothing to set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AccountUnreachable {}

impl Watch for AccountUnreachable {
    fn read(_: &mut Fields<'_>) -> Option<Self> {
        Some(Self {})
    }

    fn needs(&self) -> &'static [Resource] {
        &[]
    }

    fn check(&self, problems: &mut Problems) {
        problems.push("/conditionType", "is built in and cannot be made");
    }

    fn find(&self, seen: Observation<'_>, now: Timestamp) -> Option<Finding> {
        // Whoever paused it knows.
        if seen.sync.is_paused_by_user() {
            return None;
        }
        let told = matches!(seen.sync.status(), AccountStatus::Paused | AccountStatus::Unreachable);
        let silence = seen.sync.is_silent(now).then(|| StatusReason {
            code: "silent".to_owned(),
            detail: format!(
                "It has not been synced for more than {}, for no reason that NetBird gave.",
                text::duration(seen.sync.silent_after())
            ),
            since: seen.sync.silent_since(),
        });
        let failure = seen.sync.reason.clone().filter(|_| told);
        let reason = failure.or(silence)?;
        let paused = if seen.sync.paused { " Syncing is paused until somebody acts." } else { "" };
        Some(Finding {
            title: format!("{} cannot be read", seen.account_name),
            message: format!("{}{paused} Alerts about its peers are held back meanwhile.", reason.detail),
            affected: Affected { of: seen.sync.counts.peers, ..Affected::default() },
            began_at: reason.since,
        })
    }

    fn recovery(&self, _: &Affected, seen: Observation<'_>, _: Timestamp) -> Recovery {
        let peers = seen.sync.counts.peers;
        if let Some(reason) = seen.sync.reason.as_ref().filter(|_| seen.sync.is_paused_by_user()) {
            let title = format!("{} is paused", seen.account_name);
            return Recovery { title, message: reason.detail.clone(), total: 0, of: peers };
        }
        Recovery {
            title: format!("{} can be read again", seen.account_name),
            message: format!(
                "The last sync worked and found {}. Its rules are evaluated again.",
                text::count(peers as usize, "peer")
            ),
            total: 0,
            of: peers,
        }
    }

    fn sentence(&self) -> String {
        "When an account cannot be read".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{healthy, minute, seen};
    use super::*;

    #[test]
    fn it_is_unreachable_after_three_failures() {
        let mut sync = healthy();
        for tick in 1..=2 {
            sync.fail(minute(tick), "timeout", "It did not answer.", false, true, 0.0);
            assert_eq!(AccountUnreachable {}.find(seen(&sync, &[]), minute(tick)), None);
        }
        sync.fail(minute(3), "timeout", "It did not answer.", false, true, 0.0);
        let finding = AccountUnreachable {}.find(seen(&sync, &[]), minute(3)).unwrap();
        assert_eq!((finding.title.as_str(), finding.began_at), ("HQ cannot be read", minute(1)));
        assert_eq!(finding.message, "It did not answer. Alerts about its peers are held back meanwhile.");
    }

    #[test]
    fn a_dead_token_and_silence_are_told_at_once() {
        let mut sync = healthy();
        sync.fail(minute(1), "token_deleted", "The token was deleted.", true, false, 0.0);
        assert!(AccountUnreachable {}.find(seen(&sync, &[]), minute(1)).is_some());
        let sync = healthy();
        assert_eq!(AccountUnreachable {}.find(seen(&sync, &[]), minute(10)), None);
        assert!(AccountUnreachable {}.find(seen(&sync, &[]), minute(11)).is_some());
    }

    #[test]
    fn what_somebody_paused_is_told_to_nobody() {
        let mut sync = healthy();
        sync.fail(minute(1), "token_deleted", "The token was deleted.", true, false, 0.0);
        sync.pause("Ada", minute(2));
        assert_eq!(AccountUnreachable {}.find(seen(&sync, &[]), minute(60)), None);
        sync.resume(minute(60));
        assert_eq!(sync.reason, None);
        assert_eq!(AccountUnreachable {}.find(seen(&sync, &[]), minute(61)), None, "it is about to be read");
        sync.fail(minute(61), "timeout", "It did not answer.", false, true, 0.0);
        assert_eq!(AccountUnreachable {}.find(seen(&sync, &[]), minute(62)), None, "one failure is none");
        assert!(AccountUnreachable {}.find(seen(&sync, &[]), minute(71)).is_some());
    }

    #[test]
    fn recovery_says_what_the_sync_found() {
        let mut sync = healthy();
        sync.counts.peers = 18;
        let recovery = AccountUnreachable {}.recovery(&Affected::default(), seen(&sync, &[]), minute(1));
        assert_eq!(recovery.title, "HQ can be read again");
        assert_eq!(recovery.message, "The last sync worked and found 18 peers. Its rules are evaluated again.");
    }
}
