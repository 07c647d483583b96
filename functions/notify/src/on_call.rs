//! Whom a message to whoever is on call goes to: found out when it is sent.

use platform_core::ids::{RotaId, UserId};
use platform_core::intent::Intent;
use platform_core::tenancy::Email;
use platform_core::text;
use platform_runtime::Platform;
use platform_runtime::crew::Crew;
use platform_runtime::job::JobError;

use crate::attempt::{Tried, Try};

/// Who gets a message.
pub(crate) struct Duty {
    /// Who, and where they are written to.
    pub(crate) to: Vec<(UserId, Email)>,
    /// What they are called.
    pub(crate) names: String,
    /// Why it is them.
    pub(crate) note: String,
}

/// Who gets an intent by a rota, or what becomes of it if nobody does. That something is wrong goes to whoever is on call now;
/// that it is over to those who were told it is wrong, whoever is on call by then.
pub(crate) async fn duty(platform: &Platform, intent: &Intent, rota: RotaId) -> Result<Result<Duty, Tried>, JobError> {
    match intent.event.is_bad_news() {
        true => present(platform, intent, rota).await,
        false => told(platform, intent).await,
    }
}

async fn present(platform: &Platform, intent: &Intent, rota: RotaId) -> Result<Result<Duty, Tried>, JobError> {
    let failed = |reason: String| Ok(Err(Try::Failed { reason }.into()));
    let Some(rota) = platform.store.rota(intent.tenant, rota).await? else {
        return failed("the rota was deleted".to_owned());
    };
    let crew = Crew::of(platform, intent.tenant, std::slice::from_ref(&rota)).await?;
    let (shift, missed) = crew.on_call(&rota, platform.now());
    let found = shift.and_then(|shift| Some((shift.person, crew.email(shift.person.id)?)));
    let Some((person, email)) = found else {
        let why = missed.unwrap_or_else(|| "the rota has not begun".to_owned());
        return failed(format!("nobody of {} is on call: {why}, and nobody else can be told", rota.name));
    };
    let name = crew.name(person).to_owned();
    let note = match missed {
        Some(why) => format!("{why}: sent to {name}, who is next in {}", rota.name),
        None => format!("sent to {name}, on call by {}", rota.name),
    };
    Ok(Ok(Duty { to: vec![(person.id, email.clone())], names: name, note }))
}

async fn told(platform: &Platform, intent: &Intent) -> Result<Result<Duty, Tried>, JobError> {
    let earlier = platform.store.intents_of(intent.tenant, intent.alert).await?;
    let same_way = earlier.iter().filter(|other| other.route == intent.route && other.event.is_bad_news());
    let mut told: Vec<UserId> = same_way.flat_map(|other| other.reached.iter().copied()).collect();
    told.sort_unstable();
    told.dedup();
    if told.is_empty() {
        let note = Some("not sent: nobody on call was told of it".to_owned());
        return Ok(Err(Tried { note, ..Try::Superseded.into() }));
    }
    let mut members = platform.store.members(intent.tenant).await?;
    members.retain(|member| told.contains(&member.user));
    let names: Vec<(UserId, String)> = members.iter().map(|member| (member.user, member.name.clone())).collect();
    let crew = Crew::of_members(platform, intent.tenant, members).await?;
    let to: Vec<(UserId, Email)> =
        told.into_iter().filter_map(|user| Some((user, crew.email(user)?.clone()))).collect();
    if to.is_empty() {
        return Ok(Err(Try::Failed { reason: "whoever was told of it has left, or is deactivated".into() }.into()));
    }
    let is_sent = |user: UserId| to.iter().any(|(other, _)| *other == user);
    let names: Vec<String> = names.into_iter().filter(|(user, _)| is_sent(*user)).map(|(_, name)| name).collect();
    let names = text::all(&names);
    Ok(Ok(Duty { to, note: format!("sent to {names}, told of it when on call"), names }))
}
