//! Sign-ups: nothing is made before the address is proven.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::ids::SignUpId;
use crate::tenancy::Email;

/// How long a sign-up waits: as long as its mail may, and the link in it.
pub const LIFE: SignedDuration = SignedDuration::from_hours(48);

/// A sign-up that waits for its link.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignUp {
    /// Id.
    pub id: SignUpId,
    /// The tenant's name.
    pub tenant_name: String,
    /// The owner's name.
    pub name: String,
    /// The owner's address.
    pub email: Email,
    /// The owner's password, hashed.
    pub password_hash: String,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}
