//! Networks behind routing peers: what they make reachable, and through whom.

use serde::{Deserialize, Serialize};

use crate::network::GroupRef;
use crate::text;

/// Resources and routers that a sentence names before it counts them.
const NAMED: usize = 3;

/// A network that peers reach through routing peers. What it consists of is listed apart, by id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Network {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// Ids of its resources, in order.
    pub resources: Vec<String>,
    /// Ids of its routers, in order.
    pub routers: Vec<String>,
    /// Ids of the policies about its resources, in order.
    #[serde(default)]
    pub policies: Vec<String>,
}

/// Something that a network makes reachable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkResource {
    /// NetBird's id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Description.
    pub description: String,
    /// `host`, `subnet` or `domain`; text, since a newer server may know more.
    pub kind: String,
    /// An address with its prefix, or a domain.
    pub address: String,
    /// Whether it is in force.
    pub enabled: bool,
    /// Groups that it is in.
    pub groups: Vec<GroupRef>,
}

/// Who routes to a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkRouter {
    /// NetBird's id.
    pub id: String,
    /// Id of the one peer; empty where it is groups.
    pub peer: String,
    /// Ids of the groups whose peers route.
    pub peer_groups: Vec<String>,
    /// The lower, the better.
    pub metric: u32,
    /// Whether the network sees the router's address instead of the peer's.
    pub masquerade: bool,
    /// Whether it is in force.
    pub enabled: bool,
}

impl Network {
    /// What it makes reachable through whom, in words: `10.10.0.0/24, wiki.corp.example through router-1`. `on` are the
    /// addresses of resources that are in force, `off` is how many are known not to be; `through` names those who route,
    /// of so many routers that are `known`. Of the others nothing is known but their ids.
    pub fn sentence(&self, on: &[&str], off: usize, through: &[String], known: usize) -> String {
        let hidden = self.resources.len().saturating_sub(on.len() + off);
        let what = match on {
            [] if self.resources.is_empty() => "No resources".to_owned(),
            [] if off == 0 => text::count(hidden, "resource"),
            [] => "No resource that is on".to_owned(),
            _ => {
                let named = on.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
                match on.len().saturating_sub(NAMED) + hidden {
                    0 => named,
                    rest => format!("{named} and {rest} more"),
                }
            }
        };
        match through {
            [] if known == 0 && !self.routers.is_empty() => {
                format!("{what} through {}", text::count(self.routers.len(), "router"))
            }
            [] => format!("{what}, through nobody"),
            _ => format!("{what} through {}", text::names(through.iter().map(String::as_str), NAMED)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(resources: usize, routers: usize) -> Network {
        let ids = |number: usize| (0..number).map(|n| n.to_string()).collect();
        Network {
            id: "n".into(),
            name: "office".into(),
            description: String::new(),
            resources: ids(resources),
            routers: ids(routers),
            policies: Vec::new(),
        }
    }

    #[test]
    fn networks_in_words() {
        let router = ["router-1".to_owned()];
        let many: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).into();
        let say = |resources, on: &[&str], off, through: &[String]| {
            network(resources, through.len()).sentence(on, off, through, through.len())
        };
        assert_eq!(say(1, &["10.0.0.1/32"], 0, &router), "10.0.0.1/32 through router-1");
        assert_eq!(say(5, &["a", "b", "c", "d"], 1, &router), "a, b, c and 1 more through router-1");
        assert_eq!(say(1, &["a"], 0, &many), "a through a, b, c and 1 more");
        assert_eq!(say(0, &[], 0, &router), "No resources through router-1");
        assert_eq!(say(2, &[], 2, &router), "No resource that is on through router-1");
        // A router that is off, and no router at all.
        assert_eq!(network(1, 1).sentence(&["a"], 0, &[], 1), "a, through nobody");
        assert_eq!(network(1, 0).sentence(&["a"], 0, &[], 0), "a, through nobody");
        // The lists of resources and routers are not there, or not all that they have is known.
        assert_eq!(network(7, 1).sentence(&[], 0, &[], 0), "7 resources through 1 router");
        assert_eq!(network(7, 1).sentence(&["a"], 1, &router, 1), "a and 5 more through router-1");
    }
}
