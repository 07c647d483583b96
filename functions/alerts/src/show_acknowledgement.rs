//! `POST /api/alerts/acknowledgement/show`

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use platform_core::alert::{Alert, AlertStatus};
use platform_core::link::LinkPurpose;
use platform_core::rule::Severity;
use platform_http::Problem;
use platform_http::client::Client;
use platform_http::extract;
use platform_identity::links;
use platform_runtime::Platform;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The token of a link in a message.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AcknowledgementToken)]
pub(crate) struct Token {
    token: String,
}

/// An alert, as whoever has the link of a message about it sees it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct LinkedAlert {
    /// How things stand, in a sentence.
    title: String,
    severity: Severity,
    /// One that is open can be acknowledged.
    status: AlertStatus,
    /// Since when the condition holds.
    since: Timestamp,
    account_name: String,
    /// Where the message with the link went.
    #[schema(example = "ops@acme.example")]
    target: String,
    /// Who took it on last, if it is acknowledged.
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_at: Option<Timestamp>,
    /// Whether this request acknowledged it; else somebody did before, or it cannot be acknowledged now.
    acknowledged_now: bool,
}

impl LinkedAlert {
    pub(crate) fn new(alert: &Alert, target: String, acknowledged_now: bool) -> Self {
        let is_acknowledged = alert.status == AlertStatus::Acknowledged;
        let by = alert.acknowledged_by.as_ref().map(|person| person.name.clone());
        Self {
            title: alert.title_now().to_owned(),
            severity: alert.severity,
            status: alert.status,
            since: alert.began_at,
            account_name: alert.account_name.clone(),
            target,
            acknowledged_by: by.filter(|_| is_acknowledged),
            acknowledged_at: alert.acknowledged_at.filter(|_| is_acknowledged),
            acknowledged_now,
        }
    }
}

/// Look at an alert by the link of a message
///
/// Nothing is done by it, so that programs that follow links do no harm.
#[utoipa::path(post, path = "/api/alerts/acknowledgement/show", operation_id = "showAcknowledgement", tag = "alerts",
    request_body = Token, responses((status = 200, description = "The alert", body = LinkedAlert),
    (status = 410, description = "The link has expired or never was, or what it is about is gone")))]
pub(crate) async fn handler(
    State(platform): State<Platform>,
    client: Client,
    extract::Json(request): extract::Json<Token>,
) -> Result<Json<LinkedAlert>, Problem> {
    let (alert, target) = open(&platform, &client, &request.token).await?;
    Ok(Json(LinkedAlert::new(&alert, target, false)))
}

/// The alert that a link is about, and where that was sent. What is gone, foreign or used up is one and the same.
pub(crate) async fn open(platform: &Platform, client: &Client, token: &str) -> Result<(Alert, String), Problem> {
    let (_, purpose) = links::open(platform, client, token).await?;
    let LinkPurpose::AcknowledgeAlert { tenant, alert, route, target, sent_at } = purpose else {
        return Err(Problem::link_expired());
    };
    let store = &platform.store;
    // Who has a channel no more is not to act by what it was told.
    let channel_stays = async {
        match route.of {
            Some(channel) => Ok(store.channel(tenant, channel).await?.is_some()),
            None => Ok(true),
        }
    };
    let (tenant, alert, channel_stays) =
        tokio::try_join!(store.tenant(tenant), store.alert(tenant, alert), channel_stays)?;
    let lives = channel_stays && tenant.is_some_and(|tenant| tenant.deleted_at.is_none());
    let alert = alert.filter(|_| lives).ok_or_else(Problem::link_expired)?;
    // It is open again since somebody took it on: newer messages have newer links.
    let is_spent = alert.status == AlertStatus::Open && alert.acknowledged_at.is_some_and(|at| at >= sent_at);
    if is_spent { Err(Problem::link_expired()) } else { Ok((alert, target)) }
}
