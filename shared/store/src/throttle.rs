//! Guesses and requests, counted one by one in the table however many come at once.

use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::{SignedDuration, Timestamp};
use platform_core::throttle::{Attempts, FREE};

use crate::operations::decode;
use crate::{Item, Result, Store, StoreError, keys};

impl Store {
    /// Counts a guess of `subject` (a digest, never an address). The inner error says when the next one will be looked
    /// at: this one must not be.
    pub async fn attempt(&self, subject: &str) -> Result<Result<(), Timestamp>> {
        let key = keys::attempts(subject);
        // A write that finds another guess counted meanwhile tries again: once for every guess that is free, for after
        // so many others there is no free one left.
        for _ in 0..=FREE {
            let now = self.clock.now();
            // Also what has expired and is not swept yet: it stands in the way of a new item.
            let known: Option<Attempts> = self.get_raw(&key).await?.map(decode).transpose()?;
            let mut next = match Attempts::after(known.as_ref(), now) {
                Ok(next) => next,
                Err(until) => return Ok(Err(until)),
            };
            let item = |next: &Attempts| Ok(Item::new(&key, next)?.expiring(next.forgotten_at()));
            match self.upsert(&mut next, item).await {
                Err(StoreError::Conflict) => {}
                result => return result.map(Ok),
            }
        }
        Ok(Err(self.clock.now() + SignedDuration::from_secs(1)))
    }

    /// Takes one guess of `subject` back: it was right.
    pub async fn refund(&self, subject: &str) -> Result<()> {
        let key = keys::attempts(subject);
        let refunded = self.update(&key, |request| {
            request
                .update_expression("ADD #count :less, version :one")
                .condition_expression("#count > :zero")
                .expression_attribute_names("#count", "count")
                .expression_attribute_values(":less", AttributeValue::N("-1".into()))
                .expression_attribute_values(":one", AttributeValue::N("1".into()))
                .expression_attribute_values(":zero", AttributeValue::N("0".into()))
        });
        // Unless it was forgotten meanwhile.
        refunded.await.map(|_| ())
    }

    /// Forgets the guesses of `subject`: it knew the right answer.
    pub async fn forget(&self, subject: &str) -> Result<()> {
        self.delete(&keys::attempts(subject)).await
    }

    /// Counts a request of `subject` (a digest, never an address) and returns how many it made in this window.
    pub async fn count_request(&self, subject: &str, window: SignedDuration) -> Result<u64> {
        self.count_requests(subject, 1, window).await
    }

    /// Counts what is as much as so many requests.
    pub async fn count_requests(&self, subject: &str, requests: usize, window: SignedDuration) -> Result<u64> {
        let seconds = window.as_secs().max(1);
        let now = self.clock.now().as_second();
        let number = now.div_euclid(seconds);
        let key = keys::throttle(subject, number);
        let counted = self.update(&key, |request| {
            request
                .update_expression("ADD attempts :requests SET #ttl = :ttl")
                .expression_attribute_names("#ttl", "ttl")
                .expression_attribute_values(":requests", AttributeValue::N(requests.to_string()))
                .expression_attribute_values(":ttl", AttributeValue::N(((number + 2) * seconds).to_string()))
                .return_values(ReturnValue::UpdatedNew)
        });
        let counted = counted.await?.ok().and_then(|values| values.get("attempts")?.as_n().ok()?.parse().ok());
        Ok(counted.unwrap_or(u64::MAX))
    }
}
