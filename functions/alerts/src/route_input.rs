//! A route of alerts as people enter it, as it is kept, and as the API shows it.

use std::collections::BTreeSet;

use jiff::Timestamp;
use platform_core::ids::{AlertRouteId, ChannelId, TenantId};
use platform_core::routing::{AlertRoute, MAX_CHANNELS};
use platform_core::rule::Severity;
use platform_core::silence::Matchers;
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::matcher_groups::check_groups;
use crate::silence_input::{Nameable, matchers};

/// A route as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = AlertRouteInput)]
pub(crate) struct RouteInput {
    /// No other route of the tenant is called so, in whatever case.
    #[schema(example = "Critical at night", max_length = 100)]
    name: String,
    /// True if absent, or as it was.
    enabled: Option<bool>,
    matchers: RouteMatchers,
    /// Channels of the tenant that are told, beside those of the alert's rule.
    #[schema(min_items = 1, max_items = 10)]
    channel_ids: Vec<Uuid>,
}

/// Which alerts: what all of these say together; all alerts if nothing is named.
#[derive(Default, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
#[schema(as = AlertRouteMatchers)]
pub(crate) struct RouteMatchers {
    /// Only of these rules.
    #[schema(max_items = 50)]
    rule_ids: Vec<Uuid>,
    /// Only of rules of these severities.
    severities: Vec<Severity>,
    /// Only in these accounts.
    #[schema(max_items = 50)]
    account_ids: Vec<Uuid>,
    /// Only about these groups of the one account that is named: the rule looks at one of them, or a peer that the alert is
    /// about is in one of them when it fires. NetBird's ids.
    #[schema(max_items = 50)]
    group_ids: Vec<String>,
}

/// A route of the tenant: alerts that match are also told to its channels.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AlertRoute)]
pub(crate) struct RouteView {
    id: Uuid,
    #[schema(example = "Critical at night")]
    name: String,
    enabled: bool,
    matchers: RouteMatchers,
    /// Which alerts, in words; groups are left to their ids.
    #[schema(example = "Critical alerts of Servers down in HQ")]
    matches: String,
    channel_ids: Vec<Uuid>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// Counts changes: its `ETag`, and what a change may name by `If-Match`.
    version: u64,
}

impl RouteView {
    pub(crate) fn new(route: &AlertRoute, names: &Nameable) -> Self {
        let matchers = &route.matchers;
        Self {
            id: route.id.uuid(),
            name: route.name.clone(),
            enabled: route.enabled,
            matchers: RouteMatchers {
                rule_ids: matchers.rules.iter().map(|rule| rule.uuid()).collect(),
                severities: matchers.severities.iter().copied().collect(),
                account_ids: matchers.accounts.iter().map(|account| account.uuid()).collect(),
                group_ids: matchers.groups.iter().cloned().collect(),
            },
            matches: matchers.words(names),
            channel_ids: route.channels.iter().map(|channel| channel.uuid()).collect(),
            created_at: route.created_at,
            updated_at: route.updated_at,
            version: route.version,
        }
    }
}

/// A route of which nothing was entered yet.
pub(crate) fn blank(id: AlertRouteId, tenant: TenantId, now: Timestamp) -> AlertRoute {
    AlertRoute {
        id,
        tenant,
        name: String::new(),
        enabled: true,
        matchers: Matchers::default(),
        channels: Vec::new(),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

impl RouteInput {
    /// What a route becomes by what was entered, if nothing is wrong with it. What is named must be there, or have been named
    /// before; channels must be there.
    pub(crate) async fn write(
        self,
        platform: &Platform,
        before: &AlertRoute,
        names: &Nameable,
    ) -> Result<AlertRoute, Problem> {
        let mut problems = Problems::default();
        let RouteMatchers { rule_ids, severities, account_ids, group_ids } = self.matchers;
        let mut matchers = matchers((rule_ids, severities, account_ids), names, &before.matchers, &mut problems);
        matchers.groups = group_ids.into_iter().collect();
        matchers.everything = matchers == Matchers::default();
        check_groups((platform, before.tenant), names, &matchers, &before.matchers, &mut problems).await?;
        let channels: Vec<ChannelId> = self.channel_ids.into_iter().map(ChannelId::from_uuid).collect();
        let asked: BTreeSet<ChannelId> = channels.iter().take(MAX_CHANNELS).copied().collect();
        let known = platform.store.channels_by_id(before.tenant, &Vec::from_iter(asked)).await?;
        for (place, channel) in channels.iter().enumerate().take(MAX_CHANNELS) {
            let at = format!("/channelIds/{place}");
            problems.require(!channels[..place].contains(channel), &at, "is there twice");
            let is_known = known.iter().any(|one| one.id == *channel);
            problems.require(is_known, &at, "is not a channel of this tenant");
        }
        let route = AlertRoute {
            name: self.name,
            enabled: self.enabled.unwrap_or(before.enabled),
            matchers,
            channels,
            updated_at: platform.now(),
            ..before.clone()
        };
        route.check(&mut problems);
        problems.finish().map_err(Problem::validation)?;
        Ok(AlertRoute { name: route.name.trim().to_owned(), ..route })
    }
}

/// Refuses the name of another route.
pub(crate) fn refuse_name(routes: &[AlertRoute], route: &AlertRoute) -> Result<(), Problem> {
    match routes.iter().any(|other| other.id != route.id && other.is_called(&route.name)) {
        true => Err(Problem::field("/name", "is the name of another route")),
        false => Ok(()),
    }
}

/// The routes of a tenant that name a channel.
pub(crate) fn routes_by(routes: &[AlertRoute], channel: ChannelId) -> impl Iterator<Item = &AlertRoute> {
    routes.iter().filter(move |route| route.channels.contains(&channel))
}

/// A route as the audit trail tells of it.
pub(crate) fn audited(route: &AlertRoute) -> Value {
    let matchers = &route.matchers;
    json!({
        "name": route.name, "enabled": route.enabled, "ruleIds": matchers.rules, "severities": matchers.severities,
        "accountIds": matchers.accounts, "groupIds": matchers.groups, "channelIds": route.channels,
    })
}
