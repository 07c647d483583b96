//! Who reaches whom, as comma-separated values: every pair of a question, the cells of the matrix, and every pair of a difference.

use platform_tests::Member;
use serde_json::{Value, json};

use super::reach::{group, office, peer, policy};

/// All parts of a file one after the other, and how many there were.
async fn file(member: &Member, path: &str, body: Option<&Value>) -> (String, usize) {
    let client = member.client.with_header("accept", "text/csv");
    let (mut text, mut next, mut parts) = (String::new(), Some(path.to_owned()), 0);
    while let Some(path) = next {
        let method = if body.is_some() { "POST" } else { "GET" };
        let answer = client.call(method, &path, body.cloned()).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, Some("text/csv; charset=utf-8")),
            "{}",
            answer.text
        );
        assert!(answer.text.len() <= 3_000_000, "a part fits a function's answer");
        next = answer.next();
        text.push_str(&answer.text);
        parts += 1;
    }
    (text, parts)
}

#[tokio::test]
async fn every_pair_of_a_question_and_of_a_difference_is_in_its_file() {
    let (_app, owner, _server, account) = office().await;
    let check =
        format!("/api/access/check?accountId={account}&from=group:laptops&to=group:servers&protocol=tcp&port=443");
    let (table, _) = file(&owner, &check, None).await;
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "from,from id,to,to type,to id,verdict,open,may be open",
            "lap-1,lap-1,new-1,peer,new-1,unknown,,TCP 443",
            "lap-1,lap-1,srv-1,peer,srv-1,allowed,TCP 443,TCP 443",
            "lap-2,lap-2,new-1,peer,new-1,denied,,",
            "lap-2,lap-2,srv-1,peer,srv-1,denied,,",
        ]
    );
    let (in_parts, parts) = file(&owner, &format!("{check}&limit=1"), None).await;
    assert_eq!((in_parts, parts), (table, 4));
    let off = json!({ "accountId": account, "changes": [{ "type": "policy_switch", "id": "web", "enabled": false }] });
    let (table, _) = file(&owner, "/api/access/difference", Some(&off)).await;
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "what,certain,from,from id,to,to type,to id,on",
            "closes,unknown,lap-1,lap-1,new-1,peer,new-1,TCP 443",
            "closes,yes,lap-1,lap-1,srv-1,peer,srv-1,TCP 443",
        ]
    );
    let (in_parts, parts) = file(&owner, "/api/access/difference?limit=1", Some(&off)).await;
    assert_eq!((in_parts, parts), (table, 2));
    let matrix = format!("/api/access/matrix?accountId={account}");
    let (table, _) = file(&owner, &matrix, None).await;
    assert!(table.starts_with("from,to,verdict,"), "{table}");
    assert!(table.contains("\r\nlaptops,servers,partial,some,TCP 443,TCP 443,"), "{table}");
    let (in_parts, _) = file(&owner, &format!("{matrix}&limit=1"), None).await;
    assert_eq!(in_parts, table);
    for path in [format!("{check}&limit=0"), format!("{check}&cursor=x"), format!("{matrix}&limit=20001")] {
        owner.get(&path).await.refused(422, "validation");
    }
    owner.post("/api/access/difference?cursor=x", off).await.refused(422, "validation");
}

#[tokio::test]
async fn what_opened_since_is_a_file_that_says_what_is_not_known() {
    let (app, owner, server, account) = office().await;
    let ports = |port: &str| json!([policy("p", "laptops", "servers", &json!({ "ports": [port] }))]).to_string();
    server.tell("policies", ports("22"));
    app.pass(20).await;
    let path = format!("/api/access/since?accountId={account}&since={}", app.now());
    server.tell("policies", ports("80"));
    app.pass(20).await;
    let (table, _) = file(&owner, &path, None).await;
    assert_eq!(
        table.lines().collect::<Vec<_>>(),
        [
            "what,certain,from,from id,to,to type,to id,on",
            "opens,unknown,lap-1,lap-1,new-1,peer,new-1,TCP 80",
            "closes,unknown,lap-1,lap-1,new-1,peer,new-1,TCP 22",
            "opens,yes,lap-1,lap-1,srv-1,peer,srv-1,TCP 80",
            "closes,yes,lap-1,lap-1,srv-1,peer,srv-1,TCP 22",
            "opens,unknown,lap-2,lap-2,new-1,peer,new-1,TCP 80",
            "closes,unknown,lap-2,lap-2,new-1,peer,new-1,TCP 22",
            "opens,yes,lap-2,lap-2,srv-1,peer,srv-1,TCP 80",
            "closes,yes,lap-2,lap-2,srv-1,peer,srv-1,TCP 22",
        ]
    );
    let (in_parts, parts) = file(&owner, &format!("{path}&limit=3"), None).await;
    assert_eq!((in_parts, parts), (table, 3));
    owner.get(&format!("{path}&limit=0")).await.refused(422, "validation");
    owner.get(&format!("{path}&cursor=x")).await.refused(422, "validation");
    // The log does not keep what it was: it is not in the file as if it had been as it is.
    let many: Vec<Value> =
        ["laptops".to_owned()].into_iter().chain((0..200).map(|n| format!("{n:0100}"))).map(|id| group(&id)).collect();
    server.tell("policies", json!([policy("large", "laptops", "servers", &json!({ "sources": many }))]).to_string());
    app.pass(20).await;
    let path = format!("/api/access/since?accountId={account}&since={}", app.now());
    server.tell("policies", ports("22").replace("\"p\"", "\"large\""));
    app.pass(20).await;
    let (table, _) = file(&owner, &format!("{path}&limit=1"), None).await;
    let second = table.lines().nth(1).unwrap_or_default();
    assert!(second.starts_with("not known,,") && second.contains(",policies,"), "{table}");
    assert_eq!(table.matches("not known").count(), 1, "{table}");
}

#[tokio::test]
async fn a_hundred_thousand_pairs_are_in_one_file_and_a_name_is_no_formula() {
    let (app, owner, server, account) = office().await;
    let mut peers: Vec<Value> = (0..320).map(|n| peer(&format!("p{n:03}"), &["laptops"], &json!({}))).collect();
    peers[0]["name"] = json!("=cmd()");
    server.tell("peers", json!(peers).to_string());
    server.tell("groups", json!([group("laptops")]).to_string());
    server.tell("policies", json!([policy("mesh", "laptops", "laptops", &json!({}))]).to_string());
    app.pass(30).await;
    let (table, parts) = file(&owner, &format!("/api/access/check?accountId={account}&from=any&to=any"), None).await;
    assert_eq!(table.lines().count(), 320 * 319 + 1);
    assert!(
        parts > 1 && table.lines().nth(1).unwrap().starts_with("'=cmd(),p000,p001,peer,p001,allowed,TCP 443,"),
        "{parts}"
    );
    let off = json!({ "accountId": account, "changes": [{ "type": "policy_switch", "id": "mesh", "enabled": false }] });
    let (table, _) = file(&owner, "/api/access/difference", Some(&off)).await;
    assert_eq!(table.lines().count(), 320 * 319 + 1);
    let mut pairs: Vec<&str> = table.lines().skip(1).collect();
    pairs.sort_unstable();
    pairs.dedup();
    assert_eq!(pairs.len(), 320 * 319, "each is there once");
}
