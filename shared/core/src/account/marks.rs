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

/// A mark of no schema that ever was.
const FOREIGN: &str = "0.0";

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

        /// As they were stored at first, by name. What they marked is read anew by the next sync.
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Marks, A::Error> {
            let mut marks = Marks::new();
            while let Some((name, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
                let known = Resource::ALL.iter().copied().find(|resource| resource.name() == name);
                marks.extend(known.map(|resource| (resource, FOREIGN.to_owned())));
            }
            Ok(marks)
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

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::account::SyncState;
    use crate::ids::AccountId;

    #[derive(Deserialize)]
    struct Stored(#[serde(deserialize_with = "deserialize")] Marks);

    #[test]
    fn marks_by_name_are_known_to_be_of_another_version() {
        let Stored(marks) = serde_json::from_str(r#"{"peers":"1.0f","groups":"1.aa","tea":"1.bb"}"#).unwrap();
        let mut state = SyncState::new(AccountId::from_uuid(uuid::Uuid::nil()));
        state.snapshots = marks;
        assert!(state.snapshot(Resource::Peers).is_none() && state.must_rebuild(Resource::Peers));
        assert!(state.must_rebuild(Resource::Groups) && !state.must_rebuild(Resource::Users));
        assert!(parts(FOREIGN).is_some(), "it can be stored again");
    }
}
