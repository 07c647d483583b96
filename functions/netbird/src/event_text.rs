//! Events of NetBird's activity log in full sentences.

use std::collections::BTreeMap;

/// Facts that name something, with what it is; the first two are what most events are about.
const NAMES: [(&str, &str); 10] = [
    ("resource_name", "resource"),
    ("group", "group"),
    ("name", ""),
    ("username", ""),
    ("setupkey", "setup key"),
    ("network_name", "network"),
    ("setup_key_name", "setup key"),
    ("peer_name", "peer"),
    ("policy_name", "policy"),
    ("user_name", "user"),
];

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
