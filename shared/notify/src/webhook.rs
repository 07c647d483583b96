//! Webhooks by the Standard Webhooks specification, version 1.0.
//!
//! [`payload`] makes the body, [`secret`] signs it, [`headers`] holds what the user adds, and [`sender`] makes one
//! attempt and says what to do next. A repeat of the same intent carries the same `webhook-id`.

pub mod headers;
pub mod payload;
pub mod secret;
pub mod sender;

pub use headers::{CustomHeaders, HeaderRefused};
pub use payload::Payload;
pub use secret::{Secret, SecretRefused, SigningSecrets};
pub use sender::{Attempt, Delivery, Outcome, Reason, Sender};
