//! Cursors: opaque to clients, bound to the tenant and the query they came from.
//!
//! A cursor holds only a place in a list. The partition it points into is always the caller's own, so a cursor that is
//! made up or carried over from another tenant reaches nothing; the binding makes that an error instead of a surprise.

use aws_lc_rs::digest;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use platform_core::ids::TenantId;

/// What a cursor is bound to.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Whose list.
    pub tenant: TenantId,
    /// Which list, with its filters.
    pub query: &'a str,
}

/// A cursor that is not one of ours, or belongs to another query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a cursor of this list; start again without it")]
pub struct BadCursor;

const BINDING: usize = 8;

impl Scope<'_> {
    /// Makes a cursor for a place in the list.
    pub fn seal(&self, place: &str) -> String {
        let mut bytes = self.binding().to_vec();
        bytes.extend_from_slice(place.as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The place that a cursor names.
    pub fn open(&self, cursor: &str) -> Result<String, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| BadCursor)?;
        let (binding, place) = bytes.split_at_checked(BINDING).ok_or(BadCursor)?;
        if binding != self.binding() {
            return Err(BadCursor);
        }
        String::from_utf8(place.to_vec()).map_err(|_| BadCursor)
    }

    fn binding(&self) -> [u8; BINDING] {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(self.tenant.uuid().as_bytes());
        context.update(self.query.as_bytes());
        let mut binding = [0; BINDING];
        binding.copy_from_slice(&context.finish().as_ref()[..BINDING]);
        binding
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    proptest! {
        #[test]
        fn opens_only_where_it_was_sealed(place in ".*", query in ".*", other in ".*", junk in ".*") {
            let tenant = |n| TenantId::from_uuid(Uuid::from_u128(n));
            let cursor = Scope { tenant: tenant(1), query: &query }.seal(&place);
            prop_assert_eq!(Scope { tenant: tenant(1), query: &query }.open(&cursor), Ok(place));
            prop_assert_eq!(Scope { tenant: tenant(2), query: &query }.open(&cursor), Err(BadCursor));
            if other != query {
                prop_assert_eq!(Scope { tenant: tenant(1), query: &other }.open(&cursor), Err(BadCursor));
            }
            prop_assert_eq!(Scope { tenant: tenant(1), query: &query }.open(&junk).ok(), None);
        }
    }
}
