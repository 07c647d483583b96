//! What is deployed to AWS follows from the rows.
//!
//! The nested templates in `infra/areas/`, their stacks in `template.yaml` and a sample event for each operation are
//! written by `make template` (and by `make openapi`), committed, and held to the rows here.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

mod area;
mod event;
mod table_access;

use std::fs;
use std::path::{Path, PathBuf};

use platform_core::queue::Queue;
use platform_http::needs::{API_TIMEOUT, Secret};
use platform_local::{Area, areas};
use platform_runtime::Endpoint;
use platform_runtime::job::Trigger;
use serde_yaml_ng::Value as Yaml;

/// CloudFormation takes 500 resources a template; an area that comes near to it is to be split before.
const MOST_RESOURCES: usize = 400;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// `AcknowledgeAlert` is the logical name of `acknowledgeAlert`.
fn logical(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    first.to_uppercase() + rest
}

fn method(endpoint: &Endpoint) -> String {
    serde_json::to_value(&endpoint.method).unwrap().as_str().unwrap().to_uppercase()
}

/// The files that the rows say, each with what is to be in it.
fn generated() -> Vec<(String, String)> {
    let areas = areas();
    let templates = areas.iter().map(|area| (format!("infra/areas/{}.yaml", area.name), area::template(area)));
    templates.chain([("template.yaml".to_owned(), root_with_stacks(&areas))]).collect()
}

/// The root template with a stack for each area, where it says so.
fn root_with_stacks(areas: &[Area]) -> String {
    const BEGIN: &str = "  # areas, by `make template`\n";
    const END: &str = "  # /areas\n";
    let text = read("template.yaml");
    let (before, rest) = text.split_once(BEGIN).expect("the areas' begin is marked");
    let (_, after) = rest.split_once(END).expect("the areas' end is marked");
    let stacks: Vec<String> = areas.iter().map(area::stack).collect();
    format!("{before}{BEGIN}\n{}\n{END}{after}", stacks.join("\n"))
}

/// With `UPDATE_TEMPLATE=1` writes the templates, and the sample events that are missing, instead of comparing.
#[test]
fn the_committed_templates_are_current() {
    let update = std::env::var_os("UPDATE_TEMPLATE").is_some();
    if update {
        fs::create_dir_all(root().join("infra/areas")).unwrap();
        event::write_missing(&areas());
    }
    for (path, text) in generated() {
        if update {
            fs::write(root().join(&path), text).unwrap();
        } else {
            let committed = fs::read_to_string(root().join(&path)).unwrap_or_default();
            assert!(committed == text, "{path} is stale: run `make template`");
        }
    }
    let mut expected: Vec<String> = areas().iter().map(|area| format!("{}.yaml", area.name)).collect();
    let mut found: Vec<String> = fs::read_dir(root().join("infra/areas"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected, "an area that is gone has no template");
}

#[test]
fn every_template_is_plain_and_has_room() {
    for (path, text) in generated() {
        // A macro in a nested template cannot be part of a change set, and SAM's tools do not know every macro.
        assert!(!text.contains("Transform:") && !text.contains("Fn::ForEach"), "{path} needs a macro");
        // CloudFormation knows no aliases.
        assert!(!text.contains(": *") && !text.contains(": &"), "{path} has an alias");
        let template: Yaml = serde_yaml_ng::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        let resources = template["Resources"].as_mapping().unwrap().len();
        assert!(resources <= MOST_RESOURCES, "{path} has {resources} resources: split the area");
    }
}

/// How many operations fit: an endpoint takes five resources, and the largest kind of job seven.
#[test]
fn there_is_room_for_twice_as_many_endpoints() {
    let most = areas().iter().map(|area| area.endpoints.len() * 5 + area.jobs.len() * 7).max().unwrap();
    assert!(most <= MOST_RESOURCES);
    assert!(areas().len() * (MOST_RESOURCES / 7) >= 2 * platform_local::endpoints().len());
}

#[test]
fn no_function_outlives_who_waits_for_it() {
    for endpoint in platform_local::endpoints() {
        assert!(endpoint.needs.timeout <= API_TIMEOUT, "{}", endpoint.operation_id);
    }
    for job in platform_local::jobs() {
        // Messages are invisible for six times as long as their function may take: for 360 seconds, of exports for 1800.
        let most = match job.trigger {
            Trigger::Queue(Queue::Export, _) => 300,
            Trigger::Queue(..) => 60,
            _ => 900,
        };
        assert!(job.needs.timeout <= most, "{}", job.name);
    }
}

/// Each area's binary names the services that its rows need, and links no other.
#[test]
fn artifacts_link_what_their_rows_need() {
    for area in areas() {
        let text = read(&format!("infra/lambda/src/bin/{}.rs", area.name));
        let needs: Vec<_> =
            area.endpoints.iter().map(|row| &row.needs).chain(area.jobs.iter().map(|job| &job.needs)).collect();
        for (client, needed) in [
            (".endpoints(", !area.endpoints.is_empty()),
            (".jobs(", !area.jobs.is_empty()),
            (".secrets()", needs.iter().any(|needs| !needs.secrets.is_empty())),
            (".issuer()", needs.iter().any(|needs| needs.uses(Secret::Token))),
            (".queues()", needs.iter().any(|needs| !needs.queues.is_empty())),
            (".sockets()", needs.iter().any(|needs| needs.sends_frames)),
            (".files()", needs.iter().any(|needs| !needs.files.is_nothing())),
            (".mail()", needs.iter().any(|needs| needs.sends_mail)),
        ] {
            assert_eq!(text.contains(client), needed, "{client} in the binary of {}", area.name);
        }
    }
}

/// The seeds of second factors and NetBird's tokens are sealed with keys of their own, so that whoever signs people in
/// cannot read the latter.
#[test]
fn nobody_has_the_keys_to_everything() {
    for area in areas() {
        let needs = area.endpoints.iter().map(|row| (row.operation_id.clone(), &row.needs));
        for (name, needs) in needs.chain(area.jobs.iter().map(|job| (job.name.to_owned(), &job.needs))) {
            assert!(!(needs.uses(Secret::Vault) && needs.uses(Secret::SecondFactor)), "{name}");
        }
    }
}
