//! Events of NetBird's activity log in full sentences.

use std::collections::BTreeMap;

/// Facts that name something, with what it is; the first two are what most events are about.
const NAMES: [(&str, &str); 12] = [
    ("resource_name", "resource"),
    ("group", "group"),
    ("name", ""),
    ("username", ""),
    ("setupkey", "setup key"),
    ("network_name", "network"),
    ("setup_key_name", "setup key"),
    ("peer_name", "peer"),
    ("for_peer_name", "peer"),
    ("policy_name", "policy"),
    ("user_name", "user"),
    ("zone_name", "zone"),
];

/// Facts that name what has no name among those, of one kind after the other: the first that is there.
const ELSE: [&[(&str, &str)]; 2] = [&[("peer_fqdn", "peer"), ("peer_ip", "peer")], &[("email", ""), ("domain", "")]];

/// What happened, with the names of what it happened to: `Group added to setup key: group “db”, setup key “servers”`.
pub(crate) fn words(activity: &str, meta: &BTreeMap<String, String>) -> String {
    let mut named: Vec<String> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for (fact, noun) in NAMES {
        let Some(name) = meta.get(fact).map(String::as_str).filter(|name| !name.is_empty()) else { continue };
        // A service user's event has its name three times.
        if told.contains(&name) {
            continue;
        }
        told.push(name);
        named.push(format!("{noun} “{name}”").trim_start().to_owned());
    }
    let has_peer = named.iter().any(|one| one.starts_with("peer "));
    let is_missing = [!has_peer, named.is_empty()];
    for (facts, _) in ELSE.iter().zip(is_missing).filter(|(_, is_missing)| *is_missing) {
        let found =
            facts.iter().filter_map(|(fact, noun)| Some((meta.get(*fact).filter(|name| !name.is_empty())?, noun)));
        named.extend(found.take(1).map(|(name, noun)| format!("{noun} “{name}”").trim_start().to_owned()));
    }
    if named.is_empty() { activity.to_owned() } else { format!("{activity}: {}", named.join(", ")) }
}

/// A sentence, and who did it; nobody if a peer or the system did.
pub(crate) fn by_whom(sentence: String, name: &str, email: &str) -> String {
    match [name, email].into_iter().find(|text| !text.is_empty()) {
        Some(who) => format!("{sentence}, by {who}"),
        None => sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(activity: &str, meta: &[(&str, &str)]) -> String {
        words(activity, &meta.iter().map(|(fact, value)| ((*fact).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn what_netbird_tells_becomes_a_sentence_with_names() {
        assert_eq!(told("Account created", &[]), "Account created");
        assert_eq!(told("Policy added", &[("name", "wiki access")]), "Policy added: “wiki access”");
        assert_eq!(
            told("Group added to setup key", &[("group", "db"), ("group_id", "g1"), ("setupkey", "ephemeral")]),
            "Group added to setup key: group “db”, setup key “ephemeral”"
        );
        assert_eq!(
            told("Resource added to group", &[("name", "db"), ("resource_name", "host"), ("resource_type", "host")]),
            "Resource added to group: resource “host”, “db”"
        );
        assert_eq!(
            told("Peer added", &[("name", "db-02"), ("ip", "100.101.97.209"), ("setup_key_name", "ephemeral")]),
            "Peer added: “db-02”, setup key “ephemeral”"
        );
        let group =
            [("group", "db"), ("group_id", "g1"), ("peer_ip", "100.101.97.209"), ("peer_fqdn", "srv-04.example")];
        assert_eq!(told("Group added to peer", &group), "Group added to peer: group “db”, peer “srv-04.example”");
        assert_eq!(
            told("Group removed from peer", &group[..3]),
            "Group removed from peer: group “db”, peer “100.101.97.209”"
        );
        assert_eq!(
            told(
                "Group added to user",
                &[("group", "db"), ("group_id", "g1"), ("is_service_user", "true"), ("user_name", "ci")]
            ),
            "Group added to user: group “db”, user “ci”"
        );
        assert_eq!(
            told("Create Job for peer", &[("for_peer_name", "srv-04"), ("job_type", "bundle")]),
            "Create Job for peer: peer “srv-04”"
        );
        assert_eq!(
            told("User invite link created", &[("email", "ada@example.com")]),
            "User invite link created: “ada@example.com”"
        );
        assert_eq!(
            told("Peer exposed service", &[("name", "wiki"), ("domain", "wiki.example"), ("peer_name", "srv-04")]),
            "Peer exposed service: “wiki”, peer “srv-04”"
        );
        assert_eq!(
            told("User created", &[("email", "na@example.com"), ("username", "Net Admin")]),
            "User created: “Net Admin”"
        );
        assert_eq!(
            told("Service user created", &[("email", ""), ("name", "sync"), ("username", "sync")]),
            "Service user created: “sync”"
        );
    }

    #[test]
    fn who_did_it_stands_at_the_end() {
        assert_eq!(by_whom("Policy added".to_owned(), "Ada", "ada@example.com"), "Policy added, by Ada");
        assert_eq!(by_whom("Policy added".to_owned(), "", "ada@example.com"), "Policy added, by ada@example.com");
        assert_eq!(by_whom("Peer added".to_owned(), "", ""), "Peer added");
    }
}
