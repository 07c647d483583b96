//! Who of a tenant's rotas is there to be on call: active members who can be written to.
//!
//! A member's address was proven when they joined, so that nobody asks whether they want alerts. Whom the tenant's identity
//! provider brought is asked like any recipient, since a provider may call its people whatever it likes.

use std::collections::BTreeMap;

use platform_core::alert::Person;
use platform_core::ids::{TenantId, UserId};
use platform_core::named;
use platform_core::recipient::Consent;
use platform_core::rota::{Rota, Shift};
use platform_core::tenancy::{Email, Membership};
use platform_store::Result;

use crate::platform::Platform;

named! {
    /// Why somebody is passed over.
    pub enum Absence {
        /// They are no member any more.
        Left = "left",
        /// They are switched off.
        Deactivated = "deactivated",
        /// Their address was proven by nobody, and they have not said that they want alerts.
        Unconfirmed = "unconfirmed",
    }
}

impl Absence {
    /// In words, after a name.
    pub const fn words(self) -> &'static str {
        match self {
            Absence::Left => "has left",
            Absence::Deactivated => "is deactivated",
            Absence::Unconfirmed => "has not confirmed their address",
        }
    }
}

/// How those stand whom some rotas name.
pub struct Crew(BTreeMap<UserId, (Membership, Option<Absence>)>);

impl Crew {
    /// How they stand now.
    pub async fn of(platform: &Platform, tenant: TenantId, rotas: &[Rota]) -> Result<Self> {
        let members = platform.store.members(tenant).await?;
        let is_named = |member: &Membership| rotas.iter().any(|rota| rota.named().contains(&member.user));
        let members: Vec<Membership> = members.into_iter().filter(is_named).collect();
        Self::of_members(platform, tenant, members).await
    }

    /// How some members stand now.
    pub async fn of_members(platform: &Platform, tenant: TenantId, members: Vec<Membership>) -> Result<Self> {
        let ids: Vec<UserId> = members.iter().map(|member| member.user).collect();
        let users = if ids.is_empty() { Vec::new() } else { platform.store.users(&ids).await? };
        let brought: Vec<UserId> = users.iter().filter(|user| user.sso_tenant.is_some()).map(|user| user.id).collect();
        let said = if brought.is_empty() { Vec::new() } else { platform.store.recipients(tenant).await? };
        let confirms = |email: &Email| said.iter().any(|one| one.email == *email && one.consent == Consent::Confirmed);
        let crew = members.into_iter().map(|member| {
            let absence = match member.active {
                false => Some(Absence::Deactivated),
                true if brought.contains(&member.user) && !confirms(&member.email) => Some(Absence::Unconfirmed),
                true => None,
            };
            (member.user, (member, absence))
        });
        Ok(Self(crew.collect()))
    }

    /// Why somebody is passed over, if they are.
    pub fn absence(&self, user: UserId) -> Option<Absence> {
        self.0.get(&user).map_or(Some(Absence::Left), |(_, absence)| *absence)
    }

    /// Whether somebody is there.
    pub fn is_there(&self, user: UserId) -> bool {
        self.absence(user).is_none()
    }

    /// What somebody is called: as they are now, or were when they were named.
    pub fn name<'a>(&'a self, person: &'a Person) -> &'a str {
        self.0.get(&person.id).map_or(&person.name, |(member, _)| &member.name)
    }

    /// Where somebody who is there is written to.
    pub fn email(&self, user: UserId) -> Option<&Email> {
        self.0.get(&user).filter(|(_, absence)| absence.is_none()).map(|(member, _)| &member.email)
    }

    /// The addresses that nobody proved and of which nobody said that alerts may go there.
    pub fn unconfirmed(&self) -> Vec<Email> {
        let unconfirmed = self.0.values().filter(|(_, absence)| *absence == Some(Absence::Unconfirmed));
        unconfirmed.map(|(member, _)| member.email.clone()).collect()
    }

    /// Who is on call at a moment, if anybody is, and in words who was passed over for them.
    pub fn on_call<'a>(&self, rota: &'a Rota, at: jiff::Timestamp) -> (Option<Shift<'a>>, Option<String>) {
        let found = rota.on_call(at, |user| self.is_there(user));
        let meant = rota.on_call(at, |_| true).map(|shift| shift.person);
        let missed = meant.and_then(|person| Some((person, self.absence(person.id)?)));
        (found, missed.map(|(person, absence)| format!("{} {}", self.name(person), absence.words())))
    }
}
