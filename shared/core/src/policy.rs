//! Access policies: who may reach what, as NetBird keeps it and in words.

use serde::{Deserialize, Serialize};

use crate::network::GroupRef;
use crate::text;

/// Groups that a sentence names before it counts them.
const NAMED: usize = 4;
/// Ports that a sentence names before it counts them.
const NAMED_PORTS: usize = 8;

/// An access policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Whether it is in force.
    pub enabled: bool,
    /// Ids of the posture checks that peers of its sources must pass.
    pub posture_checks: Vec<String>,
    /// What it allows or forbids.
    pub rules: Vec<PolicyRule>,
}

/// One rule of a policy. What is one of a few words in NetBird stays text here: a newer server may know more of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyRule {
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Whether it is in force while its policy is.
    pub enabled: bool,
    /// `accept` or `drop`.
    pub action: String,
    /// Whether destinations may reach sources, too.
    pub bidirectional: bool,
    /// `all`, `tcp`, `udp`, `icmp` or `netbird-ssh`.
    pub protocol: String,
    /// Ports and ranges of them, such as `443` and `8000-8010`; every port if empty.
    pub ports: Vec<String>,
    /// Groups that it is about.
    pub sources: Vec<GroupRef>,
    /// The one peer or network resource that it is about, instead of groups.
    pub source_resource: Option<ResourceRef>,
    /// Groups that they may reach.
    pub destinations: Vec<GroupRef>,
    /// The one peer or network resource that they may reach, instead of groups.
    pub destination_resource: Option<ResourceRef>,
}

/// A peer or a network resource, as a rule names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceRef {
    /// NetBird's id.
    pub id: String,
    /// `peer`, `host`, `subnet` or `domain`.
    pub kind: String,
}

impl Policy {
    /// Whether one of its rules is about a group of this name, on either side.
    pub fn is_about(&self, group: &str) -> bool {
        let names = |groups: &[GroupRef]| groups.iter().any(|one| one.name == group);
        self.rules.iter().any(|rule| names(&rule.sources) || names(&rule.destinations))
    }

    /// A rule in words: `laptops may reach servers on TCP 22, 443 if min-version holds`. `checks` are the names of the
    /// posture checks; none if they are not known.
    pub fn sentence(&self, rule: &PolicyRule, checks: &[&str]) -> String {
        let sources = side(&rule.sources, rule.source_resource.as_ref());
        let destinations = side(&rule.destinations, rule.destination_resource.as_ref());
        let may = if rule.action == "drop" { "may not" } else { "may" };
        let reach = match rule.bidirectional {
            true if sources == destinations => format!("Peers of {sources} {may} reach each other"),
            true => format!("{sources} and {destinations} {may} reach each other"),
            false => format!("{sources} {may} reach {destinations}"),
        };
        let on = match (rule.protocol.as_str(), rule.ports.as_slice()) {
            ("all", []) => String::new(),
            ("netbird-ssh", _) => " by NetBird SSH".to_owned(),
            (protocol, []) => format!(" by {}", protocol.to_uppercase()),
            (protocol, ports) => format!(
                " on {} {}",
                if protocol == "all" { "port".to_owned() } else { protocol.to_uppercase() },
                text::names(ports.iter().map(String::as_str), NAMED_PORTS)
            ),
        };
        let what = match checks {
            [] => text::count(self.posture_checks.len(), "posture check"),
            names => text::names(names.iter().copied(), NAMED),
        };
        let checked = match self.posture_checks.len() {
            0 => String::new(),
            1 => format!(" if {what} holds"),
            _ => format!(" if {what} hold"),
        };
        format!("{reach}{on}{checked}")
    }
}

fn side(groups: &[GroupRef], resource: Option<&ResourceRef>) -> String {
    match resource {
        Some(resource) if resource.kind.is_empty() => "one resource".to_owned(),
        Some(resource) => format!("one {}", resource.kind),
        None if groups.is_empty() => "nobody".to_owned(),
        None => text::names(groups.iter().map(|group| group.name.as_str()), NAMED),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(names: &[&str]) -> Vec<GroupRef> {
        names.iter().map(|&name| GroupRef { id: name.to_owned(), name: name.to_owned() }).collect()
    }

    fn rule(protocol: &str, ports: &[&str]) -> PolicyRule {
        PolicyRule {
            name: "rule".into(),
            description: String::new(),
            enabled: true,
            action: "accept".into(),
            bidirectional: false,
            protocol: protocol.into(),
            ports: ports.iter().map(|&port| port.to_owned()).collect(),
            sources: groups(&["laptops"]),
            source_resource: None,
            destinations: groups(&["servers"]),
            destination_resource: None,
        }
    }

    fn policy(posture_checks: usize) -> Policy {
        Policy {
            id: "p".into(),
            name: "Access".into(),
            description: String::new(),
            enabled: true,
            posture_checks: (0..posture_checks).map(|check| check.to_string()).collect(),
            rules: vec![rule("tcp", &["22"])],
        }
    }

    #[test]
    fn rules_in_words() {
        let plain = policy(0);
        assert_eq!(
            policy(1).sentence(&rule("tcp", &["22", "443"]), &[]),
            "laptops may reach servers on TCP 22, 443 if 1 posture check holds"
        );
        assert_eq!(
            policy(2).sentence(&rule("icmp", &[]), &[]),
            "laptops may reach servers by ICMP if 2 posture checks hold"
        );
        let named = policy(2).sentence(&rule("icmp", &[]), &["min-version", "office"]);
        assert_eq!(named, "laptops may reach servers by ICMP if min-version, office hold");
        assert_eq!(plain.sentence(&rule("all", &[]), &[]), "laptops may reach servers");
        assert_eq!(plain.sentence(&rule("all", &["53"]), &[]), "laptops may reach servers on port 53");
        assert_eq!(plain.sentence(&rule("netbird-ssh", &["22"]), &[]), "laptops may reach servers by NetBird SSH");
        let drop = PolicyRule { action: "drop".into(), ..rule("all", &[]) };
        assert_eq!(plain.sentence(&drop, &[]), "laptops may not reach servers");
        let both = PolicyRule { bidirectional: true, ..rule("all", &[]) };
        assert_eq!(plain.sentence(&both, &[]), "laptops and servers may reach each other");
        let among = PolicyRule { destinations: groups(&["laptops"]), ..both };
        assert_eq!(plain.sentence(&among, &[]), "Peers of laptops may reach each other");
        let host = ResourceRef { id: "r".into(), kind: "host".into() };
        let one =
            PolicyRule { destination_resource: Some(host), destinations: Vec::new(), ..rule("tcp", &["8000-8010"]) };
        assert_eq!(plain.sentence(&one, &[]), "laptops may reach one host on TCP 8000-8010");
        let nobody = PolicyRule { sources: Vec::new(), ..rule("all", &[]) };
        assert_eq!(plain.sentence(&nobody, &[]), "nobody may reach servers");
        let many = PolicyRule { sources: groups(&["a", "b", "c", "d", "e", "f"]), ..rule("all", &[]) };
        assert_eq!(plain.sentence(&many, &[]), "a, b, c, d and 2 more may reach servers");
    }

    #[test]
    fn a_policy_is_about_the_groups_of_both_sides() {
        assert!(policy(0).is_about("laptops") && policy(0).is_about("servers"));
        assert!(!policy(0).is_about("lap"));
    }
}
