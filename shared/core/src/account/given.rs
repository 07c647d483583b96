//! When lists were given, as it is stored: packed, since every tick writes it.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::Visitor;
use serde::{Deserializer, Serializer};

use crate::resource::Resource;

/// Number of the resource, minute.
const BYTES: usize = 1 + 4;

type Given = BTreeMap<Resource, Timestamp>;

pub(super) fn serialize<S: Serializer>(given: &Given, serializer: S) -> Result<S::Ok, S::Error> {
    let mut packed = Vec::with_capacity(given.len() * BYTES);
    for (resource, at) in given {
        packed.push(resource.number());
        packed.extend(u32::try_from(at.as_second() / 60).unwrap_or_default().to_be_bytes());
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
            Ok(packed.as_chunks::<BYTES>().0.iter().filter_map(unpack).collect())
        }

        fn visit_byte_buf<E: serde::de::Error>(self, packed: Vec<u8>) -> Result<Given, E> {
            self.visit_bytes(&packed)
        }
    }
    deserializer.deserialize_any(Packed)
}

/// A list that this version does not know is left out.
fn unpack([number, minute @ ..]: &[u8; BYTES]) -> Option<(Resource, Timestamp)> {
    let resource = Resource::ALL.iter().copied().find(|resource| resource.number() == *number)?;
    Some((resource, Timestamp::from_second(i64::from(u32::from_be_bytes(*minute)) * 60).ok()?))
}
