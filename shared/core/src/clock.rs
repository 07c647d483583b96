//! Time and randomness, as arguments.

use jiff::Timestamp;
use uuid::Uuid;

/// Tells the time. Hosts give the system's clock, tests a clock they move themselves.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// Gives random bytes fit for secrets and ids.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` from the operating system's generator, or from a seed in tests.
    fn fill(&self, bytes: &mut [u8]);
}

/// A UUIDv7: sorts by `now`, unique by ten random bytes.
pub fn uuid_v7(now: Timestamp, entropy: &dyn Entropy) -> Uuid {
    let mut random = [0; 10];
    entropy.fill(&mut random);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}
