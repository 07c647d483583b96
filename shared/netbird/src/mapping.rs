//! From what NetBird sends to what the platform keeps.

use jiff::Timestamp;
use platform_core::network;
use platform_core::setup_key::masked;

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
            login_expires: peer.login_expiration_enabled,
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
            posture_checks: ids(policy.source_posture_checks),
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

fn sorted(listed: Vec<api::Id>) -> Vec<String> {
    let mut ids = ids(listed);
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
            peer_groups: ids(router.peer_groups),
            metric: router.metric,
            masquerade: router.masquerade,
            enabled: router.enabled.unwrap_or(true),
        }
    }
}

impl From<api::Route> for network::Route {
    fn from(route: api::Route) -> Self {
        Self {
            id: route.id,
            network_id: route.network_id,
            description: route.description,
            enabled: route.enabled,
            network: route.network,
            network_type: route.network_type,
            domains: texts(route.domains),
            peer: route.peer,
            peer_groups: ids(route.peer_groups),
            groups: ids(route.groups),
            access_control_groups: ids(route.access_control_groups),
            metric: route.metric,
            masquerade: route.masquerade,
            keep_route: route.keep_route,
            skip_auto_apply: route.skip_auto_apply,
        }
    }
}

fn ids(ids: Vec<api::Id>) -> Vec<String> {
    ids.into_iter().map(|id| id.0).collect()
}

fn texts(texts: Vec<api::Text>) -> Vec<String> {
    texts.into_iter().map(|text| text.0).collect()
}

impl From<api::PostureCheck> for network::PostureCheck {
    fn from(check: api::PostureCheck) -> Self {
        Self { id: check.id, name: check.name, description: check.description, checks: check.checks.into() }
    }
}

impl From<api::Checks> for network::PostureChecks {
    fn from(checks: api::Checks) -> Self {
        let version = |version: Option<api::MinVersion>| version.map(|version| version.min_version);
        let process = |process: api::Process| network::ProcessPaths {
            linux: process.linux_path,
            mac: process.mac_path,
            windows: process.windows_path,
        };
        let location = |location: api::Location| network::Location {
            country_code: location.country_code,
            city_name: location.city_name,
        };
        Self {
            client_version: version(checks.nb_version_check),
            os_version: checks.os_version_check.map(|check| network::OsVersionCheck {
                android: version(check.android),
                ios: version(check.ios),
                darwin: version(check.darwin),
                linux: version(check.linux),
                windows: version(check.windows),
            }),
            geo_location: checks.geo_location_check.map(|check| network::GeoLocationCheck {
                action: check.action,
                locations: check.locations.into_iter().map(location).collect(),
            }),
            network_range: checks
                .peer_network_range_check
                .map(|check| network::NetworkRangeCheck { action: check.action, ranges: texts(check.ranges) }),
            processes: checks.process_check.into_iter().flat_map(|check| check.processes).map(process).collect(),
        }
    }
}

impl From<api::NameserverGroup> for network::NameserverGroup {
    fn from(group: api::NameserverGroup) -> Self {
        let server = |server: api::Nameserver| network::Nameserver {
            ip: server.ip,
            kind: server.ns_type,
            port: u16::try_from(server.port).unwrap_or_default(),
        };
        Self {
            id: group.id,
            name: group.name,
            description: group.description,
            enabled: group.enabled,
            primary: group.primary,
            nameservers: group.nameservers.into_iter().map(server).collect(),
            domains: texts(group.domains),
            search_domains_enabled: group.search_domains_enabled,
            groups: ids(group.groups),
        }
    }
}

impl From<api::DnsSettings> for network::DnsSettings {
    fn from(settings: api::DnsSettings) -> Self {
        Self { id: "settings".to_owned(), disabled_management_groups: ids(settings.disabled_management_groups) }
    }
}

impl From<api::SetupKey> for network::SetupKey {
    fn from(key: api::SetupKey) -> Self {
        Self {
            id: key.id,
            name: key.name,
            key: masked(&key.key),
            kind: key.kind,
            state: key.state,
            ephemeral: key.ephemeral,
            allow_extra_dns_labels: key.allow_extra_dns_labels,
            used_times: key.used_times,
            usage_limit: key.usage_limit,
            expires: key.expires,
            last_used: key.last_used,
            updated_at: key.updated_at,
            auto_groups: ids(key.auto_groups),
        }
    }
}

impl From<api::NetbirdAccount> for network::NetbirdAccount {
    fn from(account: api::NetbirdAccount) -> Self {
        Self {
            id: account.id,
            domain: account.domain,
            created_at: account.created_at,
            created_by: account.created_by,
            settings: account.settings.into(),
        }
    }
}

fn seconds(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

impl From<api::AccountSettings> for network::AccountSettings {
    fn from(settings: api::AccountSettings) -> Self {
        Self {
            peer_login_expiration_enabled: settings.peer_login_expiration_enabled,
            peer_login_expiration: settings.peer_login_expiration.map(seconds),
            peer_inactivity_expiration_enabled: settings.peer_inactivity_expiration_enabled,
            peer_inactivity_expiration: settings.peer_inactivity_expiration.map(seconds),
            peer_approval_enabled: settings.extra.peer_approval_enabled,
            user_approval_required: settings.extra.user_approval_required,
            groups_propagation_enabled: settings.groups_propagation_enabled,
            jwt_groups_enabled: settings.jwt_groups_enabled,
            jwt_groups_claim_name: settings.jwt_groups_claim_name,
            jwt_allow_groups: texts(settings.jwt_allow_groups),
            regular_users_view_blocked: settings.regular_users_view_blocked,
            routing_peer_dns_resolution_enabled: settings.routing_peer_dns_resolution_enabled,
            lazy_connection_enabled: settings.lazy_connection_enabled,
            local_auth_disabled: settings.local_auth_disabled,
            local_mfa_enabled: settings.local_mfa_enabled,
            dns_domain: settings.dns_domain,
            network_range: settings.network_range,
            network_range_v6: settings.network_range_v6,
            auto_update_version: settings.auto_update_version,
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
