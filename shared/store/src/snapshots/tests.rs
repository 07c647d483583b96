//! Layouts of rows, held to their schemas by what an earlier build wrote.
//!
//! To change a row: count up its schema in [`platform_core::resources!`], say in the specimen what is new, and run
//! `WRITE_FIXTURES=1 cargo test -p platform_store snapshots`, which writes what is missing and nothing else.

use std::fmt::Debug;
use std::path::PathBuf;

use jiff::Timestamp;
use platform_core::network::{
    AccountSettings, DnsSettings, GeoLocationCheck, Group, GroupRef, Location, Nameserver, NameserverGroup,
    NetbirdAccount, Network, NetworkRangeCheck, NetworkResource, NetworkRouter, OsVersionCheck, Peer, PeerStatus,
    Policy, PolicyRule, PostureCheck, PostureChecks, ProcessPaths, ResourceRef, Route, SetupKey, User,
};

use super::packed::{pack_body, unpack_body};
use super::*;

trait Specimen: Row + Debug + PartialEq {
    /// A row in which every field says something, each differently.
    fn specimen() -> Self;
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

impl Specimen for Peer {
    fn specimen() -> Self {
        Self {
            id: "peer".into(),
            name: "web-fra-01".into(),
            hostname: "web-fra-01.internal".into(),
            ip: "100.64.0.1".into(),
            ipv6: Some("fd00::1".into()),
            connection_ip: Some("203.0.113.7".into()),
            country_code: "DE".into(),
            city_name: "Frankfurt".into(),
            status: PeerStatus::Unconfirmed,
            since: at(1),
            last_seen: at(2),
            last_login: Some(at(3)),
            created_at: Some(at(4)),
            os: "Linux Ubuntu 24.04".into(),
            kernel_version: "6.8.0".into(),
            version: "0.76.3".into(),
            groups: vec![GroupRef { id: "group".into(), name: "servers".into() }],
            user_id: "user".into(),
            dns_label: "web-fra-01.netbird.cloud".into(),
            login_expires: Some(true),
            login_expired: true,
            approval_required: false,
            ephemeral: true,
            ssh_enabled: false,
            dns_enabled: Some(true),
            firewall_enabled: Some(false),
        }
    }
}

impl Specimen for Group {
    fn specimen() -> Self {
        Self { id: "group".into(), name: "servers".into(), issued: "api".into(), peers: 3, resources: 5 }
    }
}

impl Specimen for User {
    fn specimen() -> Self {
        Self {
            id: "user".into(),
            name: "Ada".into(),
            email: "ada@acme.example".into(),
            role: "admin".into(),
            status: "invited".into(),
            is_service_user: false,
            is_blocked: true,
            pending_approval: false,
            issued: "api".into(),
            last_login: Some(at(5)),
        }
    }
}

impl Specimen for Policy {
    fn specimen() -> Self {
        let group = |id: &str, name: &str| GroupRef { id: id.into(), name: name.into() };
        let resource = |id: &str, kind: &str| ResourceRef { id: id.into(), kind: kind.into() };
        let rule = PolicyRule {
            name: "Web".into(),
            description: "Pages".into(),
            enabled: false,
            action: "accept".into(),
            bidirectional: true,
            protocol: "tcp".into(),
            ports: vec!["443".into(), "8000-8010".into()],
            sources: vec![group("g1", "laptops")],
            source_resource: Some(resource("r1", "peer")),
            destinations: vec![group("g2", "servers")],
            destination_resource: Some(resource("r2", "host")),
        };
        Self {
            id: "policy".into(),
            name: "Default".into(),
            description: "All to all".into(),
            enabled: true,
            posture_checks: vec!["check".into()],
            rules: vec![rule],
        }
    }
}

impl Specimen for Network {
    fn specimen() -> Self {
        Self {
            id: "network".into(),
            name: "office".into(),
            description: "Headquarters".into(),
            resources: vec!["resource-1".into(), "resource-2".into()],
            routers: vec!["router".into()],
            policies: vec!["policy".into()],
        }
    }
}

impl Specimen for NetworkResource {
    fn specimen() -> Self {
        Self {
            id: "resource".into(),
            name: "wiki".into(),
            description: "Pages".into(),
            kind: "domain".into(),
            address: "wiki.corp.example".into(),
            enabled: true,
            groups: vec![GroupRef { id: "group".into(), name: "servers".into() }],
        }
    }
}

impl Specimen for NetworkRouter {
    fn specimen() -> Self {
        Self {
            id: "router".into(),
            peer: "peer".into(),
            peer_groups: vec!["group".into()],
            metric: 9_999,
            masquerade: true,
            enabled: false,
        }
    }
}

impl Specimen for Route {
    fn specimen() -> Self {
        Self {
            id: "route".into(),
            network_id: "office".into(),
            description: "Old office".into(),
            enabled: true,
            network: "192.0.2.0/32".into(),
            network_type: "Domain".into(),
            domains: vec!["intranet.example".into()],
            peer: "peer".into(),
            peer_groups: vec!["routers".into()],
            groups: vec!["laptops".into()],
            access_control_groups: vec!["servers".into()],
            metric: 9_999,
            masquerade: false,
            keep_route: true,
            skip_auto_apply: false,
        }
    }
}

impl Specimen for PostureCheck {
    fn specimen() -> Self {
        Self {
            id: "check".into(),
            name: "up to date".into(),
            description: "Clients and systems".into(),
            checks: PostureChecks {
                client_version: Some("0.60.0".into()),
                os_version: Some(OsVersionCheck {
                    android: Some("13".into()),
                    ios: Some("17".into()),
                    darwin: Some("14".into()),
                    linux: Some("5.0".into()),
                    windows: None,
                }),
                geo_location: Some(GeoLocationCheck {
                    action: "allow".into(),
                    locations: vec![Location { country_code: "DE".into(), city_name: "Berlin".into() }],
                }),
                network_range: Some(NetworkRangeCheck { action: "deny".into(), ranges: vec!["10.0.0.0/8".into()] }),
                processes: vec![ProcessPaths {
                    linux: "/usr/bin/a".into(),
                    mac: "/Applications/a".into(),
                    windows: "a.exe".into(),
                }],
            },
        }
    }
}

impl Specimen for NameserverGroup {
    fn specimen() -> Self {
        Self {
            id: "nameservers".into(),
            name: "corp".into(),
            description: "Corporate DNS".into(),
            enabled: true,
            primary: false,
            nameservers: vec![Nameserver { ip: "10.0.0.53".into(), kind: "udp".into(), port: 53 }],
            domains: vec!["corp.example".into()],
            search_domains_enabled: true,
            groups: vec!["laptops".into()],
        }
    }
}

impl Specimen for DnsSettings {
    fn specimen() -> Self {
        Self { id: "settings".into(), disabled_management_groups: vec!["databases".into()] }
    }
}

impl Specimen for SetupKey {
    fn specimen() -> Self {
        Self {
            id: "key".into(),
            name: "servers".into(),
            key: "1DF7C****".into(),
            kind: "reusable".into(),
            state: "valid".into(),
            ephemeral: true,
            allow_extra_dns_labels: false,
            used_times: 3,
            usage_limit: 10,
            expires: Some(at(1)),
            last_used: Some(at(2)),
            updated_at: Some(at(3)),
            auto_groups: vec!["servers".into()],
        }
    }
}

impl Specimen for NetbirdAccount {
    fn specimen() -> Self {
        Self {
            id: "account".into(),
            domain: "acme.example".into(),
            created_at: Some(at(1)),
            created_by: "owner".into(),
            settings: AccountSettings {
                peer_login_expiration_enabled: Some(true),
                peer_login_expiration: Some(86_400),
                peer_inactivity_expiration_enabled: Some(false),
                peer_inactivity_expiration: Some(600),
                peer_approval_enabled: None,
                user_approval_required: Some(true),
                groups_propagation_enabled: Some(false),
                jwt_groups_enabled: Some(true),
                jwt_groups_claim_name: "groups".into(),
                jwt_allow_groups: vec!["staff".into()],
                regular_users_view_blocked: Some(true),
                routing_peer_dns_resolution_enabled: Some(false),
                lazy_connection_enabled: Some(true),
                local_auth_disabled: None,
                local_mfa_enabled: Some(false),
                dns_domain: "corp.example".into(),
                network_range: "100.101.0.0/16".into(),
                network_range_v6: "fd9c::/64".into(),
                auto_update_version: "disabled".into(),
            },
        }
    }
}

/// Holds the layout of `T` to what a build wrote that had the same schema.
fn hold<T: Specimen>() {
    let (rows, schema) = (vec![T::specimen()], T::RESOURCE.schema());
    let plain = postcard::to_allocvec(&rows).unwrap();
    let name = format!("src/snapshots/fixtures/{}.{schema}.bin", T::RESOURCE.name());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(&name);
    if std::env::var_os("WRITE_FIXTURES").is_some() && !path.exists() {
        std::fs::write(&path, pack_body(&plain, schema).unwrap()).unwrap();
    }
    let stored = std::fs::read(&path).unwrap_or_else(|_| panic!("{name} is missing: see the top of this file"));
    let changed = "the layout changed: count up its schema";
    let (read, bytes) = unpack_body::<Vec<T>>(&stored, schema).expect(changed);
    assert_eq!((read, bytes), (rows, plain.len()), "{name}: {changed}");
    // Two texts that changed places would be read all the same.
    assert_eq!(zstd::stream::decode_all(&stored[3..]).unwrap(), plain, "{name}: {changed}");
    assert!(matches!(unpack_body::<Vec<T>>(&stored, schema + 1), Err(Unreadable::Foreign)));
    for length in 0..stored.len() {
        assert!(unpack_body::<Vec<T>>(&stored[..length], schema).is_err(), "cut to {length} bytes");
    }
}

macro_rules! layouts {
    (
        snapshots { $($list:ident: $name:ident, $row:ident { $($fields:tt)* })* }
        logs { $($logs:tt)* }
    ) => {
        $(#[test]
        fn $name() {
            hold::<platform_core::network::$row>();
        })*
    };
}

platform_core::resources!(layouts);

#[test]
fn large_rows_are_cut_into_more_parts() {
    let policy =
        |n: usize, size: usize| Policy { description: "x".repeat(size), id: n.to_string(), ..Policy::specimen() };
    let common: Vec<_> = (0..640).map(|n| policy(n, 100)).collect();
    let parts = cut(&common).unwrap().parts;
    assert_eq!(parts.len(), 16);

    let large: Vec<_> = (0..640).map(|n| policy(n, 20_000)).collect();
    let Cut { parts, bytes, .. } = cut(&large).unwrap();
    assert!(parts.len() > 16 && bytes > 640 * 20_000);
    assert!(parts.iter().all(|part| part.iter().map(|row| row.description.len() + 50).sum::<usize>() <= CHUNK_BYTES));

    // A row that is too large alone is no reason to cut on and on.
    let mut one = common;
    one.push(policy(640, CHUNK_BYTES + 1));
    assert!(cut(&one).unwrap().parts.len() <= MOST_CHUNKS);
}

#[test]
fn chunks_tell_their_age() {
    let chunk = |revision: &str| {
        let (tenant, account) = (TenantId::from_uuid(uuid::Uuid::nil()), AccountId::from_uuid(uuid::Uuid::nil()));
        keys::chunk(tenant, account, Resource::Peers, 7, revision)
    };
    let written = format!("{:x}-0123456789abcdef", at(0).as_millisecond());
    assert!(is_older(&chunk(&written), at(1)) && !is_older(&chunk(&written), at(0)));
    assert!(is_older(&chunk("0123456789abcdef"), at(0)), "from before revisions had a time");
}
