//! What was refused to a member, as the tenant's trail tells it. `docs/adr/0069-refusals-in-the-trail.md` says how it is bounded.

use platform_core::audit::AuditEntry;
use platform_core::ids::AuditId;
use platform_store::StoreError;
use serde_json::json;

use crate::client::Client;
use crate::gate::{Credential, Gate, Reader, Row};
use crate::problem::Problem;

/// Who asks for what, once it is known.
pub(crate) struct Asks {
    pub(crate) reader: Reader,
    pub(crate) client: Client,
}

/// Writes a refusal into the trail of the tenant. The answer is what it is, whether that works or not.
pub(crate) async fn tell(gate: &Gate, row: &Row, asks: &Asks, problem: &Problem) {
    if let Err(error) = write(gate, row, asks, problem).await {
        let error = crate::router::chain(&error);
        tracing::error!(operation = &*row.operation, error, "a refusal could not be written into the trail");
    }
}

async fn write(gate: &Gate, row: &Row, asks: &Asks, problem: &Problem) -> Result<(), StoreError> {
    let Reader { user, tenant, credential, .. } = &asks.reader;
    let (user, tenant, why) = (*user, *tenant, problem.slug());
    // By which of their tokens is another matter than by which of their sessions, which come and go.
    let by = match credential {
        Credential::Session(_) => String::new(),
        Credential::Token(token) => token.to_string(),
    };
    let (of_tenant, of_user) = (tenant.to_string(), user.to_string());
    let repeated = [of_tenant.as_str(), &of_user, &by, &row.operation, why];
    let Some(times) = gate.store.count_repeated(&repeated).await? else { return Ok(()) };
    // Whoever is no member any more is refused otherwise.
    let Some(member) = gate.store.membership(tenant, user).await?.filter(|member| member.active) else { return Ok(()) };
    let actor = credential.actor(asks.client.actor(user, member.name));
    let refused = json!({
        "operation": &*row.operation,
        "reason": why,
        "permission": problem.permission(),
        "times": times,
    });
    let now = gate.clock.now();
    let entry = AuditEntry {
        id: AuditId::new(now, gate.entropy.as_ref()),
        tenant,
        at: now,
        actor,
        action: "access.refuse".to_owned(),
        resource_type: "access".to_owned(),
        resource_id: row.operation.to_string(),
        old_values: None,
        new_values: Some(refused),
    };
    gate.store.append_refusals(vec![entry]).await
}
