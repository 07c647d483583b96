//! What the fake answers: the network in NetBird's JSON, nulls and all. Lists of what never changes are in
//! [`super::furnishing`].

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::inventory::{self, Destination, Policy, SetupKey, User};
use super::network::Network;

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
        let is_wanted = |peer: &&inventory::Peer| {
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
            name: &group.name,
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
        let there = self.groups.iter().zip(members).filter(|(group, _)| !group.gone);
        let list = there.map(|(group, peers)| {
            let resources: Vec<_> = group.resources.iter().map(|(id, kind)| Resource { id, r#type: kind }).collect();
            Group {
                id: &group.id,
                issued: "api",
                name: &group.name,
                peers_count: peers.len(),
                peers: (!peers.is_empty()).then_some(peers),
                resources_count: resources.len(),
                resources: (!resources.is_empty()).then_some(resources),
            }
        });
        list.collect()
    }

    pub(super) fn group_id(&self, name: &str) -> &str {
        self.group(name).map_or("", |index| &self.groups[index].id)
    }

    pub(super) fn minimum(&self, group: usize) -> Value {
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
}

fn batch<'a>(
    peer: &'a inventory::Peer,
    groups: &[GroupMinimum<'a>],
    accessible_peers_count: Option<u32>,
) -> PeerBatch<'a> {
    PeerBatch {
        accessible_peers_count,
        approval_required: peer.approval_required,
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
