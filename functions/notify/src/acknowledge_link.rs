//! The link by which whoever is told of an alert takes it on, without signing in.

use platform_core::alert::{Alert, AlertStatus};
use platform_core::channel::Channel;
use platform_core::intent::Intent;
use platform_core::link::{Link, LinkPurpose};
use platform_runtime::Platform;
use platform_runtime::links::NewLink;
use platform_store::Result;
use url::Url;

/// A link for one message, if people read it and there is something to take on. Each try has its own: no token is kept that
/// could be sent again.
pub(crate) async fn make(platform: &Platform, intent: &Intent, alert: &Alert) -> Result<Option<Url>> {
    if !intent.event.is_bad_news() || alert.status != AlertStatus::Open || !is_read_by_people(intent.channel()) {
        return Ok(None);
    }
    let now = platform.now();
    let target = match &intent.channel_name {
        Some(name) => format!("{name} ({})", intent.target),
        None => intent.target.clone(),
    };
    let purpose = LinkPurpose::AcknowledgeAlert {
        tenant: alert.tenant,
        alert: alert.id,
        route: intent.route,
        target,
        sent_at: now,
    };
    let link = NewLink::new(platform);
    let url = link.url(platform, &purpose);
    let mut transaction = platform.store.transaction();
    transaction.create_alert_link(alert.tenant, &link.hash, &Link { expires_at: now + purpose.life(), purpose })?;
    transaction.commit().await?;
    Ok(Some(url))
}

/// Programs read webhooks, and may log what they get. Incidents of services are acknowledged there.
const fn is_read_by_people(channel: Channel) -> bool {
    match channel {
        Channel::Email
        | Channel::Owners
        | Channel::Slack
        | Channel::Teams
        | Channel::Discord
        | Channel::Telegram
        | Channel::Ntfy
        | Channel::OnCall => true,
        Channel::Webhook | Channel::PagerDuty | Channel::Opsgenie => false,
    }
}
