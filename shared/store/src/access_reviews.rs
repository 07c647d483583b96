//! Access reviews: what lists show, the rest, and the rows, which are written once and never again.

use platform_core::access_review::{AccessReview, Frozen, ReviewText};
use platform_core::ids::{ReviewId, TenantId};

use crate::operations::Attributes;
use crate::snapshots::{pack_kept, unpack_kept};
use crate::{Item, Query, Result, Store, StoreError, Transaction, keys};

/// Layout of what is packed: a piece of the JSON of all rows.
const SCHEMA: u16 = 1;
/// Bytes of a part before it is packed: however badly it packs, it fits an item.
const PART_BYTES: usize = 300 << 10;
/// Bytes of all parts as they are written: DynamoDB takes transactions of 4 MB.
const MOST_PACKED: usize = 3_600_000;
const WHAT: &str = "the rows of an access review";

fn item(review: &AccessReview) -> Result<Item> {
    Item::new(&keys::review(review.tenant, review.id), review)
}

/// Cuts a text into pieces of so many bytes or a few less.
fn pieces(mut text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    while !text.is_empty() {
        let (piece, rest) = text.split_at(text.floor_char_boundary(most));
        pieces.push(piece);
        text = rest;
    }
    pieces
}

impl Transaction<'_> {
    /// Makes a review. [`StoreError::TooLarge`] if its rows cannot be written at once.
    pub fn create_review(&mut self, review: &AccessReview, text: &ReviewText, rows: &Frozen) -> Result<()> {
        let corrupt = |error: serde_json::Error| StoreError::Corrupt { what: WHAT.into(), source: error.into() };
        let json = serde_json::to_string(rows).map_err(corrupt)?;
        let mut packed = 0;
        for (part, piece) in pieces(&json, PART_BYTES).into_iter().enumerate() {
            let item = pack_kept(&keys::review_part(review.tenant, review.id, part), &piece, SCHEMA)?;
            let body = item.attributes.get("body").and_then(|body| body.as_b().ok());
            packed += body.map_or(0, |body| body.as_ref().len());
            self.put(item);
        }
        if packed > MOST_PACKED {
            return Err(StoreError::TooLarge { what: WHAT.into() });
        }
        self.create(item(review)?);
        self.put_review_text(review, text)
    }

    /// Replaces a review, which must be as it was read. Its rows stay.
    pub fn replace_review(&mut self, review: &mut AccessReview, text: &ReviewText) -> Result<()> {
        self.replace(review, item)?;
        self.put_review_text(review, text)
    }

    /// Removes a review, which must be as it was read, with its rows.
    pub fn remove_review(&mut self, review: &AccessReview, parts: usize) {
        self.take_at(&keys::review(review.tenant, review.id), review.version);
        self.delete(&keys::review_text(review.tenant, review.id));
        (0..parts).for_each(|part| self.delete(&keys::review_part(review.tenant, review.id, part)));
    }

    fn put_review_text(&mut self, review: &AccessReview, text: &ReviewText) -> Result<()> {
        self.put(Item::new(&keys::review_text(review.tenant, review.id), text)?);
        Ok(())
    }
}

impl Store {
    /// A tenant's reviews, oldest first.
    pub async fn reviews(&self, tenant: TenantId) -> Result<Vec<AccessReview>> {
        Ok(self.query(Query::of(keys::tenant_partition(tenant), keys::REVIEW).consistent()).await?.items)
    }

    /// A review, without its rows.
    pub async fn review(&self, tenant: TenantId, id: ReviewId) -> Result<Option<(AccessReview, ReviewText)>> {
        // The first is read first: of one that is written meanwhile the version does not fit, and no write goes by it.
        let Some(review) = self.get(&keys::review(tenant, id)).await? else { return Ok(None) };
        let text = self.get(&keys::review_text(tenant, id)).await?;
        Ok(text.map(|text| (review, text)))
    }

    /// In how many parts the rows of a review lie, whether they can be read or not.
    pub async fn review_parts(&self, tenant: TenantId, id: ReviewId) -> Result<usize> {
        Ok(self.packed_rows(tenant, id).await?.len())
    }

    /// The rows of a review that is there.
    pub async fn review_rows(&self, tenant: TenantId, id: ReviewId) -> Result<Frozen> {
        let mut json = String::new();
        for part in &self.packed_rows(tenant, id).await? {
            json.push_str(&unpack_kept::<String>(part, SCHEMA, WHAT)?);
        }
        serde_json::from_str(&json).map_err(|error| StoreError::Corrupt { what: WHAT.into(), source: error.into() })
    }

    async fn packed_rows(&self, tenant: TenantId, id: ReviewId) -> Result<Vec<Attributes>> {
        let query = Query::of(keys::tenant_partition(tenant), keys::review_parts(id)).consistent();
        Ok(self.query_raw(query).await?.items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_lose_nothing_and_cut_no_character() {
        let text = "aäöü".repeat(10);
        let pieces = pieces(&text, 4);
        assert!(pieces.iter().all(|piece| (1..=4).contains(&piece.len())), "{pieces:?}");
        assert_eq!(pieces.concat(), text);
    }
}
