//! What a role says of the table.

use std::collections::BTreeMap;

use platform_http::needs::{Grants, Partition, Verbs};
use platform_store::grants::{ERASING, TRAIL};

/// A statement of a policy that is about the table.
pub(super) struct Statement {
    pub(super) effect: &'static str,
    pub(super) actions: Vec<String>,
    /// Of which partitions.
    pub(super) condition: String,
}

/// What of the table an operation may touch, and what not although it may touch what is around it.
pub(super) fn statements(grants: &Grants) -> impl Iterator<Item = Statement> {
    allowed(grants).into_iter().chain(spared(grants))
}

/// Actions by the partitions that they are granted on. Each action is in one statement alone: a batch, which may name
/// several partitions, is allowed only if one statement allows all of them.
fn allowed(grants: &Grants) -> Vec<Statement> {
    let mut by_partitions: BTreeMap<Vec<Partition>, Vec<String>> = BTreeMap::new();
    for (verb, action) in Verbs::ACTIONS {
        let partitions: Vec<Partition> =
            Partition::ALL.iter().copied().filter(|partition| grants.on(*partition).contains(verb)).collect();
        if !partitions.is_empty() {
            by_partitions.entry(partitions).or_default().push(format!("dynamodb:{action}"));
        }
    }
    let patterns = |partitions: Vec<Partition>| partitions.into_iter().map(Partition::pattern).collect::<Vec<_>>();
    let statement = |(partitions, actions)| Statement {
        effect: "Allow",
        actions,
        condition: about("ForAllValues", &patterns(partitions).join(", ")),
    };
    by_partitions.into_iter().map(statement).collect()
}

/// Audit trails are partitions of tenants. What is in them stays as it is.
fn spared(grants: &Grants) -> Option<Statement> {
    let reaching = |(verb, _): &(Verbs, _)| ERASING.contains(verb) && grants.on(Partition::Tenant).contains(*verb);
    let actions = Verbs::ACTIONS.into_iter().filter(reaching).map(|(_, action)| format!("dynamodb:{action}"));
    grants.must_spare_trails().then(|| Statement {
        effect: "Deny",
        actions: actions.collect(),
        condition: about("ForAnyValue", &format!("\"{TRAIL}\"")),
    })
}

fn about(quantifier: &str, partitions: &str) -> String {
    format!("{{ \"{quantifier}:StringLike\": {{ \"dynamodb:LeadingKeys\": [{partitions}] }} }}")
}
