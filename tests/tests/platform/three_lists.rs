//! What the code serves and what the API document describes are the same, and each operation has a sample event. What is
//! deployed follows from the rows (`template`).
//!
//! The rows in the code come first: whoever adds one is told here what else it needs.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use platform_http::Access;
use serde_json::Value as Json;

/// Endpoints that ask for no access token, and why.
const PUBLIC: &[&str] = &[
    "login",                  // signs in
    "refresh",                // is authorized by the refresh token
    "setup",                  // makes the first owner, once
    "setupStatus",            // tells the sign-in page where to begin
    "signUp",                 // asks for a tenant, where that is open to everybody
    "verifySignUp",           // these are authorized by the token of a link in a mail
    "resetPassword",          //
    "showInvitation",         //
    "acceptInvitation",       //
    "confirmEmail",           //
    "showRecipientRequest",   //
    "answerRecipientRequest", //
    "showAcknowledgement",    // these, by that of a link in a message
    "acknowledgeByLink",      //
    "forgotPassword",         // asks for such a link
    "startSso",               // asks an identity provider
    "finishSso",              // is authorized by it
    "health",
    "openapi",
    "docs",
];
/// Endpoints that ask for no permission: they are about one's own sessions and place in the tenant.
const OWN: &[&str] = &["logout", "listSessions", "revokeSession", "revokeOtherSessions", "leaveTenant"];
/// Endpoints about the person's account, which no session by an identity provider reaches.
const OF_ACCOUNTS: &[&str] = &[
    "updateProfile",
    "switchTenant",
    "createTenant",
    "changePassword",
    "changeEmail",
    "beginSecondFactor",
    "enableSecondFactor",
    "renewRecoveryCodes",
    "disableSecondFactor",
];
/// Endpoints that ask for no permission, but also answer API tokens.
const OF_MEMBERS: &[&str] = &["profile", "listRoles"];

/// Operations by name, each with its route; jobs have none.
type Operations = BTreeMap<String, Option<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn in_code() -> Operations {
    let endpoints = platform_local::endpoints().into_iter().map(|endpoint| {
        let method = serde_json::to_value(&endpoint.method).unwrap().as_str().unwrap().to_uppercase();
        (endpoint.operation_id, Some(format!("{method} {}", endpoint.path)))
    });
    endpoints.chain(platform_local::jobs().into_iter().map(|job| (job.name.to_owned(), None))).collect()
}

fn in_document() -> Operations {
    let document: Json = serde_json::from_str(&read("docs/openapi.json")).unwrap();
    let mut operations = Operations::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap().to_owned();
            operations.insert(name, Some(format!("{} {path}", method.to_uppercase())));
        }
    }
    operations
}

/// What one list has that the other lacks or has otherwise.
fn differences(code: &Operations, other: &Operations, what: &str) -> Vec<String> {
    let missing =
        code.iter().filter(|(name, _)| !other.contains_key(*name)).map(|(name, _)| format!("{what} lacks {name}"));
    let stale =
        other.iter().filter(|(name, _)| !code.contains_key(*name)).map(|(name, _)| format!("{what} still has {name}"));
    let moved = code.iter().filter_map(|(name, route)| {
        let there = other.get(name)?;
        (there != route).then(|| format!("{what} has {name} at {there:?}, the code at {route:?}"))
    });
    missing.chain(stale).chain(moved).collect()
}

fn only_endpoints(operations: &Operations) -> Operations {
    operations.iter().filter(|(_, route)| route.is_some()).map(|(name, route)| (name.clone(), route.clone())).collect()
}

#[test]
fn code_and_document_agree() {
    assert_eq!(differences(&only_endpoints(&in_code()), &in_document(), "docs/openapi.json"), [""; 0]);
}

#[test]
fn an_endpoint_that_is_only_in_the_code_is_noticed() {
    let mut code = in_code();
    code.insert("rotateSecret".into(), Some("POST /api/alerts/rules/{id}/secret".into()));
    assert_eq!(
        differences(&only_endpoints(&code), &in_document(), "docs/openapi.json"),
        ["docs/openapi.json lacks rotateSecret"]
    );
}

#[test]
fn an_endpoint_that_moved_is_noticed() {
    let mut code = in_code();
    code.insert("login".into(), Some("POST /api/login".into()));
    assert_eq!(
        differences(&code, &in_document(), "docs/openapi.json").iter().filter(|line| line.contains("login")).count(),
        1
    );
}

#[test]
fn every_operation_has_a_sample_event() {
    let code = in_code();
    let events: BTreeSet<String> = fs::read_dir(root().join("events"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().unwrap().strip_suffix(".json").map(str::to_owned))
        .collect();
    assert_eq!(events, code.keys().cloned().collect());
    for (name, route) in only_endpoints(&code) {
        let event: Json = serde_json::from_str(&read(&format!("events/{name}.json"))).unwrap();
        assert_eq!(event["routeKey"].as_str(), route.as_deref(), "{name}");
    }
}

#[test]
fn nothing_is_public_by_accident() {
    let unlisted = |access: Access, listed: &[&str]| -> Vec<String> {
        let endpoints = platform_local::endpoints().into_iter().filter(|endpoint| endpoint.access == access);
        endpoints.map(|endpoint| endpoint.operation_id).filter(|name| !listed.contains(&name.as_str())).collect()
    };
    assert_eq!(unlisted(Access::Public, PUBLIC), [""; 0]);
    assert_eq!(unlisted(Access::Session, OWN), [""; 0]);
    assert_eq!(unlisted(Access::Account, OF_ACCOUNTS), [""; 0]);
    assert_eq!(unlisted(Access::Member, OF_MEMBERS), [""; 0]);
}

#[test]
fn names_and_routes_are_unique() {
    let endpoints = platform_local::endpoints();
    let names: Vec<String> = endpoints
        .iter()
        .map(|endpoint| endpoint.operation_id.clone())
        .chain(platform_local::jobs().into_iter().map(|job| job.name.to_owned()))
        .collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
    let routes: BTreeSet<_> = only_endpoints(&in_code()).into_values().collect();
    assert_eq!(routes.len(), endpoints.len());
}

#[test]
fn a_schema_s_name_stands_for_one_schema() {
    let mut known = BTreeMap::new();
    for endpoint in platform_local::endpoints() {
        for (name, schema) in &endpoint.schemas {
            let schema = serde_json::to_value(schema).unwrap();
            let first = known.entry(name.clone()).or_insert_with(|| schema.clone());
            assert_eq!(*first, schema, "{}: another schema is called {name}, too", endpoint.operation_id);
        }
    }
}
