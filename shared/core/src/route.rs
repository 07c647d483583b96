//! Routes of the older kind: one range or some domains, through one peer or the peers of groups.

use serde::{Deserialize, Serialize};

use crate::text;

/// Domains, groups and routing peers that a sentence names before it counts them.
const NAMED: usize = 3;

/// A route.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// NetBird's id.
    pub id: String,
    /// Its name, which routes that stand in for each other share: NetBird's `network_id`.
    pub network_id: String,
    /// Description.
    pub description: String,
    /// Whether it is in force.
    pub enabled: bool,
    /// The range that it leads to. For domains, one that says nothing.
    pub network: String,
    /// `IPv4`, `IPv6` or `Domain`; text, since a newer server may know more.
    pub network_type: String,
    /// The domains that it leads to, instead of a range.
    pub domains: Vec<String>,
    /// Id of the one peer that routes; empty where it is groups.
    pub peer: String,
    /// Ids of the groups whose peers route.
    pub peer_groups: Vec<String>,
    /// Ids of the groups whose peers get it.
    pub groups: Vec<String>,
    /// Ids of the groups that policies name for what is behind it.
    pub access_control_groups: Vec<String>,
    /// The lower, the better.
    pub metric: u32,
    /// Whether the network sees the routing peer's address instead of the peer's.
    pub masquerade: bool,
    /// Whether addresses stay routed after a domain has changed them.
    pub keep_route: bool,
    /// Whether clients leave it off until somebody chooses it.
    pub skip_auto_apply: bool,
}

impl Route {
    /// Where it leads.
    pub fn destinations(&self) -> Vec<&str> {
        if self.domains.is_empty() { vec![&self.network] } else { self.domains.iter().map(String::as_str).collect() }
    }

    /// It in words: `172.20.0.0/16 through router-1 for laptops`. `through` names those who route, `to` the groups whose
    /// peers get it.
    pub fn sentence(&self, through: &[&str], to: &[&str]) -> String {
        let named = |names: &[&str]| match names {
            [] => "nobody".to_owned(),
            _ => text::names(names.iter().copied(), NAMED),
        };
        let peers_of = if self.peer.is_empty() && !through.is_empty() { "peers of " } else { "" };
        let destinations = named(&self.destinations());
        format!("{destinations} through {peers_of}{} for {}", named(through), named(to))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_in_words() {
        let route = Route {
            id: "r".into(),
            network_id: "office".into(),
            description: String::new(),
            enabled: true,
            network: "10.0.0.0/8".into(),
            network_type: "IPv4".into(),
            domains: Vec::new(),
            peer: "p".into(),
            peer_groups: Vec::new(),
            groups: vec!["g".into()],
            access_control_groups: Vec::new(),
            metric: 9_999,
            masquerade: true,
            keep_route: false,
            skip_auto_apply: false,
        };
        assert_eq!(route.sentence(&["router-1"], &["laptops"]), "10.0.0.0/8 through router-1 for laptops");
        let domains = ["a.example", "b.example", "c.example", "d.example"].map(str::to_owned).into();
        let by_groups = Route { domains, peer: String::new(), ..route };
        let sentence = "a.example, b.example, c.example and 1 more through peers of routers for laptops, phones";
        assert_eq!(by_groups.sentence(&["routers"], &["laptops", "phones"]), sentence);
        assert!(by_groups.sentence(&[], &[]).ends_with(" through nobody for nobody"));
    }
}
