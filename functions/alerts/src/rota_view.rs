//! A rota as the API shows it.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use platform_core::alert::Person;
use platform_core::rota::{Every, Rota, Shift};
use platform_runtime::crew::{Absence, Crew};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::rota_input::HandoverInput;

/// How far ahead shifts are shown.
const AHEAD: SignedDuration = SignedDuration::from_hours(28 * 24);

/// Who takes turns at being on call, and who is when.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Rota)]
pub(crate) struct RotaView {
    id: Uuid,
    #[schema(example = "Night shift")]
    name: String,
    /// By whose clocks turns are handed over.
    #[schema(example = "Europe/Berlin")]
    time_zone: String,
    handover: HandoverInput,
    every: Every,
    #[schema(value_type = String, format = Date, example = "2026-11-30")]
    starts_on: Date,
    /// In the order of their turns.
    people: Vec<RotaPersonView>,
    /// The earliest first, none that was over when the rota was last changed.
    overrides: Vec<RotaOverrideView>,
    /// Who is on call now; null if nobody is.
    on_call: Option<OnCallView>,
    /// Until when; null if nobody is.
    until: Option<Timestamp>,
    /// Who is on call within the next 28 days, the present shift first.
    shifts: Vec<ShiftView>,
    created_at: Timestamp,
    updated_at: Timestamp,
    /// Counts changes: its `ETag`, and what a change may name by `If-Match`.
    version: u64,
}

/// Somebody whom a rota names.
#[derive(Serialize, ToSchema)]
#[schema(as = RotaPerson)]
pub(crate) struct RotaPersonView {
    id: Uuid,
    name: String,
    /// Why they are passed over, so that the next in the rota takes their turns; absent if they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    absence: Option<Absence>,
}

/// Who is on call.
#[derive(Serialize, ToSchema)]
#[schema(as = OnCall)]
struct OnCallView {
    user: RotaPersonView,
}

/// That somebody stands in for a while.
#[derive(Serialize, ToSchema)]
#[schema(as = RotaOverride)]
struct RotaOverrideView {
    id: Uuid,
    user: RotaPersonView,
    from: Timestamp,
    to: Timestamp,
}

/// That somebody is on call for a while.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = RotaShift)]
struct ShiftView {
    from: Timestamp,
    to: Timestamp,
    user: RotaPersonView,
    /// Whether they stand in.
    is_override: bool,
}

impl RotaView {
    /// A rota, with how those stand whom it names.
    pub(crate) fn new(rota: &Rota, crew: &Crew, now: Timestamp) -> Self {
        let named = |person: &Person| RotaPersonView {
            id: person.id.uuid(),
            name: crew.name(person).to_owned(),
            absence: crew.absence(person.id),
        };
        let (on_call, _) = crew.on_call(rota, now);
        let until = now + AHEAD;
        let shown = |shift: Shift<'_>| ShiftView {
            from: shift.from,
            to: shift.to.min(until),
            user: named(shift.person),
            is_override: shift.is_override,
        };
        let overrides = rota.overrides.iter().map(|one| RotaOverrideView {
            id: one.id.uuid(),
            user: named(&one.person),
            from: one.from,
            to: one.to,
        });
        Self {
            id: rota.id.uuid(),
            name: rota.name.clone(),
            time_zone: rota.time_zone.clone(),
            handover: HandoverInput { time: rota.handover.time.clone(), weekday: rota.handover.weekday },
            every: rota.every,
            starts_on: rota.starts_on,
            people: rota.people.iter().map(named).collect(),
            overrides: overrides.collect(),
            on_call: on_call.map(|shift| OnCallView { user: named(shift.person) }),
            until: on_call.map(|shift| shift.to),
            shifts: rota.shifts(now, until, |user| crew.is_there(user)).into_iter().map(shown).collect(),
            created_at: rota.created_at,
            updated_at: rota.updated_at,
            version: rota.version,
        }
    }
}
