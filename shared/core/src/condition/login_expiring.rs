//! A peer's login is about to expire.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::of_peers::OfPeers;
use super::{AlertPer, Fields, Observation, PeerFilter, minutes};
use crate::episode::Away;
use crate::network::{AccountSettings, Peer};
use crate::resource::Resource;
use crate::text;
use crate::validate::Problems;

/// Most hours before the end: NetBird lets a login last 180 days.
const MOST_HOURS: u32 = 90 * 24;

/// A peer's login is about to expire: it will stay away until its user signs in again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = LoginExpiringConfig)]
pub struct LoginExpiring {
    /// Fires so many hours before the login expires. Where logins last less than twice as long, when half of that is over.
    #[schema(minimum = 1, maximum = 2160)]
    pub hours: u32,
    /// Which peers count.
    #[serde(flatten)]
    pub peers: PeerFilter,
    /// `peer`: every peer that comes to be so is told of, those that do together in one alert. `group`: one alert is open for each
    /// group at a time, which is told of each of its peers. `rule`: one alert is open at a time, however many are so. `peer` unless it
    /// is given.
    #[serde(default = "AlertPer::peer")]
    pub alert_per: AlertPer,
}

impl AccountSettings {
    /// How long a login lasts, where logins expire; none where they do not, or the server does not tell.
    pub fn login_lasts(&self) -> Option<SignedDuration> {
        let seconds = self.peer_login_expiration.filter(|_| self.peer_login_expiration_enabled == Some(true))?;
        i64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(SignedDuration::from_secs)
    }
}

impl LoginExpiring {
    /// When the peer's login expires and from when on that counts, by our clock; none of one whose login does not.
    fn expires(&self, peer: &Peer, seen: Observation<'_>) -> Option<(Timestamp, Timestamp)> {
        let lasts = seen.lists.accounts.first()?.settings.login_lasts()?;
        // Peers that a setup key registered never sign in.
        let last = peer.last_login.filter(|_| peer.login_expires == Some(true))?;
        let at = seen.sync.our_time(last.checked_add(lasts).ok()?);
        let notice = SignedDuration::from_hours(i64::from(self.hours)).min(lasts / 2);
        Some((at, at.checked_sub(notice).ok()?))
    }
}

impl OfPeers for LoginExpiring {
    fn read(fields: &mut Fields<'_>, peers: PeerFilter, alert_per: AlertPer) -> Option<Self> {
        Some(Self { hours: fields.required("hours")?, peers, alert_per })
    }

    fn filter(&self) -> &PeerFilter {
        &self.peers
    }

    fn filter_mut(&mut self) -> &mut PeerFilter {
        &mut self.peers
    }

    fn alert_per(&self) -> AlertPer {
        self.alert_per
    }

    fn check(&self, problems: &mut Problems) {
        problems.require(
            (1..=MOST_HOURS).contains(&self.hours),
            "/conditionConfig/hours",
            format!("must be 1 to {MOST_HOURS} hours"),
        );
    }

    fn needs(&self) -> &'static [Resource] {
        match self.peers.needs_users() {
            true => &[Resource::Peers, Resource::Accounts, Resource::Users],
            false => &[Resource::Peers, Resource::Accounts],
        }
    }

    fn since(&self, peer: &Peer, seen: Observation<'_>, now: Timestamp) -> Option<Timestamp> {
        let (_, from) = self.expires(peer, seen)?;
        (!peer.login_expired && from <= now).then_some(from)
    }

    fn what(&self, _: usize) -> String {
        format!("must sign in again within {}", minutes(self.hours.saturating_mul(60)))
    }

    fn no_more(&self) -> String {
        "need not sign in again soon".to_owned()
    }

    fn became(&self, peer: &Peer) -> String {
        if peer.login_expired { "did not sign in again in time" } else { "need not sign in again soon" }.to_owned()
    }

    fn about(&self, only: Away<'_>, seen: Observation<'_>) -> String {
        match self.expires(only.peer, seen) {
            Some((at, _)) => format!("its login expires on {}", text::moment(at)),
            None => format!("since {}", text::moment(only.began_at)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::{healthy, minute, peer, seen};
    use super::*;
    use crate::condition::Watch;
    use crate::network::{NetbirdAccount, PeerStatus};
    use crate::observed::Lists;

    const HOUR: i64 = 60;

    fn lists(is_on: Option<bool>, hours: u64) -> Lists {
        let settings = AccountSettings {
            peer_login_expiration_enabled: is_on,
            peer_login_expiration: Some(hours * 3_600),
            ..AccountSettings::default()
        };
        let account = NetbirdAccount {
            id: "a".into(),
            domain: String::new(),
            created_at: None,
            created_by: String::new(),
            settings,
        };
        Lists { accounts: Arc::new(vec![account]), ..Lists::default() }
    }

    fn laptop(name: &str, login_expires: Option<bool>, expired: bool) -> Peer {
        let peer = peer(name, PeerStatus::Online, 0);
        Peer { last_login: Some(minute(0)), login_expires, login_expired: expired, ..peer }
    }

    #[test]
    fn only_logins_that_expire_are_told_of() {
        let sync = healthy();
        let peers =
            [laptop("expires", Some(true), false), laptop("stays", Some(false), false), laptop("?", None, false)];
        let rule = LoginExpiring { hours: 48, peers: PeerFilter::default(), alert_per: AlertPer::Peer };
        let week = lists(Some(true), 7 * 24);
        let at = |lists: &Lists, hour: i64| {
            rule.find(Observation { lists, ..seen(&sync, &peers) }, minute(hour * HOUR)).map(|finding| finding.title)
        };
        assert_eq!(at(&week, 119), None);
        assert_eq!(at(&week, 120).as_deref(), Some("expires must sign in again within 2 d"));
        assert_eq!(
            at(&week, 170).as_deref(),
            Some("expires must sign in again within 2 d"),
            "until NetBird says that it has"
        );
        for off in [lists(Some(false), 168), lists(None, 168), lists(Some(true), 0), Lists::default()] {
            assert_eq!(at(&off, 167), None);
        }
        // A day's login is not about to expire all the time.
        let day = lists(Some(true), 24);
        assert_eq!((at(&day, 11), at(&day, 12).is_some()), (None, true));
    }

    #[test]
    fn it_says_until_when_and_what_became_of_it() {
        let sync = healthy();
        let week = lists(Some(true), 7 * 24);
        let rule = LoginExpiring { hours: 24, peers: vec!["servers".to_owned()].into(), alert_per: AlertPer::Peer };
        let told = |peers: &[Peer]| rule.find(Observation { lists: &week, ..seen(&sync, peers) }, minute(160 * HOUR));
        let finding = told(&[laptop("lap", Some(true), false)]).unwrap();
        assert_eq!(finding.message, "In HQ, its login expires on 1970-01-08 00:00 UTC.");
        for (peer, title) in [
            (laptop("lap", Some(true), true), "lap did not sign in again in time"),
            (
                Peer { last_login: Some(minute(159 * HOUR)), ..laptop("lap", Some(true), false) },
                "lap need not sign in again soon",
            ),
        ] {
            let peers = [peer];
            assert_eq!(told(&peers), None);
            let seen = Observation { lists: &week, ..seen(&sync, &peers) };
            assert_eq!(rule.recovery(&finding.affected, seen, minute(160 * HOUR)).title, title);
        }
        assert_eq!(Watch::sentence(&rule), "When any peer of servers must sign in again within 1 d");
    }
}
