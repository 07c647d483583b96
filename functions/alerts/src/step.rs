//! Steps that people take with an alert: the alert, its history, where its rule stands and the audit entry change together
//! or not at all.

use axum::Json;
use jiff::{SignedDuration, Timestamp};
use platform_core::alert::{Alert, AlertEvent, MAX_MESSAGE, Person};
use platform_core::audit::Actor;
use platform_core::channel::Addressee;
use platform_core::episode::Episode;
use platform_core::escalation::Escalation;
use platform_core::evaluate::RuleState;
use platform_core::ids::AlertId;
use platform_core::intent::{Intent, IntentStatus, told};
use platform_core::rule::{ACCOUNT_UNREACHABLE, Rule};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_http::gate::Caller;
use platform_runtime::Platform;
use platform_runtime::addressees::addressees;
use platform_store::Transaction;
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::alert_view::AlertView;

/// Steps of an alert, of its own and by people, after which it can only be resolved by hand: its page reads them all.
pub(crate) const MOST_STEPS: u32 = 2_000;

/// What is said with a step.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AlertMessage {
    #[schema(example = "On it", max_length = 2000)]
    pub(crate) message: Option<String>,
}

/// Longest time that nothing is told of an alert.
const LONGEST: SignedDuration = SignedDuration::from_hours(90 * 24);

/// A step.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Hand {
    Acknowledge,
    Suppress(Timestamp),
    Reopen,
    Resolve,
}

impl Hand {
    /// As the audit trail calls it.
    const fn action(self) -> &'static str {
        match self {
            Hand::Acknowledge => "alert.acknowledge",
            Hand::Suppress(_) => "alert.suppress",
            Hand::Reopen => "alert.reopen",
            Hand::Resolve => "alert.resolve",
        }
    }
}

/// What was entered with a step, checked: what is said with it.
pub(crate) fn checked(hand: Hand, message: Option<String>, now: Timestamp, problems: &mut Problems) -> Option<String> {
    if let Hand::Suppress(until) = hand {
        problems.require(until > now, "/until", "must be in the future");
        problems.require(until <= now + LONGEST, "/until", "must be at most 90 days from now");
    }
    said(message, MAX_MESSAGE, problems)
}

/// Takes a step, with what is said with it.
pub(crate) async fn step(
    platform: &Platform,
    caller: &Caller,
    id: Uuid,
    message: Option<String>,
    hand: Hand,
) -> Result<Json<AlertView>, Problem> {
    let mut problems = Problems::default();
    let message = checked(hand, message, platform.now(), &mut problems);
    problems.finish().map_err(Problem::validation)?;
    let (alert, intents) = take_by(platform, caller, AlertId::from_uuid(id), message, hand).await?;
    Ok(Json(AlertView::new(alert, intents)))
}

/// What is said with a step, if anything is.
pub(crate) fn said(message: Option<String>, most: usize, problems: &mut Problems) -> Option<String> {
    let message = message.map(|message| message.trim().to_owned()).filter(|message| !message.is_empty());
    problems.text("/message", message.as_deref().unwrap_or_default(), 0, most);
    message
}

/// Has somebody take a step that was checked. The alert as it is then, and what is told of it.
pub(crate) async fn take_by(
    platform: &Platform,
    caller: &Caller,
    id: AlertId,
    message: Option<String>,
    hand: Hand,
) -> Result<(Alert, Vec<Intent>), Problem> {
    let alert = platform.store.alert(caller.tenant, id).await?.ok_or_else(|| Problem::not_found("alert"))?;
    take(platform, alert, hand, message, (caller.person(), caller.actor())).await
}

/// Takes a step with an alert as it was read. Returns it as it is then, with what is told of it.
pub(crate) async fn take(
    platform: &Platform,
    mut alert: Alert,
    hand: Hand,
    message: Option<String>,
    (by, actor): (Person, Actor),
) -> Result<(Alert, Vec<Intent>), Problem> {
    let (tenant, id, now) = (alert.tenant, alert.id, platform.now());
    if alert.history >= MOST_STEPS && !matches!(hand, Hand::Resolve) {
        return Err(Problem::conflict(format!(
            "the alert has {MOST_STEPS} steps, as many as one may have; resolve it"
        )));
    }
    let before = alert.status;
    let row = match hand {
        Hand::Acknowledge => alert.acknowledge(by, message, now),
        Hand::Suppress(until) => alert.suppress(until, by, message, now),
        Hand::Reopen => alert.reopen(Some(by), message, now),
        Hand::Resolve => alert.resolve(Some(by), message, now),
    };
    let row = row.map_err(|illegal| Problem::conflict(illegal.to_string()))?;
    let after = json!({ "status": alert.status, "until": alert.suppressed_until, "message": row.message });
    let change = (Some(json!({ "status": before })), Some(after));
    let standing = match hand {
        Hand::Acknowledge => None,
        _ => Some(Standing::of(platform, &alert).await?),
    };
    let mut intents = platform.store.intents_of(tenant, id).await?;
    let mut hear = Vec::new();
    // Who heard of it knows. Who did not, since it was held or overtaken before they did, hears of it now.
    if let (AlertEvent::Reopened, Some(standing)) = (row.event, &standing) {
        hear = unheard(platform, &alert, standing, &intents).await?;
        alert.note_told(&mut hear);
    }
    let mut transaction = platform.store.transaction();
    transaction.replace_alert(&mut alert, &row)?;
    transaction.audit(&platform.audit_entry(tenant, actor, hand.action(), id, change))?;
    if let Some(standing) = standing {
        remember(platform, &mut transaction, &alert, hand, standing)?;
    }
    // Whoever was told that it fired is told that it is over, whoever ended it.
    if row.event == AlertEvent::Resolved {
        hear = told(&intents);
    }
    // A service that keeps an incident of its own shows there who is on it.
    if row.event == AlertEvent::Acknowledged {
        hear = told(&intents).into_iter().filter(|to| to.route.channel.keeps_incidents()).collect();
    }
    for to in hear {
        let intent = Intent::new(&alert, &row, to, now);
        transaction.create_intent(&intent)?;
        intents.push(intent);
    }
    transaction.commit().await?;
    Ok((alert, intents))
}

/// Where its rule stands with an alert: the episode that it tells of, or the rule's state if that is about it.
struct Standing {
    episode: Option<Episode>,
    state: Option<RuleState>,
}

impl Standing {
    async fn of(platform: &Platform, alert: &Alert) -> Result<Self, Problem> {
        let (store, tenant) = (&platform.store, alert.tenant);
        let (episode, state) =
            tokio::try_join!(store.episode(tenant, alert.account, alert.rule, alert.id), store.state_behind(alert),)?;
        Ok(Self { episode, state: state.filter(|state| state.alert == Some(alert.id)) })
    }

    /// Whether anybody is to hear of it: nobody is of what was so before the rule watched.
    fn is_told(&self) -> bool {
        match (&self.episode, &self.state) {
            (Some(episode), _) => episode.told_at.is_some(),
            (None, Some(state)) => state.notified_at.is_some(),
            (None, None) => false,
        }
    }

    fn escalation(&self) -> Option<Escalation> {
        let of_state = || self.state.as_ref().and_then(|state| state.escalation);
        self.episode.as_ref().map_or_else(of_state, |episode| episode.escalation)
    }
}

/// Whom the rule tells who did not hear of an alert yet: there was no message for them, or it was given up as overtaken.
async fn unheard(
    platform: &Platform,
    alert: &Alert,
    standing: &Standing,
    intents: &[Intent],
) -> Result<Vec<Addressee>, Problem> {
    if !standing.is_told() {
        return Ok(Vec::new());
    }
    let rule = match alert.rule {
        ACCOUNT_UNREACHABLE => Some(Rule::account_unreachable(alert.tenant, alert.triggered_at)),
        rule => platform.store.rule(alert.tenant, rule).await?,
    };
    let Some(rule) = rule else { return Ok(Vec::new()) };
    let (mut told, _) = addressees(&platform.store, &rule, standing.escalation(), &alert.routed).await?;
    let hears = |to: &Addressee| {
        let messages = intents.iter().filter(|intent| intent.route == to.route && intent.event.is_bad_news());
        messages.into_iter().any(|intent| intent.status != IntentStatus::Superseded)
    };
    told.retain(|to| !hears(to));
    Ok(told)
}

/// Has the rule remember it: what is resolved by hand may fire again, and what is suppressed wakes up.
fn remember(
    platform: &Platform,
    transaction: &mut Transaction<'_>,
    alert: &Alert,
    hand: Hand,
    Standing { episode, state }: Standing,
) -> Result<(), Problem> {
    let until = match hand {
        Hand::Suppress(until) => Some(until),
        Hand::Acknowledge | Hand::Reopen | Hand::Resolve => None,
    };
    let is_over = !alert.status.is_active();
    let tenant = alert.tenant;
    // Whoever opens it again wants somebody to be on it in time.
    let escalation = |known: Option<Escalation>| match hand {
        Hand::Reopen => known.map(|known| known.again(platform.now())),
        _ => known,
    };
    match (episode, state) {
        (Some(episode), _) if is_over => transaction.forget_episode(tenant, &episode),
        (Some(mut episode), _) => {
            // What a person says of it takes the place of a silence.
            (episode.suppressed_until, episode.silence) = (until, None);
            episode.escalation = escalation(episode.escalation);
            transaction.write_episode(tenant, &mut episode)?;
        }
        (None, Some(state)) if is_over => transaction.write_state(tenant, &mut state.released(platform.now()))?,
        (None, Some(mut state)) => {
            (state.suppressed_until, state.silence) = (until, None);
            state.escalation = escalation(state.escalation);
            transaction.write_state(tenant, &mut state)?;
        }
        (None, None) if until.is_some() => {
            let why =
                "the alert tells of groups that its rule names and the account does not have; correct the rule instead";
            return Err(Problem::conflict(why));
        }
        (None, None) => {}
    }
    Ok(())
}
