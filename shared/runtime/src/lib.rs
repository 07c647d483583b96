//! What a host gives to endpoints and jobs: the [`Platform`].
//!
//! Nothing in `functions/` knows which host it runs in. The local host builds a [`Platform`] from flags and an
//! embedded database, the host on AWS from the function's environment.

pub mod addressees;
pub mod admission;
pub mod crew;
pub mod disconnect;
pub mod files;
pub mod issuer;
pub mod job;
pub mod limits;
pub mod links;
pub mod platform;
pub mod queue;
pub mod quota;
pub mod receiver;
pub mod recipients;
pub mod secrets;
pub mod sockets;
pub mod system;
pub mod telemetry;
pub mod vault;

pub use job::{Job, Trigger};
pub use platform::{Parts, Platform};

/// A row of an area's table of endpoints.
pub type Endpoint = platform_http::Endpoint<Platform>;
