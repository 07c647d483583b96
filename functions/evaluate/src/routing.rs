//! Routes: who else is told of an alert that fires, whatever its rule says.

use std::collections::BTreeSet;

use platform_core::alert::{Alert, AlertHistory};
use platform_core::channel::Addressee;
use platform_core::escalation::Escalation;
use platform_core::known_group::KnownGroup;
use platform_core::routing::{AlertRoute, RoutedBy, words};
use platform_core::rule::Rule;
use platform_runtime::addressees::addressees;
use platform_store::Result;
use tokio::sync::OnceCell;

use crate::evaluation::Evaluation;

/// The tenant's routes, read once there is something to tell.
pub(crate) struct Routing {
    has_routes: bool,
    routes: OnceCell<Vec<AlertRoute>>,
}

impl Routing {
    pub(crate) fn new(has_routes: bool) -> Self {
        Self { has_routes, routes: OnceCell::new() }
    }
}

impl Evaluation<'_> {
    /// NetBird's ids of the groups that an alert is about: those of `groups` that its rule looks at, and those that its peers are in
    /// now. What the rule leaves out is none of them.
    pub(crate) fn about<'p>(
        &self,
        rule: &Rule,
        groups: &[KnownGroup],
        peers: impl Iterator<Item = &'p str>,
    ) -> BTreeSet<String> {
        if !self.routing.has_routes {
            return BTreeSet::new();
        }
        let peers: BTreeSet<&str> = peers.collect();
        let of_peers = self.peers.iter().filter(|peer| peers.contains(peer.id.as_str()));
        let of_peers = of_peers.flat_map(|peer| &peer.groups).map(|group| group.id.clone());
        let is_looked_at = |group: &&KnownGroup| rule.condition.watch().groups().contains(&group.named);
        let looked_at = groups.iter().filter(is_looked_at).filter_map(KnownGroup::present_id);
        looked_at.map(str::to_owned).chain(of_peers).collect()
    }

    /// The routes that match an alert that fires. They are noted with it, also if a silence holds it back: who opens it then need
    /// not know what it was about.
    pub(crate) async fn routes_of(&self, rule: &Rule, about: &BTreeSet<String>) -> Result<Vec<RoutedBy>> {
        if !self.routing.has_routes {
            return Ok(Vec::new());
        }
        let read = || self.platform.store.alert_routes(self.tenant);
        let routes = self.routing.routes.get_or_try_init(read).await?;
        let matching = routes.iter().filter(|route| route.matches(rule, self.account.id, about));
        Ok(matching.map(RoutedBy::from).collect())
    }

    /// Whom an alert tells that something is wrong: its rule's channels, as far as it escalated, and those of its routes. It notes
    /// them, and the first time its history says what routes had to do with it.
    pub(crate) async fn told_of(
        &self,
        rule: &Rule,
        alert: &mut Alert,
        row: &mut AlertHistory,
        escalation: Option<Escalation>,
    ) -> Result<Vec<Addressee>> {
        let is_first = alert.channels.is_empty();
        let (mut told, channels) = addressees(&self.platform.store, rule, escalation, &alert.routed).await?;
        alert.note_told(&mut told);
        if is_first {
            let said = [row.message.take(), words(&alert.routed, &channels, &told, rule.severity)];
            row.message = said.into_iter().flatten().reduce(|before, more| format!("{before} {more}"));
        }
        Ok(told)
    }
}
