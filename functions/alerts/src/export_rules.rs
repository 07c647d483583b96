//! `GET /api/alerts/rules/export`

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::header;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_runtime::Platform;

use crate::rules_document::{Names, RulesDocument, to_yaml};

/// Export the alert rules
///
/// All of them, as YAML, without secrets: accounts and the tenant's channels stand there by name, webhooks and chats of a
/// rule's own by reference. Importing it again changes nothing.
#[utoipa::path(get, path = "/api/alerts/rules/export", operation_id = "exportRules", tag = "alerts",
    responses((status = 200, description = "The rules", content((RulesDocument = "application/yaml")))))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (store, tenant) = (&platform.store, reader.tenant);
    let (rules, accounts, channels) =
        tokio::try_join!(store.rules(tenant), store.accounts(tenant), store.channels(tenant))?;
    let names = Names::new(&accounts, &channels);
    let body = to_yaml(rules.iter().filter_map(|rule| names.written(rule)).collect())?;
    let name = format!("attachment; filename=\"alert-rules-{}.yaml\"", platform.now().strftime("%Y-%m-%d"));
    let headers = [(header::CONTENT_TYPE, "application/yaml".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, body).into_response())
}
