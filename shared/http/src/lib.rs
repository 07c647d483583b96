//! The HTTP conventions that every endpoint keeps.
//!
//! An endpoint is one file with a `handler`, documented by `#[utoipa::path]`, and one row in its area's table that
//! says who may call it and what it needs ([`endpoint!`]). From the row come the route, the authorization ([`gate`]), and the operation
//! in the OpenAPI document ([`openapi`]); a Lambda function serves one row, the local host all of them ([`router`]).

pub mod client;
pub mod conventions;
pub mod endpoint;
pub mod extract;
pub mod file;
pub mod gate;
pub mod needs;
pub mod openapi;
pub mod page;
pub mod problem;
mod refusal;
pub mod router;
pub mod table;
pub mod token;

pub use endpoint::{Access, Endpoint, Host};
pub use needs::{Needs, needs};
pub use problem::Problem;

#[doc(hidden)]
pub use {axum, utoipa};
