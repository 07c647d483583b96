//! `GET /api/alerts/silences`

use axum::extract::State;
use axum::response::Response;
use platform_http::Problem;
use platform_http::gate::Reader;
use platform_http::page::whole;
use platform_runtime::Platform;

use crate::silence_input::Nameable;
use crate::silence_things::Things;
use crate::silence_view::SilenceView;

/// Silences
///
/// All of them, newest first: at most 200 that are not over, and those that ended within the last 30 days.
#[utoipa::path(get, path = "/api/alerts/silences", operation_id = "listSilences", tag = "alerts",
    responses((status = 200, description = "The silences", body = Vec<SilenceView>)))]
pub(crate) async fn handler(State(platform): State<Platform>, reader: Reader) -> Result<Response, Problem> {
    let (tenant, now) = (reader.tenant, platform.now());
    let (read, accounts) =
        tokio::try_join!(platform.store.rules_and_silences(tenant), platform.store.accounts(tenant))?;
    let (mut rules, silences) = (read.rules, read.silences);
    rules.retain(|rule| rule.deleted_at.is_none());
    // What became of groups and peers is read for one silence, and not for hundreds.
    let (names, things) = (Nameable { rules, accounts }, Things::default());
    Ok(whole(silences.iter().rev().map(|silence| SilenceView::new(silence, &names, &things, now)).collect()))
}
