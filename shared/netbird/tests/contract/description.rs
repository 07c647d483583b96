//! The fake's answers against NetBird's own description of its API.

use serde_json::{Value, json};

use crate::support::{fake, named_by};
use platform_netbird::fake::Tokens;

/// Fields that servers send as `null` where the description promises a list.
const NULL_FOR_EMPTY: [&str; 11] = [
    "peers",
    "resources",
    "sources",
    "destinations",
    "source_posture_checks",
    "groups",
    "peer_groups",
    "domains",
    "network_traffic_logs_groups",
    "peer_expose_groups",
    "access_control_groups",
];

fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if field.is_null() && NULL_FOR_EMPTY.contains(&name.as_str()) {
                    *field = json!([]);
                }
                without_nulls(field);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(without_nulls),
        _ => {}
    }
}

#[tokio::test]
async fn every_answer_is_as_described() {
    let Some(file) = named_by("NETBIRD_OPENAPI") else { return };
    let mut description: Value = serde_yaml_ng::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    // As it is written no text satisfies it: it is to be a sort of network resource and `peer` at once.
    description["components"]["schemas"]["ResourceType"] = json!({ "type": "string" });
    let fake = fake(60).await;
    let http = reqwest::Client::builder().build().unwrap();
    for path in [
        "accounts",
        "peers",
        "groups",
        "users",
        "policies",
        "posture-checks",
        "networks",
        "networks/routers",
        "routes",
        "dns/nameservers",
        "dns/settings",
        "dns/zones",
        "setup-keys",
        "events/audit",
        "instance",
        "instance/version",
    ] {
        let described = &description["paths"][format!("/api/{path}")]["get"]["responses"]["200"];
        let mut schema = described["content"]["application/json"]["schema"].clone();
        assert!(schema.is_object(), "{path} is not described");
        schema["components"] = description["components"].clone();
        let validator = jsonschema::draft202012::options().should_validate_formats(true).build(&schema).unwrap();

        let request = http.get(format!("{}/api/{path}", fake.url()));
        let request = request.header("authorization", format!("Token {}", Tokens::GOOD));
        let body = request.send().await.unwrap().bytes().await.unwrap();
        let mut answer: Value = serde_json::from_slice(&body).unwrap();
        without_nulls(&mut answer);
        let faults: Vec<String> =
            validator.iter_errors(&answer).map(|fault| format!("{} {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{path}: {:#?}", &faults[..faults.len().min(5)]);
    }
}
