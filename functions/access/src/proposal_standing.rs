//! How a proposal stands to the configuration as it is now.

use http::StatusCode;
use platform_core::named;
use platform_core::proposal::{KnownThing, Proposal, ProposalText};
use platform_core::reach::{Change, NoChange};
use platform_core::validate::FieldError;
use platform_http::Problem;
use platform_runtime::Platform;
use serde::Serialize;
use utoipa::ToSchema;

use crate::change_input::log;
use crate::difference::{DifferencesView, between, refused};
use crate::lists::Lists;
use crate::proposal_input::{ANYTHING, carried_out, changes_of, known};

named! {
    /// How a proposal stands to the configuration as it is now.
    pub(crate) enum Standing {
        /// It can be carried out: `difference` says what that would open and close.
        Applies = "applies",
        /// The configuration is so already.
        InPlace = "in_place",
        /// It cannot be carried out any more: `reason` and `problems` say why.
        Gone = "gone",
        /// That cannot be said: `reason` says why.
        Unknown = "unknown",
    }
}

named! {
    /// What became of a thing since a proposal was tried.
    pub(crate) enum ThingChange {
        /// It is not there any more.
        Gone = "gone",
        /// What the proposal changes is not as it was.
        Changed = "changed",
        /// It has another name.
        Renamed = "renamed",
    }
}

/// How a proposal stands to the configuration as it is now.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposalStanding)]
pub(crate) struct StandingView {
    standing: Standing,
    /// Why it is gone, or not known, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What of the changes cannot be carried out.
    problems: Vec<StandingProblem>,
    /// Something that it touches is not as it was when it was tried.
    is_stale: bool,
    /// What that is. Not known, and empty, while the configuration is not.
    changed_since: Vec<ChangedThingView>,
    /// Places of changes, from 0, that are so already.
    in_place: Vec<usize>,
    /// What it would open and close now.
    #[serde(skip_serializing_if = "Option::is_none")]
    difference: Option<DifferencesView>,
}

/// What of a change cannot be carried out.
#[derive(Serialize, ToSchema)]
#[schema(as = AccessProposalProblem)]
struct StandingProblem {
    /// A JSON pointer into the proposal.
    #[schema(example = "/changes/0/id")]
    pointer: String,
    detail: String,
}

/// A thing that is not as it was.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = AccessProposalChangedThing)]
struct ChangedThingView {
    #[schema(example = "policies")]
    list: String,
    /// NetBird's id.
    id: String,
    /// Its name when the proposal was tried.
    name: String,
    /// Its name now, if it has another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    name_now: Option<String>,
    change: ThingChange,
}

impl StandingView {
    fn without(standing: Standing, reason: &str) -> Self {
        Self {
            standing,
            reason: Some(reason.to_owned()),
            problems: Vec::new(),
            is_stale: false,
            changed_since: Vec::new(),
            in_place: Vec::new(),
            difference: None,
        }
    }

    /// What is gone, in a sentence, if it cannot be carried out any more.
    pub(crate) fn gone(&self) -> Option<String> {
        let reason = self.reason.as_ref().filter(|_| self.standing == Standing::Gone)?;
        let gone = self.changed_since.iter().filter(|one| one.change == ThingChange::Gone);
        let gone: Vec<String> = gone.map(|one| format!("{} of {}", one.name, one.list.replace('_', " "))).collect();
        let problems = || self.problems.iter().map(|one| format!("{} {}", one.pointer, one.detail)).collect();
        let named: Vec<String> = if gone.is_empty() { problems() } else { gone };
        Some(if named.is_empty() { reason.clone() } else { format!("{reason}: {}", named.join(", ")) })
    }

    /// How a proposal stands now. What stands in the way of saying so is said: it is never taken for good.
    pub(crate) async fn of(platform: &Platform, proposal: &Proposal, text: &ProposalText) -> Result<Self, Problem> {
        let lists = match Lists::read(platform, proposal.tenant, Some(proposal.account.uuid())).await {
            Ok(lists) => lists,
            Err(problem) => {
                return match problem.status() {
                    StatusCode::NOT_FOUND => Ok(Self::without(Standing::Gone, "the account is not connected any more")),
                    StatusCode::CONFLICT | StatusCode::SERVICE_UNAVAILABLE => {
                        Ok(Self::without(Standing::Unknown, problem.detail()))
                    }
                    _ => Err(problem),
                };
            }
        };
        let (changes, touched) = (changes_of(text)?, text.touched.clone());
        let log = log(platform, proposal.tenant, proposal.account.uuid(), &changes).await?;
        let judged = tokio::task::spawn_blocking(move || match carried_out(changes, &log) {
            Ok(changes) => judge(&lists, &changes, &touched),
            Err(problem) => Ok(Self::without(Standing::Gone, problem.detail())),
        });
        judged.await.map_err(Problem::internal)?
    }
}

fn judge(lists: &Lists, changes: &[Change], touched: &[KnownThing]) -> Result<StandingView, Problem> {
    let now = lists.inventory();
    let in_place: Vec<usize> =
        changes.iter().enumerate().filter(|(_, change)| now.is_so_already(change)).map(|(nth, _)| nth).collect();
    let changed_since = changed_since(touched, &known(now.touched(changes)));
    let view = StandingView {
        standing: Standing::Applies,
        reason: None,
        problems: Vec::new(),
        is_stale: !changed_since.is_empty(),
        changed_since,
        in_place,
        difference: None,
    };
    if view.in_place.len() == changes.len() {
        return Ok(StandingView { standing: Standing::InPlace, ..view });
    }
    // A policy that is gone need not be taken away.
    let is_done = |nth: &usize| matches!(changes[*nth], Change::DeletePolicy { .. });
    let done = view.in_place.iter().copied().filter(is_done).collect();
    let changed = match now.changed_but(changes, "/changes", &done) {
        Ok(changed) => changed,
        Err(NoChange::NotThere(problems)) => {
            let reason = Some("something that it names is not there any more".to_owned());
            let problem = |FieldError { pointer, detail }| StandingProblem { pointer, detail };
            let problems = problems.into_iter().map(problem).collect();
            return Ok(StandingView { standing: Standing::Gone, reason, problems, ..view });
        }
        Err(unread @ NoChange::Unread(_)) => return unknown(view, refused(unread)),
    };
    match between(lists, (now, changed.inventory()), ANYTHING) {
        Ok(difference) => Ok(StandingView { difference: Some(difference), ..view }),
        Err(problem) => unknown(view, problem),
    }
}

/// It cannot be judged; a fault of ours stays one.
fn unknown(view: StandingView, why: Problem) -> Result<StandingView, Problem> {
    if why.status() != StatusCode::CONFLICT {
        return Err(why);
    }
    Ok(StandingView { standing: Standing::Unknown, reason: Some(why.detail().to_owned()), ..view })
}

/// What is not as it was.
fn changed_since(then: &[KnownThing], now: &[KnownThing]) -> Vec<ChangedThingView> {
    let changed = |was: &KnownThing| {
        let is = now.iter().find(|is| (&is.list, &is.id) == (&was.list, &was.id));
        let change = match is {
            None => ThingChange::Gone,
            Some(is) if was.digest.is_some() && is.digest != was.digest => ThingChange::Changed,
            Some(is) if is.name != was.name => ThingChange::Renamed,
            Some(_) => return None,
        };
        let name_now = is.filter(|is| is.name != was.name).map(|is| is.name.clone());
        Some(ChangedThingView { list: was.list.clone(), id: was.id.clone(), name: was.name.clone(), name_now, change })
    };
    then.iter().filter_map(changed).collect()
}
