//! Whether a peer passes a posture check, as far as what NetBird shows of it tells.

use std::cmp::Ordering;

use crate::network::{OsVersionCheck, Peer, PostureCheck};
use crate::operating_system::OperatingSystem;

/// What a posture check says of a peer, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    Passes,
    /// With what it is and what is asked for: `its client is 0.59.4, and 0.70.0 is asked for`.
    Fails(String),
    /// With what is not shown: `where it connects from is not judged here`.
    Unknown(String),
}

/// Why a peer fails a check for sure; `None` if it passes, or may pass.
pub(crate) fn fails(check: &PostureCheck, peer: &Peer) -> Option<String> {
    match judge(check, peer) {
        Outcome::Fails(why) => Some(why),
        Outcome::Passes | Outcome::Unknown(_) => None,
    }
}

/// Judges a peer by all that a check consists of. What fails one part fails, whatever the others would say.
pub(super) fn judge(check: &PostureCheck, peer: &Peer) -> Outcome {
    let asked = &check.checks;
    let mut unknown = None;
    let client = asked.client_version.as_ref().map(|least| at_least("client", &peer.version, least));
    let system = asked.os_version.as_ref().map(|check| system(check, peer));
    for outcome in [client, system].into_iter().flatten() {
        match outcome {
            Outcome::Passes => {}
            Outcome::Fails(_) => return outcome,
            Outcome::Unknown(why) => unknown = unknown.or(Some(why)),
        }
    }
    let hidden = [
        (asked.geo_location.is_some(), "where it connects from is not judged here"),
        (asked.network_range.is_some(), "NetBird does not show in which networks it is"),
        (!asked.processes.is_empty(), "NetBird does not show what runs on it"),
    ];
    let hidden = hidden.into_iter().find(|(is_asked, _)| *is_asked).map(|(_, why)| why.to_owned());
    unknown.or(hidden).map_or(Outcome::Passes, Outcome::Unknown)
}

/// Whether a version is as high as what is asked for.
fn at_least(what: &str, has: &str, least: &str) -> Outcome {
    match (numbers(has), numbers(least)) {
        (Some(numbers_of_it), Some(asked)) if compare(&numbers_of_it, &asked) == Ordering::Less => {
            Outcome::Fails(format!("its {what} is {has}, and {least} or later is asked for"))
        }
        (Some(_), Some(_)) => Outcome::Passes,
        (None, _) if has.is_empty() => Outcome::Unknown(format!("NetBird does not show the version of its {what}")),
        (None, _) => Outcome::Unknown(format!("the version of its {what}, {has}, is none that can be compared")),
        (_, None) => Outcome::Unknown(format!("the version that is asked for, {least}, is none that can be compared")),
    }
}

fn system(check: &OsVersionCheck, peer: &Peer) -> Outcome {
    let version = peer.os.split_once(' ').map_or("", |(_, version)| version);
    let kernel = peer.kernel_version.split('-').next().unwrap_or_default();
    let Some(family) = OperatingSystem::of(&peer.os) else {
        return Outcome::Unknown("NetBird does not show its operating system".to_owned());
    };
    let (least, has) = match family {
        OperatingSystem::Windows => (&check.windows, kernel),
        OperatingSystem::MacOs => (&check.darwin, version),
        OperatingSystem::Ios => (&check.ios, version),
        // NetBird asks these for nothing.
        OperatingSystem::Bsd => return Outcome::Passes,
        OperatingSystem::Android => (&check.android, version),
        OperatingSystem::Linux => (&check.linux, kernel),
    };
    let what =
        if matches!(family, OperatingSystem::Windows | OperatingSystem::Linux) { "kernel" } else { "operating system" };
    match least {
        None => Outcome::Fails(format!("it runs {}, which the check does not list", family.title())),
        Some(least) => at_least(what, has, least),
    }
}

/// Dotted numbers; `None` if it is anything else.
fn numbers(version: &str) -> Option<Vec<u64>> {
    let version = version.strip_prefix('v').unwrap_or(version);
    version.split('.').map(|number| number.parse().ok()).collect()
}

/// Compares as if the shorter one went on with zeros.
fn compare(one: &[u64], other: &[u64]) -> Ordering {
    let at = |numbers: &[u64], place| numbers.get(place).copied().unwrap_or_default();
    let mut places = 0..one.len().max(other.len());
    places
        .find_map(|place| Some(at(one, place).cmp(&at(other, place))).filter(|order| order.is_ne()))
        .unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::network::{GeoLocationCheck, PeerStatus, PostureChecks};
    use crate::testing;

    fn check(checks: PostureChecks) -> PostureCheck {
        PostureCheck { id: "c".into(), name: "check".into(), description: String::new(), checks }
    }

    fn peer(os: &str, kernel: &str, version: &str) -> Peer {
        let peer = testing::peer("p", PeerStatus::Online, Timestamp::UNIX_EPOCH);
        Peer { os: os.into(), kernel_version: kernel.into(), version: version.into(), ..peer }
    }

    fn outcome(check: &PostureCheck, peer: &Peer) -> &'static str {
        match judge(check, peer) {
            Outcome::Passes => "passes",
            Outcome::Fails(_) => "fails",
            Outcome::Unknown(_) => "unknown",
        }
    }

    #[test]
    fn clients_are_compared_number_by_number() {
        let check = check(PostureChecks { client_version: Some("0.70.0".into()), ..Default::default() });
        for (version, expected) in [
            ("0.59.4", "fails"),
            ("0.70", "passes"),
            ("0.100.0", "passes"),
            ("v0.70.1", "passes"),
            ("development", "unknown"),
            ("0.70.0-rc1", "unknown"),
            ("", "unknown"),
        ] {
            assert_eq!(outcome(&check, &peer("Ubuntu 24.04", "6.8.0", version)), expected, "{version}");
        }
        let Outcome::Fails(why) = judge(&check, &peer("Ubuntu", "", "0.59.4")) else { panic!("it passes") };
        assert_eq!(why, "its client is 0.59.4, and 0.70.0 or later is asked for");
    }

    #[test]
    fn systems_that_a_check_does_not_list_fail_it() {
        let linux = OsVersionCheck { linux: Some("5.0".into()), ..Default::default() };
        let linux = check(PostureChecks { os_version: Some(linux), ..Default::default() });
        for (os, kernel, expected) in [
            ("Debian GNU/Linux 12", "4.19.0-27-amd64", "fails"),
            ("Ubuntu 24.04", "6.8.0-31-generic", "passes"),
            ("Ubuntu 24.04", "", "unknown"),
            ("Windows 11", "10.0.22631.1", "fails"),
            ("Darwin 15.3", "", "fails"),
            ("iPadOS 18.2", "", "fails"),
            ("FreeBSD 14.1", "14.1-RELEASE", "passes"),
            ("", "6.8.0", "unknown"),
        ] {
            assert_eq!(outcome(&linux, &peer(os, kernel, "0.70.0")), expected, "{os} {kernel}");
        }
        let mac = OsVersionCheck { darwin: Some("15.0".into()), ..Default::default() };
        let mac = check(PostureChecks { os_version: Some(mac), ..Default::default() });
        assert_eq!(outcome(&mac, &peer("Darwin 15.3", "", "")), "passes");
        assert_eq!(outcome(&mac, &peer("macOS 14.9", "", "")), "fails");
    }

    #[test]
    fn what_is_not_shown_is_unknown_unless_something_else_fails() {
        let place = GeoLocationCheck { action: "allow".into(), locations: Vec::new() };
        let place =
            PostureChecks { geo_location: Some(place), client_version: Some("0.70.0".into()), ..Default::default() };
        assert_eq!(outcome(&check(place.clone()), &peer("Ubuntu", "", "0.71.0")), "unknown");
        assert_eq!(outcome(&check(place), &peer("Ubuntu", "", "0.60.0")), "fails");
        assert_eq!(outcome(&check(PostureChecks::default()), &peer("", "", "")), "passes");
    }
}
