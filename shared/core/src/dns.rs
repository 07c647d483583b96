//! Name resolution as a network hands it to its peers.

use serde::{Deserialize, Serialize};

use crate::text;

/// Domains, nameservers and groups that a sentence names before it counts them.
const NAMED: usize = 3;

/// Nameservers that resolve some domains, or all, for the peers of groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameserverGroup {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Whether it is in force.
    pub enabled: bool,
    /// Whether it resolves every domain that no other group does.
    pub primary: bool,
    /// Who resolves, in order.
    pub nameservers: Vec<Nameserver>,
    /// The domains that it resolves; none where it is primary.
    pub domains: Vec<String>,
    /// Whether peers try the domains after a name without dots.
    pub search_domains_enabled: bool,
    /// Ids of the groups whose peers use it.
    pub groups: Vec<String>,
}

/// A nameserver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nameserver {
    /// Address.
    pub ip: String,
    /// `udp`; text, since a newer server may know more.
    pub kind: String,
    /// Port.
    pub port: u16,
}

/// How an account hands out name resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DnsSettings {
    /// There is one of an account; it has no id of NetBird's.
    pub id: String,
    /// Ids of the groups whose peers NetBird leaves as they are.
    pub disabled_management_groups: Vec<String>,
}

impl Nameserver {
    /// Its address, with the port where it is not DNS's own.
    pub fn shown(&self) -> String {
        match self.port {
            0 | 53 => self.ip.clone(),
            port if self.ip.contains(':') => format!("[{}]:{port}", self.ip),
            port => format!("{}:{port}", self.ip),
        }
    }
}

impl NameserverGroup {
    /// It in words: `corp.example is resolved by 10.10.0.53 for laptops`. `groups` are the names of its groups.
    pub fn sentence(&self, groups: &[&str]) -> String {
        let what = match self.domains.as_slice() {
            [] => "Everything else is".to_owned(),
            [one] => format!("{one} is"),
            several => format!("{} are", text::names(several.iter().map(String::as_str), NAMED)),
        };
        let servers: Vec<String> = self.nameservers.iter().map(Nameserver::shown).collect();
        let by = match servers.as_slice() {
            [] => "nobody".to_owned(),
            servers => text::names(servers.iter().map(String::as_str), NAMED),
        };
        let whom = match groups {
            [] => "nobody".to_owned(),
            groups => text::names(groups.iter().copied(), NAMED),
        };
        format!("{what} resolved by {by} for {whom}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nameservers_in_words() {
        let server = |ip: &str, port| Nameserver { ip: ip.to_owned(), kind: "udp".to_owned(), port };
        let group = NameserverGroup {
            id: "n".into(),
            name: "corp".into(),
            description: String::new(),
            enabled: true,
            primary: false,
            nameservers: vec![server("10.10.0.53", 53), server("10.10.0.54", 5_353), server("fd00::1", 5_353)],
            domains: vec!["corp.example".into()],
            search_domains_enabled: true,
            groups: vec!["g".into()],
        };
        let by = "10.10.0.53, 10.10.0.54:5353, [fd00::1]:5353";
        assert_eq!(group.sentence(&["laptops"]), format!("corp.example is resolved by {by} for laptops"));
        let several = NameserverGroup { domains: vec!["a.example".into(), "b.example".into()], ..group.clone() };
        assert!(several.sentence(&["laptops"]).starts_with("a.example, b.example are resolved by "));
        let primary = NameserverGroup { domains: Vec::new(), nameservers: Vec::new(), primary: true, ..group };
        assert_eq!(primary.sentence(&[]), "Everything else is resolved by nobody for nobody");
    }
}
