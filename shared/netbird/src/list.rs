//! Lists as a server may send them: so many rows, so many bytes, and no more, whatever it sends.
//!
//! A limit on bytes alone lets 6 MB of minimal rows become hundreds of megabytes. So rows are counted while they are
//! read, each becomes what the caller keeps before the next is read, and texts are cut before they are copied.

use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

use platform_core::network;
use platform_core::resource::Resource;
use serde::de::{DeserializeOwned, DeserializeSeed, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::api;
use crate::client::{Client, Fetched};
use crate::error::Error;

/// Most characters of an id: it becomes part of a key of the table. Longer ones are refused, since cut ones would be
/// mistaken for one another.
pub const MAX_ID: usize = 128;
/// Most characters that are kept of any other text.
pub const MAX_TEXT: usize = 256;
/// Most things of one kind within a row, such as groups of a peer.
const MAX_NESTED: usize = 250;
/// Most ids within a row whose purpose is to list them, such as a network's resources.
const MAX_IDS: usize = 5_000;

/// A row of a list, and how large such a list may be.
pub trait Listed: DeserializeOwned {
    /// Most rows of a list.
    const MOST_ROWS: usize;
    /// Most bytes of a list's body, after decompression.
    const MOST_BYTES: usize;
    /// Most of what the rows of a list hold between them.
    const MOST_NESTED: usize = usize::MAX;
    /// Whether there is one of it, which is answered without a list around it.
    const IS_ALONE: bool = false;

    /// How many things the row holds.
    fn nested(&self) -> usize {
        0
    }
}

/// A list that syncs read.
pub trait Synced: Listed + 'static {
    /// Which.
    const RESOURCE: Resource;
    /// What the platform keeps of a row.
    type Row: From<Self> + Send + 'static;
}

macro_rules! synced {
    ($($kind:ident { $($resource:ident: $name:ident, $row:ident { $($fields:tt)* })* })*) => {
        $($(impl Synced for api::$row {
            const RESOURCE: Resource = Resource::$resource;
            type Row = network::$row;
        })*)*

        impl Client {
            $($(#[doc = concat!("The ", stringify!($name), ", as many as the server tells of: it does not page.")]
            pub async fn $name(&self) -> Result<Fetched<Vec<api::$row>>, Error> {
                self.list(Resource::$resource.path()).await
            })*)*
        }
    };
}

platform_core::resources!(synced);

/// The accounts that a token sees, in practice one.
impl Listed for api::NetbirdAccount {
    const MOST_ROWS: usize = 100;
    const MOST_BYTES: usize = 1 << 20;
}

impl Listed for api::Peer {
    const MOST_ROWS: usize = 30_000;
    // 25,000 peers are about 42 MiB.
    const MOST_BYTES: usize = 64 << 20;
    const MOST_NESTED: usize = 300_000;

    fn nested(&self) -> usize {
        self.groups.len()
    }
}

impl Listed for api::Group {
    const MOST_ROWS: usize = 10_000;
    const MOST_BYTES: usize = 32 << 20;
}

impl Listed for api::User {
    const MOST_ROWS: usize = 10_000;
    const MOST_BYTES: usize = 16 << 20;
}

impl Listed for api::Policy {
    const MOST_ROWS: usize = 5_000;
    const MOST_BYTES: usize = 32 << 20;
    const MOST_NESTED: usize = 100_000;

    fn nested(&self) -> usize {
        let in_rule = |rule: &api::PolicyRule| {
            1 + rule.ports.len() + rule.port_ranges.len() + rule.sources.len() + rule.destinations.len()
        };
        self.source_posture_checks.len() + self.rules.iter().map(in_rule).sum::<usize>()
    }
}

impl Listed for api::Network {
    const MOST_ROWS: usize = 5_000;
    const MOST_BYTES: usize = 16 << 20;
    const MOST_NESTED: usize = 100_000;

    fn nested(&self) -> usize {
        self.resources.len() + self.routers.len() + self.policies.len()
    }
}

impl Listed for api::NetworkResource {
    const MOST_ROWS: usize = 20_000;
    const MOST_BYTES: usize = 32 << 20;
    const MOST_NESTED: usize = 100_000;

    fn nested(&self) -> usize {
        self.groups.len()
    }
}

impl Listed for api::NetworkRouter {
    const MOST_ROWS: usize = 10_000;
    const MOST_BYTES: usize = 16 << 20;
    const MOST_NESTED: usize = 50_000;

    fn nested(&self) -> usize {
        self.peer_groups.len()
    }
}

impl Listed for api::Route {
    const MOST_ROWS: usize = 10_000;
    const MOST_BYTES: usize = 32 << 20;
    const MOST_NESTED: usize = 100_000;

    fn nested(&self) -> usize {
        self.domains.len() + self.peer_groups.len() + self.groups.len() + self.access_control_groups.len()
    }
}

impl Listed for api::PostureCheck {
    const MOST_ROWS: usize = 5_000;
    const MOST_BYTES: usize = 16 << 20;
    const MOST_NESTED: usize = 50_000;

    fn nested(&self) -> usize {
        let checks = &self.checks;
        checks.geo_location_check.as_ref().map_or(0, |check| check.locations.len())
            + checks.peer_network_range_check.as_ref().map_or(0, |check| check.ranges.len())
            + checks.process_check.as_ref().map_or(0, |check| check.processes.len())
    }
}

impl Listed for api::NameserverGroup {
    const MOST_ROWS: usize = 5_000;
    const MOST_BYTES: usize = 16 << 20;
    const MOST_NESTED: usize = 50_000;

    fn nested(&self) -> usize {
        self.nameservers.len() + self.domains.len() + self.groups.len()
    }
}

impl Listed for api::DnsSettings {
    const MOST_ROWS: usize = 1;
    const MOST_BYTES: usize = 1 << 20;
    const IS_ALONE: bool = true;
}

impl Listed for api::SetupKey {
    const MOST_ROWS: usize = 10_000;
    const MOST_BYTES: usize = 16 << 20;
    const MOST_NESTED: usize = 100_000;

    fn nested(&self) -> usize {
        self.auto_groups.len()
    }
}

impl Listed for api::Event {
    const MOST_ROWS: usize = 10_000;
    const MOST_BYTES: usize = 32 << 20;
}

impl<W: Listed> Fetched<Vec<W>> {
    /// Reads the body.
    pub fn parse(&self) -> Result<Vec<W>, Error> {
        self.rows()
    }

    /// Reads the body into what is made of its rows, one by one.
    pub fn rows<R: From<W>>(&self) -> Result<Vec<R>, Error> {
        let is_over = Cell::new(false);
        let json = || serde_json::Deserializer::from_slice(self.bytes());
        let refuse = |error| match is_over.get() {
            true => Error::TooManyRows { resource: self.resource(), limit: W::MOST_ROWS },
            false => Error::from_parse(self.resource(), &error),
        };
        if W::IS_ALONE {
            let row: W = serde_json::from_slice(self.bytes()).map_err(refuse)?;
            return Ok(vec![R::from(row)]);
        }
        // Counted first: what is refused in the end takes no memory, and what is taken no more than it needs.
        let count = Count { most: W::MOST_ROWS, is_over: &is_over }.deserialize(&mut json()).map_err(refuse)?;
        let mut json = json();
        let read = Rows::<W, R> { count, is_over: &is_over, made: PhantomData }.deserialize(&mut json);
        read.and_then(|rows| json.end().map(|()| rows)).map_err(refuse)
    }
}

/// Counts rows without looking into them.
struct Count<'a> {
    most: usize,
    is_over: &'a Cell<bool>,
}

impl<'de> DeserializeSeed<'de> for Count<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Count<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<usize, A::Error> {
        let mut count = 0;
        while rows.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
            if count > self.most {
                self.is_over.set(true);
                return Err(A::Error::custom("too many rows"));
            }
        }
        Ok(count)
    }
}

struct Rows<'a, W, R> {
    count: usize,
    is_over: &'a Cell<bool>,
    made: PhantomData<fn(W) -> R>,
}

impl<'de, W: Listed, R: From<W>> DeserializeSeed<'de> for Rows<'_, W, R> {
    type Value = Vec<R>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Vec<R>, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, W: Listed, R: From<W>> Visitor<'de> for Rows<'_, W, R> {
    type Value = Vec<R>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut rows: A) -> Result<Vec<R>, A::Error> {
        let (mut made, mut nested) = (Vec::with_capacity(self.count), 0);
        while let Some(row) = rows.next_element::<W>()? {
            nested += row.nested();
            if nested > W::MOST_NESTED {
                self.is_over.set(true);
                return Err(A::Error::custom("too many rows"));
            }
            made.push(R::from(row));
        }
        Ok(made)
    }
}

/// As much of a text as so many bytes hold.
pub(crate) fn cut(text: &str, most_bytes: usize) -> &str {
    &text[..text.floor_char_boundary(most_bytes)]
}

/// Reads a text through a function that says how much of it is kept, so that no more is copied.
struct Text<F>(F);

impl<F: FnOnce(&str) -> Option<usize>> Visitor<'_> for Text<F> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<String, E> {
        let kept = (self.0)(text)
            .ok_or_else(|| E::custom(format!("{OVER} {MAX_ID} characters in an id, or one that none has")))?;
        Ok(text[..kept].to_owned())
    }
}

/// How the messages of limits within a row begin.
pub(crate) const OVER: &str = "more than";

/// An id, refused if it is too long, or has what no id has: a tab or line break parts ids elsewhere.
pub(crate) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let is_id = |text: &str| text.chars().nth(MAX_ID).is_none() && !text.contains(char::is_control);
    deserializer.deserialize_str(Text(move |text: &str| is_id(text).then_some(text.len())))
}

/// A text that must be there, cut.
pub(crate) fn required_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let kept = |text: &str| Some(text.char_indices().nth(MAX_TEXT).map_or(text.len(), |(end, _)| end));
    deserializer.deserialize_str(Text(kept))
}

/// A text, cut; `null` is the same as absent.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(optional_text(deserializer)?.unwrap_or_default())
}

/// A text that may be absent or `null`, cut.
pub(crate) fn optional_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    struct Cut(String);
    impl<'de> Deserialize<'de> for Cut {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            required_text(deserializer).map(Self)
        }
    }
    Ok(Option::<Cut>::deserialize(deserializer)?.map(|text| text.0))
}

/// A text cut to so many bytes, for what is kept by the ten thousand.
pub(crate) struct Bytes<const MOST: usize>(pub(crate) String);

impl<'de, const MOST: usize> Deserialize<'de> for Bytes<MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Text(|text: &str| Some(cut(text, MOST).len()))).map(Self)
    }
}

/// A text cut to so many bytes; `null` is the same as absent.
pub(crate) fn bytes<'de, const MOST: usize, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::<Bytes<MOST>>::deserialize(deserializer)?.map(|text| text.0).unwrap_or_default())
}

/// A few things within a row; `null` for none.
pub(crate) fn few<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    up_to::<MAX_NESTED, D, T>(deserializer)
}

/// The ids that it is the purpose of a row to list; `null` for none.
pub(crate) fn ids<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<api::Id>, D::Error> {
    up_to::<MAX_IDS, D, api::Id>(deserializer)
}

fn up_to<'de, const MOST: usize, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    struct Few<const MOST: usize, T>(PhantomData<T>);
    impl<'de, const MOST: usize, T: Deserialize<'de>> Visitor<'de> for Few<MOST, T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list or null")
        }

        fn visit_unit<E>(self) -> Result<Vec<T>, E> {
            Ok(Vec::new())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut things: A) -> Result<Vec<T>, A::Error> {
            let mut few = Vec::new();
            while let Some(thing) = things.next_element()? {
                if few.len() == MOST {
                    return Err(A::Error::custom(format!("{OVER} {MOST} entries within a row")));
                }
                few.push(thing);
            }
            Ok(few)
        }
    }
    deserializer.deserialize_any(Few::<MOST, T>(PhantomData))
}

/// How many things a list within a row has; `null` for none. Nothing of them is kept.
pub(crate) fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    struct Number;
    impl<'de> Visitor<'de> for Number {
        type Value = u32;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a list or null")
        }

        fn visit_unit<E>(self) -> Result<u32, E> {
            Ok(0)
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut things: A) -> Result<u32, A::Error> {
            let mut number = 0_u32;
            while things.next_element::<IgnoredAny>()?.is_some() {
                number = number.saturating_add(1);
            }
            Ok(number)
        }
    }
    deserializer.deserialize_any(Number)
}
