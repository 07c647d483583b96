//! The audit trail as its readers see it.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use jiff::{SignedDuration, Timestamp};
use platform_core::access::{Permission, Role};
use platform_tests::{Client, Member, TestApp};
use serde_json::{Value, json};

async fn walk(by: &Member, query: &str, limit: usize) -> Vec<Value> {
    let and = if query.is_empty() { "" } else { "&" };
    let (mut entries, mut next) = (Vec::new(), Some(format!("/api/audit/logs?{query}{and}limit={limit}")));
    while let Some(path) = next {
        let answer = by.get(&path).await;
        assert_eq!(answer.total(), None);
        next = answer.next();
        let page = answer.expect(200);
        let page = page.as_array().unwrap();
        assert!(page.len() == limit || next.is_none(), "only the last page is short");
        assert!(!page.is_empty() || entries.is_empty(), "no page is empty but that of an empty list");
        entries.extend(page.clone());
    }
    entries
}

fn names(entries: &[Value]) -> Vec<&str> {
    entries.iter().filter_map(|entry| entry["newValues"]["name"].as_str()).collect()
}

async fn rename(by: &Client, name: &str) {
    by.call("PUT", "/api/tenant", Some(json!({ "name": name }))).await.expect(200);
}

#[tokio::test]
async fn entries_of_many_months_come_newest_first() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    // Remembered sessions end after 30 days: one for each act that comes later.
    let mut times: Vec<Timestamp> = Vec::new();
    let mut by = owner.clone();
    for pause in [0, 1, 1, 29 * 24, 1, 1, 29 * 24, 90 * 24, 1] {
        app.skip(SignedDuration::from_hours(pause));
        by = app.sign_in(&owner).await;
        rename(&by, &format!("T{}", times.len())).await;
        times.push(app.now());
    }
    let expected: Vec<String> = (0..9).rev().map(|number| format!("T{number}")).collect();
    for limit in [1, 2, 3, 8, 9, 10, 1000] {
        assert_eq!(names(&walk(&by, "", limit).await), expected, "in pages of {limit}");
    }
    for (from, to) in [(0, 9), (0, 3), (2, 5), (3, 4), (5, 9), (4, 4)] {
        let end = times.get(to).copied().unwrap_or(app.now() + SignedDuration::from_secs(1));
        let query = format!("from={}&to={end}", times[from]);
        let expected: Vec<String> = (from..to).rev().map(|number| format!("T{number}")).collect();
        for limit in [1, 2, 9] {
            assert_eq!(names(&walk(&by, &query, limit).await), expected, "{query}");
        }
    }
    assert_eq!(walk(&by, "from=1970-01-01T00:00:00Z&to=9999-12-30T00:00:00Z", 4).await.len(), 9);
    assert_eq!(walk(&by, "from=2099-01-01T00:00:00Z", 4).await, [Value::Null; 0]);
    assert_eq!(walk(&by, &format!("from={}&to={}", times[5], times[2]), 4).await, [Value::Null; 0]);
    // An offset says the same moment.
    let zoned = times[6].to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(2)));
    let from = zoned.strftime("%Y-%m-%dT%H:%M:%S%%2B02:00").to_string();
    assert_eq!(walk(&by, &format!("from={from}"), 4).await.len(), 3);
}

#[tokio::test]
async fn entries_by_who_what_and_to_which() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    let account = app.connect_account(&owner).await;
    let rule = app.make_rule(&owner, json!({ "name": "first" })).await;
    app.skip(SignedDuration::from_secs(1));
    app.make_rule(&admin, json!({ "name": "second" })).await;
    rename(&admin, "T1").await;
    let all = walk(&owner, "", 1000).await;
    let (rule, id) = (rule["id"].as_str().unwrap(), |of: &Member| of.user.uuid().to_string());
    let by = |wanted: &dyn Fn(&Value) -> bool| all.iter().filter(|entry| wanted(entry)).cloned().collect::<Vec<_>>();
    for (query, expected) in [
        (format!("user={}", id(&admin)), by(&|entry| entry["user"]["id"] == id(&admin).as_str())),
        ("action=rule.create".to_owned(), by(&|entry| entry["action"] == "rule.create")),
        ("action=rule".to_owned(), by(&|entry| entry["action"].as_str().unwrap().starts_with("rule."))),
        ("action=rul".to_owned(), Vec::new()),
        ("resourceType=account".to_owned(), by(&|entry| entry["resourceType"] == "account")),
        (format!("resourceId={rule}"), by(&|entry| entry["resourceId"] == rule)),
        (format!("resourceId={account}&user={}", id(&admin)), Vec::new()),
    ] {
        for limit in [1, 1000] {
            assert_eq!(walk(&owner, &query, limit).await, expected, "{query}");
        }
    }
    assert_eq!(names(&walk(&owner, &format!("action=rule&user={}", id(&admin)), 5).await), ["second"]);
}

#[tokio::test]
async fn an_entry_tells_who_did_what_from_where() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let token = app.api_token(&owner, &[Permission::TenantWrite, Permission::AuditRead]).await;
    app.skip(SignedDuration::from_secs(1));
    rename(&owner, "T0").await;
    let entry = owner.get("/api/audit/logs?limit=1").await.expect(200)[0].clone();
    assert_eq!(
        entry,
        json!({
            "id": entry["id"], "at": app.now().to_string(), "action": "tenant.update", "resourceType": "tenant",
            "resourceId": owner.tenant.to_string(), "user": { "id": owner.user.to_string(), "name": "Ada" },
            "sessionId": owner.session.to_string(), "ip": "203.0.113.7",
            "oldValues": { "name": "Acme Networks" }, "newValues": { "name": "T0" },
        })
    );
    app.skip(SignedDuration::from_secs(1));
    rename(&token, "By a token").await;
    let entry = token.get("/api/audit/logs?limit=1").await.expect(200)[0].clone();
    assert_eq!(entry["sessionId"], json!(null));
    assert!(entry["tokenId"].is_string());

    for role in [Role::Viewer, Role::NetworkAdmin] {
        let member = app.member(&owner, role).await;
        let refused = member.get("/api/audit/logs").await.refused(403, "forbidden");
        assert_eq!(refused["permission"], "audit:read");
    }
    for (query, pointer) in [
        ("from=yesterday", "/from"),
        ("to=2026-01-01", "/to"),
        ("limit=1001", "/limit"),
        ("cursor=AAAA", "/cursor"),
        ("user=x", "/user"),
    ] {
        let refused = owner.get(&format!("/api/audit/logs?{query}")).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{query}");
    }
    // A cursor belongs to the filters that it came with.
    let next = owner.get("/api/audit/logs?limit=1").await.next().unwrap();
    owner.get(&format!("{next}&from=1970-01-01T00:00:00Z")).await.refused(422, "validation");
}

/// All parts of an export, one after the other.
async fn export(by: &Member, query: &str) -> String {
    let (mut whole, mut next) = (String::new(), Some(format!("/api/audit/export?{query}")));
    while let Some(path) = next {
        let part = by.get(&path).await;
        assert_eq!(part.status, 200, "{}", part.text);
        assert!(part.header("content-disposition").unwrap().starts_with("attachment; filename=\"audit-20"));
        next = part.next();
        whole.push_str(&part.text);
    }
    whole
}

#[tokio::test]
async fn an_export_is_the_list_as_a_file_however_it_is_cut() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    for name in ["=HYPERLINK(1)", "two, \"quoted\"", "three"] {
        app.skip(SignedDuration::from_secs(1));
        rename(&owner, name).await;
    }
    let all = walk(&owner, "", 1000).await;
    for limit in [1, 2, 1000] {
        let lines = export(&owner, &format!("limit={limit}")).await;
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, all, "in parts of {limit}");
        let table = export(&owner, &format!("format=csv&limit={limit}")).await;
        assert_eq!(table, export(&owner, "format=csv").await, "in parts of {limit}");
    }
    let table = export(&owner, "format=csv&action=tenant.update").await;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().next(), Some("time"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 3);
    assert_eq!((&rows[0][1], &rows[0][3], &rows[0][11]), ("Ada", "tenant.update", r#"{"name":"three"}"#));
    assert_eq!(export(&owner, "resourceType=nothing").await, "");
    for (query, pointer) in
        [("format=pdf", "/format"), ("limit=1001", "/limit"), ("text=", "/text"), ("ip=here", "/ip")]
    {
        let refused = owner.get(&format!("/api/audit/export?{query}")).await.refused(422, "validation");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{query}");
    }
}

#[tokio::test]
async fn what_the_readme_exports_comes() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.make_rule(&owner, json!({ "name": "first" })).await;
    let readme = include_str!("../../../README.md");
    let asked = readme.lines().find_map(|line| line.split_once("/api/audit/export?")).map(|(_, query)| query);
    let query = asked.and_then(|query| query.split('"').next()).expect("README exports");
    let table = export(&owner, query).await;
    assert_eq!(table.lines().count(), 2, "names and one row: {table}");
}

#[tokio::test]
async fn a_cell_is_no_formula() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let member = app.member(&owner, Role::Admin).await;
    member.call("PUT", "/api/auth/profile", Some(json!({ "name": "=1+1" }))).await.expect(200);
    let member = app.sign_in(&member).await;
    app.skip(SignedDuration::from_secs(1));
    rename(&member, "Acme").await;
    let table = export(&owner, "format=csv&action=tenant.update").await;
    assert!(table.contains(",'=1+1,"), "{table}");
}

#[tokio::test]
async fn the_trail_summed_up() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    for (by, name) in [(&owner, "one"), (&admin, "two"), (&admin, "three")] {
        app.skip(SignedDuration::from_secs(1));
        rename(by, name).await;
    }
    let sum = async |query: &str| owner.get(&format!("/api/audit/summary?{query}")).await.expect(200);
    let count = |list: &Value, name: &str| {
        let is_it = |one: &&Value| one["name"] == name || one["day"] == name;
        list.as_array().unwrap().iter().find(is_it).map_or(0, |one| one["count"].as_u64().unwrap())
    };
    let all = walk(&owner, "", 1000).await;
    let whole = sum("").await;
    assert_eq!((whole["total"].as_u64().unwrap(), &whole["isComplete"]), (all.len() as u64, &json!(true)));
    let updates = sum("action=tenant.update").await;
    assert_eq!(updates["total"], 3);
    assert_eq!(updates["byUser"][0]["id"], admin.user.to_string(), "who did most comes first");
    assert_eq!((count(&updates["byAction"], "tenant.update"), count(&updates["byResourceType"], "tenant")), (3, 3));
    let today = app.now().strftime("%Y-%m-%d").to_string();
    assert_eq!(count(&updates["byDay"], &today), 3);
    for list in ["byUser", "byAction", "byResourceType", "byDay"] {
        let counts = whole[list].as_array().unwrap().iter().map(|one| one["count"].as_u64().unwrap());
        assert_eq!(counts.sum::<u64>(), all.len() as u64, "{list}");
    }
    // What is older than 30 days is summed up when it is asked for.
    app.skip(SignedDuration::from_hours(31 * 24));
    let owner = app.sign_in(&owner).await;
    let late = owner.get("/api/audit/summary?action=tenant").await.expect(200);
    assert_eq!((&late["total"], &late["byUser"]), (&json!(0), &json!([])));
    let late = owner.get("/api/audit/summary?action=tenant.update&from=2000-01-01T00:00:00Z").await.expect(200);
    assert_eq!(late["total"], 3);
}

#[tokio::test]
async fn entries_by_session_address_and_text() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    let admin = app.member(&owner, Role::Admin).await;
    app.skip(SignedDuration::from_secs(1));
    rename(&owner, "Nordwind").await;
    app.skip(SignedDuration::from_secs(1));
    let elsewhere = admin.from_ip([198, 51, 100, 9]);
    rename(&elsewhere, "Südwind").await;
    for (query, expected) in [
        // Values before are found, too.
        ("text=NORD&action=tenant", vec!["Südwind", "Nordwind"]),
        ("text=s%C3%BCdwind", vec!["Südwind"]),
        ("text=wind&action=tenant", vec!["Südwind", "Nordwind"]),
        ("ip=198.51.100.9", vec!["Südwind"]),
        ("ip=::ffff:198.51.100.9", vec!["Südwind"]),
        ("text=nothing+of+the+kind", vec![]),
    ] {
        let found = walk(&owner, query, 1000).await;
        let found: Vec<&str> = found
            .iter()
            .filter(|one| one["action"] == "tenant.update")
            .filter_map(|one| one["newValues"]["name"].as_str())
            .collect();
        assert_eq!(found, expected, "{query}");
    }
    let session = walk(&owner, &format!("session={}&action=tenant", admin.session), 1000).await;
    assert_eq!(names(&session), ["Südwind"]);
}
