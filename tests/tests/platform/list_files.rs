//! The lists of a network as comma-separated values: the rows of their pages, in their order, a column for each field.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use platform_tests::{Member, TestApp};
use serde_json::{Value, json};

/// Every list under `/api/netbird`, with what narrows it or orders it anew.
const LISTS: [(&str, &str); 11] = [
    ("peers", "status=online&sort=-ip"),
    ("groups", "search=e&sort=-peersCount"),
    ("users", "isServiceUser=false"),
    ("policies", "sort=-name"),
    ("networks", "sort=-name"),
    ("routes", "enabled=true"),
    ("nameservers", "sort=-name"),
    ("posture-checks", "sort=-name"),
    ("setup-keys", "sort=-name"),
    ("events", "source=netbird"),
    ("changes", "kind=created"),
];

struct File {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
    text: String,
    parts: usize,
    total: Option<usize>,
}

/// All parts of a file one after the other.
async fn file(member: &Member, path: &str) -> File {
    let client = member.client.with_header("accept", "text/csv");
    let (mut text, mut next, mut parts, mut total) = (String::new(), Some(path.to_owned()), 0, None);
    while let Some(path) = next {
        let answer = client.get(&path).await;
        let kind = answer.header("content-type");
        assert_eq!((answer.status.as_u16(), kind), (200, Some("text/csv; charset=utf-8")), "{}", answer.text);
        assert!(answer.header("content-disposition").unwrap().starts_with("attachment; filename="));
        next = answer.next();
        total = answer.total();
        text.push_str(&answer.text);
        parts += 1;
    }
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let rows = reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    File { columns, rows, text, parts, total }
}

async fn pages(member: &Member, path: &str) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), Some(path.to_owned()));
    while let Some(path) = next {
        let answer = member.get(&path).await;
        next = answer.next();
        items.extend(answer.expect(200).as_array().unwrap().clone());
    }
    items
}

/// A network in which something changed.
async fn network() -> (TestApp, Member) {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.network().change(|network, now| {
        network.add_group("=cmd|' /C calc'!A0", now);
        network.add_group("another", now);
        network.add_peer("late, \"one\"", "laptops", now);
        network.toggle_group("late, \"one\"", 0, 0, now);
    });
    app.pass(15).await;
    (app, owner)
}

#[tokio::test]
async fn a_file_has_the_rows_of_the_list_and_a_column_for_each_field() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json");
    let document: Value = serde_json::from_str(&fs::read_to_string(document).unwrap()).unwrap();
    let (_app, owner) = network().await;
    for (list, narrowed) in LISTS {
        let path = format!("/api/netbird/{list}");
        let described = &document["paths"][&path]["get"];
        let content = &described["responses"]["200"]["content"];
        assert!(content["text/csv"].is_object(), "{list}");
        let row = content["application/json"]["schema"]["items"]["$ref"].as_str().unwrap();
        let fields = &document["components"]["schemas"][row.rsplit('/').next().unwrap()]["properties"];
        for path in [path.clone(), format!("{path}?{narrowed}")] {
            let file = file(&owner, &path).await;
            assert_eq!(
                file.columns.iter().collect::<BTreeSet<_>>(),
                fields.as_object().unwrap().keys().collect(),
                "{list}"
            );
            let said = file.columns.iter().map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ");
            let description = described["description"].as_str().unwrap().replace('\n', " ");
            assert!(description.contains(&format!("Its columns: {said}.")), "{list}: {said}");

            let items = pages(&owner, &path).await;
            assert_eq!(file.rows.len(), items.len(), "{path}");
            assert!(!items.is_empty(), "{path} shows nothing");
            for (cells, item) in file.rows.iter().zip(&items) {
                for (column, cell) in file.columns.iter().zip(cells) {
                    match &item[column] {
                        Value::Null => assert_eq!(cell, "", "{path}: {column}"),
                        Value::String(text) if text.starts_with('=') => assert_eq!(*cell, format!("'{text}"), "{path}"),
                        Value::String(text) if !text.contains(';') => assert_eq!(cell, text, "{path}: {column}"),
                        Value::Bool(_) | Value::Number(_) => assert_eq!(*cell, item[column].to_string(), "{path}"),
                        Value::Array(all) => assert_eq!(cell.is_empty(), all.is_empty(), "{path}: {column}"),
                        _ => {}
                    }
                }
            }
        }
    }
}

#[tokio::test]
async fn a_file_in_parts_is_the_file() {
    let (_app, owner) = network().await;
    for (list, _) in LISTS {
        let path = format!("/api/netbird/{list}");
        let whole = file(&owner, &path).await;
        let in_parts = file(&owner, &format!("{path}?limit=1")).await;
        assert_eq!(in_parts.text, whole.text, "{list}");
        assert_eq!(whole.parts, 1);
        assert!(in_parts.parts >= whole.rows.len(), "{list}");
        if !matches!(list, "events" | "changes") {
            assert_eq!((whole.total, in_parts.total), (Some(whole.rows.len()), Some(whole.rows.len())), "{list}");
        }
        let most = if matches!(list, "events" | "changes") { 1_000 } else { 20_000 };
        let client = owner.client.with_header("accept", "text/csv");
        for wrong in [0, most + 1] {
            let problem = client.get(&format!("{path}?limit={wrong}")).await.refused(422, "validation");
            assert_eq!(problem["errors"][0]["pointer"], "/limit", "{problem}");
        }
        client.get(&format!("{path}?limit={most}")).await;
        let problem = owner.get(&format!("{path}?limit=1001")).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/limit", "as pages it has no more than before");
    }
}

#[tokio::test]
async fn names_run_nothing_in_a_spreadsheet_and_things_have_their_names() {
    let (_app, owner) = network().await;
    let groups = file(&owner, "/api/netbird/groups?search=calc").await;
    assert!(groups.text.contains(",'=cmd|' /C calc'!A0,"), "{}", groups.text);
    let peers = file(&owner, "/api/netbird/peers?search=late").await;
    let groups_of = peers.columns.iter().position(|column| column == "groups").unwrap();
    let listed = owner.get("/api/netbird/peers?search=late").await.expect(200);
    let names: Vec<&str> = listed[0]["groups"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    assert_eq!(peers.rows[0][groups_of], names.join("; "));
    let policies = file(&owner, "/api/netbird/policies").await;
    let rules = policies.columns.iter().position(|column| column == "rules").unwrap();
    assert!(policies.rows.iter().all(|row| row[rules].contains(" may ")), "rules are sentences: {}", policies.text);
}

#[tokio::test]
async fn who_may_not_read_a_list_has_no_file_of_it_and_a_tenant_has_its_own_rows_alone() {
    let (app, owner) = network().await;
    let stranger = app.tenant("Globex").await;
    for (list, _) in LISTS {
        let path = format!("/api/netbird/{list}");
        let other = file(&stranger, &path).await;
        assert_eq!((other.rows.len(), other.text.lines().count()), (0, 1), "{list}");
        let csv = app.anybody.with_header("accept", "text/csv");
        assert_eq!(csv.get(&path).await.status, 401);
        let foreign = file(&owner, &format!("{path}?limit=1")).await;
        assert!(foreign.parts > 1, "{list}");
        let client = owner.client.with_header("accept", "text/csv");
        let next = client.get(&format!("{path}?limit=1")).await.next().unwrap();
        let problem = stranger.client.with_header("accept", "text/csv").get(&next).await.refused(422, "validation");
        assert_eq!(problem["errors"][0]["pointer"], "/cursor", "{list}");
    }
    let account = json!(uuid::Uuid::nil());
    let path = format!("/api/netbird/peers?accountId={}", account.as_str().unwrap());
    owner.client.with_header("accept", "text/csv").get(&path).await.refused(404, "not-found");
}
