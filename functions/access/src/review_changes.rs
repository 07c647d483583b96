//! When the rules of a review were last changed, and by whom: what the log of changes tells.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};
use platform_core::access_review::{Frozen, LONGEST_NAME, LastChange};
use platform_core::account::Account;
use platform_core::change::{Configuration, LoggedChange};
use platform_core::text::printable;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_store::changes::ChangeRange;

/// Pages of the log that are read.
const MOST_PAGES: usize = 40;
/// Changes of a page.
const PAGE: usize = 1_000;

/// Notes when each rule's policy was last changed. Returns since when that is known: what was not changed since then has no
/// change noted.
pub(crate) async fn note(platform: &Platform, account: &Account, rows: &mut Frozen) -> Result<Timestamp, Problem> {
    let tenant = platform.store.tenant(account.tenant).await?.ok_or_else(|| Problem::not_found("tenant"))?;
    let kept = platform.now() - SignedDuration::from_hours(24 * i64::from(tenant.alert_retention.days()));
    let first = kept.max(account.created_at);
    let mut open: HashMap<String, Option<LastChange>> =
        rows.rules.iter().map(|rule| (rule.policy.clone(), None)).collect();
    let mut waiting = open.len();
    let is_wanted = |logged: &LoggedChange| logged.change.resource == Configuration::Policies;
    let (mut after, mut looked_to) = (None, platform.now());
    let mut pages = 0;
    let since = loop {
        // Each was found: what lies before makes no difference.
        if waiting == 0 {
            break first;
        }
        if pages == MOST_PAGES {
            break looked_to;
        }
        pages += 1;
        let range = ChangeRange { from: Some(first), to: None, after };
        let page = platform.store.changes(account.tenant, account.id, range, Some(&is_wanted), PAGE).await?;
        for logged in page.items {
            looked_to = logged.seen_at;
            if let Some(place) = open.get_mut(&logged.change.item_id).filter(|place| place.is_none()) {
                let by = logged.change.by.as_ref().map(|by| if by.name.is_empty() { &by.email } else { &by.name });
                let by = by.filter(|by| !by.is_empty()).map(|by| printable(by, LONGEST_NAME));
                *place = Some(LastChange { at: logged.at(), by });
                waiting -= 1;
            }
        }
        after = page.next;
        if after.is_none() {
            break first;
        }
    };
    rows.rules.iter_mut().for_each(|rule| rule.changed = open.get(&rule.policy).cloned().flatten());
    Ok(since)
}
