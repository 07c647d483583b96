//! A rota as people enter it, and as it is kept.

use jiff::Timestamp;
use jiff::civil::Date;
use platform_core::alert::Person;
use platform_core::ids::{OverrideId, RotaId, TenantId, UserId};
use platform_core::rota::{Every, Handover, Override, Rota};
use platform_core::silence::Weekday;
use platform_core::tenancy::Membership;
use platform_core::tenant_channel::{Destination, TenantChannel};
use platform_core::validate::Problems;
use platform_http::Problem;
use platform_runtime::Platform;
use platform_runtime::crew::Crew;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rule_input::{Asks, strangers_at};

/// A rota as it is to be.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RotaInput)]
pub(crate) struct RotaInput {
    /// No other rota of the tenant is called so, in whatever case.
    #[schema(example = "Night shift", max_length = 100)]
    name: String,
    /// By whose clocks turns are handed over: the IANA name of a place.
    #[schema(example = "Europe/Berlin", max_length = 64)]
    time_zone: String,
    handover: HandoverInput,
    /// How long a turn lasts.
    every: Every,
    /// The day on which the first person begins, at the time of the handover.
    #[schema(value_type = String, format = Date, example = "2026-11-30")]
    starts_on: Date,
    /// Members of the tenant, in the order of their turns.
    #[schema(min_items = 1, max_items = 20)]
    people: Vec<Uuid>,
    /// Who stands in when. Those that are over are dropped.
    #[schema(max_items = 50)]
    overrides: Option<Vec<RotaOverrideInput>>,
}

/// When one hands over to the next.
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RotaHandover)]
pub(crate) struct HandoverInput {
    /// At which time of the day. Where the clocks skip it, as much later as they are put forward; where they show it twice,
    /// the first time.
    #[schema(example = "09:00", min_length = 5, max_length = 5)]
    pub(crate) time: String,
    /// On which day of the week, where turns last a week; that of `startsOn` if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) weekday: Option<Weekday>,
}

/// That somebody stands in for a while.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RotaOverrideInput)]
pub(crate) struct RotaOverrideInput {
    /// Its id, if the rota has it already.
    id: Option<Uuid>,
    /// A member of the tenant.
    user_id: Uuid,
    from: Timestamp,
    /// At most 90 days after the start.
    to: Timestamp,
}

/// A rota of which nothing was entered yet.
pub(crate) fn blank(id: RotaId, tenant: TenantId, now: Timestamp) -> Rota {
    Rota {
        id,
        tenant,
        name: String::new(),
        time_zone: String::new(),
        handover: Handover { time: String::new(), weekday: None },
        every: Every::Week,
        starts_on: Date::default(),
        people: Vec::new(),
        overrides: Vec::new(),
        created_at: now,
        updated_at: now,
        version: 1,
    }
}

impl RotaInput {
    /// What a rota becomes by what was entered, if nothing is wrong with it. Whom it names must be a member, or have been
    /// named before.
    pub(crate) fn write(self, platform: &Platform, before: &Rota, members: &[Membership]) -> Result<Rota, Problem> {
        let now = platform.now();
        let mut problems = Problems::default();
        let known = before.people.iter().chain(before.overrides.iter().map(|one| &one.person));
        let known: Vec<&Person> = known.collect();
        let find = |id: Uuid, at: String, problems: &mut Problems| {
            let id = UserId::from_uuid(id);
            let member = members.iter().find(|member| member.user == id);
            let person = member.map(|member| Person { id, name: member.name.clone() });
            let person = person.or_else(|| known.iter().find(|person| person.id == id).map(|person| (*person).clone()));
            problems.require(person.is_some(), &at, "is not a member of this tenant");
            person.unwrap_or(Person { id, name: String::new() })
        };
        let people = self.people.into_iter().enumerate();
        let people = people.map(|(place, id)| find(id, format!("/people/{place}"), &mut problems)).collect();
        let mut overrides = Vec::new();
        for (place, one) in self.overrides.unwrap_or_default().into_iter().enumerate() {
            let person = find(one.user_id, format!("/overrides/{place}/userId"), &mut problems);
            let id = match one.id.map(OverrideId::from_uuid) {
                Some(id) => {
                    let is_known = before.overrides.iter().any(|known| known.id == id);
                    problems.require(is_known, &format!("/overrides/{place}/id"), "is not an override of this rota");
                    id
                }
                None => OverrideId::new(now, platform.entropy.as_ref()),
            };
            overrides.push(Override { id, person, from: one.from, to: one.to });
        }
        let rota = Rota {
            name: self.name,
            time_zone: self.time_zone,
            handover: Handover { time: self.handover.time, weekday: self.handover.weekday },
            every: self.every,
            starts_on: self.starts_on,
            people,
            overrides,
            updated_at: now,
            ..before.clone()
        };
        rota.check(now, &mut problems);
        problems.finish().map_err(Problem::validation)?;
        Ok(rota.tidied(now))
    }
}

/// Refuses a name that another rota has.
pub(crate) fn refuse_name(rotas: &[Rota], rota: &Rota) -> Result<(), Problem> {
    match rotas.iter().any(|other| other.id != rota.id && other.is_called(&rota.name)) {
        true => Err(Problem::field("/name", "is the name of another rota")),
        false => Ok(()),
    }
}

/// Those of its people who are to be asked whether they want alerts: whom an identity provider brought.
pub(crate) async fn asks(platform: &Platform, rota: &Rota, crew: &Crew) -> Result<Option<Asks>, Problem> {
    strangers_at(platform, rota.tenant, &crew.unconfirmed(), "/people").await
}

/// The rota that a channel names.
pub(crate) fn rota_of(channel: &TenantChannel) -> Option<RotaId> {
    match &channel.destination {
        Destination::OnCall(on_call) => Some(on_call.rota),
        _ => None,
    }
}

/// The rota that a channel names, if it names one that there is: what its view is made of.
pub(crate) async fn rotas_of(platform: &Platform, channel: &TenantChannel) -> Result<Vec<Rota>, Problem> {
    let Some(rota) = rota_of(channel) else { return Ok(Vec::new()) };
    Ok(Vec::from_iter(platform.store.rota(channel.tenant, rota).await?))
}

/// Refuses a channel whose rota the tenant does not have.
pub(crate) async fn require_rota_of(platform: &Platform, channel: &TenantChannel) -> Result<(), Problem> {
    match rota_of(channel) {
        Some(rota) if platform.store.rota(channel.tenant, rota).await?.is_none() => {
            Err(Problem::field("/config/rotaId", "is not a rota of this tenant"))
        }
        _ => Ok(()),
    }
}

/// A rota as the audit trail tells of it.
pub(crate) fn audited(rota: &Rota) -> Value {
    let overrides = rota.overrides.iter();
    let overrides = overrides.map(|one| json!({ "person": one.person.name, "from": one.from, "to": one.to }));
    json!({
        "name": rota.name, "timeZone": rota.time_zone, "handover": rota.handover, "every": rota.every,
        "startsOn": rota.starts_on, "people": rota.people.iter().map(|person| &person.name).collect::<Vec<_>>(),
        "overrides": overrides.collect::<Vec<_>>(),
    })
}
