//! From what NetBird sends to what the platform keeps.

use jiff::Timestamp;
use platform_core::network;

use crate::api;

/// A peer as one answer tells it. `status` and `since` are what this answer alone says;
/// [`platform_core::peer_status`] corrects them by the answers before.
impl From<api::Peer> for network::Peer {
    fn from(peer: api::Peer) -> Self {
        let flags = peer.local_flags.unwrap_or_default();
        // A peer that never connected has no last_seen: it has been away since it was registered.
        let last_seen = if api::is_never(peer.last_seen) {
            peer.created_at.unwrap_or(Timestamp::UNIX_EPOCH)
        } else {
            peer.last_seen
        };
        Self {
            id: peer.id,
            name: peer.name,
            hostname: peer.hostname,
            ip: peer.ip,
            ipv6: peer.ipv6.filter(|ip| !ip.is_empty()),
            connection_ip: peer.connection_ip.filter(|ip| !ip.is_empty() && ip != "<nil>"),
            country_code: peer.country_code,
            city_name: peer.city_name,
            status: if peer.connected { network::PeerStatus::Online } else { network::PeerStatus::Offline },
            since: last_seen,
            last_seen,
            last_login: peer.last_login,
            created_at: peer.created_at,
            os: peer.os,
            kernel_version: peer.kernel_version,
            version: peer.version,
            groups: peer.groups.into_iter().map(network::GroupRef::from).collect(),
            user_id: peer.user_id,
            dns_label: peer.dns_label,
            login_expired: peer.login_expired,
            approval_required: peer.approval_required,
            ephemeral: peer.ephemeral,
            ssh_enabled: peer.ssh_enabled,
            dns_enabled: flags.disable_dns.map(|disabled| !disabled),
            firewall_enabled: flags.disable_firewall.map(|disabled| !disabled),
        }
    }
}

impl From<api::GroupMinimum> for network::GroupRef {
    fn from(group: api::GroupMinimum) -> Self {
        Self { id: group.id, name: group.name }
    }
}

impl From<api::Group> for network::Group {
    fn from(group: api::Group) -> Self {
        Self { id: group.id, name: group.name, issued: group.issued, peers: group.peers, resources: group.resources }
    }
}

impl From<api::User> for network::User {
    fn from(user: api::User) -> Self {
        Self {
            id: user.id,
            name: user.name,
            email: user.email,
            role: user.role,
            status: user.status,
            is_service_user: user.is_service_user,
            is_blocked: user.is_blocked,
            pending_approval: user.pending_approval,
            issued: user.issued,
            last_login: user.last_login,
        }
    }
}

impl From<api::Policy> for network::Policy {
    fn from(policy: api::Policy) -> Self {
        Self {
            id: policy.id,
            name: policy.name,
            description: policy.description,
            enabled: policy.enabled,
            posture_checks: policy.source_posture_checks.into_iter().map(|check| check.0).collect(),
            rules: policy.rules.into_iter().map(network::PolicyRule::from).collect(),
        }
    }
}

impl From<api::PolicyRule> for network::PolicyRule {
    fn from(rule: api::PolicyRule) -> Self {
        let ranges = rule.port_ranges.iter().map(ToString::to_string);
        Self {
            name: rule.name,
            description: rule.description,
            enabled: rule.enabled,
            action: rule.action,
            bidirectional: rule.bidirectional,
            protocol: rule.protocol,
            ports: rule.ports.into_iter().map(|port| port.0).chain(ranges).collect(),
            sources: rule.sources.into_iter().map(network::GroupRef::from).collect(),
            source_resource: rule.source_resource.map(network::ResourceRef::from),
            destinations: rule.destinations.into_iter().map(network::GroupRef::from).collect(),
            destination_resource: rule.destination_resource.map(network::ResourceRef::from),
        }
    }
}

impl From<api::ResourceRef> for network::ResourceRef {
    fn from(resource: api::ResourceRef) -> Self {
        Self { id: resource.id, kind: resource.kind }
    }
}

/// NetBird sends networks, and perhaps what they list, in another order each time.
impl From<api::Network> for network::Network {
    fn from(network: api::Network) -> Self {
        Self {
            id: network.id,
            name: network.name,
            description: network.description,
            resources: sorted(network.resources),
            routers: sorted(network.routers),
            policies: sorted(network.policies),
        }
    }
}

fn sorted(ids: Vec<api::Id>) -> Vec<String> {
    let mut ids: Vec<String> = ids.into_iter().map(|id| id.0).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

impl From<api::NetworkResource> for network::NetworkResource {
    fn from(resource: api::NetworkResource) -> Self {
        Self {
            id: resource.id,
            name: resource.name,
            description: resource.description,
            kind: resource.kind,
            address: resource.address,
            enabled: resource.enabled.unwrap_or(true),
            groups: resource.groups.into_iter().map(network::GroupRef::from).collect(),
        }
    }
}

impl From<api::NetworkRouter> for network::NetworkRouter {
    fn from(router: api::NetworkRouter) -> Self {
        Self {
            id: router.id,
            peer: router.peer,
            peer_groups: router.peer_groups.into_iter().map(|id| id.0).collect(),
            metric: router.metric,
            masquerade: router.masquerade,
            enabled: router.enabled.unwrap_or(true),
        }
    }
}

impl From<api::Event> for network::Event {
    fn from(event: api::Event) -> Self {
        Self {
            id: event.id,
            timestamp: event.timestamp,
            activity: event.activity,
            activity_code: event.activity_code,
            initiator_id: event.initiator_id,
            initiator_name: event.initiator_name,
            initiator_email: event.initiator_email,
            target_id: event.target_id,
            meta: event.meta,
        }
    }
}
