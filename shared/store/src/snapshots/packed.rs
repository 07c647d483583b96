//! How rows and manifests are packed into items: their schema, then postcard under zstd.

use std::collections::BTreeMap;
use std::error::Error;

use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_types::Blob;
use platform_core::ids::AccountId;
use platform_core::resource::Resource;
use serde::Serialize;
use serde::de::DeserializeOwned;
use twox_hash::XxHash3_128;

use crate::keys::Key;
use crate::operations::Attributes;
use crate::{Item, Result, StoreError};

/// Most bytes of a packed body: DynamoDB takes items of 400 KB.
const PACKED_BYTES: usize = 380 << 10;
/// zstd's default: a higher level gains little on bodies of this size.
const COMPRESSION_LEVEL: i32 = 3;
/// Layout of what is around the rows, the manifest's fields included. The first layout was 1 and had no schema.
const FORMAT: u8 = 2;

/// Why a body cannot be read.
#[derive(Debug)]
pub(crate) enum Unreadable {
    /// Another version of the platform wrote it.
    Foreign,
    /// It is not what any version wrote.
    Broken(Box<dyn Error + Send + Sync>),
}

impl Unreadable {
    /// Says so in the log: nobody else hears of it, since it counts as not there.
    pub(super) fn log(&self, account: AccountId, resource: Resource) {
        match self {
            Self::Foreign => {
                tracing::info!(account.id = %account, resource = resource.name(), "snapshot of another version");
            }
            Self::Broken(error) => {
                tracing::error!(account.id = %account, resource = resource.name(), error = %error, "snapshot is broken");
            }
        }
    }
}

/// Hash of what is compared, never of what is trusted: 128 bits do not meet by chance, and who makes them meet on purpose,
/// the server that sent both bodies, hides its own change from its own account. SHA-256 took half of a quiet tick.
pub(super) fn hash(bytes: &[u8]) -> [u8; 16] {
    XxHash3_128::oneshot(bytes).to_be_bytes()
}

/// An item with a packed body.
pub(crate) fn pack(key: &Key, plain: &[u8], schema: u16) -> Result<Item> {
    let body =
        pack_body(plain, schema).map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?;
    if body.len() > PACKED_BYTES {
        return Err(StoreError::TooLarge { what: "a part of a list".into() });
    }
    let mut item = Item::new(key, &BTreeMap::<String, String>::new())?;
    item.attributes.insert("body".into(), AttributeValue::B(Blob::new(body)));
    Ok(item)
}

/// An item with a packed value that cannot be read from NetBird again.
pub(crate) fn pack_kept(key: &Key, value: &impl Serialize, schema: u16) -> Result<Item> {
    let plain = postcard::to_allocvec(value)
        .map_err(|error| StoreError::Corrupt { what: key.sk.clone(), source: error.into() })?;
    pack(key, &plain, schema)
}

/// The value of such an item. That it cannot be read is a fault: nothing brings it back.
pub(crate) fn unpack_kept<T: DeserializeOwned>(item: &Attributes, schema: u16, what: &str) -> Result<T> {
    let source = match unpack(item, schema) {
        Ok((value, _)) => return Ok(value),
        Err(Unreadable::Foreign) => "it is of an unknown layout".into(),
        Err(Unreadable::Broken(error)) => error,
    };
    Err(StoreError::Corrupt { what: what.to_owned(), source })
}

pub(super) fn pack_body(plain: &[u8], schema: u16) -> std::io::Result<Vec<u8>> {
    let mut body = vec![FORMAT];
    body.extend(schema.to_be_bytes());
    body.extend(zstd::bulk::compress(plain, COMPRESSION_LEVEL)?);
    Ok(body)
}

/// What an item's body holds, and how many bytes it is when unpacked.
pub(crate) fn unpack<T: DeserializeOwned>(item: &Attributes, schema: u16) -> Result<(T, usize), Unreadable> {
    let body = item.get("body").and_then(|body| body.as_b().ok()).ok_or(Unreadable::Broken("no body".into()))?;
    unpack_body(body.as_ref(), schema)
}

pub(super) fn unpack_body<T: DeserializeOwned>(body: &[u8], schema: u16) -> Result<(T, usize), Unreadable> {
    let broken = |error: Box<dyn Error + Send + Sync>| Unreadable::Broken(error);
    match body {
        [FORMAT, high, low, packed @ ..] if u16::from_be_bytes([*high, *low]) == schema => {
            let plain = zstd::stream::decode_all(packed).map_err(|error| broken(error.into()))?;
            let value = postcard::from_bytes(&plain).map_err(|error| broken(error.into()))?;
            Ok((value, plain.len()))
        }
        [_, _, _, _, ..] => Err(Unreadable::Foreign),
        _ => Err(broken("it is cut short".into())),
    }
}
