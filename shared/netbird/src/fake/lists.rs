//! What the fake answers: the network in NetBird's JSON, nulls and all.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::network::{self, Destination, Network, Policy, SetupKey, User};

/// What NetBird sends for a time that never was.
const NEVER: &str = "0001-01-01T00:00:00Z";

#[derive(Serialize)]
struct PeerBatch<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    accessible_peers_count: Option<u32>,
    approval_required: bool,
    city_name: &'a str,
    connected: bool,
    connection_ip: &'a str,
    country_code: &'a str,
    created_at: Timestamp,
    dns_label: String,
    ephemeral: bool,
    extra_dns_labels: [&'a str; 0],
    geoname_id: u32,
    groups: Vec<GroupMinimum<'a>>,
    hostname: &'a str,
    id: &'a str,
    inactivity_expiration_enabled: bool,
    ip: String,
    ipv6: String,
    kernel_version: &'a str,
    last_login: Timestamp,
    last_seen: Timestamp,
    local_flags: LocalFlags,
    login_expiration_enabled: bool,
    login_expired: bool,
    name: &'a str,
    os: &'a str,
    serial_number: String,
    ssh_enabled: bool,
    ui_version: &'a str,
    user_id: &'a str,
    version: &'a str,
}

#[derive(Serialize, Default)]
struct LocalFlags {
    block_inbound: bool,
    block_lan_access: bool,
    disable_client_routes: bool,
    disable_dns: bool,
    disable_firewall: bool,
    disable_server_routes: bool,
    lazy_connection_enabled: bool,
    rosenpass_enabled: bool,
    rosenpass_permissive: bool,
    server_ssh_allowed: bool,
}

#[derive(Serialize, Clone, Copy)]
struct GroupMinimum<'a> {
    id: &'a str,
    name: &'a str,
    peers_count: usize,
    resources_count: usize,
}

#[derive(Serialize)]
struct Group<'a> {
    id: &'a str,
    issued: &'a str,
    name: &'a str,
    peers: Option<Vec<Named<'a>>>,
    peers_count: usize,
    resources: Option<Vec<Resource<'a>>>,
    resources_count: usize,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct Resource<'a> {
    id: &'a str,
    r#type: &'a str,
}

/// Query parameters that lists take.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Query {
    name: Option<String>,
    ip: Option<String>,
    service_user: Option<bool>,
}

impl Network {
    /// The JSON at a path below `/api/`; `None` where there is none. `turn` differs from call to call: NetBird sends
    /// users and networks in another order each time.
    pub(super) fn answer(&self, path: &str, query: &Query, turn: usize) -> Option<Vec<u8>> {
        Some(match path {
            "accounts" => to_json(&self.accounts()),
            "peers" => to_json(&self.peer_list(query)),
            "groups" => to_json(&self.group_list()),
            "users" => to_json(&rotated(self.user_list(query), turn)),
            "policies" => to_json(&self.policies.iter().map(|policy| self.policy(policy)).collect::<Vec<_>>()),
            "setup-keys" => to_json(&self.setup_keys.iter().map(|key| self.setup_key(key)).collect::<Vec<_>>()),
            "events" | "events/audit" => to_json(&self.newest_events().collect::<Vec<_>>()),
            "networks" => to_json(&rotated(self.networks(), turn)),
            "networks/resources" => to_json(&self.network_resources()),
            "networks/routers" => to_json(&self.network_routers()),
            "routes" => to_json(&self.routes()),
            "posture-checks" => to_json(&self.posture_checks()),
            "dns/nameservers" => to_json(&self.nameservers()),
            "dns/settings" => to_json(&json!({ "disabled_management_groups": [self.group_id("databases")] })),
            "dns/zones" => to_json(&json!([])),
            "instance" => to_json(&json!({ "setup_required": false })),
            "instance/version" => {
                to_json(&json!({ "management_current_version": "0.76.3", "management_update_available": false }))
            }
            _ => match path.split_once('/')? {
                ("peers", id) => {
                    let peer = self.peers.iter().find(|peer| peer.id == id)?;
                    to_json(&batch(peer, &self.group_minimums(), None))
                }
                ("groups", id) => to_json(&self.group_list().into_iter().find(|group| group.id == id)?),
                _ => return None,
            },
        })
    }

    fn peer_list(&self, query: &Query) -> Vec<PeerBatch<'_>> {
        let groups = self.group_minimums();
        let is_wanted = |peer: &&network::Peer| {
            query.name.as_ref().is_none_or(|name| peer.name == *name)
                && query.ip.as_ref().is_none_or(|ip| peer.ip() == *ip)
        };
        self.peers.iter().filter(is_wanted).map(|peer| batch(peer, &groups, Some(0))).collect()
    }

    fn group_minimums(&self) -> Vec<GroupMinimum<'_>> {
        let mut counts = vec![0; self.groups.len()];
        for &group in self.peers.iter().flat_map(|peer| &peer.groups) {
            counts[group] += 1;
        }
        let groups = self.groups.iter().zip(counts).map(|(group, peers_count)| GroupMinimum {
            id: &group.id,
            name: group.name,
            peers_count,
            resources_count: group.resources.len(),
        });
        groups.collect()
    }

    fn group_list(&self) -> Vec<Group<'_>> {
        let mut members: Vec<Vec<Named<'_>>> = self.groups.iter().map(|_| Vec::new()).collect();
        for peer in &self.peers {
            for &group in &peer.groups {
                members[group].push(Named { id: &peer.id, name: &peer.name });
            }
        }
        let list = self.groups.iter().zip(members).map(|(group, peers)| {
            let resources: Vec<_> = group.resources.iter().map(|(id, kind)| Resource { id, r#type: kind }).collect();
            Group {
                id: &group.id,
                issued: "api",
                name: group.name,
                peers_count: peers.len(),
                peers: (!peers.is_empty()).then_some(peers),
                resources_count: resources.len(),
                resources: (!resources.is_empty()).then_some(resources),
            }
        });
        list.collect()
    }

    fn group_id(&self, name: &str) -> &str {
        self.group(name).map_or("", |index| &self.groups[index].id)
    }

    fn minimum(&self, group: usize) -> Value {
        json!(self.group_minimums()[group])
    }

    fn user_list(&self, query: &Query) -> Vec<Value> {
        let is_wanted = |user: &&User| query.service_user.is_none_or(|wanted| user.is_service_user == wanted);
        self.users.iter().filter(is_wanted).map(|user| self.user(user)).collect()
    }

    fn user(&self, user: &User) -> Value {
        let status = match user {
            User { is_blocked: true, .. } => "blocked",
            User { invited: true, .. } => "invited",
            _ => "active",
        };
        let auto_groups: Vec<_> = user.auto_groups.iter().map(|&group| &self.groups[group].id).collect();
        let mut json = json!({
            "auto_groups": auto_groups,
            "email": user.email,
            "id": user.id,
            "is_blocked": user.is_blocked,
            "is_current": user.role == "auditor",
            "is_service_user": user.is_service_user,
            "issued": "api",
            "last_login": or_never(user.last_login),
            "name": user.name,
            "pending_approval": false,
            "role": user.role,
            "status": status,
        });
        if !user.is_service_user {
            json["idp_id"] = json!("local");
        }
        json
    }

    fn policy(&self, policy: &Policy) -> Value {
        let mut rule = json!({
            "action": "accept",
            "bidirectional": policy.bidirectional,
            "description": policy.description,
            "destinations": null,
            "enabled": policy.enabled,
            "id": policy.id,
            "name": policy.name,
            "protocol": policy.protocol,
            "sources": [self.minimum(policy.source)],
        });
        match &policy.destination {
            Destination::Group(group) => rule["destinations"] = json!([self.minimum(*group)]),
            Destination::Resource(id, kind) => rule["destinationResource"] = json!({ "id": id, "type": kind }),
        }
        if !policy.ports.is_empty() {
            rule["ports"] = json!(policy.ports);
        }
        json!({
            "description": policy.description,
            "enabled": policy.enabled,
            "id": policy.id,
            "name": policy.name,
            "rules": [rule],
            "source_posture_checks": policy.checked.then_some([&self.furnishing.posture_check]),
        })
    }

    fn setup_key(&self, key: &SetupKey) -> Value {
        let usage_limit = u32::from(key.one_off);
        let state = match key {
            SetupKey { revoked: true, .. } => "revoked",
            SetupKey { one_off: true, used_times: 1.., .. } => "overused",
            _ => "valid",
        };
        json!({
            "allow_extra_dns_labels": false,
            "auto_groups": [self.groups[key.group].id],
            "ephemeral": key.ephemeral,
            "expires": key.expires,
            "id": key.id,
            "key": key.masked,
            "last_used": or_never(key.last_used),
            "name": key.name,
            "revoked": key.revoked,
            "state": state,
            "type": if key.one_off { "one-off" } else { "reusable" },
            "updated_at": key.updated_at,
            "usage_limit": usage_limit,
            "used_times": key.used_times,
            "valid": state == "valid",
        })
    }

    fn accounts(&self) -> Value {
        json!([{
            "created_at": self.created_at,
            "created_by": self.users.first().map_or("", |owner| &owner.id),
            "domain": "",
            "domain_category": "",
            "id": self.account_id,
            "onboarding": { "onboarding_flow_pending": false, "signup_form_pending": false },
            "settings": {
                "agent_network_only": false,
                "auto_update_always": false,
                "auto_update_version": "disabled",
                "dns_domain": "",
                "embedded_idp_enabled": true,
                "extra": {
                    "network_traffic_logs_enabled": false,
                    "network_traffic_logs_groups": null,
                    "network_traffic_packet_counter_enabled": false,
                    "peer_approval_enabled": false,
                    "user_approval_required": true,
                },
                "groups_propagation_enabled": true,
                "ipv6_enabled_groups": [self.group_id("All")],
                "jwt_allow_groups": [],
                "jwt_groups_claim_name": "",
                "jwt_groups_enabled": false,
                "lazy_connection_enabled": true,
                "local_auth_disabled": false,
                "local_mfa_enabled": false,
                "metrics_push_enabled": false,
                "network_range": "100.101.0.0/16",
                "network_range_v6": "fd9c:61ed:afa7:977c::/64",
                "peer_expose_enabled": false,
                "peer_expose_groups": null,
                "peer_inactivity_expiration": 600,
                "peer_inactivity_expiration_enabled": false,
                "peer_login_expiration": 86400,
                "peer_login_expiration_enabled": true,
                "regular_users_view_blocked": true,
                "routing_peer_dns_resolution_enabled": true,
            },
        }])
    }

    fn networks(&self) -> Vec<Value> {
        let furnishing = &self.furnishing;
        let [office, datacenter] = &furnishing.networks;
        let [office_router, datacenter_router] = &furnishing.routers;
        let routing_peers = self.group("routers").map_or(0, |group| self.group_minimums()[group].peers_count);
        vec![
            json!({
                "description": "Headquarters",
                "id": office,
                "name": "office",
                "policies": [self.policies[1].id, self.policies[3].id],
                "resources": [furnishing.subnet, furnishing.domain],
                "routers": [office_router],
                "routing_peers_count": 1,
            }),
            json!({
                "description": "",
                "id": datacenter,
                "name": "datacenter",
                "policies": [self.policies[2].id],
                "resources": [furnishing.host],
                "routers": [datacenter_router],
                "routing_peers_count": routing_peers,
            }),
        ]
    }

    fn network_resources(&self) -> Value {
        let in_group = |name| json!([self.minimum(self.group(name).unwrap_or(0))]);
        json!([
            {
                "address": "10.10.0.0/24", "description": "", "enabled": true, "groups": in_group("servers"),
                "id": self.furnishing.subnet, "name": "office subnet", "type": "subnet",
            },
            {
                "address": "wiki.corp.example", "description": "wiki", "enabled": true, "groups": null,
                "id": self.furnishing.domain, "name": "wiki", "type": "domain",
            },
            {
                "address": "192.168.7.7/32", "description": "", "enabled": false, "groups": in_group("databases"),
                "id": self.furnishing.host, "name": "backup host", "type": "host",
            },
        ])
    }

    fn network_routers(&self) -> Value {
        let [office, datacenter] = &self.furnishing.routers;
        json!([
            {
                "enabled": true, "id": office, "masquerade": true, "metric": 9999,
                "peer": self.routing_peer(), "peer_groups": null,
            },
            {
                "enabled": true, "id": datacenter, "masquerade": false, "metric": 100,
                "peer": "", "peer_groups": [self.group_id("routers")],
            },
        ])
    }

    fn routing_peer(&self) -> &str {
        self.peers.iter().find(|peer| peer.name.starts_with("router-")).map_or("", |peer| &peer.id)
    }

    fn routes(&self) -> Value {
        let [subnet, domain] = &self.furnishing.routes;
        json!([
            {
                "description": "old route", "domains": null, "enabled": true, "groups": [self.group_id("laptops")],
                "id": subnet, "keep_route": false, "masquerade": true, "metric": 9999, "network": "172.20.0.0/16",
                "network_id": "legacy", "network_type": "IPv4", "peer": self.routing_peer(), "skip_auto_apply": false,
            },
            {
                "access_control_groups": [self.group_id("servers")], "description": "",
                "domains": ["intranet.example"], "enabled": true, "groups": [self.group_id("laptops")],
                "id": domain, "keep_route": true, "masquerade": true, "metric": 9999, "network": "192.0.2.0/32",
                "network_id": "dnsroute", "network_type": "Domain", "peer": "",
                "peer_groups": [self.group_id("routers")], "skip_auto_apply": false,
            },
        ])
    }

    fn posture_checks(&self) -> Value {
        json!([{
            "checks": {
                "nb_version_check": { "min_version": "0.60.0" },
                "os_version_check": { "linux": { "min_kernel_version": "5.0" } },
            },
            "description": "client 0.60+",
            "id": self.furnishing.posture_check,
            "name": "min-version",
        }])
    }

    fn nameservers(&self) -> Value {
        json!([{
            "description": "", "domains": ["corp.example"], "enabled": true, "groups": [self.group_id("laptops")],
            "id": self.furnishing.nameservers, "name": "corp dns",
            "nameservers": [{ "ip": "10.10.0.53", "ns_type": "udp", "port": 53 }],
            "primary": false, "search_domains_enabled": true,
        }])
    }
}

fn batch<'a>(
    peer: &'a network::Peer,
    groups: &[GroupMinimum<'a>],
    accessible_peers_count: Option<u32>,
) -> PeerBatch<'a> {
    PeerBatch {
        accessible_peers_count,
        approval_required: false,
        city_name: peer.place.city_name,
        connected: peer.connected,
        connection_ip: &peer.connection_ip,
        country_code: peer.place.country_code,
        created_at: peer.created_at,
        dns_label: peer.dns_label(),
        ephemeral: peer.ephemeral,
        extra_dns_labels: [],
        geoname_id: peer.place.geoname_id,
        groups: peer.groups.iter().map(|&group| groups[group]).collect(),
        hostname: &peer.name,
        id: &peer.id,
        inactivity_expiration_enabled: false,
        ip: peer.ip(),
        ipv6: peer.ipv6(),
        kernel_version: peer.kernel,
        last_login: peer.last_login,
        last_seen: peer.last_seen,
        local_flags: LocalFlags {
            disable_dns: peer.disable_dns,
            disable_firewall: peer.disable_firewall,
            ..LocalFlags::default()
        },
        login_expiration_enabled: !peer.user_id.is_empty(),
        login_expired: peer.login_expired,
        name: &peer.name,
        os: peer.os,
        serial_number: format!("SN-{}", peer.name),
        ssh_enabled: peer.ssh_enabled,
        ui_version: peer.ui_version,
        user_id: &peer.user_id,
        version: peer.version,
    }
}

fn or_never(time: Option<Timestamp>) -> String {
    time.map_or_else(|| NEVER.to_owned(), |time| time.to_string())
}

fn rotated(mut list: Vec<Value>, turn: usize) -> Vec<Value> {
    if !list.is_empty() {
        let by = turn % list.len();
        list.rotate_left(by);
    }
    list
}

/// As Go's encoder writes it: a line.
fn to_json(value: &impl Serialize) -> Vec<u8> {
    let mut json = serde_json::to_vec(value).expect("the lists hold nothing but texts, numbers and times");
    json.push(b'\n');
    json
}
