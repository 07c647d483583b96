//! `POST /api/alerts/rules/{id}/signing-secret`

use axum::Json;
use axum::extract::State;
use platform_core::ids::{AccountId, RuleId};
use platform_http::extract::Id;
use platform_http::gate::Caller;
use platform_http::{Problem, extract};
use platform_runtime::Platform;
use platform_runtime::receiver::Secrets;
use uuid::Uuid;

use crate::rule_groups::evaluated;
use crate::rule_view::RuleView;
use crate::signing_secret::{RotateSigningSecret, Rotated, audited};

/// Rotate the signing secret of a rule's webhook
///
/// The new secret is only in this answer. Until the time that is asked for, each message has a signature by the old one beside
/// that by the new one, as Standard Webhooks says, so that the receiver may switch at any time meanwhile. Of two old secrets
/// the elder ends at once.
#[utoipa::path(post, path = "/api/alerts/rules/{id}/signing-secret", operation_id = "rotateRuleSecret", tag = "alerts",
    params(("id" = Uuid, Path)), request_body = RotateSigningSecret,
    responses((status = 200, description = "Rotated, or finished", body = RuleView),
    (status = 409, description = "The rule has no webhook of its own, or nothing overlaps that could be finished")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    caller: Caller,
    Id(id): Id<Uuid>,
    extract::Json(request): extract::Json<RotateSigningSecret>,
) -> Result<Json<RuleView>, Problem> {
    let (tenant, id) = (caller.tenant, RuleId::from_uuid(id));
    let (rule, accounts) = tokio::try_join!(platform.store.rule(tenant, id), platform.store.accounts(tenant))?;
    let mut rule = rule.ok_or_else(|| Problem::not_found("rule"))?;
    let webhook = rule.notification.webhook.take();
    let before = webhook.ok_or_else(|| Problem::conflict("the rule has no webhook of its own"))?;
    let old = audited(&before);
    let Rotated { webhook, secret } = request.apply(&platform, &Secrets::of_rule(&platform, &rule), before)?;
    let change = (Some(old), Some(audited(&webhook)));
    rule.notification.webhook = Some(webhook);
    rule.updated_at = platform.now();
    let mut transaction = platform.store.transaction();
    transaction.replace_rule(&mut rule)?;
    transaction.audit(&platform.audit_entry(tenant, caller.actor(), "rule.signing-secret", id, change))?;
    transaction.commit().await?;
    let covered: Vec<AccountId> =
        accounts.iter().map(|account| account.id).filter(|account| rule.covers(*account)).collect();
    let states = platform.store.states_of_rule(tenant, id, &covered).await?;
    let known = evaluated(&rule, &accounts, &states);
    Ok(Json(RuleView::new(&rule, true, secret, platform.now())?.with_groups(&rule, &known)))
}
