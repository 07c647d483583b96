//! Watching live: sockets, whose they are, and what is sent over them.

mod message;

pub use message::LiveMessage;

use platform_core::live::Request;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// What is said over sockets, for the API document: no endpoint names it.
pub fn schemas() -> Vec<(String, RefOr<Schema>)> {
    fn of<T: ToSchema + PartialSchema>(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        T::schemas(schemas);
        schemas.push((T::name().into_owned(), T::schema()));
    }
    let mut schemas = Vec::new();
    of::<Request>(&mut schemas);
    of::<LiveMessage>(&mut schemas);
    schemas
}
