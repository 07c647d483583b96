//! Who reaches whom, group by group.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use platform_netbird::fake::Tokens;
use platform_tests::{HostileServer, TestApp};
use serde_json::{Value, json};

use super::reach::{group, office, peer, policy};

const MATRIX: &str = "/api/access/matrix";

fn ids(matrix: &Value) -> Vec<&str> {
    matrix["groups"].as_array().unwrap().iter().map(|group| group["id"].as_str().unwrap()).collect()
}

fn ends(matrix: &Value) -> Vec<(&str, &str)> {
    let cells = matrix["cells"].as_array().unwrap().iter();
    cells.map(|cell| (cell["from"].as_str().unwrap(), cell["to"].as_str().unwrap())).collect()
}

#[tokio::test]
async fn a_cell_says_what_a_question_says() {
    let (_app, owner, _server, account) = office().await;
    let matrix = owner.get(&format!("{MATRIX}?accountId={account}")).await.expect(200);
    assert_eq!((&matrix["accountName"], &matrix["unread"]), (&json!("Lab"), &json!([])));
    assert!(matrix["asOf"].is_string(), "{matrix:#}");
    assert_eq!(ids(&matrix), ["databases", "empty", "laptops", "routers", "servers"]);
    assert_eq!(matrix["groups"][2], json!({ "id": "laptops", "name": "laptops", "peers": 2 }));
    assert_eq!((&matrix["omittedGroups"], &matrix["omittedCells"]), (&json!(0), &json!(0)));
    assert_eq!(ends(&matrix), [("laptops", "servers")]);
    let named =
        |names: &[&str]| json!(names.iter().map(|name| json!({ "id": name, "name": name })).collect::<Vec<_>>());
    let cell = json!({
        "from": "laptops", "to": "servers", "verdict": "partial", "extent": "some", "open": ["TCP 443"],
        "mayBeOpen": ["TCP 443"], "drops": true, "policies": named(&["no-ssh", "ssh", "web"]), "pairs": 4,
        "allowed": 1, "unknown": 1,
    });
    assert_eq!(matrix["cells"][0], cell);
    let question = format!("/api/access/check?accountId={account}&from=group:laptops&to=group:servers");
    let answer = owner.get(&question).await.expect(200);
    for field in ["extent", "open", "mayBeOpen"] {
        assert_eq!(answer[field], cell[field], "{field}");
    }
    for field in ["pairs", "allowed", "unknown"] {
        assert_eq!(answer["counts"][field], cell[field], "{field}");
    }

    // On one port, and between some groups: in the order that was asked for.
    let asked = format!("{MATRIX}?accountId={account}&protocol=tcp&groups=servers,laptops,servers&port=");
    let on = async |port: &str| owner.get(&format!("{asked}{port}")).await.expect(200);
    let ssh = on("22").await;
    assert_eq!(ids(&ssh), ["servers", "laptops"]);
    let told = &ssh["cells"][0];
    assert_eq!((&told["verdict"], &told["extent"], &told["drops"]), (&json!("denied"), &json!("none"), &json!(true)));
    assert_eq!((&told["open"], &told["policies"]), (&json!([]), &named(&["no-ssh", "ssh"])));
    let https = on("443").await;
    let told = &https["cells"][0];
    assert_eq!(
        (&told["verdict"], &told["drops"], &told["policies"]),
        (&json!("partial"), &json!(false), &named(&["web"]))
    );
    assert_eq!(ends(&on("5432").await), []);
}

#[tokio::test]
async fn what_is_not_there_is_not_found_and_what_is_not_read_is_unknown() {
    let (app, owner, server, account) = office().await;
    let gone = owner.get(&format!("{MATRIX}?accountId={account}&groups=laptops,gone")).await.refused(404, "not-found");
    assert_eq!(gone["detail"], "there is no such group");
    let stranger = app.tenant("Other").await;
    stranger.get(&format!("{MATRIX}?accountId={account}")).await.refused(404, "not-found");
    stranger.get(MATRIX).await.refused(404, "not-found");

    // Without its policies, anything may be open between peers.
    server.tell("policies", "{}".to_owned());
    app.pass(15).await;
    let matrix = owner.get(&format!("{MATRIX}?accountId={account}&groups=laptops,routers")).await.expect(200);
    assert_eq!(matrix["unread"], json!(["policies"]));
    assert_eq!(ends(&matrix), [("laptops", "laptops"), ("laptops", "routers"), ("routers", "laptops")]);
    for cell in matrix["cells"].as_array().unwrap() {
        assert_eq!((&cell["verdict"], &cell["unknown"]), (&json!("unknown"), &cell["pairs"]), "{cell}");
    }
}

#[tokio::test]
async fn the_groups_that_most_rules_name_are_shown_and_the_others_counted() {
    let app = TestApp::start().await;
    let owner = app.tenant("Acme").await;
    let server = HostileServer::start().await;
    let name = |nth: usize| format!("g{nth:02}");
    let peers: Vec<Value> = (0..50).map(|nth| peer(&format!("p{nth}"), &[&name(nth)], &json!({}))).collect();
    server.tell("peers", json!(peers).to_string());
    // Every group from the eleventh on may reach the last one.
    let sources: Vec<Value> = (11..50).map(|nth| group(&name(nth))).collect();
    let rule = policy("all", "x", &name(49), &json!({ "sources": sources }));
    server.tell("policies", json!([rule]).to_string());
    let account = json!({ "name": "Lab", "baseUrl": server.url, "apiToken": Tokens::GOOD });
    owner.post("/api/netbird/accounts", account).await.expect(201);
    app.settle().await;
    let matrix = owner.get(MATRIX).await.expect(200);
    assert_eq!((ids(&matrix).len(), &matrix["omittedGroups"]), (40, &json!(10)));
    assert_eq!(ids(&matrix)[0], name(0), "then those with most peers, by name");
    assert_eq!(ids(&matrix)[1], name(11));
    let expected: Vec<String> = (11..49).map(name).collect();
    let last = name(49);
    assert_eq!(ends(&matrix), expected.iter().map(|from| (from.as_str(), last.as_str())).collect::<Vec<_>>());
}

#[tokio::test]
async fn what_the_readme_asks_is_answered() {
    let (_app, owner, _server, account) = office().await;
    let readme = include_str!("../../../README.md");
    let asked = readme.lines().find_map(|line| line.split_once(MATRIX)).map(|(_, query)| query.trim_end_matches('"'));
    let query = asked.expect("README asks for a matrix").replace("$ACCOUNT", &account);
    let query = query.replace("$LAPTOPS", "laptops").replace("$SERVERS", "servers");
    let matrix = owner.get(&format!("{MATRIX}{query}")).await.expect(200);
    assert_eq!((ids(&matrix), ends(&matrix)), (vec!["laptops", "servers"], vec![("laptops", "servers")]));
}
