//! Counters of attempts, atomic in the table, so that parallel guesses are counted one by one.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::SignedDuration;

use crate::operations::{attributes_of, unavailable};
use crate::{Result, Store, keys};

impl Store {
    /// Counts an attempt of `subject` (a digest, never an address) and returns how many it made in this window.
    pub async fn count_attempt(&self, subject: &str, window: SignedDuration) -> Result<u64> {
        let seconds = window.as_secs().max(1);
        let now = self.clock.now().as_second();
        let number = now.div_euclid(seconds);
        let answer = self
            .client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(attributes_of(&keys::throttle(subject, number))))
            .update_expression("ADD attempts :one SET #ttl = :ttl")
            .expression_attribute_names("#ttl", "ttl")
            .expression_attribute_values(":one", AttributeValue::N("1".into()))
            .expression_attribute_values(":ttl", AttributeValue::N(((number + 2) * seconds).to_string()))
            .return_values(ReturnValue::UpdatedNew)
            .send()
            .await
            .map_err(|error| unavailable("UpdateItem", error))?;
        let attempts = answer.attributes.and_then(|values| values.get("attempts")?.as_n().ok()?.parse().ok());
        Ok(attempts.unwrap_or(u64::MAX))
    }

    /// Forgets the attempts of this window: the right password was given.
    pub async fn forget_attempts(&self, subject: &str, window: SignedDuration) -> Result<()> {
        let number = self.clock.now().as_second().div_euclid(window.as_secs().max(1));
        self.delete(&keys::throttle(subject, number)).await
    }
}
