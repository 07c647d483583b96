//! Rules as a document: written, changed by hand, and read back.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use axum::body::Body;
use http::{Request, header};
use platform_core::access::Role;
use platform_core::rule_template::rule_templates;
use platform_tests::{Answer, Member, Options, TestApp};
use serde_json::{Value, json};

const IMPORT: &str = "/api/alerts/rules/import";

async fn exported(member: &Member) -> String {
    let answer = member.get("/api/alerts/rules/export").await;
    assert_eq!(answer.header("content-type"), Some("application/yaml"));
    assert_eq!(answer.status, 200);
    answer.text
}

async fn sent(member: &Member, query: &str, kind: &str, text: impl Into<Body>) -> Answer {
    let request = Request::post(format!("{IMPORT}{query}")).header(header::CONTENT_TYPE, kind);
    member.client.send(request.body(text.into()).unwrap()).await
}

async fn import(member: &Member, text: &str) -> Value {
    sent(member, "", "application/yaml", text.to_owned()).await.expect(200)
}

async fn tried(member: &Member, text: &str) -> Value {
    sent(member, "?dryRun=true", "application/yaml", text.to_owned()).await.expect(200)
}

fn names(rules: &Value) -> Vec<&str> {
    rules.as_array().unwrap().iter().map(|rule| rule["name"].as_str().unwrap()).collect()
}

/// A tenant with a rule of each template, one with every channel of its own, one that names a channel of the tenant.
async fn furnished() -> (TestApp, Member) {
    let app = TestApp::start_with(Options { peers: 30, ..Options::default() }).await;
    let owner = app.set_up().await;
    let account = app.connect_account(&owner).await;
    app.tick().await;
    let group = owner.get("/api/netbird/groups").await.expect(200)[0]["name"].clone();
    let channel = json!({ "name": "Ops: night", "config": { "type": "teams", "webhook": "https://teams.example/x" } });
    let channel = owner.post("/api/alerts/channels", channel).await.expect(201)["id"].clone();
    let ids: Vec<&str> = rule_templates().iter().map(|template| template.id).collect();
    let body = json!({ "templateIds": ids, "groups": [group], "accountId": account, "channelIds": [channel] });
    owner.post("/api/alerts/rule-templates/apply", body).await.expect(201);
    app.make_rule(
        &owner,
        json!({
            "escalation": [{ "afterMinutes": 5, "channelIds": [channel] }, { "afterMinutes": 60, "channelIds": [channel] }],
            "name": "yes", "description": "Line one\n  # not a comment: \"really\"", "enabled": false,
            "notificationConfig": {
                "email": { "enabled": false, "recipients": ["Ops@acme.example"] },
                "webhook": { "url": app.receiver.url(), "headers": { "x-key": "HEADER-SECRET" } },
                "slack": { "webhook": "https://hooks.slack.com/services/T0/B0/SLACK-SECRET", "channel": "#ops" },
                "discord": { "enabled": false, "webhook": "https://discord.com/api/webhooks/1/DISCORD-SECRET" },
            },
        }),
    )
    .await;
    app.make_rule(
        &owner,
        json!({
            "name": "Spare", "conditionType": "custom_metric", "notificationConfig": {},
            "conditionConfig": { "metric": "backup.age", "tags": { "host": "0755" }, "operator": "greater_than", "value": 26 },
        }),
    )
    .await;
    (app, owner)
}

#[tokio::test]
async fn what_is_written_and_read_back_changes_nothing() {
    let (app, owner) = furnished().await;
    let before = owner.get("/api/alerts/rules").await.expect(200);
    let text = exported(&owner).await;
    for secret in ["SECRET", "whsec_", app.receiver.url()] {
        assert!(!text.contains(secret), "{secret} is a secret: {text}");
    }
    assert!(text.starts_with("# Alert rules."), "it says what is left out");
    assert!(text.contains("- \"Ops: night\"") && text.contains("account: HQ"), "{text}");
    for answer in [tried(&owner, &text).await, import(&owner, &text).await] {
        for list in ["created", "changed", "deleted", "kept", "errors"] {
            assert_eq!(answer[list], json!([]), "{list}");
        }
        assert_eq!(answer["unchanged"].as_array().unwrap().len(), before.as_array().unwrap().len());
    }
    // Nor with the fields' defaults left out, or as JSON.
    let brief = json!({ "version": 1, "rules": [{
        "name": "Spare", "conditionType": "custom_metric", "severity": "high",
        "conditionConfig": { "metric": "backup.age", "tags": { "host": "0755" }, "operator": "greater_than", "value": 26.0 },
    }] });
    assert_eq!(names(&owner.post(IMPORT, brief).await.expect(200)["unchanged"]), ["Spare"]);
    assert_eq!(owner.get("/api/alerts/rules").await.expect(200), before);
    let audited = owner.get("/api/audit/logs?action=rule.update").await.expect(200);
    assert_eq!(audited, json!([]));
}

#[tokio::test]
async fn what_is_changed_by_hand_is_told_field_by_field_before_it_is_done() {
    let (_app, owner) = furnished().await;
    let text = exported(&owner).await;
    let changed = text.replace("percent: 70", "percent: 65").replace("name: Spare", "name: Spare part");
    assert_ne!(changed, text);
    let before = owner.get("/api/alerts/rules").await.expect(200);
    let dry = tried(&owner, &changed).await;
    assert_eq!((&dry["dryRun"], names(&dry["created"])), (&json!(true), vec!["Spare part"]));
    assert_eq!(dry["created"][0].get("id"), None);
    assert_eq!(names(&dry["changed"]), ["Many peers are offline at once"]);
    assert_eq!(dry["changed"][0]["fields"], json!([{ "pointer": "/conditionConfig/percent", "from": 70, "to": 65 }]));
    assert_eq!(names(&dry["kept"]), ["Spare"]);
    assert_eq!(owner.get("/api/alerts/rules").await.expect(200), before, "nothing was done yet");

    let done = import(&owner, &changed).await;
    assert_eq!((&done["changed"], &done["dryRun"]), (&dry["changed"], &json!(false)));
    let rule = format!("/api/alerts/rules/{}", done["changed"][0]["id"].as_str().unwrap());
    assert_eq!(owner.get(&rule).await.expect(200)["conditionConfig"]["percent"], 65);
    assert!(names(&owner.get("/api/alerts/rules").await.expect(200)).contains(&"Spare"), "it stays unless it is to go");
    let pruned = sent(&owner, "?prune=true", "application/yaml", changed.clone()).await.expect(200);
    assert_eq!((names(&pruned["deleted"]), &pruned["changed"]), (vec!["Spare"], &json!([])));
    assert!(!names(&owner.get("/api/alerts/rules").await.expect(200)).contains(&"Spare"));
    let audited = owner.get("/api/audit/logs?action=rule.delete").await.expect(200);
    assert_eq!(audited.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn channels_of_a_rules_own_stay_and_new_ones_bring_their_address() {
    let (app, owner) = furnished().await;
    let text = exported(&owner).await;
    let on = text
        .replace("enabled: false\n    severity", "enabled: true\n    severity")
        .replace("channel: \"#ops\"", "channel: \"#night\"");
    let answer = import(&owner, &on).await;
    assert_eq!(answer["changed"][0]["fields"][0]["pointer"], "/notificationConfig/slack/channel", "{answer}");
    let id = answer["changed"][0]["id"].as_str().unwrap();
    let rule = owner.get(&format!("/api/alerts/rules/{id}")).await.expect(200);
    assert_eq!(rule["notificationConfig"]["slack"]["host"], "hooks.slack.com", "its address stays");
    assert_eq!(rule["notificationConfig"]["webhook"]["headers"], json!({ "x-key": "••••" }));

    // Elsewhere there is none that could stay.
    let other = app.tenant("Other").await;
    let rule = |url: Option<&str>| {
        let webhook = url.map_or_else(|| json!({}), |url| json!({ "url": url }));
        json!({ "version": 1, "rules": [{
            "name": "Hook", "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "severity": "low",
            "notificationConfig": { "webhook": webhook, "email": { "recipients": ["late@acme.example"] } },
        }] })
    };
    let refused = other.post(IMPORT, rule(None)).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/rules/0/notificationConfig/webhook/url");
    let made = other.post(IMPORT, rule(Some(app.receiver.url()))).await.expect(200);
    assert!(made["created"][0]["webhookSecret"].as_str().unwrap().starts_with("whsec_"));
    assert_eq!(other.get("/api/alerts/recipients").await.total(), Some(1), "who is no member is asked");
    let again = other.post(IMPORT, rule(Some(app.receiver.url()))).await.expect(200);
    assert_eq!(again["changed"][0]["fields"], json!([{ "pointer": "/notificationConfig/webhook" }]), "{again}");
}

#[tokio::test]
async fn everything_wrong_is_told_at_once_with_its_place() {
    let (_app, owner) = furnished().await;
    let before = owner.get("/api/alerts/rules").await.expect(200);
    let text = "\
version: 1
rules:
- name: One
  conditionType: peer_offline
  conditionConfig: { duration: 5, threshold: 0, groups: [no such] }
  severity: high
- name: Two
  conditionType: nonsense
  conditionConfig: {}
  severity: high
- name: One
  conditionType: peer_offline
  conditionConfig: { duration: 5 }
  severity: high
  account: Elsewhere
  channels: [\"Ops: night\", Day]
  escalation: [{ afterMinutes: 5, channels: [\"Ops: night\", Boss] }]
- conditionType: peer_offline
  conditionConfig: { duration: 5 }
  severity: high
";
    let dry = tried(&owner, text).await;
    let errors: Vec<(&str, u64)> = dry["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (error["pointer"].as_str().unwrap(), error["line"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        errors,
        [
            ("/rules/1/conditionType", 7),
            ("/rules/3/name", 18),
            ("/rules/2/name", 11),
            ("/rules/0/conditionConfig/threshold", 3),
            ("/rules/2/account", 11),
            ("/rules/2/channels/1", 11),
            ("/rules/2/escalation/0/channels/1", 11),
        ]
    );
    let refused = sent(&owner, "", "text/yaml", text).await.refused(422, "validation");
    assert_eq!(refused["errors"].as_array().unwrap().len(), 7);
    assert!(refused["errors"][0]["detail"].as_str().unwrap().ends_with("(line 7)"), "{refused}");
    // Of several rules one is wrong: none is written.
    assert_eq!(owner.get("/api/alerts/rules").await.expect(200), before);

    for (text, pointer, line) in [
        ("version: 1\nrules:\n- name: x\n   severity: [", "", Some(4)),
        ("version: 2\nrules: []\n", "/version", None),
        ("version: 1\nrulez: []\n", "", Some(2)),
        ("- a\n", "", Some(1)),
        ("", "", Some(1)),
        ("version: 1\nrules:\n- &a {name: x}\n- *a\n", "", Some(3)),
        ("version: 1\nrules:\n- {name: x, name: y}\n", "", Some(3)),
        ("version: 1\nrules: []\n---\nversion: 1\nrules: []\n", "", Some(3)),
    ] {
        let error = tried(&owner, text).await["errors"][0].clone();
        assert_eq!((&error["pointer"], error["line"].as_u64()), (&json!(pointer), line), "{text}: {error}");
    }
    let deep = format!("version: 1\nrules:\n- {}{}\n", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(tried(&owner, &deep).await["errors"].as_array().unwrap().len(), 1);
    let laughs = format!("a: &a [{0}]\nb: &b [{1}]\nversion: 1\nrules: []\n", "x,".repeat(9), "*a,".repeat(9));
    assert!(!tried(&owner, &laughs).await["errors"].as_array().unwrap().is_empty());
    let broken = sent(&owner, "?dryRun=true", "application/json", "{\"version\": 1,").await.expect(200);
    assert_eq!((&broken["errors"][0]["detail"], &broken["errors"][0]["line"]), (&json!("is not JSON"), &json!(1)));
    sent(&owner, "", "text/plain", "version: 1").await.refused(415, "unsupported-media-type");
    sent(&owner, "", "application/yaml", "x".repeat(300 << 10)).await.refused(413, "payload-too-large");
    sent(&owner, "", "application/yaml", vec![0xff, 0xfe]).await.refused(400, "malformed-request");
    let viewer = app_viewer(&_app, &owner).await;
    assert!(exported(&viewer).await.contains("version: 1"));
    sent(&viewer, "?dryRun=true", "application/yaml", text).await.refused(403, "forbidden");
}

async fn app_viewer(app: &TestApp, owner: &Member) -> Member {
    app.member(owner, Role::Viewer).await
}

/// As many as a tenant may have need several transactions.
#[tokio::test]
async fn a_document_may_hold_all_rules_that_a_tenant_may_have() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    let rule = |number: usize| {
        json!({
            "name": format!("Rule {number}"), "conditionType": "peer_offline", "conditionConfig": { "duration": 5 }, "severity": "low",
        })
    };
    let document =
        |range: std::ops::Range<usize>| json!({ "version": 1, "rules": range.map(rule).collect::<Vec<_>>() });
    let made = owner.post(IMPORT, document(0..200)).await.expect(200);
    assert_eq!(made["created"].as_array().unwrap().len(), 200);
    let more = owner.post(IMPORT, document(200..201)).await.refused(422, "validation");
    assert_eq!(more["errors"][0]["pointer"], "/rules");
    let refused = owner.post(IMPORT, document(0..201)).await.refused(422, "validation");
    assert_eq!(refused["errors"][0]["pointer"], "/rules");
    // All of them are replaced by others.
    let others = owner.post(&format!("{IMPORT}?prune=true"), document(150..350)).await.expect(200);
    let sizes = ["created", "unchanged", "deleted"].map(|list| others[list].as_array().unwrap().len());
    assert_eq!(sizes, [150, 50, 150]);
    assert_eq!(owner.get("/api/alerts/rules").await.total(), Some(200));
}

/// However many rules of a document name groups, the lists of the accounts are read once.
#[tokio::test]
async fn many_rules_about_groups_cost_no_more_to_try_than_one() {
    let app = TestApp::start().await;
    let owner = app.set_up().await;
    app.connect_account(&owner).await;
    app.pass(15).await;
    let tried = async |rules: usize| {
        let rule = |n| {
            format!(
                "- name: Rule {n}\n  conditionType: peer_offline\n  severity: low\n  conditionConfig: {{ duration: 5, groups: [servers] }}\n"
            )
        };
        let text = format!("version: 1\nrules:\n{}", (0..rules).map(rule).collect::<String>());
        app.database.meter().take();
        let dry = self::tried(&owner, &text).await;
        assert_eq!(dry["created"].as_array().unwrap().len(), rules, "{dry}");
        app.database.meter().take().2
    };
    // What is read of the lists themselves is kept.
    tried(1).await;
    assert_eq!(tried(1).await, tried(30).await);
}
