//! Lists of what never changes in a fake network: account, networks, routes, posture checks, DNS.

use serde_json::{Value, json};

use super::network::Network;

impl Network {
    pub(super) fn accounts(&self) -> Value {
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
                "peer_login_expiration_enabled": self.logins_expire,
                "regular_users_view_blocked": true,
                "routing_peer_dns_resolution_enabled": true,
            },
        }])
    }

    pub(super) fn networks(&self) -> Vec<Value> {
        let furnishing = &self.furnishing;
        let [office, datacenter] = &furnishing.networks;
        let [office_router, datacenter_router] = &furnishing.routers;
        let routing_peers = self.members("routers").len();
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
            json!({
                "description": "Being set up",
                "id": furnishing.empty_network,
                "name": "warehouse",
                "policies": [],
                "resources": [],
                "routers": [],
                "routing_peers_count": 0,
            }),
        ]
    }

    pub(super) fn network_resources(&self) -> Value {
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

    pub(super) fn network_routers(&self) -> Value {
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

    pub(super) fn routes(&self) -> Value {
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
            {
                "description": "If the office fails", "domains": null, "enabled": false, "groups": [self.group_id("All")],
                "id": self.furnishing.spare_route, "keep_route": false, "masquerade": false, "metric": 100,
                "network": "fd00:10::/64", "network_id": "spare", "network_type": "IPv6", "peer": self.routing_peer(),
                "skip_auto_apply": true,
            },
        ])
    }

    pub(super) fn posture_checks(&self) -> Value {
        json!([{
            "checks": {
                "nb_version_check": { "min_version": "0.60.0" },
                "os_version_check": { "linux": { "min_kernel_version": "5.0" } },
            },
            "description": "client 0.60+",
            "id": self.furnishing.posture_check,
            "name": "min-version",
        }, {
            "checks": {
                "geo_location_check": {
                    "action": "allow",
                    "locations": [{ "country_code": "DE" }, { "city_name": "Paris", "country_code": "FR" }],
                },
                "os_version_check": {
                    "android": { "min_version": "13" }, "darwin": { "min_version": "14.0" }, "ios": { "min_version": "17" },
                    "windows": { "min_kernel_version": "10.0.22631" },
                },
                "peer_network_range_check": { "action": "deny", "ranges": ["192.168.0.0/16"] },
                "process_check": {
                    "processes": [{ "linux_path": "/usr/bin/agent", "windows_path": "C:\\Program Files\\agent.exe" }],
                },
            },
            "description": "",
            "id": self.furnishing.strict_check,
            "name": "managed devices",
        }])
    }

    pub(super) fn nameservers(&self) -> Value {
        json!([{
            "description": "", "domains": ["corp.example"], "enabled": true, "groups": [self.group_id("laptops")],
            "id": self.furnishing.nameservers, "name": "corp dns",
            "nameservers": [{ "ip": "10.10.0.53", "ns_type": "udp", "port": 53 }],
            "primary": false, "search_domains_enabled": true,
        }, {
            "description": "Everything else", "domains": [], "enabled": true, "groups": [self.group_id("All")],
            "id": self.furnishing.primary_nameservers, "name": "upstream",
            "nameservers": [
                { "ip": "9.9.9.9", "ns_type": "udp", "port": 53 }, { "ip": "10.10.0.54", "ns_type": "udp", "port": 5353 },
            ],
            "primary": true, "search_domains_enabled": false,
        }])
    }
}
