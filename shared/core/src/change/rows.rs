//! What of each row is configuration, and what it names by id.

use serde_json::{Map, Value};

use super::Configuration;
use crate::network::{
    DnsSettings, Group, NameserverGroup, NetbirdAccount, Network, NetworkResource, NetworkRouter, Peer, Policy,
    PostureCheck, Route, SetupKey, User,
};
use crate::resource::Row;

/// A row, as the log of changes looks at it.
pub trait Configured: Row + PartialEq {
    /// Fields that are no configuration: what NetBird counts, and when something was used.
    const IGNORED: &'static [&'static str] = &[];
    /// Fields that name other things by id.
    const NAMING: &'static [&'static str] = &[];

    /// Its name for people.
    fn called(&self) -> &str;

    /// Makes more of its fields than their JSON is.
    fn refine(&self, _: &mut Map<String, Value>) {}

    /// Brings together what belongs together in two of it.
    fn align(_: &mut Map<String, Value>, _: &mut Map<String, Value>) {}

    /// The list it is in; `None` if that is no configuration.
    fn configuration() -> Option<Configuration> {
        Configuration::of(Self::RESOURCE)
    }
}

/// Peers have a log of their own, and whose groups they are in is told of the groups.
impl Configured for Peer {
    fn called(&self) -> &str {
        &self.name
    }
}

impl Configured for Group {
    const IGNORED: &'static [&'static str] = &["peers", "resources"];

    fn called(&self) -> &str {
        &self.name
    }
}

impl Configured for User {
    const IGNORED: &'static [&'static str] = &["lastLogin"];

    fn called(&self) -> &str {
        if self.name.is_empty() { &self.email } else { &self.name }
    }
}

impl Configured for Policy {
    const NAMING: &'static [&'static str] = &["postureChecks"];

    fn called(&self) -> &str {
        &self.name
    }

    /// Rules have no ids: they are known by their names, and those of one name by their place among these.
    fn refine(&self, fields: &mut Map<String, Value>) {
        let Some(Value::Array(rules)) = fields.remove("rules") else { return };
        let mut named = Map::new();
        for rule in rules {
            let name = rule["name"].as_str().unwrap_or_default();
            let free = (1..).map(|n| if n == 1 { name.to_owned() } else { format!("{name} ({n})") });
            let key = free.into_iter().find(|key| !named.contains_key(key)).unwrap_or_default();
            named.insert(key, rule);
        }
        fields.insert("rules".into(), Value::Object(named));
    }

    /// The one rule of a policy stays that rule when it is renamed.
    fn align(before: &mut Map<String, Value>, after: &mut Map<String, Value>) {
        let (Some(Value::Object(before)), Some(Value::Object(after))) = (before.get("rules"), after.get_mut("rules"))
        else {
            return;
        };
        if let (Some(key), 1, 1) = (before.keys().next(), before.len(), after.len())
            && let Some((_, rule)) = std::mem::take(after).into_iter().next()
        {
            after.insert(key.clone(), rule);
        }
    }
}

impl Configured for Network {
    /// Which policies are about it is told of the policies.
    const IGNORED: &'static [&'static str] = &["policies"];
    const NAMING: &'static [&'static str] = &["resources", "routers"];

    fn called(&self) -> &str {
        &self.name
    }
}

impl Configured for NetworkResource {
    fn called(&self) -> &str {
        &self.name
    }
}

impl Configured for NetworkRouter {
    const NAMING: &'static [&'static str] = &["peer", "peerGroups"];

    /// It has no name.
    fn called(&self) -> &str {
        &self.id
    }
}

impl Configured for Route {
    const NAMING: &'static [&'static str] = &["peer", "peerGroups", "groups", "accessControlGroups"];

    fn called(&self) -> &str {
        &self.network_id
    }
}

impl Configured for PostureCheck {
    fn called(&self) -> &str {
        &self.name
    }
}

impl Configured for NameserverGroup {
    const NAMING: &'static [&'static str] = &["groups"];

    fn called(&self) -> &str {
        &self.name
    }
}

impl Configured for DnsSettings {
    const NAMING: &'static [&'static str] = &["disabledManagementGroups"];

    fn called(&self) -> &str {
        ""
    }
}

impl Configured for SetupKey {
    /// Its state changes by being used and by time; that somebody revokes it is a field of its own. How the key begins is
    /// of no use to anybody here.
    const IGNORED: &'static [&'static str] = &["key", "state", "usedTimes", "lastUsed", "updatedAt"];
    const NAMING: &'static [&'static str] = &["autoGroups"];

    fn called(&self) -> &str {
        &self.name
    }

    fn refine(&self, fields: &mut Map<String, Value>) {
        fields.insert("revoked".into(), Value::Bool(self.state == "revoked"));
    }
}

impl Configured for NetbirdAccount {
    const IGNORED: &'static [&'static str] = &["createdAt", "createdBy"];

    fn called(&self) -> &str {
        ""
    }
}
