//! A policy as the API shows it: what NetBird has, and each rule in words.

use platform_core::account::{Account, SyncState};
use platform_core::ids::TenantId;
use platform_core::network::{GroupRef, Policy, PostureCheck, ResourceRef};
use platform_http::Problem;
use platform_store::Store;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::lists::{Beside, Index};
use crate::names::{NamedRef, SHOWN, called};

/// An access policy of a connected network.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Policy)]
pub(crate) struct PolicyView {
    /// NetBird's id.
    id: String,
    account_id: Uuid,
    account_name: String,
    name: String,
    description: String,
    enabled: bool,
    /// The posture checks that peers of the sources must pass; the first 10.
    source_posture_checks: Vec<NamedRef>,
    /// How many those are.
    source_posture_checks_count: usize,
    rules: Vec<RuleView>,
}

/// A rule of a policy.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PolicyRule)]
struct RuleView {
    name: String,
    description: String,
    /// In force while its policy is.
    enabled: bool,
    /// `accept` or `drop`.
    #[schema(example = "accept")]
    action: String,
    /// Destinations may reach sources, too.
    bidirectional: bool,
    /// `all`, `tcp`, `udp`, `icmp` or `netbird-ssh`.
    #[schema(example = "tcp")]
    protocol: String,
    /// Ports and ranges of them; every port if empty.
    #[schema(example = json!(["443", "8000-8010"]))]
    ports: Vec<String>,
    sources: Vec<GroupRefView>,
    /// The one peer or network resource that it is about, instead of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    source_resource: Option<ResourceRefView>,
    destinations: Vec<GroupRefView>,
    /// The one peer or network resource that may be reached, instead of groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    destination_resource: Option<ResourceRefView>,
    /// What it says, in words.
    #[schema(example = "laptops may reach servers on TCP 22, 443 if min-version holds")]
    sentence: String,
}

/// A group, as others name it.
#[derive(Serialize, ToSchema)]
#[schema(as = GroupRef)]
pub(crate) struct GroupRefView {
    /// NetBird's id.
    id: String,
    name: String,
}

/// A peer or a network resource, as others name it.
#[derive(Serialize, ToSchema)]
#[schema(as = ResourceRef)]
struct ResourceRefView {
    /// NetBird's id.
    id: String,
    /// `peer`, `host`, `subnet` or `domain`.
    #[serde(rename = "type")]
    #[schema(example = "host")]
    kind: String,
}

impl From<&GroupRef> for GroupRefView {
    fn from(group: &GroupRef) -> Self {
        Self { id: group.id.clone(), name: group.name.clone() }
    }
}

impl From<&ResourceRef> for ResourceRefView {
    fn from(resource: &ResourceRef) -> Self {
        Self { id: resource.id.clone(), kind: resource.kind.clone() }
    }
}

/// Posture checks, by their ids; none if the list of them is not there.
pub(crate) struct Checks(Option<Index<PostureCheck>>);

impl Beside for Checks {
    async fn read(store: &Store, tenant: TenantId, sync: &SyncState) -> Result<Self, Problem> {
        Ok(Self(Index::read(store, tenant, sync).await?))
    }
}

impl Checks {
    fn name(&self, id: &str) -> Option<Option<&str>> {
        Some(self.0.as_ref()?.get(id).map(|check| &*check.name))
    }

    fn of(&self, policy: &Policy) -> Vec<NamedRef> {
        policy.posture_checks.iter().take(SHOWN).map(|id| NamedRef::new(id, self.name(id))).collect()
    }

    /// What a sentence calls each; nothing if the list of them is not there.
    fn called<'a>(&'a self, policy: &'a Policy) -> Vec<&'a str> {
        let all = if self.0.is_some() { &policy.posture_checks[..] } else { &[] };
        all.iter().map(|id| called(id, self.name(id))).collect()
    }
}

impl PolicyView {
    pub(crate) fn new(account: &Account, checks: &Checks, policy: &Policy) -> Self {
        let names = checks.called(policy);
        let rules = policy.rules.iter().map(|rule| RuleView {
            name: rule.name.clone(),
            description: rule.description.clone(),
            enabled: rule.enabled,
            action: rule.action.clone(),
            bidirectional: rule.bidirectional,
            protocol: rule.protocol.clone(),
            ports: rule.ports.clone(),
            sources: rule.sources.iter().map(GroupRefView::from).collect(),
            source_resource: rule.source_resource.as_ref().map(ResourceRefView::from),
            destinations: rule.destinations.iter().map(GroupRefView::from).collect(),
            destination_resource: rule.destination_resource.as_ref().map(ResourceRefView::from),
            sentence: policy.sentence(rule, &names),
        });
        Self {
            id: policy.id.clone(),
            account_id: account.id.uuid(),
            account_name: account.name.clone(),
            name: policy.name.clone(),
            description: policy.description.clone(),
            enabled: policy.enabled,
            rules: rules.collect(),
            source_posture_checks: checks.of(policy),
            source_posture_checks_count: policy.posture_checks.len(),
        }
    }
}
