//! When lists were given, as it is stored: packed, since every tick writes it, and what it writes must stay under 1 KB to
//! cost one unit.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::Visitor;
use serde::{Deserializer, Serializer};

use crate::resource::Resource;

/// Minutes from the oldest to the latest that is kept: two hours and more take a second byte, three weeks and more
/// is as if nobody knew.
const MOST_MINUTES: i64 = 0x7FFF;

type Given = BTreeMap<Resource, Timestamp>;

/// The latest minute; then of each list its number, and how many minutes earlier it was given, in seven bits or in fifteen.
pub(super) fn serialize<S: Serializer>(given: &Given, serializer: S) -> Result<S::Ok, S::Error> {
    let minute = |at: &Timestamp| at.as_second().div_euclid(60);
    let latest = u32::try_from(given.values().map(minute).max().unwrap_or_default()).unwrap_or_default();
    let mut packed = latest.to_be_bytes().to_vec();
    for (resource, at) in given {
        match i64::from(latest) - minute(at) {
            earlier @ 0..=0x7F => packed.extend([resource.number(), earlier.to_be_bytes()[7]]),
            earlier @ 0x80..=MOST_MINUTES => {
                let [.., high, low] = earlier.to_be_bytes();
                packed.extend([resource.number(), high | 0x80, low]);
            }
            _ => {}
        }
    }
    serializer.serialize_bytes(&packed)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Given, D::Error> {
    struct Packed;
    impl Visitor<'_> for Packed {
        type Value = Given;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("packed times")
        }

        fn visit_bytes<E: serde::de::Error>(self, packed: &[u8]) -> Result<Given, E> {
            // Nothing hangs on them but what a change says of its time.
            Ok(unpack(packed).unwrap_or_default())
        }

        fn visit_byte_buf<E: serde::de::Error>(self, packed: Vec<u8>) -> Result<Given, E> {
            self.visit_bytes(&packed)
        }
    }
    deserializer.deserialize_any(Packed)
}

/// A list that this version does not know is left out.
fn unpack(packed: &[u8]) -> Option<Given> {
    let (latest, mut rest) = packed.split_first_chunk()?;
    let latest = i64::from(u32::from_be_bytes(*latest));
    let mut given = Given::new();
    while let [number, more @ ..] = rest {
        let (earlier, left) = match more {
            [high @ 0x80..=0xFF, low, left @ ..] => (i64::from(u16::from_be_bytes([high & 0x7F, *low])), left),
            [earlier @ 0..=0x7F, left @ ..] => (i64::from(*earlier), left),
            _ => return None,
        };
        rest = left;
        let known = Resource::ALL.iter().copied().find(|resource| resource.number() == *number);
        given.extend(known.zip(Timestamp::from_second((latest - earlier) * 60).ok()));
    }
    Some(given)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::SyncState;
    use crate::ids::AccountId;

    #[test]
    fn times_come_back_and_take_few_bytes() {
        let minute = |n: i64| Timestamp::from_second(1_800_000_000 + 60 * n).unwrap();
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        for (n, list) in (0..).zip(Resource::in_turn()) {
            state.read_at.insert(list, minute(n));
        }
        state.read_at.insert(Resource::Routes, minute(-1_000));
        state.read_at.insert(Resource::Users, minute(-100_000));
        let mut kept = serde_json::to_value(&state).unwrap();
        let bytes: Vec<u8> = serde_json::from_value(kept["readAt"].take()).unwrap();
        assert_eq!(bytes.len(), 4 + 2 * Resource::in_turn().count() - 2 + 1);
        let expected: Given = state.read_at.into_iter().filter(|(list, _)| *list != Resource::Users).collect();
        assert_eq!(unpack(&bytes), Some(expected));
        assert_eq!(unpack(&bytes[..bytes.len() - 1]), None);
    }
}
