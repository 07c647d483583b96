//! What the policies say between groups, peers and resources, as edges of a graph.

use std::collections::BTreeSet;

use super::ask::Ask;
use super::compile::{Effect, Model, Rule};
use crate::network::{GroupRef, ResourceRef};

/// Where an edge begins or ends, by NetBird's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum EdgeEnd {
    /// A group.
    Group(String),
    /// A peer that a rule names by itself.
    Peer(String),
    /// A resource.
    Resource(String),
}

/// What one rule says between two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// The same as long as the rule is about these two.
    pub id: String,
    /// Whose peers open connections.
    pub from: EdgeEnd,
    /// Whose they reach.
    pub to: EdgeEnd,
    /// The other way round, too. Never so where it leads to a resource: it opens no connection.
    pub bidirectional: bool,
    /// What it does, as NetBird calls it: `accept` or `drop`.
    pub action: String,
    /// Policy and rule are on, and so is the resource that it leads to.
    pub is_on: bool,
    /// What of it is not understood here.
    pub unclear: Option<String>,
    /// The protocol, as NetBird calls it.
    pub protocol: String,
    /// Ports and ranges of them; every port if empty.
    pub ports: Vec<String>,
    /// On what, in words.
    pub services: Vec<String>,
    /// NetBird's id of the policy.
    pub policy: String,
    /// Its name.
    pub policy_name: String,
    /// Names of the posture checks that peers of the sources must pass; ids of those whose names are not known.
    pub posture_checks: Vec<String>,
}

impl Model<'_> {
    /// Every edge, in the order of the policies: between groups as they are named, and to each resource by itself or one of
    /// its groups.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.edges_on(Ask::ANYTHING)
    }

    /// Those that are about what is asked for, in part at least.
    pub fn edges_on(&self, ask: Ask) -> impl Iterator<Item = Edge> + '_ {
        let wanted = ask.services();
        let about = self.rules.iter().filter(move |rule| rule.services.meets(&wanted));
        about.flat_map(|rule| self.of_one_rule(rule))
    }

    fn of_one_rule<'m>(&'m self, rule: &'m Rule<'m>) -> impl Iterator<Item = Edge> + 'm {
        let named = rule.rule;
        let from = ends(&named.sources, named.source_resource.as_ref());
        // Nothing connects from a resource.
        let from = from.into_iter().filter(|end| !matches!(end, EdgeEnd::Resource(_)));
        let mut to: BTreeSet<EdgeEnd> = ends(&named.destinations, named.destination_resource.as_ref());
        let resources = self.resources.values().filter(|resource| rule.is_about(resource.row));
        to.extend(resources.map(|resource| EdgeEnd::Resource(resource.row.id.clone())));
        from.flat_map(move |from| {
            to.clone().into_iter().map(move |to| self.edge(rule, from.clone(), to)).collect::<Vec<_>>()
        })
    }

    fn edge(&self, rule: &Rule<'_>, from: EdgeEnd, to: EdgeEnd) -> Edge {
        let is_there = match &to {
            EdgeEnd::Resource(id) => self.resources.get(id.as_str()).is_some_and(|resource| resource.row.enabled),
            EdgeEnd::Group(_) | EdgeEnd::Peer(_) => true,
        };
        let checks = rule.policy.posture_checks.iter();
        Edge {
            id: format!("{}:{}:{}:{}", rule.policy.id, rule.nth, from.key(), to.key()),
            bidirectional: rule.rule.bidirectional && !matches!(to, EdgeEnd::Resource(_)),
            from,
            to,
            action: rule.rule.action.clone(),
            is_on: rule.is_on() && is_there,
            unclear: match rule.effect {
                Effect::Either => Some(format!("its action, {}, is not known here", rule.rule.action)),
                Effect::Accept | Effect::Drop => rule.unclear.clone(),
            },
            protocol: rule.rule.protocol.clone(),
            ports: rule.rule.ports.clone(),
            services: rule.services.words(),
            policy: rule.policy.id.clone(),
            policy_name: rule.policy.name.clone(),
            posture_checks: checks
                .map(|id| self.checks.get(id.as_str()).map_or_else(|| id.clone(), |check| check.name.clone()))
                .collect(),
        }
    }
}

impl EdgeEnd {
    /// It as a text that nothing else has: `group:ID`.
    pub fn key(&self) -> String {
        match self {
            Self::Group(id) => format!("group:{id}"),
            Self::Peer(id) => format!("peer:{id}"),
            Self::Resource(id) => format!("resource:{id}"),
        }
    }
}

fn ends(groups: &[GroupRef], resource: Option<&ResourceRef>) -> BTreeSet<EdgeEnd> {
    match resource {
        Some(one) if one.kind == "peer" => BTreeSet::from([EdgeEnd::Peer(one.id.clone())]),
        Some(one) => BTreeSet::from([EdgeEnd::Resource(one.id.clone())]),
        None => groups.iter().map(|group| EdgeEnd::Group(group.id.clone())).collect(),
    }
}
