//! What each rule has to say to a question.

use super::compile::{Effect, Model, Rule};
use super::posture::Outcome;
use super::question::Target;
use super::reasons::{Reason, ReasonKind, ReasonPolicy};
use super::services::Services;
use super::set::Set;

/// One way of looking at a rule: from its sources to its destinations, or the other way round.
pub(super) struct View<'m> {
    pub(super) rule: &'m Rule<'m>,
    is_reverse: bool,
    /// Whom it is about on the side that is asked from, whether they pass the checks or not.
    from: Set,
    /// The peers that must pass, on whichever side they are, of those that are asked about.
    pub(super) checked: Set,
}

impl Model<'_> {
    /// What all of them have.
    pub(super) fn of_rules(
        &self,
        sources: &Set,
        target: &Target<'_>,
        wanted: &Services,
        is_settled: bool,
        reasons: &mut Vec<Reason>,
    ) {
        for rule in &self.rules {
            for view in self.views(rule, sources, target) {
                let said = self.of_rule(&view, wanted, is_settled);
                let policy =
                    ReasonPolicy { id: rule.policy.id.clone(), name: rule.policy.name.clone(), rule: rule.nth };
                reasons.extend(said.into_iter().map(|reason| Reason { policy: Some(policy.clone()), ..reason }));
            }
        }
    }

    /// The directions in which a rule is about what is asked.
    pub(super) fn views<'m>(&self, rule: &'m Rule<'m>, sources: &Set, target: &Target<'_>) -> Vec<View<'m>> {
        let from = rule.named.and(sources);
        let forward = |from: Set| View { rule, is_reverse: false, checked: from.clone(), from };
        let mut views = Vec::new();
        match target {
            Target::Peers(targets) => {
                if from.pairs_with(&rule.to.and(targets)) {
                    views.push(forward(from));
                }
                let (from, checked) = (rule.to.and(sources), rule.named.and(targets));
                if rule.rule.bidirectional && from.pairs_with(&checked) {
                    views.push(View { rule, is_reverse: true, from, checked });
                }
            }
            Target::Resource(resource) if rule.is_about(resource.row) => views.push(forward(from)),
            Target::Route(route) if rule.is_about_route(route) => {
                let has_it = self.in_groups(route.groups.iter().map(String::as_str));
                views.push(forward(from.and(&has_it)));
            }
            Target::Resource(_) | Target::Route(_) => {}
        }
        views.retain(|view| !view.from.is_empty());
        views
    }

    fn of_rule(&self, view: &View<'_>, wanted: &Services, is_settled: bool) -> Vec<Reason> {
        let rule = view.rule;
        let policy = &rule.policy.name;
        let drops = rule.effect == Effect::Drop;
        let lets = self.lets(view);
        let who = view.from.len();
        let mut said = Vec::new();
        let mut say = |kind, sentence: String, peers| said.push(Reason::new(kind, sentence, peers));
        if !rule.is_on() {
            if !drops && rule.services.meets(wanted) && !is_settled {
                let off = if rule.policy.enabled { "its rule is off" } else { "it is off" };
                say(ReasonKind::Disabled, format!("Policy \"{policy}\" would let {lets}, but {off}."), who);
            }
            return said;
        }
        if !rule.services.meets(wanted) {
            if !drops && !is_settled {
                let sentence = format!("Policy \"{policy}\" lets {lets}, but not{}.", wanted.phrase());
                say(ReasonKind::OtherService, sentence, who);
            }
            return said;
        }
        let sure = view.checked.and(&rule.sure);
        let failing = view.checked.without(&rule.may);
        let doubtful = view.checked.and(&rule.may).without(&rule.sure);
        // How many of those that are asked from: in the reverse direction it is the others who are checked.
        let count = |checked: &Set| if view.is_reverse { who } else { checked.len() };
        if let Some(unclear) = &rule.unclear {
            let does = if drops { "forbids" } else { "lets" };
            say(ReasonKind::RuleUnknown, format!("Policy \"{policy}\" {does} {lets}, but {unclear}."), who);
        } else if rule.effect == Effect::Either {
            let action = &rule.rule.action;
            let sentence = format!("Policy \"{policy}\" is about this, but its action, {action}, is not known here.");
            say(ReasonKind::RuleUnknown, sentence, who);
        } else if !sure.is_empty() {
            let (kind, does) = if drops { (ReasonKind::Forbids, "forbids") } else { (ReasonKind::Allows, "lets") };
            let lets = if drops { lets.replacen(" reach ", " to reach ", 1) } else { lets };
            say(kind, format!("Policy \"{policy}\" {does} {lets}."), count(&sure));
        }
        if !failing.is_empty() {
            let what = if drops { "so that it does not forbid this to it" } else { "" };
            say(ReasonKind::PostureFails, self.checked(rule, &failing, what), count(&failing));
        }
        if !doubtful.is_empty() {
            say(ReasonKind::PostureUnknown, self.checked(rule, &doubtful, ""), count(&doubtful));
        }
        said
    }

    /// `laptops reach servers on TCP 443`, as a rule has it.
    pub(super) fn lets(&self, view: &View<'_>) -> String {
        let rule = view.rule.rule;
        let sources = self.side_in_words(&rule.sources, rule.source_resource.as_ref());
        let destinations = self.side_in_words(&rule.destinations, rule.destination_resource.as_ref());
        let on = view.rule.services.phrase();
        if view.is_reverse {
            format!("{destinations} reach {sources}{on}")
        } else {
            format!("{sources} reach {destinations}{on}")
        }
    }

    /// Why the first of some peers fails a policy's checks, or why it is not known whether it does.
    fn checked(&self, rule: &Rule<'_>, peers: &Set, what: &str) -> String {
        let policy = &rule.policy.name;
        let first = peers.iter().next().and_then(|place| self.lists.peers.get(place));
        let more = match peers.len() - 1 {
            0 => String::new(),
            more => format!(" So {} {} more.", if more == 1 { "does" } else { "do" }, more),
        };
        let Some(peer) = first else { return String::new() };
        let judged: Vec<(&String, Outcome)> =
            rule.policy.posture_checks.iter().map(|id| (id, self.judge(id, peer))).collect();
        let named = |id: &str| self.checks.get(id).map_or_else(|| id.to_owned(), |check| check.name.clone());
        let failed = judged.iter().find_map(|(id, outcome)| match outcome {
            Outcome::Fails(why) => Some((named(id), why)),
            Outcome::Passes | Outcome::Unknown(_) => None,
        });
        if let Some((check, why)) = failed {
            let so = if what.is_empty() { String::new() } else { format!(", {what}") };
            return format!("{} fails posture check \"{check}\" of policy \"{policy}\": {why}{so}.{more}", peer.name);
        }
        let unknown = judged.iter().find_map(|(id, outcome)| match outcome {
            Outcome::Unknown(why) => Some((named(id), why)),
            Outcome::Passes | Outcome::Fails(_) => None,
        });
        let Some((check, why)) = unknown else { return String::new() };
        let same = match peers.len() - 1 {
            0 => String::new(),
            more => format!(" The same goes for {more} more."),
        };
        let name = &peer.name;
        format!("Whether {name} passes posture check \"{check}\" of policy \"{policy}\" is not known: {why}.{same}")
    }
}
