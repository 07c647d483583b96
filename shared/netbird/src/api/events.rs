//! `GET /api/events/audit`

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::de::{IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::list::{self, Bytes, cut};

/// An entry of the activity log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Event {
    /// Decimal text, growing.
    #[serde(deserialize_with = "list::id")]
    pub id: String,
    /// When it happened.
    pub timestamp: Timestamp,
    /// What happened, in words.
    #[serde(default, deserialize_with = "list::bytes::<200, _>")]
    pub activity: String,
    /// What happened, as a code. Servers know more codes than the API description.
    #[serde(default, deserialize_with = "list::bytes::<64, _>")]
    pub activity_code: String,
    /// Who did it.
    #[serde(default, deserialize_with = "list::bytes::<128, _>")]
    pub initiator_id: String,
    /// Empty for what a peer or the system did.
    #[serde(default, deserialize_with = "list::bytes::<256, _>")]
    pub initiator_name: String,
    /// Empty for what a peer or the system did.
    #[serde(default, deserialize_with = "list::bytes::<256, _>")]
    pub initiator_email: String,
    /// What it was done to.
    #[serde(default, deserialize_with = "list::bytes::<128, _>")]
    pub target_id: String,
    /// Further facts, which differ by code.
    #[serde(default, deserialize_with = "texts")]
    pub meta: BTreeMap<String, String>,
}

/// Most entries of `meta`, and most bytes that they have together.
const META: (usize, usize) = (20, 1_024);

/// Servers send text only. Of anything else no more is kept than that it was there, rather than losing the whole log
/// for it; what is too much is left out.
fn texts<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, String>, D::Error> {
    struct Texts;
    impl<'de> Visitor<'de> for Texts {
        type Value = BTreeMap<String, String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("facts or null")
        }

        fn visit_unit<E>(self) -> Result<Self::Value, E> {
            Ok(BTreeMap::new())
        }

        fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
            let (mut texts, mut bytes) = (BTreeMap::new(), 0);
            while let Some(Bytes(key)) = entries.next_key::<Bytes<64>>()? {
                let Scalar(value) = entries.next_value()?;
                bytes += key.len() + value.len();
                if texts.len() < META.0 && bytes <= META.1 {
                    texts.insert(key, value);
                }
            }
            Ok(texts)
        }
    }
    deserializer.deserialize_any(Texts)
}

/// A value as text.
struct Scalar(String);

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar(cut(text, 256).to_owned()))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Scalar, E> {
                Ok(Scalar(value.to_string()))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Scalar, E> {
                Ok(Scalar(value.to_string()))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Scalar, E> {
                Ok(Scalar(value.to_string()))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Scalar, E> {
                Ok(Scalar(value.to_string()))
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar("null".into()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar("[…]".into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar("{…}".into()))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
