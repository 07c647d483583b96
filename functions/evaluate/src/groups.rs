//! Rules that look at each of their groups by itself: each alert in a transaction of its own.

use platform_core::by_group::{Part, parts};
use platform_core::condition::Observation;
use platform_core::evaluate::{RuleState, evaluate};
use platform_core::rule::Rule;
use platform_store::{Result, StoreError};

use crate::evaluation::Evaluation;

impl Evaluation<'_> {
    /// Looks at a rule's groups one by one, if it looks at them so, or did. `seen` knows all of them; `states` are where the rule stood
    /// with each.
    pub(crate) async fn look_at_groups(&self, rule: &Rule, seen: Observation<'_>, states: &[RuleState]) -> Result<()> {
        let mut conflict = Ok(());
        for part in parts(rule, seen.groups, states) {
            match self.look_at_group(rule, &part, seen, states).await {
                // A person was faster with this one; the others are none of theirs.
                Err(StoreError::Conflict) => conflict = Err(StoreError::Conflict),
                taken => taken?,
            }
        }
        conflict
    }

    async fn look_at_group(&self, rule: &Rule, part: &Part, seen: Observation<'_>, states: &[RuleState]) -> Result<()> {
        let now = self.platform.now();
        let before = part.state(rule, self.account.id, states, now);
        let seen = part.seen(seen);
        let (mut next, transition) = evaluate(rule, &before, seen, now);
        // Nobody looks at it any more, and nothing is left to tell.
        if !part.is_there && transition.is_none() && next.is_idle() {
            return self.platform.store.forget_state(self.tenant, &next).await;
        }
        match transition {
            Some(transition) => self.take(rule, &before, &mut next, seen, transition).await?,
            None if next == before => {}
            None => self.platform.store.write_state(self.tenant, &mut next).await?,
        }
        self.escalate(rule, seen, next, std::iter::empty()).await
    }
}
