//! Marks of resources as they are stored: packed, since every tick reads and writes those of every resource, and what it
//! writes must stay under 1 KB to cost one unit.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::ser::Error as _;
use serde::{Deserializer, Serializer};

use crate::resource::Resource;

/// Number of the resource, schema, hash.
const BYTES: usize = 1 + 2 + 16;

type Marks = BTreeMap<Resource, String>;

pub(super) fn serialize<S: Serializer>(marks: &Marks, serializer: S) -> Result<S::Ok, S::Error> {
    let mut packed = Vec::with_capacity(marks.len() * BYTES);
    for (resource, mark) in marks {
        let (schema, hash) = parts(mark).ok_or_else(|| S::Error::custom(format!("{mark} is no mark")))?;
        packed.push(resource.number());
        packed.extend(schema.to_be_bytes());
        packed.extend(hash.to_be_bytes());
    }
    serializer.serialize_bytes(&packed)
}

fn parts(mark: &str) -> Option<(u16, u128)> {
    let (schema, hash) = mark.split_once('.')?;
    Some((schema.parse().ok()?, u128::from_str_radix(hash, 16).ok()?))
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Marks, D::Error> {
    struct Packed;
    impl<'de> Visitor<'de> for Packed {
        type Value = Marks;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("packed marks")
        }

        fn visit_bytes<E: serde::de::Error>(self, packed: &[u8]) -> Result<Marks, E> {
            let (marks, rest) = packed.as_chunks::<BYTES>();
            if !rest.is_empty() {
                return Err(E::custom("marks were cut"));
            }
            Ok(marks.iter().filter_map(unpack).collect())
        }

        fn visit_byte_buf<E: serde::de::Error>(self, packed: Vec<u8>) -> Result<Marks, E> {
            self.visit_bytes(&packed)
        }

        /// As they were stored at first. What they mark is read anew.
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Marks, A::Error> {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            Ok(Marks::new())
        }
    }
    deserializer.deserialize_any(Packed)
}

/// A resource that only a later version knows has no mark here.
fn unpack(&[number, s1, s2, ref hash @ ..]: &[u8; BYTES]) -> Option<(Resource, String)> {
    let resource = Resource::ALL.iter().copied().find(|resource| resource.number() == number)?;
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Some((resource, format!("{}.{hash}", u16::from_be_bytes([s1, s2]))))
}
