//! What leaves the platform, and where it may go.
//!
//! [`guard`] decides which addresses may be connected to.

pub mod guard;
