//! Posture checks: what a peer must be like before a policy lets it through.

use serde::{Deserialize, Serialize};

use crate::text;

/// Places, ranges and processes that a sentence names before it counts them.
const NAMED: usize = 3;

/// A posture check. A peer must pass all that it consists of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostureCheck {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// What it asks for.
    pub checks: PostureChecks,
}

/// What a posture check asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostureChecks {
    /// Lowest version of the client.
    pub client_version: Option<String>,
    /// Lowest versions of operating systems.
    pub os_version: Option<OsVersionCheck>,
    /// Where it connects from.
    pub geo_location: Option<GeoLocationCheck>,
    /// Addresses that it has.
    pub network_range: Option<NetworkRangeCheck>,
    /// What runs on it; each must.
    pub processes: Vec<ProcessPaths>,
}

/// Lowest versions of operating systems. Of these, one that is not named fails.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OsVersionCheck {
    /// Of Android.
    pub android: Option<String>,
    /// Of iOS.
    pub ios: Option<String>,
    /// Of macOS.
    pub darwin: Option<String>,
    /// Of the Linux kernel.
    pub linux: Option<String>,
    /// Of the Windows kernel.
    pub windows: Option<String>,
}

/// Where a peer connects from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeoLocationCheck {
    /// `allow` or `deny`.
    pub action: String,
    /// Countries and cities.
    pub locations: Vec<Location>,
}

/// A country or a city.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Location {
    /// The country's two letters.
    pub country_code: String,
    /// The city; the whole country if empty.
    pub city_name: String,
}

/// Addresses that a peer has, in its own networks and towards the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRangeCheck {
    /// `allow` or `deny`.
    pub action: String,
    /// The ranges.
    pub ranges: Vec<String>,
}

/// Where a process' file is. What is empty is not asked for on that system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessPaths {
    /// On Linux.
    pub linux: String,
    /// On macOS.
    pub mac: String,
    /// On Windows.
    pub windows: String,
}

impl PostureChecks {
    /// They in words: `client 0.60.0 or later; Linux kernel 5.0 or later, not Android, iOS, macOS, Windows`.
    pub fn sentence(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.client_version.as_ref().map(|version| format!("client {version} or later")));
        parts.extend(self.os_version.as_ref().map(OsVersionCheck::sentence));
        parts.extend(self.geo_location.as_ref().map(|geo| {
            let places: Vec<String> = geo.locations.iter().map(Location::shown).collect();
            format!("{} from {}", allowed(&geo.action, "connects", "does not connect"), list(&places))
        }));
        parts.extend(self.network_range.as_ref().map(|range| {
            format!("{} an address in {}", allowed(&range.action, "has", "does not have"), list(&range.ranges))
        }));
        if !self.processes.is_empty() {
            let paths: Vec<String> = self.processes.iter().map(ProcessPaths::shown).collect();
            parts.push(format!("runs {}", list(&paths)));
        }
        if parts.is_empty() { "asks for nothing".to_owned() } else { parts.join("; ") }
    }
}

fn allowed<'a>(action: &str, yes: &'a str, no: &'a str) -> &'a str {
    if action == "deny" { no } else { yes }
}

fn list(things: &[String]) -> String {
    match things {
        [] => "nowhere".to_owned(),
        things => text::names(things.iter().map(String::as_str), NAMED),
    }
}

impl OsVersionCheck {
    fn sentence(&self) -> String {
        let known = [
            ("Android", &self.android),
            ("iOS", &self.ios),
            ("macOS", &self.darwin),
            ("Linux kernel", &self.linux),
            ("Windows kernel", &self.windows),
        ];
        let (asked, refused): (Vec<_>, Vec<_>) = known.iter().partition(|(_, version)| version.is_some());
        let mut parts: Vec<String> = asked
            .iter()
            .map(|(system, version)| format!("{system} {} or later", version.as_deref().unwrap_or_default()))
            .collect();
        // A system that NetBird does not know passes.
        if !refused.is_empty() {
            let systems: Vec<&str> = refused.iter().map(|(system, _)| system.trim_end_matches(" kernel")).collect();
            parts.push(format!("not {}", systems.join(", ")));
        }
        parts.join(", ")
    }
}

impl Location {
    fn shown(&self) -> String {
        if self.city_name.is_empty() {
            self.country_code.clone()
        } else {
            format!("{} ({})", self.city_name, self.country_code)
        }
    }
}

impl ProcessPaths {
    fn shown(&self) -> String {
        let paths = [(&self.linux, "Linux"), (&self.mac, "macOS"), (&self.windows, "Windows")];
        let paths = paths.iter().filter(|(path, _)| !path.is_empty());
        paths.map(|(path, system)| format!("{path} on {system}")).collect::<Vec<_>>().join(" and ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_in_words() {
        let location = |country: &str, city: &str| Location { country_code: country.into(), city_name: city.into() };
        let checks = PostureChecks {
            client_version: Some("0.60.0".into()),
            os_version: Some(OsVersionCheck { linux: Some("5.0".into()), ..OsVersionCheck::default() }),
            geo_location: Some(GeoLocationCheck {
                action: "deny".into(),
                locations: vec![location("CN", ""), location("FR", "Paris")],
            }),
            network_range: Some(NetworkRangeCheck { action: "allow".into(), ranges: vec!["10.0.0.0/8".into()] }),
            processes: vec![ProcessPaths {
                linux: "/usr/bin/agent".into(),
                mac: String::new(),
                windows: "C:\\agent.exe".into(),
            }],
        };
        assert_eq!(
            checks.sentence(),
            "client 0.60.0 or later; Linux kernel 5.0 or later, not Android, iOS, macOS, Windows; does not connect from CN, Paris (FR); has \
             an address in 10.0.0.0/8; runs /usr/bin/agent on Linux and C:\\agent.exe on Windows"
        );
        assert_eq!(PostureChecks::default().sentence(), "asks for nothing");
        let nothing = PostureChecks { os_version: Some(OsVersionCheck::default()), ..PostureChecks::default() };
        assert_eq!(nothing.sentence(), "not Android, iOS, macOS, Linux, Windows");
    }
}
