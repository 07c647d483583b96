//! What would keep those from reaching something who can.

use std::collections::HashSet;

use super::ask::Verdict;
use super::change::Change;
use super::compile::{Effect, Rule};
use super::opening::switched_off;
use super::question::Target;
use super::remedies::{MOST_CHANGES, Remedy, RemedyKind, Tries};
use crate::text;

/// Policies that a sentence names.
const NAMED: usize = 4;

impl Tries<'_> {
    /// Looks for what closes.
    pub(super) fn close(&mut self) {
        self.switch_off();
        self.forbid();
        let only = match self.ends.as_slice() {
            [one] => one.clone(),
            _ => return self.say_of_routes(),
        };
        if let Some(Target::Resource(resource)) = self.model.target(&only) {
            let change = Change::SwitchResource { id: resource.row.id.clone(), enabled: false };
            let sentence = format!("Switch off resource {}, for everybody.", resource.row.name);
            self.attempt(Remedy::of(RemedyKind::TargetOff, sentence, vec![change]), Verdict::Denied);
        }
        self.say_of_routes();
    }

    /// All rules together that let them: as long as one is left, they are let in.
    fn switch_off(&mut self) {
        let (model, wanted) = (self.model, self.ask.services());
        let mut letting: Vec<&Rule<'_>> = Vec::new();
        let mut known = HashSet::new();
        for end in self.ends.clone() {
            let Some(target) = model.target(&end) else { continue };
            // Part of them would not do.
            if !self.can_take(model.steps_beside(&target)) {
                return;
            }
            for rule in &model.rules {
                let may_let = rule.is_on() && rule.effect != Effect::Drop && rule.services.meets(&wanted);
                if !may_let || known.contains(&std::ptr::from_ref(rule)) {
                    continue;
                }
                let views = model.views(rule, &self.sources, &target);
                if views.iter().any(|view| view.checked.meets(&rule.may)) {
                    known.insert(std::ptr::from_ref(rule));
                    letting.push(rule);
                }
            }
        }
        let (changes, names) = switched_off(&letting);
        if names.is_empty() {
            return;
        }
        let sentence = match names.as_slice() {
            [one] => format!("Switch off the rules of policy \"{one}\" that allow it."),
            _ => {
                let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
                let named = text::names(quoted.iter().map(String::as_str), NAMED);
                format!("Switch off the rules of these {} policies that allow it, all of them: {named}.", names.len())
            }
        };
        let remedy = Remedy::of(RemedyKind::SwitchOff, sentence, changes);
        let remedy = if let [one] = letting.as_slice() { remedy.by(one) } else { remedy };
        if remedy.changes.is_empty() {
            self.said.push(remedy);
        } else {
            self.attempt(remedy, Verdict::Denied);
        }
    }

    /// A new policy that forbids it, wherever it leads.
    pub(super) fn forbid(&mut self) {
        if !self.has_room() {
            return;
        }
        let policies: Option<Vec<Change>> =
            self.ends.iter().map(|end| self.new_policy(end, "drop").map(Change::PutPolicy)).collect();
        if let Some(changes) = policies.filter(|changes| (1..=MOST_CHANGES).contains(&changes.len())) {
            let what = if changes.len() == 1 { "Make a policy that keeps" } else { "Make policies that keep" };
            let sentence = format!("{what} {}.", self.in_words(self.to, "from reaching"));
            self.attempt(Remedy::of(RemedyKind::Forbid, sentence, changes), Verdict::Denied);
        }
    }

    /// A route is let alone by policies unless it has access control groups.
    fn say_of_routes(&mut self) {
        for end in self.ends.clone() {
            let Some(Target::Route(route)) = self.model.target(&end) else { continue };
            let name = &route.network_id;
            let sentence = if route.access_control_groups.is_empty() {
                format!("Give route {name} access control groups, or take it from {}.", self.model.any_of(self.from))
            } else {
                format!("Take route {name} from {}, or switch it off.", self.model.any_of(self.from))
            };
            self.said.push(Remedy::said(RemedyKind::CloseRoute, sentence));
        }
    }
}
